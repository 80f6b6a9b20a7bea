import Glibc
import PluginRuntime
import ReviewModel
import ReviewPipeline
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import ReviewBatch

@Suite("Reviews that stand", .serialized)
struct RecordTests {
    private let town = Town(["a.yaml": Town.spec("a"), "b.yaml": Town.spec("b")])

    /// What becomes of a and b after a change, and why.
    private func after(
        _ change: (Town) -> Void,
        _ options: (inout BatchOptions) -> Void = { _ in }
    ) async throws -> (states: [BatchItem.State], reasons: [String]) {
        _ = try await town.review()
        change(town)
        let (result, events) = try await town.review(nil, options)
        return (result.items.map(\.state), events.explanations)
    }

    @Test("what is as it was is not reviewed again, and its folder is not touched")
    func unchanged() async throws {
        _ = try await town.review()
        let before = FileIdentity(town.folder + "/out/a/review.json")
        let (result, events) = try await town.review()
        #expect(result.items.map(\.state) == [.unchanged, .unchanged] && result.exitCode == 0)
        #expect(FileIdentity(town.folder + "/out/a/review.json") == before)
        #expect(events.explanations.allSatisfy { $0.contains("unchanged") })
    }

    @Test("one changed figure makes one review anew, and the reason is told")
    func oneChanged() async throws {
        let (states, reasons) = try await after { $0.write(Town.spec("a", amount: "6.00"), to: "a.yaml") }
        #expect(states == [.done, .unchanged])
        #expect(reasons.contains { $0.contains("/a.yaml was changed") })
    }

    @Test("a file with new times and the same bytes changes nothing")
    func sameBytes() async throws {
        let (states, _) = try await after { $0.write(Town.spec("a"), to: "a.yaml") }
        #expect(states == [.unchanged, .unchanged])
    }

    @Test(
        "what a link in the place of the records leads to is somebody else's: nothing there is written, and nothing goes"
    )
    func linkedShelf() async throws {
        let others = town.folder + "/others"
        try FileSystem.makeFolder(others)
        town.write("mine", to: "others/.draft")
        setBack("others/.draft")
        try FileSystem.makeFolder(town.folder + "/out/batch")
        symlink(others, town.folder + "/out/batch/.cache")
        _ = try await town.review()
        #expect(FileSystem.names(in: others) == [".draft"])
    }

    /// What is on record of the file's identity, by the path of the spec.
    private func identities() throws -> [String: [String: String]] {
        let shelf = town.folder + "/out/batch/.cache"
        let records = try FileSystem.names(in: shelf).compactMap { name in
            ReviewRecord(try FileSystem.read(shelf + "/" + name, atMost: 1 << 20))
        }
        return Dictionary(uniqueKeysWithValues: records.map { ($0.item.spec, $0.identities) })
    }

    /// Sets back what `stat` tells of the last change of the bytes; nobody can set that of the last change of anything.
    private func setBack(_ name: String, to time: String = "2020-01-01T00:00:00.123456789Z") {
        _ = system("touch -d '\(time)' '\(town.folder)/\(name)'")
    }

