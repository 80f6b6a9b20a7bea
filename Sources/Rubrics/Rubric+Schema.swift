public import ReviewModel

extension Rubric {
    /// JSON Schema 2020-12 of a rubric, for editors; it refers to ``schemaDefinitions``. What adds up is for the lint to say.
    public static var schema: Value {
        [
            "title": "评价表 · rubric", "type": "object",
            "if": ["required": ["rubric"]],
            "then": ["properties": ["rubric": ["$ref": "#/$defs/rubric"]], "additionalProperties": false],
            "else": ["$ref": "#/$defs/rubric"],
        ]
    }

    /// What ``schema`` refers to as `#/$defs/…`.
    public static var schemaDefinitions: Record {
        [
            "rubric": .record(mapping("评价表", "rubric", keys, required: ["id", "items"])),
            // What has a text and no name is a criterion, and stands under criteria.
            "item": .record(mapping("指标", "item", nodeKeys.filter { $0.name != "text" }, required: ["code", "name"])),
            "criterion": .record(mapping("评分点", "criterion", nodeKeys, required: ["code"])),
            "scale": [
                "title": "量表：名称或定义 · a scale, or the name of one", "type": ["string", "object"],
                "properties": [
                    "levels": .record(list("档次，最好的在前", "levels, best first", level)),
                    "step": .record(number(least: "exclusiveMinimum", 0)), "min": .record(number),
                ],
                "additionalProperties": false,
            ],
            "test": .record(
                mapping(
                    "条件",
                    "condition",
                    [
                        ("field", path), ("equals", [:]), ("item", text("指标", "item")),
                        ("level", ["type": ["string", "array", "boolean"]]), ("below", share(from: -100)),
                        ("query", text("查询", "SQL")),
                        ("all", list("都成立", "all hold", ["$ref": "#/$defs/test"])),
                        ("any", list("有一个成立", "one holds", ["$ref": "#/$defs/test"])),
                        ("not", ["$ref": "#/$defs/test"]),
                    ]
                )
            ),
        ]
    }

    /// The keys of a rubric; a test holds them against the reader.
    static var keys: [(name: String, schema: Record)] {
        [
            ("id", text("编号", "id")), ("version", text("版本", "version")), ("name", words("名称", "name")),
            ("levels", list("各项通用的档次", "levels of all criteria", level)),
            ("scales", map("量表", "scales", ["$ref": "#/$defs/scale"])),
            ("scale", ["$ref": "#/$defs/scale"]), ("rating", ["$ref": "#/$defs/scale"]), ("aggregate", aggregate),
            ("max", points), ("places", integer("小数位数", "decimal places")),
            ("verdict_places", integer("查结论前的小数位数", "places before the verdict is looked up")),
            (
                "overrides",
                list(
                    "替换结论的情形",
                    "verdicts that replace that of the total",
                    mapping(
                        "情形",
                        "override",
                        [
                            ("code", text("代码", "code")), ("name", words("名称", "name")),
                            ("when", ["$ref": "#/$defs/test"]),
                            ("at_most", truth("至多为该结论", "a worse verdict stands")),
                        ],
                        required: ["code", "name", "when"]
                    )
                )
            ),
            (
                "rules",
                list(
                    "各项之间的规则",
                    "what must go together",
                    mapping(
                        "规则",
                        "rule",
                        [
                            ("when", ["$ref": "#/$defs/test"]), ("then", ["$ref": "#/$defs/test"]),
                            ("message", words("说明", "message")),
                        ],
                        required: ["when", "then"]
                    )
                )
            ),
            (
                "combine",
                mapping(
                    "多人评分的合成",
                    "one sheet of several raters",
                    [
                        ("into", text("合成为", "into")), ("raters", raters),
                        ("method", ["enum": .list(RaterCombination.Method.allCases.map { .text($0.rawValue) })]),
                        ("max_spread", share(from: 0)),
                    ],
                    required: ["into"]
                )
            ), ("raters", raters),
            (
                "each",
                mapping(
                    "逐行评价的表",
                    "the table whose rows are judged",
                    [
                        ("table", text("表", "table")), ("key", text("主键列", "key")), ("name", text("名称列", "name")),
                        (
                            "ties",
                            list(
                                "总分相同时依次比较的指标",
                                "items that decide between equal totals",
                                text("指标代码", "code of an item")
                            )
                        ),
                    ],
                    required: ["table", "key"]
                )
            ),
            (
                "bands",
                list(
                    "结论",
                    "verdicts",
                    mapping(
                        "结论",
                        "verdict",
                        [
                            ("code", text("代码", "code")), ("name", words("名称", "name")),
                            (
                                "range",
                                ["type": "string", "pattern": "^ *[\\[(] *-?[0-9.]+ *, *-?[0-9.]+ *[\\])] *$"]
                            ),
                        ],
                        required: ["code", "name", "range"]
                    )
                )
            ), ("items", list("指标", "items", ["$ref": "#/$defs/item"])),
        ]
            + (["issuer", "source", "effective", "levels_note", "bands_note", "total_name"] + wordingKeys).map {
                ($0, wording)
            }
    }

