import PluginWire
import ReviewModel
import Testing

@Suite("Rubrics of any shape")
struct RubricTests {
    private func run(_ spec: String) throws -> Value {
        let folder = TemporaryFolder()
        let result = shell("pingshen run '\(spec)' --json --out '\(folder.path)'")
        try #require(result.status == 0, "\(result.errors)")
        return try #require(result.json)
    }

    /// Runs the part of a spec that stands below the form, with the form of the worked examples.
    private func run(below text: String) throws -> Value {
        let folder = TemporaryFolder()
        let head = "pingshen: 1\nid: test\nform: !include form.yaml\nfields: {project: {name: Test}}\n"
        let result = shell(
            "cp Specs/rubrics/worked/form.yaml '\(folder.path)' && cat > '\(folder.path)/spec.yaml' <<'END'\n\(head)\(text)\nEND\n"
                + "pingshen run '\(folder.path)/spec.yaml' --json --out '\(folder.path)/out'"
        )
        try #require(result.status == 0, "\(result.errors)")
        return try #require(result.json)
    }

    private func points(_ review: Value, _ rater: String) -> [String: String] {
        let items = review["scores"]?[rater]?["items"]?.list ?? []
        return Dictionary(items.map { ($0["code"]?.text ?? "", $0["points"]?.scalarText ?? "") }) { first, _ in first }
    }

    private func rules(_ review: Value) -> [String] {
        (review["findings"]?.list ?? []).map { "\($0["rule"]?.text ?? "") \($0["subject"]?.text ?? "")" }
    }

    @Test("the questionnaire: answers that do not apply are left out, the total is rounded before its rating")
    func part() throws {
        let review = try run("Specs/rubrics/worked/part.yaml")
        let found = points(review, "review")
        #expect(["1", "2", "3", "4"].map { found[$0] } == ["16", "8.57", "16.67", "33.38"])
        #expect(review["scores"]?["review"]?["total"] == "74.62")
        #expect(review["verdict"]?["code"] == "moderately-effective")
        let items = review["scores"]?["review"]?["items"]?.list ?? []
        #expect(items.first { $0["code"] == "2.6" }?["status"] == "notApplicable")
        #expect(items.first { $0["code"] == "4.1" }?["level"] == "large extent")
    }

    @Test("the questionnaire: without measures there are no results, and no targets for them")
    func partOverride() throws {
        let folder = TemporaryFolder()
        let result = shell(
            "cp -r Specs/rubrics Specs/templates '\(folder.path)' && cd '\(folder.path)/rubrics/worked' && "
                + "sed -i 's/\\[review, \"2.1\", \"yes\"\\]/[review, \"2.1\", \"no\"]/' part.yaml && pingshen run part.yaml --json --out out"
        )
        let review = try #require(result.json)
        #expect(review["verdict"]?["code"] == "results-not-demonstrated")
        #expect(rules(review).contains("rubric/rule-broken review/2.1"))
        #expect(rules(review).contains("rubric/verdict-overridden review"))
    }

    @Test("the national form: scores from the data, capped at their weights, and judgements within their ranges")
    func national() throws {
        let review = try run("Specs/rubrics/worked/national-self-evaluation.yaml")
        let found = points(review, "self")
        #expect(found["X1"] == "9.5" && found["D1"] == "18" && found["D2"] == "15" && found["D4"] == "4.55")
        #expect(found["F1"] == "9.78")
        #expect(review["scores"]?["self"]?["total"] == "86.83")
        #expect(review["verdict"]?["code"] == "good")
        let items = review["scores"]?["self"]?["items"]?.list ?? []
        #expect(items.first { $0["code"] == "X1" }?["status"] == "computed")
    }

    @Test("the five dimensions")
    func fiveDimensions() throws {
        let review = try run("Specs/rubrics/worked/five-dimensions.yaml")
        #expect(review["scores"]?["review"]?["total"] == "87")
        #expect(review["verdict"]?["code"] == "supported")
    }

