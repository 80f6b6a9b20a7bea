import BudgetLines
import PrintedReports
import ReviewModel

/// A paragraph that names its targets, says what was reached, and that all of them were: `改善面积≥3,700亩，…。实际改善面积3,800亩，…，4项目标全部实现。`
func reachedInProse(_ line: ReportText.Line, _ words: ReportWords) -> [Finding] {
    guard ["≥", "≤"].contains(where: line.folded.hasBytes), words["all_reached"].contains(where: line.folded.hasBytes)
    else { return [] }
    let clauses = line.folded.withoutThousands.split(whereSeparator: { "，。；：".contains($0) }).map(String.init)
    let aims = clauses.compactMap(ProseAim.init)
    guard aims.count > 1, Set(aims.map(\.name)).count == aims.count else { return [] }
    var found: [Finding] = []
    for clause in clauses where ProseAim(clause) == nil {
        // 利用系数由0.52提高到0.71: the last number is what was reached.
        guard let aim = aims.filter({ clause.contains($0.name) }).max(by: { $0.name.count < $1.name.count }),
            let reached = StatedFigure.all(in: clause).last, reached.behind == aim.unit,
            !words["planned"].contains(where: clause.hasBytes)
        else { continue }
        if aim.isLeast ? reached.value < aim.value : reached.value > aim.value {
            found.append(fallsShort(aim, reached.digits + aim.unit, line))
        }
    }
    for clause in clauses where words["all_reached"].contains(where: clause.hasBytes) {
        guard let figure = StatedFigure.all(in: clause).first,
            ["项目标", "项指标", "个目标", "个指标"].contains(where: figure.behind.hasPrefix),
            let stated = Int(figure.digits), stated != aims.count, abs(stated - aims.count) < 3
        else { continue }
        found.append(otherCount(stated, aims.count, line))
    }
    return found
}

/// `改善灌溉面积≥3700亩`.
private struct ProseAim {
    var name: String
    var value: ExactDecimal
    var unit: String
    var isLeast: Bool

    init?(_ clause: String) {
        guard let place = clause.firstIndex(where: { "≥≤".contains($0) }) else { return nil }
        let rest = String(clause[place...].dropFirst())
        guard let figure = StatedFigure.all(in: rest).first, figure.range.lowerBound == 0 else { return nil }
        name = String(clause[..<place])
        (value, unit, isLeast) = (figure.value, String(rest.dropFirst(figure.range.upperBound)), clause[place] == "≥")
        guard (3...16).contains(name.count), unit.count <= 4 else { return nil }
    }
}

// MARK: - Messages

private func fallsShort(_ aim: ProseAim, _ reached: String, _ line: ReportText.Line) -> Finding {
    let bound = (aim.isLeast ? "≥" : "≤") + "\(aim.value)" + aim.unit
    return reachedDiffers.rule.finding(
        message: LocalizedText(
            zh: "写明目标全部实现，而\"\(aim.name)\"目标为 \(bound)，实际为 \(reached)",
            en: "all targets are said to be met; \"\(aim.name)\" is \(bound), reached are \(reached)"
        ),
        subject: aim.name,
        lines: [line.spot],
        expected: bound,
        found: reached
    )
}

private func otherCount(_ stated: Int, _ listed: Int, _ line: ReportText.Line) -> Finding {
    reachedDiffers.rule.finding(
        message: LocalizedText(
            zh: "写为 \(stated) 项目标全部实现，所列目标为 \(listed) 项",
            en: "\(stated) targets are said to be met, \(listed) are listed"
        ),
        subject: "targets",
        lines: [line.spot],
        expected: "\(listed)",
        found: "\(stated)"
    )
}
