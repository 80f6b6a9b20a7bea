import ReviewModel
import Rubrics

/// One row of the table `scores`: what a rater gave for one node of the rubric, in points.
struct ScoreEntry: Sendable {
    var rater: String
    /// Which row of the table it judges, where the rubric judges many.
    var of: String?
    var code: String
    var points: ExactDecimal
    /// The level that was named.
    var level: String?
    /// Whether the level says that the node is left out.
    var isNotApplicable = false
    /// Whether the points are those of the level, and were not written.
    var isLevelAlone = false
    /// Whether nobody gave it: it follows from the dossier.
    var isComputed = false
    var reason: String
    var pointer: JSONPointer
    /// Of a combined score, those that it was made of.
    var parts: [ScoreEntry] = []

    /// What findings speak of: the rater's score of a node.
    var subject: String { "\(sheet)/\(code)" }
    /// The sheet that it stands on: the rater's, of the thing that is judged.
    var sheet: String { of.map { "\(rater)/\($0)" } ?? rater }

    /// What was given, as it was given: a level alone, or points.
    var answer: Answer { Answer(points, isLevelAlone ? level : nil) }
    /// The column that it was given in.
    var key: String { isLevelAlone ? "level" : "points" }

    /// The rows as points. Of a level that the rubric does not know, or that does not say how many points, the row does
    /// not count.
    static func all(in dossier: Dossier, _ rubric: Rubric) throws -> (entries: [ScoreEntry], remarks: [Remark]) {
        var (entries, remarks) = ([ScoreEntry](), [Remark]())
        for row in dossier.rows(of: "scores") {
            var entry = ScoreEntry(
                rater: row.text("rater"),
                of: rubric.subjects == nil ? nil : row.text("subject"),
                code: row.text("code"),
                points: row.decimal("points") ?? 0,
                level: row.optionalText("level"),
                reason: row.text("reason"),
                pointer: row.pointer
            )
            guard let node = rubric.node(entry.code) else {
                // Whether it has points or not: it is told that there is no such item.
                entries.append(entry)
                continue
            }
            if let name = entry.level {
                if let remark = try entry.take(name, of: node, given: row.decimal("points")) {
                    remarks.append(remark)
                    continue
                }
            } else if row.decimal("points") == nil {
                remarks.append(.nothingGiven(entry))
                continue
            }
            entries.append(entry)
        }
        return (entries, remarks)
    }

    /// The level at a place in the order; between two, the lower.
    mutating func take(rank: ExactDecimal, of node: RubricNode) {
        let order = node.scale.order
        let place = order.indices.first { ExactDecimal(order.count - 1 - $0) <= rank } ?? order.count - 1
        guard order.indices.contains(place) else { return }
        (level, points, isLevelAlone) = (order[place].name, ExactDecimal(order.count - 1 - place), true)
    }

    /// The points of the level; what is wrong with it, if anything.
    private mutating func take(_ name: String, of node: RubricNode, given: ExactDecimal?) throws -> Remark? {
        guard let level = node.scale.level(name) else {
            return .unknownLevel(self, name, known: node.scale.levels.map(\.name))
        }
        if level.isNotApplicable {
            isNotApplicable = true
            return nil
        }
        guard let range = try node.scale.points(of: level, max: node.max ?? 0) else { return nil }
        if let given {
            return range.contains(given) ? nil : .outsideLevel(self, name, range)
        }
        guard range.lowerBound == range.upperBound else { return .levelNeedsPoints(self, name, range) }
        points = range.lowerBound
        isLevelAlone = true
        return nil
    }
}

extension ScoreEntry {
    /// What the dossier gives for an item of a sheet, as though it had been written down; `nil` for anything else.
    init?(computed item: ScoreItem, rater: String, of: String?, _ rubric: Rubric) throws {
        guard item.status == .computed, let node = rubric.node(item.code) else { return nil }
        let own = try item.level.flatMap(node.scale.level).flatMap { try node.scale.points(of: $0, max: node.max ?? 0) }
        guard let points = item.points ?? own?.lowerBound else { return nil }
        self.init(
            rater: rater,
            of: of,
            code: item.code,
            points: points,
            level: item.level,
            isLevelAlone: item.level != nil,
            isComputed: true,
            reason: "",
            pointer: JSONPointer()
        )
    }
}

/// The table `evidence` by code.
struct Evidence: Sendable {
    private let texts: [String: [String]]
    /// All rows, of items that the rubric does not have, too.
    let rows: [TableRow]

    init(_ dossier: Dossier) {
        var texts: [String: [String]] = [:]
        rows = dossier.rows(of: "evidence")
        for row in rows {
            let parts = ["document", "quote", "text"].map { row.text($0) }.filter { !$0.isEmpty }
            if !parts.isEmpty { texts[row.text("code"), default: []].append(parts.joined(separator: "\n")) }
        }
        self.texts = texts
    }

    subscript(code: String) -> [String] { texts[code] ?? [] }
}
