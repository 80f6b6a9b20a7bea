public import ReviewModel

/// Which kinds of targets there are, and by what names of level 1 and level 2 forms call them.
///
/// Forms of different years put the same kind in different places: 成本 stands under 产出 in older ones and is a first
/// level of its own in newer ones. A taxonomy lists every place of a kind, so that both are understood, and says to
/// which version of the form a place belongs.
public struct TargetTaxonomy: Sendable {
    /// Tells taxonomies apart; empty for none.
    public var version: String
    /// The documents that the kinds and places come from.
    public var source: String
    public var kinds: [TargetKind]

    public init(version: String = "", source: String = "", kinds: [TargetKind]) {
        self.version = version
        self.source = source
        self.kinds = kinds
    }

    public func kind(_ code: String) -> TargetKind? { kinds.first { $0.code == code } }

    /// The codes of all kinds, each followed by its parts.
    public var codes: [String] { kinds.flatMap { [$0.code] + $0.parts.map(\.code) } }

    /// The name of a kind or of a part of one; `nil` for unknown codes.
    public func name(of code: String) -> LocalizedText? {
        kind(code)?.name ?? kinds.flatMap(\.parts).first { $0.code == code }?.name
    }

    /// The kind that a target of these two levels is of, and what is wrong with the levels.
    public func classify(level1: String, level2: String) -> Classification {
        let (first, second) = (levelName(level1), levelName(level2))
        let places = kinds.flatMap { kind in kind.places.map { (kind: kind, place: $0) } }
        if let found = places.first(where: { $0.place.matches(first, second) }) {
            return .placed(found.kind, found.place)
        }
        let bySecond = places.filter { levelName($0.place.level2) == second }
        if let found = bySecond.first {
            return .misplaced(found.kind, under: bySecond.map(\.place.level1))
        }
        let byFirst = places.filter { levelName($0.place.level1) == first }
        let codes = Set(byFirst.map(\.kind.code))
        if let found = byFirst.first {
            return .unknownLevel2(codes.count == 1 ? found.kind : nil, known: byFirst.map(\.place.level2))
        }
        return .unknown(known: unique(places.map(\.place.level1)))
    }

    public enum Classification: Sendable, Hashable {
        case placed(TargetKind, TargetKind.Place)
        /// Level 2 is known, but not under this level 1; `under` are those where it stands.
        case misplaced(TargetKind, under: [String])
        /// Level 1 is known, level 2 is not; the kind, when level 1 alone tells it.
        case unknownLevel2(TargetKind?, known: [String])
        case unknown(known: [String])

        /// The code of the part of the kind; `nil` where the kind has no parts or the levels do not tell.
        public var part: String? {
            switch self {
            case .placed(_, let place): place.part.isEmpty ? nil : place.part
            case .misplaced, .unknownLevel2, .unknown: nil
            }
        }

        public var kind: TargetKind? {
            switch self {
            case .placed(let kind, _), .misplaced(let kind, _): kind
            case .unknownLevel2(let kind, _): kind
            case .unknown: nil
            }
        }
    }
}

/// A kind of target: 数量, 质量, 时效, 成本, 效益, 满意度.
public struct TargetKind: Sendable, Hashable {
    public var code: String
    public var name: LocalizedText
    /// What the kind is divided into: 经济效益, 社会效益 … Empty where it is one thing.
    public var parts: [Part]
    public var places: [Place]

    public init(code: String, name: LocalizedText, parts: [Part] = [], places: [Place]) {
        self.code = code
        self.name = name
        self.parts = parts
        self.places = places
    }

    /// A part of a kind, with a code of its own that requirements and facts can name.
    public struct Part: Sendable, Hashable {
        public var code: String
        public var name: LocalizedText

        public init(_ code: String, _ name: LocalizedText) {
            self.code = code
            self.name = name
        }
    }

    /// Where a form puts the kind.
    public struct Place: Sendable, Hashable {
        public var level1: String
        public var level2: String
        /// The version of the form; empty where all versions agree.
        public var version: String
        /// The code of the part of the kind that stands here; empty for the kind as such.
        public var part: String

