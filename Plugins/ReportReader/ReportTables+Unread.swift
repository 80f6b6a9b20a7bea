import BudgetLines
import PrintedReports
import ReviewModel

/// What the report prints and was not read: nothing may be concluded from it, and somebody must look.
extension ReportTables {
    var unread: [Finding] {
        if printed.isEmpty { return [noTable(report)] + lumpSums }
        let tables = report.unreadTables.filter { !ReportFields.areLabels($0.rows, report.words, labels) }
        return tables.map { tableNotRead($0, in: report) } + earlierYears + printed.compactMap(rowsNotRead) + labelsLost
            + lumpSums + takenOver + signedRows
    }

    /// Rows of tables of targets where people sign.
    private var signedRows: [Finding] {
        let rows = printed.filter { $0.kind == .targets }.flatMap(\.targets).filter(isSigned)
        return rows.isEmpty ? [] : [signedLeftOut(rows, in: report)]
    }

    /// Columns of an earlier year beside those that were read.
    private var earlierYears: [Finding] {
        var seen: Set<Int> = []
        return printed.filter { !$0.earlierHeads.isEmpty && seen.insert($0.header.line.number).inserted }
            .map { earlierYearLeft($0, in: report) }
    }

    /// What whoever fills in a workbook from the report should know of how its lines were read.
    private var takenOver: [Finding] {
        guard !labels.isEmpty else { return [] }
        return printed.filter { $0.kind == .budget }.flatMap { table in
            let sums = table.rowsSaidAgain
            return (table.countsTenThousands ? [unitConverted(table, in: report)] : [])
                + (sums.isEmpty ? [] : [sumsLeftOut(sums, of: table, in: report)])
        }
    }

    private var labelsLost: [Finding] {
        let rows = printed.flatMap(\.rowsWithoutLabels)
        return rows.isEmpty ? [] : [labelsNotPrinted(rows, in: report)]
    }

    private func rowsNotRead(_ table: PrintedTable) -> Finding? {
        let rows = table.unreadRows
        return rows.isEmpty ? nil : report_reader.rowsNotRead(rows, of: table, in: report)
    }

    private var lumpSums: [Finding] {
        let lines = first(.budget)?.budgetLines.filter(\.isLumpSum) ?? []
        return lines.isEmpty ? [] : [lumpSum(lines, in: report)]
    }
}

extension ReportText {
    /// What stands between the cells where a converter has put no tabs: `|`, or several blanks; `nil` when nothing does.
    fileprivate var cellMark: String? {
        let rows = lines.filter { !$0.isTableRow }
        if rows.count(where: { $0.text.filter { $0 == "|" }.count > 1 }) > 1 { return "|" }
        return rows.count(where: { $0.text.split(separator: "  ").count > 2 }) > 1 ? "  " : nil
    }
}

extension Finding {
    fileprivate init(
        rule: String,
        severity: Severity,
        message: LocalizedText,
        subject: String = "",
        at spots: [Spot],
        hint: LocalizedText? = nil
    ) {
        self.init(rule: rule, severity: severity, message: message, subject: subject, hint: hint)
        self.spots = spots
    }
}

// MARK: - Messages

private func noTable(_ report: ReportText) -> Finding {
    let (mark, tables) = (report.cellMark, report.unreadTables)
    let heads = tables.prefix(5).map { table in
        let head = table.head.filled.joined(separator: " ")
        return (zh: "\(table.head.line.label.zh)：\(head)", en: "\(table.head.line.label.en): \(head)")
    }
    let listZh = heads.isEmpty ? "" : "；有这些表：" + heads.map(\.zh).joined(separator: "；")
    let listEn = heads.isEmpty ? "" : "; there are these: " + heads.map(\.en).joined(separator: "; ")
    return Finding(
        rule: "report-reader/no-table",
        // Without a row there is nothing that was missed: the report says all in sentences. Tables of other things are told one by one.
        severity: mark != nil || tables.isEmpty && report.lines.contains { $0.isTableRow } ? .warning : .info,
        message: LocalizedText(
            zh: "没有从报告中读到任何表格，所以凡要靠表格核对的都没有核对\(listZh)",
            en: "no table of the report was read, so nothing that needs one was checked\(listEn)"
        ),
        at: (tables.isEmpty ? [.value(JSONPointer(["config", "report"]))] : tables.map(\.head.line.spot))
            .map { report.located($0) },
        hint: mark.map { mark in
            let name = mark == "|" ? ("竖线", "bars") : ("空格", "blanks")
            return LocalizedText(
                zh: "单元格之间是\(name.0)：请换用以制表符分隔单元格的转换方式",
                en: "the cells are parted by \(name.1): use a converter that parts them by tabs"
            )
        }
            ?? LocalizedText(
                zh: "单元格须以制表符分隔；表头的叫法可在 report-words.yaml 中补充",
                en: "cells must be parted by tabs; what heads are called can be added to report-words.yaml"
            )
    )
}

private func tableNotRead(_ table: UnreadTable, in report: ReportText) -> Finding {
    let head = table.head.filled.joined(separator: " | ")
    let label = table.head.line.label
    return Finding(
        rule: "report-reader/table-not-read",
        severity: .info,
        message: LocalizedText(
            zh: "\(label.zh)起的表（\(table.rowCount) 行）没有读取，表头：\(head)",
            en: "the table at \(label.en) (\(table.rowCount) rows) was not read; its head: \(head)"
        ),
        subject: table.caption,
        at: [report.located(table.head.line.spot)],
        hint: LocalizedText(
            zh: "它与评审有关时，把表头的叫法补充到 report-words.yaml",
            en: "if it matters to the review, add what its heads are called to report-words.yaml"
        )
    )
}

