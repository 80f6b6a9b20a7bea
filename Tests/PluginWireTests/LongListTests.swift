import PluginWire
import ReviewModel
import Synchronization
import Testing

private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}

@Suite("Long lists on the wire")
struct LongListTests {
    private let streams = OpenStreams()
    private let owner = RequestID.number(1)

    private func texts(_ count: Int, of bytes: Int = 200) -> Value {
        .list((0..<count).map { .text(String(repeating: "x", count: bytes) + String($0)) })
    }

    private func whole(_ message: Value) async throws -> Value {
        let message = try await JSONText(message).completed { request in
            guard case .items(let page) = try streams.next(request) else { throw RPCError(.unknownStream, "rows") }
            return page
        }
        guard case .long(let value, let further) = message else { throw RPCError(.invalidParams, "no more") }
        return whole(ValueReader(value, further: further, log: DiagnosticLog()))
    }

    /// What a reader makes of the value, all that came later included.
    private func whole(_ reader: ValueReader) -> Value {
        switch reader.value {
        case .list: return .list(reader.list().map(whole))
        case .record: return .record(Record(reader.record()?.all().map { ($0.key, whole($0.value)) } ?? []))
        default: return reader.value
        }
    }

    @Test("a message that fits travels whole, and nothing is opened for it")
    func short() {
        let message: Value = ["findings": texts(1000), "facts": [], "note": "n"]
        #expect(streams.shortened(LongValue(message), owner: owner) == message)
    }

    @Test("an element that no line takes is named, by where it stands in the message")
    func elementBeyondALine() throws {
        // Each byte of it becomes six on the wire.
        let long: Value = .text(String(repeating: "\u{1}", count: 2 << 20))
        let message: Value = [
            "review": ["findings": .list([.text(String(repeating: "x", count: 1 << 20)), "b", long])]
        ]
        let cut = streams.shortened(LongValue(message), owner: owner)
        let stream = try #require(cut["more"]?["/review/findings"]?.text)
        let error = #expect(throws: RPCError.self) {
            while true { _ = try streams.next(ListNext(stream: stream)) }
        }
        #expect(error?.code == RPCError.Code.messageTooLarge.rawValue)
        #expect(error?.message.hasPrefix("/review/findings/2 is of 1258") == true, "\(error?.message ?? "")")
    }

    @Test(
        "of a long one the lists travel in pieces that fit a line, and come back as they were",
        arguments: [6000, 60_000]
    )
    func long(count: Int) async throws {
        let places = Record((0..<count).map { ("/tables/t/\($0)", ["line": .integer($0), "file": "a.yaml"]) })
        let message: Value = [
            "prior": ["audit": ["findings": texts(count), "facts": texts(3), "scores": []]],
            "review": ["facts": texts(count), "places": .record(places), "project": ["name": "n"]], "role": "r",
        ]
        let cut = streams.shortened(LongValue(message), owner: owner)
        #expect(cut.estimatedBytes < 2 << 20)
        #expect(cut["more"]?.record?.keys.contains("/prior/audit/findings") == true)
        #expect(try await whole(cut) == message)
    }

    @Test("every page of a long list is far below the limit of a line")
    func pages() throws {
        let cut = streams.shortened(LongValue(["findings": texts(40_000, of: 2000)]), owner: owner)
        let stream = try #require(cut["more"]?["/findings"]?.text)
        var (count, page) = (
            cut["findings"]?.list?.count ?? 0, StreamPage.items(.init(sequence: 0, items: [], done: false))
        )
        while !page.done {
            page = try streams.next(ListNext(stream: stream))
            guard case .items(let list) = page else { break }
            #expect(JSONWriter.line(list.wire).count < 1 << 20)
            count += list.items.count
        }
        #expect(count == 40_000)
    }

    @Test("only what may be cut is")
    func members() {
        let message: Value = ["config": texts(10_000), "review": ["facts": texts(10_000)]]
        let cut = streams.shortened(LongValue(message), under: ["review"], owner: owner)
        #expect(cut["config"] == message["config"])
        #expect(cut["review"]?["facts"]?.list?.count ?? 0 < 10_000)
    }

    @Test(
        "a gap, a wrong total, a list that is not there and one that does not end are noticed",
        arguments: [
            ("/a", ListPage(sequence: 1, items: [], done: true), "page 1 came, page 0 was due"),
            ("/a", ListPage(sequence: 0, items: [1], done: true, total: 7), "no list of so many elements"),
            ("/b", ListPage(sequence: 0, items: [1], done: true), "no list of so many elements"),
            ("/a/0", ListPage(sequence: 0, items: [1], done: true), "no list of so many elements"),
            (
                "/m", ListPage(sequence: 0, items: [["key": "x", "value": 1]], done: true),
                "no list of so many elements"
            ),
        ]
    )
    func lies(pointer: String, page: ListPage, complaint: String) async throws {
        let message: Value = ["a": [0], "m": ["x": 0], "more": .record(Record([(pointer, .text("s"))]))]
        let error = await #expect(throws: RPCError.self) { try await JSONText(message).completed { _ in page } }
        #expect(error?.message.contains(complaint) == true, "\(String(describing: error))")
    }

    @Test("a stream without an end is given up")
    func endless() async {
        let message: Value = ["a": [], "more": ["/a": "s"]]
        var pages = -1
        let error = await #expect(throws: RPCError.self) {
            try await JSONText(message).completed { _ in
                pages += 1
                return ListPage(sequence: pages, items: [], done: false)
            }
        }
        #expect(error?.message.contains("does not end") == true)
    }

    @Test("nor is a table without an end pulled for ever")
    func endlessTable() async {
        let table = WireTable(schema: TableSchema(name: "t", columns: [Column(name: "n")]), page: nil, stream: "s")
        let pages = Counter()
        let error = await #expect(throws: RPCError.self) {
            try await table.assemble { _ in
                TablePage(sequence: pages.next(), rowCount: 0, columns: [[]], done: false)
            }
        }
        #expect(error?.message.contains("does not end") == true)
    }

    @Test("the list that takes the most room is named")
    func longest() {
        let message: Value = ["config": texts(3), "review": ["facts": texts(10), "findings": texts(9, of: 900)]]
        #expect(message.longestList?.pointer.description == "/review/findings")
        #expect(message.longestList?.count == 9)
    }
}
