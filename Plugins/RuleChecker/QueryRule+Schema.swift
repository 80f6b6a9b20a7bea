import ReviewModel

extension QueryRule {
    /// JSON Schema of the setting `rules`; a test holds its keys against the reader.
    static let listSchema: Record = [
        "title": "规则 · rules", "type": "array",
        "items": [
            "title": "规则 · rule", "type": "object", "required": ["id", "query", "message"],
            "additionalProperties": false,
            "properties": .record(Record(keys.map { ($0.name, .record($0.schema)) })),
        ],
    ]

    static let keys: [(name: String, schema: Record)] = [
        ("id", ["title": "编号：领域/名称 · area/name", "type": "string", "pattern": "^[^/]*/[^/]*$"]),
        ("severity", ["title": "轻重 · severity", "enum": .list(Severity.allCases.map { .text($0.rawValue) })]),
        ("query", ["title": "查询，结果的每一行是一个发现 · SQL, each row of whose answer is a finding", "type": "string"]),
        ("message", words("发现的说明，{列} 代表结果中的值", "what a finding says, with {column}")),
        ("title", words("规则的名称", "what the rule finds")),
        ("manual", words("规则的说明", "what it compares, and what to do")),
        ("hint", words("下一步", "the next step")), ("expected", text("应为", "expected")), ("found", text("实为", "found")),
        ("subject", text("说明对象的列", "the column that says what it is about")),
        (
            "at",
            [
                "title": "发现所在 · where a finding stands", "type": "object", "additionalProperties": false,
                "properties": [
                    "table": ["type": "string"], "key": ["type": "string"], "column": ["type": "string"],
                    "field": ["type": "string", "pattern": "^/"],
                ],
                "anyOf": [["required": ["table", "key"]], ["required": ["field"]]],
            ]
        ),
        (
            "examples",
            [
                "title": "例子 · examples", "type": "array",
                "items": [
                    "type": "object", "additionalProperties": false,
                    "properties": ["good": ["type": "string"], "bad": ["type": "string"], "says": [:]],
                ],
            ]
        ),
    ]

    private static func text(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["string", "number"]]
    }

    private static func words(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["string", "object"]]
    }
}
