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
            inputs.keeping = StepKeeping(options, loaded, found, settings, files)
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
                keeping: inputs.keeping
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

extension Plan.PlannedStep where Role: DataSource {
    fileprivate func validate(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        try await role.validate(step.configuration, in: context)
    }

    fileprivate func mistakes(
        in context: any SettingsContext,
        _ manifest: PluginManifest?
    ) async throws -> [ConfigurationDiagnostic] {
        withSchema(description, step.configuration, try await validate(in: context), manifest)
    }
}

extension Plan.PlannedStep where Role: Scorer {
    fileprivate func validate(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        try await role.validate(step.configuration, in: context)
    }

    fileprivate func mistakes(
        in context: any SettingsContext,
        _ manifest: PluginManifest?
    ) async throws -> [ConfigurationDiagnostic] {
        withSchema(description, step.configuration, try await validate(in: context), manifest)
    }
}

extension Plan.PlannedStep where Role: Renderer {
    fileprivate func validate(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        try await role.validate(step.configuration, in: context)
    }

    fileprivate func mistakes(
        in context: any SettingsContext,
        _ manifest: PluginManifest?
    ) async throws -> [ConfigurationDiagnostic] {
        withSchema(description, step.configuration, try await validate(in: context), manifest)
    }
}

/// What a role finds wrong with its settings, and what its schema says against them. Of one place the role knows better.
private func withSchema(
    _ role: RoleDescription,
    _ configuration: Value,
    _ own: [ConfigurationDiagnostic],
    _ manifest: PluginManifest?
) -> [ConfigurationDiagnostic] {
    let (schema, settings) = (SchemaCheck(role.configSchema), configuration.isNull ? [:] : configuration)
    let told = own.filter { $0.severity >= .error && !$0.isOfGiven }.map(\.pointer.tokens)
    let further = schema.mistakes(in: settings).filter { mistake in
        let place = mistake.pointer.tokens
        return !told.contains { $0.starts(with: place) || place.starts(with: $0) }
    }
    let going = schema.deprecatedParts(of: settings).compactMap { part -> ConfigurationDiagnostic? in
        let name = quoted(part.pointer.tokens.joined(separator: "."))
        return Deprecation(ofSetting: part.schema)?.diagnostic(
            of: LocalizedText(zh: "设置\(name)", en: "the setting \(name)"),
            plugin: manifest?.name ?? "",
            version: manifest?.version ?? "",
            at: part.pointer
        )
    }
    return own + further + going
}

/// As many mistakes as are told of a spec's content; errors first, so that none is lost behind remarks.
private func bounded(_ mistakes: [ConfigurationDiagnostic]) -> [ConfigurationDiagnostic] {
    let log = DiagnosticLog()
    for mistake in mistakes where mistake.severity >= .error { log.add(mistake) }
    for mistake in mistakes where mistake.severity < .error { log.add(mistake) }
    return log.diagnostics
}

extension Plan {
    /// What settings are held against: the form, and the tables that will be there.
    private func settingsContext(_ loaded: LoadedSpec, _ spec: Spec) -> SettingsOutline {
        // By a form that has mistakes nobody knows what is there.
        guard !loaded.isForSettings, let form = spec.form, !spec.hasFormMistakes else { return SettingsOutline() }
        var counts: [String: Int?] = [:]
        for table in spec.dossier.tables { counts[table.name] = .some(table.rowCount) }
        for name in sources.flatMap(\.description.writes) { counts[name] = .some(nil) }
        // What a source will fill is not there yet, and nobody can say that it is missing.
        let given = fillsFields ? nil : GivenDossier(fields: spec.dossier.fields, rowCounts: counts)
        // Where something is wrong with the spec, or a plugin did not start, nobody knows what else would be filled.
        guard unstarted.isEmpty, !loaded.hasErrors else { return SettingsOutline(form: form.outline, given: given) }
        let later = Set(sources.flatMap(\.description.writes))
        let tables = spec.dossier.tables.filter { !later.contains($0.name) }
        let filled = spec.dossier.tables.map(\.name) + sources.flatMap(\.description.writes)
        return SettingsOutline(
            form: form.outline,
            filled: Set(filled),
            given: given,
            dossier: Dossier(fields: spec.dossier.fields, tables: tables)
        )
    }

    /// What the plugins miss in a dossier that sources have filled: only what they say of what is given.
    func missing(in filled: FilledDossier, _ form: Form?) async throws -> [ConfigurationDiagnostic] {
        var counts: [String: Int?] = [:]
        for table in filled.dossier.tables { counts[table.name] = .some(table.rowCount) }
        let given = GivenDossier(fields: filled.dossier.fields, rowCounts: counts)
        let context = SettingsOutline(form: form?.outline, given: given)
        var found: [ConfigurationDiagnostic] = []
        for step in renderers where step.description.finds {
            found += try await step.validate(in: context).filter(\.isOfGiven)
        }
        return bounded(found)
    }

    /// What the plugins find wrong with their settings, at its place in the spec. A plugin that fails at that has failed
    /// its steps.
    func validateConfigurations(
        _ loaded: LoadedSpec,
        _ spec: Spec,
        _ document: SpecDocument,
        _ ledger: StepLedger
    ) async throws -> [Diagnostic] {
        typealias Check = @Sendable () async throws -> [ConfigurationDiagnostic]
        var checks: [(id: String, check: Check)] = []
        let context = settingsContext(loaded, spec)
        for step in sources {
            checks.append((step.step.id, { try await step.mistakes(in: context, step.role.session.manifest) }))
        }
        for step in scorers {
            checks.append((step.step.id, { try await step.mistakes(in: context, step.role.session.manifest) }))
        }
        for step in renderers {
            checks.append((step.step.id, { try await step.mistakes(in: context, step.role.session.manifest) }))
        }
        return try await withThrowingTaskGroup(of: [Diagnostic].self) { group in
            for (id, check) in checks {
                let prefix = spec.documentPointer(JSONPointer(["config"]), step: id)
                group.addTask {
                    do {
                        return try await bounded(check()).map { found in
                            guard found.isOfGiven else {
                                return loaded.diagnostic(
                                    found,
                                    document.diagnostic(found, under: prefix),
                                    under: prefix
                                )
                            }
                            var found = found
                            found.pointer = spec.documentPointer(found.pointer, step: id)
                            return document.diagnostic(found)
                        }
                    } catch let failure as PluginFailure {
                        try Task.checkCancellation()
                        ledger.fail(id, failure)
                        return []
                    }
                }
            }
            // Two steps that read one file say the same of it.
            return try await group.reduce(into: []) { all, found in
                let told = all
                all += found.filter { $0.place.line != nil || !told.contains($0) }
            }
        }
    }
}

extension LoadedSpec {
    /// What is said of a setting, and of the file instead, where that is what is wrong.
    fileprivate func diagnostic(
        _ found: ConfigurationDiagnostic,
        _ placed: Diagnostic,
        under prefix: JSONPointer
    ) -> Diagnostic {
        let pointer = JSONPointer(prefix.tokens + found.pointer.tokens)
        guard found.isOfFile, let file = files.first(where: { $0.pointer == pointer }) else { return placed }
        var placed = placed
        (placed.place, placed.length) = (.whole(file: file.path), 1)
        return placed
    }
}

/// What a file or folder that cannot be written is told by.
public func cannotWrite(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "无法写入 \(error.path)：\(error.reason.zh)。\(error.help?.zh ?? "请检查文件夹权限和剩余空间")。",
        en: "cannot write \(error.path): \(error.reason.en); "
            + (error.help?.en ?? "check the folder's permissions and the free space")
    )
}