private func rowsNotRead(_ rows: [PrintedTable.Row], of table: PrintedTable, in report: ReportText) -> Finding {
    let head = table.header.filled.joined(separator: " | ")
    let shown = rows.prefix(10).map { "\($0.line.label.zh)（\($0.filled.joined(separator: " "))）" }
    let shownEn = rows.prefix(10).map { "\($0.line.label.en) (\($0.filled.joined(separator: " ")))" }
    return Finding(
        rule: "report-reader/row-not-read",
        severity: .warning,
        message: LocalizedText(
            zh: "\(table.name.zh)（表头：\(head)）中有 \(rows.count) 行没有读懂，未计入：\(shown.joined(separator: "、"))",
            en:
                "\(rows.count) row(s) of \(table.name.en) (its head: \(head)) were not understood and are not counted: \(shownEn.joined(separator: ", "))"
        ),
        subject: table.caption,
        at: rows.prefix(10).map { report.located($0.line.spot) },
        hint: LocalizedText(
            zh: "核对这些行的单元格是否与表头对齐",
            en: "look whether the cells of these rows stand under their heads"
        )
    )
}

private func labelsNotPrinted(_ rows: [PrintedTable.Row], in report: ReportText) -> Finding {
    let shown = rows.prefix(10).map { "\($0.line.label.zh)（\($0.filled.joined(separator: " "))）" }
    let shownEn = rows.prefix(10).map { "\($0.line.label.en) (\($0.filled.joined(separator: " ")))" }
    return Finding(
        rule: "report-reader/labels-lost",
        severity: .info,
        message: LocalizedText(
            zh: "换页之后 \(rows.count) 行没有印出所属的指标类别（转换所致），因此不判断缺哪一类指标：\(shown.joined(separator: "、"))",
            en:
                "\(rows.count) row(s) below a page break have lost the label of their level in the conversion, so no kind of target is said to be missing: \(shownEn.joined(separator: ", "))"
        ),
        subject: "labels lost",
        at: rows.prefix(10).map { report.located($0.line.spot) },
        hint: LocalizedText(zh: "在原件中核对这些指标的类别", en: "look in the original which level they belong to")
    )
}

private func earlierYearLeft(_ table: PrintedTable, in report: ReportText) -> Finding {
    let heads = table.earlierHeads
    func pairs(_ text: (String, String) -> String) -> [String] { heads.map { text($0.passed, $0.read) } }
    let zh = pairs { passed, read in "\"\(passed)\"（读了\"\(read)\"）" }.joined(separator: "、")
    let en = pairs { passed, read in "\"\(passed)\" (\"\(read)\" was read)" }.joined(separator: ", ")
    return Finding(
        rule: "report-reader/earlier-year",
        severity: .warning,
        message: LocalizedText(
            zh: "\(table.name.zh)中有两个年度的同名列，读了年份较晚的，这些列未读取：\(zh)",
            en:
                "\(table.name.en) has columns of two years that are called alike; those of the later year were read, and these were not: \(en)"
        ),
        subject: table.caption,
        at: [report.located(table.header.line.spot)]
    )
}

private func unitConverted(_ table: PrintedTable, in report: ReportText) -> Finding {
    Finding(
        rule: "report-reader/unit-converted",
        severity: .info,
        message: LocalizedText(
            zh: "\(table.name.zh)的金额以万元计，已换算为元",
            en: "amounts of \(table.name.en) are in ten thousands and were converted"
        ),
        subject: table.caption,
        at: [report.located((table.unitLine ?? table.header.line).spot)]
    )
}

private func sumsLeftOut(_ rows: [PrintedTable.Row], of table: PrintedTable, in report: ReportText) -> Finding {
    let names = rows.map { $0.filled.joined(separator: " ") }
    return Finding(
        rule: "report-reader/sums-left-out",
        severity: .info,
        message: LocalizedText(
            zh: "\(table.name.zh)中的合计行、\"其中\"行未作为明细读取：\(names.prefix(10).joined(separator: "；"))",
            en:
                "rows of \(table.name.en) that sum up others, or are parts of them, are no lines: \(names.prefix(10).joined(separator: "; "))"
        ),
        subject: table.caption,
        at: rows.prefix(10).map { report.located($0.line.spot) }
    )
}

private func signedLeftOut(_ rows: [PrintedTarget], in report: ReportText) -> Finding {
    let names = rows.map { [$0.name, $0.value].filter { !$0.isEmpty }.joined(separator: " ") }
    return Finding(
        rule: "report-reader/signed",
        severity: .info,
        message: LocalizedText(
            zh: "绩效目标表中的签名、意见行没有作为目标读取：\(names.prefix(10).joined(separator: "；"))",
            en:
                "rows of the targets where people sign or give opinions are no targets: \(names.prefix(10).joined(separator: "; "))"
        ),
        subject: "targets",
        at: rows.prefix(10).map { report.spot(line: $0.line) }
    )
}

private func lumpSum(_ lines: [PrintedBudgetLine], in report: ReportText) -> Finding {
    let names = lines.map { $0.detail.isEmpty ? $0.group : $0.detail }
    return Finding(
        rule: "report-reader/lump-sum",
        severity: .info,
        message: LocalizedText(
            zh: "只有金额、没有数量和单价，按 1 项读取：\(names.joined(separator: "、"))",
            en: "given as an amount without quantity and price, and read as one of it: \(names.joined(separator: ", "))"
        ),
        at: lines.map { report.spot(line: $0.line) }
    )
}
