internal import ReviewModel

/// A column of the rows that a query looks at.
struct ScopeColumn {
    /// The name, or alias, of the table that it comes from.
    var table: String
    var name: String
    var title: LocalizedText?
    /// `nil` for what was computed.
    var type: ColumnType?
    var unit = ""
    var kind: Kind?
    var isWhole = false
    /// Which of the tables behind `FROM` it belongs to, from 0.
    var source: Int
    /// The only texts that it may have, where the form lists them.
    var values: [String] = []
    /// What the form and people call these, each with its value.
    var titles: [String: String] = [:]
}

/// The columns that a name may mean: those of the query it stands in, then those of the queries around that one.
final class Scope {
    private(set) var columns: [ScopeColumn] = []
    private var slotsByName: [String: [Int]] = [:]
    private var read: [Bool] = []
    let parent: Scope?
    /// How many queries there are around this one.
    let level: Int
    /// The queries around that this one looks at.
    var levels = Levels()

    /// Whether one of its tables is not known, so that any name may be a column of it.
    var isOpen = false

    /// Whether rows are gathered in groups, so that only what is the same in the whole group has a value.
    var isGrouped = false
    /// Columns that the groups are made by.
    var groupedSlots: Set<Int> = []
    /// How many keys the groups are made by.
    var keyCount = 0
    var calls: [AggregateCall] = []
    /// Functions of windows, whose slots are known when everything is bound; `nil` where none can stand.
    var windows: [(call: WindowCall, reference: WindowReference)]?

    init(parent: Scope?) {
        self.parent = parent
        level = parent.map { $0.level + 1 } ?? 0
    }

    func add(_ added: [ScopeColumn]) {
        for column in added {
            slotsByName[column.name, default: []].append(columns.count)
            columns.append(column)
            read.append(false)
        }
    }

    func isRead(_ slot: Int) -> Bool { slot >= read.count || read[slot] }
    func markRead(_ slot: Int) { read[slot] = true }

    /// The slots that a name may mean here.
    func slots(_ table: String?, _ name: String) -> [Int] {
        let slots = slotsByName[name] ?? []
        return table.map { table in slots.filter { columns[$0].table == table } } ?? slots
    }
}

/// The column that a window call becomes.
final class WindowReference: Computation {
    var slot = 0

    init(_ call: WindowCall, kind: Kind?, offset: Int) {
        super.init(kind, offset: offset, isSafe: true)
        for part in call.arguments + call.partitions + call.order.map(\.computation) { look(at: part.levels) }
    }

    override func evaluate(_ batch: Batch, _ run: Run) -> Vector { batch.columns[slot] }
}
