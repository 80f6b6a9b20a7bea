/// Bytes as choices: what comes first decides first, and when there are no more every choice is the first, which is always
/// the simplest. So any bytes make something that ends, and libFuzzer can look for the ones that reach far.
public struct Choices {
    private let bytes: [UInt8]
    private var position = 0

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// So many bytes made from a number, the same on every machine (SplitMix64).
    public init(seed: UInt64, count: Int) {
        var (state, bytes) = (seed, [UInt8]())
        while bytes.count < count {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            mixed ^= mixed >> 31
            withUnsafeBytes(of: mixed.littleEndian) { bytes += $0 }
        }
        self.init(bytes)
    }

    /// 0 up to but without `count`.
    public mutating func below(_ count: Int) -> Int {
        guard position < bytes.count else { return 0 }
        defer { position += 1 }
        return Int(bytes[position]) % count
    }

    public mutating func pick(_ words: [String]) -> String { words[below(words.count)] }
    /// Whether something happens that mostly does not.
    public mutating func happens() -> Bool { below(4) == 3 }
}

/// Queries that are right, over the tables `t` and `u` of ``tables``: names exist and kinds fit, so that every database has
/// the same answer to them. They keep to whole numbers and to what SQL leaves to nobody's taste.
public struct QueryGenerator {
    private var choices: Choices
    private var aliases = 0
    private var depth = 0

    /// Name, columns that are whole numbers, columns of text. `id` is different in every row.
    public static let tables: [(name: String, numbers: [String], texts: [String])] = [
        ("t", ["id", "a", "b"], ["s"]), ("u", ["id", "a", "c"], ["s"]),
    ]

    /// The columns that can be named, innermost query last.
    private struct Names {
        var numbers: [String] = []
        var texts: [String] = []
    }

    public init(_ choices: Choices) { self.choices = choices }

    /// A query whose rows are compared as a set, unless it ends in `ORDER BY` all of its columns.
    public mutating func query() -> String { select(Names(), columns: 1 + choices.below(3), isOrdered: true) }

    private mutating func select(_ outer: Names, columns: Int, isOrdered: Bool = false) -> String {
        depth += 1
        defer { depth -= 1 }
        var prefix = ""
        var views: [String] = []
        if depth < 3, choices.happens() {
            aliases += 1
            let name = "v\(aliases)"
            views = [name]
            prefix = "WITH \(name) AS (\(numbersQuery(outer))) "
        }
        var text = prefix + core(outer, columns, views)
        if choices.below(8) == 7 {
            text += choices.pick([" UNION ", " UNION ALL "]) + core(outer, columns, [])
        }
        if isOrdered, choices.happens() {
            text += " ORDER BY " + (1...columns).map { "\($0)" + choices.pick(["", " DESC"]) }.joined(separator: ", ")
            if choices.happens() { text += " LIMIT \(choices.below(6))" }
            if text.contains(" LIMIT "), choices.happens() { text += " OFFSET \(choices.below(4))" }
        }
        return text
    }

    /// A query of the columns `x` and `y`, both numbers.
    private mutating func numbersQuery(_ outer: Names) -> String {
        let (from, own) = from(outer, [])
        let names = joined(outer, own)
        return "SELECT \(number(own)) AS x, \(number(names)) AS y FROM \(from)" + whereClause(names)
    }

    private mutating func core(_ outer: Names, _ columns: Int, _ views: [String]) -> String {
        let (from, own) = from(outer, views)
        let names = joined(outer, own)
        let text = " FROM \(from)" + whereClause(names)
        switch choices.below(6) {
        case 4: return grouped(own, outer, columns, text)
        case 5:
            let items = (0..<columns).map { _ in aggregate(own) }
            return "SELECT " + items.joined(separator: ", ") + text
        default:
            let distinct = choices.happens() ? "DISTINCT " : ""
            let items = (0..<columns).map { _ in choices.below(8) == 7 ? window(own, from) : item(names) }
            return "SELECT " + distinct + items.joined(separator: ", ") + text
        }
    }

