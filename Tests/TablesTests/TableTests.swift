import ExactNumbers
import Groundwork
import JSONDocument
import Tables
import Testing

@Suite("Tables of typed columns")
struct TableTests {
    private static let schema = TableSchema(
        name: "lines",
        columns: [
            Column(name: "id"), Column(name: "amount", type: .decimal), Column(name: "quantity", type: .integer),
            Column(name: "kept", type: .boolean), Column(name: "day", type: .date), Column(name: "tags", type: .texts),
        ]
    )

    private static let table: Table = {
        var table = Table(schema: schema)
        table.append(row: ["L1", "100.10", 2, true, "2026-01-31", ["会议", "印刷"]])
        table.append(row: [nil, nil, nil, nil, nil, nil])
        table.append(row: ["L3", "7"])
        return table
    }()

    @Test("a column that was looked up once gives its cells by row")
    func columns() {
        let table = Self.table
        #expect(table.decimals("amount").map(\.?.description) == ["100.10", nil, "7"])
        #expect(Array(table.integers("quantity")) == [2, nil, nil])
        #expect(Array(table.booleans("kept")) == [true, nil, nil])
        #expect(Array(table.dates("day")) == [CalendarDate("2026-01-31"), nil, nil])
        #expect(Array(table.texts("id")) == ["L1", nil, "L3"])
        #expect(Array(table.textLists("tags")) == [["会议", "印刷"], [], []])
        #expect(Array(table.texts("amount")) == ["100.10", nil, "7"])
        #expect(Array(table.decimals("no such")) == [nil, nil, nil])
        #expect(table.decimals("amount")[5] == nil)
    }

    @Test("a row reads by name, a text that is a number as one")
    func rows() {
        let row = Self.table.rows[0]
        #expect(row.text("id") == "L1" && row.text("amount") == "100.10" && row.text("no such") == "")
        #expect(row.decimal("quantity") == 2 && row.integer("quantity") == 2 && row.boolean("kept") == true)
        #expect(row.date("day")?.description == "2026-01-31" && row.texts("tags") == ["会议", "印刷"])
        #expect(Self.table.rows[1].optionalText("id") == nil && Self.table.rows[1]["tags"] == nil)
        #expect(row.pointer("amount").description == "/tables/lines/0/amount")
    }

    @Test("a page of columns is added whole or not at all")
    func pages() {
        var table = Table(
            schema: TableSchema(name: "t", columns: [Column(name: "a"), Column(name: "b", type: .integer)])
        )
        let added = [
            table.append(page: [["x", "y"], [1, 2]]), table.append(page: [["z"], []]), table.append(page: [["z"]]),
        ]
        #expect(added == [true, false, false])
        #expect(table.rowCount == 2)
        #expect(table.page(1..<2) == [["y"], [2]])
    }

    @Test("who changes a copy leaves the original as it was")
    func copies() {
        var copy = Self.table
        copy.append(row: ["L4"])
        copy.schema.name = "others"
        #expect((copy.rowCount, Self.table.rowCount) == (4, 3))
        #expect(Self.table.name == "lines")
        #expect(copy != Self.table)
    }

    @Test("tables with equal cells are equal, however many decimal places these have")
    func equality() {
        var (one, other) = (Table(schema: Self.schema), Table(schema: Self.schema))
        one.append(row: ["a", "1.50"])
        other.append(row: ["a", "1.5"])
        #expect(one == other)
        other.append(row: ["b"])
        #expect(one != other)
    }

    @Test("columns can be picked without copying cells")
    func selecting() {
        let table = Self.table.selecting([1, 0])
        #expect(table.schema.columns.map(\.name) == ["amount", "id"])
        #expect(table.page(0..<1) == [[.decimal(ExactDecimal(significand: 10010, places: 2))], ["L1"]])
    }

