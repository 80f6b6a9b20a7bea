/// Words to choose from, fit for one line of a message: the first of them, each cut when it is long.
package func listed(_ words: [String]) -> String {
    let shown = words.prefix(20).map {
        $0.unicodeScalars.count <= 40
            ? $0 : $0.unicodeScalars.prefix(40).reduce(into: "") { $0.unicodeScalars.append($1) } + "…"
    }
    return shown.joined(separator: ", ") + (words.count > 20 ? ", …" : "")
}

/// `text` in straight quotes, fit for one line of a message: what would be acted on or not seen is shown, long text is cut.
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
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result.withVisibleControls + "\""
}

extension String {
    /// The text with its line feeds shown as `\n`: a file's name may have one, and what follows would look like a message.
    package var inOneLine: String { unicodeScalars.contains("\n") ? replacing("\n", with: "\\n") : self }

    /// The text, or where it has more bytes than that its beginning, with how many are left out: `wrong wro… (88,000 more bytes)`.
    ///
    /// For messages that quote what a plugin says: a reader needs the beginning, the trace has it all.
    package func bounded(to bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: bytes)
        while end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return self[..<end] + "… (+\(utf8.count - utf8.distance(from: utf8.startIndex, to: end)) bytes)"
    }
}

extension LocalizedText {
    /// Each language as far as ``Swift/String/bounded(to:)``.
    package func bounded(to bytes: Int) -> LocalizedText {
        LocalizedText(zh: zh.bounded(to: bytes), en: en.bounded(to: bytes))
    }
}
