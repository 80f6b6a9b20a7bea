import Glibc
import Testing

@testable import LocalFiles
@testable import PluginRuntime

@Suite("What looks after a host that is killed")
struct CaretakerTests {
    /// Runs what a host starts with `tell` said to it, in a folder, as if the host were gone then; returns what is in the folder.
    private func aftermath(_ tell: (Caretaker, String) async throws -> Void) async throws -> [String] {
        try await withTemporaryFolder { folder in
            let said = open(folder + "/said", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            try await tell(Caretaker(output: said), folder)
            close(said)
            let script = open(folder + "/script", O_WRONLY | O_CREAT, 0o600)
            let bytes = Array(Caretaker.script.utf8)
            #expect(write(script, bytes, bytes.count) == bytes.count)
            close(script)
            #expect(system("sh '\(folder)/script' < '\(folder)/said' 2> '\(folder)/errors'") == 0)
            #expect(FileSystem.size(of: "\(folder)/errors") == 0, "it complains of something")
            return FileSystem.names(in: folder, beginningWith: "").filter {
                !["said", "script", "errors"].contains($0)
            }
        }
    }

    private func make(_ folder: String) throws { try FileSystem.makeFolder(folder) }

    @Test("an earlier review goes back to its own place, however many were filled at once")
    func ownPlaces() async throws {
        let left = try await aftermath { caretaker, folder in
            let names = (1...6).map { "r\($0)" }
            await withTaskGroup { group in
                for name in names {
                    group.addTask {
                        caretaker.remove("\(folder)/.\(name)", orItsEarlierTo: "\(folder)/\(name)")
                        // One is in its place already.
                        if name.hasSuffix("3") { caretaker.forget("\(folder)/.\(name)") }
                    }
                }
            }
            for name in names {
                try make("\(folder)/.\(name)")
                try make("\(folder)/.\(name).earlier")
            }
        }
        for name in (1...6).map({ "r\($0)" }) {
            let isDone = name.hasSuffix("3")
            #expect(left.contains(name) == !isDone, "\(name)")
            #expect(left.contains(".\(name)") == isDone, "\(name)")
            #expect(left.contains(".\(name).earlier") == isDone, "\(name)")
        }
    }

    @Test("a number that is free again belongs to the new folder alone")
    func numbersAgain() async throws {
        let left = try await aftermath { caretaker, folder in
            caretaker.remove("\(folder)/.a", orItsEarlierTo: "\(folder)/a")
            caretaker.forget("\(folder)/.a")
            caretaker.forget("\(folder)/.never-told")
            caretaker.remove("\(folder)/it's $(a) `b`")
            for name in [".a", ".a.earlier", "it's $(a) `b`"] { try make("\(folder)/\(name)") }
        }
        #expect(left.sorted() == [".a", ".a.earlier"])
    }

    @Test("a program is killed with its group, whatever of its environment it has thrown away")
    func groups() async throws {
        let left = try await aftermath { caretaker, folder in
            _ = system("setsid env -i sh -c 'echo $$ > \"\(folder)/group\"; /bin/sleep 300; :' &")
            while FileSystem.size(of: "\(folder)/group") == 0 { try await Task.sleep(for: .milliseconds(5)) }
            let group = try #require(pid_t(try text(folder + "/group")))
            caretaker.watch(1 << 30)
            caretaker.watch(group)
            caretaker.forget(1 << 30)
            // Nobody watches over that one.
            caretaker.forget(7)
        }
        #expect(left == ["group"])
        var looks = 0
        while system("pgrep -f '^/bin/sleep 30[0]$' > /dev/null") == 0, looks < 500 {
            looks += 1
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(looks < 500, "the group lives on")
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try FileSystem.read(path, atMost: 100), as: UTF8.self).filter { !$0.isWhitespace }
    }
}
