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

    /// 评审 for `review`, 评审/甲 for its sheet about 甲; a rater whom the form has no word for is called as he is written.
    func name(of rater: String) -> LocalizedText {
        let end = rater.firstIndex(of: "/") ?? rater.endIndex
        guard let names = titles["scores.rater=" + rater[..<end]], let first = names.first else {
            return LocalizedText(rater)
        }
        let rest = rater[end...]
        return LocalizedText(zh: first + rest, en: (names.dropFirst().first ?? first) + rest)
    }

    var all: [String] { [applicant, reviewer] }

    /// The part of a rater whose name does not say it.
    func part(of rater: String) -> ScoreSheet.Part? {
        if rater == reviewer { return rater == ScoreSheet.reviewRater ? nil : .reviewer }
        if rater == applicant { return rater == ScoreSheet.selfRater ? nil : .applicant }
        return nil
    }
}
