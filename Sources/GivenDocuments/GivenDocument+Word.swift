internal import Groundwork
internal import OfficeFiles

extension GivenDocument {
    /// What stands in a Word file, as one reads it who accepts all changes and looks at no comments.
    init(_ word: WordDocument) {
        var reading = WordReading(word)
        reading.add(word.blocks)
        self.init(file: word.file, kind: .word)
        (blocks, losses) = (reading.blocks, reading.losses)
    }
}

/// The blocks of a Word file, put one after the other.
private struct WordReading {
    private(set) var blocks: [GivenBlock] = []
    /// Those that have not been read yet: each stands once in the file, however often it is called.
    private var notes: [WordNote.Reference: WordNote]
    private var (hidden, tracked) = ([Place](), [Place]())
    private var depth = 0

    init(_ word: WordDocument) {
        notes = Dictionary(word.notes.map { ($0.reference, $0) }) { first, _ in first }
    }

    var losses: [GivenLoss] {
        var losses: [GivenLoss] = []
        if let first = hidden.first { losses.append(GivenLoss(.hiddenText, hiddenText(hidden.count), at: first)) }
        if let first = tracked.first {
            losses.append(GivenLoss(.trackedChanges, trackedChanges(tracked.count), at: first))
        }
        return losses
    }

    mutating func add(_ blocks: [WordBlock]) {
        // Tables in tables, text boxes in text boxes: deeper than anybody builds them.
        guard depth < 20 else { return }
        depth += 1
        defer { depth -= 1 }
        for block in joined(blocks) {
            switch block {
            case .paragraph(let paragraph): add(paragraph)
            case .table(let table): add(table)
            }
        }
    }

    /// Paragraphs whose end is proposed to be taken away go on in the next.
    private func joined(_ blocks: [WordBlock]) -> [WordBlock] {
        var (result, goesOn) = ([WordBlock](), false)
        for block in blocks {
            if case .paragraph(let paragraph) = block, goesOn, case .paragraph(var open)? = result.popLast() {
                open.runs += paragraph.runs
                open.boxes += paragraph.boxes
                open.endRevision = paragraph.endRevision
                goesOn = open.endRevision?.isInsertion == false
                result.append(.paragraph(open))
            } else {
                if case .paragraph(let paragraph) = block {
                    goesOn = paragraph.endRevision?.isInsertion == false
                } else {
                    goesOn = false
                }
                result.append(block)
            }
        }
        return result
    }

    // MARK: Paragraphs

    private mutating func add(_ paragraph: WordParagraph) {
        let text = text(of: paragraph)
        for (index, line) in text.filledLines.enumerated() {
            let line = String(line).trimmedBlanks
            if line.isEmpty { continue }
            let number = index == 0 ? paragraph.number : ""
            // A tab leads to a page number in the contents; elsewhere it is a wide blank.
            let shown = paragraph.isInContents ? line.withOneTab : line.withoutTabs
            var given = GivenParagraph(number + shown, level: paragraph.outlineLevel, at: paragraph.place)
            given.isInContents = paragraph.isInContents
            blocks.append(.paragraph(given))
        }
        add(paragraph.boxes)
        addNotes(of: paragraph)
    }

    /// What is read of a paragraph: inserted text, no deleted and no hidden text.
    private mutating func text(of paragraph: WordParagraph) -> String {
        if paragraph.runs.contains(where: \.isOthersProposal) { tracked.append(paragraph.place) }
        var text = ""
        for run in paragraph.runs where run.counts {
            if run.isHidden, !paragraph.isInContents {
                if !run.text.trimmedBlanks.isEmpty, hidden.last != paragraph.place {
                    hidden.append(paragraph.place)
                }
            } else {
                text += run.text
            }
        }
        return text.plain
    }

    /// Footnotes follow the paragraph that calls them, and stand where it stands.
    private mutating func addNotes(of paragraph: WordParagraph) {
        for run in paragraph.runs where run.counts {
            guard let reference = run.note, let note = notes.removeValue(forKey: reference) else { continue }
            for line in note.blocks.paragraphs.map({ text(of: $0).trimmedBlanks }) where !line.isEmpty {
                blocks.append(.paragraph(GivenParagraph(line.onOneLine, at: paragraph.place)))
            }
        }
    }

    // MARK: Tables

