public import ExactNumbers
public import Groundwork

/// Any document value: what a spec's fields, a table's cells, a plugin's settings and a message are made of.
///
/// Money, rates and points travel as decimal *text* (`"14017700.00"`); ``decimal`` accepts text and numbers alike, so
/// that a reader never needs to care how a peer wrote a figure.
public enum Value: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int)
    case decimal(ExactDecimal)
    case text(String)
    case list([Value])
    case record(Record)
}

extension Value {
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The text; `nil` for anything but text.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The number as an exact decimal, from a number or from decimal text; otherwise `nil`.
    public var decimal: ExactDecimal? {
        switch self {
        case .decimal(let number): number
        case .integer(let number): ExactDecimal(number)
        case .text(let text): ExactDecimal(text)
        default: nil
        }
    }

    /// The whole number, from an integer or from text that is one; otherwise `nil`.
    public var integer: Int? {
        switch self {
        case .integer(let number): number
        case .decimal(let number):
            number.withoutTrailingZeros.places == 0 ? Int(exactly: number.rounded(to: 0).significand) : nil
        case .text(let text): Int(text)
        default: nil
        }
    }

    public var boolean: Bool? {
        if case .boolean(let flag) = self { flag } else { nil }
    }

    public var list: [Value]? {
        if case .list(let items) = self { items } else { nil }
    }

    public var record: Record? {
        if case .record(let record) = self { record } else { nil }
    }

    /// The member of a record; `nil` when this is no record or has no such member.
    public subscript(key: String) -> Value? { record?[key] }

    /// The scalar as a reader would type it: text as it is, numbers in digits, `true`/`false`, nothing for null;
    /// `nil` for lists and records.
    public var scalarText: String? {
        switch self {
        case .null: ""
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .decimal(let number): number.description
        case .text(let text): text
        case .list, .record: nil
        }
    }

    /// What kind of value this is, for messages: `text`, `number`, `list` …
    public var kind: ValueKind {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .integer, .decimal: .number
        case .text: .text
        case .list: .list
        case .record: .record
        }
    }
}

/// The kinds of ``Value`` as messages name them.
public enum ValueKind: String, Sendable {
    case null, boolean, number, text, list, record

    public var name: LocalizedText {
        switch self {
        case .null: LocalizedText(zh: "空值", en: "nothing")
        case .boolean: LocalizedText(zh: "true 或 false", en: "true or false")
        case .number: LocalizedText(zh: "数字", en: "a number")
        case .text: LocalizedText(zh: "文字", en: "text")
        case .list: LocalizedText(zh: "列表", en: "a list")
        case .record: LocalizedText(zh: "键值表", en: "a mapping")
        }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, Value)...) {
        var record = Record()
        record.reserveCapacity(elements.count)
        for (key, value) in elements { record[key] = value }
        self = .record(record)
    }

    /// Text, or null for `nil`.
    public init(_ text: String?) { self = text.map(Value.text) ?? .null }
    /// A decimal, or null for `nil`.
    public init(_ number: ExactDecimal?) { self = number.map(Value.decimal) ?? .null }
}
