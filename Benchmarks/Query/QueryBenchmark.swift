import DossierQuery
import Glibc
import ReviewModel

/// Times the queries of `queries.sql` over two tables that it makes, and writes these for the peer: run by
/// `Scripts/bench-queries FOLDER`, which stands SQLite beside it.
@main
struct QueryBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let rows = Int(arguments[3]), rows > 0 else {
            print("usage: query-benchmark QUERIES FOLDER ROWS")
            exit(64)
        }
        var random = Steps(state: 42)
        let dossier = Dossier(tables: [lines(rows, &random), history(rows, &random)])
        for table in dossier.tables { write(table, to: arguments[2] + "/" + table.name + ".csv") }
        for (name, sql) in queries(read(arguments[1])) {
            var best = Int.max
            for _ in 0..<3 {
                let start = processorTime()
                _ = try DossierQuery(sql).run(on: dossier)
                best = min(best, processorTime() - start)
            }
            print("\(name)\t\(best / 1000)")
        }
    }

    /// Each `-- name` and the query below it.
    private static func queries(_ text: String) -> [(name: String, sql: String)] {
        let lines = text.split(separator: "\n").map(String.init)
        return zip(lines, lines.dropFirst()).filter { $0.0.hasPrefix("-- ") }.map { (String($0.0.dropFirst(3)), $0.1) }
    }

    private static func lines(_ count: Int, _ random: inout Steps) -> Table {
        var builder = TableBuilder(
            TableSchema(
                name: "lines",
                columns: [
                    Column(name: "id"), Column(name: "category"), Column(name: "qty", type: .integer),
                    Column(name: "price", type: .decimal), Column(name: "amount", type: .decimal),
                ]
            ),
            expectedRows: count
        )
        for row in 0..<count {
            let (quantity, price) = (random.below(50) + 1, random.below(100_000))
            let amount = quantity * price + (random.below(100) == 0 ? 1 : 0)
            builder.append(.text("L\(row)"), column: 0)
            builder.append(.text("类别\(random.below(100))"), column: 1)
            builder.append(.integer(quantity), column: 2)
            builder.append(cents(price), column: 3)
            builder.append(cents(amount), column: 4)
            builder.endRow()
        }
        return builder.table()
    }

    private static func history(_ count: Int, _ random: inout Steps) -> Table {
        var builder = TableBuilder(
            TableSchema(
                name: "history",
                columns: [
                    Column(name: "line"), Column(name: "year", type: .integer), Column(name: "paid", type: .decimal),
                ]
            ),
            expectedRows: count
        )
        for _ in 0..<count {
            builder.append(.text("L\(random.below(count))"), column: 0)
            builder.append(.integer(2020 + random.below(5)), column: 1)
            builder.append(cents(random.below(1_000_000)), column: 2)
            builder.endRow()
        }
        return builder.table()
    }

    private static func cents(_ number: Int) -> Value {
        .decimal(ExactDecimal(significand: Int128(number), places: 2))
    }

    /// Amounts in cents, for a peer that has no exact decimals.
    private static func write(_ table: Table, to path: String) {
        guard let file = fopen(path, "w") else { return }
        defer { fclose(file) }
        for row in table.rows {
            let cells = table.schema.columns.map { column in
                column.type == .decimal ? "\(row.decimal(column.name)?.significand ?? 0)" : row.text(column.name)
            }
            fputs(cells.joined(separator: ",") + "\n", file)
        }
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nanoseconds that this thread has worked: other programs hardly change them.
    private static func processorTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

/// The same numbers in every run.
private struct Steps {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
    }
}
