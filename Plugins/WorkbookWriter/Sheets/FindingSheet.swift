import ExcelBooks
import ReviewModel

/// The findings as a list to work through: filtered by severity, with a link to the place and columns for people to fill in.
struct FindingSheet {
    let name: String
    private let findings: [LocatedFinding]
    private let locale: Locale
    private let amountMark: String
    private let titles: [String: LocalizedText]

    init?(_ material: Material, _ name: (String) -> String) throws {
        findings = material.review.findings
        guard !findings.isEmpty else { return nil }
        guard findings.count < ExcelSheet.rowLimit - Grid.firstRow else {
            throw WorkbookError.tooManyRows("findings", findings.count)
        }
        (locale, titles) = (material.locale, material.review.ruleTitles)
        amountMark = material.amountMark
        self.name = name(title(material.locale))
    }

    private let severity = 1
    private let state = 10
    private let answer = 12
    private var lastRow: Int { Grid.firstRow + findings.count - 1 }

    /// The column of severities, as formulas of other sheets name it.
    var severities: String { name.quotedSheet + "!" + fixedRange(severity, Grid.firstRow, lastRow) }
    /// The column of states.
    var states: String { name.quotedSheet + "!" + fixedRange(state, Grid.firstRow, lastRow) }

    /// What a finding can be settled as; the first is what it begins with, the last what a waiver makes of it.
    static let states = [
        LocalizedText(zh: "待处理", en: "open"), LocalizedText(zh: "处理中", en: "in hand"),
        LocalizedText(zh: "已更正", en: "corrected"), LocalizedText(zh: "已说明", en: "explained"),
        LocalizedText(zh: "不成立", en: "unfounded"), LocalizedText(zh: "已豁免", en: "waived"),
    ]

    func write(_ book: ExcelBook, _ places: PlaceIndex, _ notes: NoteIndex) throws {
        let columns: [GridColumn] = [
            GridColumn(numberWord(locale), .whole, 6...8),
            GridColumn(severityWord(locale), CellStyle(isCentred: true), 8...12),
            .text(ruleWord(locale), 12...20), .text(messageWord(locale), 30...46),
            .text(expectedWord(locale), room(8...18) { $0.expected }),
            .text(foundWord(locale), room(8...18) { $0.found }),
            .text(differenceWord(locale), room(8...20) { $0.difference }),
            GridColumn(effectWord(locale) + amountMark, .money, 12...22),
            .text(placeWord(locale), 12...26), .text(fileWord(locale), 12...20),
            GridColumn(stateWord(locale), CellStyle(isCentred: true).typed, 9...12),
            GridColumn(ownerWord(locale), CellStyle.text.typed, 10...14),
            GridColumn(answerWord(locale), CellStyle.text.typed, 22...30),
            .text(hintWord(locale), 20...40), .text(stepWord(locale), 8...20), .text(idWord(locale), 10...22),
        ]
        let grid = Grid(
            name: name,
            title: title(locale),
            remark: remark(locale),
            columns: columns,
            frozen: 2,
            printed: answer + 1
        )
        let sheet = try grid.begin(book, notes: notes, last: lastRow)
        try people(sheet)
        for (position, located) in findings.enumerated() {
            try write(located, position, sheet, grid, places)
        }
        try grid.end(sheet, through: lastRow)
    }

    /// How wide a column may be: where no finding has anything for it, the room is that of what was found.
    private func room(_ widths: ClosedRange<Int>, _ text: (Finding) -> String) -> ClosedRange<Int> {
        findings.contains { !text($0.finding).isEmpty } ? widths : widths.lowerBound...widths.lowerBound
    }

    private func people(_ sheet: ExcelSheet) throws {
        let rows = Grid.firstRow...lastRow
        try sheet.choose(Self.states.map { $0(locale) }, column: state, rows: rows)
        let cell = "$" + CellReference(Grid.firstRow, severity).description
        let fills: [(Severity, CellColour)] = [
            (.blocker, .redFill), (.error, .orangeFill), (.warning, .yellowFill), (.info, .greyFill),
        ]
        for (level, fill) in fills {
            try sheet.highlight(
                where: "\(cell)=\(level.name(locale).quotedText)",
                fill,
                columns: severity...severity,
                rows: rows
            )
        }
        let settled =
            "AND($\(CellReference(Grid.firstRow, state).description)<>\"\",$\(CellReference(Grid.firstRow, state).description)<>\(Self.states[0](locale).quotedText))"
        try sheet.highlight(where: settled, .greenFill, columns: state...state, rows: rows)
    }

