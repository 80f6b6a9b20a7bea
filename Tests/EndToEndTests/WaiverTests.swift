import PluginWire
import ReviewModel
import Testing

@Suite("Waivers and comparisons")
struct WaiverTests {
    private func run(_ folder: TemporaryFolder, _ name: String, _ text: String, _ options: String = "") -> CommandResult
    {
        shell(
            """
            cat > '\(folder.path)/\(name).yaml' <<'END'
            \(text)
            END
            pingshen run '\(folder.path)/\(name).yaml' --out '\(folder.path)/\(name)' \(options)
            """
        )
    }

    private func spec(_ waivers: String, points: String = "3", extra: String = "") -> String {
        """
        pingshen: 1
        id: test
        form:
          form: test
          fields: {}
          tables: {scores: {columns: {rater: {type: text}, code: {type: text}, points: {type: decimal}}}}
        \(extra)tables: {scores: [{rater: review, code: A, points: \(points)}, {rater: review, code: B, points: 6}]}
        pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 甲, max: 5}, {code: B, name: 乙, max: 5}]}}}}
        \(waivers)
        """
    }

    private let waived = """
        as_of: 2026-01-31
        waivers:
          - {rule: rubric/above-maximum, subject: review/B, reason: 附加分, approver: 张三, expires: 2026-12-31}
        """

    @Test("a waived finding stays visible, with the decision, and does not count")
    func waiver() throws {
        let folder = TemporaryFolder()
        let plain = run(folder, "plain", spec(""), "--fail-on error")
        #expect(plain.status == 1)
        let result = run(folder, "waived", spec(waived), "--fail-on error --json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("(and 1 waived)"))
        let finding = result.json?["findings"]?.list?.first { $0["rule"] == "rubric/above-maximum" }
        #expect(finding?["waiver"] == ["reason": "附加分", "approver": "张三", "expires": "2026-12-31"])
        #expect(finding?["severity"] == "error")
    }

    @Test("a run that is given an earlier review says what is new and what is gone")
    func baseline() throws {
        let folder = TemporaryFolder()
        _ = run(folder, "before", spec("", points: "7"))
        let before = folder.path + "/before/test"
        let result = run(folder, "after", spec(""), "--baseline '\(before)' --json")
        #expect(result.status == 0, "\(result.errors)")
        let findings = result.json?["findings"]?.list ?? []
        #expect(findings.first { $0["subject"] == "review/B" }?["baseline"] == "unchanged")
        #expect(result.json?["fixed"]?.list?.contains { $0["subject"] == "review/A" } == true)
        #expect(result.errors.contains("fixed"))
        #expect(run(folder, "none", spec(""), "--baseline nowhere").status == 2)
    }

    @Test("a waiver for nothing and one that has run out are findings at their places")
    func wrongWaivers() throws {
        let folder = TemporaryFolder()
        let text = """
            as_of: 2027-01-01
            waivers:
              - {rule: rubric/above-maximum, subject: review/B, reason: 附加分, approver: 张三, expires: 2026-12-31}
              - {rule: rubric/nothing, reason: r, approver: a}
            """
        let result = run(folder, "wrong", spec(text), "--fail-on error --json")
        #expect(result.status == 1, "the waiver has run out")
        let findings = result.json?["findings"]?.list ?? []
        let unused = findings.first { $0["rule"] == "host/unused-waiver" }
        #expect(unused?["locations"]?.list?.first?["line"]?.integer == 12)
        #expect(findings.contains { $0["rule"] == "host/expired-waiver" && $0["found"] == "2026-12-31" })
    }

    @Test("a waiver needs a reason, an approver and a day to run out by")
    func badWaivers() {
        let folder = TemporaryFolder()
        let result = run(
            folder,
            "bad",
            spec(
                "waivers: [{rule: a/b, reason: '', expires: soon}, {rule: c/d, reason: r, approver: a, expires: 2026-02-01}]"
            )
        )
        #expect(result.status == 2)
        for word in [
            "missing key \"approver\"", "a waiver needs a reason and an approver",
            "\"soon\" is not a date such as 2026-01-31",
            "add as_of: 2026-01-31",
        ] {
            #expect(result.errors.contains(word), "\(word): \(result.errors)")
        }
    }

    @Test("a finding keeps its id when lines are inserted above it; a figure that changes changes no id")
    func ids() throws {
        let folder = TemporaryFolder()
        func ids(_ name: String, _ text: String) -> [String] {
            (run(folder, name, text, "--json").json?["findings"]?.list ?? []).compactMap { $0["id"]?.text }
        }
        let first = ids("a", spec(""))
        #expect(first.count >= 2 && Set(first).count == first.count)
        #expect(Set(ids("b", spec("", points: "2", extra: "# a line\n# another\n"))) == Set(first))
        #expect(Set(ids("c", spec("", points: "5"))) != Set(first))
    }

    @Test("diff says what has changed between two reviews, what is new and what is fixed")
    func diff() throws {
        let folder = TemporaryFolder()
        _ = run(folder, "a", spec(""))
        _ = run(folder, "b", spec("", points: "5"))
        let (a, b) = ("'\(folder.path)/a/test'", "'\(folder.path)/b/test/review.json'")
        let result = shell("pingshen diff \(a) \(b)")
        #expect(result.status == 0)
        #expect(result.output.contains("scores.review.A  甲: 3 → 5\n"))
        #expect(result.output.contains("scores.review  total of review: 9 → 11\n"))
        #expect(result.output.contains("fixed warning rubric/loss-unexplained"), "\(result.output)")
        #expect(result.errors.contains("2 value(s) changed"))
        let json = shell("pingshen diff \(a) \(b) --json").json
        #expect(json?["changes"]?.list?.count == 2)
        #expect(json?["unchanged"]?.list?.isEmpty == false)
        #expect(shell("pingshen diff \(a) \(a)").errors == "the reviews say the same\n")
        #expect(shell("pingshen diff \(a) /nowhere").status == 2)
    }
}
