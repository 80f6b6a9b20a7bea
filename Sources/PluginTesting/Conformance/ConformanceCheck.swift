public import PluginRuntime
public import ReviewModel

/// One thing that a plugin must do to be at home in any host. Checks are data: the list is ``ConformanceCheck/all``.
public struct ConformanceCheck: Sendable {
    public var id: String
    /// What the protocol says, in one sentence, with the section of Docs/PROTOCOL.md.
    public var rule: String
    var run: @Sendable (ConformanceSession) async throws -> Void

    /// What came of a check.
    public struct Result: Sendable {
        public var check: ConformanceCheck
        public var verdict: Verdict
        /// What was sent (`→`) and what came (`←`), line by line.
        public var transcript: [String]
    }

    public enum Verdict: Sendable, Equatable {
        case passed
        /// What came instead.
        case failed(String)
        /// Why the check does not apply.
        case skipped(String)
    }
}

/// What a plugin is checked with besides its command.
public struct ConformanceMaterial: Sendable {
    /// Good settings of its roles, by role; a role without an entry is given its schema's defaults, that is `{}`.
    public var settings: [String: Value]
    /// The dossier that scorers and renderers are sent.
    public var dossier: Dossier

    public init(settings: [String: Value] = [:], dossier: Dossier = Dossier()) {
        self.settings = settings
        self.dossier = dossier
    }
}

/// Runs checks, each in a process of its own, and tells `report` as soon as one is done.
public func checkConformance(
    of program: PluginProgram,
    with material: ConformanceMaterial = ConformanceMaterial(),
    checks: [ConformanceCheck] = ConformanceCheck.all,
    report: (ConformanceCheck.Result) -> Void
) async throws {
    for check in checks {
        try Task.checkCancellation()
        let result = try await withRawPlugin(program) { plugin in
            let session = ConformanceSession(plugin: plugin, program: program, material: material)
            return await session.result(of: check)
        }
        report(result)
    }
}

/// Thrown by a check: the plugin did something else.
struct Nonconformance: Error {
    var found: String
}

/// Thrown by a check that does not apply.
struct NotApplicable: Error {
    var reason: String
}
