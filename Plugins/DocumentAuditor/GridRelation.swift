import BudgetLines
import PrintedReports
import ReviewModel

/// What columns of a table make of each other in all of its rows but one: the sum, the difference, the product, the rate or the mean. No head need
/// be known for it.
struct GridRelation: Sendable {
    enum Making: Sendable {
        /// The columns added up are the result.
        case sum
        /// The first less the second.
        case difference
        case product
        /// The first in percent of the second; the first less the second in percent of the second, and the second less the first.
        case share, growth, fall
        /// In percent of what the column comes to in all.
        case portion
        case mean
        /// The least and the greatest of them.
        case least, most
    }

    var making: Making
    /// The columns that make it, and the one that they make.
    var parts: [Int]
    var result: Int

    /// A row that does not go with the others.
    struct Slip: Sendable {
        var row: Int
        var relation: GridRelation
        /// What the parts make in this row.
        var made: ExactDecimal
    }

    /// Two rows of which one column has changed places.
    struct Exchange: Sendable {
        var rows: [Int]
        /// The column whose cells, exchanged, make both rows right; two where either of them would.
        var columns: [Int]
        var relation: GridRelation
    }

    enum Found: Sendable {
        case slip(Slip)
        case exchange(Exchange)
    }

    /// What one row says of the relation.
    private enum Outcome {
        /// Something is missing, or so little is there that it holds anyway.
        case nothing
        case holds(isTelling: Bool)
        /// It may be by rounding, or by something that stands in another column.
        case unclear
        case fails(ExactDecimal)
    }

    /// The slip of a grid, where the relation holds in rows that say something and fails in a single one: in three, or in two where the head says
    /// that its column is made of others. Where two rows fail, they are told where one column of the two, exchanged, makes both right.
    func found(in grid: NumberGrid) throws(DecimalOverflow) -> Found? {
        var (telling, saying, told, holding, slip) = (0, 0, Set<ExactDecimal>(), 0, Slip?.none)
        var other: Int?
        let head = grid.heads[result]
        let has = { (key: String) in grid.words[key].contains(where: head.hasBytes) }
        let isNamedMean = making == .mean && has("mean_heads")
        for (index, row) in grid.rows.enumerated() {
            if row.isTotal, making == .product || making == .mean && !isNamedMean { continue }
            if row.isTotal, making == .portion || making == .least || making == .most { continue }
            switch try outcome(of: row, in: grid) {
            case .nothing: continue
            case .holds(let isTelling):
                holding += 1
                guard let found = row.cells[result], told.insert(found.value).inserted else { continue }
                if isTelling { telling += 1 }
                if found.digits > 1 { saying += 1 }
            case .unclear: return nil
            case .fails(let made):
                if slip != nil {
                    if other != nil || row.isTotal { return nil }
                    other = index
                    continue
                }
                if row.isTotal, [.share, .growth, .fall].contains(making) { return nil }
                slip = Slip(row: index, relation: self, made: made)
            }
        }
        guard let slip else { return nil }
        if let other {
            // A sum of few digits may come out right by chance.
            let isBorneOut = telling >= 2 || (has("rate_heads") || has("made_heads")) && saying >= 1
            return isBorneOut ? try exchange(slip.row, other, in: grid).map(Found.exchange) : nil
        }
        let enough: Bool
        switch making {
        case .share, .growth, .fall: enough = telling >= 2 && holding >= 3 || has("rate_heads") && saying >= 2
        case .portion: enough = has("rate_heads") && saying >= 2
        case .mean: enough = telling >= 2 && holding >= 3 || isNamedMean && saying >= 2
        case .least: enough = has("least_heads") && saying >= 2
        case .most: enough = has("most_heads") && saying >= 2
        case .sum where isWhole(in: grid): enough = telling >= 1
        case .sum, .difference:
            enough = telling >= 3 || has("made_heads") && (telling >= 2 || holding >= 3 || saying >= 2)
        case .product where isNamedProduct(in: grid): enough = telling >= 2
        case .product: enough = telling >= 3
        }
        return enough ? .slip(slip) : nil
    }

