/// Names that sheets may have, each once.
///
/// Excel allows 31 UTF-16 units, none of `[ ] : * ? / \`, no apostrophe at either end, not `History`, and no two names that
/// differ by case alone.
package struct SheetNames {
    private var taken: Set<String> = ["history"]

    package init() {}

    /// The most UTF-16 units of a name.
    package static let limit = 31

    /// `wanted` as far as it may be; with a number behind it when another sheet has the name already.
    package mutating func name(_ wanted: String) -> String {
        let legal = Self.legal(wanted)
        var (name, number) = (Self.cut(legal, to: Self.limit), 2)
        while !taken.insert(name.lowercased()).inserted {
            let ending = " (\(number))"
            name = Self.cut(legal, to: Self.limit - ending.utf16.count) + ending
            number += 1
        }
        return name
    }

    private static func legal(_ wanted: String) -> String {
        var name = ""
        for scalar in CellText(wanted).text.unicodeScalars {
            switch scalar {
            case "[", "(": name += "("
            case "]", ")": name += ")"
            case ":", "*", "?", "/", "\\": name += "-"
            case "\n", "\t": name += " "
            default: name.unicodeScalars.append(scalar)
            }
        }
        let trimmed = trim(name)
        return trimmed.isEmpty ? "-" : trimmed
    }

    private static func cut(_ name: String, to limit: Int) -> String {
        var (units, kept) = (0, String.UnicodeScalarView())
        for scalar in name.unicodeScalars {
            units += UTF16.width(scalar)
            if units > limit { break }
            kept.append(scalar)
        }
        return trim(String(kept))
    }

    private static func trim(_ name: String) -> String {
        var rest = name.unicodeScalars[...]
        while let first = rest.first, first == "'" || first == " " { rest.removeFirst() }
        while let last = rest.last, last == "'" || last == " " { rest.removeLast() }
        return String(rest)
    }
}
