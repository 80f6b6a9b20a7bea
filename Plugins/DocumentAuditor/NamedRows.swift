import BudgetLines
import PrintedReports
import ReviewModel

/// The rows of a report's tables by their names, each with what its cells are: a count, a price, an amount or another measure, asked for or granted.
struct NamedRows: Sendable {
    enum Kind: Sendable { case count, price, money, measure }
    enum Side: Sendable { case asked, granted, neither }

    struct Value: Sendable {
        var kind: Kind
        var side: Side
        var number: ExactDecimal
        /// What it comes to in yuan, where its head or caption says in what it is.
        var yuan: ExactDecimal?
        /// What it is counted in, as head or cell have it; empty for none.
        var unit: String
        /// The sign or word before it: ≥.
        var bound: String
        var head: String
    }

    struct Row: Sendable {
        var name: String
        var line: ReportText.Line
        var values: [Value]
        /// Which of the tables, by its place among them.
        var grid: Int
        /// What it is counted in.
        var units: Set<String>
    }

    /// The rows of each table that are no totals, in its order.
    let tables: [[Row]]
    /// The rows of each name.
    let named: [String: [Row]]
    /// Longer names before those that they contain.
    let names: [String]

    init(_ grids: [NumberGrid], _ report: ReportText) {
        var (tables, named) = ([[Row]](), [String: [Row]]())
        for (place, grid) in grids.enumerated() {
            let columns = grid.heads.indices.map { Column(grid, $0, Self.scale(above: grid, report)) }
            let rows = grid.rows.filter { !$0.isTotal && !$0.isSubtotal }.map { row in
                Row(row, columns, grid: place, report.words)
            }
            tables.append(rows)
            let times = Dictionary(rows.map { ($0.name, 1) }, uniquingKeysWith: +)
            for row in rows where times[row.name] == 1 && row.isNamed { named[row.name, default: []].append(row) }
        }
        (self.tables, self.named) = (tables, named)
        names = named.keys.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    /// In what the amounts of a table are, as the lines right above its head say: 10,000 of 单位：万元.
    private static func scale(above grid: NumberGrid, _ report: ReportText) -> ExactDecimal? {
        for number in stride(from: grid.head.number - 1, to: max(0, grid.head.number - 4), by: -1) {
            guard let text = report.line(number)?.folded, !text.isEmpty else { continue }
            guard report.words["per"].contains(where: text.hasBytes) else { return nil }
            if report.words["wan"].contains(where: text.hasBytes) { return 10_000 }
            return text.hasBytes(of: "：元") || text.hasBytes(of: "为元") ? 1 : nil
        }
        return nil
    }
}

/// What a column holds, as its head says.
private struct Column {
    var kind: NamedRows.Kind?
    var side: NamedRows.Side
    var scale: ExactDecimal?
    var unit: String
    var head: String
    var isUnit: Bool
    /// What a price is of: 所 of （万元/所）.
    var piece: String

