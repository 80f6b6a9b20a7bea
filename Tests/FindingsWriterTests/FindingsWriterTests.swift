import PluginKit
import ReviewFile
import ReviewModel
import Testing

@testable import findings_writer

@Suite("Findings for other programs and for the desk")
struct FindingsWriterTests {
    private let hostile = "]]> <script>x</script> [a](b) `c` | *d* & \"e\" \u{1B}[2J\u{202E}\u{0}\nnext"

    private func review(_ locale: Locale = .en) -> Review {
        func located(_ rule: String, _ severity: Severity, _ message: String, waiver: Waiver? = nil) -> LocatedFinding {
            var finding = LocatedFinding(
                finding: Finding(
                    rule: rule,
                    severity: severity,
                    message: LocalizedText(zh: "问题", en: message),
                    subject: "L1",
                    pointers: [JSONPointer(["tables", "lines", "0", "amount"])],
                    expected: "1.00",
                    found: "2.00",
                    hint: LocalizedText(zh: "改", en: "mend it")
                ),
                step: "audit",
                locations: [Location(.text(file: "a b/预算.yaml", line: 3, column: 7), path: "tables.lines[0].amount")]
            )
            finding.waiver = waiver
            return finding
        }
        let findings = [
            located("a/blocker", .blocker, "stop"), located("a/error", .error, hostile),
            located("a/waived", .error, "stands", waiver: Waiver(reason: "agreed", approver: "Zhang")),
            located("a/info", .info, "worth knowing"),
        ].identified()
        return Review(
            id: "test",
            locale: locale,
            project: ["name": "Test"],
            findings: findings,
            steps: [
                Review.Step(id: "audit", plugin: "p", outcome: .done),
                Review.Step(id: "other", plugin: "q", outcome: .done),
            ]
        )
    }

    @Test("SARIF says what is new, unchanged and absent, where there is an earlier review, and shows the proof")
    func baseline() throws {
        var review = review()
        review.findings[0].finding.proof = Proof(
            [Proof.Figure(LocalizedText("one"), "1", at: nil)],
            calculation: "1 < 2"
        )
        var earlier = review
        earlier.findings.removeFirst()
        var gone = review.findings[0]
        gone.id = "gone"
        gone.finding.rule = "a/gone"
        earlier.findings.append(gone)
        func states(_ log: Value) -> [String?] {
            log["runs"]?.list?.first?["results"]?.list?.map { $0["baselineState"]?.text } ?? []
        }
        #expect(states(sarifLog(review)) == [nil, nil, nil, nil])
        review.compare(with: earlier)
        let log = sarifLog(review)
        #expect(states(log) == ["new", "unchanged", "unchanged", "unchanged", "absent"])
        let results = try #require(log["runs"]?.list?.first?["results"]?.list)
        #expect(results[0]["properties"]?["calculation"] == "1 < 2")
        let rules = log["runs"]?.list?.first?["tool"]?["driver"]?["rules"]?.list ?? []
        #expect(results[4]["ruleIndex"]?.integer.map { rules[$0]["id"]?.text } == "a/gone")
    }

