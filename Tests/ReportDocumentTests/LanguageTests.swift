import ExactNumbers
import Groundwork
import JSONDocument
import ReportDocument
import Testing

@Suite("A language is data")
struct LanguageTests {
    private static let french: Value = [
        "numbers": ["decimal": ",", "group": " ", "percent": " %"],
        "months": [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre",
        ], "first_day": "1er", "yes": "oui", "page": "Page {page} sur {pages}",
    ]

    private func words(_ value: Value) -> (DocumentWords, [String]) {
        let log = DiagnosticLog()
        var words = DocumentWords(tag: "fr")
        words.read(ValueReader(value, log: log))
        return (words, log.diagnostics.map { "\($0.code) \($0.pointer)" })
    }

    @Test("days and numbers are written as the language writes them, and what it leaves out stays English")
    func french() throws {
        let (words, mistakes) = words(Self.french)
        #expect(mistakes.isEmpty)
        #expect(words.text(of: try #require(CalendarDate("2024-09-01"))) == "1er septembre 2024")
        #expect(words.text(of: try #require(CalendarDate("2024-08-31"))) == "31 août 2024")
        #expect(words.text(ofMonth: try #require(CalendarDate("2024-02-29"))) == "février 2024")
        #expect(words.no == "no" && words.yes == "oui")
        func text(_ number: ExactDecimal, _ style: FigureForm.Style) -> String {
            var form = FigureForm(style)
            form.marks = words.numbers
            return form.text(of: number)
        }
        #expect(text(1_234_567, .money) == "1 234 567,00")
        #expect(text(ExactDecimal(significand: -12345, places: 2), .money) == "-123,45")
        #expect(text(ExactDecimal(significand: 615, places: 1), .percent) == "61,50 %")
        #expect(text(ExactDecimal(significand: 125, places: 1), .points) == "12,5")
        #expect(FigureForm(.money).text(of: 1_234_567) == "1,234,567.00")
    }

    @Test("mistakes are told at their places")
    func mistakes() {
        let (_, mistakes) = words(["months": ["janvier"], "day": "{day}/{month}", "oui": "yes", "findings": ["a"]])
        #expect(
            mistakes == [
                "template/word-count /months", "template/word-count /findings", "template/word-lacks /day",
                "value/unknown-key /oui",
            ]
        )
    }

    @Test("a document carries the words of its language, and those of Chinese and English are no part of it")
    func carried() throws {
        let (words, _) = words(Self.french)
        var figure = Figure(1234, .money)
        figure.form.marks = words.numbers
        let block = DocumentBlock.paragraph(Paragraph(style: .body, runs: [.figure(figure)]))
        let section = DocumentSection(orientation: .portrait, blocks: [block])
        let document = Document(title: "t", language: "fr", sections: [section], words: words)
        let read = try #require(Document(wire: ValueReader(document.wire, log: DiagnosticLog())))
        #expect(read == document)
        #expect(read.words.page == "Page {page} sur {pages}")
        #expect(document.wire["words"]?["yes"] == "oui" && document.wire["words"]?["no"] == nil)
        #expect(Document(title: "t", language: "en", sections: []).wire["words"] == nil)
    }
}
