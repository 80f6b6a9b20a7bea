internal import Groundwork
internal import OfficeFiles

/// Reads Markdown as it is mostly written: headings, paragraphs, lists, tables with bars, and tables of HTML among them.
struct MarkdownDocument {
    static func read(_ text: PlainText, named file: String) throws(UnreadableDocument) -> GivenDocument {
        var reader = MarkdownDocument(file)
        try reader.read(text.lines.map(String.init))
        var document = GivenDocument(file: file, kind: .markdown)
        document.noteGuess(text)
        (document.blocks, document.losses) = (reader.blocks, document.losses + reader.losses)
        return document
    }

    private let file: String
    private var blocks: [GivenBlock] = []
    private var pictures: [Place] = []
    private var paragraph: (text: String, line: Int)?
    /// Whether the last line of it goes on in no other one: 委托单位：某市财政局.
    private var isAlone = false

    private init(_ file: String) { self.file = file }

    private var losses: [GivenLoss] {
        pictures.first.map { [GivenLoss(.pictures, unreadPictures(pictures.count), at: $0)] } ?? []
    }

    private func place(_ line: Int, column: Int = 1) -> Place { .text(file: file, line: line, column: column) }

    private mutating func read(_ lines: [String]) throws(UnreadableDocument) {
        var index = 0
        while index < lines.count {
            let line = lines[index].trimmedBlanks
            if let fence = ["```", "~~~"].first(where: line.hasPrefix) {
                endParagraph()
                index = code(lines, from: index + 1, until: fence)
            } else if Self.beginsHTML(line) {
                endParagraph()
                index = try html(lines, from: index)
            } else if index + 1 < lines.count, line.contains("|"), Self.isRuler(lines[index + 1]) {
                endParagraph()
                index = table(lines, from: index)
            } else {
                add(line, lines[index], number: index + 1)
                index += 1
            }
        }
        endParagraph()
    }

    // MARK: Lines

    private mutating func add(_ line: String, _ written: String, number: Int) {
        if line.isEmpty { return endParagraph() }
        if let (level, title) = Self.heading(line) {
            endParagraph()
            return append(title, level: level, line: number)
        }
        if line.count > 2, Set(line).count == 1, let first = line.first, "=-*_".contains(first) {
            // Under a line of text it makes that a heading.
            if let open = paragraph, first == "=" || first == "-" {
                paragraph = nil
                return append(open.text, level: first == "=" ? 1 : 2, line: open.line)
            }
            return endParagraph()
        }
        if let item = Self.item(line) {
            endParagraph()
            // Items that only lead elsewhere in the document are its contents.
            if item.hasPrefix("["), item.hasSuffix(")"), item.contains("](#") { return }
            paragraph = (item, number)
            return
        }
        let text = line.hasPrefix(">") ? String(line.drop { $0 == ">" || $0 == " " }) : line
        // Lines of a form, a list without marks and a signature are lines, though nothing but the end of the line parts them.
        if isAlone || text.isLineOfItsOwn { endParagraph() }
        isAlone = text.isLineOfItsOwn && text.count <= 60 && !(text.last.map { "，、；：,;:".contains($0) } ?? true)
        guard var open = paragraph else {
            paragraph = (text, number)
            return
        }
        // Written on where it lies: a copy for each line would make long paragraphs slow.
        paragraph = nil
        // Between two Chinese characters the end of a line is nothing, elsewhere a blank.
        let (end, start) = (open.text.last { !"*`~_".contains($0) }, text.first { !"*`~_".contains($0) })
        let isTight = end.map { !$0.isASCII } == true && start.map { !$0.isASCII } == true
        if !isTight { open.text += " " }
        open.text += text
        paragraph = open
        if written.hasSuffix("  ") { endParagraph() }
    }

    private mutating func endParagraph() {
        if let open = paragraph { append(open.text, level: nil, line: open.line) }
        (paragraph, isAlone) = (nil, false)
    }

    private mutating func append(_ text: String, level: Int?, line: Int) {
        for part in plain(text, line).filledLines {
            let part = String(part).trimmedBlanks.withoutTabs
            if !part.isEmpty { blocks.append(.paragraph(GivenParagraph(part, level: level, at: place(line)))) }
        }
    }

