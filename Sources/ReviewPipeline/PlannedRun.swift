public import LocalFiles
package import PluginRuntime
public import ReviewModel
package import SpecLoading
internal import YAMLDocument

/// Loads nothing, judges nothing: starts the plugins of a readable spec, checks the plan and hands it to `body`.
func withPlannedRun<Result: Sendable>(
    _ loaded: LoadedSpec,
    options: RunOptions,
    _ body: (ReviewRun) async throws -> Result
) async throws -> Result {
    guard let spec = loaded.spec, let document = loaded.document else {
        throw RunError.invalid(CheckedSpec(loaded: loaded))
    }
    var (programs, loaded) = findPrograms(spec, document, loaded, options)
    // Mistakes in the document do not hide those that only plugins can see, unless no plugin can be trusted with it.
    guard !programs.isEmpty, !loaded.diagnostics.contains(where: { $0.code == "spec/version" }) else {
        throw RunError.invalid(CheckedSpec(loaded: loaded))
    }
    let sandbox = try await shutIn(options)
    let secrets = SecretMask(loaded.secrets)
    let trace = try options.trace.map { try openTrace($0, secrets: secrets) }
    return try await reportingFileErrors {
        try await withReviewFolder(options) { scratch, caretaker in
            let found = programs
            programs = try pin(programs, under: loaded.path, scratch)
            var settings = SessionSettings(
                scratch: scratch,
                times: options.times,
                locale: options.locale ?? spec.locale,
                observer: options.observer
            )
            settings.startLimits = spec.startLimits(atLeast: options.times.start)
            settings.caretaker = caretaker
            settings.secrets = secrets
            settings.trace = trace
            settings.talkLimits = options.talkLimits
            settings.sandbox = sandbox
            settings.attachments = options.attachments
            let files = try InputFiles(loaded, in: scratch)
            let handover = Handover(in: scratch, limits: options.artifactLimits)
            try handover.make()
            settings.readable =
                options.bench.map { [$0.shared] } ?? [handover.folder] + (files.inputs.isEmpty ? [] : [files.folder])
            var inputs = RunInputs(loaded: loaded, spec: spec, document: document, files: files, handover: handover)
            inputs.outline = spec.form?.outline
            inputs.keeping = StepKeeping(options, loaded, found, settings, files, form: inputs.outline)
            return try await withPlannedRun(inputs, programs, settings, options, body)
        }
    }
}

extension Spec {
    /// How long plugins may take to start: as long as the spec says, or else as long as a step of theirs may.
    fileprivate func startLimits(atLeast standard: Duration) -> [String: Duration] {
        let ofSteps = steps.compactMap { step in step.deadline.map { (step.plugin, max(standard, $0)) } }
        let own = plugins.compactMap { plugin in plugin.startLimit.map { (plugin.name, $0) } }
        return Dictionary(own, uniquingKeysWith: max).merging(Dictionary(ofSteps, uniquingKeysWith: max)) { own, _ in
            own
        }
    }
}

/// A folder for one review, gone afterwards, and who looks after it.
private func withReviewFolder<Result: Sendable>(
    _ options: RunOptions,
    _ body: (String, Caretaker) async throws -> Result
) async throws -> Result {
    guard let bench = options.bench else { return try await withScratchFolder(body) }
    return try await bench.withReviewFolder { folder in try await body(folder, bench.caretaker) }
}

/// The plugins, from the bench where there is one. What has seen a secret serves nobody else.
private func withPlugins<Result: Sendable>(
    _ programs: [PluginProgram],
    _ settings: SessionSettings,
    on bench: PluginBench?,
    secrets: [String],
    _ body: (_ sessions: [String: PluginSession], _ failures: [String: PluginFailure]) async throws -> Result
) async throws -> Result {
    if let bench, secrets.isEmpty { return try await bench.withPlugins(programs, settings, body) }
    return try await PluginRuntime.withPlugins(programs, settings, body)
}

/// A file that cannot be written is an error of the run's output, whoever met it.
func reportingFileErrors<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let error as FileError {
        throw RunError.output(cannotWrite(error))
    }
}

/// What shuts the plugins in, if they are to be.
private func shutIn(_ options: RunOptions) async throws -> Sandbox? {
    guard options.isSandboxed else { return nil }
    if let sandbox = options.sandbox { return sandbox }
    do {
        return try await Sandbox.available()
    } catch let error as SandboxUnavailable {
        throw RunError.sandbox(error.message)
    }
}

/// What a run begins with.
private struct RunInputs {
    var loaded: LoadedSpec
    var spec: Spec
    var document: SpecDocument
    var files: InputFiles
    var handover: Handover
    var keeping: StepKeeping?
    /// What the form says, as steps are told it.
    var outline: DossierOutline?
}

