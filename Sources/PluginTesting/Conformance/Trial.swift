internal import LocalFiles
internal import PluginRuntime
internal import PluginWire
internal import ReviewModel

/// A plugin as a run has it: started, supervised and asked as `pingshen run` does, with what both say written down.
struct Trial {
    let program: PluginProgram
    let manifest: PluginManifest
    let material: ConformanceMaterial
    private let session: PluginSession
    private let scratch: String
    private let trace: String

    /// Starts `program` and lets `body` ask it.
    static func result(
        of check: ConformanceCheck,
        _ program: PluginProgram,
        _ material: ConformanceMaterial,
        _ body: @escaping @Sendable (Trial) async throws -> Void
    ) async throws -> ConformanceCheck.Result {
        try await withScratchFolder { scratch, caretaker in
            let trace = scratch + "/trace"
            var settings = SessionSettings(
                scratch: scratch + "/plugins",
                times: PluginTimes(patience: material.patience),
                locale: .en,
                observer: SilentObserver()
            )
            settings.caretaker = caretaker
            settings.trace = try WireTrace(path: trace)
            var lastWords: [String] = []
            let verdict = await ConformanceCheck.Verdict(of: {
                do {
                    try await with(program, material, settings, scratch, trace) { trial in
                        defer { lastWords = trial.session.failure(.spawnFailed(LocalizedText(""))).standardError }
                        try await body(trial)
                        try trial.requireNoStrayOutput()
                    }
                } catch let failure as PluginFailure {
                    lastWords = failure.standardError
                    throw failure
                }
            })
            let lines = ((try? messages(in: trace)) ?? []).map { ($0.isToPlugin ? "→ " : "← ") + shortened($0.line) }
            return ConformanceCheck.Result(check, verdict, transcript: lines.endsOnly, lastWords: lastWords)
        }
    }

    private static func with<Result: Sendable>(
        _ program: PluginProgram,
        _ material: ConformanceMaterial,
        _ settings: SessionSettings,
        _ scratch: String,
        _ trace: String,
        _ body: (Trial) async throws -> Result
    ) async throws -> Result {
        try await withPlugins([program], settings) { sessions, failures in
            guard let session = sessions[program.name], let manifest = session.manifest else {
                throw failures[program.name] ?? PluginFailure(plugin: program.name, .spawnFailed(LocalizedText("")))
            }
            return try await body(
                Trial(
                    program: program,
                    manifest: manifest,
                    material: material,
                    session: session,
                    scratch: scratch,
                    trace: trace
                )
            )
        }
    }

    /// The same plugin in another process, which has served nobody yet.
    func inFreshProcess<Result: Sendable>(_ body: (Trial) async throws -> Result) async throws -> Result {
        var settings = session.settings
        settings.scratch += "-fresh"
        return try await Self.with(program, material, settings, scratch, trace, body)
    }

    /// Another plugin, for what this one is to be given of it.
    func withAnother<Result: Sendable>(
        _ program: PluginProgram,
        _ body: (Trial) async throws -> Result
    ) async throws -> Result {
        var settings = session.settings
        settings.scratch += "-" + program.name
        return try await Self.with(program, material, settings, scratch, trace, body)
    }

    /// Whether the plugin says that its process may serve one review after another.
    var isReusable: Bool { session.capabilities.contains(.reusable) }

    /// Makes the process ready for the next review; returns whether it can be.
    func renew() -> Bool { session.renew() }

    /// The messages so far.
    func messages() throws -> [Transcript.Entry] { try Self.messages(in: trace) }

    private static func messages(in trace: String) throws -> [Transcript.Entry] {
        try Transcript.read(file: trace).entries
    }

    /// A run passes such lines on; whoever writes a plugin should know of them.
    private func requireNoStrayOutput() throws {
        let stray = try messages().first { !$0.isToPlugin && !$0.line.isEmpty && !isMessage($0.line) }
        if let stray { throw Nonconformance(found: noMessage(stray.line)) }
    }

    /// A new empty folder.
    func folder(_ name: String) throws -> String {
        let folder = scratch + "/" + name
        try FileSystem.makeFolder(folder)
        return folder
    }
}

