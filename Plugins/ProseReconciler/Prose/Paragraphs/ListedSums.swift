import PrintedReports
import ReviewModel

/// Sums whose parts are listed in other ways than a total and its parts side by side: `分别核减 A、B、C，合计 D`; `核减 A；…核减 B。两项合计核减 C`; a sentence
/// that begins with 其中 and goes on with what the one before it says; lists of kinds that are all there are, whose parts make no less than
/// the total either.
struct ListedSums {
    private let paragraph: ParagraphReckoning
    private let numbers: [ProseNumber]
    private let leads: [String]
    private let words: ReportWords
    /// Words that sum up, and those that make a number something other than a part.
    private let totals: [String], foreign: [String]
    /// Whether any number stands behind 包括.
    private let hasIncluded: Bool

    static func all(in paragraph: ParagraphReckoning) throws(DecimalOverflow) -> [PartSum] {
        let numbers = paragraph.numbers
        guard numbers.count > 2 else { return [] }
        let sums = ListedSums(paragraph)
        var found: [PartSum] = []
        for index in numbers.indices where sums.paragraph.clauses.isPlain(index) {
            if numbers[index].unit == .percent { continue }
            if let parts = sums.bareList(before: index) ?? sums.sameVerb(before: index) ?? sums.points(before: index)
                ?? sums.answers(before: index)
            {
                found.append(try PartSum(index, parts, .summedUp, numbers))
            } else if let list = try sums.listBehind(index) {
                found.append(try PartSum(index, list.parts, list.form, numbers))
            }
        }
        var seen: Set<Int> = []
        return found.filter { seen.insert($0.total).inserted }
    }

    private init(_ paragraph: ParagraphReckoning) {
        (self.paragraph, words) = (paragraph, paragraph.words)
        (numbers, leads) = (paragraph.numbers, paragraph.leads)
        (totals, foreign) = (words["sum_words"], words["no_listed_part"])
        hasIncluded = paragraph.leads.contains { $0.hasAny(["包括", "包含"]) }
    }

    // MARK: - Totals behind their parts

    /// `分别核减 A、B、C、D，合计 E`: a list without names, and what it makes.
    private func bareList(before total: Int) -> [Int]? {
        let lead = leads[total].drop { "，,;".contains($0) }
        guard let word = totals.first(where: lead.hasPrefix), lead.count <= word.count + 4 else { return nil }
        let verb = lead.dropFirst(word.count).drop { $0 == "为" }
        let parts = paragraph.run(endingAt: total - 1)
        guard parts.count > 1, let first = parts.first, paragraph.isSentence(first, total),
            parts.allSatisfy({ paragraph.isAlike($0, total) })
        else { return nil }
        let opening = leads[first]
        let isEach = opening.hasAny(["分别", "依次"])
        guard isEach || parts.count > 2, verb.isEmpty || opening.hasSuffix(String(verb)) else { return nil }
        // 分别增长 A、B、C，合计 D: what grew, and not by how much it did.
        if verb.isEmpty, opening.hasAny(["增", "升", "提高", "下降", "减少", "比", "较", "平均"]) { return nil }
        return parts
    }

    /// `甲核减 A；乙核减 B；丙核减 C。三项合计核减 D`, `扣 1.5 分；…扣 4.7 分。共扣 6.2 分`: what the same verb stands before, as many as are counted.
    private func sameVerb(before total: Int) -> [Int]? {
        var lead = leads[total].drop { "，,;".contains($0) }
        var count: Int?
        if total > 0, case .count("项") = numbers[total - 1].unit, paragraph.isParagraph(total - 1, total),
            lead.hasPrefix("合计") || lead.hasPrefix("共")
        {
            count = Int(numbers[total - 1].value.description)
        }
        if let counted = words.numberOfParts(at: lead) {
            (count, lead) = (counted.count, lead.dropFirst(counted.length))
        }
        guard let word = totals.first(where: lead.hasPrefix) else { return nil }
        let verb = String(lead.dropFirst(word.count))
        guard words["cut_verbs"].contains(verb) || words["increase_heads"].contains(verb) || verb == "扣",
            count != nil || verb == "扣" && numbers[total].unit == .points
        else {
            return nil
        }
        var parts: [Int] = []
        for place in numbers.indices.prefix(total).reversed() {
            guard paragraph.isParagraph(place, total) else { break }
            guard paragraph.isAlike(place, total) else { continue }
            let clause = paragraph.clause(place)
            if totals.contains(where: clause.hasPrefix) { break }
            guard clause.hasSuffix(verb) else { continue }
            // 每台调减 2,100 元，计 4,200 元: what one of them costs is no part.
            if clause.has("每") || clause.has("单价") { return nil }
            // A part of a part is none of the whole.
            if leads[place].hasAny(["其中", "包括"]) { return nil }
            parts.insert(place, at: 0)
        }
        if let count { return parts.count == count && count > 1 ? parts : nil }
        return parts.count > 2 ? parts : nil
    }

