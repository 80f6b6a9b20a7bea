internal import CSQLite
internal import LocalFiles
public import ReviewModel

/// A table that goes into a database.
public struct StoredTable: Sendable {
    public var table: Table
    /// The columns that are money: each gets a column `NAME_cents` behind it.
    public var money: [String]
    /// The column that says what a row's amounts count, as the code of a currency: those of another measure have no cents. Where the
    /// table has none, or the row says nothing, they are money all the same.
    public static let unitColumn = "money_unit"

    public init(_ table: Table, money: [String] = []) { (self.table, self.money) = (table, money) }
}

/// Why a database was not written.
public struct StorageError: Error, Sendable {
    public var message: LocalizedText
}

/// Writes tables as a SQLite file, in the place of one that may be there; where that fails, that one stands as it was.
///
/// Decimals are texts, exact to the last digit. A column of money also has its amount as a whole number of cents, which sums and
/// compares; it is null where the amount is no such number, or no money. A column `review` has an index. The same tables give the same bytes, by
/// the same release of SQLite.
///
/// - Throws: ``StorageError``
public func writeDatabase(_ tables: [StoredTable], to path: String) throws(StorageError) {
    let partial = FileSystem.unusedName(prefix: FilePaths.folder(of: path) + "/.")
    do throws(StorageError) {
        if let complaint = databaseComplaint(path) { throw StorageError(message: complaint) }
        let database = try DatabaseFile(partial, for: path)
        for table in tables { try database.store(table) }
        try database.run("COMMIT")
        database.close()
        do throws(FileError) { try FileSystem.rename(partial, to: path) } catch {
            throw StorageError(message: cannotStore(path, error.reason))
        }
    } catch {
        FileSystem.remove(partial)
        throw error
    }
}

/// Why no database may be written there; `nil` where nothing is in the way, or one that this program wrote.
public func databaseComplaint(_ path: String) -> LocalizedText? {
    if FileSystem.isFolder(path) { return isFolder(path) }
    return FileSystem.mayExist(path) && !DatabaseFile.isOurs(path) ? isNotOurs(path) : nil
}

/// A SQLite file that is filled.
private final class DatabaseFile {
    private var handle: OpaquePointer?
    private let path: String

    /// - Parameter path: what the file will be called.
    init(_ partial: String, for path: String) throws(StorageError) {
        self.path = path
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(FileSystem.absolute(partial), &handle, flags, nil) == SQLITE_OK else { throw said() }
        // What is half-written nobody sees, so nothing has to be taken back.
        let mark = "PRAGMA application_id = \(Self.mark)"
        for word in ["PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", mark, "BEGIN"] { try run(word) }
    }

    /// "PSSH", where SQLite keeps a number for the program whose file it is.
    private static let mark: UInt32 = 0x5053_5348
    private static let placeOfMark = 68

    /// Whether a database that this program wrote is at `path`, or an empty file, which may be replaced.
    static func isOurs(_ path: String) -> Bool {
        guard let head = FileSystem.head(of: path, placeOfMark + 4) else { return false }
        if head.isEmpty { return true }
        guard head.count == placeOfMark + 4, head.starts(with: "SQLite format 3\0".utf8) else { return false }
        return head.dropFirst(placeOfMark).reduce(0) { $0 << 8 | UInt32($1) } == mark
    }

    deinit { close() }

    func close() {
        sqlite3_close_v2(handle)
        handle = nil
    }

    func run(_ statement: String) throws(StorageError) {
        guard sqlite3_exec(handle, statement, nil, nil, nil) == SQLITE_OK else { throw said() }
    }

    func store(_ stored: StoredTable) throws(StorageError) {
        let (table, name) = (stored.table, Self.quoted(stored.table.name))
        var written: [String] = []
        for column in table.schema.columns {
            let type = column.type == .integer || column.type == .boolean ? "INTEGER" : "TEXT"
            written.append("\(Self.quoted(column.name)) \(type)")
            if stored.money.contains(column.name) { written.append("\(Self.quoted(column.name + "_cents")) INTEGER") }
        }
        try run("CREATE TABLE \(name) (\(written.joined(separator: ", ")))")
        let marks = Array(repeating: "?", count: written.count).joined(separator: ", ")
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, "INSERT INTO \(name) VALUES (\(marks))", -1, &statement, nil) == SQLITE_OK
        else {
            throw said()
        }
        defer { sqlite3_finalize(statement) }
        let money = table.schema.columns.map { stored.money.contains($0.name) }
        let unit = table.schema.position(of: StoredTable.unitColumn)
        for row in 0..<table.rowCount {
            let counts = unit.flatMap { table.cell(row: row, column: $0).scalarText } ?? ""
            let hasCents = if case .money(_, 0)? = FigureUnit(rawValue: counts) { true } else { counts.isEmpty }
            var position: Int32 = 0
            for (column, isMoney) in money.enumerated() {
                let value = table.cell(row: row, column: column)
                position += 1
                Self.bind(value, statement, position)
                guard isMoney else { continue }
                position += 1
                if hasCents, let cents = value.decimal?.wholeCents {
                    sqlite3_bind_int64(statement, position, cents)
                } else {
                    sqlite3_bind_null(statement, position)
                }
            }
            guard sqlite3_step(statement) == SQLITE_DONE else { throw said() }
            sqlite3_reset(statement)
        }
        if table.schema.position(of: "review") != nil {
            try run("CREATE INDEX \(Self.quoted(table.name + " by review")) ON \(name) (review)")
        }
    }

    private static func bind(_ value: Value, _ statement: OpaquePointer?, _ position: Int32) {
        switch value {
        case .null: sqlite3_bind_null(statement, position)
        case .boolean(let boolean): sqlite3_bind_int64(statement, position, boolean ? 1 : 0)
        case .integer(let integer): sqlite3_bind_int64(statement, position, Int64(integer))
        case .list, .record: bind(String(decoding: JSONWriter.line(value), as: UTF8.self), statement, position)
        default: bind(value.scalarText ?? "", statement, position)
        }
    }

    private static func bind(_ text: String, _ statement: OpaquePointer?, _ position: Int32) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                _ = pingshen_sqlite_bind(statement, position, characters.baseAddress, Int32(characters.count))
            }
        }
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private func said() -> StorageError {
        let text = handle.map { String(cString: sqlite3_errmsg($0)) } ?? ""
        return StorageError(message: cannotStore(path, LocalizedText(text)))
    }
}

extension ExactDecimal {
    /// As cents, where it is a whole number of them.
    fileprivate var wholeCents: Int64? {
        let short = withoutTrailingZeros
        guard short.places <= 2 else { return nil }
        let factor: Int128 = short.places == 2 ? 1 : short.places == 1 ? 10 : 100
        let (cents, overflow) = short.significand.multipliedReportingOverflow(by: factor)
        return overflow ? nil : Int64(exactly: cents)
    }
}

// MARK: - Messages

private func cannotStore(_ path: String, _ reason: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "无法写入数据库 \(path)：\(reason.zh)。请检查文件夹、权限和剩余空间",
        en: "cannot write the database \(path): \(reason.en); check the folder, its permissions and the free space"
    )
}

private func isNotOurs(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 已经存在，且不是本程序写的数据库，没有动它；请换一个文件名，或先移走它",
        en:
            "\(path) is there already and is no database that pingshen wrote, so it stands as it was; name another file, or move it away"
    )
}

private func isFolder(_ path: String) -> LocalizedText {
    LocalizedText(zh: "\(path) 是文件夹；请写数据库的文件名", en: "\(path) is a folder; name a file for the database")
}
