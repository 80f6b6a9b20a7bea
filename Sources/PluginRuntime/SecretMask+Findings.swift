internal import ReviewModel

/// What plugins say of a document or of their settings, without the secrets that they were given.
extension SecretMask {
    func masked(_ findings: [Finding]) -> [Finding] {
        if isEmpty { return findings }
        return findings.map { finding in
            var finding = finding
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
