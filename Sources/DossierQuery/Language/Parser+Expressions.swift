internal import ReviewModel

/// Expressions, loosest binding first: OR, AND, NOT, comparisons, sums, products, signs, operands.
extension Parser {
    mutating func expression() throws(QueryError) -> Expression {
        try descend()
        defer { ascend() }
        return try disjunction()
    }

    private mutating func disjunction() throws(QueryError) -> Expression {
        var operands = [try conjunction()]
        while take(word: "OR") { operands.append(try conjunction()) }
        return operands.count == 1 ? operands[0] : .logic(isOr: true, operands)
    }

    private mutating func conjunction() throws(QueryError) -> Expression {
        var operands = [try negation()]
        while take(word: "AND") { operands.append(try negation()) }
        return operands.count == 1 ? operands[0] : .logic(isOr: false, operands)
    }

    private mutating func negation() throws(QueryError) -> Expression {
        let offset = current.offset
        guard take(word: "NOT") else { return try comparison() }
        try descend()
        defer { ascend() }
        return .not(try negation(), offset: offset)
    }

    private mutating func comparison() throws(QueryError) -> Expression {
        var (left, turns) = (try sum(), 0)
        while true {
            let offset = current.offset
            // Every turn puts what there is one level deeper.
            turns += 1
            if turns > 2 { try chainComparison() }
            if case .sign(let sign) = current.kind, ["=", "==", "<>", "!=", "<", "<=", ">", ">="].contains(sign) {
                position += 1
                if sign == "=", let turned = turnedSign { throw turned }
                left = .comparison(
                    sign == "==" ? "=" : sign == "!=" ? "<>" : sign,
                    left,
                    try sum(),
                    offset: offset
                )
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
        var (first, links) = (try product(), [Expression.Link]())
        while case .sign(let sign) = current.kind, ["+", "-", "||"].contains(sign) {
            let offset = current.offset
            position += 1
            links.append(Expression.Link(sign: sign, operand: try product(), offset: offset))
        }
        if !links.isEmpty { first = .chain(first, links) }
        return first
    }

    private mutating func product() throws(QueryError) -> Expression {
        var (first, links) = (try signed(), [Expression.Link]())
        while case .sign(let sign) = current.kind, ["*", "/", "%"].contains(sign) {
            let offset = current.offset
            position += 1
            if sign == "%", let percent = percentSign(at: offset) { throw percent }
            links.append(Expression.Link(sign: sign, operand: try signed(), offset: offset))
        }
        if !links.isEmpty { first = .chain(first, links) }
        return first
    }

    /// `=>` and `=<`, as people say them.
    private var turnedSign: QueryError? {
        guard case .sign(let sign) = current.kind, sign == ">" || sign == "<" else { return nil }
        return QueryError(
            .syntax,
            current.offset - 1,
            zh: "没有运算符\"=\(sign)\"",
            en: "there is no sign \"=\(sign)\"",
            help: LocalizedText(zh: "请写 \(sign)=", en: "write \(sign)=")
        )
    }

    /// `rate < 50%`: behind the sign nothing follows that a rest could be taken of.
    private func percentSign(at offset: Int) -> QueryError? {
        let isEnd =
            switch current.kind {
            case .end: true
            case .sign(let sign): [")", ",", ";", "=", "<", ">", "<=", ">=", "<>"].contains(sign)
            case .word(let word):
                ["AND", "OR", "THEN", "WHEN", "ELSE", "END", "GROUP", "ORDER"].contains(word.uppercased())
            default: false
            }
        guard isEnd, position >= 2, case .number(let number) = tokenBeforeLast.kind else { return nil }
        return QueryError(
            .syntax,
            offset,
            zh: "SQL 中 % 是求余数，不是百分号",
            en: "in SQL % takes a rest, it is no percent sign",
            help: LocalizedText(
                zh: "单位为 percent 的列写 \(number)，按 1 计的写 \(number.dividedByTen(times: 2).withoutTrailingZeros)",
                en:
                    "write \(number) where a column counts percent, \(number.dividedByTen(times: 2).withoutTrailingZeros) where 1 is the whole"
            )
        )
    }

    private mutating func signed() throws(QueryError) -> Expression {
        let offset = current.offset
        if take(sign: "-") {
            try descend()
            defer { ascend() }
            return .negative(try signed(), offset: offset)
        }
        _ = take(sign: "+")
        return try operand()
    }

    private mutating func operand() throws(QueryError) -> Expression {
        let token = current
        switch token.kind {
        case .number(let number):
            position += 1
            return .literal(.decimal(number), offset: token.offset)
        case .text(let text):
            position += 1
            return .literal(.text(text), offset: token.offset)
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
        if take(word: "NULL") { return .literal(.null, offset: offset) }
        if take(word: "TRUE") { return .literal(.boolean(true), offset: offset) }
        if take(word: "FALSE") { return .literal(.boolean(false), offset: offset) }
        if take(word: "CASE") { return try self.cases(offset) }
        if take(word: "EXISTS") {
            try need(sign: "(")
            let query = try self.query()
            try need(sign: ")")
            return .exists(query, offset: offset)
        }
        if take(word: "CAST") {
            try need(sign: "(")
            let expression = try self.expression()
            try need(word: "AS")
            let name = try self.name("a type", "类型")
            guard let type = ColumnType(rawValue: name.lowercased()), type != .texts else {
                throw QueryError(
                    .unknownType,
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
        let (function, isDistinct) = (name.lowercased(), take(word: "DISTINCT"))
        var arguments: [Expression] = []
        if take(sign: "*") {
            guard function == "count" else {
                throw QueryError(.syntax, offset, zh: "只有 count 可以用 *", en: "only count takes *")
            }
        } else if !current.isSign(")") {
            repeat { arguments.append(try self.expression()) } while take(sign: ",")
        }
        try need(sign: ")")
        return .call(function, arguments, isDistinct: isDistinct, window: try window(), offset: offset)
    }

    /// `OVER (PARTITION BY … ORDER BY …)`, or nothing. `OVER` without a bracket is the name of a column.
    private mutating func window() throws(QueryError) -> Window? {
        guard current.isWord("OVER"), following.isSign("(") else { return nil }
        position += 2
        var window = Window()
        if current.isWord("PARTITION") {
            position += 1
            try need(word: "BY")
            repeat { window.partitions.append(try self.expression()) } while take(sign: ",")
        }
        window.order = try order()
        if ["ROWS", "RANGE", "GROUPS"].contains(where: current.isWord) {
            throw QueryError(
                .syntax,
                current.offset,
                zh: "窗口的范围不能自选",
                en: "which rows of a window count cannot be chosen",
                help: LocalizedText(
                    zh: "有 ORDER BY 时算到当前行（含并列），没有时算全部",
                    en: "with ORDER BY it is those up to this row and its equals, without it all of them"
                )
            )
        }
        try need(sign: ")")
        return window
    }

    private mutating func cases(_ offset: Int) throws(QueryError) -> Expression {
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
        return .cases(base: base, branches: branches, otherwise: otherwise, offset: offset)
    }
}
