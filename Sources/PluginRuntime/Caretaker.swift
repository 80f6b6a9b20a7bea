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
    fileprivate struct State {
        var output: Int32?
        /// Why nobody could be started.
        var failure: FileError?
        /// What the folders are called that it looks after: small numbers, which it need not search for.
        var numbers: [String: Int] = [:]
        var freeNumbers: [Int] = []
    }

    private let state: Mutex<State>

    init(output: Int32) { state = Mutex(State(output: output)) }

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
    package func remove(_ folder: String) {
        guard Self.canBeTold(folder) else { return }
        state.withLock { state in
            let number = state.number(of: folder)
            state.tell("folder \(number) \(folder)\n")
        }
    }

    /// The same for a folder that is to change places with what is at `place`: where that takes three renames and the host is
    /// gone in between, what was there goes back (``FileSystem/exchange(_:_:)``).
    package func remove(_ folder: String, orItsEarlierTo place: String) {
        guard Self.canBeTold(folder) else { return }
        state.withLock { state in
            let number = state.number(of: folder)
            state.tell("folder \(number) \(folder)\n" + (Self.canBeTold(place) ? "place \(number) \(place)\n" : ""))
        }
    }

    /// The folder is gone, or in its place: nobody need look after it any more.
    package func forget(_ folder: String) {
        state.withLock { state in
            guard let number = state.numbers.removeValue(forKey: folder) else { return }
            state.freeNumbers.append(number)
            state.tell("done \(number)\n")
        }
    }

    private func goodbye() {
        tell("goodbye\n")
        state.withLock { state in
            if let open = state.output { close(open) }
            state.output = nil
        }
    }

    private static func canBeTold(_ path: String) -> Bool {
        FilePaths.isAbsolute(path) && !path.utf8.contains(UInt8(ascii: "\n"))
    }

    private func tell(_ sentence: String) { state.withLock { $0.tell(sentence) } }
}

extension Caretaker.State {
    /// The number of a folder, a new one where it has none.
    fileprivate mutating func number(of folder: String) -> Int {
        if let number = numbers[folder] { return number }
        let number = freeNumbers.popLast() ?? numbers.count + 1
        numbers[folder] = number
        return number
    }

    fileprivate func tell(_ sentence: String) {
        guard let output else { return }
        let bytes = Array(sentence.utf8)
        _ = write(output, bytes, bytes.count)
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
    ///
    /// A folder and its place are variables with its number: a list would be searched for each of ten thousand reviews.
    static let script = #"""
        trap '' INT TERM HUP QUIT
        LC_ALL=C
        export LC_ALL
        groups=' ' last=0
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
                forget) case $groups in *" $what "*) groups="${groups%% $what *} ${groups#* $what }" ;; esac ;;
                folder)
                    number=${what%% *}
                    eval "folder_$number=\${what#* } place_$number="
                    [ "$number" -le "$last" ] || last=$number ;;
                place) eval "place_${what%% *}=\${what#* }" ;;
                done) unset "folder_$what" "place_$what" ;;
                goodbye) exit 0 ;;
            esac
        done
        for group in $groups; do kill -s KILL -- "-$group"; done
        number=0
        while [ "$number" -lt "$last" ]; do
            number=$((number + 1))
            eval "folder=\${folder_$number-} place=\${place_$number-}"
            [ -z "$place" ] || [ -e "$place" ] || mv -T -- "$folder.earlier" "$place"
        done
        number=0
        while [ "$number" -lt "$last" ]; do
            number=$((number + 1))
            eval "folder=\${folder_$number-}"
            [ -n "$folder" ] || continue
            quiet=0 round=0
            while [ "$quiet" -lt 5 ] && [ "$round" -lt 500 ]; do
                quiet=$((quiet + 1)) round=$((round + 1))
                for file in $(grep -slzF -- "TMPDIR=$folder/" /proc/[0-9]*/environ); do
                    process=${file#/proc/}
                    process=${process%/environ}
                    kill -s KILL -- "-$process"
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
