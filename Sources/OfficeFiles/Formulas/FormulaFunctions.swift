internal import ExactNumbers
internal import Groundwork

/// The functions that are computed. All others are left.
extension FormulaEvaluation {
    mutating func call(_ name: String, _ arguments: [Formula?]) throws(FormulaObstacle) -> Operand {
        guard arguments.count <= 255 else { throw .tooLarge }
        switch name {
        case "SUM", "PRODUCT", "AVERAGE", "MIN", "MAX": return .value(try folded(name, arguments))
        case "COUNT", "COUNTA": return .value(try counted(name, arguments))
        case "ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "INT": return try rounded(name, arguments)
        case "ABS":
            let argument = try operand(try argument(0, of: arguments, atMost: 1))
            return try mapped(argument) { (value, _) throws(FormulaObstacle) in .number(value.magnitude) }
        case "MOD": return .value(try modulo(arguments))
        case "IF": return try chosen(arguments)
        case "IFERROR": return try replacedError(arguments)
        case "AND", "OR": return .value(try joined(name == "AND", arguments))
        case "NOT":
            let value = try single(try operand(try argument(0, of: arguments, atMost: 1)))
            return .value(value.isError ? value : .boolean(!(try truth(value))))
        case "SUMPRODUCT": return .value(try sumOfProducts(arguments))
        case "SUMIF", "COUNTIF", "SUMIFS", "COUNTIFS": return .value(try conditional(name, arguments))
        case "VLOOKUP": return .value(try lookedUp(arguments))
        default: throw .function(name)
        }
    }

    private func argument(_ index: Int, of arguments: [Formula?], atMost count: Int) throws(FormulaObstacle) -> Formula
    {
        guard arguments.count <= count, index < arguments.count, let argument = arguments[index] else { throw .other }
        return argument
    }

    // MARK: Over many cells

    /// Hands over the values of an argument: of cells those that hold something.
    private mutating func values(_ argument: Formula?) throws(FormulaObstacle) -> (
        values: [FormulaValue], areCells: Bool
    ) {
        guard let argument else { return ([.number(0)], false) }
        switch try operand(argument) {
        case .value(let value): return ([value], false)
        case .array(let rows): return (rows.flatMap { $0 }, true)
        case .area(let area, let sheet):
            var found: [Int] = []
            try cells.sheets[sheet].forEachCell(in: area) { (index, _) throws(FormulaObstacle) in found.append(index) }
            var values: [FormulaValue] = []
            for index in found { values.append(try value(ofCell: index, on: sheet)) }
            return (values, true)
        }
    }

    /// The numbers of all arguments; in cells, texts and truth values count for nothing.
    private mutating func numbers(
        _ arguments: [Formula?]
    ) throws(FormulaObstacle) -> (numbers: [ExactDecimal], error: FormulaValue?) {
        var numbers: [ExactDecimal] = []
        for argument in arguments {
            let (values, areCells) = try values(argument)
            for value in values {
                if value.isError { return ([], value) }
                if case .number(let number) = value {
                    numbers.append(number)
                } else if !areCells {
                    numbers.append(try number(value))
                }
            }
        }
        return (numbers, nil)
    }

    private mutating func folded(_ name: String, _ arguments: [Formula?]) throws(FormulaObstacle) -> FormulaValue {
        let (numbers, error) = try numbers(arguments)
        if let error { return error }
        switch name {
        case "MIN": return .number(numbers.min() ?? 0)
        case "MAX": return .number(numbers.max() ?? 0)
        case "PRODUCT":
            // Of no numbers at all it is zero.
            var product: ExactDecimal = numbers.isEmpty ? 0 : 1
            for number in numbers { product = try FormulaArithmetic.product(product, number) }
            return .number(product)
        default:
            var sum = ExactDecimal.zero
            for number in numbers { sum = try FormulaArithmetic.sum(sum, number) }
            if name == "SUM" { return .number(sum) }
            return try FormulaArithmetic.quotient(sum, ExactDecimal(numbers.count)).map(FormulaValue.number)
                ?? .error("#DIV/0!")
        }
    }

    private mutating func counted(_ name: String, _ arguments: [Formula?]) throws(FormulaObstacle) -> FormulaValue {
        var count = 0
        for argument in arguments {
            let (values, areCells) = try values(argument)
            for value in values {
                switch value {
                case .blank: break
                case .number: count += 1
                case .text where name == "COUNT", .boolean where name == "COUNT":
                    // A text among the arguments themselves counts if it is a number, by the rules of a country.
                    if !areCells { throw .other }
                default: count += name == "COUNTA" ? 1 : 0
                }
            }
        }
        return .number(ExactDecimal(count))
    }

