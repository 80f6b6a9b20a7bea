internal import ReviewModel

extension Rubric {
    /// What a node takes from those above it.
    struct Context {
        var scales: [String: RubricScale]
        /// The scale of the nearest node above that names one.
        var scale: RubricScale
        /// Who scores what stands below the nearest node above that says so.
        var raters: [String] = []
    }

    static func node(_ reader: ValueReader, isCriterion: Bool, _ outer: Context) -> RubricNode? {
        guard let record = reader.record() else { return nil }
        let code = record.required("code")?.text() ?? ""
        let text = isCriterion ? record.optional("text")?.localizedText() : nil
        let name = (isCriterion ? record.optional("name") : record.required("name"))?.localizedText()
        for key in wordingKeys { _ = record.optional(key) }
        var context = outer
        if let reader = record.optional("scale"), let own = Self.scale(reader, outer.scales) { context.scale = own }
        let raters = record.optional("raters")
        if let raters { context.raters = names(raters) }
        let items = record.optional("items").map { list in Self.items(list, context) } ?? []
        let criteria =
            record.optional("criteria")?.filledList().compactMap { node($0, isCriterion: true, context) } ?? []
        let isPooled = record.optional("pooled")?.boolean() ?? false
        let isAlternative = record.optional("alternatives")?.boolean() ?? false
        let condition = record.optional("when").flatMap(Self.condition)
        var max = record.optional("max")?.decimal()
        var aggregation = record.optional("aggregate").flatMap(RubricAggregation.init) ?? .sum
        let rating = record.optional("rating").flatMap { Self.scale($0, outer.scales) }
        let weight = record.optional("weight")?.decimal()
        let computed = Self.computation(record)
        let evidenceWords = record.optional("evidence_words")?.list().compactMap { $0.text() } ?? []
        record.finish()
        let isEnd = items.isEmpty && criteria.isEmpty
        if isEnd, record.record["items"] == nil, record.record["criteria"] == nil {
            if isAlternative { reader.log.add(partsMissing("alternatives", code, at: reader.pointer / "alternatives")) }
            if isPooled { reader.log.add(partsMissing("pooled", code, at: reader.pointer / "pooled")) }
            // The others are told where it is seen what they follow from.
            if record.record["aggregate"]?.text == "sum" {
                reader.log.add(partsMissing("aggregate", code, at: reader.pointer / "aggregate"))
            }
        }
        let kind: RubricNode.Kind =
            if isEnd { .criterion } else if isPooled { .pooled } else if isAlternative { .alternatives } else { .sum }
        // Where nobody says what they are worth, letters are worth their place in the order, to be compared by.
        let scale = rating ?? context.scale
        let isRating = max == nil && scale.isOrdinal && (isEnd || aggregation.isByLevel || rating != nil)
        if isRating { max = scale.ranks }
        // The sharers of a pool have no points of their own and are not scored.
        var children =
            isPooled
            ? criteria
                + items.map {
                    var item = $0; item.kind = .sum; return item
                } : items + criteria
        // Letters cannot be added up: what stands above them without points of its own is a heading.
        let isLettersAlone = !children.isEmpty && children.allSatisfy { $0.isRating || $0.isHeading }
        let addsLetters = isLettersAlone && record.record["aggregate"]?.text == "sum"
        if max == nil, aggregation == .sum, kind == .sum, isLettersAlone { aggregation = .none }
        if aggregation == .mean { children.giveShares() }
        var built = RubricNode(
            code: code,
            name: name ?? text ?? LocalizedText(code),
            max: max,
            kind: kind,
            children: children,
            condition: condition,
            pointer: reader.pointer
        )
        (built.scale, built.aggregation, built.computation) = (scale, aggregation, computed)
        (built.isRating, built.isAlternativeToo) = (isRating, isPooled && isAlternative)
        built.weight = weight ?? max ?? 1
        built.weightPointer = weight == nil ? nil : reader.pointer / "weight"
        built.evidenceWords = evidenceWords
        (built.raters, built.ratersPointer) = (context.raters, raters?.pointer)
        (built.hasRating, built.addsLetters) = (rating != nil, addsLetters)
        built.writtenKeys = RubricAggregation.writtenKeys(record.record["aggregate"])
        return built
    }

