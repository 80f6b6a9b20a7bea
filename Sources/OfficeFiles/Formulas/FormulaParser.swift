internal import ExactNumbers
internal import Groundwork

/// Why a formula is not computed anew.
package enum FormulaObstacle: Error, Sendable, Hashable {
    /// It uses a function that is not among those that we compute.
    case function(String)
    /// It names cells of another workbook.
    case link
    /// It uses something else that is not computed: a name, a table, a list in braces.
    case other
    /// It takes more steps than a formula may, or numbers of more digits.
    case tooLarge
}

/// Reads a formula as workbooks store it: English names, commas between arguments, no `=` before it.
struct FormulaParser {
    private var tokens: FormulaTokens
    private var depth = 0
    private var nodes = 0

    /// What Excel itself allows.
    private static let maximumBytes = 32_768
    /// Nesting is 64 in Excel; each takes some frames of the stack here.
    private static let maximumDepth = 64
    private static let maximumNodes = 4_000

    static func parse(_ text: String) throws(FormulaObstacle) -> Formula {
        guard text.utf8.count <= maximumBytes else { throw .tooLarge }
        var parser = FormulaParser(tokens: try FormulaTokens(text))
        let formula = try parser.expression(above: 0)
        guard parser.tokens.next == .end else { throw .other }
        return formula
    }

    private init(tokens: FormulaTokens) { self.tokens = tokens }

    /// Operators of more than `rank` and what stands between them.
    private mutating func expression(above rank: Int) throws(FormulaObstacle) -> Formula {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .tooLarge }
        var left = try signed()
        while case .sign(let sign) = tokens.next, sign.rank > rank {
            try tokens.advance()
            left = .binary(sign, left, try expression(above: sign.rank))
            try count()
        }
        return left
    }

    /// A sign before an operand binds more than any operator: −2^2 is 4 in a workbook.
    private mutating func signed() throws(FormulaObstacle) -> Formula {
        var isNegative = false
        while case .sign(let sign) = tokens.next, sign == .subtract || sign == .add {
            if sign == .subtract { isNegative.toggle() }
            try tokens.advance()
        }
        var operand = try operand()
        while tokens.next == .percent {
            operand = .percent(operand)
            try tokens.advance()
            try count()
        }
        return isNegative ? .negated(operand) : operand
    }

    private mutating func operand() throws(FormulaObstacle) -> Formula {
        try count()
        let token = tokens.next
        try tokens.advance()
        switch token {
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .reference(let reference): return .reference(reference)
        case .open:
            let inner = try expression(above: 0)
            try take(.close)
            return inner
        case .word(let word):
            if tokens.next == .open { return .call(word, try arguments()) }
            if word == "TRUE" || word == "FALSE" { return .boolean(word == "TRUE") }
            throw .other
        default: throw .other
        }
    }

    private mutating func arguments() throws(FormulaObstacle) -> [Formula?] {
        try take(.open)
        if tokens.next == .close {
            try tokens.advance()
            return []
        }
        var arguments: [Formula?] = []
        while true {
            if tokens.next == .comma || tokens.next == .close {
                arguments.append(nil)
            } else {
                arguments.append(try expression(above: 0))
            }
            if tokens.next == .close {
                try tokens.advance()
                return arguments
            }
            try take(.comma)
        }
    }

    private mutating func take(_ token: FormulaTokens.Token) throws(FormulaObstacle) {
        guard tokens.next == token else { throw .other }
        try tokens.advance()
    }

    private mutating func count() throws(FormulaObstacle) {
        nodes += 1
        guard nodes <= Self.maximumNodes else { throw .tooLarge }
    }
}
