internal import ReviewModel

/// Reads a query: the `SELECT` of SQL, without what changes anything.
struct Parser {
    private var tokens: [Token]
    private var position = 0
    private var depth = 0

    /// Expressions nest this deep at the most; a person's query stays under ten.
    private static let maximumDepth = 100

    static func parse(_ text: String) throws(QueryError) -> SelectStatement {
        var parser = Parser(tokens: try Lexer.tokens(text))
        let query = try parser.query()
        if parser.current.isSign(";") { parser.position += 1 }
        guard parser.current.kind == .end else { throw parser.expected("the end of the query", "查询的结尾") }
        return query
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    private var current: Token { tokens[position] }

    private func expected(_ en: String, _ zh: String) -> QueryError {
        QueryError(
            current.offset,
            zh: "此处应为\(zh)，实为\(current.kind == .end ? "结尾" : "\"\(current.name)\"")",
            en: "expected \(en), found \(current.kind == .end ? "the end" : "\"\(current.name)\"")"
        )
    }

    private mutating func take(word: String) -> Bool {
        guard current.isWord(word) else { return false }
        position += 1
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard current.isSign(sign) else { return false }
        position += 1
        return true
    }

    private mutating func need(word: String) throws(QueryError) {
        if !take(word: word) { throw expected(word, word) }
    }

    private mutating func need(sign: String) throws(QueryError) {
        if !take(sign: sign) { throw expected("\"\(sign)\"", "\"\(sign)\"") }
    }

    /// A name that is no key word.
    private mutating func name(_ en: String, _ zh: String) throws(QueryError) -> String {
        switch current.kind {
        case .quotedName(let name):
            position += 1
            return name
        case .word(let word) where !Self.keyWords.contains(word.uppercased()):
            position += 1
            return word
        default: throw expected(en, zh)
        }
    }

    private static let keyWords: Set<String> = [
        "SELECT", "DISTINCT", "FROM", "JOIN", "LEFT", "INNER", "CROSS", "OUTER", "ON", "WHERE", "GROUP", "BY", "HAVING",
        "ORDER", "ASC", "DESC", "LIMIT", "OFFSET", "UNION", "ALL", "WITH", "AS", "AND", "OR", "NOT", "IN", "IS", "NULL",
        "BETWEEN", "LIKE", "EXISTS", "CASE", "WHEN", "THEN", "ELSE", "END", "CAST", "TRUE", "FALSE",
    ]
}

// MARK: - Statements

extension Parser {
    private mutating func query() throws(QueryError) -> SelectStatement {
        try descend()
        defer { depth -= 1 }
        var query = SelectStatement()
        query.offset = current.offset
        if take(word: "WITH") {
            repeat {
                let name = try self.name("a name", "名称")
                try need(word: "AS")
                try need(sign: "(")
                query.views.append(SelectStatement.View(name: name, query: try self.query()))
                try need(sign: ")")
            } while take(sign: ",")
        }
        query.core = try self.core()
        while take(word: "UNION") {
            let keepsAll = take(word: "ALL")
            query.unions.append(SelectStatement.Union(core: try self.core(), keepsAll: keepsAll))
        }
        if take(word: "ORDER") {
            try need(word: "BY")
            repeat {
                let expression = try self.expression()
                let isDescending = take(word: "DESC")
                if !isDescending { _ = take(word: "ASC") }
                query.order.append(SelectStatement.Order(expression: expression, isDescending: isDescending))
            } while take(sign: ",")
        }
        if take(word: "LIMIT") {
            query.limit = try self.expression()
            if take(word: "OFFSET") { query.skip = try self.expression() }
        }
        return query
    }

    private mutating func core() throws(QueryError) -> SelectStatement.Core {
        if ["INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ATTACH", "PRAGMA", "ALTER"].contains(where: current.isWord)
        {
            throw QueryError(
                current.offset,
                zh: "只能查询，不能修改",
                en: "a query only reads",
                help: LocalizedText(zh: "请以 SELECT 开头", en: "begin with SELECT")
            )
        }
        try need(word: "SELECT")
        var core = SelectStatement.Core()
        core.isDistinct = take(word: "DISTINCT")
        repeat { core.items.append(try self.item()) } while take(sign: ",")
        if take(word: "FROM") { core.joins = try self.joins() }
        if take(word: "WHERE") { core.condition = try self.expression() }
        if take(word: "GROUP") {
            try need(word: "BY")
            repeat { core.groups.append(try self.expression()) } while take(sign: ",")
        }
        if take(word: "HAVING") { core.groupCondition = try self.expression() }
        return core
    }

