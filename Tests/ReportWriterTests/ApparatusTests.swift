import PluginKit
import ReportDocument
import ReportTemplate
import ReviewModel
import Testing

@testable import report_writer

/// What the page beside the report shows: findings to filter, and the way from each figure to its source and back.
@Suite("Findings and figures beside a report")
struct ApparatusTests {
    private var review: Review {
        let cell = JSONPointer(["tables", "lines", "0", "amount"])
        var review = Review(id: "r", locale: .en)
        var total = Fact(id: "amounts.requested", label: LocalizedText("all"), value: "14017700.00", unit: "CNY")
        total.inputs = ["lines.<1>.requested"]
        total.calculation = "14,017,700.00"
        let line = Fact(
            id: "lines.<1>.requested",
            label: LocalizedText("<one>"),
            value: "500.00",
            unit: "CNY",
            sources: [cell]
        )
        var rate = Fact(id: "rate", label: LocalizedText("rate"), value: "1.20", unit: "percent")
        rate.inputs = ["amounts.requested"]
        let unknown = Fact(id: "count", label: LocalizedText("count"), value: 15)
        review.facts = [total, line, rate, unknown]
        let location = Location(.text(file: "Specs/a<b.yaml", line: 3, column: 7), path: "tables.lines[0].amount")
        review.places = CellPlaces([CellPlace(pointer: cell, value: "500.00", location: location)])
        var finding = Finding(
            rule: "prose/x",
            severity: .error,
            message: LocalizedText("<b> & so"),
            expected: "1",
            found: "2"
        )
        finding.proof = Proof([Proof.Figure(LocalizedText("one"), "1", at: nil)], calculation: "1 < 2")
        review.findings = [
            LocatedFinding(finding: finding, step: "s", locations: [location]),
            LocatedFinding(
                finding: Finding(rule: "b\">/y", severity: .info, message: LocalizedText("m")),
                step: "s",
                locations: []
            ),
        ]
        return review
    }

    private func pages(_ runs: [Run], _ review: Review) -> (report: String, findings: String) {
        let paragraph = Paragraph(style: .body, runs: runs)
        let section = DocumentSection(orientation: .portrait, blocks: [.paragraph(paragraph)])
        let document = Document(title: "t", language: "zh-CN", sections: [section])
        let figures = HTMLFigures(review, report: "report.html", apparatus: "findings.html")
        let report = HTMLRenderer.page(document, figures)
        let areas = ["prose": LocalizedText(zh: "文字", en: "numbers in texts")]
        return (report, HTMLApparatus.page(document, of: review, areas: areas, figures))
    }

    private let total = Run.figure(Figure(14_017_700, .money, fact: "amounts.requested"))

    @Test("a figure leads to the entry of its fact, in whatever form it prints; numbers in a text stay as they are")
    func links() {
        let wan = Run.figure(Figure(14_017_700, .wan, fact: "amounts.requested"))
        let page = pages(
            [.text("申请 "), total, .text(" 元（"), wan, .text(" 万元），14,017,700.00 元，1.20%，2026 年")],
            review
        ).report
        #expect(page.components("href=\"findings.html#figure-amounts.requested\" title=\"all\">") == 2)
        #expect(page.contains("<a class=\"figure\" id=\"at-1\"") && page.contains("id=\"at-2\""))
        #expect(page.contains(">14,017,700.00</a> 元（<a"))
        #expect(page.contains(">1,401.77</a> 万元），14,017,700.00 元，1.20%，2026 年</p>"))
    }

    @Test("no link without a fact that can be followed, and none for zero")
    func unlinked() {
        let figures: [Run] = [
            .figure(Figure(1, .number)), .figure(Figure(15, .plain, fact: "count")),
            .figure(Figure(2, .number, fact: "gone")), .figure(Figure(0, .percent, fact: "rate")),
        ]
        #expect(pages(figures, review).report.contains("<p>11520.00%</p>"))
    }

    @Test("an entry has its arithmetic, what it was made from and the cells, all escaped")
    func entries() {
        let page = pages([.text("共 "), total, .text(" 元"), total], review).findings
        #expect(page.contains("<div id=\"figure-amounts.requested\"><dt>all <b>14,017,700.00</b>"))
        #expect(page.contains("← <a href=\"#figure-n2\">&lt;one&gt;</a>"))
        #expect(page.contains("← <code>Specs/a&lt;b.yaml:3:7</code> 500.00"))
        #expect(
            page.contains("→ in the report <a href=\"report.html#at-1\">[1]</a> <a href=\"report.html#at-2\">[2]</a>")
        )
        // Nothing in the report leads to the rate.
        #expect(!page.contains("id=\"figure-rate\""))
    }

    @Test("a finding names its rule by id and title; a rule whose title is not known has its id")
    func titles() {
        var review = review
        review.catalogue = [Rule("prose/x", .error, title: LocalizedText(zh: "数", en: "<numbers> & texts"))]
        let page = pages([.text("t")], review).findings
        #expect(page.contains("<code>prose/x</code> <small>&lt;numbers&gt; &amp; texts</small></td>"))
        #expect(page.contains("<code>b&quot;&gt;/y</code></td>") || page.contains("<code>b\"&gt;/y</code></td>"))
    }

    @Test("findings can be filtered by weight and area, without a script")
    func findings() {
        let page = pages([.text("text")], review).findings
        #expect(page.contains("#findings:has(#show-error:not(:checked)) tr.error { display: none; }"))
        #expect(page.contains("<input type=\"checkbox\" id=\"show-area-prose\" checked> numbers in texts 1</label>"))
        #expect(page.contains("<tr class=\"error area-prose\""))
        #expect(page.contains("&lt;b&gt; &amp; so"))
        #expect(page.contains("<tr class=\"info area-b\""))
        #expect(page.contains("<summary>proof</summary>1 &lt; 2<ul><li>one 1</li></ul>"))
        #expect(!page.contains("<script") && !page.contains("id=\"figures\""))
    }

    @Test("the report says nothing of what the program found, and a page without a review has no links")
    func apart() throws {
        let report = pages([total], review).report
        #expect(
            !report.contains("&lt;b&gt; &amp; so") && !report.contains("id=\"findings\"") && !report.contains("<dl>")
        )
        let blocks = "- text: \"{{amounts.requested}}\""
        #expect(!(try Fixture.html(blocks)).contains("class=\"figure\""))
    }

    @Test("a review without findings says so")
    func nothing() {
        var review = review
        review.findings = []
        #expect(pages([.text("t")], review).findings.contains("<p>Nothing was found.</p>"))
    }

    @Test("both files are written, named after the report")
    func files() throws {
        let template = try #require(
            TemplateOutline(ValueReader(["id": "t", "title": "t", "blocks": []], log: DiagnosticLog()))
        )
        let document = Document(title: "t", language: "zh-CN", sections: [])
        let usual = ReportFormat.html.files(of: document, review, ReportSettings(template: template))
        #expect(usual.map(\.name) == ["report.html", "findings.html"])
        let named = ReportFormat.html.files(of: document, review, ReportSettings(template: template, name: "opinion"))
        #expect(named.map(\.name) == ["opinion.html", "opinion-findings.html"])
    }
}

extension String {
    /// How often `text` stands in it.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
