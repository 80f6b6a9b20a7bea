import CSQLite
import LocalFiles
import OfficeFiles
import ReviewModel

/// A SQLite database in a file, which is only ever read.
///
/// Nothing is written beside it, no other file is attached, no extension loaded, no function called that does more than compute.
final class Database {
    let path: String
    /// Tables and views by their names.
    let tables: [String]
    /// Whether the newest rows may be in a `-wal` file beside it, which is not read.
    let hasLog: Bool
    private let handle: OpaquePointer

    static func isOne(_ path: String) throws -> Bool { try head(path, 16) == Array("SQLite format 3\0".utf8) }

    private static func head(_ path: String, _ count: Int) throws -> [UInt8] {
        do throws(FileError) { return try OutsideFile(path, atMost: 1 << 40).bytes(from: 0, atMost: count) } catch {
            throw OfficeFileError(reason: error.reason, help: error.help)
        }
    }

    init(_ path: String) throws {
        self.path = path
        let head = try Self.head(path, 20)
        hasLog = head.count == 20 && head[18] == 2
        var handle: OpaquePointer?
        let address = "file:" + Self.escaped(path) + "?mode=ro&immutable=1"
        let status = sqlite3_open_v2(
            address,
            &handle,
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
            nil
        )
        guard let handle, status == SQLITE_OK else {
            sqlite3_close_v2(handle)
            throw DatabaseError.cannotOpen
        }
        self.handle = handle
        pingshen_sqlite_distrust(handle)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 64 << 20)
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 100_000)
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_set_authorizer(handle, mayDo, nil)
        tables = try Self.tables(handle)
    }

    deinit { sqlite3_close_v2(handle) }

    private static func escaped(_ path: String) -> String {
        var text: [UInt8] = []
        for byte in path.utf8 {
            if byte <= 0x20 || "%?#".utf8.contains(byte) {
                text += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func tables(_ handle: OpaquePointer) throws -> [String] {
        let query =
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            + " ORDER BY name LIMIT 10000"
        var (statement, names) = (nil as OpaquePointer?, [String]())
        guard sqlite3_prepare_v2(handle, query, -1, &statement, nil) == SQLITE_OK else {
            throw DatabaseError.said(handle)
        }
        defer { sqlite3_finalize(statement) }
        while sqlite3_step(statement) == SQLITE_ROW {
            if let text = sqlite3_column_text(statement, 0) { names.append(String(cString: text)) }
        }
        return names
    }

    /// The rows of a table.
    func reading(table: String) throws -> DatabaseReading {
        try reading(query: "SELECT * FROM " + table.enclosed(in: "\""))
    }

    /// The rows that one `SELECT` gives.
    func reading(query: String) throws -> DatabaseReading {
        var (statement, rest) = (nil as OpaquePointer?, nil as UnsafePointer<CChar>?)
        let isOne = try query.withCString { text in
            guard sqlite3_prepare_v2(handle, text, -1, &statement, &rest) == SQLITE_OK else {
                throw DatabaseError.said(handle)
            }
            return rest.map { String(cString: $0).allSatisfy { $0.isWhitespace || $0 == ";" } } ?? true
        }
        guard let statement, isOne, sqlite3_stmt_readonly(statement) != 0 else {
            sqlite3_finalize(statement)
            throw DatabaseError.notOneSelect
        }
        return DatabaseReading(self, handle, statement)
    }
}

/// What a statement may do: read and compute.
private func mayDo(
    _: UnsafeMutableRawPointer?,
    _ action: Int32,
    _: UnsafePointer<CChar>?,
    _ name: UnsafePointer<CChar>?,
    _: UnsafePointer<CChar>?,
    _: UnsafePointer<CChar>?
) -> Int32 {
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
    case SQLITE_FUNCTION:
        let forbidden = ["load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "randomblob", "zeroblob"]
        return name.map { forbidden.contains(String(cString: $0).lowercased()) } ?? true ? SQLITE_DENY : SQLITE_OK
    default: return SQLITE_DENY
    }
}

/// The rows of a query: first one with the names of the columns, which is the head.
final class DatabaseReading: RowReading {
    private(set) var row = SheetRow()
    /// How many values were binary numbers; they were taken with 15 digits.
    private(set) var binaryNumbers = 0
    private let database: Database
    private let handle: OpaquePointer
    private let statement: OpaquePointer
    private var number = 0

    /// As much as a query may compute, in steps of SQLite's machine: some minutes.
    private static let maximumSteps = 2_000_000
    private static let stepsPerCall: Int32 = 10_000

    fileprivate init(_ database: Database, _ handle: OpaquePointer, _ statement: OpaquePointer) {
        (self.database, self.handle, self.statement) = (database, handle, statement)
        let counter = UnsafeMutablePointer<Int>.allocate(capacity: 1)
        counter.initialize(to: 0)
        self.counter = counter
        sqlite3_progress_handler(
            handle,
            Self.stepsPerCall,
            { counter in
                guard let counter = counter?.assumingMemoryBound(to: Int.self) else { return 1 }
                counter.pointee += 1
                return counter.pointee > DatabaseReading.maximumSteps || Task.isCancelled ? 1 : 0
            },
            counter
        )
    }

    private let counter: UnsafeMutablePointer<Int>

    deinit {
        sqlite3_progress_handler(handle, 0, nil, nil)
        sqlite3_finalize(statement)
        counter.deallocate()
    }

    func next() throws -> Bool {
        number += 1
        row.begin(number, isHidden: false)
        if number == 1 {
            for index in 0..<sqlite3_column_count(statement) {
                guard let name = sqlite3_column_name(statement, index) else { continue }
                row.add(.text, column: Int(index) + 1, String(cString: name).utf8)
            }
            return true
        }
        switch sqlite3_step(statement) {
        case SQLITE_ROW:
            for index in 0..<sqlite3_column_count(statement) { try take(index) }
            return true
        case SQLITE_DONE: return false
        case SQLITE_INTERRUPT: throw DatabaseError.tooMuch
        default: throw DatabaseError.said(handle)
        }
    }

    private func take(_ index: Int32) throws {
        let column = Int(index) + 1
        switch sqlite3_column_type(statement, index) {
        // As texts, for what a workbook calls a number has 15 digits at most.
        case SQLITE_INTEGER: row.add(.text, column: column, String(sqlite3_column_int64(statement, index)).utf8)
        case SQLITE_FLOAT:
            binaryNumbers += 1
            let number = sqlite3_column_double(statement, index)
            let text = CellNumber.decimal(number)?.description ?? number.description
            row.add(.text, column: column, text.utf8)
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, index) else { return }
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, index)))
            guard let valid = String(validating: bytes, as: UTF8.self) else { throw DatabaseError.noText }
            row.add(.text, column: column, valid.utf8)
        case SQLITE_BLOB: row.add(.error, column: column, "BLOB".utf8)
        default: return
        }
    }
}

// MARK: - Messages

enum DatabaseError {
    static let cannotOpen = OfficeFileError(
        reason: LocalizedText(zh: "数据库无法打开，可能已损坏", en: "the database cannot be opened; it may be damaged")
    )
    static let notOneSelect = OfficeFileError(
        reason: LocalizedText(zh: "query 应为一条 SELECT", en: "query has to be one SELECT"),
        help: LocalizedText(zh: "数据库只读取，不修改", en: "databases are read, never changed")
    )
    static let tooMuch = OfficeFileError(
        reason: LocalizedText(zh: "查询计算量过大，已停止", en: "the query computes too much and was stopped"),
        help: LocalizedText(zh: "请缩小查询范围", en: "ask for less")
    )
    static let noText = OfficeFileError(
        reason: LocalizedText(zh: "数据库中有文字不是 UTF-8", en: "a text in the database is no UTF-8")
    )

    static func said(_ handle: OpaquePointer) -> OfficeFileError {
        let reason = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "?"
        if reason == "not authorized" { return notOneSelect }
        return OfficeFileError(reason: LocalizedText(zh: "数据库：\(reason)", en: "the database says: \(reason)"))
    }
}