    private static func heading(_ line: String) -> (Int, String)? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level), line.dropFirst(level).first.map({ $0 == " " || $0 == "\t" }) ?? false else {
            return nil
        }
        var title = line.dropFirst(level).drop { $0.isWhitespace }
        while title.last == "#" { title.removeLast() }
        return (level, String(title).trimmedBlanks)
    }

    /// What stands behind the mark of an item; the number of a counted one stays, for it is printed.
    private static func item(_ line: String) -> String? {
        if let first = line.first, "-*+".contains(first), line.dropFirst().first == " " {
            return String(line.dropFirst(2)).trimmedBlanks
        }
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        guard (1...9).contains(digits.count), let mark = line.dropFirst(digits.count).first, mark == "." || mark == ")",
            line.dropFirst(digits.count + 1).first == " "
        else { return nil }
        return line
    }

    private mutating func code(_ lines: [String], from start: Int, until fence: String) -> Int {
        var index = start
        while index < lines.count, !lines[index].trimmedBlanks.hasPrefix(fence) {
            let line = lines[index].plain.withoutTabs.trimmedBlanks
            if !line.isEmpty { blocks.append(.paragraph(GivenParagraph(line, at: place(index + 1)))) }
            index += 1
        }
        return index + 1
    }

    // MARK: Tables

    /// `| --- | :-: |`
    private static func isRuler(_ line: String) -> Bool {
        let line = line.trimmedBlanks
        return line.contains("-") && line.contains("|") && line.allSatisfy { "|-: ".contains($0) }
    }

    private mutating func table(_ lines: [String], from start: Int) -> Int {
        var (cells, index, row, width) = ([GivenCell](), start, 0, 0)
        while index < lines.count {
            let line = lines[index].trimmedBlanks
            guard line.contains("|") else { break }
            if index != start + 1 {
                row += 1
                let fields = Self.fields(line)
                width = max(width, fields.count)
                for (column, field) in fields.enumerated() {
                    let (text, offset) = field
                    let indent = lines[index].prefix { $0.isWhitespace }.unicodeScalars.count
                    cells.append(
                        GivenCell(
                            row: row,
                            column: column + 1,
                            text: plain(text, index + 1).trimmedBlanks,
                            at: place(index + 1, column: offset + indent + 1)
                        )
                    )
                }
            }
            index += 1
        }
        blocks.append(.table(GivenTable(rowCount: row, columnCount: width, cells: cells, at: place(start + 1))))
        return index
    }

    /// The cells of a row, each with the scalars before it; a bar behind a backslash is none.
    private static func fields(_ line: String) -> [(text: String, offset: Int)] {
        var (fields, text, start, isEscaped) = ([(text: String, offset: Int)](), "", 0, false)
        for (offset, scalar) in line.unicodeScalars.enumerated() {
            if scalar == "|", !isEscaped {
                fields.append((text, start))
                (text, start) = ("", offset + 1)
            } else {
                text.unicodeScalars.append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        fields.append((text, start))
        if fields.first?.text.trimmedBlanks.isEmpty == true, line.hasPrefix("|") { fields.removeFirst() }
        if fields.last?.text.trimmedBlanks.isEmpty == true, line.hasSuffix("|") { fields.removeLast() }
        return fields
    }

    // MARK: HTML

    private static func beginsHTML(_ line: String) -> Bool {
        let line = line.lowercased()
        return [
            "<table", "<div", "<p>", "<p ", "<h1", "<h2", "<h3", "<ol", "<ul", "<!--", "<section", "<figure",
            "<details",
        ]
        .contains(where: line.hasPrefix)
    }

    /// A stretch of HTML goes on up to an empty line after its last end tag; of a table, up to where the table ends.
    private mutating func html(_ lines: [String], from start: Int) throws(UnreadableDocument) -> Int {
        var (index, depth) = (start, 0)
        while index < lines.count {
            let line = lines[index].lowercased()
            if depth <= 0, line.trimmedBlanks.isEmpty { break }
            depth += line.count(of: "<table") - line.count(of: "</table")
            index += 1
        }
        blocks += try HTMLDocument.blocks(lines[start..<index].joined(separator: "\n"), line: start + 1, of: file)
        return index
    }

    // MARK: Marks inside a line

    /// The text without its marks: what is bold, code, a link.
    private mutating func plain(_ text: String, _ line: Int) -> String {
        let scalars = Array(text.unicodeScalars)
        var (result, index) = (String.UnicodeScalarView(), 0)
        while index < scalars.count {
            let scalar = scalars[index]
            switch scalar {
            case "\\" where index + 1 < scalars.count && scalars[index + 1].properties.isPatternSyntax:
                result.append(scalars[index + 1])
                index += 1
            case "*", "`", "~":
                // A lone star stands for itself: 3 * 4.
                let run = scalars[index...].prefix { $0 == scalar }.count
                let isLone = scalar == "*" && run == 1 && index + 1 < scalars.count && scalars[index + 1] == " "
                if isLone || scalar == "~" && run < 2 { result.append(contentsOf: scalars[index..<index + run]) }
                index += run - 1
            case "!" where index + 1 < scalars.count && scalars[index + 1] == "[":
                if let link = Self.link(scalars, index + 1) {
                    pictures.append(place(line))
                    index = link.end
                } else {
                    result.append(scalar)
                }
            case "[":
                if let link = Self.link(scalars, index) {
                    result.append(contentsOf: plain(link.text, line).unicodeScalars)
                    index = link.end
                } else {
                    result.append(scalar)
                }
            case "<":
                if let (tag, end) = Self.tag(scalars, index) {
                    if tag == "br" { result.append("\n") }
                    index = end
                } else {
                    result.append(scalar)
                }
            default: result.append(scalar)
            }
            index += 1
        }
        let bytes = Array(String(result).utf8)
        return HTMLEntities.resolved(bytes[...]).plain
    }

    /// `[text](address)`: its text and where it ends.
    private static func link(_ scalars: [Unicode.Scalar], _ start: Int) -> (text: String, end: Int)? {
        guard let middle = scalars[start...].prefix(2_000).firstIndex(of: "]"), middle + 1 < scalars.count,
            scalars[middle + 1] == "(", let end = scalars[middle...].prefix(2_000).firstIndex(of: ")")
        else { return nil }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start + 1..<middle])
        return (String(text), end)
    }

    /// A tag inside a line: its name and where it ends.
    private static func tag(_ scalars: [Unicode.Scalar], _ start: Int) -> (name: String, end: Int)? {
        guard let end = scalars[start...].prefix(300).firstIndex(of: ">"), start + 1 < end,
            scalars[start + 1] == "/" || scalars[start + 1].properties.isAlphabetic && scalars[start + 1].isASCII
        else { return nil }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[start + 1..<end].prefix { $0.properties.isAlphabetic && $0.isASCII })
        return (String(name).lowercased(), end)
    }
}

extension String {
    /// How often `word` stands in it.
    fileprivate func count(of word: String) -> Int { ranges(of: word).count }
}

extension String {
    /// Whether it is a line as forms and signatures have them: 委托单位：某市财政局, 2025年11月6日, （1）….
    fileprivate var isLineOfItsOwn: Bool {
        if let first, "①②③④⑤⑥⑦⑧⑨⑩".contains(first) { return true }
        if first == "（" || first == "(" {
            let inner = dropFirst().prefix { $0.isNumber || "一二三四五六七八九十".contains($0) }
            let rest = dropFirst(1 + inner.count)
            return (1...3).contains(inner.count) && (rest.first == "）" || rest.first == ")")
        }
        if count <= 14, contains("年"), hasSuffix("日") || hasSuffix("月"),
            allSatisfy({ $0.isNumber || "年月日〇○零一二三四五六七八九十 ".contains($0) })
        {
            return true
        }
        // A label and what stands behind it, and no sentence.
        guard let colon = prefix(13).firstIndex(of: "："), colon > startIndex, count <= 80, !contains("。") else {
            return false
        }
        return !self[..<colon].contains { "，、；（“《".contains($0) || $0.isNumber }
    }
}
