/// A rule as a value: what it is called, its manual, its parameters, its examples, and the check itself.
///
///     let roundAmount = RuleCheck<Dossier>(
///         "lines/round-amount",
///         .info,
///         title: LocalizedText(zh: "整数金额", en: "round amounts"),
///         manual: LocalizedText(zh: "…", en: "…"),
///         examples: [.bad("…", zh: "…", en: "…"), .good("…")],
///         check: checkAmounts
///     )
///
///     private func checkAmounts(_ dossier: Dossier, _ findings: inout RuleFindings) {
///         for row in dossier.rows(of: "lines") where row.decimal("amount")… {
///             findings.report(LocalizedText(zh: "…", en: "…"), pointers: [row.pointer("amount")])
///         }
///     }
///
/// `Subject` is what the rules of one scorer look at: made once from the dossier, before the first rule is checked.
public struct RuleCheck<Subject: Sendable>: Sendable {
    /// What is told of it: in `rules/list`, manuals and reviews.
    public var rule: Rule
    let check: Check

    /// Looks at the subject and reports what it finds. An error ends the whole step: what is wrong with a document is a
    /// finding.
    public typealias Check = @Sendable (Subject, inout RuleFindings) async throws -> Void

    public init(_ rule: Rule, check: @escaping Check) { (self.rule, self.check) = (rule, check) }

    public init(
        _ id: String,
        _ severity: Severity,
        title: LocalizedText,
        manual: LocalizedText = LocalizedText(""),
        parameters: [Rule.Parameter] = [],
        examples: [Rule.Example] = [],
        aliases: [String] = [],
        deprecation: Deprecation? = nil,
        check: @escaping Check
    ) {
        rule = Rule(
            id,
            severity,
            title: title,
            manual: manual,
            parameters: parameters,
            examples: examples,
            aliases: aliases,
            deprecation: deprecation
        )
        self.check = check
    }

    /// The same rule for a subject of which the old one is a part.
    public func pullback<Whole: Sendable>(
        _ part: @escaping @Sendable (Whole) -> Subject
    ) -> RuleCheck<Whole> {
        RuleCheck<Whole>(rule) { whole, findings in try await check(part(whole), &findings) }
    }
}

/// The rules of a scorer: the list that is run, and the catalogue.
public struct RuleSet<Subject: Sendable>: Sendable {
    /// In the order in which they are checked.
    public let checks: [RuleCheck<Subject>]

    public init(_ checks: [RuleCheck<Subject>]) { self.checks = checks }

    /// What `rules/list` answers.
    public var rules: [Rule] { checks.map(\.rule) }

    /// Checks `subject` by every rule that the spec has not switched off, in order. What each took goes to the request's
    /// context.
    ///
    /// - Returns: an assessment with the findings, and with the rules that found something.
    /// - Throws: what a check throws.
    public func assess(
        _ subject: Subject,
        _ request: ScoringRequest,
        clock: any Clock<Duration> = ContinuousClock()
    ) async throws -> Assessment {
        try await assess(subject, request, since: clock)
    }

    private func assess<Ticks: Clock<Duration>>(
        _ subject: Subject,
        _ request: ScoringRequest,
        since clock: Ticks
    ) async throws -> Assessment {
        let settings = request.rules
        var (assessment, times) = (Assessment(), [RuleTime]())
        // A blocker is never off, whatever a host says.
        let wanted = checks.filter { $0.rule.severity == .blocker || !settings.off.contains($0.rule.id) }
        guard let first = wanted.first else { return assessment }
        var findings = RuleFindings(first.rule, settings)
        for check in wanted {
            try Task.checkCancellation()
            let (start, count) = (clock.now, findings.all.count)
            findings.rule = check.rule
            try await check.check(subject, &findings)
            times.append(RuleTime(rule: check.rule.id, duration: start.duration(to: clock.now)))
            if findings.all.count > count { assessment.rules.append(check.rule.named) }
        }
        assessment.findings = findings.all
        request.context.spent(times)
        return assessment
    }
}

/// How long a rule took; for the run log, never for a review.
public struct RuleTime: Sendable, Hashable {
    public var rule: String
    public var duration: Duration

    public init(rule: String, duration: Duration) { (self.rule, self.duration) = (rule, duration) }

    /// Whole microseconds, rounded down.
    public var microseconds: Int {
        Int(duration.components.seconds) * 1_000_000 + Int(duration.components.attoseconds / 1_000_000_000_000)
    }
}
