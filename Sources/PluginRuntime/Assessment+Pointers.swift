internal import ReviewModel

extension Assessment {
    /// The first pointer into a row that the dossier does not have, with what it is a pointer of; `nil` when all lead
    /// somewhere. Shown at another place, a mistake of the plugin would look like one of the applicant's.
    func strayPointer(in dossier: Dossier) -> (subject: String, pointer: JSONPointer)? {
        let rows = RowCounts(dossier)
        for finding in findings {
            let all = finding.pointers + (finding.proof?.figures.compactMap(\.pointer) ?? [])
            if let pointer = all.first(where: { !rows.have($0) }) { return ("finding \"\(finding.rule)\"", pointer) }
        }
        for fact in facts {
            if let pointer = fact.sources.first(where: { !rows.have($0) }) { return ("fact \"\(fact.id)\"", pointer) }
        }
        for adjustment in adjustments {
            if let pointer = adjustment.pointer, !rows.have(pointer) {
                return ("adjustment of \"\(adjustment.subject)\"", pointer)
            }
        }
        for item in scores.flatMap(\.items) {
            if let pointer = item.pointer, !rows.have(pointer) { return ("score \"\(item.code)\"", pointer) }
        }
        return nil
    }
}

private struct RowCounts {
    private let counts: [String: Int]

    init(_ dossier: Dossier) {
        counts = Dictionary(dossier.tables.map { ($0.name, $0.rowCount) }) { first, _ in first }
    }

    /// Whether the row that a pointer names is there; true for pointers that name none.
    func have(_ pointer: JSONPointer) -> Bool {
        let tokens = pointer.tokens
        guard tokens.count > 2, tokens[0] == "tables" else { return true }
        guard let row = Int(tokens[2]) else { return false }
        return row >= 0 && row < counts[tokens[1]] ?? 0
    }
}
