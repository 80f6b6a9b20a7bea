internal import ReviewModel

/// A query as it is written.
indirect enum Expression {
    case literal(Value)
    case parameter(String, offset: Int)
    case column(table: String?, name: String, offset: Int)
    case unary(String, Expression, offset: Int)
    case binary(String, Expression, Expression, offset: Int)
    case isNull(Expression, negated: Bool)
    case isIn(Expression, [Expression], negated: Bool, offset: Int)
    case isInQuery(Expression, SelectStatement, negated: Bool, offset: Int)
    case between(Expression, Expression, Expression, negated: Bool, offset: Int)
    case like(Expression, Expression, negated: Bool, offset: Int)
    case exists(SelectStatement)
    case subquery(SelectStatement, offset: Int)
    case cases(base: Expression?, branches: [Branch], otherwise: Expression?)
    case cast(Expression, ColumnType, offset: Int)
    /// `isDistinct` only for aggregates; `count(*)` has no arguments.
    case call(String, [Expression], isDistinct: Bool, offset: Int)
}

/// `WHEN … THEN …`
struct Branch {
    var when: Expression
    var then: Expression
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
