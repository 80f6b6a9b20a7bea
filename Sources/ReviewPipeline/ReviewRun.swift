internal import LocalFiles
internal import PluginRuntime
internal import ReviewFile
internal import ReviewModel
public import SpecLoading
internal import YAMLDocument

/// Reviews one spec: starts its plugins, takes its steps, folds what they return and writes the result at once.
///
/// A step that fails does so alone: the review says what is missing, and the outcome why.
///
/// - Throws: ``RunError``; nothing is left behind then.
public func review(_ loaded: LoadedSpec, options: RunOptions) async throws -> ReviewOutcome {
    try await withPlannedRun(loaded, options: options) { run in try await run.review() }
}

/// Checks one spec as far as that is possible without judging it: plugins, roles, tables and the plugins' own settings.
///
/// - Returns: the spec with everything that was found.
/// - Throws: ``RunError`` where there is no folder to work in.
public func validate(_ loaded: LoadedSpec, options: RunOptions) async throws -> CheckedSpec {
    do {
        return try await withPlannedRun(loaded, options: options) { run in
            CheckedSpec(loaded: try await run.checkedBook(), failures: run.ledger.failures)
        }
    } catch RunError.invalid(let checked) {
        return checked
    }
}

/// One run whose plan has been checked and whose plugins are ready.
struct ReviewRun: Sendable {
    let loaded: LoadedSpec
    let spec: Spec
    let document: SpecDocument
    let files: InputFiles
    let plan: Plan
    let programs: [PluginProgram]
    let manifests: [String: PluginManifest]
    let settings: SessionSettings
    let options: RunOptions
    let ledger: StepLedger
    let handover: Handover
    /// Answers that may stand; `nil` where every step is taken.
    let keeping: StepKeeping?
    /// What the form says, as steps are told it; made once for all of them.
    let outline: DossierOutline?

    private var locale: Locale { settings.locale }

    func review() async throws -> ReviewOutcome {
        var formats = try wantedFormats()
        let place = OutputPlace(root: options.output, id: spec.id)
        try place.prepare(isTidy: options.isTidy)
        let carried = plan.renderers.reduce(into: Set<String>()) {
            $0.formUnion($1.description.takes.filter($1.description.writes.contains))
        }
        // A list that people work with goes on, whatever else was asked for: what they have written may be in it since several reviews.
        for format in place.formats.sorted() where carried.contains(format) && !formats.contains(format) {
            formats.append(format)
        }
        async let identities = pluginIdentities()
        let filled = try await fillDossier()
        let lookup = DossierLookup(filled.dossier)
        let assessments = withoutExcess(try await score(lookup))
        // Without a single judgement there is nothing to tell but the failures themselves.
        let isJudged = assessments.isEmpty ? plan.scorers.isEmpty && plan.unstarted.isEmpty : true
        guard isJudged else { throw RunError.failed(ledger.failures) }
        let fold = self.fold(over: filled)
        var review = try fold.review(filled.said + assessments, locale: locale, steps: ledger.reviewSteps(locale))
        let failed = ledger.findings
        fold.add(failed, to: &review)
        if let baseline = options.baseline { review.compare(with: baseline) }
        let output = try ReviewOutput(
            root: options.output,
            id: spec.id,
            limits: options.artifactLimits,
            caretaker: settings.caretaker
        )
        do {
            var rendering = ReportRendering(self, review, lookup, formats, fold)
            review = try await rendering.renderAll(into: output)
            try Task.checkCancellation()
            try files.checkUnchanged(spec)
            review = try complete(review, with: fold, told: failed.map(\.step))
            var recorded = RecordedReview(
                review,
                inputs: (loaded.inputs + files.inputs).map { RecordedReview.Input(path: $0.path, sha256: $0.sha256) },
                plugins: try await identities,
                artifacts: output.artifacts
            )
            recorded.kept = fold.kept
            let outcome = try output.finish(recorded, ledger, of: loaded, carrying: carried)
            if outcome.isWhole { keeping?.commit() }
            return outcome
        } catch {
            output.discard()
            throw error
        }
    }

    /// Adds what became of the renderers; `told` are the failed steps that the review tells of already.
    private func complete(_ review: Review, with fold: ReviewFold, told: [String]) throws -> Review {
        guard spec.steps.contains(where: { ledger.isSound($0.id) }) else { throw RunError.failed(ledger.failures) }
        var review = review
        review.steps = ledger.reviewSteps(locale)
        fold.add(ledger.findings.filter { !told.contains($0.step) }, to: &review)
        if let baseline = options.baseline { review.compare(with: baseline) }
        return review
    }

    // MARK: Steps

    /// Takes the scoring steps, side by side as far as their needs allow; returns them in the order of the spec.
    func score(_ lookup: DossierLookup) async throws -> [(step: String, assessment: Assessment)] {
        var (done, waiting) = ([String: Assessment](), plan.scorers.filter { ledger.isSound($0.step.id) })
        try await withThrowingTaskGroup(of: (String, Assessment?).self) { group in
            var running = 0
            while !waiting.isEmpty || running > 0 {
                let ready = waiting.filter { $0.step.needs.allSatisfy { done[$0] != nil || !ledger.isSound($0) } }
                waiting.removeAll { step in ready.contains { $0.step.id == step.step.id } }
                for step in ready where !skipIfNeedy(step, lookup.dossier) {
                    let prior = done.filter { step.step.needs.contains($0.key) }
                    running += 1
                    group.addTask { (step.step.id, try await score(step, lookup, prior)) }
                }
                if running == 0, !ready.isEmpty { continue }
                guard let (id, assessment) = try await group.next() else { break }
                done[id] = assessment
                running -= 1
            }
        }
        return plan.scorers.compactMap { step in done[step.step.id].map { (step.step.id, $0) } }
    }

