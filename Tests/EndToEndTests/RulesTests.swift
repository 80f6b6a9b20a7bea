import PluginWire
import ReviewModel
import Testing

@Suite("Rules changed by a spec")
struct RulesTests {
    private func run(_ rules: String, _ options: String = "--json") -> CommandResult {
        let folder = TemporaryFolder()
        return shell(
            """
            cat > '\(folder.path)/spec.yaml' <<'END'
            pingshen: 1
            id: test
            form:
              form: test
              fields: {}
              tables:
                budget_lines: {columns: {id: {type: text}, group: {type: text}, detail: {type: text}, quantity: {type: decimal}, unit_price: {type: decimal}, amount: {type: decimal}}}
                deductions: {columns: {line: {type: text}, kind: {type: text}, amount: {type: decimal}, reason: {type: text}}}
            tables:
              budget_lines:
                - {id: L1, group: works, detail: /, quantity: 2, unit_price: 500.00, amount: 1000.00}
              deductions:
                - {line: L1, kind: deferral, amount: 40.00, reason: 质保金}
            pipeline: {audit: {use: deduction-auditor}}
            rules: \(rules)
            END
            OUT='\(folder.path)'
            pingshen run '\(folder.path)/spec.yaml' --out "$OUT" \(options)
            """
        )
    }

    private func findings(_ result: CommandResult) -> [String] {
        (result.json?["findings"]?.list ?? []).map { "\($0["severity"]?.text ?? "") \($0["rule"]?.text ?? "")" }
    }

    @Test("a rule is off, heavier, or has a value of the town; the review says so")
    func changes() {
        #expect(findings(run("{}")) == ["warning deduction/retention-above-cap"])
        #expect(findings(run("{deduction/retention-above-cap: off}")) == [])
        #expect(findings(run("{deduction/retention-above-cap: error}")) == ["error deduction/retention-above-cap"])
        #expect(findings(run("{deduction/retention-above-cap: {cap: \"4.00\"}}")) == [])
        let heavier = run("{deduction/retention-above-cap: {severity: error, cap: 3.99}}", "--json --fail-on error")
        #expect(heavier.status == 1)
        #expect(heavier.json?["findings"]?.list?.first?["difference"] == "0.10")
        let changed: Value = [
            ["id": "deduction/retention-above-cap", "severity": "error", "parameters": ["cap": "3.99"]]
        ]
        #expect(heavier.json?["rules"] == changed)
    }

    @Test("the review names the rules that found something, and the run log says how long each took")
    func catalogueOfAReview() throws {
        let review = try #require(run("{}").json)
        let rule = try #require(review["ruleCatalogue"]?.list?.first)
        #expect(review["ruleCatalogue"]?.list?.count == 1)
        #expect(rule["id"] == "deduction/retention-above-cap" && rule["severity"] == "warning")
        #expect(rule["title"]?["zh"] == "质保金超过比例上限")
        #expect(rule["manual"]?["en"]?.text?.contains("建质〔2017〕138号") == true)
        #expect(run("{deduction/retention-above-cap: off}").json?["ruleCatalogue"] == nil)
        let log = run("{deduction/twice: off}", "> /dev/null; cat \"$OUT/test/run.jsonl\"").output
        #expect(log.contains("\"arithmetic/line-product\":") && !log.contains("deduction/twice"))
    }

    @Test(
        "a rule, a parameter or a value that there is not stops the run at its place",
        arguments: [
            ("{deduction/retention-above-cup: off}", "deduction/retention-above-cap"),
            ("{deduction/retention-above-cap: {cop: 3}}", "did you mean \"cap\"?"),
            ("{deduction/retention-above-cap: {cap: three}}", "should be a number"),
            ("{deduction/retention-above-cap: quiet}", "quiet"),
        ]
    )
    func mistakes(rules: String, hint: String) {
        let result = run(rules)
        #expect(result.status == 2)
        #expect(result.errors.contains(hint), "\(result.errors)")
        #expect(result.errors.contains("spec.yaml:15:"), "\(result.errors)")
    }

    @Test("every rule that a built-in plugin speaks of is listed, and can be explained")
    func catalogue() {
        let listed = shell("pingshen rules list").output.split(separator: "\n").compactMap {
            $0.split(separator: " ").first
        }
        let written = shell(
            "grep -rhoE '\"(arithmetic|declared|deduction|history|prose|rubric|rules|target|treatment)/[a-z-]+\"' "
                + "$(grep -rlE 'rule: |Rule\\(' Plugins Sources/BudgetLines --include='*.swift') | tr -d '\"' | sort -u"
        )
        let settings = shell("grep -rhoE 'code: \"[a-z]+/[a-z-]+\"' Plugins | cut -d'\"' -f2 | sort -u").output.split(
            separator: "\n"
        )
        let spoken = written.output.split(separator: "\n").filter { !settings.contains($0) }
        #expect(spoken.count > 60)
        #expect(Set(spoken).subtracting(listed) == [])
        let explained = shell("pingshen rules explain deduction/retention-above-cap --locale zh").output
        #expect(explained.contains("建质〔2017〕138号"))
        #expect(explained.contains("cap: 3.00"))
        #expect(explained.contains("amount: ↓3500.00") && explained.contains("→ \"装修工程\"的质保金 3,500.00 元"))
        // What sources, renderers and the host tell has a name as well.
        let told = shell("pingshen rules explain sheet/sum-differs --locale zh")
        #expect(told.status == 0 && told.output.hasPrefix("sheet/sum-differs  小计与明细不符\n"), "\(told.errors)")
        let unknown = shell("pingshen rules explain rubric/no-evidense")
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("rubric/no-evidence"))
    }
}
