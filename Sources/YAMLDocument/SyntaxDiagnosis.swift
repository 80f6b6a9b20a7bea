internal import Groundwork

/// Turns libyaml's words and the text around them into what the writer of the file most likely did wrong.
///
/// libyaml says where it could not go on; the slip often stands earlier: an unclosed quote at its opening, a missing
/// space after a colon on the line before. Each case below looks there first.
struct SyntaxDiagnosis {
    let problem: SyntaxProblem
    let source: SourceText
    let file: String
    /// Every "[" and "{" that was still open, outermost first.
    let openFlows: [SourcePlace]
    /// What was read last, if it was a scalar in quotes.
    let lastQuoted: SourcePlace?

    /// The syntax error, and every other line indented by tabs from there on.
    ///
    /// - Parameter limit: how many diagnostics at most.
    func diagnostics(limit: Int) -> [Diagnostic] {
        let first = diagnosis()
        let tabs = IndentationTabs(source: source, file: file)
            .diagnostics(from: min(first.place.line ?? 1, problem.contextPosition.line), limit: limit)
        return [first] + tabs.filter { $0.place != first.place }
    }

    private typealias Position = SyntaxProblem.Position

    private func diagnosis() -> Diagnostic {
        switch problem.stage {
        case .memory: error(.outOfMemory, at: problem.position)
        case .encoding: encodingError()
        case .syntax:
            oddStart() ?? oddComment(line: problem.position.line) ?? scannerError() ?? parserError() ?? oddCharacter()
                ?? error(.other(problem.message), at: problem.position)
        }
    }

    /// A line that begins with what only looks like a blank or a dash, or with what nobody sees: the one that could not be read, or one
    /// above it on the way to the outermost level.
    private func oddStart() -> Diagnostic? {
        var number = problem.position.line
        for _ in 0..<Self.linesLookedAt {
            let line = source.line(number)
            if let (odd, index) = line.oddStart {
                let code = odd.isBlank ? "yaml/wrong-space" : "yaml/odd-character"
                return error(.oddCharacter(odd), code: code, at: Position(line: number, column: index + 1))
            }
            if number < problem.position.line, line.indentation == 0 { return nil }
            guard let above = lineAbove(number) else { return nil }
            number = above
        }
        return nil
    }

    /// What only looks like a sign of YAML's, just where the file could not be read on.
    private func oddCharacter() -> Diagnostic? {
        guard let odd = scalar(at: problem.position).flatMap({ OddCharacter($0) }) else { return nil }
        return error(.oddCharacter(odd), code: "yaml/odd-character", at: problem.position)
    }

    /// A straight quote that was to be closed by a curly one.
    private func curlyEnd(line: Int) -> Diagnostic? {
        guard let (odd, index) = source.line(line).curlyEnd else { return nil }
        return error(.oddCharacter(odd), code: "yaml/odd-character", at: Position(line: line, column: index + 1))
    }

    /// Curly quotes where a value begins.
    private func curlyStart(from start: Int, to end: Int, line: Int) -> Diagnostic? {
        guard let (odd, index) = source.line(line).curlyStart(from: start, to: end) else { return nil }
        return error(.oddCharacter(odd), code: "yaml/odd-character", at: Position(line: line, column: index + 1))
    }

    /// Lines above a mistake that are looked at for its cause.
    private static let linesLookedAt = 50

    private func oddSign(_ signs: [String], from start: Int, to end: Int, line: Int) -> Diagnostic? {
        guard let (odd, index) = source.line(line).lastOddSign(signs, from: start, to: end) else { return nil }
        return error(.oddCharacter(odd), code: "yaml/odd-character", at: Position(line: line, column: index + 1))
    }

    private func encodingError() -> Diagnostic {
        let position = source.position(ofByte: source.firstByte + problem.byteOffset)
        let place = Position(line: position.line, column: position.column)
        if problem.message == "control characters are not allowed" {
            return error(.controlCharacter, code: "yaml/control-character", at: place)
        }
        return error(.invalidUTF8, code: "yaml/encoding", at: place)
    }