    /// The keys of an item or criterion.
    static var nodeKeys: [(name: String, schema: Record)] {
        [
            ("code", text("代码", "code")), ("name", words("名称", "name")),
            ("text", words("评价内容", "wording of a criterion")),
            ("max", points), ("weight", points), ("scale", ["$ref": "#/$defs/scale"]),
            ("rating", ["$ref": "#/$defs/scale"]),
            ("aggregate", aggregate), ("pooled", truth("下级共享分数", "its items share its points")),
            ("alternatives", truth("下级只适用一项", "exactly one of its items applies")),
            (
                "when",
                mapping(
                    "适用的情形",
                    "when it applies",
                    [("field", path), ("equals", [:])],
                    required: ["field", "equals"]
                )
            ), ("compute", text("得分的查询", "SQL that gives the points")),
            ("compute_level", text("档次的查询", "SQL that gives the level")),
            ("raters", raters),
            ("evidence_words", list("佐证应有的词", "words that its evidence must have", text("词", "word"))),
            ("items", list("下级指标", "items below", ["$ref": "#/$defs/item"])),
            ("criteria", list("评分点", "criteria", ["$ref": "#/$defs/criterion"])),
        ] + wordingKeys.map { ($0, wording) }
    }

    // MARK: Parts

    private static let level: Record = [
        "title": "档次 · level", "type": ["string", "object", "number", "boolean"],
        "properties": [
            "name": ["type": ["string", "number", "boolean"]], "share": ["type": ["string", "number"]],
            "not_applicable": ["type": "boolean"], "counts_as": ["type": ["string", "number"]],
        ],
        "additionalProperties": false,
    ]
    private static let aggregate: Record = [
        "title": "如何由下级得出 · how it follows from its parts",
        "anyOf": [
            ["enum": ["sum", "mean", "weakest", "weakest-plus", "none"]],
            [
                "type": "object",
                "properties": ["table": ["type": ["object", "string"]], "matrix": ["type": ["object", "string"]]],
                "additionalProperties": false,
            ],
        ],
    ]
    private static let number: Record = [
        "type": ["number", "string"], "pattern": "^ *[-+]?[0-9][0-9,]*([.][0-9]+)? *%? *$",
    ]
    /// Points and weights: no percent sign, and nothing below 0.
    private static let points: Record = [
        "type": ["number", "string"], "minimum": 0, "pattern": "^ *[+]?[0-9][0-9,]*([.][0-9]+)? *$",
    ]
    private static let path: Record = ["title": "字段 · field", "type": "string", "pattern": "^/[^ ]"]
    private static let raters: Record = {
        var raters = list("评分人", "raters", text("评分人", "rater"))
        raters["uniqueItems"] = true
        return raters
    }()

    private static func number(least: String, _ end: Int) -> Record {
        var number = points
        number["minimum"] = nil
        number[least] = .integer(end)
        // Among digits of which one is not 0.
        number["pattern"] = "^ *[+]?[0-9,]*([.][0-9]+)? *$"
        number["not"] = ["type": "string", "pattern": "^ *[+]?[0,.]* *$"]
        return number
    }

    /// A share in percent, at most 100.
    private static func share(from least: Int) -> Record {
        let sign = least < 0 ? "-?" : ""
        return [
            "type": ["number", "string"], "minimum": .integer(least), "maximum": 100,
            "pattern": .text("^ *\(sign)(100([.]0+)?|[0-9]{1,2}([.][0-9]+)?) *%? *$"),
        ]
    }

    /// Wording for reports, of any shape.
    private static let wording: Record = ["title": "报告用语 · wording for the report"]

    private static func text(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["string", "number"]]
    }

    private static func integer(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "integer"]
    }

    private static func truth(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "boolean"]
    }

    private static func words(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["string", "number", "object"]]
    }

    private static func list(_ zh: String, _ en: String, _ element: Record) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "array", "items": .record(element)]
    }

    private static func map(_ zh: String, _ en: String, _ element: Record) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "object", "additionalProperties": .record(element)]
    }

    private static func mapping(
        _ zh: String,
        _ en: String,
        _ properties: [(name: String, schema: Record)],
        required: [String] = []
    ) -> Record {
        var schema: Record = [
            "title": .text("\(zh) · \(en)"), "type": "object",
            "properties": .record(Record(properties.map { ($0.name, .record($0.schema)) })),
            "additionalProperties": false,
        ]
        if !required.isEmpty { schema["required"] = .list(required.map(Value.text)) }
        return schema
    }
}
