import CSQLite
import ReviewModel
import Testing

@testable import sheet_reader

@Suite("Tables from SQLite databases")
struct DatabaseSourceTests {
    private let folder = Folder()

    private func database(_ sql: String) -> String {
        let path = folder.write("town.db", [])
        var handle: OpaquePointer?
        #expect(sqlite3_open(path, &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
        return path
    }

    private let lines = """
        CREATE TABLE lines ("项目内容" TEXT, quantity INTEGER, "金额" DECIMAL(18,2));
        INSERT INTO lines VALUES ('厨房', 2, '14017700.30'), ('外墙', 9007199254740993, 0.1), (NULL, NULL, NULL);
        CREATE TABLE other (a, b);
        """

    @Test("are read with exact amounts, empty cells, and the row as place")
    func table() async throws {
        let found = try await reading(database(lines))
        #expect(found.columns == ["group", "quantity", "amount"])
        #expect(found.rows == ["厨房|2|14017700.3", "外墙|9007199254740993|0.1"])
        #expect(found.tables[0].place(ofRow: 1)?.brief == "town.db, lines R2C1")
    }

    @Test("are read by their names, whatever a quotation mark in one is joined to")
    func joinedName() async throws {
        let name = "l\u{D4E}\"\u{301} WHERE 0 --"
        let quoted = name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        let path = database("CREATE TABLE \"\(quoted)\" (a, b); INSERT INTO \"\(quoted)\" VALUES (1, 2);")
        let database = try Database(path)
        #expect(database.tables == [name])
        _ = try database.reading(table: name)
    }

    @Test("are the answers of one SELECT")
    func query() async throws {
        let path = database(lines)
        let found = try await reading(
            path,
            ["query": "SELECT \"项目内容\" AS item, quantity * 2 AS amount FROM lines WHERE quantity < 10"]
        )
        #expect(found.rows == ["厨房|4"])
    }

    @Test(
        "cannot be changed, nor anything else be reached from them",
        arguments: [
            "DELETE FROM lines", "ATTACH '/tmp/x.db' AS x", "PRAGMA writable_schema = 1", "SELECT load_extension('x')",
            "CREATE TABLE z (a)",
            "SELECT 1; SELECT 2", "SELECT readfile('/etc/passwd')", "VACUUM INTO '/tmp/x.db'", "",
        ]
    )
    func readOnly(_ sql: String) async throws {
        let path = database(lines)
        await #expect(throws: BookError.self) { try await reading(path, ["query": .text(sql)]) }
        #expect(try await reading(path).rows.count == 2)
    }

    @Test("are stopped where a query has no end")
    func endless() async throws {
        let path = database(lines)
        let sql =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS amount, 'x' AS item FROM n"
        let task = Task { try await reading(path, ["query": .text(sql)]) }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
    }

    @Test("that are damaged are refused in a sentence")
    func damaged() async throws {
        let path = folder.write("bad.db", Array("SQLite format 3\0".utf8) + [UInt8](repeating: 7, count: 3000))
        let error = await #expect(throws: BookError.self) { try await reading(path) }
        #expect(error?.sentence.en.hasPrefix("bad.db: the database says") == true)
    }
}
