import BudgetReview
import ReviewModel

/// The rubric as templates go through it: its own wording (every key of its YAML) joined with points and evidence.
///
/// A node knows `items` (its children), `leaves` (the indicators at the ends of its branches), `rows` (one for each
/// criterion, for tables of criteria), `top` and `parent`, `share` of the whole in percent, the points of each rater,
/// and `pool`: the node that its points are counted on, which is not itself under `pooled` and `alternatives`.
struct RubricOutline {
    private(set) var root: ModelNode = .nothing

    private let request: RenderingRequest
    private let nodes: NodeBuilder
    private var total = ExactDecimal.zero
    private var evidence: [String: ModelRecord] = [:]
    /// The keys that some node of the rubric has: on every other node they are there but empty.
    private var wordingKeys = Set<String>()

    init(_ request: RenderingRequest, _ nodes: NodeBuilder) throws(DecimalOverflow) {
        self.request = request
        self.nodes = nodes
        for row in request.dossier.rows(of: "evidence") where evidence[row.text("code")] == nil {
            let record = nodes.row(row)
            for column in ["document", "quote", "attached", "text"] where record[column] == nil {
                record[column] = .nothing
            }
            evidence[row.text("code")] = record
        }
        let setting = request.configuration["rubric"] ?? .null
        guard let rubric = (setting["items"] == nil ? setting["rubric"] : setting)?.record ?? setting.record else {
            root = .record(ModelRecord(names: nodes.names))
            return
        }
        let items = rubric["items"]?.list ?? []
        total = try ExactDecimal.sum(items.compactMap { $0["max"]?.decimal })
        let record = scalars(of: rubric)
        collectKeys(items)
        var branches: [Branch] = []
        for item in items { branches.append(try branch(item, ancestors: [], pool: nil)) }
        record["max"] = .figure(total, .points)
        record["items"] = nodes.list(branches.map { .record($0.record) })
        record["leaves"] = nodes.list(copies(branches.flatMap(\.leaves)))
        record["rows"] = nodes.list(copies(branches.flatMap(\.rows)))
        root = .record(record)
    }

    /// A node with what its ancestors need to know of it.
    private struct Branch {
        var record: ModelRecord
        var leaves: [ModelRecord]
        var rows: [ModelRecord]
    }

    private func branch(_ value: Value, ancestors: [ModelRecord], pool: ModelRecord?) throws(DecimalOverflow) -> Branch
    {
        let source = value.record ?? Record()
        let brief = try brief(source)
        let record = ModelRecord(brief.members, names: nodes.names)
        let shared = source["pooled"]?.boolean == true || source["alternatives"]?.boolean == true
        record["top"] = .record(ancestors.first ?? brief)
        record["parent"] = ancestors.last.map { .record($0) } ?? .nothing
        record["pool"] = .record(pool ?? brief)
        record["depth"] = .integer(ancestors.count + 1)
        var branches: [Branch] = []
        for child in source["items"]?.list ?? [] {
            branches.append(try branch(child, ancestors: ancestors + [brief], pool: pool ?? (shared ? brief : nil)))
        }
        record["items"] = nodes.list(branches.map { .record($0.record) })
        let rows = branches.isEmpty ? criteriaRows(record, pool: pool, ancestors: ancestors) : branches.flatMap(\.rows)
        let leaves = branches.isEmpty ? [ModelRecord(record.members, names: nodes.names)] : branches.flatMap(\.leaves)
        record["leaves"] = nodes.list(copies(leaves))
        record["rows"] = nodes.list(copies(rows))
        record["cites_documents"] = .flag(rows.contains { $0["evidence"]?.record?["document"]?.isPresent == true })
        return Branch(record: record, leaves: leaves, rows: rows)
    }

