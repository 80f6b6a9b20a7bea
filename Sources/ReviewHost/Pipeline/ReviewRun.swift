internal import PluginWire
internal import ReviewModel
internal import YAMLDocument

/// Reviews one spec: starts its plugins, takes its steps, folds what they return and writes the result at once.
///
/// - Throws: ``RunError``; nothing is left behind then.
public func review(_ loaded: LoadedSpec, options: RunOptions) async throws -> ReviewOutcome {
    try await withPlannedRun(loaded, options: options) { run in try await run.review() }
}

/// Checks one spec as far as that is possible without judging it: plugins, roles, tables and the plugins' own settings.
///
/// - Returns: the spec with everything that was found.
/// - Throws: ``RunError`` for a plugin that fails.
public func validate(_ loaded: LoadedSpec, options: RunOptions) async throws -> LoadedSpec {
    do {
        return try await withPlannedRun(loaded, options: options) { $0.loaded }
    } catch RunError.invalid(let loaded) {
        return loaded
    }
}

/// Loads nothing, judges nothing: starts the plugins of a readable spec, checks the plan and hands it to `body`.
private func withPlannedRun<Result: Sendable>(
    _ loaded: LoadedSpec,
    options: RunOptions,
    _ body: (ReviewRun) async throws -> Result
) async throws -> Result {
    guard let spec = loaded.spec, let document = loaded.document else { throw RunError.invalid(loaded) }
    let (programs, loaded) = findPrograms(spec, document, loaded, options.catalog)
    // Mistakes in the document do not hide those that only plugins can see, unless no plugin can be trusted with it.
    guard !programs.isEmpty, !loaded.diagnostics.contains(where: { $0.code == "spec/version" }) else {
        throw RunError.invalid(loaded)
    }
    let scratch = try makeScratch()
    defer { FileSystem.remove(scratch) }
    do {
        return try await withPlugins(
            programs,
            scratch: scratch,
            times: options.times,
            locale: options.locale ?? spec.locale,
            observer: options.observer
        ) { sessions in
            let log = ReviewModel.DiagnosticLog()
            let plan = Plan(spec, sessions: sessions, log: log)
            var checked = loaded
            checked.diagnostics += log.diagnostics.map { document.diagnostic($0) }
            checked.diagnostics += try await plan.validateConfigurations(spec, document)
            checked.diagnostics.sort()
            if checked.hasErrors { throw RunError.invalid(checked) }
            return try await body(
                ReviewRun(
                    loaded: checked,
                    spec: spec,
                    document: document,
                    plan: plan,
                    programs: programs,
                    manifests: sessions.compactMapValues(\.manifest),
                    scratch: scratch,
                    options: options
                )
            )
        }
    } catch let failure as PluginFailure {
        throw RunError.plugin(failure)
    }
}

private func makeScratch() throws -> String {
    do throws(FileError) {
        let base = FileSystem.environment("TMPDIR") ?? "/tmp"
        return try FileSystem.makeTemporaryFolder(prefix: base + "/pingshen-")
    } catch {
        throw RunError.output(cannotWrite(error))
    }
}

/// The programs of the spec's plugins, each once. Unknown ones become diagnostics of the spec.
private func findPrograms(
    _ spec: Spec,
    _ document: SpecDocument,
    _ loaded: LoadedSpec,
    _ catalog: PluginCatalog
) -> ([PluginProgram], LoadedSpec) {
    var (programs, loaded) = ([PluginProgram](), loaded)
    for (index, step) in spec.steps.enumerated() where !programs.contains(where: { $0.name == step.plugin }) {
        do throws(PluginFailure) {
            programs.append(try catalog.program(step.plugin, commands: spec.plugins))
        } catch {
            if step.plugin.isEmpty { continue }
            let diagnostic = ConfigurationDiagnostic(
                code: "plan/unknown-plugin",
                message: error.message,
                pointer: spec.stepPointer(index) / "use"
            )
            loaded.diagnostics.append(document.diagnostic(diagnostic))
        }
    }
    loaded.diagnostics.sort()
    return (programs, loaded)
}