    @Test("a reviewer may decide otherwise than the data, with a reason; both are kept")
    func judgement() throws {
        let text = { (reason: String) in
            """
            tables:
              execution: [{paid: 90.00, adjusted: 100.00}]
              scores: [{rater: review, code: X, points: 10\(reason)}]
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    items: [{code: X, name: 执行率, max: 10, compute: "SELECT :max * sum(paid) / sum(adjusted) FROM execution"}]
            """
        }
        let reasoned = try run(below: text(", reason: 财政收回"))
        let item = reasoned["scores"]?["review"]?["items"]?.list?.first
        #expect(item?["points"] == "10" && item?["computed"]?.text == "9")
        #expect(rules(reasoned).contains("rubric/judgement review/X"))
        #expect(rules(try run(below: text(""))).contains("rubric/judgement-without-reason review/X"))
    }

    @Test(
        "several raters become one sheet, and those far apart are named",
        arguments: [
            ("mean", "7.67"), ("median", "8"), ("trimmed-mean", "8"),
        ]
    )
    func raters(method: String, total: String) throws {
        let review = try run(
            below: """
                tables:
                  scores:
                    - {rater: e1, code: A, points: 9, reason: a}
                    - {rater: e2, code: A, points: 8, reason: b}
                    - {rater: e3, code: A, points: 6, reason: c}
                pipeline:
                  score:
                    use: rubric-scorer
                    with:
                      rubric:
                        id: r
                        combine: {into: review, method: \(method), max_spread: 20%}
                        items: [{code: A, name: 甲, max: 10}]
                """
        )
        #expect(review["scores"]?["review"]?["total"]?.text == total)
        #expect(review["scores"]?["e3"]?["total"] == "6")
        #expect(rules(review).contains("rubric/raters-apart A"))
    }

    @Test("the bridge from self to review says what explains each difference, and what nothing explains")
    func bridge() throws {
        let review = try run(
            below: """
                tables:
                  scores:
                    - {rater: self, code: A1, points: 5}
                    - {rater: self, code: A2, points: 5}
                    - {rater: review, code: A1, points: 3, reason: a}
                    - {rater: review, code: A, points: 7, reason: b}
                pipeline:
                  score:
                    use: rubric-scorer
                    with:
                      rubric:
                        id: r
                        items: [{code: A, name: 甲, max: 10, items: [{code: A1, name: 一, max: 5}, {code: A2, name: 二, max: 5}]}]
                """
        )
        let steps = review["facts"]?.list?.first { $0["id"] == "scores.bridge" }?["value"]?.list ?? []
        #expect(steps.map { $0["code"] } == ["A", "A1"])
        #expect(steps.first?["difference"] == "-3" && steps.first?["unexplained"] == "-1")
        #expect(steps.last?["difference"] == "-2")
    }

    @Test("everything wrong with a score sheet is said in one run, each with its place and what is allowed")
    func mistakes() throws {
        let review = try run(
            below: """
                tables:
                  scores:
                    - {rater: review, code: A, level: hgih}
                    - {rater: review, code: B, points: 11}
                    - {rater: review, code: C}
                    - {rater: review, code: D, level: 达成}
                    - {rater: review, code: E, points: 3.3}
                    - {rater: review, code: Z, points: 1}
                    - {rater: reveiw, code: B, points: 1}
                pipeline:
                  score:
                    use: rubric-scorer
                    with:
                      rubric:
                        id: r
                        scales:
                          level: {levels: [{name: high, share: 100%}, {name: low, share: 0%}]}
                          range: {levels: [{name: 达成, share: "[80%, 100%]"}, {name: 未达成, share: "[0%, 80%]"}]}
                          half: {step: 0.5}
                        items:
                          - {code: A, name: 甲, max: 10, scale: level}
                          - {code: B, name: 乙, max: 10}
                          - {code: C, name: 丙, max: 10}
                          - {code: D, name: 丁, max: 10, scale: range}
                          - {code: E, name: 戊, max: 10, scale: half}
                """
        )
        let found = rules(review)
        for rule in [
            "rubric/unknown-level review/A", "rubric/above-maximum review/B", "rubric/nothing-given review/C",
            "rubric/level-needs-points review/D", "rubric/no-such-level review/E", "rubric/unknown-code review/Z",
            "rubric/incomplete review", "rubric/unknown-rater reveiw",
        ] {
            #expect(found.contains(rule), "\(rule): \(found)")
        }
        let level = review["findings"]?.list?.first { $0["rule"] == "rubric/unknown-level" }
        #expect(level?["hint"]?["en"] == "did you mean \"high\"?")
        #expect(level?["locations"]?.list?.first?["line"]?.integer == 7)
    }

