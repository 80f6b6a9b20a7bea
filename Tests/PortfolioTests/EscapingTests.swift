import ReviewModel
import Testing

@testable import Portfolio
@testable import SpecLoading

@Suite("Text of applicants in a summary")
struct EscapingTests {
    /// What makes one character with a sign before it or behind it, parts it from others, or is two of them.
    private static let neighbours = ["", "\u{D4E}", "\u{301}", "\u{200D}", "\r\n", "\u{FE0F}", "\\", "\"", "\u{E0001}"]

    private func texts(_ signs: String) -> [String] {
        signs.unicodeScalars.flatMap { sign in
            Self.neighbours.flatMap { before in Self.neighbours.map { "x\(before)\(sign)\($0)y" } }
        }
    }

    @Test("is one value in a list's YAML, whatever it is joined to")
    func yaml() throws {
        for text in texts("\"\\'!{}[],:#&*|>%@`-?\n\t\u{85}\u{2028}") {
            let line = "- {name: \(text.asYAML), unit: 1}\n"
            let row = try #require(documentValue(line, as: "prices.yaml")?.list?.first?.record, "\(line)")
            #expect(row.members.map(\.key) == ["name", "unit"], "\(line)")
            #expect(row["name"]?.text == text.oneLine, "\(line)")
        }
    }

    @Test("means itself in Markdown, whatever it is joined to")
    func markdown() {
        let syntax = Set("\\`*_[]<>|#~&".unicodeScalars)
        for text in texts("\\`*_[]<>|#~&") {
            var (isEscaped, plain) = (false, "".unicodeScalars)
            for scalar in text.asMarkdown.unicodeScalars {
                #expect(isEscaped || scalar == "\\" || !syntax.contains(scalar), "\(text.debugDescription)")
                if isEscaped || scalar != "\\" { plain.append(scalar) }
                isEscaped = scalar == "\\" && !isEscaped
            }
            #expect(!isEscaped && String(plain) == text.oneLine)
        }
    }

    @Test("has no line in it, and no number that is none")
    func lines() throws {
        #expect("a\r\nb\rc\nd\u{2028}e\tf".oneLine == "a b c d e f")
        let name = "x\u{D4E}\", unit: 个, evil: !include victim.yaml} # "
        let lines = [Scene.Line(name: name, quantity: 1, price: 500, parts: [Scene.cut(100)])]
        let portfolio = try Scene.portfolio([Scene.review("r1", town: name, name: name, lines)])
        for file in portfolio.listFiles {
            let rows = try #require(documentValue(file.text, as: file.name)?.list)
            #expect(rows.allSatisfy { $0.record?["evil"] == nil })
        }
        #expect(!portfolio.listFiles.isEmpty)
    }
}
