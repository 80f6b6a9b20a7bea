import BudgetLines
import PrintedReports
import ReviewModel

/// A number of a paragraph, with what it is measured in and the words before it.
struct SaidNumber: Sendable {
    /// As printed: `1.30` of 1.30万元.
    var printed: ExactDecimal
    var measure: Measure
    /// What one printed unit is worth in the measure's own.
    var scale: ExactDecimal
    /// In the measure's own unit: 13,000 of 1.30万元.
    var amount: ExactDecimal
    /// Its digits with its unit, as they stand there, and the unit alone.
    var text: String
    var unit: String
    var digits: String
    /// Where it begins and ends, with its unit, among the letters of the paragraph.
    var range: Range<Int>
    /// Which sentence of the paragraph it stands in.
    var sentence: Int
    /// The words between the number before it, or the beginning of its sentence, and itself.
    var lead: String
    /// The end of `lead` behind its last comma, colon, bracket or 、.
    var clause: String
    /// Whether it bounds or rounds: 不低于95%, 约30人, 90分以上. Such a number is no result of a reckoning.
    var isLoose: Bool

    /// How many digits say something: noughts at the end of a whole number may be rounding.
    var telling: Int {
        var plain = digits.filter { $0 != "." }.drop { $0 == "0" }
        while printed.places == 0, plain.last == "0" { plain.removeLast() }
        return plain.count
    }

    /// The same beside a value that it may be meant for: where that is as round, noughts at the end say nothing.
    func telling(beside value: ExactDecimal) -> Int {
        guard let exact = try? value.divided(by: scale, places: 8).map(\.withoutTrailingZeros),
            let other = printing(value),
            exact.places <= printed.places
        else { return telling }
        func count(_ number: ExactDecimal) -> Int {
            let plain = number.description.filter { $0 != "." }.drop { $0 == "0" }
            return plain.count - plain.reversed().prefix { $0 == "0" }.count
        }
        return max(count(printed), count(other))
    }

    /// Half a unit of the last printed place.
    var half: ExactDecimal {
        (try? ExactDecimal(significand: 5, places: printed.places + 1) * scale) ?? .zero
    }

    /// How far an amount that it was made of may be from what is printed: nothing for whole numbers, which are not rounded.
    var slack: ExactDecimal { printed.places >= (measure.isRate ? 1 : 2) ? half : .zero }

    var operand: Operand { Operand(amount: amount, slack: slack, text: text) }

    /// Another value as this number is printed.
    func printing(_ value: ExactDecimal) -> ExactDecimal? { try? value.divided(by: scale, places: printed.places) }

    /// Whether a value, printed as this number is, has its digits but for one, or for two neighbours that changed places.
    func isSlip(of value: ExactDecimal) -> Bool {
        guard let other = printing(value), other.places == printed.places, other != printed else { return false }
        let one = Array(printed.description.utf8.filter { $0 != UInt8(ascii: ".") })
        let two = Array(other.description.utf8.filter { $0 != UInt8(ascii: ".") })
        guard one.count == two.count else { return false }
        let apart = one.indices.filter { one[$0] != two[$0] }
        if apart.count == 1 { return true }
        return apart.count == 2 && apart[1] == apart[0] + 1 && one[apart[0]] == two[apart[1]]
            && one[apart[1]] == two[apart[0]]
    }
}

/// A value that a number may be made of, and how far it may be from what it was.
struct Operand: Sendable {
    var amount: ExactDecimal
    var slack: ExactDecimal
    var text: String
    /// The row of a table that it stands in.
    var line: ReportText.Line?
}

/// The numbers of a paragraph, sentence by sentence.
struct SaidNumbers: Sendable {
    let letters: [Character]
    let sentences: [Range<Int>]
    let numbers: [SaidNumber]