private func withPlannedRun<Result: Sendable>(
    _ inputs: RunInputs,
    _ programs: [PluginProgram],
    _ settings: SessionSettings,
    _ options: RunOptions,
    _ body: (ReviewRun) async throws -> Result
) async throws -> Result {
    let (loaded, document, files) = (inputs.loaded, inputs.document, inputs.files)
    let given = files.settings(of: inputs.spec)
    let (bench, secrets) = (options.bench, loaded.secrets)
    return try await withPlugins(programs, settings, on: bench, secrets: secrets) { sessions, failures in
        let (log, ledger) = (DiagnosticLog(), StepLedger(given, secrets: settings.secrets))
        let plan = Plan(given, sessions: sessions, failures: failures, ledger: ledger, log: log)
        // Who did not start may be the one who fills them.
        var checked = plan.fillsFields || !plan.unstarted.isEmpty ? loaded.withFieldsToCome : loaded
        let planned = log.diagnostics.filter { !loaded.isForSettings || $0.code != Plan.missingTableCode }
        checked.diagnostics += planned.map { document.diagnostic($0) }
        let versions = sessions.compactMapValues { $0.manifest?.version }
        checked.diagnostics += given.versionMistakes(versions).map { document.diagnostic($0) }
        checked.diagnostics += try await plan.validateConfigurations(checked, given, document, ledger)
        let (spec, ofRules) = try await plan.checkRules(given, ledger)
        checked.diagnostics += ofRules.map { document.diagnostic($0) }
        checked.diagnostics.sort()
        checked.diagnostics.dropConsequences()
        if checked.hasErrors { throw RunError.invalid(CheckedSpec(loaded: checked, failures: ledger.failures)) }
        return try await body(
            ReviewRun(
                loaded: checked,
                spec: spec,
                document: document,
                files: files,
                plan: plan,
                programs: programs,
                manifests: sessions.compactMapValues(\.manifest),
                settings: settings,
                options: options,
                ledger: ledger,
                handover: inputs.handover,
                keeping: inputs.keeping,
                outline: inputs.outline
            )
        )
    }
}

private func openTrace(_ path: String, secrets: SecretMask) throws -> WireTrace {
    do throws(FileError) { return try WireTrace(path: path, secrets: secrets) } catch {
        throw RunError.output(cannotWrite(error))
    }
}

/// A plugin of a spec that is started outside a run, as the spec's locks have it.
///
/// - Parameter scratch: a folder that is there as long as the plugin runs.
/// - Throws: ``RunError`` where a lock does not allow it.
package func pinned(_ program: PluginProgram, under spec: LoadedSpec, scratch: String) throws -> PluginProgram {
    let isOfSpec = spec.spec?.steps.contains { $0.plugin == program.name } ?? false
    return isOfSpec ? try pin([program], under: spec.path, scratch)[0] : program
}

/// The programs as the locks have them, where there are any.
private func pin(_ programs: [PluginProgram], under spec: String, _ scratch: String) throws -> [PluginProgram] {
    let locks = try PluginLock.find(forSpec: spec).map(PluginLock.read)
    if locks.isEmpty { return programs }
    var pinned = PinnedPrograms(locks, scratch: scratch)
    defer { pinned.save() }
    var (result, failures) = ([PluginProgram](), [StepFailure]())
    for program in programs {
        do throws(PluginFailure) {
            result.append(program.origin == .attached ? program : try pinned.pinned(program))
        } catch {
            failures.append(StepFailure([], error))
        }
    }
    if !failures.isEmpty { throw RunError.failed(failures) }
    return result
}

/// A spec that is written from the top down may be looked at before it has steps; it cannot be run.
private let noSteps = ConfigurationDiagnostic(
    severity: .warning,
    code: "plan/no-steps",
    message: LocalizedText(zh: "没有评审步骤，什么也不会评审", en: "there is no step, so that nothing would be reviewed"),
    pointer: JSONPointer(["pipeline"]),
    help: LocalizedText(
        zh: "请在 pipeline 下写出步骤，或用 extends 依据一个有步骤的文件",
        en: "name steps under pipeline, or extend a file that has some"
    )
)

/// The programs of the spec's plugins, each once. Unknown ones become diagnostics of the spec.
private func findPrograms(
    _ spec: Spec,
    _ document: SpecDocument,
    _ loaded: LoadedSpec,
    _ options: RunOptions
) -> ([PluginProgram], LoadedSpec) {
    var (programs, loaded) = ([PluginProgram](), loaded)
    for (index, step) in spec.steps.enumerated() where !programs.contains(where: { $0.name == step.plugin }) {
        if options.attachments[step.plugin] != nil {
            programs.append(PluginProgram(name: step.plugin, command: [], environment: [], origin: .attached))
            continue
        }
        do throws(PluginFailure) {
            programs.append(try options.catalog.program(step.plugin, commands: spec.plugins))
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
    if spec.steps.isEmpty { loaded.diagnostics.append(document.diagnostic(noSteps)) }
    loaded.diagnostics.sort()
    loaded.diagnostics.dropConsequences()
    return (programs, loaded)
}

/// What a file or folder that cannot be written is told by.
public func cannotWrite(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "无法写入 \(error.path)：\(error.reason.zh)。\(error.help?.zh ?? "请检查文件夹权限和剩余空间")。",
        en: "cannot write \(error.path): \(error.reason.en); "
            + (error.help?.en ?? "check the folder's permissions and the free space")
    )
}
