import BudgetLines
import Targets

/// The words by which texts of one dossier name its figures.
struct ProseVocabulary: Sendable {
    /// The year under review; 本年 and 上年 count from it.
    var year: Int
    private var words = WordTree<Entry>()

    /// Whether the year under review is known.
    var hasYear: Bool { year > 0 }

    /// What a word may say; the first that it says counts.
    private struct Entry: Sendable {
        /// The subjects that a name may mean.
        var subjects: Set<String> = []
        var namesProject = false
        /// Names of the town and of the applicant say nothing of a figure.
        var isSilent = false
        /// The columns and fields of the form that are called so.
        var measures: Set<String> = []
        /// Whether that is what they mean, also where it is a word of the field.
        var isMeasureFirst = false
        var token: ProseToken?

        var meaning: ProseToken? {
            if !subjects.isEmpty { return .subject(subjects) }
            if namesProject { return .project }
            // A word of the field keeps its meaning beside a column of that title.
            if let token, token != .filler, !isMeasureFirst || measures.isEmpty { return token }
            return !measures.isEmpty ? .measure(measures) : isSilent ? .filler : token
        }
    }

    init(year: Int) {
        self.year = year
        for (word, token) in proseWords {
            words.update(word.unicodeScalars) { entry in
                if entry == nil { entry = Entry(token: token) }
            }
        }
    }

    /// Makes `name` mean the subject; a name may mean several.
    mutating func add(_ name: String, meaning subject: String) { update(name) { $0.subjects.insert(subject) } }

    mutating func addProject(_ name: String) { update(name) { $0.namesProject = true } }

    /// Makes `title` name a column or field of the form; `isFirst` in a dossier where words of the field mean nothing else.
    mutating func add(title: String, of measure: String, isFirst: Bool) {
        update(title) { entry in
            entry.measures.insert(measure)
            if isFirst { entry.isMeasureFirst = true }
        }
    }

    /// Words that say nothing, and words that mean the whole, beside those of the field.
    mutating func add(words: [String], _ token: ProseToken) {
        for word in words {
            self.words.update(canonicalText(word).unicodeScalars) { entry in
                if entry == nil { entry = Entry() }
                if entry?.token == nil { entry?.token = token }
            }
        }
    }

    /// The columns or fields that a text without blanks begins with the title of, and how long that is.
    func measure(at text: ArraySlice<Unicode.Scalar>) -> (measures: Set<String>, length: Int)? {
        guard let (entry, length) = words.longest(in: text), !entry.measures.isEmpty else { return nil }
        return (entry.measures, length)
    }

    /// The item whose name a text without blanks begins with, and how long that is.
    func subject(at text: ArraySlice<Unicode.Scalar>) -> (subjects: Set<String>, length: Int)? {
        guard let (entry, length) = words.longest(in: text), !entry.subjects.isEmpty else { return nil }
        return (entry.subjects, length)
    }

    /// The item that a paragraph is about, if it begins with its name: `3.3 电工实训台。送审…`, `（二）小修保养：申报…`.
    func topic(of text: ProseText) -> String? {
        let start = text.bare(0..<min(text.count, 60)).withoutListNumber
        guard let (subjects, length) = subject(at: start), subjects.count == 1, length < start.count else { return nil }
        return start[start.startIndex + length].isOne(of: "。.：:") ? subjects.first : nil
    }

    mutating func addSilent(_ name: String) { update(name) { $0.isSilent = true } }

    private mutating func update(_ name: String, _ change: (inout Entry) -> Void) {
        let key = Array(canonicalText(name).unicodeScalars)
        guard key.count > 1 else { return }
        words.update(key) { entry in
            var changed = entry ?? Entry()
            change(&changed)
            entry = changed
        }
    }

    /// The words of a text without blanks, one after the other; `nil` when some of it is not understood.
    func tokens(of text: ArraySlice<Unicode.Scalar>) -> [ProseToken]? {
        var (taken, position) = ([Choice](), text.startIndex)
        // Where a word ends within letters, as in "hasarequested", a shorter one may be right; what leads nowhere is not tried twice.
        var failed: Set<Int> = []
        while position < text.endIndex {
            var choice = failed.contains(position) ? Choice() : choices(text[position...])
            while choice.rest.isEmpty {
                failed.insert(position)
                guard let before = taken.popLast() else { return nil }
                (choice, position) = (before, before.start)
            }
            choice.start = position
            let next = choice.rest.removeFirst()
            choice.token = next.token
            taken.append(choice)
            position += next.length
        }
        return taken.compactMap(\.token)
    }

    /// A word of a text, and the shorter ones that may stand there instead.
    private struct Choice {
        var start = 0
        var token: ProseToken?
        var rest: ArraySlice<(token: ProseToken, length: Int)> = []
    }