    /// The column whose cells of two rows make both of them right once they have changed places.
    private func exchange(_ one: Int, _ two: Int, in grid: NumberGrid) throws(DecimalOverflow) -> Exchange? {
        let (first, second) = (grid.rows[one], grid.rows[two])
        guard making != .least, making != .most, !first.isTotal, !second.isTotal else { return nil }
        var columns: [Int] = []
        for column in parts + [result] {
            guard let a = first.cells[column], let b = second.cells[column], a.value != b.value, !a.isDash, !b.isDash
            else { continue }
            var changed = [first, second]
            changed[0].cells[column] = b
            changed[1].cells[column] = a
            var isRight = true
            for row in changed where isRight {
                if case .holds(isTelling: true) = try outcome(of: row, in: grid) { continue }
                isRight = false
            }
            if isRight { columns.append(column) }
        }
        return (1...2).contains(columns.count) ? Exchange(rows: [one, two], columns: columns, relation: self) : nil
    }

    /// Whether the heads are 数量, 单价 and 金额 side by side.
    private func isNamedProduct(in grid: NumberGrid) -> Bool {
        guard parts.count == 2, parts[1] == parts[0] + 1, result == parts[1] + 1 else { return false }
        func ends(_ column: Int, _ key: String) -> Bool {
            grid.words[key].contains(where: grid.heads[column].hasSuffix)
        }
        return ends(parts[0], "quantity") && ends(parts[1], "unit_price")
            && (ends(result, "requested") || ends(result, "approved"))
    }

    /// Whether the head says 合计, no more, and every column of numbers before it is a part.
    private func isWhole(in grid: NumberGrid) -> Bool {
        guard grid.words.isTotal(grid.heads[result]), let first = parts.first, parts.count > 1 else { return false }
        return grid.numeric.filter { $0 < result } == parts && first > 0
    }

    private func outcome(of row: NumberGrid.Row, in grid: NumberGrid) throws(DecimalOverflow) -> Outcome {
        let cells = parts.map { row.cells[$0] }
        guard let found = row.cells[result], cells.allSatisfy({ $0 != nil }) else { return .nothing }
        let all = cells.compactMap(\.self)
        if making == .portion {
            guard let whole = grid.grandTotal?.cells[parts[0]], whole.value > 0, found.isPercent, !found.isDash,
                let value = try ExactDecimal.percentage(all[0].value, of: whole.value, places: found.value.places)
            else { return .nothing }
            let isNear = try (found.value - value).magnitude <= ExactDecimal(significand: 1, places: found.value.places)
            return isNear ? .holds(isTelling: found.isTelling) : .fails(value)
        }
        guard let (value, slack) = try make(all, for: found) else { return .nothing }
        let off = try (found.value - value).magnitude
        if off <= slack {
            let isTrivial = all.count { !$0.value.isZero } < 2 || found.value.isZero
            if isTrivial { return .nothing }
            let isOfOnes = making == .product && all.contains { $0.value == 1 }
            return .holds(isTelling: found.isTelling && !isOfOnes && !(making == .share && found.value == 100))
        }
        if found.isDash || all.contains(where: \.isDash) { return .nothing }
        // What goes beyond its aim is printed as 100%, and rates that stand in a row are no parts of one.
        if making == .share, found.value == 100, value > 100 { return .unclear }
        if making == .sum, found.isPercent, found.value != 100 { return .nothing }
        // A column that nobody knows may be what is lacking: 核增 beside 核减.
        let others = grid.numeric.filter { $0 != result && !parts.contains($0) }
        if making == .sum || making == .difference,
            others.contains(where: { row.cells[$0]?.value.magnitude == off && !off.isZero })
        {
            return .unclear
        }
        // What is added in one row may be taken off in all, where the others have none of it: 审定 + 核减 − 核增.
        if making == .sum || making == .difference {
            for part in all where try part.value.magnitude * 2 == off { return .unclear }
        }
        // 单价 where one of it is bought is the amount, too: another column goes with the rest in every row.
        if ![.product, .mean, .least, .most].contains(making) {
            for place in parts.indices {
                for other in others {
                    guard let cell = row.cells[other], cell.value != all[place].value else { continue }
                    var values = all
                    values[place] = cell
                    if let (value, slack) = try make(values, for: found), try (found.value - value).magnitude <= slack {
                        return .unclear
                    }
                }
            }
        }
        if making == .product {
            // So many months, which stand nowhere.
            if value.isZero { return .unclear }
            if let times = try found.value.divided(by: value, places: 6), times == times.rounded(to: 0), times > 1 {
                return .unclear
            }
        }
        return .fails(value)
    }

