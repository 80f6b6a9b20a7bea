package import ReviewModel

extension Form {
    /// JSON Schema 2020-12 of a form: which keys it may have, and what they hold.
    package static var schema: Value {
        var schema = Record.mapping("表单", "form", keys, required: ["form"])
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["$defs"] = ["field": .record(field), "column": .record(column), "table": .record(table)]
        schema["type"] = "object"
        return .record(schema)
    }

    /// The keys of a form.
    static let keys: [(name: String, schema: Record)] = [
        ("form", .text("名称", "name")), ("version", .integer("版本", "version")), ("title", .words("标题", "title")),
        ("fields", .map("字段", "fields", ["$ref": "#/$defs/field"])),
        ("tables", .map("表", "tables", ["$ref": "#/$defs/table"])),
        (
            "roles",
            .mapping(
                "程序所说的几样东西叫什么",
                "what the form calls what the program speaks of",
                [
                    ("project", .text("项目字段组", "the group of fields that says what is judged")),
                    ("title", .text("项目名称字段", "the field of its title")),
                    ("review", .text("作出结论的人", "the rater whose verdict counts")),
                    ("self", .text("给自己打分的人", "the rater who is the applicant")),
                ]
            )
        ),
        (
            "units",
            [
                "title": "计量单位 · measures that numbers may count", "type": ["array", "object", "string"],
                "items": ["type": "string"],
            ]
        ),
    ]

    /// The keys of a cell: of a column, or of a field that holds one value.
    static let cellKeys: [(name: String, schema: Record)] = [
        ("type", .text("类型", "type", oneOf: ColumnType.allCases.map(\.rawValue))),
        ("title", .words("标题", "title")), ("unit", .text("单位", "unit")), ("required", .truth("必填", "must be filled")),
        (
            "values",
            [
                "title": "允许的取值 · the only texts allowed", "type": ["array", "object", "string"],
                "items": ["type": ["string", "number"]],
            ]
        ),
        ("names", .map("取值的叫法", "what values are called", .words("叫法", "what it is called"))),
        ("places", .integer("小数位数", "the most decimal places of its numbers")),
        ("references", .text("引用的表", "the table whose key it names")),
        ("note", .words("填写说明", "what is to be written there")),
        ("synonyms", .list("别名", "what else it is called", .text("别名", "synonym"))),
    ]

    static let fieldKeys: [(name: String, schema: Record)] =
        cellKeys + [
            ("fields", .map("其下的字段", "fields inside", ["$ref": "#/$defs/field"])),
            ("map", ["title": "自由的键 · free keys, all of this shape", "$ref": "#/$defs/field"]),
            ("list", ["title": "列表 · a list, all of this shape", "$ref": "#/$defs/field"]),
            ("open", .truth("任意内容", "anything at all")),
            ("kept", .truth("留存于评审结果", "whether a group is kept in review.json")),
        ]

    static let tableKeys: [(name: String, schema: Record)] = [
        ("title", .words("标题", "title")), ("key", .text("主键列", "the column whose values differ")),
        ("note", .words("填写说明", "what it is for")),
        ("columns", .map("列", "columns", ["$ref": "#/$defs/column"])),
        ("kept", .truth("留存于评审结果", "whether the rows are kept in review.json")),
        ("synonyms", .list("别名", "what else it is called", .text("别名", "synonym"))),
    ]

    private static var field: Record { .mapping("字段", "field", fieldKeys) }
    private static var column: Record { .mapping("列", "column", cellKeys) }
    private static var table: Record { .mapping("表", "table", tableKeys, required: ["columns"]) }
}

// MARK: - What a form makes of a spec

extension Form {
    /// The schema of a spec's `fields`.
    var fieldsSchema: Record { Self.group("字段", "fields", fields) }

    /// The schema of a spec's `tables`.
    var tablesSchema: Record {
        var properties: [(name: String, schema: Record)] = []
        for table in tables {
            let schema = table.schemaOfRows
            for name in Self.names(table.name, table.title, table.synonyms, among: tables.map(\.name)) {
                properties.append((name, schema))
            }
        }
        return .mapping("表", "tables", properties)
    }

