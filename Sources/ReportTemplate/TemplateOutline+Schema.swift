public import JSONDocument
internal import ReportDocument

extension TemplateOutline {
    /// JSON Schema 2020-12 of a template, for editors; it refers to ``schemaDefinitions``. What names there may be is for the check of
    /// names to say.
    public static var schema: Value {
        var schema = mapping("报告模板", "report template", keys)
        schema["required"] = ["id"]
        return .record(schema)
    }

    /// What ``schema`` refers to as `#/$defs/…`.
    public static var schemaDefinitions: Record {
        ["block": .record(block), "row": .record(row), "cell": .record(cell)]
    }

    private static let keys: [(name: String, schema: Record)] = [
        ("id", text("编号", "id")), ("version", text("版本", "version")), ("title", text("题目", "title")),
        ("language", text("语言", "language, such as zh-CN or en")), ("unit", money),
        ("words", ["title": "报告自身的用语 · what the report says of itself", "type": "object"]),
        ("terms", map("短语", "short wordings", text("短语", "wording"))),
        ("areas", map("规则的领域", "areas of rules", words)),
        ("properties", mapping("文件属性", "properties of the file", properties)),
        (
            "needs",
            mapping(
                "报告需要的内容",
                "what a spec must give",
                [("fields", map("字段", "fields", need)), ("tables", map("表", "tables", need))]
            )
        ),
        ("blocks", blocks), ("extends", ["title": "套用的模板 · the template it extends", "type": "object"]),
        (
            "changes",
            list(
                "对所套用模板的改动",
                "changes to it",
                mapping(
                    "改动",
                    "change",
                    ["replace", "remove", "before", "after"].map { ($0, text("内容块的 id", "id of a block")) }
                        + ["append", "prepend", "blocks"].map { ($0, blocks) }
                )
            )
        ),
    ]

    private static let properties: [(name: String, schema: Record)] =
        TemplateProperties.names.map { ($0, text($0, "text")) } + [
            ("keywords", list("关键词", "keywords", text("关键词", "keyword"))),
            ("pageNumbers", choice("页码", "page numbers", PageNumbers.self)),
        ]

    private static let need: Record = [
        "title": "用途 · what it is for", "type": ["string", "number", "object"],
        "properties": [
            "for": .record(words), "instead": .record(words), "zh": [:], "en": [:], "with": [:], "optional": [:],
        ],
        "additionalProperties": false,
    ]

    // MARK: Blocks

    /// What may stand beside the key that says what a block is, other than its `id`.
    static let blockKeys: [String: [(name: String, schema: Record)]] = {
        let counted = ("counted", text("编号用词", "by what its caption counts"))
        let level = (
            "level",
            [
                "title": "级别 · level", "type": "integer", "minimum": 0, "maximum": 4,
            ] as Record
        )
        let table = [
            counted, ("unit", money), ("note", text("表注", "note")),
            ("columns", list("列", "columns", column)),
            ("header", list("表头", "header", list("行", "row", reference("cell")))),
            ("rows", list("行", "rows", reference("row"))),
        ]
        let inner = ("blocks", blocks)
        return [
            "contents": [("depth", ["title": "级数 · depth", "type": "integer"])],
            "heading": [
                level, ("look", choice("样式", "look", HeadingLook.self)), ("listed", truth("列入目录", "in the contents")),
            ],
            "text": [("style", choice("样式", "style", ParagraphStyle.self))], "attached": [level],
            "table": table, "form": table,
            "chart": [
                counted, ("summary", text("说明", "summary")), ("over", text("列表", "list")),
                ("label", text("标签", "label")), ("unit", text("单位", "unit")),
                (
                    "series",
                    list(
                        "数据",
                        "series",
                        mapping("数据", "series", ["name", "value", "from", "text"].map { ($0, text($0, "series")) })
                    )
                ),
            ] + repetition,
            "flow": [counted, ("steps", ["title": "步骤 · steps", "type": ["array", "string"]])],
            "picture": [
                counted, ("alternative", text("图中内容", "what it shows")), ("caption", text("图题", "caption")),
                ("width", ["title": "宽度（%） · width", "type": "integer", "minimum": 1, "maximum": 100]),
                ("align", choice("对齐", "alignment", CellAlignment.self)),
            ],
            "signing": [("columns", ["title": "列数 · columns", "type": "integer", "minimum": 1, "maximum": 4])],
            "each": repetition + [inner], "when": [inner, ("otherwise", blocks)],
            "unless": [inner, ("otherwise", blocks)],
        ]
    }()

    private static let repetition: [(name: String, schema: Record)] = [
        ("as", text("名称", "name of an element")), ("where", text("条件", "condition")), ("by", text("分组", "group by")),
    ]

