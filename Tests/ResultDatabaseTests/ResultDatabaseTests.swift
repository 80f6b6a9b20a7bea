import CSQLite
import Glibc
import LocalFiles
import ReviewModel
import Testing

@testable import ResultDatabase

@Suite("A database of results")
struct ResultDatabaseTests {
    private func lines(_ name: String = "lines") -> StoredTable {
        var table = TableBuilder(
            TableSchema(
                name: name,
                columns: [
                    Column(name: "review"), Column(name: "amount", type: .decimal), Column(name: "n", type: .integer),
                    Column(name: "waived", type: .boolean),
                ]
            )
        )
        let rows: [[Value]] = [
            ["甲'\"", Value(ExactDecimal("1234567890123.4")), 3, true],
            ["b", Value(ExactDecimal("0.005")), .null, false],
            ["c", Value(ExactDecimal("-2.00")), 0, false], ["d", .null, 1, .null],
        ]
        for row in rows {
            for (column, cell) in row.enumerated() { table.append(cell, column: column) }
            table.endRow()
        }
        return StoredTable(table.table(), money: ["amount"])
    }

    private func answers(_ path: String, _ query: String) -> [String] {
        var (handle, statement, answers) = (nil as OpaquePointer?, nil as OpaquePointer?, [String]())
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
            sqlite3_prepare_v2(handle, query, -1, &statement, nil) == SQLITE_OK
        else { return [handle.map { String(cString: sqlite3_errmsg($0)) } ?? "no file"] }
        defer { sqlite3_finalize(statement) }
        while sqlite3_step(statement) == SQLITE_ROW {
            let cells = (0..<sqlite3_column_count(statement)).map { column in
                sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "-"
            }
            answers.append(cells.joined(separator: " "))
        }
        return answers
    }

    @Test("amounts are exact texts, and whole cents where they are some; texts and names cannot break out")
    func amounts() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/results.sqlite"
            try writeDatabase([lines(), lines("odd \"name\"; --")], to: path)
            let expected = [
                "甲'\" 1234567890123.4 123456789012340 3 1", "b 0.005 - - 0", "c -2.00 -200 0 0", "d - - 1 -",
            ]
            #expect(answers(path, "SELECT * FROM lines") == expected)
            #expect(answers(path, "SELECT * FROM \"odd \"\"name\"\"; --\"") == expected)
            #expect(answers(path, "SELECT typeof(amount), typeof(amount_cents) FROM lines LIMIT 1") == ["text integer"])
            #expect(FileSystem.names(in: folder) == ["results.sqlite"])
        }
    }

    @Test("amounts of what is no currency have no cents")
    func units() throws {
        var table = TableBuilder(
            TableSchema(
                name: "sums",
                columns: [Column(name: "amount", type: .decimal), Column(name: StoredTable.unitColumn)]
            )
        )
        for unit in ["CNY", "USD", "工日", "CNY-wan", nil] {
            table.append(Value(ExactDecimal("7.00")), column: 0)
            table.append(Value(unit), column: 1)
            table.endRow()
        }
        try withTemporaryFolder { folder in
            let path = folder + "/results.sqlite"
            try writeDatabase([StoredTable(table.table(), money: ["amount"])], to: path)
            #expect(
                answers(path, "SELECT money_unit, amount_cents FROM sums")
                    == ["CNY 700", "USD 700", "工日 -", "CNY-wan -", "- 700"]
            )
        }
    }

    @Test("the same tables are the same bytes, in the place of what was there")
    func sameBytes() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/results.sqlite"
            try writeDatabase([lines("others")], to: path)
            try writeDatabase([lines()], to: path)
            #expect(answers(path, "SELECT count(*) FROM lines") == ["4"])
            let first = try FileSystem.read(path, atMost: 1 << 20)
            try writeDatabase([lines()], to: path)
            #expect(try FileSystem.read(path, atMost: 1 << 20) == first)
        }
    }

    @Test("where it fails, the earlier file stands and nothing else is left")
    func failure() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/results.sqlite"
            try writeDatabase([lines()], to: path)
            let earlier = try FileSystem.read(path, atMost: 1 << 20)
            #expect(throws: StorageError.self) { try writeDatabase([lines(), lines("LINES")], to: path) }
            #expect(try FileSystem.read(path, atMost: 1 << 20) == earlier)
            #expect(FileSystem.names(in: folder) == ["results.sqlite"])
            #expect(throws: StorageError.self) { try writeDatabase([lines()], to: folder) }
            #expect(throws: StorageError.self) { try writeDatabase([lines()], to: folder + "/none/results.sqlite") }
        }
    }
}

extension ResultDatabaseTests {
    @Test(
        "what is at the place and is no database of this program stands as it was: text, another program's, a link, a pipe"
    )
    func foreign() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/results.sqlite"
            try FileSystem.write(Array("pingshen: 1\n".utf8), to: folder + "/spec.yaml")
            var handle: OpaquePointer?
            #expect(sqlite3_open(folder + "/other.sqlite", &handle) == SQLITE_OK)
            #expect(sqlite3_exec(handle, "CREATE TABLE mine (x)", nil, nil, nil) == SQLITE_OK)
            sqlite3_close(handle)
            #expect(symlink("spec.yaml", folder + "/link") == 0 && mkfifo(folder + "/pipe", 0o600) == 0)
            for name in ["spec.yaml", "other.sqlite", "link", "pipe"] {
                let error = #expect(throws: StorageError.self) { try writeDatabase([lines()], to: folder + "/" + name) }
                #expect(error?.message.en.contains("is there already and is no database that pingshen wrote") == true)
            }
            #expect(try FileSystem.read(folder + "/spec.yaml", atMost: 100) == Array("pingshen: 1\n".utf8))
            #expect(answers(folder + "/other.sqlite", "SELECT name FROM sqlite_master") == ["mine"])
            #expect(FileSystem.isLink(folder + "/link"))
            try FileSystem.write([], to: path)
            try writeDatabase([lines()], to: path)
        }
    }
}

/// Runs `body` with a folder that is gone afterwards.
private func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = try FileSystem.makeTemporaryFolder(prefix: FileSystem.temporaryRoot() + "/pingshen-test-")
    defer { FileSystem.remove(folder) }
    try body(folder)
}
