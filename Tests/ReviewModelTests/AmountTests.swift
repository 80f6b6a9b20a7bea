import ReviewModel
import Testing

@Suite("Amounts")
struct AmountTests {
    @Test("a deferral counts among the deductions and is shown apart")
    func deferral() throws {
        let adjustment = Adjustment(
            subject: "L1",
            label: "works",
            requested: 1000,
            parts: [
                .init(kind: .cut, amount: 100), .init(kind: .deferral, amount: 30), .init(kind: .increase, amount: 50),
            ]
        )
        let amounts = try adjustment.amounts()
        #expect(amounts.deducted == 130)
        #expect(amounts.deferred == 30)
        #expect(amounts.increased == 50)
        #expect(amounts.approved == 920)
        #expect(try amounts.deductionRate()?.description == "13.00")
    }

    @Test("nothing requested has no deduction rate")
    func nothingRequested() throws {
        #expect(try Amounts.sum([]).deductionRate() == nil)
    }

    @Test("a record keeps its order and finds its keys, few or many")
    func records() {
        var record = Record((0..<40).map { ("k\($0)", .integer($0)) })
        #expect(record["k39"] == 39)
        record["k3"] = nil
        #expect(record["k3"] == nil)
        #expect(record["k39"] == 39)
        #expect(record.keys.first == "k0")
        let wasNew = record.appendIfNew("k1", 9)
        #expect(!wasNew)
    }

    @Test("a page that does not fit changes nothing")
    func pages() {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "a"), Column(name: "b")]))
        let fits = [table.append(page: [["x"], ["y"]]), table.append(page: [["x", "z"], ["y"]])]
        #expect(fits == [true, false])
        #expect(table.rowCount == 1)
        #expect(table.rows.first?.pointer("b").description == "/tables/t/0/b")
    }
}
