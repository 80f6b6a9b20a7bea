internal import ReportDocument
internal import ReportTemplate
internal import ReviewModel

/// The rubric as templates go through it: its own wording (every key of its YAML) joined with points and evidence.
///
/// `scored` has a row for everything that can be scored by itself: criteria, those of a pool among them, and items without any; of
/// alternatives those that apply. A node knows `items` (its children), `leaves` (the indicators at the ends of its branches), `rows` (one for each
/// criterion, for tables of criteria), `answers` (one for each rater), `top` and `parent`, `share` of the whole in percent, the points of each rater,
/// and `pool`: the node that its points are counted on, which is not itself under `pooled` and `alternatives`.
struct RubricOutline {
    private(set) var root: TemplateValue = .nothing

    private typealias Members = [String: TemplateValue]

    private let values: DossierValues
    private let scores: ScoresModel
    private let raters: [String]
    private var total = ExactDecimal.zero
    private var evidence: [String: ExtendedRecord] = [:]
    /// The criteria of each node, by its code.
    private var criteria: [String: [Members]] = [:]
    /// The keys that some node of the rubric has: on every other node they are there but empty.
    private let wordingKeys: Set<String>

    init(_ request: RenderingRequest, _ values: DossierValues, _ scores: ScoresModel) throws(DecimalOverflow) {
        (self.values, self.scores, raters) = (values, scores, scores.raters)
        let rubric = Self.rubric(of: request.configuration)
        let items = rubric?["items"]?.list ?? []
        wordingKeys = Self.keys(of: items)
        for row in request.dossier.rows(of: "evidence") where evidence[row.text("code")] == nil {
            let record = values.row(row)
            let absent = evidenceColumns.filter { record.member($0) == nil }.map { ($0, TemplateValue.nothing) }
            evidence[row.text("code")] = ExtendedRecord(base: record, members: Dictionary(absent) { $1 })
        }
        guard let rubric else {
            root = .record(NamedValues())
            return
        }
        total = try ExactDecimal.sum(items.compactMap { $0["max"]?.decimal })
        var record = scalars(of: rubric)
        var branches: [Branch] = []
        for item in items { branches.append(try branch(item, ancestors: [], pool: nil)) }
        // A rubric without a name goes by its id, as everywhere.
        if record["name"] == nil { record["name"] = record["id"] }
        record["max"] = .figure(total, .points)
        record["items"] = list(branches.map(\.record))
        record["leaves"] = list(branches.flatMap(\.leaves))
        record["rows"] = list(branches.flatMap(\.rows))
        record["scored"] = list(branches.flatMap(\.scored))
        root = .record(NamedValues(record))
    }

    /// The rubric among the settings, by itself or under a key of its own.
    static func rubric(of configuration: Value) -> Record? {
        let setting = configuration["rubric"] ?? .null
        return (setting["items"] == nil ? setting["rubric"] : setting)?.record ?? setting.record
    }

    /// Every key of every node, but for what is no wording.
    static func keys(of items: [Value]) -> Set<String> {
        items.reduce(into: []) { keys, item in
            keys.formUnion(item.record?.keys.filter { $0 != "when" } ?? [])
            keys.formUnion(Self.keys(of: item["items"]?.list ?? []))
        }
    }

    /// A node with what its ancestors need to know of it.
    private struct Branch {
        var record: Members
        var leaves: [Members]
        var rows: [Members]
        var scored: [Members]
    }

    private mutating func branch(_ value: Value, ancestors: [Members], pool: Members?) throws(DecimalOverflow) -> Branch
    {
        let source = value.record ?? Record()
        let brief = try brief(source)
        let shared = source["pooled"]?.boolean == true || source["alternatives"]?.boolean == true
        var record = brief
        record["top"] = node(ancestors.first ?? brief)
        record["parent"] = ancestors.last.map(node) ?? .nothing
        record["pool"] = node(pool ?? brief)
        record["depth"] = .integer(ancestors.count + 1)
        var branches: [Branch] = []
        for child in source["items"]?.list ?? [] {
            branches.append(try branch(child, ancestors: ancestors + [brief], pool: pool ?? (shared ? brief : nil)))
        }
        record["items"] = list(branches.map(\.record))
        let rows = branches.isEmpty ? criteriaRows(record, pool: pool, ancestors: ancestors) : branches.flatMap(\.rows)
        let leaves = branches.isEmpty ? [record] : branches.flatMap(\.leaves)
        record["leaves"] = list(leaves)
        record["rows"] = list(rows)
        record["cites_documents"] = .flag(
            rows.contains { $0["evidence"]?.record?.member("document")?.isPresent == true }
        )
        var scored = branches.isEmpty ? rows : []
        if branches.isEmpty, pool != nil { scored = criteriaRows(record, pool: nil, ancestors: ancestors) }
        if !branches.isEmpty {
            scored = (criteria[text(record, "code")] ?? []).map {
                row(record, $0, key: text($0, "code"), ancestors: ancestors)
            }
            if source["pooled"]?.boolean != true { scored += branches.flatMap(\.scored) }
        }
        if isLeftOut(text(record, "code")) { scored = [] }
        return Branch(record: record, leaves: leaves, rows: rows, scored: scored)
    }

