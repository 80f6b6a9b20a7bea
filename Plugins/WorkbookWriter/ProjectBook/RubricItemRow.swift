import ExcelBooks
import ReviewModel
import Rubrics

/// A row of a table of scores that waits for its points: who scores, and which item of the rubric.
struct RubricItemRow {
    let code: String
    let name: String
    let most: ExactDecimal?
    /// The levels of which one is given; none where points are.
    let levels: [String]
    private let rater: String

    /// A row for each item that is scored, for each rater; none where the rubric judges many things side by side.
    static func all(_ shape: Form.TableShape, _ rubric: Rubric?, _ roles: FormRoles, _ locale: Locale)
        -> [RubricItemRow]
    {
        guard let rubric, rubric.subjects == nil, let names = shape.cells.first(where: { $0.column.name == "code" }),
            names.column.type == .text
        else { return [] }
        let items = rubric.all.filter { $0.children.isEmpty && $0.computation == nil }
        guard let raters = shape.cells.first(where: { $0.column.name == "rater" }) else {
            return items.map { RubricItemRow($0, "", locale) }
        }
        // The sharers of a pool are not scored, its criteria are.
        let scored = items.filter { $0.kind == .criterion }
        // Those whom the rubric names score; else those whose scores it puts together; else whom the form knows.
        let named = rubric.raters.isEmpty ? rubric.combination?.raters ?? [] : rubric.raters
        let known = named.isEmpty ? raters.names.map(\.value) : named
        return (known.isEmpty ? [roles.raters[.reviewer] ?? ScoreSheet.reviewRater] : known).flatMap { rater in
            scored.map { RubricItemRow($0, rater, locale) }
        }
    }

    private init(_ node: RubricNode, _ rater: String, _ locale: Locale) {
        (code, name, most, self.rater) = (node.code, node.name(locale), node.isRating ? nil : node.max, rater)
        levels = node.scale.levels.map(\.name)
    }

    func content(of column: String) -> String? {
        switch column {
        case "code": code
        case "rater": rater.isEmpty ? nil : rater
        default: nil
        }
    }
}
