internal import BudgetLines
internal import Targets

/// A performance target of a printed table.
public struct PrintedTarget: Sendable {
    public var line: Int
    public var level1: String
    public var level2: String
    public var name: String
    public var value: String
    public var basis: String
    /// What was reached, where the table has a column for it.
    public var actual = ""
    /// The value before and after the review, where the table has a column for each, or a remark that says what it was changed to.
    public var revision: Revision?

    public struct Revision: Sendable {
        public var before: String
        public var after: String
    }
}

extension PrintedTable {
    /// Whether the targets are those of the review, which states a basis for each, and not those of the declaration form.
    public var isReviewed: Bool { header.cells.contains { words["basis"].end($0.folded) } }

    /// The targets of a table. Merged levels stand in their first line only, and converters move what follows to the left:
    /// the last cells are value (and basis), the one before them the name, and what is left are levels.
    public var targets: [PrintedTarget] {
        let valueColumn = header.cells.firstIndex { words["value"].end($0.folded) } ?? 0
        let isReviewed = isReviewed
        let tail = isReviewed ? 2 : 1
        var levels = Levels()
        let lost = Set(rowsWithoutLabels.map(\.line.number))
        return rows.compactMap { row in
            // Below a page break nobody knows whether the level above goes on, or its label was lost.
            if lost.contains(row.line.number) { levels.forget() }
            if let placed = placedTarget(row, &levels) { return placed.name.isEmpty ? nil : placed }
            var cells = row.filled
            guard cells.count > tail, !row.isTotal, !lacksValue(row) else { return nil }
            let basis = isReviewed && row.cells.count > valueColumn + 1 ? cells.removeLast() : ""
            let value = cells.removeLast()
            guard let name = cells.popLast() else { return nil }
            levels.read(cells.map(\.folded))
            return PrintedTarget(
                line: row.line.number,
                level1: levels.level1,
                level2: levels.level2,
                name: name.joinedOverBreaks,
                value: value.withPercentSign,
                basis: basis
            )
        }
    }
}

extension PrintedTable {
    /// The first rows below a head that is printed again after a page break, where a table of targets has lost the label of their level: a
    /// merged cell that goes on is printed again by most programs, and left out by some. Empty where labels stand there.
    public var rowsWithoutLabels: [Row] {
        guard kind == .targets, !repeats.isEmpty else { return [] }
        let known = Levels().places
        func hasLabel(_ row: Row) -> Bool {
            row.filled.contains { cell in known.contains { $0.level1 == cell.folded || $0.level2 == cell.folded } }
        }
        // A table without levels has none to lose.
        guard rows.contains(where: hasLabel) else { return [] }
        return repeats.flatMap { start in rows[start...].prefix { !hasLabel($0) && !$0.isTotal } }
    }

    /// Whether the row has a name under its head and nothing under that of the value. In a row that a converter moved to the left something
    /// else than a level stands where levels do.
    private func lacksValue(_ row: Row) -> Bool {
        guard let cells = PlacedCells(row, columns), !cells.text(.indicator).isEmpty, cells.text(.value).isEmpty else {
            return false
        }
        let levels = [cells.text(.level1), cells.text(.level2)].filter { !$0.isEmpty }.map(\.folded)
        let known = Levels().places
        return levels.allSatisfy { label in known.contains { $0.level1 == label || $0.level2 == label } }
    }

    /// Whether the cells of a row stand under their heads though its last one, the basis, is empty: what stands where levels do is one of just
    /// that level, or nothing. In a row that a converter moved to the left it is something else.
    private func isInPlace(_ row: Row) -> Bool {
        guard let cells = PlacedCells(row, columns), row.cells.last?.isEmpty ?? false, !cells.text(.indicator).isEmpty,
            !cells.text(.value).isEmpty
        else { return false }
        let known = Levels().places
        let (level1, level2) = (cells.text(.level1).folded, cells.text(.level2).folded)
        return (level1.isEmpty || known.contains { $0.level1 == level1 })
            && (level2.isEmpty || known.contains { $0.level2 == level2 })
    }

