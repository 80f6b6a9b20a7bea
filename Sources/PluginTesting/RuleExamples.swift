public import PluginKit
public import ReviewModel
internal import ReviewPipeline
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
        let loaded = load("")
        guard let step = loaded.spec?.steps.first else { return [] }
        return try await withLoopback(plugin) { host in
            try await host.rules(host.manifest.roles.first?.name ?? "", configuration: step.configuration)
        }
    }

    private func load(_ text: String) -> LoadedSpec {
        // Includes are relative, so the example stands beside its form.
        let (folder, name) = (form.lastIndex(of: "/").map { form[...$0] } ?? "", form.split(separator: "/").last ?? "")
        let head = "pingshen: 1\nid: example\nform: !include \(name)\n"
        let hasSteps = text.split(separator: "\n").contains { $0.hasPrefix("pipeline:") }
        let foot = hasSteps ? "" : "\npipeline: {check: {use: \(plugin.manifest.name), with: {\(settings)}}}\n"
        return loadSpec(text: head + text + foot, as: "\(folder)(example).yaml")
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
        let text = example.spec.filter { $0 != Rule.Example.mark }
        let loaded = load(text)
        let findings = try await findings(loaded).filter { $0.finding.rule == rule.id }
        let places = findings.compactMap { loaded.place(of: $0.finding, step: $0.step) }
        // An example need not fill what has nothing to do with it, and may break what the rule is about.
        let pardoned = ["value/missing-key", "form/unknown-reference", "form/duplicate-id"]
        return Outcome(
            spec: marked(text, at: places.map { (line: ($0.line ?? 1) - 3, column: $0.column ?? 1) }),
            messages: findings.map(\.finding.message),
            mistakes: loaded.mistakes(except: pardoned).map { "\($0.line - 3): \($0.en)" }
        )
    }

    private func findings(_ loaded: LoadedSpec) async throws -> [(step: String, finding: Finding)] {
        guard let spec = loaded.spec else { return [] }
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
                    rules: loaded.ruleSettings
                )
            }
            prior[step.id] = assessment
            findings += assessment.findings.map { (step.id, $0) }
        }
        return findings
    }

    /// The text with a mark before each place; what lies outside it has none.
    private func marked(_ text: String, at places: [(line: Int, column: Int)]) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
        // From the end, so that a mark does not move the next one; one place has one mark.
        let open = Set(places.map { [$0.line, $0.column] }).sorted { ($0[0], $0[1]) > ($1[0], $1[1]) }
        for place in open where lines.indices.contains(place[0] - 1) && place[1] - 1 <= lines[place[0] - 1].count {
            // A line of a block text is marked where its words begin.
            let indentation = place[1] == 1 ? lines[place[0] - 1].prefix { $0 == " " }.count : 0
            lines[place[0] - 1].insert(
                contentsOf: Rule.Example.mark.unicodeScalars,
                at: max(place[1] - 1, indentation)
            )
        }
        return lines.map { line in line.reduce(into: "") { $0.unicodeScalars.append($1) } }.joined(separator: "\n")
    }
}
