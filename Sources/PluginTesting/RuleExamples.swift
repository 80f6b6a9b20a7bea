public import PluginKit
public import ReviewModel
internal import SpecLoading

/// Runs the examples of rules, so that they stay true.
///
///     let examples = RuleExamples(form: "forms/my-form.yaml", of: Plugin(MyScorer(), version: "1"))
///
///     @Test(arguments: MyScorer.checks.rules) func holds(rule: Rule) async throws {
///         #expect(try await examples.whatIsWrong(with: rule) == [])
///     }
///
/// Each is read as a spec, by the form that it is meant for, and judged by the whole plugin, as a host does it.
public struct RuleExamples: Sendable {
    private let form: String
    private let plugin: Plugin
    private let others: [Plugin]
    private let settings: String

    /// - Parameters:
    ///   - form: the path of the form that the examples fill.
    ///   - others: the plugins that further steps of their pipelines use.
    ///   - settings: those of the plugin's step, in YAML, for examples without a pipeline of their own: `rules: !include mine.yaml`.
    ///     Paths are those from the form's folder.
    public init(form: String, of plugin: Plugin, and others: [Plugin] = [], settings: String = "") {
        (self.form, self.plugin, self.others, self.settings) = (form, plugin, others, settings)
    }

    /// The rules that the plugin has with these settings.
    public func rules() async throws -> [Rule] {
        let example = read(Rule.Example("", messages: []))
        guard let step = example.spec?.steps.first else { return [] }
        return try await withLoopback(plugin) { host in
            try await host.rules(host.manifest.roles.first?.name ?? "", configuration: step.configuration)
        }
    }

    private func read(_ example: Rule.Example) -> ExampleSpec {
        // Includes are relative, so the example stands beside its form.
        let (folder, name) = (form.lastIndex(of: "/").map { form[...$0] } ?? "", form.split(separator: "/").last ?? "")
        let foot = "pipeline: {check: {use: \(plugin.manifest.name), with: {\(settings)}}}"
        return ExampleSpec(example, form: String(name), foot: foot) {
            loadSpec(text: $0, as: "\(folder)(example).yaml")
        }
    }

    /// What an example says, or what it should.
    public struct Outcome: Sendable, Equatable, CustomStringConvertible {
        /// The example with a mark wherever a finding points.
        public var spec: String
        public var messages: [LocalizedText]
        /// What is wrong with the example itself: a column that the form does not have, a text for a number.
        public var mistakes: [String] = []

        /// What must come of an example.
        public init(_ example: Rule.Example) {
            (spec, messages) = (example.spec, example.messages)
        }

        init(spec: String, messages: [LocalizedText], mistakes: [String]) {
            (self.spec, self.messages, self.mistakes) = (spec, messages, mistakes)
        }

        public var description: String {
            ([spec] + messages.flatMap { ["zh: \($0.zh)", "en: \($0.en)"] } + mistakes).joined(separator: "\n")
        }
    }

    /// What is wrong with the examples of a rule, in words: each that comes out otherwise than it says, and that there is none
    /// with a finding, or none without.
    ///
    /// - Throws: what a step throws.
    public func whatIsWrong(with rule: Rule) async throws -> [String] {
        var wrong: [String] = []
        if rule.examples.allSatisfy(\.messages.isEmpty) { wrong.append("no example with a finding") }
        if !rule.examples.contains(where: \.messages.isEmpty) { wrong.append("no example without a finding") }
        for example in rule.examples {
            let (wanted, found) = (Outcome(example), try await outcome(of: example, for: rule))
            if found != wanted { wrong.append("expected:\n\(wanted)\nfound:\n\(found)") }
        }
        return wrong
    }

    /// What the plugin says of an example, as far as it is the rule's.
    ///
    /// - Throws: what a step throws.
    public func outcome(of example: Rule.Example, for rule: Rule) async throws -> Outcome {
        let example = read(example)
        return example.outcome(try await findings(example), of: rule)
    }

    private func findings(_ example: ExampleSpec) async throws -> [(step: String, finding: Finding)] {
        guard let spec = example.spec else { return [] }
        var (findings, prior) = ([(step: String, finding: Finding)](), [String: Assessment]())
        for step in spec.steps {
            guard let program = ([plugin] + others).first(where: { $0.manifest.name == step.plugin }) else { continue }
            let needed = prior.filter { step.needs.contains($0.key) }
            let assessment = try await withLoopback(program) { host in
                try await host.score(
                    step.role ?? host.manifest.roles.first?.name ?? "",
                    configuration: step.configuration,
                    dossier: spec.dossier,
                    prior: needed,
                    rules: example.rules
                )
            }
            prior[step.id] = assessment
            findings += assessment.findings.map { (step.id, $0) }
        }
        return findings
    }
}