    /// What the parts make, and how far rounding may be from it.
    private func make(_ all: [NumberGrid.Cell], for found: NumberGrid.Cell) throws(DecimalOverflow)
        -> (ExactDecimal, ExactDecimal)?
    {
        let values = all.map(\.value)
        let step = ExactDecimal(significand: 1, places: found.value.places)
        switch making {
        case .sum:
            return (try .sum(values), try slack(values + [found.value]))
        case .difference:
            return (try values[0] - values[1], try slack(values + [found.value]))
        case .product:
            var (value, reach) = (ExactDecimal(1), ExactDecimal.zero)
            for factor in values { value = try value * factor }
            // A price to the fen may be rounded itself.
            if let price = values.last, price.places > 0, !price.isZero,
                let count = try value.divided(by: price, places: 6)
            {
                reach = try count.magnitude * ExactDecimal(significand: 5, places: price.places + 1)
            }
            if found.value.places == 0, value.places > 0 { reach = max(reach, step) }
            let isExact = found.value == value || found.value == value.rounded(to: found.value.places)
            return (isExact ? found.value : value, isExact ? .zero : min(reach, try value.magnitude * half))
        case .share, .growth, .fall:
            let change = try values[0] - values[1]
            guard values[1] > 0,
                let value = try ExactDecimal.percentage(
                    making == .share ? values[0] : making == .fall ? -change : change,
                    of: values[1],
                    places: found.value.places
                )
            else { return nil }
            var reach = step
            for amount in values where amount.places > 0 {
                let half = ExactDecimal(significand: 5, places: amount.places + 1)
                reach = try reach + (ExactDecimal.percentage(half, of: values[1], places: 6) ?? .zero)
            }
            return (value, reach)
        case .mean:
            guard let value = try ExactDecimal.sum(values).divided(by: ExactDecimal(values.count), places: 6) else {
                return nil
            }
            return (value.rounded(to: found.value.places), step)
        case .least: return values.min().map { ($0, .zero) }
        case .most: return values.max().map { ($0, .zero) }
        case .portion: return nil
        }
    }

    /// Amounts with places may be rounded, each by half of its last one.
    private func slack(_ values: [ExactDecimal]) throws(DecimalOverflow) -> ExactDecimal {
        let places = values.map(\.places).max() ?? 0
        guard places > 0 else { return .zero }
        return ExactDecimal(significand: Int128(values.count), places: places)
    }
}

/// A tenth of a percent.
private let half = ExactDecimal(significand: 1, places: 3)
extension NumberGrid {
    /// Everything that columns may be to each other, those first that say most.
    var relations: [GridRelation] {
        var found: [GridRelation] = []
        let columns = numeric.prefix(16)
        let isRate = { (column: Int) in
            rows.contains { $0.cells[column]?.isPercent ?? false } || heads[column].hasBytes(of: "%")
        }
        let rates = columns.filter(isRate)
        let amounts = columns.filter { !isRate($0) }
        // Neighbours that make the one behind them, or before them.
        for start in amounts.indices {
            for end in amounts.indices where end > start + 1 && end - start <= 11 {
                let run = Array(amounts[start...end])
                guard run.last == (run.first ?? 0) + run.count - 1 else { continue }
                for result in [end + 1, start - 1] where amounts.indices.contains(result) {
                    found.append(GridRelation(making: .sum, parts: run, result: amounts[result]))
                    guard result > end else { continue }
                    found.append(GridRelation(making: .mean, parts: run, result: amounts[result]))
                    // 平均价 and 最低价 stand side by side.
                    for result in [result, result + 1] where amounts.indices.contains(result) {
                        let head = heads[amounts[result]]
                        for (making, key) in [(GridRelation.Making.least, "least_heads"), (.most, "most_heads")]
                        where words[key].contains(where: head.hasBytes) {
                            found.append(GridRelation(making: making, parts: run, result: amounts[result]))
                        }
                    }
                }
            }
        }
        for first in amounts {
            for second in amounts where second != first {
                for result in amounts where result != first && result != second {
                    found.append(GridRelation(making: .difference, parts: [first, second], result: result))
                    if first < second, second < result, result - first <= 4 {
                        found.append(GridRelation(making: .product, parts: [first, second], result: result))
                        for third in amounts where third > second && third < result {
                            found.append(GridRelation(making: .product, parts: [first, second, third], result: result))
                        }
                    }
                }
                for result in rates {
                    found.append(GridRelation(making: .share, parts: [first, second], result: result))
                    found.append(GridRelation(making: .growth, parts: [first, second], result: result))
                    found.append(GridRelation(making: .fall, parts: [first, second], result: result))
                }
            }
            for result in rates { found.append(GridRelation(making: .portion, parts: [first], result: result)) }
        }
        return found
    }
}