    private mutating func item() throws(QueryError) -> SelectStatement.Item {
        let offset = current.offset
        if take(sign: "*") { return SelectStatement.Item(expression: nil, name: nil, offset: offset) }
        let start = position
        if let table = try? self.name("", ""), take(sign: "."), take(sign: "*") {
            return SelectStatement.Item(expression: nil, name: table, offset: offset)
        }
        position = start
        let expression = try self.expression()
        var alias: String?
        if take(word: "AS") {
            alias = try self.name("a name", "名称")
        } else if let name = try? self.name("", "") {
            alias = name
        }
        return SelectStatement.Item(expression: expression, name: alias, offset: offset)
    }

    private mutating func joins() throws(QueryError) -> [SelectStatement.Join] {
        var joins = [SelectStatement.Join(source: try self.source(), condition: nil, keepsLeft: false)]
        while true {
            if take(sign: ",") {
                joins.append(SelectStatement.Join(source: try self.source(), condition: nil, keepsLeft: false))
                continue
            }
            let start = position
            let keepsLeft = take(word: "LEFT")
            if keepsLeft { _ = take(word: "OUTER") }
            let isCross = !keepsLeft && take(word: "CROSS")
            if !keepsLeft, !isCross { _ = take(word: "INNER") }
            guard take(word: "JOIN") else {
                position = start
                return joins
            }
            let source = try self.source()
            var condition: Expression?
            if !isCross {
                try need(word: "ON")
                condition = try self.expression()
            }
            joins.append(SelectStatement.Join(source: source, condition: condition, keepsLeft: keepsLeft))
        }
    }

    private mutating func source() throws(QueryError) -> SelectStatement.Source {
        let offset = current.offset
        if take(sign: "(") {
            let query = try self.query()
            try need(sign: ")")
            _ = take(word: "AS")
            return .query(query, alias: try self.name("a name for the query in brackets", "括号内查询的名称"), offset: offset)
        }
        let table = try self.name("the name of a table", "表名")
        if take(word: "AS") { return .table(table, alias: try self.name("a name", "名称"), offset: offset) }
        return .table(table, alias: try? self.name("", ""), offset: offset)
    }
}

// MARK: - Expressions

extension Parser {
    private mutating func descend() throws(QueryError) {
        depth += 1
        if depth > Self.maximumDepth {
            throw QueryError(current.offset, zh: "嵌套太深", en: "nested too deeply")
        }
    }

    private mutating func expression() throws(QueryError) -> Expression {
        try descend()
        defer { depth -= 1 }
        return try disjunction()
    }

    private mutating func disjunction() throws(QueryError) -> Expression {
        var left = try conjunction()
        while current.isWord("OR") {
            let offset = current.offset
            position += 1
            left = .binary("OR", left, try conjunction(), offset: offset)
        }
        return left
    }

    private mutating func conjunction() throws(QueryError) -> Expression {
        var left = try negation()
        while current.isWord("AND") {
            let offset = current.offset
            position += 1
            left = .binary("AND", left, try negation(), offset: offset)
        }
        return left
    }

    private mutating func negation() throws(QueryError) -> Expression {
        let offset = current.offset
        guard take(word: "NOT") else { return try comparison() }
        try descend()
        defer { depth -= 1 }
        return .unary("NOT", try negation(), offset: offset)
    }

    private mutating func comparison() throws(QueryError) -> Expression {
        var left = try sum()
        while true {
            let offset = current.offset
            if case .sign(let sign) = current.kind, ["=", "==", "<>", "!=", "<", "<=", ">", ">="].contains(sign) {
                position += 1
                left = .binary(sign == "==" ? "=" : sign == "!=" ? "<>" : sign, left, try sum(), offset: offset)
                continue
            }
            if take(word: "IS") {
                let negated = take(word: "NOT")
                try need(word: "NULL")
                left = .isNull(left, negated: negated)
                continue
            }
            let start = position
            let negated = take(word: "NOT")
            if take(word: "IN") {
                left = try membership(of: left, negated: negated, offset: offset)
            } else if take(word: "BETWEEN") {
                let lower = try sum()
                try need(word: "AND")
                left = .between(left, lower, try sum(), negated: negated, offset: offset)
            } else if take(word: "LIKE") {
                left = .like(left, try sum(), negated: negated, offset: offset)
            } else {
                position = start
                return left
            }
        }
    }

