import ReviewModel

/// What a form calls the raters who play a part: `self` and `review`, unless it has words of its own.
struct RaterWords: Sendable {
    let applicant: String
    let reviewer: String
    /// What the form calls raters, by `scores.rater=` and their ids: first in Chinese, then in English.
    private let titles: [String: [String]]
    /// What the many things that are judged are called, by their keys.
    private let things: [String: String]

    init(_ form: DossierOutline? = nil, things: [(key: String, name: String)] = []) {
        let alike = Dictionary(grouping: things, by: \.name)
        self.things = Dictionary(
            things.map { ($0.key, alike[$0.name, default: []].count == 1 ? $0.name : "\($0.name), \($0.key)") }
        ) { first, _ in first }
        applicant = form?.roles.raters[.applicant] ?? ScoreSheet.selfRater
        reviewer = form?.roles.raters[.reviewer] ?? ScoreSheet.reviewRater
        titles = form?.synonyms ?? [:]
    }

    /// 评审 for `review`, 评审（社区食堂） for its sheet about what is called so; a rater whom neither the form nor the program has a word
    /// for is called as he is written.
    func name(of rater: String) -> LocalizedText {
        let end = rater.firstIndex(of: "/") ?? rater.endIndex
        let (own, rest) = (String(rater[..<end]), rater[end...])
        let thing = things[String(rest.dropFirst())]
        let (zh, en) = (thing.map { "（\($0)）" } ?? String(rest), thing.map { " (\($0))" } ?? String(rest))
        if let names = titles["scores.rater=" + own], let first = names.first {
            return LocalizedText(zh: first + zh, en: (names.dropFirst().first ?? first) + en)
        }
        switch own {
        case ScoreSheet.reviewRater: return LocalizedText(zh: "评审" + zh, en: own + en)
        case ScoreSheet.selfRater: return LocalizedText(zh: "自评" + zh, en: own + en)
        default: return LocalizedText(zh: own + zh, en: own + en)
        }
    }

    /// Whether many things are judged.
    var judgesMany: Bool { !things.isEmpty }

    /// What one of the many things is called, of a sheet about it; `nil` where one thing is judged.
    func thing(of sheet: String) -> String? {
        sheet.firstIndex(of: "/").flatMap { things[String(sheet[$0...].dropFirst())] }
    }

    /// Several of them in one sentence.
    func names(of raters: [String]) -> LocalizedText {
        let names = raters.map(name)
        return LocalizedText(
            zh: names.map(\.zh).joined(separator: "、"),
            en: names.map(\.en).joined(separator: ", ")
        )
    }

    /// The rater whom the form calls by that title; `nil` for a name.
    func rater(titled title: String) -> String? {
        let prefix = "scores.rater="
        if titles[prefix + title] != nil { return nil }
        return titles.filter { $0.key.hasPrefix(prefix) && $0.value.contains(title) }.keys.min()
            .map { String($0.dropFirst(prefix.count)) }
    }

    var all: [String] { [applicant, reviewer] }

    /// The part of a rater whose name does not say it.
    func part(of rater: String) -> ScoreSheet.Part? {
        if rater == reviewer { return rater == ScoreSheet.reviewRater ? nil : .reviewer }
        if rater == applicant { return rater == ScoreSheet.selfRater ? nil : .applicant }
        return nil
    }
}
