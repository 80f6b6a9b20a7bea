public import PluginWire
internal import Synchronization

/// How often a wire goes wrong, in thousandths of the lines that it carries.
public struct FaultRates: Sendable {
    /// The wire ends in mid-line.
    public var cut = 0
    /// A line is overtaken by those behind it.
    public var delay = 0
    /// A line comes in pieces.
    public var split = 0
    /// A line comes twice.
    public var duplicate = 0
    /// A line never comes.
    public var drop = 0
    /// Bytes are changed, lost or put in, the line end among them; or another line is written into the middle.
    public var corrupt = 0
    /// A caller loses interest: its task is cancelled. In thousandths of the lines too.
    public var cancel = 0

    public init() {}
}

/// What became of one conversation over a faulty wire.
public struct FaultReport: Sendable, Hashable {
    public enum End: Sendable, Hashable {
        /// Every caller was done.
        case completed
        /// Callers waited for what could not come any more; a host's deadline ends such calls.
        case deadline
        case cut
        case violation(String)
    }

    public enum Fault: String, Sendable, Hashable, CaseIterable {
        case cut, delay, split, duplicate, drop, corrupt, cancel
    }

    public var end = End.completed
    public var lines = 0
    public var faults: [Fault: Int] = [:]
    /// Messages that were understood although they are none that was sent. A line carries no checksum, for a pipe
    /// changes no bytes: what is well-formed and of the right shape is believed.
    public var believedCorruptions = 0
}

/// Why a conversation over a faulty wire ended early: every call that still waits fails with it.
public struct FaultyWireEnded: Error, Sendable, Hashable {
    public var end: FaultReport.End
}

/// Joins two peers by a wire that goes wrong, without processes, threads or clocks of its own, and lets `callers` talk.
///
/// Time is logical: a line is delivered when nobody can do anything but wait for one. So a conversation is the same each
/// time for the same seed, and one in which nothing more can happen is seen at once instead of hanging.
///
/// - Parameter callers: started one after another, each with the left peer. A caller, and a handler, asks one thing at a
///   time.
/// - Returns: what happened, once every caller and handler has ended.
public func converseOverFaultyWire(
    _ left: Peer.Handlers,
    _ right: Peer.Handlers,
    rates: FaultRates,
    seed: UInt64,
    callers: [@Sendable (Peer) async -> Void]
) async -> FaultReport {
    let wire = FaultyWire(rates: rates, seed: seed)
    let leftPeer = Peer(handlers: left) { wire.send($0, to: .right) }
    let rightPeer = Peer(handlers: right) { wire.send($0, to: .left) }
    var tasks: [Task<Void, Never>] = []
    for caller in callers {
        wire.begin()
        tasks.append(
            Task {
                await caller(leftPeer)
                wire.finish()
            }
        )
        await wire.quiet()
    }
    while let (elements, side) = wire.nextDelivery() {
        do throws(ProtocolViolation) {
            for element in elements { try (side == .left ? leftPeer : rightPeer).receive(element) }
        } catch {
            wire.end(.violation(error.reason))
        }
        if wire.isEnded { break }
        await wire.quiet()
        if let unlucky = wire.nextCancellation(of: tasks.count) {
            tasks[unlucky].cancel()
            await wire.quiet()
        }
    }
    let report = wire.close()
    // Also when all callers are done: a handler may still wait for a line that was lost.
    leftPeer.end(FaultyWireEnded(end: report.end))
    rightPeer.end(FaultyWireEnded(end: report.end))
    for task in tasks { await task.value }
    await leftPeer.stopServing()
    await rightPeer.stopServing()
    return report
}

/// The lines in flight both ways, and who can go on without one of them.
private final class FaultyWire: Sendable {
    enum Side: Int, CaseIterable { case left, right }

    private struct State {
        var generator: SeededGenerator
        var inFlight: [[[UInt8]]] = [[], []]
        var splitters = [LineSplitter(limit: 8 << 20), LineSplitter(limit: 8 << 20)]
        var isAltered = [false, false]
        var sent: Set<[UInt8]> = []
        /// Callers and handlers that do not wait for a line.
        var running = 0
        var open = 0
        var quiet: CheckedContinuation<Void, Never>?
        var report = FaultReport()
        var isEnded = false
    }

    private let rates: FaultRates
    private let state: Mutex<State>

    init(rates: FaultRates, seed: UInt64) {
        self.rates = rates
        state = Mutex(State(generator: SeededGenerator(seed: seed)))
    }

    // MARK: Who is busy

    func begin() {
        state.withLock { state in
            state.running += 1
            state.open += 1
        }
    }

    func finish() {
        state.withLock { $0.open -= 1 }
        rest()
    }

    /// Waits until all wait for a line.
    func quiet() async {
        await withCheckedContinuation { continuation in
            let isQuiet = state.withLock { state in
                if state.running <= 0 { return true }
                state.quiet = continuation
                return false
            }
            if isQuiet { continuation.resume() }
        }
    }

