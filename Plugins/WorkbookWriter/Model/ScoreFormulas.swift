import ExcelBooks
import ReviewModel
import Rubrics

/// Formulas for the points of one rater. One is written only where it gives exactly what the review has; elsewhere the figure
/// stands by itself, and a note says so.
struct ScoreFormulas {
    let outline: ScoreOutline
    let rater: Int
    /// The columns of this rater's cells, and of what all share.
    let columns: Columns
    let standards: StandardSheet?

    struct Columns {
        var max: Int
        var weight: Int
        var level: Int?
        var points: Int
        var rank: Int?
        /// The points of the other raters.
        var ofRaters: [Int]
    }

    /// Excel takes 8,192 characters.
    private static let longest = 8000

    /// What stands in the cell of the points of a row.
    func points(_ row: Int) throws -> (content: CellContent, isTyped: Bool) {
        guard let item = outline.item(row, rater) else { return (.blank, false) }
        if let formula = try pointsOfLevel(item, row) { return (formula, false) }
        let isRating = outline.rows[row].node?.isRating == true || outline.scale(row).isOrdinal
        guard let points = item.points else { return (.blank, item.status == .unscored && !isRating) }
        if let formula = try combined(item, row) { return (.formula(formula, .number(points)), false) }
        if !outline.parts(row).isEmpty, let formula = try aggregate(row, most: item.max, equal: points) {
            return (.formula(formula, .number(points)), false)
        }
        return (.number(points), item.status != .computed)
    }

    /// What stands in the cell of the total.
    func total() throws -> CellContent {
        let sheet = outline.sheets[rater]
        guard let total = sheet.total else { return .blank }
        if let level = sheet.level, outline.aggregation(nil).isByLevel,
            let formula = try valueOfLevel(level, nil, most: sheet.max, equal: total)
        {
            return .formula(formula, .number(total))
        }
        guard let formula = try aggregate(nil, most: sheet.max, equal: total) else { return .number(total) }
        return .formula(formula, .number(total))
    }

    /// The level of a row, or of the whole, from those of its parts; `nil` where it does not follow from them.
    func level(_ row: Int?) -> String? {
        let aggregation = outline.aggregation(row)
        guard aggregation.isByLevel, let standards, let rank = columns.rank else { return nil }
        let (parts, scale, order) = (outline.parts(row), outline.scale(row), outline.order(row))
        let counted = parts.filter(counts)
        let levels = counted.compactMap { part in
            outline.item(part, rater)?.level.flatMap(outline.scale(part).level).map {
                (level: $0, scale: outline.scale(part))
            }
        }
        let expected =
            row.flatMap { outline.item($0, rater)?.level } ?? (row == nil ? outline.sheets[rater].level : nil)
        guard !parts.isEmpty, levels.count == counted.count, let expected, !order.isEmpty,
            aggregation.level(of: levels, in: scale)?.name == expected, let names = standards.names(order)
        else { return nil }
        let ranks = cells(parts, rank)
        let worst = "INDEX(\(names),MAX(\(ranks)))"
        var formula: String
        switch aggregation {
        case .weakest(plus: false): formula = worst
        case .weakest(plus: true):
            formula =
                "IF(AND(MIN(\(ranks))<MAX(\(ranks)),COUNTIF(\(names),\(worst)&\"+\")>0),\(worst)&\"+\",\(worst))"
        case .table(let table):
            guard let range = standards.table(table), parts.count <= 12 else { return nil }
            let one = parts.count == 1 || ranks.contains(":") ? ranks : "(\(ranks))"
            let joined = (1...parts.count).map { rank in
                "IF(COUNT(\(ranks))>=\(rank),\(rank > 1 ? "\" | \"&" : "")INDEX(\(names),SMALL(\(one),\(rank))),\"\")"
            }
            formula = "VLOOKUP(\(joined.joined(separator: "&")),\(range),2,FALSE)"
        case .matrix(let table):
            // The levels as they stand, in the order of the parts.
            guard let range = standards.table(table), let level = columns.level else { return nil }
            let joined = parts.map { CellReference(Grid.firstRow + $0, level).description }.joined(
                separator: "&\" | \"&"
            )
            return "IFERROR(VLOOKUP(\(joined),\(range),2,FALSE),\"\")"
        case .sum, .mean, .none: return nil
        }
        formula = "IF(COUNT(\(ranks))=0,\"\",IFERROR(\(formula),\"\"))"
        return formula.utf8.count <= Self.longest ? formula : nil
    }

    /// Where the level of a row stands among those of the whole that it is a part of, 1 for the best.
    func rank(_ row: Int) -> CellContent? {
        let parent = outline.rows[row].parent
        guard outline.aggregation(parent).isByLevel, let level = columns.level, let standards else { return nil }
        let order = outline.order(parent)
        guard !order.isEmpty, let names = standards.names(order) else { return nil }
        let cell = CellReference(Grid.firstRow + row, level).description
        let position = outline.item(row, rater)?.level.flatMap(order.firstIndex)
        let value = position.map { CellContent.CachedValue.number(ExactDecimal($0 + 1)) } ?? .text("")
        return .formula("IFERROR(MATCH(\(cell),\(names),0),\"\")", value)
    }
}