    init(_ grid: NumberGrid, _ place: Int, _ caption: ExactDecimal?) {
        let (words, head) = (grid.words, grid.heads[place])
        let bare = head.bareHead
        self.head = bare
        isUnit = words["measure"].contains(bare) || words["unit"].contains(bare) || bare == "计量"
        let inside = head.contains("（") ? String(head.drop { $0 != "（" }.dropFirst().prefix { $0 != "）" }) : ""
        let isYuan = words["yuan"].contains { inside == $0 || inside.hasPrefix($0 + "/") }
        let isWan = words["wan"].contains { inside == $0 || inside.hasPrefix($0 + "/") }
        (scale, unit) = (isWan ? 10_000 : isYuan ? 1 : caption, isYuan || isWan ? "" : inside)
        piece = (isYuan || isWan) && inside.contains("/") ? String(inside.drop { $0 != "/" }.dropFirst()) : ""
        let asked = words["asked_heads"].contains(where: bare.hasBytes)
        let granted = words["granted_heads"].contains(where: bare.hasBytes)
        side = asked == granted ? .neither : asked ? .asked : .granted
        let isOther = [words["number"], words["year"], words["reason"], words["share"]].contains { list in
            list.contains { bare == $0 || bare.hasSuffix($0) && $0.count > 2 }
        }
        let amounts = words["requested"] + words["approved"]
        if bare.isEmpty || isUnit || isOther || words["rate_heads"].contains(where: bare.hasBytes) {
            kind = nil
        } else if !piece.isEmpty || words["unit_price"].contains(where: bare.hasSuffix) {
            kind = .price
        } else if words["quantity"].contains(where: bare.hasSuffix)
            || words["counting_ends"].contains(where: bare.hasSuffix)
                && unit != ""
        {
            kind = .count
        } else if words["cut_heads"].contains(where: bare.hasBytes) {
            kind = isYuan || isWan || caption != nil ? .money : .measure
            side = .neither
        } else if isYuan || isWan || amounts.contains(bare) {
            kind = .money
        } else {
            kind = unit.isEmpty ? .measure : .count
        }
    }
}

extension NamedRows.Row {
    fileprivate init(_ row: NumberGrid.Row, _ columns: [Column], grid: Int, _ words: ReportWords) {
        let unit = columns.firstIndex(where: \.isUnit).map { row.texts[$0].folded } ?? ""
        var (values, units) = ([NamedRows.Value](), Set<String>())
        if (1...4).contains(unit.count) { units.insert(unit) }
        for (place, column) in columns.enumerated() {
            guard let kind = column.kind else { continue }
            let text = row.texts[place].folded.withoutThousands
            guard let read = BoundedNumber(text[...]), read.isWhole || row.cells[place] != nil else { continue }
            var own = read.unit.isEmpty ? column.unit : read.unit
            // The unit of the row is that of its counts and measures.
            if own.isEmpty, kind == .count || kind == .measure { own = unit }
            if kind == .count, !own.isEmpty { units.insert(own) }
            if !column.piece.isEmpty { units.insert(column.piece) }
            values.append(
                NamedRows.Value(
                    kind: kind == .measure && column.unit.isEmpty && !read.unit.isEmpty && read.bound.isEmpty
                        && column.head.endsAsCount(words) ? .count : kind,
                    side: column.side,
                    number: read.number,
                    yuan: kind == .price || kind == .money ? column.scale.flatMap { try? read.number * $0 } : nil,
                    unit: own,
                    bound: read.bound,
                    head: column.head
                )
            )
        }
        self.init(name: row.name.folded.bareName, line: row.line, values: values, grid: grid, units: units)
    }

    /// Whether its name may name it in a sentence.
    fileprivate var isNamed: Bool {
        (2...24).contains(name.count) && !name.contains(where: { "，。；：、".contains($0) })
            && name.contains { !$0.isASCII && !$0.isNumber }
    }

    /// The numbers of a kind that were asked for and that were granted, where it has one of each.
    func pair(_ kind: NamedRows.Kind) -> (asked: NamedRows.Value, granted: NamedRows.Value)? {
        let own = values.filter { $0.kind == kind }
        let (asked, granted) = (own.filter { $0.side == .asked }, own.filter { $0.side == .granted })
        guard asked.count == 1, granted.count == 1, asked[0].unit == granted[0].unit else { return nil }
        return (asked[0], granted[0])
    }

    /// Whether the review changed it; `nil` where the table does not say.
    func isChanged(_ kind: NamedRows.Kind) -> Bool? { pair(kind).map { $0.asked.number != $0.granted.number } }
}

extension String {
    fileprivate func endsAsCount(_ words: ReportWords) -> Bool {
        words["quantity"].contains(where: hasSuffix) || words["counting_ends"].contains(where: hasSuffix)
    }
}

/// A number with what bounds it and with its unit: ≥95%, 不低于42万人次, 24小时以内, 12所.
struct BoundedNumber {
    var bound: String
    var number: ExactDecimal
    var unit: String
    /// How many characters it takes.
    var length: Int
    /// Whether nothing stands behind it.
    var isWhole: Bool

    init?(_ text: Substring, bounds: [String] = []) {
        bound =
            bounds.first(where: text.hasPrefix) ?? text.first.flatMap { "≥≤＞＜><".contains($0) ? String($0) : nil } ?? ""
        let rest = text.dropFirst(bound.count)
        guard rest.first?.isPlainDigit ?? false,
            let figure = StatedFigure.all(in: String(rest.prefix(24))).first, figure.range.lowerBound == 0
        else { return nil }
        number = figure.value
        let behind = rest.dropFirst(figure.range.upperBound)
        let plain = behind.prefix { !"，。；：、（）".contains($0) && !$0.isPlainDigit }
        let known = countUnits.first(where: plain.hasPrefix)
        unit = known ?? (plain.count <= 3 ? String(plain) : "")
        length = bound.count + figure.range.upperBound + unit.count
        isWhole = text.count == length
    }
}

/// Measures, and those of them that ten thousands are counted in.
let countUnits =
    (measures + measures.map { "万" + $0 } + [
        "处", "项", "根", "组", "张", "副", "例", "块", "个", "种", "篇", "册", "本", "支", "只", "人月", "人日", "人天", "批次", "车次", "课时",
        "班次", "lx", "kw", "个工作日", "km", "m³", "㎡", "m²", "m",
    ])
    .sorted { $0.count > $1.count }
