import ReportDocument
import ReviewModel

/// A document with its tables on pages that hold them: a table whose figures would break on upright pages gets turned ones, and one
/// that is wider still comes in parts, each with the columns that name the rows.
struct FittedTables {
    private(set) var document: Document
    /// What was parted, and what fits nowhere.
    private(set) var notices: [LocalizedText] = []

    /// In half points: smaller type is not read. On turned pages a little less will do.
    private static let leastUpright = 15
    private static let leastTurned = 13

    /// A page with less room than this is turned for texts, too: half of A4, and letterheads with a wide margin. 12 cm.
    private static let narrowPage = 6803

    private let type: TableType
    private let turned: Int

    init(_ document: Document, type: TableType, upright: PageMeasure, turned: PageMeasure) {
        (self.document, self.type, self.turned) = (document, type, turned.textWidth)
        self.document.sections = []
        for section in document.sections {
            if section.orientation == .landscape {
                self.document.sections.append(
                    DocumentSection(orientation: .landscape, blocks: section.blocks.flatMap { parted($0) })
                )
            } else {
                fit(section, width: upright.textWidth)
            }
        }
    }

    private func fits(_ table: DocumentTable, _ width: Int, least: Int) -> Bool {
        let size = min(least, type.size)
        return ColumnNeeds(table, narrow: type.narrow).least(size: size).reduce(0, +) <= width
    }

    /// Whether texts have room for words, in type that is read: else they are columns of letters.
    private func isReadable(_ table: DocumentTable, _ width: Int) -> Bool {
        let size = min(ColumnWidths.smallestForTexts, type.size)
        return ColumnNeeds(table, narrow: type.narrow).comfortable(size: size).reduce(0, +) <= width
    }

    /// Whether a table stands better on a turned page.
    private func isSqueezed(_ table: DocumentTable, _ width: Int) -> Bool {
        !fits(table, width, least: Self.leastUpright) || (width < Self.narrowPage && !isReadable(table, width))
            || !isTolerable(table, width, least: Self.leastUpright)
                && isTolerable(table, turned, least: Self.leastTurned)
    }

    /// Whether no text is a column of single characters.
    private func isTolerable(_ table: DocumentTable, _ width: Int, least: Int) -> Bool {
        ColumnNeeds(table, narrow: type.narrow).tolerable(size: min(least, type.size)).reduce(0, +) <= width
    }

    /// Pages are turned only where that helps.
    private mutating func fit(_ section: DocumentSection, width: Int) {
        var (blocks, isTurned) = ([DocumentBlock](), false)
        func flush(_ sections: inout [DocumentSection]) {
            if blocks.isEmpty { return }
            sections.append(DocumentSection(orientation: isTurned ? .landscape : .portrait, blocks: blocks))
            blocks = []
        }
        for block in section.blocks {
            guard case .table(let table) = block, turned > width, isSqueezed(table, width) else {
                if isTurned {
                    flush(&document.sections)
                    isTurned = false
                }
                if case .table = block, turned <= width { blocks += parted(block, width) } else { blocks.append(block) }
                continue
            }
            if !isTurned {
                // Lines and headings that lead into the table go with it.
                var leading: [DocumentBlock] = []
                while let last = blocks.last, last.leadsIntoTable { leading.insert(blocks.removeLast(), at: 0) }
                flush(&document.sections)
                (blocks, isTurned) = (leading, true)
            }
            blocks += parted(block)
        }
        // A section without blocks stays one.
        if section.blocks.isEmpty { document.sections.append(section) }
        flush(&document.sections)
    }

    /// The block, or the parts of a table that is wider than a turned page.
    private mutating func parted(_ block: DocumentBlock, _ width: Int? = nil) -> [DocumentBlock] {
        let width = width ?? turned
        guard case .table(let table) = block else { return [block] }
        let name = table.caption.plainText
        guard !fits(table, width, least: Self.leastTurned) else {
            if width < Self.narrowPage, !isReadable(table, width) { notices.append(isNarrow(name, width)) }
            return [block]
        }
        guard let parts = parts(of: table, width), parts.count > 1 else {
            notices.append(tooWide(name, table.columns.count))
            return [block]
        }
        notices.append(wasParted(name, table.columns.count, parts.count))
        return parts.enumerated().map { position, part in
            var part = part
            if position > 0, !part.caption.isEmpty {
                part.caption = [.text(name + (isChinese ? "（续 \(position)）" : " (continued, \(position))"))]
            }
            if position < parts.count - 1 { part.note = [] }
            return .table(part)
        }
    }

    private var isChinese: Bool { document.language.lowercased().hasPrefix("zh") }

