public import ReviewModel

/// Which kinds of targets there are, and by what names of level 1 and level 2 forms call them.
///
/// Forms of different years put the same kind in different places: 成本 stands under 产出 in older ones and is a first
/// level of its own in newer ones. A taxonomy lists every place of a kind, so that both are understood, and says to
/// which version of the form a place belongs.
public struct TargetTaxonomy: Sendable {
    public var kinds: [TargetKind]

    public init(kinds: [TargetKind]) {
        self.kinds = kinds
    }

    public func kind(_ code: String) -> TargetKind? { kinds.first { $0.code == code } }

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
    public var places: [Place]

    public init(code: String, name: LocalizedText, places: [Place]) {
        self.code = code
        self.name = name
        self.places = places
    }

    /// Where a form puts the kind.
    public struct Place: Sendable, Hashable {
        public var level1: String
        public var level2: String
        /// The version of the form; empty where all versions agree.
        public var version: String

        public init(_ level1: String, _ level2: String, version: String = "") {
            self.level1 = level1
            self.level2 = level2
            self.version = version
        }

        func matches(_ first: String, _ second: String) -> Bool {
            levelName(level1) == first && levelName(level2) == second
        }
    }
}

extension TargetTaxonomy {
    /// The taxonomy of Chinese fiscal performance targets, in its older form (成本 under 产出, 可持续影响 among 效益) and
    /// its newer one (成本 as a first level). A spec may bring its own.
    public static let standard = TargetTaxonomy(kinds: [
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
            places: [
                TargetKind.Place("成本指标", "经济成本指标", version: "newer"),
                TargetKind.Place("成本指标", "社会成本指标", version: "newer"),
                TargetKind.Place("成本指标", "生态环境成本指标", version: "newer"),
                TargetKind.Place("产出指标", "成本指标", version: "older"),
            ]
        ),
        TargetKind(
            code: "benefit",
            name: LocalizedText(zh: "效益", en: "benefit"),
            places: ["经济效益指标", "社会效益指标", "生态效益指标"].map { TargetKind.Place("效益指标", $0) }
                + [
                    TargetKind.Place("效益指标", "可持续影响指标", version: "older"),
                    TargetKind.Place("效益指标", "可持续影响效益指标", version: "older"),
                ]
        ),
        TargetKind(
            code: "satisfaction",
            name: LocalizedText(zh: "满意度", en: "satisfaction"),
            places: [
                TargetKind.Place("满意度指标", "服务对象满意度指标"), TargetKind.Place("满意度指标", "满意度指标"),
            ]
        ),
    ])
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