        public init(_ level1: String, _ level2: String, version: String = "", part: String = "") {
            self.level1 = level1
            self.level2 = level2
            self.version = version
            self.part = part
        }

        func matches(_ first: String, _ second: String) -> Bool {
            levelName(level1) == first && levelName(level2) == second
        }
    }
}

extension TargetTaxonomy {
    /// The taxonomy of Chinese fiscal performance targets. A spec may bring its own.
    ///
    /// The places marked `older` are those of 《中央部门预算绩效目标管理办法》（财预〔2015〕88号）: 成本 under 产出, 可持续影响 among
    /// 效益. Those marked `newer` are those of 《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）: 成本 as a
    /// first level. Forms in use mix both.
    public static let standard = TargetTaxonomy(
        version: "2021",
        source: "财预〔2015〕88号、财预〔2021〕101号",
        kinds: standardKinds
    )

    private static let standardKinds = [
        TargetKind(
            code: "quantity",
            name: LocalizedText(zh: "数量", en: "quantity"),
            places: [TargetKind.Place("产出指标", "数量指标")]
        ),
        TargetKind(
            code: "quality",
            name: LocalizedText(zh: "质量", en: "quality"),
            places: [TargetKind.Place("产出指标", "质量指标")]
        ),
        TargetKind(
            code: "timeliness",
            name: LocalizedText(zh: "时效", en: "timeliness"),
            places: [TargetKind.Place("产出指标", "时效指标")]
        ),
        TargetKind(
            code: "cost",
            name: LocalizedText(zh: "成本", en: "cost"),
            parts: [
                TargetKind.Part("economic_cost", LocalizedText(zh: "经济成本", en: "economic cost")),
                TargetKind.Part("social_cost", LocalizedText(zh: "社会成本", en: "social cost")),
                TargetKind.Part("environmental_cost", LocalizedText(zh: "生态环境成本", en: "environmental cost")),
            ],
            places: [
                TargetKind.Place("成本指标", "经济成本指标", version: "newer", part: "economic_cost"),
                TargetKind.Place("成本指标", "社会成本指标", version: "newer", part: "social_cost"),
                TargetKind.Place("成本指标", "生态环境成本指标", version: "newer", part: "environmental_cost"),
                TargetKind.Place("产出指标", "成本指标", version: "older"),
            ]
        ),
        TargetKind(
            code: "benefit",
            name: LocalizedText(zh: "效益", en: "benefit"),
            parts: [
                TargetKind.Part("economic_benefit", LocalizedText(zh: "经济效益", en: "economic benefit")),
                TargetKind.Part("social_benefit", LocalizedText(zh: "社会效益", en: "social benefit")),
                TargetKind.Part("ecological_benefit", LocalizedText(zh: "生态效益", en: "ecological benefit")),
                TargetKind.Part("sustainability", LocalizedText(zh: "可持续影响", en: "lasting influence")),
            ],
            places: [
                TargetKind.Place("效益指标", "经济效益指标", part: "economic_benefit"),
                TargetKind.Place("效益指标", "社会效益指标", part: "social_benefit"),
                TargetKind.Place("效益指标", "生态效益指标", part: "ecological_benefit"),
                TargetKind.Place("效益指标", "可持续影响指标", version: "older", part: "sustainability"),
                TargetKind.Place("效益指标", "可持续影响效益指标", version: "older", part: "sustainability"),
            ]
        ),
        TargetKind(
            code: "satisfaction",
            name: LocalizedText(zh: "满意度", en: "satisfaction"),
            places: [
                TargetKind.Place("满意度指标", "服务对象满意度指标"), TargetKind.Place("满意度指标", "满意度指标"),
            ]
        ),
    ]
}

/// A level's name without what forms vary in: 数量指标, 数量目标 and 数量 are one.
private func levelName(_ text: String) -> String {
    let name = canonicalText(text)
    for ending in ["指标", "目标"] where name.hasSuffix(ending) && name.count > ending.count {
        return String(name.dropLast(ending.count))
    }
    return name
}

private func unique(_ texts: [String]) -> [String] {
    var seen = Set<String>()
    return texts.filter { seen.insert($0).inserted }
}
