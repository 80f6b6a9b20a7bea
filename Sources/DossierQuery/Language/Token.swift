internal import ReviewModel

/// One word or sign of a query.
struct Token: Equatable {
    enum Kind: Equatable {
        /// As written; key words are compared without regard to case.
        case word(String)
        /// A name in double quotes or backquotes: never a key word.
        case quotedName(String)
        case number(ExactDecimal)
        case text(String)
        /// `:name`, or `?` with the number of the question mark.
        case parameter(String)
        case sign(String)
        case end
    }

    var kind: Kind
    var offset: Int

    func isWord(_ word: String) -> Bool {
        if case .word(let own) = kind { own.uppercased() == word } else { false }
    }

    func isSign(_ sign: String) -> Bool { kind == .sign(sign) }

    /// The token as a message names it.
    var name: String {
        switch kind {
        case .word(let word), .quotedName(let word): word
        case .number(let number): number.description
        case .text(let text): "'\(text)'"
        case .parameter(let name): ":" + name
        case .sign(let sign): sign
        case .end: "the end"
        }
    }
}

/// Cuts a query into tokens. Comments, `-- …` and `/* … */`, are passed over.
struct Lexer {
    private let characters: [Character]
    private var position = 0
    private var questionMarks = 0

    init(_ text: String) { characters = Array(text) }

    static func tokens(_ text: String) throws(QueryError) -> [Token] {
        var (lexer, tokens) = (Lexer(text), [Token]())
        repeat {
            tokens.append(try lexer.next())
            // Reading is not interrupted, so it must not be long.
            if tokens.count > QueryLimits.tokens {
                throw QueryError(
                    .tooMuch,
                    tokens.last?.offset ?? 0,
                    zh: "查询超过 \(QueryLimits.tokens) 个词和符号",
                    en: "the query has more than \(QueryLimits.tokens) words and signs"
                )
            }
        } while tokens.last?.kind != .end
        return tokens
    }

    private var current: Character? { position < characters.count ? characters[position] : nil }
    private var following: Character? { position + 1 < characters.count ? characters[position + 1] : nil }

    private mutating func next() throws(QueryError) -> Token {
        try skipBlanks()
        let start = position
        guard let character = current else { return Token(kind: .end, offset: start) }
        let kind: Token.Kind
        switch character {
        case "'": kind = .text(try self.quoted("'"))
        case "\"", "`": kind = .quotedName(try self.quoted(character))
        case ":":
            position += 1
            let name = self.word()
            if name.isEmpty { throw unexpected(character, start) }
            kind = .parameter(name)
        case "?":
            position += 1
            questionMarks += 1
            kind = .parameter(String(questionMarks))
        case "0"..."9": kind = .number(try self.number())
        case _ where character.isLetter || character == "_": kind = .word(self.word())
        default: kind = .sign(try self.sign())
        }
        return Token(kind: kind, offset: start)
    }

    private mutating func skipBlanks() throws(QueryError) {
        while let character = current {
            if character.isWhitespace {
                position += 1
            } else if character == "-", following == "-" {
                while let next = current, !next.isNewline { _ = next; position += 1 }
            } else if character == "/", following == "*" {
                let start = position
                position += 2
                while current != "*" || following != "/" {
                    if current == nil {
                        throw QueryError(.syntax, start, zh: "注释没有结束", en: "the comment does not end")
                    }
                    position += 1
                }
                position += 2
            } else {
                return
            }
        }
    }

    private mutating func word() -> String {
        let start = position
        while let character = current, character.isLetter || character.isNumber || character == "_" { position += 1 }
        return String(characters[start..<position])
    }

    /// What stands between two quotes; a doubled quote is one.
    private mutating func quoted(_ quote: Character) throws(QueryError) -> String {
        let start = position
        position += 1
        var text = ""
        while let character = current {
            position += 1
            if character != quote {
                text.append(character)
            } else if current == quote {
                text.append(quote)
                position += 1
            } else {
                return text
            }
        }
        throw QueryError(
            .syntax,
            start,
            zh: "引号没有结束",
            en: "the quotation mark is not closed",
            help: LocalizedText(
                zh: "文字里有\" #\"的，YAML 从那里起当作注释：整个查询要加双引号",
                en:
                    "where a text has \" #\" in it YAML takes the rest for a comment: put the whole query in double quotes"
            )
        )
    }

