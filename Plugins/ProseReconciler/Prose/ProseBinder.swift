import PrintedReports
import ReviewModel

/// Binds the numbers of a text to figures of the dossier.
///
/// A number is held against a figure only when every word before it is understood: who, what, which year. All else is
/// bound if its value is that of some figure, and is left alone if not.
struct ProseBinder: Sendable {
    private let figures: FigureIndex
    private let vocabulary: ProseVocabulary
    private let words: ReportWords
    private let scopeWords: ScopeWords

    init(figures: [ProseFigure], vocabulary: ProseVocabulary, words: ReportWords = .standard) {
        self.figures = FigureIndex(figures)
        (self.vocabulary, self.words, scopeWords) = (vocabulary, words, ScopeWords(words))
    }

    func figures(of subjects: Set<String>, in unit: ProseUnit) -> [ProseFigure] {
        figures.figures(of: subjects, in: unit)
    }

    /// Whether a sentence names an item before a number.
    func namesItem(before number: ProseNumber, in text: ProseText) -> Bool {
        let start = text.sentence(around: number.offset.lowerBound).lowerBound
        return vocabulary.firstSubjectEnd(in: text.bare(start..<number.offset.lowerBound)) != nil
    }

    enum Binding: Sendable {
        /// The figure that the number states.
        case bound(ProseFigure)
        /// What the number should be, likeliest first; it is none of them.
        case mismatch([ProseFigure])
        case unbound

        var isMismatch: Bool { if case .mismatch = self { true } else { false } }
        var isBound: Bool { if case .bound = self { true } else { false } }
    }

    /// The bindings of the numbers that a scan of `text` found, one for each.
    ///
    /// - Parameter subject: the item that the whole text is about, as the reason for a cut is about its line.
    func bind(
        _ numbers: [ProseNumber],
        in text: ProseText,
        about subject: String? = nil
    ) throws(DecimalOverflow) -> [Binding] {
        try read(numbers, in: text, about: subject).bindings
    }

    /// The bindings, and of each number that is unbound the figure that its words name, though not so fully that it must be this one.
    func read(
        _ numbers: [ProseNumber],
        in text: ProseText,
        about subject: String? = nil
    ) throws(DecimalOverflow) -> (bindings: [Binding], named: [ProseFigure?]) {
        var leads = ProseLeads(text, numbers, vocabulary, words)
        let (scopes, lists) = NumberScopes.all(in: text, numbers, vocabulary, scopeWords)
        var (bindings, previous) = ([Binding](), ProseReading?.none)
        var named = [ProseFigure?](repeating: nil, count: numbers.count)
        var assumed: [Range<Int>: Chain] = [:]
        for (index, number) in numbers.enumerated() {
            guard scopes[index] == .own else {
                previous = nil
                bindings.append(try bind(number, in: scopes[index]))
                continue
            }
            let reading = leads.reading(of: index, after: previous, about: subject)
            previous = reading?.reading
            bindings.append(try bind(number, reading?.reading, isFirm: reading?.isFirm ?? false))
            if let reading = reading?.reading, reading.aspect != nil, reading.isComplete || reading.isWhole,
                number.qualifier == .exactly, number.upper == nil
            {
                named[index] = try candidates(for: reading, number).first
            }
            if let reading, reading.reading.isAssumed, reading.reading.aspect != nil {
                let sentence = text.sentence(around: number.offset.lowerBound)
                assumed[sentence, default: Chain()].add(index, reading.reading)
            }
        }
        for chain in assumed.values where !isBorneOut(chain, bindings) {
            for index in chain.numbers { bindings[index] = byValue(numbers[index]).map(Binding.bound) ?? .unbound }
        }
        // Where none of a list is what the dossier has under its name, other things are called so.
        for list in lists where list.allSatisfy({ !bindings[$0].isBound }) {
            for index in list { bindings[index] = .unbound }
        }
        return (bindings, named)
    }

    /// The numbers of a sentence that are taken for the whole because it names nobody.
    private struct Chain {
        var numbers: [Int] = []
        /// Whether something stands before the first of them that was not understood.
        var followsUnknown = false

        mutating func add(_ index: Int, _ reading: ProseReading) {
            if numbers.isEmpty { followsUnknown = reading.followsUnknown }
            numbers.append(index)
        }
    }

