// What typed reading says about values that are not what was expected.

extension Diagnostic {
    /// What a message speaks of.
    enum Subject {
        case document
        /// A path such as `dossier.amount`, or what a mapping is said to be.
        case named(String)

        var zh: String { if case .named(let name) = self { quoted(name, limit: 80) } else { "文档" } }
        var en: String { if case .named(let name) = self { quoted(name, limit: 80) } else { "the document" } }
    }

    /// What a value should have been.
    enum Expectation {
        case mapping, sequence, text, integer, boolean, decimal, percent

        var zh: String {
            switch self {
            case .mapping: "映射（键: 值）"
            case .sequence: "列表"
            case .text: "文本"
            case .integer: "整数"
            case .boolean: "true或false"
            case .decimal: "数字"
            case .percent: "百分数"
            }
        }

        var en: String {
            switch self {
            case .mapping: "a mapping (key: value)"
            case .sequence: "a list"
            case .text: "text"
            case .integer: "a whole number"
            case .boolean: "true or false"
            case .decimal: "a number"
            case .percent: "a percentage"
            }
        }
    }
}

extension Diagnostic.Wording {
    static func wrongType(_ subject: Diagnostic.Subject, _ expected: Diagnostic.Expectation, found: YAMLNode) -> Self {
        let hint = hint(expected, found)
        return Self(
            zh: "\(subject.zh)应是\(expected.zh)，这里是\(found.kindZh)",
            en: "\(subject.en) must be \(expected.en), but is \(found.kindEn)",
            hintZh: hint?.zh,
            hintEn: hint?.en
        )
    }

    static func unknownTag(_ tag: String, _ subject: Diagnostic.Subject) -> Self {
        Self(
            zh: "\(subject.zh)不接受标签\(quoted(tag))",
            en: "\(subject.en) does not take the tag \(quoted(tag))",
            hintZh: "删去标签；若本意是文本，请加引号",
            hintEn: "delete the tag, or put the value in quotes if text is meant"
        )
    }

    static func unknownValue(_ text: String, _ subject: Diagnostic.Subject, allowed: [String], meant: String?) -> Self {
        let known = allowed.map { quoted($0) }
        return Self(
            zh: "\(subject.zh)不能是\(quoted(text))",
            en: "\(subject.en) cannot be \(quoted(text))",
            hintZh: meant.map { "是不是\(quoted($0))？" } ?? "可选：\(known.joined(separator: "、"))",
            hintEn: meant.map { "did you mean \(quoted($0))?" } ?? "one of: \(known.joined(separator: ", "))"
        )
    }

    static func missingKey(_ key: String, in path: YAMLPath) -> Self {
        let subject = path.components.isEmpty ? Diagnostic.Subject.document : .named(path.description)
        return Self(
            zh: "\(subject.zh)缺少键\(quoted(key))",
            en: "\(subject.en) lacks the key \(quoted(key))",
            hintZh: "补上\(quoted(key + ": …"))",
            hintEn: "add \(quoted(key + ": …"))"
        )
    }

    static func unknownKey(_ key: String, meant: String?, known: [String]) -> Self {
        var hint: (zh: String, en: String)?
        if let meant {
            hint = ("是不是\(quoted(meant))？", "did you mean \(quoted(meant))?")
        } else if (1...12).contains(known.count) {
            // More than a dozen would hide the message behind its hint.
            let names = known.sorted().map { quoted($0) }
            hint = ("可用的键：\(names.joined(separator: "、"))", "known keys: \(names.joined(separator: ", "))")
        }
        return Self(
            zh: "未知的键\(quoted(key))",
            en: "unknown key \(quoted(key))",
            hintZh: hint?.zh,
            hintEn: hint?.en
        )
    }

    private static func hint(
        _ expected: Diagnostic.Expectation,
        _ found: YAMLNode
    ) -> (zh: String, en: String)? {
        guard let scalar = found.scalar else { return nil }
        switch expected {
        case .mapping, .sequence:
            guard scalar.style == .plain else { return nil }
            if scalar.text.contains("：") {
                return ("全角冒号\"：\"要改成半角冒号加空格\": \"", "write \": \" for the full-width colon \"：\"")
            }
            return scalar.text.contains(":") ? ("冒号之后要有空格", "a colon needs a space after it") : nil
        case .text:
            let isWord = !found.isNull && scalar.style == .plain
            return isWord ? ("加上引号就是文本", "put it in quotes to make it text") : nil
        case .boolean: return ("写true或false，不加引号", "write true or false without quotes")
        case .integer: return ("只写数字，不加引号，例如 12", "write digits only, without quotes, for example 12")
        case .decimal:
            return ("只写半角数字，不带单位，例如 1,703,200.00", "write plain digits without a unit, for example 1,703,200.00")
        case .percent: return ("例如 95.04%", "for example 95.04%")
        }
    }
}

extension YAMLNode {
    fileprivate var kindZh: String {
        switch content {
        case .mapping: "映射"
        case .sequence: "列表"
        case .scalar(let scalar): isNull ? "空值" : (scalar.style == .plain ? "" : "文本") + quoted(scalar.text)
        }
    }

    fileprivate var kindEn: String {
        switch content {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar): isNull ? "empty" : (scalar.style == .plain ? "" : "the text ") + quoted(scalar.text)
        }
    }
}
