import DossierQuery
import Glibc
import ReviewModel
import Testing

/// The queries that the specs and the manual hold, and those that used to be slow, over few and many rows.
@Suite("Queries of the house")
struct CorpusTests {
    private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    private static let slow = [
        "SELECT id FROM lines WHERE id NOT IN (SELECT line FROM history WHERE year > 2021)",
        "SELECT id, (SELECT sum(paid) FROM history WHERE line = lines.id) AS paid FROM lines",
        "SELECT count(*) FROM lines WHERE amount > (SELECT avg(amount) FROM lines)",
        "SELECT l.id FROM lines l, history h WHERE h.line = l.id AND h.paid > l.amount",
        "SELECT id FROM lines l WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.line = l.id AND h.paid > l.amount)",
        "SELECT id FROM lines WHERE quantity IN (SELECT year FROM history WHERE line = lines.id)",
        "WITH m AS (SELECT line, max(paid) AS paid FROM history GROUP BY line) SELECT id, m.paid FROM lines "
            + "LEFT JOIN m ON m.line = lines.id",
        "SELECT line, paid - lag(paid) OVER (PARTITION BY line ORDER BY year) AS rise FROM history",
        "SELECT line, sum(paid) OVER (PARTITION BY line ORDER BY year) AS paid FROM history ORDER BY paid DESC LIMIT 5",
    ]

    @Test("there are some")
    func corpus() {
        #expect(Self.queries().count >= 12)
    }

    @Test(
        "each has an answer over no row, one row and many, and works no more than the rows ask for",
        arguments: [0, 1, 10_000]
    )
    func rows(count: Int) throws {
        let dossier = Self.dossier(count)
        for sql in Self.queries() + Self.slow {
            var limits = QueryLimits()
            // A plan that tries every row for every row would need a thousand times more.
            limits.steps = 60 * count + 1000
            let query = DossierQuery(sql)
            let check = query.check(
                tables: dossier.tables.map(\.schema),
                parameters: ["max": .decimal, "subject": .text]
            )
            #expect(check.errors == [], "\(sql)")
            let answer = try query.run(on: dossier, parameters: ["max": 10, "subject": "O1"], limits: limits)
            #expect(answer.schema.columns.map(\.name) == check.columns.map(\.name), "\(sql)")
        }
    }

    private static func dossier(_ count: Int) -> Dossier {
        func table(_ name: String, _ columns: [(String, ColumnType)], _ row: (Int) -> [Value]) -> Table {
            var table = Table(schema: TableSchema(name: name, columns: columns.map { Column(name: $0.0, type: $0.1) }))
            for number in 0..<count { table.append(row: row(number)) }
            return table
        }
        func amount(_ number: Int) -> Value {
            .decimal(ExactDecimal(significand: Int128(number * 7919 % 100_000), places: 2))
        }
        return Dossier(tables: [
            table(
                "lines",
                [("id", .text), ("category", .text), ("amount", .decimal), ("quantity", .integer), ("tags", .texts)]
            ) { [.text("L\($0)"), .text("类别\($0 % 7)"), amount($0), .integer($0 % 9), ["会议"]] },
            table("history", [("line", .text), ("year", .integer), ("paid", .decimal)]) {
                [.text("L\($0 * 31 % max(count, 1))"), .integer(2020 + $0 % 5), amount($0 + 3)]
            },
            table("classrooms", [("room", .text), ("pupils", .integer)]) { [.text("R\($0)"), .integer(30 + $0 % 20)] },
            table("credits", [("vote", .decimal), ("paye", .decimal), ("annee", .integer)]) {
                [amount($0 + 1), amount($0), .integer(2020 + $0 % 7)]
            },
            table("outcomes", [("code", .text), ("design", .text)]) { [.text("O\($0)"), "trials"] },
            table("options", [("option", .text), ("costs", .decimal), ("benefits", .decimal)]) {
                [.text("O\($0)"), amount($0 + 1), amount($0)]
            },
            table("budget_lines", [("amount", .decimal)]) { [amount($0)] },
            table("execution", [("paid", .decimal), ("adjusted", .decimal)]) { [amount($0), amount($0 + 1)] },
            table("indicators", [("code", .text), ("actual", .decimal), ("target", .decimal)]) {
                [.text("D\($0 % 5)"), amount($0), amount($0 + 1)]
            },
        ])
    }

    /// The queries behind `compute: SELECT`, behind `query: >-` and in the manual's `sql` blocks.
    private static func queries() -> [String] {
        var found: [String] = []
        for file in files(in: root + "/Specs")
        // Those of `invalid` are wrong on purpose; those of a summary ask the tables of many reviews, in tests of their own.
        where file.hasSuffix(".yaml") && !file.contains("/invalid/") && !file.hasSuffix("/pipelines/summary.yaml") {
            var block: [Substring]?
            for line in read(file).split(separator: "\n", omittingEmptySubsequences: false) {
                let text = line.drop { $0 == " " }
                if let open = block {
                    if line.hasPrefix("    ") {
                        block = open + [text]
                        continue
                    }
                    found.append(open.joined(separator: " "))
                    block = nil
                }
                if text.hasPrefix("query: >-") { block = [] }
                if text.hasPrefix("compute: SELECT") { found.append(String(text.dropFirst("compute: ".count))) }
                if text.hasPrefix("query: SELECT") { found.append(String(text.dropFirst("query: ".count))) }
            }
        }
        let manual = read(root + "/Docs/QUERIES.md").split(separator: "```sql\n").dropFirst()
        return found + manual.compactMap { $0.split(separator: "```").first.map(String.init) }
    }

    private static func files(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [folder] }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { files += self.files(in: folder + "/" + name) }
        }
        return files.sorted()
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
