import PrintedReports
import ReviewModel
import Targets

/// Totals with their parts, in whatever way a text joins them.
extension Reconciliation {
    /// Sums with the amounts of their parts; returns the totals that need no more looking at.
    mutating func checkPartSums(
        _ text: DossierText,
        _ numbers: [ProseNumber],
        _ bindings: [ProseBinder.Binding],
        _ named: [ProseFigure?],
        _ english: EnglishSentences,
        _ paragraph: ParagraphReckoning
    ) throws(DecimalOverflow) -> Set<Int> {
        var settled: Set<Int> = []
        let own = try PartSum.all(in: text.prose, numbers, words)
        // Years and sources are read as what they are.
        let known = Set(own.filter { $0.form == .years || $0.form == .sources }.map(\.total))
        let listed = try ListedSums.all(in: paragraph).filter { !known.contains($0.total) }
        let told = Set(listed.map(\.total))
        for sum in try listed + own.filter({ !told.contains($0.total) }) + english.sums() {
            if sum.agrees {
                // 复审恢复 18,600 元，其中安装工程 8,280 元、室外工程 10,320 元: parts that make what the dossier does not have are of that, whatever else it has
                // under their names.
                if named[sum.total] == nil, !bindings[sum.total].isMismatch, sum.parts.count > 1,
                    sum.sum == numbers[sum.total].value,
                    sum.form != .summedUp
                {
                    settled.formUnion(sum.parts.filter { bindings[$0].isMismatch })
                }
                // Parts that need not be all there are bear nothing out.
                if sum.form == .openList { continue }
                vouched.formUnion([sum.total] + sum.parts)
                if sum.form == .sources { continue }
                counts.bound += 1
            } else {
                // 实有 42 人；退休 18 人，聘用 6 人，合计 66 人: what stands before them belongs to it, too.
                if sum.form == .summedUp, try sum.isMadeWithMore(of: numbers, in: text.prose) { continue }
                // 实有42人（空编3人），其中在编39人、聘用3人: the parts are of what they make.
                if sum.form != .summedUp, sum.isOfAnother(of: numbers, in: text.prose) { continue }
                // 成员 9 人，其中财务 4 人、工程 4 人、管理 3 人（2 人既是财务又负责管理）: who is counted twice is said.
                if sum.sum > numbers[sum.total].value, case .count = numbers[sum.total].unit,
                    words["counted_twice"].contains(
                        where: text.prose.words(sentence(of: sum, in: text, numbers)).contains
                    )
                {
                    continue
                }
                // What lacks in a list behind 其中 may be told already, by the name of the part.
                let isShort = sum.sum < numbers[sum.total].value && sum.form != .summedUp && sum.form != .closedList
                if isShort, ([sum.total] + sum.parts).contains(where: { bindings[$0].isMismatch }) { continue }
                counts.contradicted += 1
                add(wrongSum(sum, numbers, in: text))
            }
            settled.insert(sum.total)
        }
        return settled
    }

    private func sentence(of sum: PartSum, in text: DossierText, _ numbers: [ProseNumber]) -> Range<Int> {
        text.prose.sentence(around: numbers[sum.total].offset.lowerBound)
    }

    /// Sums that name items of the budget. A total that is a figure of the whole project is not doubted.
    mutating func checkNamedSums(
        _ text: DossierText,
        _ numbers: [ProseNumber],
        except settled: Set<Int>
    ) throws(DecimalOverflow) -> Set<Int> {
        var found: Set<Int> = []
        for sum in try NamedSum.all(in: text.prose, numbers, items: items, terms: terms)
        where !settled.contains(sum.total) {
            let number = numbers[sum.total]
            if sum.agrees {
                counts.bound += 1
            } else if binder.byValue(number) == nil {
                counts.contradicted += 1
                add(wrongSum(sum, number, in: text))
            } else {
                continue
            }
            found.insert(sum.total)
        }
        return found
    }
}
