import ReviewModel
import Rubrics
import Testing

@Suite("What a rubric can never use is said before anything is judged by it")
struct RubricUseLintTests {
    private func diagnostics(_ more: Record) -> [ConfigurationDiagnostic] {
        var rubric: Record = [
            "id": "r", "items": [["code": "A", "name": "a", "max": 10], ["code": "B", "name": "b", "max": 10]],
        ]
        for member in more.members { rubric[member.key] = member.value }
        let log = DiagnosticLog()
        _ = Rubric(ValueReader(.record(rubric), log: log))
        return log.diagnostics
    }

    private func said(_ more: Record) -> [String] {
        let found = diagnostics(more)
        // Whatever is said is said in both languages.
        #expect(found.allSatisfy { $0.message.zh != $0.message.en && !$0.message.zh.isEmpty })
        return found.map { "\($0.severity) \($0.code) \($0.pointer)" }
    }

    private static func item(_ more: Record) -> Value {
        var record: Record = ["code": "A", "name": "a", "max": 10]
        for member in more.members { record[member.key] = member.value }
        return .record(record)
    }

    private static func mean(_ weights: [Int]) -> Record {
        let parts = weights.enumerated().map { index, weight in
            Value.record(["code": .text("A\(index)"), "name": "p", "weight": .integer(weight)])
        }
        return ["items": [item(["aggregate": "mean", "items": .list(parts)])]]
    }

    private static func scaled(_ aggregate: Value, _ more: Record = [:]) -> Record {
        var record: Record = [
            "aggregate": aggregate, "levels": ["A", "B"],
            "items": [["code": "A", "name": "a"], ["code": "B", "name": "b"]],
        ]
        for member in more.members { record[member.key] = member.value }
        return record
    }

    private static func override(_ condition: Value) -> Record {
        ["overrides": [["code": "no", "name": ["zh": "否", "en": "no"], "when": condition]]]
    }

