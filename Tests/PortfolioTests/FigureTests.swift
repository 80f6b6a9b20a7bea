import ReviewModel
import Testing

@testable import Portfolio

@Suite("Figures of a summary")
struct FigureTests {
    @Test("numbers of four digits and more are found in a text, with what follows them")
    func figures() {
        let text = "申报 330,200.00 元，2026 年安排 12 项，合计 33.0200 万元。共 1,234"
        let found = WrittenFigure.all(in: text).map { "\($0.number) \($0.after)" }
        #expect(found == ["330200.00 元，2", "2026 年安排", "33.0200 万元。", "1234 "])
    }

    @Test("the end of a sentence is no part of a number")
    func sentence() {
        #expect(WrittenFigure.all(in: "It was 14000.").map(\.number.description) == ["14000"])
    }

    @Test(
        "a total is as near to a verdict as its band says",
        arguments: [
            ("88", "ok", "[70, 90)", "18", "2", "best"), ("95", "best", "[90, 100]", "5", nil, nil),
            ("10", "poor", "[0, 70)", nil, "60", "ok"),
        ] as [(String, String, String, String?, String?, String?)]
    )
    func edges(total: String, code: String, band: String, above: String?, below: String?, next: String?) {
        let bands = [("best", "[90, 100]"), ("ok", "[70, 90)"), ("poor", "[0, 70)")].map { code, band in
            Verdict(code: code, name: LocalizedText(code), band: band)
        }
        var sheet = ScoreSheet(rater: "review", total: ExactDecimal(total), max: 100, items: [])
        sheet.verdict = Verdict(code: code, name: LocalizedText(code), band: band)
        sheet.bands = bands
        let edges = VerdictEdges(sheet)
        #expect(edges.above?.description == above)
        #expect(edges.below?.description == below)
        #expect(edges.next?.en == next)
    }
}