extension Plan {
    /// What the plugins find wrong with their settings, at its place in the spec.
    func validateConfigurations(_ spec: Spec, _ document: SpecDocument) async throws -> [Diagnostic] {
        typealias Check = @Sendable () async throws -> [ConfigurationDiagnostic]
        var checks: [(id: String, check: Check)] = []
        for step in sources { checks.append((step.step.id, { try await step.role.validate(step.step.configuration) })) }
        for step in scorers { checks.append((step.step.id, { try await step.role.validate(step.step.configuration) })) }
        for step in renderers {
            checks.append((step.step.id, { try await step.role.validate(step.step.configuration) }))
        }
        return try await withThrowingTaskGroup(of: [Diagnostic].self) { group in
            for (id, check) in checks {
                let prefix = spec.documentPointer(JSONPointer(["config"]), step: id)
                group.addTask { try await check().map { document.diagnostic($0, under: prefix) } }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}

/// One run whose plan has been checked and whose plugins are ready.
struct ReviewRun: Sendable {
    let loaded: LoadedSpec
    let spec: Spec
    let document: SpecDocument
    let plan: Plan
    let programs: [PluginProgram]
    let manifests: [String: PluginManifest]
    let scratch: String
    let options: RunOptions

    private var locale: Locale { options.locale ?? spec.locale }

    func review() async throws -> ReviewOutcome {
        let log = RunLog()
        let formats = try wantedFormats()
        async let identities = pluginIdentities()
        let dossier = try await fillDossier(log)
        let assessments = try await score(dossier, log)
        let fold = ReviewFold(spec: spec, document: document)
        let steps = spec.steps.map { Review.Step(id: $0.id, plugin: $0.plugin, outcome: .done) }
        let review = try fold.review(assessments, dossier: dossier, locale: locale, steps: steps)
        let output = try ReviewOutput(root: options.output, id: spec.id)
        do {
            for step in plan.renderers {
                try await render(step, review, dossier, formats, into: output, log)
            }
            let json = try await document(review, identities: identities, artifacts: output.artifacts)
            return try output.finish(review, json: json, log: log)
        } catch {
            output.discard()
            throw error
        }
    }

    // MARK: Steps

    private func fillDossier(_ log: RunLog) async throws -> Dossier {
        var dossier = spec.dossier
        for step in plan.sources {
            let tables = try await log.timing(step.step.id) {
                try await step.role.tables(SourceRequest(configuration: step.step.configuration))
            }
            for table in tables { dossier.set(table) }
        }
        return dossier
    }

    /// Takes the scoring steps, side by side as far as their needs allow; returns them in the order of the spec.
    private func score(_ dossier: Dossier, _ log: RunLog) async throws -> [(step: String, assessment: Assessment)] {
        var (done, waiting) = ([String: Assessment](), plan.scorers)
        try await withThrowingTaskGroup(of: (String, Assessment).self) { group in
            var running = 0
            while !waiting.isEmpty || running > 0 {
                let ready = waiting.filter { $0.step.needs.allSatisfy { done[$0] != nil } }
                waiting.removeAll { step in ready.contains { $0.step.id == step.step.id } }
                for step in ready {
                    let prior = done.filter { step.step.needs.contains($0.key) }
                    running += 1
                    group.addTask {
                        let assessment = try await log.timing(step.step.id) {
                            try await step.role.score(
                                ScoringRequest(
                                    configuration: step.step.configuration,
                                    dossier: dossier,
                                    prior: prior
                                )
                            )
                        }
                        return (step.step.id, assessment)
                    }
                }
                guard let (id, assessment) = try await group.next() else { break }
                done[id] = assessment
                running -= 1
            }
        }
        return plan.scorers.compactMap { step in done[step.step.id].map { (step.step.id, $0) } }
    }

    private func render(
        _ step: Plan.PlannedStep<RemoteRenderer>,
        _ review: Review,
        _ dossier: Dossier,
        _ formats: [String],
        into output: ReviewOutput,
        _ log: RunLog
    ) async throws {
        let wanted = step.description.writes.filter(formats.contains)
        if wanted.isEmpty { return }
        let folder = scratch + "/" + step.step.plugin + "/" + step.step.id
        do throws(FileError) { try FileSystem.makeFolder(folder) } catch { throw RunError.output(cannotWrite(error)) }
        let artifacts = try await log.timing(step.step.id) {
            try await step.role.render(
                RenderingRequest(
                    configuration: step.step.configuration,
                    review: review,
                    dossier: dossier,
                    formats: wanted,
                    scratchDirectory: folder
                )
            )
        }
        for artifact in artifacts { try output.take(artifact, from: folder, plugin: step.step.plugin) }
    }

    private func wantedFormats() throws -> [String] {
        let offered = plan.renderers.flatMap(\.description.writes)
        guard let formats = options.formats else { return offered }
        // review.json is always written, so asking for json alone means: no report.
        let unknown = formats.first { $0 != "json" && !offered.contains($0) }
        if let unknown { throw RunError.unknownFormat(unknown, known: offered + ["json"]) }
        return formats
    }

    // MARK: review.json

    private func pluginIdentities() async throws -> Value {
        var digests = DigestCache()
        defer { digests.save() }
        var identities: [Value] = []
        for program in programs {
            identities.append([
                "name": .text(program.name), "version": .text(manifests[program.name]?.version ?? ""),
                "sha256": .text(try digests.sha256(ofFile: program.file)),
            ])
        }
        return .list(identities)
    }

    private func document(
        _ review: Review,
        identities: Value,
        artifacts: [ReviewOutput.Artifact]
    ) throws -> [UInt8] {
        guard case .record(var record) = review.wire else { return [] }
        record["inputs"] = .list(loaded.inputs.map { ["path": .text($0.path), "sha256": .text($0.sha256)] })
        record["plugins"] = identities
        record["artifacts"] = .list(
            artifacts.map {
                ["path": .text($0.path), "mediaType": .text($0.mediaType), "sha256": .text($0.sha256)]
            }
        )
        return JSONWriter.document(.record(record))
    }
}

func cannotWrite(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "无法写入 \(error.path)：\(error.reason)。请检查文件夹权限和剩余空间。",
        en: "cannot write \(error.path): \(error.reason); check the folder's permissions and the free space"
    )
}
