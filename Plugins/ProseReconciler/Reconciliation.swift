import PrintedReports
import ReviewModel
import Targets

/// Reads texts one after the other and gathers what is to be told. The same phrase with the same fault in several
/// texts is one finding that points at each.
struct Reconciliation {
    private let binder: ProseBinder
    private let scanner: ProseScanner
    private let items: [NamedSum.Item]
    private let terms: [String: [String]]
    private let rounding: AmountRounding?
    private let words: ReportWords
    /// What was requested and approved in all, in yuan.
    private let totals: [ExactDecimal]
    /// The budget year, where it is known.
    private let year: Int?
    private(set) var findings: [Finding] = []
    /// Where the finding of each fault stands, and what it points at.
    private var known: [Fault: (position: Int, spots: Set<Spot>)] = [:]
    /// The numbers of the text at hand that its own sentences deny.
    private var denied: Set<Int> = []
    /// What the texts say of the whole, where no table does.
    private var wholes = StatedWholes()
    private var counts: (numbers: Int, bound: Int, contradicted: Int) = (0, 0, 0)

    /// - Parameter rounding: how the amounts of the dossier are rounded, if they are.
    /// - Parameter words: what sentences of reports are made of.
    init(
        _ gathering: FigureGathering,
        terms: [String: [String]],
        rounding: AmountRounding? = nil,
        year: Int? = nil,
        words: ReportWords = .standard
    ) {
        self.year = year
        self.words = words
        totals = gathering.figures.filter { figure in
            [.requested, .approved].contains(figure.aspect) && figure.subject.isEmpty
        }.map(\.value)
        binder = ProseBinder(figures: gathering.figures, vocabulary: gathering.vocabulary)
        scanner = ProseScanner(names: gathering.names)
        items = gathering.items
        self.terms = terms
        self.rounding = rounding
    }

    mutating func read(_ text: DossierText, about subject: String?) throws(DecimalOverflow) {
        let scan = scanner.scan(text.prose)
        let numbers = try scan.numbers.map { number throws(DecimalOverflow) in
            try rounding?.widening(number) ?? number
        }
        if !scan.unread.isEmpty { add(notRead(scan.unread, in: text)) }
        if numbers.isEmpty { return }
        let bindings = try binder.bind(numbers, in: text.prose, about: subject)
        let english = EnglishSentences(text.prose, numbers, words)
        let paragraph = ParagraphReckoning(text.prose, numbers, words)
        var settled = try checkPartSums(text, numbers, bindings, english, paragraph)
        settled.formUnion(try checkNamedSums(text, numbers, except: settled))
        settled.formUnion(try checkArithmetic(text, numbers, bindings, english, paragraph, except: settled))
        if !english.isEmpty { settled.formUnion(try checkEnglish(english, text, numbers, bindings)) }
        settled.formUnion(try checkLists(text, numbers, bindings, except: settled))
        if text.isParagraph {
            wholes.read(text, numbers)
            for parts in english.parts { wholes.add(parts: parts.map { numbers[$0] }, in: text) }
        }
        settled.formUnion(try checkRates(text, numbers, bindings, except: settled))
        for made in try StatedComparison.all(in: text.prose, numbers, words) where !made.agrees {
            // Where the data say what one of the two should be, that is what is told.
            if bindings[made.first].isMismatch || bindings[made.second].isMismatch { continue }
            counts.contradicted += 1
            add(wrongComparison(made, numbers, in: text))
        }
        let parts = try partsOfCuts(numbers, bindings)
        var (unbound, told) = ([(ProseNumber, ProseFigure?)](), Set<String>())
        for (index, number) in numbers.enumerated() where !settled.contains(index) {
            switch bindings[index] {
            case .bound: counts.bound += 1
            case .mismatch(let figures):
                if parts.contains(index) || isClassOfSpending(number, in: text.prose) { continue }
                // 2024年满意度为88%，达标率97.6%: the target is of another year.
                if figures.first?.aspect == .target, isOfAnotherYear(number, in: text.prose) { continue }
                counts.contradicted += 1
                add(differs(number, figures, in: text))
            // A number without a unit could be anything.
            case .unbound where number.unit == .none: continue
            case .unbound where number.unit == .percent:
                if let made = try paragraph.slip(index, totals) {
                    counts.contradicted += 1
                    add(wrongArithmetic(made, numbers, in: text))
                } else if told.insert(number.phrase).inserted {
                    unbound.append((number, try binder.nearest(to: number)))
                }
            case .unbound:
                if told.insert(number.phrase).inserted { unbound.append((number, try binder.nearest(to: number))) }
            }
        }
        counts.numbers += numbers.count
        if !unbound.isEmpty { add(notBound(unbound, in: text)) }
    }

