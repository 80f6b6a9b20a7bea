internal import ReviewModel

/// The columns that a name may mean: those of the query it stands in, then those of the queries around that one.
final class Scope {
    let columns: [Relation.Column]
    let parent: Scope?
    /// Whether rows are gathered in groups, so that only what is the same in the whole group has a value.
    var isGrouped = false
    /// Columns that the groups are made by.
    var groupedColumns: Set<Int> = []

    init(_ columns: [Relation.Column], parent: Scope?) { (self.columns, self.parent) = (columns, parent) }

    /// How many queries there are around this one.
    var level: Int { parent.map { $0.level + 1 } ?? 0 }
}

/// Turns expressions into closures once, so that nothing is looked up by name for every row.
struct Compiler {
    let scope: Scope
    /// `WITH` names and their rows.
    let views: [String: Relation]
    let execution: Execution
    /// Inside the argument of an aggregate every row of the group is looked at.
    var isInAggregate = false

    func compile(_ expression: Expression) throws(QueryError) -> Evaluation {
        switch expression {
        case .literal(let value): return { _ in value }
        case .parameter(let name, let offset): return try parameter(name, offset)
        case .column(let table, let name, let offset): return try column(table, name, offset)
        case .unary(let sign, let operand, let offset): return try unary(sign, operand, offset)
        case .binary(let sign, let left, let right, let offset): return try binary(sign, left, right, offset)
        case .isNull(let operand, let negated):
            let operand = try compile(operand)
            return { execution throws(QueryError) in .boolean(try operand(execution).isNull != negated) }
        case .isIn(let operand, let items, let negated, let offset):
            return try membership(operand, items, negated, offset)
        case .isInQuery(let operand, let query, let negated, let offset):
            let (operand, select) = (try compile(operand), try SelectPlan(query, in: scope, views, execution))
            return { execution throws(QueryError) in
                let values = try select.run(execution).rows.map { $0.first ?? .null }
                return try isMember(operand(execution), values, negated, offset)
            }
        case .between(let operand, let lower, let upper, let negated, let offset):
            let both = Expression.binary(
                "AND",
                .binary(">=", operand, lower, offset: offset),
                .binary("<=", operand, upper, offset: offset),
                offset: offset
            )
            return try compile(negated ? .unary("NOT", both, offset: offset) : both)
        case .like(let operand, let pattern, let negated, let offset):
            return try like(operand, pattern, negated, offset)
        case .exists(let query):
            let select = try SelectPlan(query, in: scope, views, execution)
            return { execution throws(QueryError) in .boolean(!(try select.run(execution).rows.isEmpty)) }
        case .subquery(let query, let offset): return try subquery(query, offset)
        case .cases(let base, let branches, let otherwise): return try cases(base, branches, otherwise)
        case .cast(let operand, let type, let offset): return try cast(operand, type, offset)
        case .call(let name, let arguments, let isDistinct, let offset):
            return try call(name, arguments, isDistinct, offset)
        }
    }

    // MARK: Names

    private func parameter(_ name: String, _ offset: Int) throws(QueryError) -> Evaluation {
        guard let value = execution.parameters[name] else {
            throw QueryError(
                offset,
                zh: "没有给出参数\"\(name)\"",
                en: "the parameter \"\(name)\" was not given",
                help: suggestion(for: name, among: execution.parameters.keys.sorted())
            )
        }
        let number = value.number.map(Value.decimal) ?? value
        return { _ in number }
    }

    private func column(_ table: String?, _ name: String, _ offset: Int) throws(QueryError) -> Evaluation {
        var current: Scope? = scope
        while let scope = current {
            let found = scope.columns.indices.filter { index in
                scope.columns[index].name == name && (table == nil || scope.columns[index].table == table)
            }
            if found.count > 1 { throw ambiguous(name, found.map { scope.columns[$0].table }, offset) }
            if let index = found.first {
                if scope.isGrouped, !isInAggregate, scope === self.scope, !scope.groupedColumns.contains(index) {
                    throw notGrouped(name, offset)
                }
                let level = scope.level
                return { execution in
                    // A group without rows, of a query without GROUP BY, has no values.
                    execution.rows[level].isEmpty ? .null : execution.rows[level][index]
                }
            }
            current = scope.parent
        }
        throw unknownColumn(table, name, offset)
    }

    private func unknownColumn(_ table: String?, _ name: String, _ offset: Int) -> QueryError {
        let known = scope.columns.filter { table == nil || $0.table == table }.map(\.name)
        let whole = (table.map { $0 + "." } ?? "") + name
        return QueryError(
            offset,
            zh: "没有列\"\(whole)\"",
            en: "there is no column \"\(whole)\"",
            help: suggestion(for: name, among: known)
        )
    }

    // MARK: Operators

