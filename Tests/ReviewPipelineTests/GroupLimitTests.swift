import Glibc
import ReviewModel
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("Limits count for all processes of a plugin together", .serialized)
struct GroupLimitTests {
    private func python(_ text: String) -> String { "python3 -c '\(text.replacing("'", with: "\""))'" }

    /// Why the plugin that runs these commands was stopped.
    private func failure(_ commands: [String], limits: String) async throws -> String {
        let list = commands.map { String(decoding: JSONWriter.line(.text($0)), as: UTF8.self) }.joined(separator: ", ")
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd, with: {commands: [\(list)]}}}
            plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin", runs], limits: {\(limits)}}}
            """
        )
        var options = RunOptions()
        options.output = spec.folder + "/out"
        do {
            let outcome = try await review(loadSpec(spec.path), options: options)
            return outcome.failures.first?.failure.message.en ?? "\(outcome.review.facts)"
        } catch RunError.failed(let failures) {
            return try #require(failures.first).failure.message.en
        } catch RunError.invalid(let checked) {
            return checked.loaded.rendered(locale: .en, isColoured: false)
        }
    }

    private static let fork = "import os, time, mmap; start = os.getpid()\n"

    @Test("fifty children, each within the memory that one may have, are stopped")
    func children() async throws {
        let text =
            Self.fork + "[os.fork() for i in range(50) if os.getpid() == start]\nx = b'1' * (10 << 20)\ntime.sleep(600)"
        let message = try await failure([python(text)], limits: "memory_mib: 200")
        #expect(message.hasPrefix("plugin \"odd\" was stopped: its processes together hold "), "\(message)")
        #expect(
            message.hasSuffix("where 200 are allowed; limits: {memory_mib: …} in the spec allows more"),
            "\(message)"
        )
    }

    @Test("children in sessions of their own, whose parents are gone, are stopped with the others, and none stays")
    func orphans() async throws {
        let mark = "pingshen-test-\(UInt32.random(in: 0...UInt32.max))"
        let text =
            Self.fork + "for i in range(30):\n  if os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n"
            + "    x = b'1' * (10 << 20); time.sleep(600)\ntime.sleep(600) # \(mark)"
        let message = try await failure([python(text)], limits: "memory_mib: 150")
        #expect(message.contains("hold ") && message.contains("memory_mib"), "\(message)")
        #expect(system("pgrep -f '[p]\(mark.dropFirst())' > /dev/null") != 0, "none is left")
    }

    @Test("memory that is shared counts, once, mapped or not", arguments: ["mapped", "unmapped", "forked"])
    func shared(kind: String) async throws {
        let text =
            switch kind {
            case "mapped":
                "m = mmap.mmap(-1, 300 << 20)\nfor i in range(300): m[i << 20:(i + 1) << 20] = b'1' * (1 << 20)\n"
            case "unmapped": "f = os.memfd_create('x')\nfor i in range(300): os.write(f, b'1' * (1 << 20))\n"
            // 30 processes that share 100 MiB: not 3 GiB.
            default:
                "x = b'1' * (100 << 20)\n[os.fork() for i in range(30) if os.getpid() == start]\ntime.sleep(0.5)\nos._exit(0)\n"
            }
        let sleep = kind == "forked" ? "" : "time.sleep(600)"
        let message = try await failure(
            [python(Self.fork + text + sleep)],
            limits: "memory_mib: \(kind == "forked" ? 600 : 250)"
        )
        #expect(message.contains("memory_mib") == (kind != "forked"), "\(message)")
    }

    @Test("children that compute side by side use up the time of one")
    func computing() async throws {
        let text = Self.fork + "[os.fork() for i in range(3) if os.getpid() == start]\nwhile True: pass"
        let message = try await failure([python(text)], limits: "cpu_seconds: 2")
        #expect(message.contains("its processes together used up its 2 s of computing"), "\(message)")
    }

    @Test("too many processes are stopped, whatever they do")
    func processes() async throws {
        let text = Self.fork + "[os.fork() for i in range(60) if os.getpid() == start]\ntime.sleep(600)"
        let message = try await failure([python(text)], limits: "processes: 40")
        #expect(message.contains("processes at once, where 40 are allowed; limits: {processes: …}"), "\(message)")
    }

    /// As many open files as the plugin may have.
    private static let openMany =
        "import resource\nmost = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        + "resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))\n"

    @Test("very many threads are stopped: they take the machine its numbers for processes")
    func threads() async throws {
        let text =
            "import threading, time\nthreading.stack_size(65536)\n"
            + "for i in range(1500): threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\ntime.sleep(600)"
        let message = try await failure([python(text)], limits: "processes: 40")
        #expect(message.contains("threads, where 1024 are allowed; limits: {processes: …}"), "\(message)")
    }

    @Test(
        "what lies in pipes and sockets is bounded by how many there are",
        arguments: ["socket.socketpair()", "os.pipe()"]
    )
    func connections(kind: String) async throws {
        let text = "import os, socket, time\nkeep = [\(kind) for i in range(1100)]\ntime.sleep(600)"
        let message = try await failure([python(Self.openMany + text)], limits: "processes: 40")
        #expect(message.contains("pipes and sockets open, where 1024 are allowed"), "\(message)")
    }

    @Test(
        "an open file that is sent through a socket and not received is not out of sight: not by itself, not in a socket that is sent"
    )
    func underWay() async throws {
        let begin =
            "import array, os, socket, time\ndef send(a, f): a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, "
            + "array.array('i', [f]))]); os.close(f)\nf = os.memfd_create('x')\na, b = socket.socketpair()\n"
        for way in ["send(a, f)", "c, d = socket.socketpair(); send(c, f); c.close(); send(a, d.detach())"] {
            let message = try await failure([python(begin + way + "\ntime.sleep(600)")], limits: "processes: 40")
            #expect(message.contains("it leaves 1 open file(s) in a socket"), "\(message)")
        }
        let received = "send(a, f)\nsocket.recv_fds(b, 1, 1)\ntime.sleep(2.5)"
        let message = try await failure([python(begin + received)], limits: "processes: 40")
        #expect(message.contains("seen"), "\(message)")
    }

    @Test("files without a name count behind however many others are open, and more than are looked at cannot be open")
    func manyOpen() async throws {
        let removed =
            "import os, time\nk = [open('/dev/null') for i in range(1100)]\nf = open('f', 'wb'); os.unlink('f')\n"
            + "os.dup2(f.fileno(), 3999); f.close()\nfor i in range(40): os.write(3999, b'x' * (1 << 20))\ntime.sleep(600)"
        let message = try await failure([python(Self.openMany + removed)], limits: "folder_mib: 20")
        #expect(message.contains("MiB in its own folder, where 20"), "\(message)")
        // What a command ended with is its exit code times 256.
        let more = try await failure(
            [python(Self.openMany + "import sys\nsys.exit(77 if most > 4096 else 3)")],
            limits: "folder_mib: 20"
        )
        #expect(more.contains("768"), "\(more)")
    }

    @Test("what the kernel needs to find pages by counts, though there is nothing in them")
    func pageTables() async throws {
        // Read-only and private: no limit of Linux's counts it, and every page is the same one of nothing.
        let text =
            "import mmap, time\nm = mmap.mmap(-1, 60 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)\n"
            + "for i in range(0, 60 << 30, 2 << 20): m[i]\ntime.sleep(600)"
        let message = try await failure([python(text)], limits: "memory_mib: 80")
        #expect(message.contains("of memory, where 80 are allowed"), "\(message)")
    }

    @Test(
        "many small files are stopped, and so are many that together are large, named or not",
        arguments: ["many", "large", "removed"]
    )
    func files(kind: String) async throws {
        let text =
            switch kind {
            case "many": "for i in range(3000): open('f%d' % i, 'w').close()\n"
            case "large": "for i in range(40): open('f%d' % i, 'w').write('x' * (1 << 20))\n"
            default:
                "k = [open('f%d' % i, 'w') for i in range(40)]\nfor f in k: f.write('x' * (1 << 20)); f.flush(); os.unlink(f.name)\n"
            }
        let limits = kind == "many" ? "folder_files: 2000" : "folder_mib: 20"
        let message = try await failure([python(Self.fork + text + "time.sleep(600)")], limits: limits)
        #expect(
            message.contains(kind == "many" ? "more than 2000 files" : "MiB in its own folder, where 20"),
            "\(message)"
        )
    }

    @Test("what is counted in a folder stops at the limit, and at a depth that nobody needs")
    func folderUse() throws {
        let spec = TemporarySpec("", files: ["a": String(repeating: "x", count: 100_000)])
        #expect(FolderUse(of: [spec.folder], maximumEntries: 10).entries == 2)
        #expect(FolderUse(of: [spec.folder, spec.folder], maximumEntries: 10).kibibytes >= 2 * 97)
        #expect(FolderUse(of: [spec.folder], maximumEntries: 1).isTooMuch)
        #expect(FolderUse(of: ["/nowhere"], maximumEntries: 1).entries == 0)
        try FileSystem.makeFolder(spec.folder + String(repeating: "/d", count: 70))
        #expect(FolderUse(of: [spec.folder], maximumEntries: 1000).isTooMuch)
    }
}
