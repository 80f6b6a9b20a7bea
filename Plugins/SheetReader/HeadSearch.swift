import OfficeFiles
import ReviewModel

/// Where the head of a table stands in a sheet, and which column of the sheet is which of the table.
struct SheetHead {
    /// The last row of the head.
    var row: Int
    /// The first row of the head, where cells of several rows belong to it.
    var firstRow: Int
    /// The money that is said above the head, and the cell that says it: 单位：万元.
    var money: (unit: FigureUnit, address: CellAddress?)?
    /// Whether that was said above another table on the sheet.
    var isCarried = false
    /// The sheet's column by the position in the form's columns, with what the head says.
    var columns: [Int: (column: Int, text: String)] = [:] {
        didSet { first = columns.values.min { $0.column < $1.column } }
    }
    /// The leftmost of them, by which most rows are known to be no head.
    private(set) var first: (column: Int, text: String)?
    /// Heads of columns that the form does not have, with their columns.
    var unknown: [(column: Int, text: String)] = []
    /// Columns of the form that two columns of the sheet are called like, with the head of the one that is read.
    var doubled: [(column: Int, text: String, read: String)] = []
    /// Columns beside one under whose head they stand that hold something else of it: 数量 over 6 | 场.
    var spread: [(column: Int, text: String)] = []
    /// By positions, columns beside one under its head that are parts of its value: 目标值 over ≥ | 95.
    var beside: [Int: [Int]] = [:]
    /// Columns that are called like one that is read, of an earlier year: 2025年预算数 beside 2026年预算数.
    var earlier: [(column: Int, text: String, read: String)] = []
    /// The titles above it: texts without a colon, such as lines of labels and units have.
    var titles: [String] = []
    /// Columns that are called like one of the form with words before it, 补贴对象数量.
    var alike: [(column: Int, text: String, position: Int)] = []
    /// Columns whose values were made of several, with the heads of the others.
    var joined: [(column: Int, others: [String])] = []

    /// Whether another sheet has the same columns of the form, called the same.
    func saysTheSame(as other: SheetHead) -> Bool {
        columns.mapValues { HeadWords.folded($0.text) } == other.columns.mapValues { HeadWords.folded($0.text) }
    }
}

/// Looks for heads: in one row or in two, with merged cells, under titles and notes.
struct HeadSearch {
    /// How far down a head is looked for.
    static let rows = 300
    /// How many columns are looked at.
    static let columns = 512

    private var texts: [Int: [Int: String]] = [:]
    /// How many numbers stand in a row.
    private var numbers: [Int: Int] = [:]
    /// The first rows of cells that were merged over several, by their last.
    private var starts: [Int: Int] = [:]
    /// By rows, the first column of cells that were merged over several, by the later ones.
    private var sideways: [Int: [Int: Int]] = [:]
    /// By columns, the rows in which a cell of their own has a text, and those in which it has anything.
    private var own: [Int: (texts: [Int], all: [Int])] = [:]
    private let lastRow: Int
    /// How far above a head the line may stand that says its unit.
    private static let rowsAbove = 8

    /// Takes the first rows of a sheet.
    init(_ reading: inout any RowReading, _ context: CellContext, _ outline: SheetOutline?, from first: Int = 1) throws
    {
        var last = 0
        while try reading.next() {
            let row = reading.row
            if row.number > first + Self.rows { break }
            last = row.number
            for cell in row.cells where cell.column <= Self.columns {
                if cell.kind == .number { numbers[row.number, default: 0] += 1 }
                if cell.holdsText {
                    let text = context.text(cell, row)
                    texts[row.number, default: [:]][cell.column] = text
                    if text.allSatisfy(\.isWhitespace) { continue }
                    own[cell.column, default: ([], [])].texts.append(row.number)
                } else if cell.isEmpty, !cell.hasFormula {
                    continue
                }
                own[cell.column, default: ([], [])].all.append(row.number)
            }
        }
        lastRow = last
        // Merged cells do not lie over each other; many that do would be written down again and again.
        var left = 2 * Self.rows * Self.columns
        for merge in outline?.merges ?? [] where merge.rows.lowerBound <= last && left > 0 {
            guard let text = texts[merge.rows.lowerBound]?[merge.columns.lowerBound] else { continue }
            if merge.rows.count > 1, merge.rows.count <= 4 {
                let end = merge.rows.upperBound
                starts[end] = min(starts[end] ?? end, merge.rows.lowerBound)
            }
            for row in merge.rows.prefix(8) {
                for column in merge.columns.dropFirst().prefix(Self.columns) {
                    sideways[row, default: [:]][column] = merge.columns.lowerBound
                }
                for column in merge.columns.prefix(Self.columns) { texts[row, default: [:]][column] = text }
            }
            left -= min(merge.rows.count, 8) * min(merge.columns.count, Self.columns)
        }
    }