    /// Whether a sentence that names nobody speaks of the whole. 申报 A，审核 B，核减 C are of the whole where one of them is; behind words that nobody
    /// understood two must be, for what one line alone was cut by is the cut of the whole, too.
    private func isBorneOut(_ chain: Chain, _ bindings: [Binding]) -> Bool {
        if chain.followsUnknown { return chain.numbers.count { bindings[$0].isBound } > 1 }
        return chain.numbers.count < 2 || !chain.numbers.allSatisfy { bindings[$0].isMismatch }
    }

    /// What a number is by its place among others; held against the dossier only where that says whose it is.
    private func bind(_ number: ProseNumber, in scope: NumberScope) throws(DecimalOverflow) -> Binding {
        switch scope {
        case .named(let reading): return try bind(number, reading, isFirm: true)
        case .together(let subjects, let reading):
            guard let sum = try sum(of: subjects, reading, number) else { break }
            return try number.agrees(with: sum.value) ? .bound(sum) : .mismatch([sum])
        case .own, .elsewhere, .sharedOut: break
        }
        return byValue(number).map(Binding.bound) ?? .unbound
    }

    /// What several items come to; `nil` where the dossier does not have the figure of each.
    private func sum(of subjects: [Set<String>], _ reading: ProseReading, _ number: ProseNumber)
        throws(DecimalOverflow) -> ProseFigure?
    {
        guard number.per.isEmpty, number.upper == nil, number.unit == .yuan, let isMeant = meaning(of: reading, number)
        else { return nil }
        let found = subjects.compactMap { figures.figures(of: $0, in: number.unit).first(where: isMeant) }
        guard found.count == subjects.count, let first = found.first, found.allSatisfy({ $0.aspect == first.aspect })
        else { return nil }
        var sum = first
        sum.label = LocalizedText(
            zh: found.map(\.label.zh).joined(separator: "、") + " 合计",
            en: found.map(\.label.en).joined(separator: " and ")
        )
        (sum.value, sum.making) = (try .sum(found.map(\.value)), .sum)
        sum.parts = found.map { .init(name: $0.label.zh, value: $0.value, unit: $0.unit) }
        sum.pointers = found.flatMap(\.pointers)
        return sum
    }

    private func bind(
        _ number: ProseNumber,
        _ reading: ProseReading?,
        isFirm: Bool
    ) throws(DecimalOverflow) -> Binding {
        if let reading {
            let candidates = try candidates(for: reading, number)
            for figure in candidates where try number.agrees(with: figure.value) || figure.isKept(by: number) {
                return .bound(figure)
            }
            // 二档 1,000 元、180 人: where nothing but the item is named, its price may be meant.
            if reading.aspect == nil, reading.measures == nil, let subjects = reading.subjects {
                for figure in figures.figures(of: subjects, in: number.unit) where figure.aspect == .other {
                    if try number.agrees(with: figure.value) { return .bound(figure) }
                }
            }
            if isFirm, !candidates.isEmpty, number.upper == nil {
                // Where no item is named, one that was named before may be meant.
                let mayBeOther = reading.subjects == nil && reading.isIncrease == nil
                if mayBeOther, let figure = try ofAnybody(reading, number) { return .bound(figure) }
                return .mismatch(candidates)
            }
            if isFirm, candidates.isEmpty, let other = try ofAnotherYear(reading, number) { return .mismatch([other]) }
        }
        return byValue(number).map(Binding.bound) ?? .unbound
    }

    /// A figure that prints as the number does.
    func byValue(_ number: ProseNumber) -> ProseFigure? {
        guard number.upper == nil else { return nil }
        return figures.first(printedAs: number)
    }

    /// The figure of which a number is a slip of the pen: one digit is another, or two neighbours have changed places. A mean is nobody's figure to
    /// miss, and few digits are alike by chance.
    func slip(of number: ProseNumber) throws(DecimalOverflow) -> ProseFigure? {
        guard number.digits >= 5, number.upper == nil, number.qualifier == .exactly else { return nil }
        // The first digit may be the wrong one; of very many figures only the nearest are looked at.
        let reach =
            try number.value.magnitude * (figures.figures.count < 5_000 ? 9 : ExactDecimal(significand: 5, places: 2))
        return try figures.nearest(to: number, within: reach) { number.isSlip(of: $0.value) }
    }

    // MARK: - Candidates

