/// `text` in straight quotes, fit for one line of a message: control characters become escapes, long text is cut.
package func quoted(_ text: String, limit: Int = 40) -> String {
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
