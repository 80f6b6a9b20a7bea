import ReviewModel
import Synchronization
import Testing

private let low = RuleCheck<[Int]>(
    "n/low",
    .warning,
    title: LocalizedText(zh: "小", en: "low"),
    parameters: [Rule.Parameter("least", LocalizedText("least"), standard: 0)],
    check: checkLow
)

private func checkLow(_ numbers: [Int], _ findings: inout RuleFindings) {
    for number in numbers where number < findings.integer("least") ?? 0 {
        findings.report(LocalizedText("\(number)"), pointers: [JSONPointer(["n", "\(number)"])])
    }
}

private let negative = RuleCheck<[Int]>(
    "n/negative",
    .info,
    title: LocalizedText(zh: "负", en: "negative"),
    check: checkNegative
)

/// Negative numbers, unless the rule before has spoken of them.
private func checkNegative(_ numbers: [Int], _ findings: inout RuleFindings) {
    let told = findings.told(by: ["n/low"])
    for number in numbers where number < 0 && !told.contains(JSONPointer(["n", "\(number)"])) {
        findings.report(LocalizedText("\(number)"), severity: .error)
    }
}

private let broken = RuleCheck<[Int]>(
    "n/broken",
    .blocker,
    title: LocalizedText(zh: "坏", en: "broken"),
    check: checkBroken
)

private func checkBroken(_ numbers: [Int], _ findings: inout RuleFindings) {
    if numbers.isEmpty { findings.report(LocalizedText("nothing")) }
}

@Suite("Rules as values")
struct RuleSetTests {
    private let rules = RuleSet([low, negative, broken])

    private func assess(_ numbers: [Int], _ settings: RuleSettings = RuleSettings()) async throws -> Assessment {
        try await rules.assess(numbers, ScoringRequest(dossier: Dossier(), rules: settings))
    }

    private func found(_ assessment: Assessment) -> [String] {
        assessment.findings.map { "\($0.severity) \($0.rule) \($0.message.en)" }
    }

    @Test("a finding bears its rule and its severity, and the assessment names the rules that found something")
    func findings() async throws {
        let assessment = try await assess([-1, 2])
        #expect(found(assessment) == ["warning n/low -1"])
        #expect(assessment.rules.map(\.id) == ["n/low"])
        #expect(assessment.rules[0].parameters.isEmpty)
        #expect(found(try await assess([3])) == [])
        #expect(try await assess([3]).rules == [])
    }

    @Test("a town's value of a parameter counts")
    func parameters() async throws {
        let settings = RuleSettings(["n/low": ["least": 4]])
        #expect(found(try await assess([3], settings)) == ["warning n/low 3"])
    }

    @Test("a rule that is off is not checked, and has told of nothing; a blocker is never off")
    func off() async throws {
        #expect(found(try await assess([-1], RuleSettings(off: ["n/low"]))) == ["error n/negative -1"])
        #expect(found(try await assess([-1], RuleSettings(off: ["n/low", "n/negative"]))) == [])
        #expect(found(try await assess([], RuleSettings(off: ["n/broken"]))) == ["blocker n/broken nothing"])
    }

    @Test("how long each rule took is told to the caller, and to nobody else")
    func times() async throws {
        let context = Listener()
        let request = ScoringRequest(dossier: Dossier(), rules: RuleSettings(off: ["n/negative"]), context: context)
        let assessment = try await rules.assess([-1], request, clock: SteppingClock())
        #expect(
            context.times.withLock { $0 } == [
                RuleTime(rule: "n/low", duration: .microseconds(7)),
                RuleTime(rule: "n/broken", duration: .microseconds(7)),
            ]
        )
        #expect(assessment == (try await assess([-1], RuleSettings(off: ["n/negative"]))))
    }
}

private let failing = RuleCheck<[Int]>("n/failing", .error, title: LocalizedText(zh: "错", en: "failing")) { _, _ in
    throw NoDossier()
}

@Suite("Rules side by side")
struct RulesSideBySideTests {
    private func assess(_ checks: [RuleCheck<[Int]>], _ numbers: [Int]) async throws -> Assessment {
        try await RuleSet(checks, isSideBySide: true).assess(numbers, ScoringRequest(dossier: Dossier()))
    }

    @Test("what is found stands in the order of the rules, as if they were checked one after another")
    func order() async throws {
        let several = (0..<40).map { index in
            RuleCheck<[Int]>("n/\(index)", .info, title: LocalizedText("\(index)")) { numbers, findings in
                // Later ones are done sooner.
                for _ in index..<40 { await Task.yield() }
                for number in numbers { findings.report(LocalizedText("\(index) \(number)")) }
            }
        }
        let assessment = try await assess(several, [1, 2])
        let alone = try await RuleSet(several).assess([1, 2], ScoringRequest(dossier: Dossier()))
        #expect(assessment == alone)
        #expect(assessment.findings.count == 80)
    }

    @Test("a rule that asks what was told before knows it, and what it found without knowing is forgotten")
    func lookBack() async throws {
        let assessment = try await assess([low, negative, broken], [-1, -2])
        #expect(assessment.findings.map(\.rule) == ["n/low", "n/low"])
        #expect(try await assess([negative, low], [-1]).findings.map(\.rule) == ["n/negative", "n/low"])
    }

    @Test("who asks what was told and finds nothing is checked once")
    func askedOnce() async throws {
        let times = Mutex(0)
        let asking = RuleCheck<[Int]>("n/asking", .info, title: LocalizedText("asking")) { numbers, findings in
            times.withLock { $0 += 1 }
            if findings.told(by: ["n/low"]).isEmpty, numbers.contains(7) { findings.report(LocalizedText("seven")) }
        }
        #expect(try await assess([low, asking], [-1]).findings.count == 1)
        #expect(times.withLock { $0 } == 1)
        #expect(try await assess([low, asking], [-1, 7]).findings.count == 1)
        #expect(times.withLock { $0 } == 3)
    }

    @Test("an error of a rule ends the step")
    func error() async {
        await #expect(throws: NoDossier.self) { try await assess([low, failing], [-1]) }
    }
}

/// Goes on by 7 µs whenever somebody looks.
private final class SteppingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let elapsed = Mutex(Duration.zero)
    var minimumResolution: Duration { .microseconds(7) }
    var now: Instant {
        elapsed.withLock {
            $0 += .microseconds(7)
            return Instant(offset: $0)
        }
    }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
}

/// Keeps the times that it is told.
private final class Listener: RoleContext {
    let times = Mutex<[RuleTime]>([])
    let locale = Locale.en
    func spent(_ times: [RuleTime]) { self.times.withLock { $0 += times } }
    func log(_ level: LogLevel, _ message: String) {}
    func progress(done: Int, total: Int?, message: String) {}
    func tables() async throws -> [TableSummary] { [] }
    func query(_ sql: String, _ parameters: Record) async throws -> Table { throw NoDossier() }
    func read(_ table: String, columns: [String]?, page: @Sendable (Table) async throws -> Void) async throws {}
}