    @Test("a builder fills cell by cell; what it did not get is empty")
    func builder() {
        var builder = TableBuilder(Self.schema, expectedRows: 2)
        builder.append(text: "L1", column: 0)
        builder.append(text: "12.50", column: 1)
        builder.append(text: "again", column: 0)
        builder.endRow(at: .text(file: "a.csv", line: 2, column: 1))
        builder.append(3, column: 2)
        builder.append(text: "x", column: 99)
        let table = builder.table()
        #expect(table.rowCount == 2)
        #expect(Array(table.texts("id")) == ["L1", nil])
        #expect(Array(table.integers("quantity")) == [nil, 3])
        #expect(table.place(ofRow: 0)?.line == 2)
        #expect(table.place(ofRow: 1) == nil)
    }

    @Test("rows and cells know where they were read")
    func places() throws {
        var table = Self.table
        #expect(!table.hasPlaces)
        let address = try #require(CellAddress("F7"))
        let cell = Place.cell(file: "b.xlsx", sheet: "明细", address: address)
        table.set(.text(file: "a.yaml", line: 12, column: 5), ofRow: 0)
        table.set(.page(file: "c.pdf", page: 3, box: nil), ofRow: 2)
        table.set(cell, ofRow: 2, column: 1)
        #expect(table.rows[0].place == .text(file: "a.yaml", line: 12, column: 5))
        #expect(table.rows[0].place("amount")?.line == 12)
        #expect(table.rows[1].place == nil)
        #expect(table.rows[2].place("amount") == cell)
        #expect(table.rows[2].place("id") == .page(file: "c.pdf", page: 3, box: nil))
        table.append(row: ["L4"], at: .paragraph(file: "d.md", heading: ["一"], index: 2))
        #expect(table.rows[3].place == .paragraph(file: "d.md", heading: ["一"], index: 2))
        #expect(table.selecting([1]).place(ofRow: 2, column: 0) == cell)
    }
}

@Suite("Tables one behind the other")
struct AppendingTests {
    private func table(_ columns: [Column], _ rows: [[Value]], file: String? = nil, sheetColumns: [Int: Int] = [:])
        -> Table
    {
        var table = Table(schema: TableSchema(name: "t", columns: columns))
        for (index, row) in rows.enumerated() {
            let address = CellAddress(column: 1, row: index + 2)
            table.append(
                row: row,
                at: file.flatMap { file in address.map { .cell(file: file, sheet: "s", address: $0) } }
            )
        }
        table.sheetColumns = sheetColumns
        return table
    }

    @Test("have the columns of both, by their names, and know where each was read")
    func joined() {
        let first = table(
            [Column(name: "a"), Column(name: "b", type: .integer)],
            [["x", 1]],
            file: "1.csv",
            sheetColumns: [0: 1, 1: 2]
        )
        let second = table(
            [Column(name: "c"), Column(name: "b", type: .integer)],
            [["y", 2], ["z", 3]],
            file: "2.csv",
            sheetColumns: [0: 1, 1: 4]
        )
        let joined = first.appending(second)
        #expect(joined.schema.columns.map(\.name) == ["a", "b", "c"] && joined.rowCount == 3)
        #expect((0..<3).map { joined.cell(row: $0, column: "b") } == [1, 2, 3])
        #expect(joined.cell(row: 0, column: "c").isNull && joined.cell(row: 2, column: "a").isNull)
        #expect(joined.cell(row: 2, column: "c") == "z")
        #expect(
            (0..<3).map { joined.place(ofRow: $0, column: 1)?.brief } == ["1.csv, s!B2", "2.csv, s!D2", "2.csv, s!D3"]
        )
        #expect(joined.place(ofRow: 1, column: 2)?.brief == "2.csv, s!A2")
    }

    @Test("of which one has no places keep those of the other")
    func places() {
        let plain = table([Column(name: "a")], [["x"]])
        let placed = table([Column(name: "a")], [["y"]], file: "2.csv", sheetColumns: [0: 3])
        #expect(plain.appending(placed).spot(ofRow: 0) == nil)
        #expect(plain.appending(placed).place(ofRow: 1, column: 0)?.brief == "2.csv, s!C2")
        #expect(placed.appending(plain).place(ofRow: 0, column: 0)?.brief == "2.csv, s!C2")
        #expect(placed.appending(plain).spot(ofRow: 1, column: 0) == nil)
        #expect(plain.appending(Table(schema: plain.schema)).rowCount == 1)
    }
}
