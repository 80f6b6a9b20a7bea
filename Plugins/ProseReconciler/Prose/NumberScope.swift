import BudgetLines
import PrintedReports
import ReviewModel

/// Of whom a number of a text is, as far as its sentence says so.
///
/// This is read before anything is held against the dossier. The words right before a number say what it is; whether it is said of the project, of one of its
/// lines or of something that the dossier does not have, often stands farther away. What is not the project's own is held against nothing.
enum NumberScope: Sendable, Equatable {
    /// Of the project, or of what the words before it name.
    case own
    /// Of another place or project: `类似项目：甲区审定 68 万元`.
    case elsewhere
    /// One of several that words before the first of them share out, and nobody knows which: `分别为 35.2 万元、26.4 万元和 26.4 万元`.
    case sharedOut
    /// One of several whose names stand in the same order before them: `设备、安装分别审定 70 万元和 18 万元`.
    case named(ProseReading)
    /// Of several things together: `项目1（电脑）与项目3（桌椅）合计审定 35 万元`.
    case together([Set<String>], ProseReading)
}

/// Reads the scopes of the numbers of a text.
struct NumberScopes {
    private let text: ProseText
    private let numbers: [ProseNumber]
    private let vocabulary: ProseVocabulary
    private let words: ScopeWords

    /// The scope of each number, and the numbers of each list that names share out.
    static func all(
        in text: ProseText,
        _ numbers: [ProseNumber],
        _ vocabulary: ProseVocabulary,
        _ words: ScopeWords
    ) -> (scopes: [NumberScope], lists: [[Int]]) {
        var scopes = [NumberScope](repeating: .own, count: numbers.count)
        var lists: [[Int]] = []
        let reader = NumberScopes(text: text, numbers: numbers, vocabulary: vocabulary, words: words)
        let whole = text.bare(0..<text.count)
        if words.sharing.isFound(in: whole) {
            for run in reader.runs {
                guard let shared = reader.shared(run) else { continue }
                for (index, scope) in zip(run, shared) { scopes[index] = scope }
                lists.append(run)
            }
        }
        if words.sums.isFound(in: whole) {
            for index in numbers.indices where scopes[index] == .own {
                if let scope = reader.together(index) { scopes[index] = scope }
            }
        }
        if words.others.isFound(in: whole) {
            for index in numbers.indices where reader.isElsewhere(index) { scopes[index] = .elsewhere }
        }
        return (scopes, lists)
    }

    // MARK: - Other places

    /// Whether the last that is named before a number is another place, and not the project's own.
    private func isElsewhere(_ index: Int) -> Bool {
        var start = numbers[index].offset.lowerBound
        // What is said of other places goes on behind a semicolon.
        while start > 0, !text[start - 1].isOne(of: "。!?\t"), !text[start - 1].isNewline { start -= 1 }
        let lead = text.words(start..<numbers[index].offset.lowerBound)
        guard let other = lead.last(of: words.others.words) else { return false }
        return other > lead.last(of: words.own.words) ?? -1
    }

    // MARK: - Lists

    /// Numbers of one unit that nothing but 、 and 和 parts, two or more.
    private var runs: [[Int]] {
        var (runs, index) = ([[Int]](), 0)
        while index < numbers.count {
            var run = [index]
            while let last = run.last, last + 1 < numbers.count, isPlain(last), isPlain(last + 1),
                numbers[last].unit == numbers[last + 1].unit,
                joints.contains(text.words(numbers[last].offset.upperBound..<numbers[last + 1].offset.lowerBound))
            {
                run.append(last + 1)
            }
            index += run.count
            if run.count > 1 { runs.append(run) }
        }
        return runs
    }

    private func isPlain(_ index: Int) -> Bool {
        numbers[index].upper == nil && numbers[index].qualifier == .exactly && numbers[index].per.isEmpty
    }

    /// What the words before a list make of its numbers; `nil` where they do not share them out.
    private func shared(_ run: [Int]) -> [NumberScope]? {
        let first = numbers[run[0]]
        let sentence = text.sentence(around: first.offset.lowerBound)
        let last = run[0] > 0 ? numbers[run[0] - 1].offset.upperBound : 0
        let lead = text.bare(max(sentence.lowerBound, last)..<first.offset.lowerBound)
        guard
            let place = words.sharing.words.compactMap({ lead.lastRange(of: $0) }).max(by: {
                $0.lowerBound < $1.lowerBound
            })
        else { return nil }
        let unknown = [NumberScope](repeating: .sharedOut, count: run.count)
        let start = lead[..<place.lowerBound].lastIndex { $0.isOne(of: "，,:;") }.map { $0 + 1 } ?? 0
        guard let named = names(lead[start..<place.lowerBound]), named.readings.count == run.count else {
            return unknown
        }
        let rest = Array(lead[named.end..<place.lowerBound]) + lead[place.upperBound...]
        guard let said = vocabulary.tokens(of: rest[...]).flatMap(ProseReading.init), said.aspect != nil,
            said.subjects == nil || named.readings[0].subjects == nil, said.years.isEmpty, said.measures == nil,
            said.isIncrease == nil, !said.isShare, !said.isMean, !said.isSum
        else { return unknown }
        return named.readings.map { name in
            var reading = said
            (reading.subjects, reading.years) = (name.subjects ?? said.subjects, name.years)
            return .named(reading)
        }
    }

