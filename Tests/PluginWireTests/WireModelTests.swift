import PluginWire
import ReviewFile
import ReviewModel
import Synchronization
import Testing

@Suite("What crosses the wire")
struct WireModelTests {
    private func roundTrip<Model: WireForm & Equatable>(_ model: Model) throws {
        let (value, log) = (try JSONReader.read(JSONWriter.line(model.wire)), DiagnosticLog())
        #expect(Model(wire: ValueReader(value, log: log)) == model)
        #expect(log.diagnostics.isEmpty)
    }

    @Test("what a form says comes back as it was sent")
    func form() throws {
        let columns = [Column(name: "day", type: .date), Column(name: "cost", type: .decimal, unit: "CNY")]
        try roundTrip(
            DossierOutline(
                fields: [
                    .init("project", .group([.init("name", .value(.text)), .init("steps", .list(.value(nil)))])),
                    .init("texts", .map(.group([.init("zh", .value(.date))]))), .init("declaration", .open),
                ],
                tables: [TableSchema(name: "visits", columns: columns)]
            )
        )
        try roundTrip(DossierOutline())
    }

    @Test("of forms that are asked for in turn each is its own, however alike they look")
    func formsInTurn() {
        let forms = ["cost", "rent"].map { name in
            DossierOutline(tables: [TableSchema(name: "t", columns: [Column(name: name)])])
        }
        for form in forms + forms + forms.reversed() { #expect(FormText(form).outline == form) }
    }

    @Test("a form is read when somebody asks for it; one that makes no sense is not known")
    func formText() throws {
        let form = DossierOutline(
            fields: [.init("year", .value(.integer))],
            tables: [TableSchema(name: "t", columns: [])]
        )
        let call = ValidateConfiguration(role: "r", configuration: ["a": 1], form: FormText(form))
        var lines = [JSONWriter.line(call.wire)]
        lines.append(JSONWriter.line { call.encode(into: &$0) })
        for line in lines {
            let read = try ValidateConfiguration.decode(JSONText(line), of: "test")
            #expect(read.form?.outline == form)
            #expect(read.configuration == ["a": 1])
        }
        let odd = try JSONText(Array(#"{"role":"r","config":{},"form":{"tables":[{"columns":7}]}}"#.utf8))
        let read = try ValidateConfiguration.decode(odd, of: "test")
        #expect(read.form != nil && read.form?.outline == nil)
    }

    @Test("what is known of a query, and what is wrong with it, comes back as it was sent, in errors too")
    func queries() throws {
        let mistake = QueryMistake(
            severity: .warning,
            code: "query/unknown-column",
            message: LocalizedText(zh: "没有列", en: "no column"),
            help: LocalizedText(zh: "是不是", en: "did you mean"),
            place: TextPlace(line: 2, column: 7)
        )
        let columns = [QueryOutline.Column(name: "金额", type: .decimal, unit: "CNY"), .init(name: "x")]
        try roundTrip(QueryOutline(columns: columns, mistakes: [mistake]))
        try roundTrip(QueryOutline())
        try roundTrip(RPCError(mistake))
        try roundTrip(mistake.diagnostic(at: JSONPointer(["query"])))
        #expect(RPCError(mistake).sentence.zh == "查询第 2 行第 7 列：没有列（是不是）")
        let check = DossierCheck(parent: 1, sql: "SELECT 1", parameters: ["a": .decimal, "b": nil])
        let read = try DossierCheck.read(JSONReader.read(JSONWriter.line(check.wire)), of: "test")
        #expect(read.parameters == ["a": .decimal, "b": nil])
    }

    @Test("an assessment comes back as it was sent")
    func assessment() throws {
        let points = try #require(ExactDecimal("0.5"))
        try roundTrip(
            Assessment(
                scores: [
                    ScoreSheet(
                        rater: "self",
                        total: points,
                        max: 1,
                        items: [
                            ScoreItem(
                                code: "A1",
                                name: "立项",
                                parent: "A",
                                max: 1,
                                points: points,
                                status: .given,
                                reason: "r",
                                evidence: ["e"],
                                pointer: JSONPointer(["tables", "scores", "0"])
                            )
                        ],
                        verdict: Verdict(code: "ok", name: LocalizedText(zh: "可行", en: "feasible"), band: "[0, 1]")
                    )
                ],
                adjustments: [
                    Adjustment(
                        subject: "L1",
                        label: "x",
                        requested: 3,
                        parts: [.init(kind: .deferral, amount: 1, reason: "r")]
                    )
                ],
                findings: [
                    Finding(
                        rule: "a/b",
                        severity: .blocker,
                        message: LocalizedText(zh: "错", en: "wrong"),
                        subject: "L1",
                        pointers: [JSONPointer(["tables", "t", "0", "a"])],
                        expected: "1",
                        found: "2",
                        hint: LocalizedText("mend it")
                    )
                ],
                facts: [Fact(id: "a.b", label: LocalizedText("x"), value: "1.20", unit: "percent")]
            )
        )
    }

    @Test("the rules that found something, and those that are off, come back as they were sent")
    func rules() throws {
        var assessment = Assessment()
        assessment.rules = [
            Rule("a/b", .error, title: LocalizedText(zh: "错", en: "wrong"), manual: LocalizedText(zh: "长", en: "long"))
        ]
        try roundTrip(assessment)
        let settings = RuleSettings(["a/b": ["cap": "3.00"]], off: ["a/c", "a/d"])
        let score = Score(role: "r", configuration: [:], dossier: WireDossier(fields: [:], tables: []), rules: settings)
        #expect(score.wire["off"] == ["a/c", "a/d"])
        #expect(try Score.read(score.wire, of: Score.method).rules == settings)
        // A host that says nothing of it switches nothing off.
        #expect(try Score.read(["role": "r", "dossier": [:]], of: Score.method).rules == RuleSettings())
    }

    @Test("examples and the times of rules come back as they were sent")
    func examples() throws {
        try roundTrip(
            Rule(
                "a/b",
                .info,
                title: LocalizedText("t"),
                examples: [.bad("x: ↓1", zh: "错", en: "wrong"), .good("x: 2")]
            )
        )
        let times = [RuleTime(rule: "a/b", duration: .microseconds(12)), RuleTime(rule: "a/c", duration: .seconds(2))]
        let log = try Log.read(Log(level: .debug, message: "m", parent: 3, ruleTimes: times).wire, of: Log.method)
        #expect(log.parent == 3 && log.ruleTimes == times)
    }

    @Test("a finding of a plugin in three words of JSON is enough")
    func minimalFinding() throws {
        let value = try JSONReader.read(
            Array(#"{"findings":[{"rule":"x/y","severity":"warning","message":"careful"}]}"#.utf8)
        )
        let assessment = try Assessment.read(value, of: "scorer/score")
        #expect(assessment.findings.first?.message.zh == "careful")
    }

    @Test("an assessment that makes no sense is refused with its place")
    func nonsense() throws {
        let value = try JSONReader.read(Array(#"{"findings":[{"rule":"x/y","severity":"fatal","message":"m"}]}"#.utf8))
        let error = #expect(throws: RPCError.self) { try Assessment.read(value, of: "scorer/score") }
        #expect(error?.pointer?.description == "/findings/0/severity")
    }

    @Test(
        "a table is cut into pages and put together again, whatever the page size and however many are asked for at once",
        arguments: [1, 2, 3, 7, 100],
        [1, 2, 5]
    )
    func paging(rows: Int, ahead: Int) async throws {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "n", type: .integer)]))
        for n in 0..<7 { table.append(row: [.integer(n)]) }
        let streams = OpenStreams()
        let wire = WireTable(
            schema: table.schema,
            page: nil,
            stream: streams.open(TablePager(table), owner: .number(1))
        )
        let whole = try await wire.assemble(ahead: ahead) {
            try #require(streams.next(RowsNext(stream: $0.stream, maximumRows: rows)).rows)
        }
        #expect(whole == table)
    }

    @Test("the lines that an older source tells by a column are the places of its rows, and the column is gone")
    func origin() async throws {
        let sent: Value = [
            "schema": [
                "name": "t", "columns": [["name": "id"], ["name": "at", "type": "integer"]],
                "origin": ["setting": "report", "line": "at"],
            ],
            "page": ["seq": 0, "rows": 2, "columns": [["a", "b"], [3, .null]], "done": true],
        ]
        let table = try await WireTable.read(sent, of: "source/open").assemble { _ in throw RPCError(.unknownStream, "")
        }
        let text = JSONPointer(["config", "report"])
        #expect(table.schema.columns.map(\.name) == ["id"])
        #expect(table.columns == [["a", "b"]])
        #expect([table.spot(ofRow: 0), table.spot(ofRow: 1)] == [.line(of: text, line: 3, column: 1), .value(text)])
    }

    @Test("a gap, a wrong width or a wrong total is noticed")
    func lies() async throws {
        let schema = TableSchema(name: "t", columns: [Column(name: "n")])
        func assemble(_ pages: TablePage...) async throws {
            let rest = Mutex(pages[...])
            let wire = WireTable(schema: schema, page: nil, stream: "s1")
            _ = try await wire.assemble { _ in rest.withLock { $0.removeFirst() } }
        }
        await #expect(throws: RPCError.self) {
            try await assemble(TablePage(sequence: 1, rowCount: 1, columns: [["a"]], done: true))
        }
        await #expect(throws: RPCError.self) {
            try await assemble(TablePage(sequence: 0, rowCount: 2, columns: [["a"]], done: true))
        }
        await #expect(throws: RPCError.self) {
            try await assemble(TablePage(sequence: 0, rowCount: 1, columns: [["a"], ["b"]], done: true))
        }
        await #expect(throws: RPCError.self) {
            try await assemble(TablePage(sequence: 0, rowCount: 1, columns: [["a"]], done: true, totalRows: 5))
        }
        let first = TablePage(sequence: 0, rowCount: 1, columns: [["a"]], done: false)
        let broken = await #expect(throws: RPCError.self) {
            _ = try await WireTable(schema: schema, page: first, stream: nil).assemble { _ in first }
        }
        #expect(broken?.complaint.en.contains("it breaks off after 1 rows") == true)
    }

    @Test("a renderer is sent the long parts of a review that its manifest names, and all that is short")
    func reviewParts() throws {
        var review = Review(id: "r", findings: [], steps: [Review.Step(id: "s", plugin: "p", outcome: .done)])
        review.facts = [Fact(id: "f", label: LocalizedText("f"), value: 1)]
        review.adjustments = [Adjustment(subject: "L1", label: "one", requested: 1, parts: [])]
        let dossier = WireDossier(fields: Record(), tables: [])
        let all = Render(
            role: "w",
            configuration: [:],
            review: review,
            dossier: dossier,
            formats: [],
            scratchDirectory: "/t"
        )
        var some = all
        some.reviewParts = ["facts"]
        #expect(all.wire["review"]?["adjustments"]?.list?.count == 1)
        #expect(
            some.wire["review"]?.record?.keys == [
                "schema", "id", "locale", "project", "amounts", "verdict", "facts", "steps",
            ]
        )
        let role = RoleDescription(kind: .renderer, name: "w", summary: "", reviewParts: ["facts"])
        #expect(try RoleDescription.read(role.wire, of: "manifest") == role)
    }
}
