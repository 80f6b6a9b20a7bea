import Glibc
import PluginRuntime
import ReviewModel
import ReviewPipeline
import SpecLoading
import TemporarySpec
import Testing

@Suite("What a renderer hands over", .serialized)
struct ArtifactTests {
    /// The review of a scorer that behaves and a renderer that does not.
    private func outcome(_ mode: String, _ settings: String = "") async throws -> (TemporarySpec, ReviewOutcome) {
        let spec = TemporarySpec.pipeline(
            "  good: {use: good}\n  paper: {use: paper, with: {\(settings)}}",
            plugins: ["good": "behave", "paper": mode]
        )
        var options = RunOptions()
        options.output = spec.folder + "/out"
        return (spec, try await review(loadSpec(spec.path), options: options))
    }

    private func refusal(_ mode: String, _ settings: String = "") async throws -> String {
        let (spec, outcome) = try await outcome(mode, settings)
        #expect(outcome.failures.map(\.steps) == [["paper"]])
        #expect(outcome.review.findings.contains { $0.finding.rule == "test/ok" }, "the review is there")
        #expect(outcome.files.map { $0.split(separator: "/").last } == ["review.json"])
        #expect(access(spec.folder + "/out/test/review.json", F_OK) == 0)
        return outcome.failures.first?.failure.message.en ?? ""
    }

