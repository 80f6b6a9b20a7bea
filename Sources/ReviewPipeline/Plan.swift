internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading

/// The steps of a spec with the plugins that take them: everything that can be known before the first step starts.
struct Plan: Sendable {
    /// The code of the mistake that a table which a scorer needs is not there.
    static let missingTableCode = "plan/missing-table"

    var sources: [PlannedStep<RemoteSource>] = []
    var scorers: [PlannedStep<RemoteScorer>] = []
    var renderers: [PlannedStep<RemoteRenderer>] = []
    /// Steps whose plugin did not start; nobody knows what they would have done.
    var unstarted: [Spec.Step] = []

    struct PlannedStep<Role: Sendable>: Sendable {
        var step: Spec.Step
        var description: RoleDescription
        var role: Role
    }

    /// Matches steps with roles. Mistakes go to `log`, with pointers into the spec's document.
    ///
    /// - Parameter failures: plugins that did not start; their steps are noted in `ledger`.
    init(
        _ spec: Spec,
        sessions: [String: PluginSession],
        failures: [String: PluginFailure],
        ledger: StepLedger,
        log: DiagnosticLog
    ) {
        for (index, step) in spec.steps.enumerated() {
            let pointer = spec.stepPointer(index)
            if let failure = failures[step.plugin] {
                ledger.fail(step.id, failure)
                unstarted.append(step)
                continue
            }
            guard let session = sessions[step.plugin], let manifest = session.manifest,
                var description = Self.role(of: step, in: manifest, at: pointer, log)
            else { continue }
            if let told = description.deprecation?.diagnostic(
                of: LocalizedText(zh: "角色\(quoted(description.name))", en: "the role \(quoted(description.name))"),
                plugin: manifest.name,
                version: manifest.version,
                at: pointer / "use"
            ) {
                log.add(told)
            }
            if description.kind == .source { description.writes = description.filled(by: step.configuration) }
            switch description.kind {
            case .source:
                let role = RemoteSource(session: session, role: description, limit: step.deadline, step: step.id)
                sources.append(PlannedStep(step: step, description: description, role: role))
            case .scorer:
                let role = RemoteScorer(session: session, role: description, limit: step.deadline, step: step.id)
                scorers.append(PlannedStep(step: step, description: description, role: role))
            case .renderer:
                let role = RemoteRenderer(session: session, role: description, limit: step.deadline, step: step.id)
                renderers.append(PlannedStep(step: step, description: description, role: role))
            }
        }
        checkNeeds(spec, log)
        checkTakes(spec, log)
        checkTables(spec, log)
        checkModes(spec, log)
    }

    private static func role(
        of step: Spec.Step,
        in manifest: PluginManifest,
        at pointer: JSONPointer,
        _ log: DiagnosticLog
    ) -> RoleDescription? {
        let names = manifest.roles.map(\.name)
        guard let name = step.role else {
            if let only = manifest.roles.first, manifest.roles.count == 1 { return only }
            // A plugin may learn more without a change in specs.
            if let own = manifest.roles.first(where: { $0.name == manifest.name }) { return own }
            log.add(roleNotNamed(step.plugin, names, at: pointer / "use"))
            return nil
        }
        if let role = manifest.roles.first(where: { $0.name == name }) { return role }
        log.add(unknownRole(name, step.plugin, names, at: pointer / "use"))
        return nil
    }

    /// Every step that is needed must be a scorer, or for a renderer an earlier renderer; and no step may need itself, directly or
    /// through others.
    private func checkNeeds(_ spec: Spec, _ log: DiagnosticLog) {
        // A step whose plugin was not found is told of, and may be any.
        let planned = sources.map(\.step.id) + scorers.map(\.step.id) + renderers.map(\.step.id)
        let unplanned = spec.steps.map(\.id).filter { !planned.contains($0) }
        let scorers = scorers.map(\.step.id) + unplanned
        for (index, step) in spec.steps.enumerated() {
            let pointer = spec.stepPointer(index) / "needs"
            let known = scorers + renderers.map(\.step.id).prefix { $0 != step.id }.filter { _ in isRenderer(step) }
            for (position, need) in step.needs.enumerated() where !known.contains(need) {
                let isLater = spec.steps[index...].dropFirst().contains { $0.id == need }
                log.add(
                    isLater ? laterStep(need, at: pointer / position) : unknownStep(need, known, at: pointer / position)
                )
            }
            if reaches(step.id, from: step.needs, spec) { log.add(circularNeeds(step.id, at: pointer)) }
        }
    }

