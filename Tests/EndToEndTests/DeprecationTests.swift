import PluginWire
import ReviewModel
import Testing

@Suite("Parts of plugins that go, and rules that had another id")
struct DeprecationTests {
    /// A plugin of version 1.3.0 whose parts go, and a spec that uses them all.
    private struct Project {
        let folder = TemporaryFolder()

        init(
            version: String = "1.3.0",
            rules: String = "{}",
            waivers: String = "[]",
            with settings: String = "{limit: 5}"
        ) {
            write(
                """
                from pingshen_plugin import Deprecated, Plugin, remark
                plugin = Plugin("aged", version="\(version)")
                plugin.scorer(reads=["lines"], deprecated=("1.1", "3.0"), instead="fresh",
                              settings={"limit": Deprecated(None, "1.2", until="2.0", instead="ceiling"), "ceiling": 5})

                @plugin.rule("aged/above", "warning", title={"zh": "超过", "en": "above"}, aliases=["aged/over"], deprecated=("1.3", "2.1"),
                             instead={"zh": "规则 fresh/above", "en": "the rule fresh/above"})
                def above(dossier, settings):
                    for line in dossier.rows("lines"):
                        if line.decimal("amount") > (settings["limit"] or settings["ceiling"]):
                            yield remark(zh="超过", en="above", at=line.at("amount"), subject=line.text("id"))

                plugin.run()
                """,
                to: folder.path + "/aged.py"
            )
            write(
                """
                pingshen: 1
                id: aged
                as_of: 2026-01-31
                form: {form: f, fields: {}, tables: {lines: {key: id, columns: {id: {type: text}, amount: {type: decimal}}}}}
                tables: {lines: [{id: L1, amount: 9}, {id: L2, amount: 1}]}
                plugins: {aged: {command: [python3, ./aged.py]}}
                pipeline:
                  check: {use: aged, with: \(settings)}
                rules: \(rules)
                waivers: \(waivers)
                """,
                to: folder.path + "/spec.yaml"
            )
            _ = shell("cp Kits/python/pingshen_plugin.py '\(folder.path)'")
        }

        func pingshen(_ words: String) -> CommandResult { shell("cd '\(folder.path)' && pingshen \(words)") }
    }

