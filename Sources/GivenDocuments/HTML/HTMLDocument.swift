internal import Groundwork
internal import OfficeFiles

/// Reads what a browser shows of an HTML file, without running or fetching anything.
struct HTMLDocument {
    static func read(_ text: PlainText, named file: String) throws(UnreadableDocument) -> GivenDocument {
        var reader = HTMLDocument(file)
        var document = GivenDocument(file: file, kind: .html)
        document.noteGuess(text)
        document.blocks = try reader.blocks(text.text, line: 1)
        document.losses += reader.losses
        return document
    }

    /// The blocks of a stretch of HTML that begins in this line of the file.
    static func blocks(_ text: String, line: Int, of file: String) throws(UnreadableDocument) -> [GivenBlock] {
        var reader = HTMLDocument(file)
        return try reader.blocks(text, line: line)
    }

    private let file: String
    private var (hidden, pictures) = ([Place](), [Place]())
    /// What is being filled: the document's blocks, and those of cells.
    private var containers: [[GivenBlock]] = [[]]
    private var tables: [OpenTable] = []
    private var lists: [OpenList] = []
    private var text = ""
    private var start: (line: Int, column: Int)?
    private var level: Int?
    private var isPreformatted = 0
    private var (cellCount, coveredCount) = (0, 0)

    /// Tables inside each other, and cells of one file.
    private static let (maximumDepth, maximumCells) = (20, 2_000_000)
    /// Fields that cells of several rows take, and that later cells pass over to their place.
    private static let maximumCovered = 20_000_000

    private init(_ file: String) { self.file = file }

    private var losses: [GivenLoss] {
        var losses: [GivenLoss] = []
        if let first = hidden.first { losses.append(GivenLoss(.hiddenText, hiddenParts(hidden.count), at: first)) }
        if let first = pictures.first { losses.append(GivenLoss(.pictures, unreadPictures(pictures.count), at: first)) }
        return losses
    }

    private static let blockNames: Set<String> = [
        "p", "div", "section", "article", "header", "footer", "main", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "li",
        "ul", "ol",
        "dl", "dt", "dd", "figure", "figcaption", "caption", "blockquote", "hr", "pre", "table", "tr", "td", "th",
        "thead", "tbody",
        "tfoot", "form", "fieldset", "address", "body", "html",
    ]
    /// What holds no text of the document.
    private static let rawNames: Set<String> = [
        "script", "style", "title", "noscript", "template", "textarea", "iframe", "object",
    ]
    private static let skippedNames: Set<String> = [
        "nav", "svg", "math", "select", "button", "audio", "video", "canvas", "rt", "rp",
    ]
    private static let voidNames: Set<String> = [
        "br", "hr", "img", "input", "meta", "link", "col", "wbr", "source", "area", "base", "embed", "param", "track",
    ]

    private mutating func blocks(_ html: String, line: Int) throws(UnreadableDocument) -> [GivenBlock] {
        var tokens = HTMLTokens(html, line: line)
        // The element that is left out, and how many of its name are open in it.
        var skipped: (name: String, depth: Int)?
        while let token = tokens.next() {
            if var open = skipped {
                switch token {
                case .start(open.name, _, false): open.depth += 1
                case .end(open.name): open.depth -= 1
                default: break
                }
                skipped = open.depth == 0 ? nil : open
                continue
            }
            switch token {
            case .text(let text): add(text, at: tokens.place)
            case .start(let name, let attributes, let isEmpty):
                let isVoid = isEmpty || Self.voidNames.contains(name)
                if Self.rawNames.contains(name), !isEmpty {
                    tokens.skipRaw(name)
                } else if Self.skippedNames.contains(name) || isHidden(attributes), !isVoid {
                    if !Self.skippedNames.contains(name) { hidden.append(place(tokens.place)) }
                    skipped = (name, 1)
                } else {
                    try begin(name, attributes, at: tokens.place)
                }
            case .end(let name): end(name)
            }
        }
        endParagraph()
        while !tables.isEmpty { endTable() }
        return containers[0]
    }

    private func isHidden(_ attributes: [String: String]) -> Bool {
        if attributes["hidden"] != nil { return true }
        guard let style = attributes["style"]?.lowercased().filter({ !$0.isWhitespace }) else { return false }
        return style.contains("display:none") || style.contains("visibility:hidden") || style.contains("mso-hide:all")
    }

    private func place(_ place: (line: Int, column: Int)) -> Place {
        .text(file: file, line: place.line, column: place.column)
    }

    // MARK: Text

