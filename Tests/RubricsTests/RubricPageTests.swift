import ManualPage
import ReviewModel
import Rubrics
import Testing

@Suite("Docs/RUBRICS.md lists what the code knows")
struct RubricPageTests {
    private let page = ManualPage("Docs/RUBRICS.md")

    private func properties(_ name: String) -> Set<String> {
        Set(Rubric.schemaDefinitions[name]?["properties"]?.record?.keys ?? [])
    }

    @Test("every key of a rubric, of an item and of a criterion, and no other")
    func keys() {
        let rows = page.rows(under: "Keys").map { (keys: ManualPage.code($0[0]), of: $0[1]) }
        let ofRubric = rows.filter { $0.of.contains("the rubric") }.flatMap(\.keys)
        let ofNode = rows.filter { $0.of.contains("an item") || $0.of.contains("a criterion") }.flatMap(\.keys)
        #expect(ofRubric.sorted() == properties("rubric").sorted())
        #expect(ofNode.sorted() == properties("item").union(properties("criterion")).sorted())
    }

    @Test("every way in which an item follows from its parts, and no other")
    func aggregations() {
        let written = page.rows(under: "Aggregation").flatMap { ManualPage.code($0[0]) }
        let words = written.map { $0.hasPrefix("{") ? String($0.dropFirst().prefix { $0 != ":" }) : $0 }
        let choices = Rubric.schemaDefinitions["criterion"]?["properties"]?["aggregate"]?["anyOf"]?.list ?? []
        let named = choices.first?["enum"]?.list?.compactMap(\.text) ?? []
        let listed = choices.last?["properties"]?.record?.keys ?? []
        #expect(named.count == 5)
        #expect(words.sorted() == (named + listed).sorted())
    }

    @Test("every key of a condition, and no other")
    func conditions() {
        let written = page.rows(under: "Conditions").flatMap { ManualPage.code($0[0]) }
        let keys = written.flatMap { text in
            text.split { "{},".contains($0) }.compactMap { part in
                part.contains(":") ? part.prefix { $0 != ":" }.drop { $0 == " " } : nil
            }.map(String.init)
        }
        #expect(Set(keys).sorted() == properties("test").sorted())
    }

    @Test("what the page says of `max` in means and letters holds")
    func maxima() throws {
        func rubric(_ value: Value) throws -> Rubric {
            let log = DiagnosticLog()
            let rubric = try #require(Rubric(ValueReader(value, log: log)))
            #expect(log.diagnostics.isEmpty, "\(log.diagnostics)")
            return rubric
        }
        let mean = try rubric([
            "id": "r", "aggregate": "mean",
            "items": [
                ["code": "A", "name": "a"], ["code": "B", "name": "b", "max": 20],
                ["code": "C", "name": "c", "weight": 3],
            ],
        ])
        #expect(try mean.max() == 100)
        #expect(mean.items.map(\.max) == [100, 20, 100])
        #expect(mean.items.map(\.weight) == [1, 20, 3])
        let letters = try rubric([
            "id": "r", "scales": ["l": ["levels": ["A", "B"]]], "items": [["code": "A", "name": "a", "scale": "l"]],
        ])
        #expect(!letters.hasTotal && letters.items[0].isRating)
    }
}
