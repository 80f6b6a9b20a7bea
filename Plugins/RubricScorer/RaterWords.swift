import ReviewModel

/// What a form calls the raters who play a part: `self` and `review`, unless it has words of its own.
struct RaterWords: Sendable {
    let applicant: String
    let reviewer: String

    init(_ form: DossierOutline? = nil) {
        applicant = form?.roles.raters[.applicant] ?? ScoreSheet.selfRater
        reviewer = form?.roles.raters[.reviewer] ?? ScoreSheet.reviewRater
    }

    var all: [String] { [applicant, reviewer] }

    /// The part of a rater whose name does not say it.
    func part(of rater: String) -> ScoreSheet.Part? {
        if rater == reviewer { return rater == ScoreSheet.reviewRater ? nil : .reviewer }
        if rater == applicant { return rater == ScoreSheet.selfRater ? nil : .applicant }
        return nil
    }
}