    /// The table in parts of columns; `nil` where it has no columns that name its rows and others beside them.
    private func parts(of table: DocumentTable, _ width: Int) -> [DocumentTable]? {
        let labels = table.labelColumns
        guard !table.isForm, labels < table.columns.count - 1 else { return nil }
        let rest = Array(labels..<table.columns.count)
        func part(_ columns: ArraySlice<Int>) -> DocumentTable { table.part(labels: labels, columns: columns) }
        func isRoom(_ columns: ArraySlice<Int>) -> Bool {
            if columns.count == 1 { return true }
            let needs = ColumnNeeds(part(columns), narrow: type.narrow)
            return needs.comfortable(size: min(ColumnWidths.smallestForTexts, type.size)).reduce(0, +) <= width
        }
        var pieces: [ArraySlice<Int>] = []
        var start = 0
        while start < rest.count {
            var end = start + 1
            while end < rest.count, isRoom(rest[start...end]) { end += 1 }
            pieces.append(rest[start..<end])
            start = end
        }
        // Parts of one size, not a last one of one column.
        let share = (rest.count + pieces.count - 1) / pieces.count
        let even = stride(from: 0, to: rest.count, by: share).map { rest[$0..<min($0 + share, rest.count)] }
        return (even.allSatisfy(isRoom) ? even : pieces).map(part)
    }
}

extension DocumentBlock {
    fileprivate var leadsIntoTable: Bool {
        switch self {
        case .paragraph(let paragraph): [.centred, .lead].contains(paragraph.style)
        case .heading: true
        default: false
        }
    }
}

extension DocumentTable {
    /// How many columns from the left name the rows: those before the first that has figures, at least one, at most three.
    fileprivate var labelColumns: Int {
        let figures = body.flatMap { row in
            row.style == .total
                ? []
                : row.cells.filter {
                    $0.style == .data && ($0.runs.figure != nil || TextMeasure.isFigure($0.runs.printed))
                }
                .map(\.column)
        }
        return max(1, min(figures.min() ?? 1, 3))
    }

    /// The columns that name the rows, and these beside them.
    fileprivate func part(labels: Int, columns chosen: ArraySlice<Int>) -> DocumentTable {
        let (first, end) = (chosen.first ?? labels, (chosen.last ?? labels) + 1)
        func row(_ row: DocumentRow) -> DocumentRow {
            var row = row
            row.cells = row.cells.compactMap { cell in
                let (from, to) = (cell.column, cell.column + cell.columnSpan)
                let named = max(0, min(to, labels) - from)
                let (left, right) = (max(from, first), min(to, end))
                guard named > 0 || left < right else { return nil }
                var part = cell
                part.column = named > 0 ? from : labels + left - first
                part.columnSpan = named + max(0, right - left)
                // What stands in an earlier part already is a figure there, and a copy here.
                if (named > 0 && first > labels) || (named == 0 && from < first) { part.runs = cell.runs.copied }
                return part
            }
            return row
        }
        var part = self
        part.columns = Array(columns[..<labels]) + columns[first..<end]
        (part.header, part.body) = (header.map(row), body.map(row))
        return part
    }
}

extension [Run] {
    /// The same words without what a document has but once: marks of figures, numbers of captions, notes.
    fileprivate var copied: [Run] {
        compactMap { run in
            switch run {
            case .figure(let figure): .text(figure.text)
            case .counter(let counter): .text(String(counter.number))
            case .footnote: nil
            case .text, .missing, .lineBreak, .reference: run
            }
        }
    }
}

// MARK: - Messages

private func wasParted(_ name: String, _ columns: Int, _ parts: Int) -> LocalizedText {
    LocalizedText(
        zh: "表\(quoted(name))有 \(columns) 列，横向一页也放不下，已分为 \(parts) 张表，每张重复左侧名称列；如不需要这样，请减少列数",
        en:
            "the table \(quoted(name)) has \(columns) columns, more than a turned page holds: it was parted into \(parts), each with the columns that name the rows; if that is not wanted, leave columns out"
    )
}

private func tooWide(_ name: String, _ columns: Int) -> LocalizedText {
    LocalizedText(
        zh: "表\(quoted(name))有 \(columns) 列，横向一页也放不下，数字可能折行；请减少列数或分成几张表",
        en:
            "the table \(quoted(name)) has \(columns) columns, more than a turned page holds, and figures may break: leave columns out, or make several tables of it"
    )
}

/// - Parameter width: in twentieths of a point.
private func isNarrow(_ name: String, _ width: Int) -> LocalizedText {
    let millimetres = width * 254 / 14_400
    return LocalizedText(
        zh: "版心只有 \(millimetres) 毫米宽，表\(quoted(name))的文字每行不足六个字；请换用更宽的信笺（如 A4），或减少列数",
        en:
            "the pages have room for \(millimetres) mm only, and texts of the table \(quoted(name)) have less than six characters a line: take a wider letterhead, such as A4, or leave columns out"
    )
}