    /// What goes wrong within a word, a quote or a line.
    private func scannerError() -> Diagnostic? {
        switch problem.message {
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return tab()
        case "found character that cannot start any token":
            guard let character = scalar(at: problem.position) else { return nil }
            return character == "\t" ? tab() : error(.reservedCharacter(character), at: problem.position)
        case "mapping values are not allowed in this context":
            return unexpectedColon()
        case "found unexpected ':'":
            // Within brackets, where "[", "]", "{", "}" or "," follows the colon.
            let isSameLine = problem.position.line == problem.contextPosition.line
            let start = isSameLine ? problem.contextPosition.column : problem.position.column
            let key = source.line(problem.position.line).text(start - 1..<problem.position.column - 1)
            return error(.missingSpace(key), at: problem.position)
        case "could not find expected ':'":
            return missingColon(line: problem.contextPosition.line)
        case "block sequence entries are not allowed in this context":
            return error(.unexpectedDash, at: problem.position)
        case "found unexpected end of stream", "found unexpected document indicator":
            let quote = scalar(at: problem.contextPosition) ?? "\""
            if let odd = curlyEnd(line: problem.contextPosition.line) { return odd }
            return error(.unclosedQuote(quote), at: problem.contextPosition)
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            return error(.wrongEscape, at: problem.position, length: 2)
        case "did not find expected alphabetic or numeric character":
            return error(.anchorName, at: problem.contextPosition)
        case "mapping keys are not allowed in this context":
            return error(.reservedCharacter("?"), at: problem.position)
        case "found unknown directive name", "could not find expected directive name",
            "found unexpected non-alphabetical character":
            return error(.reservedCharacter("%"), at: problem.contextPosition)
        case "did not find expected comment or line break":
            return error(.blockScalarHeader, at: problem.contextPosition)
        default:
            return nil
        }
    }

    /// What goes wrong between words: indentation, brackets, things out of place.
    private func parserError() -> Diagnostic? {
        switch problem.message {
        case "did not find expected key": unexpectedInMapping()
        case "did not find expected '-' indicator": unexpectedInList()
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'": openBracket()
        case "did not find expected node content": missingValue()
        case "did not find expected <document start>": error(.outsideDocument, at: problem.position)
        case "found undefined tag handle": error(.unknownTagHandle, at: problem.position)
        default: nil
        }
    }
}

// MARK: - Colons

extension SyntaxDiagnosis {
    /// A ": " where no key can end: within a value, or after a line that went wrong.
    private func unexpectedColon() -> Diagnostic {
        let line = source.line(problem.position.line)
        // - ｛名称: 甲, 数量: 2}: what was to open a mapping begins a key.
        let first = line.prefix { $0 == " " || $0 == "-" }.count
        if let odd = oddSign(["[", "{"], from: first, to: first + 1, line: problem.position.line) { return odd }
        let beforeColon = Array(line.prefix(problem.position.column - 1))
        if let separator = beforeColon.keySeparator {
            let value = beforeColon.dropFirst(separator + 1).prefix { $0 == " " }.count + separator + 1
            let place = Position(line: problem.position.line, column: value + 1)
            if let odd = oddSign(["[", "{", "\"", "'"], from: value, to: value + 1, line: place.line) { return odd }
            return error(.colonInValue, at: place, length: line.trimmedEnd - value)
        }
        if let above = lineAbove(problem.position.line) {
            let slip = wrongColon(line: above)
            if let slip, source.line(above).keySeparator == nil { return slip }
            if slip == nil, !source.line(above).contains(":") { return missingColon(line: above) }
        }
        return error(.deeperThanAbove, at: start(ofLine: problem.position.line))
    }

    /// A line that should be a key with its value but has no colon that YAML takes for one.
    private func missingColon(line: Int) -> Diagnostic {
        if let slip = wrongColon(line: line) { return slip }
        let text = source.line(line)
        let start = text.indentation
        let place = Position(line: line, column: start + 1)
        if text.indices.contains(start), text[start] == "-" { return error(.missingSpaceAfterDash, at: place) }
        return error(.missingColon(text.text(start..<text.trimmedEnd)), at: place, length: text.trimmedEnd - start)
    }

    /// `＃ 说明`: what was to be a comment.
    private func oddComment(line: Int) -> Diagnostic? {
        let text = source.line(line)
        guard text.indices.contains(text.indentation), let odd = OddCharacter(text[text.indentation]), odd.plain == "#"
        else { return nil }
        return error(
            .oddCharacter(odd),
            code: "yaml/odd-character",
            at: Position(line: line, column: text.indentation + 1)
        )
    }