    /// A target read by the columns that its cells stand in, where the form has columns that the usual ones do not: a sign, a
    /// measure, points. Without a name in a row that names none.
    private func placedTarget(_ row: Row, _ levels: inout Levels) -> PrintedTarget? {
        let further: [ColumnRole] = [.comparison, .measure, .actual, .points, .score, .reason]
        // What stands behind the value may be a remark that nobody knows the name of: 调整理由.
        guard let columns,
            further.contains(where: { columns.index(of: $0) != nil }) || columns.role(at: columns.count - 1) == nil
                || otherValueColumn != nil || isInPlace(row),
            let cells = PlacedCells(row, columns)
        else { return nil }
        levels.read([cells.text(.level1), cells.text(.level2)].filter { !$0.isEmpty }.map(\.folded))
        var value = [cells.text(.comparison), cells.text(.value), cells.text(.measure)].joined().withPercentSign
        let revision = revision(of: value, row, cells)
        // A dash beside 10% is a target that the review adds.
        let isAdded = cells.text(.value).allSatisfy { "-–—－/／".contains($0) }
        if isAdded, otherValueColumn != nil, let revision, revision.after != value { value = revision.after }
        // 预算执行, a level of its own in forms of self-evaluation, has points and no target.
        let isOfFunds = words["funds_level"].isOne(cells.text(.level1).folded)
        let name = row.isTotal || value.isEmpty || isOfFunds ? "" : cells.text(.indicator).joinedOverBreaks
        var target = PrintedTarget(
            line: row.line.number,
            level1: levels.level1,
            level2: levels.level2,
            name: name,
            value: value,
            basis: cells.text(.basis),
            actual: cells.text(.actual)
        )
        target.revision = value == revision?.after && isAdded ? nil : revision
        return target
    }

    /// The column of values that is not the one that counts: 申报值 beside 评审值.
    private var otherValueColumn: Int? {
        guard let columns, columns.index(of: .value) != nil else { return nil }
        return header.cells.indices.first { column in
            column < columns.count && columns.role(at: column) == nil && words["value"].end(header.cells[column].folded)
        }
    }

    private func revision(of value: String, _ row: Row, _ cells: PlacedCells) -> PrintedTarget.Revision? {
        if let other = otherValueColumn {
            guard row.cells.count == columns?.count, let count = columns?.index(of: .value) else { return nil }
            let isReviewed = words["reviewed_heads"].contains { header.cells[count].folded.hasPrefix($0) }
            let (own, its) = (value, row.cells[other])
            if its.isEmpty { return nil }
            return isReviewed ? .init(before: its, after: own) : .init(before: own, after: its)
        }
        let remark = cells.text(.reason).folded
        guard let word = words["revised_to"].first(where: remark.hasPrefix) else { return nil }
        // 调整为≤2,854,390.90元，…: a comma among digits parts thousands.
        var after = ""
        for letter in remark.dropFirst(word.count) {
            if "。；（".contains(letter) || letter == "，" && !(after.last?.isNumber ?? false) { break }
            after.append(letter)
        }
        while let last = after.last, last == "，" { after.removeLast() }
        return after.isEmpty ? nil : .init(before: value, after: after)
    }
}

/// The levels that the row at hand stands under, as labels are read one after another.
private struct Levels {
    var level1 = ""
    var level2 = ""
    let places = TargetTaxonomy.standard.kinds.flatMap(\.places)

    mutating func forget() { (level1, level2) = ("", "") }

    /// A level may be the first in one place and the second in another: 成本指标 is both. It is the first where another label
    /// follows it. A second level that does not stand under the first at hand takes the first that it belongs to.
    mutating func read(_ labels: [String]) {
        // 产出 is short for 产出指标.
        let known = labels.compactMap { label in
            [label, label + "指标"].first { label in places.contains { $0.level1 == label || $0.level2 == label } }
        }
        for (index, label) in known.enumerated() {
            let isSecond = places.contains { $0.level2 == label }
            let isFirst = places.contains { $0.level1 == label }
            if isFirst, !isSecond || index + 1 < known.count || level1.isEmpty {
                (level1, level2) = (label, "")
            } else if places.contains(where: { $0.level1 == level1 && $0.level2 == label }) {
                level2 = label
            } else {
                (level1, level2) = (places.first { $0.level2 == label }?.level1 ?? level1, label)
            }
        }
    }
}

extension String {
    /// 98百分比, as the forms of some systems print a unit, is 98%.
    fileprivate var withPercentSign: String {
        for word in ["百分比", "百分数"] where hasSuffix(word) && dropLast(3).last?.isNumber ?? false {
            return dropLast(3) + "%"
        }
        return self
    }

    /// Without the blanks that a line break inside a cell left between two Chinese characters.
    var joinedOverBreaks: String {
        guard utf8.contains(UInt8(ascii: " ")) else { return self }
        let scalars = Array(unicodeScalars)
        var result = UnicodeScalarView()
        for (position, scalar) in scalars.enumerated() {
            if scalar == " ", let before = result.last, !before.isASCII, position + 1 < scalars.count,
                !scalars[position + 1].isASCII
            {
                continue
            }
            result.append(scalar)
        }
        return String(result)
    }
}