    private mutating func text(of cell: WordCell) -> String {
        var lines: [String] = []
        for paragraph in cell.blocks.paragraphs {
            let line = text(of: paragraph).trimmedBlanks
            if !line.isEmpty { lines.append((paragraph.number + line).withoutTabs) }
        }
        return lines.joined(separator: "\n")
    }

    private mutating func add(_ table: WordTable) {
        let rows = table.rows.filter { $0.revision?.isInsertion != false }
        // A table of one cell is a frame around text.
        if rows.count == 1, rows[0].cells.count == 1 { return add(rows[0].cells[0].blocks) }
        guard let first = rows.first(where: { !$0.cells.isEmpty })?.cells.first else { return }
        let grid = WordGrid(rows)
        var (cells, inner) = ([GivenCell](), [WordBlock]())
        for (index, row) in rows.enumerated() {
            for (order, cell) in row.cells.enumerated() {
                let (column, span) = grid.columns(of: cell, order)
                let text = text(of: cell)
                let height = min(cell.rowSpan, rows.count - index)
                cells.append(
                    GivenCell(
                        row: index + 1,
                        column: column,
                        rowSpan: height,
                        columnSpan: span,
                        text: text,
                        at: cell.place
                    )
                )
                inner += cell.blocks.filter { if case .table = $0 { true } else { false } }
            }
        }
        let width = cells.map { $0.column + $0.columnSpan - 1 }.max() ?? 0
        blocks.append(.table(GivenTable(rowCount: rows.count, columnCount: width, cells: cells, at: first.place)))
        for row in rows {
            for cell in row.cells { for paragraph in cell.blocks.paragraphs { addNotes(of: paragraph) } }
        }
        // Tables that stand in cells are tables of their own.
        add(inner)
    }
}

/// The columns of a table as people see them. Word's own grid has a column for each edge that any cell has, also where somebody
/// has moved the edge of one cell by a hair.
private struct WordGrid {
    /// Where cells begin, in order.
    private let starts: [Int]
    private let isEven: Bool

    init(_ rows: [WordRow]) {
        starts = Set(rows.flatMap { $0.cells.map(\.column) }).sorted()
        let counts = Set(rows.map(\.cells.count))
        let isMerged = rows.contains { $0.cells.contains { $0.rowSpan > 1 } }
        // Where every row has as many cells and none goes over several rows, cells stand below each other in their order.
        isEven = counts.count == 1 && !isMerged
    }

    /// The first column of a cell, from 1, and how many it goes over.
    func columns(of cell: WordCell, _ order: Int) -> (column: Int, span: Int) {
        if isEven { return (order + 1, 1) }
        let first = count(before: cell.column)
        return (first + 1, max(1, count(before: cell.column + cell.columnSpan) - first))
    }

    /// How many columns begin before that edge.
    private func count(before edge: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < edge { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension WordRun {
    /// Whether it is read: people's proposals as if they were accepted, the program's own as if they were not there, so that an
    /// audit of a copy with suggestions finds what it found in the report.
    fileprivate var counts: Bool {
        revision.map { $0.isOwn ? !$0.isInsertion : $0.isInsertion } ?? true
    }

    fileprivate var isOthersProposal: Bool { revision.map { !$0.isOwn } ?? false }
}

extension WordRevision {
    /// Whether this program has proposed it, in a copy with suggestions.
    fileprivate var isOwn: Bool { author == "Pingshen" }
}

extension String {
    /// An entry of the contents: of its tabs the last leads to the page.
    fileprivate var withOneTab: String {
        let parts = split(separator: "\t", omittingEmptySubsequences: true)
        guard parts.count > 2 else { return self }
        return parts.dropLast().joined(separator: " ") + "\t" + parts[parts.count - 1]
    }
}

// MARK: - Messages

private func hiddenText(_ count: Int) -> LocalizedText {
    LocalizedText(
        zh: "有 \(count) 段含隐藏文字，读者看不到，没有读取",
        en: "\(count) paragraph(s) have hidden text, which no reader sees; it was not read"
    )
}

private func trackedChanges(_ count: Int) -> LocalizedText {
    LocalizedText(
        zh: "有 \(count) 段含未接受的修订：插入的文字已读取，删除的文字没有读取",
        en: "\(count) paragraph(s) have changes that nobody has accepted yet; they were read as if accepted"
    )
}
