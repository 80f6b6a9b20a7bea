import Glibc
import LocalFiles

/// A program of the system that is run to its end, in the process group of this one: what ends a plugin ends it as well.
struct ChildProcess {
    var arguments: [String]
    var environment: [String: String]
    /// After which it is killed.
    var limit: Duration
    /// A file for what it prints; it is not kept where there is none.
    var output: String?

    enum Failure: Error, Equatable {
        /// It could not be started, by the system's reason.
        case notStarted(Int32)
        case tookTooLong
        /// By the signal.
        case killed(Int32)
    }

    /// Starts the program and waits for its end. When the task is cancelled, the program is killed and gone when this returns.
    ///
    /// - Returns: the exit code.
    func run() async throws -> Int32 {
        let process = try start()
        let clock = ContinuousClock()
        let end = clock.now + limit
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { break }
            if ended < 0, errno != EINTR { throw Failure.notStarted(errno) }
            // Looked at after the process: where this task is let in late, one that has ended in time has not taken too long.
            if clock.now > end {
                Self.finish(process)
                throw Failure.tookTooLong
            }
            do { try await Task.sleep(for: .milliseconds(20)) } catch {
                Self.finish(process)
                throw error
            }
        }
        let signal = status & 0x7F
        if signal != 0 { throw Failure.killed(signal) }
        return status >> 8 & 0xFF
    }

    private static func finish(_ process: pid_t) {
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    private func start() throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        if let output {
            posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        }
        var process: pid_t = 0
        let variables = environment.map { "\($0)=\($1)" }.sorted()
        let code = withCStrings(arguments) { arguments in
            withCStrings(variables) { variables in
                posix_spawn(&process, self.arguments[0], &actions, nil, arguments, variables)
            }
        }
        guard code == 0 else { throw .notStarted(code) }
        return process
    }
}

/// The texts as C has them, ended by a null, for as long as `body` runs.
private func withCStrings<Result>(
    _ texts: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
}