    private func choices(_ text: ArraySlice<Unicode.Scalar>) -> Choice {
        guard let (token, length) = nextToken(text) else { return Choice() }
        var choice = Choice(rest: [(token, length)])
        let end = text.startIndex + length
        guard end < text.endIndex, text[end - 1].isLatin, text[end].isLatin else { return choice }
        choice.rest += words.all(in: text).reversed().compactMap { entry, shorter in
            shorter < length ? entry.meaning.map { ($0, shorter) } : nil
        }
        return choice
    }

    /// The end of the name of an item that ends first in a text without blanks; `nil` where it names none.
    func firstSubjectEnd(in text: [Unicode.Scalar]) -> Int? {
        var (first, start) = (Int?.none, text.startIndex)
        while start < text.endIndex, first.map({ start + 1 < $0 }) ?? true {
            defer { start += 1 }
            // 医疗设备购置项目 names no 设备购置, if that is the project.
            if let (entry, length) = words.longest(in: text[start...]), entry.namesProject, entry.subjects.isEmpty {
                start += length - 1
                continue
            }
            var (node, end) = (WordTree<Entry>.root, start)
            while end < first ?? text.count, let next = words.next(node, text[end]) {
                (node, end) = (next, end + 1)
                if let entry = words.meaning(at: node), !entry.subjects.isEmpty {
                    first = end
                    break
                }
            }
        }
        return first
    }

    /// What a text names, where it names one thing only, once or again.
    func onlySubject(in text: [Unicode.Scalar]) -> Set<String>? {
        var (only, start) = (nil as Set<String>?, text.startIndex)
        while start < text.endIndex {
            guard let (entry, length) = words.longest(in: text[start...]), !entry.subjects.isEmpty || entry.namesProject
            else {
                start += 1
                continue
            }
            if entry.subjects.isEmpty || only.map({ $0 != entry.subjects }) ?? false { return nil }
            only = entry.subjects
            start += length
        }
        return only
    }

    /// The longest word that the text begins with; a date before any.
    private func nextToken(_ text: ArraySlice<Unicode.Scalar>) -> (ProseToken, Int)? {
        if let calendar = calendarToken(text) { return calendar }
        guard let (entry, length) = words.longest(in: text), let token = entry.meaning else { return nil }
        return (token, length)
    }

    /// `2025年度`, `2023-2025年`, `截至2025年10月31日`, `本年`, `上年`.
    private func calendarToken(_ text: ArraySlice<Unicode.Scalar>) -> (ProseToken, Int)? {
        for (word, offset) in relativeYears where hasYear && text.begins(with: word) {
            return (.year(year + offset), word.unicodeScalars.count)
        }
        let head = ["截至", "截止", "到", "至"].first(where: text.begins)
        let body = text.dropFirst(head?.unicodeScalars.count ?? 0)
        guard let first = number(body), body.dropFirst(4).first?.isDigit != true, (1900...2100).contains(first) else {
            return nil
        }
        var rest = body.dropFirst(4)
        if ["年-", "-", "至", "年至"].contains(where: rest.begins) {
            let tail = rest.drop { $0.isOne(of: "年-至") }
            if let last = number(tail), (first...first + 20).contains(last) {
                return (.years(Array(first...last)), text.count - droppingYear(tail.dropFirst(4)).count)
            }
        }
        guard rest.begins(with: "年") || head == nil else { return nil }
        rest = droppingYear(rest)
        if head != nil { rest = rest.drop { $0.isDigit || $0.isOne(of: "月日底末") } }
        return (.year(first), text.count - rest.count)
    }

    /// The number of four digits that a text begins with.
    private func number(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
        let digits = text.prefix(4)
        guard digits.count == 4, digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1.value) - 0x30 }
    }

    private func droppingYear(_ rest: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        for word in ["年度", "年"] where rest.begins(with: word) { return rest.dropFirst(word.unicodeScalars.count) }
        return rest
    }
}

private let relativeYears: [(String, Int)] = [
    ("上一年度", -1), ("上年度", -1), ("上一年", -1), ("上年", -1), ("去年", -1), ("本年度", 0), ("本年", 0), ("今年", 0),
]

extension Unicode.Scalar {
    fileprivate var isLatin: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}

extension [Unicode.Scalar] {
    /// Without what numbers a paragraph: `3.3`, `（2）`, `三、`, `①`.
    fileprivate var withoutListNumber: ArraySlice<Unicode.Scalar> {
        var rest = self[...]
        if let first = rest.first, first.isOne(of: "(（"),
            let end = rest.prefix(6).firstIndex(where: { $0.isOne(of: ")）") })
        {
            rest = rest[(end + 1)...]
        }
        rest = rest.drop { $0.isDigit || $0.isOne(of: ".、．①②③④⑤⑥⑦⑧⑨⑩") }
        let numerals = rest.prefix { $0.isOne(of: "一二三四五六七八九十") }
        if (1...3).contains(numerals.count), let mark = rest.dropFirst(numerals.count).first, mark.isOne(of: "、是") {
            rest = rest.dropFirst(numerals.count + 1)
        }
        return rest
    }
}
