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

    @Test("the kit for Node passes its own tests")
    func nodeKit() {
        let result = shell("cd Kits/node && node --test")
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("# fail 0") && !result.output.contains("# pass 0"))
    }

    @Test("the Python kit installs without a network, with its version")
    func installedKit() {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cp -r Kits/python '\(folder.path)/kit' && cd '\(folder.path)' &&
            python3 -m pip install -q --no-index --disable-pip-version-check --root-user-action ignore --target ./site ./kit &&
            PYTHONPATH=./site python3 -c 'import importlib.metadata as m, pingshen_plugin as p
            print(p.__file__.endswith("/site/pingshen_plugin.py"), m.version("pingshen-plugin") == p.__version__)'
            """
        )
        #expect(result.output == "True True\n", "\(result.errors)")
    }

    @Test(
        "a new Node plugin works at once: its test passes, it conforms, and its finding is in the review, with its place"
    )
    func newNodePlugin() throws {
        let folder = TemporaryFolder()
        let made = shell("pingshen plugins new unit-check --language node --folder '\(folder.path)'")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.split(separator: "\n").count == 6)
        let run = shell("cd '\(folder.path)/unit-check' && node --test >/dev/null && pingshen run example.yaml --json")
        #expect(run.status == 0, "\(run.errors)")
        let finding = try #require(run.json?["findings"]?.list?.first)
        #expect(finding["rule"]?.text == "unit-check/round")
        #expect(finding["locations"]?.list?.first?["line"]?.integer == 21)
        let checks = shell(
            "cd '\(folder.path)/unit-check' && pingshen plugins test --spec example.yaml -- node unit_check.mjs"
        )
        #expect(checks.status == 0, "\(checks.output)")
        let wrong = shell(
            "cd '\(folder.path)/unit-check' && sed -i 's/step: 10000/setp: 10000/' example.yaml && pingshen validate example.yaml --locale en"
        )
        #expect(wrong.errors.contains("unknown key \"setp\"") && wrong.errors.contains("did you mean \"step\"?"))
    }

    @Test(
        "a Node plugin of all three roles: a long table, SQL, cells of facts, a renderer",
        arguments: ["validate", "run"]
    )
    func nodeRoles(command: String) throws {
        let folder = TemporaryFolder()
        write(
            """
            import fs from "node:fs";
            import { Decimal, Plugin, decimal, fact, sql } from "./pingshen_plugin.mjs";
            const plugin = new Plugin("many");
            plugin.source({ name: "fill", writes: ["lines"] }, () => ({
              lines: { columns: [{ name: "id" }, { name: "amount", type: "decimal" }], rows: rows() },
            }));
            function* rows() { for (let n = 0; n < 12345; n += 1) yield [`L${n}`, decimal("1.10")]; }
            plugin.scorer({ name: "add", reads: ["lines"], settings: { which: sql("SELECT amount FROM lines WHERE id = 'L7'") } }, async function* (dossier, settings, context) {
              yield fact("sum", Decimal.sum(dossier.rows("lines").map((line) => line.decimal("amount"))));
              const [row] = await context.query(settings.which);
              if (row) yield fact("seventh", row.decimal("amount"), { cells: await context.cells(settings.which) });
            });
            plugin.renderer({ name: "print", writes: ["txt"], review: ["facts"] }, (review, dossier, settings, folder) => {
              fs.writeFileSync(`${folder}/facts.txt`, review.facts.map((one) => `${one.id} ${one.value}`).join("\\n"));
              return [["facts.txt", "text/plain"]];
            });
            await plugin.run(import.meta.url);
            """,
            to: folder.path + "/many.mjs"
        )
        write(
            """
            pingshen: 1
            id: many
            form: {form: f, tables: {lines: {columns: {id: {type: text}, amount: {type: decimal}}}}}
            plugins: {many: {command: [node, ./many.mjs]}}
            pipeline: {fill: {use: many/fill}, add: {use: many/add, with: {which: SELECT amount FROM lines WHERE id = 'L7'}}, print: {use: many/print}}
            """,
            to: folder.path + "/many.yaml"
        )
        let result = shell(
            "cp Kits/node/pingshen_plugin.mjs '\(folder.path)' && cd '\(folder.path)' && pingshen \(command) many.yaml\(command == "run" ? " --json" : "")"
        )
        #expect(result.status == 0, "\(result.errors)")
        if command == "validate" {
            let wrong = shell(
                "cd '\(folder.path)' && sed -i 's/SELECT amount FROM/SELECT amonut FROM/' many.yaml && pingshen validate many.yaml --locale en"
            )
            #expect(wrong.status == 2 && wrong.errors.contains("did you mean \"amount\"?"), "\(wrong.errors)")
            return
        }
        let facts = try #require(result.json?["facts"]?.list)
        #expect(facts.map { $0["value"]?.text } == ["13579.50", "1.10"])
        #expect(facts.last?["sources"] == ["/tables/lines/7/amount"])
        #expect(read(folder.path + "/out/many/facts.txt") == "sum 13579.50\nseventh 1.10")
        let only = "--only settings --only open --only render"
        let checks = shell("cd '\(folder.path)' && pingshen plugins test --spec many.yaml \(only) -- node many.mjs")
        #expect(checks.status == 0, "\(checks.output)")
    }

    @Test(
        "rules of a kit are listed, explained, weighed, switched off and given values",
        arguments: ["python", "node"]
    )
    func rules(language: String) throws {
        let folder = TemporaryFolder()
        let isPython = language == "python"
        write(
            isPython
                ? """
                from decimal import Decimal
                from pingshen_plugin import Parameter, Plugin, bad, remark
                plugin = Plugin("p", reusable=True)
                plugin.scorer(reads=["lines"])

                @plugin.rule("p/above", "warning", title={"zh": "超过", "en": "above the cap"}, manual={"zh": "手册", "en": "the manual"},
                             parameters={"cap": Parameter(Decimal("5.00"), zh="上限", en="the cap", unit="CNY")},
                             examples=[bad("tables: {lines: [{amount: ↓6}]}", {"zh": "超过", "en": "above"})])
                def above(dossier, settings, parameters):
                    for line in dossier.rows("lines"):
                        if line.decimal("amount") > parameters["cap"]:
                            yield remark(zh="超过", en="above", at=line.at("amount"))

                plugin.run()
                """
                : """
                import { Plugin, bad, decimal, parameter, remark } from "./pingshen_plugin.mjs";
                const plugin = new Plugin("p", { reusable: true });
                plugin.scorer({ reads: ["lines"] });
                plugin.rule("p/above", "warning", {
                  title: { zh: "超过", en: "above the cap" }, manual: { zh: "手册", en: "the manual" },
                  parameters: { cap: parameter(decimal("5.00"), { zh: "上限", en: "the cap", unit: "CNY" }) },
                  examples: [bad("tables: {lines: [{amount: ↓6}]}", { zh: "超过", en: "above" })],
                }, (dossier, settings, { parameters }) =>
                  dossier.rows("lines").filter((line) => line.decimal("amount").isAbove(parameters.cap))
                    .map((line) => remark({ zh: "超过", en: "above", at: line.at("amount") })));
                await plugin.run();
                """,
            to: folder.path + (isPython ? "/p.py" : "/p.mjs")
        )
        _ = shell("cp Kits/\(language)/pingshen_plugin.* '\(folder.path)'")
        let command = isPython ? "python3, ./p.py" : "node, ./p.mjs"
        func run(_ rules: String, _ words: String = "run spec.yaml --json --locale en") -> CommandResult {
            write(
                """
                pingshen: 1
                id: rules
                form: {form: f, fields: {}, tables: {lines: {columns: {amount: {type: decimal}}}}}
                tables: {lines: [{amount: 6.00}]}
                plugins: {p: {command: [\(command)]}}
                pipeline: {check: {use: p}}
                rules: \(rules)
                """,
                to: folder.path + "/spec.yaml"
            )
            return shell("cd '\(folder.path)' && pingshen \(words)")
        }
        func severities(_ rules: String) -> [String?] {
            (run(rules).json?["findings"]?.list ?? []).map { $0["severity"]?.text }
        }
        #expect(severities("{}") == ["warning"])
        #expect(severities("{p/above: error}") == ["error"])
        #expect(severities("{p/above: off}") == [])
        #expect(severities("{p/above: {cap: 6.00}}") == [] && severities("{p/above: {cap: 5.99}}") == ["warning"])
        #expect(run("{p/abvoe: off}").errors.contains("did you mean \"p/above\"?"))
        #expect(run("{p/above: {cap: many}}").errors.contains("should be a number"))
        #expect(run("{}").json?["ruleCatalogue"]?.list?.first?["manual"]?["en"] == "the manual")
        #expect(run("{}", "rules list spec.yaml --locale en").output == "p/above  warning  above the cap\n")
        let explained = run("{}", "rules explain p/above spec.yaml --locale en").output
        #expect(explained.contains("cap: 5.00 CNY  # the cap") && explained.contains("→ above"), "\(explained)")
        #expect(run("{}", "run spec.yaml >/dev/null; cat out/rules/run.jsonl").output.contains("\"p/above\":"))
        let checks = run("{}", "plugins test --spec spec.yaml -- \(command.replacing(",", with: ""))")
        #expect(
            checks.status == 0 && checks.output.contains("ok       rules")
                && checks.output.contains("ok       reusable"),
            "\(checks.output)"
        )
    }

    @Test("a traceback of a kit stands below the message", arguments: ["python3 p.py", "node p.mjs"])
    func traceback(command: String) {
        let folder = TemporaryFolder()
        write(
            "from pingshen_plugin import Plugin\nplugin = Plugin('p')\n@plugin.scorer()\ndef check(dossier, settings):\n    return dossier.nothing\nplugin.run()\n",
            to: folder.path + "/p.py"
        )
        write(
            "import { Plugin } from './pingshen_plugin.mjs';\nconst plugin = new Plugin('p');\nplugin.scorer({}, (dossier) => dossier.nothing.more);\nawait plugin.run();\n",
            to: folder.path + "/p.mjs"
        )
        let words = command.replacing(" ", with: ", ./")
        write(
            "pingshen: 1\nid: t\nform: {form: f, fields: {}, tables: {}}\nplugins: {p: {command: [\(words)]}}\npipeline: {check: {use: p}}\n",
            to: folder.path + "/spec.yaml"
        )
        let result = shell(
            "cp Kits/*/pingshen_plugin.* '\(folder.path)' && cd '\(folder.path)' && pingshen run spec.yaml --locale en"
        )
        #expect(result.status == 3)
        #expect(
            result.errors.contains(
                "refused scorer/score: \(command == "node p.mjs" ? "TypeError" : "AttributeError"):"
            ),
            "\(result.errors)"
        )
        #expect(
            result.errors.contains(command == "node p.mjs" ? "p.mjs:3:" : "p.py\", line 5, in check"),
            "\(result.errors)"
        )
    }

    @Test("how long a plugin may take to start is what the spec says, and the message names the key")
    func startLimit() {
        let folder = TemporaryFolder()
        func run(_ seconds: String) -> CommandResult {
            write(
                """
                pingshen: 1
                id: slow
                form: {form: f, fields: {}, tables: {}}
                plugins: {p: {command: [sh, -c, "exec sleep 100"], start_seconds: \(seconds)}}
                pipeline: {check: {use: p, deadline_seconds: 500}}
                """,
                to: folder.path + "/spec.yaml"
            )
            return shell("cd '\(folder.path)' && pingshen run spec.yaml --locale en")
        }
        let slow = run("1")
        #expect(slow.status == 3)
        #expect(
            slow.errors.contains(
                "did not answer initialize within 1 s and was stopped; if it has answered, it must flush standard output after every line; "
                    + "if its start takes so long, start_seconds beside its name under plugins: allows more"
            ),
            "\(slow.errors)"
        )
        let wrong = run("0")
        #expect(wrong.status == 2 && wrong.errors.contains("spec.yaml:4:"), "\(wrong.errors)")
    }

    @Test("a Python plugin runs under pdb as Docs/PLUGINS.md prints it")
    func debugger() throws {
        let guide = read(repository + "/Docs/PLUGINS.md")
        let line = try #require(guide.split(separator: "\n").first { $0.hasPrefix("python3 -m pdb unit_check.py") })
        let folder = TemporaryFolder()
        let socket = folder.path + "/unit.socket"
        let result = shell(
            """
            pingshen plugins new unit-check --folder '\(folder.path)' >/dev/null 2>&1 && cd '\(folder.path)/unit-check'
            mkfifo typed && \(line.replacing("/tmp/unit.socket", with: socket)) <typed >pdb.log 2>&1 &
            while [ ! -p typed ]; do sleep 0.02; done
            exec 3>typed; echo continue >&3
            for i in $(seq 500); do [ -S '\(socket)' ] && break; sleep 0.02; done
            PINGSHEN_ATTACH=unit-check='\(socket)' pingshen run example.yaml --json
            status=$?; exec 3>&-; wait; exit $status
            """
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.json?["findings"]?.list?.first?["rule"] == "unit-check/round")
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
        #expect(made.output.split(separator: "\n").count == 6)
        let run = shell("cd '\(folder.path)/unit-check' && python3 -m unittest && pingshen run example.yaml --json")
        #expect(run.status == 0, "\(run.errors)")
        let finding = try #require(run.json?["findings"]?.list?.first)
        #expect(finding["rule"]?.text == "unit-check/round")
        #expect(finding["locations"]?.list?.first?["line"]?.integer == 21)
    }

    @Test("Docs/PLUGINS.md leads from nothing to a finding, word by word, with pingshen on PATH")
    func guide() throws {
        let guide = read(repository + "/Docs/PLUGINS.md")
        let folder = TemporaryFolder()
        let follow = "'\(repository)/Tests/Packages/follow-page' '\(repository)/Docs/PLUGINS.md' none"
        let result = shell("cp -R Specs '\(folder.path)' && cd '\(folder.path)' && \(follow)")
        #expect(result.status == 0, "\(result.output)\n\(result.errors)")
        let plugin = read(folder.path + "/unit-check/unit_check.py")
        let shown = try #require(fencedBlocks("python", in: guide).first)
        #expect(plugin.hasPrefix(shown))
        let review = try JSONReader.read(
            Array(read(folder.path + "/unit-check/out/unit-check-example/review.json").utf8)
        )
        #expect(review["findings"]?.list?.first?["rule"]?.text == "unit-check/round")
        #expect(review["findings"]?.list?.first?["locations"]?.list?.first?["line"]?.integer == 21)
    }

    @Test("Docs/PLUGINS.md says how pingshen comes onto PATH, from a package, an archive and a checkout")
    func ways() {
        let guide = read(repository + "/Docs/PLUGINS.md")
        for way in ["deb", "tarball", "checkout"] {
            #expect(fencedBlocks("sh " + way, in: guide).count == 1, "\(way)")
        }
        let ofCheckouts = fencedBlocks("sh", in: guide).filter { $0.contains("Scripts/") }
        #expect(ofCheckouts.isEmpty, "whoever has a package has no scripts")
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