    @Test("a rubric without a mistake says nothing")
    func clean() { #expect(said([:]) == []) }

    @Test(
        "names that a Chinese keyboard has joined in one word are told as one mistake, whatever they are names of",
        arguments: [
            (["raters": ["甲、乙"]], "/raters"), (["levels": ["A，B，C"]], "/levels"),
            (["scales": ["字母": ["levels": ["A，B", "C"]]]], "/scales/字母/levels"),
            (["combine": ["into": "review", "raters": ["甲；乙"]]], "/combine/raters"),
            (
                ["raters": ["甲、乙"], "combine": ["into": "review", "raters": ["甲", "乙"], "method": "median"]],
                "/raters"
            ),
        ] as [(Record, String)]
    )
    func joined(more: Record, place: String) {
        #expect(said(more) == ["error rubric/joined-names \(place)"])
        let help = diagnostics(more).first?.help?.zh ?? ""
        #expect(help == "请写成 [甲, 乙]" || help.hasPrefix("请写成 [A, B"))
    }

    @Test(
        "one mistake of a scale is told once, and what it leads to is not",
        arguments: [
            (
                [
                    "levels": [
                        ["name": "A", "share": "100%"], ["name": "B", "share": "0.8"], ["name": "C", "share": "60%"],
                    ]
                ],
                ["warning rubric/no-percent /levels/1/share"]
            ),
            (["scale": ["step": "0.3"]], ["warning rubric/maximum-between-steps /items/0"]),
            (
                [
                    "scales": ["letter": ["levels": ["A", "B", ["name": "B*", "counts_as": "E"]]]], "rating": "letter",
                    "aggregate": "weakest", "items": [["code": "A", "name": "a", "scale": ["levels": ["A", "B"]]]],
                ], ["error rubric/unknown-level /scales/letter/levels/2/counts_as"]
            ),
        ] as [(Record, [String])]
    )
    func once(more: Record, expected: [String]) {
        #expect(said(more).filter { !$0.contains("other-scale") } == expected)
    }

    @Test(
        "an item that is worth nothing, a slip in what raters are combined into, and levels without brackets are told once",
        arguments: [
            (
                ["items": [["code": "A", "name": "a", "max": 0], ["code": "B", "name": "b", "max": 10]]],
                "warning rubric/worthless /items/0/max"
            ),
            (
                [
                    "raters": ["e1", "e2", "panel"],
                    "combine": ["into": "pannel", "raters": ["e1", "e2"], "method": "mean"],
                ], "warning rubric/unknown-rater /combine/into"
            ),
            (
                [
                    "items": [
                        ["code": "A", "name": "a", "max": 10, "scale": ["levels": "A", "B": .null, "C": .null]]
                    ]
                ],
                "error value/parted /items/0/scale/levels"
            ),
        ] as [(Record, String)]
    )
    func slips(more: Record, expected: String) { #expect(said(more) == [expected]) }

    @Test("ties are broken by items that have points")
    func ties() {
        func each(_ ties: Value) -> Record { ["each": ["table": "t", "key": "k", "ties": ties]] }
        #expect(said(each(["A", "B"])) == [])
        #expect(said(each(["A", "C"])) == ["error rubric/unknown-code /each/ties/1"])
        #expect(said(each(["A、B"])) == ["error rubric/joined-names /each/ties"])
        var letters = each(["A"])
        for member in Self.scaled("weakest").members { letters[member.key] = member.value }
        #expect(said(letters) == ["error rubric/tie-of-letters /each/ties/0"])
    }

    @Test("levels in one word are told as a list, and another sign than the bar between levels as the bar")
    func severalLevels() {
        let override = Self.override(["item": "A", "level": "Not likely Likely"])
        var rubric = Self.scaled("weakest", ["levels": ["Likely", "Not likely"]])
        for member in override.members { rubric[member.key] = member.value }
        #expect(diagnostics(rubric).map { $0.help?.en } == ["write level: [Not likely, Likely]"])
        let matrix: Value = ["matrix": ["A & A": "A", "A | B": "B", "B | A": "B", "B | B": "B"]]
        #expect(diagnostics(Self.scaled(matrix)).map { $0.help?.en } == ["levels stand between bars: A | A"])
    }

    @Test("while it is not known what the points come to, nothing is said of the bands")
    func causes() {
        let bands: Value = [
            ["code": "no", "name": ["zh": "否", "en": "no"], "range": "[0, 10)"],
            ["code": "yes", "name": ["zh": "是", "en": "yes"], "range": "[10, 20]"],
        ]
        #expect(said(["bands": bands]) == [])
        #expect(
            said(["bands": bands, "items": [Self.item(["max": -10])]]) == ["error rubric/negative-points /items/0/max"]
        )
        let parts: Value = [["code": "A1", "name": "p", "max": 1]]
        #expect(
            said(["bands": bands, "items": [Self.item(["items": parts])]]) == ["error rubric/wrong-sum /items/0/max"]
        )
    }

    @Test("a limit is one of the verdicts, and not the best")
    func limits() {
        let bands: Value = [
            ["code": "no", "name": ["zh": "否", "en": "no"], "range": "[0, 10)"],
            ["code": "yes", "name": ["zh": "是", "en": "yes"], "range": "[10, 20]"],
        ]
        func limit(_ code: Value) -> Record {
            let condition: Value = ["item": "A", "below": "50%"]
            let name = bands.list?.first { $0["code"] == code }?["name"] ?? ["zh": "限", "en": "limit"]
            let override: Value = ["code": code, "name": name, "at_most": true, "when": condition]
            return ["bands": bands, "overrides": [override]]
        }
        #expect(said(limit("no")) == [])
        #expect(said(limit("yes")) == ["warning rubric/idle-cap /overrides/0/at_most"])
        #expect(said(limit("nope")) == ["error rubric/unknown-verdict /overrides/0/code"])
    }

