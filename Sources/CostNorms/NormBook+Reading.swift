public import ReviewModel

extension NormBook {
    /// Reads a file of prices; reports what is wrong with it.
    public init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        id = record.required("prices")?.text() ?? ""
        for key in ["version", "title", "note"] { _ = record.optional(key) }
        units = Self.entries(record, "units") { code, reader in
            let unit = reader.record()
            defer { unit?.finish() }
            return MeasureUnit(
                code: code,
                title: unit?.optional("title")?.localizedText() ?? LocalizedText(code),
                words: words(unit, ["words", "also"]),
                repeats: unit?.optional("repeats")?.boolean() ?? false
            )
        }
        items = Self.entries(record, "items", NormItem.init)
        purchases = Self.entries(record, "purchases", NormItem.init)
        methods = Self.entries(record, "methods") { code, reader in
            let method = reader.record()
            defer { method?.finish() }
            return PurchaseMethod(
                code: code,
                title: method?.optional("title")?.localizedText() ?? LocalizedText(code),
                words: words(method, ["words", "also"])
            )
        }
        batchWords = words(record, ["batch_words"])
        partWords = words(record, ["part_words"])
        afterTaxWords = words(record, ["after_tax_words"])
        norms = Self.entries(record, "norms", Norm.init)
        record.finish()
        lint(reader)
    }

    /// The members of a mapping by their codes.
    private static func entries<Entry>(
        _ record: RecordReader,
        _ key: String,
        _ read: (String, ValueReader) -> Entry?
    ) -> [Entry] {
        record.optional(key)?.record()?.all().compactMap { read($0.key, $0.value) } ?? []
    }
}

/// The words under some keys. An empty word would stand in every text.
private func words(_ record: RecordReader?, _ keys: [String]) -> [String] {
    keys.flatMap { key in
        record?.optional(key)?.list().compactMap { item in
            guard let word = item.text() else { return nil }
            if PlainText(word).scalars.isEmpty {
                item.log.add(emptyWord(at: item.pointer))
                return nil
            }
            return word
        } ?? []
    }
}

extension NormItem {
    fileprivate init?(_ code: String, _ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            code: code,
            title: record.optional("title")?.localizedText() ?? LocalizedText(code),
            words: CostNorms.words(record, ["words", "also"]),
            notWords: CostNorms.words(record, ["not"]),
            with: CostNorms.words(record, ["with"]),
            without: CostNorms.words(record, ["without"]),
            baseWords: CostNorms.words(record, ["base_words"]),
            classes: record.optional("classes")?.record()?.all().map { NormClass($0.key, $0.value) } ?? []
        )
        record.finish()
        if words.isEmpty { reader.log.add(noWords(code, at: reader.pointer)) }
    }
}

extension NormItem.NormClass {
    fileprivate init(_ code: String, _ reader: ValueReader) {
        let record = reader.record()
        self.init(
            code: code,
            title: record?.optional("title")?.localizedText() ?? LocalizedText(code),
            words: CostNorms.words(record, ["words", "also"])
        )
        record?.finish()
    }
}

extension NormSource {
    fileprivate init(_ record: RecordReader?, isSeen: Bool) {
        let cited = ["number", "clause"].map { key in
            let reader = record?.required(key)
            let text = reader?.text()
            if let reader, let text, text.allSatisfy(\.isWhitespace) { reader.log.add(noClause(at: reader.pointer)) }
            return text ?? ""
        }
        self.init(
            number: cited[0],
            title: record?.optional("title")?.text() ?? "",
            clause: cited[1],
            isSeen: isSeen
        )
    }
}

extension Norm {
    fileprivate init?(_ id: String, _ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let item = record.required("of")?.text()
        let rule = record.required("rule")?.record()
        // Nobody may take a figure from memory for one that was looked up: which it is has to be said.
        let isSeen = record.required("seen")?.boolean() ?? false
        let source = NormSource(rule, isSeen: isSeen)
        rule?.finish()
        let place = record.optional("place")?.text()
        let from = record.required("from").flatMap(Self.date)
        let until = record.optional("until").flatMap(Self.date)
        let reference = record.optional("reference")?.localizedText()
        _ = record.optional("note")
        let scale: ExactDecimal = record.optional("money")?.oneOf(["元", "万元"]) == "万元" ? 10_000 : 1
        let limit = Limit(record, scale)
        record.finish()
        guard let item, let from, let limit else { return nil }
        if let until, until < from { reader.log.add(endsBefore(from, until, at: reader.pointer / "until")) }
        self.init(
            id: id,
            item: item,
            source: source,
            place: place,
            from: from,
            until: until,
            reference: reference,
            limit: limit,
            pointer: reader.pointer
        )
    }

    private static func date(_ reader: ValueReader) -> CalendarDate? {
        guard let text = reader.text() else { return nil }
        if let date = CalendarDate(written: text) { return date }
        reader.log.add(noDate(text, at: reader.pointer))
        return nil
    }
}

extension Norm.Limit {
    static let kinds = ["cap", "most", "share", "table", "limit", "least"]

