import ReviewModel
import Rubrics
import Testing

@Suite("Linting a rubric")
struct RubricLintTests {
    private func codes(_ value: Value) -> [String] {
        let log = DiagnosticLog()
        _ = Rubric(ValueReader(value, log: log))
        return log.diagnostics.map { "\($0.severity) \($0.code) \($0.pointer)" }
    }

    @Test("alternatives with one condition, and conditions that nothing asks for, are found")
    func conditions() {
        let condition: Value = ["field": "/project/new", "equals": true]
        let found = codes([
            "id": "r",
            "items": [
                [
                    "code": "A", "name": "a", "max": 5, "alternatives": true,
                    "items": [
                        ["code": "A1", "name": "a", "max": 5, "when": condition],
                        ["code": "A2", "name": "a", "max": 5, "when": condition],
                    ],
                ],
                ["code": "B", "name": "b", "max": 5, "when": condition],
            ],
        ])
        #expect(
            found == [
                "error rubric/same-condition /items/0/items/1/when", "warning rubric/stray-condition /items/1/when",
            ]
        )
    }

    @Test("levels give from nothing to everything")
    func levels() {
        let found = codes([
            "id": "r", "levels": [["name": "high", "share": "120%"], ["name": "low", "share": 50]],
            "items": [["code": "A", "name": "a", "max": 5]],
        ])
        #expect(found == ["error rubric/impossible-share /levels/0/share", "warning rubric/no-full-level /levels"])
    }

    @Test("levels stand best first, and steps lead to all points")
    func order() {
        let item: Value = ["code": "A", "name": "a", "max": 5]
        let levels: Value = [["name": "low", "share": 0], ["name": "high", "share": 100]]
        #expect(codes(["id": "r", "levels": levels, "items": [item]]) == ["warning rubric/worst-first /levels"])
        func stepped(_ step: Value, _ least: Value) -> [String] {
            codes(["id": "r", "items": [["code": "A", "name": "a", "max": 4, "scale": ["step": step, "min": least]]]])
        }
        #expect(stepped(3, -4) == ["warning rubric/maximum-between-steps /items/0"])
        #expect(stepped(2, -4).isEmpty && stepped("0.5", 0).isEmpty)
    }

    @Test("bands begin at what a mean comes to where some of its items may have less than nothing")
    func leastMean() {
        func lint(_ least: String, _ group: Record) -> [String] {
            codes([
                "id": "r",
                "bands": [
                    ["code": "yes", "name": "yes", "range": "[5, 10]"],
                    ["code": "no", "name": "no", "range": .text("[\(least), 5)")],
                ],
                "items": [.record(group)],
            ])
        }
        // A third of −2 of 4, and nothing of the other: −0.1667 of 10, rounded.
        let group: Record = [
            "code": "G", "name": "g", "max": 10, "aggregate": "mean",
            "items": [
                ["code": "A", "name": "a", "max": 4, "weight": 1, "scale": ["step": 1, "min": -2]],
                ["code": "B", "name": "b", "max": 5, "weight": 2],
            ],
        ]
        #expect(lint("-1.67", group).isEmpty)
        #expect(lint("-1.66", group) == ["error rubric/band-gap /bands/1/range"])
        #expect(lint("-2", group) == ["warning rubric/band-partly-beyond /bands/1/range"])
        // Where the other may not apply, the first is the whole mean.
        var alone = group
        alone["items"] = [
            ["code": "A", "name": "a", "max": 4, "scale": ["step": 1, "min": -2]],
            [
                "code": "B", "name": "b", "max": 5,
                "scale": [
                    "levels": [
                        ["name": "y", "share": 100], ["name": "n", "share": 0], ["name": "NA", "not_applicable": true],
                    ]
                ],
            ],
        ]
        #expect(lint("-5", alone).isEmpty)
        #expect(lint("-4", alone) == ["error rubric/band-gap /bands/1/range"])
    }

    @Test("of a step that a comma has parted only that is told")
    func partedStep() {
        let scale: Value = ["step": 0, "5": .null]
        let found = codes(["id": "r", "items": [["code": "A", "name": "a", "max": 4, "scale": scale]]])
        #expect(found == ["error value/parted /items/0/scale/step"])
    }

    @Test("lists without anything in them are found")
    func emptyLists() {
        #expect(codes(["id": "r", "items": []]) == ["error rubric/empty-list /items"])
        func with(_ key: String, _ value: Value) -> [String] {
            var item = Record()
            (item["code"], item["name"], item["max"], item[key]) = ("A", "a", 5, value)
            return codes(["id": "r", "items": .list([.record(item)])])
        }
        #expect(with("items", []) == ["error rubric/empty-list /items/0/items"])
        #expect(with("criteria", []) == ["error rubric/empty-list /items/0/criteria"])
        #expect(with("alternatives", true) == ["error rubric/no-parts /items/0/alternatives"])
        #expect(with("scale", ["levels": []]) == ["error rubric/empty-list /items/0/scale/levels"])
        let item: Value = ["code": "A", "name": "a", "max": 5]
        #expect(codes(["id": "r", "raters": [], "items": [item]]) == ["error rubric/empty-list /raters"])
        let each: Value = ["table": " ", "key": "code"]
        #expect(codes(["id": "r", "each": each, "items": [item]]) == ["error rubric/empty-text /each/table"])
    }

    @Test(
        "ranges as a Chinese keyboard or a list gives them are told with what to write",
        arguments: [
            (.text("［60，100］"), "write \"[60, 100]\""), (.text("60~100"), "write \"[60, 100]\""),
            (.text("60分至100分"), "write \"[60, 100]\""), (.list([.integer(60), .integer(100)]), "write \"[60, 100]\""),
            (
                .text("60 and more"),
                "it is written as in \"[70, 90)\", the lower end first: a square bracket includes its end, a round one does not; of "
                    + "letters it is one of ranks, 0 for the last"
            ),
        ] as [(Value, String)]
    )
    func ranges(range: Value, help: String) {
        let log = DiagnosticLog()
        let bands: Value = [["code": "x", "name": "x", "range": range]]
        _ = Rubric(
            ValueReader(["id": "r", "bands": bands, "items": [["code": "A", "name": "a", "max": 100]]], log: log)
        )
        #expect(log.diagnostics.map(\.code) == ["rubric/bad-range"])
        #expect(log.diagnostics.first?.help?.en == help)
    }

    @Test("two bands of one code are found")
    func bandCodes() {
        let found = codes([
            "id": "r",
            "bands": [["code": "x", "name": "x", "range": "[0, 3)"], ["code": "x", "name": "y", "range": "[3, 5]"]],
            "items": [["code": "A", "name": "a", "max": 5]],
        ])
        #expect(found == ["error rubric/duplicate-band /bands/1/code"])
    }

    @Test(
        "bands leave nothing between 0 and the most points without a verdict, nor with two",
        arguments: [
            (["[0, 3)", "[3, 5]"], 0), (["[0, 3]", "(3, 5]"], 0), (["[3, 5]", "[0, 3)"], 0),
            (["[0, 3]", "[3, 5]"], 1), (["[0, 3)", "(3, 5]"], 1), (["[0, 2]", "[3, 5]"], 1), (["(0, 3)", "[3, 5]"], 1),
            (["[0, 3)", "[3, 5)"], 1), (["[0, 4)", "[3, 5]"], 1),
        ]
    )
    func bands(ranges: [String], count: Int) {
        let bands = ranges.enumerated().map { position, range in
            Value.record(["code": .text("b\(position)"), "name": "b", "range": .text(range)])
        }
        let found = codes(["id": "r", "bands": .list(bands), "items": [["code": "A", "name": "a", "max": 5]]])
        #expect(found.count == count, "\(found)")
    }

    @Test(
        "bands end at the fewest and at the most points",
        arguments: [
            (["[0, 3)", "[3, 5]"], []), (["[0, 3)", "[3, 6]"], ["warning rubric/band-partly-beyond /bands/1/range"]),
            (["[-5, 3)", "[3, 5]"], ["warning rubric/band-partly-beyond /bands/0/range"]),
            (["[0, 5]", "(5, 6]"], ["error rubric/band-beyond-total /bands/1/range"]),
            (["[-5, 0)", "[0, 5]"], ["error rubric/band-beyond-total /bands/0/range"]),
        ] as [([String], [String])]
    )
    func bandEnds(ranges: [String], said: [String]) {
        let bands = ranges.enumerated().map { position, range in
            Value.record(["code": .text("b\(position)"), "name": "b", "range": .text(range)])
        }
        #expect(codes(["id": "r", "bands": .list(bands), "items": [["code": "A", "name": "a", "max": 5]]]) == said)
    }

    @Test("wording is free, and each node is found by its code")
    func wording() throws {
        let log = DiagnosticLog()
        let value: Value = [
            "rubric": [
                "id": "r", "issuer": "town", "levels_note": "n", "bands_note": "n",
                "items": [
                    [
                        "code": "A", "name": "a", "max": 5, "explanation": "e", "standard": "s",
                        "table_explanation": "t",
                        "notes": "n", "names": ["score_sheet": "A as the sheet calls it"],
                        "criteria": [["code": "A-1", "max": 5, "text": "first line\nsecond line"]],
                    ]
                ],
            ]
        ]
        let rubric = try #require(Rubric(ValueReader(value, at: JSONPointer(["rubric"]), log: log)))
        #expect(log.diagnostics == [])
        #expect(rubric.all.map(\.code) == ["A", "A-1"])
        #expect(rubric.node("A-1")?.shortName == LocalizedText("first line"))
        #expect(rubric.node("A-1")?.pointer.description == "/rubric/rubric/items/0/criteria/0")
        #expect(rubric.node("B") == nil)
        #expect(rubric.lint() == [])
        #expect(try rubric.max() == 5)
    }
}
