internal import CLinux
internal import Glibc
internal import LocalFiles
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// Sees to what the host leaves behind when it is killed and cannot do so itself: a small process in a session of its own,
/// told what to look after, which acts when its input ends without a goodbye.
///
/// A plugin that ignores the end of its standard input would otherwise live on, and the scratch folder with it. (Linux
/// can signal a child when its parent dies, but means the parent's *thread*, and forgets it across set-user-id programs.)
package final class Caretaker: Sendable {
    private let output: Mutex<Int32?>

    /// `kill` is asked for process groups, `find` for those in sessions of their own that still have the scratch folder
    /// in their environment.
    private static let script = """
        trap '' INT TERM HUP
        groups=' '
        folders=
        while read -r verb what; do
            case $verb in
                watch) groups="$groups$what " ;;
                forget) groups="${groups%% $what *} ${groups#* $what }" ;;
                folder) folders="$folders
        $what" ;;
                goodbye) exit 0 ;;
            esac
        done
        for group in $groups; do kill -KILL -- "-$group"; done
        printf '%s\\n' "$folders" | while read -r folder; do
            [ -n "$folder" ] || continue
            for file in $(grep -slzF -- "TMPDIR=$folder/" /proc/[0-9]*/environ); do
                process=${file#/proc/}
                kill -KILL "${process%/environ}"
            done
            rm -rf -- "$folder"
        done
        """

    private init(output: Int32) { self.output = Mutex(output) }

    /// Runs `body` with somebody to look after `folder` and the plugins, who is there before the first of them starts: a
    /// plugin that has not been told of yet is found by its `TMPDIR` under `folder`. Where there is no shell, nobody does.
    package static func watching<Result: Sendable>(
        _ folder: String,
        _ body: (Caretaker) async throws -> Result
    ) async throws -> Result {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw FileError("pipe") }
        let (input, caretaker) = (ends[0], Caretaker(output: ends[1]))
        var options = PlatformOptions()
        options.createSession = true
        let configuration = Configuration(
            executable: .path("/bin/sh"),
            arguments: ["-c", script],
            workingDirectory: "/",
            platformOptions: options
        )
        let isThere = Signal()
        // Not a child task: it must outlive a cancelled run until it has been told goodbye.
        let process = Task {
            _ = try? await Subprocess.run(
                configuration,
                input: .fileDescriptor(FileDescriptor(rawValue: input), closeAfterSpawningProcess: true),
                output: .discarded,
                error: .discarded
            ) { _ in isThere.send() }
            isThere.send()
        }
        caretaker.remove(folder)
        await isThere.wait()
        do {
            let result = try await body(caretaker)
            caretaker.goodbye()
            await process.value
            return result
        } catch {
            caretaker.goodbye()
            await process.value
            throw error
        }
    }

    /// Kills the process group when the host is gone.
    func watch(_ group: pid_t) { tell("watch \(group)\n") }

    /// The group has ended; its number may soon be another's.
    func forget(_ group: pid_t) { tell("forget \(group)\n") }

    /// Removes the folder when the host is gone.
    package func remove(_ folder: String) {
        guard folder.hasPrefix("/"), !folder.contains(where: \.isNewline) else { return }
        tell("folder \(folder)\n")
    }

    private func goodbye() {
        tell("goodbye\n")
        output.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    private func tell(_ sentence: String) {
        output.withLock { descriptor in
            guard let descriptor else { return }
            let bytes = Array(sentence.utf8)
            _ = write(descriptor, bytes, bytes.count)
        }
    }
}
