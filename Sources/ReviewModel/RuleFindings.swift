internal import Synchronization

/// What a rule has to report to while it is checked: knows the rule, the values of its parameters, and what was found before.
public struct RuleFindings: Sendable {
    /// The rule that is being checked.
    public let rule: Rule
    /// What this rule has found so far.
    public private(set) var own: [Finding] = []
    private let earlier: [Finding]
    private let settings: RuleSettings
    private let glance = Glance()

    public init(_ rule: Rule, _ settings: RuleSettings = RuleSettings(), earlier: [Finding] = []) {
        (self.rule, self.settings, self.earlier) = (rule, settings, earlier)
    }

    /// Everything found so far, by this rule and by those before it: what was told need not be told again.
    public var all: [Finding] {
        glance.isTaken.store(true, ordering: .relaxed)
        return earlier + own
    }

    /// Whether the rule has asked what those before it found: then it has to be checked after them.
    var hasLookedBack: Bool { glance.isTaken.load(ordering: .relaxed) }

    private final class Glance: Sendable {
        let isTaken = Atomic(false)
    }

    public mutating func add(_ finding: Finding) { own.append(finding) }

    public mutating func add(_ findings: some Sequence<Finding>) { own.append(contentsOf: findings) }

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
        own.append(finding)
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