    private mutating func grouped(_ own: Names, _ outer: Names, _ columns: Int, _ from: String) -> String {
        let key = choices.happens() && !own.texts.isEmpty ? choices.pick(own.texts) : choices.pick(own.numbers)
        let items = [key] + (1..<max(columns, 1)).map { _ in aggregate(own) }
        let having = choices.happens() ? " HAVING \(aggregate(own)) \(comparison()) \(literal())" : ""
        return "SELECT " + items.prefix(columns).joined(separator: ", ") + from + " GROUP BY \(key)" + having
    }

    private mutating func from(_ outer: Names, _ views: [String]) -> (String, Names) {
        var (text, names) = source(outer, views)
        for _ in 0..<[0, 0, 0, 1, 1, 2][choices.below(6)] {
            let (next, added) = source(outer, views)
            let all = joined(names, added)
            switch choices.below(5) {
            case 0: text += ", " + next
            case 1: text += " CROSS JOIN " + next
            case 2: text += " LEFT JOIN \(next) ON " + condition(joined(outer, all))
            default:
                let kind = choices.pick([" JOIN ", " LEFT JOIN ", " INNER JOIN "])
                let equal = "\(choices.pick(names.numbers)) = \(choices.pick(added.numbers))"
                text += kind + next + " ON " + equal + (choices.happens() ? " AND " + condition(all) : "")
            }
            names = all
        }
        return (text, names)
    }

    private mutating func source(_ outer: Names, _ views: [String]) -> (String, Names) {
        aliases += 1
        let alias = "q\(aliases)"
        if !views.isEmpty, choices.happens() {
            return ("\(views[0]) \(alias)", Names(numbers: ["\(alias).x", "\(alias).y"]))
        }
        if depth < 4, choices.below(6) == 5 {
            return ("(\(numbersQuery(outer))) \(alias)", Names(numbers: ["\(alias).x", "\(alias).y"]))
        }
        let table = Self.tables[choices.below(2)]
        return (
            "\(table.name) \(alias)",
            Names(numbers: table.numbers.map { "\(alias).\($0)" }, texts: table.texts.map { "\(alias).\($0)" })
        )
    }

    private mutating func whereClause(_ names: Names) -> String {
        choices.below(3) == 0 ? "" : " WHERE " + condition(names)
    }

    private func joined(_ outer: Names, _ inner: Names) -> Names {
        Names(numbers: inner.numbers + outer.numbers, texts: inner.texts + outer.texts)
    }
}

// MARK: - Expressions

extension QueryGenerator {
    private mutating func literal() -> String { "\(choices.below(7))" }
    private mutating func comparison() -> String { choices.pick(["=", "<>", "<", "<=", ">", ">="]) }

    private mutating func item(_ names: Names) -> String {
        choices.below(5) == 4 ? text(names) : number(names)
    }

    private mutating func number(_ names: Names) -> String {
        depth += 1
        defer { depth -= 1 }
        if depth > 6 || names.numbers.isEmpty { return names.numbers.first ?? "1" }
        switch choices.below(14) {
        case 6: return literal()
        case 7: return "(\(number(names)) \(choices.pick(["+", "-", "*"])) \(number(names)))"
        case 8: return "-\(choices.pick(names.numbers))"
        case 9: return "CASE WHEN \(condition(names)) THEN \(number(names)) ELSE \(number(names)) END"
        case 10: return "coalesce(\(number(names)), \(literal()))"
        case 11: return "nullif(\(number(names)), \(literal()))"
        case 12: return "(\(number(names)) % \(1 + choices.below(5)))"
        case 13: return scalarQuery(names)
        default: return choices.pick(names.numbers)
        }
    }

    private mutating func text(_ names: Names) -> String {
        guard !names.texts.isEmpty else { return "'k\(choices.below(3))'" }
        switch choices.below(6) {
        case 3: return "(\(choices.pick(names.texts)) || 'x')"
        case 4: return "coalesce(\(choices.pick(names.texts)), 'none')"
        case 5: return "substr(\(choices.pick(names.texts)), 1, 1)"
        default: return choices.pick(names.texts)
        }
    }

