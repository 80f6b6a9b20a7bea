public import ReviewModel

extension PluginLabel {
    /// JSON Schema 2020-12 of a `plugin.yaml`, for editors.
    public static var schema: Value {
        var schema: Record = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "插件 · a plugin that is handed out", "type": "object",
            "properties": .record(Record(keys.map { ($0.name, .record($0.schema)) })),
            "additionalProperties": false,
        ]
        schema["required"] = ["pingshen", "name", "version", "licence", "summary", "protocol", "command"]
        return .record(schema)
    }

    /// The keys of a `plugin.yaml`; a test holds them against the reader.
    static let keys: [(name: String, schema: Record)] = [
        ("pingshen", ["title": "格式版本 · version of the format", "const": .integer(formatVersion)]),
        (
            "name",
            [
                "title": "名称 · its name, as specs use it", "type": "string", "pattern": "^[a-z]([a-z0-9-]*[a-z0-9])?$",
                "maxLength": 60,
            ]
        ),
        ("version", ["title": "版本 · its version, such as 1.2.0", "type": "string"]),
        ("licence", ["title": "许可证 · licence, as SPDX calls it", "type": "string"]),
        ("homepage", ["title": "网址 · where it is from", "type": "string", "pattern": "^https?://"]),
        ("summary", .words("简介", "what it does, in a line")),
        (
            "protocol",
            [
                "title": "插件协议的版本 · version of the plugin protocol",
                "enum": .list(knownProtocols.map(Value.integer)),
            ]
        ),
        (
            "command",
            [
                "title": "命令 · the program and its arguments; ./ is the folder", "type": "array",
                "items": ["type": "string"], "minItems": 1,
            ]
        ),
        (
            "files",
            [
                "title": "所属的文件和文件夹 · files and folders that belong to it", "type": "array",
                "items": ["type": "string"], "maxItems": .integer(maximumFiles),
            ]
        ),
        (
            "needs",
            [
                "title": "所需的程序 · programs that it needs, such as python3 >= 3.9", "type": "array",
                "items": ["type": "string"],
            ]
        ),
    ]
}
