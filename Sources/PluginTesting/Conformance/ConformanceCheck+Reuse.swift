internal import LocalFiles
internal import PluginRuntime
internal import PluginWire
internal import ReviewModel

extension ConformanceCheck {
    static let reusable = trial(
        id: "reusable",
        rule: "a plugin that says \"reusable\" keeps nothing of one review for the next (More than one review)",
        slowness: 2
    ) { trial in
        guard trial.isReusable else {
            throw NotApplicable(reason: "it does not say \"reusable\"; each review has a process of its own")
        }
        let roles = trial.manifest.roles
        let dossier = trial.material.dossier(for: roles)
        _ = try await trial.answers(to: dossier.halved, "first")
        guard trial.renew() else {
            throw Nonconformance(
                found:
                    "it cannot serve a second review: of the first a call, a stream or a folder is left that it has replaced"
            )
        }
        let worn = try await trial.answers(to: dossier, "second")
        let fresh = try await trial.inFreshProcess { try await $0.answers(to: dossier, "fresh") }
        if let difference = ValueDifference.between(.record(fresh), .record(worn)) {
            let (there, here) = (difference.expected.shown, difference.found.shown)
            throw Nonconformance(
                found: "after another review it answers otherwise than a new process, at \(difference.pointer): "
                    + "\(here) instead of \(there); something of the first review has stayed"
            )
        }
    }
}

extension Trial {
    /// What every role answers to `dossier`, as values that can be compared; renderers that make their files of others' are left out.
    fileprivate func answers(to dossier: Dossier, _ name: String) async throws -> Record {
        var answers = Record()
        for role in manifest.roles {
            switch role.kind {
            case .source:
                let reading = try await read(role, dossier)
                answers[role.name] = [
                    "tables": .list(reading.tables.map(\.byRows)), "findings": Value(wire: reading.findings),
                ]
            case .scorer:
                answers[role.name] = try await score(role, dossier).wire
            case .renderer where role.takes.allSatisfy(role.writes.contains):
                let folder = try folder("\(name)-\(role.name)")
                let rendering = try await render(role, role.writes, into: folder, dossier)
                var files = Record()
                for artifact in rendering.artifacts {
                    let bytes = try FileSystem.read(folder + "/" + artifact.path, atMost: 256 << 20)
                    files[artifact.path] = .text(String(decoding: bytes, as: UTF8.self))
                }
                answers[role.name] = .record(files)
            case .renderer: break
            }
        }
        return answers
    }
}

extension Dossier {
    /// The same with the first half of each table: another review.
    fileprivate var halved: Dossier {
        var halved = Dossier(fields: fields)
        for table in tables {
            var half = Table(schema: table.schema)
            for row in table.rows.prefix(table.rowCount / 2) {
                half.append(row: table.schema.columns.map { row[$0.name] })
            }
            halved.set(half)
        }
        return halved
    }
}

extension Value? {
    /// In a few words.
    fileprivate var shown: String {
        guard let self else { return "nothing" }
        return shortened(String(decoding: JSONWriter.line(self), as: UTF8.self))
    }
}
