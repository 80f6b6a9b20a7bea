/// A check that a scorer makes: its id, how much it weighs, and its manual.
///
/// What is told of a rule, also by plugins in other languages; ``RuleCheck`` is the rule with its check.
public struct Rule: Sendable, Hashable {
    /// `area/name`; the same in every finding of the rule.
    public var id: String
    /// How much a finding of this rule weighs, unless a spec says otherwise.
    public var severity: Severity
    /// What it finds, in a few words.
    public var title: LocalizedText
    /// What is compared with what, what it does not see, where it comes from, and what to do about a finding.
    public var manual: LocalizedText
    /// What a town may set for itself.
    public var parameters: [Parameter]
    /// Dossiers in which it finds something, and some in which it does not.
    public var examples: [Example]
    /// The ids that it had before: a spec that has one of them means this rule.
    public var aliases: [String]
    /// That the rule goes; `nil` for one that stays.
    public var deprecation: Deprecation?

    /// A threshold or a list of words that a spec may replace.
    public struct Parameter: Sendable, Hashable {
        public var name: String
        public var title: LocalizedText
        /// What holds where a spec is silent; a spec's own value is of the same kind.
        public var standard: Value
        /// What a number counts: `percent`, `CNY`; empty for none.
        public var unit: String

        public init(_ name: String, _ title: LocalizedText, standard: Value, unit: String = "") {
            (self.name, self.title, self.standard, self.unit) = (name, title, standard, unit)
        }
    }

    public init(
        _ id: String,
        _ severity: Severity,
        title: LocalizedText,
        manual: LocalizedText = LocalizedText(""),
        parameters: [Parameter] = [],
        examples: [Example] = [],
        aliases: [String] = [],
        deprecation: Deprecation? = nil
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.manual = manual
        self.parameters = parameters
        self.examples = examples
        self.aliases = aliases
        self.deprecation = deprecation
    }

    /// The rule as a review tells of it: its names, those of before among them, and its manual.
    public var named: Rule { Rule(id, severity, title: title, manual: manual, aliases: aliases) }

    /// A finding of this rule.
    ///
    /// - Parameter lines: places that are no whole values, told before `pointers`.
    public func finding(
        message: LocalizedText,
        subject: String = "",
        lines: [Spot] = [],
        pointers: [JSONPointer] = [],
        expected: String = "",
        found: String = "",
        difference: String = "",
        proof: Proof? = nil,
        hint: LocalizedText? = nil
    ) -> Finding {
        var finding = Finding(
            rule: id,
            severity: severity,
            message: message,
            subject: subject,
            pointers: pointers,
            expected: expected,
            found: found,
            hint: hint
        )
        if !lines.isEmpty { finding.spots = lines + finding.spots }
        finding.difference = difference
        finding.proof = proof
        return finding
    }
}

extension Rule: CustomStringConvertible {
    public var description: String { id }
}

/// What a spec says to a scorer about its rules: the values of a town for their parameters, by rule and name, and which are off.
public struct RuleSettings: Sendable, Hashable {
    public var values: [String: Record]
    /// The ids of the rules that need not be checked: the host drops what they find.
    public var off: Set<String>

    public init(_ values: [String: Record] = [:], off: Set<String> = []) { (self.values, self.off) = (values, off) }

    public subscript(rule: Rule, name: String) -> Value {
        values[rule.id]?[name] ?? rule.parameters.first { $0.name == name }?.standard ?? .null
    }

    public func decimal(_ rule: Rule, _ name: String) -> ExactDecimal? { self[rule, name].decimal }

    public func texts(_ rule: Rule, _ name: String) -> [String] {
        self[rule, name].list?.compactMap(\.scalarText) ?? []
    }
}

/// What a spec makes of a rule: switched off, heavier or lighter, or with values of its own.
public struct RuleChange: Sendable, Hashable {
    public var rule: String
    public var isOff: Bool
    public var severity: Severity?
    public var parameters: Record

    public init(rule: String, isOff: Bool = false, severity: Severity? = nil, parameters: Record = Record()) {
        self.rule = rule
        self.isOff = isOff
        self.severity = severity
        self.parameters = parameters
    }
}
