internal import ReviewModel

extension Assessment {
    /// What is wrong with the first pointer to a row or a cell that the dossier does not have, in a sentence; `nil` when all lead
    /// somewhere. Shown at another place, a mistake of the plugin would look like one of the applicant's.
    ///
    /// - Parameter form: what the dossier may hold. A column that only the form names may be pointed at: that it is not there can be
    ///   what was found. Without a form any column may be meant.
    func strayPointer(in dossier: Dossier, _ form: DossierOutline?) -> LocalizedText? {
        let cells = KnownCells(dossier, form)
        func complaint(_ zh: @autoclosure () -> String, _ en: @autoclosure () -> String, _ pointers: [JSONPointer])
            -> LocalizedText?
        {
            pointers.lazy.compactMap(cells.complaint).first.map {
                LocalizedText(zh: "\(zh())：\($0.zh)", en: "\(en()): \($0.en)")
            }
        }
        for finding in findings {
            let all = finding.pointers + (finding.proof?.figures.compactMap(\.pointer) ?? [])
            if let found = complaint("\"\(finding.rule)\"的发现", "finding \"\(finding.rule)\"", all) { return found }
        }
        for fact in facts {
            if let found = complaint("数据\"\(fact.id)\"", "fact \"\(fact.id)\"", fact.sources) { return found }
        }
        for adjustment in adjustments {
            guard let pointer = adjustment.pointer else { continue }
            let (zh, en) = ("\"\(adjustment.subject)\"的调整", "adjustment of \"\(adjustment.subject)\"")
            if let found = complaint(zh, en, [pointer]) { return found }
        }
        for item in scores.lazy.flatMap(\.items) {
            guard let pointer = item.pointer else { continue }
            if let found = complaint("\"\(item.code)\"的得分", "score \"\(item.code)\"", [pointer]) { return found }
        }
        return nil
    }
}

/// The rows and columns that may be pointed at.
private struct KnownCells {
    private struct Known {
        var rowCount: Int
        /// Those of the table, in its order, and behind them what else the form names; `nil` where any will do.
        var columns: [String]?
    }

    private let tables: [String: Known]

    init(_ dossier: Dossier, _ form: DossierOutline?) {
        tables = Dictionary(
            dossier.tables.map { table in
                var known = Known(rowCount: table.rowCount)
                if let form {
                    let columns = table.schema.columns.map(\.name)
                    let declared = form.tables.first { $0.name == table.name }?.columns.map(\.name) ?? []
                    known.columns = columns + declared.filter { !columns.contains($0) }
                }
                return (table.name, known)
            }
        ) { first, _ in first }
    }

    /// Why a pointer leads nowhere; `nil` for one that leads to a row or a cell, and for pointers into no table.
    func complaint(_ pointer: JSONPointer) -> LocalizedText? {
        let tokens = pointer.tokens
        guard tokens.count > 2, tokens[0] == "tables" else { return nil }
        guard let table = tables[tokens[1]], let row = Int(tokens[2]), row >= 0, row < table.rowCount else {
            return LocalizedText(zh: "没有 \(pointer) 这一行", en: "there is no row \(pointer)")
        }
        guard tokens.count > 3, let columns = table.columns, !columns.contains(tokens[3]) else { return nil }
        let known = columns.joined(separator: ", ")
        return LocalizedText(
            zh: "\(pointer) 指向的列\"\(tokens[3])\"不存在，该表有 \(known)",
            en: "there is no column \"\(tokens[3])\" for \(pointer); the table has \(known)"
        )
    }
}
