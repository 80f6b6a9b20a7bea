public import ExactNumbers
public import Groundwork
public import ReportDocument

/// What a name of a template stands for. The caller of the engine gives them, through ``TemplateRecord``.
public enum TemplateValue {
    /// A name that is there and has no value: an empty cell.
    case nothing
    /// An empty text counts as absent, so that `{{#detail}}…{{/detail}}` prints nothing for it.
    case text(String)
    /// One of the values that a form lets one choose from, and what the form calls it in the language of the report: it prints
    /// by that name, and conditions may ask for either.
    case choice(String, name: String)
    case figure(Figure)
    case day(CalendarDate)
    case flag(Bool)
    case list(TemplateList)
    case record(any TemplateRecord)
    /// A text that itself holds tags, filled in where it is printed.
    case slots(SlottedText)
}

/// Named values: the fields of a form, a row of a table.
///
/// A record computes its values when they are asked for and must not keep one that leads back to itself, or the memory of a
/// whole report is never given back.
public protocol TemplateRecord {
    /// The value of a name; `nil` when there is no such name, which is a mistake of the template.
    func member(_ name: String) -> TemplateValue?
    /// Whether it has no names at all; such a record counts as absent.
    var isEmpty: Bool { get }
}

extension TemplateRecord {
    public var isEmpty: Bool { false }
}

/// Values by name, in memory.
public struct NamedValues: TemplateRecord, ExpressibleByDictionaryLiteral {
    public var members: [String: TemplateValue]

    public init(_ members: [String: TemplateValue] = [:]) { self.members = members }

    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        members = Dictionary(elements) { _, last in last }
    }

    public func member(_ name: String) -> TemplateValue? { members[name] }
    public var isEmpty: Bool { members.isEmpty }
}

/// A text of the dossier that holds tags. It sees the names of `record`, where it stands in one, and those of the whole
/// report.
public struct SlottedText {
    public var wording: Wording
    public var record: (any TemplateRecord)?
    /// Whether the template has it, not the dossier: then its amounts print in the template's unit.
    public var isOfTemplate: Bool

    public init(_ wording: Wording, in record: (any TemplateRecord)? = nil, isOfTemplate: Bool = false) {
        (self.wording, self.record, self.isOfTemplate) = (wording, record, isOfTemplate)
    }
}

/// Values in a row. Elements that are records also know their place, as `index` from 1, `first` and `last`, unless they have
/// such names themselves.
public struct TemplateList {
    private let values: [TemplateValue]
    private let isReversed: Bool

    public init(_ values: [TemplateValue]) { self.init(values, isReversed: false) }

    private init(_ values: [TemplateValue], isReversed: Bool) {
        (self.values, self.isReversed) = (values, isReversed)
    }

    public var count: Int { values.count }
    public var isEmpty: Bool { values.isEmpty }

    /// The same backwards; the elements keep their places.
    public var reversed: TemplateList { TemplateList(values, isReversed: !isReversed) }

    /// The elements themselves, without their places.
    var bare: [TemplateValue] { isReversed ? values.reversed() : values }

    /// The member of that name of each element; `nil` when one has no such name.
    func members(_ name: String) -> [TemplateValue]? {
        var members: [TemplateValue] = []
        members.reserveCapacity(values.count)
        for value in bare {
            guard let member = value.record?.member(name) else { return nil }
            members.append(member)
        }
        return members
    }

    /// The element at a position from 0.
    public subscript(position: Int) -> TemplateValue {
        let index = isReversed ? values.count - 1 - position : position
        guard case .record(let record) = values[index] else { return values[index] }
        return .record(ListElement(record: record, place: ListPlace(index: index, count: values.count)))
    }
}

/// The place of an element in its list.
struct ListPlace {
    /// From 0.
    var index: Int
    var count: Int

    func value(_ name: String) -> TemplateValue? {
        switch name {
        case "index": .figure(Figure(ExactDecimal(index + 1), .plain))
        case "first": .flag(index == 0)
        case "last": .flag(index == count - 1)
        default: nil
        }
    }
}

private struct ListElement: TemplateRecord {
    let record: any TemplateRecord
    let place: ListPlace

    func member(_ name: String) -> TemplateValue? { record.member(name) ?? place.value(name) }
    var isEmpty: Bool { record.isEmpty }
}

extension TemplateValue {
    /// Whether a condition on this value holds: something to print, a true flag, a figure, a list or record that is not
    /// empty.
    public var isPresent: Bool {
        switch self {
        case .nothing: false
        case .text(let text), .choice(let text, _): !text.isEmpty
        case .figure, .slots, .day: true
        case .flag(let flag): flag
        case .list(let list): !list.isEmpty
        case .record(let record): !record.isEmpty
        }
    }

    /// The elements of a list; anything else that is present counts as a list of one.
    public var elements: TemplateList {
        if case .list(let list) = self { return list }
        return TemplateList(isPresent ? [self] : [])
    }

    public var record: (any TemplateRecord)? {
        if case .record(let record) = self { record } else { nil }
    }

    /// The number, also of a text that is one: `1,401.77`.
    public var figure: Figure? {
        switch self {
        case .figure(let figure): figure
        case .text(let text), .choice(let text, _): ExactDecimal(grouped: text).map { Figure($0) }
        default: nil
        }
    }

    /// A figure, or nothing for `nil`.
    public static func figure(_ value: ExactDecimal?, _ form: FigureForm, fact: String? = nil) -> TemplateValue {
        value.map { .figure(Figure($0, form, fact: fact)) } ?? .nothing
    }

    /// A whole number, printed in digits only.
    public static func integer(_ number: Int) -> TemplateValue { .figure(Figure(ExactDecimal(number), .plain)) }

    /// Values in a row.
    public static func list(_ values: [TemplateValue]) -> TemplateValue { .list(TemplateList(values)) }
}
