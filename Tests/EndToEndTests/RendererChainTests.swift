import ReviewModel
import Testing

@Suite("Renderers that take what others write, find, and fail at one format", .serialized)
struct RendererChainTests {
    /// The example town's review with steps of a plugin `mine` more.
    private func run(_ plugin: String, _ pipeline: String, _ arguments: String = "") -> (CommandResult, TemporaryFolder)
    {
        let folder = TemporaryFolder()
        write(plugin, to: folder.path + "/mine.py")
        write(
            """
            pingshen: 1
            extends: Specs/example-town/meal-delivery-2026.yaml
            id: chain
            plugins: {mine: {command: [python3, ./mine.py]}}
            pipeline:
            \(pipeline)
            """,
            to: folder.path + "/spec.yaml"
        )
        let result = shell(
            """
            cp -r Kits/python/pingshen_plugin.py Specs '\(folder.path)'; cd '\(folder.path)'
            pingshen run spec.yaml --json \(arguments)
            """
        )
        return (result, folder)
    }

    @Test("the writer that Docs/DOCUMENT.md shows writes the report, and nothing that nobody asked for is left")
    func documentedWriter() throws {
        let guide = read(repository + "/Docs/DOCUMENT.md")
        let (result, folder) = run(
            try #require(fencedBlocks("python", in: guide).first),
            "  text: {use: mine}",
            "--format txt"
        )
        #expect(result.status == 0, "\(result.errors)")
        let text = read(folder.path + "/out/chain/report.txt")
        #expect(text.contains("一、项目情况"))
        #expect(text.contains("申报 330,200.00 元，核减 3,600.00 元"))
        #expect(result.json?["artifacts"]?.list?.compactMap { $0["path"]?.text } == ["report.txt"])
    }

    @Test("a step that takes what nobody writes before it is a mistake of the spec")
    func nothingToTake() {
        let folder = TemporaryFolder()
        write(Self.taker, to: folder.path + "/mine.py")
        write(
            """
            pingshen: 1
            id: chain
            form: {form: f, fields: {}, tables: {}}
            plugins: {mine: {command: [python3, ./mine.py]}}
            pipeline: {paper: {use: mine}}
            """,
            to: folder.path + "/spec.yaml"
        )
        let result = shell(
            "cp Kits/python/pingshen_plugin.py '\(folder.path)'; cd '\(folder.path)'; pingshen validate spec.yaml"
        )
        #expect(result.status == 2)
        #expect(
            result.errors.contains(
                "the step \"paper\" is made from the format \"document\", which no earlier step writes"
            )
        )
    }

    private static let taker = """
        from pingshen_plugin import Plugin, failure, warning
        plugin = Plugin("mine")
        @plugin.renderer(writes=["good", "bad"], takes=["document"], finds=True)
        def write(review, dossier, settings, folder, formats):
            if "good" in formats:
                open(folder + "/paper.good", "w").write("good")
                yield "paper.good", "text/plain"
            if "bad" in formats:
                yield failure("bad", zh="没有打印机", en="there is no printer; buy one")
            yield warning("mine/blank", zh="缺一页", en="a page is blank", at="/fields/project/name")
        plugin.run()
        """

    @Test("a format that cannot be written fails its step; what was written is kept, and what was found is told by all")
    func failure() throws {
        let (result, folder) = run(
            Self.taker,
            "  paper: {use: mine}\n  findings: {use: findings-writer}",
            "--format good,bad,sarif"
        )
        #expect(result.status == 3)
        #expect(result.errors.contains("there is no printer; buy one"))
        let review = try #require(result.json)
        #expect(review["artifacts"]?.list?.compactMap { $0["path"]?.text } == ["findings.sarif", "paper.good"])
        let found = try #require(review["findings"]?.list?.first { $0["rule"]?.text == "mine/blank" })
        #expect(found["step"]?.text == "paper")
        #expect(found["locations"]?.list?.first?["line"]?.integer != nil)
        #expect(read(folder.path + "/out/chain/findings.sarif").contains("缺一页"))
        #expect(review["findings"]?.list?.contains { $0["rule"]?.text == "host/step-failed" } == true)
    }

    @Test("findings of a role that does not say that it finds are its plugin's mistake")
    func unannounced() {
        let (result, _) = run(
            Self.taker.replacing(", finds=True", with: ""),
            "  paper: {use: mine}",
            "--format good"
        )
        #expect(result.status == 3)
        #expect(result.errors.contains("its manifest does not say \"finds\": true"))
    }
}
