internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading

extension ReviewRun {
    /// The dossier with what the sources read, and which step filled which table.
    ///
    /// What a source gives is held against the form as what a spec says is: mistakes are the document's, told with the source's
    /// places, and nothing is judged.
    ///
    /// - Throws: ``RunError/invalid(_:)``.
    func fillDossier() async throws -> (Dossier, filledBy: [String: String]) {
        var (dossier, filledBy) = (spec.dossier, [String: String]())
        let log = DiagnosticLog()
        for step in plan.sources {
            guard ledger.isSound(step.step.id), let tables = try await read(step, dossier) else {
                ledger.lose(step.description.writes, of: step.step.id)
                continue
            }
            for table in tables {
                filledBy[table.name] = step.step.id
                let fold = ReviewFold(spec: spec, document: document, dossier: dossier, filledBy: filledBy)
                let placed = fold.placed(table, by: step.step.id)
                dossier.set(spec.form?.adopt(placed, log: log) ?? placed)
            }
        }
        spec.form?.checkReferences(in: dossier, of: filledBy.keys.sorted(), log: log)
        if !log.diagnostics.isEmpty { throw mistakes(log.diagnostics, dossier, filledBy) }
        return (dossier, filledBy)
    }

    private func read(_ step: Plan.PlannedStep<RemoteSource>, _ dossier: Dossier) async throws -> [Table]? {
        try await ledger.attempt(step.step) {
            try await step.role.tables(SourceRequest(configuration: step.step.configuration, dossier: dossier))
        }
    }

    private func mistakes(
        _ found: [ConfigurationDiagnostic],
        _ dossier: Dossier,
        _ filledBy: [String: String]
    ) -> RunError {
        let fold = ReviewFold(spec: spec, document: document, dossier: dossier, filledBy: filledBy)
        var checked = loaded
        checked.diagnostics += found.map { mistake in
            let location = fold.location(.value(mistake.pointer), step: "")
            return Diagnostic(.error, code: mistake.code, at: location.place, said(mistake, at: location))
        }
        checked.diagnostics.sort()
        return .invalid(CheckedSpec(loaded: checked, failures: ledger.failures))
    }
}

extension ReviewFold {
    /// The table with a place for every row, where its source tells the lines of a text among its settings by a column; the
    /// column has done its work then.
    func placed(_ table: Table, by step: String) -> Table {
        guard let origin = table.schema.origin, let position = table.schema.position(of: origin.lineColumn) else {
            return table
        }
        let setting = JSONPointer(["config", origin.setting])
        var placed = table.selecting(table.schema.columns.indices.filter { $0 != position })
        placed.schema.origin = nil
        for row in 0..<table.rowCount {
            let line = table.cell(row: row, column: position).integer ?? 0
            let spot = line > 0 ? Spot.line(of: setting, line: line, column: 1) : .value(setting)
            placed.set(location(spot, step: step).place, ofRow: row)
        }
        return placed
    }
}

// MARK: - Messages

/// The mistake, with the row that it is in for people who see no line of it.
private func said(_ mistake: ConfigurationDiagnostic, at location: Location) -> Diagnostic.Wording {
    guard let words = location.words else { return .init(mistake.message, hint: mistake.help) }
    return .init(
        LocalizedText(
            zh: "\(words.zh)：\(mistake.message.zh)",
            en: "\(words.en): \(mistake.message.en)"
        ),
        hint: mistake.help
    )
}
