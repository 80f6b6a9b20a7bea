internal import Groundwork
internal import ReportDocument

/// What `ending` and `beginning` add to a text, where it is not there already.
enum FormArgument: Sendable {
    case text(String)
    case name(NamePath)

    /// Reads `'项目'`, `“项目”` or a name.
    init(_ expression: Substring, at place: TextPlace) throws(NamePath.Mistake) {
        let scalars = expression.unicodeScalars
        guard let first = scalars.first, let closing = Self.closing[first] else {
            let name = try NamePath(expression, at: place)
            guard ![.place, .caption, .footnote].contains(name.start) else { throw .malformed }
            self = .name(name)
            return
        }
        guard scalars.count > 2, scalars.last == closing else { throw .malformed }
        self = .text(String(scalars.dropFirst().dropLast()))
    }

    /// What ends a text, by what begins it.
    static let closing: [Unicode.Scalar: Unicode.Scalar] = ["'": "'", "\"": "\"", "‘": "’", "“": "”"]

    /// The part of an expression before its first comma, and what is behind it: neither commas in quotes nor those in brackets
    /// count.
    static func parted(_ expression: Substring) -> (name: Substring, argument: Substring)? {
        var (depth, closing) = (0, Unicode.Scalar?.none)
        let scalars = expression.unicodeScalars
        for index in scalars.indices {
            let scalar = scalars[index]
            if let end = closing {
                if scalar == end { closing = nil }
                continue
            }
            switch scalar {
            case "(": depth += 1
            case ")": depth -= 1
            case ",":
                if depth == 0 { return (expression[..<index], expression[scalars.index(after: index)...]) }
            default: closing = Self.closing[scalar]
            }
        }
        return nil
    }
}

extension String {
    /// The text ending with `words`, which are added only where it does not end so: 助餐 and 助餐项目 both become 助餐项目. What stands
    /// in brackets at the end is passed over, 助餐项目（二期） ends so already; capital letters count as small ones. A mark that ends a
    /// sentence is not added behind another one: 请补齐！ stays as it is.
    func ending(with words: String) -> String {
        if words.isSentenceEnd, let last = withoutLastQuotes.last, String(last).isSentenceEnd { return self }
        return ends(with: words) || withoutLastBrackets.ends(with: words) ? self : self + words
    }

    /// The text beginning with `words`, which are added only where it does not begin so. A mark at their end is not asked for: beginning
    /// with 建议：, 建议压减 stays as it is and 压减 becomes 建议：压减. Between two words of letters there is a blank.
    func beginning(with words: String) -> String {
        let asked = words.withoutLastMark
        if String(unicodeScalars.prefix(asked.unicodeScalars.count)).folded == asked.folded { return self }
        let isApart = words.unicodeScalars.last?.isLetterOfWord == true && unicodeScalars.first?.isLetterOfWord == true
        return words + (isApart ? " " : "") + self
    }

    private var isSentenceEnd: Bool { ["。", "！", "？", "；", "…", "!", "?"].contains(self) }

    /// Without the quotes and brackets that close behind the last mark: 不予安排。” of 不予安排。
    private var withoutLastQuotes: Substring {
        var rest = self[...]
        while let last = rest.last, "”’」』）)".contains(last) { rest.removeLast() }
        return rest
    }

    /// 建议 of 建议：; a text that is a mark alone stays.
    private var withoutLastMark: String {
        guard count > 1, let last, "：，、:,".contains(last) else { return self }
        return String(dropLast())
    }

    private func ends(with words: String) -> Bool {
        String(unicodeScalars.suffix(words.unicodeScalars.count)).folded == words.folded
    }

    private var folded: String { lowercased() }

    /// 助餐项目 of 助餐项目（二期）.
    private var withoutLastBrackets: String {
        let opening: [Unicode.Scalar: Unicode.Scalar] = ["）": "（", ")": "(", "〕": "〔", "]": "["]
        guard let last = unicodeScalars.last, let begins = opening[last],
            let start = unicodeScalars.lastIndex(of: begins)
        else { return self }
        var rest = unicodeScalars[..<start]
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}

extension NamePath {
    /// The names that its forms add.
    var addedNames: [NamePath] {
        if arguments.isEmpty { return [] }
        return arguments.sorted { $0.key < $1.key }.compactMap {
            if case .name(let name) = $0.value { name } else { nil }
        }
    }
}

extension String {
    /// The beginning that says again how `before` ends, of two to six Chinese characters.
    func repeated(from before: String) -> String? {
        guard let first = unicodeScalars.first, first.isHan else { return nil }
        for count in (2...6).reversed() where self.count >= count {
            let start = String(prefix(count))
            if start.isHan, before.hasSuffix(start) { return start }
        }
        return nil
    }

    /// Whether it is made of Chinese characters, two or more.
    var isHan: Bool { unicodeScalars.count >= 2 && unicodeScalars.allSatisfy(\.isHan) }
}

extension Unicode.Scalar {
    fileprivate var isHan: Bool { (0x4E00...0x9FFF).contains(value) }

    /// A letter or digit of a script that has blanks between its words.
    fileprivate var isLetterOfWord: Bool { value < 0x2E80 && properties.isAlphabetic || ("0"..."9").contains(self) }
}
