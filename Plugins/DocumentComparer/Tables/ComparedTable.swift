import OfficeFiles
import ReviewModel

/// A table as passages.
struct ComparedTable: Sendable {
    /// What places call it.
    var title: String
    var rows: [Row]

    struct Row: Sendable {
        var cells: [Cell]
        /// Its number in the file, from 1: rows that are only proposed are left out of `rows`.
        var number: Int
        var proposal: WordRevision?
        var isTotal = false
        /// Whether the file repeats it on every page.
        var isHead = false

        /// What a reader calls the row: the longest of the texts before its figures.
        var label: String {
            var labels: [String] = []
            for cell in cells where !cell.passage.isEmpty {
                // `120 个` is no name, either.
                if !cell.passage.tokens.contains(where: \.isFigure) {
                    labels.append(cell.passage.text)
                } else if !labels.isEmpty {
                    break
                }
            }
            let short = labels.prefix(4).filter { $0.count <= 30 }
            return short.max { $0.count < $1.count } ?? labels.first ?? ""
        }
    }

    struct Cell: Sendable {
        var passage: Passage
        var column: Int
        var columnSpan: Int
        var rowSpan: Int
        /// Whether it was an amount before it was edited, whatever words stand beside it now.
        var isAmount = false
    }

    /// Rows that somebody has proposed to add.
    var proposedRows: [Row] = []

    init(_ table: WordTable, _ words: ComparisonWords, _ tokenizer: Tokenizer) {
        (title, rows) = (table.title, [])
        for (index, row) in table.rows.enumerated() {
            let cells = row.cells.map { cell in
                Cell(
                    passage: Passage(standing(cell.blocks), at: cell.place, tokenizer),
                    column: cell.column,
                    columnSpan: cell.columnSpan,
                    rowSpan: cell.rowSpan
                )
            }
            var compared = Row(cells: cells, number: index + 1, proposal: row.revision, isHead: row.isHead)
            let labels = cells.prefix(3).map { $0.passage.text.filter { !$0.isWhitespace } }
            compared.isTotal = labels.contains { label in
                label.count <= 12 && words.totals.contains { label.contains($0) }
            }
            if row.revision?.isInsertion == true { proposedRows.append(compared) } else { rows.append(compared) }
        }
        readHeads()
    }

    /// What stands over each column: the last text in the head rows there that is no figure.
    private var heads: [Int: String] = [:]
    /// All that stands over each column, from above; in a table whose heads are not marked, what its first row says.
    private(set) var headPaths: [Int: [String]] = [:]

    func head(ofColumn column: Int) -> String { heads[column] ?? "" }

    private mutating func readHeads() {
        // Where the file says which rows are heads, others are none: the first rows of a table of words look like heads.
        let marked = rows.prefix { $0.isHead }
        for row in marked.isEmpty ? rows.prefix(1) : marked.prefix(5) {
            for cell in row.cells where !cell.passage.isEmpty && row.cells.count > 1 {
                for column in cell.column..<cell.column + min(cell.columnSpan, 100) {
                    headPaths[column, default: []].append(cell.passage.text)
                }
            }
        }
        for row in marked.isEmpty ? rows.prefix(3) : marked.prefix(5) {
            // What lies in rows of figures is no head.
            if row.cells.contains(where: { ($0.passage.figure?.amount?.tellingDigits ?? 0) > 0 }) { break }
            for cell in row.cells where !cell.passage.isEmpty {
                // A title over all columns is no head of one.
                for column in cell.column..<cell.column + min(cell.columnSpan, 100) where row.cells.count > 1 {
                    heads[column] = cell.passage.text
                }
            }
        }
    }

    var passages: [Passage] { rows.flatMap { $0.cells.map(\.passage) } }
}

extension ComparedTable.Row {
    /// What stands beside a cell as its label, 报告文号：; `nil` where the cell to its left is none.
    func label(of index: Int) -> String? {
        guard index > 0, let text = Optional(cells[index - 1].passage.text), let last = text.last, "：:".contains(last),
            text.count <= 20
        else { return nil }
        return text
    }

    /// The words of its cells, figures left out: what makes a row the same row after its figures have changed.
    var sketch: [UInt64] {
        cells.flatMap { cell in cell.passage.figure == nil ? cell.passage.sketchParts : [] }
    }

    /// How alike two rows are: cells that say the same, and the likeness of what stands in the first of them that is text.
    func likeness(_ other: ComparedTable.Row) -> Double {
        let (mine, its) = (cells.filter { !$0.passage.isEmpty }, other.cells.filter { !$0.passage.isEmpty })
        if mine.isEmpty || its.isEmpty { return mine.isEmpty && its.isEmpty ? 1 : 0 }
        var counts: [String: Int] = [:]
        for cell in mine { counts[cell.passage.key, default: 0] += 1 }
        var common = 0
        for cell in its where counts[cell.passage.key, default: 0] > 0 {
            counts[cell.passage.key, default: 0] -= 1
            common += 1
        }
        let cellsAlike = 2 * Double(common) / Double(mine.count + its.count)
        let wordsAlike = Sketch(sketch).likeness(Sketch(other.sketch))
        return max(cellsAlike, 0.4 * cellsAlike + 0.6 * wordsAlike)
    }
}

extension Passage {
    /// What its likeness to another is told by.
    var sketchParts: [UInt64] { tokens.sketchParts }
}

/// Paragraphs as they stand if nothing proposed is accepted: one whose end is only proposed goes on in the next.
func standing(_ blocks: [WordBlock]) -> [WordParagraph] {
    var (found, open) = ([WordParagraph](), nil as WordParagraph?)
    for case .paragraph(var paragraph) in blocks {
        if var first = open {
            let shift = first.runs.count
            first.runs += paragraph.runs
            first.bookmarks += paragraph.bookmarks.map {
                WordBookmark($0.name, $0.runs.lowerBound + shift..<$0.runs.upperBound + shift)
            }
            first.boxes += paragraph.boxes
            first.endRevision = paragraph.endRevision
            paragraph = first
        }
        open = nil
        if paragraph.endRevision?.isInsertion == true {
            open = paragraph
        } else {
            found.append(paragraph)
        }
    }
    if let open { found.append(open) }
    return found
}
