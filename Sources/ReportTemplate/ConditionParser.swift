internal import ExactNumbers
internal import Groundwork
internal import JSONDocument

/// Reads `count(lines) > 3 and not (project.kind = '新增' or project.fictional)`.
///
/// Names with their forms, numbers, texts in quotes, `true` and `false`; `= != < <= > >=` and `in` for lists; `not` before `and` before `or`, and
/// brackets. Nothing else: a template asks, it does not compute.
struct ConditionParser {
    private let tokens: [Token]
    private let pointer: JSONPointer
    private var next = 0
    private var depth = 0

    private struct Token {
        var kind: Kind
        var text: String
        var column: Int

        enum Kind { case word, number, text, sign }
    }

    struct Mistake: Error {
        var column: Int
        var message: LocalizedText
        var help: LocalizedText?
    }

    private static let words = ["and", "or", "not", "in"]

    /// How deep brackets and `not` may stand inside each other.
    private static let maximumDepth = 24

    private init(_ text: String, _ pointer: JSONPointer) throws(Mistake) {
        (tokens, self.pointer) = (try Self.tokens(of: text), pointer)
    }

    static func parse(_ text: String, at pointer: JSONPointer) throws(Mistake) -> Condition {
        var parser = try ConditionParser(text, pointer)
        let condition = try parser.alternatives()
        guard parser.next == parser.tokens.count else { throw parser.unexpected() }
        return condition
    }

    // MARK: Grammar

