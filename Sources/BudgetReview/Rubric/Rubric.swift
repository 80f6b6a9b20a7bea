public import ReviewModel

/// How a project is judged: a tree of items with points, the levels a criterion can be given, and the verdicts.
///
/// Which items there are, how deep the tree goes and how many points there are in all is the rubric's own affair. The
/// YAML form is described in Docs/SPEC.md.
public struct Rubric: Sendable {
    public var id: String
    public var version: String
    public var name: LocalizedText
    /// The shares of its points that a criterion can be given; empty when points are free.
    public var levels: [Level]
    public var bands: [RubricBand]
    public let items: [RubricNode]
    public var pointer: JSONPointer
    /// Every node, parents before their children.
    public let all: [RubricNode]
    private let positions: [String: Int]

    public struct Level: Sendable, Hashable {
        public var name: String
        /// In percent of the criterion's points.
        public var share: ExactDecimal
    }

    /// The most points that can be had.
    public func max() throws(DecimalOverflow) -> ExactDecimal { try .sum(items.compactMap(\.max)) }

    /// The node of a code; of two with one code, the first.
    public func node(_ code: String) -> RubricNode? { positions[code].map { all[$0] } }

    /// The verdict of a total; `nil` when no band holds it.
    public func verdict(for total: ExactDecimal) -> Verdict? {
        bands.first { $0.range.contains(total) }?.verdict
    }
}

// MARK: - Reading

extension Rubric {
    /// Wording that a rubric may carry beside what is computed from; renderers print it.
    static let wordingKeys = [
        "names", "explanation", "standard", "table_explanation", "table_title", "note", "notes", "evidence_required",
    ]

    /// Reads a rubric from settings. What is wrong goes to the reader's log, contradictions included.
    public init?(_ reader: ValueReader) {
        guard let outer = reader.record() else { return nil }
        // A rubric file keeps its content under `rubric`, so that the file says what it is.
        var record = outer
        if outer.record.count == 1, let inner = outer.record["rubric"] {
            guard let nested = ValueReader(inner, at: reader.pointer / "rubric", log: reader.log).record() else {
                return nil
            }
            record = nested
        }
        pointer = record.pointer
        id = record.required("id")?.text() ?? ""
        version = record.optional("version")?.text() ?? ""
        name = record.optional("name")?.localizedText() ?? LocalizedText(id)
        for key in ["issuer", "source", "effective", "levels_note", "bands_note", "total_name"] + Self.wordingKeys {
            _ = record.optional(key)
        }
        levels = record.optional("levels")?.list().compactMap(Self.level) ?? []
        bands = record.optional("bands")?.list().compactMap(Self.band) ?? []
        items = record.required("items")?.list().compactMap { Self.node($0, isCriterion: false) } ?? []
        all = items.flatMap(\.all)
        positions = Dictionary(all.enumerated().map { ($1.code, $0) }) { first, _ in first }
        record.finish()
        if !reader.log.hasErrors { lint().forEach(reader.log.add) }
    }

    private static func level(_ reader: ValueReader) -> Level? {
        guard let record = reader.record(), let name = record.required("name")?.text(),
            let share = record.required("share")?.percent()
        else { return nil }
        record.finish()
        return Level(name: name, share: share)
    }

    private static func band(_ reader: ValueReader) -> RubricBand? {
        guard let record = reader.record(), let code = record.required("code")?.text(),
            let name = record.required("name")?.localizedText(), let range = record.required("range"),
            let text = range.text()
        else { return nil }
        record.finish()
        guard let interval = ScoreRange(text) else {
            reader.log.add(badRange(text, at: range.pointer))
            return nil
        }
        return RubricBand(code: code, name: name, range: interval, pointer: range.pointer)
    }

    private static func node(_ reader: ValueReader, isCriterion: Bool) -> RubricNode? {
        guard let record = reader.record() else { return nil }
        let code = record.required("code")?.text() ?? ""
        let text = isCriterion ? record.optional("text")?.text() : nil
        let name = (isCriterion ? record.optional("name") : record.required("name"))?.text() ?? text ?? code
        for key in wordingKeys { _ = record.optional(key) }
        let items = record.optional("items")?.list().compactMap { node($0, isCriterion: false) } ?? []
        let criteria = record.optional("criteria")?.list().compactMap { node($0, isCriterion: true) } ?? []
        let isPooled = record.optional("pooled")?.boolean() ?? false
        let isAlternative = record.optional("alternatives")?.boolean() ?? false
        let condition = record.optional("when").flatMap(Self.condition)
        let max = record.optional("max")?.decimal()
        record.finish()
        let kind: RubricNode.Kind =
            if items.isEmpty && criteria.isEmpty { .criterion } else if isPooled { .pooled } else if isAlternative {
                .alternatives
            } else { .sum }
        // The sharers of a pool have no points of their own and are not scored.
        let children =
            isPooled
            ? criteria
                + items.map {
                    var item = $0; item.kind = .sum; return item
                } : items + criteria
        return RubricNode(
            code: code,
            name: name,
            max: max,
            kind: kind,
            children: children,
            condition: condition,
            pointer: reader.pointer
        )
    }

    private static func condition(_ reader: ValueReader) -> RubricCondition? {
        guard let record = reader.record(), let field = record.required("field"), let text = field.text(),
            let value = record.required("equals")
        else { return nil }
        record.finish()
        guard let pointer = JSONPointer(text), !pointer.tokens.isEmpty else {
            reader.log.add(badField(text, at: field.pointer))
            return nil
        }
        return RubricCondition(field: pointer, value: value.value)
    }
}

// MARK: - Messages

private func badRange(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/bad-range",
        message: LocalizedText(
            zh: "\"\(text)\"不是分数区间",
            en: "\"\(text)\" is not a range of scores"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "写法如 \"[70, 90)\"：方括号含端点，圆括号不含",
            en: "write \"[70, 90)\": a square bracket includes its end, a round one does not"
        )
    )
}

private func badField(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/bad-field",
        message: LocalizedText(zh: "\"\(text)\"不是字段路径", en: "\"\(text)\" is not the path of a field"),
        pointer: pointer,
        help: LocalizedText(zh: "写法如 /project/evaluated_last_year", en: "write /project/evaluated_last_year")
    )
}