    private mutating func add(_ piece: String, at place: (line: Int, column: Int)) {
        if start == nil {
            guard !piece.allSatisfy(\.isWhitespace) else { return }
            // Where the text itself begins, not the blanks before it.
            let blanks = piece.prefix { $0.isWhitespace }
            let ends = blanks.filter(\.isNewline).count
            let column =
                (blanks.lastIndex(where: \.isNewline).map { blanks[blanks.index(after: $0)...].count } ?? blanks.count)
            start = (place.line + ends, ends > 0 ? column + 1 : place.column + column)
        }
        text += isPreformatted > 0 ? piece : Self.collapsed(piece)
    }

    /// Line ends and blanks of the source are one blank, as browsers have it.
    private static func collapsed(_ piece: String) -> String {
        var (result, isBlank) = ("", false)
        for character in piece {
            if character.isASCII || character.isNewline, character.isWhitespace {
                isBlank = true
            } else {
                if isBlank { result.append(" ") }
                isBlank = false
                result.append(character)
            }
        }
        return isBlank ? result + " " : result
    }

    private mutating func endParagraph() {
        defer { (text, start) = ("", nil) }
        guard let start else { return }
        let plain = text.plain.withoutTabs
        for line in plain.filledLines {
            let line = String(line).split(separator: " ").joined(separator: " ").trimmedBlanks
            if line.isEmpty { continue }
            let number = lists.last.flatMap { $0.isFresh ? $0.number : nil } ?? ""
            if !lists.isEmpty { lists[lists.count - 1].isFresh = false }
            containers[containers.count - 1].append(
                .paragraph(GivenParagraph(number + line, level: level, at: place(start)))
            )
        }
    }

    // MARK: Elements

    private mutating func begin(
        _ name: String,
        _ attributes: [String: String],
        at place: (line: Int, column: Int)
    ) throws(UnreadableDocument) {
        if Self.blockNames.contains(name) { endParagraph() }
        switch name {
        case "br": if start != nil { text += "\n" }
        case "img": if start == nil || attributes["alt"]?.isEmpty == false { pictures.append(self.place(place)) }
        case "h1", "h2", "h3", "h4", "h5", "h6": level = name.utf8.last.map { Int($0) - 0x30 }
        case "pre": isPreformatted += 1
        case "ol", "ul": if lists.count < 100 { lists.append(OpenList(name, attributes)) }
        case "li": if !lists.isEmpty { lists[lists.count - 1].beginItem(attributes) }
        case "table":
            guard tables.count < Self.maximumDepth else { throw .tooMuch(tooDeep(Self.maximumDepth)) }
            tables.append(OpenTable(start: place))
        case "tr": if !tables.isEmpty { tables[tables.count - 1].beginRow() }
        case "td", "th": try beginCell(attributes, at: place)
        default: break
        }
    }

    private mutating func end(_ name: String) {
        if Self.blockNames.contains(name) { endParagraph() }
        switch name {
        case "h1", "h2", "h3", "h4", "h5", "h6": level = nil
        case "pre": isPreformatted = max(0, isPreformatted - 1)
        case "ol", "ul": _ = lists.popLast()
        case "td", "th": endCell()
        case "tr": endCell()
        case "table": endTable()
        default: break
        }
    }

    // MARK: Tables

    private mutating func beginCell(_ attributes: [String: String], at place: (line: Int, column: Int))
        throws(UnreadableDocument)
    {
        guard !tables.isEmpty else { return }
        endCell()
        cellCount += 1
        guard cellCount <= Self.maximumCells else { throw .tooMuch(tooManyCells(Self.maximumCells)) }
        func span(_ key: String) -> Int { max(1, min(attributes[key].flatMap { Int($0.trimmedBlanks) } ?? 1, 1_000)) }
        coveredCount += tables[tables.count - 1].beginCell(span("rowspan"), span("colspan"), at: place)
        guard coveredCount <= Self.maximumCovered else { throw .tooMuch(tooManyMerged(Self.maximumCovered)) }
        containers.append([])
    }

    private mutating func endCell() {
        guard !tables.isEmpty, tables[tables.count - 1].hasOpenCell, containers.count > 1 else { return }
        endParagraph()
        tables[tables.count - 1].endCell(containers.removeLast())
    }

    private mutating func endTable() {
        endCell()
        guard let table = tables.popLast() else { return }
        containers[containers.count - 1] += table.blocks(place)
    }
}

/// A list whose items may be numbered.
private struct OpenList {
    private let format: String?
    private var next: Int
    /// Whether the item at hand has not been given its number yet.
    var isFresh = false