    /// The figure of another year that the number is, where the year that the words name has none: the year is wrong.
    private func ofAnotherYear(_ reading: ProseReading, _ number: ProseNumber) throws(DecimalOverflow) -> ProseFigure? {
        guard reading.years.count == 1, reading.aspect != nil, !reading.isMean, !reading.isShare,
            reading.isIncrease == nil, number.qualifier == .exactly, number.digits >= 4
        else { return nil }
        var anyYear = reading
        anyYear.years = []
        guard var figure = try candidates(for: anyYear, number).first(where: { number.interval.contains($0.value) }),
            figure.years.count == 1, figure.years != reading.years
        else { return nil }
        let year = figure.years[0]
        figure.label = LocalizedText(zh: "\(year) 年的\(figure.label.zh)", en: "\(figure.label.en) of \(year)")
        figure.isOfAnotherYear = true
        return figure
    }

    /// The share of what is named in the whole: of what is asked for, and of what was approved.
    private func shares(_ reading: ProseReading, _ number: ProseNumber) throws(DecimalOverflow) -> [ProseFigure] {
        guard let subjects = reading.subjects, number.unit == .percent, number.per.isEmpty else { return [] }
        var shares: [ProseFigure] = []
        let amounts: [ProseFigure.Aspect] = [.requested, .approved, .deducted]
        // 占申报总额的: the whole is named. Then of the item any amount may be meant, first that of the same kind.
        let named: ProseFigure.Aspect? =
            switch reading.shareOf {
            case .requested: .requested
            case .approved: .approved
            case .deducted, .netDeducted: .deducted
            default: nil
            }
        let pairs =
            named.map { whole in
                amounts.map { (part: $0, whole: whole) }.sorted { $0.part == whole && $1.part != whole }
            }
            ?? amounts.map { (part: $0, whole: $0) }
        for (aspect, of) in pairs {
            let whole = figures.figures(of: [""], in: .yuan).first { $0.aspect == of }
            for part in figures.figures(of: subjects, in: .yuan) where part.aspect == aspect {
                guard let whole, let share = try ExactDecimal.percentage(part.value, of: whole.value, places: 10) else {
                    continue
                }
                var figure = part
                figure.label = LocalizedText(zh: "\(part.label.zh)占比", en: "share of \(part.label.en)")
                (figure.value, figure.unit, figure.making) = (share, .percent, .ratio)
                figure.parts = [part, whole].map { .init(name: $0.label.zh, value: $0.value, unit: $0.unit) }
                figure.pointers = part.pointers
                shares.append(figure)
            }
        }
        return shares
    }

    private func candidates(for reading: ProseReading, _ number: ProseNumber) throws(DecimalOverflow) -> [ProseFigure] {
        if reading.isShare { return try shares(reading, number) }
        if reading.isIncrease != nil { return try changes(reading, number) }
        guard let isMeant = meaning(of: reading, number) else { return [] }
        if reading.measures != nil { return measured(reading, number, isMeant) }
        let meant = figures.figures(of: reading.subjects ?? [""], in: number.unit).filter(isMeant)
        // Without increases the balance is what was cut; with them it is that alone.
        let balances = meant.filter { $0.aspect == .netDeducted || $0.aspect == .netRate }
        if reading.aspect == .netDeducted || reading.aspect == .netRate, !balances.isEmpty { return balances }
        if reading.aspect != nil { return meant }
        // Where only the item is named, what is asked for comes first.
        return aspects(of: reading, number).flatMap { aspect in meant.filter { $0.aspect == aspect } }
    }

    /// The first figure of any subject that the words before the number may mean and that it agrees with.
    private func ofAnybody(_ reading: ProseReading, _ number: ProseNumber) throws(DecimalOverflow) -> ProseFigure? {
        guard let isMeant = meaning(of: reading, number) else { return nil }
        return try figures.first(agreeingWith: number, where: isMeant)
    }

