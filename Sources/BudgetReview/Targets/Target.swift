public import ReviewModel

/// One performance target (绩效目标), as declared by the applicant or as rewritten by the reviewer.
public struct Target: Sendable {
    /// 一级目标 and 二级目标, as written.
    public var level1: String
    public var level2: String
    public var name: String
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
        self.value = value
        self.basis = basis
        self.lines = lines
        self.pointer = pointer
    }

    /// The name in the form in which names are compared between tables.
    public var key: String { canonicalText(name) }

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

    /// How alike two names are, 0 to 100: the share of neighbouring pairs of characters that they have in common
    /// (Dice's coefficient).
    public static func likeness(_ left: String, _ right: String) -> Int {
        let (a, b) = (pairs(canonicalText(left)), pairs(canonicalText(right)))
        let count = a.values.reduce(0, +) + b.values.reduce(0, +)
        guard count > 0 else { return left == right ? 100 : 0 }
        let common = a.reduce(0) { $0 + min($1.value, b[$1.key] ?? 0) }
        return 200 * common / count
    }

    private static func pairs(_ text: String) -> [String: Int] {
        var pairs: [String: Int] = [:]
        for (first, second) in zip(text, text.dropFirst()) { pairs[String([first, second]), default: 0] += 1 }
        return pairs
    }
}
