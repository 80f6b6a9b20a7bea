public import ReviewModel

/// How a node can be scored: any points, points in steps, or one of some levels.
public enum RubricScale: Sendable, Hashable {
    /// Any number of points from the least to the most.
    case free(from: ExactDecimal = 0)
    /// The least and multiples of a step above it: half points, whole points.
    case steps(ExactDecimal, from: ExactDecimal = 0)
    /// One of these, best first.
    case levels([RubricLevel])

    public var levels: [RubricLevel] {
        if case .levels(let levels) = self { levels } else { [] }
    }

    public func level(_ name: String) -> RubricLevel? { levels.first { $0.name == name } }

    /// The least points: −4 of a scale from −4 to 4. Levels begin at none.
    public var minimum: ExactDecimal {
        switch self {
        case .free(let least), .steps(_, let least): least
        case .levels: 0
        }
    }

    /// The levels that stand in the order: all but "not applicable" and those that count as another.
    public var order: [RubricLevel] { levels.filter { !$0.isNotApplicable && $0.countsAs == nil } }

    /// The level that a level counts as, in most cases itself: D for D*.
    public func counted(_ level: RubricLevel) -> RubricLevel { level.countsAs.flatMap(self.level) ?? level }

    /// Whether the levels are an order and nothing more: letters without shares. Their points are then their ranks, 0 for
    /// the last.
    public var isOrdinal: Bool {
        !order.isEmpty && order.allSatisfy { $0.share == nil }
    }

    /// The points of the best rank, where levels are an order.
    public var ranks: ExactDecimal { ExactDecimal(max(0, order.count - 1)) }

    /// The points that a level gives of at most `max`: one number, or the two ends of a range; `nil` where it gives none.
    public func points(of level: RubricLevel, max: ExactDecimal) throws(DecimalOverflow) -> ClosedRange<ExactDecimal>? {
        if level.isNotApplicable { return nil }
        let level = counted(level)
        if isOrdinal {
            guard let position = order.firstIndex(of: level) else { return nil }
            let rank = ExactDecimal(order.count - 1 - position)
            return rank...rank
        }
        guard let share = level.share,
            let lower = try (max * share.lower).divided(by: 100, places: 4)?.withoutTrailingZeros,
            let upper = try (max * share.upper).divided(by: 100, places: 4)?.withoutTrailingZeros
        else { return nil }
        return lower <= upper ? lower...upper : nil
    }
}

/// One answer that a scale allows: 高, yes, B+.
public struct RubricLevel: Sendable, Hashable {
    public var name: String
    /// What it is worth, in percent of the node's points; `nil` for a letter, whose worth is its place in the order.
    public var share: Share?
    /// "Not applicable": the node is left out.
    public var isNotApplicable = false
    /// The level that it counts as, though it is printed by its own name: D for D*, which says that data were lacking.
    public var countsAs: String?
    /// Whether its share has no sign and may be meant otherwise, which is told.
    var lacksSign = false
    /// Where it is written. Two levels that say the same are the same, wherever they stand.
    public var pointer = JSONPointer()

    /// One share, or everything between two: 达成 is 80 % to 100 %.
    public struct Share: Sendable, Hashable {
        public var lower: ExactDecimal
        public var upper: ExactDecimal

        public init(_ lower: ExactDecimal, _ upper: ExactDecimal) { (self.lower, self.upper) = (lower, upper) }
    }

    public init(name: String, share: Share?, isNotApplicable: Bool = false, pointer: JSONPointer = JSONPointer()) {
        (self.name, self.share, self.isNotApplicable, self.pointer) = (name, share, isNotApplicable, pointer)
    }

    public static func == (left: RubricLevel, right: RubricLevel) -> Bool {
        left.name == right.name && left.share == right.share && left.isNotApplicable == right.isNotApplicable
            && left.countsAs == right.countsAs
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(share)
        hasher.combine(isNotApplicable)
        hasher.combine(countsAs)
    }
}

// MARK: - Reading

extension RubricScale {
    /// Reads `{levels: […]}`, `{step: 0.5}`, `{min: -4, step: 1}`, or `{}` for free points.
    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let (levels, step) = (record.optional("levels"), record.optional("step"))
        let least = record.optional("min")?.decimal() ?? 0
        // What is no list is known before the keys are looked at that a comma has made of it.
        let written = levels?.filledList()
        record.finish()
        if let levels {
            let idle = ["step", "min"].filter { record.record[$0] != nil }
            if !idle.isEmpty { reader.log.add(idleKeys(idle, at: reader.pointer / idle[0])) }
            self = .levels((written ?? []).compactMap { $0.asLevel(of: levels) })
        } else if let step, let number = step.decimal() {
            // Of 0,5 it is told that a comma has parted it.
            let isTold = reader.log.diagnostics.contains { $0.pointer == step.pointer }
            if number <= 0, !isTold { reader.log.add(badStep(number, at: step.pointer)) }
            self = .steps(number, from: least)
        } else {
            self = .free(from: least)
        }
    }
}