    /// The cuts of a text, each of which is none of the dossier, while together they are one that all of them were taken for: 管沟重复计算，核减 180
    /// 万元；材料价偏高，核减 90 万元.
    private func partsOfCuts(_ numbers: [ProseNumber], _ bindings: [ProseBinder.Binding]) throws(DecimalOverflow)
        -> Set<Int>
    {
        var cuts: [(index: Int, whole: ExactDecimal)] = []
        for index in numbers.indices {
            guard case .mismatch(let figures) = bindings[index], let figure = figures.first,
                figure.aspect == .deducted, numbers[index].value < figure.value
            else { continue }
            cuts.append((index, figure.value))
        }
        guard cuts.count > 1, let whole = cuts.first?.whole, cuts.allSatisfy({ $0.whole == whole }),
            try ExactDecimal.sum(cuts.map { numbers[$0.index].value }) == whole
        else { return [] }
        return Set(cuts.map(\.index))
    }

    /// Whether the sentence names a year before a number, and none that is the project's.
    private func isOfAnotherYear(_ number: ProseNumber, in text: ProseText) -> Bool {
        let sentence = text.sentence(around: number.offset.lowerBound)
        let lead = text.words(sentence.lowerBound..<number.offset.lowerBound)
        let years = lead.ranges(of: "年").compactMap { Int(lead[..<$0.lowerBound].suffix(4)) }.filter {
            (1990...2100).contains($0)
        }
        return year.map { year in !years.isEmpty && !years.contains(year) } ?? false
    }

    /// 项目支出 beside 基本支出 is a class of a budget, and nothing that was spent.
    private func isClassOfSpending(_ number: ProseNumber, in text: ProseText) -> Bool {
        let sentence = text.sentence(around: number.offset.lowerBound)
        let lead = text.words(sentence.lowerBound..<number.offset.lowerBound)
        return lead.hasSuffix("项目支出") && text.words(text.paragraph(around: number.offset.lowerBound)).contains("基本支出")
    }

    /// Sums with the amounts of their parts; returns the totals that need no more looking at.
    private mutating func checkPartSums(
        _ text: DossierText,
        _ numbers: [ProseNumber],
        _ bindings: [ProseBinder.Binding],
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
                if sum.form == .openList || sum.form == .sources { continue }
                counts.bound += 1
            } else {
                // 实有 42 人；退休 18 人，聘用 6 人，合计 66 人: what stands before them belongs to it, too.
                if sum.form == .summedUp, try sum.isMadeWithMore(of: numbers, in: text.prose) { continue }
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

    /// Shares with what they come to, shares that are listed, and sources without their total, against the whole; returns what needs no more
    /// looking at.
    private mutating func checkLists(
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
        for list in StatedShares.all(in: text.prose, numbers, words) where known.isDisjoint(with: list.shares) {
            settled.formUnion(try check(list, requested, text, numbers, bindings))
        }
        return settled
    }

    private mutating func check(
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
        let isOfRequest = ["申报", "申请", "送审"].contains(where: text.prose.words(first).contains)
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

    /// What sentences in English say of the whole: against the figures of the dossier, and where it has none, against each other.
    private mutating func checkEnglish(
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

    /// What the texts say of the whole in several places, where no table says it.
    mutating func checkWholes() throws(DecimalOverflow) {
        for finding in try wholes.findings() {
            counts.contradicted += 1
            add(finding)
        }
    }

    /// Sums that name items of the budget. A total that is a figure of the whole project is not doubted.
    private mutating func checkNamedSums(
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

    /// Numbers that others of their sentence make, one finding for each. Where the dossier says what one of them should be, that is
    /// what is told.
    private mutating func checkArithmetic(
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
            if made.agrees {
                counts.bound += 1
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
    private mutating func checkRates(
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
            } else {
                counts.contradicted += 1
                add(wrongRate(rate, numbers, in: text))
            }
        }
        return settled
    }

    private mutating func add(_ finding: Finding) {
        let fault = Fault(finding)
        guard var same = known.removeValue(forKey: fault) else {
            known[fault] = (findings.count, Set(finding.spots))
            findings.append(finding)
            return
        }
        findings[same.position].spots += finding.spots.filter { same.spots.insert($0).inserted }
        known[fault] = same
    }

    /// How many numbers were found, and what became of them.
    func facts(_ texts: Int) -> [Fact] {
        let figures: [(String, LocalizedText, Int)] = [
            ("prose.texts", LocalizedText(zh: "核对的文字段数", en: "texts reconciled"), texts),
            ("prose.numbers", LocalizedText(zh: "文字中的数据个数", en: "numbers in the texts"), counts.numbers),
            ("prose.bound", LocalizedText(zh: "其中与数据一致的", en: "of them borne out by a figure"), counts.bound),
            ("prose.contradicted", LocalizedText(zh: "其中与数据矛盾的", en: "of them contradicted"), counts.contradicted),
        ]
        return figures.map { Fact(id: $0, label: $1, value: .integer($2)) }
    }
}

/// What makes two findings one: numbers that nothing bears out are the same wherever they stand, other faults have their
/// words.
private struct Fault: Hashable {
    var rule: String
    var subject: String
    var expected: String
    var found: String

    init(_ finding: Finding) {
        rule = finding.rule
        subject = finding.rule == unbound.rule.id ? "" : finding.subject
        expected = finding.expected
        found = canonicalText(finding.found)
    }
}