    @Test(
        "is not what a link in the place of its folder leads to",
        arguments: [("/proc/self", "environ"), ("/etc", "passwd")]
    )
    func swappedFolder(target: String, path: String) async throws {
        let message = try await refusal("artifact-swapped", "path: \(path), target: \(target)")
        #expect(
            message
                == "the plugin \"paper\" says it wrote \"\(path)\", which cannot be taken: No such file or directory"
        )
    }

    @Test("comes from no folder that was a link before the renderer was asked")
    func linkFirst() async throws {
        let message = try await refusal("artifact-link-first")
        #expect(message.hasPrefix("the scratch folder "), "\(message)")
        #expect(message.hasSuffix("a plugin must not replace it"))
    }

    @Test(
        "is no file of somebody else, by whatever kind of link",
        arguments: ["artifact-hard-link", "artifact-inner-link"]
    )
    func linkedFile(mode: String) async throws {
        let foreign = TemporarySpec("secret\n")
        let isHard = mode == "artifact-hard-link"
        let settings = isHard ? "path: x, target: \(foreign.path)" : "path: in/spec.yaml, target: \(foreign.folder)"
        let message = try await refusal(mode, settings)
        #expect(message.contains("link"), "\(message)")
    }

    @Test("is nothing that waits or fills the memory", arguments: ["artifact-pipe", "artifact-sparse"])
    func oddFiles(mode: String) async throws {
        let message = try await refusal(mode)
        #expect(message.hasPrefix("the plugin \"paper\" says it wrote \"report.md\", which cannot be taken: it "))
    }

    @Test(
        "has a name that takes nobody else's place, or the plugin is named and the review survives",
        arguments: [
            ("review.json/x", "a name that is the review's own"), ("Review.JSON", "a name that is the review's own"),
            ("run.jsonl", "a name that is the review's own"), ("a\u{7F}b", "only plain relative paths"),
            ("r\u{435}view.json", "a name that is the review's own"),
            ("review\u{FF0E}json", "a name that is the review's own"),
            ("run.json1", "a name that is the review's own"), ("revievv.json", "a name that is the review's own"),
            ("review.json ", "a name that is the review's own"), ("review.json..", "a name that is the review's own"),
            ("review.json~", "a name that is the review's own"), ("review。json", "a name that is the review's own"),
            ("run.jsonl::$DATA", "a name that is the review's own"),
            ("run.jsonl. /x", "a name that is the review's own"),
            ("revi\u{EB}w.json/x", "a name that is the review's own"),
            ("review\u{200B}.json", "only plain relative paths"), ("a\u{FE0F}", "only plain relative paths"),
            ("a\u{9B}b", "only plain relative paths"), ("a\u{202E}b", "only plain relative paths"),
            ("..", "only plain relative paths"), ("a//b", "only plain relative paths"),
            ("../\u{308}x", "only plain relative paths"),
            (String(repeating: "x", count: 256), "only plain relative paths"),
        ]
    )
    func names(path: String, words: String) async throws {
        let escaped = path.unicodeScalars.map { $0.isASCII && $0 != "\u{7F}" ? String($0) : "\\u\(hex($0.value))" }
            .joined()
        let message = try await refusal("artifact-named", "path: \"\(escaped)\"")
        #expect(message.contains(words), "\(message)")
        #expect(!message.unicodeScalars.contains { $0.isActedOn })
    }

    private func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    @Test(
        "has a type that is one, not a text that only a machine sees",
        arguments: ["\\e[2J", "t\\u200b", "类型", String(repeating: "x", count: 256)]
    )
    func mediaType(type: String) async throws {
        let message = try await refusal("artifact-named", "path: a, mediaType: \"\(type)\"")
        #expect(message.contains("where one such as text/markdown is expected"), "\(message)")
        #expect(!message.unicodeScalars.contains { $0.isActedOn })
    }

    @Test("has no name that could be taken for another step's file; a step's own files may look alike")
    func alike() throws {
        func name(_ path: String) throws -> ArtifactName { try #require(ArtifactName(path)) }
        var taken = TakenNames()
        taken.beginStep()
        #expect(try taken.take(name("report.docx")) && taken.take(name("a/1.md")) && taken.take(name("a/l.md")))
        taken.beginStep()
        for path in ["rep\u{43E}rt.docx", "report\u{FF0E}docx", "rep0rt.docx", "report.docx ", "A/I.md"] {
            #expect(try !taken.take(name(path)), "\(path)")
        }
        #expect(try taken.take(name("report-2.docx")) && taken.take(name("附件1.docx")) && taken.take(name("附件2.docx")))
    }

    @Test(
        "is a format that it was asked for, or the plugin is named and what it wrote is kept",
        arguments: [
            (
                "path: notes.txt",
                "but \"notes.txt\"; \"format\" of an artifact says it where the ending of its path does not"
            ),
            (
                "path: notes.md, forgets: true",
                "it wrote \"notes.md\" into its folder and did not name it in \"artifacts\""
            ),
        ]
    )
    func unasked(settings: String, words: String) async throws {
        let (_, outcome) = try await outcome("artifact-unasked", settings)
        let message = outcome.failures.first?.failure.message.en ?? ""
        #expect(message.contains("no file of the format \"md\", which it was asked for"), "\(message)")
        #expect(message.contains(words), "\(message)")
        #expect(outcome.failures.map(\.steps) == [["paper"]])
        #expect(outcome.files.contains { $0.hasSuffix("/notes.txt") } == settings.contains(".txt"))
    }

    @Test("may be nothing, where it has nothing to say")
    func nothing() async throws {
        let (_, outcome) = try await outcome("artifact-none")
        #expect(outcome.failures.isEmpty)
    }

    @Test(
        "may lie in folders, with any name that people can read",
        arguments: ["图/附件1.png", "x/\u{308}y", ".\u{308}./x", "ä.md"]
    )
    func goodNames(path: String) async throws {
        let (spec, outcome) = try await outcome("artifact-named", "path: \"\(path)\"")
        #expect(outcome.failures.isEmpty)
        #expect(outcome.files.last?.hasSuffix("/out/test/" + path) == true)
        #expect(access(spec.folder + "/out/test/" + path, F_OK) == 0)
    }

    @Test(
        "does not share a name with what another step has written",
        arguments: [
            ("a", "A"), ("a", "a/b"), ("a/b", "A"), ("\u{E4}", "a\u{308}"), ("straße", "STRASSE"), ("x.md", "x.md."),
        ]
    )
    func clashes(one: String, other: String) async throws {
        let spec = TemporarySpec.pipeline(
            "  first: {use: first, with: {path: \(one)}}\n  second: {use: second, with: {path: \(other)}}",
            plugins: ["first": "artifact-named", "second": "artifact-named"]
        )
        var options = RunOptions()
        options.output = spec.folder + "/out"
        let outcome = try await review(loadSpec(spec.path), options: options)
        #expect(outcome.failures.map(\.steps) == [["second"]])
        #expect(outcome.failures.first?.failure.message.en.contains("there is that file already") == true)
        #expect(outcome.files.last == spec.folder + "/out/test/" + one)
    }
}
