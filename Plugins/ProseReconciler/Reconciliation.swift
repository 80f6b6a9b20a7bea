import PrintedReports
import ReviewModel
import Targets

/// Reads texts one after the other and gathers what is to be told. The same phrase with the same fault in several
/// texts is one finding that points at each.
struct Reconciliation {
    let binder: ProseBinder
    let items: [NamedSum.Item]
    let terms: [String: [String]]
    private let rounding: AmountRounding?
    let words: ReportWords
    /// What was requested and approved in all, in yuan.
    private let totals: [ExactDecimal]
    /// The budget year, where it is known.
    private let year: Int?
    private(set) var findings: [Finding] = []
    /// The numbers of the text at hand that others of it bear out.
    var vouched: Set<Int> = []
    /// The numbers of all texts that nothing can be held against.
    private var loose = LooseNumbers()
    /// Where the finding of each fault stands, and what it points at.
    private var known: [Fault: (position: Int, spots: Set<Spot>)] = [:]
    /// The numbers of the text at hand that its own sentences deny.
    var denied: Set<Int> = []
    /// What the texts say of the whole, where no table does.
    var wholes = StatedWholes()
    var counts: (numbers: Int, bound: Int, contradicted: Int) = (0, 0, 0)

    /// - Parameter rounding: how the amounts of the dossier are rounded, if they are.
    /// - Parameter words: what sentences of reports are made of.
    init(
        _ gathering: FigureGathering,
        figures: [ProseFigure],
        terms: [String: [String]],
        rounding: AmountRounding? = nil,
        year: Int? = nil,
        words: ReportWords = .standard
    ) {
        self.year = year
        self.words = words
        totals = figures.filter { figure in
            [.requested, .approved].contains(figure.aspect) && figure.subject.isEmpty
        }.map(\.value)
        binder = ProseBinder(figures: figures, vocabulary: gathering.vocabulary, words: words)
        items = gathering.items
        self.terms = terms
        self.rounding = rounding
    }

    mutating func read(_ text: DossierText, _ scan: ProseScanner.Scan, about subject: String?) throws(DecimalOverflow) {
        let numbers = try scan.numbers.map { number throws(DecimalOverflow) in
            try rounding?.widening(number) ?? number
        }
        if !scan.unread.isEmpty { add(notRead(scan.unread, in: text)) }
        if numbers.isEmpty { return }
        let (bindings, named) = try binder.read(numbers, in: text.prose, about: subject)
        vouched = []
        let english = EnglishSentences(text.prose, numbers, words)
        let paragraph = ParagraphReckoning(text.prose, numbers, words)
        var settled = try checkPartSums(text, numbers, bindings, named, english, paragraph)
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
        let parts = try partsOfCuts(text.prose, numbers, bindings)
        var unbound: [(ProseNumber, ProseFigure)] = []
        for (index, number) in numbers.enumerated() where !settled.contains(index) {
            switch bindings[index] {
            case .bound: counts.bound += 1
            case .mismatch(let figures):
                if parts.contains(index) || isClassOfSpending(number, in: text.prose) { continue }
                if figures.first?.aspect == .deducted, isWhatIsLeft(number, in: text.prose) { continue }
                // 2024年满意度为88%，达标率97.6%: the target is of another year.
                if figures.first?.aspect == .target, isOfAnotherYear(number, in: text.prose) { continue }
                counts.contradicted += 1
                add(differs(number, figures, in: text))
            // A number without a unit could be anything.
            case .unbound where number.unit == .none: continue
            case .unbound:
                if number.unit == .percent, let made = try paragraph.slip(index, totals) {
                    counts.contradicted += 1
                    add(wrongArithmetic(made, numbers, in: text))
                } else if let meant = try named[index] == nil ? slip(number, beside: numbers) : named[index] {
                    if !unbound.contains(where: { $0.0.phrase == number.phrase }) { unbound.append((number, meant)) }
                } else {
                    loose.add(number, in: text, isVouched: vouched.contains(index))
                }
            }
        }
        counts.numbers += numbers.count
        if !unbound.isEmpty { add(notBound(unbound, in: text)) }
    }

    /// The figure of which a number is a slip of the pen; of 486,500 one of 286,500 and 200,000 is a part.
    private func slip(_ number: ProseNumber, beside numbers: [ProseNumber]) throws(DecimalOverflow) -> ProseFigure? {
        guard let figure = try binder.slip(of: number) else { return nil }
        let rest = try (figure.value - number.value).magnitude
        return numbers.contains { $0.unit == number.unit && $0.interval.contains(rest) } ? nil : figure
    }

    /// One finding about all numbers of which the dossier has nothing.
    mutating func gatherUnbound() {
        if let finding = loose.finding { add(finding) }
    }

    /// The cuts of a paragraph that together are the one that some of them were taken for, for they are none of the dossier: 管沟重复计算，核减 180
    /// 万元；材料价偏高，核减 90 万元.
    private func partsOfCuts(_ text: ProseText, _ numbers: [ProseNumber], _ bindings: [ProseBinder.Binding])
        throws(DecimalOverflow) -> Set<Int>
    {
        var parts: Set<Int> = []
        for index in numbers.indices where !parts.contains(index) {
            guard case .mismatch(let figures) = bindings[index], let whole = figures.first, whole.aspect == .deducted,
                numbers[index].value < whole.value
            else { continue }
            let paragraph = text.paragraph(around: numbers[index].offset.lowerBound)
            let cuts = numbers.indices.filter { place in
                let number = numbers[place]
                guard paragraph.contains(number.offset.lowerBound), number.unit == .yuan, number.upper == nil,
                    number.per.isEmpty, number.value < whole.value
                else { return false }
                let last = place > 0 ? numbers[place - 1].offset.upperBound : 0
                let start = max(text.sentence(around: number.offset.lowerBound).lowerBound, last)
                return words["cut_verbs"].contains(where: text.words(start..<number.offset.lowerBound).hasSuffix)
            }
            guard cuts.count > 1, try ExactDecimal.sum(cuts.map { numbers[$0].value }) == whole.value else { continue }
            parts.formUnion(cuts)
        }
        return parts
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

    /// 由 8,600 元核减为 8,200 元: what was cut to, and not what was cut.
    private func isWhatIsLeft(_ number: ProseNumber, in text: ProseText) -> Bool {
        let sentence = text.sentence(around: number.offset.lowerBound)
        let lead = text.words(sentence.lowerBound..<number.offset.lowerBound)
        return words["counts_changed"].contains(where: lead.hasSuffix) && ["由", "从"].contains { lead.contains($0) }
    }

    /// 项目支出 beside 基本支出 is a class of a budget, and nothing that was spent.
    private func isClassOfSpending(_ number: ProseNumber, in text: ProseText) -> Bool {
        let sentence = text.sentence(around: number.offset.lowerBound)
        let lead = text.words(sentence.lowerBound..<number.offset.lowerBound)
        return ["", "执行率", "预算执行率", "支出率"].contains { lead.hasSuffix("项目支出" + $0) }
            && text.words(text.paragraph(around: number.offset.lowerBound)).contains("基本支出")
    }

    /// What the texts say of the whole in several places, where no table says it.
    mutating func checkWholes() throws(DecimalOverflow) {
        for finding in try wholes.findings() {
            counts.contradicted += 1
            add(finding)
        }
    }

    mutating func add(_ finding: Finding) {
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