    private static func group(_ zh: String, _ en: String, _ members: [FieldShape.Member]) -> Record {
        var properties: [(name: String, schema: Record)] = []
        for member in members {
            let schema = schema(member.shape, member.title)
            for name in names(member.name, member.title, [], among: members.map(\.name)) {
                properties.append((name, schema))
            }
        }
        return .mapping(zh, en, properties)
    }

    private static func schema(_ shape: FieldShape, _ title: LocalizedText) -> Record {
        switch shape {
        case .open: .anything(title.zh, title.en)
        case .cell(let cell): cell.schema
        case .group(let members): group(title.zh, title.en, members)
        case .map(let inner): .map(title.zh, title.en, schema(inner, title))
        case .list(let inner): .list(title.zh, title.en, schema(inner, title))
        }
    }

    /// The form's name for something and what else may be written for it.
    static func names(_ name: String, _ title: LocalizedText, _ synonyms: [String], among known: [String]) -> [String] {
        var names = [name]
        for word in [title.zh, title.en] + synonyms where !known.contains(word) && !names.contains(word) {
            names.append(word)
        }
        return names
    }
}

extension Form.TableShape {
    /// Rows of named cells, or column names once and rows of cells.
    fileprivate var schemaOfRows: Record {
        let known = cells.map(\.column.name)
        var (properties, required, heads) = ([(name: String, schema: Record)](), [Value](), [Value]())
        for cell in cells {
            let names = Form.names(cell.column.name, cell.column.title, cell.synonyms, among: known)
            for name in names { properties.append((name, cell.schema)) }
            if cell.isRequired {
                required.append(["anyOf": .list(names.map { ["required": [.text($0)]] })])
                heads.append(["contains": ["enum": .list(names.map(Value.text))]])
            }
        }
        var row = Record.mapping("一行", "a row", properties)
        row["type"] = ["object", "string"]
        if !required.isEmpty {
            row["if"] = ["type": "object"]
            row["then"] = ["allOf": .list(required)]
        }
        var columns: Record = [
            "type": ["array", "string"], "items": ["enum": .list(properties.map { .text($0.name) })],
        ]
        if !heads.isEmpty { columns["allOf"] = .list(heads) }
        return [
            "title": .text("\(title.zh) · \(title.en)"), "type": ["array", "object", "string"],
            "items": .record(row),
            "properties": [
                "columns": .record(columns),
                "rows": [
                    "type": ["array", "string"],
                    "items": [
                        "type": ["array", "string"],
                        "items": ["type": ["string", "number", "boolean", "array", "null"]],
                    ],
                ],
            ],
            "additionalProperties": false,
        ]
    }
}

extension Form.CellShape {
    /// What may stand in the cell, as people write it.
    var schema: Record {
        var schema: Record = ["title": .text("\(column.title.zh) · \(column.title.en)")]
        switch column.type {
        case .text where !values.isEmpty:
            let titles = values.flatMap(words)
            schema["enum"] = .list(
                (values + titles).reduce(into: [Value]()) { list, word in
                    if !list.contains(.text(word)) { list.append(.text(word)) }
                } + (isRequired ? [] : [.null])
            )
            return schema
        case .text: schema["type"] = ["string", "number"]
        case .decimal, .integer:
            schema["type"] = ["number", "string"]
            schema["pattern"] = "^ *[-+]?[0-9][0-9, ]*([.][0-9]+)? *%?$"
        case .boolean: schema["enum"] = [true, false, "是", "否", "yes", "no", "√", "×", "true", "false", "y", "n"]
        case .date:
            schema["type"] = "string"
            schema.takeDay()
        case .texts: schema["type"] = ["string", "number", "array"]
        }
        guard !isRequired else { return schema }
        if case .list(let allowed)? = schema["enum"] { schema["enum"] = .list(allowed + [.null]) }
        switch schema["type"] {
        case .list(let types)?: schema["type"] = .list(types + ["null"])
        case .text(let type)?: schema["type"] = [.text(type), "null"]
        default: break
        }
        return schema
    }
}
