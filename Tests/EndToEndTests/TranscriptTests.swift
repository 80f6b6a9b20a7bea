import Glibc
import PluginRuntime
import PluginTesting
import PluginWire
import ReviewModel
import Testing

/// The recorded conversations in Tests/Fixtures/Transcripts, each with the spec that it was recorded from. They are
/// recorded anew with `pingshen run NAME.yaml --trace NAME.trace --locale zh`.
@Suite("Recorded conversations", .serialized)
struct TranscriptTests {
    private static let folder = repository + "/Tests/Fixtures/Transcripts"
    private static let names = ["tour", "settings", "cancelled"]

    private func transcript(_ name: String) throws -> Transcript {
        try Transcript.read(file: Self.folder + "/\(name).trace")
    }

    @Test("a plugin says what it said when they were recorded", arguments: names)
    func pluginEnd(name: String) async throws {
        let program = try PluginCatalog().program(namedOrStartedBy: [buildFolder + "/tour-plugin"])
        let result = try await replay(try transcript(name), with: program, patience: .seconds(600))
        #expect(result.failure == nil)
        #expect(result.differences.isEmpty, "\(result.differences)")
        #expect(result.compared >= 5)
    }

    @Test("a host says what it said when they were recorded", arguments: names)
    func hostEnd(name: String) throws {
        let folder = TemporaryFolder()
        // The very spec, with somebody in the plugin's place who has learnt its part by heart.
        let result = shell(
            """
            cp \(Self.folder)/*.yaml \(Self.folder)/\(name).trace '\(folder.path)' && cd '\(folder.path)'
            sed -i 's|\\[tour-plugin\\]|[transcript-player, ./\(name).trace]|' tour.yaml
            pingshen run \(name).yaml --out out --locale zh
            """
        )
        #expect(!result.errors.contains("transcript"), "\(result.errors)")
        #expect(result.status == ["tour": 0, "settings": 2, "cancelled": 3][name], "\(result.errors)")
        if name == "tour" { #expect(result.output == "out/tour/review.json\nout/tour/digest.md\n") }
        if name == "cancelled" {
            #expect(result.errors.contains("没有完成 scorer/score，已被取消"), "\(result.errors)")
        }
    }

    @Test("a host that said something else would be noticed")
    func noticed() {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cp \(Self.folder)/*.yaml \(Self.folder)/tour.trace '\(folder.path)' && cd '\(folder.path)'
            sed -i 's|\\[tour-plugin\\]|[transcript-player, ./tour.trace]|; s/73000.00/73000.01/' tour.yaml
            pingshen run tour.yaml --out out
            """
        )
        #expect(result.status == 3)
        #expect(result.errors.contains("the host says what is not in the transcript"), "\(result.errors)")
    }

    @Test("every message that Docs/PROTOCOL.md shows was really sent")
    func examples() throws {
        var sent = Set<String>()
        for name in Self.names { for entry in try transcript(name).entries { sent.insert(entry.line) } }
        let manifest = shell("tour-plugin --plugin-manifest").output.split(separator: "\n").map(String.init)
        sent.formUnion(manifest)
        let shown = fencedBlocks("json", in: read(repository + "/Docs/PROTOCOL.md"))
            .flatMap { $0.split(separator: "\n").map(String.init) }
        #expect(shown.count > 25)
        for line in shown { #expect(sent.contains(line), "never sent: \(line)") }
    }

    @Test("Docs/PROTOCOL.md lists the methods that the code has, with who asks and what for")
    func methods() {
        let rows = read(repository + "/Docs/PROTOCOL.md").split(separator: "\n").filter { $0.hasPrefix("| [`") }
        for method in protocolMethods {
            let row = rows.first { $0.hasPrefix("| [`\(method.method)`]") }
            #expect(row?.hasSuffix(" | \(method.asker.rawValue) | \(method.summary) |") == true, "\(method.method)")
        }
        #expect(rows.count == protocolMethods.count + 2)
    }

    @Test("the transcripts hold every method of the protocol, from both sides")
    func complete() throws {
        var methods = Set<String>()
        for name in Self.names {
            for entry in try transcript(name).entries {
                if let method = try JSONReader.read(Array(entry.line.utf8))["method"]?.text { methods.insert(method) }
            }
        }
        // Asked of a plugin only for `pingshen rules` and for a spec that sets rules.
        let recordable = protocolMethods.map { $0.method }.filter { $0 != ListRules.method }
        #expect(methods == Set(recordable + protocolNotifications.map { $0.method }))
    }
}
