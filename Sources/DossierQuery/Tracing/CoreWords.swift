internal import ReviewModel

/// What one `SELECT` names: the columns that its answer is made of, those that it asks for besides, fields, and queries inside.
struct CoreWords {
    struct Name: Hashable {
        var table: String?
        var name: String
    }

    /// Columns of what is selected.
    private(set) var taken: [Name] = []
    /// Columns of conditions, groups and orders.
    private(set) var asked: [Name] = []
    /// Paths that `field('…')` names.
    private(set) var fields: [String] = []
    private(set) var queries: [SelectStatement] = []
    /// Whether `*` takes them all.
    private(set) var takesAll = false

    init(_ core: SelectStatement.Core, order: [SelectStatement.Order]) {
        takesAll = core.items.contains { $0.expression == nil }
        for item in core.items { if let expression = item.expression { walk(expression, isTaken: true) } }
        let others = core.joins.map(\.condition) + [core.condition, core.groupCondition]
        for expression in others.compactMap(\.self) + core.groups + order.map(\.expression) {
            walk(expression, isTaken: false)
        }
    }

    private mutating func walk(_ expression: Expression, isTaken: Bool) {
        switch expression {
        case .literal, .parameter: break
        case .column(let table, let name, _):
            if isTaken {
                taken.append(Name(table: table, name: name))
            } else {
                asked.append(Name(table: table, name: name))
            }
        case .negative(let operand, _), .not(let operand, _), .isNull(let operand, _), .cast(let operand, _, _):
            walk(operand, isTaken: isTaken)
        case .logic(_, let operands): walk(operands, isTaken)
        case .chain(let first, let links): walk([first] + links.map(\.operand), isTaken)
        case .comparison(_, let left, let right, _), .like(let left, let right, _, _): walk([left, right], isTaken)
        case .isIn(let operand, let items, _, _): walk([operand] + items, isTaken)
        case .isInQuery(let operand, let query, _, _):
            walk(operand, isTaken: isTaken)
            queries.append(query)
        case .between(let operand, let lower, let upper, _, _): walk([operand, lower, upper], isTaken)
        case .exists(let query, _), .subquery(let query, _): queries.append(query)
        case .cases(let base, let branches, let otherwise, _):
            walk([base, otherwise].compactMap(\.self) + branches.flatMap { [$0.when, $0.then] }, isTaken)
        case .call(let name, let arguments, _, let window, _):
            if name == "field", case .literal(.text(let path), _)? = arguments.first { fields.append(path) }
            walk(arguments, isTaken)
            walk((window?.partitions ?? []) + (window?.order.map(\.expression) ?? []), false)
        }
    }

    private mutating func walk(_ expressions: [Expression], _ isTaken: Bool) {
        for expression in expressions { walk(expression, isTaken: isTaken) }
    }
}
