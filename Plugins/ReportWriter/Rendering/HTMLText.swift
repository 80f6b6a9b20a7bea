import Markup
import ReportDocument

/// Writes runs into a page: figures that can be followed as links, footnotes as calls of notes that stand at the end of their
/// section.
final class HTMLText {
    private let figures: HTMLFigures?
    /// The notes of the section at hand that have not been written yet, and the number of the first of them.
    private var notes: [[Run]] = []
    private var first = 1

    init(_ figures: HTMLFigures?) { self.figures = figures }

    /// - Parameter linked: `false` where links would be in the way: in headings, captions and contents.
    func write(_ runs: [Run], to page: inout MarkupWriter, linked: Bool = true) {
        for run in runs {
            switch run {
            case .text(let text): page.text(text)
            case .figure(let figure):
                if linked, let figures { figures.write(figure, to: &page) } else { page.text(figure.text) }
            case .lineBreak: page.raw("<br>")
            case .missing(let name):
                page.raw("<mark>〔?")
                page.text(name)
                page.raw("〕</mark>")
            case .footnote(let note): call(note, to: &page)
            case .counter(let counter): page.text(String(counter.number))
            }
        }
    }

    private func call(_ note: Footnote, to page: inout MarkupWriter) {
        notes.append(note.runs)
        let number = first + notes.count - 1
        page.raw("<sup><a class=\"call\" id=\"call-\(number)\" href=\"#note-\(number)\">\(number)</a></sup>")
    }

    /// The notes that the section has called.
    func writeNotes(to page: inout MarkupWriter) {
        if notes.isEmpty { return }
        let (called, start) = (notes, first)
        first += notes.count
        notes = []
        page.raw("\n<ol class=\"notes\" start=\"\(start)\">")
        for (position, note) in called.enumerated() {
            let number = start + position
            page.raw("\n<li id=\"note-\(number)\">")
            write(note, to: &page)
            page.raw(" <a class=\"call\" href=\"#call-\(number)\">↩</a></li>")
        }
        page.raw("\n</ol>")
    }
}
