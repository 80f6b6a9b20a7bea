internal import Glibc
internal import LocalFiles
internal import PluginWire
internal import ReviewModel
internal import Synchronization

/// A place where one review is made after another, with plugins that stay: starting a process and shaking hands takes longer
/// than a small review.
///
/// A plugin serves one review at a time, the one that is on the bench. It stays when its manifest says so (`reusable`) and
/// nothing has gone wrong with it; what it has in its folder goes. Reviews side by side each have a bench.
package final class PluginBench: Sendable {
    /// Where everything is that is gone afterwards.
    private let scratch: String
    /// Where the reviews have their folders: what plugins in a sandbox may read, fixed when they are started.
    package let shared: String
    package let caretaker: Caretaker
    private let relay = ObserverRelay()
    private let state = Mutex(State())

    private struct State {
        var kept: [Key: Seat] = [:]
        /// Reviews that have been made here.
        var reviews = 0
        var plugins = 0
        var last = Course()
    }

    /// What the last review was like for those who think about repeating it.
    package struct Course: Sendable {
        /// Whether a plugin took part that had served another review before.
        package var hadKept = false
        /// Whether all its plugins may be asked twice.
        package var mayBeRepeated = true
    }

    /// What a process depends on from its start.
    private struct Key: Hashable {
        var program: PluginProgram
        var locale: Locale
        var isShutIn: Bool
    }

    /// A process that takes part in reviews.
    private struct Seat {
        var session: PluginSession
        var process: Task<Void, Never>
        /// The folder that holds the plugin's own.
        var folder: String
        /// The program as it was when it was started.
        var files: ProgramIdentity
        var reviews = 0
        var lastReview = 0
    }

    /// How long a process stays, whatever it says of itself. Each keeps what a review may need of it: nearly all of the time
    /// and memory that it has (`limits`), whose counts begin with the process.
    private enum Stay {
        static let reviews = 500
        /// Processes that nobody has asked for so long go.
        static let idleReviews = 50
        /// A look at what a process uses takes about a millisecond.
        static let reviewsPerLook = 10
        /// Of its computing time, and of its memory, one part in so many may be used up.
        static let partOfSeconds = 10
        static let kibibytes = 96 << 10
    }

    fileprivate init(_ scratch: String, _ caretaker: Caretaker) throws(FileError) {
        (self.scratch, self.caretaker, shared) = (scratch, caretaker, scratch + "/reviews")
        try FileSystem.makeFolder(shared)
    }

    /// What can be said of the last review.
    package var course: Course { state.withLock { $0.last } }

    /// How many processes wait for the next review.
    var keptCount: Int { state.withLock { $0.kept.count } }

    /// Runs `body` with a folder for one review.
    package func withReviewFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let number = state.withLock { state in
            state.reviews += 1
            state.last = Course()
            return state.reviews
        }
        // Another name each time: what a plugin remembers of a path is no longer true of it.
        let folder = shared + "/\(number)"
        try FileSystem.makeOwnFolder(folder)
        defer { FileSystem.tidyAway(folder) }
        return try await body(folder)
    }

    /// The same as ``PluginRuntime/withPlugins(_:_:_:)``, for a review on this bench: plugins that are there already are not
    /// started, and those that may stay are not seen off.
    package func withPlugins<Result: Sendable>(
        _ programs: [PluginProgram],
        _ settings: SessionSettings,
        _ body: (_ sessions: [String: PluginSession], _ failures: [String: PluginFailure]) async throws -> Result
    ) async throws -> Result {
        relay.begin(settings.observer)
        var seats: [String: Seat] = [:]
        do { try await takeSeats(programs, settings, &seats) } catch {
            await seeOff(Array(seats.values))
            throw error
        }
        return try await serve(seats, settings, body)
    }

    private func serve<Result: Sendable>(
        _ seats: [String: Seat],
        _ settings: SessionSettings,
        _ body: (_ sessions: [String: PluginSession], _ failures: [String: PluginFailure]) async throws -> Result
    ) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(
                try await withTaskCancellationHandler {
                    try Task.checkCancellation()
                    let new = seats.values.filter { $0.reviews == 0 }.map(\.session)
                    let failures = try await startAll(new.sorted { $0.program.name < $1.program.name })
                    noteCourse(seats.values)
                    let started = seats.filter { failures[$0.key] == nil }.mapValues(\.session)
                    return try await body(started, failures)
                } onCancel: {
                    for seat in seats.values { seat.process.cancel() }
                }
            )
        } catch {
            result = .failure(error)
        }
        await leaveSeats(seats, settings)
        return try result.get()
    }

    /// Sees off every process, so that the next review begins with new ones.
    package func clear() async {
        let kept = state.withLock { state in
            defer { state.kept = [:] }
            return Array(state.kept.values)
        }
        await seeOff(kept)
    }
}

// MARK: - Seats

extension PluginBench {
    private func takeSeats(
        _ programs: [PluginProgram],
        _ settings: SessionSettings,
        _ seats: inout [String: Seat]
    ) async throws {
        for program in programs where seats[program.name] == nil {
            let key = Key(program: program, locale: settings.locale, isShutIn: settings.sandbox != nil)
            let kept = state.withLock { $0.kept.removeValue(forKey: key) }
            if let kept, kept.files.isStill(program), await isQuiet(kept) {
                kept.session.expectAwake()
                seats[program.name] = kept
                continue
            }
            // The program is another by now, has said what nobody asked, or hears nothing more.
            if let kept { await seeOff([kept]) }
            seats[program.name] = try newSeat(program, settings)
        }
    }

    /// Whether a process has said nothing since it was asked for the last time. What it did say is told, with its name.
    private func isQuiet(_ seat: Seat) async -> Bool {
        guard let failure = await seat.session.mistakeBetweenCalls() else { return true }
        relay.log(plugin: failure.plugin, .warning, startedAnew(failure)(seat.session.settings.locale))
        return false
    }

