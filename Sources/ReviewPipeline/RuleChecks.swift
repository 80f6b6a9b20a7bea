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
        try await knownRules(ledger, withExamples: withExamples).rules.map(\.rule)
    }

    private func knownRules(_ ledger: StepLedger, withExamples: Bool = false) async throws -> KnownRules {
        var (known, seen) = (KnownRules(), Set<String>())
        for step in scorers {
            do {
                let own = try await step.role.namedRules(step.step.configuration, withExamples: withExamples)
                if own == nil, !known.silent.contains(step.step.plugin) { known.silent.append(step.step.plugin) }
                for rule in own ?? [] where seen.insert(rule.id).inserted {
                    let version = step.role.session.manifest?.version ?? ""
                    known.rules.append(KnownRule(rule: rule, plugin: step.step.plugin, version: version))
                }
            } catch let failure as PluginFailure {
                try Task.checkCancellation()
                ledger.fail(step.step.id, failure)
            }
        }
        return known
    }

    /// The spec with its rules and waivers under the ids that rules have now, and what is wrong with its `rules`. Nothing is asked of
    /// the plugins when it speaks of none.
    func checkRules(
        _ spec: Spec,
        _ ledger: StepLedger
    ) async throws -> (spec: Spec, diagnostics: [ConfigurationDiagnostic]) {
        // Who did not start may be the one whose rule it is.
        if spec.rules.isEmpty && spec.waivers.isEmpty || !unstarted.isEmpty { return (spec, []) }
        let known = try await knownRules(ledger)
        var (spec, log) = (spec, DiagnosticLog())
        var written: [String: String] = [:]
        for index in spec.rules.indices {
            let request = spec.rules[index]
            guard let rule = known.rule(request.change.rule, at: request.pointer, log) else {
                log.add(known.silent.isEmpty ? unknownRule(request, known.ids) : unlistedRule(request, known))
                continue
            }
            if let other = written.updateValue(request.change.rule, forKey: rule.id) {
                log.add(twice(other, request.change.rule, at: request.pointer))
            }
            spec.rules[index].change.rule = rule.id
            check(request, rule, log)
        }
        for index in spec.waivers.indices {
            guard let id = spec.waivers[index].rule else { continue }
            let place = spec.waivers[index].pointer / "rule"
            let rule = known.rule(id, at: place, log)
            if rule == nil, let remark = unknownWaived(id, known, at: place) { log.add(remark) }
            spec.waivers[index].rule = rule?.id ?? id
        }
        for known in known.rules where !known.rule.aliases.isEmpty {
            spec.formerRules[known.rule.id] = known.rule.aliases
        }
        return (spec, log.diagnostics)
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

/// A rule, and the plugin that names it.
private struct KnownRule {
    var rule: Rule
    var plugin: String
    var version: String
}

/// The rules of a pipeline.
private struct KnownRules {
    var rules: [KnownRule] = []
    /// The plugins that name none, and may have any.
    var silent: [String] = []

    var ids: [String] { rules.map(\.rule.id) }

    /// The rule of that id, or of one that it had before; `log` is told of that, and of one that goes.
    func rule(_ id: String, at pointer: JSONPointer, _ log: DiagnosticLog) -> Rule? {
        let own = rules.first { $0.rule.id == id }
        guard let known = own ?? rules.first(where: { $0.rule.aliases.contains(id) }) else { return nil }
        if own == nil { log.add(renamed(id, known, at: pointer)) }
        let name = quoted(known.rule.id)
        let told = known.rule.deprecation?.diagnostic(
            of: LocalizedText(zh: "规则\(name)", en: "the rule \(name)"),
            plugin: known.plugin,
            version: known.version,
            at: pointer
        )
        if let told { log.add(told) }
        return known.rule
    }
}

// MARK: - Messages

private func renamed(_ id: String, _ known: KnownRule, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        severity: .warning,
        code: "spec/renamed-rule",
        message: LocalizedText(
            zh: "插件\(quoted(known.plugin))的规则\(quoted(id))现名\(quoted(known.rule.id))，旧名暂仍有效",
            en:
                "the rule \(quoted(id)) of the plugin \(quoted(known.plugin)) is \(quoted(known.rule.id)) now; the old id still counts"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请改写为 \(known.rule.id)", en: "write \(known.rule.id)")
    )
}

private func twice(_ first: String, _ second: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/rule-twice",
        message: LocalizedText(
            zh: "\(quoted(first))和\(quoted(second))是同一条规则的旧名和现名，不能各写一次",
            en: "\(quoted(first)) and \(quoted(second)) are one rule under its old id and its new one"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请保留一处", en: "keep one of the two")
    )
}

private func unlistedRule(_ request: RuleRequest, _ known: KnownRules) -> ConfigurationDiagnostic {
    let (id, plugins) = (request.change.rule, known.silent.map { quoted($0) })
    let help = suggestion(for: id, among: known.ids)
    return ConfigurationDiagnostic(
        // What looks like a slip is one, most often.
        severity: help == nil ? .info : .warning,
        code: "spec/unlisted-rule",
        message: LocalizedText(
            zh: "没有步骤列出规则\(quoted(id))；插件\(plugins.joined(separator: "、"))不列出规则，可能是它的：此处的设置对这一编号的发现有效，但无法核对",
            en:
                "no step names the rule \(quoted(id)); it may be one of \(plugins.joined(separator: ", ")), which names none: "
                + "what is set here counts for findings of that id, and cannot be checked"
        ),
        pointer: request.pointer,
        help: help
    )
}

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

/// A rule that a waiver names and no step has; `nil` where it may be one of a source, of a renderer or of a plugin that names none.
private func unknownWaived(_ id: String, _ known: KnownRules, at pointer: JSONPointer) -> ConfigurationDiagnostic? {
    let near = slip(in: id, among: known.ids)
    let area = id.prefix { $0 != "/" }
    let isOfStep = known.ids.contains { $0.prefix { $0 != "/" } == area }
    guard near != nil || isOfStep && known.silent.isEmpty else { return nil }
    return ConfigurationDiagnostic(
        severity: .warning,
        code: "spec/unknown-rule",
        message: LocalizedText(
            zh: "没有规则\(quoted(id))，这一豁免对不上任何发现",
            en: "no step of the pipeline has a rule \(quoted(id)), so that the waiver is for nothing"
        ),
        pointer: pointer,
        help: near
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
