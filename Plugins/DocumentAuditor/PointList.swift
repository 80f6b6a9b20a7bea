import BudgetLines
import PrintedReports
import ReviewModel

/// The points that a report gives, of a table or of a list in a sentence: 立项论证满分25分，得23分；目标设定满分20分，得16分；….
struct PointList: Sendable {
    struct Item: Sendable {
        var name: String
        var most: ExactDecimal
        var score: ExactDecimal
    }

    /// The rows of the list, and what several of them make under one name.
    var items: [Item]
    /// The names of rows, the groups aside.
    var leaves: [Item]
    var line: ReportText.Line
    var score: ExactDecimal
    var most: ExactDecimal

    /// The list of a report; `nil` where it has none, or several that differ.
    init?(_ report: ReportText) {
        let tables = report.printedTables.filter { $0.kind == .scoreSheet }.compactMap { PointList($0, report) }
        let grids = tables.isEmpty ? NumberGrid.all(in: report).compactMap { PointList($0, report.words) } : tables
        let lists = grids.isEmpty ? report.body.lazy.filter { !$0.isTableRow }.compactMap { PointList($0) } : grids
        guard let first = lists.first, lists.allSatisfy({ $0.score == first.score && $0.most == first.most }) else {
            return nil
        }
        self = first
    }

    private init?(_ table: PrintedTable, _ report: ReportText) {
        let rows = table.pointRows.filter { !$0.isTotal }
        guard rows.count > 1, let line = report.line(table.header.line.number) else { return nil }
        var (leaves, groups) = ([Item](), [Item]())
        for row in rows {
            guard let most = row.most, let score = row.said, score <= most else { return nil }
            // 维度 beside 要点: heads that say no level, with rows that stand under one.
            let labels = report.line(row.line)?.filledCells.prefix(2).filter { NumberGrid.Cell($0) == nil } ?? []
            let isUnder = row.group.isEmpty && labels.count == 2
            let name = isUnder ? labels[1] : row.name
            leaves.append(Item(name: name.folded.bareName, most: most, score: score))
            let group = (isUnder ? labels[0] : row.group).folded.bareName
            if group.isEmpty { continue }
            if groups.last?.name == group, let last = groups.last, let sum = try? last.score + score,
                let whole = try? last.most + most
            {
                groups[groups.count - 1] = Item(name: group, most: whole, score: sum)
            } else if groups.contains(where: { $0.name == group }) {
                return nil
            } else {
                groups.append(Item(name: group, most: most, score: score))
            }
        }
        self.init(leaves, groups.count > 1 ? groups : [], line)
        guard most == 100 else { return nil }
    }

    /// A table of another kind, such as that of a self-evaluation, with a column of maxima and one of points.
    private init?(_ grid: NumberGrid, _ words: ReportWords) {
        func columns(_ key: String) -> [Int] {
            grid.numeric.filter { column in words[key].contains(grid.heads[column].bareHead) }
        }
        let (most, score) = (columns("points"), columns("score") + columns("review_points"))
        guard most.count == 1, score.count == 1 else { return nil }
        let (first, rows) = (
            grid.heads.indices.first { !words["number"].contains(grid.heads[$0]) } ?? 0,
            grid.rows.filter { !$0.isTotal }
        )
        let names = grid.heads.indices.filter { words["indicator"].contains(grid.heads[$0].bareHead) }
        guard rows.count > 2, let name = names.last else { return nil }
        var (leaves, groups) = ([Item](), [Item]())
        for row in rows {
            guard let whole = row.cells[most[0]]?.value, let own = row.cells[score[0]]?.value, own <= whole else {
                return nil
            }
            leaves.append(Item(name: row.texts[name].folded.bareName, most: whole, score: own))
            let group = row.texts[first].folded.bareName
            if group.isEmpty || first == name { continue }
            if groups.last?.name == group, let last = groups.last, let sum = try? last.score + own,
                let all = try? last.most + whole
            {
                groups[groups.count - 1] = Item(name: group, most: all, score: sum)
            } else if groups.contains(where: { $0.name == group }) {
                return nil
            } else {
                groups.append(Item(name: group, most: whole, score: own))
            }
        }
        self.init(leaves, groups.count > 1 ? groups : [], grid.head)
        guard self.most == 100 else { return nil }
    }

    private init?(_ line: ReportText.Line) {
        guard line.folded.hasBytes(of: "满分") else { return nil }
        var items: [Item] = []
        var (open, last) = ("", line.folded.split(whereSeparator: { "；。、：，".contains($0) }).map(String.init))
        // 立项论证满分25分，得23分 is one item of two clauses.
        for index in last.indices where last[index].hasBytes(of: "满分") && StatedFigure.all(in: last[index]).count == 1 {
            if index + 1 < last.count { (last[index + 1], last[index]) = (last[index] + "，" + last[index + 1], "") }
        }
        for part in last where !part.isEmpty {
            open = part
            guard let item = Item(listed: open[...]) else {
                if items.count > 2 { break }
                items = []
                continue
            }
            items.append(item)
        }
        guard items.count > 2 else { return nil }
        self.init(items, [], line)
        guard most > 60, most < 150 else { return nil }
    }

    private init(_ leaves: [Item], _ groups: [Item], _ line: ReportText.Line) {
        self.line = line
        (self.leaves, items) = (leaves, leaves + groups.filter { group in !leaves.contains { $0.name == group.name } })
        score = (try? ExactDecimal.sum(leaves.map(\.score))) ?? .zero
        most = (try? ExactDecimal.sum(leaves.map(\.most))) ?? .zero
    }
}

extension PointList.Item {
    /// `立项论证满分25分，得23分` and `立项依据18分（满分20分）`.
    fileprivate init?(listed text: Substring) {
        let figures = StatedFigure.all(in: String(text))
        guard figures.count == 2 || figures.count == 3, figures.allSatisfy({ $0.behind.hasPrefix("分") }) else {
            return nil
        }
        let letters = Array(text)
        let leads = zip([0] + figures.map { $0.range.upperBound }, figures).map {
            String(letters[$0..<$1.range.lowerBound])
        }
        guard let place = leads.firstIndex(where: { $0.hasSuffix("满分") || $0.hasSuffix("满分为") }), place < 2 else {
            return nil
        }
        let score = figures[1 - place]
        var name = leads[0].split(separator: "，").last.map(String.init) ?? ""
        if let start = name.firstBytes(of: "其中") { name = String(name[start.upperBound...]) }
        for end in ["满分为", "满分", "得分为", "得分", "得"] where name.hasSuffix(end) { name.removeLast(end.count) }
        guard (2...16).contains(name.count), score.value <= figures[place].value else { return nil }
        self.init(name: name, most: figures[place].value, score: score.value)
    }
}

extension String {
    /// The name of a row without its number and its weight: 决策 of 1.决策（15分）.
    var bareName: String {
        let bare = drop { "0123456789.．、".contains($0) }
        return String(bare.prefix { !"（(".contains($0) })
    }
}