    /// - Parameter scale: what amounts are multiplied by to be 元.
    fileprivate init?(_ record: RecordReader, _ scale: ExactDecimal) {
        let given = Self.kinds.compactMap { kind in record.optional(kind).map { (kind, $0) } }
        guard given.count == 1, let (kind, reader) = given.first else {
            record.log.add(oneKind(given.map(\.0), at: record.pointer))
            return nil
        }
        switch kind {
        case "cap":
            guard let cap = PriceCap(reader, scale) else { return nil }
            self = .cap(cap)
        case "most":
            guard let most = reader.record() else { return nil }
            self = .most(most.all().map { UnitMost(unit: $0.key, amounts: classAmounts($0.value, 1)) })
        case "share":
            guard let share = reader.percent() else { return nil }
            if share <= 0 || share > 100 { reader.log.add(noShare(share, at: reader.pointer)) }
            self = .share(share)
        case "table":
            guard let table = reader.record() else { return nil }
            let points = table.required("points")?.list().compactMap { FeePoint($0, scale) } ?? []
            let margin = table.optional("margin")?.percent() ?? 0
            table.finish()
            if points.count < 2 { reader.log.add(fewPoints(at: reader.pointer)) }
            for (low, high) in zip(points, points.dropFirst()) where low.base >= high.base || low.fee > high.fee {
                reader.log.add(notRising(high, at: reader.pointer / "points"))
            }
            self = .table(points, margin: margin)
        case "limit":
            guard let limit = PurchaseLimit(reader, scale) else { return nil }
            self = .purchase(limit)
        default:
            guard let least = reader.record()?.all(), let unit = least.first, least.count == 1 else {
                reader.log.add(oneUnit(at: reader.pointer))
                return nil
            }
            guard let count = unit.value.decimal() else { return nil }
            self = .least(unit: unit.key, count)
        }
    }
}

/// An amount for all, or one by class.
private func classAmounts(_ reader: ValueReader?, _ scale: ExactDecimal) -> [ClassAmount] {
    guard let reader else { return [] }
    guard case .record = reader.value else {
        return positiveAmount(reader, scale).map { [ClassAmount(code: "", amount: $0)] } ?? []
    }
    return reader.record()?.all().compactMap { code, value in
        positiveAmount(value, scale).map { ClassAmount(code: code, amount: $0) }
    } ?? []
}

private func positiveAmount(_ reader: ValueReader, _ scale: ExactDecimal) -> ExactDecimal? {
    guard let number = reader.decimal(), let amount = try? number * scale else { return nil }
    if amount <= 0 { reader.log.add(notPositive(number, at: reader.pointer)) }
    return amount
}

extension PriceCap {
    fileprivate init?(_ reader: ValueReader, _ scale: ExactDecimal) {
        guard let record = reader.record() else { return nil }
        let per = record.required("per")?.list().compactMap { $0.text() } ?? []
        let amounts = classAmounts(record.required("amount"), scale)
        let isAfterTax = record.optional("after_tax")?.boolean() ?? false
        let beforeTax = classAmounts(record.optional("before_tax"), scale)
        let instead = record.optional("instead")?.record()?.all().compactMap { Substitute($0.key, $0.value) } ?? []
        let steps = record.optional("steps")?.record()?.all().flatMap { Step.all($0.key, $0.value) } ?? []
        record.finish()
        if per.isEmpty { reader.log.add(noUnits(at: reader.pointer / "per")) }
        if Set(steps.map(\.unit)).count > 1 { reader.log.add(oneUnit(at: reader.pointer / "steps")) }
        self.init(
            per: per,
            amounts: amounts,
            isAfterTax: isAfterTax,
            beforeTax: beforeTax,
            instead: instead,
            steps: steps.sorted { $0.from < $1.from }
        )
    }
}

extension PriceCap.Substitute {
    fileprivate init?(_ unit: String, _ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let (counted, counts) = (record.required("for")?.text(), record.required("counts")?.decimal())
        record.finish()
        guard let counted, let counts else { return nil }
        self.init(unit: unit, counted: counted, counts: counts)
    }
}

extension PriceCap.Step {
    fileprivate static func all(_ unit: String, _ reader: ValueReader) -> [PriceCap.Step] {
        reader.record()?.all().compactMap { from, value in
            guard let first = Int(from), first > 1 else {
                value.log.add(noStep(from, at: value.pointer))
                return nil
            }
            return value.percent().map { PriceCap.Step(unit: unit, from: first, share: $0) }
        } ?? []
    }
}

extension FeePoint {
    fileprivate init?(_ reader: ValueReader, _ scale: ExactDecimal) {
        let pair = reader.list()
        guard pair.count == 2 else {
            reader.log.add(noPair(at: reader.pointer))
            return nil
        }
        guard let base = pair[0].decimal(), let fee = pair[1].decimal(), let scaledBase = try? base * scale,
            let scaledFee = try? fee * scale
        else { return nil }
        self.init(base: scaledBase, fee: scaledFee)
    }
}

