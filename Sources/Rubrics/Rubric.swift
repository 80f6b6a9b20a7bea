public import ReviewModel

/// How a project is judged: a tree of items with points, the levels a criterion can be given, and the verdicts.
///
/// Which items there are, how deep the tree goes and how many points there are in all is the rubric's own affair. The
/// YAML form is described in Docs/RUBRICS.md.
public struct Rubric: Sendable {
    public var id: String
    public var version: String
    public var name: LocalizedText
    /// The levels that a criterion can be given where it says nothing of its own; empty when points are free.
    public var levels: [RubricLevel]
    /// How the total comes from the top items.
    public var aggregation: RubricAggregation
    /// The scale of the whole, where its level follows from those of the top items.
    public var scale: RubricScale
    /// The most points of the whole where it is a mean: what the top items share, else 100.
    public var meanMax: ExactDecimal
    /// Places that means and computed points are rounded to, half up.
    public var places: Int
    /// Places that a total is rounded to before its verdict is looked up; `nil` for none.
    public var verdictPlaces: Int?
    public var overrides: [RubricOverride]
    public var rules: [RubricRule]
    public var combination: RaterCombination?
    /// Who may score; empty for anybody.
    public var raters: [String]
    public var bands: [RubricBand]
    /// The table whose rows are judged, one sheet each; `nil` where the project is judged as a whole.
    public var subjects: RubricSubjects?
    /// Whether it says that it judges many things, be it rightly or not.
    public let isOfMany: Bool
    public let items: [RubricNode]
    public var pointer: JSONPointer
    /// Every node, parents before their children.
    public let all: [RubricNode]
    private let positions: [String: Int]
    /// The scales by name, what the keys of a table at the top are as they are written, whether a `rating` stands there, and whether it
    /// says that letters are added up.
    let scales: [String: RubricScale]
    let writtenKeys: [String: String]
    let hasRating: Bool
    let addsLetters: Bool

    /// The most points that can be had; of letters, the rank of the best.
    public func max() throws(DecimalOverflow) -> ExactDecimal {
        switch aggregation {
        case .weakest, .table, .matrix: scale.isOrdinal ? scale.ranks : items.first?.max ?? 0
        case .mean: meanMax
        case .sum, .none: try .sum(items.compactMap(\.max))
        }
    }

    /// The fewest points: 0, or what the scales allow below.
    public func min() throws(DecimalOverflow) -> ExactDecimal {
        switch aggregation {
        case .sum: try .sum(items.map { $0.leastPoints(places: places) })
        case .mean: try RubricNode.leastMean(of: items, max: meanMax, places: places)
        case .weakest, .table, .matrix, .none: items.map(\.scale.minimum).min() ?? 0
        }
    }

    /// Whether there is anything to add up. Letters and headings side by side have no total.
    public var hasTotal: Bool {
        switch aggregation {
        case .none: false
        case .weakest, .table, .matrix: !scale.isOrdinal
        case .sum, .mean: items.isEmpty || !items.allSatisfy { $0.isRating || $0.isHeading }
        }
    }

    /// The node of a code; of two with one code, the first.
    public func node(_ code: String) -> RubricNode? { positions[code].map { all[$0] } }

    /// How good a verdict is by its band, 0 for the best; `nil` for one that no band has.
    public func place(of verdict: Verdict) -> Int? {
        bands.sorted { $0.range.upper > $1.range.upper }.firstIndex { $0.code == verdict.code }
    }