extension ValueReader {
    /// A level of a list; one that is a few in one word is told at the list.
    func asLevel(of list: ValueReader) -> RubricLevel? {
        if let text = value.text, list.tellsOfJoined(text) { return nil }
        return RubricLevel(self)
    }
}

extension RubricLevel {
    /// Reads `{name: 高, share: 100%}`, `{name: 达成, share: "[80%, 100%]"}`, `{name: NA, not_applicable: true}`,
    /// `{name: D*, counts_as: D}`, or a bare letter.
    init?(_ reader: ValueReader) {
        if case .text(let letter) = reader.value {
            self.init(name: letter, share: nil, pointer: reader.pointer)
            return
        }
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        let isNotApplicable = record.optional("not_applicable")?.boolean() ?? false
        self.init(name: name, share: nil, isNotApplicable: isNotApplicable, pointer: reader.pointer)
        countsAs = record.optional("counts_as")?.text()
        let share = record.optional("share")
        record.finish()
        guard let share else { return }
        if isNotApplicable { reader.log.add(idleShare(name, at: share.pointer)) }
        if let text = share.value.text, text.hasPrefix("[") || meantShares(text) != nil {
            guard let range = Self.range(text) else {
                reader.log.add(badShare(text, at: share.pointer))
                return nil
            }
            if !text.contains("%") { share.tellOfMissingSigns(range) }
            self.share = range
        } else {
            guard let percent = share.percent() else { return nil }
            lacksSign = share.tellOfMissingSign(percent, upTo: 1)
            self.share = Share(percent, percent)
        }
    }

    private static func range(_ text: String) -> Share? {
        let ends = text.dropFirst().dropLast().split(separator: ",").map { part in
            ExactDecimal(part.filter { !" %".contains($0) })
        }
        guard text.hasSuffix("]"), ends.count == 2, let lower = ends[0], let upper = ends[1], lower <= upper else {
            return nil
        }
        return Share(lower, upper)
    }
}

// MARK: - Messages

private func idleKeys(_ keys: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let (zh, en) = (keys.joined(separator: "、"), keys.joined(separator: " and "))
    return rubricDiagnostic(
        "levels-and-steps",
        "这个 scale 写了 levels，\(zh) 不起作用：只能按档次打分",
        "the scale has levels: \(en) \(keys.count == 1 ? "does" : "do") nothing, for one scores by levels or by steps",
        at: pointer,
        help: LocalizedText(zh: "请删去 \(zh)，或删去 levels", en: "remove \(en), or remove levels")
    )
}

private func idleShare(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "share-of-nothing",
        "档次\"\(name)\"表示不适用，share 不起作用：该项不计分",
        "the level \"\(name)\" says that the item does not apply: its share does nothing",
        at: pointer,
        severity: .warning,
        help: LocalizedText(
            zh: "请删去 share；要计 0 分的，删去 not_applicable",
            en: "remove it; where no points are meant, remove not_applicable"
        )
    )
}

private func badStep(_ step: ExactDecimal, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/bad-step",
        message: LocalizedText(zh: "打分的间隔应大于 0，实为 \(step)", en: "a step must be more than 0, it is \(step)"),
        pointer: pointer
    )
}

/// `[80%, 90%)` and `80%~90%` as they are to be written; `nil` for what has other than two shares in it.
private func meantShares(_ text: String) -> String? {
    let ends = text.withPlainCharacters.split(whereSeparator: { "~-至到,[]()".contains($0) }).map { part in
        part.filter { $0 != " " }
    }.filter { !$0.isEmpty }
    guard ends.count == 2, ends.allSatisfy({ ExactDecimal($0.filter { $0 != "%" }) != nil }) else { return nil }
    return "[" + ends.map { $0.hasSuffix("%") ? $0 : $0 + "%" }.joined(separator: ", ") + "]"
}

private func badShare(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/bad-share",
        message: LocalizedText(zh: "\"\(text)\"不是比例区间", en: "\"\(text)\" is no range of shares"),
        pointer: pointer,
        help: {
            let meant = meantShares(text) ?? "[80%, 100%]"
            return LocalizedText(
                zh: "两端都算在内，用方括号：\"\(meant)\"",
                en: "both ends belong to it, so write square brackets: \"\(meant)\""
            )
        }()
    )
}