    /// 500000000 for 5亿; `nil` where the letter is no multiple.
    private func writtenOut(_ digits: String, before letter: Character) -> LocalizedText? {
        let multiples: [Character: Int] = ["千": 3, "万": 4, "亿": 8]
        guard let tens = multiples[letter], let number = ExactDecimal(digits)?.multipliedByTen(times: tens) else {
            return nil
        }
        let plain = number.withoutTrailingZeros
        return LocalizedText(zh: "请写全数字 \(plain)", en: "write it out: \(plain)")
    }

    /// The whole of `500,000` at its `000`, which nobody writes for a number of its own; `nil` for any other.
    private func groups(before text: String, at start: Int) -> String? {
        guard text.count == 3, text.hasPrefix("0") else { return nil }
        var first = start
        while first >= 2, characters[first - 1] == ",", ("0"..."9").contains(characters[first - 2]) {
            first -= 2
            while first > 0, ("0"..."9").contains(characters[first - 1]) { first -= 1 }
        }
        guard first < start, (1...3).contains(String(characters[first..<start]).prefix { $0 != "," }.count) else {
            return nil
        }
        var last = position
        while last + 3 < characters.count, characters[last] == ",",
            characters[(last + 1)...(last + 3)].allSatisfy({ ("0"..."9").contains($0) })
        {
            last += 4
        }
        return String(characters[first..<last])
    }

    private mutating func number() throws(QueryError) -> ExactDecimal {
        let start = position
        while let character = current, ("0"..."9").contains(character) || character == "." { position += 1 }
        if let character = current, character.isLetter {
            throw QueryError(
                .syntax,
                start,
                zh: "数字后不能紧跟字母",
                en: "a number ends before a letter",
                help: writtenOut(String(characters[start..<position]), before: character)
                    ?? LocalizedText(zh: "不支持指数写法，请写全数字", en: "write numbers out; there are no exponents")
            )
        }
        let text = String(characters[start..<position])
        if let whole = groups(before: text, at: start) {
            throw QueryError(
                .syntax,
                start,
                zh: "\"\(whole)\"中的逗号把一个数分成了几个",
                en: "the commas of \"\(whole)\" make several numbers of one",
                help: LocalizedText(
                    zh: "请写 \(whole.filter { $0 != "," })",
                    en: "write \(whole.filter { $0 != "," })"
                )
            )
        }
        guard let number = ExactDecimal(text) else {
            throw QueryError(.syntax, start, zh: "\"\(text)\"不是数字", en: "\"\(text)\" is no number")
        }
        return number
    }

    private mutating func sign() throws(QueryError) -> String {
        let start = position
        let two = String(characters[position..<min(position + 2, characters.count)])
        if ["<=", ">=", "<>", "!=", "==", "||"].contains(two) {
            position += 2
            return two
        }
        let one = characters[position]
        guard "=<>+-*/%(),.;".contains(one) else { throw unexpected(one, start) }
        position += 1
        return String(one)
    }

    /// Signs of mathematics, and what SQL writes for them.
    private static let signs: [Character: String] = [
        "≤": "<=", "≥": ">=", "≠": "<>", "≦": "<=", "≧": ">=", "×": "*", "÷": "/", "−": "-", "∧": "AND", "∨": "OR",
    ]

    private func unexpected(_ character: Character, _ offset: Int) -> QueryError {
        if let sign = Self.signs[character] {
            return QueryError(
                .syntax,
                offset,
                zh: "此处不能有\"\(character)\"",
                en: "\"\(character)\" means nothing here",
                help: LocalizedText(zh: "请写 \(sign)", en: "write \(sign)")
            )
        }
        let odd = character.unicodeScalars.first.flatMap { OddCharacter($0) }.flatMap { $0.isInvisible ? nil : $0 }
        return QueryError(
            .syntax,
            offset,
            zh: "此处不能有\"\(character)\"",
            en: "\"\(character)\" means nothing here",
            help: odd.map { odd in
                LocalizedText(
                    zh: "这是\(odd.name.zh)，请写成半角的 \(odd.plain)",
                    en: "it is \(odd.name.en): write \(odd.plain)"
                )
            }
        )
    }
}