    @Test(
        "a role, a setting and a rule that go are told at their lines with what to write, by validate, run and batch",
        arguments: ["validate spec.yaml", "run spec.yaml --json", "batch spec.yaml --verbose"]
    )
    func warned(command: String) {
        let result = Project(rules: "{aged/above: error}").pingshen("\(command) --locale en")
        #expect(result.status == 0, "\(result.errors)")
        let told = result.errors
        #expect(
            told.contains(
                "spec.yaml:8:16: warning: the role \"aged\" is deprecated since version 1.1 of the plugin \"aged\" and goes with 3.0"
            )
        )
        #expect(
            told.contains(
                "spec.yaml:8:36: warning: the setting \"limit\" is deprecated since version 1.2 of the plugin \"aged\" and goes with 2.0"
            )
        )
        #expect(
            told.contains(
                "spec.yaml:9:21: warning: the rule \"aged/above\" is deprecated since version 1.3 of the plugin \"aged\" and goes with 2.1"
            )
        )
        #expect(told.contains("use fresh") && told.contains("use ceiling") && told.contains("use the rule fresh/above"))
        let chinese = Project().pingshen("validate spec.yaml --locale zh").errors
        #expect(chinese.contains("设置\"limit\"自插件\"aged\"的 1.2 版起不再建议使用，2.0 版起取消") && chinese.contains("请改用 ceiling"))
    }

    @Test("batch tells each of them once, at the first place, and how many more there are")
    func batch() {
        let project = Project()
        _ = shell(
            "cd '\(project.folder.path)' && mkdir many && for n in 1 2 3; do sed \"s/^id: aged/id: a$n/; s|\\./aged|../aged|\" spec.yaml > many/a$n.yaml; done"
        )
        let told = project.pingshen("batch many --jobs 1 --out out --locale en")
        #expect(told.status == 0, "\(told.errors)")
        #expect(
            told.errors.split(separator: "the setting \"limit\" is deprecated since version 1.2").count == 2,
            "\(told.errors)"
        )
        #expect(told.errors.contains("a1.yaml:8:16: warning: the role \"aged\" is deprecated"), "\(told.errors)")
        #expect(told.errors.contains("stands in 4 more place(s)"), "\(told.errors)")
        let verbose = project.pingshen("batch many --jobs 1 --out other --locale en --verbose").errors
        #expect(verbose.split(separator: "warning: the setting \"limit\" is deprecated since version 1.2").count >= 4)
    }

    @Test("what is gone stops the review at its line")
    func gone() {
        let result = Project(version: "2.0").pingshen("run spec.yaml --locale en")
        #expect(result.status == 2)
        #expect(
            result.errors.contains(
                "spec.yaml:8:36: error: the setting \"limit\" is gone since version 2.0 of the plugin \"aged\", which is 2.0"
            )
        )
        #expect(result.errors.contains("spec.yaml:8:16: warning: the role"))
    }

    @Test("nothing is told before its time, nor of what is not used")
    func early() {
        let result = Project(version: "1.0.9").pingshen("validate spec.yaml --locale en")
        #expect(result.status == 0 && !result.errors.contains("deprecated"), "\(result.errors)")
        let unused = Project(with: "{ceiling: 5}").pingshen("validate spec.yaml --locale en").errors
        #expect(!unused.contains("the setting") && !unused.contains("the rule"))
    }

    @Test("a rule and a waiver under an id of before still count, and the new one is told")
    func aliases() throws {
        let waiver = "[{rule: aged/over, subject: L1, reason: 已核, approver: 张三}]"
        let result = Project(rules: "{aged/over: error}", waivers: waiver).pingshen("run spec.yaml --json --locale en")
        #expect(result.status == 0)
        let finding = try #require(result.json?["findings"]?.list?.first)
        #expect(
            finding["rule"] == "aged/above" && finding["severity"] == "error" && finding["waiver"]?["approver"] == "张三"
        )
        #expect(result.json?["rules"]?.list?.first?["id"] == "aged/above")
        #expect(result.json?["findings"]?.list?.count == 1)
        let words = "the rule \"aged/over\" of the plugin \"aged\" is \"aged/above\" now; the old id still counts"
        #expect(result.errors.contains("spec.yaml:9:20: warning: \(words)"), "\(result.errors)")
        #expect(result.errors.contains("spec.yaml:10:18: warning: \(words)"))
        let both = Project(rules: "{aged/over: error, aged/above: off}").pingshen("validate spec.yaml --locale en")
        #expect(both.status == 2 && both.errors.contains("are one rule under its old id and its new one"))
    }

    @Test("a waiver of one finding, and a baseline, survive that the rule is renamed")
    func formerIDs() throws {
        let project = Project()
        let source = read(project.folder.path + "/aged.py")
        write(
            source.replacing("\"aged/above\", \"warning\"", with: "\"aged/over\", \"warning\"").replacing(
                "aliases=[\"aged/over\"], ",
                with: ""
            ),
            to: project.folder.path + "/aged.py"
        )
        let before = project.pingshen("run spec.yaml --json --out before")
        let id = try #require(before.json?["findings"]?.list?.first?["id"]?.text)
        #expect(before.json?["findings"]?.list?.first?["rule"] == "aged/over")
        write(source, to: project.folder.path + "/aged.py")
        let spec = read(project.folder.path + "/spec.yaml")
        write(
            spec.replacing("waivers: []", with: "waivers: [{id: \(id), reason: 已核, approver: 张三}]"),
            to: project.folder.path + "/spec.yaml"
        )
        let after = project.pingshen("run spec.yaml --json --out after --baseline before/aged/review.json")
        let finding = try #require(after.json?["findings"]?.list?.first, "\(after.errors)")
        #expect(after.json?["findings"]?.list?.count == 1, "no waiver is unused")
        #expect(finding["id"]?.text != id && finding["waiver"]?["approver"] == "张三")
        #expect(finding["baseline"] == "unchanged" && after.json?["fixed"]?.list ?? [] == [])
    }

    @Test("rules list, rules explain and plugins inspect show it")
    func shown() {
        let project = Project()
        let list = project.pingshen("rules list spec.yaml --locale en").output
        #expect(
            list.contains(
                "aged/above  warning  above  (deprecated since 1.3, goes with 2.1; use the rule fresh/above; formerly aged/over)"
            ),
            "\(list)"
        )
        let explained = project.pingshen("rules explain aged/over spec.yaml --locale en").output
        #expect(
            explained.hasPrefix(
                "aged/above  warning  above\ndeprecated since 1.3, goes with 2.1; use the rule fresh/above\nformerly aged/over\n"
            ),
            "\(explained)"
        )
        let role = project.pingshen("plugins inspect -- python3 aged.py").json?["roles"]?.list?.first
        #expect(role?["deprecated"] == ["1.1", "3.0"] && role?["instead"] == "fresh")
        #expect(role?["configSchema"]?["properties"]?["limit"]?["deprecated"] == ["1.2", "2.0"])
    }

    @Test("rules of a plugin that names none can be weighed; what looks like a slip is warned of")
    func unlisted() throws {
        let project = Project()
        func spec(_ rules: String) {
            write(
                """
                pingshen: 1
                id: silent
                form: {form: f, fields: {}, tables: {budget_lines: {key: id, columns: {id: {type: text}, unit: {type: text}}}}}
                tables: {budget_lines: [{id: L1}]}
                plugins: {missing-unit: {command: ["\(repository)/Kits/shell/missing_unit.sh"]}, aged: {command: [python3, ./aged.py]}}
                pipeline: {units: {use: missing-unit}, check: {use: aged}}
                rules: \(rules)
                """,
                to: project.folder.path + "/silent.yaml"
            )
        }
        spec("{example/missing-unit: error}")
        let heavier = project.pingshen("run silent.yaml --json --locale en")
        #expect(heavier.json?["findings"]?.list?.first?["severity"] == "error", "\(heavier.errors)")
        let checked = project.pingshen("validate silent.yaml --locale en")
        #expect(checked.status == 0)
        #expect(checked.errors.contains("it may be one of \"missing-unit\", which names none"), "\(checked.errors)")
        spec("{example/missing-unit: off}")
        #expect(project.pingshen("run silent.yaml --json").json?["findings"]?.list ?? [] == [])
        spec("{aged/abvoe: off}")
        let slip = project.pingshen("run silent.yaml --json --locale en").errors
        #expect(
            slip.contains("warning: no step names the rule \"aged/abvoe\"")
                && slip.contains("did you mean \"aged/above\"?"),
            "\(slip)"
        )
    }
}
