import ReviewModel
import Testing

@testable import PrintedReports

@Suite("Words of converted reports")
struct ReportWordsTests {
    @Test("the words that the plugins carry name every kind of table, and every list")
    func standard() {
        let words = ReportWords.standard
        for kind in PrintedTable.Kind.allCases { #expect(words.heads[kind]?.isEmpty == false, "\(kind)") }
        for key in ReportWords.columnKeys + ReportWords.listKeys { #expect(!words[key].isEmpty, "\(key)") }
        #expect(words.labels["主管单位"] == "department")
    }

    @Test("words of a town's own take the place of those that they name, and no others")
    func own() {
        let log = DiagnosticLog()
        let words = ReportWords(
            ValueReader(
                [
                    "tables": ["budget": ["heads": [["Qty"], ["Price"], ["Sum", "Total"]]]],
                    "totals": ["Grand total"], "organisations": ["client": ["Ordered by"]],
                ],
                log: log
            )
        )
        #expect(log.diagnostics.isEmpty)
        let text = "Item\tQty\tPrice\tSum\nDesk\t2\t5.00\t10.00\nGrand total\t2\t5.00\t10.00"
        #expect(ReportText(text).printedTables.isEmpty)
        let tables = ReportText(text, words: words).printedTables
        #expect(tables.map(\.kind) == [.budget])
        #expect(tables.first?.budgetLines.map(\.group) == ["Desk"])
        #expect(words["basis"] == ReportWords.standard["basis"])
        #expect(words.labels["Orderedby"] == "client" && words.labels["委托单位"] == nil)
        #expect(words.labels["主管单位"] == "department")
        // What was known before is not, where a town says otherwise.
        let usual = "项目\t数量\t单价\t金额\n甲\t2\t5.00\t10.00"
        #expect(ReportText(usual).printedTables.map(\.kind) == [.budget])
        #expect(ReportText(usual, words: words).printedTables.isEmpty)
    }

    @Test("a key that is none and an empty word are told")
    func mistakes() {
        let log = DiagnosticLog()
        _ = ReportWords(ValueReader(["totls": ["合计"], "totals": [" "]], log: log))
        #expect(log.diagnostics.map(\.code).sorted() == ["report-words/empty-word", "value/unknown-key"])
    }
}