    /// The assessments without those whose cuts, with those of the steps before, take more than was requested: each may be right
    /// by itself. Such a step has failed, and what needs it is skipped, as if it had never answered.
    private func withoutExcess(
        _ assessments: [(step: String, assessment: Assessment)]
    ) -> [(step: String, assessment: Assessment)] {
        let steps = Dictionary(plan.scorers.map { ($0.step.id, $0.step) }) { first, _ in first }
        var (balance, taken, waiting) = (RequestBalance(), Set<String>(), assessments)
        // In the order of the spec, but nothing before what it needs.
        while let index = waiting.firstIndex(where: { item in
            steps[item.step]?.needs.allSatisfy { need in !waiting.contains { $0.step == need } } ?? true
        }) {
            let (id, assessment) = waiting.remove(at: index)
            guard let step = steps[id], !ledger.skipIfNeedy(step, reading: [], missing: []) else { continue }
            var next = balance
            if let wrong = next.take(assessment, isSilenced: !spec.ruleSettings.off.isEmpty) {
                ledger.fail(id, PluginFailure(plugin: step.plugin, .nonsense(call: "scorer/score", wrong)))
            } else {
                balance = next
                taken.insert(id)
            }
        }
        return assessments.filter { taken.contains($0.step) }
    }

    private func skipIfNeedy<Role>(_ step: Plan.PlannedStep<Role>, _ dossier: Dossier) -> Bool {
        let (reads, requires) = (step.description.reads, step.description.requires)
        let missing = requires.filter { dossier.table($0) == nil }
        return ledger.skipIfNeedy(step.step, reading: reads + requires, missing: missing)
    }

    private func score(
        _ step: Plan.PlannedStep<RemoteScorer>,
        _ lookup: DossierLookup,
        _ prior: [String: Assessment]
    ) async throws -> Assessment? {
        let request = ScoringRequest(
            configuration: step.step.configuration,
            dossier: lookup.dossier,
            prior: prior,
            rules: spec.ruleSettings,
            form: outline,
            context: StepContext(step: step.step.id, runLog: ledger.log)
        )
        return try await ledger.attempt(step.step) {
            guard let keeping else { return try await scoreTwice(step, request, nil) }
            return try await keeping.score(step, request, lookup) { try await scoreTwice(step, request, $0) }
        }
    }

    /// The assessment; a step whose process crashed is taken once more if it may be.
    private func scoreTwice(
        _ step: Plan.PlannedStep<RemoteScorer>,
        _ request: ScoringRequest,
        _ reads: DossierReads?
    ) async throws -> Assessment {
        do {
            return try await step.role.score(request, noting: reads)
        } catch let failure as PluginFailure where failure.isCrash && step.description.idempotent {
            try Task.checkCancellation()
            // What it answers now it might not answer again.
            reads?.giveUp()
            return try await scoreAgain(step, request, after: failure)
        }
    }

    /// Gives the step one more chance in a process of its own.
    private func scoreAgain(
        _ step: Plan.PlannedStep<RemoteScorer>,
        _ request: ScoringRequest,
        after failure: PluginFailure
    ) async throws -> Assessment {
        guard let program = programs.first(where: { $0.name == step.step.plugin }),
            let count = ledger.restart(step.step, after: failure)
        else { throw failure }
        var settings = settings
        settings.scratch += "/restart-\(count)"
        return try await withPlugins([program], settings) { sessions, failures in
            guard let session = sessions[program.name] else { throw failures[program.name] ?? failure }
            var role = step.role
            role.session = session
            return try await role.score(request)
        }
    }

    private func wantedFormats() throws -> [String] {
        let offered = plan.renderers.flatMap(\.description.writes)
        guard let formats = options.formats else {
            return RenderingOrder(plan.renderers.map { RenderingOrder.Step($0.step, $0.description) }).usual
        }
        // Who did not start may be the one who offers it.
        guard plan.unstarted.isEmpty else { return formats }
        // review.json is always written, so asking for json alone means: no report.
        let unknown = formats.first { $0 != "json" && !offered.contains($0) }
        if let unknown { throw RunError.unknownFormat(unknown, known: offered + ["json"]) }
        return formats
    }

    // MARK: review.json

    private func pluginIdentities() async throws -> [RecordedReview.Plugin] {
        var digests = DigestCache()
        defer { digests.save() }
        var identities: [RecordedReview.Plugin] = []
        for program in programs {
            // Nobody knows which bytes a plugin has that was started by somebody else.
            let isOurs = program.origin != .attached
            let plugin = RecordedReview.Plugin(
                name: program.name,
                version: manifests[program.name]?.version ?? "",
                sha256: isOurs ? try digests.sha256(ofFile: program.file) : nil
            )
            identities.append(plugin)
        }
        return identities
    }
}