    /// The head that names most columns; `nil` where none names two, or all that the settings name.
    func head(_ words: HeadWords, at fixed: Int?) -> SheetHead? {
        var best: SheetHead?
        for row in texts.keys.sorted() where fixed == nil || fixed == row {
            for isDouble in [false, true] {
                guard let found = head(words, row, isDouble: isDouble) else { continue }
                if found.columns.count > best?.columns.count ?? 0 || best.map({ goesOn($0, in: found) }) ?? false {
                    best = found
                }
            }
        }
        let needed = fixed != nil ? 1 : words.isNarrow ? 1 : 2
        guard var head = best, head.columns.count >= needed else { return nil }
        head.firstRow = min(head.firstRow, starts[head.row] ?? head.row)
        head.money = money(above: head.firstRow)
        head.titles = titles(above: head.firstRow)
        takeUnits(&head)
        return head
    }

    /// Takes the unit that stands above some of the columns only: 金额（万元） over 单价 | 合价.
    private func takeUnits(_ head: inout SheetHead) {
        let all = columns(ofRow: head.row).filter { isFilled($0, from: head.row) }
        for (position, column) in head.columns where HeadWords.money(in: column.text) == nil {
            guard let above = texts[head.row - 1]?[column.column], HeadWords.money(in: above) != nil,
                !above.contains("："), !above.contains(":"), all.contains(where: { texts[head.row - 1]?[$0] != above })
            else { continue }
            head.columns[position]?.text = above + column.text
        }
    }

    /// The head of a further table on a sheet that has others: no number stands in it, and above it stands nothing, or one text, or it names four
    /// columns.
    func furtherHead(_ words: HeadWords, apartFrom taken: [ClosedRange<Int>]) -> SheetHead? {
        var best: SheetHead?
        for row in texts.keys.sorted() where numbers[row] ?? 0 == 0 {
            for isDouble in [false, true] {
                guard var found = head(words, row, isDouble: isDouble), found.columns.count > best?.columns.count ?? 1
                else { continue }
                found.firstRow = min(found.firstRow, starts[row] ?? row)
                let above = found.firstRow - 1
                // Right below another table's rows only a head that says much of itself is one.
                let isPlain = found.columns.count > 3 && found.columns.count > found.unknown.count
                let isApart =
                    numbers[above] ?? 0 == 0
                    && Set((texts[above] ?? [:]).values.filter { !$0.allSatisfy(\.isWhitespace) }).count <= 1
                guard !taken.contains(where: { $0.overlaps(found.firstRow...row) }), isApart || isPlain else {
                    continue
                }
                best = found
            }
        }
        guard var head = best else { return nil }
        (head.money, head.titles) = (money(above: head.firstRow), titles(above: head.firstRow))
        return head
    }

    /// The first head of the same table above the one that names most columns, with three columns at least and no number in it.
    func earlierHead(_ words: HeadWords, than head: SheetHead, apartFrom others: [ClosedRange<Int>]) -> SheetHead? {
        for row in texts.keys.sorted()
        where row < head.firstRow && numbers[row] ?? 0 == 0 && !others.contains(where: { $0.contains(row) }) {
            let heads = [false, true].compactMap { self.head(words, row, isDouble: $0) }
            guard var found = heads.max(by: { $0.columns.count < $1.columns.count }), found.columns.count > 2 else {
                continue
            }
            found.firstRow = min(found.firstRow, starts[row] ?? row)
            // The upper row of the very head.
            if found.row >= head.firstRow - 1 && numbers[found.row + 1] ?? 0 == 0 { return nil }
            (found.money, found.titles) = (money(above: found.firstRow), titles(above: found.firstRow))
            return found
        }
        return nil
    }

    /// Rows below a head that are the heads of tables which nobody knows: below a title that stands alone, words without a figure, of which one stands in
    /// a column of numbers and one is what a column of any table may be called; and below it a number.
    func unknownHeads(below head: SheetHead, numbers columns: Set<Int>, names: Set<String>) -> [(
        row: Int, texts: [String]
    )] {
        texts.keys.sorted().filter { $0 > head.row + 1 && numbers[$0] ?? 0 == 0 }.compactMap { row in
            guard title(above: row) != nil, numbers[row + 1] ?? 0 > 0 else { return nil }
            let cells = (texts[row] ?? [:]).filter { !$0.value.allSatisfy(\.isWhitespace) }.sorted { $0.key < $1.key }
            let words = cells.map { HeadWords.folded($0.value) }
            guard Set(words).count > 2, words.count == Set(words).count,
                words.allSatisfy({ $0.count <= 10 && !$0.contains(where: \.isNumber) }),
                cells.contains(where: { columns.contains($0.key) }),
                words.contains(where: { word in names.contains { $0.count > 1 && word.hasSuffix($0) } })
            else { return nil }
            return (row, cells.map(\.value))
        }
    }

