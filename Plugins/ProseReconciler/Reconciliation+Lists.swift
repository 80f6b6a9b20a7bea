import PrintedReports
import ReviewModel
import Targets

/// Shares and sources that a text lists, against the whole.
extension Reconciliation {
    /// Shares with what they come to, shares that are listed, and sources without their total, against the whole; returns what needs no more
    /// looking at.
    mutating func checkLists(
        _ text: DossierText,
        _ numbers: [ProseNumber],
        _ bindings: [ProseBinder.Binding],
        except known: Set<Int>
    ) throws(DecimalOverflow) -> Set<Int> {
        let all = binder.figures(of: [""], in: .yuan).filter { $0.making != .mean && $0.making != .difference }
        let (requested, approved) = (all.first { $0.aspect == .requested }, all.first { $0.aspect == .approved })
        var settled: Set<Int> = []
        for portion in StatedPortion.all(in: text.prose, numbers) {
            let known = [approved, requested].compactMap(\.self)
            guard let whole = known.first else { continue }
            var agrees = false
            for figure in all where try portion.agrees(with: figure.value, numbers) { agrees = true }
            // 电动病床核定 94.80 万元，自筹 30%即 28.44 万元: of an amount that stands before it in its sentence.
            let bases = portion.bases(in: text.prose, numbers).map { numbers[$0].value }
            for base in bases + [try .sum(bases)] where try portion.agrees(with: base, numbers) { agrees = true }
            // 40%, that is: of something that the sentence names.
            let sentence = text.prose.words(text.prose.sentence(around: numbers[portion.share].offset.lowerBound))
            guard agrees || ["拨付", "支付", "安排", "下达", "预付"].contains(where: sentence.contains) else { continue }
            settled.formUnion([portion.share, portion.amount])
            if agrees {
                counts.bound += 2
            } else {
                counts.contradicted += 1
                add(try wrongPortion(portion, whole, numbers, in: text))
            }
        }
        for list in SourceList.all(in: text.prose, numbers) {
            let sum = try ExactDecimal.sum(list.parts.map { numbers[$0].value })
            let wholes = all.filter { [.requested, .approved, .adjusted].contains($0.aspect) }
            var tolerance = ExactDecimal.zero
            for part in list.parts where numbers[part].phrase.contains("万") {
                tolerance = try tolerance + numbers[part].interval.tolerance()
            }
            var fits = false
            for whole in wholes where try (whole.value - sum).magnitude <= tolerance { fits = true }
            if fits {
                settled.formUnion(list.parts)
                counts.bound += list.parts.count
                continue
            }
            var slip: ProseFigure?
            for part in list.parts where slip == nil {
                for whole in wholes where slip == nil {
                    let meant = try whole.value - (sum - numbers[part].value)
                    if meant.isSlip(of: numbers[part].value) { slip = whole }
                }
            }
            guard let slip, !list.parts.contains(where: { bindings[$0].isMismatch }) else { continue }
            settled.formUnion(list.parts)
            counts.contradicted += 1
            add(wrongSources(list.parts, sum, slip, numbers, in: text))
        }
        for list in SharedAmounts.all(in: text.prose, numbers) where known.isDisjoint(with: list.amounts) {
            guard let odd = try list.odd(numbers, among: all.map(\.value)) else { continue }
            settled.formUnion(list.amounts + list.shares)
            counts.bound += list.amounts.count - odd.count
            for (amount, share, value) in odd {
                counts.contradicted += 1
                let made = StatedArithmetic(
                    number: amount,
                    parts: [share],
                    value: value,
                    agrees: false,
                    making: .formula(numbers[share].phrase)
                )
                add(wrongArithmetic(made, numbers, in: text))
            }
        }
        for list in StatedShares.all(in: text.prose, numbers, words) where known.isDisjoint(with: list.shares) {
            settled.formUnion(try check(list, requested, text, numbers, bindings))
        }
        return settled
    }

    mutating func check(
        _ list: StatedShares,
        _ requested: ProseFigure?,
        _ text: DossierText,
        _ numbers: [ProseNumber],
        _ bindings: [ProseBinder.Binding]
    ) throws(DecimalOverflow) -> Set<Int> {
        let shares = try ExactDecimal.sum(list.shares.map { numbers[$0].value })
        var step = ExactDecimal.zero
        for share in list.shares { step = try step + numbers[share].interval.tolerance() * 2 }
        let isWhole = try (shares - 100).magnitude <= step
        if list.amounts.isEmpty {
            if !isWhole {
                counts.contradicted += 1
                add(wrongShares(list.shares, shares, numbers, in: text))
            } else {
                counts.bound += list.shares.count
            }
            return Set(list.shares)
        }
        let sum = try ExactDecimal.sum(list.amounts.map { numbers[$0].value })
        let first = text.prose.sentence(around: numbers[list.shares[0]].offset.lowerBound)
        let isOfRequest =
            numbers[list.amounts[0]].unit == .yuan
            && ["申报", "申请", "送审"].contains(where: text.prose.words(first).contains)
        var whole = list.areAll || isWhole ? sum : nil
        if isOfRequest, let requested {
            // The parts make what was asked for, as exactly as they are printed.
            var tolerance = ExactDecimal.zero
            for part in list.amounts where numbers[part].phrase.contains("万") {
                tolerance = try tolerance + numbers[part].interval.tolerance()
            }
            if list.areAll, try (sum - requested.value).magnitude > tolerance {
                counts.contradicted += 1
                add(wrongSources(list.amounts, sum, requested, numbers, in: text))
                return Set(list.amounts + list.shares)
            }
            whole = requested.value
        }
        if whole == nil, list.shares.count > 2 { whole = try wholeOfMost(list, sum, text, numbers) }
        guard let whole, whole > 0 else { return [] }
        for (amount, share) in zip(list.amounts, list.shares) {
            guard let value = try ExactDecimal.percentage(numbers[amount].value, of: whole, places: 10) else {
                continue
            }
            let most = try numbers[share].interval.tolerance() * 2
            if try (value - numbers[share].value).magnitude > most {
                counts.contradicted += 1
                add(wrongShare(share, amount, value, whole, numbers, in: text))
            } else {
                counts.bound += 1
            }
        }
        return Set(list.amounts + list.shares)
    }

    /// The whole of which all shares of a list but one are: what its amounts make, or another number of the paragraph.
    private func wholeOfMost(
        _ list: StatedShares,
        _ sum: ExactDecimal,
        _ text: DossierText,
        _ numbers: [ProseNumber]
    ) throws(DecimalOverflow) -> ExactDecimal? {
        let unit = numbers[list.amounts[0]].unit
        let paragraph = text.prose.paragraph(around: numbers[list.amounts[0]].offset.lowerBound)
        let others = numbers.indices.filter {
            paragraph.contains(numbers[$0].offset.lowerBound) && numbers[$0].unit == unit && !list.amounts.contains($0)
        }
        for whole in [sum] + others.map({ numbers[$0].value }) where whole > 0 {
            var fitting = 0
            for (amount, share) in zip(list.amounts, list.shares) {
                guard let value = try ExactDecimal.percentage(numbers[amount].value, of: whole, places: 10) else {
                    continue
                }
                let apart = try (value - numbers[share].value).magnitude
                if try apart <= numbers[share].interval.tolerance() * 2 { fitting += 1 }
            }
            if fitting >= list.shares.count - 1 { return whole }
        }
        return nil
    }
}
