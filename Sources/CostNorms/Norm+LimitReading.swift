internal import ReviewModel

extension Norm.Limit {
    static let kinds = ["cap", "most", "share", "table", "limit", "least"]

    /// - Parameter scale: what amounts are multiplied by to be 元.
    init?(_ record: RecordReader, _ scale: ExactDecimal) {
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
            guard let table = Self.table(reader, scale) else { return nil }
            self = table
        case "limit":
            guard let limit = PurchaseLimit(reader, scale) else { return nil }
            self = .purchase(limit)
        default:
            guard let least = Self.least(reader) else { return nil }
            self = least
        }
    }

    private static func table(_ reader: ValueReader, _ scale: ExactDecimal) -> Norm.Limit? {
        guard let table = reader.record() else { return nil }
        let points = table.required("points")?.list().compactMap { FeePoint($0, scale) } ?? []
        let margin = table.optional("margin")?.percent() ?? 0
        table.finish()
        if points.count < 2 { reader.log.add(fewPoints(at: reader.pointer)) }
        for (low, high) in zip(points, points.dropFirst()) where low.base >= high.base || low.fee > high.fee {
            reader.log.add(notRising(high, at: reader.pointer / "points"))
        }
        return .table(points, margin: margin)
    }

    private static func least(_ reader: ValueReader) -> Norm.Limit? {
        guard let least = reader.record()?.all(), let unit = least.first, least.count == 1 else {
            reader.log.add(oneUnit(at: reader.pointer))
            return nil
        }
        return unit.value.decimal().map { .least(unit: unit.key, $0) }
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
