import Groundwork
import Testing

@Suite("Places")
struct PlaceTests {
    @Test("addresses of cells are read and written", arguments: ["A1", "Z9", "AA10", "AZ3", "XFD1048576"])
    func addresses(text: String) {
        #expect(CellAddress(text)?.description == text)
    }

    @Test("dollars and small letters are the same cell")
    func writtenOtherwise() {
        #expect(CellAddress("$c$14") == CellAddress(column: 3, row: 14))
    }

    @Test(
        "what is no cell of a sheet is refused",
        arguments: [
            "", "A", "1", "A0", "XFE1", "A1048577", "1A", "A1B", "A-1", "ZZZZZZZZZZZZZZZZZZZZ1",
            "A99999999999999999999",
        ]
    )
    func noAddress(text: String) {
        #expect(CellAddress(text) == nil)
    }

    @Test("places of one file stand in the order in which it is read")
    func order() throws {
        let cells = try ["A1", "C1", "B2"].map {
            Place.cell(file: "b.xlsx", sheet: "S", address: try #require(CellAddress($0)))
        }
        #expect(cells.reversed().sorted() == cells)
        let texts = [(2, 9), (10, 1)].map { Place.text(file: "a.yaml", line: $0.0, column: $0.1) }
        #expect((cells + texts.reversed()).sorted() == texts + cells)
    }

    @Test("a place speaks to a person and to an editor")
    func words() throws {
        let cell = Place.cell(file: "项目.xlsx", sheet: "预算明细", address: try #require(CellAddress("F7")))
        #expect(cell.description == "项目.xlsx, 预算明细!F7")
        #expect(cell.words.zh == "工作表\"预算明细\"的 F7")
        #expect(Place.text(file: "spec.yaml", line: 12, column: 5).description == "spec.yaml:12:5")
        let table = Place.tableCell(file: "report.docx", table: "附件2-1", row: 3, column: 5)
        #expect(table.words.en == "附件2-1, row 3, column 5")
    }
}
