import Testing

@testable import BudgetLines

struct TextBytesTests {
    /// Every blank of Unicode and every sign that folds, among signs that begin or end with the same bytes.
    private static let signs: [Unicode.Scalar] =
        "aZ09().,:;（）。，：；〈〉《》见附件分得无评①é𠀀".unicodeScalars.map { $0 }
        + [
            0x09, 0x0B, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x200A, 0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
            0xFEFF,
        ]
        .compactMap { Unicode.Scalar($0 as UInt32) }

    @Test func foldingLeavesOutEveryBlankOfUnicodeAndWidensPunctuation() {
        let wide: [Unicode.Scalar: Unicode.Scalar] = [
            "(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "〈": "《", "〉": "》",
        ]
        for text in Self.texts {
            let expected = text.unicodeScalars.filter { !$0.properties.isWhitespace }.map { wide[$0] ?? $0 }
            #expect(Array(text.folded.unicodeScalars) == expected, "\(text.debugDescription)")
            #expect(Array(text[...].folded.unicodeScalars) == expected, "\(text.debugDescription)")
        }
    }

    @Test func trimmingTakesBlanksFromBothEndsOnly() {
        for text in Self.texts {
            let rest = text.unicodeScalars.drop { $0.properties.isWhitespace }
            let expected = rest.reversed().drop { $0.properties.isWhitespace }.reversed()
            #expect(Array(text.trimmed.unicodeScalars) == Array(expected), "\(text.debugDescription)")
            #expect(Array(text[...].trimmed.unicodeScalars) == Array(expected), "\(text.debugDescription)")
        }
    }

    @Test func aWordIsFoundWhereItsBytesStandFirst() {
        for text in Self.texts {
            let bytes = Array(text.utf8)
            for word in Self.words {
                let wanted = Array(word.utf8)
                let starts = bytes.indices.filter { bytes[$0...].starts(with: wanted) }
                let found = text.firstBytes(of: word)
                #expect(found.map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } == starts.first)
                #expect(found.map { String(text[$0]) } == (starts.isEmpty ? nil : word))
                #expect(text.hasBytes(of: word) == !starts.isEmpty)
                #expect(text.beginsWithBytes(of: word) == (starts.first == 0))
                #expect(text.endsWithBytes(of: word) == (starts.last == bytes.count - wanted.count))
            }
        }
    }

    @Test func theCellsOfARowAreTrimmedAndMayBeKeptWhenNothingStandsInThem() {
        #expect("\ta \t\t b\t \t".cells(keepsEmpty: true) == ["", "a", "", "b", "", ""])
        #expect("\ta \t\t b\t \t".cells(keepsEmpty: false) == ["a", "b", ""])
    }

    /// Texts of every length up to 40 signs, the same in every run.
    private static let texts: [String] = {
        var state: UInt64 = 1
        return (0..<400).map { index in
            String(
                String.UnicodeScalarView(
                    (0..<index % 41).map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return signs[Int(state >> 33) % signs.count]
                    }
                )
            )
        }
    }()

    private static let words = ["见", "件", "见附件", "。", "a", "分", "：", "𠀀", "见附件分得无评①"]
}
