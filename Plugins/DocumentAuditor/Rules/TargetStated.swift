import BudgetLines
import PrintedReports
import ReviewModel
import Targets

/// What a sentence says that a target is to be, or was changed to, is not what the table of targets has.
let targetStated = DocumentRule(
    "document/target-stated",
    .error,
    title: LocalizedText(zh: "正文所写目标值与绩效目标表不符", en: "a target's value that is not the one of the table"),
    manual: LocalizedText(
        zh: """
            正文在指标名称之后写"由甲调整为乙"的，甲、乙应为绩效目标表该行评审前后的值；写"不低于……""不超过……"等限值的，应为表中评审前或评审后的值（单位相同的比较）；\
            写拟建、拟购等计划数的，也应相同。表中评审前后的值方向相反（≥ 与 ≤）、同一个数而计量单位不同的列出。成本指标的限值与申报、审定总额只差一位数字或两位颠倒的列出。\
            其他带限值的指标表（≥、≤）同样核对：限值应为该行的值，方向应与表中一致，"实测为99.2%"应为该栏的值。
            """,
        en: """
            Behind the name of an indicator 由 A 调整为 B says its values before and after the review, 不低于 and 不超过 one of the two, and so does what is planned (拟建, 拟购); numbers in the same unit are compared. \
            In the table itself the values before and after must not bound on opposite sides, nor be the same number of another thing; a bound of costs that is the requested or approved total but for one digit, or two that \
            changed places, is told. \
            Bounds of any other table of targets are held to their row the same way, with the side on which they bound; 实测为99.2% is the value of the column that is called so.
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
                    三级指标\t申报值\t评审值
                    设备验收合格率\t≥95%\t100%
                    ↓评审建议将设备验收合格率由不低于90%调整为100%。
            """,
            zh: "正文写\"设备验收合格率由不低于90%\"，绩效目标表评审前为 ≥95%",
            en: "the text says \"设备验收合格率由不低于90%\", the table has ≥95% before the review"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    三级指标\t申报值\t评审值
                    设备验收合格率\t≥95%\t100%
                    预警发布时长\t≤15分钟\t≤10分钟
                    评审建议将设备验收合格率由不低于95%调整为100%，预警发布时长由15分钟以内压缩至10分钟以内。2024年设备验收合格率不低于90%。
            """
        ),
    ],
    check: { audit, findings in
        let targets = audit.report.printedTables.filter { $0.kind == .targets }.flatMap(\.targets)
        let facts = TargetFacts(audit.namedRows, audit.report.words)
        let known = findings.told
        let reader = StatedTargets(targets, audit.report.words, year: audit.dossier.field("project", "year")?.integer)
        for line in audit.report.body where !line.isTableRow {
            let found = reader.check(line)
            findings.add(found)
            if found.isEmpty, !known.contains(line.spot) { findings.add(facts.check(line)) }
        }
        findings.add(checkTargetDays(audit.report, targets))
        for target in targets {
            findings.add(
                [checkSides(target), checkKept(target, audit.report), checkCost(target, audit.report)].compactMap(
                    \.self
                )
            )
        }
    }
)

// MARK: - Tables

/// ≥15分钟 before the review and ≤10分钟 after it; 6类 and 6台.
private func checkSides(_ target: PrintedTarget) -> Finding? {
    guard let revision = target.revision, let one = revision.before.measure, let two = revision.after.measure else {
        return nil
    }
    let isLower = [one, two].map { $0.direction == .atLeast || $0.direction == .moreThan }
    let isUpper = [one, two].map { $0.direction == .atMost || $0.direction == .lessThan }
    if one.unit == two.unit, isLower[0] && isUpper[1] || isUpper[0] && isLower[1] { return otherSide(target, revision) }
    let isCount = !one.unit.contains("%") && !two.unit.contains("%")
    let isOther = !one.unit.hasPrefix(two.unit) && !two.unit.hasPrefix(one.unit)
    return isCount && isOther && one.number == two.number && one.number > 1 ? otherMeasure(target, revision) : nil
}

/// 维持 beside a value that was changed.
private func checkKept(_ target: PrintedTarget, _ report: ReportText) -> Finding? {
    guard let revision = target.revision, let one = revision.before.measure, let two = revision.after.measure,
        one.unit == two.unit, one.number != two.number,
        let cells = report.line(target.line)?.filledCells, let remark = cells.last?.folded, remark.count <= 6,
        !["调整为", "同意调整", "提高", "降低", "修改"].contains(where: remark.hasBytes),
        ["维持", "保留", "同意", "不变", "不作调整", "不调整", "未调整"].contains(where: remark.hasPrefix)
    else { return nil }
    return keptOther(target, remark, revision)
}

/// A bound of costs beside the total that it was meant to be.
private func checkCost(_ target: PrintedTarget, _ report: ReportText) -> Finding? {
    guard target.level2.isEmpty || target.level2.hasPrefix("成本") || target.level1.hasPrefix("成本"),
        ["成本", "投资", "费", "造价", "支出", "预算"].contains(where: target.name.hasBytes),
        let table = report.printedTables.mainAuditTable, let total = table.auditTotal
    else { return nil }
    for value in Set(target.values).sorted() {
        guard let own = value.measure, own.unit == "元" || own.unit == "万元",
            let yuan = own.unit == "元" ? own.number : try? own.number * 10_000
        else { continue }
        let totals = [total.requested, total.approved]
        guard !totals.contains(yuan), let meant = totals.first(where: { yuan.isDigitSlip(of: $0) }) else { continue }
        return otherCost(target, value, meant)
    }
    return nil
}

extension ExactDecimal {
    /// Whether the two have the same digits but for one, or but for two that stand side by side and have changed places.
    fileprivate func isDigitSlip(of other: ExactDecimal) -> Bool {
        let (one, two) = (Array(Money.yuan(self)), Array(Money.yuan(other)))
        guard one.count == two.count, one.count(where: \.isPlainDigit) >= 6 else { return false }
        let off = one.indices.filter { one[$0] != two[$0] }
        if off.count == 1 { return true }
        return off.count == 2 && one[off[0]] == two[off[1]] && one[off[1]] == two[off[0]]
    }
}

// MARK: - Messages

func otherTarget(
    _ target: PrintedTarget,
    _ said: String,
    _ value: String,
    _ when: String,
    _ line: ReportText.Line
) -> Finding {
    let phrase = target.name + said
    let time = when.isEmpty ? "" : when == "评审前" ? " before the review" : " after the review"
    return targetStated.rule.finding(
        message: LocalizedText(
            zh: "正文写\"\(phrase)\"，绩效目标表\(when)为 \(value)",
            en: "the text says \"\(phrase)\", the table has \(value)\(time)"
        ),
        subject: target.name,
        lines: [line.spot, ReportText.spot(line: target.line)],
        expected: value,
        found: phrase
    )
}

private func otherSide(_ target: PrintedTarget, _ revision: PrintedTarget.Revision) -> Finding {
    targetStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"评审前为 \(revision.before)，评审后为 \(revision.after)：上下限相反",
            en:
                "\"\(target.name)\" is \(revision.before) before the review and \(revision.after) after it: bounds on opposite sides"
        ),
        subject: target.name,
        lines: [ReportText.spot(line: target.line)],
        expected: revision.before,
        found: revision.after
    )
}

private func otherMeasure(_ target: PrintedTarget, _ revision: PrintedTarget.Revision) -> Finding {
    targetStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"评审前为 \(revision.before)，评审后为 \(revision.after)：计量单位不同",
            en:
                "\"\(target.name)\" is \(revision.before) before the review and \(revision.after) after it: another unit"
        ),
        subject: target.name,
        lines: [ReportText.spot(line: target.line)],
        expected: revision.before,
        found: revision.after
    )
}

private func keptOther(_ target: PrintedTarget, _ remark: String, _ revision: PrintedTarget.Revision) -> Finding {
    targetStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"评审前为 \(revision.before)，评审后为 \(revision.after)，而说明写\"\(remark)\"",
            en:
                "\"\(target.name)\" is \(revision.before) before the review and \(revision.after) after it, and the remark says \(remark)"
        ),
        subject: target.name,
        lines: [ReportText.spot(line: target.line)],
        expected: revision.before,
        found: revision.after
    )
}

private func otherCost(_ target: PrintedTarget, _ value: String, _ meant: ExactDecimal) -> Finding {
    targetStated.rule.finding(
        message: LocalizedText(
            zh: "成本指标\"\(target.name)\"为 \(value)，审核表的总额为 \(Money.yuan(meant)) 元",
            en:
                "the target of costs \"\(target.name)\" is \(value), the total of the audit table is \(Money.yuan(meant))"
        ),
        subject: target.name,
        lines: [ReportText.spot(line: target.line)],
        expected: Money.yuan(meant),
        found: value
    )
}
