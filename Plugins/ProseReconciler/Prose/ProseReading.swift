/// What the words before a number say that it is.
struct ProseReading: Equatable {
    /// The subjects that a name may mean; `nil` where no name stands.
    var subjects: Set<String>?
    var namesProject = false
    /// Whether words stand there that mean the project as a whole, 项目 or 总额, without its name.
    var isWhole = false
    /// Whether the project is meant because a sentence that names nobody says what was asked for and what was approved.
    var isAssumed = false
    /// Whether words stand before it in such a sentence that were not understood.
    var followsUnknown = false
    /// Whether the number is the share of what is named in a whole.
    var isShare = false
    /// What the whole is of which it is the share: 占申报总额的.
    var shareOf: ProseAspect?
    var years: [Int] = []
    /// The year that is compared with.
    var baseYear: Int?
    var hasSpan = false
    /// How many years 近三年 counts.
    var span: Int?
    /// Whether 合计 or 累计 says that years are summed up.
    var isSum = false
    var aspect: ProseAspect?
    /// The columns or fields of the form whose title stands there.
    var measures: Set<String>?
    var isMean = false
    /// Whether 其中 or 包括 stands before it, so that a count may be one of several.
    var isPartOf = false
    /// 增加 or 减少, when the number is a change.
    var isIncrease: Bool?

    /// Whether it says itself what it is about, and does not rely on what was said before.
    var isComplete: Bool { subjects != nil || namesProject || !years.isEmpty || hasSpan || namesRater }

    /// Whether nothing at all was said.
    var isEmpty: Bool {
        !isComplete && aspect == nil && measures == nil && !isShare && !isMean && isIncrease == nil && baseYear == nil
    }

    /// A score by the name of who gave it is the project's own.
    var namesRater: Bool { aspect == .selfScore || aspect == .reviewScore }

    init() {}

    /// Reads tokens; `nil` when they contradict each other, for then the number is left alone.
    init?(_ tokens: [ProseToken]) {
        var isCompared = false
        var (someYears, isAccumulated) = (Int?.none, false)
        for token in tokens {
            switch token {
            case .subject(let meanings):
                guard subjects == nil || subjects == meanings else { return nil }
                subjects = meanings
            case .project: namesProject = true
            case .year(let year):
                if isCompared {
                    baseYear = year
                } else {
                    // 2023 年、2024 年…分别为: which of them the number is of stands nowhere in its words.
                    guard years.isEmpty || years == [year] else { return nil }
                    years = [year]
                }
            case .years(let list): years = list
            case .span(let count): (hasSpan, span) = (true, count)
            case .someYears(let count): someYears = count
            case .sum: isSum = true
            case .accumulated: (isSum, isAccumulated) = (true, true)
            case .share: isShare = true
            case .whole: isWhole = true
            // 占申报总额: what is said of the whole is nothing more of the part.
            case .aspect(let word) where isShare: shareOf = shareOf ?? word
            case .aspect(let word):
                if let known = aspect {
                    if known.outweighs(word) { continue }
                    guard word.outweighs(known) || word == known || known == .requested && word == .approved else {
                        return nil
                    }
                }
                aspect = word
            case .measure(let meanings):
                let both = measures?.intersection(meanings) ?? meanings
                guard !both.isEmpty else { return nil }
                measures = both
            case .mean: isMean = true
            case .compared: isCompared = true
            case .change(let up): isIncrease = up
            case .filler: continue
            }
        }
        // 较上年 without a word for what changed is not enough to go by.
        if isCompared, isIncrease == nil { return nil }
        // 三年支出合计 are years that are over; 三年预算 may be those of a plan.
        if let someYears, !hasSpan, years.isEmpty {
            guard aspect == .paid, isSum || isMean else { return nil }
            (hasSpan, span) = (true, someYears)
        }
        if isAccumulated, !hasSpan, years.count < 2 { return nil }
    }

    /// This reading with what the number before it in the sentence was about.
    func carrying(_ previous: ProseReading) -> ProseReading {
        guard subjects == nil, !namesProject, years.isEmpty, !hasSpan else { return self }
        var full = self
        (full.subjects, full.namesProject, full.years) = (previous.subjects, previous.namesProject, previous.years)
        (full.hasSpan, full.span) = (previous.hasSpan, previous.span)
        full.isSum = isSum || previous.isSum && previous.hasSpan
        full.isWhole = isWhole || previous.isWhole
        full.isAssumed = isAssumed || previous.isAssumed
        full.followsUnknown = followsUnknown || previous.followsUnknown
        if isIncrease != nil {
            if baseYear == nil { full.baseYear = previous.baseYear }
            if aspect == nil { full.aspect = previous.aspect }
        }
        return full
    }
}
