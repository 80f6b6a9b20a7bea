import BudgetLines
import PrintedReports
import ReviewModel

/// A cell of a row that says how an amount was reckoned, and no amount of the row is that.
let cellReckons = DocumentRule(
    "document/cell-reckons",
    .error,
    title: LocalizedText(zh: "测算依据、核减依据与本行金额不符", en: "a cell that reckons what its row has not"),
    manual: LocalizedText(
        zh: """
            审核表一行中写明算法的单元格重新计算，结果应为该行的申报、审核或核减金额之一："人员工资×26%""（小计+管理费）×6%"（名称为同一表中行的名称）、"6台×9,600元"、"450亩，每亩1.2万元"；\
            "单价按1.25万元核定"应为审核金额除以该行的数量；"核减22人月"应为核减金额除以该行的单价；"按400亩核定"乘以该行另写的单价应为审核金额；"核减户外大屏60,000元"应为核减金额。写有其他数的不核对。
            """,
        en: """
            What a cell of an audit table reckons is one of the amounts of its row, requested, approved or cut: 人员工资×26%, （小计+管理费）×6% (names of rows of the same table), 6台×9,600元, 450亩，每亩1.2万元. \
            单价按1.25万元核定 is what was approved by the quantity of the row, 核减22人月 the cut by its price, 按400亩核定 times the price that another cell names what was approved, and 核减户外大屏60,000元 the cut. Cells with other \
            numbers are left alone.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    费用名称\t申报金额\t审定金额\t审减金额\t测算依据
                    人员工资\t100,000.00\t90,000.00\t10,000.00\t9人
                    ↓社会保险费\t26,000.00\t23,400.00\t2,600.00\t人员工资×25%
                    合计\t126,000.00\t113,400.00\t12,600.00
            """,
            zh: "\"社会保险费\"的\"人员工资×25%\"：算得 25,000.00 元、22,500.00 元，该行为 26,000.00 元、23,400.00 元",
            en: "\"人员工资×25%\" of \"社会保险费\" makes 25,000.00, 22,500.00, the row has 26,000.00, 23,400.00"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    费用名称\t数量\t单价\t申报金额\t审定金额\t审减金额\t核减依据
                    人员工资\t10\t10,000.00\t100,000.00\t90,000.00\t10,000.00\t核减1人
                    社会保险费\t1\t26,000.00\t26,000.00\t23,400.00\t2,600.00\t人员工资×26%
                    设备\t6\t9,600.00\t57,600.00\t48,000.00\t9,600.00\t单价按8,000.00元核定
                    合计\t\t\t183,600.00\t161,400.00\t22,200.00
            """
        ),
    ],
    check: { audit, findings in
        for table in audit.report.printedTables where table.kind == .audit {
            let own: Set<String> = ["document/reason-reckons", "document/table-relation", "document/grid-sum"]
            let told = Set(findings.all.filter { own.contains($0.rule) }.flatMap(\.spots))
            for finding in ReckoningRows(table, audit.report).findings() where told.isDisjoint(with: finding.spots) {
                findings.add([finding])
            }
        }
    }
)

/// The rows of an audit table with their cells.
private struct ReckoningRows {
    private struct Row {
        var line: PrintedAuditLine
        var texts: [String]
        /// All numbers of the row.
        var numbers: [ExactDecimal]
        var amounts: [ExactDecimal] { [line.requested, line.approved, line.deducted] }
    }

    private var rows: [Row] = []
    private let report: ReportText
    /// The amounts that a name has in the table, requested and approved.
    private var named: [String: (ExactDecimal, ExactDecimal)] = [:]
    /// The same by the numbers of the rows.
    private var numbered: [String: (ExactDecimal, ExactDecimal)] = [:]
    /// What one of the table's amounts is in yuan.
    private let scale: ExactDecimal

    init(_ table: PrintedTable, _ report: ReportText) {
        self.report = report
        scale = table.isInWan ? 10_000 : 1
        let hasNumbers = table.header.cells.first.map { report.words["number"].contains($0.folded) } ?? false
        let budget = report.printedTables.first {
            $0.kind == .budget && $0.header.line.number != table.header.line.number
        }
        let counts = ReckoningRows.numbers(of: budget?.rows ?? [])
        for line in table.auditLines {
            guard let cells = report.line(line.line)?.filledCells.map(\.folded) else { continue }
            if hasNumbers, let number = cells.first, number.allSatisfy(\.isPlainDigit) {
                numbered[number] = (line.requested, line.approved)
            }
            // How many of them there are may stand in the budget table.
            let numbers =
                cells.compactMap { NumberGrid.Cell($0) }.filter { !$0.isPercent && !$0.isDash }.map(\.value)
                + (counts[line.name.folded] ?? [])
            let texts = cells.filter { cell in
                NumberGrid.Cell(cell) == nil && cell != line.name.folded && cell.contains(where: \.isPlainDigit)
            }
            rows.append(Row(line: line, texts: texts.map(\.withoutThousands), numbers: numbers))
            let name = line.name.folded
            named[name] = named[name] == nil ? (line.requested, line.approved) : nil
        }
        for total in table.subtotals where named[total.name.folded] == nil {
            named[total.name.folded] = (total.requested, total.approved)
        }
    }

    /// The numbers of rows by the words of their cells.
    private static func numbers(of rows: [PrintedTable.Row]) -> [String: [ExactDecimal]] {
        var found: [String: [ExactDecimal]] = [:]
        for row in rows where !row.isTotal {
            let numbers = row.filled.compactMap { NumberGrid.Cell($0) }.filter { !$0.isPercent && !$0.isDash }.map(
                \.value
            )
            for cell in row.filled where NumberGrid.Cell(cell) == nil { found[cell.folded, default: []] += numbers }
        }
        return found
    }

    func findings() -> [Finding] { rows.flatMap { row in row.texts.compactMap { check($0, row) } } }

    private func check(_ text: String, _ row: Row) -> Finding? {
        if text.contains("×") || text.contains("*") { return checkFormula(text, row) }
        let figures = StatedFigure.all(in: text)
        let money = figures.filter { $0.yuan != nil }
        if let finding = checkPriced(text, figures, money, row) { return finding }
        if figures.count == 1, let only = figures.first {
            return only.yuan == nil ? checkCount(text, only, row) : checkMoney(text, only, row)
        }
        return nil
    }

    // MARK: - Formulas

    /// `（小计+管理费）×6%`, `6台×9600元`.
    private func checkFormula(_ text: String, _ row: Row) -> Finding? {
        // （1+2）×5%: the numbers are those of rows, unless they make the amount themselves.
        let isOfRows = text.contains("%") && !text.contains { $0.isLetter }
        let numbered = isOfRows ? numbered : [:]
        guard !text.contains("=") && !text.contains("＝"),
            let asked = CellFormula(text, named.mapValues(\.0), numbered: numbered.mapValues(\.0)).value,
            let granted = CellFormula(text, named.mapValues(\.1), numbered: numbered.mapValues(\.1)).value
        else { return nil }
        let made = asked == granted ? [asked] : [asked, granted]
        let amounts = row.amounts
        guard !made.contains(where: { value in amounts.contains { isNear($0, value) } }) else { return nil }
        if isOfRows, let literal = CellFormula(text, [:]).value, amounts.contains(where: { isNear($0, literal) }) {
            return nil
        }
        // Of a rest that cells leave out, months for one, nobody can tell: then it goes into the amount.
        guard !made.contains(where: { value in amounts.contains { isMultiple($0, of: value) } }) else { return nil }
        return differs(text, made, asked == granted ? amounts : [row.line.requested, row.line.approved], row)
    }

    // MARK: - Prices and counts

    /// `450亩，每亩1.2万元`, `按5场、每场14万元核定`, `嘉宾100人、3晚，每晚350元`: counts and one price, and nothing else.
    private func checkPriced(_ text: String, _ figures: [StatedFigure], _ money: [StatedFigure], _ row: Row) -> Finding?
    {
        guard money.count == 1, let price = money.first, (2...4).contains(figures.count), text.contains("每"),
            figures.last?.range == price.range, let yuan = price.yuan,
            !["核减", "审减", "调减", "由", "增加", "其中", "%", "超", "高", "低", "原", "比"].contains(where: text.hasBytes),
            figures.dropLast().allSatisfy({ $0.unit != "年" && $0.unit != "%" && !$0.behind.hasPrefix("年") })
        else { return nil }
        let tail = String(Array(text)[price.range.upperBound...])
        guard
            ["元", "万元"].contains(where: { unit in ["", "核定", "计算", "测算", "计取", "计"].contains { tail == unit + $0 } })
        else { return nil }
        var value = yuan
        for count in figures.dropLast() {
            guard let next = try? value * count.value else { return nil }
            value = next
        }
        if row.amounts.contains(where: { isNear($0, value) || isMultiple($0, of: value) }) { return nil }
        return differs(text, [value], row.amounts, row)
    }

    /// `单价按1.25万元核定`, `每座按70万元核定`, `核减户外大屏60000元`.
    private func checkMoney(_ text: String, _ figure: StatedFigure, _ row: Row) -> Finding? {
        guard let yuan = figure.yuan, yuan > 0, row.line.deducted > 0 else { return nil }
        let isPrice = ["单价", "每", "均价", "标准"].contains(where: text.hasBytes)
        let isSettled = ["核定", "计取", "计算", "核算", "测算", "调整为"].contains(where: text.hasBytes)
        if isPrice, isSettled, !text.contains("由") {
            guard let times = try? row.line.approved.divided(by: yuan, places: 6) else { return nil }
            // The quantity stands in the row, in a cell of words, or is a whole number of what no cell says.
            let counts =
                row.numbers + row.texts.flatMap { StatedFigure.all(in: $0) }.filter { $0.yuan == nil }.map(\.value)
            if counts.contains(where: { isNear($0, times, within: 3) }) || row.amounts.contains(yuan) { return nil }
            // Days that no cell tells may be in it: then it is so many times the quantity.
            let isTimes = counts.contains { count in
                guard count > 1, let more = try? times.divided(by: count, places: 6) else { return false }
                return more.withoutTrailingZeros.places == 0
            }
            guard !counts.isEmpty, !isProduct(times, of: counts), !isTimes else { return nil }
            return otherPrice(text, times, row)
        }
        let verbs = ["核减", "审减", "调减", "取消", "剔除", "扣除"]
        guard let verb = verbs.first(where: text.hasPrefix), !isPrice, yuan != row.line.deducted, text.hasSuffix("元"),
            !["等", "并", "另", "其他", "；", "其余", "约", "部分", "按"].contains(where: text.hasBytes)
        else { return nil }
        // 取消无人机表演35000元 may be one of several cuts, unless it is the cut but for a slip.
        guard yuan > row.line.deducted || verb.hasSuffix("减") || yuan.hasDigits(of: row.line.deducted),
            !row.amounts.contains(yuan)
        else { return nil }
        return otherCut(text, row)
    }

    /// `工作量核减22人月`, `按400亩核定`.
    private func checkCount(_ text: String, _ figure: StatedFigure, _ row: Row) -> Finding? {
        guard figure.value > 0, figure.unit != "%", figure.unit != "年", !figure.behind.hasPrefix("年"),
            !figure.behind.hasPrefix("%")
        else {
            return nil
        }
        let letters = Array(text)
        let before = String(letters[..<figure.range.lowerBound])
        if ["核减", "审减", "调减"].contains(where: before.hasSuffix), row.line.deducted > 0,
            let price = try? row.line.deducted.divided(by: figure.value * scale, places: 8)
        {
            let isPriced = row.numbers.contains { isNear($0, price, within: 6) }
            // Only where its unit is that of the row, or the row has a price of one.
            let isOfRow = row.numbers.contains { number in
                (try? number * scale).map { isMultiple(row.line.requested, of: $0) && number > 1 } ?? false
            }
            let unit = String(letters[figure.range.upperBound...].prefix { !"，。；（".contains($0) })
            let cells = report.line(row.line.line)?.filledCells.map(\.folded) ?? []
            return isPriced || !isOfRow || !cells.contains(unit) ? nil : otherPrice(text, price, row, isCut: true)
        }
        return nil
    }

    // MARK: - Likeness

    private func isNear(_ one: ExactDecimal, _ other: ExactDecimal) -> Bool {
        let step = scale > 1 ? ExactDecimal(100) : ExactDecimal(significand: 1, places: 2)
        return (try? (one - other).magnitude <= step) ?? false
    }

    private func isNear(_ one: ExactDecimal, _ other: ExactDecimal, within places: Int) -> Bool {
        (try? (one - other).magnitude <= ExactDecimal(significand: 1, places: places)) ?? false
    }

    /// Twelve months, or so many of what another cell counts.
    private func isMultiple(_ amount: ExactDecimal, of value: ExactDecimal) -> Bool {
        guard value > 0, amount > value, let times = try? amount.divided(by: value, places: 8) else { return false }
        return times.withoutTrailingZeros.places == 0 && times <= 366
    }

    private func isProduct(_ value: ExactDecimal, of counts: [ExactDecimal]) -> Bool {
        counts.contains { one in counts.contains { other in (try? one * other) == value } }
    }

    // MARK: - Messages

    private func differs(_ text: String, _ made: [ExactDecimal], _ amounts: [ExactDecimal], _ row: Row) -> Finding {
        let list = { (values: [ExactDecimal], mark: String, end: String) in
            values.map { Money.yuan($0) + end }.joined(separator: mark)
        }
        return cellReckons.rule.finding(
            message: LocalizedText(
                zh: "\"\(row.line.name)\"的\"\(text)\"：算得 \(list(made, "、", " 元"))，该行为 \(list(amounts, "、", " 元"))",
                en:
                    "\"\(text)\" of \"\(row.line.name)\" makes \(list(made, ", ", "")), the row has \(list(amounts, ", ", ""))"
            ),
            subject: row.line.name,
            lines: [ReportText.spot(line: row.line.line)],
            expected: list(made, "、", ""),
            found: text
        )
    }

    private func otherPrice(_ text: String, _ value: ExactDecimal, _ row: Row, isCut: Bool = false) -> Finding {
        let made = value.rounded(to: 2)
        let (zh, en) =
            isCut
            ? ("核减金额除以该数为 \(made)", "the cut by it is \(made)")
            : ("审核金额除以该单价为 \(made)", "the approved amount by it is \(made)")
        return cellReckons.rule.finding(
            message: LocalizedText(
                zh: "\"\(row.line.name)\"的\"\(text)\"：\(zh)，该行没有这个数",
                en: "\"\(text)\" of \"\(row.line.name)\": \(en), which the row has not"
            ),
            subject: row.line.name,
            lines: [ReportText.spot(line: row.line.line)],
            found: text
        )
    }

    private func otherCut(_ text: String, _ row: Row) -> Finding {
        let cut = Money.yuan(row.line.deducted)
        return cellReckons.rule.finding(
            message: LocalizedText(
                zh: "\"\(row.line.name)\"的\"\(text)\"：该行核减 \(cut) 元",
                en: "\"\(text)\" of \"\(row.line.name)\": the cut of the row is \(cut)"
            ),
            subject: row.line.name,
            lines: [ReportText.spot(line: row.line.line)],
            expected: cut,
            found: text
        )
    }
}

extension PrintedTable {
    /// The rows that sum up some of the others, by the name that formulas have: 小计.
    fileprivate var subtotals: [(name: String, requested: ExactDecimal, approved: ExactDecimal)] {
        let lines = rows.filter { $0.isSubtotal && $0.filled.contains { $0.contains("小计") } }
        guard lines.count == 1, let own = auditSubtotal(lines[0]) else { return [] }
        return [("小计", own.requested, own.approved)]
    }
}

extension ExactDecimal {
    /// Whether it has the digits of another amount but for one, or for two neighbours that changed places.
    fileprivate func hasDigits(of other: ExactDecimal) -> Bool {
        let (one, two) = (Array(Money.yuan(self)), Array(Money.yuan(other)))
        guard one.count == two.count else { return false }
        let off = one.indices.filter { one[$0] != two[$0] }
        return off.count == 1 || off.count == 2 && one[off[0]] == two[off[1]] && one[off[1]] == two[off[0]]
    }
}