    @Test("letters have no points, no mean and no spread")
    func lettersAlone() {
        let letters: Value = ["levels": ["A", "B", "C"]]
        #expect(said(["items": [Self.item(["scale": letters])]]) == ["warning rubric/points-of-letters /items/0/max"])
        func combined(_ more: Record) -> Record {
            var combine: Record = ["into": "review", "raters": ["甲", "乙", "丙"]]
            for member in more.members { combine[member.key] = member.value }
            return ["combine": .record(combine), "items": [["code": "A", "name": "a", "scale": letters]]]
        }
        #expect(said(combined(["method": "median"])) == [])
        #expect(said(combined([:])) == ["warning rubric/combined-letters /combine/method"])
        #expect(said(combined(["method": "trimmed-mean"])) == ["warning rubric/combined-letters /combine/method"])
        #expect(
            said(combined(["method": "median", "max_spread": "20%"])) == [
                "warning rubric/spread-of-letters /combine/max_spread"
            ]
        )
    }

    @Test("weights count for something")
    func weights() {
        #expect(said(Self.mean([140, -40])) == ["error rubric/negative-weight /items/0/items/1/weight"])
        #expect(said(Self.mean([0, 0])) == ["error rubric/no-weights /items/0"])
        #expect(said(Self.mean([1, 0])) == [])
        let weighed: Value = ["code": "B", "name": "b", "max": 10, "weight": 2]
        #expect(said(["items": [Self.item([:]), weighed]]) == ["warning rubric/idle-weight /items/1/weight"])
        let whole = Self.item(["max": 20, "items": [Self.item(["code": "A1"]), weighed]])
        #expect(said(["items": [whole]]) == ["warning rubric/idle-weight /items/0/items/1/weight"])
    }

    @Test("a share without its sign is a warning where it may be meant otherwise")
    func shares() {
        let levels: Value = [
            ["name": "yes", "share": "100%"], ["name": "half", "share": "0.5"], ["name": "no", "share": 0],
        ]
        #expect(
            said(["levels": levels, "items": [Self.item([:])]]) == ["warning rubric/no-percent /levels/1/share"]
        )
        #expect(
            said(Self.override(["item": "A", "below": 4])) == ["warning rubric/no-percent /overrides/0/when/below"]
        )
        #expect(said(Self.override(["item": "A", "below": "4%"])) == [])
    }

    @Test("there is something to take the mean of, and something to follow from")
    func nothing() {
        #expect(said(["items": [Self.item(["aggregate": "mean"])]]) == ["error rubric/mean-of-nothing /items/0"])
        #expect(
            said(Self.scaled("none", ["items": [["code": "A", "name": "a", "aggregate": "weakest"]]]))
                == ["error rubric/aggregate-of-nothing /items/0"]
        )
        #expect(said(Self.scaled("mean")) == ["error rubric/mean-of-letters /aggregate"])
    }

    @Test("letters and points are not added up")
    func mixed() {
        let items: Value = [
            ["code": "A", "name": "a", "max": 10], ["code": "B", "name": "b", "scale": ["levels": ["A", "B"]]],
        ]
        #expect(said(["items": items]) == ["error rubric/letters-and-points /items"])
        #expect(said(["items": items, "aggregate": "none"]) == [])
    }

    @Test("some level applies, and a level counts as one that there is")
    func levels() {
        #expect(
            said(["levels": [["name": "NA", "not_applicable": true]], "aggregate": "mean"])
                == ["error rubric/no-level-applies /levels"]
        )
        #expect(
            said(Self.scaled("none", ["levels": ["A", "B", ["name": "B*", "counts_as": "C"]]]))
                == ["error rubric/unknown-level /levels/2/counts_as"]
        )
    }

    @Test(
        "a limit can be on either side of a score",
        arguments: [("150%", false), ("0%", false), ("100%", true), ("60%", true)]
    )
    func limits(share: String, isSound: Bool) {
        let found = said(Self.override(["item": "A", "below": .text(share)]))
        #expect(found == (isSound ? [] : ["error rubric/impossible-limit /overrides/0/when/below"]))
    }

    @Test("a letter is not below a share of its points")
    func letterBelow() {
        let found = said(Self.scaled("none", Self.override(["item": "A", "below": "60%"])))
        #expect(found == ["error rubric/share-of-letter /overrides/0/when/below"])
    }

    @Test(
        "several raters are somebody, each once, and others than what they make",
        arguments: [
            ([], "mean", "no-raters /combine/raters"), (["e1", "e2", "e1"], "mean", "rater-twice /combine/raters/2"),
            (["e1", "review"], "mean", "combine-into-itself /combine/into"),
            (["e1", "e2"], "trimmed-mean", "trimmed-mean /combine/method"),
        ]
    )
    func raters(raters: [Value], method: Value, code: String) {
        #expect(
            said(["combine": ["into": "review", "method": method, "raters": .list(raters)]]) == ["error rubric/" + code]
        )
    }

    @Test("the raters that are combined are raters of the rubric, and can be apart")
    func foreignRaters() {
        #expect(
            said(["raters": ["e1", "e2"], "combine": ["into": "review", "raters": ["e1", "e3"]]])
                == ["error rubric/unknown-rater /combine/raters/1"]
        )
        #expect(
            said(["combine": ["into": "review", "max_spread": "100%"]])
                == ["error rubric/impossible-spread /combine/max_spread"]
        )
    }

    @Test("a pool has criteria and is no alternative, and an alternative has another")
    func pools() {
        let parts: Value = [["code": "A1", "name": "p"]]
        #expect(
            said(["items": [Self.item(["pooled": true, "items": parts])]])
                == ["error rubric/pooled-without-criteria /items/0/pooled"]
        )
        let criteria: Value = [["code": "c", "text": "t", "max": 10]]
        #expect(
            said(["items": [Self.item(["pooled": true, "alternatives": true, "items": parts, "criteria": criteria])]])
                == ["error rubric/pooled-alternatives /items/0/alternatives"]
        )
        let one: Value = [["code": "A1", "name": "p", "max": 10, "when": ["field": "/project/x", "equals": true]]]
        #expect(
            said(["items": [Self.item(["alternatives": true, "items": one])]])
                == ["error rubric/one-alternative /items/0/items"]
        )
    }

    @Test("no verdict lies beyond the total, and without a total there is none")
    func bands() {
        let bands: Value = [
            ["code": "low", "name": ["zh": "低", "en": "low"], "range": "[0, 20]"],
            ["code": "high", "name": ["zh": "高", "en": "high"], "range": "(20, 40]"],
        ]
        #expect(said(["bands": bands]) == ["error rubric/band-beyond-total /bands/1/range"])
        #expect(said(["bands": bands, "aggregate": "none"]) == ["error rubric/bands-without-total /bands"])
    }

    @Test("a minimum is below the points of what has it")
    func minimum() {
        #expect(
            said(["items": [Self.item(["max": -4, "scale": ["min": -4]])]]).contains(
                "error rubric/minimum-above-maximum /items/0/max"
            )
        )
    }

    @Test("every combination stands in a table and in a matrix, by names that there are")
    func tables() {
        #expect(said(Self.scaled(["table": ["A A": "A", "A B": "B"]])) == ["error rubric/table-gap /aggregate/table"])
        let matrix = diagnostics(Self.scaled(["matrix": ["A A": "A", "A B": "B", "B B": "B"]]))
        #expect(matrix.map(\.message.en) == ["the table has no entry for \"B | A\""])
        #expect(
            said(Self.scaled(["table": ["A A": "A", "A B": "B", "B B": "C"]]))
                == ["error rubric/unknown-level /aggregate/table/B B"]
        )
    }

    @Test("only a mean has points of its own at the top")
    func ownMaximum() {
        #expect(said(["max": 10]) == ["error rubric/stray-max /max"])
        #expect(said(["max": 10, "aggregate": "mean"]) == [])
    }

    @Test("letters are neither averaged nor added up, wherever they stand")
    func lettersBelow() {
        func item(_ aggregate: Value, _ max: Int) -> Value {
            Self.item([
                "max": .integer(max), "aggregate": aggregate,
                "items": [["code": "A1", "name": "1"], ["code": "A2", "name": "2"]],
            ])
        }
        let letters: Value = ["A", "B"]
        #expect(
            said(["scale": ["levels": letters], "items": [item("mean", 10)]])
                == ["error rubric/mean-of-letters /items/0"]
        )
        // The ranks of two letters come to 2; letters are no points all the same.
        #expect(
            said(["scale": ["levels": letters], "items": [item("sum", 2)]])
                == ["error rubric/letters-and-points /items/0/max", "error rubric/sum-of-letters /items/0/aggregate"]
        )
    }

    @Test("the weakest of items of different points gives no total")
    func weakestOfPoints() {
        func items(_ other: Int) -> Record {
            [
                "aggregate": "weakest", "levels": [["name": "yes", "share": "100%"], ["name": "no", "share": "0%"]],
                "items": [
                    ["code": "A", "name": "a", "max": 60], ["code": "B", "name": "b", "max": .integer(other)],
                ],
            ]
        }
        #expect(said(items(40)) == ["error rubric/weakest-of-points /aggregate"])
        #expect(said(items(60)) == [])
    }

    @Test("a minimum lies below the maximum, whether it is negative or not")
    func minimumOfAnySign() {
        func item(_ least: Int) -> Record {
            ["items": [Self.item(["scale": ["step": 1, "min": .integer(least)]])]]
        }
        #expect(said(item(50)) == ["error rubric/minimum-above-maximum /items/0/max"])
        #expect(said(item(10)) == ["error rubric/minimum-above-maximum /items/0/max"])
        #expect(said(item(2)) == [] && said(item(0)) == [])
    }

    @Test("conditions of nothing, and two computations of one item, are mistakes")
    func emptyConditions() {
        #expect(said(Self.override(["all": []])) == ["error rubric/no-conditions /overrides/0/when/all"])
        #expect(said(Self.override(["any": []])) == ["error rubric/no-conditions /overrides/0/when/any"])
        let item = Self.item(["compute": "SELECT 1", "compute_level": "SELECT 'a'"])
        #expect(said(["items": [item]]).first == "error rubric/computed-twice /items/0/compute_level")
    }

    @Test("letters that are said to be added up are a mistake, and no silent heading")
    func sumOfLetters() {
        let part = Self.item([
            "aggregate": "sum", "items": [["code": "A1", "name": "1"], ["code": "A2", "name": "2"]], "max": .null,
        ])
        #expect(
            said([
                "scale": ["levels": ["A", "B"]], "aggregate": "weakest", "items": [part, ["code": "B", "name": "b"]],
            ])
            .contains("error rubric/sum-of-letters /items/0/aggregate")
        )
    }

    @Test("levels that may not apply are warned of in the sum at the top, too, and not of sections that add up")
    func notApplicableInTotal() {
        let levels: Value = [
            ["name": "yes", "share": "100%"], ["name": "no", "share": "0%"], ["name": "NA", "not_applicable": true],
        ]
        let ends: Value = [["code": "A", "name": "a", "max": 50], ["code": "B", "name": "b", "max": 50]]
        #expect(said(["levels": levels, "items": ends]) == ["warning rubric/not-applicable-in-sum /items"])
        #expect(said(["levels": levels, "items": ends, "aggregate": "mean"]) == [])
        let section: Value = ["code": "S", "name": "s", "max": 100, "items": ends]
        #expect(said(["levels": levels, "items": [section]]) == ["warning rubric/not-applicable-in-sum /items/0"])
    }

    @Test("an override whose condition an earlier one has, and a verdict of two names, are warned of")
    func sameOverrides() {
        func rubric(_ first: Record, _ second: Record) -> Record {
            let when: Value = ["item": "A", "below": "60%"]
            return [
                "bands": [["code": "c", "name": "C", "range": "[0, 10]"]],
                "items": [["code": "A", "name": "a", "max": 10]],
                "overrides": .list(
                    [first, second].map { override -> Value in
                        var whole = override
                        whole["when"] = when
                        return .record(whole)
                    }
                ),
            ]
        }
        let (one, other): (Record, Record) = (["code": "x", "name": "X"], ["code": "y", "name": "Y"])
        #expect(said(rubric(one, other)) == ["warning rubric/same-condition /overrides/1/when"])
        #expect(
            said(rubric(one, ["code": "c", "name": "zzz"])) == [
                "warning rubric/same-condition /overrides/1/when", "warning rubric/other-name /overrides/1/name",
            ]
        )
    }

    @Test("two different levels of one item are never there at once")
    func neverBoth() {
        func rubric(_ second: Value) -> Record {
            let when: Value = ["all": [["item": "A", "level": ["good", "fair"]], second]]
            return [
                "scale": ["levels": ["good", "fair", "poor"]], "items": [["code": "A", "name": "a"]],
                "overrides": [["code": "x", "name": "X", "when": when]],
            ]
        }
        #expect(
            said(rubric(["item": "A", "level": "poor"])) == [
                "warning rubric/never-both /overrides/0/when/all/1/level"
            ]
        )
        #expect(said(rubric(["item": "A", "level": ["fair", "poor"]])) == [])
    }

    @Test("what does nothing beside levels is warned of")
    func idleBesideLevels() {
        let levels: Value = [["name": "yes", "share": "100%"], ["name": "no", "share": "0%"]]
        #expect(
            said(["items": [Self.item(["scale": ["levels": levels, "step": 1, "min": -3]])]]) == [
                "error rubric/levels-and-steps /items/0/scale/step"
            ]
        )
        let idle: Value = levels.list.map { .list($0 + [["name": "NA", "share": "0%", "not_applicable": true]]) } ?? []
        #expect(
            said(["aggregate": "mean", "items": [Self.item(["scale": ["levels": idle]])]]) == [
                "warning rubric/share-of-nothing /items/0/scale/levels/2/share"
            ]
        )
    }

    @Test("one mistake is told once, and nothing of what follows from it")
    func consequences() {
        let two: Value = ["levels": ["High", "Low"]]
        func matrix(_ more: Record) -> Record {
            var node: Record = [
                "code": "A", "name": "a", "scale": two,
                "aggregate": [
                    "matrix": ["High | High": "good", "High | Low": "fair", "Low | High": "fair", "Low | Low": "poor"]
                ],
                "items": [["code": "A1", "name": "1"], ["code": "A2", "name": "2"]],
            ]
            for member in more.members { node[member.key] = member.value }
            return [
                "scales": ["three": ["levels": ["good", "fair", "poor"]]], "items": [.record(node)],
                "overrides": [["code": "x", "name": "X", "when": ["item": "A", "level": "poor"]]],
            ]
        }
        #expect(said(matrix([:])) == ["error rubric/rating-missing /items/0/aggregate/matrix"])
        #expect(said(matrix(["rating": "three"])) == [])
        // Criteria below items.
        #expect(
            said([
                "items": [
                    Self.item([
                        "items": [["code": "A1", "text": "a", "max": 2], ["code": "A2", "text": "b", "max": 8]]
                    ])
                ]
            ])
                == ["error rubric/criteria-among-items /items/0/items"]
        )
        // A code that stands twice leaves one that is asked for missing.
        #expect(
            said([
                "items": [["code": "A", "name": "a", "max": 5], ["code": "A", "name": "b", "max": 5]],
                "overrides": [["code": "x", "name": "X", "when": ["item": "B", "below": "60%"]]],
            ]) == ["error rubric/duplicate-code /items/1/code"]
        )
        #expect(said(["aggregate": "average", "max": 10]) == ["error value/not-allowed /aggregate"])
        #expect(said(["each": "schools"]) == ["error rubric/table-alone /each"])
        #expect(
            said(Self.override(["or": [["item": "A", "below": "60%"]]])) == [
                "error value/unknown-key /overrides/0/when/or"
            ]
        )
        #expect(
            said(Self.override(["item": "A", "above": "60%"])) == ["error value/unknown-key /overrides/0/when/above"]
        )
        #expect(said(Self.override("x = true")) == ["error rubric/condition-as-text /overrides/0/when"])
    }

    @Test("a wrong entry of a table is told at the entry")
    func places() {
        let table: Value = ["table": ["A A": "A", "A B": "B", "B B": "C"]]
        let node = Self.item([
            "max": .null, "scale": ["levels": ["A", "B"]], "aggregate": table,
            "items": [["code": "A1", "name": "1"], ["code": "A2", "name": "2"]],
        ])
        #expect(said(["items": [node]]) == ["error rubric/unknown-level /items/0/aggregate/table/B B"])
    }
}
