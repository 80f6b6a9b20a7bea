import ReviewModel
import ReviewPipeline
import Synchronization
import Testing

@testable import LocalFiles
@testable import ReviewBatch

@Suite("A worker", .serialized)
struct WorkerTests {
    /// The answers to lines.
    private func answers(
        _ lines: [String],
        jobs: Int = 2,
        _ change: (inout BatchOptions) -> Void = { _ in }
    ) async throws -> [Value] {
        var options = BatchOptions(jobs: jobs, locale: .en)
        change(&options)
        let (rest, answers) = (Box(lines.map { WorkLine.bytes(Array($0.utf8)) }), Box<[UInt8]>([]))
        try await serveLines(options, keepsFiles: false) {
            rest.takeFirst()
        } _: {
            answers.add($0)
        }
        return try answers.all.map { try JSONReader.read($0) }
    }

    @Test("each line has its answer, in the order of the lines; a bad one is data")
    func order() async throws {
        let town = Town([
            "a.yaml": Town.spec("a"), "b.yaml": Town.spec("b", mode: "error"), "c/spec.yaml": Town.spec("c"),
        ])
        let found = try await answers([
            town.folder + "/a.yaml", "", "{\"spec\": \"\(town.folder)/b.yaml\"}", "{\"spec\": 1}", "/nowhere.yaml",
            town.folder + "/c",
        ])
        #expect(found.count == 5)
        #expect(found[0]["id"] == "a" && found[4]["id"] == "c")
        #expect(found[1]["error"]?["line"] == 3 && found[1]["error"]?["code"] == 3)
        #expect(found[2]["error"]?["line"] == 4 && found[2]["error"]?["code"] == 2)
        #expect(found[3]["error"]?["mistakes"]?.list?.count == 1)
    }

    @Test("a line longer than any path is answered shortly")
    func longLine() async throws {
        let found = try await answers([String(repeating: "x", count: 1 << 20)])
        #expect(found.count == 1 && found[0]["error"]?["code"] == 2 && found[0]["error"]?["spec"] == nil)
        #expect(found[0]["error"]?["message"]?.text?.contains("longer than any path") == true)
    }

    @Test("an answer is a line to whoever splits lines, and a terminal does not act on it")
    func inert() async throws {
        var options = BatchOptions(jobs: 1, locale: .en)
        options.deadline = .seconds(60)
        let (rest, answers) = (
            Box([WorkLine.bytes(Array("/no\u{2028}\u{85}\u{202E}where.yaml".utf8))]), Box<[UInt8]>([])
        )
        try await serveLines(options, keepsFiles: false) {
            rest.takeFirst()
        } _: {
            answers.add($0)
        }
        // Less the end of the line.
        let text = String(decoding: try #require(answers.all.first).dropLast(), as: UTF8.self)
        #expect(text.contains("\\u2028") && text.contains("\\u0085") && text.contains("\\u202e"), "\(text)")
        #expect(!text.unicodeScalars.contains { $0.isActedOn }, "\(text)")
    }

    @Test("an answer is review.json")
    func sameReview() async throws {
        let town = Town(["a.yaml": Town.spec("a", mode: "behave")])
        let found = try await answers([town.folder + "/a.yaml"])
        _ = try await town.review { $0.run.formats = ["json"] }
        #expect(try JSONReader.read(town.read("out/a/review.json")) == found[0])
    }

    @Test("a spec travels in the line, with the files that it includes and those that it names")
    func inline() async throws {
        let text = Town.spec("sent", mode: "says", settings: "{assessment: {facts: []}, book: !file book.bin}")
            .replacing("[{id: L1, amount: 5.00}]", with: "!include parts/lines.yaml")
        let line = JSONWriter.line([
            "text": .text(text), "name": "towns/sent.yaml",
            "files": ["parts/lines.yaml": "[{id: L1, amount: 5.00}]\n", "book.bin": ["base64": "AAECAw=="]],
        ])
        let found = try await answers([String(decoding: line, as: UTF8.self)])
        #expect(found[0]["id"] == "sent")
        let inputs = found[0]["inputs"]?.list?.compactMap { $0["path"]?.text }
        #expect(inputs == ["towns/sent.yaml", "towns/parts/lines.yaml", "towns/book.bin"])
        #expect(found[0]["inputs"]?.list?.last?["sha256"]?.text == sha256([0, 1, 2, 3]))
    }

    @Test("an item that hangs is answered when its time is up, and the next is served")
    func deadline() async throws {
        let town = Town(["a.yaml": Town.spec("a", settings: "{hangs: true}")])
        let found = try await answers([town.folder + "/a.yaml", "/nowhere.yaml"], jobs: 1) { $0.deadline = .seconds(1) }
        #expect(found[0]["error"]?["message"]?.text?.contains("took longer than 1 s") == true)
        #expect(found[1]["error"]?["line"] == 2)
    }

    @Test("a plugin stays from line to line")
    func stays() async throws {
        let town = Town(["a.yaml": Town.spec("a")])
        let found = try await answers(Array(repeating: town.folder + "/a.yaml", count: 3), jobs: 1)
        let calls = found.map { $0["facts"]?.list?.first?["value"]?.list?[1] ?? .null }
        #expect(calls == [1, 2, 3])
    }

    @Test("answers wait for earlier ones, and whoever is too far ahead waits, too")
    func outbox() async {
        let sent = Box<[UInt8]>([])
        let outbox = Outbox(ahead: 2) { sent.add($0) }
        #expect(await outbox.hasRoom(for: 1))
        outbox.put([0x62], 1)
        #expect(sent.all.isEmpty)
        async let room = outbox.hasRoom(for: 2)
        outbox.put([0x61], 0)
        #expect(await room)
        #expect(sent.all == [[0x61, 0x0A], [0x62, 0x0A]])
    }

    @Test(
        "bytes as letters",
        arguments: [
            ("", []), ("AA==", [0]), ("AAE=", [0, 1]), ("AAEC", [0, 1, 2]), ("+/+/\nAA==", [0xFB, 0xFF, 0xBF, 0]),
            ("A", nil), ("AB==", nil), ("AA==A", nil), ("A-AA", nil), ("AA=", nil),
        ] as [(String, [UInt8]?)]
    )
    func base64(text: String, bytes: [UInt8]?) { #expect(Base64.bytes(text) == bytes) }
}

private final class Box<Element: Sendable>: Sendable {
    private let elements: Mutex<[Element]>
    init(_ elements: [Element]) { self.elements = Mutex(elements) }
    var all: [Element] { elements.withLock { $0 } }
    func add(_ element: Element) { elements.withLock { $0.append(element) } }
    func takeFirst() -> Element? { elements.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