    /// The verdict of a total; `nil` when no band holds it.
    public func verdict(for total: ExactDecimal) -> Verdict? {
        let rounded = verdictPlaces.map { total.rounded(to: $0) } ?? total
        return bands.first { $0.range.contains(rounded) }?.verdict
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
        if let other = Self.otherKind(record.record) {
            reader.log.add(noRubric(other, at: record.pointer))
            return nil
        }
        pointer = record.pointer
        id = record.required("id")?.text() ?? ""
        version = record.optional("version")?.text() ?? ""
        name = record.optional("name")?.localizedText() ?? LocalizedText(id)
        for key in ["issuer", "source", "effective", "levels_note", "bands_note", "total_name"] + Self.wordingKeys {
            _ = record.optional(key)
        }
        levels = record.optional("levels").map { list in list.list().compactMap { $0.asLevel(of: list) } } ?? []
        var scales: [String: RubricScale] = [:]
        for (name, reader) in record.optional("scales")?.record()?.all() ?? [] { scales[name] = RubricScale(reader) }
        let own = record.optional("scale").flatMap { Self.scale($0, scales) }
        let standard = own ?? (levels.isEmpty ? .free() : .levels(levels))
        aggregation = record.optional("aggregate").flatMap(RubricAggregation.init) ?? .sum
        let rating = record.optional("rating").flatMap { Self.scale($0, scales) }
        let ownMax = record.optional("max")?.decimal()
        places = Self.places(record, "places") ?? 2
        verdictPlaces = Self.places(record, "verdict_places")
        overrides = record.optional("overrides")?.list().compactMap(RubricOverride.init) ?? []
        rules = record.optional("rules")?.list().compactMap(RubricRule.init) ?? []
        combination = record.optional("combine").flatMap(RaterCombination.init)
        raters = record.optional("raters").map(Self.names) ?? []
        let each = record.optional("each")
        subjects = each.flatMap(RubricSubjects.init)
        isOfMany = each != nil
        bands = record.optional("bands")?.list().compactMap(Self.band) ?? []
        var top = record.required("items").map { Self.items($0, Context(scales: scales, scale: standard)) } ?? []
        if aggregation == .mean { top.giveShares() }
        items = top
        scale = rating ?? items.first?.scale ?? .free()
        let maxima = Set(items.map { $0.max?.withoutTrailingZeros })
        meanMax = ownMax ?? (maxima.count == 1 ? items.first?.max : nil) ?? 100
        // What nobody could read may well be a mean.
        let aggregateText = record.record["aggregate"]?.text
        let isRead = aggregateText.map { RubricAggregation.words.contains($0) } ?? true
        if ownMax != nil, aggregation != .mean, isRead { reader.log.add(strayMax(at: record.pointer / "max")) }
        self.scales = scales
        writtenKeys = RubricAggregation.writtenKeys(record.record["aggregate"])
        hasRating = rating != nil
        addsLetters = aggregateText == "sum" && !items.isEmpty && items.allSatisfy { $0.isRating || $0.isHeading }
        all = items.flatMap(\.all)
        positions = Dictionary(all.enumerated().map { ($1.code, $0) }) { first, _ in first }
        countLevels()
        record.finish()
        if !reader.log.hasErrors { lint().forEach { reader.log.add($0) } }
    }

    /// Who asks for a D asks for a D* too, which counts as one.
    private mutating func countLevels() {
        let scales = Dictionary(all.map { ($0.code, $0.scale) }) { first, _ in first }
        let others = { (code: String, names: [String]) -> [String] in
            let levels = scales[code]?.levels ?? []
            return levels.filter { level in level.countsAs.map(names.contains) ?? false }.map(\.name)
        }
        for index in overrides.indices { overrides[index].when = overrides[index].when.counting(others) }
        for index in rules.indices {
            rules[index].when = rules[index].when.counting(others)
            rules[index].then = rules[index].then.counting(others)
        }
    }

    /// What stands in place of a rubric, where it is another kind of file, of which every key would be unknown.
    private static func otherKind(_ record: Record) -> LocalizedText? {
        guard record["items"] == nil else { return nil }
        if record["form"] != nil || record["tables"] != nil {
            return LocalizedText(zh: "表单或评审任务", en: "a form or a spec")
        }
        return record["blocks"] == nil ? nil : LocalizedText(zh: "报告模板", en: "a report template")
    }

    /// A list of names; one that is several, parted by the commas of a Chinese keyboard, is told.
    static func names(_ reader: ValueReader) -> [String] {
        reader.filledList().compactMap { $0.filledText() }.filter { !reader.tellsOfJoined($0) }
    }

