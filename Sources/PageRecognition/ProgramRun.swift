internal import Glibc
internal import LocalFiles

/// A program of the system that runs beside this one, in its process group: what ends a plugin ends it as well.
struct ProgramRun {
    private let process: pid_t
    private let name: String
    private let start = ContinuousClock().now

    /// Starts it with nothing of this process's variables but where to look for languages.
    ///
    /// - Parameters:
    ///   - folder: what it has for its home and for what it writes meanwhile.
    ///   - output: a file that takes what it prints; nobody reads that otherwise.
    init(_ arguments: [String], in folder: String, output: String = "/dev/null") throws(RecognitionError) {
        name = FilePaths.name(of: arguments[0])
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var variables = [
            "HOME=\(folder)", "TMPDIR=\(folder)", "PATH=/usr/bin:/bin", "LC_ALL=C",
            // Pages are read side by side; threads within one only slow it down.
            "OMP_THREAD_LIMIT=1",
        ]
        if let data = FileSystem.environment("TESSDATA_PREFIX") { variables.append("TESSDATA_PREFIX=\(data)") }
        var (vector, environment) = (arguments.map { strdup($0) } + [nil], variables.map { strdup($0) } + [nil])
        defer { for text in vector + environment { free(text) } }
        var process = pid_t(0)
        guard posix_spawn(&process, arguments[0], &actions, nil, &vector, &environment) == 0 else {
            throw .failed(name)
        }
        self.process = process
    }

    /// Its exit code once it has ended, 256 where a signal ended it; `nil` while it runs.
    func ended(within limit: Duration) throws(RecognitionError) -> Int32? {
        var status: Int32 = 0
        if waitpid(process, &status, WNOHANG) == process { return status & 0x7F == 0 ? status >> 8 & 0xFF : 256 }
        if ContinuousClock().now - start < limit { return nil }
        throw .tookTooLong(name, limit)
    }

    /// Waits for its end; it is killed when that takes too long, or when the task is cancelled.
    func wait(_ limit: Duration) throws(RecognitionError) -> Int32 {
        do throws(RecognitionError) {
            while true {
                if let status = try ended(within: limit) { return status }
                if Task.isCancelled { throw .cancelled }
                usleep(2_000)
            }
        } catch {
            kill()
            throw error
        }
    }

    func kill() {
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