    private mutating func membership(of left: Expression, negated: Bool, offset: Int) throws(QueryError) -> Expression {
        try need(sign: "(")
        if current.isWord("SELECT") || current.isWord("WITH") {
            let query = try self.query()
            try need(sign: ")")
            return .isInQuery(left, query, negated: negated, offset: offset)
        }
        var items: [Expression] = []
        repeat { items.append(try self.expression()) } while take(sign: ",")
        try need(sign: ")")
        return .isIn(left, items, negated: negated, offset: offset)
    }

    private mutating func sum() throws(QueryError) -> Expression {
        var left = try product()
        while case .sign(let sign) = current.kind, ["+", "-", "||"].contains(sign) {
            let offset = current.offset
            position += 1
            left = .binary(sign, left, try product(), offset: offset)
        }
        return left
    }

    private mutating func product() throws(QueryError) -> Expression {
        var left = try signed()
        while case .sign(let sign) = current.kind, ["*", "/", "%"].contains(sign) {
            let offset = current.offset
            position += 1
            left = .binary(sign, left, try signed(), offset: offset)
        }
        return left
    }

    private mutating func signed() throws(QueryError) -> Expression {
        let offset = current.offset
        if take(sign: "-") {
            try descend()
            defer { depth -= 1 }
            return .unary("-", try signed(), offset: offset)
        }
        _ = take(sign: "+")
        return try operand()
    }

    private mutating func operand() throws(QueryError) -> Expression {
        let token = current
        switch token.kind {
        case .number(let number):
            position += 1
            return .literal(.decimal(number))
        case .text(let text):
            position += 1
            return .literal(.text(text))
        case .parameter(let name):
            position += 1
            return .parameter(name, offset: token.offset)
        case .sign("("):
            position += 1
            if current.isWord("SELECT") || current.isWord("WITH") {
                let query = try self.query()
                try need(sign: ")")
                return .subquery(query, offset: token.offset)
            }
            let expression = try self.expression()
            try need(sign: ")")
            return expression
        case .word, .quotedName: return try self.named()
        default: throw expected("a value", "一个值")
        }
    }

    private mutating func named() throws(QueryError) -> Expression {
        let offset = current.offset
        if take(word: "NULL") { return .literal(.null) }
        if take(word: "TRUE") { return .literal(.boolean(true)) }
        if take(word: "FALSE") { return .literal(.boolean(false)) }
        if take(word: "CASE") { return try self.cases() }
        if take(word: "EXISTS") {
            try need(sign: "(")
            let query = try self.query()
            try need(sign: ")")
            return .exists(query)
        }
        if take(word: "CAST") {
            try need(sign: "(")
            let expression = try self.expression()
            try need(word: "AS")
            let name = try self.name("a type", "类型")
            guard let type = ColumnType(rawValue: name.lowercased()), type != .texts else {
                throw QueryError(
                    offset,
                    zh: "没有类型\"\(name)\"",
                    en: "there is no type \"\(name)\"",
                    help: LocalizedText(
                        zh: "可用：text、decimal、integer、boolean、date",
                        en: "there are text, decimal, integer, boolean and date"
                    )
                )
            }
            try need(sign: ")")
            return .cast(expression, type, offset: offset)
        }
        let first = try self.name("a value", "一个值")
        if take(sign: "(") { return try self.call(first, offset: offset) }
        if take(sign: ".") { return .column(table: first, name: try self.name("a column", "列名"), offset: offset) }
        return .column(table: nil, name: first, offset: offset)
    }

    private mutating func call(_ name: String, offset: Int) throws(QueryError) -> Expression {
        let isDistinct = take(word: "DISTINCT")
        if take(sign: "*") {
            try need(sign: ")")
            guard name.lowercased() == "count" else {
                throw QueryError(offset, zh: "只有 count 可以用 *", en: "only count takes *")
            }
            return .call("count", [], isDistinct: false, offset: offset)
        }
        var arguments: [Expression] = []
        if !current.isSign(")") {
            repeat { arguments.append(try self.expression()) } while take(sign: ",")
        }
        try need(sign: ")")
        return .call(name.lowercased(), arguments, isDistinct: isDistinct, offset: offset)
    }

    private mutating func cases() throws(QueryError) -> Expression {
        let base = current.isWord("WHEN") ? nil : try self.expression()
        var branches: [Branch] = []
        while take(word: "WHEN") {
            let when = try self.expression()
            try need(word: "THEN")
            branches.append(Branch(when: when, then: try self.expression()))
        }
        if branches.isEmpty { throw expected("WHEN", "WHEN") }
        let otherwise = take(word: "ELSE") ? try self.expression() : nil
        try need(word: "END")
        return .cases(base: base, branches: branches, otherwise: otherwise)
    }
}