    /// Whether a source fills fields, so that they are not known before it has.
    var fillsFields: Bool { sources.contains { $0.description.fillsFields(by: $0.step.configuration) } }

    private func isRenderer(_ step: Spec.Step) -> Bool { renderers.contains { $0.step.id == step.id } }

    /// What a renderer takes must be written by an earlier one.
    private func checkTakes(_ spec: Spec, _ log: DiagnosticLog) {
        // Who did not start may be the one who writes it.
        guard unstarted.isEmpty else { return }
        let order = RenderingOrder(renderers.map { RenderingOrder.Step($0.step, $0.description) })
        for (id, format) in order.unsupplied {
            guard let index = spec.steps.firstIndex(where: { $0.id == id }) else { continue }
            log.add(nothingToTake(format, spec.steps[index], at: spec.stepPointer(index) / "use"))
        }
    }

    private func reaches(_ target: String, from start: [String], _ spec: Spec) -> Bool {
        var (open, seen) = (start, Set<String>())
        while let id = open.popLast() {
            if id == target { return true }
            if seen.insert(id).inserted { open += spec.steps.first { $0.id == id }?.needs ?? [] }
        }
        return false
    }

    private func checkTables(_ spec: Spec, _ log: DiagnosticLog) {
        // Who did not start may be the one who fills them, and by a form with mistakes nobody knows what is there.
        guard unstarted.isEmpty, spec.form != nil, !spec.hasFormMistakes else { return }
        let available = spec.dossier.tables.map(\.name) + sources.flatMap(\.description.writes)
        for (index, step) in spec.steps.enumerated() {
            let requires = scorers.first { $0.step.id == step.id }?.description.requires ?? []
            for table in requires where !available.contains(table) {
                log.add(missingTable(table, available, neededBy: step.plugin, at: spec.stepPointer(index) / "use"))
            }
            // Of a plugin that comes along with the spec; others are for many forms.
            guard spec.plugins.contains(where: { $0.name == step.plugin }), let form = spec.form?.tables.map(\.name)
            else {
                continue
            }
            let roles = scorers.map { ($0.step.id, $0.description) } + renderers.map { ($0.step.id, $0.description) }
            let reads = roles.first { $0.0 == step.id }?.1.reads ?? []
            for table in reads where !(form + available + requires).contains(table) {
                guard let meant = meantWord(table, among: form) else { continue }
                log.add(unknownTable(table, meant, readBy: step.plugin, at: spec.stepPointer(index) / "use"))
            }
        }
    }

    /// Of two sources that fill one table the later one says what becomes of the rows.
    private func checkModes(_ spec: Spec, _ log: DiagnosticLog) {
        var filled: [String: String] = [:]
        for (index, step) in spec.steps.enumerated() {
            guard let source = sources.first(where: { $0.step.id == step.id }) else {
                if step.mode != nil, !unstarted.contains(where: { $0.id == step.id }) {
                    log.add(modeOfNoSource(step.id, at: spec.stepPointer(index) / "mode"))
                }
                continue
            }
            for table in source.description.writes {
                if step.mode == nil, let earlier = filled[table] {
                    log.add(filledTwice(table, earlier, step.id, at: spec.stepPointer(index) / "use"))
                }
                filled[table] = step.id
            }
        }
    }
}

// MARK: - Messages

private func filledTwice(_ table: String, _ first: String, _ second: String, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "plan/table-twice",
        message: LocalizedText(
            zh: "步骤\(quoted(first))和\(quoted(second))都填写表\(quoted(table))，没有写明如何处理",
            en:
                "the steps \(quoted(first)) and \(quoted(second)) both fill the table \(quoted(table)), and nothing says how"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "在步骤\(quoted(second))中写 mode: append（接在后面）或 mode: replace（替换前者）",
            en:
                "say mode: append (the rows follow) or mode: replace (they take their place) in the step \(quoted(second))"
        )
    )
}

private func modeOfNoSource(_ step: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/mode-of-no-source",
        message: LocalizedText(
            zh: "步骤\(quoted(step))不读取数据，mode 对它没有意义",
            en: "the step \(quoted(step)) is no source, and mode says nothing to it"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请去掉 mode", en: "remove mode")
    )
}

