internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// An example of a rule, read as a spec by the form that it fills.
struct ExampleSpec {
    private let text: String
    private let loaded: LoadedSpec

    /// How many lines stand before the example's own.
    private static let headLines = 3

    /// - Parameters:
    ///   - form: the file that the example fills, as seen from where it stands.
    ///   - foot: what a spec needs besides, where the example has no pipeline of its own.
    ///   - load: reads a spec's text.
    init(_ example: Rule.Example, form: String, foot: String, load: (String) -> LoadedSpec) {
        text = example.spec.filter { $0 != Rule.Example.mark }
        let head = "pingshen: 1\nid: example\nform: !include \(form)\n"
        loaded = load(head + text + (Self.hasPipeline(text) ? "" : "\n" + foot + "\n"))
    }

    static func hasPipeline(_ text: String) -> Bool {
        text.split(separator: "\n").contains { $0.hasPrefix("pipeline:") }
    }

    var spec: Spec? { loaded.spec }

    var rules: RuleSettings { loaded.ruleSettings }

    /// What is wrong with the example itself, each with its line.
    var mistakes: [String] {
        // An example need not fill what has nothing to do with it, and may break what the rule is about.
        loaded.mistakes(except: ["value/missing-key", "form/unknown-reference", "form/duplicate-id"])
            .map { "\($0.line - Self.headLines): \($0.en)" }
    }

    /// What comes of it where its steps have said `findings`, as far as they are the rule's.
    func outcome(_ findings: [(step: String, finding: Finding)], of rule: Rule) -> RuleExamples.Outcome {
        let findings = findings.filter { $0.finding.rule == rule.id }
        let places = findings.compactMap { loaded.place(of: $0.finding, step: $0.step) }
        return RuleExamples.Outcome(
            spec: marked(at: places.map { (line: ($0.line ?? 1) - Self.headLines, column: $0.column ?? 1) }),
            messages: findings.map(\.finding.message),
            mistakes: mistakes
        )
    }

    /// The text with a mark before each place; what lies outside it has none.
    private func marked(at places: [(line: Int, column: Int)]) -> String {
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
