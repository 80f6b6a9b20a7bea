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
}
