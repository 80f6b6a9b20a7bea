import BudgetReview
import ReviewModel

/// Targets of one name and level that stand twice in a table: a slip when they agree, a contradiction when they do not.
func checkDuplicates(_ list: TargetList) -> [Finding] {
    var (findings, seen) = ([Finding](), [[String]: Target]())
    for target in list.items.map(\.target) {
        let key = [canonicalText(target.level1), canonicalText(target.level2), target.key]
        if let first = seen[key] {
            findings.append(standsTwice(target, first))
        } else {
            seen[key] = target
        }
    }
    return findings
}
