public import PluginRuntime
internal import PluginWire
public import ReviewModel
internal import Synchronization

/// What a plugin answered when it was asked once, as in a run.
public struct PluginAnswer: Sendable {
    /// The whole reply as JSON, long tables and lists put together; `nil` where it was no reply that a run could use.
    public var value: Value?
    /// The tables that the spec leaves to sources, and rows were made up for.
    public var madeUpTables: [String] = []
    /// What happened instead, what both said, and what the plugin wrote to standard error.
    public var result: ConformanceCheck.Result
}

/// Asks a role of `program` once: a source for its tables, a scorer for its assessment, a renderer for its files.
///
/// - Parameter name: the role; `nil` where the plugin has one.
public func answer(
    of program: PluginProgram,
    role name: String?,
    with material: ConformanceMaterial
) async throws -> PluginAnswer {
    let said = Mutex<Value?>(nil)
    let madeUp = Mutex<[String]>([])
    let call = ConformanceCheck.trial(id: "call", rule: "the role answers") { _ in }
    let result = try await Trial.result(of: call, program, material) { trial in
        let role = try trial.role(name)
        madeUp.withLock { $0 = material.tablesToFill(for: [role]) }
        let value = try await trial.answer(of: role)
        said.withLock { $0 = value }
    }
    return PluginAnswer(value: said.withLock { $0 }, madeUpTables: madeUp.withLock { $0 }, result: result)
}

extension Trial {
    fileprivate func role(_ name: String?) throws(Nonconformance) -> RoleDescription {
        let roles = manifest.roles.filter { name == nil || $0.name == name }
        if let role = roles.first, roles.count == 1 { return role }
        throw Nonconformance(found: "name one of its roles: \(manifest.roles.map(\.name).joined(separator: ", "))")
    }

    fileprivate func answer(of role: RoleDescription) async throws -> Value {
        switch role.kind {
        case .source:
            let reading = try await read(role)
            return ["tables": .list(reading.tables.map(\.byRows)), "findings": Value(wire: reading.findings)]
        case .scorer:
            return try await score(role, material.dossier(for: [role])).wire
        case .renderer:
            let rendering = try await render(role, role.writes, into: try folder("render"))
            let files = rendering.artifacts.map { artifact -> Value in
                [
                    "path": .text(artifact.path), "mediaType": .text(artifact.mediaType),
                    "format": .text(artifact.format),
                ]
            }
            return ["artifacts": .list(files), "findings": Value(wire: rendering.findings)]
        }
    }
}

extension Table {
    /// The table as a person reads it: row by row, each cell under its column's name.
    var byRows: Value {
        let names = schema.columns.map(\.name)
        let rows = rows.map { row in Value.record(Record(names.map { ($0, row[$0]) })) }
        return ["schema": schema.wire, "rows": .list(rows)]
    }
}
