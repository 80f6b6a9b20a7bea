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
    /// in brackets at the end is passed over, 助餐项目（二期） ends so already; capital letters count as small ones.
    func ending(with words: String) -> String {
        ends(with: words) || withoutLastBrackets.ends(with: words) ? self : self + words
    }

    /// The text beginning with `words`, which are added only where it does not begin so.
    func beginning(with words: String) -> String {
        let start = unicodeScalars.prefix(words.unicodeScalars.count)
        return String(start).folded == words.folded ? self : words + self
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
}
