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
///
/// It is told of a folder before the folder is made, and of a plugin once that has a number; one that has none yet is found
/// by its `TMPDIR`. A program that is just being started holds a copy of the pipe until it runs, so the end of the input
/// comes only when everything that was started is about to be seen.
package final class Caretaker: Sendable {
    private struct State {
        var output: Int32?
        /// Why nobody could be started.
        var failure: FileError?
    }

    private let state: Mutex<State>

    private init(output: Int32) { state = Mutex(State(output: output)) }

    /// Runs `body` with somebody to look after it, who is there before anything else happens. Where there is no shell,
    /// nobody is.
    ///
    /// - Throws: ``FileError`` where nobody can be started, and what `body` throws.
    static func watching<Result: Sendable>(_ body: (Caretaker) async throws -> Result) async throws -> Result {
        _ = brokenPipesAreErrors
        try Descriptors.require(descriptors)
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw FileError(shell) }
        let (input, caretaker, isThere) = (ends[0], Caretaker(output: ends[1]), Signal())
        // Not a child task: it must outlive a cancelled run until it has been told goodbye.
        let process = Task {
            await caretaker.run(input, isThere)
            isThere.send()
        }
        let result: Swift.Result<Result, any Error>
        do {
            await isThere.wait()
            try Task.checkCancellation()
            if let failure = caretaker.state.withLock({ $0.failure }) { throw failure }
            result = .success(try await body(caretaker))
        } catch {
            result = .failure(error)
        }
        caretaker.goodbye()
        await process.value
        return try result.get()
    }

    private func run(_ input: Int32, _ isThere: Signal) async {
        var options = PlatformOptions()
        options.createSession = true
        let configuration = Configuration(
            executable: .path(FilePath(Self.shell)),
            arguments: ["-c", Self.script],
            workingDirectory: "/",
            platformOptions: options
        )
        do {
            _ = try await Subprocess.run(
                configuration,
                input: .fileDescriptor(FileDescriptor(rawValue: input), closeAfterSpawningProcess: true),
                output: .discarded,
                error: .discarded
            ) { _ in isThere.send() }
        } catch {
            guard FileSystem.isExecutable(Self.shell) else { return }
            let code = (error as? SubprocessError)?.underlyingError?.rawValue ?? EAGAIN
            state.withLock { $0.failure = FileError(starting: Self.shell, errno: code) }
        }
    }

    // MARK: What it is told

    /// Kills the process group when the host is gone.
    func watch(_ group: pid_t) { tell("watch \(group)\n") }

    /// The group has ended; its number may soon be another's.
    func forget(_ group: pid_t) { tell("forget \(group)\n") }

    /// Removes the folder when the host is gone; an absolute path, of a folder that need not be there yet.
    package func remove(_ folder: String) { tell(sentence("folder ", folder)) }

    /// The same for a folder that is to change places with what is at `place`: where that takes three renames and the host is
    /// gone in between, what was there goes back (``FileSystem/exchange(_:_:)``).
    package func remove(_ folder: String, orItsEarlierTo place: String) {
        // At once: of two reviews side by side the one's place would be taken for the other's.
        let told = sentence("folder ", folder)
        tell(told.isEmpty ? "" : told + sentence("place ", place))
    }

    /// The folder is gone, or in its place: nobody need look after it any more.
    package func forget(_ folder: String) { tell(sentence("done ", folder)) }

    private func goodbye() {
        tell("goodbye\n")
        state.withLock { state in
            if let open = state.output { close(open) }
            state.output = nil
        }
    }

    /// Empty for a path that cannot be told.
    private func sentence(_ verb: String, _ path: String) -> String {
        guard FilePaths.isAbsolute(path), !path.utf8.contains(UInt8(ascii: "\n")) else { return "" }
        return verb + path + "\n"
    }

    private func tell(_ sentence: String) {
        if sentence.isEmpty { return }
        state.withLock { state in
            guard let output = state.output else { return }
            let bytes = Array(sentence.utf8)
            _ = write(output, bytes, bytes.count)
        }
    }
}

// MARK: - The process

extension Caretaker {
    private static let shell = "/bin/sh"
    /// What starting a process takes: the pipe, what tells how the start went, and what watches over it.
    private static let descriptors = 20

    /// `kill` is asked for process groups, `grep` for those in sessions of their own that still have the scratch folder in
    /// their environment. A program that is just being put in another's place shows no environment for a moment, and may make
    /// anew what is removed, so it takes five quiet looks in a row to be over. `rm` goes into what is mounted, so a folder in
    /// which anything is mounted stays; it is known by the letters that its name ends in, which nothing else has.
    private static let script = #"""
        trap '' INT TERM HUP QUIT
        LC_ALL=C
        export LC_ALL
        end='
        '
        groups=' ' folders=$end places=$end
        holds_mount() {
            [ -r /proc/self/mountinfo ] || return 0
            while read -r _ _ _ _ point _; do
                case $point in *"-${1##*-}" | *"-${1##*-}"/*) return 0 ;; esac
            done </proc/self/mountinfo
            return 1
        }
        while IFS= read -r line; do
            what=${line#* }
            case ${line%% *} in
                watch) groups="$groups$what " ;;
                forget) groups="${groups%% $what *} ${groups#* $what }" ;;
                folder) folder=$what folders="$folders$what$end" ;;
                place) places="$places$folder$end$what$end" ;;
                done)
                    folders="${folders%%"$end$what$end"*}$end${folders#*"$end$what$end"}"
                    case $places in
                        *"$end$what$end"*)
                            rest=${places#*"$end$what$end"}
                            places="${places%%"$end$what$end"*}$end${rest#*"$end"}" ;;
                    esac ;;
                goodbye) exit 0 ;;
            esac
        done
        for group in $groups; do kill -KILL -- "-$group"; done
        printf '%s' "${places#"$end"}" | while IFS= read -r folder && IFS= read -r place; do
            [ -e "$place" ] || mv -T -- "$folder.earlier" "$place"
        done
        printf '%s' "${folders#"$end"}" | while IFS= read -r folder; do
            quiet=0 round=0
            while [ "$quiet" -lt 5 ] && [ "$round" -lt 500 ]; do
                quiet=$((quiet + 1)) round=$((round + 1))
                for file in $(grep -slzF -- "TMPDIR=$folder/" /proc/[0-9]*/environ); do
                    process=${file#/proc/}
                    process=${process%/environ}
                    kill -KILL -- "-$process"
                    kill -KILL "$process"
                    quiet=0
                done
                if ! holds_mount "$folder" && [ -d "$folder" ]; then
                    rm -rf -- "$folder" || chmod -R u+rwx -- "$folder"
                    quiet=0
                fi
                sleep 0.02 || sleep 1
            done
        done
        """#
}
