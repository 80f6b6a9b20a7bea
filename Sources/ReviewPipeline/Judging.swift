internal import PluginRuntime
public import ReviewModel
public import SpecLoading

/// What steps say of tables that are at hand. Nothing is filled, folded or written.
public struct Judgement: Sendable {
    /// In the order of the steps.
    public var findings: [Finding] = []
    /// The rules that the steps tell of, each once.
    public var rules: [Rule] = []
    /// The steps that were not taken to their end, and why.
    public var missing: [(step: String, reason: LocalizedText)] = []
    /// Why, with the plugins' last words.
    public var failures: [StepFailure] = []
}

/// Has `steps` judge a dossier. They are scorers, and have nothing but findings to say: of many projects there is no one score.
///
/// - Throws: ``RunError`` where something is wrong with the steps, or nothing could be written meanwhile.
public func judge(_ dossier: Dossier, by steps: LooseSteps, options: RunOptions) async throws -> Judgement {
    try await withPlannedRun(steps.over(dossier), options: options) { run in try await run.judgement() }
}

extension ReviewRun {
    fileprivate func judgement() async throws -> Judgement {
        let others = plan.sources.map(\.step) + plan.renderers.map(\.step)
        if !others.isEmpty { throw refusal(of: others) }
        let assessments = try await score(DossierLookup(spec.dossier))
        var judgement = Judgement()
        for (id, assessment) in assessments {
            if let step = spec.steps.first(where: { $0.id == id }), !assessment.hasOnlyFindings {
                let wrong = PluginFailure(plugin: step.plugin, .nonsense(call: "scorer/score", onlyFindings))
                ledger.fail(id, wrong)
                continue
            }
            judgement.findings += assessment.findings
            let known = Set(judgement.rules.map(\.id))
            judgement.rules += assessment.rules.map(\.named).filter { !known.contains($0.id) }
        }
        judgement.failures = ledger.failures
        judgement.missing = ledger.missing
        return judgement
    }

    private func refusal(of steps: [Spec.Step]) -> RunError {
        var checked = loaded
        for (index, step) in spec.steps.enumerated() where steps.contains(where: { $0.id == step.id }) {
            checked.diagnostics.append(document.diagnostic(noScorer(step, at: spec.stepPointer(index) / "use")))
        }
        checked.diagnostics.sort()
        return .invalid(CheckedSpec(loaded: checked))
    }
}

extension Assessment {
    fileprivate var hasOnlyFindings: Bool { scores.isEmpty && adjustments.isEmpty }
}

// MARK: - Messages

private let onlyFindings = LocalizedText(
    zh: "它返回了 scores 或 adjustments；汇总多份评审时只收发现",
    en: "it returned scores or adjustments; of many reviews together only findings are taken"
)

private func noScorer(_ step: Spec.Step, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/no-scorer",
        message: LocalizedText(
            zh: "步骤\(quoted(step.id))不是评审（scorer）角色；汇总时没有表可填，也没有报告可写",
            en:
                "the step \(quoted(step.id)) is no scorer; of many reviews together there is no table to fill and no report "
                + "to write"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请换成 scorer 角色，或去掉这一步", en: "name a scorer, or remove the step")
    )
}
