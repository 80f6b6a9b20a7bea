import BudgetReview
import ReviewModel

/// The figures of a page that can be followed: each printed number that is a figure of the review is a link to an entry that
/// says how it came about, down to the cells of the spec.
///
/// Numbers are known by their value and unit as they are printed, `1,401.77 万元`, `61.03%`, `88 分`, `168,080.00`. Zeros and
/// bare whole numbers stay as they are, for they could be anything.
final class HTMLFigures {
    private let review: Review
    /// The ids of facts by the form in which they print.
    private var printed: [String: [String]] = [:]
    private let facts: [String: Fact]
    /// The entries that the page links to, in the order of the first link.
    private var linked: [String] = []

    init(_ review: Review) {
        self.review = review
        facts = Dictionary(review.facts.map { ($0.id, $0) }) { first, _ in first }
        for fact in review.facts where !fact.sources.isEmpty || !fact.inputs.isEmpty {
            for form in Self.forms(of: fact) { printed[form, default: []].append(fact.id) }
        }
    }

    private static func forms(of fact: Fact) -> [String] {
        guard let value = fact.value.decimal, !value.isZero else { return [] }
        switch fact.unit {
        case "CNY": return [Money.yuan(value), Money.wan(value) + "万元"]
        case "percent": return [Money.percent(value)]
        case "points": return [Money.points(value) + "分"]
        default: return []
        }
    }

    // MARK: Links

    /// Text as HTML, with its figures as links.
    func marked(_ text: String) -> String {
        var (html, rest) = ("", text[...])
        while let start = rest.firstIndex(where: { $0.isASCII && $0.isNumber }) {
            html += HTMLText.escaped(String(rest[..<start]))
            let number = rest[start...].prefix { $0.isASCII && $0.isNumber || $0 == "," || $0 == "." }
            var end = number.endIndex
            let key = form(number, before: rest[end...], &end)
            let written = String(rest[start..<end])
            html += key.map { link($0, written) } ?? HTMLText.escaped(written)
            rest = rest[end...]
        }
        return html + HTMLText.escaped(String(rest))
    }

    /// The form that a number and the unit behind it make, if it is one of the review's; `end` moves behind the unit.
    private func form(_ number: Substring, before rest: Substring, _ end: inout Substring.Index) -> String? {
        let unit = rest.drop { $0 == " " }
        for name in ["万元", "%", "分"] where unit.hasPrefix(name) {
            guard printed[number + name] != nil else { return nil }
            end = unit.index(unit.startIndex, offsetBy: name.count)
            return number + name
        }
        return number.contains(".") && printed[String(number)] != nil ? String(number) : nil
    }

    private func link(_ form: String, _ written: String) -> String {
        let ids = printed[form] ?? []
        guard let first = ids.first, let fact = facts[first] else { return HTMLText.escaped(written) }
        follow(first)
        let others = ids.dropFirst().prefix(3).compactMap { facts[$0]?.label(review.locale) }
        var title = fact.label(review.locale)
        if !fact.calculation.isEmpty { title += "：" + String(fact.calculation.prefix(160)) }
        if !others.isEmpty { title += "\n= " + others.joined(separator: "、") }
        let (target, hint) = (HTMLText.escaped(anchor(first)), HTMLText.escaped(title))
        return "<a class=\"figure\" href=\"#\(target)\" title=\"\(hint)\">\(HTMLText.escaped(written))</a>"
    }

    private func anchor(_ id: String) -> String { "figure-" + String(id.map { $0.isWhitespace ? "-" : $0 }) }

    /// Notes that an entry is needed, and those of everything that it was computed from.
    private func follow(_ id: String) {
        guard !linked.contains(id), let fact = facts[id] else { return }
        linked.append(id)
        fact.inputs.forEach(follow)
    }

    // MARK: The entries

    /// The section that the links lead to; empty when the page has none. Only a screen shows it.
    func section() -> String {
        if linked.isEmpty { return "" }
        let places = Dictionary(review.places.map { ($0.pointer, $0) }) { first, _ in first }
        let entries = linked.compactMap { facts[$0] }.map { entry($0, places) }
        return """
            <section class="sheet apparatus" id="figures">
            <h2 class="look-part">\(heading(review.locale))</h2>
            <p class="note">\(explanation(review.locale))</p>
            <dl>
            \(entries.joined(separator: "\n"))
            </dl>
            </section>
            """
    }

    private func entry(_ fact: Fact, _ places: [JSONPointer: CellPlace]) -> String {
        let value = HTMLText.escaped(fact.printed(review.locale))
        var lines: [String] = []
        if !fact.calculation.isEmpty { lines.append(HTMLText.escaped(fact.calculation)) }
        let inputs = fact.inputs.compactMap { facts[$0] }.map { input in
            "<a href=\"#\(HTMLText.escaped(anchor(input.id)))\">\(HTMLText.escaped(input.label(review.locale)))</a>"
        }
        if !inputs.isEmpty { lines.append("← " + inputs.joined(separator: "、")) }
        let cells = fact.sources.compactMap { places[$0] }.map { cell in
            let found = cell.value.decimal?.grouped ?? cell.value.scalarText ?? ""
            let place = "\(cell.location.file):\(cell.location.line):\(cell.location.column)"
            return "<code>\(HTMLText.escaped(place))</code> \(HTMLText.escaped(found))"
        }
        if !cells.isEmpty { lines.append("← " + cells.joined(separator: "<br>← ")) }
        return
            "<div id=\"\(HTMLText.escaped(anchor(fact.id)))\"><dt>\(HTMLText.escaped(fact.label(review.locale))) <b>\(value)</b> <code>\(HTMLText.escaped(fact.id))</code></dt><dd>\(lines.joined(separator: "<br>"))</dd></div>"
    }
}

// MARK: - Messages

private let heading = LocalizedText(zh: "数字来源", en: "Where the figures come from")

private let explanation = LocalizedText(
    zh: "点击报告中的数字即到此处；每个数字列出算式、由哪些数字得出、写在哪个文件的第几行第几列。打印时没有这一部分。",
    en:
        "A click on a number of the report leads here: its arithmetic, the figures it was made from, and the file, line and column of each cell. Not printed on paper."
)
