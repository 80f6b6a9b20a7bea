internal import ReviewModel

// Small parts of JSON Schemas (2020-12), as editors want them: what a value is called in both languages beside its shape.

extension Record {
    /// What a text must look like that stands for a mapping or a list: `!include` names a file, and an editor sees no tag.
    static let pathOfFile = "[.][A-Za-z0-9]+$"

    /// A mapping, or what stands for one: the path of a file that is included.
    static func mapping(
        _ zh: String,
        _ en: String,
        _ properties: [(name: String, schema: Record)],
        required: [String] = []
    ) -> Record {
        var schema: Record = [
            "title": .text("\(zh) · \(en)"), "type": ["object", "string", "null"],
            "properties": .record(Record(properties.map { ($0.name, .record($0.schema)) })),
            "additionalProperties": false, "pattern": .text(pathOfFile),
        ]
        if !required.isEmpty { schema["required"] = .list(required.map(Value.text)) }
        return schema
    }

    /// A mapping with free keys.
    static func map(_ zh: String, _ en: String, _ element: Record) -> Record {
        [
            "title": .text("\(zh) · \(en)"), "type": ["object", "string", "null"],
            "additionalProperties": .record(element), "pattern": .text(pathOfFile),
        ]
    }

    static func list(_ zh: String, _ en: String, _ element: Record) -> Record {
        [
            "title": .text("\(zh) · \(en)"), "type": ["array", "string", "null"], "items": .record(element),
            "pattern": .text(pathOfFile),
        ]
    }

    static func text(_ zh: String, _ en: String, oneOf allowed: [String] = []) -> Record {
        var schema: Record = ["title": .text("\(zh) · \(en)")]
        if allowed.isEmpty {
            schema["type"] = ["string", "number", "null"]
        } else {
            schema["enum"] = .list(allowed.map(Value.text))
        }
        return schema
    }

    /// A day as people write it; of two numbers behind the year none that no calendar has.
    static func day(_ zh: String, _ en: String) -> Record {
        var schema: Record = ["title": .text("\(zh) · \(en)"), "type": ["string", "null"]]
        schema.takeDay()
        return schema
    }

    mutating func takeDay() {
        self["pattern"] =
            "^ *([0-9]{4}|[〇零○一二三四五六七八九]{4}) *[-/.年] *([0-9]{1,2}|[〇零○一二三四五六七八九十]{1,3}) *[-/.月] *([0-9]{1,2}|[〇零○一二三四五六七八九十]{1,3}) *日? *$"
        self["not"] = [
            "type": "string",
            "pattern":
                "^ *[0-9]{4} *[-/.年] *(0?2 *[-/.月] *3[01]|(0?[469]|11) *[-/.月] *31|00|1[3-9]|[2-9][0-9]|[0-9]+ *[-/.月] *(0+|3[2-9]|[4-9][0-9]) *日? *$)",
        ]
    }

    static func integer(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["integer", "string", "null"], "pattern": "^ *-?[0-9]+ *$"]
    }

    static func integer(_ zh: String, _ en: String, in range: ClosedRange<Int>) -> Record {
        var schema = integer(zh, en)
        (schema["minimum"], schema["maximum"]) = (.integer(range.lowerBound), .integer(range.upperBound))
        return schema
    }

    static func truth(_ zh: String, _ en: String) -> Record {
        ["title": .text("\(zh) · \(en)"), "type": ["boolean", "null"]]
    }

    static func anything(_ zh: String, _ en: String) -> Record { ["title": .text("\(zh) · \(en)")] }

    /// A text, or a mapping from language to text.
    static func words(_ zh: String, _ en: String) -> Record {
        [
            "title": .text("\(zh) · \(en)"), "type": ["string", "number", "object", "null"],
            "properties": ["zh": ["type": ["string", "number"]], "en": ["type": ["string", "number"]]],
            "additionalProperties": false,
        ]
    }
}
