internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading
internal import YAMLDocument

extension Plan.PlannedStep where Role: DataSource {
    fileprivate func validate(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        try await role.validate(step.configuration, in: context)
    }

    fileprivate func mistakes(
        in context: any SettingsContext,
        _ manifest: PluginManifest?
    ) async throws -> [ConfigurationDiagnostic] {
        withSchema(description, step.configuration, try await validate(in: context), manifest)
    }
}

extension Plan.PlannedStep where Role: Scorer {
    fileprivate func validate(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        try await role.validate(step.configuration, in: context)
    }

    fileprivate func mistakes(
        in context: any SettingsContext,
        _ manifest: PluginManifest?
    ) async throws -> [ConfigurationDiagnostic] {
        withSchema(description, step.configuration, try await validate(in: context), manifest)
    }
}

extension Plan.PlannedStep where Role: Renderer {
    fileprivate func validate(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        try await role.validate(step.configuration, in: context)
    }

    fileprivate func mistakes(
        in context: any SettingsContext,
        _ manifest: PluginManifest?
    ) async throws -> [ConfigurationDiagnostic] {
        withSchema(description, step.configuration, try await validate(in: context), manifest)
    }
}

/// What a role finds wrong with its settings, and what its schema says against them. Of one place the role knows better.
private func withSchema(
    _ role: RoleDescription,
    _ configuration: Value,
    _ own: [ConfigurationDiagnostic],
    _ manifest: PluginManifest?
) -> [ConfigurationDiagnostic] {
    let (schema, settings) = (SchemaCheck(role.configSchema), configuration.isNull ? [:] : configuration)
    let told = own.filter { $0.severity >= .error && !$0.isOfGiven }.map(\.pointer.tokens)
    let further = schema.mistakes(in: settings).filter { mistake in
        let place = mistake.pointer.tokens
        return !told.contains { $0.starts(with: place) || place.starts(with: $0) }
    }
    let going = schema.deprecatedParts(of: settings).compactMap { part -> ConfigurationDiagnostic? in
        let name = quoted(part.pointer.tokens.joined(separator: "."))
        return Deprecation(ofSetting: part.schema)?.diagnostic(
            of: LocalizedText(zh: "设置\(name)", en: "the setting \(name)"),
            plugin: manifest?.name ?? "",
            version: manifest?.version ?? "",
            at: part.pointer
        )
    }
    return own + further + going
}

/// As many mistakes as are told of a spec's content; errors first, so that none is lost behind remarks.
private func bounded(_ mistakes: [ConfigurationDiagnostic]) -> [ConfigurationDiagnostic] {
    let log = DiagnosticLog()
    for mistake in mistakes where mistake.severity >= .error { log.add(mistake) }
    for mistake in mistakes where mistake.severity < .error { log.add(mistake) }
    return log.diagnostics
}

extension Plan {
    /// What settings are held against: the form, and the tables that will be there.
    private func settingsContext(_ loaded: LoadedSpec, _ spec: Spec) -> SettingsOutline {
        // By a form that has mistakes nobody knows what is there.
        guard !loaded.isForSettings, let form = spec.form, !spec.hasFormMistakes else { return SettingsOutline() }
        var counts: [String: Int?] = [:]
        for table in spec.dossier.tables { counts[table.name] = .some(table.rowCount) }
        for name in sources.flatMap(\.description.writes) { counts[name] = .some(nil) }
        // What a source will fill is not there yet, and nobody can say that it is missing.
        let given = fillsFields ? nil : GivenDossier(fields: spec.dossier.fields, rowCounts: counts)
        // Where something is wrong with the spec, or a plugin did not start, nobody knows what else would be filled.
        guard unstarted.isEmpty, !loaded.hasErrors else { return SettingsOutline(form: form.outline, given: given) }
        let later = Set(sources.flatMap(\.description.writes))
        let tables = spec.dossier.tables.filter { !later.contains($0.name) }
        let filled = spec.dossier.tables.map(\.name) + sources.flatMap(\.description.writes)
        return SettingsOutline(
            form: form.outline,
            filled: Set(filled),
            given: given,
            dossier: Dossier(fields: spec.dossier.fields, tables: tables)
        )
    }

    /// What the plugins miss in a dossier that sources have filled: only what they say of what is given.
    func missing(in filled: FilledDossier, _ form: Form?) async throws -> [ConfigurationDiagnostic] {
        var counts: [String: Int?] = [:]
        for table in filled.dossier.tables { counts[table.name] = .some(table.rowCount) }
        let given = GivenDossier(fields: filled.dossier.fields, rowCounts: counts)
        let context = SettingsOutline(form: form?.outline, given: given)
        var found: [ConfigurationDiagnostic] = []
        for step in renderers where step.description.finds {
            found += try await step.validate(in: context).filter(\.isOfGiven)
        }
        return bounded(found)
    }

    /// What the plugins find wrong with their settings, at its place in the spec. A plugin that fails at that has failed
    /// its steps.
    func validateConfigurations(
        _ loaded: LoadedSpec,
        _ spec: Spec,
        _ document: SpecDocument,
        _ ledger: StepLedger
    ) async throws -> [Diagnostic] {
        typealias Check = @Sendable () async throws -> [ConfigurationDiagnostic]
        var checks: [(id: String, check: Check)] = []
        let context = settingsContext(loaded, spec)
        for step in sources {
            checks.append((step.step.id, { try await step.mistakes(in: context, step.role.session.manifest) }))
        }
        for step in scorers {
            checks.append((step.step.id, { try await step.mistakes(in: context, step.role.session.manifest) }))
        }
        for step in renderers {
            checks.append((step.step.id, { try await step.mistakes(in: context, step.role.session.manifest) }))
        }
        return try await withThrowingTaskGroup(of: [Diagnostic].self) { group in
            for (id, check) in checks {
                let prefix = spec.documentPointer(JSONPointer(["config"]), step: id)
                group.addTask {
                    do {
                        return try await bounded(check()).map { found in
                            guard found.isOfGiven else {
                                return loaded.diagnostic(
                                    found,
                                    document.diagnostic(found, under: prefix),
                                    under: prefix
                                )
                            }
                            var found = found
                            found.pointer = spec.documentPointer(found.pointer, step: id)
                            return document.diagnostic(found)
                        }
                    } catch let failure as PluginFailure {
                        try Task.checkCancellation()
                        ledger.fail(id, failure)
                        return []
                    }
                }
            }
            // Two steps that read one file, or print one text, say the same of it.
            return try await group.reduce(into: []) { all, found in
                let told = all
                all += found.filter { !told.contains($0) }
            }
        }
    }
}

extension LoadedSpec {
    /// What is said of a setting, and of the file instead, where that is what is wrong.
    fileprivate func diagnostic(
        _ found: ConfigurationDiagnostic,
        _ placed: Diagnostic,
        under prefix: JSONPointer
    ) -> Diagnostic {
        let pointer = JSONPointer(prefix.tokens + found.pointer.tokens)
        guard found.isOfFile, let file = files.first(where: { $0.pointer == pointer }) else { return placed }
        var placed = placed
        (placed.place, placed.length) = (.whole(file: file.path), 1)
        return placed
    }
}
