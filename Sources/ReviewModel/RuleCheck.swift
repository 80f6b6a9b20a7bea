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
    private let isSideBySide: Bool

    /// - Parameter isSideBySide: whether the rules are checked on all processors at once, which pays where each takes a millisecond. What
    ///   comes out is the same, to the order of the findings, as long as rules ask what was found before them only to leave out what was told.
    public init(_ checks: [RuleCheck<Subject>], isSideBySide: Bool = false) {
        (self.checks, self.isSideBySide) = (checks, isSideBySide)
    }

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
        let ahead = isSideBySide ? await sideBySide(wanted, subject, settings, clock) : [:]
        for (index, check) in wanted.enumerated() {
            try Task.checkCancellation()
            let outcome: Outcome
            if let known = ahead[index] {
                outcome = known
            } else {
                outcome = try await self.outcome(
                    of: check,
                    subject,
                    RuleFindings(check.rule, settings, earlier: assessment.findings),
                    clock
                )
            }
            times.append(RuleTime(rule: check.rule.id, duration: outcome.duration))
            if !outcome.found.isEmpty { assessment.rules.append(check.rule.named) }
            assessment.findings += outcome.found
        }
        request.context.spent(times)
        return assessment
    }

    /// What one rule found, and how long it took.
    private struct Outcome: Sendable {
        var found: [Finding]
        var duration: Duration
        var hasLookedBack: Bool
    }

    private func outcome<Ticks: Clock<Duration>>(
        of check: RuleCheck<Subject>,
        _ subject: Subject,
        _ findings: RuleFindings,
        _ clock: Ticks
    ) async throws -> Outcome {
        var findings = findings
        let start = clock.now
        try await check.check(subject, &findings)
        return Outcome(
            found: findings.own,
            duration: start.duration(to: clock.now),
            hasLookedBack: findings.hasLookedBack
        )
    }

    /// What those of `wanted` find that do not ask what was found before them, by their places; of those that ask, who find nothing while nobody has told of
    /// anything: what was told can only keep them from telling. The others are checked again in their turn; one that throws does so then, as it would have.
    private func sideBySide<Ticks: Clock<Duration>>(
        _ wanted: [RuleCheck<Subject>],
        _ subject: Subject,
        _ settings: RuleSettings,
        _ clock: Ticks
    ) async -> [Int: Outcome] {
        await withTaskGroup(of: (Int, Outcome?).self) { group in
            for (index, check) in wanted.enumerated() {
                _ = group.addTaskUnlessCancelled {
                    let findings = RuleFindings(check.rule, settings, earlier: [])
                    return (index, try? await outcome(of: check, subject, findings, clock))
                }
            }
            return await group.reduce(into: [:]) { outcomes, next in
                if let outcome = next.1, !outcome.hasLookedBack || outcome.found.isEmpty { outcomes[next.0] = outcome }
            }
        }
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
