import PluginTesting
import PluginWire
import ReviewModel
import Testing

@testable import PluginKit

private struct Echo: Scorer {
    let role = RoleDescription(kind: .scorer, name: "echo", summary: "counts rows", reads: ["t"])

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        configuration["ok"] == true
            ? [] : [ConfigurationDiagnostic(code: "x", message: LocalizedText("not ok"), pointer: JSONPointer(["ok"]))]
    }

    func score(_ request: ScoringRequest) async throws -> Assessment {
        request.context.progress(done: 1, total: 2, message: "half")
        return Assessment(facts: [
            Fact(id: "rows", label: LocalizedText("rows"), value: .integer(request.dossier.table("t")?.rowCount ?? 0))
        ])
    }
}

@Suite("A plugin's side of the conversation")
struct PluginConversationTests {
    /// Runs `body` with a host's peer whose other end is the plugin, without any process.
    private func converse<Result: Sendable>(_ body: @Sendable (Peer) async throws -> Result) async throws -> Result {
        let plugin = Plugin(Echo(), version: "1")
        return try await withJoinedPeers(Peer.Handlers(request: { _, _ in nil }), plugin.conversation()) { host, _ in
            try await body(host)
        }
    }

    private let hello = Initialize(hostName: "test", hostVersion: "0", locale: .en)

    @Test("the handshake picks a common version and tells the roles")
    func handshake() async throws {
        let response = try await converse { try await $0.call(hello) }
        #expect(response.protocolVersion == 1)
        #expect(response.manifest.roles.map(\.name) == ["echo"])
    }

    @Test("a host of another age is told which side to update")
    func versions() async throws {
        let error = try await converse { peer in
            await #expect(throws: RPCError.self) {
                try await peer.call(Initialize(protocolVersions: [7], hostName: "x", hostVersion: "9", locale: .en))
            }
        }
        #expect(error?.code == -32002)
        #expect(error?.help?.contains("update the plugin \"echo\"") == true)
    }

    @Test("nothing is served before initialize or after shutdown, and unknown methods are named")
    func stages() async throws {
        try await converse { peer in
            let check = ValidateConfiguration(role: "echo", configuration: ["ok": true])
            let early = await #expect(throws: RPCError.self) { try await peer.call(check) }
            #expect(early?.code == -32001)
            _ = try await peer.call(hello)
            #expect(try await peer.call(check).diagnostics == [])
            let unknown = await #expect(throws: RPCError.self) {
                try await peer.call(id: peer.reserveID(), "scorer/guess", [:])
            }
            #expect(unknown?.code == -32601)
            _ = try await peer.call(Shutdown())
            let late = await #expect(throws: RPCError.self) { try await peer.call(check) }
            #expect(late?.code == -32010)
        }
    }

    @Test("settings are checked with pointers, unknown roles get a hint")
    func settings() async throws {
        try await converse { peer in
            _ = try await peer.call(hello)
            let response = try await peer.call(ValidateConfiguration(role: "echo", configuration: [:]))
            #expect(response.diagnostics.map(\.pointer.description) == ["/ok"])
            let error = await #expect(throws: RPCError.self) {
                try await peer.call(ValidateConfiguration(role: "ecko", configuration: [:]))
            }
            #expect(error?.help == "did you mean \"echo\"?")
        }
    }

    @Test("a table in many pages reaches the scorer whole")
    func streams() async throws {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "n", type: .integer)]))
        for n in 0..<25_000 { table.append(row: [.integer(n)]) }
        let dossier = Dossier(tables: [table])
        let assessment = try await withLoopback(Plugin(Echo(), version: "1")) { host in
            try await host.score("echo", dossier: dossier)
        }
        #expect(assessment.facts.first?.value == 25_000)
    }

    @Test("thousands of findings come whole, and so do those of the steps before")
    func longLists() async throws {
        let many = (0..<20_000).map {
            Finding(rule: "a/b", severity: .info, message: LocalizedText(zh: "第 \($0) 条", en: "n\($0)"))
        }
        let returned = try await withLoopback(Plugin(Parrot(), version: "1")) { host in
            try await host.score("parrot", dossier: Dossier(), prior: ["first": Assessment(findings: many)])
        }
        #expect(returned.findings == many)
    }

    @Test("a source sees the dossier, and every call says for which step it is made")
    func source() async throws {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "n", type: .integer)]))
        for n in 0..<3 { table.append(row: [.integer(n)]) }
        let dossier = Dossier(fields: ["year": 2026], tables: [table])
        let tables = try await withLoopback(Plugin(Copier(), version: "1")) { host in
            try await host.tables("copier", dossier: dossier)
        }
        #expect(tables.first?.columns == [[2026], [0], [3]])
    }

    @Test("a role of a kind that nobody knows yet is no reason to refuse the plugin")
    func unknownKind() throws {
        let manifest: Value = [
            "plugin": ["name": "p"],
            "roles": [["kind": "oracle", "name": "o"], ["kind": "scorer", "name": "s"]],
        ]
        #expect(try PluginManifest.read(manifest, of: "initialize").roles.map(\.name) == ["s"])
        let broken: Value = ["plugin": ["name": "p"], "roles": [["kind": 7, "name": "o"]]]
        #expect(throws: RPCError.self) { try PluginManifest.read(broken, of: "initialize") }
    }
}

/// Says again what the step before has said.
private struct Parrot: Scorer {
    let role = RoleDescription(kind: .scorer, name: "parrot", summary: "repeats")
    func score(_ request: ScoringRequest) -> Assessment { request.prior["first"] ?? Assessment() }
}

/// Tells what it has seen of the dossier.
private struct Copier: DataSource {
    let role = RoleDescription(kind: .source, name: "copier", summary: "copies", reads: ["t"], writes: ["copy"])

    func tables(_ request: SourceRequest) async throws -> [Table] {
        let columns = ["year", "first", "rows"].map { Column(name: $0, type: .integer) }
        var copy = Table(schema: TableSchema(name: "copy", columns: columns))
        let asked = try await request.context.query("SELECT count(*) AS n FROM t")
        copy.append(row: [
            request.dossier.fields["year"] ?? .null, request.dossier.table("t")?.cell(row: 0, column: "n") ?? .null,
            asked.cell(row: 0, column: "n"),
        ])
        return [copy]
    }
}
