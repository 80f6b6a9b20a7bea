import BudgetLines
import PrintedReports
import ReviewModel

/// What a number counts: money, shares, points, or things; and for what it is counted: 元/所, 每人每天5元.
struct Measure: Sendable, Hashable {
    /// `元` of any amount, `%` of a rate, else the measure word in its usual form: `人`, `m³`.
    var unit: String
    /// What one of it is for: `["人", "天"]` of 元/人·天; empty for a plain count.
    var per: [String] = []

    var isMoney: Bool { unit == "元" }
    var isRate: Bool { unit == "%" }

    /// Whether both count the same, for the same.
    func isAlike(_ other: Measure) -> Bool { unit == other.unit && Set(per) == Set(other.per) }

    /// A measure with the scale that its words give it.
    struct Scaled: Sendable {
        var measure: Measure
        /// What one printed unit is worth: 10,000 of 万元 and 万人.
        var scale: ExactDecimal
        /// How many letters it takes.
        var length: Int
    }

    /// The measure that some words begin with.
    static func leading(_ letters: ArraySlice<Character>, _ words: MeasureWords) -> Scaled? {
        var (place, scale) = (letters.startIndex, ExactDecimal(1))
        let scales: [(Character, ExactDecimal)] = [("亿", 100_000_000), ("万", 10_000), ("千", 1000)]
        if let first = letters.first, let (_, worth) = scales.first(where: { $0.0 == first }),
            words.unit(at: letters[place...]) == nil
        {
            scale = worth
            place += 1
        }
        guard let unit = words.unit(at: letters[place...]) else { return nil }
        place += unit.length
        var measure = Measure(unit: unit.name)
        while place < letters.endIndex, "/·每、".contains(letters[place]),
            !measure.per.isEmpty || letters[place] != "、" && letters[place] != "·"
        {
            var next = place + 1
            if next < letters.endIndex, letters[next] == "（" || letters[next] == "每" { next += 1 }
            guard let one = words.unit(at: letters[next...]), one.name != "元", one.name != "%" else { break }
            measure.per.append(one.name)
            place = next + one.length
        }
        return Scaled(measure: measure, scale: scale, length: place - letters.startIndex)
    }
}

/// The measure words of reports, made ready for looking them up by their first letter.
struct MeasureWords: Sendable {
    private let byFirst: [Character: [(letters: [Character], name: String)]]

    init(_ words: ReportWords) {
        // What is written in several ways counts as one: 平方米=㎡=m².
        let all = words["measure_words"].flatMap { entry in
            let names = entry.split(separator: "=").map(String.init)
            return names.map { (letters: Array($0.folded), name: names[0].folded) }
        }
        byFirst = Dictionary(grouping: all.filter { !$0.letters.isEmpty }) { $0.letters[0] }.mapValues {
            $0.sorted { ($1.letters.count, $0.name) < ($0.letters.count, $1.name) }
        }
    }

    /// The longest measure word that some words begin with; no letter of the Latin alphabet may follow one of these.
    func unit(at letters: ArraySlice<Character>) -> (name: String, length: Int)? {
        guard let first = letters.first, let words = byFirst[first] else { return nil }
        for word in words where letters.starts(with: word.letters) {
            let behind = letters.dropFirst(word.letters.count).first
            if let last = word.letters.last, last.isASCII, last.isLetter,
                behind.map({ $0.isASCII && $0.isLetter }) ?? false
            {
                continue
            }
            return (word.name, word.letters.count)
        }
        return nil
    }
}
