internal import LocalFiles
internal import PluginWire
package import ReviewModel

/// A scorer at the other end of a pipe.
package struct RemoteScorer: Scorer {
    package var session: PluginSession
    package let role: RoleDescription
    package let limit: Duration?
    /// What every call of the step says of it.
    private let frame: CallFrame

    /// - Parameter step: the id of the step; empty for calls that belong to none.
    package init(session: PluginSession, role: RoleDescription, limit: Duration?, step: String = "") {
        (self.session, self.role, self.limit) = (session, role, limit)
        frame = CallFrame(step: step, locale: session.settings.locale)
    }

    package func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] {
        try await session.validate(role, configuration, frame, context)
    }

    /// A plugin that does not know the question has no rules to tell of.
    package func rules(_ configuration: Value) async throws -> [Rule] {
        try await rules(configuration, withExamples: false)
    }

    package func rules(_ configuration: Value, withExamples: Bool) async throws -> [Rule] {
        try await namedRules(configuration, withExamples: withExamples) ?? []
    }

    /// The rules; `nil` where the plugin does not know the question, and may have any.
    package func namedRules(_ configuration: Value, withExamples: Bool = false) async throws -> [Rule]? {
        do {
            let request = ListRules(
                role: role.name,
                configuration: configuration,
                withExamples: withExamples,
                frame: frame
            )
            let rules = try await session.call(about: nil, within: session.timeForQuestion) { _ in request }.rules
            try session.refuse(ListRules.method, rules.lazy.compactMap { ruleNameComplaint($0.id) }.first)
            return session.settings.secrets.masked(rules)
        } catch is UnknownMethod {
            return nil
        } catch let failure as PluginFailure {
            if case .refused = failure.reason { return nil }
            throw failure
        }
    }

    package func score(_ request: ScoringRequest) async throws -> Assessment { try await score(request, noting: nil) }

    /// - Parameter reads: gets what the plugin asks meanwhile.
    package func score(_ request: ScoringRequest, noting reads: DossierReads?) async throws -> Assessment {
        let frame = try session.withScratch(frame)
        return try await session.onItsThread {
            var call: RequestID?
            defer { if let call { request.context.spent(session.activity.takeRuleTimes(of: call)) } }
            let remarks = session.activity.remarkCount
            defer { if session.activity.remarkCount != remarks { reads?.giveUp() } }
            var assessment = try await session.call(
                about: .dossier(request.dossier, reads),
                within: session.time(limit)
            ) { owner in
                call = owner
                return Score(
                    role: role.name,
                    configuration: request.configuration,
                    dossier: session.inline(request.dossier, for: role, owner: owner),
                    prior: request.prior,
                    rules: request.rules,
                    form: role.takesForm ? request.form.map { FormText($0) } : nil,
                    frame: frame
                )
            }
            try session.refuse(Score.method, whatIsWrong(with: assessment, request))
            assessment.findings = session.settings.secrets.masked(assessment.findings)
            return assessment
        }
    }

    /// Whether it could be the answer to the request.
    package func accepts(_ assessment: Assessment, _ request: ScoringRequest) -> Bool {
        whatIsWrong(with: assessment, request) == nil
    }

    private func whatIsWrong(with assessment: Assessment, _ request: ScoringRequest) -> LocalizedText? {
        assessment.whatIsWrong(in: request.dossier, request.form, isSilenced: !request.rules.off.isEmpty)
    }
}

/// A plugin does not know the method, which it need not.
package struct UnknownMethod: Error, Sendable {
    package init() {}
}

/// A data source at the other end of a pipe.
package struct RemoteSource: DataSource {
    package var session: PluginSession
    package let role: RoleDescription
    package let limit: Duration?
    /// What every call of the step says of it.
    private let frame: CallFrame

    /// - Parameter step: the id of the step; empty for calls that belong to none.
    package init(session: PluginSession, role: RoleDescription, limit: Duration?, step: String = "") {
        (self.session, self.role, self.limit) = (session, role, limit)
        frame = CallFrame(step: step, locale: session.settings.locale)
    }

    package func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] {
        try await session.validate(role, configuration, frame, context)
    }

    package func tables(_ request: SourceRequest) async throws -> [Table] { try await read(request).tables }

    package func read(_ request: SourceRequest) async throws -> SourceReading { try await read(request, noting: nil) }

    /// - Parameter reads: gets what the plugin asks meanwhile.
    package func read(_ request: SourceRequest, noting reads: DossierReads?) async throws -> SourceReading {
        let frame = try session.withScratch(frame)
        return try await session.onItsThread {
            let time = session.time(limit)
            let remarks = session.activity.remarkCount
            defer { if session.activity.remarkCount != remarks { reads?.giveUp() } }
            let response = try await session.call(about: .dossier(request.dossier, reads), within: time) { owner in
                OpenSource(
                    role: role.name,
                    configuration: request.configuration,
                    dossier: session.inline(request.dossier, for: role, owner: owner),
                    form: role.takesForm ? request.form.map { FormText($0) } : nil,
                    frame: frame
                )
            }
            let read = try await session.assemble(response.tables, within: time)
            var reading = SourceReading(
                read.tables,
                fields: response.fields,
                findings: response.findings + read.findings
            )
            try session.refuse(OpenSource.method, whatIsWrong(with: reading, request))
            reading.findings = session.settings.secrets.masked(reading.findings)
            return reading
        }
    }

    /// Whether it could be what was read after this dossier.
    package func accepts(_ reading: SourceReading, _ request: SourceRequest) -> Bool {
        whatIsWrong(with: reading, request) == nil
    }

    /// Why this cannot have been read, in a sentence for the author of the plugin; `nil` when it can.
    private func whatIsWrong(with reading: SourceReading, _ request: SourceRequest) -> LocalizedText? {
        if !reading.fields.isEmpty, role.fieldSetting == nil {
            return LocalizedText(
                zh: "它返回了 fields，而清单中没有为此指明设置",
                en: "it returned fields, and its manifest names no setting for them"
            )
        }
        if let field = reading.fields.first(where: { !$0.isSound }) {
            return LocalizedText(zh: "不可能有字段 \(field.pointer)", en: "there can be no field \(field.pointer)")
        }
        if reading.findings.isEmpty { return nil }
        var dossier = request.dossier
        for table in reading.tables { dossier.set(table) }
        return Assessment(findings: reading.findings).whatIsWrong(in: dossier, request.form, isSilenced: true)
    }
}

