import ReviewModel
import Targets

/// A word that stands for the value of targets of one kind.
struct WordUse: Hashable {
    var kind: String
    var word: String

    init(_ item: TargetList.Item) {
        kind = item.kind?.code ?? canonicalText(item.target.level2)
        word = canonicalText(item.target.value.text)
    }
}

/// The words that stand for values, in the order of the table, each with the targets that have it; values that `told` points at are
/// passed over. One word for several targets of a kind is one use.
func wordUses(in list: TargetList, except told: Set<JSONPointer>) -> [(use: WordUse, targets: [Target])] {
    var (uses, positions) = ([(use: WordUse, targets: [Target])](), [WordUse: Int]())
    for item in list.items where !told.contains(item.target.pointer / "value") {
        // 无 for a number of accidents is a value, though one that a number would state better.
        switch item.target.value.reading {
        case .empty where canonicalText(item.target.value.text) != "无": continue
        case .quantity, .range, .deadline: continue
        case .empty, .word: break
        }
        let use = WordUse(item)
        if let position = positions[use] {
            uses[position].targets.append(item.target)
        } else {
            positions[use] = uses.count
            uses.append((use, [item.target]))
        }
    }
    return uses
}

extension TargetSettings {
    /// The wholly known words come first: 建立健全 is judged as itself, though 健全 may be vague.
    func isVague(_ word: String) -> Bool {
        if unmeasuredWords.contains(where: { canonicalText($0) == word }) { return false }
        return vagueWords.contains { word.contains(canonicalText($0)) }
    }
}
