import ReviewModel
import Tables

// MARK: - Heads that end like those of the form

extension TableSearch {
    /// Takes columns for needed ones that no head names, where just one head ends with what such a column is called: 补贴对象数量 for 数量. This is told.
    func takeAlike(_ words: HeadWords, _ head: inout SheetHead) {
        guard head.columns.count > 1 else { return }
        let others = settings.words["other_heads"]
        // What amounts are multiplied by counts, too: 工作月数.
        let factors = schema.columns.indices.filter {
            schema.columns[$0].type == .decimal && schema.columns[$0].unit.isEmpty
        }
        let missing = Set(settings.needed.compactMap(schema.position) + factors).filter { head.columns[$0] == nil }
            .sorted()
        for position in missing {
            let like = head.unknown.filter { words.endsLike($0.text, position, but: others) }
            guard like.count == 1, let found = like.first else { continue }
            // What may be either of two is neither.
            guard missing.filter({ words.endsLike(found.text, $0, but: others) }) == [position] else { continue }
            head.columns[position] = found
            head.unknown.removeAll { $0.column == found.column }
            head.alike.append((found.column, found.text, position))
        }
    }

    /// Whether a head of two columns names two more much alike, and nothing else: 养护内容 | 面积 | 养护单价 | 年费用.
    func isAlike(_ head: SheetHead) -> Bool {
        guard head.columns.count == 2 else { return false }
        var alike = head
        takeAlike(words, &alike)
        return alike.columns.count > 3 && settings.words.strangers(in: alike) == 0
    }
}