    private func rest() {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            state.running -= 1
            guard state.running <= 0 else { return nil }
            defer { state.quiet = nil }
            return state.quiet
        }
        waiter?.resume()
    }

    // MARK: Lines

    /// Whoever sends a request waits for its reply, whoever sends a reply is done; a notification changes nothing.
    private static let idBegin = Array("{\"jsonrpc\":\"2.0\",\"id\":".utf8)

    func send(_ line: [UInt8], to side: Side) {
        state.withLock { state in
            state.inFlight[side.rawValue].append(line)
            if rates.corrupt > 0 { state.sent.insert(Array(line.dropLast())) }
        }
        if line.starts(with: Self.idBegin) { rest() }
    }

    var isEnded: Bool { state.withLock { $0.isEnded } }

    func end(_ end: FaultReport.End) {
        state.withLock { state in
            if !state.isEnded { state.report.end = end }
            state.isEnded = true
        }
    }

    /// Nothing more is delivered; callers that are still open wait for ever.
    func close() -> FaultReport {
        state.withLock { state in
            if !state.isEnded, state.open > 0 { state.report.end = .deadline }
            state.isEnded = true
            return state.report
        }
    }

    func nextCancellation(of count: Int) -> Int? {
        state.withLock { state in
            guard state.generator.happens(rates.cancel) else { return nil }
            state.report.faults[.cancel, default: 0] += 1
            return Int.random(in: 0..<count, using: &state.generator)
        }
    }

    /// What the next bytes on the wire make of lines, and who gets them; `nil` when nothing is left.
    func nextDelivery() -> (elements: [LineSplitter.Element], side: Side)? {
        state.withLock { state in
            while !state.isEnded {
                let sides = Side.allCases.filter { !state.inFlight[$0.rawValue].isEmpty }
                guard let side = sides.randomElement(using: &state.generator) else { return nil }
                if let bytes = carry(side, &state) {
                    let elements = understand(bytes, side, &state)
                    if !elements.isEmpty { return (elements, side) }
                }
            }
            return nil
        }
    }

    /// Takes the next line off the wire, as it arrives; `nil` if it is lost or late.
    private func carry(_ side: Side, _ state: inout State) -> [UInt8]? {
        func happens(_ fault: FaultReport.Fault, _ rate: Int) -> Bool {
            guard state.generator.happens(rate) else { return false }
            state.report.faults[fault, default: 0] += 1
            return true
        }
        var line = state.inFlight[side.rawValue].removeFirst()
        if !state.inFlight[side.rawValue].isEmpty, happens(.delay, rates.delay) {
            state.inFlight[side.rawValue].append(line)
            return nil
        }
        state.report.lines += 1
        if happens(.drop, rates.drop) { return nil }
        if happens(.duplicate, rates.duplicate) { state.inFlight[side.rawValue].insert(line, at: 0) }
        if happens(.corrupt, rates.corrupt) {
            state.isAltered[side.rawValue] = true
            line = corrupted(line, by: state.inFlight[side.rawValue].first ?? line, &state.generator)
        }
        if happens(.cut, rates.cut) {
            state.isAltered[side.rawValue] = true
            state.isEnded = true
            state.report.end = .cut
            line = Array(line.prefix(Int.random(in: 0..<line.count, using: &state.generator)))
        }
        return line
    }

    /// Cuts the bytes into lines and notes whom they wake.
    private func understand(_ bytes: [UInt8], _ side: Side, _ state: inout State) -> [LineSplitter.Element] {
        var (elements, rest) = ([LineSplitter.Element](), bytes[...])
        while !rest.isEmpty {
            var count = rest.count
            if state.generator.happens(rates.split) {
                state.report.faults[.split, default: 0] += 1
                count = Int.random(in: 1...rest.count, using: &state.generator)
            }
            elements += Array(rest.prefix(count)).withUnsafeBytes { state.splitters[side.rawValue].push($0) }
            rest = rest.dropFirst(count)
        }
        if state.isEnded { elements += state.splitters[side.rawValue].finish() }
        for case .line(let line) in elements {
            if !state.isAltered[side.rawValue] {
                if line.starts(with: Self.idBegin) { state.running += 1 }
            } else if case .message(let message)? = try? Message.parse(line) {
                if !state.sent.contains(line) { state.report.believedCorruptions += 1 }
                if case .notification = message { continue }
                state.running += 1
            }
        }
        return elements
    }
}

/// The line with bytes changed, lost or put in, or with `other` written into its middle.
private func corrupted(_ line: [UInt8], by other: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var line = line
    let place = Int.random(in: 0..<line.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: line[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: line.removeSubrange(place..<min(line.count, place + Int.random(in: 1...8, using: &generator)))
    case 2: line.insert(UInt8.random(in: 0...255, using: &generator), at: place)
    case 3: line.insert(contentsOf: other, at: place)
    default: line.removeLast()
    }
    return line
}
