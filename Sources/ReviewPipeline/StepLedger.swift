internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading
internal import Synchronization

/// What became of the steps of one run. A step that fails is noted here and fails alone: the run goes on with the steps
/// that do not need it.
final class StepLedger: Sendable {
    private enum Entry {
        case failed(PluginFailure)
        /// For the sake of `causes`, steps that failed.
        case skipped(causes: [String], note: LocalizedText)
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// Tables that a failed source would have filled.
        var lostTables: [String: String] = [:]
        var restarts: [String: [ContinuousClock.Instant]] = [:]
    }

    private let steps: [Spec.Step]
    private let state = Mutex(State())
    /// The timings of the run; failures are noted there with the plugin's last words.
    let log = RunLog()

    /// What no message of a failure may quote.
    private let secrets: SecretMask

    init(_ spec: Spec, secrets: SecretMask = SecretMask()) { (steps, self.secrets) = (spec.steps, secrets) }

    /// Whether the step has neither failed nor been skipped.
    func isSound(_ step: String) -> Bool { state.withLock { $0.entries[step] == nil } }

    func fail(_ step: String, _ failure: PluginFailure) {
        // Those that the host makes of what a plugin has said, too: the name of a file that it has written.
        let failure = failure.masked(by: secrets)
        state.withLock { $0.entries[step] = .failed(failure) }
        log.add([
            "step": .text(step), "outcome": "failed", "message": .text(failure.message.en),
            "standardError": .list(failure.standardError.map(Value.text)),
        ])
    }

    /// Takes a step; `nil` when its plugin failed, which is noted.
    ///
    /// - Throws: what is no plugin's fault, above all `CancellationError`.
    func attempt<Result: Sendable>(_ step: Spec.Step, _ body: () async throws -> Result) async throws -> Result? {
        do {
            return try await log.timing(step.id, body)
        } catch let failure as PluginFailure {
            // A plugin that was stopped because the whole run was has not failed.
            try Task.checkCancellation()
            fail(step.id, failure)
            return nil
        }
    }

    /// Whether a plugin that crashed may be started anew, at most three times in 60 s; noted with the reason.
    ///
    /// - Returns: how often it has been, this time included; `nil` when that is enough.
    func restart(_ step: Spec.Step, after failure: PluginFailure) -> Int? {
        let count: Int? = state.withLock { state in
            let recent = state.restarts[step.plugin, default: []].filter { .now - $0 < .seconds(60) }
            guard recent.count < 3 else { return nil }
            state.restarts[step.plugin] = recent + [.now]
            return recent.count + 1
        }
        if count != nil {
            log.add(["step": .text(step.id), "outcome": "restarted", "message": .text(failure.message.en)])
        }
        return count
    }

    /// Notes that `tables` will not be filled because the source `step` failed.
    func lose(_ tables: [String], of step: String) {
        state.withLock { state in
            for table in tables { state.lostTables[table] = step }
        }
    }

    /// Skips the step if something it needs is missing: the assessment of another step, or a table that a failed source
    /// would have filled. What is judged on half the facts would be a wrong result taken for right.
    ///
    /// - Returns: whether it was skipped.
    func skipIfNeedy(_ step: Spec.Step, reading tables: [String], missing: [String]) -> Bool {
        state.withLock { state in
            if let need = step.needs.first(where: { state.entries[$0] != nil }) {
                state.entries[step.id] = .skipped(causes: causes(of: need, state), note: needsStep(need))
            } else if let table = tables.first(where: { state.lostTables[$0] != nil }),
                let source = state.lostTables[table]
            {
                state.entries[step.id] = .skipped(causes: [source], note: needsTable(table))
            } else if let table = missing.first {
                // Its source did not start, so nobody could say that the table is that source's.
                let failed = steps.map(\.id).filter { if case .failed? = state.entries[$0] { true } else { false } }
                let note = failed.isEmpty ? wantsTable(table) : needsTable(table)
                state.entries[step.id] = .skipped(causes: failed, note: note)
            } else {
                return false
            }
            return true
        }
    }

    private func causes(of step: String, _ state: State) -> [String] {
        if case .skipped(let causes, _)? = state.entries[step], !causes.isEmpty { causes } else { [step] }
    }
}

// MARK: - Results

extension StepLedger {
    /// What failed, each failure once with all steps that it cost, in the order of the spec.
    var failures: [StepFailure] {
        let entries = state.withLock { $0.entries }
        var failures: [StepFailure] = []
        for step in steps {
            guard case .failed(let failure)? = entries[step.id] else { continue }
            let same = failures.firstIndex {
                $0.failure.plugin == failure.plugin && $0.failure.message == failure.message
            }
            if let same {
                failures[same].steps.append(step.id)
            } else {
                failures.append(StepFailure([step.id], failure))
            }
        }
        return failures
    }

