import ReviewFile
import ReviewModel
import TemporarySpec
import Testing
import YAMLDocument

@testable import ReviewPipeline
@testable import SpecLoading

@Suite("Composing a review")
struct ReviewFoldTests {
    private func fold(_ assessments: [(step: String, assessment: Assessment)]) throws -> Review {
        let temporary = TemporarySpec(
            "pingshen: 1\nid: t\n" + TemporarySpec.form
                + "\ntables: {lines: {columns: [amount, id], rows: [[1, a], [2, b]]}}\npipeline: {one: {use: p, with: {k: v}}}\n"
        )
        let loaded = loadSpec(temporary.path)
        let (spec, document) = (try #require(loaded.spec), try #require(loaded.document))
        return try ReviewFold(spec: spec, document: document, dossier: spec.dossier)
            .review(assessments, locale: .zh, steps: [])
    }

    @Test("a row that a source read stands in its line of the source's text")
    func origin() throws {
        let temporary = TemporarySpec(
            "pingshen: 1\nid: t\n" + TemporarySpec.form
                + "\npipeline: {read: {use: r, with: {report: !include report.txt}}, one: {use: p}}\n",
            files: ["report.txt": "one\ntwo\nthree\n"]
        )
        let loaded = loadSpec(temporary.path)
        let (spec, document) = (try #require(loaded.spec), try #require(loaded.document))
        let text = JSONPointer(["config", "report"])
        var table = Table(schema: TableSchema(name: "lines", columns: [Column(name: "id")]))
        table.append(row: ["a"], at: .line(of: text, line: 3, column: 1))
        table.append(row: ["b"], at: .value(text))
        // A row that says it stands in itself stands where its step is written.
        table.append(row: ["c"], at: .value(JSONPointer(["tables", "lines", "2"])))
        var fold = ReviewFold(spec: spec, document: document, filledBy: ["lines": FilledRows(step: "read")])
        fold.dossier.set(table)
        let places = ["/tables/lines/0/id", "/tables/lines/1/id", "/tables/lines/2/id"].map { pointer in
            fold.locate(finding("r/r", .info, pointer), step: "one").locations.first
        }
        #expect(places.prefix(2).map { $0?.line } == [3, 1])
        #expect(places.prefix(2).allSatisfy { $0?.file.hasSuffix("report.txt") == true })
        #expect(places[2]?.file == temporary.path)
    }

    @Test("a table without rows stands on the sheet that is called so, where its source has spoken of that")
    func emptyTable() throws {
        let temporary = TemporarySpec(
            "pingshen: 1\nid: t\n" + TemporarySpec.form + "\npipeline: {read: {use: r}, one: {use: p}}\n"
        )
        let loaded = loadSpec(temporary.path)
        let (spec, document) = (try #require(loaded.spec), try #require(loaded.document))
        var fold = ReviewFold(spec: spec, document: document, filledBy: ["lines": FilledRows(step: "read")])
        fold.dossier.set(Table(schema: TableSchema(name: "lines", columns: [Column(name: "id")])))
        let told = finding("target/none", .warning, "/tables/lines")
        #expect(fold.locate(told, step: "one").locations.first?.file == temporary.path)
        var filled = FilledDossier(dossier: fold.dossier)
        var said = finding("sheet/examples-left-out", .info)
        let place = Place.cell(file: "project.xlsx", sheet: "lines", address: try #require(CellAddress("A5")))
        said.spots = [.place(place)]
        filled.said = [("read", Assessment(findings: [said]))]
        fold.sheets = filled.sheets
        #expect(fold.locate(told, step: "one").locations.first?.place == place)
    }

    private func finding(_ rule: String, _ severity: Severity, _ pointer: String...) -> Finding {
        Finding(
            rule: rule,
            severity: severity,
            message: LocalizedText(rule),
            pointers: pointer.compactMap { JSONPointer($0) }
        )
    }

    @Test("a text is searched for places as often as that is cheap; beyond, lines are counted from where it begins")
    func searchBudget() throws {
        let temporary = TemporarySpec(
            "pingshen: 1\nid: t\n" + TemporarySpec.form
                + "\npipeline:\n  one:\n    use: p\n    with:\n      text: \"a\\nb c\"\n"
        )
        let loaded = loadSpec(temporary.path)
        let (spec, document) = (try #require(loaded.spec), try #require(loaded.document))
        var fold = ReviewFold(spec: spec, document: document)
        // The text has five bytes: enough for two searches.
        fold.textSearch = TextSearch(bytes: 11)
        var finding = finding("r/r", .info)
        finding.spots = [.line(of: JSONPointer(["config", "text"]), line: 2, column: 3)]
        let lines = (0..<3).map { _ in fold.locate(finding, step: "one").locations.first?.line }
        let written = try #require(lines[0])
        #expect(lines == [written, written, written + 1])
    }

    @Test("of twenty thousand sheets and adjustments each is compared with its own earlier one only")
    func manySheets() throws {
        // Sought one by one, these would be two hundred million comparisons.
        let count = 20_000
        let sheets = (0..<count).map { ScoreSheet(rater: "r\($0)", total: 1, max: 2, items: []) }
        let adjustments = (0..<count).map { Adjustment(subject: "s\($0)", label: "s", requested: 5, parts: []) }
        let assessment = Assessment(scores: sheets, adjustments: adjustments)
        let review = try fold([("one", assessment), ("two", assessment)])
        #expect(review.scores.count == count && review.adjustments.count == count)
        #expect(review.findings.isEmpty)
    }

    @Test("a rule that no scorer tells of has its title all the same; what a scorer says of a rule stands")
    func titles() throws {
        let findings = [
            finding("sheet/hidden-rows", .warning), finding("report/tag", .error), finding("x/unheard", .info),
        ]
        var assessment = Assessment(findings: findings)
        assessment.rules = [Rule("report/tag", .error, title: LocalizedText(zh: "自己的", en: "its own"))]
        let review = try fold([("one", assessment)])
        #expect(review.catalogue.map(\.id) == ["report/tag", "sheet/hidden-rows"])
        #expect(review.ruleTitles["report/tag"]?.en == "its own")
        #expect(review.ruleTitles["sheet/hidden-rows"] == LocalizedText(zh: "隐藏的行", en: "hidden rows"))
    }

    @Test("findings are sorted by weight and place, whatever order they came in")
    func sorting() throws {
        let findings = [
            finding("b/info", .info), finding("a/late", .error, "/tables/lines/1/amount"),
            finding("z/early", .error, "/tables/lines/0/amount"), finding("c/block", .blocker),
        ]
        for order in [findings, findings.reversed()] {
            let review = try fold([("one", Assessment(findings: order))])
            #expect(review.findings.map(\.finding.rule) == ["c/block", "z/early", "a/late", "b/info"])
        }
    }

    @Test("pointers lead to the cell as written, also into lists under column names and into settings")
    func places() throws {
        let review = try fold([
            ("one", Assessment(findings: [finding("a", .error, "/tables/lines/1/id", "/config/k", "/fields/none")]))
        ])
        let places = review.findings[0].locations.map { "\($0.line ?? 0):\($0.column ?? 0) \($0.path)" }
        #expect(places == ["6:60 tables.lines[1].id", "7:36 config.k", "1:1 fields.none"])
    }

    @Test("decisions of two steps on one line add up; another request for it is an error")
    func adjustments() throws {
        func adjustment(_ requested: ExactDecimal, _ kind: Adjustment.Kind, _ amount: ExactDecimal) -> Assessment {
            Assessment(adjustments: [
                Adjustment(subject: "a", label: "a", requested: requested, parts: [.init(kind: kind, amount: amount)])
            ])
        }
        let review = try fold([
            ("one", adjustment(100, .cut, 10)), ("two", adjustment(100, .deferral, 5)),
            ("three", adjustment(99, .cut, 1)),
        ])
        #expect(review.amounts?.deducted == 15)
        #expect(review.amounts?.approved == 85)
        #expect(review.findings.map(\.finding.rule) == ["host/different-request"])
    }

    @Test("amounts carry their unit, and amounts of several units have no sum")
    func units() throws {
        func adjustment(_ subject: String, _ unit: String) -> Adjustment {
            Adjustment(subject: subject, label: subject, requested: 100, unit: unit)
        }
        let euros = try fold([("one", Assessment(adjustments: [adjustment("a", "EUR"), adjustment("b", "EUR")]))])
        #expect(euros.amounts?.requested == 200 && euros.amounts?.unit == "EUR" && euros.findings.isEmpty)
        #expect(euros.wire["amounts"]?["unit"] == "EUR" && euros.wire["adjustments"]?.list?.first?["unit"] == "EUR")
        let mixed = try fold([("one", Assessment(adjustments: [adjustment("a", "EUR"), adjustment("b", "CNY")]))])
        #expect(mixed.amounts == nil)
        #expect(mixed.findings.map(\.finding.rule) == ["host/several-units"])
        let plain = try fold([("one", Assessment(adjustments: [adjustment("a", "CNY")]))])
        #expect(plain.wire["amounts"]?["unit"] == "CNY" && plain.wire["adjustments"]?.list?.first?["unit"] == nil)
        #expect(Review(wire: ValueReader(euros.wire, log: DiagnosticLog()))?.amounts?.unit == "EUR")
    }

    @Test("the verdict is that of whoever plays the reviewer's part, whatever the form calls that")
    func parts() throws {
        func sheet(_ rater: String, _ part: ScoreSheet.Part?) -> ScoreSheet {
            var sheet = ScoreSheet(rater: rater, total: 1, max: 1, items: [])
            sheet.verdict = Verdict(code: rater, name: LocalizedText(rater), band: "[0, 1]")
            sheet.part = part
            return sheet
        }
        let review = try fold([("one", Assessment(scores: [sheet("school", .applicant), sheet("panel", .reviewer)]))])
        #expect(review.verdict?.code == "panel")
        #expect(review.sheet(of: "review")?.rater == "panel" && review.sheet(of: "self")?.rater == "school")
        #expect(review.wire["scores"]?["panel"]?["part"] == "review")
    }

    @Test("the verdict is the reviewer's, and the applicant's only where there is no other")
    func verdict() throws {
        func sheet(_ rater: String) -> ScoreSheet {
            ScoreSheet(
                rater: rater,
                total: 1,
                max: 1,
                items: [],
                verdict: Verdict(code: rater, name: LocalizedText(rater), band: "[0, 1]")
            )
        }
        #expect(try fold([("one", Assessment(scores: [sheet("self"), sheet("review")]))]).verdict?.code == "review")
        #expect(try fold([("one", Assessment(scores: [sheet("self")]))]).verdict?.code == "self")
        #expect(try fold([]).verdict == nil)
        #expect(try fold([]).amounts == nil)
    }
}
