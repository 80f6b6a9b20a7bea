package import ReportTemplate
package import ReviewModel

/// Which names a template can say, as far as it is known before there is a review: the form's fields and tables, the rubric's
/// keys, and the names of ``ReportModel``.
package struct NameShapes {
    /// What the form says; `nil` when nobody told, and then any field and any table may be there.
    private let form: DossierOutline?
    private let rubric: Record?

    package static func root(form: DossierOutline?, configuration: Value) -> NameShape {
        NameShapes(form: form, rubric: RubricOutline.rubric(of: configuration)).root
    }

    /// The form's own tables and groups of fields before which names of ``ReportModel`` stand, with how they are written: `lines` of a
    /// form without budget lines is `tables.lines`.
    package static func shadowed(_ form: DossierOutline?) -> [String: String] {
        guard let form else { return [:] }
        var names = NameShapes(form: form, rubric: nil).derived
        // What the program makes of a table of that very name, or names it by.
        for name in ["feedback", "scores", "rubric", "fields", "tables"] { names[name] = nil }
        let tables = Set(form.tables.map(\.name))
        if tables.contains("budget_lines") { for name in ["lines", "cuts", "groups"] { names[name] = nil } }
        let fields = form.fields.filter { names[$0.name] != nil }.map { ($0.name, "fields." + $0.name) }
        return Dictionary(fields + tables.filter { names[$0] != nil }.map { ($0, "tables." + $0) }) { _, table in table
        }
    }

    private var root: NameShape {
        var names: [String: NameShape] = [:]
        for name in ReportModel.fields { names[name] = form == nil ? .any : .record([:], others: .any) }
        for name in ReportModel.tables { names[name] = .list(row(of: name)) }
        for field in form?.fields ?? [] { names[field.name] = shape(field.content) }
        if let project { names["project"] = project }
        for table in form?.tables ?? [] { names[table.name] = .list(row(of: table.name)) }
        for (name, shape) in derived { names[name] = shape }
        return .record(names, others: form == nil ? .any : nil)
    }

    /// The group of fields that a form calls otherwise, with the title as its name; `nil` where it is called so.
    private var project: NameShape? {
        guard let form, form.roles.project != FormRoles().project,
            !form.fields.contains(where: { $0.name == FormRoles().project }),
            case .found(.group(let fields)) = form.content(
                at: form.roles.project.split(separator: ".").map(String.init)
            )
        else { return nil }
        var names = Dictionary(fields.map { ($0.name, shape($0.content)) }) { first, _ in first }
        if names["name"] == nil { names["name"] = .scalar }
        return .record(names)
    }

    /// The items of the rubric by their codes; any where no rubric is known, or where its codes cannot stand in a name as they are.
    private var itemsByCode: NameShape {
        func codes(_ nodes: [Value]) -> [String] {
            nodes.flatMap { node in
                [node["code"]?.scalarText ?? ""] + codes(node["items"]?.list ?? [])
                    + codes(node["criteria"]?.list ?? [])
            }
        }
        let known = codes(rubric?["items"]?.list ?? [])
        guard !known.isEmpty, known.allSatisfy({ !$0.isEmpty && !$0.contains(".") }) else {
            return .record([:], others: item)
        }
        return .record(Dictionary(known.map { ($0, item) }) { first, _ in first })
    }

    private func shape(_ content: DossierOutline.Content) -> NameShape {
        switch content {
        case .value(let type): type.map(Self.shape) ?? .scalar
        case .group(let fields):
            .record(Dictionary(fields.map { ($0.name, shape($0.content)) }) { first, _ in first })
        case .map(let content): .record([:], others: shape(content))
        case .list(let content): .list(shape(content))
        case .open: .any
        }
    }

    private static func shape(_ type: ColumnType) -> NameShape {
        switch type {
        case .text: .value(.text)
        case .decimal, .integer: .value(.figure)
        case .boolean: .value(.flag)
        case .date: .value(.day)
        case .texts: .list(.value(.text))
        }
    }

    /// A row of a table; anything for one that the form does not have.
    private func row(of table: String, and more: [String: NameShape] = [:]) -> NameShape {
        guard let schema = form?.tables.first(where: { $0.name == table }) else { return .record(more, others: .any) }
        let columns = schema.columns.map { ($0.name, Self.shape($0.type)) }
        return .record(Dictionary(columns) { first, _ in first }.merging(more) { _, derived in derived })
    }

    // MARK: What the review makes

    private var derived: [String: NameShape] {
        let verdict = NameShape.scalars(["code", "name", "band"])
        let sheet = NameShape.record(["total": .scalar, "max": .scalar, "level": .scalar, "verdict": verdict])
        return [
            "amounts": .record(amounts), "lines": .list(line), "cuts": .list(line), "groups": .list(group),
            "feedback": .list(
                .scalars(["label", "kind", "reason", "first_reason", "proposed", "final", "changed", "reply", "answer"])
            ),
            "history_by_year": .list(year), "scores": scores(sheet),
            "score_sheets": .list(
                .record([
                    "rater": .scalar, "total": .scalar, "max": .scalar, "level": .scalar, "verdict": verdict,
                    "subject": .scalar, "key": .scalar, "rank": .scalar, "who": .scalar,
                ])
            ),
            "score_items": .list(item), "item": itemsByCode, "verdict": verdict,
            "rubric": rubricShape,
            "bridge": .list(
                .scalars(["code", "name", "is_top", "self", "review", "difference", "running", "unexplained"])
            ),
            "execution_total": .scalars(["adjusted", "paid", "rate"]),
            "waterfall": .list(.scalars(["name", "from", "change"])), "facts": .any, "findings": .list(finding),
            "review": .scalars(["id"]),
            "fields": form.map { form in shape(.group(form.fields)) } ?? .any,
            "tables": .record(
                Dictionary((form?.tables ?? []).map { ($0.name, .list(row(of: $0.name))) }) { first, _ in first },
                others: form == nil ? .any : nil
            ),
        ]
    }

    /// A sheet by its rater: those whom the rubric names, where it does, and who plays a part.
    private func scores(_ sheet: NameShape) -> NameShape {
        let known = (rubric?["raters"]?.list ?? []).compactMap(\.text)
        let roles = form.map { Array($0.roles.raters.values) } ?? []
        let combined = [rubric?["combine"]?["into"]?.text].compactMap { $0 }
        let parts = ["self", "review"] + (known.isEmpty ? [] : known + roles + combined)
        let names = Dictionary(parts.map { ($0, sheet) }) { first, _ in first }
        return .record(names, others: known.isEmpty ? sheet : nil)
    }

    private var amounts: [String: NameShape] {
        let names = [
            "requested", "approved", "deducted", "increased", "deferred", "rate", "has_cut", "has_increase",
            "has_deferral",
        ]
        return Dictionary(names.map { ($0, .scalar) }) { first, _ in first }
    }

    private var line: NameShape {
        var names = amounts
        for name in ["cut", "reason", "opinion", "label", "first_of_group", "alone"] { names[name] = .scalar }
        names["parts"] = .list(.scalars(["kind", "amount", "reason"]))
        return row(of: "budget_lines", and: names)
    }

    private var group: NameShape {
        .record(amounts.merging(["name": .scalar, "label": .scalar, "lines": .list(line)]) { first, _ in first })
    }

    private var year: NameShape {
        let names = ["year", "adjusted", "paid", "rate", "partial", "cut_off", "expected_rate"]
        var shapes = Dictionary(names.map { ($0, NameShape.scalar) }) { first, _ in first }
        shapes["rows"] = .list(row(of: "history", and: ["rate": .scalar]))
        return row(of: "history_years", and: shapes)
    }

    /// Any rater may have scored, so other names are raters.
    private var item: NameShape {
        .scalars(
            ["code", "name", "max", "reason", "depth", "level", "applies", "lost", "self", "review"],
            others: .scalar
        )
    }

    private var finding: NameShape {
        .scalars([
            "rule", "severity", "severity_name", "message", "subject", "expected", "found", "hint", "place", "places",
            "step",
        ])
    }

    // MARK: The rubric

    private var rubricShape: NameShape {
        guard let rubric else { return .any }
        var names: [String: NameShape] = ["max": .scalar, "name": .any]
        for key in rubric.keys where key != "when" { names[key] = .any }
        let node = node
        for name in ["items", "leaves"] { names[name] = .list(node) }
        for name in ["rows", "scored"] { names[name] = .list(criterionRow) }
        return .record(names)
    }

    /// Each key of any node, and what ``RubricOutline`` adds. Any rater may have scored, so other names are raters.
    private var brief: [String: NameShape] {
        let keys = RubricOutline.keys(of: rubric?["items"]?.list ?? []).subtracting(["items", "criteria"])
        var names = Dictionary(keys.map { ($0, NameShape.any) }) { first, _ in first }
        for name in ["code", "max", "share", "applies", "reason", "level", "self", "review"] { names[name] = .scalar }
        names["answers"] = Self.answers
        names["names"] = .any
        names["criteria"] = .any
        return names
    }

    /// What each rater has given: a list, for a rubric may be judged by anybody.
    private static let answers = NameShape.list(
        .scalars(["rater", "who", "score", "reason", "subject", "key", "rank"])
    )

    private var node: NameShape {
        var names = brief
        for name in ["top", "parent", "pool"] { names[name] = .record(brief, others: .scalar) }
        names["depth"] = .scalar
        names["cites_documents"] = .scalar
        for name in ["items", "leaves"] { names[name] = .list(.deferred { self.node }) }
        names["rows"] = .list(.deferred { self.criterionRow })
        return .record(names, others: .scalar)
    }

    /// A criterion, or the node that its points are counted on.
    private var criterionRow: NameShape {
        let evidence = ["document", "quote", "attached", "text"].map { ($0, NameShape.scalar) }
        let names: [String: NameShape] = [
            "key": .scalar, "evidence_key": .scalar, "indicator": .deferred { self.node },
            "pool": .record(brief, others: .scalar), "answers": Self.answers,
            "evidence": row(of: "evidence", and: Dictionary(evidence) { first, _ in first }), "text": .any,
        ]
        return .record(names, others: .any)
    }
}
