public import PluginRuntime
public import ReviewModel
public import SpecLoading

/// The rules that the plugins of a spec check, with the settings that they have there, in the order of its steps.
///
/// - Parameter onFailure: called for each plugin that names its rules wrongly, or not at all.
/// - Throws: ``RunError``
public func rules(
    of loaded: LoadedSpec,
    options: RunOptions,
    withExamples: Bool = false,
    onFailure: (PluginFailure) -> Void = { _ in }
) async throws -> [Rule] {
    let (rules, failures) = try await withPlannedRun(loaded, options: options) { run in
        (try await run.plan.rules(run.ledger, withExamples: withExamples), run.ledger.failures)
    }
    for failure in failures { onFailure(failure.failure) }
    return rules
}

/// The rules that `programs` check without any settings. Plugins that do not start have none, nor have those that fail.
///
/// - Parameter onFailure: called for each that fails.
public func rules(
    of programs: [PluginProgram],
    withExamples: Bool = false,
    onFailure: (PluginFailure) -> Void = { _ in }
) async throws -> [Rule] {
    let (rules, failures) = try await reportingFileErrors {
        try await withScratchFolder { scratch, caretaker in
            var settings = SessionSettings(
                scratch: scratch,
                times: PluginTimes(),
                locale: .zh,
                observer: SilentObserver()
            )
            settings.caretaker = caretaker
            return try await withPlugins(programs, settings) { sessions, _ in
                var (rules, seen, failures) = ([Rule](), Set<String>(), [PluginFailure]())
                for program in programs {
                    guard let session = sessions[program.name] else { continue }
                    for role in session.manifest?.roles ?? [] where role.kind == .scorer {
                        let scorer = RemoteScorer(session: session, role: role, limit: nil)
                        do {
                            let own = try await scorer.rules(.null, withExamples: withExamples)
                            rules += own.filter { seen.insert($0.id).inserted }
                        } catch let failure as PluginFailure {
                            try Task.checkCancellation()
                            failures.append(failure)
                        }
                    }
                }
                return (rules, failures)
            }
        }
    }
    for failure in failures { onFailure(failure) }
    return rules
}

extension Plan {
    /// The rules of the scoring steps. A plugin that fails at naming them has failed its step.
    func rules(_ ledger: StepLedger, withExamples: Bool = false) async throws -> [Rule] {
        var (all, seen) = ([Rule](), Set<String>())
        for step in scorers {
            do {
                let own = try await step.role.rules(step.step.configuration, withExamples: withExamples)
                all += own.filter { seen.insert($0.id).inserted }
            } catch let failure as PluginFailure {
                try Task.checkCancellation()
                ledger.fail(step.step.id, failure)
            }
        }
        return all
    }

    /// What is wrong with the spec's `rules`. Nothing is asked of the plugins when there are none.
    func checkRules(_ spec: Spec, _ ledger: StepLedger) async throws -> [ConfigurationDiagnostic] {
        // Who did not start may be the one whose rule it is.
        if spec.rules.isEmpty || !unstarted.isEmpty { return [] }
        let known = try await rules(ledger)
        let ids = known.map(\.id)
        let (rules, log) = (Dictionary(known.map { ($0.id, $0) }) { first, _ in first }, DiagnosticLog())
        for request in spec.rules {
            if let rule = rules[request.change.rule] {
                check(request, rule, log)
            } else {
                log.add(unknownRule(request, ids))
            }
        }
        return log.diagnostics
    }

    private func check(_ request: RuleRequest, _ rule: Rule, _ log: DiagnosticLog) {
        let change = request.change
        // What must not be signed must not be made signable by a line of YAML.
        if rule.severity == .blocker, change.isOff || change.severity.map({ $0 < .blocker }) == true {
            log.add(cannotBeSilenced(rule, at: request.pointer))
        }
        for (name, value) in change.parameters.members {
            guard let parameter = rule.parameters.first(where: { $0.name == name }) else {
                let names = rule.parameters.map(\.name) + ["severity"]
                log.add(unknownParameter(name, rule, names, at: request.pointer / name))
                continue
            }
            let isNumber = parameter.standard.decimal != nil
            if isNumber ? value.decimal == nil : value.kind != parameter.standard.kind {
                log.add(wrongKind(parameter, value, at: request.pointer / name))
            }
        }
    }
}

// MARK: - Messages

private func unknownRule(_ request: RuleRequest, _ known: [String]) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/unknown-rule",
        message: LocalizedText(
            zh: "没有规则\(quoted(request.change.rule))",
            en: "no step of the pipeline has a rule \(quoted(request.change.rule))"
        ),
        pointer: request.pointer,
        help: suggestion(for: request.change.rule, among: known)
            ?? LocalizedText(zh: "pingshen rules list SPEC 列出全部规则", en: "pingshen rules list SPEC names them all")
    )
}

private func cannotBeSilenced(_ rule: Rule, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/blocker-rule",
        message: LocalizedText(
            zh: "规则\(quoted(rule.id))属于严重级别，不能停用或降级",
            en: "the rule \(quoted(rule.id)) is a blocker and can be neither switched off nor made lighter"
        ),
        pointer: pointer
    )
}

private func unknownParameter(
    _ name: String,
    _ rule: Rule,
    _ known: [String],
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/unknown-parameter",
        message: LocalizedText(
            zh: "规则\(quoted(rule.id))没有参数\(quoted(name))",
            en: "the rule \(quoted(rule.id)) has no parameter \(quoted(name))"
        ),
        pointer: pointer,
        help: suggestion(for: name, among: known)
            ?? LocalizedText(zh: "可用的有：\(known.joined(separator: "、"))", en: "it has: \(known.joined(separator: ", "))")
    )
}

private func wrongKind(_ parameter: Rule.Parameter, _ value: Value, at pointer: JSONPointer) -> ConfigurationDiagnostic
{
    let example = parameter.standard.scalarText ?? "…"
    // Decimals cross the wire as text.
    let expected = (parameter.standard.decimal == nil ? parameter.standard.kind : .number).name
    return ConfigurationDiagnostic(
        code: "value/wrong-type",
        message: LocalizedText(
            zh:
                "参数\(quoted(parameter.name))（\(parameter.title.zh)）应为\(expected.zh)，现为\(value.kind.name.zh)",
            en:
                "\(quoted(parameter.name)) (\(parameter.title.en)) should be \(expected.en), not \(value.kind.name.en)"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "通常为 \(example)", en: "commonly \(example)")
    )
}
