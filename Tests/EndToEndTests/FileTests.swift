import Glibc
import PluginWire
import ReviewModel
import Testing

@Suite("Files that commands are given", .serialized)
struct FileTests {
    private let example = "Specs/example-town/meal-delivery-2026.yaml"

    @Test(
        "a named pipe is refused by every command that reads a file, at once and in words",
        arguments: [
            "explain PIPE", "diff PIPE PIPE", "sensitivity PIPE", "validate PIPE", "run PIPE", "rubric lint PIPE",
            "run SPEC --baseline PIPE", "run SPEC --rubric PIPE", "audit PIPE --spec SPEC",
            "plugins replay PIPE -- findings-writer",
        ]
    )
    func pipes(command: String) {
        let folder = TemporaryFolder()
        mkfifo(folder.path + "/pipe", 0o600)
        let words = command.replacing("PIPE", with: "'\(folder.path)/pipe'").replacing("SPEC", with: example)
        let output = command.hasPrefix("run ") ? " --out '\(folder.path)/out'" : ""
        // Who opens the pipe waits for ever, and is ended by timeout, which says 124.
        let result = shell("timeout 60 pingshen \(words)\(output)")
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.errors.contains("it is a named pipe, where a regular file is expected"), "\(result.errors)")
    }

    @Test(
        "a report that is not there, is a folder or is empty is told by its own name, once",
        arguments: [
            ("nowhere.docx", "错误：nowhere.docx：没有这个文件"), ("Specs", "错误：Specs：这是文件夹，此处应为文件"),
            ("EMPTY", "是空的（0 字节）"),
        ]
    )
    func missing(name: String, words: String) {
        let folder = TemporaryFolder()
        write("", to: folder.path + "/empty.docx")
        let path = name.replacing("EMPTY", with: folder.path + "/empty.docx")
        let result = shell("pingshen audit '\(path)' --locale zh")
        #expect(result.status == 2)
        #expect(result.errors.contains(words) && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }

    @Test(
        "a file's name is never syntax: not to lint, not to audit",
        arguments: ["a, b", "r #1", "x}}", "!include x", "a\nb: c"]
    )
    func names(name: String) throws {
        let folder = TemporaryFolder()
        let rubric = "Specs/rubrics/minhang-project-review.yaml"
        #expect(shell("cp \(rubric) '\(folder.path)/\(name).yaml'").status == 0)
        let lint = shell("pingshen rubric lint '\(folder.path)/\(name).yaml'")
        #expect(lint.status == 0 && lint.errors == "", "\(lint.errors)")
        write("一、项目概况\n", to: folder.path + "/\(name).txt")
        let audit = shell("pingshen audit '\(folder.path)/\(name).txt' --spec \(example) --json")
        #expect(audit.status == 0, "\(audit.errors)")
        let inputs = audit.json?["inputs"]?.list?.compactMap { $0["path"]?.text } ?? []
        #expect(inputs.contains(folder.path + "/\(name).txt"))
    }

    @Test("a host that is killed leaves the earlier review or the new one in its place, whole")
    func killed() throws {
        let folder = TemporaryFolder()
        let run = "pingshen run \(example) --out '\(folder.path)'"
        #expect(shell(run).status == 0)
        for tenths in 1...8 {
            _ = shell("timeout -s KILL 0.\(tenths) \(run)")
            let place = folder.path + "/example-meal-delivery-2026"
            let review = try JSONReader.read(Array(read(place + "/review.json").utf8))
            let artifacts = try #require(review["artifacts"]?.list)
            #expect(!artifacts.isEmpty)
            for artifact in artifacts {
                let (path, sha256) = (artifact["path"]?.text ?? "", artifact["sha256"]?.text ?? "")
                #expect(shell("sha256sum < '\(place)/\(path)'").output.hasPrefix(sha256 + " "))
            }
        }
    }
}