extension PurchaseLimit {
    fileprivate init?(_ reader: ValueReader, _ scale: ExactDecimal) {
        guard let record = reader.record() else { return nil }
        let amount = record.required("amount").flatMap { positiveAmount($0, scale) }
        let title = record.required("name")?.localizedText()
        let methods = record.required("methods")?.list().compactMap { $0.text() } ?? []
        var split: NormSource?
        if let rule = record.optional("split")?.record() {
            split = NormSource(rule, isSeen: rule.required("seen")?.boolean() ?? false)
            rule.finish()
        }
        record.finish()
        guard let amount, let title else { return nil }
        self.init(amount: amount, title: title, methods: methods, split: split)
    }
}

// MARK: - Messages

private func diagnostic(
    _ code: String,
    _ zh: String,
    _ en: String,
    _ pointer: JSONPointer,
    zhHelp: String,
    enHelp: String
)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "prices/" + code,
        message: LocalizedText(zh: zh, en: en),
        pointer: pointer,
        help: LocalizedText(zh: zhHelp, en: enHelp)
    )
}

private func emptyWord(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "empty-word",
        "词语不能为空",
        "a word must not be empty",
        pointer,
        zhHelp: "请删去这一项",
        enHelp: "remove the entry"
    )
}

private func noClause(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "no-clause",
        "标准必须写明文号和条款",
        "a norm has to say its number and clause",
        pointer,
        zhHelp: "写法如 rule: {number: 财行〔2016〕214号, clause: 第十五条}",
        enHelp: "write rule: {number: …, clause: …}"
    )
}

private func noWords(_ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "no-words",
        "\"\(code)\"没有词语，任何明细都不会是它",
        "\"\(code)\" has no words, so no line can be one",
        pointer,
        zhHelp: "请补上 words: [会议费, …]",
        enHelp: "add words: […]"
    )
}

private func noDate(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "date",
        "\"\(text)\"不是日期",
        "\"\(text)\" is no date",
        pointer,
        zhHelp: "写法如 2016-07-01",
        enHelp: "write a day such as 2016-07-01"
    )
}

private func endsBefore(_ from: CalendarDate, _ until: CalendarDate, at pointer: JSONPointer) -> ConfigurationDiagnostic
{
    diagnostic(
        "period",
        "失效日 \(until) 早于生效日 \(from)",
        "it ends on \(until), before it begins on \(from)",
        pointer,
        zhHelp: "请核对 from 和 until",
        enHelp: "check from and until"
    )
}

private func oneKind(_ given: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let kinds = Norm.Limit.kinds.joined(separator: ", ")
    let found = given.isEmpty ? ("没有", "none") : (given.joined(separator: "、"), given.joined(separator: ", "))
    return diagnostic(
        "one-kind",
        "一条标准应有 \(kinds) 中的一个，实有\(found.0)",
        "a norm has one of \(kinds); this one has \(found.1)",
        pointer,
        zhHelp: "限制几样的，写成几条标准",
        enHelp: "write a norm for each thing that is limited"
    )
}

private func noShare(_ share: ExactDecimal, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "share",
        "比例应大于 0、不超过 100%，实为 \(share)%",
        "a share is above 0 and at most 100 %, found \(share) %",
        pointer,
        zhHelp: "写法如 3%",
        enHelp: "write one such as 3%"
    )
}

private func fewPoints(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "few-points",
        "收费表至少要有两档",
        "a table of fees needs two points at least",
        pointer,
        zhHelp: "写法如 points: [[500, 16.5], [1000, 30.1]]",
        enHelp: "write points: [[500, 16.5], [1000, 30.1]]"
    )
}

private func notRising(_ point: FeePoint, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let base = point.base.withoutTrailingZeros.grouped
    return diagnostic(
        "not-rising",
        "收费表应逐档递增，计费额 \(base) 元一档不是",
        "bases and fees must rise from point to point; that at \(base) 元 does not",
        pointer,
        zhHelp: "请核对该档及其前一档",
        enHelp: "check this point and the one before"
    )
}

private func noPair(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "pair",
        "此处应为 [计费额, 收费] 两个数",
        "expected two numbers, [base, fee]",
        pointer,
        zhHelp: "写法如 [500, 16.5]",
        enHelp: "write [500, 16.5]"
    )
}

private func oneUnit(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "one-unit",
        "此处应为一个单位",
        "expected one unit",
        pointer,
        zhHelp: "写法如 {day: 20}",
        enHelp: "write {day: 20}"
    )
}

private func noUnits(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "no-units",
        "没有写明标准是什么单位的价格",
        "nothing says what the price is for",
        pointer,
        zhHelp: "写法如 per: [person, day]",
        enHelp: "write per: [person, day]"
    )
}

private func noStep(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "step",
        "\"\(text)\"应为 2 以上的整数：自第几天起",
        "\"\(text)\" must be a whole number of 2 or more: from which day on",
        pointer,
        zhHelp: "写法如 {day: {16: 80%}}",
        enHelp: "write {day: {16: 80%}}"
    )
}

private func notPositive(_ number: ExactDecimal, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    diagnostic(
        "not-positive",
        "标准应大于 0，实为 \(number)",
        "an amount must be above 0, found \(number)",
        pointer,
        zhHelp: "请核对原文",
        enHelp: "check the rule's text"
    )
}
