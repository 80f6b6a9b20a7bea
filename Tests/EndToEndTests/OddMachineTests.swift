import Glibc
import Testing

/// Each ends in words, with the exit code of the contract, and never in a host that waits.
@Suite("On a machine that lacks something")
struct OddMachineTests {
    private let folder = TemporaryFolder()

    init() {
        write(
            """
            pingshen: 1
            id: quick
            form: {form: test, fields: {}, tables: {lines: {key: id, columns: {id: {type: text}, amount: {type: decimal}}}}}
            tables: {lines: [{id: a, amount: 5}]}
            pipeline: {odd: {use: odd}}
            plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin", behave]}}
            """,
            to: folder.path + "/quick.yaml"
        )
    }

    /// `RUN` in `words` stands for a review of a plugin that behaves.
    private func trial(_ words: String) -> CommandResult {
        let run = "timeout -k 1 60 pingshen run '\(folder.path)/quick.yaml' --locale en --out '\(folder.path)/out'"
        return shell("cd '\(folder.path)' && " + words.replacing("RUN", with: run))
    }

    @Test(
        "too few descriptors are told before anything is started",
        arguments: [4, 5, 6, 7, 10, 13, 16, 20, 24, 28, 32]
    )
    func descriptors(count: Int) {
        let result = trial("ulimit -n \(count) && RUN")
        #expect(result.status == 73, "\(result.errors)")
        #expect(result.errors.contains("only \(count) files may be open at once"), "\(result.errors)")
        #expect(result.errors.contains("ulimit -n 1024"))
        #expect(!folder.names.contains("out"))
    }

    @Test(
        "too little memory or stack is told before anything is started",
        arguments: [
            ("-v 200000", "-v"), ("-v 700000", "-v"), ("-d 30000", "-d"), ("-s 256", "-s"), ("-s 64", "-s"),
            ("-s 32", "-s"),
            ("-s 16", "-s"),
        ]
    )
    func memory(limit: String, option: String) {
        let result = trial("ulimit \(limit) && RUN")
        #expect(result.status == 73, "\(result.errors)")
        #expect(result.errors.contains("allow more: ulimit \(option) unlimited"), "\(result.errors)")
        #expect(!folder.names.contains("out"))
    }

    /// Whether this is root, who can start a host of a user's who has no other processes, and that user may read the build.
    private static let hasNobody =
        geteuid() == 0
        && system("setpriv --reuid 65534 --clear-groups test -x '\(buildFolder)/misbehaving-plugin'") == 0

    @Test(
        "too few processes are told, and nothing waits for one more",
        .enabled(if: hasNobody, "nobody else's host can be started here"),
        arguments: [2, 5, 8]
    )
    func processes(count: Int) {
        let result = trial(
            """
            chmod 755 . && mkdir -m 777 t out && export TMPDIR=$PWD/t && LANG=C timeout -k 1 60 \
            setpriv --reuid 65534 --regid 65534 --clear-groups prlimit --nproc=\(count) \
            pingshen run quick.yaml --locale en --out out
            """
        )
        #expect(result.status == 73, "\(result.errors)")
        #expect(result.errors.contains("the system allows no more processes or threads"), "\(result.errors)")
    }

