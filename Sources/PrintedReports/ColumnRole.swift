internal import BudgetLines
internal import ReviewModel

/// What a column of a printed table holds. The words that heads say for it are data: `columns` of the report's words.
enum ColumnRole: String, Sendable, CaseIterable {
    /// 序号.
    case number
    case item, detail, quantity, unit
    case unitPrice = "unit_price"
    case requested, approved, cut, increase
    case cutRate = "cut_rate"
    case reason
    case year, original, adjusted, paid, execution
    case level1, level2, indicator
    /// ≥, ≤: 指标性质.
    case comparison
    /// The target's value.
    case value
    /// What the value counts: 度量单位.
    case measure
    case basis, actual, points, score
    /// The points that the review gives, where a table has those of the applicant beside them.
    case reviewScore = "review_points"
    /// Points in percent of the most there may be: 得分率.
    case scoreRate = "score_rate"
    /// A part in percent of the whole: 占比.
    case share

    /// The roles whose cells are figures of some kind.
    static let figures: Set<ColumnRole> = money.union([
        .quantity, .cutRate, .execution, .points, .score, .reviewScore, .scoreRate, .share,
    ])

    /// The roles whose cells are amounts of money.
    static let money: Set<ColumnRole> = [
        .unitPrice, .requested, .approved, .cut, .increase, .original, .adjusted, .paid,
    ]
}

/// What the columns of a table hold, as its head says.
struct PrintedColumns: Sendable {
    /// By column; `nil` where the head says nothing that is known.
    private let roles: [ColumnRole?]
    /// What an amount of each column is printed in.
    private var units: [PrintedUnit]
    /// Whether the head of a column says so itself.
    private let saysUnit: [Bool]
    /// Whether the head of the names does, for all: 项目资金（万元）.
    private let saysUnitInNames: Bool
    /// Whether the head of a column of amounts, other than prices, says a unit.
    private let hasUnitOfAmounts: Bool
    /// Whether some head says the unit of amounts.
    var someHeadSaysUnit: Bool { saysUnitInNames || hasUnitOfAmounts }
    /// Whether the items alone tell the rows apart: what else stands beside them, 规格型号 or 品牌, names nothing.
    private(set) var isNamedByItem = false
    /// Columns that describe what the item names: 规格型号, 品牌.
    private(set) var remarks: Set<Int> = []
    /// Columns that are called like one that is read, of an earlier year, each with that one.
    private(set) var earlier: [(column: Int, read: Int)] = []

    var count: Int { roles.count }

    /// Looks whether each of the rows has an item of its own.
    mutating func noteItems(of rows: [PrintedTable.Row]) {
        guard let column = index(of: .item), index(of: .detail) == nil else { return }
        let items = rows.filter { !$0.isTotal && $0.cells.count == count }.map { $0.cells[column].folded }
        isNamedByItem = !items.contains("") && Set(items).count == items.count
    }

    /// The columns of money whose unit is that of the table: those whose heads say none, or all where each head says one.
    var shared: [Int] {
        let money = roles.indices.filter { roles[$0].map(ColumnRole.money.contains) ?? false }
        let silent = money.filter { !saysUnit[$0] }
        return silent.isEmpty ? money : silent
    }

    /// What the amounts of ``shared`` are printed in; `nil` where they differ, or there are none.
    var commonUnit: PrintedUnit? {
        let all = Set(shared.map { units[$0] })
        return all.count == 1 ? all.first : nil
    }

    /// Whether the head says the unit of ``shared``.
    var headSaysUnit: Bool { saysUnitInNames || shared.contains { saysUnit[$0] } }

    /// The same columns, with amounts of ``shared`` in another unit.
    func reading(in unit: PrintedUnit) -> PrintedColumns {
        var columns = self
        for column in shared { columns.units[column] = unit }
        return columns
    }

    /// Whether a column is one of ``earlier``.
    func isEarlier(_ column: Int) -> Bool { earlier.contains { $0.column == column } }

    /// Whether the columns are the same ones, in the same units.
    func isAlike(_ other: PrintedColumns) -> Bool { roles == other.roles && units == other.units }

    func index(of role: ColumnRole) -> Int? { roles.firstIndex(of: role) }
    func role(at column: Int) -> ColumnRole? { roles.indices.contains(column) ? roles[column] : nil }
    /// How many yuan an amount of 1 in the column is.
    func scale(at column: Int) -> ExactDecimal { units.indices.contains(column) ? units[column].inYuan : 1 }

    /// The columns of a head, if it is the head of such a table.
    ///
    /// - Parameters:
    ///   - unit: what the table says that its amounts are in.
    ///   - known: what some columns hold by what they reckon; no other is requested, approved, cut or increase then.
    init?(
        _ head: [String],
        of kind: PrintedTable.Kind,
        _ words: ReportWords,
        unit: PrintedUnit?,
        _ known: [Int: ColumnRole] = [:]
    ) {
        self.init(PossibleHead(head, words), of: kind, words, unit: unit, known)
    }