extension [String] {
    /// The first lines and the last ones of a long conversation.
    fileprivate var endsOnly: [String] {
        let ends = 8
        if count <= 2 * ends + 1 { return self }
        return prefix(ends) + ["… \(count - 2 * ends) lines more …"] + suffix(ends)
    }
}

extension PluginTimes {
    /// Times for somebody who waits at a terminal.
    fileprivate init(patience: Duration) {
        self.init()
        (start, idle, question, step) = (patience, patience, patience, patience)
    }
}

// MARK: - Calls

extension Trial {
    func settings(_ role: RoleDescription) -> Value { material.settings[role.name] ?? [:] }

    /// The checks that the scorer names; `nil` where it does not know the question, which it need not.
    func rules(_ role: RoleDescription) async throws -> [Rule]? {
        let request = ListRules(role: role.name, configuration: settings(role), withExamples: true)
        do {
            return try await session.call(request, limit: material.patience).rules
        } catch is UnknownMethod {
            return nil
        }
    }

    func score(_ role: RoleDescription, _ dossier: Dossier) async throws -> Assessment {
        try await score(role, ScoringRequest(configuration: settings(role), dossier: dossier, form: material.form))
    }

    /// - Parameter step: which step asks; empty for an example, whose messages speak of none.
    func score(
        _ role: RoleDescription,
        _ request: ScoringRequest,
        step: String = "conformance"
    ) async throws -> Assessment {
        let scorer = RemoteScorer(session: session, role: role, limit: material.patience, step: step)
        return try await answered { try await scorer.score(request) }
    }

    func read(_ role: RoleDescription, _ dossier: Dossier? = nil) async throws -> SourceReading {
        let source = RemoteSource(session: session, role: role, limit: material.patience, step: "conformance")
        let request = SourceRequest(
            configuration: settings(role),
            dossier: dossier ?? material.dossier(for: [role]),
            form: material.form
        )
        return try await answered { try await source.read(request) }
    }

    func render(
        _ role: RoleDescription,
        _ formats: [String],
        into folder: String,
        _ dossier: Dossier? = nil
    ) async throws -> Rendering {
        let renderer = RemoteRenderer(session: session, role: role, limit: material.patience, step: "conformance")
        let dossier = dossier ?? material.dossier(for: [role])
        let request = RenderingRequest(
            configuration: settings(role),
            review: sampleReview(of: dossier),
            dossier: dossier,
            formats: formats,
            scratchDirectory: folder,
            form: material.form
        )
        return try await answered { try await renderer.render(request) }
    }

    /// What `call` gives. A plugin that says in its error that this dossier is none for it has done nothing wrong.
    private func answered<Result>(_ call: () async throws -> Result) async throws -> Result {
        do {
            return try await call()
        } catch let failure as PluginFailure {
            guard material.dossier == nil, case .refused = failure.reason,
                let kind = try lastError()?["data"]?["kind"]?.text, ["user", "config"].contains(kind)
            else { throw failure }
            throw Wanting(
                what: "it refuses the made-up dossier, \(failure.message.en); give it a real one: --spec SPEC"
            )
        }
    }

    /// The error object of the last reply.
    func lastError() throws -> Value? {
        guard let line = try messages().last(where: { !$0.isToPlugin })?.line else { return nil }
        return try? JSONReader.read(line.utf8)["error"]
    }
}

/// A review that has a little of everything.
private func sampleReview(of dossier: Dossier) -> Review {
    let message = LocalizedText(zh: "示例问题", en: "a finding to be shown")
    let finding = Finding(rule: "conformance/sample", severity: .warning, message: message, subject: "R1")
    let fact = Fact(id: "conformance.sample", label: LocalizedText(zh: "示例", en: "a figure"), value: "1.50")
    return Review(
        id: "conformance",
        locale: .en,
        project: dossier.fields["project"] ?? ["name": "示例"],
        facts: [fact],
        findings: [LocatedFinding(finding: finding, step: "conformance", locations: [])],
        steps: [Review.Step(id: "conformance", plugin: "conformance", outcome: .done)]
    )
}