    private func unary(_ sign: String, _ operand: Expression, _ offset: Int) throws(QueryError) -> Evaluation {
        let operand = try compile(operand)
        if sign == "-" {
            return { execution throws(QueryError) in
                try number(operand(execution), offset).map { .decimal(-$0) } ?? .null
            }
        }
        return { execution throws(QueryError) in
            try truth(operand(execution), offset).map { .boolean(!$0) } ?? .null
        }
    }

    private func binary(
        _ sign: String,
        _ left: Expression,
        _ right: Expression,
        _ offset: Int
    ) throws(QueryError) -> Evaluation {
        let (left, right) = (try compile(left), try compile(right))
        switch sign {
        case "AND", "OR":
            // What decides alone: false for AND, true for OR; else an unknown side makes the whole unknown.
            let decisive = sign == "OR"
            return { execution throws(QueryError) in
                let one = try truth(left(execution), offset)
                if one == decisive { return .boolean(decisive) }
                let other = try truth(right(execution), offset)
                if other == decisive { return .boolean(decisive) }
                return one == nil || other == nil ? .null : .boolean(!decisive)
            }
        case "=", "<>", "<", "<=", ">", ">=":
            let holds = comparison(sign)
            return { execution throws(QueryError) in
                try compare(left(execution), right(execution), offset).map { .boolean(holds($0)) } ?? .null
            }
        case "||":
            return { execution throws(QueryError) in
                guard let one = try text(left(execution), offset), let other = try text(right(execution), offset) else {
                    return .null
                }
                return .text(one + other)
            }
        default:
            return { execution throws(QueryError) in
                try arithmetic(sign, left(execution), right(execution), offset)
            }
        }
    }

    private func comparison(_ sign: String) -> (Int) -> Bool {
        switch sign {
        case "=": { $0 == 0 }
        case "<>": { $0 != 0 }
        case "<": { $0 < 0 }
        case "<=": { $0 <= 0 }
        case ">": { $0 > 0 }
        default: { $0 >= 0 }
        }
    }

    private func membership(
        _ operand: Expression,
        _ items: [Expression],
        _ negated: Bool,
        _ offset: Int
    ) throws(QueryError) -> Evaluation {
        let operand = try compile(operand)
        var compiled: [Evaluation] = []
        for item in items { compiled.append(try compile(item)) }
        return { execution throws(QueryError) in
            var values: [Value] = []
            for item in compiled { values.append(try item(execution)) }
            return try isMember(operand(execution), values, negated, offset)
        }
    }

    private func like(
        _ operand: Expression,
        _ pattern: Expression,
        _ negated: Bool,
        _ offset: Int
    ) throws(QueryError) -> Evaluation {
        let (operand, pattern) = (try compile(operand), try compile(pattern))
        return { execution throws(QueryError) in
            guard let whole = try text(operand(execution), offset), let wanted = try text(pattern(execution), offset)
            else { return .null }
            return .boolean(matches(Array(whole), Array(wanted)) != negated)
        }
    }

    private func subquery(_ query: SelectStatement, _ offset: Int) throws(QueryError) -> Evaluation {
        let select = try SelectPlan(query, in: scope, views, execution)
        return { execution throws(QueryError) in
            let rows = try select.run(execution).rows
            guard rows.count <= 1, rows.first.map({ $0.count == 1 }) ?? true else {
                throw QueryError(
                    offset,
                    zh: "括号内的查询应只有一个值，实有 \(rows.count) 行",
                    en: "the query in brackets should have one value, it has \(rows.count) rows"
                )
            }
            return rows.first?.first ?? .null
        }
    }

    private func cases(
        _ base: Expression?,
        _ branches: [Branch],
        _ otherwise: Expression?
    ) throws(QueryError) -> Evaluation {
        var compiled: [(when: Evaluation, then: Evaluation)] = []
        for branch in branches {
            let when = base.map { Expression.binary("=", $0, branch.when, offset: 0) } ?? branch.when
            compiled.append((try compile(when), try compile(branch.then)))
        }
        let rest = try compile(otherwise ?? .literal(.null))
        return { execution throws(QueryError) in
            for branch in compiled where try truth(branch.when(execution), 0) == true {
                return try branch.then(execution)
            }
            return try rest(execution)
        }
    }

    private func cast(_ operand: Expression, _ type: ColumnType, _ offset: Int) throws(QueryError) -> Evaluation {
        let operand = try compile(operand)
        return { execution throws(QueryError) in
            let value = try operand(execution)
            if value.isNull { return .null }
            switch type {
            case .decimal: return value.decimal.map(Value.decimal) ?? .null
            case .integer: return value.decimal.map { .decimal(truncated($0)) } ?? .null
            case .boolean: return value.boolean.map(Value.boolean) ?? .null
            default: return try text(value, offset).map(Value.text) ?? .null
            }
        }
    }

    // MARK: Functions

