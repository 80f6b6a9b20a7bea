internal import LocalFiles
internal import PluginRuntime
internal import PluginWire
internal import ReviewModel

/// What a role does in a run. Every role of the plugin is asked.
extension ConformanceCheck {
    static let rules = trial(
        id: "rules",
        rule:
            "`rules/list` names each rule once, by an id such as `area/name`, with a title; or it is refused with -32601 (rules/list)"
    ) { trial in
        var isKnown = false
        for role in try trial.manifest.roles(.scorer) {
            guard let rules = try await trial.rules(role) else { continue }
            isKnown = true
            var seen: Set<String> = []
            for rule in rules {
                try rule.id.requireRuleID("a rule")
                guard seen.insert(rule.id).inserted else { throw Nonconformance(found: "\"\(rule.id)\" stands twice") }
                try rule.title.requireWords("the title of \"\(rule.id)\"")
                if let wrong = rule.deprecation?.whatIsWrong {
                    throw Nonconformance(found: "\"\(rule.id)\" is deprecated: \(wrong)")
                }
            }
            for rule in rules {
                for alias in rule.aliases {
                    try alias.requireRuleID("an alias of \"\(rule.id)\"")
                    guard seen.insert(alias).inserted else {
                        throw Nonconformance(
                            found: "\"\(alias)\", an alias of \"\(rule.id)\", is the id or the alias of another"
                        )
                    }
                }
            }
        }
        if !isKnown {
            throw NotApplicable(
                reason: "it names no rules; a spec can weigh them by their ids, which nobody can check then"
            )
        }
    }

    static let open = trial(
        id: "open",
        rule:
            "`source/open` gives the tables that the manifest names, whole, with cells of their columns' types (source/open)"
    ) { trial in
        for role in try trial.manifest.roles(.source) {
            let reading = try await trial.read(role)
            let promised = role.filled(by: trial.settings(role))
            for table in reading.tables where !promised.contains(table.name) {
                throw Nonconformance(
                    found:
                        "the table \"\(table.name)\"; its manifest says \"writes\": [\(promised.joined(separator: ", "))]"
                )
            }
            try reading.findings.forEach { try $0.requireMeaning() }
        }
        try trial.requireTextualFigures()
    }

    static let score = trial(
        id: "score",
        rule:
            "`scorer/score` is answered with an assessment that makes sense: ids, words, places, figures as text (scorer/score)"
    ) { trial in
        for role in try trial.manifest.roles(.scorer) {
            let assessment = try await trial.score(role, trial.material.dossier(for: [role]))
            try assessment.findings.forEach { try $0.requireMeaning() }
            if let fact = assessment.facts.first(where: { $0.id.isEmpty }) {
                throw Nonconformance(found: "a fact without an id, \"\(fact.label.en)\"")
            }
            try await trial.requireNamedRules(role, assessment)
        }
        try trial.requireTextualFigures()
    }

    static let fewTables = trial(
        id: "few-tables",
        rule: "a table of `reads` that is not in `requires` may be absent, and any may be empty (initialize)"
    ) { trial in
        for role in try trial.manifest.roles(.scorer) {
            let whole = trial.material.dossier(for: [role])
            var few = Dossier(fields: whole.fields)
            for name in role.requires { if let table = whole.table(name) { few.set(Table(schema: table.schema)) } }
            _ = try await trial.score(role, few)
        }
    }

    static let hugeTable = trial(
        id: "huge-table",
        rule: "a table of many pages is pulled to its end with `stream/next`, or its stream is closed (Streams)",
        slowness: 6
    ) { trial in
        let reading = try trial.manifest.roles(.scorer).filter { !$0.reads.isEmpty }
        guard let role = reading.first, let name = role.reads.first else {
            throw NotApplicable(reason: "no scorer reads a table")
        }
        do {
            _ = try await trial.score(role, trial.material.dossier(for: role, lengthening: name, to: 12_000))
        } catch let failure as PluginFailure {
            // Who says that a table is too long for it has lost nothing in silence.
            if case .refused = failure.reason, try trial.lastError()?["code"]?.integer == -32005 { return }
            throw failure
        }
        let asked = try trial.messages().filter { !$0.isToPlugin }.map(\.line)
        let isPulled = asked.contains { line in
            [StreamNext<StreamPage>.method, StreamClose.method, DossierRead.method, DossierQuestion.method]
                .contains { line.contains("\"\($0)\"") }
        }
        if !isPulled {
            throw Nonconformance(
                found: "of the 12,000 rows of \"\(name)\" it has seen those of the first page only; "
                    + "where \"done\" is false, \"stream/next\" brings the rest"
            )
        }
    }

