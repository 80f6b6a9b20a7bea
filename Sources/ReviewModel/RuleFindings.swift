/// What a rule has to report to while it is checked: knows the rule, the values of its parameters, and what was found before.
public struct RuleFindings: Sendable {
    /// The rule that is being checked.
    public internal(set) var rule: Rule
    /// Everything found so far, by this rule and by those before it.
    public private(set) var all: [Finding] = []
    private let settings: RuleSettings

    public init(_ rule: Rule, _ settings: RuleSettings = RuleSettings()) {
        (self.rule, self.settings) = (rule, settings)
    }

    public mutating func add(_ finding: Finding) { all.append(finding) }

    public mutating func add(_ findings: some Sequence<Finding>) { all.append(contentsOf: findings) }

    /// Adds a finding of the rule.
    ///
    /// - Parameter severity: where this one weighs more or less than the rule's others.
    public mutating func report(
        _ message: LocalizedText,
        severity: Severity? = nil,
        subject: String = "",
        pointers: [JSONPointer] = [],
        expected: String = "",
        found: String = "",
        difference: String = "",
        proof: Proof? = nil,
        hint: LocalizedText? = nil
    ) {
        var finding = rule.finding(
            message: message,
            subject: subject,
            pointers: pointers,
            expected: expected,
            found: found,
            difference: difference,
            proof: proof,
            hint: hint
        )
        if let severity { finding.severity = severity }
        all.append(finding)
    }

    /// The places that findings of `rules` have pointed at: what was told there need not be told again in smaller ones. Only
    /// rules that stand earlier in the set have spoken yet, and only those that are on.
    public func told(by rules: [String]) -> Set<JSONPointer> {
        Set(all.filter { rules.contains($0.rule) }.flatMap(\.pointers))
    }

    // MARK: Parameters

    /// The value of a parameter of the rule: the town's, or else the standard.
    public subscript(parameter name: String) -> Value { settings[rule, name] }

    public func decimal(_ parameter: String) -> ExactDecimal? { settings.decimal(rule, parameter) }

    public func integer(_ parameter: String) -> Int? { settings[rule, parameter].integer }

    public func text(_ parameter: String) -> String { settings[rule, parameter].scalarText ?? "" }

    public func texts(_ parameter: String) -> [String] { settings.texts(rule, parameter) }
}
