import CostNorms
import ReviewModel
import Testing

@Suite("Which norm holds")
struct SelectionTests {
    private let more = """
          city: {of: computer, rule: *rule, seen: true, place: 乙市, from: 2021-01-01, cap: {per: [piece], amount: 4500}}
          town: {of: computer, rule: *rule, seen: true, place: 甲镇, from: 2022-01-01, until: 2025-12-31, cap: {per: [piece], amount: 4000}}
          other: {of: computer, rule: *rule, seen: true, place: 丁镇, from: 2022-01-01, cap: {per: [piece], amount: 1}}
          later: {of: computer, rule: *rule, seen: true, place: 丙区, from: 2026-07-01, cap: {per: [piece], amount: 4200}}
          closed: {of: training, rule: *rule, seen: true, place: 甲镇, from: 2030-01-01, cap: {per: [piece], amount: 1}}
        """

    @Test(
        "the nearest place that has one in force, and of one place the latest",
        arguments: [
            (2020, "computer"), (2021, "city"), (2022, "town"), (2025, "town"), (2026, "later"), (2027, "later"),
        ]
    )
    func nearest(year: Int, id: String) throws {
        let book = try NormScene.reader(more).book
        let scope = NormScope(town: "甲镇", jurisdiction: "乙市丙区甲镇", year: year)
        #expect(try book.norm(for: "computer", in: scope) { _ in true }.id == id)
    }

    @Test("without the full name only the town's own and the country's are known to hold")
    func townAlone() throws {
        let book = try NormScene.reader(more).book
        let scope = NormScope(town: "甲镇", year: 2026)
        #expect(try book.norm(for: "computer", in: scope) { _ in true }.id == "computer")
    }

    @Test(
        "a place is a whole name, and no part of one",
        arguments: [
            ("甲镇", "乙市丙区甲镇", "甲镇", true), ("甲镇", "", "乙市甲镇", true), ("乙市甲镇", "", "甲镇", true),
            ("靖江镇", "乙市丙区靖江镇", "江镇", false), ("江镇", "", "靖江镇", false),
            ("甲镇", "乙市丙区甲镇", "丙区", true), ("甲镇", "乙市大丙区甲镇", "丙区", false),
            ("甲镇", "乙市丙区甲镇", "丁市", false),
        ]
    )
    func places(town: String, jurisdiction: String, place: String, holds: Bool) throws {
        let norm =
            "  own: {of: training, rule: *rule, seen: true, place: \(place), from: 2025-01-01, cap: {per: [piece], amount: 1}}"
        let book = try NormScene.reader(norm).book
        let scope = NormScope(town: town, jurisdiction: jurisdiction, year: 2026)
        #expect(try book.norm(for: "training", in: scope) { _ in true }.id == (holds ? "own" : "training"))
    }

    @Test("before any of them there is none, which is said")
    func none() throws {
        let book = try NormScene.reader(more).book
        #expect(throws: NormBook.Absence.elsewhere) {
            try book.norm(for: "computer", in: NormScope(town: "甲镇", year: 2019)) { _ in true }
        }
        #expect(throws: NormBook.Absence.noYear) {
            try book.norm(for: "computer", in: NormScope(town: "甲镇", year: 0)) { _ in true }
        }
        #expect(throws: NormBook.Absence.none) {
            try book.norm(for: "nothing", in: NormScene.scope) { _ in true }
        }
    }
}