    static let sameAgain = trial(
        id: "same-again",
        rule: "the same request gets the same result (Values)"
    ) { trial in
        for role in try trial.manifest.roles(.scorer) {
            let dossier = trial.material.dossier(for: [role])
            let (first, second) = (try await trial.score(role, dossier), try await trial.score(role, dossier))
            guard first == second else { throw Nonconformance(found: "two different results") }
        }
    }

    static let render = trial(
        id: "render",
        rule: "`renderer/render` writes a file for each format that it is asked for, where it says (renderer/render)"
    ) { trial in
        var taking: [String] = []
        for role in try trial.manifest.roles(.renderer) {
            let takes = role.takes.filter { !role.writes.contains($0) }
            if !takes.isEmpty {
                taking.append("the renderer makes its files of \(takes.joined(separator: ", "))")
                continue
            }
            let folder = try trial.folder("render-\(role.name)")
            let rendering = try await trial.render(role, role.writes, into: folder)
            try rendering.requireFiles(of: role, in: folder)
            try rendering.findings.forEach { try $0.requireMeaning() }
        }
        if let reason = taking.first {
            throw NotApplicable(reason: reason + ", which other steps write; run a spec with it")
        }
    }
}

// MARK: - What must be so

extension String {
    /// - Throws: ``Nonconformance`` for what is no rule's id.
    fileprivate func requireRuleID(_ owner: String) throws(Nonconformance) {
        let parts = split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\"
        }
        guard isPlain, parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw Nonconformance(
                found: "\(owner) with the id \"\(self)\"; an id is \"area/name\", the same in every run"
            )
        }
    }
}

extension LocalizedText {
    fileprivate func requireWords(_ owner: String) throws(Nonconformance) {
        if zh.isEmpty || en.isEmpty { throw Nonconformance(found: "\(owner) is empty in one of its languages") }
    }
}

extension Finding {
    fileprivate func requireMeaning() throws(Nonconformance) {
        try rule.requireRuleID("a finding")
        try message.requireWords("the message of a finding of \"\(rule)\"")
    }
}

extension Rendering {
    fileprivate func requireFiles(of role: RoleDescription, in folder: String) throws(Nonconformance) {
        for artifact in artifacts where !FileSystem.isRegularFile(folder + "/" + artifact.path) {
            throw Nonconformance(found: "there is no file \"\(artifact.path)\" in the scratch folder")
        }
        for format in role.writes
        where !artifacts.contains(where: { $0.format == format }) && !failures.contains(where: { $0.format == format })
        {
            throw Nonconformance(
                found: "no file of the format \"\(format)\" and no word in \"failures\" why; "
                    + "\"format\" of an artifact says it where the ending of its path does not"
            )
        }
    }
}

extension Trial {
    /// A scorer that names its rules names all of them.
    fileprivate func requireNamedRules(_ role: RoleDescription, _ assessment: Assessment) async throws {
        guard let rules = try await rules(role), !rules.isEmpty else { return }
        let known = Set(rules.map(\.id))
        if let stray = assessment.findings.first(where: { !known.contains($0.rule) }) {
            throw Nonconformance(found: "a finding of \"\(stray.rule)\", which \"rules/list\" does not name")
        }
    }

    /// A figure that went through a binary fraction has lost its last digit somewhere, and JSON numbers come from those.
    fileprivate func requireTextualFigures() throws {
        for entry in try messages() where !entry.isToPlugin {
            guard let result = try? JSONReader.read(entry.line.utf8)["result"],
                let (pointer, figure) = result.firstFraction()
            else { continue }
            throw Nonconformance(found: "the number \(figure) at \(pointer); figures are text: \"\(figure)\" (Values)")
        }
    }
}

extension Value {
    /// The first JSON number with a fraction, and where it stands.
    fileprivate func firstFraction(at pointer: JSONPointer = JSONPointer()) -> (JSONPointer, ExactDecimal)? {
        switch self {
        case .decimal(let figure): return (pointer, figure)
        case .list(let items):
            for (index, item) in items.enumerated() {
                if let found = item.firstFraction(at: pointer / index) { return found }
            }
        case .record(let record):
            // Schemas are JSON Schema's own, and a range may have a fraction.
            for (key, value) in record.members where key != "configSchema" {
                if let found = value.firstFraction(at: pointer / key) { return found }
            }
        default: break
        }
        return nil
    }
}
