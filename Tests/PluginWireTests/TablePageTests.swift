import Groundwork
import JSONDocument
import PluginWire
import ReviewModel
import Tables
import Testing

@Suite("Pages of a table, straight from its columns and into them")
struct TablePageTests {
    /// Every type, with empty cells, escapes, large and odd numbers, and cells that do not fit their column.
    private func table() -> Table {
        let types: [ColumnType] = [.text, .decimal, .integer, .boolean, .date, .texts]
        var table = Table(
            schema: TableSchema(name: "t", columns: types.map { Column(name: $0.rawValue, type: $0) })
        )
        table.append(row: ["预算 \"a\"\n", "12.50", 3, true, "2026-01-31", ["x", "y"]])
        table.append(row: [.null, .null, .null, .null, .null, .null])
        table.append(row: ["", "-0.05", -7, false, "2024-02-29", []])
        table.append(row: [
            "x", "170141183460469231731687303715884.1", 1_152_921_504_606_846_976, true, .null, ["\u{1}"],
        ])
        table.append(row: ["z", "much", "7.5", "perhaps", "2026-02-31", "no list"])
        return table
    }

    private func text(_ page: TablePage) throws -> JSONText { try JSONText(JSONWriter.line { page.encode(into: &$0) }) }

    @Test("what is written straight is what would be written by way of values")
    func encoding() throws {
        var pager = TablePager(table())
        let page = pager.next()
        #expect(try text(page).value == JSONReader.read(JSONWriter.line(page.wire)))
    }

    @Test("a table comes back as it was, in pages of any size", arguments: [1, 2, 100])
    func roundTrip(rows: Int) throws {
        let original = table()
        var (pager, copy) = (TablePager(original), Table(schema: original.schema))
        while !pager.isDone {
            let page = try TablePage.decode(text(pager.next(maximumRows: rows)), of: "stream/next")
            #expect(page.append(to: &copy))
        }
        #expect(copy.columns == original.columns)
        #expect(copy.problemCount == original.problemCount)
    }

