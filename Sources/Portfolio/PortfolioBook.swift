internal import ExcelBooks
internal import ReviewModel

/// The summary as a workbook: the overview with live formulas, its groups, the findings and the lists.
struct PortfolioBook {
    let portfolio: Portfolio

    private var locale: Locale { portfolio.locale }
    /// Title, remark, heads.
    private static let head = 2
    private static let first = 3

    /// Where the columns of the overview stand: the number of the row comes before them.
    private func position(_ name: String) -> Int? { portfolio.columns.firstIndex { $0.name == name }.map { $0 + 1 } }

    /// - Parameters:
    ///   - path: the file to be written.
    ///   - scratch: a folder for the parts that are gathered on the way.
    func write(to path: String, scratch: String) throws {
        let book = try ExcelBook(
            path: path,
            scratch: scratch,
            rows: portfolio.overview.rowCount + portfolio.findings.count,
            locale: locale,
            author: "pingshen"
        )
        let title = portfolio.document.title(locale)
        try book.describe(title: title, subject: title, company: "", keywords: "", created: 0)
        let overview = book.reserveName(portfolio.document.overview.title(locale))
        let last = try writeOverview(book, overview)
        for group in portfolio.document.groups { try write(group, book, overview, last) }
        try writeFindings(book)
        for (list, rows) in portfolio.lists { try write(list, rows, book) }
        try book.close()
    }

    // MARK: The overview

    /// Returns the last row of reviews or subtotals.
    private func writeOverview(_ book: ExcelBook, _ name: String) throws -> Int {
        let labels = portfolio.document.overview.labels
        let heads = [labels.number(locale)] + portfolio.columns.map { $0.title(locale) }
        let widths = [6...8] + portfolio.columns.map { $0.kind == .text ? 8...36 : 8...22 }
        let sheet = try book.addSheet(name, widths: widths)
        try begin(sheet, portfolio.document.title(locale), remark, heads)
        var (row, number) = (Self.first, 0)
        for (value, rows) in portfolio.runs(of: portfolio.document.overview.subtotals) {
            let start = row
            for index in rows {
                number += 1
                try write(portfolio.overview.rows[index], number, sheet, row)
                row += 1
            }
            let named = portfolio.column(portfolio.document.overview.subtotals).map { portfolio.name(of: value, $0) }
            let label = labels.subtotal(locale).replacing("{value}", with: named ?? value)
            try writeTotal(label, portfolio.sums(rows), sheet, row, over: start...(row - 1))
            row += 1
        }
        if row > Self.first {
            try writeTotal(labels.total(locale), portfolio.total, sheet, row, over: Self.first...(row - 1))
        }
        try sheet.leaveRow()
        sheet.freeze(rows: Self.first, columns: 3)
        try sheet.setPage(
            isWide: true,
            width: sheet.totalWidth(of: heads.count, heads: heads),
            repeating: Self.head...Self.head,
            footer: "&C&P / &N"
        )
        try sheet.setWidths(heads: heads)
        sheet.activate()
        return max(row - 1, Self.first)
    }

    /// How many reviews there are, and what is not among the sums.
    private var remark: String {
        let count = PortfolioWords.count(portfolio.total)(locale)
        return ([count] + portfolio.unitNotes).joined(separator: locale == .zh ? "。" : ". ")
    }

    private func begin(_ sheet: ExcelSheet, _ title: String, _ remark: String, _ heads: [String]) throws {
        try sheet.write(.text(title), 0, 0, .title)
        try sheet.write(.text(remark), 1, 0, .remark)
        for (column, head) in heads.enumerated() { try sheet.write(.text(head), Self.head, column, .head) }
    }

    private func write(_ row: TableRow, _ number: Int, _ sheet: ExcelSheet, _ line: Int) throws {
        try sheet.write(.number(ExactDecimal(number)), line, 0, .whole)
        let isApart = portfolio.isApart(row)
        for (index, column) in portfolio.columns.enumerated() {
            let style = Self.style(column)
            if let ratio = column.ratio {
                let fraction = Self.fraction(row.decimal(ratio.part), row.decimal(ratio.whole))
                try sheet.write(isApart ? .number(fraction) : self.ratio(ratio, line, fraction), line, index + 1, style)
            } else if column.kind == .money && isApart {
                // A text is in no sum, neither of ours nor of whoever adds up the column.
                try sheet.write(.text(portfolio.printed(row, column)), line, index + 1, style)
            } else if column.kind == .text {
                try sheet.write(text(row, column, isName: index == 1), line, index + 1, style)
            } else if let value = row.decimal(column.name) {
                try write(value, column, row, sheet, line, index + 1)
            } else {
                try sheet.write(.blank, line, index + 1, style)
            }
        }
    }