    /// The node alone: its wording, points and criteria, without its relations.
    private func brief(_ source: Record) throws(DecimalOverflow) -> ModelRecord {
        let record = scalars(of: source)
        let code = source["code"]?.scalarText ?? ""
        record["code"] = .text(code)
        for key in wordingKeys where record[key] == nil { record[key] = .nothing }
        if record["names"]?.record == nil { record["names"] = .record(ModelRecord(names: nodes.names)) }
        let max = source["max"]?.decimal
        record["max"] = .figure(max, .points)
        if let max { record["share"] = .figure(try ExactDecimal.percentage(max, of: total), .percent) }
        score(record, code)
        record["criteria"] = nodes.list(
            (source["criteria"]?.list ?? []).map { criterion in
                let record = scalars(of: criterion.record ?? Record())
                record["max"] = .figure(criterion["max"]?.decimal, .points)
                score(record, criterion["code"]?.scalarText ?? "")
                return .record(record)
            }
        )
        return record
    }

    private mutating func collectKeys(_ items: [Value]) {
        for item in items {
            wordingKeys.formUnion(item.record?.keys.filter { $0 != "when" } ?? [])
            collectKeys(item["items"]?.list ?? [])
        }
    }

    /// The points of each rater, `self` and `review` always.
    private func score(_ record: ModelRecord, _ code: String) {
        for rater in [ScoreSheet.selfRater, ScoreSheet.reviewRater] + request.review.scores.map(\.rater) {
            record[rater] = .figure(points(of: code, by: rater, in: request.review), .points)
        }
        let items = request.review.scores.compactMap { $0.items.first { $0.code == code } }
        record["applies"] = .flag(!items.contains { $0.status == .notApplicable })
        let reviewed = request.review.scoreSheet(ScoreSheet.reviewRater)?.items.first { $0.code == code }
        record["reason"] = .text(reviewed?.reason ?? items.first?.reason ?? "")
        record["level"] = .text(reviewed?.level ?? items.first?.level ?? "")
    }

    /// One row a criterion. A node without criteria of its own shows those of the node that it shares points with, in
    /// one row.
    private func criteriaRows(_ leaf: ModelRecord, pool: ModelRecord?, ancestors: [ModelRecord]) -> [ModelRecord] {
        let own = leaf["criteria"]?.elements.compactMap(\.record) ?? []
        if !own.isEmpty {
            return own.map { row(leaf, $0, key: $0["code"]?.plain ?? "", ancestors: ancestors) }
        }
        let bearer = pool ?? leaf
        let shared = bearer["criteria"]?.elements.compactMap { $0.record?["text"]?.plain } ?? []
        let joined = ModelRecord(bearer.members, names: nodes.names)
        joined["text"] = shared.isEmpty ? leaf["standard"] ?? .nothing : .text(shared.joined(separator: "\n"))
        return [row(leaf, joined, key: bearer["code"]?.plain ?? "", ancestors: ancestors)]
    }

    private func row(_ leaf: ModelRecord, _ criterion: ModelRecord, key: String, ancestors: [ModelRecord])
        -> ModelRecord
    {
        let row = ModelRecord(criterion.members, names: nodes.names)
        row["key"] = .text(key)
        row["indicator"] = .record(leaf)
        row["pool"] = leaf["pool"]
        let codes = [key] + ([leaf] + ancestors.reversed()).compactMap { $0["code"]?.plain }
        let code = codes.first { evidence[$0] != nil }
        let empty = ["document", "quote", "attached", "text"].map { ($0, ModelNode.nothing) }
        let found = code.flatMap { evidence[$0] } ?? ModelRecord(Dictionary(empty) { $1 }, names: nodes.names)
        row["evidence"] = .record(found)
        // Where there is no evidence, rows of one indicator still share their empty cell.
        row["evidence_key"] = .text(code ?? "-" + (leaf["code"]?.plain ?? ""))
        return row
    }

    private func scalars(of source: Record) -> ModelRecord {
        let record = ModelRecord(names: nodes.names)
        for (key, value) in source.members where key != "items" && key != "criteria" && key != "when" {
            record[key] = nodes.node(value)
        }
        return record
    }

    private func copies(_ records: [ModelRecord]) -> [ModelNode] {
        records.map { .record(ModelRecord($0.members, names: nodes.names)) }
    }
}

extension ModelNode {
    /// The node as it prints.
    var plain: String {
        switch self {
        case .text(let text): text
        case .figure(let figure): figure.printed
        case .slots(let text): text.text
        case .flag(let flag): flag ? "true" : "false"
        case .nothing, .list, .record: ""
        }
    }
}
