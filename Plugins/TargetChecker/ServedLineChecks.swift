import BudgetReview
import ReviewModel

/// Money without a target, and targets of lines that do not exist. Nothing is said while no target names its lines.
func checkServedLines(_ list: TargetList, _ lines: [BudgetLine]) -> [Finding] {
    let targets = list.items.map(\.target)
    guard !lines.isEmpty, targets.contains(where: { !$0.lines.isEmpty }) else { return [] }
    let (ids, served) = (Set(lines.map(\.id)), Set(targets.flatMap(\.lines)))
    let unknown = targets.flatMap { target in
        target.lines.enumerated().filter { !ids.contains($0.element) }
            .map { servesNoLine($0.element, target, at: target.pointer / "lines" / $0.offset, known: lines.map(\.id)) }
    }
    return unknown + lines.filter { !served.contains($0.id) }.map(unserved)
}