    /// A count of decimal places, 0 to 6.
    private static func places(_ record: RecordReader, _ key: String) -> Int? {
        guard let reader = record.optional(key), let places = reader.integer() else { return nil }
        if !(0...6).contains(places) { reader.log.add(badPlaces(places, at: reader.pointer)) }
        return Swift.min(Swift.max(places, 0), 6)
    }

    private static func band(_ reader: ValueReader) -> RubricBand? {
        guard let record = reader.record(), let code = record.required("code")?.text(),
            let name = record.required("name")?.localizedText(), let range = record.required("range")
        else { return nil }
        record.finish()
        // [60, 80] without quotes is a list of two numbers to YAML.
        if case .list = range.value {
            let ends = range.list().compactMap(\.value.scalarText)
            let meant = ends.count == 2 ? ScoreRange("[\(ends[0]), \(ends[1])]") : nil
            range.log.add(unquotedRange(meant, at: range.pointer))
            return nil
        }
        guard let text = range.text() else { return nil }
        guard let interval = ScoreRange(text) else {
            reader.log.add(badRange(text, at: range.pointer))
            return nil
        }
        return RubricBand(code: code, name: name, range: interval, pointer: range.pointer)
    }
}

// MARK: - Messages

private func noRubric(_ found: LocalizedText, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "other-kind",
        "此处应为评分标准，实为\(found.zh)",
        "expected a rubric, found \(found.en)",
        at: pointer,
        help: LocalizedText(zh: "请核对 !include 后的文件名", en: "see whether the file behind !include is the right one")
    )
}

private func badRange(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/bad-range",
        message: LocalizedText(
            zh: "\"\(text)\"不是分数区间",
            en: "\"\(text)\" is not a range of scores"
        ),
        pointer: pointer,
        help: meant(by: text).map { LocalizedText(zh: "请写成 \"\($0)\"", en: "write \"\($0)\"") } ?? howToWriteRange
    )
}

private let howToWriteRange = LocalizedText(
    zh: "写法如 \"[70, 90)\"，从低到高：方括号含端点，圆括号不含；只有等级的按名次，最后一名为 0",
    en:
        "it is written as in \"[70, 90)\", the lower end first: a square bracket includes its end, a round one does not; of letters it is one of "
        + "ranks, 0 for the last"
)

/// The interval that `［60，80］` or `60~80` says, with both ends in it where nothing says otherwise; `nil` for anything else.
private func meant(by text: String) -> ScoreRange? {
    let plain = text.withPlainCharacters
    if let range = ScoreRange(plain) { return range }
    // 80（含）-90: what is said of one end is said of it alone, and 以上 of the open end of a scale says no number.
    let ends = plain.split(whereSeparator: { "~-至到".contains($0) }).map { $0.filter { $0 != " " && $0 != "分" } }
    guard ends.count == 2 else { return nil }
    let numbers = ends.map { end in
        [["(含)", "含"], ["(不含)", "不含"]].joined().reduce(end) { $0.replacing($1, with: "") }
    }
    let opens = ends.map { $0.contains("不含") }
    let isSaid = ends.contains { $0.contains("含") }
    let last = isSaid && !ends[1].contains("含") || opens[1] ? ")" : "]"
    return ScoreRange("\(opens[0] ? "(" : "[")\(numbers[0]), \(numbers[1])\(last)")
}

private func unquotedRange(_ meant: ScoreRange?, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/bad-range",
        message: LocalizedText(
            zh: "分数区间没有加引号，成了一个列表",
            en: "the range of scores has no quotes, which makes a list of it"
        ),
        pointer: pointer,
        help: meant.map { LocalizedText(zh: "请写成 \"\($0)\"", en: "write \"\($0)\"") } ?? howToWriteRange
    )
}

private func strayMax(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "stray-max",
        "只有 aggregate: mean 的评分标准才能写总分 max；其余的总分由各项得出",
        "only a rubric with `aggregate: mean` has a `max` of its own; of others it follows from the items",
        at: pointer,
        help: LocalizedText(zh: "请删去 max", en: "remove it")
    )
}

private func badPlaces(_ places: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/bad-places",
        message: LocalizedText(zh: "小数位数应为 0 到 6，实为 \(places)", en: "places must be 0 to 6, not \(places)"),
        pointer: pointer
    )
}
