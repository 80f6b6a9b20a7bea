import ReviewModel
import Testing

@testable import ReviewFile

/// What is read straight from bytes, and written straight into them, beside what goes by way of a tree.
@Suite("Findings, facts and adjustments without trees")
struct DirectFormTests {
    private static let locations: [Location] = [
        Location(
            .text(file: "a/项目.yaml", line: 12, column: 5),
            path: "tables.lines[3].amount",
            words: LocalizedText(zh: "第 3 行", en: "row 3")
        ),
        Location(.text(file: "a\\b \"c\".yaml", line: 1, column: 1)),
        Location(.page(file: "r.pdf", page: 3, box: PageBox(left: 1, top: 2, width: 3, height: 4)), path: "x"),
        Location(.paragraph(file: "r.docx", heading: ["一", "（一）"], index: 7)),
        Location(.tableCell(file: "r.docx", table: "表 1", row: 2, column: 3), words: LocalizedText("t")),
    ]

    private static var findings: [LocatedFinding] {
        var plain = Finding(
            rule: "a/b",
            severity: .warning,
            message: LocalizedText(zh: "单价\n偏高\u{1B}", en: "too \"dear\"")
        )
        var full = plain
        full.subject = "L1"
        full.expected = "1,000.00 元"
        full.found = "2,000.00 元"
        full.difference = "1,000.00 元"
        full.hint = LocalizedText(zh: "请说明", en: "explain")
        full.spots = [.value(JSONPointer(["tables", "lines", "3", "a~b/c"])), .value(JSONPointer())]
        full.proof = Proof(
            [Proof.Figure(LocalizedText("f"), "1", at: JSONPointer(["fields", "x"]))],
            calculation: "1 + 1"
        )
        var odd = full
        odd.spots.append(.line(of: JSONPointer(["fields", "text"]), line: 2, column: 3))
        odd.spots.append(.place(.page(file: "r.pdf", page: 1, box: nil)))
        plain.severity = .blocker
        return [plain, full, odd].enumerated().flatMap { number, finding in
            var located = LocatedFinding(
                finding: finding,
                step: "audit",
                locations: Array(locations.prefix(number * 3))
            )
            located.id = "f-\(number)"
            var waived = located
            waived.waiver = Waiver(reason: "r", approver: "a", expires: CalendarDate("2026-12-31"))
            waived.baseline = .unchanged
            waived.cause = "c"
            return [located, waived]
        }
    }

    private static func facts() throws -> [Fact] {
        let number = try #require(ExactDecimal("-12345678901234567890.1234"))
        var fact = Fact(
            id: "history.2023.rate",
            label: LocalizedText(zh: "执行率", en: "rate"),
            value: .decimal(number),
            unit: "percent"
        )
        let plain = fact
        fact.sources = [JSONPointer(["tables", "history", "1", "paid"])]
        fact.inputs = ["a", "b"]
        fact.calculation = "1 ÷ 3 = 0.33"
        var others: [Fact] = []
        for value: Value in ["文字", 17, true, [1, "x"], ["k": .null], .decimal(0), .text("")] {
            others.append(Fact(id: "v", label: LocalizedText("v"), value: value))
        }
        return [plain, fact] + others
    }

    private static func adjustments() throws -> [Adjustment] {
        let amount = try #require(ExactDecimal("1703200.00"))
        let part = Adjustment.Part(kind: .cut, amount: try #require(ExactDecimal("0.05")), reason: "核减\t5 分")
        var adjustments = [Adjustment(subject: "L1", label: "甲", requested: amount, parts: [], pointer: nil)]
        for kind in Adjustment.Kind.allCases {
            var parts = [part, part]
            parts[1].kind = kind
            adjustments.append(
                Adjustment(
                    subject: "L2",
                    label: "",
                    requested: -amount,
                    parts: parts,
                    pointer: JSONPointer(["tables", "t", "0"]),
                    unit: "USD"
                )
            )
        }
        return adjustments
    }

    /// What both ways read, from what both ways write.
    private func holds<Form: DirectForm & Equatable>(_ forms: [Form]) throws {
        for form in forms {
            let tree = JSONWriter.line(form.wire)
            #expect(
                String(decoding: JSONWriter.line { form.write(into: &$0) }, as: UTF8.self)
                    == String(decoding: tree, as: UTF8.self)
            )
            let text = try JSONText(tree)
            text.read { cursor in
                #expect(Form(direct: &cursor, after: nil) == Form(wire: ValueReader(text.value, log: DiagnosticLog())))
                #expect(cursor.position == tree.count)
            }
        }
    }