    private mutating func sumOfProducts(_ arguments: [Formula?]) throws(FormulaObstacle) -> FormulaValue {
        var lists: [[[FormulaValue]]] = []
        for argument in arguments {
            guard let argument else { throw .other }
            lists.append(try array(try operand(argument)))
        }
        guard let first = lists.first, lists.allSatisfy({ $0.count == first.count && $0[0].count == first[0].count })
        else { throw .other }
        var sum = ExactDecimal.zero
        for row in first.indices {
            for column in first[row].indices {
                var product: ExactDecimal = 1
                for list in lists {
                    let value = list[row][column]
                    if value.isError { return value }
                    // Texts, truth values and empty cells count as zero.
                    guard case .number(let number) = value else {
                        product = 0
                        continue
                    }
                    product = try FormulaArithmetic.product(product, number)
                }
                sum = try FormulaArithmetic.sum(sum, product)
            }
        }
        return .number(sum)
    }

    // MARK: Rounding

    private mutating func rounded(_ name: String, _ arguments: [Formula?]) throws(FormulaObstacle) -> Operand {
        let isWhole = name == "INT"
        let first = try argument(0, of: arguments, atMost: isWhole ? 1 : 2)
        var places = 0
        if arguments.count > 1, let second = arguments[1] {
            let value = try single(try operand(second))
            if value.isError { return .value(value) }
            let number = try number(value).withoutTrailingZeros
            guard number.places == 0, number.magnitude < 100 else { throw .other }
            places = Int(number.significand)
        } else if arguments.count == 1, name != "INT", name != "TRUNC" {
            throw .other
        }
        let direction: FormulaArithmetic.Direction =
            switch name {
            case "ROUND": .nearest
            case "ROUNDUP": .up
            case "INT": .floor
            default: .down
            }
        let isTyped = isTyped(first)
        return try mapped(try operand(first)) { (value, evaluation) throws(FormulaObstacle) in
            let (rounded, isDelicate) = try FormulaArithmetic.rounded(value, to: places, direction)
            evaluation.noteDelicate(isDelicate && !isTyped)
            return .number(rounded)
        }
    }

    /// Whether a number was typed as it is, so that nothing is a hair beside it.
    private func isTyped(_ formula: Formula) -> Bool {
        switch formula {
        case .number: return true
        case .negated(let inner): return isTyped(inner)
        case .reference:
            var copy = self
            guard case .area(let area, let sheet)? = try? copy.operand(formula), area.isOneCell,
                let address = CellAddress(column: area.columns.lowerBound, row: area.rows.lowerBound),
                let index = cells.sheets[sheet].index(of: address)
            else { return false }
            return cells.sheets[sheet].cells[index].formula < 0
        default: return false
        }
    }

    private mutating func modulo(_ arguments: [Formula?]) throws(FormulaObstacle) -> FormulaValue {
        guard arguments.count == 2 else { throw .other }
        var values: [ExactDecimal] = []
        for argument in arguments {
            guard let argument else { throw .other }
            let value = try single(try operand(argument))
            if value.isError { return value }
            values.append(try number(value))
        }
        guard let quotient = try FormulaArithmetic.quotient(values[0], values[1]) else { return .error("#DIV/0!") }
        let (whole, isDelicate) = try FormulaArithmetic.rounded(quotient, to: 0, .floor)
        noteDelicate(isDelicate)
        return .number(try FormulaArithmetic.sum(values[0], -(try FormulaArithmetic.product(whole, values[1]))))
    }

    // MARK: Conditions

    private func truth(_ value: FormulaValue) throws(FormulaObstacle) -> Bool { !(try number(value)).isZero }

    private mutating func chosen(_ arguments: [Formula?]) throws(FormulaObstacle) -> Operand {
        guard (2...3).contains(arguments.count), let condition = arguments[0] else { throw .other }
        let value = try single(try operand(condition))
        if value.isError { return .value(value) }
        let isTrue = try truth(value)
        if !isTrue, arguments.count == 2 { return .value(.boolean(false)) }
        // An argument that was left out is a zero.
        guard let branch = arguments[isTrue ? 1 : 2] else { return .value(.number(0)) }
        return try operand(branch)
    }

    private mutating func replacedError(_ arguments: [Formula?]) throws(FormulaObstacle) -> Operand {
        guard arguments.count == 2, let first = arguments[0] else { throw .other }
        let value = try single(try operand(first))
        guard value.isError else { return .value(value) }
        guard let other = arguments[1] else { return .value(.number(0)) }
        return try operand(other)
    }

    private mutating func joined(_ isAnd: Bool, _ arguments: [Formula?]) throws(FormulaObstacle) -> FormulaValue {
        var (result, hasOne) = (isAnd, false)
        for argument in arguments {
            let (values, areCells) = try values(argument)
            for value in values {
                if value.isError { return value }
                switch value {
                case .text where areCells, .blank where areCells: continue
                default: break
                }
                hasOne = true
                let isTrue = try truth(value)
                result = isAnd ? result && isTrue : result || isTrue
            }
        }
        guard hasOne else { throw .other }
        return .boolean(result)
    }