    /// The names, or the years, that some words list, and where they end.
    private func names(_ words: ArraySlice<Unicode.Scalar>) -> (readings: [ProseReading], end: Int)? {
        var (readings, place) = ([ProseReading](), words.startIndex)
        if words.begins(with: "其中") { place += 2 }
        while place < words.endIndex {
            let rest = words[place...]
            if let (subjects, length) = vocabulary.subject(at: rest) {
                var reading = ProseReading()
                reading.subjects = subjects
                readings.append(reading)
                place += length
            } else if let year = rest.leadingYear {
                var reading = ProseReading()
                reading.years = [year.value]
                readings.append(reading)
                place += year.length
            } else {
                return nil
            }
            guard place < words.endIndex, let joint = joints.first(where: words[place...].begins) else { break }
            place += joint.unicodeScalars.count
        }
        // Names and years are not mixed.
        guard readings.count > 1, Set(readings.map { $0.years.isEmpty }).count == 1 else { return nil }
        return (readings, place)
    }

    // MARK: - Several things together

    /// What two names or more and a word that sums up make of a number.
    private func together(_ index: Int) -> NumberScope? {
        let start = numbers[index].offset.lowerBound
        let sentence = text.sentence(around: start)
        let all = text.bare(sentence.lowerBound..<start)
        let clause = all[(all.lastIndex { $0.isOne(of: "，,:;") }.map { $0 + 1 } ?? 0)...]
        guard
            let sum = words.sums.words.compactMap({ clause.lastRange(of: $0) }).max(by: {
                $0.upperBound < $1.upperBound
            })
        else { return nil }
        var (subjects, between, place) = ([Set<String>](), [Unicode.Scalar](), clause.startIndex)
        while place < sum.lowerBound {
            if let (meant, length) = vocabulary.subject(at: clause[place..<sum.lowerBound]) {
                if !subjects.contains(meant) { subjects.append(meant) }
                place += length
            } else {
                between.append(clause[place])
                place += 1
            }
        }
        guard subjects.count > 1 else { return nil }
        // Another name that nobody knows may be one of them.
        guard between.allSatisfy({ $0.isDigit || $0.isOne(of: "项目第()、和与及以两三四五六上述其中的") }),
            let said = vocabulary.tokens(of: clause[sum.upperBound...]).flatMap(ProseReading.init), said.aspect != nil,
            said.subjects == nil, said.years.isEmpty, said.isIncrease == nil, !said.isShare, !said.isMean
        else { return .sharedOut }
        return .together(subjects, said)
    }
}

/// The words that scopes are read by, made ready once for all texts.
struct ScopeWords: Sendable {
    let others: WordList, own: WordList, sharing: WordList, sums: WordList

    init(_ words: ReportWords) {
        (others, own) = (WordList(words["other_places"]), WordList(words["own_project"]))
        (sharing, sums) = (WordList(words["sharing_out"]), WordList(words["sum_words"]))
    }

    /// Words to be looked for all at once.
    struct WordList: Sendable {
        let words: [String]
        private let byFirst: [Unicode.Scalar: [[Unicode.Scalar]]]

        init(_ words: [String]) {
            self.words = words
            byFirst = Dictionary(grouping: words.map { Array($0.unicodeScalars) }.filter { !$0.isEmpty }) { $0[0] }
        }

        func isFound(in scalars: [Unicode.Scalar]) -> Bool {
            scalars.indices.contains { start in
                byFirst[scalars[start]]?.contains { scalars[start...].starts(with: $0) } ?? false
            }
        }
    }
}

private let joints = ["以及", "、", "和", "与", "及", "，", ","]

extension ArraySlice<Unicode.Scalar> {
    /// The year of four digits that words begin with, and how long it is with 年 or 年度.
    fileprivate var leadingYear: (value: Int, length: Int)? {
        let digits = prefix(4)
        guard digits.count == 4, digits.allSatisfy(\.isDigit) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1.value) - 0x30 }
        guard (1990...2100).contains(value), let word = ["年度", "年"].first(where: dropFirst(4).begins) else {
            return nil
        }
        return (value, 4 + word.unicodeScalars.count)
    }
}
