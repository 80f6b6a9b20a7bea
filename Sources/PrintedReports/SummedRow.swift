internal import BudgetLines
public import ReviewModel

/// A row of a table of amounts, as an addend or as a sum.
public struct SummedRow: Sendable {
    public var line: Int
    public var name: String
    /// In yuan.
    public var amount: ExactDecimal
    public var isTotal: Bool
    /// 小计, not 合计.
    public var isSubtotal: Bool
    /// `其中：`, which says again what another row has counted.
    public var isPart: Bool
    /// How deep it is numbered: 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `（1）`; `nil` without a number.
    public var rank: Int?
}

extension PrintedTable {
    /// The rows of a budget table with what is asked for in each; empty where its columns are not known, or where a row was not read: then
    /// nobody knows what the total is the sum of.
    public var requestedRows: [SummedRow] {
        guard kind == .budget, let columns, columns.index(of: .requested) != nil, unreadRows.isEmpty else { return [] }
        let lines = Set(budgetLines.map(\.line))
        var found: [SummedRow] = []
        for row in rows {
            guard let cells = PlacedCells(row, columns), let amount = cells.money(.requested) else {
                // A line that was read without its columns has an amount that stands somewhere else.
                if lines.contains(row.line.number) { return [] }
                continue
            }
            let label = ([cells.text(.number)] + cells.names).first { !$0.isEmpty } ?? ""
            let names = cells.names.map(\.folded)
            let total = names.first { words["totals"].isOne($0) } ?? (row.isTotal ? row.filled[0].folded : nil)
            found.append(
                SummedRow(
                    line: row.line.number,
                    name: total ?? cells.names.last ?? label,
                    amount: amount,
                    isTotal: total != nil,
                    isSubtotal: total.map { $0.hasBytes(of: "小计") } ?? false,
                    isPart: names.contains { $0.beginsWithBytes(of: "其中") },
                    rank: label.rank
                )
            )
        }
        return found
    }
}

extension String {
    /// The depth of the number that a label begins with, or is.
    fileprivate var rank: Int? {
        let text = Array(folded.unicodeScalars.prefix(6))
        guard let first = text.first else { return nil }
        let isChinese: (Unicode.Scalar) -> Bool = { "一二三四五六七八九十".unicodeScalars.contains($0) }
        if first == "（" {
            let inside = text.dropFirst().prefix { $0 != "）" }
            guard !inside.isEmpty, inside.count < text.count - 1 || text.last == "）" else { return nil }
            if inside.allSatisfy(isChinese) { return 2 }
            return inside.allSatisfy(\.isDigit) ? 4 : nil
        }
        let number = text.prefix(while: isChinese)
        if !number.isEmpty { return number.count == text.count || text[number.count] == "、" ? 1 : nil }
        let digits = text.prefix(while: \.isDigit)
        if digits.isEmpty { return nil }
        return digits.count == text.count || ".．、".unicodeScalars.contains(text[digits.count]) ? 3 : nil
    }
}
