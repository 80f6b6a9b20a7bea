import ReviewModel
import Testing

@testable import document_comparer

@Suite("Figures that went together")
struct RelationTests {
    private static let rows = [
        "项目 数量 单价 申报 核减 核定 核减率", "场地租金 12 20,010.00 240,120.00 20,000.00 220,120.00 8.33%",
        "课程服务 40 2,505.00 100,200.00 20,200.00 80,000.00 20.16%", "宣传印刷 5 1,010.00 5,050.00 50.00 5,000.00 0.99%",
        "合计 — — 345,370.00 40,250.00 305,120.00 11.65%",
    ]
    private static let text = "申报预算 345,370.00 元，核减 40,250.00 元，核定 305,120.00 元，核减率 11.65%，即核定 30.512 万元。"

    private func broken(_ edit: (inout [String], inout String) -> Void) throws -> [BrokenRelation] {
        var (rows, text) = (Self.rows, Self.text)
        edit(&rows, &text)
        let filler = (1...6).map { p("第\($0)点说明，与数字无关的文字内容。") }
        let old = SmallDocument(body: [p("表1 明细"), table(Self.rows), p(Self.text)] + filler)
        return try compared(old, SmallDocument(body: [p("表1 明细"), table(rows), p(text)] + filler)).brokenRelations
    }

    @Test("hold in the original, and in a copy in which everything was changed together")
    func hold() throws {
        #expect(try broken { _, _ in }.isEmpty)
        let all = try broken { rows, text in
            rows[1] = "场地租金 12 20,010.00 240,120.00 21,000.00 219,120.00 8.75%"
            rows[4] = "合计 — — 345,370.00 41,250.00 304,120.00 11.94%"
            text = "申报预算 345,370.00 元，核减 41,250.00 元，核定 304,120.00 元，核减率 11.94%，即核定 30.412 万元。"
        }
        #expect(all.isEmpty)
    }

    @Test("a cell that was changed alone breaks its column, its row and its rate")
    func cell() throws {
        let found = try broken { rows, _ in rows[2] = rows[2].replacing("80,000.00", with: "85,000.00") }
        #expect(Set(found.map(\.kind)) == [.columnSum, .sum])
        let sum = found.first { $0.kind == .columnSum }
        #expect(sum?.expected == "310,120.00" && sum?.found == "305,120.00")
        #expect(sum?.place == .tableCell(file: "edited.docx", table: "表1 明细", row: 5, column: 6))
        let row = found.first { $0.kind == .sum }
        #expect(row?.expected == "80,000.00" && row?.found == "85,000.00")
        #expect(row?.context.row == "课程服务" && row?.context.column == "核定")
    }

    @Test("quantity times price, and a rate")
    func productAndRate() throws {
        let found = try broken { rows, _ in
            rows[2] = rows[2].replacing("2,505.00", with: "2,605.00")
            rows[1] = rows[1].replacing("8.33%", with: "8.38%")
        }
        #expect(Set(found.map(\.kind)) == [.product, .rate])
        #expect(found.first { $0.kind == .product }?.expected == "104,200.00")
        #expect(found.first { $0.kind == .rate }?.expected == "8.33%")
    }

    @Test("an amount with a remark beside it still counts in its column")
    func remark() throws {
        let found = try broken { rows, _ in rows[2] = rows[2].replacing("80,000.00", with: "80,000.00（已调整）") }
        #expect(!found.contains { $0.kind == .columnSum }, "\(found)")
        let other = try broken { rows, _ in rows[2] = rows[2].replacing("80,000.00", with: "85,000.00（已调整）") }
        #expect(other.contains { $0.kind == .columnSum && $0.expected == "310,120.00" }, "\(other)")
    }

    @Test("a row that was added counts in the total")
    func added() throws {
        let found = try broken { rows, _ in rows.insert("设备维护 3 1,000.00 3,000.00 0.00 3,000.00 0.00%", at: 4) }
        #expect(found.map(\.kind) == [.columnSum, .columnSum])
        #expect(found.map(\.expected) == ["348,370.00", "308,120.00"])
    }

    @Test("a figure of a text that other places say too, also in 万元, is told as one figure with two values")
    func text() throws {
        let found = try broken { _, text in text = text.replacing("核定 305,120.00", with: "核定 306,120.00") }
        #expect(found.map(\.kind) == [.elsewhere])
        let elsewhere = found.first
        #expect(elsewhere?.found == "306,120.00元" && elsewhere?.expected == "305,120.00")
        #expect(elsewhere?.count == 2)
        let wan = try broken { _, text in text = text.replacing("30.512 万元", with: "35.012 万元") }
        #expect(wan.map(\.kind) == [.elsewhere] && wan.first?.found == "35.012万元")
    }

    @Test("a rounded form in a larger unit")
    func rounded() throws {
        let filler = (1...6).map { p("第\($0)点说明，与数字无关的文字内容。") }
        let old = SmallDocument(body: [p("申报 3,420,162.30 元。"), p("申报约 342.02 万元，较上年增长。")] + filler)
        let new = SmallDocument(body: [p("申报 3,420,162.30 元。"), p("申报约 324.02 万元，较上年增长。")] + filler)
        let found = try compared(old, new).brokenRelations
        #expect(found.map(\.kind) == [.rounded] && found[0].expected == "342.02")
    }

    @Test("figures of one amount and two facts are two figures")
    func facts() throws {
        let filler = (1...6).map { p("第\($0)点说明，与数字无关的文字内容。") }
        func document(_ second: String, _ third: String) -> SmallDocument {
            let lines = [("甲项申报", "12,345.00", "a", 1), ("甲项复述", second, "a", 2), ("乙项申报", third, "b", 1)]
            return SmallDocument(
                body: lines.map { "<w:p><w:r><w:t>\($0.0)</w:t></w:r>\(figure($0.1, $0.2, $0.3))</w:p>" } + filler
            )
        }
        let original = document("12,345.00", "12,345.00")
        #expect(try compared(original, document("12,345.00", "99,345.00")).brokenRelations.isEmpty)
        let comparison = try compared(original, document("99,345.00", "12,345.00"))
        #expect(comparison.brokenRelations.map(\.kind) == [.elsewhere])
        #expect(comparison.changes.map(\.fact) == [FactBookmarkName.a])
    }
}
