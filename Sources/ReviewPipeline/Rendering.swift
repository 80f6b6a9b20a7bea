internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading

extension ReviewRun {
    /// What one renderer has written into its folder.
    private struct Rendered: Sendable {
        var artifacts: [RenderedArtifact]
        var folder: HeldFolder
    }

    /// Lets all renderers write, side by side, and takes their files in the order of the spec: of two that write one file the
    /// later is at fault, whichever was faster.
    func render(_ review: Review, _ dossier: Dossier, _ formats: [String], into output: ReviewOutput) async throws {
        let rendered = try await withThrowingTaskGroup(of: (String, Rendered?).self) { group in
            for step in plan.renderers {
                group.addTask { (step.step.id, try await render(step, review, dossier, formats)) }
            }
            return try await group.reduce(into: [String: Rendered]()) { $0[$1.0] = $1.1 }
        }
        for step in plan.renderers {
            guard let files = rendered[step.step.id] else { continue }
            do {
                try output.take(files.artifacts, from: files.folder, plugin: step.step.plugin)
            } catch let failure as PluginFailure {
                ledger.fail(step.step.id, failure)
            }
        }
    }

    private func render(
        _ step: Plan.PlannedStep<RemoteRenderer>,
        _ review: Review,
        _ dossier: Dossier,
        _ formats: [String]
    ) async throws -> Rendered? {
        let wanted = step.description.writes.filter(formats.contains)
        // A renderer shows what is there, so only a need that the spec states keeps it from its work.
        if wanted.isEmpty || !ledger.isSound(step.step.id) { return nil }
        if ledger.skipIfNeedy(step.step, reading: [], missing: []) { return nil }
        return try await ledger.attempt(step.step) {
            let folder = try step.role.session.folder(ofStep: step.step.id)
            let request = RenderingRequest(
                configuration: step.step.configuration,
                review: review,
                dossier: dossier,
                formats: wanted,
                scratchDirectory: folder.path
            )
            return Rendered(artifacts: try await step.role.render(request), folder: folder)
        }
    }
}
