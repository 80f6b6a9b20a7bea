internal import ReviewModel

/// The groups of a core.
struct CoreGroups {
    var keys: [Computation]
    var calls: [AggregateCall]
    var having: [Computation]
}

/// Puts the steps of a bound core together.
struct CorePlanner {
    let scope: Scope
    var input: CoreInput
    let groups: CoreGroups?
    let windows: [(call: WindowCall, reference: WindowReference)]
    let computations: [Computation]
    let columns: [ResultColumn]
    let isDistinct: Bool

    /// Equalities between a row of this core and a row of the query around it.
    private typealias Keys = [(inner: Computation, outer: Computation)]

    mutating func plan() throws(QueryError) -> BoundCore {
        var core = BoundCore(columns: columns, rows: input.joined(), levels: scope.levels)
        let inputLevels = input.levels
        let (keys, rest) = input.optimises ? split(input.conditions, inputLevels) : ([], input.conditions)
        if !keys.isEmpty { answerAtOnce(&core, keys, rest, inputLevels) }
        if !keys.isEmpty { core.rows = Lookup(core.rows, keys, inputLevels: inputLevels) }
        if !rest.isEmpty { core.rows = Filter(core.rows, rest) }
        var width = core.rows.width
        if let groups {
            let aggregation = Aggregation(
                core.rows,
                keys: groups.keys,
                calls: groups.calls,
                groupedSlots: scope.groupedSlots
            )
            core.rows = groups.having.isEmpty ? aggregation : Filter(aggregation, groups.having)
            width = aggregation.width
        }
        if !windows.isEmpty {
            for (index, window) in windows.enumerated() { window.reference.slot = width + index }
            core.rows = Windowing(core.rows, windows.map(\.call))
        }
        core.rows = Projection(core.rows, computations)
        if isDistinct { core.rows = Distinct(core.rows, compared: columns.count) }
        return core
    }

    /// `inner = outer` among the conditions, and the others. Only where the input is the same for all rows of the query
    /// around: else looking up would cost more than it spares.
    private func split(_ conditions: [Computation], _ inputLevels: Levels) -> (keys: Keys, rest: [Computation]) {
        guard scope.level > 0, !inputLevels.contains(scope.level - 1), !input.sources.isEmpty else {
            return ([], conditions)
        }
        var (keys, rest) = (Keys(), [Computation]())
        for condition in conditions {
            guard let test = condition as? ComparisonTest, test.isEquality else {
                rest.append(condition)
                continue
            }
            if isInner(test.left), isOuter(test.right) {
                keys.append((test.left, test.right))
            } else if isInner(test.right), isOuter(test.left) {
                keys.append((test.right, test.left))
            } else {
                rest.append(condition)
            }
        }
        return (keys, rest)
    }

    private func isInner(_ side: Computation) -> Bool { side.sources != 0 && side.levels.isEmpty }
    private func isOuter(_ side: Computation) -> Bool { side.sources == 0 && side.levels.contains(scope.level - 1) }

    /// Where nothing but the keys looks at the row around, all of its rows can be answered together.
    private func answerAtOnce(_ core: inout BoundCore, _ keys: Keys, _ rest: [Computation], _ inputLevels: Levels) {
        let around = scope.level - 1
        func isClosed(_ computations: [Computation]) -> Bool { computations.allSatisfy { !$0.levels.contains(around) } }
        guard isClosed(rest), windows.isEmpty else { return }
        let outer = keys.map { (inner: $0.inner, outer: OuterRow.rebased($0.outer, level: around)) }
        let levels = rest.reduce(inputLevels) { $0.union($1.levels) }
        let rows = rest.isEmpty ? core.rows : Filter(core.rows, rest)
        guard let groups else {
            core.existingKeys = ExistingKeys(rows, outer, levels: levels)
            return
        }
        let arguments = groups.calls.compactMap(\.argument)
        guard groups.keys.isEmpty, groups.having.isEmpty, computations.count == 1, isClosed(computations),
            isClosed(arguments)
        else { return }
        let aggregation = Aggregation(
            rows,
            keys: outer.map(\.inner),
            calls: groups.calls,
            groupedSlots: [],
            emitsKeys: false
        )
        core.groupedAnswer = GroupedAnswer(
            aggregation,
            item: computations[0],
            outerKeys: outer.map(\.outer),
            levels: (arguments + computations).reduce(levels) { $0.union($1.levels) }
        )
    }
}

/// A computation that looks at one row of the query around, as one over all of its rows.
final class OuterRow: Computation {
    private let inner: Computation
    private let level: Int

    static func rebased(_ computation: Computation, level: Int) -> Computation {
        guard let reference = computation as? OuterReference else { return OuterRow(computation, level: level) }
        if reference.level != level { return reference }
        return ColumnReference(slot: reference.slot, kind: reference.kind, source: nil, offset: reference.offset)
    }

    private init(_ inner: Computation, level: Int) {
        (self.inner, self.level) = (inner, level)
        super.init(inner.kind, offset: inner.offset, isSafe: inner.isSafe, of: [inner])
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        var values: [Value] = []
        for row in 0..<batch.count {
            values.append(
                try run.with(batch, row: row, level: level) { () throws(QueryError) in
                    try inner.evaluate(Batch(count: 1, columns: []), run).value(0)
                }
            )
        }
        return .packed(values)
    }
}
