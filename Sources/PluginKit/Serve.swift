internal import Glibc
internal import PluginWire
public import ReviewModel
internal import Synchronization

/// Speaks the protocol on standard input and output until the host is done, then ends the process.
///
/// The wire is moved to a descriptor of its own first, and standard output to standard error, so that a stray `print`
/// anywhere in the plugin or its libraries is harmless. `--plugin-manifest` prints the manifest instead;
/// `--plugin-listen SOCKET` waits for a host at that Unix socket, so that the plugin can be started in a debugger. Run by
/// hand, the plugin says in one sentence what it is and exits with 64.
public func serve(_ plugin: Plugin) async -> Never {
    signal(SIGPIPE, SIG_IGN)
    let (input, output): (Int32, Int32)
    switch Array(CommandLine.arguments.dropFirst().prefix(2)) {
    case ["--plugin-manifest"]:
        write(JSONWriter.line(plugin.manifest.wire) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
        exit(0)
    case let words where words.count == 2 && words[0] == "--plugin-listen":
        guard let host = acceptHost(at: words[1], plugin.manifest) else { exit(66) }
        (input, output) = (host, host)
    default:
        if isatty(STDIN_FILENO) == 1 {
            write(Array(handStarted(plugin.manifest).utf8), to: STDERR_FILENO)
            exit(64)
        }
        (input, output) = (STDIN_FILENO, dup(STDOUT_FILENO))
    }
    let wire = WireOutput(descriptor: output)
    dup2(STDERR_FILENO, STDOUT_FILENO)

    let peer = Peer(handlers: plugin.conversation()) { wire.send($0) }
    let violation = await withCheckedContinuation { end in
        InputReader(input, peer: peer, limit: WireLimits.standard.lineBytes, end: end).start()
    }
    if let violation {
        let error = RPCError(.parseError, violation.reason, detail: violation.line)
        wire.send(Message.failure(id: nil, error: error).line)
        exit(1)
    }
    // Nobody answers any more what handlers have asked.
    peer.end(RPCError(.shuttingDown, "the host has closed the conversation", kind: .transient))
    await peer.stopServing()
    exit(0)
}

/// Serves a plugin of one scorer; for `isReusable` and `isRepeatable` see ``Plugin``.
public func serve(
    _ scorer: some Scorer,
    version: String,
    isReusable: Bool = false,
    isRepeatable: Bool = false
) async -> Never {
    var plugin = Plugin(scorer, version: version)
    (plugin.isReusable, plugin.isRepeatable) = (isReusable, isRepeatable)
    await serve(plugin)
}

/// Serves a plugin of one renderer.
public func serve(
    _ renderer: some Renderer,
    version: String,
    isReusable: Bool = false,
    isRepeatable: Bool = false
) async -> Never {
    var plugin = Plugin(renderer, version: version)
    (plugin.isReusable, plugin.isRepeatable) = (isReusable, isRepeatable)
    await serve(plugin)
}

/// Serves a plugin of one data source.
public func serve(
    _ source: some DataSource,
    version: String,
    isReusable: Bool = false,
    isRepeatable: Bool = false
) async -> Never {
    var plugin = Plugin(source, version: version)
    (plugin.isReusable, plugin.isRepeatable) = (isReusable, isRepeatable)
    await serve(plugin)
}

/// The one writer of the wire: whole lines, one after another. Lines that come while another is being written go out
/// together with the next write.
private final class WireOutput: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var isWriting = false
    }

    private let descriptor: Int32
    private let state = Mutex(State())

    init(descriptor: Int32) { self.descriptor = descriptor }

    func send(_ line: [UInt8]) {
        let isOurs = state.withLock { state in
            if state.isWriting { state.waiting += line }
            defer { state.isWriting = true }
            return !state.isWriting
        }
        guard isOurs else { return }
        write(line, to: descriptor)
        while let more = takeWaiting() { write(more, to: descriptor) }
    }

    /// What has gathered in the meantime; `nil`, and an end to writing, when there is nothing.
    private func takeWaiting() -> [UInt8]? {
        state.withLock { state in
            if state.waiting.isEmpty {
                state.isWriting = false
                return nil
            }
            defer { state.waiting = [] }
            return state.waiting
        }
    }
}

/// Writes all of `bytes`. A reader that is gone ends the process quietly: nobody is left to work for.
func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                exit(0)
            }
        }
    }
}

/// How long a plugin may still work after the host has closed its standard input.
private let graceAfterEndOfInput: useconds_t = 800_000

/// Reads what the host says on a thread of its own, so that reading never waits for a handler, and hands every line to the
/// peer at once.
private final class InputReader: Sendable {
    private let input: Int32
    private let peer: Peer
    private let limit: Int
    /// Resumed at the end of the input, or with what broke the protocol.
    private let end: CheckedContinuation<ProtocolViolation?, Never>

    init(_ input: Int32, peer: Peer, limit: Int, end: CheckedContinuation<ProtocolViolation?, Never>) {
        self.input = input
        self.peer = peer
        self.limit = limit
        self.end = end
    }

    func start() {
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<InputReader>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        if status == 0 { pthread_detach(thread) } else { end.resume(returning: nil) }
    }

    private func run() {
        let violation = readToEnd()
        end.resume(returning: violation)
        usleep(graceAfterEndOfInput)
        _exit(0)
    }

    private func readToEnd() -> ProtocolViolation? {
        var (splitter, shortWait) = (LineSplitter(limit: limit), ShortWait.ofThisMachine)
        return withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
            do throws(ProtocolViolation) {
                while true {
                    var wait = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
                    _ = shortWait.wait { poll(&wait, 1, 0) != 0 }
                    let count = read(input, buffer.baseAddress, buffer.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { break }
                    let elements = splitter.push(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                    for element in elements { try peer.receive(element) }
                }
                for element in splitter.finish() { try peer.receive(element) }
                return nil
            } catch {
                return error
            }
        }
    }
}

private func handStarted(_ manifest: PluginManifest) -> String {
    "\(manifest.name) \(manifest.version) is a Pingshen plugin (\(manifest.description)); "
        + "it is started by `pingshen run`, see Docs/PLUGINS.md.\n"
}

extension ShortWait {
    fileprivate static var ofThisMachine: ShortWait {
        ShortWait(cores: sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
            let file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return .max }
            defer { close(file) }
            return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
                let count = read(file, buffer.baseAddress, buffer.count)
                return ShortWait.runnable(in: buffer.prefix(max(0, count)))
            }
        }
    }
}
