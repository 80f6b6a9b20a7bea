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

    private func list(_ more: String) -> String {
        "\n  - {name: l, title: l, query: SELECT review FROM reviewed, columns: [], \(more)}"
    }

    @Test(
        "a list is not written under a name of the summary's own, nor under one that nobody sees from end to end",
        arguments: [
            "index.html", "batch.json", "batch.md", "batch.xlsx", "across.json", "INDEX.HTML", ".yaml", ".x.yaml",
            "a/b.yaml",
            "a\\b.yaml", "a\\nb.yaml", "\\u202Eb.yaml", "\\uFEFFa.yaml", "", "prices",
        ]
    )
    func fileName(_ name: String) throws {
        let written = name.contains("\\u") || name.contains("\\n") ? name : name.replacing("\\", with: "\\\\")
        let found = try mistakes(Self.plain + "\nlists:" + list("file: \"\(written)\""))
        #expect(
            found.count == 1 && found[0].hasPrefix("lists[0].file: ")
                && found[0].contains("write one such as prices.yaml")
        )
    }

    @Test("two lists are not written to one file, by case or accents either")
    func doubledFile() throws {
        let lists = Self.plain + "\nlists:" + list("file: \"\\u00E9.yaml\"")
        #expect(try mistakes(lists + list("file: \"E\\u0301.YAML\"")).first?.hasPrefix("lists[1].file: ") ?? true)
        #expect(try mistakes(lists + list("file: \"\\u00C9.yaml\"")).map { $0.prefix(10) } == ["lists[1]: "])
        #expect(try mistakes(lists + list("file: b.yaml")) == [])
    }

    @Test(
        "a number of rows that no page shows is told with its place",
        arguments: [-1, -9_223_372_036_854_775_808, 100_001]
    )
    func limit(_ limit: Int) throws {
        let found = try mistakes(Self.plain + "\nlists:" + list("limit: \(limit)"))
        #expect(found == ["lists[0].limit: `limit` is how many rows the page shows at most, a number from 0 to 100000"])
        #expect(try mistakes(Self.plain + "\nlists:" + list("limit: 0")) == [])
    }
}
