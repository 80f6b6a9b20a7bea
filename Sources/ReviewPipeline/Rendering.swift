internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading

/// Lets the renderers of a run write: side by side as far as none takes what another writes, and those that find something
/// before those that show it.
struct ReportRendering {
    let run: ReviewRun
    private let lookup: DossierLookup
    /// The formats that somebody wants to have.
    let wanted: [String]
    let order: RenderingOrder
    let fold: ReviewFold
    private(set) var review: Review
    private var rendered: [String: Rendered] = [:]
    /// Of ``review`` as it is, part by part; for steps that may stand.
    private var digests: ReviewDigests

    /// What one renderer has written into its folder.
    fileprivate struct Rendered: Sendable {
        var rendering: Rendering
        var folder: HeldFolder
        /// Copies for later renderers.
        var offered: [TakenFile] = []
    }

    init(_ run: ReviewRun, _ review: Review, _ lookup: DossierLookup, _ formats: [String], _ fold: ReviewFold) {
        (self.run, self.review, self.lookup, self.wanted, self.fold) = (run, review, lookup, formats, fold)
        digests = ReviewDigests(review)
        order = RenderingOrder(run.plan.renderers.map { RenderingOrder.Step($0.step, $0.description) })
    }

    private var ledger: StepLedger { run.ledger }

    /// Takes the steps, and takes their files into `output` in the order of the spec: of two that write one file the later is at
    /// fault, whichever was faster.
    ///
    /// - Returns: the review with what the renderers found.
    mutating func renderAll(into output: ReviewOutput) async throws -> Review {
        let demanded = order.demanded(wanted)
        var waiting = run.plan.renderers.filter { step in
            !(demanded[step.step.id] ?? []).isEmpty && ledger.isSound(step.step.id)
        }
        var open = Set(waiting.map(\.step.id))
        while !waiting.isEmpty {
            let ready = waiting.filter { step in open.isDisjoint(with: order.predecessors(of: step.step.id)) }
            // Two that wait for each other were refused when the plan was made.
            guard !ready.isEmpty else { break }
            waiting.removeAll { step in ready.contains { $0.step.id == step.step.id } }
            for (id, result) in try await render(ready, demanded) { try keep(result, of: id, demanded[id] ?? []) }
            open.subtract(ready.map(\.step.id))
        }
        for step in run.plan.renderers {
            guard let files = rendered[step.step.id] else { continue }
            do {
                let artifacts = files.rendering.artifacts.filter { isWanted($0, of: step.description) }
                try output.take(artifacts, from: files.folder, plugin: step.step.plugin)
            } catch let failure as PluginFailure {
                ledger.fail(step.step.id, failure)
            }
        }
        return review
    }

    /// Whether an artifact belongs into the review. A format that only other renderers asked for does not.
    private func isWanted(_ artifact: RenderedArtifact, of role: RoleDescription) -> Bool {
        wanted.contains(artifact.format) || !role.writes.contains(artifact.format)
    }

    /// Lets the steps write side by side; their results in the order of the spec, so that findings fall alike in every run.
    private func render(
        _ steps: [Plan.PlannedStep<RemoteRenderer>],
        _ demanded: [String: [String]]
    ) async throws -> [(String, Rendered)] {
        let results = try await withThrowingTaskGroup(of: (String, Rendered?).self) { group in
            for step in steps {
                group.addTask { (step.step.id, try await render(step, demanded[step.step.id] ?? [])) }
            }
            return try await group.reduce(into: [String: Rendered]()) { $0[$1.0] = $1.1 }
        }
        return steps.compactMap { step in results[step.step.id].map { (step.step.id, $0) } }
    }

