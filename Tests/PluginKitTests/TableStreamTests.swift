import PluginKit
import PluginTesting
import ReviewModel
import Testing

@Suite("Tables that are read as they are asked for")
struct TableStreamTests {
    /// Ten thousand numbers, of which one is none; or a file that ends in the middle.
    private final class Counting: TableStream, @unchecked Sendable {
        let schema = TableSchema(name: "numbers", columns: [Column(name: "n", type: .integer)])
        let texts = ["n"]
        let findings = [Finding(rule: "count/done", severity: .info, message: LocalizedText("done"))]
        private var next = 0
        private let isBroken: Bool

        init(isBroken: Bool) { self.isBroken = isBroken }

        func next(maximumRows: Int) throws -> Table? {
            if next == 10_000 { return nil }
            if isBroken, next > 4000 { throw Broken() }
            var table = Table(schema: schema)
            for number in next..<min(next + maximumRows, 10_000) {
                table.append(row: [number == 5000 ? "?" : .integer(number)])
            }
            next += table.rowCount
            return table
        }
    }

    private struct Broken: Error, CustomStringConvertible { var description: String { "the file is cut off" } }

    private struct Source: DataSource {
        let role = RoleDescription(kind: .source, name: "count", summary: "counts", writes: ["numbers"])
        func tables(_ request: SourceRequest) async throws -> [Table] { [] }
        func read(_ request: SourceRequest) async throws -> SourceReading {
            var reading = SourceReading([])
            if request.mayStream {
                reading.streams = [Counting(isBroken: request.configuration["broken"] == true)]
            }
            return reading
        }
    }

    @Test("come page by page, with what is said at their end; columns with other cells are texts then")
    func whole() async throws {
        let reading = try await withLoopback(Plugin(Source(), version: "1")) { host in try await host.read("count") }
        let table = try #require(reading.tables.first)
        #expect(table.rowCount == 10_000 && table.schema.columns.map(\.type) == [.text])
        #expect(table.cell(row: 9999, column: "n") == "9999" && table.cell(row: 5000, column: "n") == "?")
        #expect(reading.findings.map(\.rule) == ["count/done"])
    }

    @Test("fail where they break, in the source's words")
    func broken() async throws {
        let error = await #expect(throws: (any Error).self) {
            try await withLoopback(Plugin(Source(), version: "1")) { host in
                try await host.read("count", configuration: ["broken": true])
            }
        }
        #expect("\(String(describing: error))".contains("the file is cut off"))
    }
}