    /// The name of a review opens its report.
    private func text(_ row: TableRow, _ column: PortfolioColumn, isName: Bool) -> CellContent {
        let text = portfolio.printed(row, column)
        // Formulas take no longer texts, nor what a workbook cannot hold.
        let shown = text.oneLine
        guard isName, let link = portfolio.entry(row.text("review"))?.link?.asLink, link.utf16.count <= 255,
            !shown.isEmpty, shown.utf16.count <= 255
        else { return .text(text) }
        return .formula("HYPERLINK(\(link.quotedText),\(shown.quotedText))", .text(shown))
    }

    /// A sum of other columns is a formula, unless it is not what they come to.
    private func write(
        _ value: ExactDecimal,
        _ column: PortfolioColumn,
        _ row: TableRow,
        _ sheet: ExcelSheet,
        _ line: Int,
        _ position: Int
    ) throws {
        let style = Self.style(column)
        guard !column.terms.isEmpty else { return try sheet.write(.number(value), line, position, style) }
        var (sum, formula) = (ExactDecimal.zero, "")
        for term in column.terms {
            let part = row.decimal(term.column) ?? 0
            sum = term.isTakenAway ? try sum - part : try sum + part
            let cell = self.position(term.column).map { CellReference(line, $0).description } ?? "0"
            formula += term.isTakenAway ? "-" + cell : (formula.isEmpty ? "" : "+") + cell
        }
        guard sum == value else {
            try sheet.write(.number(value), line, position, style)
            return try sheet.note(PortfolioWords.notTheSum(sum)(locale), line, position)
        }
        try sheet.write(.formula(formula, .number(value)), line, position, style)
    }

    private func ratio(_ ratio: PortfolioColumn.Ratio, _ line: Int, _ fraction: ExactDecimal?) -> CellContent {
        guard let part = position(ratio.part), let whole = position(ratio.whole) else { return .blank }
        let (above, below) = (CellReference(line, part).description, CellReference(line, whole).description)
        let value = fraction.map { CellContent.CachedValue.number($0) } ?? .text("")
        return .formula("IF(N(\(below))=0,\"\",\(above)/\(below))", value)
    }

    private static func fraction(_ part: ExactDecimal?, _ whole: ExactDecimal?) -> ExactDecimal? {
        guard let part, let whole, !whole.isZero else { return nil }
        return (try? part.divided(by: whole, places: 12)) ?? nil
    }

    private func writeTotal(
        _ label: String,
        _ sums: PortfolioSums,
        _ sheet: ExcelSheet,
        _ line: Int,
        over rows: ClosedRange<Int>
    ) throws {
        try sheet.write(.text(label), line, 0, CellStyle(role: .total))
        for (index, column) in portfolio.columns.enumerated() {
            let style = Self.style(column).with(.total)
            if let ratio = column.ratio {
                let fraction = Self.fraction(sums.sums[ratio.part], sums.sums[ratio.whole])
                try sheet.write(self.ratio(ratio, line, fraction), line, index + 1, style)
            } else if column.isTotal {
                // The function leaves out cells that are such totals themselves.
                let range = columnRange(index + 1, rows.lowerBound, rows.upperBound)
                let value = sums.figure(column) ?? 0
                try sheet.write(.formula("SUBTOTAL(9,\(range))", .number(value)), line, index + 1, style)
            } else {
                try sheet.write(.blank, line, index + 1, style)
            }
        }
    }

    // MARK: The other sheets

