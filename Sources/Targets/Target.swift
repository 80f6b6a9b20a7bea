public import ReviewModel

/// One performance target (绩效目标), as declared by the applicant or as rewritten by the reviewer.
public struct Target: Sendable {
    /// 一级目标 and 二级目标, as written.
    public var level1: String
    public var level2: String
    public var name: String { didSet { key = canonicalText(name) } }
    /// The name in the form in which names are compared between tables.
    public private(set) var key: String
    public var value: TargetValue
    /// 目标值依据; empty where none is given.
    public var basis: String
    /// The ids of the budget lines that the target speaks of.
    public var lines: [String]
    public var pointer: JSONPointer

    public init(
        level1: String,
        level2: String,
        name: String,
        value: TargetValue,
        basis: String = "",
        lines: [String] = [],
        pointer: JSONPointer
    ) {
        self.level1 = level1
        self.level2 = level2
        self.name = name
        key = canonicalText(name)
        self.value = value
        self.basis = basis
        self.lines = lines
        self.pointer = pointer
    }

    /// The targets of a table of the dossier, `targets` or `declared_targets`, in order.
    public static func all(in dossier: Dossier, table: String) -> [Target] {
        dossier.rows(of: table).map { row in
            Target(
                level1: row.text("level1"),
                level2: row.text("level2"),
                name: row.text("name"),
                value: TargetValue(row.text("value")),
                basis: row.text("basis"),
                lines: row.texts("lines"),
                pointer: row.pointer
            )
        }
    }

    /// How alike two names are; where many are compared with each other, make their ``NamePairs`` once.
    public static func likeness(_ left: String, _ right: String) -> Int {
        NamePairs(left).likeness(to: NamePairs(right))
    }
}

/// The neighbouring pairs of characters of a name, by which names are likened.
public struct NamePairs: Sendable {
    /// Two scalars in one number, ascending; a pair that stands twice is there twice.
    private let pairs: [UInt64]
    private let name: String

    public init(_ name: String) {
        let scalars = Array(canonicalText(name).unicodeScalars)
        pairs = zip(scalars, scalars.dropFirst()).map { UInt64($0.value) << 32 | UInt64($1.value) }.sorted()
        self.name = name
    }

    /// How alike two names are, 0 to 100: the share of pairs that they have in common (Dice's coefficient).
    public func likeness(to other: NamePairs) -> Int {
        let count = pairs.count + other.pairs.count
        guard count > 0 else { return name == other.name ? 100 : 0 }
        var (common, left, right) = (0, 0, 0)
        while left < pairs.count, right < other.pairs.count {
            if pairs[left] == other.pairs[right] {
                (common, left, right) = (common + 1, left + 1, right + 1)
            } else if pairs[left] < other.pairs[right] {
                left += 1
            } else {
                right += 1
            }
        }
        return 200 * common / count
    }
}