extension ScoreFormulas {
    /// Whether a part's points or level count for the whole.
    fileprivate func counts(_ row: Int) -> Bool {
        guard let item = outline.item(row, rater), outline.rows[row].node?.isHeading != true else { return false }
        return item.status != .notApplicable && item.status != .pooled
    }
}

// MARK: - From levels

extension ScoreFormulas {
    /// The points that the chosen level gives; `nil` where it leaves room for judgement.
    private func pointsOfLevel(_ item: ScoreItem, _ row: Int) throws -> CellContent? {
        guard let level = item.level, columns.level != nil else { return nil }
        let scale = outline.scale(row)
        if item.status == .notApplicable {
            guard scale.level(level)?.isNotApplicable == true, let formula = lookUp(scale, row, most: nil) else {
                return nil
            }
            return .formula(formula, .text(""))
        }
        guard let points = item.points, let formula = try valueOfLevel(level, row, most: item.max, equal: points) else {
            return nil
        }
        return .formula(formula, .number(points))
    }

    private func valueOfLevel(
        _ name: String,
        _ row: Int?,
        most: ExactDecimal?,
        equal points: ExactDecimal
    ) throws -> String? {
        let scale = outline.scale(row)
        guard let most, let level = scale.level(name), level.countsAs == nil, !scale.isOrdinal,
            let range = try scale.points(of: level, max: most),
            range.lowerBound == range.upperBound, range.lowerBound == points
        else { return nil }
        return lookUp(scale, row, most: most)
    }

    private func lookUp(_ scale: RubricScale, _ row: Int?, most: ExactDecimal?) -> String? {
        guard let column = columns.level, let range = standards?.levels(scale) else { return nil }
        let line = row.map { Grid.firstRow + $0 } ?? totalRow
        let cell = CellReference(line, column).description
        if scale.isOrdinal { return nil }
        let max = CellReference(line, columns.max).description
        return "IFERROR(ROUND(\(max)*VLOOKUP(\(cell),\(range),2,FALSE),4),\"\")"
    }

    private var totalRow: Int { Grid.firstRow + outline.rows.count }
}

// MARK: - From parts and raters

extension ScoreFormulas {
    /// A formula over the parts of a row, or of the whole, where it comes to just `points`.
    private func aggregate(_ row: Int?, most: ExactDecimal?, equal points: ExactDecimal) throws -> String? {
        let parts = outline.parts(row)
        let counted = parts.filter(counts)
        let formula: String
        switch outline.aggregation(row) {
        case .sum:
            let all = counted.compactMap { outline.item($0, rater)?.points }
            guard all.count == counted.count, !all.isEmpty, try ExactDecimal.sum(all) == points else { return nil }
            // Six places: more than any rubric has, and none of what binary sums add.
            formula = "ROUND(SUM(\(cells(parts, columns.points))),6)"
        case .mean:
            guard let most, let mean = try mean(counted, most), mean.value == points else { return nil }
            let max = CellReference(row.map { Grid.firstRow + $0 } ?? Grid.firstRow + outline.rows.count, columns.max)
            formula =
                "IFERROR(ROUND(\(max.description)*(\(mean.over))/(\(mean.under)),\(outline.rubric?.places ?? 2)),\"\")"
        case .weakest, .table, .matrix:
            guard let row, let level = outline.item(row, rater)?.level else { return nil }
            return try valueOfLevel(level, row, most: most, equal: points)
        case .none: return nil
        }
        return formula.utf8.count <= Self.longest ? formula : nil
    }

