import BudgetReview
import ReviewModel

/// One row of the table `scores`: the points that a rater gave for one node of the rubric.
struct ScoreEntry: Sendable {
    var rater: String
    var code: String
    var points: ExactDecimal
    var reason: String
    var pointer: JSONPointer

    /// What findings speak of: the rater's score of a node.
    var subject: String { "\(rater)/\(code)" }

    static func all(in dossier: Dossier) -> [ScoreEntry] {
        dossier.rows(of: "scores").compactMap { row in
            guard let points = row.decimal("points") else { return nil }
            return ScoreEntry(
                rater: row.text("rater"),
                code: row.text("code"),
                points: points,
                reason: row.text("reason"),
                pointer: row.pointer
            )
        }
    }
}

/// The table `evidence` by code.
struct Evidence: Sendable {
    private let texts: [String: [String]]

    init(_ dossier: Dossier) {
        var texts: [String: [String]] = [:]
        for row in dossier.rows(of: "evidence") {
            let parts = ["document", "quote", "text"].map { row.text($0) }.filter { !$0.isEmpty }
            if !parts.isEmpty { texts[row.text("code"), default: []].append(parts.joined(separator: "\n")) }
        }
        self.texts = texts
    }

    subscript(code: String) -> [String] { texts[code] ?? [] }
}