    /// `价格分 30 分、技术分 50 分、商务分 20 分，满分 100 分`.
    private func points(before total: Int) -> [Int]? {
        guard numbers[total].unit == .points,
            ["满分", "总分", "满分为", "总分为"].contains(String(leads[total].drop { "，,".contains($0) }))
        else {
            return nil
        }
        var parts: [Int] = []
        for place in numbers.indices.prefix(total).reversed() {
            guard paragraph.isSentence(place, total) else { break }
            guard paragraph.isAlike(place, total), !leads[place].hasAny(["得", "扣", "评", "分别", "满分", "其中", "每"]) else {
                return nil
            }
            parts.insert(place, at: 0)
            if !leads[place].hasPrefix("、") { break }
        }
        return parts.count > 2 ? parts : nil
    }

    /// `很满意 52 人、较满意 31 人、一般 12 人、不满意 5 人，共调查 100 人`: answers from the best to the worst.
    private func answers(before total: Int) -> [Int]? {
        let lead = leads[total].drop { "，,;".contains($0) }
        guard let word = totals.first(where: lead.hasPrefix), lead.count <= word.count + 4 else { return nil }
        var parts: [Int] = []
        for place in numbers.indices.prefix(total).reversed() {
            guard paragraph.isSentence(place, total), paragraph.isAlike(place, total) else { return nil }
            parts.insert(place, at: 0)
            guard leads[place].hasPrefix("、") else { break }
        }
        guard parts.count > 2, let first = parts.first, let last = parts.last,
            words["first_answers"].contains(where: leads[first].hasSuffix),
            words["last_answers"].contains(where: leads[last].dropping(starts: ["、"]).hasPrefix)
        else { return nil }
        return parts
    }

    // MARK: - Parts behind their total

    private struct List {
        var parts: [Int]
        /// What each part is called.
        var names: [String]
    }

    /// The parts of a total, and whether they are all there are.
    private func listBehind(_ total: Int) throws(DecimalOverflow) -> (parts: [Int], form: PartSum.Form)? {
        guard total + 1 < numbers.count else { return nil }
        // Rates may stand between: 回收 285 份，有效回收率 95%。其中….
        var first = total + 1
        while first < numbers.count, numbers[first].unit == .percent || leads[first].has("大写") { first += 1 }
        guard first < numbers.count, paragraph.isAlike(first, total), paragraph.isParagraph(first, total) else {
            return includedBehind(total)
        }
        guard let place = leads[first].ranges(of: "其中").last,
            leads[first].distance(from: place.upperBound, to: leads[first].endIndex) <= 16
        else {
            if let list = bracketed(total, first) { return list }
            return includedBehind(total)
        }
        let isNext = paragraph.isSentence(first, total)
        // The next sentence speaks of what stood last.
        if !isNext, !leads[first].hasPrefix("其中") { return nil }
        if !isNext, leads[total].hasAny(["均", "每", "增", "减", "上年", "其中", "比", "较", "、"]) { return nil }
        if isNext, first != total + 1, numbers[total + 1].unit == .percent, !leads[total + 1].hasAny(["占", "率", "("]) {
            return nil
        }
        let opening = String(leads[first][place.upperBound...]).dropping(starts: [":", "，", ","])
        guard let list = list(from: first, opening, of: total) else { return nil }
        let isOpen = isOpenEnd(list)
        let most = list.parts.map { numbers[$0].value }.max() ?? .zero
        if isComplete(list, of: total), !isOpen {
            return (list.parts, .closedList)
        }
        guard list.parts.count > 1 else { return nil }
        let sum = try ExactDecimal.sum(list.parts.map { numbers[$0].value })
        let half = ExactDecimal(significand: 15, places: 1)
        let limit = try numbers[total].value * half
        if !isNext, most > numbers[total].value || sum > limit { return nil }
        return (list.parts, .openList)
    }

    /// `其中技术分包括：参数响应 25 分、产品性能 12 分`: the whole is the number that is called so.
    private func includedBehind(_ total: Int) -> (parts: [Int], form: PartSum.Form)? {
        let name = paragraph.clause(total).dropping(starts: ["、", "和", "及"])
        guard hasIncluded, name.count >= 2, numbers[total].unit == .points || numbers[total].unit == .yuan else {
            return nil
        }
        for first in numbers.indices.dropFirst(total + 1) {
            guard paragraph.isParagraph(first, total) else { return nil }
            for link in ["包括", "包含"] {
                guard let place = leads[first].ranges(of: name + link).last, paragraph.isAlike(first, total),
                    leads[first][..<place.lowerBound].dropping(starts: "其中").isEmpty
                else { continue }
                let opening = String(leads[first][place.upperBound...]).dropping(starts: [":", "，", ","])
                guard let list = list(from: first, opening), list.parts.count > 1, !isOpenEnd(list) else { return nil }
                return (list.parts, .closedList)
            }
        }
        return nil
    }

