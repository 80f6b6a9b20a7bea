import ReportDocument

/// How wide the columns of a table are, and how large its type: what the template says, but never so narrow that a figure or
/// word breaks, and no wider than what stands in a column where others need more.
struct ColumnWidths: Hashable {
    /// In twentieths of a point; they add up to the width of the table.
    let widths: [Int]
    /// In half points.
    let size: Int

    /// On both sides of a cell.
    static let padding = 160

    /// The sizes of type that a table may have, the usual one first.
    static func sizes(from usual: Int) -> [Int] {
        [usual] + [28, 24, 21, 20, 18, 17, 16, 15, 14, 13, 12].filter { $0 < usual }
    }

    /// - Parameters:
    ///   - width: of the type area.
    ///   - type: in which tables are set.
    init(_ table: DocumentTable, width: Int, type: TableType) {
        let needs = ColumnNeeds(table, narrow: type.narrow)
        let (percents, sizes) = (table.columns.map(\.width), Self.sizes(from: type.size))
        let shares = Self.shares(percents, of: width)
        // Type that lets figures stand and leaves texts the room that the template gives them; else what lets figures stand.
        let readable = sizes.first {
            $0 >= Self.smallestForTexts && needs.readable(size: $0, shares).reduce(0, +) <= width
        }
        // Else texts keep four characters a line where smaller type can give them, and figures in any case.
        let tolerable = sizes.first { $0 >= Self.smallest && needs.tolerable(size: $0).reduce(0, +) <= width }
        size =
            readable ?? tolerable ?? sizes.first { needs.least(size: $0).reduce(0, +) <= width }
            ?? sizes[sizes.count - 1]
        let least =
            readable != nil
            ? needs.readable(size: size, shares)
            : tolerable != nil ? needs.tolerable(size: size) : needs.least(size: size)
        widths = Self.divided(width, shares, least: least, full: needs.full(size: size))
    }

    /// In half points. Smaller type is for figures that fit no other way.
    static let smallestForTexts = 16
    /// In half points: below it, four characters a line are of no use.
    private static let smallest = 13

    private static func shares(_ percents: [Int], of width: Int) -> [Int] {
        let sum = percents.reduce(0) { $0 + max($1, 0) }
        return percents.map { sum > 0 ? max($0, 1) * width / max(sum, 1) : width / percents.count }
    }

    private static func divided(_ width: Int, _ shares: [Int], least: [Int], full: [Int]) -> [Int] {
        var widths = shares
        // What is wider than all that stands in it gives the rest to those that break their lines.
        let spare = zip(widths, full).reduce(0) { $0 + max(0, $1.0 - $1.1) }
        let wanted = zip(widths, full).map { max(0, $1 - $0) }
        let wants = wanted.reduce(0, +)
        if wants > 0, spare > 0 {
            let given = min(spare, wants)
            for column in widths.indices {
                let over = max(0, widths[column] - full[column])
                widths[column] += wanted[column] * given / wants - over * given / spare
            }
        }
        // No figure and no word breaks: who has room gives it.
        let missing = zip(widths, least).reduce(0) { $0 + max(0, $1.1 - $1.0) }
        let slack = zip(widths, least).reduce(0) { $0 + max(0, $1.0 - $1.1) }
        if missing > 0, slack > 0 {
            let taken = min(missing, slack)
            for column in widths.indices {
                let room = widths[column] - least[column]
                widths[column] -= room > 0 ? room * taken / slack : room * taken / missing
            }
        }
        let rest = width - widths.reduce(0, +)
        if let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) { widths[widest] += rest }
        return widths.map { max($0, 100) }
    }
}

/// What the columns of a table need, in thousandths of the size of their type.
struct ColumnNeeds {
    /// So that nothing breaks that must not.
    private var words: [Int]
    /// So that no line breaks.
    private var lines: [Int]

    /// Six Chinese characters a line: a text that has less room is a column of letters.
    private static let readable = 6 * TextMeasure.wide
    /// Four of them, where there is no room for six.
    private static let tolerable = 4 * TextMeasure.wide
    /// A word of letters may be broken after so many.
    private static let longWord = 14

    private let narrow: Int

    init(_ table: DocumentTable, narrow: Int) {
        self.narrow = narrow
        words = table.columns.map { _ in TextMeasure.wide }
        lines = table.columns.map { _ in TextMeasure.wide }
        let cells = (table.header + table.body).flatMap(\.cells).filter { $0.column < words.count }
        for cell in cells { take(cell) }
        // What stands over several columns and is text needs their room, too, where nothing else asks for it; a line over the whole
        // table takes what there is.
        for cell in cells where cell.columnSpan > 1 && cell.columnSpan < words.count { takeOver(cell) }
    }

    private mutating func takeOver(_ cell: DocumentCell) {
        let text = cell.runs.printed
        let columns = cell.column..<min(cell.column + cell.columnSpan, words.count)
        func spread(_ width: Int, over needs: inout [Int]) {
            let lack = width - needs[columns].reduce(0, +)
            guard lack > 0 else { return }
            for column in columns { needs[column] += (lack + columns.count - 1) / columns.count }
        }
        let isFigure = cell.runs.figure != nil || TextMeasure.isFigure(text)
        if !isFigure { spread(TextMeasure.longestWord(text, narrow: narrow, most: Self.longWord), over: &words) }
        spread(TextMeasure.longestLine(text, narrow: narrow) + narrow, over: &lines)
    }

    private mutating func take(_ cell: DocumentCell) {
        let text = cell.runs.printed
        let isFigure = cell.runs.figure != nil || TextMeasure.isFigure(text)
        // A digit more for what is set bold, and for signs of percent.
        let word =
            isFigure
            ? TextMeasure.width(text, narrow: narrow) + narrow
            : TextMeasure.longestWord(text, narrow: narrow, most: Self.longWord)
        let line = TextMeasure.longestLine(text, narrow: narrow)
        let end = min(cell.column + max(cell.columnSpan, 1), words.count)
        let span = end - cell.column
        if span == 1 {
            words[cell.column] = max(words[cell.column], word)
            lines[cell.column] = max(lines[cell.column], line + narrow)
        } else if isFigure, span > 0 {
            let lack = word - words[cell.column..<end].reduce(0, +)
            if lack > 0 { for column in cell.column..<end { words[column] += (lack + span - 1) / span } }
        }
    }

    /// So that nothing breaks that must not, and texts keep what the template gives them of a readable line.
    func readable(size: Int, _ shares: [Int]) -> [Int] {
        zip(least(size: size), zip(lines, shares)).map { least, column in
            max(least, min(Self.twips(min(column.0, Self.readable), size), column.1))
        }
    }

    /// The same where the template has no say.
    func comfortable(size: Int) -> [Int] {
        zip(least(size: size), lines).map { max($0, Self.twips(min($1, Self.readable), size)) }
    }

    /// So that nothing breaks that must not, and no text is a column of single characters.
    func tolerable(size: Int) -> [Int] {
        zip(least(size: size), lines).map { max($0, Self.twips(min($1, Self.tolerable), size)) }
    }

    func least(size: Int) -> [Int] { words.map { Self.twips($0, size) } }
    func full(size: Int) -> [Int] { lines.map { Self.twips($0, size) } }

    /// In twentieths of a point, with what stands on both sides of a cell.
    private static func twips(_ width: Int, _ size: Int) -> Int {
        (width * size + 99) / 100 + ColumnWidths.padding + 20
    }
}
