import JSONDocument
import ReviewModel
import StepCache
import Testing

@Suite("Answers as they are kept")
struct KeptFormTests {
    @Test("an assessment is read back as what it was")
    func assessment() throws {
        var assessment = Assessment(findings: [
            Finding(rule: "a/b", severity: .warning, message: LocalizedText(zh: "一", en: "one"))
        ])
        assessment.findings[0].spots = [
            .value(JSONPointer(["tables", "lines"]) / 3), .place(.text(file: "a.yaml", line: 1, column: 2)),
        ]
        assessment.facts = [
            Fact(
                id: "x.y",
                label: LocalizedText(zh: "数", en: "figure"),
                value: .text("12.50")
            )
        ]
        guard let kept = assessment.proven else {
            Issue.record("it is not kept")
            return
        }
        #expect(Assessment(kept: try JSONReader.read(JSONWriter.line(kept))) == assessment)
        // A number is a text on the wire, so none comes from there; what would be read back as something else is not kept.
        assessment.facts[0].value = .decimal(try #require(ExactDecimal("12.50")))
        if case .some = assessment.proven { Issue.record("a number came back as a text") }
    }

    @Test("a table is read back with its cells of other types, its places and its last row")
    func reading() throws {
        let columns = [
            Column(name: "id"), Column(name: "amount", type: .decimal, unit: "CNY"),
            Column(name: "count", type: .integer),
        ]
        var table = Table(schema: TableSchema(name: "lines", columns: columns))
        for row in 0..<5000 {
            let amount: Value = row == 7 ? .text("about ten") : row % 3 == 0 ? .null : .text("\(row).50")
            let address = try #require(CellAddress(column: 1, row: row + 2))
            table.append(
                row: [.text("L\(row)"), amount, .integer(row)],
                at: .cell(file: "/f/book.xlsx", sheet: "明细", address: address)
            )
        }
        let reading = SourceReading(
            [table],
            findings: [Finding(rule: "s/x", severity: .info, message: LocalizedText("m"))]
        )
        guard let kept = reading.proven, let again = SourceReading(kept: try JSONReader.read(JSONWriter.line(kept)))
        else {
            Issue.record("it is not kept, or not read back")
            return
        }
        #expect(again.isSame(as: reading))
        #expect(again.tables[0].place(ofRow: 4999) == table.place(ofRow: 4999))
        #expect(kept.mentions(["/f/book"]) && !kept.replacing("/f/", by: "/g/").mentions(["/f/"]))
    }
}