    private mutating func condition(_ names: Names) -> String {
        depth += 1
        defer { depth -= 1 }
        if depth > 6 { return "1 = 1" }
        switch choices.below(14) {
        case 3: return "(\(condition(names)) AND \(condition(names)))"
        case 4: return "(\(condition(names)) OR \(condition(names)))"
        case 5: return "NOT (\(condition(names)))"
        case 6: return "\(number(names)) IS \(choices.pick(["", "NOT "]))NULL"
        case 7: return "\(number(names)) \(choices.pick(["", "NOT "]))IN (\(literal()), \(literal()), NULL)"
        case 8: return "\(number(names)) \(choices.pick(["", "NOT "]))BETWEEN \(literal()) AND \(number(names))"
        case 9: return "\(text(names)) \(choices.pick(["", "NOT "]))LIKE '\(choices.pick(["k%", "%1", "k_", "%"]))'"
        case 10: return "\(text(names)) \(comparison()) \(text(names))"
        case 11 where depth < 5: return "\(choices.pick(["", "NOT "]))EXISTS (\(inner(names, item: "1")))"
        case 12 where depth < 5: return "\(number(names)) \(choices.pick(["", "NOT "]))IN (\(inner(names, item: nil)))"
        case 13 where depth < 5: return "\(number(names)) \(comparison()) \(scalarQuery(names))"
        default: return "\(number(names)) \(comparison()) \(number(names))"
        }
    }

    private mutating func scalarQuery(_ names: Names) -> String {
        if depth > 4 { return literal() }
        let (from, own) = from(names, [])
        return "(SELECT \(aggregate(own)) FROM \(from)\(innerCondition(own, names)))"
    }

    /// A query of one column that mostly looks at the row around it.
    private mutating func inner(_ names: Names, item: String?) -> String {
        let (from, own) = from(names, [])
        return "SELECT \(item ?? number(own)) FROM \(from)\(innerCondition(own, names))"
    }

    private mutating func innerCondition(_ own: Names, _ outer: Names) -> String {
        guard !outer.numbers.isEmpty, choices.below(4) > 0 else { return whereClause(own) }
        let equal = "\(choices.pick(own.numbers)) = \(choices.pick(outer.numbers))"
        return " WHERE \(equal)" + (choices.happens() ? " AND " + condition(joined(outer, own)) : "")
    }

    private mutating func aggregate(_ own: Names) -> String {
        switch choices.below(6) {
        case 1: return "sum(\(choices.pick(own.numbers)))"
        case 2: return "min(\(choices.pick(own.numbers)))"
        case 3: return "max(\(choices.pick(own.numbers)))"
        case 4: return "count(DISTINCT \(choices.pick(own.numbers)))"
        case 5: return "coalesce(sum(\(choices.pick(own.numbers))), 0) + count(\(choices.pick(own.numbers)))"
        default: return "count(*)"
        }
    }

    /// Ordered by something that is different in every row, where the place of a row matters.
    private mutating func window(_ own: Names, _ from: String) -> String {
        let ids = own.numbers.filter { $0.hasSuffix(".id") }
        let key = choices.pick(own.numbers)
        let partition = choices.happens() ? "PARTITION BY \(choices.pick(own.numbers)) " : ""
        // Rows of a join are only told apart by the ids of all its tables.
        guard !ids.isEmpty, own.numbers.count == ids.count * 3 else {
            return "rank() OVER (\(partition)ORDER BY \(key))"
        }
        let order = "ORDER BY \(choices.pick(["", "\(key), ", "\(key) DESC, "]))\(ids.joined(separator: ", "))"
        switch choices.below(6) {
        case 0: return "row_number() OVER (\(partition)\(order))"
        case 1: return "rank() OVER (\(partition)ORDER BY \(key))"
        case 2: return "sum(\(key)) OVER (\(partition)ORDER BY \(choices.pick(own.numbers)))"
        case 3: return "lag(\(key)) OVER (\(partition)\(order))"
        case 4: return "lead(\(key), 2, 0) OVER (\(partition)\(order))"
        default: return "count(*) OVER (\(partition.isEmpty ? "" : partition))"
        }
    }
}
