import DossierQuery
import Glibc
import ReviewModel
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import StepCache

@Suite("Answers of steps on a shelf")
struct ShelfTests {
    private let folder = Folder()

    private var shelf: StepShelf { StepShelf(folder.path) }

    /// A call of one step over `table`, of which it asks for the column `amount`.
    private func call(_ amounts: [String], settings: String = "1") -> StepCall {
        let columns = [Column(name: "id"), Column(name: "amount", type: .decimal)]
        var table = Table(schema: TableSchema(name: "lines", columns: columns))
        for (index, amount) in amounts.enumerated() { table.append(row: [.text("L\(index)"), .text(amount)]) }
        return StepCall(
            step: "check",
            plugin: "p",
            parts: [StepPart(.settings, digest: settings)],
            DossierLookup(Dossier(tables: [table]))
        )
    }

    /// What comes of the step: its kept answer, or `nil` and the reason.
    private func take(
        _ call: StepCall,
        _ answer: String,
        whole: Bool = true,
        _ read: (DossierReads) -> Void = { $0.noteTable("lines", ["amount"]) }
    ) async -> (kept: Value?, reason: String) {
        let said = Said()
        let answers = StepAnswers(shelf, "spec.yaml") { said.text = $0.en }
        if let kept = await answers.kept(call) { return (kept, said.text) }
        let reads = DossierReads(call.lookup)
        read(reads)
        answers.note(call, reads, .text(answer))
        if whole { answers.commit() }
        return (nil, said.text)
    }

    @Test("an answer stands while what was asked for it is answered alike")
    func stands() async {
        #expect(await take(call(["1.00", "2.00"]), "a").kept == nil)
        let (kept, reason) = await take(call(["1.00", "2.00"]), "b")
        #expect(kept == .text("a") && reason.contains("stands"))
    }

    @Test("a changed cell is told by its table, column and row")
    func changedCell() async {
        _ = await take(call(["1.00", "2.00"]), "a")
        let (kept, reason) = await take(call(["1.00", "2.50"]), "b")
        #expect(kept == nil && reason.contains("table lines, column amount, row 2 was changed"), "\(reason)")
        // Both are on record now.
        #expect(await take(call(["1.00", "2.00"]), "c").kept == .text("a"))
        #expect(await take(call(["1.00", "2.50"]), "c").kept == .text("b"))
    }

    @Test("a column that nobody has asked for changes nothing; other settings do")
    func otherParts() async {
        _ = await take(call(["1.00"]), "a") { $0.noteTable("lines", ["id"]) }
        #expect(await take(call(["9.00"]), "b").kept == .text("a"))
        let (kept, reason) = await take(call(["1.00"], settings: "2"), "b")
        #expect(kept == nil && reason.contains("settings"))
    }

    @Test("a query counts by its answer, not by the cells behind it")
    func query() async {
        let sql = "SELECT sum(amount) AS s FROM lines"
        func ask(_ call: StepCall) -> (DossierReads) -> Void {
            { reads in
                guard let answer = try? DossierQuery(sql).run(on: call.lookup.dossier) else { return reads.giveUp() }
                reads.note(sql, Record(), cells: false, answer)
            }
        }
        let first = call(["1.00", "2.00"])
        _ = await take(first, "a", ask(first))
        #expect(await take(call(["2.00", "1.00"]), "b").kept == .text("a"))
        let (kept, reason) = await take(call(["2.00", "1.50"]), "b")
        #expect(kept == nil && reason.contains("another answer: SELECT sum"), "\(reason)")
    }

    @Test("nothing is kept of a review that is not whole, nor where somebody gave up")
    func notKept() async {
        _ = await take(call(["1.00"]), "a", whole: false)
        #expect(await take(call(["1.00"]), "b") { $0.giveUp() }.kept == nil)
        #expect(await take(call(["1.00"]), "c").kept == nil)
        #expect(await take(call(["1.00"]), "d").kept == .text("c"))
    }

    @Test("an answer that is torn, altered or empty is none, and goes")
    func torn() async throws {
        for harm in [{ $0.prefix($0.count / 2) }, { $0.dropLast() + [UInt8(ascii: " ")] }, { $0.prefix(0) }]
            as [([UInt8]) -> ArraySlice<UInt8>]
        {
            _ = await take(call(["1.00"]), "a")
            let name = try #require(FileSystem.names(in: folder.path + "/answers").first)
            let path = folder.path + "/answers/" + name
            try FileSystem.write(Array(harm(try FileSystem.read(path, atMost: 1 << 20))), to: path)
            #expect(await take(call(["1.00"]), "b", whole: false).kept == nil)
            #expect(!FileSystem.exists(path))
        }
    }

    @Test("an answer that was put in another's place is none")
    func exchanged() async throws {
        _ = await take(call(["1.00"], settings: "1"), "a")
        _ = await take(call(["1.00"], settings: "2"), "b")
        let paths = FileSystem.names(in: folder.path + "/answers").map { folder.path + "/answers/" + $0 }
        try #require(paths.count == 2)
        try FileSystem.rename(paths[0], to: folder.path + "/aside")
        try FileSystem.rename(paths[1], to: paths[0])
        try FileSystem.rename(folder.path + "/aside", to: paths[1])
        #expect(await take(call(["1.00"], settings: "1"), "c").kept == nil)
        #expect(await take(call(["1.00"], settings: "2"), "d").kept == nil)
    }