    @Test("are written and read as by way of one")
    func likeTrees() throws {
        try holds(Self.findings)
        try holds(Self.findings.map(\.finding))
        try holds(Self.facts())
        try holds(Self.adjustments())
        try holds(Self.locations)
    }

    @Test(
        "whatever is not as usual is left to the way that knows what may be missing and says what is wrong",
        arguments: [
            #"{"rule":"a/b","severity":"mild","message":{"zh":"m","en":"m"}}"#,
            #"{"rule":"a/b","severity":"info","message":"both"}"#,
            #"{"rule":"a/b","severity":"info","message":{"zh":"m"}}"#,
            #"{"rule":7,"severity":"info","message":{"zh":"m","en":"m"}}"#,
            #"{"severity":"info","message":{"zh":"m","en":"m"}}"#,
            #"{"rule":"a/b","severity":"info","message":{"zh":"m","en":"m"},"pointers":["no pointer"]}"#,
            #"{"rule":"a/b","severity":"info","message":{"zh":"m","en":"m"},"pointers":null,"hint":null}"#,
            #"{"rule":"a/b","severity":"info","message":{"zh":"m","en":"m","fr":"m"}}"#,
            #"{"rule":"a/b","severity":"info","message":{"zh":"m","en":"m"},"locations":[{"file":"f","line":0}]}"#,
            #"{"rule":"a/b","severity":"info","message":{"zh":"m","en":"m"},"locations":{}}"#,
            #"{"rule":"a/b","severity":"info","message":{"zh":"m","en":"m"},"expected":5}"#, "[]", "null", "7",
        ]
    )
    func unusual(json: String) throws {
        try JSONText(Array(json.utf8)).read { cursor in #expect(LocatedFinding(direct: &cursor, after: nil) == nil) }
    }

    @Test("members that nobody knows are passed over, and blanks do not matter")
    func unknownMembers() throws {
        let json =
            #" { "new" : [1, {"rule": "x"}] , "rule" : "a\u002fb", "severity":"info", "message" : {"en":"e", "zh":"z"}, "ein": null } "#
        try JSONText(Array(json.utf8)).read { cursor in
            let finding = try #require(Finding(direct: &cursor, after: nil))
            #expect(finding == Finding(rule: "a/b", severity: .info, message: LocalizedText(zh: "z", en: "e")))
        }
    }

    @Test("a long list is read element by element; one that is wrong is told of by its place in the whole")
    func further() throws {
        let findings = Self.findings
        let further = FurtherElements()
        let pieces = findings.dropFirst(2).map { JSONText(.list([$0.wire])) }
        for piece in pieces { further.append(piece, to: JSONPointer()) }
        let log = DiagnosticLog()
        let reader = ValueReader(.list(findings.prefix(2).map(\.wire)), further: further, log: log)
        #expect(reader.list(of: LocatedFinding.self) == findings)
        #expect(log.diagnostics.isEmpty)
        // What has been read is gone.
        #expect(further.isEmpty)
        for piece in pieces { further.append(piece, to: JSONPointer()) }
        further.append(JSONText(.list([["rule": "x"]])), to: JSONPointer())
        let wrong = ValueReader(.list(findings.prefix(2).map(\.wire)), further: further, log: log)
        #expect(wrong.list(of: LocatedFinding.self) == findings)
        #expect(log.diagnostics.first?.pointer == JSONPointer([String(findings.count)]))
    }
}