    @Test("SARIF names a rule by its title and manual where the review has them, else by its first finding")
    func titles() throws {
        var review = review()
        review.catalogue = [
            Rule(
                "a/error",
                .error,
                title: LocalizedText(zh: "错", en: "a mistake"),
                manual: LocalizedText(zh: "说明", en: "what it compares")
            )
        ]
        let run = try #require(sarifLog(review)["runs"]?.list?.first)
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.list)
        let named = try #require(rules.first { $0["id"] == "a/error" })
        #expect(named["shortDescription"]?["text"] == "a mistake")
        #expect(named["fullDescription"]?["text"] == "what it compares")
        let other = try #require(rules.first { $0["id"] == "a/info" })
        #expect(other["shortDescription"]?["text"] == "worth knowing" && other["fullDescription"] == nil)
    }

    @Test("the working list and JUnit name a rule by its title, where the review has it")
    func named() {
        var review = review()
        review.catalogue = [Rule("a/blocker", .blocker, title: LocalizedText(zh: "停", en: "a *stop*"))]
        let id = review.findings[0].id
        #expect(list(of: review).contains("  - a \\*stop\\* a/blocker \(id)\n"))
        #expect(list(of: review).contains("  - a/info \(review.findings[3].id)\n"))
        #expect(
            FindingsFormat.junit.text(of: WorkingList(review: review)).contains("stop&#10;a/blocker: a *stop*&#10;")
        )
    }

    @Test("SARIF has the version, every rule once, levels, places, fingerprints and suppressions")
    func sarif() throws {
        let log = sarifLog(review())
        let run = try #require(log["runs"]?.list?.first)
        #expect(log["version"] == "2.1.0")
        let rules = run["tool"]?["driver"]?["rules"]?.list?.map { $0["id"]?.text }
        #expect(rules == ["a/blocker", "a/error", "a/info", "a/waived"])
        let results = try #require(run["results"]?.list)
        #expect(results.map { $0["level"] } == ["error", "error", "error", "note"])
        #expect(results.map { $0["ruleIndex"] } == [0, 1, 3, 2])
        let place = results[0]["locations"]?.list?.first?["physicalLocation"]
        #expect(place?["artifactLocation"]?["uri"] == "a%20b/%E9%A2%84%E7%AE%97.yaml")
        #expect(place?["region"] == ["startLine": 3, "startColumn": 7])
        #expect(results[2]["suppressions"]?.list?.first?["justification"] == "agreed (Zhang)")
        let prints = results.compactMap { $0["partialFingerprints"]?["pingshenFinding/v1"]?.text }
        #expect(Set(prints).count == 4 && prints.allSatisfy { $0.count == 12 })
    }

    @Test("JUnit counts failures and skips, and nothing in a text leaves its place")
    func junitXML() {
        let text = FindingsFormat.junit.text(of: WorkingList(review: review()))
        #expect(text.contains("<testsuites name=\"test\" tests=\"5\" failures=\"2\" skipped=\"1\">"))
        #expect(text.contains("<testsuite name=\"other\" tests=\"1\" failures=\"0\" skipped=\"0\">"))
        #expect(!text.contains("<script") && !text.contains("]]>"))
        let controls = text.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" }
        #expect(controls.isEmpty)
    }

    @Test("the working list is ordered by weight, with places and boxes, in either language")
    func list() {
        let text = list(of: review())
        let order = [
            "## For the reviewer to correct (3)", "### blocker (1)", "### error (1)", "### info (1)", "## Waived (1)",
        ].map {
            text.firstRange(of: $0)?.lowerBound
        }
        #expect(!order.contains(nil) && order.compactMap { $0 } == order.compactMap { $0 }.sorted())
        #expect(
            text.contains(
                "- [ ] stop\n  - place: a b/预算.yaml:3:7\n  - expected: 1.00; found: 2.00\n  - next: mend it\n"
            )
        )
        #expect(text.contains("reason: agreed; approved by Zhang"))
        #expect(list(of: review(.zh)).contains("# 待办清单：Test"))
        #expect(list(of: Review(id: "x", locale: .en)).contains("Nothing is left to settle."))
    }

    @Test("no text of a finding acts in the working list")
    func harmless() {
        let text = list(of: review())
        #expect(text.contains("- [ ] \\]\\]&gt; &lt;script&gt;x&lt;/script&gt; \\[a\\](b) \\`c\\` \\| \\*d\\* &amp; "))
        #expect(text.contains(" next\n"))
        let acting = text.unicodeScalars.filter { [0x1B, 0x202E, 0].contains($0.value) }
        #expect(acting.isEmpty)
    }

    @Test("a sign that means nothing where it stands is left as people read it")
    func plain() {
        #expect(markdown("texts.result_use: 2,239.43 < 3,000.00 > 2") == "texts.result_use: 2,239.43 < 3,000.00 > 2")
        #expect(markdown("_a_ <b> a<b 年_度") == "\\_a\\_ &lt;b&gt; a&lt;b 年\\_度")
    }

    @Test("same review, same bytes")
    func deterministic() {
        for format in FindingsFormat.allCases {
            let list = { WorkingList(review: review()) }
            #expect(format.text(of: list()) == format.text(of: list()))
        }
    }

    private func list(of review: Review) -> String { WorkingList(review: review).text }

    @Test("what the applicant must answer stands before what the reviewer has written wrong, and what is new is marked")
    func parts() throws {
        var review = review()
        review.findings[3].finding.rule = "arithmetic/line-product"
        review.findings[1].baseline = .new
        let text = list(of: review)
        let (asked, own) = (text.firstRange(of: "## For the applicant"), text.firstRange(of: "## For the reviewer"))
        #expect(try #require(asked).lowerBound < #require(own).lowerBound)
        let question = try #require(text.firstRange(of: "worth knowing"))
        #expect(question.lowerBound < (try #require(own)).lowerBound)
        #expect(text.contains("- [ ] (new) ") && !text.contains("(new) stop"))
        let townOfItsOwn = WorklistSettings.read(["applicant": ["a"]]).settings
        #expect(!WorkingList(review: self.review(), questions: townOfItsOwn).text.contains("## For the reviewer"))
    }

    @Test("what follows from a finding stands beneath it, and by itself where that one is waived")
    func followers() {
        var review = review()
        review.findings[3].cause = review.findings[1].id
        let text = list(of: review)
        #expect(text.contains("  - and so: worth knowing (a b/预算.yaml:3:7)\n") && !text.contains("- [ ] worth"))
        review.findings[3].cause = review.findings[2].id
        #expect(list(of: review).contains("- [ ] worth knowing\n"))
    }

    @Test("lines that people have written between the entries of a list stay at its end, once")
    func notes() {
        var list = WorkingList(review: review(.zh))
        let written = list.text.replacing("\n\n", with: "\n\n会议纪要：单价待核。\n", maxReplacements: 1)
        list.earlier = EarlierWorklist(written)
        #expect(list.earlier.notes == ["会议纪要：单价待核。"])
        let again = list.text
        #expect(again.hasSuffix("\n## 其他备注\n\n会议纪要：单价待核。\n"))
        list.earlier = EarlierWorklist(again)
        #expect(list.text == again)
    }

    @Test(
        "ticks and remarks of an earlier list stay with their findings, and remarks of findings that are no more are kept"
    )
    func kept() {
        var review = review()
        let (first, last) = (review.findings[0].id, review.findings[3].id)
        var lines = list(of: review).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines = lines.flatMap { line -> [String] in
            if line == "- [ ] stop" { return ["- [x] stop"] }
            return line.hasSuffix(last) ? [line, "  - asked on Monday", "    no answer yet"] : [line]
        }
        let worked = EarlierWorklist(lines.joined(separator: "\n"))
        #expect(worked.ticked == [first] && worked.remarks == [last: ["  - asked on Monday", "    no answer yet"]])
        let again = WorkingList(review: review, earlier: worked).text
        #expect(again.contains("- [x] stop\n") && again.contains("- [ ] worth knowing\n"))
        #expect(again.contains(" \(last)\n  - asked on Monday\n    no answer yet\n"))
        // The same list again, and nothing is doubled.
        #expect(WorkingList(review: review, earlier: EarlierWorklist(again)).text == again)
        review.findings.removeLast()
        let without = WorkingList(review: review, earlier: EarlierWorklist(again)).text
        #expect(
            without.contains(
                "## No longer found, with remarks (1)\n\n- worth knowing\n  - \(last)\n  - asked on Monday\n"
            )
        )
        #expect(WorkingList(review: review, earlier: EarlierWorklist(without)).text == without)
    }

    @Test("what a finding does not say is left out")
    func noEmptyFigures() {
        var review = review(.zh)
        review.findings[0].finding.found = ""
        review.findings[1].finding.expected = ""
        let text = list(of: review)
        #expect(text.contains("  - 应为：1.00\n") && text.contains("  - 实为：2.00\n") && !text.contains("：；"))
    }
}
