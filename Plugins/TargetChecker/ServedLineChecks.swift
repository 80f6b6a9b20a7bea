import BudgetReview
import ReviewModel

/// Money without a target, and targets of lines that do not exist. Nothing is said while no target names its lines.
func checkServedLines(_ list: TargetList, _ lines: [BudgetLine]) -> [Finding] {
    let targets = list.items.map(\.target)
    guard !lines.isEmpty, targets.contains(where: { !$0.lines.isEmpty }) else { return [] }
    let (ids, served) = (Set(lines.map(\.id)), Set(targets.flatMap(\.lines)))
    let unknown = targets.flatMap { target in
        target.lines.enumerated().filter { !ids.contains($0.element) }
            .map { unknownLine($0.element, target, at: target.pointer / "lines" / $0.offset, known: lines.map(\.id)) }
    }
    return unknown + lines.filter { !served.contains($0.id) }.map(unserved)
}

// MARK: - Messages

private func unknownLine(_ id: String, _ target: Target, at pointer: JSONPointer, known: [String]) -> Finding {
    Finding(
        rule: "target/unknown-line",
        severity: .error,
        message: LocalizedText(
            zh: "\"\(target.name)\"对应的预算明细\"\(id)\"不存在",
            en: "\"\(target.name)\" names the budget line \"\(id)\", which does not exist"
        ),
        subject: target.name,
        pointers: [pointer],
        found: id,
        hint: suggestion(for: id, among: known)
    )
}

private func unserved(_ line: BudgetLine) -> Finding {
    Finding(
        rule: "target/line-without-target",
        severity: .info,
        message: LocalizedText(
            zh: "预算明细\"\(line.label)\"（\(Money.yuan(line.amount)) 元）没有对应的绩效目标",
            en: "no target speaks of the budget line \"\(line.label)\" (\(Money.yuan(line.amount)) yuan)"
        ),
        subject: line.id,
        pointers: [line.pointer],
        found: Money.yuan(line.amount),
        hint: LocalizedText(zh: "请补充对应的绩效目标", en: "add a target for it, or name the line at one")
    )
}