    private mutating func alternatives() throws(Mistake) -> Condition {
        var parts = [try requirements()]
        while take("or") { parts.append(try requirements()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func requirements() throws(Mistake) -> Condition {
        var parts = [try single()]
        while take("and") { parts.append(try single()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func single() throws(Mistake) -> Condition {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth { throw Mistake(column: column, message: tooDeep) }
        if take("not") { return .not(try single()) }
        if take("(", .sign) {
            let condition = try alternatives()
            guard take(")", .sign) else { throw unexpected() }
            return condition
        }
        return try comparison()
    }

    private mutating func comparison() throws(Mistake) -> Condition {
        let start = column
        let left = try operand()
        guard next < tokens.count, tokens[next].kind == .sign || tokens[next].text == "in",
            let comparison = Condition.Comparison(rawValue: tokens[next].text)
        else {
            guard let path = left.path else { throw Mistake(column: start, message: comparesNothing) }
            return .present(path)
        }
        let sign = tokens[next]
        next += 1
        // == and =>, as other languages have it.
        if sign.text == "=", next < tokens.count, tokens[next].kind == .sign, tokens[next].column == sign.column + 1,
            ["=", "<", ">"].contains(tokens[next].text)
        {
            let second = tokens[next].text
            let meant = second == "=" ? "=" : second + "="
            throw Mistake(
                column: sign.column,
                message: notUnderstood("=" + second),
                help: LocalizedText(zh: "请写 \(meant)", en: "write \(meant)")
            )
        }
        let right = try operand()
        guard left.path != nil || right.path != nil else { throw Mistake(column: start, message: comparesNothing) }
        if comparison.isOfOrder, left.isUnordered || right.isUnordered {
            throw Mistake(column: start, message: noOrder)
        }
        return .compared(left, comparison, right)
    }

    private mutating func operand() throws(Mistake) -> Condition.Operand {
        guard next < tokens.count, tokens[next].kind != .sign else { throw unexpected() }
        let token = tokens[next]
        next += 1
        switch token.kind {
        case .text: return .text(token.text)
        case .number:
            guard let number = ExactDecimal(grouped: token.text) else { throw malformed(token) }
            return .number(number)
        default: break
        }
        if token.text == "true" || token.text == "false" { return .flag(token.text == "true") }
        if Self.words.contains(token.text) { throw malformed(token) }
        do throws(NamePath.Mistake) {
            let path = try NamePath(token.text[...], at: TextPlace(line: 1, column: token.column))
            return .name(PlacedPath(path: path, pointer: pointer, isWhole: tokens.count == 1))
        } catch {
            if case .unknownForm(let form) = error {
                let help = slip(in: form, among: ValueForm.names) ?? allForms
                throw Mistake(column: token.column, message: unknownForm(form), help: help)
            }
            if case .lacksText = error { throw Mistake(column: token.column, message: joinsNothing, help: howToWrite) }
            throw malformed(token)
        }
    }

    private var column: Int { next < tokens.count ? tokens[next].column : (tokens.last?.column ?? 1) }

    private mutating func take(_ text: String, _ kind: Token.Kind = .word) -> Bool {
        guard next < tokens.count, tokens[next].kind == kind, tokens[next].text == text else { return false }
        next += 1
        return true
    }

    private func unexpected() -> Mistake {
        guard next < tokens.count else { return Mistake(column: column, message: endsEarly) }
        return malformed(tokens[next])
    }

    private func malformed(_ token: Token) -> Mistake {
        Mistake(
            column: token.column,
            message: notUnderstood(token.text),
            help: oddCharacterHint(in: token.text) ?? howToWrite
        )
    }

    // MARK: Tokens

    private static func tokens(of text: String) throws(Mistake) -> [Token] {
        let scalars = Array(text.unicodeScalars)
        var (tokens, at) = ([Token](), 0)
        func string(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view)
        }
        while at < scalars.count {
            let (start, scalar) = (at, scalars[at])
            at += 1
            switch scalar {
            case " ", "\t", "\n", "\r", "\u{3000}": continue
            case "'", "\"", "“", "‘":
                let closing: Unicode.Scalar = scalar == "“" ? "”" : scalar == "‘" ? "’" : scalar
                while at < scalars.count, scalars[at] != closing { at += 1 }
                if at == scalars.count { throw Mistake(column: start + 1, message: unfinishedText) }
                tokens.append(Token(kind: .text, text: string(start + 1..<at), column: start + 1))
                at += 1
            case "=", "!", "<", ">":
                if at < scalars.count, scalars[at] == "=", scalar != "=" { at += 1 }
                tokens.append(Token(kind: .sign, text: string(start..<at), column: start + 1))
            case "(", ")": tokens.append(Token(kind: .sign, text: string(start..<at), column: start + 1))
            case "0"..."9", "-":
                while at < scalars.count, isOfNumber(scalars[at]) { at += 1 }
                tokens.append(Token(kind: .number, text: string(start..<at), column: start + 1))
            default:
                at = endOfName(scalars, start)
                if at == start { at += 1 }
                tokens.append(Token(kind: .word, text: string(start..<at), column: start + 1))
            }
        }
        return tokens
    }

    private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || scalar == "." || scalar == ","
    }

    /// Past a name with the forms around it: `count(lines)`, but not past the words of the language, whose brackets are
    /// brackets.
    private static func endOfName(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        var (at, open) = (start, 0)
        while at < scalars.count {
            switch scalars[at] {
            case "(":
                let word = String(String.UnicodeScalarView(scalars[start..<at]))
                if open == 0, words.contains(word) { return at }
                open += 1
            case ")":
                if open == 0 { return at }
                open -= 1
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "\u{80}"...: break
            default: return at
            }
            at += 1
        }
        return at
    }
}

extension Condition.Operand {
    /// A written text that is no day, or a truth: nothing is before or after it.
    fileprivate var isUnordered: Bool {
        switch self {
        case .flag: true
        case .text(let text): CalendarDate(written: text) == nil && ExactDecimal(grouped: text) == nil
        default: false
        }
    }
}

extension ValueReader {
    /// A condition; reports what is not understood, with its place.
    func condition() -> Condition? {
        guard let text = text() else { return nil }
        do throws(ConditionParser.Mistake) {
            return try ConditionParser.parse(text, at: pointer)
        } catch {
            var diagnostic = ConfigurationDiagnostic(
                code: "template/condition",
                message: error.message,
                pointer: pointer,
                help: error.help
            )
            diagnostic.place = TextPlace(line: 1, column: error.column)
            log.add(diagnostic)
            return nil
        }
    }
}

// MARK: - Messages

private let endsEarly = LocalizedText(
    zh: "条件没有写完，运算符后还应有名称、数字或带引号的文字",
    en: "the condition ends too early: a name, a number or a text in quotes is to follow"
)
private let unfinishedText = LocalizedText(zh: "引号没有结束", en: "a quotation mark is never closed")
private let comparesNothing = LocalizedText(zh: "条件里至少要有一个名称", en: "a condition needs a name")
private let noOrder = LocalizedText(
    zh: "文字不分大小，只能用 = 或 != 比较",
    en: "texts have no order, compare them with = or !="
)
private let tooDeep = LocalizedText(zh: "括号嵌套过深", en: "brackets stand too deep inside each other")
private let joinsNothing = LocalizedText(
    zh: "条件里没有 ending 和 beginning，它们只用于印出的文字",
    en: "conditions have no ending and beginning: these are for what is printed"
)

private let howToWrite = LocalizedText(
    zh: "写法如 lines、count(lines) > 3、project.kind = 'new' and not project.fictional",
    en: "write lines, count(lines) > 3, or project.kind = 'new' and not project.fictional"
)

private func notUnderstood(_ text: String) -> LocalizedText {
    LocalizedText(zh: "条件里看不懂\"\(text)\"", en: "\"\(text)\" is not understood in a condition")
}

private func unknownForm(_ name: String) -> LocalizedText {
    LocalizedText(zh: "未知的格式\"\(name)\"", en: "unknown form \"\(name)\"")
}
