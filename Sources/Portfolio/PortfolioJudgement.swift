public import ReviewModel

/// What steps have said of the tables of a summary, beside its own rules.
public struct PortfolioJudgement: Sendable {
    /// Their spots lead into the tables; the columns `review` and `place` of a row say which review it is of, and where it stands.
    public var findings: [Finding]
    public var rules: [Rule]
    /// The steps that have not looked, and why.
    public var missing: [(step: String, reason: LocalizedText)]

    public init(findings: [Finding] = [], rules: [Rule] = [], missing: [(step: String, reason: LocalizedText)] = []) {
        (self.findings, self.rules, self.missing) = (findings, rules, missing)
    }
}

extension Portfolio.Found {
    /// What a step has found in `dossier`; the reviews are those of the rows that it names.
    init(_ finding: Finding, in dossier: Dossier) {
        self.init(
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message,
            weight: finding.moneyAtStake,
            sides: []
        )
        for pointer in finding.pointers {
            let tokens = pointer.tokens
            guard tokens.count > 2, tokens[0] == "tables", let row = Int(tokens[2]),
                let table = dossier.table(tokens[1]),
                let review = table.cell(row: row, column: "review").text
            else { continue }
            let side = Side(review: review, place: table.cell(row: row, column: "place").text ?? "")
            if !sides.contains(side) { sides.append(side) }
        }
    }
}