    /// `12 个乡镇（9 个镇、3 个乡）`: kinds of what is counted, in brackets.
    private func bracketed(_ total: Int, _ first: Int) -> (parts: [Int], form: PartSum.Form)? {
        guard first == total + 1, case .count = numbers[total].unit, leads[first].hasSuffix("("),
            leads[first].count <= 6
        else { return nil }
        let noun = leads[first].dropLast()
        var (parts, nouns, place) = ([first], [String](), first)
        while true {
            let tail = paragraph.tail(place)
            nouns.append(String(tail.prefix { !"、，,)".contains($0) }))
            if tail.contains(")") { break }
            guard place + 1 < numbers.count, paragraph.isSentence(place + 1, total),
                paragraph.isAlike(place + 1, total),
                ["、", "，", ","].contains(where: leads[place + 1].hasSuffix)
            else { return nil }
            place += 1
            parts.append(place)
        }
        guard parts.count == noun.count, parts.count > 1, nouns.allSatisfy({ $0.count == 1 && noun.contains($0) }),
            Set(nouns).count == nouns.count
        else { return nil }
        return (parts, .closedList)
    }

    private func list(from first: Int, _ opening: String, of total: Int? = nil) -> List? {
        guard isName(opening) else { return nil }
        var list = List(parts: [first], names: [opening])
        var index = first + 1
        while index < numbers.count, paragraph.isSentence(index, first), paragraph.isAlike(index, first) {
            let lead = leads[index]
            guard let mark = lead.first, "、，,和及与以".contains(mark) else { break }
            // 每月 A，其中 B、C，全年 D
            if let total, isLongerTime(lead, than: leads[total]) { return list }
            let name = lead.dropping(starts: ["、", "，", ",", "以及", "和", "及", "与"])
            // What does not go on with the list ends it: ，由 A 调整为 B.
            guard isName(name), !name.hasPrefix("资金来源"), !name.hasPrefix("来源") else {
                return mark == "，" || mark == "," ? list : nil
            }
            list.parts.append(index)
            list.names.append(name)
            index += 1
        }
        // Another number of the kind that no mark joins leaves it open what the list is.
        if index < numbers.count, paragraph.isSentence(index, first), paragraph.isAlike(index, first),
            !leads[index].hasPrefix("(")
        {
            return nil
        }
        return list
    }

    private func isName(_ name: String) -> Bool {
        name.count <= 24 && !name.contains(where: { "，,:(".contains($0) }) && !name.hasAny(foreign) && !isOfScores(name)
    }

    /// Of 项目决策权重 50 分，得分 46 分 neither is a part beside the other.
    private func isOfScores(_ name: String) -> Bool {
        words["weight"].contains(where: name.hasSuffix) || words["scored"].contains(name)
    }

    private func isOpenEnd(_ list: List) -> Bool {
        guard let last = list.parts.last else { return true }
        return paragraph.tail(last).hasPrefix("等")
    }

    /// Whether the kinds that a list names are all there are.
    private func isComplete(_ list: List, of total: Int) -> Bool {
        guard list.parts.count > 1, let first = list.names.first, let last = list.names.last else { return false }
        if words["rest_kinds"].contains(where: last.hasPrefix) { return true }
        if list.parts.count > 2, words["first_answers"].contains(where: first.hasSuffix),
            words["last_answers"].contains(where: last.hasSuffix)
        {
            return true
        }
        if list.parts.count > 2 {
            for series in words["graded"] {
                let grades = series.prefix(list.parts.count)
                if grades.count == list.parts.count, zip(grades, list.names).allSatisfy({ $1.contains($0) }) {
                    return true
                }
            }
        }
        let levels = list.names.map { name in words["levels_of_state"].first(where: name.hasPrefix) }
        guard levels.allSatisfy({ $0 != nil }), Set(levels).count == levels.count else { return false }
        let whole = leads[total] + leads[total + 1]
        let isNamed = levels.allSatisfy { level in level.map { leads[total].has($0) || whole.has("由\($0)") } ?? false }
        return isNamed || numbers[total].unit == .yuan && list.parts.count > 2
    }
}

extension PartSum {
    /// Whether numbers of sentences before in the paragraph, together with the parts, make the total.
    func isMadeWithMore(of numbers: [ProseNumber], in text: ProseText) throws(DecimalOverflow) -> Bool {
        guard let first = parts.first else { return false }
        let (paragraph, sentence) = (
            text.paragraph(around: numbers[total].offset.lowerBound),
            text.sentence(around: numbers[first].offset.lowerBound)
        )
        let before = numbers.indices.prefix(first).filter {
            paragraph.contains(numbers[$0].offset.lowerBound) && !sentence.contains(numbers[$0].offset.lowerBound)
                && numbers[$0].unit == numbers[total].unit && numbers[$0].upper == nil
        }.suffix(6)
        var sums = [sum]
        for place in before {
            for one in sums { sums.append(try one + numbers[place].value) }
        }
        return sums.dropFirst().contains { numbers[total].interval.contains($0) }
    }
}

extension Substring {
    fileprivate func dropping(starts word: String) -> Substring { hasPrefix(word) ? dropFirst(word.count) : self }
}
