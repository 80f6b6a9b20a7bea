internal import ReviewModel

/// Expressions, loosest binding first: OR, AND, NOT, comparisons, sums, products, signs, operands.
extension Parser {
    mutating func expression() throws(QueryError) -> Expression {
        try descend()
        defer { ascend() }
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
        defer { ascend() }
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
            defer { ascend() }
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
