/// Words to choose from, fit for one line of a message: the first of them, each cut when it is long.
package func listed(_ words: [String]) -> String {
    let shown = words.prefix(20).map {
        $0.unicodeScalars.count <= 40
            ? $0 : $0.unicodeScalars.prefix(40).reduce(into: "") { $0.unicodeScalars.append($1) } + "…"
    }
    return shown.joined(separator: ", ") + (words.count > 20 ? ", …" : "")
}

/// `text` in straight quotes, fit for one line of a message: control characters become escapes, long text is cut.
package func quoted(_ text: String, limit: Int = 80) -> String {
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