    /// A colon without its space, or a full-width one; where the whole line was to be a comment, that is told.
    private func wrongColon(line: Int) -> Diagnostic? {
        if let comment = oddComment(line: line) { return comment }
        let text = source.line(line)
        if let fullWidth = text.firstIndex(of: "：") {
            return error(.fullWidthColon, at: Position(line: line, column: fullWidth + 1))
        }
        guard let colon = text.firstIndex(of: ":"), colon + 1 < text.trimmedEnd, text[colon + 1] != " " else {
            return nil
        }
        if let odd = OddCharacter(text[colon + 1]), odd.isBlank {
            return error(.oddCharacter(odd), code: "yaml/wrong-space", at: Position(line: line, column: colon + 2))
        }
        return error(.missingSpace(text.text(text.indentation..<colon)), at: Position(line: line, column: colon + 1))
    }

    /// The nearest line above that says something.
    private func lineAbove(_ line: Int) -> Int? {
        (1..<max(line, 1)).last { number in
            let text = source.line(number)
            return text.indentation < text.count && text[text.indentation] != "#"
        }
    }
}

// MARK: - Indentation and brackets

extension SyntaxDiagnosis {
    private func unexpectedInMapping() -> Diagnostic {
        if let other = strayBracket() ?? textAfterValue() { return other }
        let line = source.line(problem.position.line)
        if line.startsListItem { return error(.listItemAmongKeys, at: problem.position) }
        if scalar(at: problem.position) == ":" { return error(.emptyKey, code: "yaml/wrong-key", at: problem.position) }
        return wrongIndentation()
    }

    private func unexpectedInList() -> Diagnostic {
        if let other = strayBracket() ?? textAfterValue() { return other }
        let column = problem.contextPosition.column
        let isItsLevel = problem.position.column == column
        return isItsLevel ? error(.keyAmongListItems(itemsAt: column), at: problem.position) : wrongIndentation()
    }

    /// What goes on after a value on the same line; most often a quote within quotes, or one never closed above.
    private func textAfterValue() -> Diagnostic? {
        let line = source.line(problem.position.line)
        guard problem.position.column - 1 > line.indentation else { return nil }
        if let lastQuoted, lastQuoted.line < problem.position.line {
            let opening = Position(line: lastQuoted.line, column: lastQuoted.column)
            return curlyEnd(line: lastQuoted.line) ?? error(.quoteClosedLate(line: problem.position.line), at: opening)
        }
        return error(.textAfterValue, at: problem.position, length: line.trimmedEnd - problem.position.column + 1)
    }

    private func wrongIndentation() -> Diagnostic {
        error(.wrongIndentation(levels: levels(above: problem.position.line)), at: problem.position)
    }

    /// The columns, from 1, at which the levels around a line begin: going up, each line that is indented less.
    private func levels(above line: Int) -> [Int] {
        var levels: [Int] = []
        var next = lineAbove(line)
        while let number = next, levels.last != 1 {
            let text = source.line(number)
            let outermost = levels.last ?? Int.max
            let column = text.indentation + 1
            if text.startsListItem {
                let item = column + 1 + text.dropFirst(column).prefix { $0 == " " }.count
                if item <= text.count, item < outermost { levels.append(item) }
            }
            if column < outermost { levels.append(column) }
            next = lineAbove(number)
        }
        return levels.reversed()
    }

    /// A list or mapping in brackets that goes on where it should not: most likely it was never closed.
    private func openBracket() -> Diagnostic {
        let line = source.line(problem.position.line)
        let found = scalar(at: problem.position)
        let isLater = problem.position.line > problem.contextPosition.line
        let looksLikeBlock = line.indentation == line.count || line.keySeparator != nil || line.startsListItem
        let closesOuter = openFlows.dropLast().contains { closing(of: $0) == found && found != nil }
        if isLater && looksLikeBlock || found == nil || closesOuter,
            let bracket = scalar(at: problem.contextPosition)
        {
            let opening = source.line(problem.contextPosition.line)
            let (start, line) = (problem.contextPosition.column, problem.contextPosition.line)
            return oddSign([bracket == "[" ? "]" : "}"], from: start, to: opening.count, line: line)
                ?? cutByComment(line: line) ?? curlyEnd(line: line)
                ?? intervalWithoutQuotes(from: problem.contextPosition)
                ?? error(.unclosedBracket(bracket), at: problem.contextPosition)
        }
        let start = isLater ? line.indentation : problem.contextPosition.column
        let end = problem.position.column - 1
        let odd =
            oddSign([",", ":", "]", "}"], from: start, to: end, line: problem.position.line)
            ?? curlyStart(from: start, to: end, line: problem.position.line)
        if found == ":" { return odd ?? error(.colonInValue, at: problem.position) }
        if let lastQuoted, lastQuoted.line < problem.position.line, let curly = curlyEnd(line: lastQuoted.line) {
            return curly
        }
        // "N"， WAT: the sign that stands where the comma should.
        let column = problem.position.column
        let oddHere = oddSign([",", ":", "]", "}"], from: column - 1, to: column, line: problem.position.line)
        return odd ?? strayBracket() ?? oddHere ?? quoteInQuotes() ?? error(.missingComma, at: problem.position)
    }

