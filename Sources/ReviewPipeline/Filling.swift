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
                dossier.set(spec.form?.adopt(table, log: log) ?? table)
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
        var fold = ReviewFold(spec: spec, document: document, dossier: dossier, filledBy: filledBy)
        fold.writtenFiles = files.written
        var checked = loaded
        checked.diagnostics += found.map { mistake in
            let location = fold.location(.value(mistake.pointer), step: "")
            return Diagnostic(.error, code: mistake.code, at: location.place, said(mistake, at: location))
        }
        checked.diagnostics.sort()
        return .invalid(CheckedSpec(loaded: checked, failures: ledger.failures))
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