    init(_ name: String, _ attributes: [String: String]) {
        format = name == "ol" ? attributes["type"] ?? "1" : nil
        next = max(-10_000, min(attributes["start"].flatMap { Int($0) } ?? 1, 100_000)) - 1
    }

    mutating func beginItem(_ attributes: [String: String]) {
        next = attributes["value"].flatMap { Int($0) }.map { max(-10_000, min($0, 100_000)) } ?? next + 1
        isFresh = true
    }

    /// `1. `; nil in a list without numbers.
    var number: String? {
        switch format {
        case nil: nil
        case "a", "A":
            (1...26).contains(next)
                ? String(UnicodeScalar(UInt8((format == "a" ? 96 : 64) + next))) + ". " : "\(next). "
        default: "\(next). "
        }
    }
}

/// A table that is being read.
private struct OpenTable {
    private struct Cell {
        var (row, column, rowSpan, columnSpan) = (1, 1, 1, 1)
        var start: (line: Int, column: Int)
        var blocks: [GivenBlock] = []
    }

    let start: (line: Int, column: Int)
    private var cells: [Cell] = []
    private var open: Cell?
    private var (row, column) = (0, 1)
    /// For each column from 0, the last row that a cell from above goes down to.
    private var covered: [Int] = []

    init(start: (line: Int, column: Int)) { self.start = start }

    var hasOpenCell: Bool { open != nil }

    mutating func beginRow() { (row, column) = (row + 1, 1) }

    /// Returns how many fields were looked at to find its place, and marked as taken.
    mutating func beginCell(_ rowSpan: Int, _ columnSpan: Int, at start: (line: Int, column: Int)) -> Int {
        if row == 0 { beginRow() }
        let first = column
        while column < covered.count, covered[column] >= row { column += 1 }
        var count = column - first
        open = Cell(row: row, column: column, rowSpan: rowSpan, columnSpan: columnSpan, start: start)
        if rowSpan > 1 {
            let missing = column + columnSpan - covered.count
            if missing > 0 { covered += [Int](repeating: 0, count: missing) }
            for column in column..<column + columnSpan { covered[column] = row + rowSpan - 1 }
            count += columnSpan + max(0, missing)
        }
        column += columnSpan
        return count
    }

    mutating func endCell(_ blocks: [GivenBlock]) {
        guard var cell = open else { return }
        cell.blocks = blocks
        cells.append(cell)
        open = nil
    }

    /// The table, and after it those that stand in its cells. A table of one cell is a frame around its text.
    func blocks(_ place: ((line: Int, column: Int)) -> Place) -> [GivenBlock] {
        if cells.count == 1 { return cells[0].blocks }
        guard !cells.isEmpty else { return [] }
        let width = cells.map { $0.column + $0.columnSpan - 1 }.max() ?? 0
        // Pages that are laid out with tables have no rows of cells: what stands in them is text.
        if width == 1 { return cells.flatMap(\.blocks) }
        let given = cells.map { cell in
            let text = cell.blocks.compactMap { block in
                if case .paragraph(let paragraph) = block { paragraph.text } else { nil }
            }
            return GivenCell(
                row: cell.row,
                column: cell.column,
                rowSpan: min(cell.rowSpan, row - cell.row + 1),
                columnSpan: cell.columnSpan,
                text: text.joined(separator: "\n"),
                at: place(cell.start)
            )
        }
        let table = GivenTable(rowCount: row, columnCount: width, cells: given, at: place(start))
        let inner = cells.flatMap(\.blocks).filter { if case .table = $0 { true } else { false } }
        return [.table(table)] + inner
    }
}

// MARK: - Messages

private func hiddenParts(_ count: Int) -> LocalizedText {
    LocalizedText(
        zh: "有 \(count) 处内容不显示，没有读取",
        en: "\(count) part(s) are not shown, and were not read"
    )
}

func unreadPictures(_ count: Int) -> LocalizedText {
    LocalizedText(
        zh: "有 \(count) 张图片，图中的文字没有读取",
        en: "there are \(count) picture(s); text in them was not read"
    )
}

private func tooDeep(_ limit: Int) -> LocalizedText {
    LocalizedText(zh: "表格嵌套超过 \(limit) 层", en: "more than \(limit) tables inside each other")
}

private func tooManyMerged(_ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "合并单元格占据的格子超过 \(limit) 个",
        en: "merged cells that go over more than \(limit) fields"
    )
}

private func tooManyCells(_ limit: Int) -> LocalizedText {
    LocalizedText(zh: "单元格超过 \(limit) 个", en: "more than \(limit) cells")
}
