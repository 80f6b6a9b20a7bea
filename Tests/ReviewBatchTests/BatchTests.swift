import Glibc
import PluginRuntime
import ReviewModel
import ReviewPipeline
import Testing

@testable import LocalFiles
@testable import ReviewBatch

@Suite("A batch", .serialized)
struct BatchTests {
    @Test("each spec gets its folder, and batch.json says what became of each")
    func reviews() async throws {
        let town = Town(["a.yaml": Town.spec("a"), "b/spec.yaml": Town.spec("b"), "table.yaml": "- {id: L1}\n"])
        let (result, events) = try await town.review()
        #expect(result.items.map(\.id) == ["a", "b"])
        #expect(result.items.map(\.state) == [.done, .done] && result.exitCode == 0)
        #expect(!town.read("out/a/review.json").isEmpty && !town.read("out/b/run.jsonl").isEmpty)
        guard case .found(specs: 2, parts: let parts)? = events.first else { throw Unexpected() }
        #expect(parts == [town.folder + "/table.yaml"])
        let value = try JSONReader.read(town.read("out/batch/batch.json"))
        #expect(value["schema"] == "pingshen.batch/1")
        #expect(value["counts"]?["done"] == 2 && value["counts"]?["not run"] == 0)
        #expect(value["reviews"]?.list?.first?["folder"] == "a")
    }