    /// Sums by the values of a column, each a formula over the overview.
    private func write(_ group: PortfolioDocument.Group, _ book: ExcelBook, _ overview: String, _ last: Int) throws {
        guard let column = portfolio.column(group.column), let key = position(group.column) else { return }
        let shown = portfolio.columns.filter { $0.isTotal || $0.ratio != nil }
        let heads = [column.title(locale), PortfolioWords.reviews(locale)] + shown.map { $0.title(locale) }
        let name = book.reserveName(group.title(locale))
        let sheet = try book.addSheet(name, widths: [10...36, 8...10] + shown.map { _ in 8...22 })
        try begin(sheet, group.title(locale), remark, heads)
        let keys = overview.quotedSheet + "!" + fixedRange(key, Self.first, last)
        let groups = portfolio.grouped(by: group.column)
        let labels = Dictionary(groups.map { (portfolio.name(of: $0.value, column), 1) }, uniquingKeysWith: +)
        var line = Self.first
        for (value, rows) in groups {
            let (sums, label) = (portfolio.sums(rows), portfolio.name(of: value, column))
            try sheet.write(.text(label), line, 0, .text)
            // Two values may be called the same; wildcards and signs of comparison mean something in a criterion.
            let criterion = "\"=\"&" + Self.literal(CellReference(line, 0).description)
            let isPlain = !label.isEmpty && labels[label] == 1
            let count = CellContent.CachedValue.number(ExactDecimal(sums.count))
            try sheet.write(
                isPlain ? .formula("COUNTIF(\(keys),\(criterion))", count) : .number(ExactDecimal(sums.count)),
                line,
                1,
                .whole
            )
            for (index, column) in shown.enumerated() {
                let style = Self.style(column)
                if let ratio = column.ratio {
                    try sheet.write(self.ratio(ratio, among: shown, line, sums), line, index + 2, style)
                    continue
                }
                let value = sums.figure(column) ?? 0
                guard isPlain, let source = position(column.name) else {
                    try sheet.write(.number(value), line, index + 2, style)
                    continue
                }
                let range = overview.quotedSheet + "!" + fixedRange(source, Self.first, last)
                let formula = "SUMIF(\(keys),\(criterion),\(range))"
                try sheet.write(.formula(formula, .number(value)), line, index + 2, style)
            }
            line += 1
        }
        try writeTotal(of: shown, sheet, line)
        try sheet.leaveRow()
        sheet.freeze(rows: Self.first, columns: 1)
        try sheet.setPage(
            isWide: true,
            width: sheet.totalWidth(of: heads.count, heads: heads),
            repeating: Self.head...Self.head,
            footer: "&C&P / &N"
        )
        try sheet.setWidths(heads: heads)
    }

    /// A cell's text in which nothing stands for anything else.
    private static func literal(_ cell: String) -> String {
        "SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(\(cell),\"~\",\"~~\"),\"*\",\"~*\"),\"?\",\"~?\")"
    }

    private func writeTotal(of shown: [PortfolioColumn], _ sheet: ExcelSheet, _ line: Int) throws {
        guard line > Self.first else { return }
        let total = portfolio.total
        try sheet.write(.text(portfolio.document.overview.labels.total(locale)), line, 0, CellStyle(role: .total))
        let count = CellContent.CachedValue.number(ExactDecimal(total.count))
        let counts = "SUM(\(columnRange(1, Self.first, line - 1)))"
        try sheet.write(.formula(counts, count), line, 1, CellStyle.whole.with(.total))
        for (index, column) in shown.enumerated() {
            let style = Self.style(column).with(.total)
            if let ratio = column.ratio {
                try sheet.write(self.ratio(ratio, among: shown, line, total), line, index + 2, style)
            } else {
                let formula = "SUM(\(columnRange(index + 2, Self.first, line - 1)))"
                try sheet.write(.formula(formula, .number(total.figure(column) ?? 0)), line, index + 2, style)
            }
        }
    }

    private func ratio(
        _ ratio: PortfolioColumn.Ratio,
        among shown: [PortfolioColumn],
        _ line: Int,
        _ sums: PortfolioSums
    ) -> CellContent {
        guard let part = shown.firstIndex(where: { $0.name == ratio.part }),
            let whole = shown.firstIndex(where: { $0.name == ratio.whole })
        else { return .blank }
        let (above, below) = (CellReference(line, part + 2).description, CellReference(line, whole + 2).description)
        let fraction = Self.fraction(sums.sums[ratio.part], sums.sums[ratio.whole])
        let value = fraction.map { CellContent.CachedValue.number($0) } ?? .text("")
        return .formula("IF(N(\(below))=0,\"\",\(above)/\(below))", value)
    }

