import Markup
import ReportDocument

/// The footnotes of a document, as they are called.
struct NotesPart {
    private(set) var notes: [(number: Int, note: Footnote)] = []
    private var last: Int

    /// - Parameter last: the highest number that is taken; separators have -1 and 0.
    init(after last: Int = 0) { self.last = max(last, 0) }

    /// The number of a further note.
    mutating func add(_ note: Footnote) -> Int {
        last += 1
        notes.append((last, note))
        return last
    }
}

extension BodyWriter {
    /// The notes that were called, as elements of `w:footnotes`.
    func footnoteElements() -> String {
        var writer = self
        writer.xml = .init(.xml)
        writer.closing = nil
        for (number, note) in notes.notes {
            writer.xml.raw("<w:footnote w:id=\"\(number)\">")
            writer.paragraph(.footnoteText) {
                $0.xml.raw(
                    "<w:r><w:rPr><w:rStyle w:val=\"\($0.styles[.footnoteReference])\"/></w:rPr><w:footnoteRef/></w:r>"
                )
                $0.text(" ")
                // Notes have no notes.
                $0.runs(note.runs, isAgain: true)
            }
            writer.xml.raw("</w:footnote>")
        }
        return writer.xml.markup
    }

    /// `word/footnotes.xml`.
    func footnotesPart() -> String {
        func separator(_ kind: String, _ element: String, _ number: Int) -> String {
            "<w:footnote w:type=\"\(kind)\" w:id=\"\(number)\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:\(element)/></w:r></w:p></w:footnote>"
        }
        return WordNamespaces.declaration + "<w:footnotes \(WordNamespaces.main)>"
            + separator("separator", "separator", -1)
            + separator("continuationSeparator", "continuationSeparator", 0) + footnoteElements()
            + "</w:footnotes>"
    }
}
