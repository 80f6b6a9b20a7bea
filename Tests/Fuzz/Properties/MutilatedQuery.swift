import DossierQuery
import ReviewModel

extension Property {
    /// A query of the generator, its words cut, doubled and mixed: it has an answer, or an error with its place.
    public static func mutilatedQuery(_ choices: Choices) -> String? {
        var (choices, generator) = (choices, QueryGenerator(choices))
        var words = generator.query().split(separator: " ").map(String.init)
        for _ in 0..<choices.below(6) where !words.isEmpty {
            let (one, other) = (choices.below(min(words.count, 256)), choices.below(min(words.count, 256)))
            switch choices.below(5) {
            case 0: words.remove(at: one)
            case 1: words.swapAt(one, other)
            case 2: words.insert(words[other], at: one)
            case 3: words.insert(contentsOf: words[min(one, other)...max(one, other)], at: one)
            default: words[one] = choices.pick(Self.fragments)
            }
        }
        return answer(words.joined(separator: " "), generatorTables)
    }

    private static let fragments = [
        "NULL", "'", "\"", "(", ")", "(SELECT", "WITH v AS (", "UNION SELECT * FROM t", "OVER (ORDER BY", "GROUP BY",
        "99999999999999999999999999999", ":p", "replace(s, 'k', s || s)", "* ,", "ORDER BY 1", "LIMIT", "NOT NOT", "--",
        "group_concat(s)", "CAST(s AS decimal)", "/ 0", "x.y", "has(s, 1)", "round(a, 99)",
        "lag(a) OVER (PARTITION BY s)",
    ]

    private static let generatorTables = Dossier(
        tables: QueryGenerator.tables.map { shape in
            var table = Table(
                schema: TableSchema(
                    name: shape.name,
                    columns: shape.numbers.map { Column(name: $0, type: .decimal) }
                        + shape.texts.map { Column(name: $0) }
                )
            )
            for row in 1...5 {
                table.append(row: shape.numbers.indices.map { .integer(row % ($0 + 2)) } + [row == 3 ? .null : "k1"])
            }
            return table
        }
    )

    /// What does not hold for the answer to `text`; `nil` when all is well.
    static func answer(_ text: String, _ dossier: Dossier) -> String? {
        var limits = QueryLimits()
        (limits.steps, limits.rows, limits.memory) = (20_000, 5_000, 4 << 20)
        do throws(QueryError) {
            let answer = try DossierQuery(text).run(on: dossier, parameters: ["p": 1, "1": "x"], limits: limits)
            return answer.rowCount <= limits.rows ? nil : "more rows than allowed"
        } catch {
            if error.offset < 0 || error.offset > text.count { return "the error is outside of the query" }
            return error.message.en.isEmpty ? "an error says nothing" : nil
        }
    }
}