    /// A block says by one of its keys what it is; which keys go with which is for editors to know.
    private static let block: Record = {
        var properties: [(name: String, schema: Record)] = [("id", text("内容块的 id", "id"))]
        properties += TemplateReader.kinds.map { ($0, kind($0)) }
        for name in TemplateReader.kinds {
            for key in blockKeys[name] ?? [] where !properties.contains(where: { $0.name == key.name }) {
                // A unit is one of money in a table, and any in a chart; columns are a list in a table, and a number where people sign.
                let isOneThing = !["unit", "columns"].contains(key.name)
                properties.append((key.name, isOneThing ? key.schema : ["title": .text(key.name)]))
            }
        }
        var schema = mapping("内容块", "block", properties)
        let names = Value.list(TemplateReader.kinds.map(Value.text))
        schema["not"] = ["propertyNames": ["not": ["enum": names]]]
        schema["allOf"] = .list(
            TemplateReader.kinds.map { kind in
                let own = blockKeys[kind] ?? []
                var then: Record = [
                    "propertyNames": ["enum": .list(([kind, "id"] + own.map(\.name)).map(Value.text))]
                ]
                let apart = own.filter { ["unit", "columns"].contains($0.name) }
                if !apart.isEmpty { then["properties"] = .record(Record(apart.map { ($0.name, .record($0.schema)) })) }
                return ["if": ["required": [.text(kind)]], "then": .record(then)]
            }
        )
        return schema
    }()

    private static func kind(_ name: String) -> Record {
        switch name {
        case "cover", "signature": list(name, "lines", line)
        case "signing": list("签署栏", "places to sign", field)
        case "letterhead":
            mapping("版头", "letterhead", ["issuer", "number", "signer"].map { ($0, text($0, "letterhead")) })
        case "page": choice("版面", "orientation", PageOrientation.self)
        default: text(name, "block")
        }
    }

    private static let line: Record = [
        "title": "一行 · line", "type": ["string", "number", "object", "null"],
        "properties": [
            "text": .record(text("文字", "text")), "style": .record(choice("样式", "style", ParagraphStyle.self)),
        ],
        "additionalProperties": false,
    ]
    private static let field: Record = [
        "title": "签署处 · place to sign", "type": ["string", "number", "object"],
        "properties": [
            "label": .record(text("标签", "label")), "value": .record(text("内容", "value")),
            "kind": .record(choice("种类", "kind", Signing.Kind.self)),
        ],
        "additionalProperties": false,
    ]

    // MARK: Tables

    private static let column: Record = [
        "title": "列 · column", "type": ["string", "number", "object"],
        "properties": [
            "title": .record(text("表头", "title")), "width": ["title": "宽度 · width", "type": "integer"],
            "align": .record(choice("对齐", "alignment", CellAlignment.self)),
            "merge": .record(truth("合并相同的格", "equal cells become one")),
            "optional": .record(truth("全空时不印这一列", "left out where nothing stands in it")),
        ],
        "additionalProperties": false,
    ]
    private static let row: Record = [
        "title": "行 · row", "type": ["array", "object"], "items": .record(reference("cell")),
        "properties": .record(
            Record(
                ([
                    ("row", list("行", "row", reference("cell"))), ("rows", list("行", "rows", reference("row"))),
                    ("style", choice("样式", "style", RowStyle.self)), ("each", text("列表", "list")),
                    ("when", text("条件", "condition")), ("unless", text("条件", "condition")),
                ] + repetition).map { ($0.0, .record($0.1)) }
            )
        ),
        "additionalProperties": false,
    ]
    private static let cell: Record = [
        "title": "格 · cell", "type": ["string", "number", "null", "object"],
        "properties": [
            "text": .record(text("文字", "text")), "colspan": ["type": "integer", "minimum": 1, "maximum": 200],
            "rowspan": ["type": "integer", "minimum": 1, "maximum": 200],
            "style": .record(choice("样式", "style", CellStyle.self)),
            "align": .record(choice("对齐", "alignment", CellAlignment.self)), "key": .record(text("键", "key")),
        ],
        "additionalProperties": false,
    ]

    // MARK: Parts

    private static let blocks = list("内容块", "blocks", reference("block"))
    private static let words: Record = [
        "title": "名称 · name", "type": ["string", "number", "object"],
        "properties": ["zh": [:], "en": [:]], "additionalProperties": false,
    ]
    private static let money: Record = [
        "title": "金额的单位 · unit of money", "type": ["string", "object"],
        "properties": [
            "unit": .record(text("单位", "unit")), "name": .record(text("印出的名称", "what it is called in print")),
        ],
        "additionalProperties": false,
    ]

    private static func reference(_ name: String) -> Record { ["$ref": .text("#/$defs/" + name)] }

    private static func text(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["string", "number", "null"]]
    }

    private static func truth(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "boolean"]
    }

    private static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ zh: String,
        _ en: String,
        _ type: Choice.Type
    ) -> Record {
        ["title": .text("\(zh) · \(en)"), "enum": .list(Choice.allCases.map { .text($0.rawValue) })]
    }

    private static func list(_ zh: String, _ en: String, _ element: Record) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "array", "items": .record(element)]
    }

    private static func map(_ zh: String, _ en: String, _ element: Record) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": "object", "additionalProperties": .record(element)]
    }

    private static func mapping(_ zh: String, _ en: String, _ properties: [(name: String, schema: Record)]) -> Record {
        [
            "title": .text("\(zh) · \(en)"), "type": "object",
            "properties": .record(Record(properties.map { ($0.name, .record($0.schema)) })),
            "additionalProperties": false,
        ]
    }
}
