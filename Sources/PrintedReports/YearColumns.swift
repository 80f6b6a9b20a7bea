internal import BudgetLines
internal import ReviewModel

/// The columns of a table of earlier years that has a budget and payments for each of them, side by side:
/// `支出内容 | 2023年预算 | 2023年支出 | 2024年预算 | 2024年支出`, or the years in a row above.
struct YearColumns: Sendable {
    /// How many cells the printed rows have.
    let width: Int
    /// The head of what is read: the year, what names the rows, and what stands under each year.
    let head: [String]
    /// The columns without a year, and those of each year.
    private let names: [Int]
    private let years: [(year: Int, columns: [Int])]

    /// - Parameter cells: a head of one row; each year stands before the word of its column.
    init?(_ cells: [String], _ words: ReportWords) {
        let parts = cells.map { cell -> (year: Int?, rest: String) in
            let folded = cell.folded
            let year = folded.yearBefore
            return (year?.year, year?.rest ?? folded)
        }
        self.init(years: parts.map(\.year), heads: zip(cells, parts).map { $1.year == nil ? $0 : $1.rest }, words)
    }

    /// - Parameter lower: the second row of the head, beneath the years.
    init?(_ cells: [String], over lower: [String], _ words: ReportWords) {
        var (years, heads, year) = ([Int?](), [String](), nil as Int?)
        for (upper, below) in zip(cells, lower) {
            // A merged year stands over its first column only.
            if !upper.isEmpty { year = upper.printedYear }
            years.append(year)
            heads.append(year == nil ? (below.isEmpty ? upper : below) : below)
        }
        self.init(years: years, heads: heads, words)
    }

    private init?(years: [Int?], heads: [String], _ words: ReportWords) {
        width = heads.count
        names = years.indices.filter { years[$0] == nil }
        var groups: [(year: Int, columns: [Int])] = []
        for (column, year) in years.enumerated() {
            guard let year else { continue }
            if groups.last?.year == year {
                groups[groups.count - 1].columns.append(column)
            } else {
                groups.append((year, [column]))
            }
        }
        guard groups.count > 1, Set(groups.map(\.year)).count == groups.count, let first = groups.first,
            groups.allSatisfy({ group in
                group.columns.map { heads[$0] } == first.columns.map { heads[$0] }
            }), let label = words["year"].first
        else { return nil }
        self.years = groups
        head = [label] + names.map { heads[$0] } + first.columns.map { heads[$0] }
        guard PrintedColumns(head, of: .history, words, unit: nil) != nil else { return nil }
    }

    /// What a printed row says of each year.
    func rows(of row: PrintedTable.Row, _ words: ReportWords) -> [PrintedTable.Row] {
        guard row.cells.count == width else { return [row] }
        return years.map { year, columns in
            PrintedTable.Row(row.line, ["\(year)"] + (names + columns).map { row.cells[$0] }, words)
        }
    }

    /// The columns of a table that has one year a column, and what they say in the first one, as those of a table of earlier years on its side;
    /// `nil` for another table. Columns of other things, a sum or a mean, are left out.
    static func acrossTheTop(_ columns: [[String]], _ words: ReportWords) -> [[String]]? {
        let years = columns.filter { $0[0].printedYear != nil }
        guard years.count > 1, Set(years.map { $0[0].printedYear }).count == years.count,
            let first = columns.firstIndex(where: { $0[0].printedYear != nil }), first > 0,
            let label = words["year"].first
        else { return nil }
        let head = [label] + columns[first - 1].dropFirst()
        guard PrintedColumns(head, of: .history, words, unit: nil) != nil else { return nil }
        return [head] + years
    }
}

extension String {
    /// `2024年` before the rest of a folded head: 2024年预算数, 2024年度支出.
    fileprivate var yearBefore: (year: Int, rest: String)? {
        let digits = prefix { $0.isASCII && $0.isNumber }
        guard digits.count == 4, let year = Int(digits), (1990...2100).contains(year) else { return nil }
        var rest = dropFirst(4)
        guard rest.first == "年" else { return nil }
        rest = rest.dropFirst()
        if rest.first == "度" { rest = rest.dropFirst() }
        return rest.isEmpty ? nil : (year, String(rest))
    }
}
