internal import ReviewModel

extension ValueReader {
    /// The elements of a list that has to have some; reports an empty one.
    func filledList() -> [ValueReader] {
        let elements = list()
        if elements.isEmpty, case .list = value { log.add(emptyList(at: pointer)) }
        return elements
    }

    /// Whether a name is several, parted by commas of a Chinese keyboard, which is told at the list: `[A，B，C]` is one word to YAML.
    func tellsOfJoined(_ name: String) -> Bool {
        guard let parts = joinedWords(in: name) else { return false }
        let list = "[" + parts.joined(separator: ", ") + "]"
        log.add(
            rubricDiagnostic(
                "joined-names",
                "\"\(name)\"成了一个词：各项之间须用半角逗号分开",
                "\"\(name)\" is one word: the items of a list are parted by plain commas",
                at: pointer,
                help: LocalizedText(zh: "请写成 \(list)", en: "write \(list)")
            )
        )
        return true
    }

    /// Warns of a share without its sign that may be meant otherwise: 0.5 for a half, 4 for four points. It is read as percent all the same.
    ///
    /// - Returns: whether it does.
    @discardableResult
    func tellOfMissingSign(_ percent: ExactDecimal, upTo limit: ExactDecimal) -> Bool {
        guard value.text?.hasSuffix("%") != true, percent > 0, percent <= limit else { return false }
        let half = percent <= 1 ? (try? percent * 100)?.withoutTrailingZeros : nil
        let other = half.map { "\($0)%" }
        log.add(
            rubricDiagnostic(
                "no-percent",
                "\(percent) 没有百分号，按 \(percent)% 理解",
                "\(percent) has no sign, and is taken as \(percent)%",
                at: pointer,
                severity: .warning,
                help: LocalizedText(
                    zh: "请写成 \(percent)%" + (other.map { "，或 \($0)" } ?? "；要按分数的，请换算成占分值的比例"),
                    en: "write \(percent)%"
                        + (other.map { ", or \($0)" } ?? "; points have to be written as their share of the item's")
                )
            )
        )
        return true
    }

    /// The same of a range of shares: `[80, 90]`.
    func tellOfMissingSigns(_ share: RubricLevel.Share) {
        let meant = "[\(share.lower)%, \(share.upper)%]"
        log.add(
            rubricDiagnostic(
                "no-percent",
                "\(value.text ?? "") 没有百分号，按 \(meant) 理解",
                "\(value.text ?? "") has no sign, and is taken as \(meant)",
                at: pointer,
                severity: .warning,
                help: LocalizedText(zh: "请写成 \"\(meant)\"", en: "write \"\(meant)\"")
            )
        )
    }

    /// A text that has to say something.
    func filledText() -> String? {
        guard let text = text() else { return nil }
        if !text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) {
            log.add(rubricDiagnostic("empty-text", "此处不能为空", "this must not be empty", at: pointer))
            return nil
        }
        return text
    }
}

private func emptyList(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let key = pointer.tokens.last ?? ""
    return rubricDiagnostic(
        "empty-list",
        "\(key) 是空的列表",
        "the list \(key) is empty",
        at: pointer,
        help: LocalizedText(zh: "请写上各项，或删去 \(key)", en: "write what belongs there, or remove \(key)")
    )
}

/// What is wrong with a rubric. `code` stands under `rubric/`.
func rubricDiagnostic(
    _ code: String,
    _ zh: String,
    _ en: String,
    at pointer: JSONPointer,
    severity: Severity = .error,
    help: LocalizedText? = nil
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        severity: severity,
        code: "rubric/" + code,
        message: LocalizedText(zh: zh, en: en),
        pointer: pointer,
        help: help
    )
}
