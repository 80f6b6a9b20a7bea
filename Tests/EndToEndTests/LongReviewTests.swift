import ReviewModel
import Testing

@Suite("A review that fits no line", .serialized)
struct LongReviewTests {
    /// As many findings as asked for, a kilobyte each; with the count of what the step before has found.
    private static let plugin = """
        from pingshen_plugin import Plugin, info, fact
        plugin = Plugin("many")
        @plugin.scorer(settings={"count": 12000})
        def check(dossier, settings, context):
            for number in range(settings["count"]):
                yield info("many/one", zh=f"第 {number} 条" + "。" * 300, en="n", subject=str(number))
        plugin.run()
        """

    /// Protocol 1 as it was: nothing of capabilities.
    private static let oldPlugin = """
        import json, sys
        KIND = sys.argv[1]
        ROLE = {"kind": KIND, "name": "old", "writes": ["txt"]}
        for line in sys.stdin:
            message = json.loads(line)
            answers = {"initialize": {"protocolVersion": 1, "plugin": {"name": "old"}, "roles": [ROLE]},
                       "config/validate": {"diagnostics": []}, "scorer/score": {"findings": []},
                       "renderer/render": {"artifacts": []}}
            if "id" in message:
                reply = {"jsonrpc": "2.0", "id": message["id"], "result": answers.get(message["method"], {})}
                print(json.dumps(reply), flush=True)
        """

    private func run(_ pipeline: String, count: Int = 12_000) -> CommandResult {
        let folder = TemporaryFolder()
        write(Self.plugin, to: folder.path + "/many.py")
        write(Self.oldPlugin, to: folder.path + "/old.py")
        write(
            """
            pingshen: 1
            id: long
            form: {form: long, fields: {}, tables: {}}
            plugins:
              many: {command: [python3, ./many.py]}
              old-scorer: {command: [python3, ./old.py, scorer]}
              old-renderer: {command: [python3, ./old.py, renderer]}
            pipeline:
              first: {use: many, with: {count: \(count)}}
            \(pipeline)
            """,
            to: folder.path + "/spec.yaml"
        )
        return shell(
            """
            cp Kits/python/pingshen_plugin.py '\(folder.path)'
            pingshen run '\(folder.path)/spec.yaml' --out '\(folder.path)/out' --locale en > '\(folder.path)/printed'
            status=$?; grep -c '"many/one"' '\(folder.path)/out/long/review.json'
            grep -o '"ruleId":"many/one"' '\(folder.path)/out/long/findings.sarif' | wc -l; exit $status
            """
        )
    }

    @Test("is made all the same: 12,000 findings, handed on and rendered")
    func whole() {
        let result = run("  second: {use: many, with: {count: 1}, needs: [first]}\n  list: {use: findings-writer}")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.split(separator: "\n").first == "12001", "\(result.errors)")
    }

    @Test("fails the step of a plugin that cannot take it in pieces, which is told what was too long")
    func oldPlugins() {
        let result = run("  second: {use: old-scorer, needs: [first]}\n  list: {use: old-renderer}")
        #expect(result.status == 3)
        for (call, plugin, list) in [
            ("scorer/score", "old-scorer", "/prior/first/findings"),
            ("renderer/render", "old-renderer", "/review/findings"),
        ] {
            let line = result.errors.split(separator: "\n").first {
                $0.contains("\(call) of the plugin \"\(plugin)\" does not fit a line")
            }
            #expect(line?.contains("the longest of it is \(list), 1200") == true, "\(result.errors)")
            #expect(line?.contains("use a newer release of it") == true)
        }
    }

    @Test("is summed up in as many lines as a person reads")
    func summary() {
        let folder = TemporaryFolder()
        let sheets = (0..<700).map { "{rater: r\($0), total: 1, max: 2}" }.joined(separator: ", ")
        write(
            """
            pingshen: 1
            id: long
            form: {form: long, fields: {}, tables: {}}
            plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin", says]}}
            pipeline: {odd: {use: odd, with: {assessment: {scores: [\(sheets)]}}}}
            """,
            to: folder.path + "/spec.yaml"
        )
        let result = shell("pingshen run '\(folder.path)/spec.yaml' --out '\(folder.path)/out' --locale en")
        #expect(result.status == 0)
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count { $0.contains(": 1 / 2") } == 500)
        #expect(lines.contains("  … and 200 more, in review.json"), "\(result.errors.suffix(200))")
    }

    @Test("goes to old plugins in one line as long as it fits one")
    func oldPluginsThatFit() {
        let result = run("  second: {use: old-scorer, needs: [first]}\n  list: {use: old-renderer}", count: 5000)
        #expect(result.status == 0, "\(result.errors)")
    }
}