    private func writeFindings(_ book: ExcelBook) throws {
        let heads = [
            PortfolioWords.severity, PortfolioWords.rule, PortfolioWords.finding, PortfolioWords.weight,
            PortfolioWords.places,
        ].map { $0(locale) }
        let name = book.reserveName(PortfolioWords.findings(locale))
        let sheet = try book.addSheet(name, widths: [6...8, 10...28, 30...80, 10...20, 20...60])
        let remark = portfolio.findings.isEmpty ? PortfolioWords.noFindings(locale) : ""
        try begin(sheet, PortfolioWords.findings(locale), remark, heads)
        let titles = Dictionary(portfolio.rules.map { ($0.id, $0.title(locale)) }) { first, _ in first }
        var line = Self.first
        for found in portfolio.findings {
            let places = found.sides.map { $0.place.isEmpty ? $0.review : "\($0.review) \($0.place)" }
            try sheet.write(.text(found.severity.name(locale)), line, 0, .text)
            try sheet.write(.text(titles[found.rule] ?? found.rule), line, 1, .text)
            try sheet.write(.text(found.message(locale)), line, 2, .text)
            try sheet.write(.number(found.weight), line, 3, .money)
            try sheet.write(.text(places.joined(separator: "\n")), line, 4, .text)
            line += 1
        }
        try finish(sheet, heads, line)
    }

    private func write(_ list: PortfolioList, _ rows: Table, _ book: ExcelBook) throws {
        let heads = list.columns.map { $0.title(locale) }
        let widths = list.columns.map { $0.kind == .text ? 6...60 : 8...22 }
        let sheet = try book.addSheet(book.reserveName(list.title(locale)), widths: widths)
        try begin(sheet, list.title(locale), list.note?(locale) ?? "", heads)
        var line = Self.first
        for row in rows.rows.prefix(ExcelSheet.rowLimit - Self.first) {
            for (index, column) in list.columns.enumerated() {
                let style = Self.style(column)
                if let ratio = column.ratio {
                    let fraction = Self.fraction(row.decimal(ratio.part), row.decimal(ratio.whole))
                    try sheet.write(.number(fraction), line, index, style)
                } else if column.kind == .text || column.kind == .money && portfolio.isApart(row) {
                    try sheet.write(.text(portfolio.printed(row, column)), line, index, style)
                } else {
                    try sheet.write(.number(row.decimal(column.name)), line, index, style)
                }
            }
            line += 1
        }
        try finish(sheet, heads, line)
    }

    private func finish(_ sheet: ExcelSheet, _ heads: [String], _ line: Int) throws {
        try sheet.leaveRow()
        sheet.freeze(rows: Self.first)
        try sheet.filter(from: Self.head, to: line - 1, columns: heads.count)
        try sheet.setPage(
            isWide: true,
            width: sheet.totalWidth(of: heads.count, heads: heads),
            repeating: Self.head...Self.head,
            footer: "&C&P / &N"
        )
        try sheet.setWidths(heads: heads)
    }

    private static func style(_ column: PortfolioColumn) -> CellStyle {
        switch column.kind {
        case .text: .text
        case .money: .money
        case .points: .points
        case .count: .whole
        case .percent: .percent
        }
    }
}

extension Portfolio {
    /// Writes the summary as an Excel workbook.
    ///
    /// - Parameters:
    ///   - path: the file to be written.
    ///   - scratch: a folder for what is gathered on the way.
    public func writeBook(to path: String, scratch: String) throws {
        try PortfolioBook(portfolio: self).write(to: path, scratch: scratch)
    }

    /// The rows of the overview by stretches of one value of a column, in order.
    func runs(of column: String) -> [(value: String, rows: [Int])] {
        var runs: [(value: String, rows: [Int])] = []
        for row in overview.rows {
            let value = row.text(column)
            if runs.last?.value == value {
                runs[runs.count - 1].rows.append(row.index)
            } else {
                runs.append((value, [row.index]))
            }
        }
        return runs
    }
}