    /// `SUMIF`, `COUNTIF` and their like with several conditions.
    private mutating func conditional(_ name: String, _ arguments: [Formula?]) throws(FormulaObstacle) -> FormulaValue {
        var (conditions, summed) = ([(Formula?, Formula?)](), nil as Formula?)
        switch name {
        case "SUMIF":
            guard (2...3).contains(arguments.count) else { throw .other }
            conditions = [(arguments[0], arguments[1])]
            summed = arguments.count > 2 ? arguments[2] : arguments[0]
        case "SUMIFS":
            guard arguments.count >= 3, arguments.count % 2 == 1 else { throw .other }
            summed = arguments[0]
            conditions = stride(from: 1, to: arguments.count, by: 2).map { (arguments[$0], arguments[$0 + 1]) }
        default:
            guard !arguments.isEmpty, arguments.count % 2 == 0, name == "COUNTIFS" || arguments.count == 2 else {
                throw .other
            }
            conditions = stride(from: 0, to: arguments.count, by: 2).map { (arguments[$0], arguments[$0 + 1]) }
        }
        var matches: [Bool]?
        for (area, wanted) in conditions {
            let found = try matching(area, wanted)
            guard let earlier = matches else {
                matches = found
                continue
            }
            guard earlier.count == found.count else { throw .other }
            matches = zip(earlier, found).map { $0 && $1 }
        }
        guard let matches else { throw .other }
        guard let summed else { return .number(ExactDecimal(matches.count { $0 })) }
        let values = try array(try area(summed)).flatMap { $0 }
        guard values.count == matches.count else { throw .other }
        var sum = ExactDecimal.zero
        for (value, isMatch) in zip(values, matches) where isMatch {
            if value.isError { return value }
            if case .number(let number) = value { sum = try FormulaArithmetic.sum(sum, number) }
        }
        return .number(sum)
    }

    private mutating func area(_ argument: Formula?) throws(FormulaObstacle) -> Operand {
        guard let argument, case .area(let area, let sheet) = try operand(argument) else { throw .other }
        return .area(area, sheet: sheet)
    }

    private mutating func matching(_ area: Formula?, _ wanted: Formula?) throws(FormulaObstacle) -> [Bool] {
        guard let wanted else { throw .other }
        let condition = try FormulaCondition(try single(try operand(wanted)))
        let values = try array(try self.area(area)).flatMap { $0 }
        var matches: [Bool] = []
        for value in values { matches.append(try condition.holds(value, &self)) }
        return matches
    }

    // MARK: Looking up

    /// `VLOOKUP` of an exact match.
    private mutating func lookedUp(_ arguments: [Formula?]) throws(FormulaObstacle) -> FormulaValue {
        guard arguments.count == 4, let wanted = arguments[0], let position = arguments[2] else { throw .other }
        let isNear = try arguments[3].map { formula throws(FormulaObstacle) in
            try truth(try single(try operand(formula)))
        }
        // The nearest of sorted values depends on how texts are sorted.
        guard isNear != true else { throw .other }
        let value = try single(try operand(wanted))
        if value.isError { return value }
        if case .text(let text) = value, text.contains(where: { "*?~".contains($0) }) { throw .other }
        let table = try array(try area(arguments[1]))
        let column = try number(try single(try operand(position))).withoutTrailingZeros
        guard column.places == 0, column >= 1, column.magnitude < 20_000, let first = table.first,
            Int(column.significand) <= first.count
        else { throw .other }
        for row in table where row[0] != .blank && !row[0].isError {
            if try compares(.equal, row[0], value) { return row[Int(column.significand) - 1] }
        }
        // Found by a program that compares otherwise, perhaps.
        throw .other
    }
}

/// What `SUMIF` compares cells with: `">100"`, `"合计"`, `A1`.
struct FormulaCondition {
    private let sign: FormulaOperator
    private let value: FormulaValue

    init(_ condition: FormulaValue) throws(FormulaObstacle) {
        guard case .text(let text) = condition else {
            guard !condition.isError, condition != .blank else { throw .other }
            (sign, value) = (.equal, condition)
            return
        }
        var (rest, found) = (text[...], FormulaOperator.equal)
        for length in [2, 1] {
            if let sign = FormulaOperator(rawValue: String(text.prefix(length))), sign.rank == 1 {
                (rest, found) = (text.dropFirst(length), sign)
                break
            }
        }
        // Wildcards, and what looks like dates and percentages.
        guard !rest.contains(where: { "*?~%/".contains($0) }) else { throw .other }
        sign = found
        if let number = ExactDecimal(String(rest)) {
            value = .number(number)
        } else {
            guard !rest.isEmpty, sign == .equal || sign == .unequal,
                !rest.contains(where: { $0.isASCII && $0.isNumber })
            else { throw .other }
            value = .text(String(rest))
        }
    }

    func holds(_ cell: FormulaValue, _ evaluation: inout FormulaEvaluation) throws(FormulaObstacle) -> Bool {
        switch (cell, value) {
        case (.number, .number), (.text, .text), (.boolean, .boolean):
            // A text of digits counts as its number, by the rules of a country.
            return try evaluation.compares(sign, cell, value)
        case (.text(let text), .number):
            guard !text.contains(where: \.isNumber) else { throw .other }
            return sign == .unequal
        default: return sign == .unequal
        }
    }
}