    /// Whether a node applies to nobody, and nobody has said so: an alternative that another one stands for.
    private func isLeftOut(_ code: String) -> Bool {
        let items = raters.compactMap { scores.item(code, by: $0) }
        return !items.isEmpty && items.allSatisfy { $0.status == .notApplicable && $0.level == nil }
    }

    /// The node alone: its wording, points and criteria, without its relations.
    private mutating func brief(_ source: Record) throws(DecimalOverflow) -> Members {
        var record = scalars(of: source)
        let code = source["code"]?.scalarText ?? ""
        record["code"] = .text(code)
        for key in wordingKeys where record[key] == nil { record[key] = .nothing }
        if record["names"]?.record == nil { record["names"] = .record(NamedValues()) }
        let max = source["max"]?.decimal
        record["max"] = .figure(max, .points)
        if let max { record["share"] = .figure(try ExactDecimal.percentage(max, of: total), .percent) }
        score(&record, code)
        let criteria = (source["criteria"]?.list ?? []).map { criterion in
            var record = scalars(of: criterion.record ?? Record())
            record["max"] = .figure(criterion["max"]?.decimal, .points)
            score(&record, criterion["code"]?.scalarText ?? "")
            return record
        }
        record["criteria"] = list(criteria)
        self.criteria[code] = criteria
        return record
    }

    /// The points of each rater, `self` and `review` always.
    private func score(_ record: inout Members, _ code: String) {
        for rater in raters { record[rater] = scores.points(code, by: rater) }
        let items = raters.compactMap { scores.item(code, by: $0) }
        record["applies"] = .flag(!items.contains { $0.status == .notApplicable })
        let reviewed = scores.item(code, by: ScoreSheet.reviewRater) ?? items.first
        record["reason"] = .text(reviewed?.reason ?? "")
        record["level"] = .text(reviewed?.level ?? "")
        record["answers"] = scores.answers(code)
    }

    /// One row a criterion. A node without criteria of its own shows those of the node that it shares points with, in
    /// one row.
    private func criteriaRows(_ leaf: Members, pool: Members?, ancestors: [Members]) -> [Members] {
        let own = criteria[text(leaf, "code")] ?? []
        if !own.isEmpty { return own.map { row(leaf, $0, key: text($0, "code"), ancestors: ancestors) } }
        let bearer = pool ?? leaf
        let shared = (criteria[text(bearer, "code")] ?? []).map { text($0, "text") }
        var joined = bearer
        joined["text"] = shared.isEmpty ? leaf["standard"] ?? .nothing : .text(shared.joined(separator: "\n"))
        return [row(leaf, joined, key: text(bearer, "code"), ancestors: ancestors)]
    }

    private func row(_ leaf: Members, _ criterion: Members, key: String, ancestors: [Members]) -> Members {
        var row = criterion
        row["key"] = .text(key)
        row["indicator"] = node(leaf)
        row["pool"] = leaf["pool"]
        let codes = [key] + ([leaf] + ancestors.reversed()).map { text($0, "code") }
        let code = codes.first { evidence[$0] != nil }
        let empty = evidenceColumns.map { ($0, TemplateValue.nothing) }
        let found = code.flatMap { evidence[$0] } ?? ExtendedRecord(base: nil, members: Dictionary(empty) { $1 })
        row["evidence"] = .record(found)
        // Where there is no evidence, rows of one indicator still share their empty cell.
        row["evidence_key"] = .text(code ?? "-" + text(leaf, "code"))
        return row
    }

    private func scalars(of source: Record) -> Members {
        var record: Members = [:]
        for (key, value) in source.members where key != "items" && key != "criteria" && key != "when" {
            record[key] = values.value(value)
        }
        return record
    }

    private func list(_ nodes: [Members]) -> TemplateValue { .list(nodes.map(node)) }
    private func node(_ members: Members) -> TemplateValue { .record(NamedValues(members)) }

    private func text(_ record: Members, _ name: String) -> String {
        switch record[name] {
        case .text(let text): text
        case .figure(let figure): figure.text
        default: ""
        }
    }
}

private let evidenceColumns = ["document", "quote", "attached", "text"]
