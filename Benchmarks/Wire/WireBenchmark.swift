import Glibc
import PluginRuntime
import PluginWire
import ReviewModel

/// Measures the wire against a plain C pair and a plain Python plugin, all in one run: compare the ratios, not the
/// times. `Scripts/bench` builds what this needs and passes the folder of the built programs.
@main
struct WireBenchmark {
    static func main() async throws {
        guard CommandLine.arguments.count > 1 else {
            print("usage: wire-benchmark FOLDER [rows|calls]   (see Scripts/bench)")
            exit(64)
        }
        let folder = CommandLine.arguments[1]
        let swift = [folder + "/echo-plugin"]
        let python = ["/usr/bin/env", "python3", folder + "/echo.py"]
        // Alone, for a profiler.
        if CommandLine.arguments.last == "rows" { return printTable(try await streamRows(swift)) }
        if CommandLine.arguments.last == "calls" {
            return print("\(try await callsASecond(swift, count: 640_000)) calls a second")
        }
        var rows: [[String]] = [["", "C pair", "pingshen", "ratio", "Python plugin"]]
        rows.append(try await spawnRow(folder, swift, python))
        for (name, bytes, count) in [("round trip 200 B", 200, 4000), ("round trip 100 KB", 100_000, 400)] {
            let pair = try cPair(folder, bytes: bytes, count: count)
            let ours = try await roundTrips(swift, bytes: bytes, count: count)
            let pythons = try await roundTrips(python, bytes: bytes, count: count)
            for (part, label) in [(0.5, "p50"), (0.99, "p99")] {
                let (a, b, c) = (percentile(pair, part), percentile(ours, part), percentile(pythons, part))
                rows.append([
                    "\(name), \(label)", microseconds(a), microseconds(b), ratio(b, a), microseconds(c),
                ])
            }
        }
        rows.append(try await outstandingRow(folder, swift, python))
        rows += try await streamRows(swift)
        printTable(rows)
    }

    private static func spawnRow(
        _ folder: String,
        _ swift: [String],
        _ python: [String]
    ) async throws -> [String] {
        var (pair, ours, pythons) = ([Int](), [Int](), [Int]())
        for _ in 0..<30 {
            pair.append(try spawnOfCPair(folder))
            ours.append(try await spawn(swift))
            pythons.append(try await spawn(python))
        }
        let (a, b, c) = (percentile(pair, 0.5), percentile(ours, 0.5), percentile(pythons, 0.5))
        return ["spawn to first reply", microseconds(a), microseconds(b), ratio(b, a), microseconds(c)]
    }

    /// Calls a second with 64 outstanding.
    private static func outstandingRow(
        _ folder: String,
        _ swift: [String],
        _ python: [String]
    ) async throws -> [String] {
        let count = 64_000
        let lines = run("\(folder)/echo 200 \(count) 64 apart 2>/dev/null").split(separator: "\n")
        let pair = count * 1_000_000_000 / (lines.first.flatMap { Int($0) } ?? 1)
        let ours = try await callsASecond(swift, count: count)
        let pythons = try await callsASecond(python, count: count / 4)
        return ["calls a second, 64 outstanding", "\(pair)", "\(ours)", ratio(ours, pair), "\(pythons)"]
    }

    /// Rows of 200 bytes a second: to the plugin page by page, to it as a whole table, and from it as a whole table.
    private static func streamRows(_ swift: [String]) async throws -> [[String]] {
        let count = 400_000
        var table = Table(
            schema: TableSchema(name: "rows", columns: (0..<4).map { Column(name: "c\($0)") })
        )
        let cell = Value.text(String(repeating: "x", count: 46))
        for _ in 0..<count { table.append(row: [cell, cell, cell, cell]) }
        // Under another name it is not sent along.
        var others = table
        others.schema.name = "others"
        let (dossier, paged) = (Dossier(tables: [table]), Dossier(tables: [others]))
        let pages = try await withBenchmarkPlugin(swift) { session in
            try await rate(count) {
                try await session.score("echo", paged, ["pages": "others"]).facts.first?.value == .integer(count)
            }
        }
        let whole = try await withBenchmarkPlugin(swift) { session in
            try await rate(count) { try await session.score("echo", dossier).facts.first?.value == .integer(count) }
        }
        let from = try await withBenchmarkPlugin(swift) { session in
            try await rate(count) {
                try await session.tables("rows", ["rows": .integer(count)]).first?.rowCount == count
            }
        }
        return [
            ["rows of 200 B a second, to a plugin, page by page", "", "\(pages)", "", ""],
            ["the same, as a whole table", "", "\(whole)", "", ""],
            ["from a plugin, as a whole table (made meanwhile)", "", "\(from)", "", ""],
        ]
    }

    private static func rate(_ count: Int, _ body: () async throws -> Bool) async throws -> Int {
        let start = now()
        let isRight = try await body()
        precondition(isRight)
        return count * 1_000_000_000 / (now() - start)
    }
}

// MARK: - Ours

private func spawn(_ command: [String]) async throws -> Int {
    let start = now()
    return try await withBenchmarkPlugin(command) { _ in now() - start }
}

private func roundTrips(_ command: [String], bytes: Int, count: Int) async throws -> [Int] {
    let settings: Value = ["text": .text(String(repeating: "x", count: max(1, bytes - 110)))]
    return try await withBenchmarkPlugin(command) { session in
        var times: [Int] = []
        for _ in 0..<count {
            let start = now()
            _ = try await session.validate("echo", settings)
            times.append(now() - start)
        }
        return times
    }
}

private func callsASecond(_ command: [String], count: Int) async throws -> Int {
    let settings: Value = ["text": .text(String(repeating: "x", count: 90))]
    return try await withBenchmarkPlugin(command) { session in
        let start = now()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask { for _ in 0..<count / 64 { _ = try await session.validate("echo", settings) } }
            }
            try await group.waitForAll()
        }
        return count * 1_000_000_000 / (now() - start)
    }
}

// MARK: - The C pair

private func cPair(_ folder: String, bytes: Int, count: Int) throws -> [Int] {
    run("\(folder)/echo \(bytes) \(count) 1 apart 2>/dev/null").split(separator: "\n").compactMap { Int($0) }
}

private func spawnOfCPair(_ folder: String) throws -> Int {
    Int(run("\(folder)/echo 200 1 1 2>&1 >/dev/null").filter { $0.isNumber }) ?? 0
}

/// What a shell command prints.
private func run(_ command: String) -> String {
    guard let pipe = popen(command, "r") else { return "" }
    defer { pclose(pipe) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

// MARK: - Figures

private func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

private func percentile(_ times: [Int], _ part: Double) -> Int {
    let sorted = times.sorted()
    return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
}

private func microseconds(_ nanoseconds: Int) -> String { "\(nanoseconds / 1000) µs" }

private func ratio(_ a: Int, _ b: Int) -> String {
    b == 0 ? "" : "\(a * 100 / b / 100).\(String(a * 100 / b % 100 + 100).dropFirst())"
}

private func printTable(_ rows: [[String]]) {
    for (index, row) in rows.enumerated() {
        print("| " + row.joined(separator: " | ") + " |")
        if index == 0 { print("|---|" + String(repeating: "--:|", count: row.count - 1)) }
    }
}