    /// The text that stands alone above a row: what the table below it is called.
    func title(above row: Int) -> String? {
        let texts = Set((texts[row - 1] ?? [:]).values.filter { !$0.allSatisfy(\.isWhitespace) })
        return texts.count == 1 && numbers[row - 1] ?? 0 == 0 ? texts.first : nil
    }

    /// Whether a head of one row goes on in the next one, under a head over several columns, 资金来源 over 区级 | 镇级 | 自筹: all that it names
    /// is merged over both.
    private func goesOn(_ head: SheetHead, in next: SheetHead) -> Bool {
        next.firstRow == head.row && next.row == head.row + 1 && starts[next.row] == head.row
            && next.columns.mapValues(\.column) == head.columns.mapValues(\.column)
            && head.columns.values.allSatisfy { texts[next.row]?[$0.column] == texts[head.row]?[$0.column] }
    }

    /// The texts that stand by themselves above a row, the nearest first.
    private func titles(above row: Int) -> [String] {
        (max(1, row - Self.rowsAbove)..<max(row, 1)).reversed().prefix { numbers[$0] ?? 0 < 2 }.flatMap { above in
            Set((texts[above] ?? [:]).values).sorted().filter { !$0.contains("：") && !$0.contains(":") }
        }
    }

    /// What the nearest line or title above a row says of the unit; numbers in between are those of another table.
    private func money(above row: Int) -> (unit: FigureUnit, address: CellAddress?)? {
        for above in (max(1, row - Self.rowsAbove)..<max(row, 1)).reversed() {
            if numbers[above] ?? 0 > 1 { return nil }
            let cells = (texts[above] ?? [:]).sorted { $0.key < $1.key }
            for (index, cell) in cells.enumerated() {
                var unit = HeadWords.money(above: cell.value)
                // 单位： in one cell, 万元 in the next.
                if unit == nil, HeadWords.isUnitLabel(cell.value), cells.indices.contains(index + 1) {
                    unit = HeadWords.money(named: cells[index + 1].value)
                }
                if let unit { return (unit, CellAddress(column: cell.key, row: above)) }
            }
        }
        return nil
    }

    /// - Parameter isDouble: whether the row above belongs to it: 数量 and 单价 under 申报数.
    private func head(_ words: HeadWords, _ row: Int, isDouble: Bool) -> SheetHead? {
        guard let lower = texts[row] else { return nil }
        let upper = isDouble ? texts[row - 1] ?? [:] : [:]
        if isDouble, upper.isEmpty { return nil }
        var head = SheetHead(row: row, firstRow: isDouble ? row - 1 : row)
        var loose: [(column: Int, text: String, heads: [String])] = []
        var exact: [(column: Int, text: String, found: [Int])] = []
        for column in Set(lower.keys).union(upper.keys).sorted() {
            let (above, below) = (upper[column] ?? "", lower[column] ?? "")
            let joined = above == below || above.isEmpty ? below : below.isEmpty ? above : above + below
            let found = words.columns([joined, below, above])
            if found.isEmpty {
                loose.append((column, joined, [joined, below, above]))
            } else {
                exact.append((column, joined, found))
            }
        }
        // Words that only one column is called by come first, then the others by what is left.
        var ranks: [Int: Int] = [:]
        for (column, text, found) in exact.filter({ $0.found.count == 1 }) + exact.filter({ $0.found.count > 1 }) {
            let rank = HeadWords.rank((upper[column] ?? texts[row - 1]?[column]) ?? "")
            if let free = found.first(where: { head.columns[$0] == nil }) {
                head.columns[free] = (column, text)
                ranks[free] = rank
            } else if let rank,
                let known = found.first(where: { ranks[$0].map { ($0 < 1990) == (rank < 1990) } ?? false }),
                let other = ranks[known], other != rank, let taken = head.columns[known]
            {
                // 数量 under 2025年 and under 2026年: the later is what is asked for.
                let isLater = rank > other
                if isLater { (head.columns[known], ranks[known]) = ((column, text), rank) }
                let (own, its) = (shown(text, column, row), shown(taken.text, taken.column, row))
                head.earlier.append(isLater ? (taken.column, its, own) : (column, own, its))
            } else if let (known, taken) = closer(text, found, words, head) {
                // 绩效指标, a label down the side, beside 三级指标; 规格 beside 类别 and 内容.
                head.unknown.append(taken)
                (head.columns[known], ranks[known]) = ((column, text), rank)
            } else if isSpread(column, row) {
                continue
            } else {
                head.doubled.append((column, text, found.lazy.compactMap { head.columns[$0]?.text }.first ?? text))
            }
        }
        takeLoose(loose.filter { !isSpread($0.column, row) || !isBlank($0.column, below: row) }, words, &head)
        takeBeside(words, &head)
        return head
    }

