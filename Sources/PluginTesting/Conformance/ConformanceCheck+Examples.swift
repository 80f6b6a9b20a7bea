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
        let formName = "form-of-the-spec.yaml"
        let foot = "pipeline: {check: {use: \(manifest.name)/\(role.name)}}"
        let read = ExampleSpec(example, form: formName, foot: foot) { text in
            // YAML has JSON in it.
            let form = String(decoding: JSONWriter.line(form), as: UTF8.self)
            return loadSpec(text: text, as: "(example).yaml", included: [formName: form], stored: [:])
        }
        guard let spec = read.spec else { throw Nonconformance(found: "\(name) is no YAML that a spec could have") }
        if let mistake = read.mistakes.first { return "\(name), line \(mistake)" }
        var (findings, prior) = ([(step: String, finding: Finding)](), [String: Assessment]())
        for step in spec.steps where step.plugin == manifest.name && (step.role ?? role.name) == role.name {
            var request = ScoringRequest(
                configuration: ExampleSpec.hasPipeline(example.spec) ? step.configuration : settings(role),
                dossier: spec.dossier,
                prior: prior.filter { step.needs.contains($0.key) },
                rules: read.rules
            )
            request.form = spec.form?.outline
            let assessment = try await score(role, request, step: "")
            prior[step.id] = assessment
            findings += assessment.findings.map { (step.id, $0) }
        }
        let (wanted, found) = (RuleExamples.Outcome(example), read.outcome(findings, of: rule))
        guard found.spec == wanted.spec, found.messages.saysTheSame(as: wanted.messages) else {
            throw Nonconformance(found: "\(name) says\n\(wanted.indented)\nbut the rule finds\n\(found.indented)")
        }
        return nil
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