    @Test(
        "a page of fewer rows than none is told as a mistake of its reader's",
        arguments: ["-1", "-9223372036854775807", "-9223372036854775808"]
    )
    func negativeCount(count: String) throws {
        for (rows, total) in [(count, "1"), ("1", count)] {
            let page = #"{"seq":0,"rows":\#(rows),"columns":[["a"]],"done":true,"totalRows":\#(total)}"#
            let text = try JSONText(Array(page.utf8))
            let error = #expect(throws: RPCError.self) { try TablePage.decode(text, of: "stream/next") }
            #expect(
                error?.message.contains("is less than nothing, where a count is expected") == true,
                "\(error?.message ?? "")"
            )
        }
    }

    @Test("what a stream holds is counted until its last page is gone, for its owner")
    func heldBytes() throws {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "a", type: .text)]))
        for _ in 0..<25_000 { table.append(row: ["0123456789"]) }
        let streams = OpenStreams()
        let shown = streams.inline(table, owner: .number(1))
        let made = try #require(streams.inline(table, owner: .number(1), isMade: true).stream)
        #expect(streams.open(of: .number(1)).count == 2)
        #expect(streams.open(of: .number(1)).bytes >= 250_000)
        #expect(streams.open(of: .number(1)).bytes < 2_500_000)
        #expect(streams.open(of: .number(2)).count == 0)
        #expect(shown.stream != nil)
        streams.close(made)
        #expect(streams.open(of: .number(1)).bytes == 0)
    }

    @Test(
        "columns that are missing, too many or too short are noticed",
        arguments: [
            #"[["a"]]"#, #"[["a"],["1"],["2"]]"#, #"[["a","b"],["1"]]"#, #"[["a"],[]]"#, #"[["a"],"1"]"#, #"[]"#,
        ]
    )
    func misfits(columns: String) throws {
        let page = try TablePage.decode(
            JSONText(Array(#"{"seq":0,"rows":1,"columns":\#(columns),"done":true}"#.utf8)),
            of: "stream/next"
        )
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "a"), Column(name: "b")]))
        #expect(!page.append(to: &table))
    }

    @Test(
        "what is no page is refused with what is wrong, as it always was",
        arguments: [
            (#"{"rows":1,"columns":[],"done":true}"#, "missing key \"seq\""),
            (#"{"seq":0,"rows":"x","columns":[],"done":true}"#, "expected a whole number, found \"x\""),
            (#"{"seq":0,"rows":1,"columns":7,"done":true}"#, "expected a list, found \"7\""),
            (#"[]"#, "expected a mapping, found a list"),
        ]
    )
    func refused(page: String, complaint: String) throws {
        let error = #expect(throws: RPCError.self) {
            try TablePage.decode(JSONText(Array(page.utf8)), of: "stream/next")
        }
        #expect(error?.message == "stream/next: \(complaint)")
    }

    @Test("rows and cells keep their places, of every kind, across pages")
    func places() throws {
        var original = Table(schema: TableSchema(name: "t", columns: [Column(name: "a"), Column(name: "b")]))
        let address = try #require(CellAddress("C14"))
        let places: [Place?] = [
            .text(file: "a.csv", line: 3, column: 1), .cell(file: "b.xlsx", sheet: "明细", address: address),
            .page(file: "c.pdf", page: 2, box: nil),
            .page(file: "c.pdf", page: 2, box: PageBox(left: 1, top: 2, width: 3, height: 4)),
            .paragraph(file: "d.docx", heading: ["一", "二"], index: 5),
            .tableCell(file: "d.docx", table: "表1", row: 2, column: 3), nil,
        ]
        for place in places { original.append(row: ["x", "y"], at: place) }
        let line = Spot.line(of: JSONPointer(["config", "report"]), line: 7, column: 2)
        original.append(row: ["x", "y"], at: line)
        original.set(.cell(file: "b.xlsx", sheet: "明细", address: address), ofRow: 3, column: 1)
        var (pager, copy) = (TablePager(original, places: .each), Table(schema: original.schema))
        while !pager.isDone {
            #expect(try TablePage.decode(text(pager.next(maximumRows: 2)), of: "stream/next").append(to: &copy))
        }
        #expect(copy.rows.indices.map { copy.place(ofRow: $0) } == places + [nil])
        #expect(copy.spot(ofRow: 7) == line)
        #expect(copy.place(ofRow: 3, column: 1) == original.place(ofRow: 3, column: 1))
        #expect(copy.place(ofRow: 3, column: 0) == places[3])
        var plain = TablePager(original)
        #expect(plain.next().wire["places"] == nil)
    }

    @Test("rows of one sheet keep their places, said at once or one by one", arguments: [PlaceDetail.each, .bySheet])
    func sheetPlaces(_ detail: PlaceDetail) throws {
        let schema = TableSchema(name: "t", columns: [Column(name: "a"), Column(name: "b"), Column(name: "c")])
        var builder = TableBuilder(schema)
        builder.sheetColumns = [0: 1, 1: 6]
        for row in [5, 6, 8, 9, 20] {
            for column in 0..<3 { builder.append(text: "x", column: column) }
            builder.endRow(at: .cell(file: "b.xlsx", sheet: "明细", address: try #require(CellAddress("A\(row)"))))
        }
        let original = builder.table()
        var (pager, copy) = (TablePager(original, places: detail), Table(schema: schema))
        while !pager.isDone {
            let page = pager.next(maximumRows: 2)
            #expect((page.wire["sheet"] == nil) == (detail == .each))
            #expect(try TablePage.decode(text(page), of: "stream/next").append(to: &copy))
        }
        for row in 0..<5 {
            for column in 0..<3 {
                #expect(copy.place(ofRow: row, column: column) == original.place(ofRow: row, column: column))
            }
        }
        #expect(copy.place(ofRow: 2, column: 1)?.description == "b.xlsx, 明细!F8")
        #expect(copy.place(ofRow: 2, column: 2)?.description == "b.xlsx, 明细!A8")
    }

    @Test("a later page may have its columns elsewhere in its sheet")
    func movedColumns() throws {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "a")]))
        for (sequence, letter) in ["B", "C"].enumerated() {
            let page: Value = [
                "seq": .integer(sequence), "rows": 1, "columns": [["x"]], "done": .boolean(sequence == 1),
                "sheet": ["file": "b.xlsx", "sheet": "s", "column": "A", "rows": [7], "columns": ["a": .text(letter)]],
            ]
            #expect(try TablePage.decode(JSONText(page), of: "stream/next").append(to: &table))
        }
        #expect((0..<2).map { table.place(ofRow: $0, column: 0)?.description } == ["b.xlsx, s!B7", "b.xlsx, s!C7"])
    }

    @Test("places that are none, or of rows and columns that are not there, make a page that does not fit")
    func wrongPlaces() throws {
        for more: Value in [
            ["places": [["file": "a", "sheet": "s", "cell": "14"]]], ["places": ["a"]],
            ["places": [.null, ["file": "a", "line": 1]]],
            ["cellPlaces": ["z": [["file": "a", "line": 1]]]],
            ["sheet": ["file": "a", "sheet": "s", "column": "A", "rows": [1, 2]]],
            ["sheet": ["file": "a", "sheet": "s", "column": "A", "rows": [0]]],
            ["sheet": ["file": "a", "sheet": "s", "column": "A", "rows": [1], "columns": ["z": "B"]]],
            ["sheet": ["file": "a", "sheet": "s", "column": "1", "rows": [1]]], ["sheet": 1],
        ] {
            var page: Record = ["seq": 0, "rows": 1, "columns": [["x"]], "done": true]
            for (key, value) in more.record?.members ?? [] { page[key] = value }
            var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "a")]))
            let read = try TablePage.decode(JSONText(.record(page)), of: "stream/next")
            #expect(!read.append(to: &table), "\(more)")
        }
    }
}