    private func newSeat(_ program: PluginProgram, _ settings: SessionSettings) throws(FileError) -> Seat {
        let number = state.withLock { state in
            state.plugins += 1
            return state.plugins
        }
        let folder = scratch + "/plugins/\(number)"
        try FileSystem.makeFolder(folder)
        var settings = settings
        settings.observer = relay
        let own = try HeldFolder(folder).folder(FilePaths.plainName(program.name))
        let (files, session) = (ProgramIdentity(program), PluginSession(program, scratch: own, settings))
        // Not a child task: it stays when the review is over. The bench waits for it.
        return Seat(session: session, process: Task { await session.run() }, folder: folder, files: files)
    }

    private func noteCourse(_ seats: some Sequence<Seat>) {
        let course = Course(
            hadKept: seats.contains { $0.reviews > 0 },
            mayBeRepeated: seats.allSatisfy { $0.session.mayBeRepeated }
        )
        state.withLock { $0.last = course }
    }

    /// Keeps those that may stay, and sees the others off.
    private func leaveSeats(_ seats: [String: Seat], _ settings: SessionSettings) async {
        let now = state.withLock { $0.reviews }
        var leaving: [Seat] = []
        for var seat in seats.values {
            (seat.reviews, seat.lastReview) = (seat.reviews + 1, now)
            let key = Key(
                program: seat.session.program,
                locale: settings.locale,
                isShutIn: settings.sandbox != nil
            )
            if !Task.isCancelled, mayStay(seat), await isQuiet(seat), seat.session.renew() {
                state.withLock { $0.kept[key] = seat }
            } else {
                leaving.append(seat)
            }
        }
        leaving += state.withLock { state in
            let idle = state.kept.filter { now - $0.value.lastReview > Stay.idleReviews }
            for key in idle.keys { state.kept[key] = nil }
            return Array(idle.values)
        }
        await seeOff(leaving)
    }

    private func mayStay(_ seat: Seat) -> Bool {
        guard seat.session.isReusable, seat.reviews < Stay.reviews else { return false }
        guard seat.reviews % Stay.reviewsPerLook == 0, let leader = seat.session.process.leader else { return true }
        var family = ProcessFamily(leader: leader, folder: seat.session.scratch)
        let members = family.look(at: .recent(within: .milliseconds(50)))
        // What it has started for a review has no business any more; the sandbox is two programs around its plugin.
        guard members.count <= (seat.session.settings.sandbox == nil ? 1 : 3) else { return false }
        let limits = seat.session.program.limits
        guard family.seconds(members) * Double(Stay.partOfSeconds) < Double(limits.cpuSeconds) else { return false }
        let most = min(Stay.kibibytes, (limits.memoryMiB << 10) / Stay.partOfSeconds)
        let ids = members.map(\.id)
        let open = OpenFiles(of: ids)
        guard !open.isTooMany, open.underWay == 0 else { return false }
        return MemoryUse.kibibytes(of: ids, open, limit: most) <= most
    }

    private func seeOff(_ seats: [Seat]) async {
        if seats.isEmpty { return }
        await withTaskGroup { closing in
            for seat in seats {
                closing.addTask {
                    await seat.session.close()
                    await seat.process.value
                }
            }
        }
        for seat in seats { killStragglers(of: seat.folder) }
        for seat in seats { FileSystem.tidyAway(seat.folder) }
    }
}

extension PluginSession {
    /// Whether the plugin says that nothing of a review stays in it, and a review may be begun anew with it.
    fileprivate var isReusable: Bool { capabilities.contains(.reusable) && mayBeRepeated }

    /// Whether its calls may be repeated; of one that has not started, nobody has asked anything.
    fileprivate var mayBeRepeated: Bool { manifest?.roles.allSatisfy(\.idempotent) ?? true }
}

/// Runs `body` with `count` benches, and sees off all their plugins before it returns, whatever happened.
///
/// - Throws: ``FileError`` where there is no room for them, and what `body` throws.
package func withPluginBenches<Result: Sendable>(
    _ count: Int,
    _ body: (_ benches: [PluginBench]) async throws -> Result
) async throws -> Result {
    _ = brokenPipesAreErrors
    try Descriptors.require(count * (descriptorsOfRun + pluginsOfReview * descriptorsOfPlugin))
    return try await withScratchFolder { scratch, caretaker in
        let benches = try (0..<count).map { try PluginBench(scratch + "/\($0 + 1)", caretaker) }
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(benches)) } catch { result = .failure(error) }
        await withTaskGroup { closing in
            for bench in benches { closing.addTask { await bench.clear() } }
        }
        return try result.get()
    }
}

private func startedAnew(_ failure: PluginFailure) -> LocalizedText {
    LocalizedText(
        zh: "在两次评审之间出错，未采用它所说的，下一次评审另启一个进程：\(failure.message.zh)",
        en:
            "between two reviews something went wrong; what it said is not taken, and the next review gets a process of its own: "
            + failure.message.en
    )
}

/// As many as a long pipeline has.
private let pluginsOfReview = 15

/// Tells whoever listens to the review that is on the bench.
private final class ObserverRelay: PluginObserver {
    private let observer = Mutex<any PluginObserver>(SilentObserver())

    func begin(_ next: any PluginObserver) { observer.withLock { $0 = next } }

    func log(plugin: String, _ level: LogLevel, _ message: String) {
        observer.withLock { $0 }.log(plugin: plugin, level, message)
    }

    func progress(plugin: String, done: Int, total: Int?, _ message: String) {
        observer.withLock { $0 }.progress(plugin: plugin, done: done, total: total, message)
    }
}
