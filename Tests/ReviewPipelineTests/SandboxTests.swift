import Glibc
import ReviewModel
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

/// Why the tests of the sandbox are skipped; `nil` where there is one.
private let missing: String? = {
    let folders = (FileSystem.environment("PATH") ?? "").split(separator: ":")
    if !folders.contains(where: { FileSystem.isExecutable("\($0)/bwrap") }) { return "bubblewrap is not installed" }
    return system("bwrap --unshare-all --unshare-user --ro-bind / / true 2>/dev/null") == 0
        ? nil : "this machine lets nobody make user namespaces"
}()

@Suite("In the sandbox", .serialized, .enabled(if: missing == nil, "\(missing ?? "")"))
struct SandboxTests {
    private func spec(_ plugin: String, commands: [String] = [], files: [String: String] = [:]) -> TemporarySpec {
        let list = commands.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
        return TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd, with: {commands: [\(list)]}}}
            plugins: {odd: {\(plugin)}}
            """,
            files: files
        )
    }

    private func run(_ spec: TemporarySpec, sandboxed: Bool = true) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.isSandboxed = sandboxed
        return try await review(loadSpec(spec.path), options: options)
    }

    /// Whether each of the commands does what it says.
    private func succeed(_ commands: [String], sandboxed: Bool = true) async throws -> [Bool] {
        let spec = spec("command: [\"\(buildFolder)/misbehaving-plugin\", runs]", commands: commands)
        let outcome = try await run(spec, sandboxed: sandboxed)
        return try #require(outcome.review.facts.first?.value.list).map { $0 == 0 }
    }

    private func python(_ text: String) -> String { "python3 -c '\(text.replacing("'", with: "\""))' 2>/dev/null" }

    @Test("there is no right to take or give, for root neither: no capability, no mount, no namespace, no /proc/sys")
    func rights() async throws {
        // Only ever run inside, and nothing is written: opening says enough.
        let refused = [
            "grep -q 'Cap\\(Prm\\|Eff\\|Bnd\\|Amb\\):.*[1-9a-f]' /proc/self/status",
            "mount -o remount,rw / 2>/dev/null", "mount -o remount,rw /proc 2>/dev/null",
            "mount -t tmpfs none \"$TMPDIR\" 2>/dev/null",
            "unshare -U true 2>/dev/null", "unshare -m true 2>/dev/null", "unshare -Ur true 2>/dev/null",
            "kill -0 \(getpid()) 2>/dev/null",
        ]
        let closed = [
            "/proc/sys/vm/drop_caches", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/etc/pingshen-test",
            "/usr/pingshen-test", "/sys/pingshen-test", "/dev/pingshen-test", "/run/pingshen-test",
        ]
        let commands = refused + closed.map { "sh -c ': >> \($0)' 2>/dev/null" }
        for (command, hasSucceeded) in zip(commands, try await succeed(commands)) {
            #expect(!hasSucceeded, "\(command)")
        }
    }

    @Test(
        "there are no message queues, semaphores or segments of System V, in which the kernel would keep what nobody counts"
    )
    func queues() async throws {
        let makers = ["msgget(0, 01600)", "semget(0, 1, 01600)", "shmget(0, 4096, 01600)"]
        let commands = makers.map { "perl -e 'exit(defined($0) ? 0 : 1)' 2>/dev/null".replacing("$0", with: $0) }
        let works = "perl -e 'exit(0)'"
        for (command, hasSucceeded) in zip(commands + [works], try await succeed(commands + [works])) {
            #expect(hasSucceeded == (command == works), "\(command)")
        }
    }

    @Test(
        "no socket is reached that was not given: none with a name in any folder, no abstract one, no other machine's"
    )
    func sockets() async throws {
        // In a folder that stays visible, where it can be written to.
        let visible = access(buildFolder, W_OK) == 0 ? buildFolder : DigestCache.userFolder ?? buildFolder
        let folder = FileSystem.absolute(visible + "/socket-test-\(getpid())")
        try FileSystem.makeFolder(folder)
        defer { FileSystem.remove(folder) }
        let abstract = "pingshen-test-\(getpid())"
        let server = python(
            """
            import os, socket, time
            kept = []
            for name, kind in (('\(folder)/s', 1), ('\(folder)/d', 2), (chr(0) + '\(abstract)', 1)):
                s = socket.socket(socket.AF_UNIX, kind); s.bind(name); kept.append(s)
                if kind == 1: s.listen(50)
            open('\(folder)/ready', 'w').close()
            while os.path.exists('\(folder)/ready'): time.sleep(0.05)
            """
        )
        _ = system("\(server) &")
        for _ in 0..<10_000 where !FileSystem.exists(folder + "/ready") { usleep(2000) }
        let doors = [
            "s = socket.socket(socket.AF_UNIX); s.connect('\(folder)/s')",
            "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.sendto(b'x', '\(folder)/d')",
            "a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); a.sendto(b'x', '\(folder)/d')",
            "a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); a.connect('\(folder)/d'); a.send(b'x')",
            "s = socket.socket(socket.AF_UNIX); s.connect(chr(0) + '\(abstract)')",
        ].map { python("import socket; " + $0) }
        let never = ["import socket; socket.socket(40, 1)", "import socket; socket.socket(38, 5)"].map(python)
        let allowed = [
            "import socket; a, b = socket.socketpair(); a.send(b'x'); assert b.recv(1) == b'x'",
            "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); "
                + "socket.create_connection(s.getsockname())",
            "import multiprocessing as m; p = m.Pool(2); assert p.map(abs, [-1, -2]) == [1, 2]",
        ].map(python)
        let inside = try await succeed(doors + never + allowed)
        let outside = try await succeed(doors, sandboxed: false)
        let open = inside.prefix(doors.count + never.count)
        for (command, isOpen) in zip(doors + never, open) { #expect(!isOpen, "\(command)") }
        #expect(outside == doors.map { _ in true }, "the test sees the difference: \(outside)")
        #expect(inside.suffix(allowed.count).allSatisfy { $0 }, "what plugins need works: \(inside)")
    }

    @Test("what is written to /tmp and /dev/shm lies in the plugin's own folders, hides what is there, and counts")
    func temporary() async throws {
        let others = "/tmp/pingshen-others-\(getpid())"
        try FileSystem.write([1], to: others)
        defer { unlink(others) }
        let commands = [
            "echo x > /tmp/mine", "echo x > /var/tmp/mine", "echo x > /dev/shm/mine", "test -e \(others)",
            "df -P /tmp | grep -q tmpfs && ! df -P \"$TMPDIR\" | grep -q tmpfs",
        ]
        #expect(try await succeed(commands) == [true, true, true, false, false])
        #expect(!FileSystem.exists("/tmp/mine"))
        for place in ["/tmp", "/dev/shm"] {
            let spec = spec(
                "command: [\"\(buildFolder)/misbehaving-plugin\", runs], limits: {folder_mib: 4}",
                commands: ["i=0; while :; do head -c 1000000 /dev/zero > \(place)/$i; i=$((i + 1)); done"]
            )
            do {
                _ = try await run(spec)
                Issue.record("it was not stopped")
            } catch RunError.failed(let failures) {
                let message = try #require(failures.first).failure.message.en
                #expect(message.contains("limits: {folder_mib: …}"), "\(message)")
            }
        }
    }

    @Test(
        "a script in a folder that is hidden works, with its own files and without the others of that folder",
        .enabled(if: isBuildShown, "\(buildIsHidden)")
    )
    func hiddenScript() async throws {
        let text = """
            import os, sys
            import work
            here = os.path.dirname(os.path.realpath(__file__))
            if set(os.listdir(here)) - {'odd.py', 'work.py', 'link.py'}: sys.exit(4)
            work.go()
            """
        let files = [
            "odd.py": text, "secret.txt": "x",
            "work.py":
                "import os, sys\ndef go():\n  os.execv('\(buildFolder)/misbehaving-plugin', ['p'] + sys.argv[1:])\n",
        ]
        let named = "command: [python3, -B, ./odd.py], files: [./work.py]"
        #expect(try await run(spec(named, files: files)).failures.isEmpty)
        let locked = spec(named, files: files)
        _ = try await lockPlugins(of: [loadSpec(locked.path)], catalog: PluginCatalog())
        #expect(try await run(locked).failures.isEmpty)
        let linked = spec("command: [python3, -B, ./link.py], files: [./work.py]", files: files)
        symlink("odd.py", linked.folder + "/link.py")
        #expect(try await run(linked).failures.isEmpty)
    }

    @Test("a plugin that reaches a limit of its own is told of like anywhere else")
    func limit() async throws {
        let spec = spec("command: [\"\(buildFolder)/misbehaving-plugin\", huge-file], limits: {file_mib: 1}")
        do {
            _ = try await run(spec)
            Issue.record("it was not stopped")
        } catch RunError.failed(let failures) {
            let message = try #require(failures.first).failure.message.en
            #expect(message.contains("it wrote a file of more than 1 MiB"), "\(message)")
        }
    }

    @Test("a plugin gets no descriptor but its three")
    func descriptors() async throws {
        let spec = spec("command: [\"\(buildFolder)/misbehaving-plugin\", tells-surroundings]")
        #expect(try await run(spec).review.facts.first?.value["descriptors"] == [0, 1, 2])
    }
}
