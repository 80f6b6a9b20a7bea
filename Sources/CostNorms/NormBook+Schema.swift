public import ReviewModel

extension NormBook {
    /// JSON Schema 2020-12 of a file of prices, for editors. What another file may bring that this one extends is not asked for; what
    /// names what is for the reader to say.
    public static var schema: Record {
        var schema = mapping("支出标准", "norms of cost and of purchases", keys)
        schema["if"] = ["not": ["required": ["extends"]]]
        schema["then"] = ["required": ["prices", "norms"]]
        return schema
    }

    /// The keys of a file; a test holds them against the reader.
    static let keys: [(name: String, schema: Record)] = [
        ("extends", ["title": "所依据的文件 · files underneath this one", "type": ["string", "array"]]),
        ("prices", text("编号", "id")), ("version", text("版本", "version")), ("title", localized("名称", "title")),
        ("note", localized("说明", "note")),
        ("units", map("计量单位", "units", mapping("单位", "unit", unitKeys))),
        ("items", map("支出项目", "what lines may be", mapping("项目", "item", itemKeys))),
        ("purchases", map("采购类别", "categories of purchases", mapping("类别", "category", itemKeys))),
        ("methods", map("采购方式", "ways to buy", mapping("方式", "method", named))),
        ("batch_words", words("分批字样", "what parts of one purchase are called")),
        ("part_words", words("表示其中一部分的字样", "what says that an amount is a part")),
        ("after_tax_words", words("表示税后的字样", "what says that a price is one after tax")),
        ("norms", map("标准", "norms", mapping("标准", "norm", normKeys))),
    ]

    private static let named: [(name: String, schema: Record)] = [
        ("title", localized("名称", "title")), ("words", words("词语", "words")), ("also", words("另加的词语", "further words")),
    ]
    private static let unitKeys = named + [("repeats", truth("只表示次数", "only says how often"))]
    private static let itemKeys =
        named + [
            ("not", words("含该词语而另有所指的词", "words that hold one of these and mean another thing")),
            ("with", words("须同时出现的词，有一个即可", "one of these must be said as well")),
            ("without", words("不得出现的词", "none of these may be said")),
            ("base_words", words("其后的金额为计费基数", "behind these stands what a fee is a share of")),
            ("classes", map("类别、级别", "classes", mapping("类别", "class", named))),
        ]
    private static let normKeys: [(name: String, schema: Record)] = [
        ("of", text("所限制的项目", "the item that it limits")),
        ("rule", mapping("依据", "where it stands", ruleKeys)),
        ("seen", truth("是否已查阅原文，false 为凭记忆", "whether its text was seen; false: from memory")),
        ("place", text("适用地区，不写为全国", "where it holds; the whole country unless said")),
        ("from", text("生效日", "the first day")), ("until", text("失效日", "the last day")),
        ("reference", localized("不直接约束本镇的原因", "why it does not bind a town itself")),
        ("note", localized("说明", "note")),
        ("money", ["title": "金额单位 · what amounts are in", "enum": ["元", "万元"]]),
        (
            "cap",
            mapping(
                "单价上限",
                "the most that one may cost",
                [
                    ("per", words("标准的单位", "what the price is for")), ("amount", amount),
                    ("after_tax", truth("税后", "after tax")), ("before_tax", amount),
                    (
                        "instead",
                        map(
                            "可折算的单位",
                            "units that stand for another",
                            mapping("折算", "substitute", [("for", text("单位", "unit")), ("counts", number)])
                        )
                    ), ("steps", map("自第几天起按多少计", "from which day on what share counts", map("", "", number))),
                ]
            )
        ),
        ("most", map("数量上限", "the most of a unit", amount)), ("share", number),
        (
            "table",
            mapping(
                "收费表",
                "fees by bases",
                [
                    (
                        "points",
                        [
                            "title": "[计费额, 收费] · [base, fee]", "type": "array",
                            "items": ["type": "array", "items": .record(number), "minItems": 2, "maxItems": 2],
                        ]
                    ), ("margin", number),
                ]
            )
        ),
        (
            "limit",
            mapping(
                "采购数额标准",
                "from which amount on how to buy",
                [
                    ("amount", number), ("name", localized("名称", "name")),
                    ("methods", words("符合的采购方式", "the methods that do")),
                    (
                        "split",
                        mapping("化整为零的依据", "the rule against splitting", ruleKeys + [("seen", truth("已查阅", "seen"))])
                    ),
                ]
            )
        ), ("least", map("最短期限", "at least so many", number)),
    ]
    private static let ruleKeys: [(name: String, schema: Record)] = [
        ("number", text("文号", "number")), ("title", text("名称", "title")), ("clause", text("条款", "clause")),
    ]

    // MARK: Parts

    private static let number: Record = ["type": ["number", "string"]]
    private static let amount: Record = [
        "title": "金额，或按类别 · an amount, or one by class", "type": ["number", "string", "object"],
        "additionalProperties": .record(number),
    ]

    private static func text(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["string", "number"]]
    }

    private static func localized(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["string", "number", "object"]]
    }

    private static func truth(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "boolean"]
    }

    private static func words(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "array", "items": ["type": ["string", "number"]]]
    }

    private static func map(_ zh: String, _ en: String, _ element: Record) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "object", "additionalProperties": .record(element)]
    }

    private static func mapping(_ zh: String, _ en: String, _ properties: [(name: String, schema: Record)]) -> Record {
        [
            "title": .text("\(zh) · \(en)"), "type": "object", "additionalProperties": false,
            "properties": .record(Record(properties.map { ($0.name, .record($0.schema)) })),
        ]
    }
}
