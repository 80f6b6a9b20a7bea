import ExactNumbers
import Groundwork
import JSONDocument
import Tables
import Testing

@Suite("Cells are typed by the schema as they arrive")
struct TypingTests {
    @Test(
        "what fits becomes the column's type, and prints as it was written",
        arguments: [
            (.decimal, "14017700.00", .decimal(ExactDecimal(significand: 1_401_770_000, places: 2)), "14017700.00"),
            (.decimal, "-0.50", .decimal(ExactDecimal(significand: -50, places: 2)), "-0.50"),
            (.decimal, 7, .decimal(7), "7"),
            (.decimal, "", nil, ""),
            (
                .decimal, "123456789012345678901234567890",
                .decimal(ExactDecimal(significand: 123_456_789_012_345_678_901_234_567_890, places: 0)),
                "123456789012345678901234567890"
            ),
            (.decimal, "-9223372036854775808", .decimal(ExactDecimal(Int.min)), "-9223372036854775808"),
            (.integer, "12", 12, "12"),
            (.integer, "5.00", 5, "5"),
            (.integer, .decimal(ExactDecimal(significand: 500, places: 2)), 5, "5"),
            (.integer, .integer(.min), .integer(.min), "-9223372036854775808"),
            (.boolean, "true", true, "true"),
            (.boolean, false, false, "false"),
            (.date, "2024-02-29", "2024-02-29", "2024-02-29"),
            (.text, 12, "12", "12"),
            (.text, "", "", ""),
            (.text, "虹桥", "虹桥", "虹桥"),
            (.texts, ["a", 2], ["a", "2"], nil),
            (.texts, [], [], nil),
        ] as [(ColumnType, Value, Value, String?)]
    )
    func fits(type: ColumnType, came: Value, stands: Value, printed: String?) {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "c", type: type)]))
        table.append(row: [nil])
        table.append(row: [came])
        #expect(table.cell(row: 0, column: "c") == nil)
        #expect(table.cell(row: 1, column: "c") == stands)
        #expect(table.cell(row: 1, column: "c").scalarText == printed)
        #expect(table.problems().isEmpty)
    }

    @Test(
        "what does not fit stays as it came, and is listed with its row and column",
        arguments: [
            (.decimal, "about 500", .text, "about 500", "c should be a number, it is \"about 500\""),
            (.decimal, "1,703,200.00", .text, "1,703,200.00", "c should be a number, it is \"1,703,200.00\""),
            (.decimal, true, .kind, "true", "c should be a number, it is \"true\""),
            (.integer, "2.5", .notWhole, "2.5", "c should be a whole number, it is \"2.5\""),
            (.integer, "99999999999999999999", .notWhole, "99999999999999999999", nil),
            (.boolean, "yes", .text, "yes", nil),
            (.date, "2026-02-31", .noSuchDay, "2026-02-31", "c: there is no day \"2026-02-31\""),
            (.date, "soon", .text, "soon", "c should be a day such as 2026-01-31, it is \"soon\""),
            (.text, ["x"], .kind, "a list", "c should be text, it is \"a list\""),
            (.text, true, .kind, "true", nil),
            (.texts, "one", .text, "one", nil),
            (.texts, [["x"]], .kind, "a list", nil),
        ] as [(ColumnType, Value, CellProblem.Reason, String, String?)]
    )
    func doesNotFit(type: ColumnType, came: Value, reason: CellProblem.Reason, found: String, message: String?) throws {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "a"), Column(name: "c", type: type)]))
        table.append(row: ["x", nil])
        table.append(row: ["y", came])
        #expect(table.cell(row: 1, column: "c") == came)
        let problem = try #require(table.problems().first)
        #expect(table.problemCount == 1)
        #expect((problem.row, problem.column, problem.columnName) == (1, 1, "c"))
        #expect((problem.expected, problem.reason, problem.found) == (type, reason, found))
        if let message { #expect(problem.message.en == message) }
        #expect(problem.message.zh != problem.message.en)
    }

    @Test("a million rows of one column with the same places take eight bytes each")
    func packed() {
        var storage = ColumnStorage(.decimal)
        for number in 0..<1000 { storage.append(ExactDecimal(significand: Int128(number), places: 2)) }
        storage.appendMissing()
        #expect(storage.numbers.count == 1001)
        #expect(storage.placesByRow.isEmpty && storage.bigNumbers.isEmpty && storage.strays.isEmpty)
        storage.append(ExactDecimal(significand: 5, places: 1))
        #expect(storage.placesByRow.count == 1002)
        #expect([0, 999, 1001].map { storage.decimal($0)?.description } == ["0.00", "9.99", "0.5"])
        #expect(storage.decimal(1000) == nil)
    }

    @Test("a table of another schema holds the same cells, typed anew")
    func retyped() {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "a"), Column(name: "b")]))
        table.append(row: ["1.50", "x"])
        table.append(row: ["?", nil])
        let typed = table.retyped(
            TableSchema(name: "u", columns: [Column(name: "a", type: .decimal), Column(name: "b"), Column(name: "c")])
        )
        #expect(typed.decimals("a").map(\.?.description) == ["1.50", nil])
        #expect(typed.problems().map(\.found) == ["?"])
        #expect(typed.columns[2] == [nil, nil])
        #expect(table.cell(row: 0, column: "a") == "1.50")
    }
}