    /// The steps that were not taken to their end, and why.
    var missing: [(step: String, reason: LocalizedText)] {
        let entries = state.withLock { $0.entries }
        return steps.compactMap { step in
            switch entries[step.id] {
            case .failed(let failure): (step.id, failure.message)
            case .skipped(_, let note): (step.id, note)
            case nil: nil
            }
        }
    }

    /// The steps as the review tells them.
    func reviewSteps(_ locale: Locale) -> [Review.Step] {
        let entries = state.withLock { $0.entries }
        return steps.map { step in
            switch entries[step.id] {
            case .failed(let failure):
                Review.Step(id: step.id, plugin: step.plugin, outcome: .failed, note: failure.message(locale))
            case .skipped(_, let note):
                Review.Step(id: step.id, plugin: step.plugin, outcome: .skipped, note: note(locale))
            case nil: Review.Step(id: step.id, plugin: step.plugin, outcome: .done)
            }
        }
    }

    /// One finding a failed step, and one for what was skipped although nothing failed, heavy enough that nobody signs the
    /// review; what was skipped for the sake of another step is named there and makes no finding of its own.
    var findings: [(step: String, finding: Finding)] {
        let entries = state.withLock { $0.entries }
        func skipped(for cause: String) -> [String] {
            steps.map(\.id).filter {
                if case .skipped(let causes, _)? = entries[$0] { causes.contains(cause) } else { false }
            }
        }
        var wanting: [(note: LocalizedText, steps: [String])] = []
        var findings: [(step: String, finding: Finding)] = []
        for step in steps {
            switch entries[step.id] {
            case .failed(let failure)?:
                findings.append((step.id, stepFailed(step.id, failure.message, skipped: skipped(for: step.id))))
            case .skipped(causes: [], let note)?:
                // Several steps that want the same are one finding.
                if let same = wanting.firstIndex(where: { $0.note == note }) {
                    wanting[same].steps.append(step.id)
                } else {
                    wanting.append((note, [step.id]))
                }
            case .skipped?, nil: break
            }
        }
        return findings
            + wanting.map { note, steps in
                (steps[0], stepsSkipped(steps, note, skipped: steps.flatMap { skipped(for: $0) }))
            }
    }
}

// MARK: - Messages

private func stepFailed(_ step: String, _ reason: LocalizedText, skipped: [String]) -> Finding {
    let list = skipped.map { "\(quoted($0))" }
    let lostZh = skipped.isEmpty ? "" : "因此未执行：\(list.joined(separator: "、"))。"
    let lostEn = skipped.isEmpty ? "" : "; skipped for its sake: \(list.joined(separator: ", "))"
    return Finding(
        rule: "host/step-failed",
        severity: .blocker,
        message: LocalizedText(
            zh: "步骤\(quoted(step))失败，评审不完整：\(reason.zh)\(lostZh)",
            en: "the step \(quoted(step)) failed, the review is incomplete: \(reason.en)\(lostEn)"
        ),
        subject: step,
        pointers: [JSONPointer(["config"])],
        hint: LocalizedText(zh: "排除故障后重新评审，此前不要签发", en: "mend it and review again; do not sign before")
    )
}

private func stepsSkipped(_ steps: [String], _ note: LocalizedText, skipped: [String]) -> Finding {
    let (own, others) = (steps.map { quoted($0) }, skipped.map { quoted($0) })
    let lostZh = skipped.isEmpty ? "" : "；因此也未执行：\(others.joined(separator: "、"))"
    let lostEn = skipped.isEmpty ? "" : "; skipped for its sake: \(others.joined(separator: ", "))"
    return Finding(
        rule: "host/step-skipped",
        severity: .blocker,
        message: LocalizedText(
            zh: "评审不完整，步骤\(own.joined(separator: "、"))\(note.zh)\(lostZh)",
            en: "the review is incomplete; \(own.joined(separator: ", ")): \(note.en)\(lostEn)"
        ),
        subject: steps[0],
        pointers: [JSONPointer(["config"])],
        hint: LocalizedText(
            zh: "补上所缺内容，或从流程中去掉这些步骤，再重新评审；此前不要签发",
            en: "provide what is missing, or take the steps out of the pipeline, and review again; do not sign before"
        )
    )
}

private func needsStep(_ step: String) -> LocalizedText {
    LocalizedText(
        zh: "未执行：它需要步骤\(quoted(step))的结果，而该步骤没有完成",
        en: "skipped: it needs the step \(quoted(step)), which was not completed"
    )
}

private func needsTable(_ table: String) -> LocalizedText {
    LocalizedText(
        zh: "未执行：它读取表\(quoted(table))，而提供该表的步骤没有完成",
        en: "skipped: it reads the table \(quoted(table)), and the step that fills it was not completed"
    )
}

private func wantsTable(_ table: String) -> LocalizedText {
    LocalizedText(
        zh: "未执行：需要表\(quoted(table))，而各步骤都没有读到这张表",
        en: "skipped: it needs the table \(quoted(table)), which no step has read"
    )
}
