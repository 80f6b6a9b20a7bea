import BudgetLines
import PrintedReports
import ReviewModel

/// A row as its cells, by what each holds.
struct ComparedRow {
    /// In the report; 0 for a row of the dossier.
    var line: Int
    /// How a person finds the line.
    var label = LocalizedText("")
    /// Where a row of the dossier stands.
    var pointer: JSONPointer?
    /// Tells rows of one table apart.
    var key: String
    var cells: [Cell]

    struct Cell {
        var name: LocalizedText
        var text = ""
        var number: ExactDecimal?
        var isNumber: Bool

        /// As a table prints it.
        var value: String { isNumber ? number.map(Money.grouped) ?? "" : text }

        func differs(from other: Cell) -> Bool {
            // 0% is 0.00%.
            isNumber ? number != other.number : !text.isBytes(of: other.text)
        }
    }
}

extension ComparedRow {
    /// The rows of a printed table; none for kinds that are not compared.
    static func rows(of table: PrintedTable) -> [ComparedRow] {
        let labels = Dictionary(table.rows.map { ($0.line.number, $0.line.label) }) { first, _ in first }
        return unlabelled(table).map { row in
            var row = row
            row.label = labels[row.line] ?? row.label
            return row
        }
    }

    private static func unlabelled(_ table: PrintedTable) -> [ComparedRow] {
        switch table.kind {
        case .budget:
            return table.budgetLines.map { line in
                ComparedRow(
                    line: line.line,
                    key: line.group.folded + "/" + line.detail.folded,
                    cells: [
                        text("项目内容", "item", line.group), text("项目明细", "detail", line.detail),
                        number("数量", "quantity", line.quantity), number("单价", "unit price", line.unitPrice),
                        number("金额", "amount", line.amount),
                    ]
                )
            }
        case .history:
            return table.historyItems.map { item in
                ComparedRow(
                    line: item.line,
                    key: "\(item.year) \(item.item.folded)",
                    cells: [
                        text("年度", "year", String(item.year)), text("项目明细", "item", item.item),
                        number("调整后预算", "adjusted budget", item.adjusted), number("支付金额", "paid", item.paid),
                        number("执行率", "rate", item.rate),
                    ]
                )
            }
        case .targets:
            return table.targets.map { target in
                ComparedRow(
                    line: target.line,
                    key: target.name.folded,
                    cells: [
                        text("指标", "target", target.name), text("目标值", "value", target.value),
                        text("目标值依据", "basis", target.basis),
                    ]
                )
            }
        default: return []
        }
    }

    /// The rows of a table of the dossier that the report prints, too.
    static func rows(of kind: PrintedTable.Kind, in dossier: Dossier) -> [ComparedRow] {
        switch kind {
        case .budget:
            dossier.rows(of: "budget_lines").map { row in
                ComparedRow(
                    line: 0,
                    pointer: row.pointer,
                    key: row.text("group").folded + "/" + row.text("detail").folded,
                    cells: [
                        text("项目内容", "item", row.text("group")), text("项目明细", "detail", row.text("detail")),
                        number("数量", "quantity", row.decimal("quantity")),
                        number("单价", "unit price", row.decimal("unit_price")),
                        number("金额", "amount", row.decimal("amount")),
                    ]
                )
            }
        case .history:
            dossier.rows(of: "history").map { row in
                ComparedRow(
                    line: 0,
                    pointer: row.pointer,
                    key: "\(row.text("year")) \(row.text("item").folded)",
                    cells: [
                        text("年度", "year", row.text("year")), text("项目明细", "item", row.text("item")),
                        number("调整后预算", "adjusted budget", row.decimal("adjusted")),
                        number("支付金额", "paid", row.decimal("paid")),
                        number("执行率", "rate", row.decimal("declared_rate")),
                    ]
                )
            }
        case .targets:
            dossier.rows(of: "targets").map { row in
                ComparedRow(
                    line: 0,
                    pointer: row.pointer,
                    key: row.text("name").folded,
                    cells: [
                        text("指标", "target", row.text("name")), text("目标值", "value", row.text("value")),
                        text("目标值依据", "basis", row.text("basis")),
                    ]
                )
            }
        default: []
        }
    }

    private static func text(_ zh: String, _ en: String, _ value: String) -> Cell {
        Cell(name: LocalizedText(zh: zh, en: en), text: value.folded, isNumber: false)
    }

    private static func number(_ zh: String, _ en: String, _ value: ExactDecimal?) -> Cell {
        Cell(name: LocalizedText(zh: zh, en: en), number: value, isNumber: true)
    }
}
