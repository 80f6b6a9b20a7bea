import Markup
import ReportDocument
import ReportNames
import ReviewModel

/// The figures of a report that can be followed: each is a link to an entry of the page beside the report that says how it
/// came about, down to the cells of the spec. Which fact a figure is, the figure itself says.
final class HTMLFigures {
    private let review: Review
    private let facts: [String: (fact: Fact, number: Int)]
    /// The addresses of the report and of the page with the entries, relative to each other.
    private let report: String
    private let apparatus: String
    /// The entries that the report links to, in the order of the first link.
    private var linked: [String] = []
    private var met = Set<String>()
    /// Where a fact stands in the report.
    private var uses: [String: [Int]] = [:]
    private var useCount = 0

    init(_ review: Review, report: String, apparatus: String) {
        (self.review, self.report, self.apparatus) = (review, report, apparatus)
        let numbered = review.facts.enumerated().map { ($1.id, (fact: $1, number: $0 + 1)) }
        facts = Dictionary(numbered) { first, _ in first }
    }

    // MARK: Links

    /// A figure as it prints, a link when its fact is one of the review's and there is something to follow. Zeros lead
    /// nowhere: a column of them would be a column of links.
    func write(_ figure: Figure, to page: inout MarkupWriter) {
        guard let id = figure.fact, !figure.value.isZero, let (fact, _) = facts[id], fact.isFollowable else {
            page.text(figure.text)
            return
        }
        follow(id)
        useCount += 1
        uses[id, default: []].append(useCount)
        page.open(
            "a",
            [
                "class": "figure", "id": "at-\(useCount)", "href": "\(apparatus)#\(anchor(id))",
                "title": fact.label(review.locale),
            ]
        )
        page.text(figure.text)
        page.close("a")
    }

    /// The id itself where a file name could hold it, else the fact's number: an anchor in Chinese is too long for some
    /// readers once it is encoded.
    private func anchor(_ id: String) -> String {
        let isPlain =
            id.utf8.count <= 80
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        return "figure-" + (isPlain ? id : "n\(facts[id]?.number ?? 0)")
    }

    /// Notes that an entry is needed, and those of everything that it was computed from.
    private func follow(_ id: String) {
        guard met.insert(id).inserted, let (fact, _) = facts[id] else { return }
        linked.append(id)
        fact.inputs.forEach(follow)
    }

    // MARK: The entries

    /// The section that the links lead to; nothing when the report has none.
    func writeEntries(to page: inout MarkupWriter) {
        guard !linked.isEmpty else { return }
        let places = Dictionary(review.places.map { ($0.pointer, $0) }) { first, _ in first }
        page.raw("\n<section class=\"sheet landscape apparatus\" id=\"figures\">\n")
        page.element("h2", ["class": "look-part"], text: heading(review.locale))
        page.raw("\n")
        page.element("p", ["class": "note"], text: explanation(review.locale))
        page.raw("\n<dl>\n")
        for (position, id) in linked.enumerated() {
            if position > 0 { page.raw("\n") }
            if let (fact, _) = facts[id] { write(fact, places, review.locale, to: &page) }
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
        for (position, input) in fact.inputs.compactMap({ facts[$0]?.fact }).enumerated() {
            if position == 0 { beginLine(&page, "← ") } else { page.raw(review.locale == .zh ? "、" : ", ") }
            page.element("a", ["href": "#" + anchor(input.id)], text: input.label(locale))
        }
        for cell in fact.sources.compactMap({ places[$0] }) {
            beginLine(&page, "← ")
            page.element("code", text: "\(cell.location.place)")
            page.raw(" ")
            page.text(cell.value.decimal?.grouped ?? cell.value.scalarText ?? "")
        }
        if let uses = uses[fact.id] {
            beginLine(&page, "→ ")
            page.text(inReport(locale))
            writeUses(uses, to: &page)
        }
        page.raw("</dd></div>")
    }

    /// The way back: the places of the report that print the figure.
    private func writeUses(_ uses: [Int], to page: inout MarkupWriter) {
        for (position, use) in uses.prefix(12).enumerated() {
            page.raw(" ")
            page.element("a", ["href": "\(report)#at-\(use)"], text: "[\(position + 1)]")
        }
        if uses.count > 12 { page.raw(" …") }
    }
}

// MARK: - Messages

private let heading = LocalizedText(zh: "数字来源", en: "Where the figures come from")
private let inReport = LocalizedText(zh: "报告中", en: "in the report")

private let explanation = LocalizedText(
    zh: "点击报告中的数字即到此处；每个数字列出算式、由哪些数字得出、写在哪个文件的第几行第几列，以及它印在报告的哪些地方。",
    en:
        "A click on a number of the report leads here: its arithmetic, the figures it was made from, the file, line and column of each cell, and where the report prints it."
)