    /// The items of a list. Criteria among them, which have a text and no name, are told once, and read as what they are.
    static func items(_ list: ValueReader, _ context: Context) -> [RubricNode] {
        let readers = list.filledList()
        let isCriterion = { (reader: ValueReader) in
            guard case .record(let record) = reader.value else { return false }
            return record["text"] != nil && record["name"] == nil && record["items"] == nil
        }
        if readers.contains(where: isCriterion) {
            list.log.add(criteriaAmongItems(all: readers.allSatisfy(isCriterion), at: list.pointer))
        }
        return readers.compactMap { node($0, isCriterion: isCriterion($0), context) }
    }

    static func scale(_ reader: ValueReader, _ scales: [String: RubricScale]) -> RubricScale? {
        if case .record = reader.value { return RubricScale(reader) }
        guard let name = reader.oneOf(scales.keys.sorted()) else { return nil }
        return scales[name]
    }

    private static func computation(_ record: RecordReader) -> RubricNode.Computation? {
        if let points = record.optional("compute") {
            if let level = record.optional("compute_level") { level.log.add(computedTwice(at: level.pointer)) }
            return points.text().map { .init(query: $0, givesLevel: false) }
        }
        return record.optional("compute_level")?.text().map { .init(query: $0, givesLevel: true) }
    }

    private static func condition(_ reader: ValueReader) -> RubricCondition? {
        if let text = reader.value.text {
            reader.log.add(conditionAsText(text, at: reader.pointer))
            return nil
        }
        guard let record = reader.record(), let field = record.required("field"), let value = record.required("equals")
        else { return nil }
        record.finish()
        return RubricCondition(field: field, equals: value)
    }
}

extension [RubricNode] {
    /// In a mean only shares count, so a part without points of its own has a hundred.
    mutating func giveShares() {
        for index in indices where self[index].max == nil { self[index].max = 100 }
    }
}

extension RubricCondition {
    /// Reads the path of a field and what it should be; reports a path that is none.
    init?(field: ValueReader, equals value: ValueReader) {
        guard let text = field.text() else { return nil }
        guard let pointer = JSONPointer(text), !pointer.tokens.isEmpty else {
            field.log.add(badField(text, at: field.pointer))
            return nil
        }
        self.init(field: pointer, value: value.value, pointer: field.pointer)
    }
}

// MARK: - Messages

private func partsMissing(_ key: String, _ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-parts",
        "\"\(code)\"标明 \(key)，但没有下级",
        "\"\(code)\" is marked as \(key) and has no parts",
        at: pointer,
        help: LocalizedText(zh: "请补上 items，或删去 \(key)", en: "add items, or remove \(key)")
    )
}

private func criteriaAmongItems(all isAll: Bool, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "criteria-among-items",
        "有 text 而没有 name 的是评分点（criteria），不能列在 items 下",
        "what has a text and no name is a criterion, and stands under criteria, not under items",
        at: pointer,
        help: isAll
            ? LocalizedText(zh: "请把上面的 items: 改为 criteria:", en: "write criteria: instead of items: above")
            : LocalizedText(zh: "请另列在 criteria: 下，或给它 name", en: "list it under criteria:, or give it a name")
    )
}

private func computedTwice(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/computed-twice",
        message: LocalizedText(
            zh: "compute（得出分数）与 compute_level（得出档次）只能写一个",
            en: "an item has either compute, which gives points, or compute_level, which gives a level"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请删去其中一个", en: "remove one of them")
    )
}

private func badField(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    // project.kind is how templates name a field.
    let names = text.split(whereSeparator: { $0 == "." || $0 == "/" })
    let meant = names.isEmpty || text.contains(" ") ? nil : names.map { "/" + $0 }.joined()
    return ConfigurationDiagnostic(
        code: "rubric/bad-field",
        message: LocalizedText(zh: "\"\(text)\"不是字段路径", en: "\"\(text)\" is not the path of a field"),
        pointer: pointer,
        help: meant.map { LocalizedText(zh: "请写成 \($0)", en: "write \($0)") }
            ?? LocalizedText(
                zh: "写法如 /project/evaluated_last_year",
                en: "a path is written as in /project/evaluated_last_year"
            )
    )
}
