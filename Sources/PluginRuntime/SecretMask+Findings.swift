internal import ReviewModel

/// What plugins say of a document or of their settings, without the secrets that they were given.
extension SecretMask {
    func masked(_ findings: [Finding]) -> [Finding] {
        if isEmpty { return findings }
        return findings.map { finding in
            var finding = finding
            (finding.rule, finding.subject) = (masked(finding.rule), masked(finding.subject))
            finding.spots = finding.spots.map { masked($0) }
            finding.message = masked(finding.message)
            finding.hint = finding.hint.map { masked($0) }
            finding.expected = masked(finding.expected)
            finding.found = masked(finding.found)
            finding.difference = masked(finding.difference)
            if var proof = finding.proof {
                proof.calculation = masked(proof.calculation)
                for index in proof.figures.indices {
                    proof.figures[index].name = masked(proof.figures[index].name)
                    proof.figures[index].value = masked(proof.figures[index].value)
                }
                finding.proof = proof
            }
            return finding
        }
    }

    private func masked(_ spot: Spot) -> Spot {
        guard case .value(let pointer) = spot else { return spot }
        return .value(JSONPointer(pointer.tokens.map { masked($0) }))
    }

    func masked(_ rules: [Rule]) -> [Rule] {
        if isEmpty { return rules }
        return rules.map { rule in
            var rule = rule
            (rule.id, rule.title, rule.manual) = (masked(rule.id), masked(rule.title), masked(rule.manual))
            return rule
        }
    }

    func masked(_ diagnostics: [ConfigurationDiagnostic]) -> [ConfigurationDiagnostic] {
        if isEmpty { return diagnostics }
        return diagnostics.map { diagnostic in
            var diagnostic = diagnostic
            diagnostic.message = masked(diagnostic.message)
            diagnostic.help = diagnostic.help.map { masked($0) }
            return diagnostic
        }
    }
}