    /// A column of the form that a head names better than the one which has been taken for it, and that one.
    private func closer(_ text: String, _ found: [Int], _ words: HeadWords, _ head: SheetHead) -> (
        known: Int, taken: (column: Int, text: String)
    )? {
        for known in found {
            guard let taken = head.columns[known], taken.text != text,
                words.distance(of: text, from: known) < words.distance(of: taken.text, from: known)
            else { continue }
            return (known, taken)
        }
        return nil
    }

    /// Whether a column has its head from the cell to its left, which was merged over both.
    private func isSpread(_ column: Int, _ row: Int) -> Bool { sideways[row]?[column] != nil }

    /// Whether nothing of the table stands in a column; what other rows further down have there, opinions and signatures, does not count.
    private func isBlank(_ column: Int, below row: Int) -> Bool {
        let filled = (own[column]?.all ?? []).filter { ($0 - row) > 0 && $0 - row < 4 }
        return !filled.contains(row + 1) && filled.count < 2
    }

    /// Columns under the head of the one to their left: what they hold is what the settings say of that one, 场 beside 6 under 数量; where they
    /// hold something and nothing is said of it, this is told.
    private func takeBeside(_ words: HeadWords, _ head: inout SheetHead) {
        let taken = Set(head.columns.values.map(\.column))
        for (column, first) in (sideways[head.row] ?? [:]).sorted(by: { $0.key < $1.key })
        where !taken.contains(column) && !isBlank(column, below: head.row) {
            guard let known = head.columns.first(where: { $0.value.column == first }) else { continue }
            let text = known.value.text
            if let beside = words.beside[known.key], head.columns[beside] == nil,
                own[column]?.texts.contains(head.row + 1) ?? false,
                // What is called like a column is the lower row of the head.
                words.columns([texts[head.row + 1]?[column] ?? ""]).isEmpty
            {
                head.columns[beside] = (column, text)
                head.spread.append((column, text))
            } else if words.joined.contains(known.key) {
                head.beside[known.key, default: []].append(column)
                head.doubled.removeAll { $0.column == column }
            } else if !head.unknown.contains(where: { $0.column == column }) {
                head.doubled.append((column, text, text))
            }
        }
    }

    /// A head with the words above it, which tell it from another: 2025年预算数量.
    private func shown(_ text: String, _ column: Int, _ row: Int) -> String {
        let above = texts[row - 1]?[column] ?? ""
        return text.contains(above) ? text : above + text
    }

    /// Heads that say more than a name come after those that say just one. Of several years the last is the one that is asked for.
    private func takeLoose(
        _ loose: [(column: Int, text: String, heads: [String])],
        _ words: HeadWords,
        _ head: inout SheetHead
    ) {
        let named = Set(head.columns.keys)
        var years: [Int: Int] = [:]
        for (column, text, heads) in loose {
            guard let (found, year) = words.looseColumn(heads), !named.contains(found) else {
                head.unknown.append((column, text))
                continue
            }
            guard let known = head.columns[found] else {
                head.columns[found] = (column, text)
                years[found] = year
                continue
            }
            // 本年 and 2025年: nobody knows which is the later.
            guard let year, let other = years[found], year != other, (year < 1990) == (other < 1990) else {
                head.doubled.append((column, text, known.text))
                continue
            }
            let isLater = year > other
            if isLater { (head.columns[found], years[found]) = ((column, text), year) }
            head.earlier.append(isLater ? (known.column, known.text, text) : (column, text, known.text))
        }
        // 上年预算数 by itself is never what is asked for.
        for (found, year) in years where year == HeadWords.past {
            if let column = head.columns.removeValue(forKey: found) { head.unknown.append(column) }
        }
    }

    /// Whether a column has anything in a row or below it.
    func isFilled(_ column: Int, from row: Int) -> Bool { (own[column]?.all.last ?? 0) >= row }

    /// The columns that have a text in a row of a head, or above it.
    func columns(ofRow row: Int) -> [Int] { Set((texts[row] ?? [:]).keys).union((texts[row - 1] ?? [:]).keys).sorted() }

    /// What a column is called in a row of a head, and what stands above that.
    func texts(of column: Int, atRow row: Int) -> (below: String, above: String) {
        (texts[row]?[column] ?? "", texts[row - 1]?[column] ?? "")
    }

    /// Whether anything stands in the rows that were looked at.
    var isEmpty: Bool { lastRow == 0 || own.isEmpty && lastRow < Self.rows }
}