    @Test("every rubric of Docs/RUBRICS.md is as it should be, and every rubric of ours")
    func lint() {
        let folder = TemporaryFolder()
        let text = read(repository + "/Docs/RUBRICS.md")
        let shown = fencedBlocks("yaml rubric", in: text)
        #expect(shown.count == 9)
        for (index, rubric) in shown.enumerated() {
            let result = shell(
                "cat > '\(folder.path)/\(index).yaml' <<'END'\n\(rubric)\nEND\npingshen rubric lint '\(folder.path)/\(index).yaml'"
            )
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.isEmpty, "\(result.errors)")
        }
        let ours = shell("pingshen rubric lint Specs/rubrics/*.yaml")
        #expect(ours.status == 0 && ours.errors.isEmpty, "\(ours.errors)")
        #expect(ours.output.split(separator: "\n").count == 15)
    }

    @Test(
        "lint shows every contradiction at its place",
        arguments: [
            ("max: 20/max: 21", "no verdict band holds a score of 102"),
            ("\\[70, 85)/[72, 85)", "there is a gap between the bands [50, 70) and [72, 85)"),
            ("item: \"2.1\", level: \"no\"}, {/item: \"2.9\", level: \"no\"}, {", "there is no item \"2.9\""),
            ("level: \\[\"no\", NA\\]/level: [maybe]/", "there is no level \"maybe\""),
            ("aggregate: mean/aggregate: weakest-plus/", "weakest-plus needs a level \"no+\""),
            ("share: 67%/share: 167%/", "the share of the level \"large extent\", 167%, is not between 0% and 100%"),
            ("name: large extent/name: \"yes\"/", "the level \"yes\" stands twice"),
        ]
    )
    func contradictions(change: String, message: String) {
        let folder = TemporaryFolder()
        let command = change.hasSuffix("/") ? "s/\(change)" : "s/\(change)/"
        let result = shell(
            "sed '\(command)' Specs/rubrics/omb-part-2007.yaml > '\(folder.path)/r.yaml' && pingshen rubric lint '\(folder.path)/r.yaml'"
        )
        #expect(result.status == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(result.errors.contains("r.yaml:"))
    }

    @Test(
        "letters: the weakest link, with a plus where another part is better",
        arguments: [
            (["B", "B", "B"], "B", "sound"), (["A", "B", "B"], "B+", "sound"), (["A", "A", "A"], "A", "sound"),
            (["A", "D", "C"], "D+", "weak"),
        ]
    )
    func letters(parts: [String], grade: String, verdict: String) throws {
        let text = read(repository + "/Docs/RUBRICS.md")
        let rubric = try #require(fencedBlocks("yaml rubric", in: text).first { $0.hasPrefix("id: letters") })
        let scores = parts.enumerated().map { "    - {rater: review, code: PI-1.\($0 + 1), level: \($1), reason: r}" }
        let indented = rubric.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n")
        let review = try run(
            below:
                "tables:\n  scores:\n\(scores.joined(separator: "\n"))\npipeline:\n  score:\n    use: rubric-scorer\n    with:\n      rubric:\n\(indented)"
        )
        let sheet = review["scores"]?["review"]
        #expect(sheet?["items"]?.list?.first?["level"]?.text == grade)
        // Letters have names, not points: their ranks are nobody's figures.
        #expect(sheet?["total"]?.isNull == true && sheet?["max"]?.isNull == true)
        #expect(review["verdict"]?["code"]?.text == verdict)
    }

    @Test("a project is judged by another rubric, and a spec without one says so")
    func otherRubric() throws {
        let folder = TemporaryFolder()
        let other = "Specs/rubrics/ex-ante-five-dimensions.yaml"
        let result = shell(
            "pingshen run --rubric \(other) Specs/rubrics/worked/part.yaml --json --out '\(folder.path)'"
        )
        let inputs = result.json?["inputs"]?.list?.compactMap { $0["path"]?.text } ?? []
        #expect(inputs.contains(other))
        #expect(result.json?["facts"]?.list?.first?["value"]?["id"] == "ex-ante-five-dimensions")
        #expect(rules(result.json ?? .null).contains("rubric/unknown-code review/1.1"))
        let none = shell("pingshen run --rubric \(other) Specs/invalid/base.yaml")
        #expect(none.status == 2)
        #expect(none.errors.contains("no step has a setting \"rubric\" to replace"), "\(none.errors)")
    }

    @Test("sensitivity names the nearest verdicts and the least change")
    func sensitivity() {
        let folder = TemporaryFolder()
        let command = { (spec: String, id: String) in
            shell(
                "pingshen run \(spec) --out '\(folder.path)' > /dev/null 2>&1; pingshen sensitivity '\(folder.path)/\(id)'"
            ).output
        }
        #expect(
            command("Specs/rubrics/worked/part.yaml", "worked-part") == """
                review: 74.62 / 100, Moderately effective [70, 85)
                  9.88 points more: Effective [85, 100]; the least change: 4.1 → yes (+4.12), 4.2 → yes (+8.38)
                  more than 5.12 points fewer: Adequate [50, 70)
                  more than 25.12 points fewer: Ineffective [0, 50)
                  the least change: 2.1 → no (−1.43): Results not demonstrated

                """
        )
        #expect(
            command("Specs/hongqiao/party-service-2026.yaml", "hongqiao-party-service-2026") == """
                review: 88 / 100, partly feasible [70, 90)
                  2 points more: feasible [90, 100]; the least change: C +2
                  more than 18 points fewer: deferred [0, 70)

                """
        )
        #expect(shell("pingshen sensitivity /nowhere").status == 2)
    }

    @Test("a report in English: the questionnaire with its answers")
    func english() {
        let folder = TemporaryFolder()
        let result = shell("pingshen run Specs/rubrics/worked/part.yaml --out '\(folder.path)'")
        #expect(result.status == 0, "\(result.errors)")
        let report = read(folder.path + "/worked-part/report.md")
        #expect(report.contains("| review | 74.62 | 100 | Moderately effective |"))
        #expect(report.contains("| 2 Strategic Planning | 10 | review | 8.57 |"))
        #expect(report.contains("goals? | review | large extent |"))
        let chinese = report.unicodeScalars.filter { (0x4E00...0x9FFF).contains($0.value) }
        #expect(chinese.isEmpty)
        #expect(read(folder.path + "/worked-part/report.html").contains("<html lang=\"en\">"))
    }

    @Test("points are tied to the problems that cost them, and a problem that cost nothing is named")
    func problems() throws {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cat > '\(folder.path)/spec.yaml' <<'END'
            pingshen: 1
            id: problems
            form:
              form: test
              fields: {}
              tables:
                scores: {columns: {rater: {type: text}, code: {type: text}, points: {type: decimal}, reason: {type: text}}}
                problems: {columns: {problem: {type: text}, codes: {type: texts}}}
            tables:
              scores: [{rater: review, code: A, points: 3, reason: r}, {rater: review, code: B, points: 5}]
              problems: [{problem: 依据不足, codes: [A]}, {problem: 方案粗, codes: [B, C]}]
            pipeline:
              score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 甲, max: 5}, {code: B, name: 乙, max: 5}]}}}
            END
            pingshen run '\(folder.path)/spec.yaml' --out '\(folder.path)/out' --json
            """
        )
        let review = try #require(result.json)
        let items = review["scores"]?["review"]?["items"]?.list ?? []
        #expect(items.first?["problems"] == ["依据不足"])
        #expect(rules(review).contains("rubric/problem-without-loss B"))
        #expect(rules(review).contains("rubric/unknown-code C"))
    }

    @Test("the way from self to review is drawn, each step from where the one before has got to")
    func waterfall() throws {
        let folder = TemporaryFolder()
        _ = shell("pingshen run Specs/example-town/meal-delivery-2026.yaml --out '\(folder.path)'")
        let page = read(folder.path + "/example-meal-delivery-2026/report.html")
        let drawing = try #require(page.split(separator: "<svg").first { $0.contains("从自评到评审") })
        let bars = drawing.split(separator: "<rect ").dropFirst(2).map { bar in
            bar.split(separator: "\"").enumerated().filter { [1, 5].contains($0.offset) }.map { String($0.element) }
        }
        // Ends at the review's total, which is 84.5 of the 93.5 that the applicant's bar stands for.
        #expect(bars.first == ["0.0", "262.0"])
        #expect(bars.last == ["0.0", "236.8"])
        #expect(bars.count == 7)
        #expect(drawing.contains(">-3</text>"))
    }
}
