import BudgetLines
import PluginKit
import ReviewModel
import Targets

/// What the target checker can be told. Everything has a default:
///
///     required: [quantity, {kind: benefit, at_least: 2}]
///     quantity_kind: quantity
///     vague_words: [提升, 有效]           # say nothing that can be checked: a warning
///     unmeasured_words: [及时, 建立健全]   # can be told at the end, but by judgement: worth knowing
///     taxonomy: {kinds: […]}
struct TargetSettings: PluginSettings {
    var taxonomy = TargetTaxonomy.standard
    /// How many targets there must be at least, by the code of the kind or of a part of it (`social_benefit`).
    var required: [(code: String, minimum: Int)] = []
    /// The code of the kind whose targets count things.
    var quantityKind = "quantity"
    var vagueWords = TargetSettings.defaultVagueWords
    var unmeasuredWords = TargetSettings.defaultUnmeasuredWords

    static let defaultVagueWords = [
        "提升", "提高", "有效", "改善", "增强", "加强", "优化", "促进", "推动", "显著", "明显", "良好", "较好", "较高", "充分",
    ]
    static let defaultUnmeasuredWords = ["及时", "按时", "建立健全", "健全", "完善", "规范", "合规", "达标", "合格", "满意"]

    init(_ settings: SettingsReader) {
        if let reader = settings.value("taxonomy") { taxonomy = TargetTaxonomy(reader) ?? taxonomy }
        let (kinds, codes) = (taxonomy.kinds.map(\.code), taxonomy.codes)
        if let reader = settings.value("required") {
            required = reader.list().compactMap { Self.requirement($0, codes) }
        } else {
            required = kinds.map { ($0, 1) }
        }
        if let code = settings.value("quantity_kind")?.oneOf(codes) { quantityKind = code }
        if let words = settings.value("vague_words") { vagueWords = Self.words(words) }
        if let words = settings.value("unmeasured_words") { unmeasuredWords = Self.words(words) }
    }

    private static func requirement(_ reader: ValueReader, _ codes: [String]) -> (code: String, minimum: Int)? {
        guard case .record = reader.value, let record = reader.record() else {
            return reader.oneOf(codes).map { ($0, 1) }
        }
        let code = record.required("kind")?.oneOf(codes)
        let count = record.optional("at_least")
        let minimum = count?.integer() ?? 1
        record.finish()
        if let count, minimum < 1 { count.log.add(notPositive(minimum, at: count.pointer)) }
        return code.map { ($0, minimum) }
    }

    private static func words(_ reader: ValueReader) -> [String] {
        reader.list().compactMap { item in
            guard let word = item.text() else { return nil }
            // Every value contains the empty word, so it would make all of them vague.
            if canonicalText(word).isEmpty { item.log.add(emptyWord(at: item.pointer)) }
            return word
        }
    }
}

// MARK: - Schema

extension TargetSettings {
    static let schema: Value = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": false,
        "properties": [
            "required": [
                "description": "The kinds of which there must be targets, by code, with how many at least.",
                "type": "array",
                "items": [
                    "oneOf": [
                        ["type": "string", "minLength": 1],
                        [
                            "type": "object",
                            "required": ["kind"],
                            "additionalProperties": false,
                            "properties": [
                                "kind": ["type": "string"], "at_least": ["type": "integer", "minimum": 1],
                            ],
                        ],
                    ]
                ],
            ],
            "quantity_kind": ["type": "string", "default": "quantity"],
            "vague_words": words(defaultVagueWords),
            "unmeasured_words": words(defaultUnmeasuredWords),
            "taxonomy": [
                "type": "object",
                "required": ["kinds"],
                "additionalProperties": false,
                "properties": [
                    "version": ["type": ["string", "number"]],
                    "source": ["type": "string"],
                    "kinds": ["type": "array", "minItems": 1, "items": ["$ref": "#/$defs/kind"]],
                ],
            ],
        ],
        "$defs": [
            "kind": [
                "type": "object",
                "required": ["code", "places"],
                "additionalProperties": false,
                "properties": [
                    "code": ["type": "string"],
                    "name": ["type": ["string", "object"]],
                    "parts": ["type": "array", "items": ["$ref": "#/$defs/part"]],
                    "places": ["type": "array", "items": ["$ref": "#/$defs/place"]],
                ],
            ],
            "part": [
                "type": "object",
                "required": ["code"],
                "additionalProperties": false,
                "properties": ["code": ["type": "string"], "name": ["type": ["string", "object"]]],
            ],
            "place": [
                "type": "object",
                "required": ["level1", "level2"],
                "additionalProperties": false,
                "properties": [
                    "level1": ["type": "string"], "level2": ["type": "string"],
                    "version": ["type": ["string", "number"]], "part": ["type": "string"],
                ],
            ],
        ],
    ]

    private static func words(_ defaults: [String]) -> Value {
        ["type": "array", "items": ["type": "string", "minLength": 1], "default": .list(defaults.map(Value.text))]
    }
}

// MARK: - Messages

private func notPositive(_ count: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "target/at-least",
        message: LocalizedText(zh: "at_least 应为 1 以上的整数，实为 \(count)", en: "at_least must be 1 or more, found \(count)"),
        pointer: pointer,
        help: LocalizedText(zh: "如不要求该类别，请从 required 中删去", en: "leave the kind out of required if it is not needed")
    )
}

private func emptyWord(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "target/empty-word",
        message: LocalizedText(zh: "词语不能为空", en: "a word must not be empty"),
        pointer: pointer,
        help: LocalizedText(zh: "请删去这一项", en: "remove the entry")
    )
}
