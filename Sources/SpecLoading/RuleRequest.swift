package import ReviewModel

/// An entry of the spec's `rules`: `off`, a severity, or a mapping of a severity and values for the rule's parameters.
package struct RuleRequest: Sendable {
    package var change: RuleChange
    package var pointer: JSONPointer

    package init?(_ rule: String, _ reader: ValueReader) {
        pointer = reader.pointer
        let severities = Severity.allCases.map(\.rawValue)
        if case .record = reader.value, let record = reader.record() {
            change = RuleChange(rule: rule)
            for (name, reader) in record.all() {
                if name == "severity" {
                    change.severity = reader.oneOf(severities).flatMap(Severity.init)
                } else {
                    change.parameters[name] = reader.value
                }
            }
        } else if reader.value == false {
            change = RuleChange(rule: rule, isOff: true)
        } else {
            guard let word = reader.oneOf(["off"] + severities) else { return nil }
            change = RuleChange(rule: rule, isOff: word == "off", severity: Severity(rawValue: word))
        }
    }
}

extension Spec {
    /// What the spec sets for the parameters of rules, and which are off.
    package var ruleSettings: RuleSettings {
        let set = rules.filter { !$0.change.parameters.isEmpty }
        return RuleSettings(
            Dictionary(set.map { ($0.change.rule, $0.change.parameters) }) { $1 },
            off: Set(rules.filter(\.change.isOff).map(\.change.rule))
        )
    }

    /// The finding as the spec weighs it; `nil` for one of a rule that is off. A blocker stays one.
    package func weighed(_ finding: Finding) -> Finding? {
        guard finding.severity < .blocker, let change = rules.first(where: { $0.change.rule == finding.rule })?.change
        else { return finding }
        if change.isOff { return nil }
        var finding = finding
        finding.severity = change.severity ?? finding.severity
        return finding
    }
}
