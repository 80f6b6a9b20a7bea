internal import ReviewModel

/// Reads a query: the `SELECT` of SQL, without what changes anything.
struct Parser {
    private let tokens: [Token]
    var position = 0
    private var depth = 0

    /// Expressions nest this deep at the most; a person's query stays under ten. Everything that walks a query by
    /// recursion counts on it.
    private static let maximumDepth = 100
    private var queryDepth = 0
    private var chainedComparisons = 0
    private var joinCount = 0
    private var viewCount = 0

    static func parse(_ text: String) throws(QueryError) -> SelectStatement {
        if text.utf8.count > QueryLimits.textBytes {
            throw QueryError(
                .tooMuch,
                0,
                zh: "查询超过 \(QueryLimits.textBytes / 1024) KiB",
                en: "the query is longer than \(QueryLimits.textBytes / 1024) KiB"
            )
        }
        var parser = Parser(tokens: try Lexer.tokens(text))
        let query = try parser.query()
        if parser.current.isSign(";") { parser.position += 1 }
        guard parser.current.kind == .end else { throw parser.expected("the end of the query", "查询的结尾") }
        return query
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    var current: Token { tokens[position] }
    /// The one before the sign that was just taken.
    var tokenBeforeLast: Token { tokens[max(position - 2, 0)] }
    /// The token after this one; the last one has none, and is its own.
    var following: Token { tokens[min(position + 1, tokens.count - 1)] }

    func expected(_ en: String, _ zh: String) -> QueryError {
        QueryError(
            .syntax,
            current.offset,
            zh: "此处应为\(zh)，实为\(current.kind == .end ? "结尾" : "\"\(current.name)\"")",
            en: "expected \(en), found \(current.kind == .end ? "the end" : "\"\(current.name)\"")",
            help: misspeltKeyWord ?? keyWordAsName
        )
    }

    /// How a column is written that is called like a key word.
    private var keyWordAsName: LocalizedText? {
        guard case .word(let word) = current.kind, ["GROUP", "ORDER"].contains(word.uppercased()),
            !following.isWord("BY")
        else { return nil }
        return LocalizedText(zh: "列名\(word)请写作 \"\(word)\"", en: "a column called \(word) is written \"\(word)\"")
    }

    /// The key word that was probably meant: a misspelt one counts as a name, and what follows it makes no sense.
    private var misspeltKeyWord: LocalizedText? {
        for token in [position > 0 ? tokens[position - 1] : current, current] {
            guard case .word(let word) = token.kind, word.count > 2, !Self.keyWords.contains(word.uppercased()),
                let meant = nearest(to: word, among: Self.keyWords.sorted())
            else { continue }
            return LocalizedText(zh: "\"\(word)\"是不是\"\(meant)\"？", en: "did you mean \"\(meant)\" by \"\(word)\"?")
        }
        return nil
    }

    mutating func take(word: String) -> Bool {
        guard current.isWord(word) else { return false }
        position += 1
        return true
    }

    mutating func take(sign: String) -> Bool {
        guard current.isSign(sign) else { return false }
        position += 1
        return true
    }

    mutating func need(word: String) throws(QueryError) {
        if !take(word: word) { throw expected(word, word) }
    }

    mutating func need(sign: String) throws(QueryError) {
        if !take(sign: sign) { throw expected("\"\(sign)\"", "\"\(sign)\"") }
    }

    /// A name that is no key word.
    mutating func name(_ en: String, _ zh: String) throws(QueryError) -> String {
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

    /// Counts one more level of nesting, and refuses the one that is too much.
    mutating func descend() throws(QueryError) {
        depth += 1
        if depth > Self.maximumDepth {
            throw QueryError(.tooMuch, current.offset, zh: "嵌套太深", en: "nested too deeply")
        }
    }

    mutating func ascend() { depth -= 1 }

    /// Counts one more comparison of a comparison: these make trees deep without brackets.
    mutating func chainComparison() throws(QueryError) {
        chainedComparisons += 1
        if chainedComparisons > Self.maximumDepth {
            throw QueryError(.tooMuch, current.offset, zh: "嵌套太深", en: "nested too deeply")
        }
    }

    /// Refuses what is more than `limit`.
    private func check(_ count: Int, _ limit: Int, _ zh: String, _ en: String) throws(QueryError) {
        if count <= limit { return }
        throw QueryError(
            .tooMuch,
            current.offset,
            zh: "一个查询最多 \(limit) \(zh)",
            en: "a query has at most \(limit) \(en)"
        )
    }

    private static let keyWords: Set<String> = [
        "SELECT", "DISTINCT", "FROM", "JOIN", "LEFT", "INNER", "CROSS", "OUTER", "ON", "WHERE", "GROUP", "BY", "HAVING",
        "ORDER", "ASC", "DESC", "LIMIT", "OFFSET", "UNION", "ALL", "WITH", "AS", "AND", "OR", "NOT", "IN", "IS", "NULL",
        "BETWEEN", "LIKE", "EXISTS", "CASE", "WHEN", "THEN", "ELSE", "END", "CAST", "TRUE", "FALSE",
    ]
}

// MARK: - Statements

extension Parser {
    mutating func query() throws(QueryError) -> SelectStatement {
        try descend()
        queryDepth += 1
        defer {
            ascend()
            queryDepth -= 1
        }
        try check(queryDepth, QueryLimits.nestedQueries, "层嵌套", "queries inside one another")
        var query = SelectStatement()
        query.offset = current.offset
        if take(word: "WITH") {
            repeat {
                viewCount += 1
                try check(viewCount, QueryLimits.views, "个 WITH 名称", "names behind WITH")
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
        query.order = try order()
        if take(word: "LIMIT") {
            query.limit = try self.expression()
            if take(word: "OFFSET") { query.skip = try self.expression() }
        }
        return query
    }

    /// `ORDER BY …`, or nothing.
    mutating func order() throws(QueryError) -> [SelectStatement.Order] {
        guard take(word: "ORDER") else { return [] }
        try need(word: "BY")
        var order: [SelectStatement.Order] = []
        repeat {
            let expression = try self.expression()
            let isDescending = take(word: "DESC")
            if !isDescending { _ = take(word: "ASC") }
            order.append(SelectStatement.Order(expression: expression, isDescending: isDescending))
        } while take(sign: ",")
        return order
    }

    private mutating func core() throws(QueryError) -> SelectStatement.Core {
        if ["INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ATTACH", "PRAGMA", "ALTER"].contains(where: current.isWord)
        {
            throw QueryError(
                .syntax,
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
        joinCount += 1
        try check(joinCount, QueryLimits.sources, "个表", "tables behind FROM")
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
