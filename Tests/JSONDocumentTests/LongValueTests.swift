import ExactNumbers
import Groundwork
import JSONDocument
import Testing

@Suite("A long value")
struct LongValueTests {
    private let elements: [Value] = (0..<3000).map { ["id": .integer($0), "text": .text("第 \($0) 行\n")] }
    private var tree: Value {
        [
            "z": .list(elements), "name": "n",
            "a": .record(Record(elements.map { ("/t/\($0["id"]?.integer ?? 0)", $0) })),
            "empty": [], "none": [:],
        ]
    }
    private var long: LongValue {
        let elements = elements
        return .record([
            ("z", .list(LongList(elements.count) { elements[$0] })), ("name", .value("n")),
            ("a", .mapping(LongMapping(elements.count, key: { "/t/\($0)" }, value: { elements[$0] }))),
            ("empty", .list(LongList([]))), ("none", .mapping(LongMapping(Record()))),
        ])
    }

    @Test("is the tree that it stands for")
    func whole() { #expect(long.whole == tree) }

    @Test("is written in pieces, and makes the document that its tree makes")
    func pieces() throws {
        var (pieces, document) = (0, [UInt8]())
        try JSONWriter.document(long) { piece in
            pieces += 1
            document += piece
        }
        #expect(pieces > 1)
        #expect(document == JSONWriter.document(tree))
        #expect(JSONWriter.document(long) == document)
    }

    @Test("whose reader fails is written no further")
    func failure() {
        var pieces = 0
        #expect(throws: DecimalOverflow.self) {
            try JSONWriter.document(long) { _ in
                pieces += 1
                throw DecimalOverflow()
            }
        }
        #expect(pieces == 1)
    }

    @Test("whose elements came in pieces is read as if it were whole, mistakes with their places")
    func further() throws {
        let further = FurtherElements()
        further.append(JSONText([3, "four"] as Value), to: JSONPointer(["list"]))
        further.append(JSONText([5] as Value), to: JSONPointer(["list"]))
        further.append(JSONText([["key": "b", "value": 2]] as Value), to: JSONPointer(["mapping"]))
        let log = DiagnosticLog()
        let value: Value = ["list": [1, 2], "mapping": ["a": 1]]
        let record = try #require(ValueReader(value, further: further, log: log).record())
        #expect(record.optional("list")?.list().map { $0.integer() } == [1, 2, 3, nil, 5])
        #expect(log.diagnostics.map(\.pointer.description) == ["/list/3"])
        let members = record.optional("mapping")?.record()?.all() ?? []
        #expect(members.map(\.key) == ["a", "b"])
        #expect(members.map { $0.value.integer() } == [1, 2])
    }
}