    @Test("a larger stack is asked for where the system gives it")
    func stack() {
        for size in [24, 64] { #expect(trial("ulimit -Ss \(size) && RUN").status == 0, "\(size) KiB") }
    }

    @Test("that the stack is too small is said in the language of the machine")
    func stackInChinese() {
        let result = trial("ulimit -s 64 && LC_ALL=zh_CN.UTF-8 pingshen --version")
        #expect(result.status == 73)
        #expect(result.errors == "错误：/proc/self/limits：只允许使用 64 KiB 栈，需要 1024 KiB；请提高上限：ulimit -s unlimited\n")
    }

    @Test("a line feed in a path is shown, or what follows is indented: nothing in a name looks like a message")
    func lineFeeds() {
        let name = "$(printf 'a\\nerror: forged')"
        let words = [
            "validate \"\(name).yaml\"", "run \"\(name)/none.yaml\"", "diff \"\(name)\" b", "summarize \"\(name)\"",
            "plugins test -- \"./\(name)\"", "rubric lint \"\(name)\"", "batch \"\(name).yaml\"",
            "explain \"\(name)\" x", "run quick.yaml --rubric \"\(name)\"", "run quick.yaml --out \"\(name)\"",
        ]
        for word in words {
            let result = trial("printf 'pingshen: 1\nid: x\n' > \"\(name).yaml\"; LANG=C timeout 60 pingshen \(word)")
            let lines = (result.errors + result.output).split(separator: "\n")
            #expect(!lines.contains { $0.hasPrefix("error: forged") }, "\(word): \(lines)")
            #expect(lines.contains { $0.contains("forged") }, "\(word): \(lines)")
        }
        let temporary = trial("TMPDIR=\"\(name)\" LANG=C RUN")
        #expect(temporary.errors.hasPrefix("error: cannot write a\\nerror: forged: "), "\(temporary.errors)")
    }

    @Test("sixty-four descriptors do, and more are asked for where the system gives them")
    func enough() {
        #expect(trial("ulimit -n 64 && RUN").status == 0)
        #expect(trial("ulimit -Sn 16 && RUN").status == 0)
    }

    @Test(
        "a TMPDIR that is not there, is no folder, or has a path that is no text is told by its name",
        arguments: [
            ("/nowhere/at/all", "No such file or directory"), ("$PWD/quick.yaml", "Not a directory"),
            ("$(printf '%s/\\377' \"$PWD\")", "its path is not UTF-8"),
            ("$(printf 'a\\nb')", "there is a line feed in its path"),
        ]
    )
    func temporaryFolder(path: String, reason: String) {
        for command in ["RUN", "pingshen plugins test -- '\(buildFolder)/misbehaving-plugin'"] {
            let result = trial("TMPDIR=\"\(path)\" LANG=C \(command)")
            #expect(result.status == 73, "\(command): \(result.errors)")
            #expect(result.errors.contains(reason) && result.errors.contains("TMPDIR"), "\(result.errors)")
        }
    }

    @Test("a relative TMPDIR is one from where the host was started, and nothing is left in it")
    func relative() {
        let result = trial("mkdir tmp && TMPDIR=tmp RUN && ls -A tmp && TMPDIR= RUN")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.split(separator: "\n").allSatisfy { $0.hasSuffix("review.json") }, "\(result.output)")
    }

    @Test(
        "results that cannot be written end with 73, whatever they say",
        arguments: ["> /dev/full", ">&-"],
        ["RUN --json", "pingshen --help", "pingshen plugins new --help"]
    )
    func lostResults(redirection: String, command: String) {
        let result = trial("LANG=C \(command) \(redirection)")
        #expect(result.status == 73, "\(result.errors)")
        #expect(result.errors.contains("the results cannot be written to standard output"), "\(result.errors)")
    }

    @Test("a reader who has seen enough is no mistake")
    func closedPipe() {
        let result = trial("{ RUN --json; echo $? > code; } | head -c 1 > /dev/null; cat code")
        #expect(result.output == "0\n", "\(result.errors)")
    }

    @Test("a signal that was ignored at the start stays ignored", arguments: ["HUP", "INT", "TERM"])
    func ignoredSignal(name: String) {
        let result = trial(
            """
            sed 's/behave/slow-with-progress/' quick.yaml > slow.yaml
            trap '' \(name)
            pingshen run slow.yaml --out out & pid=$!
            until plugin=$(pgrep -P $pid -f 'misbehaving-plugi[n] slow'); do kill -0 $pid || exit 9; done
            kill -\(name) $pid; wait $pid
            """
        )
        #expect(result.status == 0, "\(result.errors)")
    }
}