    /// - Parameter text: folded.
    init(_ text: String, _ words: ReckoningWords) {
        let letters = Array(text)
        var (sentences, start) = ([Range<Int>](), 0)
        for place in letters.indices where "。；！？".contains(letters[place]) {
            if place > start { sentences.append(start..<place) }
            start = place + 1
        }
        if start < letters.count { sentences.append(start..<letters.count) }
        (self.letters, self.sentences) = (letters, sentences)
        var (numbers, last, sentence) = ([SaidNumber](), 0, 0)
        for figure in StatedFigure.all(in: text) {
            while sentence < sentences.count, sentences[sentence].upperBound <= figure.range.lowerBound {
                sentence += 1
            }
            guard sentence < sentences.count else { break }
            let begin = max(last, sentences[sentence].lowerBound)
            guard begin <= figure.range.lowerBound else { continue }
            let lead = String(letters[begin..<figure.range.lowerBound])
            let behind = letters[figure.range.upperBound..<sentences[sentence].upperBound]
            let scaled = Measure.leading(behind, words.measures)
            let end = figure.range.upperBound + (scaled?.length ?? 0)
            // A date is one of the words before a number.
            if words.isDate(lead, behind) { continue }
            last = end
            guard let scaled, let amount = try? figure.value * scaled.scale else { continue }
            var measure = scaled.measure
            let clause = String(lead.split(omittingEmptySubsequences: false) { "，：（、".contains($0) }.last ?? "")
            if measure.per.isEmpty { measure.per = words.per(before: clause) }
            let next = String(letters[end..<min(end + 3, letters.count)])
            numbers.append(
                SaidNumber(
                    printed: figure.value,
                    measure: measure,
                    scale: scaled.scale,
                    amount: amount,
                    text: String(letters[figure.range.lowerBound..<end]).replacing("，", with: ","),
                    unit: String(letters[figure.range.upperBound..<end]),
                    digits: figure.digits,
                    range: figure.range.lowerBound..<end,
                    sentence: sentence,
                    lead: lead,
                    clause: clause,
                    isLoose: words.isLoose(clause, next)
                )
            )
        }
        self.numbers = numbers
    }

    /// The words of a sentence before one of its numbers.
    func before(_ index: Int) -> String {
        let number = numbers[index]
        return String(letters[sentences[number.sentence].lowerBound..<number.range.lowerBound])
    }

    func sentence(of index: Int) -> String { String(letters[sentences[numbers[index].sentence]]) }

    /// The numbers before one in its sentence that count the same.
    func earlier(_ index: Int, isAlike: (SaidNumber) -> Bool) -> [Int] {
        (0..<index).filter { numbers[$0].sentence == numbers[index].sentence && isAlike(numbers[$0]) }
    }

    /// The clause before a number with its digits: what is quoted.
    func quote(_ index: Int) -> String {
        let number = numbers[index]
        return String((number.clause.drop { "、和与及）".contains($0) } + number.text).suffix(40))
    }
}

/// The words that reckonings are read by.
struct ReckoningWords: Sendable {
    let words: ReportWords
    let measures: MeasureWords

    init(_ words: ReportWords) {
        self.words = words
        measures = MeasureWords(words)
    }

    subscript(key: String) -> [String] { words[key] }

    /// Whether digits are those of a date or a number of a paper.
    func isDate(_ lead: String, _ behind: ArraySlice<Character>) -> Bool {
        guard let unit = behind.first else { return false }
        if unit == "年" { return true }
        if unit == "月" { return behind.dropFirst().first.map { $0.isPlainDigit || "底初中末，至、".contains($0) } ?? true }
        if unit == "日" { return lead.hasSuffix("月") }
        return false
    }

    /// 人 and 天 of 每人每天, the first of 每所核减 and 平均每公里投资, 人 of 人均.
    func per(before clause: String) -> [String] {
        let letters = Array(clause)
        var (found, place) = ([String](), 0)
        while place < letters.count {
            if letters[place] == "每", let unit = measures.unit(at: letters[(place + 1)...]) {
                found.append(unit.name)
                place += 1 + unit.length
            } else if letters[place] == "均", place > 0, letters[place - 1] != "平",
                let unit = measures.unit(at: letters[(place - 1)...place]), unit.length == 1
            {
                found.append(unit.name)
                place += 1
            } else {
                place += 1
            }
        }
        return found
    }

    /// Whether words before or behind a number make it a bound or a round one.
    func isLoose(_ clause: String, _ behind: String) -> Bool {
        let lead = clause.suffix(6)
        return (words["at_most"] + words["at_least"]).contains(where: lead.hasSuffix)
            || ["约", "近", "超", "超过", "逾", "仅余", "第", "大于", "小于", "低于", "高于"].contains(where: lead.hasSuffix)
            || ["以上", "以下", "以内", "左右", "余", "多", "（含"].contains(where: behind.hasPrefix)
    }
}
