internal import Groundwork

/// `text` in straight quotes, fit for one line of a message: control characters become escapes, long text is cut.
func quoted(_ text: String, limit: Int = 40) -> String {
    var result = "\""
    for (count, scalar) in text.unicodeScalars.enumerated() {
        guard count < limit else {
            result += "…"
            break
        }
        switch scalar {
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "\r": result += "\\r"
        default: result.unicodeScalars.append(scalar.isActedOn ? "\u{FFFD}" : scalar)
        }
    }
    return result + "\""
}

extension Diagnostic {
    /// A remark about a place in a text.
    init(_ severity: Severity, code: String, at place: SourcePlace, length: Int = 1, _ wording: Wording) {
        self.init(severity, code: code, at: place.place, length: length, wording)
    }
}