    /// Whether the words before the number may mean a figure, whoever's it is; `nil` where they can mean none.
    private func meaning(of reading: ProseReading, _ number: ProseNumber) -> ((ProseFigure) -> Bool)? {
        // An amount for each of something is no total; for each year it is a mean.
        guard number.per.isEmpty || number.per == "年" && reading.isMean else { return nil }
        if let measures = reading.measures { return meaning(of: measures, reading) }
        let aspects = aspects(of: reading, number)
        return { figure in
            guard aspects.contains(figure.aspect) else { return false }
            // 58 公里 is no other figure than 6 次.
            if figure.aspect == .quantity, figure.unit != number.unit { return false }
            guard reading.isMean == (figure.making == .mean) else { return false }
            // The sum of several years is meant where they are named, or counted.
            if figure.isOfYears {
                if !reading.years.isEmpty { return figure.years == reading.years }
                return reading.hasSpan && reading.span.map { figure.years.count == $0 } ?? true
            }
            if reading.hasSpan, reading.isSum, !reading.isMean, number.unit == .yuan || number.unit == .percent {
                return false
            }
            if reading.isMean {
                if !reading.years.isEmpty { return figure.years == reading.years }
                return reading.span.map { figure.years.count == $0 } ?? true
            }
            return reading.years.isEmpty || figure.years == reading.years
                // Where the year under review is not known, 2025 年预算 is that of an earlier one.
                || figure.years.isEmpty && figure.aspect.isOfRequest && !vocabulary.hasYear && reading.aspect != .budget
        }
    }

    private func aspects(of reading: ProseReading, _ number: ProseNumber) -> [ProseFigure.Aspect] {
        switch reading.aspect {
        case .budget: [.adjusted, .requested, .approved]
        case .requested: [.requested]
        case .approved: [.approved]
        // Where something was added as well, the balance may be called so.
        case .deducted: [.deducted, .netDeducted]
        case .netDeducted: [.netDeducted, .deducted]
        case .increased: [.increased]
        case .deductionRate: [.deductionRate, .netRate]
        case .netRate: [.netRate, .deductionRate]
        case .paid: [.paid]
        case .executionRate: [.executionRate]
        case .selfScore: [.selfScore]
        case .reviewScore: [.reviewScore]
        case .score: [.reviewScore, .selfScore]
        case .maximumScore: [.maximumScore]
        // 甲项 200.00 元: what is asked for, or whatever else the dossier has of the item in money.
        case nil where reading.subjects != nil && number.unit == .yuan:
            [.requested, .approved, .deducted, .increased, .adjusted, .paid, .target]
        case nil: reading.subjects == nil ? [] : reading.isPartOf ? [.target] : [.target, .quantity]
        }
    }

    /// The change between two years: a difference for an amount, a growth for a share.
    private func changes(_ reading: ProseReading, _ number: ProseNumber) throws(DecimalOverflow) -> [ProseFigure] {
        guard let base = reading.baseYear, reading.years.count <= 1, number.per.isEmpty else { return [] }
        var (amount, from, to) = (number, reading, reading)
        amount.unit = .yuan
        (from.isIncrease, from.years) = (nil, [base])
        (to.isIncrease, to.years) = (nil, reading.years.isEmpty ? [vocabulary.year] : reading.years)
        // Nothing changes from a year to the same one: what is compared is of another year, which nobody named.
        if to.years == [base] { return [] }
        if to.aspect == .requested { from.aspect = .budget }
        var changes: [ProseFigure] = []
        for new in try candidates(for: to, amount) {
            for old in try candidates(for: from, amount) {
                guard let change = try new.change(from: old, as: number.unit) else { continue }
                changes.append(reading.isIncrease == true ? change : change.reversed)
            }
        }
        return changes
    }
}

extension ProseFigure {
    /// Whether it sums up several years.
    fileprivate var isOfYears: Bool { years.count > 1 && making == .sum }

    /// Whether a number that states no bound itself keeps the bound that this is.
    fileprivate func isKept(by number: ProseNumber) -> Bool {
        guard number.qualifier == .exactly, number.upper == nil else { return false }
        return mayBeMore && number.value >= value || mayBeLess && number.value <= value
    }

    /// How much more this is than `old`, in 元 or in percent of it.
    fileprivate func change(from old: ProseFigure, as unit: ProseUnit) throws(DecimalOverflow) -> ProseFigure? {
        let difference = try value - old.value
        let isShare = unit == .percent
        guard isShare || unit == .yuan,
            let change = isShare ? try .percentage(difference, of: old.value, places: 10) : difference
        else { return nil }
        var figure = self
        figure.label = LocalizedText(
            zh: "\(label.zh)较\(old.label.zh)的变化",
            en: "change from \(old.label.en) to \(label.en)"
        )
        (figure.value, figure.unit, figure.making) = (change, unit, isShare ? .ratio : .difference)
        figure.parts = [self, old].map { Part(name: $0.label.zh, value: $0.value, unit: $0.unit) }
        figure.pointers = pointers + old.pointers
        return figure
    }

    fileprivate var reversed: ProseFigure {
        var figure = self
        figure.value = -value
        return figure
    }
}
