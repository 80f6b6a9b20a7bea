import BudgetLines
import PrintedReports
import ReviewModel

/// An amount in words that is not the figure beside it.
let amountInWordsDiffers = DocumentRule(
    "document/amount-in-words",
    .error,
    title: LocalizedText(zh: "大写金额与数字不符", en: "an amount in words that is not its figure"),
    manual: LocalizedText(
        zh: """
            同一段（或同一行）中的大写金额（壹佰贰拾万元整，也认萬、圓）与其前后的数字金额相比，没有一个在所印精度内相等的列出，并指出最接近的一个；百分数不是金额。\
            隔着逗号、分号、句号的数字，只有写明大写、小写、人民币或加括号时才比。
            """,
        en: """
            Holds an amount in the characters of cheques (壹佰贰拾万元整, also 萬 and 圓) against the figures of its paragraph or row; where none is equal within \
            its printed precision, it is told, with the nearest of them. A rate is no amount. Figures of another clause are those of the words only where 大写, 小写, \
            人民币 or brackets say so.
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
                    ↓审定金额 1,204,150.00 元（大写：壹佰贰拾万肆仟伍佰壹拾元整）。
            """,
            zh: "大写\"壹佰贰拾万肆仟伍佰壹拾元整\"即 1,204,510.00 元，此处数字为 1,204,150.00 元",
            en: "壹佰贰拾万肆仟伍佰壹拾元整 is 1,204,510.00, the figure beside it 1,204,150.00"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    安排 120.42 万元（人民币壹佰贰拾萬肆仟壹佰伍拾圓整），另付伍角。申请金额肆佰捌拾陆万元整，审定金额 475.20 万元。
            """
        ),
    ],
    check: { audit, findings in findings.add(checkAmounts(audit.report)) }
)

private func checkAmounts(_ report: ReportText) -> [Finding] {
    let broken = report.joinedLines
    return (report.lines + broken).enumerated().flatMap { index, line -> [Finding] in
        guard ["元", "圆", "圓"].contains(where: line.folded.hasBytes), AmountInWords.mayStand(in: line.folded) else {
            return []
        }
        // The cells of a row are not one number: 1 and 50,000.00.
        let folded = line.isTableRow ? line.filledCells.map(\.folded).joined(separator: "|") : line.folded
        let text = Array(folded.unicodeScalars)
        let amounts = AmountInWords.all(in: text)
        if amounts.isEmpty { return [] }
        let figures = printedFigures(text)
        // A line that is broken off says as much as its paragraph does.
        let whole = index < report.lines.count ? broken.first { $0.folded.hasBytes(of: line.folded.trimmed) } : nil
        let context = whole.map { Array($0.folded.unicodeScalars) } ?? []
        let (amountsOfWhole, figuresOfWhole) = (AmountInWords.all(in: context), printedFigures(context))
        return amounts.compactMap { amount in
            if whole != nil,
                !amountsOfWhole.contains(where: { $0.value == amount.value })
                    || figuresOfWhole.contains(where: { $0.prints(amount.value) })
            {
                return nil
            }
            // What stands in one of the lines of a broken paragraph is told there.
            if index >= report.lines.count, report.lines.contains(where: { $0.folded.hasBytes(of: amount.text) }) {
                return nil
            }
            // A figure of another sentence is not this amount's, where the amount stands elsewhere as it is.
            let isPrinted = report.prints(amount.value)
            let beside = figures.filter { figure in
                says(amount, figure, text)
                    && !(isPrinted && figure.start < amount.range.lowerBound
                        && text[figure.start..<amount.range.lowerBound].contains("。"))
            }
            if figures.isEmpty, whole == nil, let other = report.swapped(amount.value) {
                return differs(amount, PrintedFigure(start: 0, value: other, isInWan: false), line)
            }
            guard !beside.isEmpty, !figures.contains(where: { $0.prints(amount.value) }),
                let beside = beside.nearest(to: amount.value)
            else { return nil }
            return differs(amount, beside, line)
        }
    }
}

extension ReportText {
    /// The numbers of sentences and cells.
    private var figures: [StatedFigure] {
        lines.flatMap { $0.isTableRow ? $0.filledCells.map(\.folded) : [$0.folded] }.flatMap {
            StatedFigure.all(in: $0)
        }
    }

    /// Whether an amount stands in figures anywhere, in 元 or in 万元.
    fileprivate func prints(_ amount: ExactDecimal) -> Bool {
        let wan = try? amount.divided(by: 10_000, places: 6)
        return figures.contains { $0.value == amount || $0.value == wan || $0.yuan == amount }
    }

    /// The amount of the report that has the digits of another but for one or two, where that other one stands nowhere.
    fileprivate func swapped(_ amount: ExactDecimal) -> ExactDecimal? {
        let figures = figures.filter { $0.telling > 3 }
        if prints(amount) { return nil }
        return figures.map { $0.yuan ?? $0.value }.first { $0.isSlip(of: amount) }
    }
}

extension ExactDecimal {
    /// Whether two amounts of five digits at least differ in one digit, or in two that changed places.
    fileprivate func isSlip(of other: ExactDecimal) -> Bool {
        let (one, two) = (Array(Money.yuan(self)), Array(Money.yuan(other)))
        guard one.count == two.count, one.count >= 8 else { return false }
        return hasSwapped(digitsOf: other) || one.indices.count { one[$0] != two[$0] } == 1
    }
}

/// Whether a figure is meant to say the same. Words that nothing marks as the figure's own, by brackets, 大写 or 小写, may be an amount by
/// themselves: `申请金额肆佰万元整，审定金额 390.00 万元`.
private func says(_ amount: AmountInWords, _ figure: PrintedFigure, _ text: [Unicode.Scalar]) -> Bool {
    let isBefore = figure.start < amount.range.lowerBound
    let between = isBefore ? text[figure.start..<amount.range.lowerBound] : text[amount.range.upperBound..<figure.start]
    let ends = between.indices.contains {
        between[$0] == "，" && !isSeparator(text, $0) || "；。".unicodeScalars.contains(between[$0])
    }
    if !ends { return true }
    let lead =
        text[..<amount.range.lowerBound].suffix(6).string + (isBefore ? "" : text[..<figure.start].suffix(6).string)
    return ["大写", "小写", "人民币", "（", "("].contains(where: lead.hasBytes)
}

/// A figure with its unit: 元 unless 万元 stands behind it.
private struct PrintedFigure {
    var start: Int
    var value: ExactDecimal
    var isInWan: Bool

    /// Whether an amount in yuan would be printed so.
    func prints(_ amount: ExactDecimal) -> Bool {
        guard isInWan else { return amount == value }
        return (try? amount.divided(by: 10_000, places: value.places)) == value
    }

    /// In yuan.
    var amount: ExactDecimal { isInWan ? (try? value * 10_000) ?? value : value }

    var text: String { isInWan ? "\(value) 万元" : Money.grouped(value) }
}

extension [PrintedFigure] {
    /// The one that is meant: of several in a sentence that with the least difference.
    fileprivate func nearest(to amount: ExactDecimal) -> PrintedFigure? {
        self.min { one, other in
            guard let first = try? (one.amount - amount).magnitude, let second = try? (other.amount - amount).magnitude
            else { return false }
            return first < second
        }
    }
}

private func printedFigures(_ text: [Unicode.Scalar]) -> [PrintedFigure] {
    var (figures, position) = ([PrintedFigure](), 0)
    while position < text.count {
        guard text[position].isDigit else {
            position += 1
            continue
        }
        let start = position
        while position < text.count, text[position].isDigit || isSeparator(text, position) { position += 1 }
        let number = text[start..<position].filter { $0.isDigit || $0 == "." }.string
        guard let value = ExactDecimal(number) else { continue }
        let isInWan = position < text.count && text[position] == "万"
        let unit = position + (isInWan ? 1 : 0)
        // A rate is no amount.
        if position < text.count, "%％‰".unicodeScalars.contains(text[position]) { continue }
        // A cell of a row bears no unit.
        guard unit < text.count && text[unit] == "元" || text[start..<position].contains(".") else { continue }
        figures.append(PrintedFigure(start: start, value: value, isInWan: isInWan))
    }
    return figures
}

/// A point or a comma of thousands within a number; folding has made commas wide.
private func isSeparator(_ text: [Unicode.Scalar], _ position: Int) -> Bool {
    guard position + 1 < text.count, text[position + 1].isDigit else { return false }
    if text[position] == "." { return true }
    return text[position] == "，" && position + 3 < text.count && text[position + 1...position + 3].allSatisfy(\.isDigit)
        && !(position + 4 < text.count && text[position + 4].isDigit)
}

private func differs(_ amount: AmountInWords, _ figure: PrintedFigure, _ line: ReportText.Line) -> Finding {
    amountInWordsDiffers.rule.finding(
        message: LocalizedText(
            zh: "大写\"\(amount.text)\"即 \(Money.yuan(amount.value)) 元，此处数字为 \(figure.text)\(figure.isInWan ? "" : " 元")",
            en: "\(amount.text) is \(Money.yuan(amount.value)), the figure beside it \(figure.text)"
        ),
        subject: amount.text,
        lines: [line.spot],
        expected: figure.text,
        found: amount.text
    )
}
