internal import ReviewModel

/// A query as it is written. Chains, `a + b - c` and `a AND b AND c`, are one node each: their length is bounded by
/// nothing but the text, so that nothing may walk them by recursion.
indirect enum Expression {
    case literal(Value, offset: Int)
    case parameter(String, offset: Int)
    case column(table: String?, name: String, offset: Int)
    case negative(Expression, offset: Int)
    case not(Expression, offset: Int)
    /// `AND` or `OR` between conditions.
    case logic(isOr: Bool, [Expression])
    /// Operands from left to right: sums and `||`, or products.
    case chain(Expression, [Link])
    case comparison(String, Expression, Expression, offset: Int)
    case isNull(Expression, negated: Bool)
    case isIn(Expression, [Expression], negated: Bool, offset: Int)
    case isInQuery(Expression, SelectStatement, negated: Bool, offset: Int)
    case between(Expression, Expression, Expression, negated: Bool, offset: Int)
    case like(Expression, Expression, negated: Bool, offset: Int)
    case exists(SelectStatement, offset: Int)
    case subquery(SelectStatement, offset: Int)
    case cases(base: Expression?, branches: [Branch], otherwise: Expression?, offset: Int)
    case cast(Expression, ColumnType, offset: Int)
    /// `isDistinct` only for functions of a group; `count(*)` has no arguments; `window` follows `OVER`.
    case call(String, [Expression], isDistinct: Bool, window: Window?, offset: Int)

    /// One more operand of a chain, with the sign before it.
    struct Link {
        var sign: String
        var operand: Expression
        var offset: Int
    }

    /// Where it begins, counted in characters; for operators the place of their sign.
    var offset: Int {
        switch self {
        case .literal(_, let offset), .parameter(_, let offset), .column(_, _, let offset), .negative(_, let offset),
            .not(_, let offset), .comparison(_, _, _, let offset), .isIn(_, _, _, let offset),
            .isInQuery(_, _, _, let offset), .between(_, _, _, _, let offset), .like(_, _, _, let offset),
            .exists(_, let offset), .subquery(_, let offset), .cases(_, _, _, let offset), .cast(_, _, let offset),
            .call(_, _, _, _, let offset):
            offset
        case .logic(_, let operands): operands.first?.offset ?? 0
        case .chain(let first, _): first.offset
        case .isNull(let operand, _): operand.offset
        }
    }
}

/// `WHEN … THEN …`
struct Branch {
    var when: Expression
    var then: Expression
}

/// `OVER (PARTITION BY … ORDER BY …)`
struct Window {
    var partitions: [Expression] = []
    var order: [SelectStatement.Order] = []
}

/// One `SELECT`, or several with `UNION` between them.
struct SelectStatement {
    struct Item {
        /// `nil` for `*` and `table.*`.
        var expression: Expression?
        /// The name after `AS`, or the table before `.*`.
        var name: String?
        var offset: Int
    }

    enum Source {
        case table(String, alias: String?, offset: Int)
        case query(SelectStatement, alias: String, offset: Int)

        var offset: Int {
            switch self {
            case .table(_, _, let offset), .query(_, _, let offset): offset
            }
        }
    }

    struct Join {
        var source: Source
        /// `nil` joins every row with every row.
        var condition: Expression?
        var keepsLeft: Bool
    }

    struct View {
        var name: String
        var query: SelectStatement
    }

    struct Order {
        var expression: Expression
        var isDescending: Bool
    }

    /// A `SELECT` that follows, and whether equal rows of both stay.
    struct Union {
        var core: Core
        var keepsAll: Bool
    }

    struct Core {
        var items: [Item] = []
        var isDistinct = false
        var joins: [Join] = []
        var condition: Expression?
        var groups: [Expression] = []
        var groupCondition: Expression?
    }

    /// `WITH name AS (…)`: seen by everything that follows.
    var views: [View] = []
    var core = Core()
    var unions: [Union] = []
    var order: [Order] = []
    var limit: Expression?
    var skip: Expression?
    var offset = 0
}

extension Expression {
    /// Whether a function of a whole group stands in it, outside of queries of its own and of windows.
    var hasAggregate: Bool {
        switch self {
        case .call(let name, let arguments, _, let window, _):
            let own = window == nil && aggregateNames.contains(name)
            return own || arguments.contains(where: \.hasAggregate) || window?.hasAggregate == true
        case .literal, .parameter, .column, .exists, .subquery: return false
        case .negative(let operand, _), .not(let operand, _), .isNull(let operand, _),
            .isInQuery(let operand, _, _, _), .cast(let operand, _, _):
            return operand.hasAggregate
        case .comparison(_, let left, let right, _), .like(let left, let right, _, _):
            return left.hasAggregate || right.hasAggregate
        case .logic(_, let operands): return operands.contains(where: \.hasAggregate)
        case .chain(let first, let links): return first.hasAggregate || links.contains { $0.operand.hasAggregate }
        case .isIn(let operand, let items, _, _): return operand.hasAggregate || items.contains(where: \.hasAggregate)
        case .between(let operand, let lower, let upper, _, _):
            return operand.hasAggregate || lower.hasAggregate || upper.hasAggregate
        case .cases(let base, let branches, let otherwise, _):
            return base?.hasAggregate == true || otherwise?.hasAggregate == true
                || branches.contains { $0.when.hasAggregate || $0.then.hasAggregate }
        }
    }
}

extension Window {
    var hasAggregate: Bool {
        partitions.contains(where: \.hasAggregate) || order.contains { $0.expression.hasAggregate }
    }
}
