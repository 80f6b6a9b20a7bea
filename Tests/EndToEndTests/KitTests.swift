import PluginWire
import ReviewModel
import Testing

@Suite("Kits and scaffolds for plugin authors")
struct KitTests {
    @Test("the Python kit passes its own tests")
    func pythonKit() {
        let result = shell("cd Kits/python && python3 -m unittest")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("OK"))
    }

    @Test("the plugin in shell and jq conforms, and its finding is in the review, with its place")
    func shellPlugin() throws {
        let plugin = "\(repository)/Kits/shell/missing_unit.sh"
        let folder = TemporaryFolder()
        let checks = shell("pingshen plugins test '\(plugin)'")
        #expect(checks.status == 0, "\(checks.output)")
        let run = shell(
            """
            cat > '\(folder.path)/spec.yaml' <<'END'
            pingshen: 1
            id: shell
            form: {form: test, fields: {}, tables: {budget_lines: {key: id, columns: {id: {type: text}, unit: {type: text}}}}}
            tables:
              budget_lines:
                - {id: L1, unit: 份}
                - {id: L2}
            pipeline: {units: {use: missing-unit}}
            plugins: {missing-unit: {command: ["\(plugin)"]}}
            END
            pingshen run '\(folder.path)/spec.yaml' --out '\(folder.path)/out' --json
            """
        )
        let findings = try #require(run.json?["findings"]?.list)
        #expect(findings.map { $0["subject"]?.text } == ["L2"])
        #expect(findings.first?["locations"]?.list?.first?["line"]?.integer == 7)
    }

    @Test("a plugin that only declares its settings has them checked, each at its place")
    func declaredSettings() throws {
        let folder = TemporaryFolder()
        let result = shell(
            """
            sed 's/^def validate.*/&\\n    return {}/' Specs/example-town/plugins/round_number_check.py > '\(folder.path)/plugin.py'
            cat > '\(folder.path)/spec.yaml' <<'END'
            pingshen: 1
            id: declared
            form: {form: test, fields: {}, tables: {budget_lines: {key: id, columns: {id: {type: text}, amount: {type: decimal}}}}}
            tables: {budget_lines: [{id: L1, amount: 5.00}]}
            pipeline:
              round: {use: round-number-check, with: {step: many}}
              small: {use: round-number-check, with: {step: 0}}
              right: {use: round-number-check, with: {step: 5}}
            plugins: {round-number-check: {command: [python3, ./plugin.py]}}
            END
            pingshen validate '\(folder.path)/spec.yaml' --locale en
            """
        )
        #expect(result.status == 2)
        #expect(result.errors.contains("spec.yaml:6:49: error: expected a whole number, found \"many\""))
        #expect(result.errors.contains("spec.yaml:7:49: error: expected ≥ 1, found 0"))
        #expect(result.errors.contains("2 error(s)"))
    }

    @Test("a plugin that somebody else has started can be attached to", arguments: ["swift", "python"])
    func attached(language: String) throws {
        let folder = TemporaryFolder()
        let socket = folder.path + "/plugin.socket"
        let plugin =
            language == "swift"
            ? "pingshen-rubric-scorer" : "python3 '\(folder.path)/plugin.py'"
        let name = language == "swift" ? "rubric-scorer" : "round-number-check"
        // Without a wait: a host that is too early says so, and is asked again.
        let result = shell(
            """
            cp Kits/python/pingshen_plugin.py '\(folder.path)'
            cat > '\(folder.path)/plugin.py' <<'END'
            from pingshen_plugin import Plugin, info
            plugin = Plugin("round-number-check")
            @plugin.scorer(reads=["budget_lines"], settings={"step": 10000})
            def check(dossier, settings):
                yield info("attached/rows", zh=str(len(dossier.rows("budget_lines"))))
            plugin.run()
            END
            \(plugin) --plugin-listen '\(socket)' &
            for i in $(seq 500); do [ -S '\(socket)' ] && break; sleep 0.02; done
            PINGSHEN_ATTACH=\(name)='\(socket)' pingshen run Specs/example-town/meal-delivery-2026.yaml --out '\(folder.path)/out' --json
            status=$?; wait; exit $status
            """
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("\(name) listens; now run: PINGSHEN_ATTACH=\(name)="))
        let plugins = try #require(result.json?["plugins"]?.list)
        #expect(plugins.first { $0["name"]?.text == name }?["sha256"] == .null, "nobody knows its bytes")
        let seen = result.json?["findings"]?.list?.contains { $0["rule"]?.text == "attached/rows" }
        #expect(seen == (language == "python"))
        #expect(result.json?["scores"]?["review"] != nil)
    }

    @Test("a Python plugin asks the dossier in SQL")
    func pythonQuery() throws {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cp Kits/python/pingshen_plugin.py '\(folder.path)'
            cat > '\(folder.path)/plugin.py' <<'END'
            from decimal import Decimal
            from pingshen_plugin import Plugin, fact
            plugin = Plugin("asks")
            @plugin.scorer()
            def check(dossier, settings, context):
                rows = context.query("SELECT level, sum(amount) AS total FROM funding GROUP BY level HAVING sum(amount) > :least",
                                     least=Decimal("0.10"))
                yield fact("totals", ", ".join(f"{row.text('level')} {row.decimal('total')}" for row in rows))
            plugin.run()
            END
            cat > '\(folder.path)/spec.yaml' <<'END'
            pingshen: 1
            id: asks
            form: {form: test, fields: {}, tables: {funding: {columns: {level: {type: text}, amount: {type: decimal}}}}}
            tables: {funding: [{level: town, amount: 0.10}, {level: town, amount: 0.20}, {level: city, amount: 0.10}]}
            pipeline: {ask: {use: asks}}
            plugins: {asks: {command: [python3, ./plugin.py]}}
            END
            pingshen run '\(folder.path)/spec.yaml' --out '\(folder.path)/out' --json
            """
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.json?["facts"]?.list?.first?["value"] == "town 0.30")
    }

    @Test("a new Python plugin works at once: its test passes and its finding is in the review, with its place")
    func newPythonPlugin() throws {
        let folder = TemporaryFolder()
        let made = shell("pingshen plugins new unit-check --language python --folder '\(folder.path)'")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.split(separator: "\n").count == 5)
        let run = shell("cd '\(folder.path)/unit-check' && python3 -m unittest && pingshen run example.yaml --json")
        #expect(run.status == 0, "\(run.errors)")
        let finding = try #require(run.json?["findings"]?.list?.first)
        #expect(finding["rule"]?.text == "unit-check/round")
        #expect(finding["locations"]?.list?.first?["line"]?.integer == 21)
    }

    @Test("Docs/PLUGINS.md leads from nothing to a finding, step by step")
    func guide() throws {
        let guide = read(repository + "/Docs/PLUGINS.md")
        let folder = TemporaryFolder()
        let steps = try #require(fencedBlocks("sh", in: guide).first)
        let result = shell("cd '\(folder.path)' && set -e\n" + steps)
        #expect(result.status == 0, "\(result.errors)")
        let plugin = read(folder.path + "/unit-check/unit_check.py")
        let shown = try #require(fencedBlocks("python", in: guide).first)
        #expect(plugin.hasPrefix(shown))
        let review = try JSONReader.read(
            Array(read(folder.path + "/unit-check/out/unit-check-example/review.json").utf8)
        )
        #expect(review["findings"]?.list?.first?["rule"]?.text == "unit-check/round")
        #expect(review["findings"]?.list?.first?["locations"]?.list?.first?["line"]?.integer == 21)
    }

    @Test("wrong settings of a Python plugin are shown at their place, with what was meant")
    func settings() {
        let folder = TemporaryFolder()
        _ = shell("pingshen plugins new unit-check --folder '\(folder.path)'")
        let result = shell(
            "cd '\(folder.path)/unit-check' && sed -i 's/step: 10000/setp: 10000/' example.yaml && pingshen validate example.yaml"
        )
        #expect(result.status == 2)
        #expect(result.errors.contains("error: unknown key \"setp\""))
        #expect(result.errors.contains("did you mean \"step\"?"))
    }

    @Test("a table of many pages reaches a Python plugin whole, and a Python source fills one")
    func pages() {
        let folder = TemporaryFolder()
        let plugin = """
            from pingshen_plugin import Plugin, fact
            plugin = Plugin("many")

            @plugin.source(writes=["lines"], name="fill")
            def fill(settings):
                return {"lines": [{"id": f"L{n}", "amount": "1.10"} for n in range(12345)]}

            @plugin.scorer(reads=["lines"], name="add")
            def add(dossier, settings):
                yield fact("sum", sum(row.decimal("amount") for row in dossier.rows("lines")))

            plugin.run()
            """
        let spec = """
            pingshen: 1
            id: many
            form: {form: f, tables: {lines: {columns: {id: {type: text}, amount: {type: decimal}}}}}
            plugins: {many: {command: [python3, ./many.py]}}
            pipeline: {fill: {use: many/fill}, add: {use: many/add}}
            """
        let result = shell(
            """
            cp Kits/python/pingshen_plugin.py '\(folder.path)' && cd '\(folder.path)'
            cat > many.py <<'END'
            \(plugin)
            END
            cat > many.yaml <<'END'
            \(spec)
            END
            pingshen run many.yaml --json
            """
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.json?["facts"]?.list?.first?["value"]?.text == "13579.50")
    }

    @Test("nothing is overwritten, and a name must be able to name a program")
    func refusals() {
        let folder = TemporaryFolder()
        #expect(shell("pingshen plugins new mine --folder '\(folder.path)'").status == 0)
        let again = shell("pingshen plugins new mine --folder '\(folder.path)'")
        #expect(again.status == 64)
        #expect(again.errors.contains("exists already; nothing was written"))
        for name in ["Mine", "../mine", "9mine", "mine-", "我的"] {
            #expect(shell("pingshen plugins new '\(name)' --folder '\(folder.path)'").status == 64)
        }
        #expect(shell("pingshen plugins new other --folder /proc/nowhere").status == 73)
    }
}