    private func render(_ step: Plan.PlannedStep<RemoteRenderer>, _ formats: [String]) async throws -> Rendered? {
        let suppliers = order.suppliers(of: step.step.id)
        let taken = suppliers.flatMap { rendered[$0]?.offered ?? [] }.filter {
            step.description.takenFromOthers.contains($0.format)
        }
        let left = try step.description.takes.filter { step.description.writes.contains($0) && formats.contains($0) }
            .compactMap { try run.handover.left($0, to: step.step, in: run.options.output + "/" + run.spec.id) }
        // A renderer shows what is there, so only what it is made from and a need that the spec states keep it from its work.
        var needs = step.step
        if taken.isEmpty { needs.needs += suppliers }
        if ledger.skipIfNeedy(needs, reading: [], missing: []) { return nil }
        return try await ledger.attempt(step.step) {
            let folder = try step.role.session.folder(ofStep: step.step.id)
            let request = RenderingRequest(
                configuration: step.step.configuration,
                review: review,
                dossier: lookup.dossier,
                formats: formats,
                taken: taken + left,
                scratchDirectory: folder.path,
                form: run.outline
            )
            guard let keeping = run.keeping else {
                return Rendered(rendering: try await step.role.render(request), folder: folder)
            }
            let rendering = try await keeping.render(
                step,
                request,
                digests,
                lookup,
                into: folder,
                filesAtMost: run.options.artifactLimits.bytesEach
            ) { try await step.role.render(request, noting: $0) }
            return Rendered(rendering: rendering, folder: folder)
        }
    }

    /// Notes what a step has written: its findings go into the review, and what others take is copied for them.
    private mutating func keep(_ result: Rendered, of id: String, _ demanded: [String]) throws {
        var result = result
        guard let step = run.plan.renderers.first(where: { $0.step.id == id }) else { return }
        if !result.rendering.findings.isEmpty {
            fold.add(result.rendering.findings, of: id, to: &review)
            digests = ReviewDigests(review)
        }
        do {
            let taken = order.formatsTaken(from: id).intersection(demanded)
            for artifact in result.rendering.artifacts where taken.contains(artifact.format) {
                result.offered.append(try run.handover.copy(artifact, of: step.step, from: result.folder))
            }
            if let failure = result.rendering.failures.first {
                throw PluginFailure(plugin: step.step.plugin, .refused(call: "renderer/render", failure.message))
            }
            let asked = demanded.filter(step.description.writes.contains)
            if let detail = result.complaint(asked: asked, taken: taken) {
                throw PluginFailure(plugin: step.step.plugin, .nonsense(call: "renderer/render", detail))
            }
        } catch let failure as PluginFailure {
            ledger.fail(id, failure)
        }
        rendered[id] = result
    }
}

extension ReportRendering.Rendered {
    /// What its author should know where formats that were asked for are not there and nothing says why; `nil` where all is well: a
    /// format may have nothing to say this time, as long as nobody takes it and nothing else was written in its place.
    fileprivate func complaint(asked: [String], taken: Set<String>) -> LocalizedText? {
        let written = Set(rendering.artifacts.map(\.format))
        if let format = asked.filter({ taken.contains($0) && !written.contains($0) }).min() {
            return LocalizedText(
                zh: "没有\(quoted(format))格式的文件，而后面的步骤要用它",
                en: "no file of the format \(quoted(format)), which a later step takes"
            )
        }
        guard let format = asked.min(), written.isDisjoint(with: asked) else { return nil }
        let (zh, en) = (
            "没有要它写的\(quoted(format))格式的文件", "no file of the format \(quoted(format)), which it was asked for"
        )
        if !rendering.artifacts.isEmpty {
            let files = rendering.artifacts.map { quoted($0.path) }.joined(separator: ", ")
            return LocalizedText(
                zh: "\(zh)，只有 \(files)；扩展名不能说明格式的，在 artifacts 的 \"format\" 中写明",
                en: "\(en), but \(files); \"format\" of an artifact says it where the ending of its path does not"
            )
        }
        let left = folder.names.prefix(3).map { quoted($0) }.joined(separator: ", ")
        if left.isEmpty { return nil }
        return LocalizedText(
            zh: "\(zh)；它把 \(left) 写进了文件夹，却没有在 \"artifacts\" 中列出",
            en: "\(en); it wrote \(left) into its folder and did not name it in \"artifacts\""
        )
    }
}
