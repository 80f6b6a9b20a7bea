import BudgetLines
import PrintedReports
import ReviewModel
import Targets

/// The very number of a target with another unit in the text, or the other side of its bound.
let targetUnit = DocumentRule(
    "document/target-unit",
    .error,
    title: LocalizedText(zh: "绩效目标的单位与正文、完成值不同", en: "a target in another unit than the text has"),
    manual: LocalizedText(
        zh: """
            绩效目标表中的数与正文中同一事项（名称有三个字以上相同，个位数为四个字）的数相同而单位不同（14.8 公里写为 14.8 米、6 所写为 6 台）的列出；目标值与完成值单位不同而数字相近的，以及时间目标写"≥"、正文写"以内"的，也列出。\
            同义的单位（人、名）和人与人次、台与套之间的不列。
            """,
        en: """
            The number of a target that the text has with another unit of the same thing (three letters of the name in common, four where the number has one digit); a target and what was reached of it in \
            different units although the numbers are near; and a time with ≥ that the text has with 以内. Units that mean the same are one.
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
                    二级指标\t三级指标\t指标值
                    ↓数量指标\t新建污水管道长度\t14.8米
                    质量指标\t闭水试验合格率\t100%
                    本工程新建污水管道14.8公里，新建泵站1座。
            """,
            zh: "指标\"新建污水管道长度\"为 14.8米，正文为 14.8公里",
            en: "the target \"新建污水管道长度\" is 14.8米, the text has 14.8公里"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    二级指标\t三级指标\t指标值
                    数量指标\t新建污水管道长度\t14.8公里
                    质量指标\t闭水试验合格率\t100%
                    本工程新建污水管道14.8公里，新建泵站1座。
            """
        ),
    ],
    check: { audit, findings in
        let targets = audit.report.printedTables.filter { $0.kind == .targets }.flatMap(\.targets)
        if targets.isEmpty { return }
        let texts = audit.report.paragraphs.map { paragraph in
            let folded = paragraph.text.folded
            return FiguredText(folded: folded, figures: StatedFigure.all(in: folded), line: paragraph.line)
        }
        var told: Set<String> = []
        for target in targets {
            let found = otherReached(target) ?? otherUnit(target, texts) ?? otherSide(target, texts)
            if let found, told.insert(found.subject).inserted { findings.add(found) }
        }
    }
)

/// A paragraph with the numbers in it.
private struct FiguredText {
    var folded: String
    var figures: [StatedFigure]
    var line: ReportText.Line
}

/// What was reached, in a unit of the same kind that makes it far more or less than the target.
private func otherReached(_ target: PrintedTarget) -> Finding? {
    guard let aim = target.aim, let reached = target.reached, aim.unit != reached.unit,
        let one = scale(aim.unit), let two = scale(reached.unit), one.kind == two.kind, aim.number > 0,
        reached.value > 0, let most = try? aim.number * 4, let least = try? reached.value * 4,
        reached.value < most, aim.number < least
    else { return nil }
    return differs(
        target,
        target.actual,
        LocalizedText(zh: "完成值", en: "what was reached"),
        [ReportText.spot(line: target.line)]
    )
}

private func otherUnit(_ target: PrintedTarget, _ texts: [FiguredText]) -> Finding? {
    guard let aim = target.aim, let unit = measures.first(where: { aim.unit == $0 }), aim.unit != "%", aim.number > 1
    else {
        return nil
    }
    let name = target.name.folded
    var other: (figure: StatedFigure, unit: String, line: ReportText.Line)?
    for text in texts {
        for figure in text.figures where figure.value == aim.number {
            guard let printed = figure.unit, printed != "%", printed != "分" else { continue }
            // 为6所学校食堂更新设备: what it is of may stand behind it.
            let around =
                text.folded.clause(before: figure.range.lowerBound) + String(figure.behind.dropFirst(printed.count))
            let shared = name.sharedLength(with: around)
            guard shared >= (aim.number < 10 ? 4 : 3) else { continue }
            if printed == unit || printed.isLike(unit) { return nil }
            if other == nil { other = (figure, printed, text.line) }
        }
    }
    guard let other, isTelling(unit, other.unit) else { return nil }
    let printed = other.figure.digits + other.unit
    return differs(
        target,
        printed,
        LocalizedText(zh: "正文", en: "the text"),
        [ReportText.spot(line: target.line), other.line.spot]
    )
}

/// A time that should be no longer than the text says, and has ≥ in the table.
private func otherSide(_ target: PrintedTarget, _ texts: [FiguredText]) -> Finding? {
    guard let aim = target.aim, scale(aim.unit)?.kind == "time", aim.direction == .atLeast || aim.direction == .moreThan
    else {
        return nil
    }
    for text in texts {
        for figure in text.figures where figure.value == aim.number && figure.behind.hasPrefix(aim.unit) {
            let behind = figure.behind.dropFirst(aim.unit.count)
            guard behind.hasPrefix("以内") || behind.hasPrefix("之内"),
                target.name.folded.sharedLength(with: text.folded.clause(before: figure.range.lowerBound)) >= 4
            else { continue }
            return differs(
                target,
                figure.digits + aim.unit + "以内",
                LocalizedText(zh: "正文", en: "the text"),
                [ReportText.spot(line: target.line), text.line.spot]
            )
        }
    }
    return nil
}

/// What kind of measure a unit is of.
private func scale(_ unit: String) -> (kind: String, Void)? {
    let kinds: [(String, Set<String>)] = [
        ("length", ["米", "公里", "千米", "厘米", "毫米"]), ("area", ["平方米", "亩", "万亩", "公顷", "平方公里"]),
        ("time", ["分钟", "小时", "天", "个月", "月", "年", "日", "工作日"]), ("weight", ["公斤", "千克", "吨", "克"]),
        ("money", ["元", "万元", "亿元"]),
    ]
    return kinds.first { $0.1.contains(unit) }.map { ($0.0, ()) }
}

/// Whether nobody takes one of the two for the other: two of one kind, or things of which one is built and the other bought.
private func isTelling(_ one: String, _ two: String) -> Bool {
    if let kind = scale(one)?.kind { return scale(two)?.kind == kind }
    let counted: Set<String> = ["台", "套", "所", "座", "户", "家", "辆", "条", "路", "盏", "株"]
    return counted.contains(one) && counted.contains(two)
}

extension String {
    /// Whether two measures are used for one another.
    fileprivate func isLike(_ other: String) -> Bool {
        if hasPrefix(other) && other.count > 0 && scale(self) == nil || other.hasPrefix(self) && scale(other) == nil {
            return true
        }
        let alike: [Set<String>] = [
            ["人", "名", "位", "人次"], ["公里", "千米"], ["天", "日", "工作日"], ["月", "个月"], ["公斤", "千克"], ["台", "套", "辆"],
            ["次", "场", "期"],
            ["家", "户", "所"], ["条", "路"],
        ]
        return alike.contains { $0.contains(self) && $0.contains(other) }
    }
}

private func differs(_ target: PrintedTarget, _ printed: String, _ place: LocalizedText, _ spots: [Spot]) -> Finding {
    targetUnit.rule.finding(
        message: LocalizedText(
            zh: "指标\"\(target.name)\"为 \(target.value)，\(place.zh)为 \(printed)",
            en: "the target \"\(target.name)\" is \(target.value), \(place.en) has \(printed)"
        ),
        subject: target.name,
        lines: spots,
        expected: printed,
        found: target.value,
        hint: LocalizedText(zh: "请统一单位", en: "use one unit")
    )
}
