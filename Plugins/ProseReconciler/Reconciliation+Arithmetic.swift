import PrintedReports
import ReviewModel
import Targets

/// What numbers of a sentence make of each other.
extension Reconciliation {
    /// Numbers that others of their sentence make, one finding for each. Where the dossier says what one of them should be, that is
    /// what is told.
    mutating func checkArithmetic(
        _ text: DossierText,
        _ numbers: [ProseNumber],
        _ bindings: [ProseBinder.Binding],
        _ english: EnglishSentences,
        _ paragraph: ParagraphReckoning,
        except known: Set<Int>
    ) throws(DecimalOverflow) -> Set<Int> {
        var settled: Set<Int> = []
        denied = []
        let stated = try StatedArithmetic.all(in: text.prose, numbers, words) + english.arithmetic()
        let relations = english.isEmpty ? [] : try EnglishRelations(text.prose, numbers, words).all()
        let own = Set(stated.map(\.number))
        let more = (try paragraph.all() + relations).filter { made in
            // What is a figure of the dossier needs no other witness.
            if !made.agrees, !made.isOtherWay, !made.isOutright, case .bound = bindings[made.number] { return false }
            return !own.contains(made.number)
        }
        for made in stated + more where !known.contains(made.number) {
            let all = [made.number] + made.parts
            if all.contains(where: { bindings[$0].isMismatch }) { continue }
            // 由 545 元调整为 498 元，核减 56.40 万元: nobody prints the difference of two prices in a unit in which it is nothing.
            if !made.agrees, made.isDifference, !numbers[made.number].value.isZero,
                try made.value.magnitude < numbers[made.number].interval.tolerance()
            {
                continue
            }
            if made.agrees {
                counts.bound += 1
                vouched.formUnion([made.number] + made.parts)
            } else {
                counts.contradicted += 1
                denied.insert(made.number)
                add(wrongArithmetic(made, numbers, in: text))
            }
            settled.insert(made.number)
        }
        return settled
    }

    /// Rates beside their amounts. Where the dossier says what one of the three should be, that is what is told.
    mutating func checkRates(
        _ text: DossierText,
        _ numbers: [ProseNumber],
        _ bindings: [ProseBinder.Binding],
        except known: Set<Int>
    ) throws(DecimalOverflow) -> Set<Int> {
        var settled: Set<Int> = []
        for rate in try StatedRate.all(in: text.prose, numbers) where !known.contains(rate.rate) {
            let all = [rate.rate, rate.part, rate.whole]
            if all.contains(where: { bindings[$0].isMismatch }) { continue }
            // An amount that the sentence itself denies is told once.
            if !rate.agrees, denied.contains(rate.part) { continue }
            settled.insert(rate.rate)
            if rate.agrees {
                counts.bound += 1
                vouched.formUnion([rate.part, rate.whole])
            } else {
                counts.contradicted += 1
                add(wrongRate(rate, numbers, in: text))
            }
        }
        return settled
    }

    /// What sentences in English say of the whole: against the figures of the dossier, and where it has none, against each other.
    mutating func checkEnglish(
        _ english: EnglishSentences,
        _ text: DossierText,
        _ numbers: [ProseNumber],
        _ bindings: [ProseBinder.Binding]
    ) throws(DecimalOverflow) -> Set<Int> {
        var settled: Set<Int> = []
        for statement in english.statements where !bindings[statement.number].isMismatch {
            let number = numbers[statement.number]
            guard !binder.namesItem(before: number, in: text.prose) else { continue }
            let figures = binder.figures(of: [""], in: number.unit).filter { $0.aspect == statement.role.aspect }
            if let figure = figures.first {
                settled.insert(statement.number)
                var agrees = false
                for figure in figures where try number.agrees(with: figure.value) { agrees = true }
                if agrees {
                    counts.bound += 1
                } else if !denied.contains(statement.number) {
                    counts.contradicted += 1
                    add(differs(number, [figure], in: text))
                }
            } else if statement.role == .cutRate {
                let parts = Array(english.statements.filter { $0.number < statement.number }.suffix(2))
                guard parts.map(\.role) == [.approved, .cut],
                    let rate = try StatedRate.ofCut(statement.number, parts.map(\.number), numbers)
                else { continue }
                settled.insert(statement.number)
                if rate.agrees {
                    counts.bound += 1
                } else if !denied.contains(parts[1].number) {
                    counts.contradicted += 1
                    add(wrongRate(rate, numbers, in: text))
                }
            } else if text.isParagraph {
                wholes.add(statement.role, number, in: text)
            }
        }
        return settled
    }
}
