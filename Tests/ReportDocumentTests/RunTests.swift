import ExactNumbers
import ReportDocument
import Testing

@Suite("Runs: lines, cells and paragraphs")
struct RunTests {
    private let figure = Run.figure(Figure(1234, .money))

    @Test("lines of a paragraph join without a blank where Chinese meets Chinese, figures and marks with one")
    func joined() {
        #expect([Run.text("甲\n乙 abc\n def ")].line == [.text("甲乙 abc def")])
        #expect([.text("共\n"), figure, .text("\n元")].line == [.text("共"), figure, .text("元")])
        #expect([figure, .text("\r\nx\n"), .missing("n")].line == [figure, .text(" x "), .missing("n")])
        #expect([Run.text(" \n\t\u{3000}")].line == [])
    }

    @Test("empty lines part paragraphs, whatever ends a line", arguments: ["\n", "\r\n", "\r", "\u{2028}", "\u{85}"])
    func paragraphs(end: String) {
        let runs: [Run] = [.text("一\(end) \(end)\(end)二 "), figure, .text("\(end)三\(end)")]
        #expect(runs.paragraphs == [[.text("一")], [.text("二 "), figure, .text("三")]])
    }

    @Test("a cell keeps its lines, without the empty ones")
    func cell() {
        #expect([Run.text("\na\n\n b\n")].cell == [.text("a"), .lineBreak, .text("b")])
        #expect([.text("  "), figure].cell.figure == Figure(1234, .money))
        #expect([figure, .text(" 元")].cell.figure == nil)
    }

    @Test("blanks are trimmed across runs, and nothing else is")
    func trimmed() {
        #expect([.text("\u{A0} "), .text("\u{3000}"), figure, .text(" ")].lines == [[figure]])
        #expect([Run.text("â")].lines == [[.text("â")]])
        #expect([Run.text("，一、")].line == [.text("，一、")])
    }

    @Test("text is added to text")
    func appended() {
        var runs: [Run] = []
        for piece in ["a", "", "b"] { runs.append(text: piece) }
        runs.append(figure)
        runs.append(text: "c")
        #expect(runs == [.text("ab"), figure, .text("c")])
        #expect(runs.plainText == "ab1,234.00c")
    }
}

@Suite("Figures: how numbers print")
struct FigureTests {
    @Test(
        "each form",
        arguments: [
            (FigureForm.money, "14017700", "14,017,700.00"), (.money, "0.005", "0.01"),
            (.money, "-1234.5", "-1,234.50"),
            (.wan, "14017700.00", "1,401.77"), (.wan, "0.000000000000000001", "0.00"), (.percent, "1.2", "1.20%"),
            (.points, "44.00", "44"), (.points, "0.50", "0.5"), (.number, "1200.50", "1,200.50"),
            (.number, "-123.45", "-123.45"), (.number, "-1234567", "-1,234,567"),
            (.number, "999", "999"), (.number, "0.123456", "0.123456"),
            (.plain, "2026", "2026"),
            (.hanzi, "1", "一"), (.hanzi, "10", "十"), (.hanzi, "11.0", "十一"), (.hanzi, "20", "二十"),
            (.hanzi, "23", "二十三"),
            (.hanzi, "100", "100"), (.hanzi, "1.5", "1.5"), (FigureForm(.money, hasDash: true), "0.00", "-"),
            (FigureForm(.wan, hasDash: true), "1", "0.00"),
        ] as [(FigureForm, String, String)]
    )
    func forms(form: FigureForm, value: String, text: String) throws {
        #expect(form.text(of: try #require(ExactDecimal(value))) == text)
    }

    @Test("a unit has its customary form")
    func units() {
        #expect(
            ["CNY", "percent", "points", "km", ""].map(FigureForm.init(unit:)).map(\.style) == [
                .money, .percent, .points, .number, .number,
            ]
        )
    }
}

@Suite("Anchors: as GitHub makes them")
struct AnchorTests {
    @Test("letters and digits stay, blanks become dashes, repeated ones count")
    func anchors() {
        var anchors = Anchors()
        let made = ["（一）背景", "（一）背景", "A b_C-1!", "附件2-1 2026 年", "é café", "〔2021〕①"].map { anchors.anchor(for: $0) }
        #expect(made == ["一背景", "一背景-1", "a-b_c-1", "附件2-1-2026-年", "é-café", "2021①"])
    }
}
