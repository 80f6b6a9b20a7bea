/// A value whose long lists are made element by element, as somebody writes or sends them: of a hundred thousand facts there
/// is never a tree of all.
///
///     let review: LongValue = .record([("id", .value("r1")), ("facts", .list(LongList(facts.count) { facts[$0].wire }))])
///     review.whole                              // everything, as a tree, for what is known to be short
public indirect enum LongValue: Sendable {
    case value(Value)
    case list(LongList)
    /// A record whose keys are data.
    case mapping(LongMapping)
    /// Members in order; their keys are unique.
    case record([(key: String, value: LongValue)])

    /// The value as it is, lists and records in it to be taken apart.
    public init(_ value: Value) { self = .value(value) }

    /// Everything, as a tree.
    public var whole: Value {
        switch self {
        case .value(let value): value
        case .list(let list): .list(list.elements)
        case .mapping(let mapping): .record(mapping.record(mapping.indices))
        case .record(let members): .record(Record(members.map { ($0.key, $0.value.whole) }))
        }
    }
}

/// Elements that are made when they are asked for, each time anew.
public struct LongList: Sendable {
    public let count: Int
    private let element: @Sendable (Int) -> Value
    /// Writes what `element` gives, compact; where there is a way without making it.
    private let directly: (@Sendable (Int, inout JSONWriter) -> Void)?

    public init(_ count: Int, _ element: @escaping @Sendable (Int) -> Value) {
        (self.count, self.element, directly) = (count, element, nil)
    }

    package init(
        _ count: Int,
        _ element: @escaping @Sendable (Int) -> Value,
        directly: @escaping @Sendable (Int, inout JSONWriter) -> Void
    ) {
        (self.count, self.element, self.directly) = (count, element, directly)
    }

    public init(_ elements: [Value]) { self.init(elements.count) { elements[$0] } }

    public subscript(index: Int) -> Value { element(index) }

    /// Writes an element into a writer of lines.
    package func write(_ index: Int, into writer: inout JSONWriter) {
        if let directly { directly(index, &writer) } else { writer.write(element(index)) }
    }

    public var elements: [Value] { elements(0..<count) }

    public func elements(_ range: Range<Int>) -> [Value] { range.map(element) }
}

/// Members that are made when they are asked for, each time anew. Their keys are unique.
public struct LongMapping: Sendable {
    public let count: Int
    private let key: @Sendable (Int) -> String
    private let value: @Sendable (Int) -> Value

    public init(
        _ count: Int,
        key: @escaping @Sendable (Int) -> String,
        value: @escaping @Sendable (Int) -> Value
    ) {
        (self.count, self.key, self.value) = (count, key, value)
    }

    public init(_ record: Record) {
        let members = record.members
        self.init(members.count, key: { members[$0].key }, value: { members[$0].value })
    }

    public var indices: Range<Int> { 0..<count }

    public func key(_ index: Int) -> String { key(index) }

    public func value(_ index: Int) -> Value { value(index) }

    public func record(_ range: Range<Int>) -> Record { Record(range.map { (key($0), value($0)) }) }

    /// The members as elements of a list, each `{key, value}`.
    public var list: LongList { LongList(count) { ["key": .text(key($0)), "value": value($0)] } }

    /// The members' positions in the order of their keys' code points.
    var sortedByKey: [Int] {
        let keys = indices.map(key)
        return indices.sorted { keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) }
    }
}
