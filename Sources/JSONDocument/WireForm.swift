public import Groundwork

/// Something with a form in JSON, the same wherever it travels or is kept: what stands in a message of the plugin protocol stands
/// in a review's file as it came.
public protocol WireForm: Sendable {
    /// Reads the value and reports every mistake to the reader's log; members it does not know are ignored.
    init?(wire reader: ValueReader)
    var wire: Value { get }
    /// What ``wire`` is, with the elements of its long lists made one by one.
    var long: LongValue { get }
}

extension WireForm {
    public var long: LongValue { .value(wire) }
}

extension LocalizedText: WireForm {
    public init?(wire reader: ValueReader) {
        guard let text = reader.localizedText() else { return nil }
        self = text
    }

    public var wire: Value { ["zh": .text(zh), "en": .text(en)] }
}

extension ValueReader {
    /// The elements of a list, each read as `Element`.
    package func list<Element: WireForm>(of type: Element.Type) -> [Element] {
        var elements: [Element] = []
        forEachElement { if let element = Element(wire: $0) { elements.append(element) } }
        return elements
    }

    package func texts() -> [String] { list().compactMap { $0.text() } }

    package func jsonPointer() -> JSONPointer? {
        guard let text = text() else { return nil }
        if let pointer = JSONPointer(text) { return pointer }
        log.add(noPointer(text, at: pointer))
        return nil
    }
}

private func noPointer(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/wrong-pointer",
        message: LocalizedText(
            zh: "\(quoted(text))不是 JSON Pointer",
            en: "\(quoted(text)) is no JSON Pointer"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "应以 / 开头，例如 /tables/lines/0/amount",
            en: "one begins with a slash: /tables/lines/0/amount"
        )
    )
}

extension Value {
    package init(_ texts: [String]) { self = .list(texts.map(Value.text)) }
    package init(_ pointer: JSONPointer?) { self.init(pointer?.description) }

    /// The wire forms of `elements`, in order.
    package init(wire elements: [some WireForm]) { self = .list(elements.map(\.wire)) }
}

extension LongList {
    /// The wire forms of `elements`, in order.
    package init(wire elements: [some WireForm]) { self.init(elements.count) { elements[$0].wire } }

    package init(wire elements: [some DirectForm]) {
        self.init(elements.count) {
            elements[$0].wire
        } directly: { index, writer in
            elements[index].write(into: &writer)
        }
    }
}

extension [(key: String, value: LongValue)] {
    /// Adds a list unless it is empty.
    package mutating func addIfPresent(_ key: String, _ elements: [some WireForm]) {
        if !elements.isEmpty { append((key, .list(LongList(wire: elements)))) }
    }

    package mutating func addIfPresent(_ key: String, _ elements: [some DirectForm]) {
        if !elements.isEmpty { append((key, .list(LongList(wire: elements)))) }
    }
}

extension Record {
    /// Sets `key` unless `value` is null or an empty text, list or record: what is absent need not be said.
    package mutating func setIfPresent(_ key: String, _ value: Value) {
        switch value {
        case .null, .text(""), .list([]): break
        case .record(let record) where record.isEmpty: break
        default: self[key] = value
        }
    }
}