private func roleNotNamed(_ plugin: String, _ roles: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let list = listed(roles.map { "\(plugin)/\($0)" })
    if roles.isEmpty {
        return ConfigurationDiagnostic(
            code: "plan/no-role",
            message: LocalizedText(
                zh: "插件\(quoted(plugin))没有任何角色，不能用在步骤里",
                en: "the plugin \(quoted(plugin)) names no role, so that no step can use it"
            ),
            pointer: pointer,
            help: LocalizedText(
                zh: "它的 manifest 须在 roles 中写明 source、scorer 或 renderer",
                en: "its manifest is to name a source, a scorer or a renderer among its roles"
            )
        )
    }
    return ConfigurationDiagnostic(
        code: "plan/role-not-named",
        message: LocalizedText(
            zh: "插件\(quoted(plugin))有 \(roles.count) 个角色，须写明用哪一个",
            en: "the plugin \(quoted(plugin)) has \(roles.count) roles; say which one"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "可用的有：\(list)", en: "it has: \(list)")
    )
}

private func unknownRole(
    _ role: String,
    _ plugin: String,
    _ roles: [String],
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/unknown-role",
        message: LocalizedText(
            zh: "插件\(quoted(plugin))没有角色\(quoted(role))",
            en: "the plugin \(quoted(plugin)) has no role \(quoted(role))"
        ),
        pointer: pointer,
        help: suggestion(for: role, among: roles)
    )
}

/// Steps that a spec adds to those of another follow these, wherever it writes them.
private func laterStep(_ step: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/unknown-step",
        message: LocalizedText(
            zh: "步骤\(quoted(step))排在本步骤之后，不能作为它所需要的步骤",
            en: "the step \(quoted(step)) follows this one, which cannot need it"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "输出步骤只能需要写在前面的输出步骤；用 extends 时新增的步骤排在原有步骤之后，请给本步骤另取名称，写在它后面",
            en:
                "a renderer needs renderers before it; steps that are added to those of another spec follow these: write this one under a name of its own, behind it"
        )
    )
}

private func unknownStep(_ step: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/unknown-step",
        message: LocalizedText(zh: "没有名为\(quoted(step))的评审步骤", en: "there is no scoring step \(quoted(step))"),
        pointer: pointer,
        help: suggestion(for: step, among: known)
    )
}

private func nothingToTake(_ format: String, _ step: Spec.Step, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/nothing-to-take",
        message: LocalizedText(
            zh: "步骤\(quoted(step.id))由格式\(quoted(format))生成，但它前面没有写出该格式的步骤",
            en: "the step \(quoted(step.id)) is made from the format \(quoted(format)), which no earlier step writes"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请把写出 \(format) 的步骤放在它前面，或去掉这一步",
            en: "put a step before it that writes \(format), or remove this one"
        )
    )
}

private func circularNeeds(_ step: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plan/circular-needs",
        message: LocalizedText(
            zh: "步骤\(quoted(step))间接地需要它自己",
            en: "the step \(quoted(step)) needs itself, by way of others"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "去掉其中一处 needs", en: "remove one of the needs")
    )
}

private func missingTable(
    _ table: String,
    _ available: [String],
    neededBy plugin: String,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    let meant = slip(in: table, among: available)
    let (zh, en) = (meant.map { "；\($0.zh)" } ?? "", meant.map { "; \($0.en)" } ?? "")
    return ConfigurationDiagnostic(
        code: Plan.missingTableCode,
        message: LocalizedText(
            zh: "插件\(quoted(plugin))需要表\(quoted(table))，但没有提供",
            en: "the plugin \(quoted(plugin)) needs the table \(quoted(table)), which is not there"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请在 tables: 中补上 \(table)\(zh)", en: "add \(table) under tables:\(en)")
    )
}

private func unknownTable(_ table: String, _ meant: String, readBy plugin: String, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        severity: .warning,
        code: "plan/unknown-table",
        message: LocalizedText(
            zh: "插件\(quoted(plugin))要读表\(quoted(table))，表单中没有这个表，它读不到任何行",
            en:
                "the plugin \(quoted(plugin)) reads the table \(quoted(table)), which the form does not have: it gets no rows"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "是不是\(quoted(meant))？", en: "did you mean \(quoted(meant))?")
    )
}
