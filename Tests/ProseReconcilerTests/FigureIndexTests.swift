import ReviewModel
import Testing

@testable import prose_reconciler

/// What the indices find is what a look at everything finds.
@Suite("Indices of figures and of words")
struct FigureIndexTests {
    @Test("a figure by its value is the first of all that print alike, negative ones too")
    func byValue() throws {
        let values = [-105, -100, -95, -94, 0, 5, 95, 100, 100, 104, 105, 106, 1000].map { ExactDecimal($0) }
        let figures = values.enumerated().map { place, value in
            ProseFigure(label: LocalizedText("\(place)"), value: value, aspect: .other, pointers: [])
        }
        let index = FigureIndex(figures.reversed())
        for printed in -12...110 {
            let interval = try ProseInterval(printed: ExactDecimal(printed), scale: 10)
            var number = try #require(ProseScanner().scan(ProseText("1 元")).numbers.first)
            (number.interval, number.value) = (interval, ExactDecimal(printed * 10))
            let expected = figures.reversed().first { interval.contains($0.value) }
            #expect(index.first(printedAs: number)?.label == expected?.label, "\(printed)0")
        }
    }

    @Test("the nearest figure is the first of those that are equally far")
    func nearest() throws {
        let figures = [90, 110, 90, 110, 500].enumerated().map { place, value in
            ProseFigure(label: LocalizedText("\(place)"), value: ExactDecimal(value), aspect: .other, pointers: [])
        }
        let index = FigureIndex(figures)
        let number = try #require(ProseScanner().scan(ProseText("100 元")).numbers.first)
        func nearest(_ figures: [ProseFigure], _ reach: ExactDecimal) throws -> String? {
            try FigureIndex(figures).nearest(to: number, within: reach) { _ in true }?.label.zh
        }
        #expect(try nearest(figures, 10) == "0")
        #expect(try nearest(figures, 9) == nil)
        #expect(try nearest(figures.reversed(), 10) == "3")
        #expect(try index.nearest(to: number, within: 500) { $0.value > 200 }?.label.zh == "4")
    }

    @Test("of words that begin alike the longest is read, and a name before a word of the field")
    func longest() {
        var vocabulary = ProseVocabulary(year: 2026)
        vocabulary.add("预算", meaning: "a")
        vocabulary.add("预算评审费", meaning: "b")
        vocabulary.add("预算评审费", meaning: "c")
        #expect(vocabulary.tokens(of: Array("预算评审费".unicodeScalars)[...]) == [.subject(["b", "c"])])
        #expect(vocabulary.tokens(of: Array("预算执行数".unicodeScalars)[...]) == [.aspect(.paid)])
        #expect(vocabulary.tokens(of: Array("预算评".unicodeScalars)[...]) == nil)
        #expect(vocabulary.firstSubjectEnd(in: Array("其中预算评审费预算".unicodeScalars)) == 4)
        #expect(vocabulary.firstSubjectEnd(in: Array("其中评审费".unicodeScalars)) == nil)
    }
}
