import BudgetLines
import PrintedReports
import ReviewModel

/// What a sentence says that a change comes to, beside the two numbers of the change: `由1,650元降至1,580元，降低70元，降幅4.24%`, `申请160人月，核定145人月，调减15人月`,
/// `不低于95%，比上年97.5%低2.5个百分点`.
struct ChangesOfSentences {
    private let sentence: String
    private let letters: [Character]
    private let figures: [StatedFigure]
    private let words: ReportWords

    /// - Parameter sentence: folded, without commas that part thousands.
    init(_ sentence: String, _ words: ReportWords) {
        (self.sentence, self.words) = (sentence, words)
        letters = Array(sentence)
        figures = StatedFigure.all(in: sentence)
    }

    struct Wrong {
        var quote: String
        var meant: String
    }

    var wrong: [Wrong] {
        figures.indices.dropLast(1).flatMap { index -> [Wrong] in
            guard let unit = figures[index].measure, figures[index + 1].measure == unit else { return [] }
            return turned(index, unit) + compared(index, unit)
        }
    }

    /// The words between two numbers, behind the unit of the first.
    private func between(_ index: Int, _ unit: String) -> String {
        let start = min(figures[index].range.upperBound + unit.count, figures[index + 1].range.lowerBound)
        return String(letters[start..<figures[index + 1].range.lowerBound])
    }

    private func lead(_ index: Int) -> String {
        let start = index == 0 ? 0 : figures[index - 1].range.upperBound
        return String(letters[start..<figures[index].range.lowerBound].split { "，。；：（".contains($0) }.last ?? [])
    }

    /// From one number to the next one, and what is said behind them that it comes to.
    private func turned(_ index: Int, _ unit: String) -> [Wrong] {
        let (from, to) = (figures[index], figures[index + 1])
        let link = between(index, unit)
        let own = lead(index)
        let moves = words["changed_to"] + words["moved_down"] + words["moved_up"]
        let isTurn =
            (own.contains("由") || own.contains("从")) && link.count <= 24
            && (moves.contains(where: link.turns) || ["为", "至", "到"].contains(link))
        let isReview =
            from.yuan == nil && words["asked_leads"].contains(where: own.hasBytes) && link.count <= 24
            && link.firstIndex(of: "，").map { link.distance(from: link.startIndex, to: $0) <= 1 } ?? false
            && words["given_leads"].contains(where: link.hasSuffix)
        guard isTurn || isReview, from.value != to.value else { return [] }
        var found: [Wrong] = []
        if isTurn, let isDown = direction(link), isDown != (to.value < from.value) {
            found.append(Wrong(quote: quote(index, index + 1), meant: to.value < from.value ? "降" : "升"))
        }
        for next in index + 2..<min(index + 4, figures.count) {
            let stop = String(letters[figures[next - 1].range.upperBound..<figures[next].range.lowerBound])
            let clause = stop.split(separator: "，", omittingEmptySubsequences: false).last.map(String.init) ?? ""
            guard stop.contains("，"), stop.count <= 16, !stop.contains("其中"),
                let verb = (words["rises"] + words["falls"]).first(where: {
                    clause.strippedEnds(["了", "约", "为"]).hasSuffix($0)
                }),
                isReview || !words["cut_verbs"].contains(verb), clause.count - verb.count <= 4
            else { break }
            if let wrong = result(figures[next], clause, from, to, unit) { found.append(wrong) }
        }
        return found
    }

    /// `95%，比97.5%低2.5个百分点`.
    private func compared(_ index: Int, _ unit: String) -> [Wrong] {
        guard index + 2 < figures.count else { return [] }
        let (one, two, apart) = (figures[index], figures[index + 1], figures[index + 2])
        let link = between(index, unit)
        guard let clause = link.split(separator: "，", omittingEmptySubsequences: false).last, link.contains("，"),
            words["compared_leads"].contains(where: clause.hasPrefix), link.count <= 24, !link.contains("。")
        else { return [] }
        let start = two.range.upperBound + unit.count
        guard start <= apart.range.lowerBound else { return [] }
        let verb = String(letters[start..<apart.range.lowerBound]).strippedEnds(["了", "约", "出"])
        let isLess = words["falls"].contains(verb) || ["低", "少", "短", "小"].contains(verb)
        let isMore = words["rises"].contains(verb) || ["高", "多", "长", "大"].contains(verb)
        guard isLess || isMore, one.value != two.value else { return [] }
        if isLess != (one.value < two.value), apart.measure == unit || unit == "%" {
            return [Wrong(quote: verb + apart.digits, meant: isLess ? "高" : "低")]
        }
        return result(apart, verb, two, one, unit).map { [$0] } ?? []
    }

    /// What a change comes to, where it is not what is said.
    private func result(_ said: StatedFigure, _ verb: String, _ from: StatedFigure, _ to: StatedFigure, _ unit: String)
        -> Wrong?
    {
        guard let apart = try? (to.value - from.value).magnitude, !from.value.isZero else { return nil }
        let quote = verb + said.digits + (said.unit ?? "")
        if said.measure == unit && unit != "%" || unit == "%" && said.behind.hasPrefix("个百分点") {
            let isRounded = letters[..<said.range.lowerBound].last.map { "约近".contains($0) } ?? false
            if isRounded, apart.rounded(to: said.value.places) == said.value { return nil }
            // What several of it come to is a multiple.
            let times = try? said.value.divided(by: apart, places: 6)
            guard said.value != apart, let times, times.withoutTrailingZeros.places > 0 || times < 2 else { return nil }
            return Wrong(quote: quote, meant: apart.grouped)
        }
        guard unit != "%", said.behind.hasPrefix("%"),
            let rate = try? (apart * 100).divided(by: from.value, places: said.value.places), rate != said.value
        else { return nil }
        return Wrong(quote: quote, meant: rate.grouped + "%")
    }

    private func direction(_ link: String) -> Bool? {
        let isDown = words["moved_down"].contains(where: link.turns)
        return isDown || words["moved_up"].contains(where: link.turns) ? isDown : nil
    }

    private func quote(_ one: Int, _ two: Int) -> String {
        String(letters[figures[one].range.lowerBound..<figures[two].range.upperBound]) + (figures[two].unit ?? "")
    }
}

extension StatedFigure {
    /// What it is measured in, for holding it against others of its sentence: a unit that is known, else the two letters behind it.
    fileprivate var measure: String? {
        if behind.hasPrefix("年") { return nil }
        if let unit { return unit == "月" || unit == "日" ? nil : unit }
        let letters = String(behind.prefix(2))
        return letters.count == 2 && !letters.contains { "，。；、）".contains($0) } ? letters : nil
    }
}

extension String {
    /// Whether a word that turns one number into another ends it, but for what a number is of: 降至每秒.
    fileprivate func turns(_ word: String) -> Bool {
        guard let place = firstBytes(of: word) else { return false }
        let rest = self[place.upperBound...]
        return rest.isEmpty || rest.hasPrefix("每") && rest.count <= 3
    }
}