    private func mean(
        _ parts: [Int],
        _ most: ExactDecimal
    ) throws -> (value: ExactDecimal, over: String, under: String)? {
        var known: [(weight: ExactDecimal, points: ExactDecimal, most: ExactDecimal)] = []
        for part in parts {
            guard let item = outline.item(part, rater), let points = item.points, let max = item.max, !max.isZero,
                let node = outline.rows[part].node
            else { return nil }
            known.append((node.weight, points, max))
        }
        guard let value = try RubricAggregation.mean(known, max: most, places: outline.rubric?.places ?? 2) else {
            return nil
        }
        // All parts of the row, for one that does not apply may apply once somebody has typed a score.
        let all = outline.rows[parts[0]].parent.map { outline.rows[$0].parts } ?? outline.tops
        let terms = all.filter { outline.rows[$0].max.map { !$0.isZero } ?? false }.map { part -> (String, String) in
            let row = Grid.firstRow + part
            let (weight, points, max) = (
                CellReference(row, columns.weight).description, CellReference(row, columns.points).description,
                CellReference(row, columns.max).description
            )
            return ("\(weight)*N(\(points))/\(max)", "\(weight)*ISNUMBER(\(points))")
        }
        return (value, terms.map(\.0).joined(separator: "+"), terms.map(\.1).joined(separator: "+"))
    }

    /// The mean or median of other raters, where this is the sheet that combines them.
    private func combined(_ item: ScoreItem, _ row: Int) throws -> String? {
        guard let combination = outline.rubric?.combination, item.status == .given,
            combination.into == outline.sheets[rater].rater
        else { return nil }
        let raters = outline.sheets.indices.filter { other in
            let name = outline.sheets[other].rater
            return combination.raters.isEmpty
                ? !outline.sheets[other].isSelf && name != combination.into : combination.raters.contains(name)
        }
        let given = raters.filter { outline.item(row, $0)?.status == .given }
        let scores = given.compactMap { outline.item(row, $0)?.points }
        guard !scores.isEmpty, let places = outline.rubric?.places,
            try combination.combine(scores, places: places) == item.points
        else { return nil }
        let cells = raters.map { CellReference(Grid.firstRow + row, columns.ofRaters[$0]).description }
            .joined(separator: ",")
        let middle =
            switch combination.method {
            case .mean: "AVERAGE(\(cells))"
            case .median: "MEDIAN(\(cells))"
            case .trimmedMean:
                "IF(COUNT(\(cells))>=3,(SUM(\(cells))-MAX(\(cells))-MIN(\(cells)))/(COUNT(\(cells))-2),AVERAGE(\(cells)))"
            }
        return "IFERROR(ROUND(\(middle),\(places)),\"\")"
    }

    /// Cells of rows in one column: a range where they follow each other, else one by one.
    private func cells(_ rows: [Int], _ column: Int) -> String {
        guard let first = rows.first, let last = rows.last, rows.count > 1, last - first == rows.count - 1 else {
            return rows.map { CellReference(Grid.firstRow + $0, column).description }.joined(separator: ",")
        }
        return columnRange(column, Grid.firstRow + first, Grid.firstRow + last)
    }
}

// MARK: - The verdict

extension ScoreFormulas {
    /// The verdict of the total by the table of bands; `nil` where it was decided otherwise.
    func verdict(_ total: CellReference) -> String? {
        let sheet = outline.sheets[rater]
        let bands = outline.bands
        guard let standards, !bands.isEmpty, bands.count <= 40, let verdict = sheet.verdict else { return nil }
        let places = outline.rubric?.verdictPlaces ?? sheet.verdictPlaces
        var (cell, value) = (total.description, sheet.total)
        if value == nil, let level = sheet.level, let column = columns.level {
            // Bands over letters count the ranks, 0 for the worst.
            let order = outline.scale(nil).order.map(\.name)
            guard let names = standards.names(order), let rank = order.firstIndex(of: level) else { return nil }
            value = ExactDecimal(order.count - 1 - rank)
            cell = "(ROWS(\(names))-MATCH(\(CellReference(total.row, column).description),\(names),0))"
        }
        guard let value else { return nil }
        let rounded = places.map { value.rounded(to: $0) } ?? value
        guard bands.first(where: { $0.range.contains(rounded) })?.verdict.code == verdict.code else { return nil }
        let number = cell
        if let places { cell = "ROUND(\(cell),\(places))" }
        var formula = "\"\""
        for (position, band) in bands.enumerated().reversed() {
            let cells = standards.band(position)
            let (lower, upper) = (band.range.includesLower ? ">=" : ">", band.range.includesUpper ? "<=" : "<")
            formula = "IF(AND(\(cell)\(lower)\(cells.lower),\(cell)\(upper)\(cells.upper)),\(cells.name),\(formula))"
        }
        return "IF(ISNUMBER(\(number)),\(formula),\"\")"
    }
}
