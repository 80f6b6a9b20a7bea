/// Gives headings the anchors that GitHub gives them, so that links work in every back end.
public struct Anchors: Sendable {
    private var used: [String: Int] = [:]

    public init() {}

    /// Letters, digits, `-` and `_` are kept, blanks become `-`, everything else goes; a repeated anchor gets a number.
    public mutating func anchor(for heading: String) -> String {
        var anchor = ""
        for scalar in heading.lowercased().unicodeScalars {
            switch scalar {
            case " ": anchor.unicodeScalars.append("-")
            case "a"..."z", "0"..."9", "-", "_", "\u{4E00}"..."\u{9FFF}": anchor.unicodeScalars.append(scalar)
            case "\0"..."\u{7F}": break
            default: if isWord(scalar.properties) { anchor.unicodeScalars.append(scalar) }
            }
        }
        let count = used[anchor, default: 0]
        used[anchor] = count + 1
        return count == 0 ? anchor : "\(anchor)-\(count)"
    }

    private func isWord(_ properties: Unicode.Scalar.Properties) -> Bool {
        if properties.isAlphabetic || properties.numericType != nil { return true }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
