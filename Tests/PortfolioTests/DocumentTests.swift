import Portfolio
import ReviewModel
import Testing

@Suite("The description of a summary")
struct DocumentTests {
    private static let plain = """
        summary: s
        title: t
        overview:
          title: o
          labels: {number: n, subtotal: "{value}", total: all}
          subtotals: town
          query: SELECT review, state AS town, requested FROM reviewed
          columns:
            - {name: town, title: town}
            - {name: requested, title: r, kind: money, total: true}
        """

    private func mistakes(_ yaml: String) throws -> [String] {
        do {
            let document = try Scene.document(yaml)
            _ = try PortfolioBuilder(document).portfolio(.en)
            return []
        } catch let error as UnreadablePortfolio {
            return error.mistakes.map { "\($0.pointer.dotted): \($0.message.en)" }
        } catch let error as PortfolioError {
            return ["\(error.mistake.pointer.dotted): \(error.mistake.message.en)"]
        }
    }

    @Test("the one that comes along is right, in either language", arguments: Locale.allCases)
    func carried(locale: Locale) throws {
        _ = try PortfolioBuilder(try Scene.carried()).portfolio(locale)
    }

    @Test("what is wrong is told with its place")
    func wrong() throws {
        #expect(try mistakes(Self.plain) == [])
        #expect(
            try mistakes(Self.plain + "\ngroups: [{column: twn, title: t}]") == [
                "overview: the overview has no column \"twn\""
            ]
        )
        let sum = Self.plain + "\n    - {name: x, title: x, sum: a +}"
        #expect(
            try mistakes(sum).contains { $0.hasPrefix("overview.columns[2].sum: \"a +\" should be names of columns") }
        )
        let query = Self.plain.replacing("FROM reviewed", with: "FROM reviewd")
        #expect(try mistakes(query).first?.hasPrefix("overview.query: ") == true)
        let column = Self.plain.replacing(", requested FROM", with: " FROM")
        #expect(try mistakes(column) == ["overview.query: the query gives no column \"requested\""])
        let file =
            Self.plain + "\nlists: [{name: l, title: l, query: SELECT review FROM reviewed, columns: [], file: ../x}]"
        #expect(try mistakes(file).first?.hasPrefix("lists[0].file: ") == true)
        let rule = """

            rules:
              - {id: a/b, title: t, manual: m, query: SELECT review FROM reviewed, message: "{town}", sides: [{review: review}]}
            """
        #expect(try mistakes(Self.plain + rule) == ["rules[0].query: the query gives no column \"town\""])
    }
}