    @Test("a file is put where it was written, if it is still that one")
    func files() throws {
        let source = folder.path + "/report.md"
        try FileSystem.write(Array("text".utf8), to: source)
        let sum = try #require(shelf.keep(try OutsideFile(source, atMost: 100)))
        let target = try HeldFolder(folder.path).folder("target")
        #expect(shelf.put(sum, as: "a/report.md", into: target))
        #expect(try FileSystem.read(target.path + "/a/report.md", atMost: 100) == Array("text".utf8))
        try FileSystem.write(Array("tex!".utf8), to: folder.path + "/files/" + sum)
        #expect(!shelf.put(sum, as: "b.md", into: target) && !FileSystem.exists(folder.path + "/files/" + sum))
    }

    @Test("a folder that cannot be written keeps nothing, and is no error")
    func notWritable() async throws {
        // Not even root can make a folder in a file.
        try FileSystem.write([], to: folder.path + "/answers")
        #expect(await take(call(["1.00"]), "a").kept == nil)
        #expect(await take(call(["1.00"]), "b").kept == nil)
        shelf.tidy()
    }

    @Test("what is old goes, what a host has left half-written too, and of too much what was asked for longest ago")
    func bounds() async throws {
        _ = await take(call(["1.00"]), "a")
        _ = await take(call(["1.00"], settings: "2"), "b")
        let names = FileSystem.names(in: folder.path + "/answers")
        #expect(names.count == 2)
        func age(_ name: String, _ seconds: Int) {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            let time = timespec(tv_sec: now.tv_sec - seconds, tv_nsec: 0)
            utimensat(AT_FDCWD, folder.path + "/answers/" + name, [time, time], 0)
        }
        try FileSystem.write([1], to: folder.path + "/answers/.half")
        age(".half", 7200)
        age(names[0], 3 * 86400)
        var bounds = StepShelf.Bounds()
        bounds.seconds = 2 * 86400
        let first = StepShelf(folder.path, bounds)
        first.keep(seen: [:], "x")
        first.tidy()
        #expect(FileSystem.names(in: folder.path + "/answers") == [names[1]])
        bounds.bytes = 1
        let second = StepShelf(folder.path, bounds)
        second.tidy()
        #expect(FileSystem.names(in: folder.path + "/answers") == [names[1]], "nothing was added")
        second.keep(seen: [:], "x")
        second.tidy()
        #expect(FileSystem.names(in: folder.path + "/answers").isEmpty)
    }

    @Test(
        "what a link in its place leads to is somebody else's: nothing there is written, and nothing goes",
        arguments: ["", "/seen", "/files"]
    )
    func links(part: String) throws {
        let (others, place) = (Folder(), folder.path + "/steps")
        try FileSystem.write([1], to: others.path + "/thesis")
        if !part.isEmpty { try FileSystem.makeFolder(place) }
        symlink(others.path, place + part)
        var bounds = StepShelf.Bounds()
        bounds.seconds = -1
        bounds.bytes = 0
        let shelf = StepShelf(place, bounds)
        shelf.keep(seen: [:], "x")
        shelf.keep([], "y")
        shelf.tidy()
        #expect(FileSystem.names(in: others.path) == ["thesis"])
    }

    @Test("a script beside a plugin's own is part of it, also when it is changed while the host goes on")
    func scriptBeside() throws {
        let (script, module) = (folder.path + "/main.py", folder.path + "/module.py")
        try FileSystem.write(Array("import module\n".utf8), to: script)
        try FileSystem.write(Array("RATE = 1\n".utf8), to: module)
        let program = PluginProgram(name: "p", command: ["/usr/bin/env", "python3", script], origin: .spec)
        let cache = StepCache(folder.path + "/steps")
        let (first, before) = (cache.part(program), ProgramIdentity(program))
        #expect(first != nil && cache.part(program) == first && before.isStill(program))
        try FileSystem.replace(module, with: Array("RATE = 2\n".utf8))
        #expect(!before.isStill(program))
        let second = cache.part(program)
        #expect(second != nil && second != first)
        try FileSystem.write([], to: folder.path + "/further.py")
        #expect(cache.part(program) != second)
    }

    @Test("hosts that keep answers to the same step at once leave one that is whole")
    func sideBySide() async {
        await withTaskGroup { group in
            for number in 0..<8 { group.addTask { _ = await take(call(["1.00"]), "\(number)") } }
        }
        let kept = await take(call(["1.00"]), "b").kept
        #expect(kept?.text.flatMap { Int($0) } != nil)
        #expect(!FileSystem.names(in: folder.path + "/answers").contains { $0.hasPrefix(".") })
    }
}

private final class Said: @unchecked Sendable {
    // Written by one task.
    var text = ""
}

private final class Folder: Sendable {
    let path = (try? FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-steps-")) ?? "/nowhere"
    deinit { FileSystem.remove(path) }
}
