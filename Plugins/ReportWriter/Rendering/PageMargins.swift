import ReportDocument

/// What stands at the head and at the foot of a printed page, as rules of a style sheet: the running head, and the number as the
/// document wants it. The cover has neither.
struct PageMargins {
    private var boxes: [(pages: String, box: String, content: String, size: String)] = []

    /// Of a report.
    init(_ document: Document) {
        let head = document.properties.runningHead.plainText
        if !head.isEmpty { boxes.append(("", "top-center", Self.quoted(head), "9pt")) }
        switch document.properties.pageNumbers {
        case .ofTotal: boxes.append(("", "bottom-center", Self.content(document.words.page), "10.5pt"))
        case .dashed:
            // GB/T 9704-2012, 7.5: at the outer edge.
            let content = Self.content("— {page} —")
            boxes.append((" :right", "bottom-right", content, "14pt"))
            boxes.append((" :left", "bottom-left", content, "14pt"))
        case .none: break
        }
    }

    /// Of a page of the program's own.
    init(words: DocumentWords) { boxes = [("", "bottom-center", Self.content(words.page), "10.5pt")] }

    var rules: String {
        let faces = "\"Times New Roman\", \"Liberation Serif\", SimSun, \"Noto Serif CJK SC\", serif"
        let rules = boxes.map { box in
            "@page\(box.pages) { @\(box.box) { content: \(box.content); font: \(box.size) \(faces); white-space: nowrap; } }"
        }
        let none = boxes.map { "@\($0.box) { content: none; }" }.joined(separator: " ")
        return (rules + (none.isEmpty ? [] : ["@page cover { \(none) }"])).joined(separator: "\n")
    }

    /// `Page {page} of {pages}` as texts and counters.
    private static func content(_ words: String) -> String {
        var (parts, rest) = ([String](), words[...])
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            let name = rest[rest.index(after: open)..<close]
            if open > rest.startIndex { parts.append(quoted(String(rest[..<open]))) }
            if name == "page" || name == "pages" { parts.append("counter(\(name))") }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(quoted(String(rest))) }
        return parts.joined(separator: " ")
    }

    /// A string of a style sheet, in which nothing can end the string or the sheet.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || "\"\\<>&".unicodeScalars.contains(scalar) {
                quoted += "\\" + String(scalar.value, radix: 16) + " "
            } else {
                quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
