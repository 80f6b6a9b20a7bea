import DossierQuery
import FuzzProperties
import Glibc
import ReviewModel
import Testing

/// Queries made at random, whole numbers only: SQLite says what is right, and so does trying every row.
@Suite("Random queries")
struct RandomQueryTests {
    private static let dossier = Dossier(
        tables: QueryGenerator.tables.enumerated().map { index, shape in
            var table = Table(
                schema: TableSchema(
                    name: shape.name,
                    columns: shape.numbers.map { Column(name: $0, type: $0 == "b" ? .decimal : .integer) }
                        + shape.texts.map { Column(name: $0) }
                )
            )
            var choices = Choices(seed: UInt64(index), count: 500)
            for row in 1...(11 - index * 3) {
                let numbers = shape.numbers.dropFirst().map { _ -> Value in
                    choices.below(5) == 4 ? .null : .integer(choices.below(7) - 1)
                }
                let text: Value = choices.below(5) == 4 ? .null : .text("k\(choices.below(3))")
                table.append(row: [.integer(row)] + numbers + [text])
            }
            return table
        }
    )

    private static let queries: [String] = (0..<400).map { seed in
        var generator = QueryGenerator(Choices(seed: UInt64(seed) &* 7919, count: 160))
        return generator.query()
    }

    private enum Answer: Equatable {
        case rows([[String?]])
        case tooMuch

        /// Rows as a set, unless the query says in which order they are.
        func ordered(by sql: String) -> Answer {
            guard case .rows(let rows) = self, !sql.contains(" ORDER BY 1") else { return self }
            return .rows(rows.sorted { $0.map { $0 ?? "" }.lexicographicallyPrecedes($1.map { $0 ?? "" }) })
        }
    }

    private func ask(_ sql: String, optimises: Bool) throws(QueryError) -> Answer {
        var query = DossierQuery(sql)
        query.optimises = optimises
        var limits = QueryLimits()
        limits.steps = 40_000
        do throws(QueryError) {
            let table = try query.run(on: Self.dossier, limits: limits)
            return .rows(table.rows.map { row in table.schema.columns.indices.map { Self.cell(table, row.index, $0) } })
        } catch {
            if error.message.en.contains("too much work") { return .tooMuch }
            throw error
        }
    }

    private static func cell(_ table: Table, _ row: Int, _ column: Int) -> String? {
        let value = table.cell(row: row, column: column)
        return value.isNull ? nil : value.scalarText
    }

    @Test("have the same answer with the plan that is made for them and with every row tried")
    func plans() throws {
        var compared = 0
        for sql in Self.queries {
            let planned = try ask(sql, optimises: true)
            let tried = try ask(sql, optimises: false)
            if planned == .tooMuch || tried == .tooMuch { continue }
            compared += 1
            #expect(planned == tried, "\(sql)")
        }
        #expect(compared > 300)
    }

    @Test("have the same answer as from SQLite")
    func sqlite() throws {
        let answers = try answersOfSQLite()
        try #require(answers.count == Self.queries.count)
        var compared = 0
        for (sql, right) in zip(Self.queries, answers) {
            guard case .rows(let found) = try ask(sql, optimises: true).ordered(by: sql) else { continue }
            compared += 1
            #expect(Answer.rows(found) == right.ordered(by: sql), "\(sql)")
        }
        #expect(compared > 350)
    }

    private func answersOfSQLite() throws -> [Answer] {
        let name = "/tmp/pingshen-queries-\(getpid()).sql"
        defer { unlink(name) }
        let script = (Self.setup + [""] + Self.queries).joined(separator: "\n")
        let file = try #require(fopen(name, "w"))
        fputs(script, file)
        fclose(file)
        let tests = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
        let pipe = try #require(popen("python3 '\(tests)/Fixtures/ask-sqlite.py' '\(name)'", "r"))
        defer { pclose(pipe) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
        return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            let value = try JSONReader.read(Array(line))
            let rows = try #require(value.list, "\(value.text ?? "")")
            return .rows(rows.map { row in (row.list ?? []).map { $0.isNull ? nil : $0.scalarText } })
        }
    }

    private static var setup: [String] {
        dossier.tables.flatMap { table in
            let names = table.schema.columns.map(\.name)
            let types = table.schema.columns.map { $0.type == .text ? "TEXT" : "INTEGER" }
            let columns = zip(names, types).map { $0 + " " + $1 }.joined(separator: ", ")
            return ["CREATE TABLE \(table.name) (\(columns))"]
                + table.rows.map { row in
                    let cells = names.indices.map { cell(table, row.index, $0) }
                    let literals = zip(cells, types).map { cell, type in
                        cell.map { type == "TEXT" ? "'\($0)'" : $0 } ?? "NULL"
                    }
                    return "INSERT INTO \(table.name) VALUES (\(literals.joined(separator: ", ")))"
                }
        }
    }
}
