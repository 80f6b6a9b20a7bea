import PrintedReports
import ReviewModel

/// A whole that the texts state and of which the lines of the dossier are a part only: `申报预算 803.31 万元，分为设备购置、信息化、人才培养三个子项，分别申报
/// 507.86 万元、256.50 万元和 38.95 万元`, where the table of lines has the equipment.
///
/// The sentence itself says so: amounts that it lists make the whole, and one of them is what the lines make. What is then said of the whole is held against what is
/// stated, not against the lines.
struct LargerWhole: Sendable {
    let requested: ExactDecimal
    let pointer: JSONPointer

    /// The first of the texts that states one.
    static func first(
        in texts: [(text: DossierText, numbers: [ProseNumber])],
        beside figures: [ProseFigure],
        _ words: ReportWords
    ) throws(DecimalOverflow) -> LargerWhole? {
        let lines = figures.first { $0.aspect == .requested && $0.subject.isEmpty && $0.unit == .yuan }
        guard let lines, lines.value > 0 else { return nil }
        for (text, numbers) in texts where text.isParagraph && numbers.count > 2 {
            // Few sentences name what the lines make at all.
            guard numbers.contains(where: { isAmount($0) && $0.digits > 2 && $0.interval.contains(lines.value) })
            else { continue }
            for index in numbers.indices where numbers[index].value > lines.value {
                let whole = numbers[index]
                guard !whole.interval.contains(lines.value), isWhole(index, in: text.prose, numbers, words),
                    let parts = try parts(of: index, numbers, in: text.prose),
                    parts.contains(where: { numbers[$0].interval.contains(lines.value) && numbers[$0].digits > 2 })
                else { continue }
                return LargerWhole(requested: whole.value, pointer: text.pointer)
            }
        }
        return nil
    }

    /// Whether a number is said to be what was asked for.
    private static func isWhole(_ index: Int, in text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords)
        -> Bool
    {
        guard isAmount(numbers[index]) else { return false }
        let start = numbers[index].offset.lowerBound
        let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
        let lead = text.words(max(text.sentence(around: start).lowerBound, last)..<start)
        return lead.hasAny(words["whole_leads"]) && !lead.hasAny(["其中", "分别", "较", "比", "占"])
    }

    /// The amounts behind a number in its sentence that make it, two or more side by side.
    private static func parts(of index: Int, _ numbers: [ProseNumber], in text: ProseText) throws(DecimalOverflow)
        -> [Int]?
    {
        let sentence = text.sentence(around: numbers[index].offset.lowerBound)
        let behind = numbers.indices.dropFirst(index + 1).prefix { sentence.contains(numbers[$0].offset.lowerBound) }
        let amounts = behind.filter { isAmount(numbers[$0]) }
        // 其中 2026 年 A、2027 年 B: the lines may be those of one year, which other sentences speak of.
        let last = amounts.last.map { numbers[$0].offset.lowerBound } ?? numbers[index].offset.upperBound
        guard !text.words(numbers[index].offset.upperBound..<last).contains("年") else { return nil }
        for start in amounts.indices {
            var (sum, slack) = (ExactDecimal.zero, try numbers[index].interval.tolerance())
            for end in amounts.indices[start...] {
                sum = try sum + numbers[amounts[end]].value
                slack = try slack + numbers[amounts[end]].interval.tolerance()
                if end > start, try (sum - numbers[index].value).magnitude <= slack {
                    return Array(amounts[start...end])
                }
            }
        }
        return nil
    }

    private static func isAmount(_ number: ProseNumber) -> Bool {
        number.unit == .yuan && number.upper == nil && number.per.isEmpty && number.qualifier == .exactly
    }

    /// The figures with the whole in place of what the lines make, of which nothing is known but what was asked for; and of the lines nothing but that is held against sentences.
    func replacing(_ figures: [ProseFigure]) -> [ProseFigure] {
        var whole = ProseFigure(
            label: LocalizedText(zh: "正文所述申报金额合计", en: "the request as the text states it"),
            value: requested,
            aspect: .requested,
            pointers: [pointer]
        )
        whole.years = figures.first { $0.subject.isEmpty && $0.aspect == .requested }?.years ?? []
        // A sentence may still speak of what the lines make.
        return [whole] + figures.filter { !$0.subject.isEmpty || !$0.aspect.isOfRequest || $0.aspect == .requested }
    }
}
