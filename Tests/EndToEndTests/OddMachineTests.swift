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
