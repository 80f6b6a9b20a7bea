import ReviewModel
import Testing

/// What people read when a query is wrong: at `validate`, at a run, in a rubric, in a plugin of their own.
@Suite("Mistakes in queries")
struct QueryMistakeTests {
    private let head = """
        pingshen: 1
        id: test
        form:
          form: test
          fields: {project: {fields: {name: {type: text}, year: {type: integer}}}}
          tables:
            lines: {columns: {id: {type: text}, amount: {type: decimal}}}
            history: {columns: {line: {type: text}, paid: {type: decimal}}}
        tables: {lines: [{id: L1, amount: 5.00}]}

        """

    /// Runs `command` beside a spec of this pipeline, and of other files.
    private func shell(_ command: String, _ pipeline: String, files: [String: String] = [:]) -> CommandResult {
        let folder = TemporaryFolder()
        var script = "cp '\(repository)/Kits/python/pingshen_plugin.py' '\(folder.path)'; cd '\(folder.path)'\n"
        for (name, text) in files.merging(["spec.yaml": head + pipeline], uniquingKeysWith: { $1 }) {
            script += "cat > '\(name)' <<'END'\n\(text)\nEND\n"
        }
        return EndToEndTests.shell(script + command)
    }

    private let unfilled = """
        pipeline:
          own:
            use: rule-checker
            with:
              rules:
                - id: town/paid
                  message: "{line}"
                  query: |
                    SELECT line
                    FROM history
        """

    @Test("a table that the spec leaves out is a warning, at its word, and validate is content")
    func unfilledTable() {
        let result = shell("pingshen validate spec.yaml --locale zh", unfilled)
        #expect(result.status == 0)
        #expect(
            result.errors.contains(
                """
                spec.yaml:19:18: 提醒：表单有表"history"，但此处没有填写，查询将没有结果
                   19 |             FROM history
                      |                  ^~~~~~~ 请在 tables: 中填写 history，可以为空：[]
                """
            ),
            "\(result.errors)"
        )
    }

    @Test("a query that fails at a run names step, rule and place in both languages, and stands at its word")
    func atARun() throws {
        let result = shell("pingshen run spec.yaml --json", unfilled)
        let finding = try #require(result.json?["findings"]?.list?.first)
        #expect(finding["rule"] == "rules/query-failed" && finding["step"] == "own")
        #expect(
            finding["message"]?["zh"]?.text
                == "步骤\"own\"中规则\"town/paid\"的查询没有结果：查询第 2 行第 6 列：没有表\"history\"（可用的有：lines）"
        )
        #expect(
            finding["message"]?["en"]?.text
                == "step \"own\": the query of the rule \"town/paid\" has no answer: line 2, column 6 of the query: "
                + "there is no table \"history\" (known here: lines)"
        )
        let place = finding["locations"]?.list?.first
        #expect(place?["file"] == "spec.yaml" && place?["line"] == 19 && place?["column"] == 18)
    }

    @Test("rubric lint, which knows no form, checks the language of a rubric's queries")
    func rubric() {
        let rubric = """
            id: r
            name: r
            items:
              - {code: A, name: a, max: 10, compute: "SELECT roudn(sum(x.any) / 2, 1) FROM anything x"}
              - {code: B, name: b, max: 10, compute: "SELECT sum(y) FORM anything"}
            """
        let result = shell("pingshen rubric lint r.yaml --locale en", "pipeline: {}", files: ["r.yaml": rubric])
        #expect(result.status == 2)
        #expect(result.errors.contains("r.yaml:4:50: error: there is no function \"roudn\""), "\(result.errors)")
        #expect(result.errors.contains("did you mean \"round\"?"))
        #expect(result.errors.contains("r.yaml:5:62: error: expected the end of the query, found \"anything\""))
        #expect(result.errors.contains("did you mean \"FROM\" by \"FORM\"?"))
        #expect(result.errors.contains("2 error(s)"))
    }

    private let python = """
        from pingshen_plugin import SQL, Plugin, fact, mistake
        plugin = Plugin("asks")
        @plugin.scorer(settings={"which": SQL("SELECT id FROM lines WHERE amount > :limit", limit="decimal"), "from": "lines"})
        def score(dossier, settings, context):
            yield fact("count", len(context.query(settings["which"], limit=1)))
        @plugin.checks()
        def check(settings, context):
            if settings["from"] not in [table["name"] for table in context.form["tables"]]:
                yield mistake("from", f'没有表"{settings["from"]}"', f'there is no table "{settings["from"]}"')
        plugin.run()
        """

    @Test("a plugin in Python has its queries checked, and checks names by the form")
    func kit() {
        let pipeline = """
            pipeline:
              ask:
                use: asks
                with:
                  which: >-
                    SELECT id
                    FROM lines WHERE amuont > :limit
                  from: lnies
            plugins: {asks: {command: [python3, ./plugin.py]}}
            """
        let result = shell("pingshen validate spec.yaml --locale en", pipeline, files: ["plugin.py": python])
        #expect(result.status == 2)
        #expect(result.errors.contains("spec.yaml:16:26: error: there is no column \"amuont\""), "\(result.errors)")
        let right = pipeline.replacing("amuont", with: "amount")
        let other = shell("pingshen validate spec.yaml --locale en", right, files: ["plugin.py": python])
        #expect(other.errors.contains("spec.yaml:17:13: error: there is no table \"lnies\""), "\(other.errors)")
    }

    @Test("a query that a plugin lets fail is told in the reader's language, without a word of the wire")
    func refused() {
        let careless = python.replacing(
            "context.query(settings[\"which\"], limit=1)",
            with: "context.query(\"SELECT x\")"
        )
        let pipeline = "pipeline: {ask: {use: asks}}\nplugins: {asks: {command: [python3, ./plugin.py]}}"
        let result = shell("pingshen run spec.yaml --locale zh", pipeline, files: ["plugin.py": careless])
        #expect(result.status == 3)
        #expect(result.errors.contains("查询第 1 行第 8 列：没有列\"x\""), "\(result.errors)")
        #expect(!result.errors.contains("RPCError") && !result.errors.contains("-32602"))
    }
}
