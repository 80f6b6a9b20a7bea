import Markup
import ReportDocument
import ReviewModel

/// The page beside a report: what the program found, and where the report's figures come from. What is signed is the report.
enum HTMLApparatus {
    /// - Parameter areas: what readers call the areas of rules, the words before the stroke in their ids.
    static func page(
        _ document: Document,
        of review: Review,
        areas: [String: LocalizedText],
        _ figures: HTMLFigures
    ) -> String {
        var page = MarkupWriter(.html, reserving: 1 << 17)
        let language = review.locale == .zh ? "zh-CN" : "en"
        page.beginPage(
            title(document.title)(review.locale),
            language: language,
            PageMargins(words: DocumentWords(tag: language))
        )
        HTMLFindings(review: review, areas: areas).write(to: &page)
        figures.writeEntries(to: &page)
        page.endPage()
        return page.markup
    }
}

/// The findings of a review, to be filtered by weight and by area.
struct HTMLFindings {
    let review: Review
    /// What readers call the areas of rules; an area without a name keeps the word of its ids.
    let areas: [String: LocalizedText]
    /// What rules are called, by id; a rule whose scorer did not say it has its id alone.
    private let titles: [String: LocalizedText]

    init(review: Review, areas: [String: LocalizedText]) {
        (self.review, self.areas, titles) = (review, areas, review.ruleTitles)
    }

    func write(to page: inout MarkupWriter) {
        if review.findings.isEmpty {
            page.raw("\n<section class=\"sheet landscape apparatus\" id=\"findings\">\n")
            page.element("h2", ["class": "look-part"], text: heading(review.locale))
            page.element("p", text: nothing(review.locale))
            page.raw("\n</section>")
            return
        }
        let severities = Severity.allCases.reversed().filter { severity in
            review.findings.contains { $0.finding.severity == severity }
        }
        let counts = Dictionary(review.findings.map { (area($0.finding.rule), 1) }, uniquingKeysWith: +)
        let areas = counts.keys.sorted()
        page.raw("\n<section class=\"sheet landscape apparatus\" id=\"findings\">\n<style>\n")
        page.raw((severities.map(\.rawValue) + areas.map { "area-" + $0 }).map(hiding).joined(separator: "\n"))
        page.raw("\n</style>\n")
        page.element(
            "h2",
            ["class": "look-part"],
            text: counted(heading, review.openFindings.count)(review.locale)
        )
        page.raw("\n<fieldset><legend>\(bySeverity(review.locale))</legend>")
        for severity in severities { writeBox(severity, to: &page) }
        page.raw("</fieldset>\n<fieldset><legend>\(byArea(review.locale))</legend>")
        for area in areas {
            writeBox("area-" + area, "\(self.areas[area]?(review.locale) ?? area) \(counts[area] ?? 0)", to: &page)
        }
        page.raw("</fieldset>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
        page.attribute("aria-label", heading(review.locale))
        page.raw(">\n<table class=\"wide\"><thead><tr>")
        for column in columns { page.element("th", ["scope": "col"], text: column(review.locale)) }
        page.raw("</tr></thead>\n<tbody>\n")
        for (position, finding) in review.findings.enumerated() {
            if position > 0 { page.raw("\n") }
            write(finding, to: &page)
        }
        page.raw("\n</tbody></table>\n</div>\n</section>")
    }

    private func area(_ rule: String) -> String {
        let name = rule.utf8.prefix { $0 != UInt8(ascii: "/") }.filter { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// `≤ 12,345,678.00 元` and 部分可行.
    private static let longestFigure = 20

    /// A box that is not ticked hides its rows; no script is needed.
    private func hiding(_ name: String) -> String {
        "#findings:has(#show-\(name):not(:checked)) tr.\(name) { display: none; }"
    }

    private func writeBox(_ severity: Severity, to page: inout MarkupWriter) {
        let count = review.findings.count { $0.finding.severity == severity }
        writeBox(severity.rawValue, "\(severity.name(review.locale)) \(count)", to: &page)
    }

    private func writeBox(_ name: String, _ label: String, to page: inout MarkupWriter) {
        page.raw("<label><input type=\"checkbox\" id=\"show-\(name)\" checked> ")
        page.text(label)
        page.raw("</label> ")
    }

    private func write(_ located: LocatedFinding, to page: inout MarkupWriter) {
        let (finding, locale) = (located.finding, review.locale)
        let mark = located.waiver == nil ? "" : " waived"
        page.open(
            "tr",
            ["class": "\(finding.severity.rawValue) area-\(area(finding.rule))\(mark)", "id": "finding-" + located.id]
        )
        page.element("td", text: finding.severity.name(locale))
        page.raw("<td>")
        page.text(finding.message(locale))
        if let hint = finding.hint { writeSmall(hint(locale), to: &page) }
        if let proof = finding.proof { write(proof, to: &page) }
        if let waiver = located.waiver { writeSmall(waived(waiver)(locale), to: &page) }
        page.raw("<br>")
        page.element("code", text: finding.rule)
        if let title = titles[finding.rule] {
            page.raw(" ")
            page.element("small", text: title(locale))
        }
        page.raw("</td>")
        for text in [finding.expected, finding.found, finding.difference] {
            // A figure is one line, a sentence breaks.
            if text.count <= Self.longestFigure {
                page.element("td", ["class": "value"], text: text)
            } else {
                page.element("td", text: text)
            }
        }
        page.raw("<td>")
        for (position, place) in located.locations.prefix(3).enumerated() {
            if position > 0 { page.raw("<br>") }
            page.element("code", ["title": "\(place.place)"], text: place.place.brief)
        }
        page.raw("</td></tr>")
    }

    private func writeSmall(_ text: String, to page: inout MarkupWriter) {
        page.raw("<br>")
        page.element("small", text: text)
    }

    private func write(_ proof: Proof, to page: inout MarkupWriter) {
        page.raw("<details>")
        page.element("summary", text: proofWord(review.locale))
        page.text(proof.calculation)
        if !proof.figures.isEmpty {
            page.raw("<ul>")
            for figure in proof.figures { page.element("li", text: "\(figure.name(review.locale)) \(figure.value)") }
            page.raw("</ul>")
        }
        page.raw("</details>")
    }
}

// MARK: - Messages

private let heading = LocalizedText(zh: "审核发现", en: "Findings")
private func counted(_ words: LocalizedText, _ count: Int) -> LocalizedText {
    LocalizedText(zh: "\(words.zh)（\(count)）", en: "\(words.en) (\(count))")
}

private let nothing = LocalizedText(zh: "没有发现。", en: "Nothing was found.")
private let bySeverity = LocalizedText(zh: "按程度", en: "By weight")
private let byArea = LocalizedText(zh: "按类别", en: "By area")
private let proofWord = LocalizedText(zh: "依据", en: "proof")

private func title(_ report: String) -> LocalizedText {
    LocalizedText(zh: "审核发现与数字来源：\(report)", en: "Findings and sources of figures: \(report)")
}

private let columns = [
    LocalizedText(zh: "程度", en: "Weight"), LocalizedText(zh: "发现", en: "Finding"),
    LocalizedText(zh: "应为", en: "Expected"), LocalizedText(zh: "实为", en: "Found"),
    LocalizedText(zh: "相差", en: "Difference"), LocalizedText(zh: "位置", en: "Place"),
]

private func waived(_ waiver: Waiver) -> LocalizedText {
    LocalizedText(
        zh: "已豁免：\(waiver.reason)（\(waiver.approver)）",
        en: "waived: \(waiver.reason) (\(waiver.approver))"
    )
}
