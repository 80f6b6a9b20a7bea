import Glibc
import ReviewModel
import Synchronization
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("The folder of a review", .serialized)
struct OutputPlaceTests {
    private let spec = TemporarySpec.pipeline(
        "  good: {use: good}\n  paper: {use: paper, with: {path: in/report.md}}",
        plugins: ["good": "behave", "paper": "artifact-named"]
    )

    private var folder: String { spec.folder + "/out/test" }

    private func run() async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        return try await review(loadSpec(spec.path), options: options)
    }

    private func refusal() async throws -> String {
        let error = try await #require(throws: RunError.self) { _ = try await run() }
        guard case .output(let message) = error else { return "\(error)" }
        #expect(FileSystem.names(in: spec.folder + "/out") == ["test"], "nothing else is left")
        return message.en
    }

    private func write(_ text: String, to name: String) {
        guard let file = fopen(spec.folder + "/" + name, "w") else { return }
        fputs(text, file)
        fclose(file)
    }

    @Test("is replaced as often as a review is made, with nothing of the earlier one left")
    func replaced() async throws {
        let first = JSONWriter.document(try await run().json)
        #expect(FileSystem.names(in: folder) == ["in", "review.json", "run.jsonl"])
        let again = try await run()
        #expect(JSONWriter.document(again.json) == first && again.setAside.isEmpty)
        #expect(FileSystem.names(in: spec.folder + "/out") == ["test"])
    }

    @Test("is replaced although people have changed a file in it, which is kept beside the place, each change once")
    func edited() async throws {
        let first = JSONWriter.document(try await run().json)
        let kept = folder + ".edited/in/report"
        for (text, copy) in [("changed", ".md"), ("changed", ".md"), ("again", "-2.md"), ("changed", ".md")] {
            write(text, to: "out/test/in/report.md")
            let outcome = try await run()
            #expect(JSONWriter.document(outcome.json) == first)
            #expect(outcome.setAside == [kept + copy])
            #expect(try FileSystem.read(kept + copy, atMost: 100) == Array(text.utf8))
            #expect(try FileSystem.read(folder + "/in/report.md", atMost: 100) == [])
        }
        #expect(FileSystem.names(in: spec.folder + "/out").sorted() == ["test", "test.edited"])
        #expect(try await run().setAside.isEmpty)
    }

    @Test("is replaced by one with fewer files, which says the names of those that are gone")
    func fewer() async throws {
        #expect(try await run().removed.isEmpty)
        let text = String(decoding: try FileSystem.read(spec.path, atMost: 10_000), as: UTF8.self)
        let halves = text.split(separator: "in/report.md", maxSplits: 1)
        try #require(halves.count == 2)
        let renamed = FilePaths.name(of: spec.path)
        write(halves[0] + "in/paper.md" + halves[1], to: renamed)
        #expect(try await run().removed == [folder + "/in/report.md"])
        #expect(FileSystem.names(in: folder + "/in") == ["paper.md"])
        #expect(try await run().removed.isEmpty)
    }

    @Test(
        "stays where it is when it holds something that no review has written",
        arguments: ["notes.txt", "in/notes.txt"]
    )
    func stranger(name: String) async throws {
        _ = try await run()
        write("mine", to: "out/test/" + name)
        #expect(
            try await refusal() == "\(folder) holds \"\(name)\", which no review has written; nothing was replaced. "
                + "Move it away, or choose another folder with --out"
        )
        #expect(FileSystem.exists(folder + "/" + name) && FileSystem.exists(folder + "/review.json"))
        unlink(folder + "/" + name)
        _ = try await run()
    }

    @Test(
        "is not taken for a review because somebody calls a file so",
        arguments: ["", "{}", "{\"schema\": \"x\"}", "no"]
    )
    func noReview(json: String) async throws {
        mkdir(spec.folder + "/out", 0o755)
        mkdir(folder, 0o755)
        write(json, to: "out/test/review.json")
        #expect(try await refusal().hasPrefix("\(folder) is there already and is no review"))
        #expect(FileSystem.exists(folder + "/review.json"))
    }

    @Test("is not a file or a link that has its name", arguments: [true, false])
    func noFolder(isLink: Bool) async throws {
        mkdir(spec.folder + "/out", 0o755)
        if isLink { symlink("..", folder) } else { write("mine", to: "out/test") }
        #expect(try await refusal().hasPrefix("\(folder) is there already and is no review"))
        #expect(FileSystem.exists(folder))
    }

    @Test("may be there already when it is empty")
    func empty() async throws {
        mkdir(spec.folder + "/out", 0o755)
        mkdir(folder, 0o755)
        _ = try await run()
        #expect(FileSystem.names(in: folder) == ["in", "review.json", "run.jsonl"])
    }

    @Test("is filled by one of many at a time, and all of them succeed")
    func many() async throws {
        _ = try await run()
        let jsons = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { JSONWriter.document(try await run().json) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(jsons).count == 1)
        #expect(FileSystem.names(in: spec.folder + "/out") == ["test"])
        #expect(FileSystem.names(in: folder) == ["in", "review.json", "run.jsonl"])
    }

    @Test("is never away for a moment while it is replaced")
    func neverAway() async throws {
        _ = try await run()
        let (output, review) = (spec.folder + "/out", folder + "/review.json")
        let json = try FileSystem.read(review, atMost: .max)
        let isOver = Flag()
        let absences = Task.detached {
            var absences = 0
            while !isOver.value.load(ordering: .relaxed) {
                if access(review, F_OK) != 0 { absences += 1 }
            }
            return absences
        }
        for _ in 0..<300 {
            let place = OutputPlace(root: output, id: "test")
            let partial = try place.newPartialFolder(nil)
            try partial.write(json, to: "review.json")
            try place.fill(with: partial)
            #expect(partial.isStill(at: folder))
        }
        isOver.value.store(true, ordering: .relaxed)
        #expect(await absences.value == 0)
    }

    @Test("is exchanged by three renames where the file system knows no exchange")
    func threeRenames() throws {
        for name in ["a", "b"] {
            mkdir(spec.folder + "/" + name, 0o755)
            write(name, to: name + "/which")
        }
        let (a, b) = (spec.folder + "/a", spec.folder + "/b")
        #expect(try FileSystem.exchangeByThree(a, b))
        #expect(try FileSystem.read(a + "/which", atMost: 1) == Array("b".utf8))
        #expect(try FileSystem.read(b + "/which", atMost: 1) == Array("a".utf8))
        #expect(try !FileSystem.exchangeByThree(a, spec.folder + "/none"))
        #expect(FileSystem.exists(a) && !FileSystem.exists(a + ".earlier"))
    }

    // MARK: What a killed host has left

    /// A folder that looks like one that a host has been filling for this place.
    private func leftover(_ suffix: String = "") -> String {
        FileSystem.unusedName(prefix: spec.folder + "/out/.test.partial-") + suffix
    }

    @Test("gets back what was moved aside when the host was killed between the renames")
    func movedAside() async throws {
        _ = try await run()
        let review = try FileSystem.read(folder + "/review.json", atMost: .max)
        try FileSystem.rename(folder, to: leftover(FileSystem.earlierSuffix))
        OutputPlace(root: spec.folder + "/out", id: "test").tidy()
        #expect(try FileSystem.read(folder + "/review.json", atMost: .max) == review)
        #expect(FileSystem.names(in: spec.folder + "/out") == ["test"])
    }

    @Test("loses what it had before, when the host was killed after the second rename")
    func replacedAlready() async throws {
        _ = try await run()
        let aside = leftover(FileSystem.earlierSuffix)
        try FileSystem.rename(folder, to: aside)
        _ = try await run()
        #expect(FileSystem.names(in: spec.folder + "/out") == ["test"], "a run tidies before it begins")
    }

    @Test("keeps what somebody has put into what was moved aside")
    func strangerAside() async throws {
        _ = try await run()
        let aside = leftover(FileSystem.earlierSuffix)
        mkdir(aside, 0o755)
        write("mine", to: "out/" + FilePaths.name(of: aside) + "/notes.txt")
        OutputPlace(root: spec.folder + "/out", id: "test").tidy()
        #expect(FileSystem.exists(aside + "/notes.txt"))
    }

    @Test("has half-filled folders removed from beside it, but not those that a host is filling, nor other reviews'")
    func halfFilled() throws {
        mkdir(spec.folder + "/out", 0o755)
        let place = OutputPlace(root: spec.folder + "/out", id: "test")
        let inUse = try place.newPartialFolder(nil)
        let left = leftover()
        mkdir(left, 0o700)
        write("half", to: "out/" + FilePaths.name(of: left) + "/report.md")
        let others = [".test.partial-short", ".test2.partial-abcdefghijklmn", ".test.partial-ABCDEFGHIJKLMN"]
        for other in others { mkdir(spec.folder + "/out/" + other, 0o700) }
        place.tidy()
        #expect(
            Set(FileSystem.names(in: spec.folder + "/out")) == Set(others + [FilePaths.name(of: inUse.path)])
        )
        let name = FilePaths.name(of: inUse.path)
        _ = consume inUse
        // A process that another test starts at this moment has the mark, too, until it runs its own program.
        for _ in 0..<1000 {
            place.tidy()
            guard FileSystem.names(in: spec.folder + "/out").contains(name) else { break }
            usleep(1000)
        }
        #expect(!FileSystem.names(in: spec.folder + "/out").contains(name), "nobody is filling it any more")
    }
}

private final class Flag: Sendable {
    let value = Atomic(false)
}
