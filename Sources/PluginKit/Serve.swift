internal import Glibc
internal import PluginWire
public import ReviewModel
internal import Synchronization

/// Speaks the protocol on standard input and output until the host is done, then ends the process.
///
/// The wire is moved to a descriptor of its own first, and standard output to standard error, so that a stray `print`
/// anywhere in the plugin or its libraries is harmless. `--plugin-manifest` prints the manifest instead; run by hand,
/// the plugin says in one sentence what it is and exits with 64.
public func serve(_ plugin: Plugin) async -> Never {
    if CommandLine.arguments.dropFirst().first == "--plugin-manifest" {
        write(JSONWriter.line(plugin.manifest.wire) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
        exit(0)
    }
    if isatty(STDIN_FILENO) == 1 {
        write(Array(handStarted(plugin.manifest).utf8), to: STDERR_FILENO)
        exit(64)
    }
    signal(SIGPIPE, SIG_IGN)
    let wire = WireOutput(descriptor: dup(STDOUT_FILENO))
    dup2(STDERR_FILENO, STDOUT_FILENO)

    let peer = Peer(handlers: plugin.conversation()) { wire.send($0) }
    do {
        try await peer.serve(standardInputLines(limit: WireLimits.standard.lineBytes))
        exit(0)
    } catch let violation as ProtocolViolation {
        let error = RPCError(.parseError, violation.reason, detail: violation.line)
        wire.send(Message.failure(id: nil, error: error).line)
        exit(1)
    } catch {
        exit(1)
    }
}

/// Serves a plugin of one scorer.
public func serve(_ scorer: some Scorer, version: String) async -> Never {
    await serve(Plugin(scorer, version: version))
}

/// Serves a plugin of one renderer.
public func serve(_ renderer: some Renderer, version: String) async -> Never {
    await serve(Plugin(renderer, version: version))
}

/// Serves a plugin of one data source.
public func serve(_ source: some DataSource, version: String) async -> Never {
    await serve(Plugin(source, version: version))
}

/// The one writer of the wire: whole lines, one after another.
private final class WireOutput: Sendable {
    private let descriptor: Mutex<Int32>

    init(descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    func send(_ line: [UInt8]) {
        descriptor.withLock { write(line, to: $0) }
    }
}

/// Writes all of `bytes`. A reader that is gone ends the process quietly: nobody is left to work for.
private func write(_ bytes: [UInt8], to descriptor: Int32) {
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

/// The lines of standard input, read by a thread of its own, so that reading never waits for a handler.
private func standardInputLines(limit: Int) -> AsyncStream<LineSplitter.Element> {
    let (stream, continuation) = AsyncStream.makeStream(of: LineSplitter.Element.self)
    let reader = InputReader(limit: limit, continuation: continuation)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(reader).toOpaque()
    let status = pthread_create(
        &thread,
        nil,
        { context in
            guard let context else { return nil }
            Unmanaged<InputReader>.fromOpaque(context).takeRetainedValue().run()
            return nil
        },
        context
    )
    if status != 0 { continuation.finish() } else { pthread_detach(thread) }
    return stream
}

private final class InputReader {
    private var splitter: LineSplitter
    private let continuation: AsyncStream<LineSplitter.Element>.Continuation

    init(limit: Int, continuation: AsyncStream<LineSplitter.Element>.Continuation) {
        splitter = LineSplitter(limit: limit)
        self.continuation = continuation
    }

    func run() {
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            while true {
                let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                for element in splitter.push(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
                    continuation.yield(element)
                }
            }
        }
        for element in splitter.finish() { continuation.yield(element) }
        continuation.finish()
        usleep(graceAfterEndOfInput)
        _exit(0)
    }
}

private func handStarted(_ manifest: PluginManifest) -> String {
    "\(manifest.name) \(manifest.version) is a Pingshen plugin (\(manifest.description)); "
        + "it is started by `pingshen run`, see Docs/PLUGINS.md.\n"
}
