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
        var filled = FilledDossier(dossier: spec.dossier)
        for step in plan.sources {
            guard ledger.isSound(step.step.id), var reading = try await read(step, filled.dossier) else {
                // Without the fields there is no request: what is missing then is nobody's mistake.
                if step.description.fillsFields(by: step.step.configuration) { throw RunError.failed(ledger.failures) }
                ledger.lose(step.description.writes, of: step.step.id)
                continue
            }
            for field in reading.fields { filled.take(field) }
            for table in reading.tables {
                let (whole, first) = joined(table, step.step, filled.dossier)
                filled.dossier.set(spec.form?.typed(whole) ?? whole)
                note(step.step, from: first, of: table.name, &filled.filledBy)
                if first > 0 {
                    reading.movePointers(into: table.name, by: first)
                    reading.findings += repeated(in: table.name, from: first, filled.dossier)
                }
            }
            if !reading.findings.isEmpty { filled.said.append((step.step.id, Assessment(findings: reading.findings))) }
        }
        let (log, names) = (DiagnosticLog(), filled.filledBy.keys.sorted())
        for name in names {
            if let table = filled.dossier.table(name) { filled.dossier.set(spec.form?.adopt(table, log: log) ?? table) }
        }
        if plan.fillsFields, let form = spec.form {
            filled.dossier.fields = form.adopt(filled.fields, into: spec.writtenFields, log: log)
        }
        spec.form?.checkReferences(in: filled.dossier, of: names, log: log)
        if !log.diagnostics.isEmpty { throw mistakes(log.diagnostics, filled) }
        return filled
    }

    /// The spec with what is wrong with a workbook that holds its fields, and what a report lacks: such a workbook is the spec.
    func checkedBook() async throws -> LoadedSpec {
        guard plan.fillsFields, !loaded.hasErrors else { return loaded }
        let filled = try await fillDossier()
        var checked = loaded
        checked.diagnostics += placed(try await plan.missing(in: filled, spec.form), filled)
        checked.diagnostics.sort()
        return checked
    }

    /// What turns what is said of the dossier into a review.
    func fold(over filled: FilledDossier) -> ReviewFold {
        var fold = ReviewFold(spec: spec, document: document, dossier: filled.dossier, filledBy: filled.filledBy)
        (fold.writtenFiles, fold.fieldPlaces) = (files.written, filled.fieldPlaces)
        fold.sheets = filled.sheets
        return fold
    }

    /// The table as it is from now on, and the first row that is from this step.
    private func joined(_ table: Table, _ step: Spec.Step, _ dossier: Dossier) -> (Table, first: Int) {
        guard step.mode == .append, let earlier = dossier.table(table.name) else { return (table, 0) }
        return (earlier.appending(table), earlier.rowCount)
    }

    private func note(_ step: Spec.Step, from first: Int, of table: String, _ filledBy: inout [String: FilledRows]) {
        if first == 0 {
            filledBy[table] = FilledRows(step: step.id)
        } else if filledBy[table]?.append(step: step.id, from: first) == nil {
            filledBy[table] = FilledRows(step: step.id, from: first)
        }
    }

    /// What is to be said of rows that another step, or the spec, has given already.
    private func repeated(in name: String, from first: Int, _ dossier: Dossier) -> [Finding] {
        guard let table = dossier.table(name) else { return [] }
        let key = spec.form?.tables.first { $0.name == name }?.key
        return table.repeatedRows(from: first, apartFrom: key, limit: 100).map { row, earlier in
            let pointer = JSONPointer(["tables", name])
            var finding = Finding(rule: "source/row-twice", severity: .warning, message: rowTwice, subject: name)
            finding.spots = [.value(pointer / row), .value(pointer / earlier)]
            return finding
        }
    }

    private func read(_ step: Plan.PlannedStep<RemoteSource>, _ dossier: Dossier) async throws -> SourceReading? {
        try await ledger.attempt(step.step) {
            let request = SourceRequest(
                configuration: step.step.configuration,
                dossier: dossier,
                form: outline
            )
            guard let keeping else { return try await step.role.read(request) }
            return try await keeping.read(step, request) { try await step.role.read(request, noting: $0) }
        }
    }

    private func mistakes(_ found: [ConfigurationDiagnostic], _ filled: FilledDossier) -> RunError {
        var checked = loaded
        checked.diagnostics += placed(found, filled)
        checked.diagnostics.sort()
        return .invalid(CheckedSpec(loaded: checked, failures: ledger.failures))
    }

    /// What is said of a filled dossier, at the places that the sources give.
    private func placed(_ found: [ConfigurationDiagnostic], _ filled: FilledDossier) -> [Diagnostic] {
        let fold = fold(over: filled)
        // What is wrong with a table as a whole stands where its source has found fault with it, at its head.
        let heads = filled.said.flatMap(\.assessment.findings).compactMap { finding -> (JSONPointer, Spot)? in
            guard case .place? = finding.spots.first, case .value(let pointer)? = finding.spots.dropFirst().first
            else { return nil }
            return pointer.tokens.count == 2 ? (pointer, finding.spots[0]) : nil
        }
        let places = Dictionary(heads) { first, _ in first }
        return found.map { mistake in
            let location = fold.location(places[mistake.pointer] ?? .value(mistake.pointer), step: "")
            let severity: Severity = mistake.severity >= .error ? .error : .warning
            return Diagnostic(severity, code: mistake.code, at: location.place, said(mistake, at: location))
        }
    }
}

/// The dossier once every source has had its turn.
struct FilledDossier {
    var dossier: Dossier
    /// The tables that the sources filled, each with the steps that did.
    var filledBy: [String: FilledRows] = [:]
    /// The fields that the sources have read.
    var fields: [SourceField] = []
    /// Where fields stand, or would.
    var fieldPlaces: [JSONPointer: Place] = [:]
    /// What the sources say of what they could not read.
    var said: [(step: String, assessment: Assessment)] = []

    /// Where the sources have spoken of a sheet, by its name: there a table that is called so stands, also one without rows.
    var sheets: [String: Place] {
        var places: [String: Place] = [:]
        for case .place(.cell(let file, let sheet, let address)) in said.flatMap(\.assessment.findings).flatMap(\.spots)
        where places[sheet] == nil {
            places[sheet] = .cell(file: file, sheet: sheet, address: address)
        }
        return places
    }

    mutating func take(_ field: SourceField) {
        fields.append(field)
        if let place = field.place, fieldPlaces[field.pointer] == nil { fieldPlaces[field.pointer] = place }
    }
}

extension SourceReading {
    /// The rows of a table stand so many rows further down by now.
    fileprivate mutating func movePointers(into table: String, by count: Int) {
        func moved(_ pointer: JSONPointer) -> JSONPointer {
            var tokens = pointer.tokens
            guard tokens.count > 2, tokens[0] == "tables", tokens[1] == table, let row = Int(tokens[2]) else {
                return pointer
            }
            tokens[2] = String(row + count)
            return JSONPointer(tokens)
        }
        for index in findings.indices {
            findings[index].spots = findings[index].spots.map { spot in
                switch spot {
                case .value(let pointer): .value(moved(pointer))
                case .line(let pointer, let line, let column): .line(of: moved(pointer), line: line, column: column)
                case .place: spot
                }
            }
        }
    }
}

// MARK: - Messages

private let rowTwice = LocalizedText(
    zh: "这一行与另一数据来源的一行内容完全相同，两行都已保留",
    en: "this row is the same as one of another source; both were kept"
)

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
