import Markup
import ReportDocument
import ReviewModel

/// The figures of a page that can be followed: each is a link to an entry that says how it came about, down to the cells of
/// the spec. Which fact a figure is, the figure itself says.
final class HTMLFigures {
    private let review: Review?
    private let facts: [String: Fact]
    /// The entries that the page links to, in the order of the first link.
    private var linked: [String] = []
    private var met = Set<String>()

    init(_ review: Review?) {
        self.review = review
        facts = Dictionary((review?.facts ?? []).map { ($0.id, $0) }) { first, _ in first }
    }

    // MARK: Links

    /// A figure as it prints, a link when its fact is one of the review's and there is something to follow. Zeros lead
    /// nowhere: a column of them would be a column of links.
    func write(_ figure: Figure, to page: inout MarkupWriter) {
        guard let review, let id = figure.fact, !figure.value.isZero, let fact = facts[id], fact.isFollowable else {
            page.text(figure.text)
            return
        }
        follow(id)
        var title = fact.label(review.locale)
        if !fact.calculation.isEmpty { title += "：" + String(fact.calculation.prefix(160)) }
        page.open("a", ["class": "figure", "href": "#" + anchor(id), "title": title])
        page.text(figure.text)
        page.close("a")
    }

    /// Blanks have no place in an anchor; only the bytes named here can be part of one.
    private func anchor(_ id: String) -> String {
        if id.utf8.allSatisfy({ $0 > 0x20 && $0 != 0xC2 && !(0xE1...0xE3).contains($0) }) { return "figure-" + id }
        return "figure-" + String(id.map { $0.isWhitespace ? "-" : $0 })
    }

    /// Notes that an entry is needed, and those of everything that it was computed from.
    private func follow(_ id: String) {
        guard met.insert(id).inserted, let fact = facts[id] else { return }
        linked.append(id)
        fact.inputs.forEach(follow)
    }

    // MARK: The entries

    /// The section that the links lead to; nothing when the page has none. Only a screen shows it.
    func writeEntries(to page: inout MarkupWriter) {
        guard let review, !linked.isEmpty else { return }
        let places = Dictionary(review.places.map { ($0.pointer, $0) }) { first, _ in first }
        page.raw("\n<section class=\"sheet apparatus\" id=\"figures\">\n")
        page.element("h2", ["class": "look-part"], text: heading(review.locale))
        page.raw("\n")
        page.element("p", ["class": "note"], text: explanation(review.locale))
        page.raw("\n<dl>\n")
        for (position, fact) in linked.compactMap({ facts[$0] }).enumerated() {
            if position > 0 { page.raw("\n") }
            write(fact, places, review.locale, to: &page)
        }
        page.raw("\n</dl>\n</section>")
    }

    private func write(_ fact: Fact, _ places: [JSONPointer: CellPlace], _ locale: Locale, to page: inout MarkupWriter)
    {
        page.open("div", ["id": anchor(fact.id)])
        page.raw("<dt>")
        page.text(fact.label(locale))
        page.raw(" ")
        page.element("b", text: fact.printed(locale))
        page.raw(" ")
        page.element("code", text: fact.id)
        page.raw("</dt><dd>")
        var isFirst = true
        func beginLine(_ page: inout MarkupWriter, _ text: String) {
            page.raw(isFirst ? text : "<br>" + text)
            isFirst = false
        }
        if !fact.calculation.isEmpty {
            beginLine(&page, "")
            page.text(fact.calculation)
        }
        for (position, input) in fact.inputs.compactMap({ facts[$0] }).enumerated() {
            if position == 0 { beginLine(&page, "← ") } else { page.raw("、") }
            page.element("a", ["href": "#" + anchor(input.id)], text: input.label(locale))
        }
        for cell in fact.sources.compactMap({ places[$0] }) {
            beginLine(&page, "← ")
            page.element("code", text: "\(cell.location.place)")
            page.raw(" ")
            page.text(cell.value.decimal?.grouped ?? cell.value.scalarText ?? "")
        }
        page.raw("</dd></div>")
    }
}

// MARK: - Messages

private let heading = LocalizedText(zh: "数字来源", en: "Where the figures come from")

private let explanation = LocalizedText(
    zh: "点击报告中的数字即到此处；每个数字列出算式、由哪些数字得出、写在哪个文件的第几行第几列。打印时没有这一部分。",
    en:
        "A click on a number of the report leads here: its arithmetic, the figures it was made from, and the file, line and column of each cell. Not printed on paper."
)
