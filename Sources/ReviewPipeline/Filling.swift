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
    func fillDossier() async throws -> FilledDossier {
        var (dossier, filledBy, said) = (spec.dossier, [String: String](), [(step: String, assessment: Assessment)]())
        let log = DiagnosticLog()
        for step in plan.sources {
            guard ledger.isSound(step.step.id), let reading = try await read(step, dossier) else {
                ledger.lose(step.description.writes, of: step.step.id)
                continue
            }
            if !reading.findings.isEmpty { said.append((step.step.id, Assessment(findings: reading.findings))) }
            for table in reading.tables {
                filledBy[table.name] = step.step.id
                dossier.set(spec.form?.adopt(table, log: log) ?? table)
            }
        }
        spec.form?.checkReferences(in: dossier, of: filledBy.keys.sorted(), log: log)
        if !log.diagnostics.isEmpty { throw mistakes(log.diagnostics, dossier, filledBy) }
        return FilledDossier(dossier: dossier, filledBy: filledBy, said: said)
    }

    private func read(_ step: Plan.PlannedStep<RemoteSource>, _ dossier: Dossier) async throws -> SourceReading? {
        try await ledger.attempt(step.step) {
            let reading = try await step.role.read(
                SourceRequest(configuration: step.step.configuration, dossier: dossier, form: spec.form?.outline)
            )
            if let detail = reading.nonsense(in: dossier) {
                throw step.role.session.failure(.nonsense(call: "source/open", detail: detail))
            }
            return reading
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

/// The dossier once every source has had its turn.
struct FilledDossier {
    var dossier: Dossier
    /// The tables that the sources filled, each with the step that did.
    var filledBy: [String: String]
    /// What the sources say of what they could not read.
    var said: [(step: String, assessment: Assessment)]
}

extension SourceReading {
    /// Why these findings are none, in a sentence for the author of the plugin; `nil` when they are.
    fileprivate func nonsense(in earlier: Dossier) -> String? {
        if findings.isEmpty { return nil }
        var dossier = earlier
        for table in tables { dossier.set(table) }
        let assessment = Assessment(findings: findings)
        if let stray = assessment.strayPointer(in: dossier) {
            return "\(stray.subject): there is no row \(stray.pointer)"
        }
        return assessment.nonsense(isSilenced: true)
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
