public import PluginRuntime
public import ReviewModel

/// One thing that a plugin must do to be at home in any host. Checks are data: the list is ``ConformanceCheck/all``.
public struct ConformanceCheck: Sendable {
    public var id: String
    /// What the protocol says, in one sentence, with the section of Docs/PROTOCOL.md.
    public var rule: String
    /// The checks without which this one would only say again what they say.
    var needs: [String] = []
    /// How many times as long as other replies its own may take.
    var slowness = 1
    var body: Body

    /// How a plugin is checked.
    enum Body: Sendable {
        /// Line by line, by a host that may say wrong things.
        case conversation(@Sendable (ConformanceSession) async throws -> Void)
        /// By the host itself, as in a run.
        case trial(@Sendable (Trial) async throws -> Void)
    }

    /// A check that talks line by line.
    init(
        id: String,
        rule: String,
        needs: [String] = ["handshake"],
        _ conversation: @escaping @Sendable (ConformanceSession) async throws -> Void
    ) {
        (self.id, self.rule, self.needs, body) = (id, rule, needs, .conversation(conversation))
    }

    /// A check that lets the host do what it does in a run.
    static func trial(
        id: String,
        rule: String,
        needs: [String] = ["handshake", "settings"],
        slowness: Int = 1,
        _ trial: @escaping @Sendable (Trial) async throws -> Void
    ) -> ConformanceCheck {
        var check = ConformanceCheck(id: id, rule: rule, needs: needs) { _ in }
        (check.slowness, check.body) = (slowness, .trial(trial))
        return check
    }

    /// What came of a check.
    public struct Result: Sendable {
        public var check: ConformanceCheck
        public var verdict: Verdict
        /// What was sent (`→`) and what came (`←`), line by line.
        public var transcript: [String]
        /// The last lines that the plugin wrote to standard error, and how it ended where it ended by itself.
        public var lastWords: [String]
    }

    public enum Verdict: Sendable, Equatable {
        case passed
        /// What came instead.
        case failed(String)
        /// Why the check does not apply.
        case skipped(String)
        /// What has to be given before it can be checked; no fault of the plugin's.
        case wanting(String)

        /// What comes of `check`.
        init(of check: () async throws -> Void) async {
            do {
                try await check()
                self = .passed
            } catch let failure as Nonconformance {
                self = .failed(failure.found)
            } catch let skip as NotApplicable {
                self = .skipped(skip.reason)
            } catch let want as Wanting {
                self = .wanting(want.what)
            } catch let failure as PluginFailure {
                self = .failed(failure.message.en)
            } catch {
                self = .failed("\(error)")
            }
        }
    }
}

/// What a plugin is checked with besides its command.
public struct ConformanceMaterial: Sendable {
    /// Good settings of its roles, by role; a role without an entry is given its schema's defaults, that is `{}`.
    public var settings: [String: Value]
    /// The dossier that the roles are sent; `nil` for a made-up one with the tables that they read.
    public var dossier: Dossier?
    /// What the dossier may hold; `nil` where nobody knows.
    public var form: DossierOutline?
    /// The form as a spec has it, which the examples of rules fill; `nil` where nobody knows.
    public var exampleForm: Value?
    /// The file of that form, beside which examples stand: what they include is seen from there.
    public var exampleFormFile: String?
    /// The plugin of that name, for steps of examples that need what others find.
    public var otherPlugin: @Sendable (String) -> PluginProgram? = { _ in nil }
    /// How long each reply may take.
    public var patience = Duration.seconds(10)

    public init(settings: [String: Value] = [:], dossier: Dossier? = nil, form: DossierOutline? = nil) {
        (self.settings, self.dossier, self.form) = (settings, dossier, form)
    }
}

/// Runs checks, each with a process of its own, and tells `report` as soon as one is done. A check that needs one that has
/// failed is skipped.
public func checkConformance(
    of program: PluginProgram,
    with material: ConformanceMaterial = ConformanceMaterial(),
    checks: [ConformanceCheck] = ConformanceCheck.all,
    report: (ConformanceCheck.Result) -> Void
) async throws {
    var failed: Set<String> = []
    for check in checks {
        var material = material
        material.patience *= check.slowness
        try Task.checkCancellation()
        var result: ConformanceCheck.Result
        if let need = check.needs.first(where: failed.contains) {
            result = ConformanceCheck.Result(check, .skipped("it needs what \"\(need)\" checks"))
        } else {
            switch check.body {
            case .conversation(let body):
                result = try await withRawPlugin(program) { plugin in
                    let session = ConformanceSession(plugin: plugin, program: program, material: material)
                    return await session.result(of: check, body)
                }
            case .trial(let body):
                result = try await Trial.result(of: check, program, material, body)
            }
        }
        switch result.verdict {
        case .failed, .wanting: failed.insert(check.id)
        case .passed, .skipped: break
        }
        report(result)
    }
}

extension ConformanceCheck.Result {
    init(
        _ check: ConformanceCheck,
        _ verdict: ConformanceCheck.Verdict,
        transcript: [String] = [],
        lastWords: [String] = []
    ) {
        (self.check, self.verdict, self.transcript, self.lastWords) = (check, verdict, transcript, lastWords)
    }
}

extension PluginManifest {
    /// The roles of a kind, or the reason to skip where there is none.
    func roles(_ kind: RoleKind) throws(NotApplicable) -> [RoleDescription] {
        let roles = roles.filter { $0.kind == kind }
        if roles.isEmpty { throw NotApplicable(reason: "the plugin has no \(kind.rawValue)") }
        return roles
    }
}

/// Thrown by a check: the plugin did something else.
struct Nonconformance: Error {
    var found: String
}

/// Thrown by a check for which something has to be given first.
struct Wanting: Error {
    var what: String
}

/// Thrown by a check that does not apply.
struct NotApplicable: Error {
    var reason: String
}
