/// The scores that one rater gave: the applicant itself, a reviewer, an expert.
public struct ScoreSheet: Sendable, Hashable {
    /// Who scored: `self`, `review`, or a rater's own id; of one of many things, with its key behind a slash: `review/P2`.
    public var rater: String
    /// `nil` where there is nothing to add up: letters and ratings stand side by side, and the whole has at most a level.
    public var total: ExactDecimal?
    /// The most points that can be had; `nil` where there is no total.
    public var max: ExactDecimal?
    /// The level of the whole, where one follows from those of the parts: `B+`.
    public var level: String?
    /// Everything that is scored from the top, parents before their parts.
    public var items: [ScoreItem]
    public var verdict: Verdict?
    /// Every verdict that a total could have had, as whoever scored lists them.
    public var bands: [Verdict] = []
    /// Places that the total is rounded to, half up, before its verdict is looked up; `nil` for none.
    public var verdictPlaces: Int?
    /// For verdicts that better scores lead to, the fewest of them and the least: as whoever scored knows them, with every
    /// mean, scale and rule in between.
    public var changes: [Change] = []
    /// What is judged, where it is one of many.
    public var subject: Subject?
    /// The part that the rater plays, where the form calls that rater otherwise: a sheet of `panel` may be the review.
    public var part: Part?

    /// Parts that raters play.
    public enum Part: String, Sendable, CaseIterable {
        /// The applicant itself.
        case applicant = "self"
        /// The reviewing agency, whose verdict is that of the review.
        case reviewer = "review"
    }

    /// One of many things that are judged alike, and how it stands among them.
    public struct Subject: Sendable, Hashable {
        public var key: String
        public var name: String
        /// 1 for the best; equal ones share a rank. `nil` where there is no total to be ranked by.
        public var rank: Int?

        public init(key: String, name: String, rank: Int?) { (self.key, self.name, self.rank) = (key, name, rank) }
    }

    /// Better scores, or a worse one, and the verdict that they lead to.
    public struct Change: Sendable, Hashable {
        /// The code of the verdict.
        public var verdict: String
        public var items: [Item]
        /// Whether the scores are worse ones.
        public var isLoss = false
        /// Whether no change of the scores leads there: ``items`` is empty then, as it is where every change leads further.
        public var isOutOfReach = false
        /// What the verdict is called, where it is none of the sheet's ``ScoreSheet/bands``: that of an override.
        public var name: LocalizedText?

        /// One other score.
        public struct Item: Sendable, Hashable {
            public var code: String
            /// The points that are gained, or lost where negative; `nil` for a letter.
            public var gain: ExactDecimal?
            /// The level that it would be, where it is scored by levels.
            public var level: String?
            /// The points that the item itself would have more, or fewer where negative, where the total changes by others: in a mean.
            public var ownGain: ExactDecimal?

            public init(code: String, gain: ExactDecimal?, level: String? = nil) {
                (self.code, self.gain, self.level) = (code, gain, level)
            }
        }

        public init(verdict: String, items: [Item]) { (self.verdict, self.items) = (verdict, items) }
    }

    public init(
        rater: String,
        total: ExactDecimal?,
        max: ExactDecimal?,
        items: [ScoreItem],
        verdict: Verdict? = nil
    ) {
        self.rater = rater
        self.total = total
        self.max = max
        self.items = items
        self.verdict = verdict
    }

    /// Whether it is the sheet that the review's verdict comes from.
    public var isReview: Bool { subject == nil && (part == .reviewer || part == nil && rater == Self.reviewRater) }
    /// Whether it is what the applicant has given itself.
    public var isSelf: Bool { subject == nil && (part == .applicant || part == nil && rater == Self.selfRater) }

    /// Who scored, without the thing that was judged: `review` of `review/P2`.
    public var baseRater: String {
        guard let subject, rater.hasSuffix("/" + subject.key) else { return rater }
        return String(rater.dropLast(subject.key.count + 1))
    }

    /// The sheet of the applicant, and that of the reviewing agency, unless the form calls them otherwise.
    public static let selfRater = "self"
    public static let reviewRater = "review"
}

/// The score of one section or criterion.
public struct ScoreItem: Sendable, Hashable {
    public var code: String
    public var name: String
    /// The code of the item that this one belongs to; `nil` at the top.
    public var parent: String?
    /// The most points that can be had; `nil` for what is rated by letters alone.
    public var max: ExactDecimal?
    /// The fewest points that can be had, where they are fewer than none: −4 of a scale from −4 to 4.
    public var min: ExactDecimal?
    /// `nil` where the rater gave no score of its own for this item, and for what has a ``level`` alone.
    public var points: ExactDecimal?
    /// The level or grade that was chosen, or that follows from the parts'.
    public var level: String?
    /// What the dossier gives by itself, where a rater has decided otherwise.
    public var computed: ExactDecimal?
    public var status: Status
    public var reason: String
    public var evidence: [String]
    /// The problems that points were lost for.
    public var problems: [String] = []
    /// Where the score was given.
    public var pointer: JSONPointer?

    /// Whether the item has points or a level, and applies.
    public var isScored: Bool { (points != nil || level != nil) && status != .notApplicable }

    public enum Status: String, Sendable {
        /// Points were given for this very item.
        case given
        /// The points follow from the parts: their sum, mean or weakest.
        case summed
        /// The points follow from the dossier.
        case computed
        /// The item does not apply here; another one stands for it.
        case notApplicable
        /// The item shares its points with its siblings; they are counted on the parent.
        case pooled
        /// Only a total further up is known.
        case unscored
    }

    public init(
        code: String,
        name: String,
        parent: String? = nil,
        max: ExactDecimal?,
        points: ExactDecimal?,
        status: Status,
        reason: String = "",
        evidence: [String] = [],
        pointer: JSONPointer? = nil
    ) {
        self.code = code
        self.name = name
        self.parent = parent
        self.max = max
        self.points = points
        self.status = status
        self.reason = reason
        self.evidence = evidence
        self.pointer = pointer
    }
}

/// What follows from a total: the band that it falls into.
public struct Verdict: Sendable, Hashable {
    public var code: String
    public var name: LocalizedText
    /// The band in interval notation, ends stated: `[70, 90)`.
    public var band: String

    public init(code: String, name: LocalizedText, band: String) {
        self.code = code
        self.name = name
        self.band = band
    }
}
