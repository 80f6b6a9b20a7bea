import OfficeFiles
import ReviewModel

// MARK: - Rows that are parts of the one above

extension SumRows {
    /// 其中：… is a part of the row above, whatever is counted in it; so are those that follow it moved to the right, as long as they
    /// come to no more than that row, and those that make up the rest of it. Below a row without an amount it is a line.
    mutating func findParts(_ rows: [Row]) {
        var whole: Row?
        var (left, isOpen, goingOn) = ([Int: ExactDecimal](), false, 0)
        for (index, row) in rows.enumerated() {
            let isNamed = words.isPart(row.name)
            if goingOn > 0, !isNamed {
                goingOn -= 1
                parts[row.number] = row.name
                left = rest(left, without: row)
                continue
            }
            let goesOn = row.isIndented && whole.map { parts[$0.number] == nil && !left.isEmpty } ?? false
            guard isNamed || goesOn && isOpen, let above = whole, !row.isTotal, !above.amounts.isEmpty,
                row.amounts.allSatisfy({ column, _ in !(rest(left, without: row)[column]?.isNegative ?? true) })
            else {
                (whole, left, isOpen, goingOn) = (row, row.amounts, false, 0)
                continue
            }
            (left, isOpen) = (rest(left, without: row), true)
            parts[row.number] = row.name
            goingOn = partsBehind(index, of: above, left, rows)
        }
    }

    private func rest(_ left: [Int: ExactDecimal], without row: Row) -> [Int: ExactDecimal] {
        left.merging(row.amounts) { whole, part in (try? whole - part) ?? whole }
    }

    /// How many rows behind a part are parts of the same row, though nothing moves them to the right: those with which the next total is
    /// right, else those that come to just what is left.
    private func partsBehind(_ index: Int, of whole: Row, _ left: [Int: ExactDecimal], _ rows: [Row]) -> Int {
        guard left.count == 1, let (column, open) = left.first, !open.isNegative, !open.isZero else { return 0 }
        let behind = rows[(index + 1)...].prefix(12).prefix { row in
            // A number of its own in the list of which the whole has one makes a line.
            !row.isTotal && !row.isCalledSum && !words.isPart(row.name) && !row.isIndented
                && (row.level > whole.level || row.level == Self.lowest) && row.amounts[column] != nil
        }
        var (sums, reached) = ([ExactDecimal](), ExactDecimal.zero)
        for row in behind {
            guard let amount = row.amounts[column], !amount.isNegative, let sum = try? reached + amount, sum <= open
            else { break }
            reached = sum
            sums.append(sum)
        }
        let exact = sums.firstIndex(of: open).map { $0 + 1 } ?? 0
        guard let total = rows[(index + 1)...].first(where: { $0.isTotal || $0.isCalledSum }),
            let stated = total.amounts[column], !sums.isEmpty
        else { return exact }
        let start = rows[..<index].lastIndex { $0.isTotal || $0.isCalledSum }.map { $0 + 1 } ?? 0
        let lines = rows[start...].prefix { $0.number < total.number }.filter { parts[$0.number] == nil }
        guard let all = try? ExactDecimal.sum(lines.compactMap { $0.amounts[column] }) else { return exact }
        if all == stated { return 0 }
        return sums.firstIndex { (try? all - $0) == stated }.map { $0 + 1 } ?? exact
    }
}

// MARK: - Rows below the total

extension SumRows {
    /// 减：自筹资金 and 本次申请财政资金 below a total are no lines: the first take something from it, and the second is what is left, whatever it is called. As
    /// lines they would be asked for once more.
    mutating func findBelow(_ rows: [Row]) {
        /// What is left of the last total, as long as nothing but this stands below it.
        var (left, isReduced) = (nil as ExactDecimal?, false)
        for row in rows where parts[row.number] == nil && !row.amounts.isEmpty {
            guard !row.isCounted, row.amounts.count == 1, let (column, amount) = row.amounts.first,
                let address = CellAddress(column: column, row: row.number)?.description
            else {
                (left, isReduced) = (nil, false)
                continue
            }
            let isTotal = row.isTotal || row.isCalledSum
            if let total = left, words.begins(row.name, with: words.reductions) {
                below.append(Below(row: row.number, address: address, name: row.name, stated: amount))
                sums[row.number] = row.name
                (left, isReduced) = ((try? total - amount.magnitude) ?? total, true)
            } else if let rest = left,
                isReduced && (isTotal || amount == rest) || !isTotal && words.begins(row.name, with: words.requests)
            {
                let expected = amount == rest ? nil : rest
                below.append(
                    Below(row: row.number, address: address, name: row.name, expected: expected, stated: amount)
                )
                sums[row.number] = row.name
            } else {
                (left, isReduced) = (isTotal ? amount : nil, false)
            }
        }
    }
}