    /// As above, of a head whose words have been looked up.
    init?(
        _ head: PossibleHead,
        of kind: PrintedTable.Kind,
        _ words: ReportWords,
        unit: PrintedUnit?,
        _ known: [Int: ColumnRole] = [:]
    ) {
        guard let shape = Self.shapes[kind] else { return nil }
        let said = head.roles.union(RoleSet(known.values))
        // Most rows are no heads, which the roles that their words have tell before anything is settled.
        guard shape.needs.allSatisfy({ !said.isDisjoint(with: $0) }) else { return nil }
        let cells = head.cells
        let years = cells.map { SaidYear($0.folded, words) }
        var roles = [ColumnRole?](repeating: nil, count: cells.count)
        for (column, role) in known { roles[column] = role }
        var taken: Set<ColumnRole> = known.isEmpty ? [] : [.requested, .approved, .cut, .increase]
        // What a head says outright goes before what it only ends with.
        for isExact in [true, false] {
            for role in shape.roles where !taken.contains(role) {
                let ranks = cells.indices.compactMap { column -> (column: Int, rank: Int)? in
                    guard roles[column] == nil else { return nil }
                    return cells[column].rank(of: role, isExact: isExact).map { (column, $0) }
                }
                // Of two columns that may hold it, the one with the word that stands first in the list does.
                // Of two with the same word the first does; of 分值 the last, for points of levels stand before those of their parts.
                guard
                    let best = ranks.min(by: { a, b in
                        // 2025年金额 and 2026年金额, under whatever words: the later is what is asked for.
                        if let order = years[a.column].flatMap({ $0.order(years[b.column]) }) {
                            return order == .later
                        }
                        if a.rank != b.rank { return a.rank < b.rank }
                        // 申报目标值 and 评审目标值: what the review made of it counts.
                        if role == .value {
                            let isReviewed = { (column: Int) in
                                words["reviewed_heads"].contains { cells[column].folded.hasPrefix($0) }
                            }
                            return isReviewed(a.column) && !isReviewed(b.column)
                        }
                        return role == .points && a.column > b.column
                    })
                else { continue }
                roles[best.column] = role
                taken.insert(role)
                earlier += ranks.filter { other in
                    years[best.column].flatMap { $0.order(years[other.column]) } == .later
                }.map { ($0.column, best.column) }
            }
        }
        earlier.removeAll { roles[$0.column] != nil }
        earlier.sort { $0.column < $1.column }
        guard shape.needs.allSatisfy({ !RoleSet(taken).isDisjoint(with: $0) }) else { return nil }
        self.roles = roles
        remarks = Set(cells.indices.filter { roles[$0] == nil && words["remark"].end(cells[$0].folded) })
        let ownUnits = cells.map { $0.unit(words) }
        // 项目资金（万元） over the names of the rows speaks of all columns.
        let names = cells.indices.filter { column in roles[column].map { !ColumnRole.figures.contains($0) } ?? true }
        let named = names.lazy.compactMap { ownUnits[$0] }.first
        let common = unit == .wan ? .wan : named ?? unit ?? .yuan
        // 核减 beside 申报金额（万元）is in what the other amounts are in.
        let amounts = cells.indices.filter { column in
            roles[column].map { ColumnRole.money.contains($0) && $0 != .unitPrice } ?? false
        }
        let ownOfAmounts = Set(amounts.compactMap { ownUnits[$0] })
        let ofOthers = unit == nil && named == nil && ownOfAmounts.count == 1 ? ownOfAmounts.first : nil
        units = ownUnits.enumerated().map { $1 ?? (amounts.contains($0) ? ofOthers : nil) ?? common }
        hasUnitOfAmounts = !ownOfAmounts.isEmpty
        saysUnit = ownUnits.map { $0 != nil }
        saysUnitInNames = named != nil
    }

    /// Which columns a kind of table has, and of which of them it needs one each.
    private struct Shape {
        var roles: [ColumnRole]
        var needs: [RoleSet]
    }

    private static let lines: [ColumnRole] = [.number, .item, .detail]
    private static let shapes: [PrintedTable.Kind: Shape] = [
        .audit: Shape(
            roles: lines + [.approved, .requested, .cut, .increase, .cutRate, .reason, .quantity, .unit, .unitPrice],
            needs: [[.approved], [.requested, .cut]]
        ),
        .budget: Shape(
            roles: lines + [.requested, .quantity, .unit, .unitPrice, .reason],
            needs: [[.requested], [.quantity, .unitPrice]]
        ),
        .history: Shape(
            roles: [.number, .year, .item, .detail, .adjusted, .original, .paid, .execution],
            needs: [[.year], [.adjusted, .original], [.paid]]
        ),
        .targets: Shape(
            roles: [
                .number, .level1, .level2, .indicator, .comparison, .value, .measure, .basis, .actual, .points,
                .reviewScore, .score, .scoreRate, .reason,
            ],
            needs: [[.indicator], [.value]]
        ),
        .funds: Shape(
            roles: lines + [.original, .adjusted, .paid, .execution, .points, .score, .reason],
            needs: [[.adjusted, .original], [.paid], [.execution]]
        ),
        .scoreSheet: Shape(
            roles: [
                .number, .level1, .level2, .indicator, .item, .points, .reviewScore, .score, .scoreRate, .reason,
            ],
            needs: [[.indicator, .item, .level2, .level1], [.points], [.score, .reviewScore]]
        ),
        .composition: Shape(
            roles: lines + [.requested, .approved, .share, .reason],
            needs: [[.item, .detail], [.requested, .approved], [.share]]
        ),
    ]
}
