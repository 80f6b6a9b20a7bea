import ReviewFile
import ReviewModel
import Testing

@Suite("review.json")
struct RecordedReviewTests {
    /// A review in which every member says something.
    private func full() throws -> RecordedReview {
        let cell = JSONPointer(["tables", "lines", "0", "amount"])
        let place = Place.cell(file: "a.xlsx", sheet: "明细", address: try #require(CellAddress("C14")))
        let location = Location(place, path: "tables.lines[0].amount", words: LocalizedText(zh: "明细", en: "lines"))
        let verdict = Verdict(code: "ok", name: LocalizedText(zh: "可行", en: "feasible"), band: "[60, 100]")
        var sheet = ScoreSheet(rater: "review", total: 88, max: 100, items: [], verdict: verdict)
        (sheet.bands, sheet.verdictPlaces) = ([verdict], 0)
        var item = ScoreItem(code: "A", name: "甲", max: 100, points: 88, status: .given, reason: "r", pointer: cell)
        (item.level, item.problems, item.evidence) = ("高", ["P1"], ["e"])
        sheet.items = [item]
        var finding = Finding(
            rule: "a/b",
            severity: .error,
            message: LocalizedText(zh: "错", en: "wrong"),
            pointers: [cell]
        )
        finding.proof = Proof([.init(LocalizedText("f"), "1.00", at: cell)], calculation: "1 + 1")
        (finding.expected, finding.found, finding.difference) = ("1", "2", "1")
        var located = LocatedFinding(finding: finding, step: "s", locations: [location])
        (located.id, located.baseline) = ("693d6cc9cafb", .new)
        located.waiver = Waiver(reason: "r", approver: "张三", expires: CalendarDate("2026-12-31"))
        var fact = Fact(id: "f", label: LocalizedText("f"), value: "3.00", unit: "CNY", sources: [cell])
        (fact.inputs, fact.calculation) = (["g"], "1 + 2 = 3")
        let line = Adjustment(
            subject: "L1",
            label: "x",
            requested: 3,
            parts: [.init(kind: .deferral, amount: 1, reason: "r")],
            pointer: cell
        )
        var review = Review(
            id: "r",
            locale: .en,
            project: ["name": "x"],
            amounts: try line.amounts(),
            scores: [sheet],
            verdict: verdict,
            adjustments: [line],
            facts: [fact],
            findings: [located],
            steps: [.init(id: "s", plugin: "p", outcome: .failed, note: "n")]
        )
        review.rules = [RuleChange(rule: "a/c", isOff: true, severity: .info, parameters: ["n": 1])]
        review.catalogue = [Rule("a/b", .error, title: LocalizedText("t"), manual: LocalizedText("m"))]
        review.fixed = [LocatedFinding(finding: finding, step: "s", locations: [])]
        review.places = CellPlaces([CellPlace(pointer: cell, value: "3.00", location: location)])
        var recorded = RecordedReview(
            review,
            inputs: [.init(path: "a.yaml", sha256: "00")],
            plugins: [.init(name: "p", version: "1", sha256: nil), .init(name: "q", version: "2", sha256: "11")],
            artifacts: [.init(path: "report.md", mediaType: "text/markdown", sha256: "22")]
        )
        var table = TableBuilder(
            TableSchema(
                name: "lines",
                columns: [
                    Column(name: "id"), Column(name: "price", type: .decimal), Column(name: "tags", type: .texts),
                    Column(name: "day", type: .date), Column(name: "kept", type: .boolean),
                ]
            )
        )
        let row: [Value] = ["L1", "3.50", ["a", "b"], "2026-01-31", true]
        for (column, value) in row.enumerated() {
            table.append(value, column: column)
        }
        table.endRow()
        table.append("L2", column: 0)
        table.endRow()
        recorded.kept = KeptDossier(
            fields: ["organisations": ["department": "d"]],
            fieldPlaces: ["organisations.department": "a.yaml:7:15"],
            tables: [KeptTable(table.table(), places: ["a.yaml:3:1", "a.yaml:4:1"])]
        )
        return recorded
    }

    @Test("a review comes back from its file as it was, and the file is the same when it is written again")
    func thereAndBack() throws {
        let recorded = try full()
        let bytes = JSONWriter.document(recorded.document)
        let read = try RecordedReview.read(bytes)
        #expect(read == recorded)
        #expect(JSONWriter.document(read.document) == bytes)
    }

    @Test("what nobody wants is passed over, and everything else is the same")
    func passedOver() throws {
        var recorded = try full()
        let bytes = JSONWriter.document(recorded.document)
        (recorded.review.facts, recorded.review.places, recorded.plugins) = ([], CellPlaces(), [])
        #expect(try RecordedReview.read(bytes, without: ["facts", "places", "plugins"]) == recorded)
        #expect(throws: UnreadableReview.self) { try RecordedReview.read(Array(bytes.dropLast(3)), without: ["facts"]) }
        #expect(throws: UnreadableReview.self) { try RecordedReview.read(Array("[1]".utf8), without: ["facts"]) }
    }

    @Test("what later programs add is left out, and what older ones did not write is empty")
    func otherAges() throws {
        let old = try RecordedReview.read(Array(#"{"schema": "pingshen.review/1", "id": "r", "later": {"x": 1}}"#.utf8))
        #expect(old == RecordedReview(Review(id: "r")))
    }

    @Test(
        "what is no review of this form is refused, in words",
        arguments: [
            ("[1", "is not JSON: "), (#"{"id": "r"}"#, "is no review: it has no schema"),
            (#"{"schema": "pingshen.review/2", "id": "r"}"#, "is of the form \"pingshen.review/2\""),
            (#"{"schema": "pingshen.review/1"}"#, "is no review: missing key \"id\""),
            (
                #"{"schema": "pingshen.review/1", "id": "r", "findings": [{"rule": "a/b", "severity": "fatal", "message": "m"}]}"#,
                "is no review: findings[0].severity: "
            ),
        ]
    )
    func refused(text: String, beginning: String) {
        let error = #expect(throws: UnreadableReview.self) { try RecordedReview.read(Array(text.utf8)) }
        #expect(error?.message.en.hasPrefix(beginning) == true, "\(error?.message.en ?? "")")
    }
}
