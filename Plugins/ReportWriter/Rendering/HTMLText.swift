import Markup
import ReportDocument

/// Writes runs into a page: figures that can be followed as links, footnotes as calls of notes that stand at the end of their
/// section.
final class HTMLText {
    private let figures: HTMLFigures?
    /// The notes of the section at hand that have not been written yet, and the number of the first of them.
    private var notes: [[Run]] = []
    private var first = 1

    /// Where each counted caption stands, for texts that refer to it.
    private let captions: [Counter: Int]
    /// The captions that have been written: each has one place to lead to.
    private var written: Set<Counter> = []

    init(_ figures: HTMLFigures?, captions: [Counter: Int] = [:]) {
        (self.figures, self.captions) = (figures, captions)
    }

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
            case .counter(let counter): self.counter(counter, to: &page)
            case .reference(let counter): reference(counter, linked, to: &page)
            }
        }
    }

    private func counter(_ counter: Counter, to page: inout MarkupWriter) {
        guard let place = captions[counter], written.insert(counter).inserted else {
            return page.text(String(counter.number))
        }
        page.element("span", ["id": "caption-\(place)"], text: String(counter.number))
    }

    private func reference(_ counter: Counter, _ linked: Bool, to page: inout MarkupWriter) {
        guard linked, let place = captions[counter] else { return page.text(counter.label) }
        page.element("a", ["class": "reference", "href": "#caption-\(place)"], text: counter.label)
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
