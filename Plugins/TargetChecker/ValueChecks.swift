import BudgetReview
import ReviewModel

/// Values that nobody can hold the project to: none, words that say nothing checkable, words that are a matter of
/// judgement, and more than the whole.
///
/// One word for several targets of a kind is one finding. Values that `told` points at are passed over.
func checkValues(_ list: TargetList, _ settings: TargetSettings, except told: Set<JSONPointer>) -> [Finding] {
    var (findings, seen) = ([Finding](), Set<WordUse>())
    for item in list.items where !told.contains(item.target.pointer / "value") {
        let target = item.target
        switch target.value.reading {
        // 无 for a number of accidents is a value, though one that a number would state better.
        case .empty where canonicalText(target.value.text) != "无": findings.append(withoutValue(target))
        case .empty, .word:
            let use = WordUse(item)
            guard seen.insert(use).inserted else { continue }
            let targets = list.items.filter { WordUse($0) == use && !told.contains($0.target.pointer / "value") }
            let judge = settings.isVague(use.word) ? saysNothing : unmeasured
            findings.append(judge(use, targets.map(\.target)))
        case .quantity, .range, .deadline:
            guard let share = target.value.share, share > 100, !namesGrowth(target.key) else { continue }
            findings.append(aboveWhole(target))
        }
    }
    return findings
}

/// A word that stands for the value of targets of one kind.
struct WordUse: Hashable {
    var kind: String
    var word: String

    init(_ item: TargetList.Item) {
        kind = item.kind?.code ?? canonicalText(item.target.level2)
        word = canonicalText(item.target.value.text)
    }
}

extension TargetSettings {
    /// The wholly known words come first: 建立健全 is judged as itself, though 健全 may be vague.
    fileprivate func isVague(_ word: String) -> Bool {
        if unmeasuredWords.contains(where: { canonicalText($0) == word }) { return false }
        return vagueWords.contains { word.contains(canonicalText($0)) }
    }
}

/// A change can be more than 100 %, a part of something cannot.
private func namesGrowth(_ name: String) -> Bool {
    ["增长", "增幅", "增加", "提升", "提高", "超额", "同比", "环比"].contains { name.contains($0) }
}

/// Targets that do not say where their value comes from.
func checkBases(_ list: TargetList) -> [Finding] {
    let missing = list.items.map(\.target).filter { canonicalText($0.basis).allSatisfy { "-/无".contains($0) } }
    // A form without a column for bases cannot be blamed for having none.
    return missing.count == list.items.count ? [] : missing.map(withoutBasis)
}