/// A renderer at the other end of a pipe.
package struct RemoteRenderer: Renderer {
    package var session: PluginSession
    package let role: RoleDescription
    package let limit: Duration?
    /// What every call of the step says of it.
    private let frame: CallFrame

    /// - Parameter step: the id of the step; empty for calls that belong to none.
    package init(session: PluginSession, role: RoleDescription, limit: Duration?, step: String = "") {
        (self.session, self.role, self.limit) = (session, role, limit)
        frame = CallFrame(step: step, locale: session.settings.locale)
    }

    package func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] {
        try await session.validate(role, configuration, frame, context)
    }

    package func render(_ request: RenderingRequest) async throws -> Rendering {
        try await render(request, noting: nil)
    }

    /// - Parameter reads: gets what the plugin asks meanwhile.
    package func render(_ request: RenderingRequest, noting reads: DossierReads?) async throws -> Rendering {
        let remarks = session.activity.remarkCount
        defer { if session.activity.remarkCount != remarks { reads?.giveUp() } }
        var rendering = try await session.call(about: .dossier(request.dossier, reads), within: session.time(limit)) {
            owner in
            Render(
                role: role.name,
                configuration: request.configuration,
                review: request.review,
                reviewParts: role.reviewParts,
                dossier: session.inline(request.dossier, for: role, owner: owner),
                formats: request.formats,
                taken: request.taken,
                scratchDirectory: request.scratchDirectory,
                form: role.takesForm ? request.form.map { FormText($0) } : nil,
                frame: frame
            )
        }.rendering
        try session.refuse(Render.method, whatIsWrong(with: rendering, request))
        rendering.findings = session.settings.secrets.masked(rendering.findings)
        return rendering
    }

    /// Whether it could be the answer to the request.
    package func accepts(_ rendering: Rendering, _ request: RenderingRequest) -> Bool {
        whatIsWrong(with: rendering, request) == nil
    }

    private func whatIsWrong(with rendering: Rendering, _ request: RenderingRequest) -> LocalizedText? {
        if !rendering.findings.isEmpty, !role.finds {
            return LocalizedText(
                zh: "它返回了 findings，而清单中没有写 \"finds\": true",
                en: "it returned findings, and its manifest does not say \"finds\": true"
            )
        }
        return Assessment(findings: rendering.findings)
            .whatIsWrong(in: request.dossier, request.form, isSilenced: true)
    }
}

extension PluginSession {
    /// Runs `body`, which talks to the plugin, in the thread that reads what the plugin answers.
    package func onItsThread<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await withTaskExecutorPreference(executor, operation: body)
    }

    /// - Throws: ``PluginFailure`` where there is something wrong with a reply.
    fileprivate func refuse(_ call: String, _ wrong: LocalizedText?) throws(PluginFailure) {
        if let wrong { throw failure(.nonsense(call: call, wrong)) }
    }

    /// The frame with an empty folder that belongs to the call.
    fileprivate func withScratch(_ frame: CallFrame) throws -> CallFrame {
        guard !frame.step.isEmpty else { return frame }
        var frame = frame
        frame.scratchDirectory = try folder(ofStep: frame.step).path
        return frame
    }

    fileprivate func validate(
        _ role: RoleDescription,
        _ configuration: Value,
        _ frame: CallFrame,
        _ context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] {
        let request = ValidateConfiguration(
            role: role.name,
            configuration: configuration,
            form: (context as? SettingsOutline)?.text ?? context.form.map { FormText($0) },
            given: role.finds ? context.given : nil,
            frame: frame
        )
        let response = try await call(about: .settings(context), within: timeForQuestion) { _ in request }
        return settings.secrets.masked(response.diagnostics).map(\.bounded)
    }

    /// The fields, and of the tables those that the role says it reads.
    fileprivate func inline(_ dossier: Dossier, for role: RoleDescription, owner: RequestID) -> WireDossier {
        let tables = dossier.tables.filter { role.reads.contains($0.name) }
        return WireDossier(fields: dossier.fields, tables: tables.map { service.streams.inline($0, owner: owner) })
    }
}

extension ConfigurationDiagnostic {
    /// The same with as much text as a person reads of it.
    fileprivate var bounded: ConfigurationDiagnostic {
        var bounded = self
        bounded.message = message.bounded(to: 4000)
        bounded.help = help?.bounded(to: 4000)
        return bounded
    }
}
