import ReviewModel

/// What a form calls the raters who play a part: `self` and `review`, unless it has words of its own.
struct RaterWords: Sendable {
    let applicant: String
    let reviewer: String
    /// What the form calls raters, by `scores.rater=` and their ids: first in Chinese, then in English.
    private let titles: [String: [String]]

    init(_ form: DossierOutline? = nil) {
        applicant = form?.roles.raters[.applicant] ?? ScoreSheet.selfRater
        reviewer = form?.roles.raters[.reviewer] ?? ScoreSheet.reviewRater
        titles = form?.synonyms ?? [:]
    }

    /// 评审 for `review`, 评审/甲 for its sheet about 甲; a rater whom neither the form nor the program has a word for is called as he is
    /// written.
    func name(of rater: String) -> LocalizedText {
        let end = rater.firstIndex(of: "/") ?? rater.endIndex
        let (own, rest) = (String(rater[..<end]), rater[end...])
        if let names = titles["scores.rater=" + own], let first = names.first {
            return LocalizedText(zh: first + rest, en: (names.dropFirst().first ?? first) + rest)
        }
        switch own {
        case ScoreSheet.reviewRater: return LocalizedText(zh: "评审" + rest, en: rater)
        case ScoreSheet.selfRater: return LocalizedText(zh: "自评" + rest, en: rater)
        default: return LocalizedText(rater)
        }
    }

    /// Several of them in one sentence.
    func names(of raters: [String]) -> LocalizedText {
        let names = raters.map(name)
        return LocalizedText(
            zh: names.map(\.zh).joined(separator: "、"),
            en: names.map(\.en).joined(separator: ", ")
        )
    }

    var all: [String] { [applicant, reviewer] }

    /// The part of a rater whose name does not say it.
    func part(of rater: String) -> ScoreSheet.Part? {
        if rater == reviewer { return rater == ScoreSheet.reviewRater ? nil : .reviewer }
        if rater == applicant { return rater == ScoreSheet.selfRater ? nil : .applicant }
        return nil
    }
}