    /// Text right behind a quote that was closed by a quote of the text: "他说"好"".
    private func quoteInQuotes() -> Diagnostic? {
        let before = Position(line: problem.position.line, column: problem.position.column - 1)
        guard let quote = scalar(at: before), quote == "\"" || quote == "'" else { return nil }
        return error(.quoteInQuotes(quote), at: before)
    }

    /// [70, 90): to YAML the bracket of a list that is never closed.
    private func intervalWithoutQuotes(from opening: Position) -> Diagnostic? {
        let rest = source.line(opening.line).dropFirst(opening.column - 1)
        guard rest.first == "[", let end = rest.firstIndex(of: ")") else { return nil }
        let inner = rest[rest.startIndex + 1..<end]
        let isNumeric = inner.allSatisfy { "0123456789., %-".unicodeScalars.contains($0) }
        guard isNumeric, inner.count(where: { $0 == "," }) == 1 else { return nil }
        let text = source.line(opening.line).text(rest.startIndex..<end + 1)
        return error(.intervalWithoutQuotes(text), at: opening, length: end + 1 - rest.startIndex)
    }

    /// A bracket that is closed in what was taken for a comment.
    private func cutByComment(line number: Int) -> Diagnostic? {
        let line = source.line(number)
        guard let hash = line.indices.first(where: { $0 > 0 && line[$0] == "#" && line[$0 - 1] == " " }),
            line[hash...].contains(where: { $0 == "]" || $0 == "}" })
        else { return nil }
        let place = Position(line: number, column: hash + 1)
        return error(.cutByComment(line.text(hash..<line.trimmedEnd)), at: place, length: line.trimmedEnd - hash)
    }

    private func closing(of place: SourcePlace) -> Unicode.Scalar? {
        switch scalar(at: Position(line: place.line, column: place.column)) {
        case "[": "]"
        case "{": "}"
        default: nil
        }
    }

    private func missingValue() -> Diagnostic {
        if let openFlow = openFlows.last {
            let opening = Position(line: openFlow.line, column: openFlow.column)
            if scalar(at: problem.position) == nil, let bracket = scalar(at: opening) {
                return error(.unclosedBracket(bracket), at: opening)
            }
        }
        guard let character = scalar(at: problem.position) else { return error(.missingValue, at: problem.position) }
        if !openFlows.isEmpty, character == "," { return error(.emptyItem, at: problem.position) }
        return strayBracket() ?? error(.missingValue, at: problem.position)
    }

    private func strayBracket() -> Diagnostic? {
        guard let character = scalar(at: problem.position), character == "]" || character == "}" else { return nil }
        return error(.strayBracket(character), at: problem.position)
    }

    private func tab() -> Diagnostic {
        let line = source.line(problem.position.line)
        let tabs = line.dropFirst(problem.position.column - 1).prefix { $0 == "\t" }.count
        return error(.tab, code: "yaml/tab", at: problem.position, length: tabs)
    }
}

// MARK: - Places

extension SyntaxDiagnosis {
    private func error(
        _ wording: Diagnostic.Wording,
        code: String = "yaml/syntax",
        at position: Position,
        length: Int = 1
    ) -> Diagnostic {
        let place = SourcePlace(file: file, line: position.line, column: position.column)
        return Diagnostic(.error, code: code, at: place, length: length, wording)
    }

    private func scalar(at position: Position) -> Unicode.Scalar? {
        let line = source.line(position.line)
        return line.indices.contains(position.column - 1) ? line[position.column - 1] : nil
    }

    private func start(ofLine line: Int) -> Position {
        Position(line: line, column: source.line(line).indentation + 1)
    }
}
