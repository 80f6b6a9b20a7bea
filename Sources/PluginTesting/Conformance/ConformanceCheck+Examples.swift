internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading

extension ConformanceCheck {
    static let examples = trial(
        id: "examples",
        rule:
            "each example that a rule brings comes out as it says: its messages, and its `↓` where they point (rules/list)",
        needs: ["handshake", "settings", "rules", "score"]
    ) { trial in
        var (count, strange) = (0, [String]())
        for role in try trial.manifest.roles(.scorer) {
            for rule in try await trial.rules(role) ?? [] {
                for (index, example) in rule.examples.enumerated() {
                    count += 1
                    guard let form = trial.material.exampleForm else { continue }
                    let name = "example \(index + 1) of \"\(rule.id)\""
                    if let misfit = try await trial.require(example, name, of: rule, role, form) {
                        strange.append(misfit)
                    }
                }
            }
        }
        if count == 0 { throw NotApplicable(reason: "its rules bring no examples") }
        if trial.material.exampleForm == nil {
            throw NotApplicable(reason: "examples fill a form; name a spec that has it: --spec SPEC")
        }
        if let first = strange.first {
            throw NotApplicable(
                reason: "\(strange.count) of \(count) examples do not fit the form of this spec and were not run, "
                    + "the others come out as they say: \(first)"
            )
        }
    }
}

extension Trial {
    /// Throws where the plugin says something else of an example than the example does; returns what keeps an example that is
    /// for another form from being run.
    fileprivate func require(
        _ example: Rule.Example,
        _ name: String,
        of rule: Rule,
        _ role: RoleDescription,
        _ form: Value
    ) async throws -> String? {
        // Beside the form, so that what an example includes is found as its author has it.
        let file = material.exampleFormFile ?? "form.yaml"
        let (folder, formName) = (file.lastIndex(of: "/").map { file[...$0] } ?? "", "form-of-the-spec.yaml")
        let foot = "pipeline: {check: {use: \(manifest.name)/\(role.name)}}"
        let read = ExampleSpec(example, form: formName, foot: foot) { text in
            // YAML has JSON in it.
            let form = String(decoding: JSONWriter.line(form), as: UTF8.self)
            return loadSpec(text: text, as: "\(folder)(example).yaml", included: [formName: form], stored: [:])
        }
        if let mistake = read.mistakes.first { return "\(name), line \(mistake)" }
        guard let spec = read.spec else { throw Nonconformance(found: "\(name) is no YAML that a spec could have") }
        var (findings, prior) = ([(step: String, finding: Finding)](), [String: Assessment]())
        for step in spec.steps {
            var request = ScoringRequest(
                configuration: ExampleSpec.hasPipeline(example.spec) ? step.configuration : settings(role),
                dossier: spec.dossier,
                prior: prior.filter { step.needs.contains($0.key) },
                rules: read.rules
            )
            request.form = spec.form?.outline
            let assessment: Assessment
            if step.plugin == manifest.name {
                guard (step.role ?? role.name) == role.name else { continue }
                assessment = try await answered(name, role) { try await score(role, request, step: "") }
            } else {
                guard let other = material.otherPlugin(step.plugin) else {
                    return "\(name), it needs the plugin \"\(step.plugin)\", which is not there"
                }
                assessment = try await withAnother(other) { [request] trial in
                    let roles = try trial.manifest.roles(.scorer)
                    guard let role = roles.first(where: { step.role ?? $0.name == $0.name }) else {
                        throw Nonconformance(found: "\(name) asks for a role that \"\(step.plugin)\" does not have")
                    }
                    return try await trial.score(role, request, step: "")
                }
            }
            prior[step.id] = assessment
            findings += assessment.findings.map { (step.id, $0) }
        }
        let (wanted, found) = (RuleExamples.Outcome(example), read.outcome(findings, of: rule))
        guard found.spec == wanted.spec, found.messages.saysTheSame(as: wanted.messages) else {
            throw Nonconformance(found: "\(name) says\n\(wanted.indented)\nbut the rule finds\n\(found.indented)")
        }
        return nil
    }

    /// What `call` gives. A plugin that does without its settings in no example of its own, and is given none, cannot be asked.
    private func answered(
        _ name: String,
        _ role: RoleDescription,
        _ call: () async throws -> Assessment
    ) async throws -> Assessment {
        do {
            return try await call()
        } catch let failure as PluginFailure {
            guard material.settings[role.name] == nil, case .refused(_, let words) = failure.reason else {
                throw failure
            }
            throw Wanting(
                what: "\(name) needs settings, \(words.en); name a spec that has a step of this plugin: --spec SPEC"
            )
        }
    }
}

extension RuleExamples.Outcome {
    fileprivate var indented: String {
        let said = messages.isEmpty ? ["(no finding)"] : messages.map(\.en)
        return (spec.split(separator: "\n").map(String.init) + said).map { "    " + $0 }.joined(separator: "\n")
    }
}

extension [LocalizedText] {
    /// Whether these are the messages that an example names, in both languages or in the one that it has them in.
    fileprivate func saysTheSame(as example: [LocalizedText]) -> Bool {
        count == example.count
            && zip(self, example).allSatisfy { message, named in
                message == named || named.zh == named.en && [message.zh, message.en].contains(named.zh)
            }
    }
}
