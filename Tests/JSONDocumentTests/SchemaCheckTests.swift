import Groundwork
import JSONDocument
import Testing

@Suite("What a schema says against a value")
struct SchemaCheckTests {
    private func mistakes(_ schema: String, _ value: String) throws -> [String] {
        let (schema, value) = (try JSONReader.read(Array(schema.utf8)), try JSONReader.read(Array(value.utf8)))
        return SchemaCheck(schema).mistakes(in: value).map { "\($0.pointer): \($0.message.en)" }
    }

    private static let settings = """
        {"type": "object", "required": ["step"], "additionalProperties": false, "properties": {
            "step": {"type": "integer", "minimum": 1, "maximum": 100},
            "name": {"type": ["string", "null"], "maxLength": 4},
            "kind": {"enum": ["cut", "defer", 1]},
            "lists": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/$defs/entry"}},
            "amount": {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string"}]}},
         "$defs": {"entry": {"oneOf": [{"type": "string"}, {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}]}}}
        """

    @Test(
        "nothing where it fits",
        arguments: [
            #"{"step": 1}"#, #"{"step": 100, "name": "四个汉字", "kind": 1.0, "amount": 0.5}"#,
            #"{"step": 5.0, "name": null, "kind": null}"#,
            #"{"step": 1, "lists": ["a", {"id": "b", "more": 1}], "amount": "0"}"#,
        ]
    )
    func fits(_ value: String) throws { #expect(try mistakes(Self.settings, value) == []) }

    @Test(
        "each mistake at its place, with what was expected",
        arguments: [
            (#"{}"#, [#": missing key "step""#]),
            (#"{"stpe": 1}"#, [#"/stpe: unknown key "stpe""#]),
            (#"{"step": "1"}"#, [#"/step: expected a whole number, found "1""#]),
            (#"{"step": 1.5}"#, [#"/step: expected a whole number, found "1.5""#]),
            (#"{"step": 0}"#, ["/step: expected ≥ 1, found 0"]),
            (#"{"step": 101}"#, ["/step: expected ≤ 100, found 101"]),
            (#"{"step": 1, "name": "五个汉字呀"}"#, ["/name: expected ≤ 4 characters, found 5"]),
            (#"{"step": 1, "kind": "cutt"}"#, [#"/kind: "cutt" is not one of: cut, defer, 1"#]),
            (#"{"step": 1, "lists": []}"#, ["/lists: expected ≥ 1 items, found 0"]),
            (#"{"step": 1, "lists": ["a", "a"]}"#, ["/lists/1: the same as item 1"]),
            (
                #"{"step": 1, "lists": [7, {"id": 7}, {}]}"#,
                [
                    "/lists/0: expected text or a mapping, found \"7\"", "/lists/1/id: expected text, found \"7\"",
                    "/lists/2: missing key \"id\"",
                ]
            ),
            (#"{"step": 1, "amount": 0}"#, ["/amount: expected > 0, found 0"]),
            (#"{"step": 1, "amount": true}"#, ["/amount: expected a number or text, found \"true\""]),
            (#"[1]"#, [": expected a mapping, found a list"]),
        ]
    )
    func mistakes(_ value: String, _ expected: [String]) throws {
        #expect(try mistakes(Self.settings, value) == expected)
    }

    @Test(
        "the parts of a value whose schema says that they go are found, of branches those of the one that takes the value"
    )
    func deprecatedParts() throws {
        let schema = try JSONReader.read(
            ##"""
            {"properties": {"old": {"deprecated": ["1.2"]}, "kept": {"deprecated": false}, "list": {"items": {"$ref": "#/$defs/item"}}},
             "$defs": {"item": {"anyOf": [{"type": "string", "deprecated": true}, {"type": "number"}]}}}
            """##.utf8
        )
        func parts(_ value: String) throws -> [String] {
            SchemaCheck(schema).deprecatedParts(of: try JSONReader.read(value.utf8)).map(\.pointer.description)
        }
        #expect(try parts(#"{"old": 1, "kept": 2, "list": [3, "four"]}"#) == ["/old", "/list/1"])
        #expect(try parts(#"{"old": null, "list": []}"#) == [], "what is left empty counts as left out")
    }

    @Test("a schema that leads into itself, or branches without end, ends")
    func endless() throws {
        #expect(try mistakes(##"{"$ref": "#"}"##, "1") == [])
        let branches = ##"{"anyOf": [{"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}]}"##
        _ = try mistakes(branches, "1")
        #expect(try mistakes(##"{"$ref": "#/nowhere"}"##, "1") == [])
        #expect(try mistakes("false", "1") == [": nothing may stand here"])
        #expect(try mistakes("null", "1") == [])
    }
}
