/// The tables behind `FROM`, and what must hold of their rows.
struct CoreInput {
    struct Source {
        var rows: Operator
        /// The queries around that it looks at.
        var levels: Levels
        /// What stands behind `ON`.
        var conditions: [Computation]
        var keepsLeft = false
        /// The slot of its first column.
        var base = 0
    }

    let scope: Scope
    let optimises: Bool
    private(set) var sources: [Source] = []
    /// The queries around that the joined rows depend on.
    private(set) var levels = Levels()
    /// What stands behind `WHERE`.
    var conditions: [Computation] = []

    init(scope: Scope, optimises: Bool) { (self.scope, self.optimises) = (scope, optimises) }

    mutating func add(_ source: Source, _ keepsLeft: Bool) throws(QueryError) {
        var source = source
        source.keepsLeft = keepsLeft
        source.base = scope.columns.count - source.rows.width
        sources.append(source)
        levels = source.conditions.reduce(levels.union(source.levels)) { $0.union($1.levels) }
    }

    /// The joined rows; conditions of ``conditions`` that could hold earlier have moved there, and the others are left.
    ///
    /// A condition only moves when it can be computed for any row at all: then nobody can see that it was.
    mutating func joined() -> Operator {
        guard !sources.isEmpty else { return SingleRow() }
        if optimises { moveConditions() }
        var rows = filtered(0)
        for index in sources.indices.dropFirst() {
            let (keys, rest) = split(sources[index].conditions, at: index)
            let (own, between) = ownConditions(rest, of: index)
            sources[index].conditions = own
            rows = Join(
                rows,
                filtered(index),
                keys: keys,
                conditions: between,
                keepsLeft: sources[index].keepsLeft,
                rightLevels: own.reduce(sources[index].levels) { $0.union($1.levels) }
            )
        }
        return rows
    }

    private mutating func moveConditions() {
        var left: [Computation] = []
        for condition in conditions {
            let last = UInt64.bitWidth - condition.sources.leadingZeroBitCount - 1
            let isMovable =
                condition.isSafe && condition.levels.isEmpty && condition.sources != 0 && last < sources.count
                && !sources[last].keepsLeft
            if isMovable { sources[last].conditions.append(condition) } else { left.append(condition) }
        }
        conditions = left
    }

    /// Equalities of a column before with one of table `index`, and the other conditions.
    private func split(
        _ conditions: [Computation],
        at index: Int
    ) -> (keys: [(left: Computation, right: Computation)], rest: [Computation]) {
        guard optimises else { return ([], conditions) }
        var (keys, rest) = ([(left: Computation, right: Computation)](), [Computation]())
        let own = UInt64(1) << UInt64(index)
        for condition in conditions {
            guard let test = condition as? ComparisonTest, test.isEquality, test.levels.isEmpty else {
                rest.append(condition)
                continue
            }
            let (left, right) = (test.left.sources, test.right.sources)
            if right == own, left != 0, left < own {
                keys.append((test.left, test.right))
            } else if left == own, right != 0, right < own {
                keys.append((test.right, test.left))
            } else {
                rest.append(condition)
            }
        }
        return (keys, rest)
    }

    /// Conditions of table `index` alone, which can hold before it is joined, and the others.
    private func ownConditions(
        _ conditions: [Computation],
        of index: Int
    ) -> (own: [Computation], between: [Computation]) {
        guard optimises else { return ([], conditions) }
        let own = UInt64(1) << UInt64(index)
        return (
            conditions.filter { $0.isSafe && $0.sources == own && $0.levels.isEmpty },
            conditions.filter { !($0.isSafe && $0.sources == own && $0.levels.isEmpty) }
        )
    }

    private func filtered(_ index: Int) -> Operator {
        let source = sources[index]
        if source.conditions.isEmpty { return source.rows }
        return Filter(source.rows, source.conditions, behind: source.base)
    }
}