    @Test("a folder's specs are those that would be reviewed alone, however their keys are written")
    func written() async throws {
        let plain = Town.spec("ID")
        func spec(_ id: String, _ change: (String) -> String) -> String { change(plain.replacing("ID", with: id)) }
        let town = Town([
            "bom.yaml": spec("bom") { "\u{FEFF}" + $0 },
            "quoted.yaml": spec("quoted") { $0.replacing("pingshen: 1", with: "\"pingshen\": 1") },
            "blank.yaml": spec("blank") { $0.replacing("pingshen: 1", with: "pingshen : 1") },
            "tagged.yaml": spec("tagged") { $0.replacing("pingshen: 1", with: "!!str pingshen: 1") },
            "indented.yaml": spec("indented") { text in text.split(separator: "\n").map { "  \($0)\n" }.joined() },
            "UPPER.YML": spec("upper") { $0 },
            "part.yaml": "# of pingshen\n- {id: L1}\n",
            "pipeline.yaml": "pingshen: 1\npipeline: {}\n",
        ])
        let (result, events) = try await town.review()
        #expect(
            Set(result.items.map(\.id)) == ["bom", "quoted", "blank", "tagged", "indented", "upper"],
            "\(result.items.map { ($0.id, $0.state) })"
        )
        guard case .found(specs: 6, parts: let parts)? = events.first else { throw Unexpected() }
        #expect(
            Set(parts)
                == ["part.yaml", "pipeline.yaml"].map { town.folder + "/" + $0 }.reduce(into: []) { $0.insert($1) }
        )
    }

    @Test("a folder called batch that is somebody else's is left alone")
    func foreignFolder() async throws {
        let town = Town(["a.yaml": Town.spec("a"), "out/batch/index.html": "mine"])
        let error = await #expect(throws: RunError.self) { try await town.review(["a.yaml"]) }
        guard case .output(let message)? = error else { throw Unexpected() }
        #expect(message.en.contains("/out/batch has index.html already that pingshen did not write"))
        #expect(town.read("out/batch/index.html") == Array("mine".utf8) && town.read("out/a/review.json").isEmpty)
        let other = Town(["a.yaml": Town.spec("a"), "out/batch/notes.txt": "mine"])
        #expect(try await other.review(["a.yaml"]).result.items.map(\.state) == [.done])
        #expect(try await other.review(["a.yaml"]).result.items.map(\.state) == [.unchanged])
    }

    @Test("of specs that share an id none is reviewed, and both files are named; the others are")
    func doubled() async throws {
        let town = Town(["a.yaml": Town.spec("x"), "b.yaml": Town.spec("x"), "c.yaml": Town.spec("c")])
        let (result, _) = try await town.review()
        #expect(result.items.map(\.state) == [.invalid, .invalid, .done] && result.exitCode == 2)
        let message = result.message(of: "x")
        #expect(message.contains("/a.yaml") && message.contains("/b.yaml"))
        #expect(town.read("out/x/review.json").isEmpty)
    }

    @Test("an id that is the batch's own folder is refused")
    func ownName() async throws {
        let town = Town(["a.yaml": Town.spec("batch")])
        let (result, _) = try await town.review()
        #expect(result.items.map(\.state) == [.invalid])
        #expect(result.message(of: "batch").contains("the name of the folder in which a batch keeps its own"))
    }

    @Test("an invalid spec is told, with its place, and costs no other one")
    func invalid() async throws {
        let town = Town([
            "a.yaml": Town.spec("a").replacing("amount: 5.00", with: "amuont: 5"), "b.yaml": Town.spec("b"),
        ])
        let (result, _) = try await town.review()
        #expect(result.items.map(\.state) == [.invalid, .done] && result.exitCode == 2)
        #expect(result.message(of: "a").contains("/a.yaml:"))
    }

    @Test("a review that hangs is ended when its time is up")
    func hanging() async throws {
        let town = Town(["a.yaml": Town.spec("a", settings: "{hangs: true}")])
        let (result, _) = try await town.review { $0.deadline = .seconds(1) }
        #expect(result.states == ["a": .failed] && result.exitCode == 3)
        #expect(result.message(of: "a").contains("took longer than 1 s"))
    }

    @Test("a plugin that fails costs its own review")
    func failing() async throws {
        let town = Town([
            "a.yaml": Town.spec("a", mode: "error"), "c.yaml": Town.spec("c"),
            "d.yaml": Town.spec("d", mode: "exit-during-score"),
        ])
        let (result, _) = try await town.review()
        #expect(result.states == ["a": .failed, "c": .done, "d": .failed] && result.exitCode == 3)
        #expect(result.message(of: "a").contains("no such town"))
    }

    @Test("where a plugin that has served others fails, the review comes to what a new process makes of it")
    func repeated() async throws {
        let specs = (0..<4).map { ("\($0).yaml", Town.spec("r\($0)", mode: "stays-refuses")) }
        let town = Town(Dictionary(uniqueKeysWithValues: specs))
        let (result, _) = try await town.review(jobs: 1)
        #expect(result.items.map(\.state) == [.done, .done, .done, .done])
    }

    @Test("where a plugin that has served others reads no more, each review comes to what a new process makes of it")
    func asleep() async throws {
        for mode in ["stays-sleeps", "stays-closes"] {
            let town = Town(["a.yaml": Town.spec("a", mode: mode), "b.yaml": Town.spec("b", mode: mode)])
            let (result, _) = try await town.review(jobs: 1) { $0.run.times.wake = .milliseconds(300) }
            #expect(result.items.map(\.state) == [.done, .done], "\(mode)")
        }
    }

    @Test("a spec whose file is named twice is reviewed once; a name that leads nowhere is told")
    func named() async throws {
        let town = Town(["a.yaml": Town.spec("a")])
        let (result, _) = try await town.review(["a.yaml", "*.yaml", "nothing-*.yaml", "none.yaml"])
        #expect(result.items.map(\.state) == [.done, .invalid, .invalid])
        #expect(result.items[1].message?.en.contains("no file or folder is like") == true)
    }

    @Test("a finding from --fail-on on is exit code 1, also where the review stands from before")
    func failOn() async throws {
        let town = Town(["a.yaml": Town.spec("a", mode: "behave")])
        #expect(try await town.review { $0.failOn = .warning }.result.exitCode == 0)
        let (result, _) = try await town.review { $0.failOn = .info }
        #expect(result.items.map(\.state) == [.unchanged] && result.exitCode == 1)
    }

    @Test("a batch that is ended says what was not run, and the next goes on from there")
    func interrupted() async throws {
        let town = Town(["a.yaml": Town.spec("a"), "b.yaml": Town.spec("b", settings: "{hangs: true}")])
        let task = Task { try await town.review(jobs: 1) { $0.observer = { _ in SilentObserver() } } }
        while town.read("out/a/review.json").isEmpty { await Task.yield() }
        task.cancel()
        let (result, _) = try await task.value
        #expect(result.states["b"] == .notRun)
        town.write(Town.spec("b"), to: "b.yaml")
        #expect(try await town.review().result.states["b"] == .done)
    }

    @Test("a spec whose name is not UTF-8 is told by what to do about it, and the others are reviewed")
    func oddName() async throws {
        let town = Town(["a.yaml": Town.spec("a")])
        let bytes = Array(town.folder.utf8) + Array("/".utf8) + [0xB0, 0xA1] + Array(".yaml".utf8)
        let file = (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { name in
            name.baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o644) } ?? -1
        }
        close(file)
        let (result, _) = try await town.review()
        #expect(result.items.map(\.state).sorted { $0.rawValue < $1.rawValue } == [.done, .invalid])
        #expect(
            result.items.compactMap(\.message?.en).contains { $0.contains("is not UTF-8") && $0.contains("rename it") }
        )
    }
}

struct Unexpected: Error {}
