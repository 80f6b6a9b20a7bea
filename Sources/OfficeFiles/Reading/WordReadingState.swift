internal import Groundwork

/// A paragraph that is being read.
struct OpenParagraph {
    var value: WordParagraph
    /// How many lists of blocks are open around it.
    var depth: Int
    /// The id of its style.
    var style: String?
    /// The level that the paragraph itself says; 0 for text.
    var level: Int?
    /// Whether the paragraph itself says which list numbers it, or that none does.
    var saysList = false
}

/// A table that is being read.
struct OpenTable {
    enum Merge { case none, start, under }

    var value: WordTable
    var row: WordRow?
    var cell: WordCell?
    /// The column of the cell that comes next, from 0.
    var column = 0
    /// Of the open cell.
    var span = 1
    var merge = Merge.none
    /// How many lists of blocks are open inside its open cell; 0 while none is.
    var depth = 0
    /// The cells that go on below, by their first columns.
    private var merged: [Int: (row: Int, cell: Int)] = [:]

    init(number: Int) { value = WordTable(number: number, title: "") }

    mutating func beginRow() { (row, column) = (WordRow(), 0) }

    mutating func endRow() {
        if let row { value.rows.append(row) }
        row = nil
    }

    mutating func beginCell() { (cell, span, merge) = (nil, 1, .none) }

    mutating func placeCell(in file: String) {
        let place = Place.tableCell(file: file, table: value.title, row: value.rows.count + 1, column: column + 1)
        cell = WordCell(column: column + 1, columnSpan: span, place: place)
    }

    mutating func endCell(_ blocks: [WordBlock]) {
        defer {
            column += span
            cell = nil
        }
        guard var cell else { return }
        if merge == .under, let origin = merged[column], value.rows.indices.contains(origin.row) {
            value.rows[origin.row].cells[origin.cell].rowSpan += 1
            return
        }
        merged[column] = merge == .start ? (value.rows.count, row?.cells.count ?? 0) : nil
        cell.blocks = blocks
        row?.cells.append(cell)
    }
}

/// The fields that are open, one in the other: their results are text, their instructions are not.
struct OpenFields {
    private var open: [(instruction: String, isResult: Bool)] = []

    mutating func beginSimple(_ instruction: String) { open.append((instruction, true)) }

    /// `begin`, `separate` or `end` of a field whose parts stand in runs of their own.
    mutating func meet(_ type: String) {
        switch type {
        case "begin": if open.count < 100 { open.append(("", false)) }
        case "separate": if !open.isEmpty { open[open.count - 1].isResult = true }
        case "end": end()
        default: break
        }
    }

    mutating func end() { _ = open.popLast() }

    mutating func addInstruction(_ text: String) {
        // Only its first word is ever asked for.
        guard !open.isEmpty, open[open.count - 1].instruction.utf8.count < 200 else { return }
        open[open.count - 1].instruction += text
    }

    var isInInstruction: Bool { open.contains { !$0.isResult } }

    /// The first word of the innermost field.
    var keyword: String? { open.last.flatMap { Self.keyword($0.instruction) } }

    var isInContents: Bool { open.contains { $0.isResult && Self.keyword($0.instruction) == "TOC" } }

    private static func keyword(_ instruction: String) -> String? {
        instruction.split(whereSeparator: \.isWhitespace).first.map { $0.uppercased() }
    }
}

/// The bookmarks that have begun and not ended. One may begin between paragraphs: then it begins with the next.
struct OpenBookmarks {
    private struct Open {
        var id: String
        var name: String
        /// The depth of the paragraph in which it began; nil before one.
        var depth: Int?
        var start = 0
    }

    private var open: [Open] = []
    private var ended: [(depth: Int, bookmark: WordBookmark)] = []
    private var depth = 0

    mutating func beginParagraph(_ depth: Int) {
        self.depth = depth
        for index in open.indices where open[index].depth == nil { open[index].depth = depth }
    }

    mutating func begin(_ id: String?, _ name: String?, _ run: Int) {
        guard let id, let name, open.count < 10_000 else { return }
        open.append(Open(id: id, name: name, depth: depth > 0 ? depth : nil, start: depth > 0 ? run : 0))
    }

    mutating func end(_ id: String?, _ run: Int) {
        guard let id, let index = open.lastIndex(where: { $0.id == id }) else { return }
        let bookmark = open.remove(at: index)
        guard let start = bookmark.depth, start == depth else { return }
        ended.append((start, WordBookmark(bookmark.name, bookmark.start..<max(bookmark.start, run))))
    }

    mutating func endParagraph(_ paragraph: inout WordParagraph, _ depth: Int) {
        let count = paragraph.runs.count
        paragraph.bookmarks = ended.filter { $0.depth == depth }.map(\.bookmark)
        ended.removeAll { $0.depth == depth }
        // What ends in a later paragraph is here up to the end of this one.
        for bookmark in open where bookmark.depth == depth {
            paragraph.bookmarks.append(WordBookmark(bookmark.name, bookmark.start..<max(bookmark.start, count)))
        }
        open.removeAll { $0.depth == depth }
        self.depth = depth - 1
    }
}

extension WordParagraph {
    /// What stands in its text boxes stands where it stands.
    mutating func placeBoxes() { if !boxes.isEmpty { boxes = boxes.map { $0.placed(at: place) } } }
}

extension WordBlock {
    fileprivate func placed(at place: Place) -> WordBlock {
        guard case .paragraph(var paragraph) = self else { return self }
        paragraph.place = place
        paragraph.boxes = paragraph.boxes.map { $0.placed(at: place) }
        return .paragraph(paragraph)
    }
}