    private func write(
        _ located: LocatedFinding,
        _ position: Int,
        _ sheet: ExcelSheet,
        _ grid: Grid,
        _ places: PlaceIndex
    ) throws {
        let (finding, row) = (located.finding, Grid.firstRow + position)
        let rule = titles[finding.rule].map { "\($0(locale))\n\(finding.rule)" } ?? finding.rule
        let state = located.waiver == nil ? Self.states[0] : Self.states[Self.states.count - 1]
        let reply = located.waiver.map { waiverText($0)(locale) } ?? ""
        let (place, file) = self.place(of: located, places)
        let contents: [CellContent] = [
            .number(ExactDecimal(position + 1)), .text(finding.severity.name(locale)), .text(rule),
            .text(finding.message(locale)), text(finding.expected), text(finding.found), text(finding.difference),
            .number(moneyEffect(finding)), place, text(file), .text(state(locale)), .blank, text(reply),
            text(finding.hint.map { $0(locale) } ?? ""), text(located.step), text(located.id),
        ]
        for (column, content) in contents.enumerated() {
            try sheet.write(content, row, column, grid.columns[column].style)
        }
    }

    private func text(_ text: String) -> CellContent { text.isEmpty ? .blank : .text(text) }

    /// Where the finding is: a link where the place stands in this workbook, words else; and the line of the file.
    private func place(of located: LocatedFinding, _ places: PlaceIndex) -> (CellContent, String) {
        let pointers = located.finding.pointers
        // Where every spot was found there is a location for each; else only the first is sure.
        let isPaired = pointers.count == located.locations.count
        for (position, pointer) in pointers.enumerated() {
            guard let cell = places.cell(pointer), isPaired || position == 0 else { continue }
            let location = position < located.locations.count ? located.locations[position] : nil
            let words = location.map(words) ?? cell.description
            return (.link(words, cell), location?.place.brief ?? "")
        }
        guard let first = located.locations.first else { return (.blank, "") }
        return (.text(words(first)), first.place.brief)
    }

    private func words(_ location: Location) -> String {
        let words = (location.words ?? location.place.words)(locale)
        return words.isEmpty ? location.path : words
    }

    /// What the difference comes to in 元, where it is an amount.
    private func moneyEffect(_ finding: Finding) -> ExactDecimal? {
        guard let figure = PrintedFigure(finding.difference), figure.unit == .yuan else { return nil }
        return figure.isWan ? try? figure.number * 10_000 : figure.number
    }
}

// MARK: - Messages

private let title = LocalizedText(zh: "问题清单", en: "Findings")
private let severityWord = LocalizedText(zh: "级别", en: "Severity")
private let ruleWord = LocalizedText(zh: "规则", en: "Rule")
private let messageWord = LocalizedText(zh: "问题", en: "Finding")
private let expectedWord = LocalizedText(zh: "应为", en: "Expected")
private let foundWord = LocalizedText(zh: "实为", en: "Found")
private let differenceWord = LocalizedText(zh: "差异", en: "Difference")
private let effectWord = LocalizedText(zh: "涉及金额", en: "Money effect")
private let placeWord = LocalizedText(zh: "位置", en: "Place")
private let fileWord = LocalizedText(zh: "文件", en: "File")
private let stateWord = LocalizedText(zh: "处理状态", en: "State")
private let ownerWord = LocalizedText(zh: "责任人", en: "Owner")
private let answerWord = LocalizedText(zh: "处理意见", en: "Answer")
private let hintWord = LocalizedText(zh: "建议", en: "Next step")
private let stepWord = LocalizedText(zh: "步骤", en: "Step")
private let idWord = LocalizedText(zh: "编号", en: "Id")
private let remark = LocalizedText(
    zh: "浅黄色三列由评审人员填写；“位置”带链接的，点击即到本工作簿中的单元格。",
    en: "The light yellow columns are for people; a place with a link leads to its cell in this workbook."
)

private func waiverText(_ waiver: Waiver) -> LocalizedText {
    LocalizedText(zh: "\(waiver.reason)（\(waiver.approver)）", en: "\(waiver.reason) (\(waiver.approver))")
}
