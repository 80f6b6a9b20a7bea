internal import CLinux
internal import Dispatch
internal import Glibc
internal import LocalFiles
internal import PluginRuntime
internal import PreviewWire
internal import ReviewModel
internal import Synchronization

/// The program that shows the page: `pingshen-preview`, beside this one. It ends when this one ends, however that comes about,
/// for its input ends then.
final class ServerProgram: Sendable {
    enum Event: Sendable {
        /// Somebody looks at the page anew.
        case asked
        case ended
    }

    private struct State {
        var input: Int32?
        var hasEnded = false
        var opening: CheckedContinuation<PreviewAnswer?, Never>?
        var opened: PreviewAnswer?
    }

    static let name = PluginCatalog.prefix + "preview"

    private let process: pid_t
    private let state: Mutex<State>

    /// Starts it, in a process group of its own: Ctrl-C is for this program, which ends that one.
    ///
    /// - Throws: ``PreviewError`` where it is not there, or cannot be started.
    init(_ hear: @escaping @Sendable (Event) -> Void) throws {
        let folder = FileSystem.realPath("/proc/self/exe").map(FilePaths.folder) ?? "."
        let path = folder + "/" + Self.name
        guard FileSystem.isExecutable(path) else { throw PreviewError(message: isMissing(path)) }
        var (input, output) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
        guard pipe2(&input, O_CLOEXEC) == 0, pipe2(&output, O_CLOEXEC) == 0 else { throw FileError(path) }
        defer { for end in [input[0], output[1]] { Glibc.close(end) } }
        do {
            process = try Self.start(path, input[0], output[1])
        } catch {
            for end in [input[1], output[0]] { Glibc.close(end) }
            throw PreviewError(message: doesNotStart(error))
        }
        state = Mutex(State(input: input[1]))
        listen(output[0], hear)
    }

    private static func start(_ path: String, _ input: Int32, _ output: Int32) throws(FileError) -> pid_t {
        var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        // It needs nothing of what this program knows, a secret least of all.
        let variables = ["PATH", "LD_LIBRARY_PATH"].compactMap { name in
            FileSystem.environment(name).map { "\(name)=\($0)" }
        }
        var (arguments, environment) = ([strdup(path), nil], variables.map { strdup($0) } + [nil])
        defer { for text in arguments + environment { free(text) } }
        var process = pid_t(0)
        let code = posix_spawn(&process, path, &actions, &attributes, &arguments, &environment)
        guard code == 0 else { throw FileError(path, errno: code) }
        return process
    }

    /// Has it listen; returns the address of the page.
    ///
    /// - Throws: ``PreviewError`` where it cannot.
    func open(port: Int) async throws -> String {
        // 128 bits from the system: nobody guesses them, and a page that is left open shows them to nobody else.
        let token = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        send(.open(token: token, port: port))
        let answer = await withCheckedContinuation { continuation in
            let known: PreviewAnswer?? = state.withLock { state in
                if state.opened != nil || state.hasEnded { return .some(state.opened) }
                state.opening = continuation
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
        switch answer {
        case .listening(let port): return "http://127.0.0.1:\(port)/\(token)/"
        case .failed(let code): throw PreviewError(message: doesNotListen(port, FileError(Self.name, errno: code)))
        case .asked, nil: throw PreviewError(message: endedAtOnce)
        }
    }

    func send(_ order: PreviewOrder) {
        let bytes = JSONWriter.line(order.value) + [UInt8(ascii: "\n")]
        state.withLock { state in
            guard let input = state.input else { return }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                // It has ended, which is told by its output.
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Ends it and waits for that.
    func close() {
        state.withLock { state in
            if let input = state.input { Glibc.close(input) }
            state.input = nil
        }
        // It has nothing to lose; what does not end by itself is ended.
        for _ in 0..<100 {
            if waitpid(process, nil, WNOHANG) != 0 { return }
            usleep(5_000)
        }
        kill(process, SIGKILL)
        while waitpid(process, nil, 0) < 0, errno == EINTR {}
    }

    private func listen(_ output: Int32, _ hear: @escaping @Sendable (Event) -> Void) {
        DispatchQueue(label: "answers").async { [weak self] in
            var (line, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 12))
            while true {
                let count = read(output, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                for byte in buffer[..<count] {
                    guard byte == UInt8(ascii: "\n") else {
                        line.append(byte)
                        continue
                    }
                    if let value = try? JSONReader.read(line), let answer = PreviewAnswer(value) {
                        if answer == .asked { hear(.asked) } else { self?.take(answer) }
                    }
                    line = []
                }
            }
            Glibc.close(output)
            self?.take(nil)
            hear(.ended)
        }
    }

    private func take(_ answer: PreviewAnswer?) {
        let opening = state.withLock { state in
            if let answer { state.opened = answer } else { state.hasEnded = true }
            defer { state.opening = nil }
            return state.opening
        }
        opening?.resume(returning: answer)
    }
}

// MARK: - Messages

private func isMissing(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "没有 \(path)，它负责显示页面；请重新安装，或用 pingshen run 评审",
        en: "\(path), which shows the page, is missing; install it again, or review with `pingshen run`"
    )
}

private func doesNotStart(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "\(error.path) 无法启动：\(error.reason.zh)",
        en: "\(error.path) cannot be started: \(error.reason.en)"
    )
}

private func doesNotListen(_ port: Int, _ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "不能在 127.0.0.1 的端口 \(port) 上显示页面：\(error.reason.zh)；请用 --port 换一个端口",
        en: "no page can be shown at port \(port) of 127.0.0.1: \(error.reason.en); name another one with --port"
    )
}

private let endedAtOnce = LocalizedText(
    zh: "pingshen-preview 一启动就结束了；它与 pingshen 应为同一版本，请重新安装",
    en: "pingshen-preview has ended at once; it must be of the same version as pingshen: install both again"
)