    /// Waits until the files can be told by their times, which is sooner here than elsewhere.
    private func settled(_ names: [String]) async throws {
        for path in names.map({ town.folder + "/" + $0 }) {
            while !SettledFile(path, after: Self.timeToSettle).isSettled {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    private static let timeToSettle = Duration.milliseconds(40)

    @Test("a file that was saved right before the review is told by its bytes; once it has settled, by its times")
    func settles() async throws {
        let path = town.folder + "/a.yaml"
        // By an hour.
        _ = try await town.review { $0.timeToSettle = .seconds(3600) }
        #expect(try identities()[path] == [:])
        let identity = try #require(FileIdentity(path)).text
        try await settled(["a.yaml", "b.yaml"])
        for _ in 0..<2 {
            let (result, _) = try await town.review { $0.timeToSettle = Self.timeToSettle }
            #expect(result.items.map(\.state) == [.unchanged, .unchanged])
            #expect(try identities()[path] == [path: identity])
        }
    }

    @Test(
        "a change is seen that neither size nor the time show that one can set: in the spec, in what it includes and names, behind a link"
    )
    func hiddenChanges() async throws {
        let names = ["a.yaml", "b.yaml", "lines.yaml", "one/lines.yaml", "two/lines.yaml", "file.txt"]
        town.write("[{id: L1, amount: 5.00}]\n", to: "lines.yaml")
        town.write("[{id: L1, amount: 5.00}]\n", to: "one/lines.yaml")
        town.write("[{id: L1, amount: 6.00}]\n", to: "two/lines.yaml")
        town.write("first", to: "file.txt")
        let spec = Town.spec("a", settings: "{book: !file ./file.txt}")
        town.write(spec.replacing("[{id: L1, amount: 5.00}]", with: "!include lines.yaml"), to: "a.yaml")
        town.write(Town.spec("b").replacing("[{id: L1, amount: 5.00}]", with: "!include way/lines.yaml"), to: "b.yaml")
        _ = system("ln -s one '\(town.folder)/way'")
        for name in names { setBack(name) }
        /// What becomes of both; from then on they are on record by their times.
        func states() async throws -> [BatchItem.State] {
            try await settled(names)
            func review() async throws -> [BatchItem.State] {
                let (result, _) = try await town.review(["a.yaml", "b.yaml"]) { $0.timeToSettle = Self.timeToSettle }
                return result.items.map(\.state)
            }
            let found = try await review()
            #expect(try await review() == [.unchanged, .unchanged])
            return found
        }
        /// Writes into the very file, and sets back what can be set back.
        func write(_ text: String, into name: String) {
            _ = system("printf '%s' '\(text)' | dd of='\(town.folder)/\(name)' conv=notrunc status=none")
            setBack(name)
        }
        #expect(try await states() == [.done, .done])
        #expect(try identities()[town.folder + "/a.yaml"]?.count == 3)
        write("[{id: L1, amount: 7.00}]", into: "lines.yaml")
        #expect(try await states() == [.done, .unchanged])
        write("other", into: "file.txt")
        #expect(try await states() == [.done, .unchanged])
        town.write("[{id: L1, amount: 8.00}]\n", to: "new.yaml")
        setBack("new.yaml")
        _ = system("mv '\(town.folder)/new.yaml' '\(town.folder)/lines.yaml'")
        #expect(try await states() == [.done, .unchanged])
        _ = system("ln -sfn two '\(town.folder)/way'")
        #expect(try await states() == [.unchanged, .done])
        FileSystem.remove(town.folder + "/file.txt")
        let (last, _) = try await town.review(["a.yaml", "b.yaml"]) { $0.timeToSettle = Self.timeToSettle }
        #expect(last.items.map(\.state) == [.invalid, .unchanged])
    }

    @Test("an included file counts for every spec that includes it")
    func included() async throws {
        for name in ["a", "b"] {
            town.write(
                Town.spec(name).replacing("[{id: L1, amount: 5.00}]", with: "!include lines.yaml"),
                to: name + ".yaml"
            )
        }
        town.write("[{id: L1, amount: 5.00}]\n", to: "lines.yaml")
        let (states, reasons) = try await after { $0.write("[{id: L1, amount: 7.00}]\n", to: "lines.yaml") }
        #expect(states == [.done, .done])
        #expect(reasons.count { $0.contains("lines.yaml was changed") } == 2)
    }

    @Test("a file of the review that was changed, or is gone, is a reason")
    func output() async throws {
        let (states, reasons) = try await after { town in
            FileSystem.remove(town.folder + "/out/a")
            let json = String(decoding: town.read("out/b/review.json"), as: UTF8.self)
            town.write(json.replacing("\"b\"", with: "\"c\""), to: "out/b/review.json")
        }
        #expect(states == [.done, .done])
        #expect(reasons.count { $0.contains("was changed, or is gone") } == 2)
    }

    @Test("a folder of reviews that was copied elsewhere is as good")
    func copied() async throws {
        let (states, _) = try await after { town in
            let bytes = town.read("out/a/review.json")
            FileSystem.remove(town.folder + "/out/a/review.json")
            try? FileSystem.write(bytes, to: town.folder + "/out/a/review.json")
        }
        #expect(states == [.unchanged, .unchanged])
    }

    @Test("other formats, another language: another review")
    func options() async throws {
        let (states, reasons) = try await after({ _ in }, { $0.run.locale = .en })
        #expect(states == [.done, .done] && reasons.allSatisfy { $0.contains("--locale") })
    }

    @Test("another program under the plugin's name makes all reviews anew")
    func plugin() async throws {
        let plugin = town.folder + "/plugin"
        func put(_ extra: String) {
            town.write("#!/bin/sh\n# \(extra)\nexec \(buildFolder)/misbehaving-plugin stays\n", to: "plugin")
            _ = system("chmod +x '\(plugin)'")
        }
        put("one")
        for name in ["a", "b"] {
            town.write(
                Town.spec(name).replacing("\"\(buildFolder)/misbehaving-plugin\", stays", with: "\"\(plugin)\""),
                to: name + ".yaml"
            )
        }
        let (states, reasons) = try await after { _ in put("two") }
        #expect(states == [.done, .done] && reasons.contains { $0.contains("plugin") })
    }

    @Test("a lock that appears above the specs is a reason")
    func lock() async throws {
        let (states, reasons) = try await after { $0.write("pingshen: 1\nplugins: {}\n", to: "pingshen.lock") }
        #expect(states == [.failed, .failed] && reasons.allSatisfy { $0.contains("locks") })
    }

    @Test("an incomplete review, and one with secrets, does not stand")
    func noRecord() async throws {
        town.write(Town.spec("b", settings: "{token: !secret PATH}"), to: "b.yaml")
        town.write(Town.spec("a", mode: "error"), to: "a.yaml")
        let (states, _) = try await after { _ in }
        #expect(states == [.failed, .done])
    }

    @Test("without the cache every spec is reviewed")
    func noCache() async throws {
        let (states, reasons) = try await after({ _ in }, { $0.usesCache = false })
        #expect(states == [.done, .done] && reasons.isEmpty)
    }

    @Test("a record that is cut off or odd is none")
    func oddRecords() async throws {
        _ = try await town.review()
        let shelf = town.folder + "/out/batch/.cache"
        for name in FileSystem.names(in: shelf) {
            let bytes = try FileSystem.read(shelf + "/" + name, atMost: 1 << 20)
            for cut in [0, 1, bytes.count / 2, bytes.count - 1] { #expect(ReviewRecord(Array(bytes[..<cut])) == nil) }
            #expect(ReviewRecord(bytes)?.outputs.isEmpty == false)
            try FileSystem.write(Array(bytes.dropLast()), to: shelf + "/" + name)
        }
        #expect(try await town.review().result.items.map(\.state) == [.done, .done])
    }

    @Test("a record that was moved to another spec's place, or says of nothing whether it has changed, is none")
    func madeUpRecords() async throws {
        _ = try await town.review()
        let shelf = town.folder + "/out/batch/.cache"
        let names = FileSystem.names(in: shelf).filter { !$0.hasPrefix(".") }
        let bytes = try names.map { try FileSystem.read(shelf + "/" + $0, atMost: 1 << 20) }
        try #require(names.count == 2)
        for (name, other) in zip(names, bytes.reversed()) { try FileSystem.write(other, to: shelf + "/" + name) }
        #expect(try await town.review().result.items.map(\.state) == [.done, .done])
        for (name, bytes) in zip(names, bytes) {
            var record = try #require(JSONReader.read(bytes).record)
            record["sources"] = []
            try FileSystem.write(JSONWriter.line(.record(record)), to: shelf + "/" + name)
        }
        #expect(try await town.review().result.items.map(\.state) == [.done, .done])
    }

    @Test("two batches in one folder at once leave whole reviews")
    func together() async throws {
        let specs = (0..<6).map { ("s\($0).yaml", Town.spec("s\($0)")) }
        let town = Town(Dictionary(uniqueKeysWithValues: specs))
        async let first = town.review { $0.usesCache = false }
        async let second = town.review { $0.usesCache = false }
        let results = try await [first, second]
        #expect(results.allSatisfy { $0.result.count(.done) == 6 })
        // Where one has put its review in place and the other its record of it last, the two do not fit, and it is made once more.
        let next = try await town.review().result
        #expect(next.count(.unchanged) + next.count(.done) == 6)
        #expect(try await town.review().result.count(.unchanged) == 6)
    }
}