    private func call(
        _ name: String,
        _ arguments: [Expression],
        _ isDistinct: Bool,
        _ offset: Int
    ) throws(QueryError) -> Evaluation {
        if let aggregate = aggregateFunctions[name] {
            guard arguments.count <= 1, !arguments.isEmpty || name == "count" else {
                throw wrongCount(name, 1...1, arguments.count, offset)
            }
            return try self.aggregate(aggregate, arguments.first, isDistinct, offset)
        }
        guard let function = scalarFunctions[name] else {
            let known = Array(scalarFunctions.keys) + Array(aggregateFunctions.keys)
            throw QueryError(
                offset,
                zh: "没有函数\"\(name)\"",
                en: "there is no function \"\(name)\"",
                help: suggestion(for: name, among: known.sorted())
            )
        }
        guard function.arity.contains(arguments.count), !isDistinct else {
            throw wrongCount(name, function.arity, arguments.count, offset)
        }
        var compiled: [Evaluation] = []
        for argument in arguments { compiled.append(try compile(argument)) }
        return { execution throws(QueryError) in
            var values: [Value] = []
            for argument in compiled { values.append(try argument(execution)) }
            return try function.apply(values, offset, execution)
        }
    }

    private func aggregate(
        _ function: @escaping AggregateFunction,
        _ argument: Expression?,
        _ isDistinct: Bool,
        _ offset: Int
    ) throws(QueryError) -> Evaluation {
        guard scope.isGrouped, !isInAggregate else {
            throw QueryError(
                offset,
                zh: "此处不能用汇总函数",
                en: "no function of a whole group can stand here",
                help: LocalizedText(zh: "条件请写在 HAVING 中", en: "put the condition in HAVING")
            )
        }
        var inner = self
        inner.isInAggregate = true
        let argument = try inner.compile(argument ?? .literal(.boolean(true)))
        let level = scope.level
        return { execution throws(QueryError) in
            var (values, seen) = ([Value](), Set<Value>())
            let group = execution.groups.last ?? []
            let row = execution.rows[level]
            defer { execution.rows[level] = row }
            for member in group {
                try execution.step()
                execution.rows[level] = member
                let value = try argument(execution)
                if value.isNull || (isDistinct && !seen.insert(value).inserted) { continue }
                values.append(value)
            }
            return try function(values, offset)
        }
    }
}

// MARK: - Helpers

private func isMember(_ value: Value, _ items: [Value], _ negated: Bool, _ offset: Int) throws(QueryError) -> Value {
    if value.isNull { return .null }
    var isUnknown = false
    for item in items {
        guard let order = try compare(value, item, offset) else {
            isUnknown = true
            continue
        }
        if order == 0 { return .boolean(!negated) }
    }
    return isUnknown ? .null : .boolean(negated)
}

/// `%` stands for any text, `_` for one character.
private func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
    var (position, mark) = (0, 0)
    var retry: (position: Int, mark: Int)?
    while position < text.count {
        if mark < pattern.count, pattern[mark] == "%" {
            retry = (position, mark)
            mark += 1
        } else if mark < pattern.count, pattern[mark] == "_" || pattern[mark] == text[position] {
            position += 1
            mark += 1
        } else if let last = retry {
            position = last.position + 1
            mark = last.mark + 1
            retry = (position, last.mark)
        } else {
            return false
        }
    }
    return pattern[mark...].allSatisfy { $0 == "%" }
}

private func truncated(_ number: ExactDecimal) -> ExactDecimal {
    var digits = number.significand
    for _ in 0..<number.places { digits /= 10 }
    return ExactDecimal(significand: digits, places: 0)
}

private func ambiguous(_ name: String, _ tables: [String], _ offset: Int) -> QueryError {
    let list = tables.map { $0 + "." + name }.joined(separator: ", ")
    return QueryError(
        offset,
        zh: "列\"\(name)\"不止一个：\(list)",
        en: "\"\(name)\" may be several columns: \(list)"
    )
}

private func notGrouped(_ name: String, _ offset: Int) -> QueryError {
    QueryError(
        offset,
        zh: "列\"\(name)\"在一组中可能有多个值",
        en: "the column \"\(name)\" may have several values in a group",
        help: LocalizedText(
            zh: "请写入 GROUP BY，或用 min、max、sum 等汇总",
            en: "add it to GROUP BY, or take its min, max or sum"
        )
    )
}

private func wrongCount(_ name: String, _ arity: ClosedRange<Int>, _ count: Int, _ offset: Int) -> QueryError {
    let wanted =
        arity.lowerBound == arity.upperBound ? "\(arity.lowerBound)" : "\(arity.lowerBound)–\(arity.upperBound)"
    return QueryError(
        offset,
        zh: "函数 \(name) 需要 \(wanted) 个参数，给了 \(count) 个",
        en: "\(name) takes \(wanted) argument(s), \(count) were given"
    )
}
