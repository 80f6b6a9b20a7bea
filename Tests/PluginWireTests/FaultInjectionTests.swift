import PluginTesting
import PluginWire
import ReviewModel
import Synchronization
import Testing

/// Conversations in which a plugin reads tables page by page while it serves calls, over a wire that goes wrong.
@Suite("Over a faulty wire", .serialized, .timeLimit(.minutes(2)))
struct FaultInjectionTests {
    private static let conversations = 3000

    /// What a caller got: the sum it asked for, or why it has none.
    private enum Outcome: Hashable { case sum(Int), refused(Int), ended, other }

    private func table(_ rows: Int) -> Table {
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "n", type: .integer)]))
        _ = table.append(page: [(0..<rows).map { .integer($0 * rows) }])
        return table
    }

    private func expected(_ rows: Int) -> Int { (0..<rows).reduce(0) { $0 + $1 * rows } }

    /// The host: opens a stream over a table of as many rows as asked for.
    private func host() -> Peer.Handlers {
        let streams = OpenStreams()
        return Peer.Handlers(request: { call, _ in
            switch call.method {
            case "open":
                let table = table(call.params["rows"]?.integer ?? 0)
                return WireTable(
                    schema: table.schema,
                    page: nil,
                    stream: streams.open(TablePager(table), owner: .number(call.params["rows"]?.integer ?? 0))
                ).wire
            default: return try streams.next(RowsNext.read(call.params, of: call.method)).wire
            }
        })
    }

    /// The plugin: reads the table in pages of three rows and adds it up.
    private let plugin = Peer.Handlers(request: { call, host in
        let rows = call.params["rows"] ?? 0
        let opened = try await host.call(id: host.reserveID(), "open", ["rows": rows])
        let table = try await WireTable.read(opened, of: "open").assemble { request in
            try await host.call(StreamNext(stream: request.stream, maximumRows: 3))
        }
        return ["rows": rows, "sum": .integer(table.rows.reduce(0) { $0 + (($1["n"].integer) ?? 0) })]
    })

    /// One conversation; `wrong` lists sums that are not what was asked for.
    private func converse(_ rates: FaultRates, seed: UInt64) async -> (
        report: FaultReport, outcomes: [Outcome], wrong: [Int]
    ) {
        var generator = SeededGenerator(seed: seed ^ 0x5EED)
        let sizes = (0..<Int.random(in: 1...4, using: &generator)).map { _ in Int.random(in: 0...11, using: &generator)
        }
        let got = Mutex<[Int: Outcome]>([:])
        let callers = sizes.enumerated().map { index, rows in
            { @Sendable (peer: Peer) async in
                let outcome: Outcome
                do {
                    let result = try await peer.call(id: peer.reserveID(), "sum", ["rows": .integer(rows)])
                    outcome = result["sum"]?.integer.map(Outcome.sum) ?? .other
                } catch let error as RPCError {
                    outcome = .refused(error.code)
                } catch is FaultyWireEnded {
                    outcome = .ended
                } catch {
                    outcome = .other
                }
                got.withLock { $0[index] = outcome }
            }
        }
        let report = await converseOverFaultyWire(host(), plugin, rates: rates, seed: seed, callers: callers)
        let outcomes = got.withLock { got in sizes.indices.map { got[$0] ?? .other } }
        let wrong = zip(sizes, outcomes).compactMap { rows, outcome in
            if case .sum(let sum) = outcome, sum != expected(rows) { rows } else { nil }
        }
        return (report, outcomes, wrong)
    }

    @Test("that does no wrong, every call gets its result, in whatever pieces and turns the lines come")
    func harmless() async {
        var rates = FaultRates()
        (rates.split, rates.delay) = (500, 300)
        for seed in 0..<150 {
            let (report, outcomes, wrong) = await converse(rates, seed: UInt64(seed))
            #expect(report.end == .completed, "seed \(seed)")
            #expect(wrong.isEmpty && outcomes.allSatisfy { if case .sum = $0 { true } else { false } }, "seed \(seed)")
        }
    }

    @Test("that cuts, delays, splits, doubles and drops lines, no call hangs and no wrong result is taken for right")
    func faults() async {
        var rates = FaultRates()
        (rates.cut, rates.delay, rates.split) = (6, 50, 200)
        (rates.duplicate, rates.drop, rates.cancel) = (8, 8, 10)
        var (faults, ends, sums) = ([FaultReport.Fault: Int](), [String: Int](), 0)
        for seed in 0..<Self.conversations {
            let (report, outcomes, wrong) = await converse(rates, seed: UInt64(seed))
            #expect(wrong.isEmpty, "seed \(seed): \(report)")
            #expect(!outcomes.contains(.other), "seed \(seed): \(outcomes)")
            faults.merge(report.faults) { $0 + $1 }
            ends["\(report.end)".prefix { $0 != "(" }.description, default: 0] += 1
            sums += outcomes.count { if case .sum = $0 { true } else { false } }
        }
        // All that may happen did, so that the test says something.
        for fault in FaultReport.Fault.allCases where fault != .corrupt { #expect(faults[fault, default: 0] > 100) }
        #expect(Set(ends.keys) == ["completed", "deadline", "cut", "violation"])
        #expect(sums > Self.conversations / 2)
    }

    @Test("that changes bytes, a result is wrong only where a changed line was still a message of the right shape")
    func corruption() async {
        var rates = FaultRates()
        (rates.corrupt, rates.split) = (30, 100)
        var (corrupted, believed, wrongs) = (0, 0, 0)
        for seed in 0..<(Self.conversations / 3) {
            let (report, _, wrong) = await converse(rates, seed: UInt64(seed))
            #expect(wrong.isEmpty || report.believedCorruptions > 0, "seed \(seed): \(report)")
            corrupted += report.faults[.corrupt, default: 0]
            believed += report.believedCorruptions
            wrongs += wrong.count
        }
        #expect(corrupted > 300)
        #expect(believed < corrupted / 4, "\(believed) of \(corrupted) were believed, \(wrongs) results wrong")
    }

    @Test("the same seed gives the same conversation")
    func reproducible() async {
        var rates = FaultRates()
        (rates.cut, rates.delay, rates.split, rates.duplicate, rates.drop, rates.corrupt) = (5, 50, 100, 10, 10, 10)
        for seed in 0..<40 {
            let (first, second) = (await converse(rates, seed: UInt64(seed)), await converse(rates, seed: UInt64(seed)))
            #expect(first.report == second.report && first.outcomes == second.outcomes, "seed \(seed)")
        }
    }
}
