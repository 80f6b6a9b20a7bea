public import ExactNumbers
public import Groundwork

/// Reads a ``Value`` into something typed, gathering every mistake instead of stopping at the first.
///
///     let log = DiagnosticLog()
///     let settings = ValueReader(configuration, log: log).record()
///     let scale = settings?.required("scale")?.decimal() ?? 100
///     settings?.finish()                    // reports the keys that nobody asked for
///     return log.diagnostics
///
/// Each mistake carries the JSON Pointer of the value, what was expected and, where a word was nearly right, the word
/// that was probably meant.
public struct ValueReader {
    public let value: Value
    public let log: DiagnosticLog
    private let further: FurtherElements?
    /// Where it stands: under `parent`, which is only put together with `step` when somebody asks. Most values are right,
    /// and nobody does.
    private let parent: JSONPointer
    private let step: Step

    private enum Step {
        case none
        case key(String)
        case index(Int)
    }

    /// - Parameter further: elements of lists in the value that did not come with it.
    public init(
        _ value: Value,
        at pointer: JSONPointer = JSONPointer(),
        further: FurtherElements? = nil,
        log: DiagnosticLog
    ) {
        self.init(value, pointer, .none, log, further)
    }

    private init(_ value: Value, _ parent: JSONPointer, _ step: Step, _ log: DiagnosticLog, _ further: FurtherElements?)
    {
        (self.value, self.parent, self.step, self.log, self.further) = (value, parent, step, log, further)
    }

    fileprivate init(_ value: Value, key: String, of record: RecordReader) {
        self.init(value, record.pointer, .key(key), record.log, record.further)
    }

    public var pointer: JSONPointer {
        switch step {
        case .none: parent
        case .key(let key): parent / key
        case .index(let index): parent / index
        }
    }

    public var isNull: Bool { value.isNull }

    /// The members, to be read by key. Reports anything but a record.
    public func record() -> RecordReader? {
        guard case .record(let record) = value else { return mismatch(ValueKind.record.name) }
        return RecordReader(record, at: pointer, further: further, log: log)
    }

    /// The elements. Reports anything but a list.
    public func list() -> [ValueReader] {
        var readers: [ValueReader] = []
        forEachElement { readers.append($0) }
        return readers
    }

    /// The elements one by one, however many there are. Reports anything but a list.
    public func forEachElement(_ body: (ValueReader) -> Void) { forEachElement(body, directly: { _ in false }) }

    /// The same.
    ///
    /// - Parameter directly: is asked first for elements that came after the list, as text, and passes over those that it takes.
    func forEachElement(_ body: (ValueReader) -> Void, directly: (inout JSONCursor) -> Bool) {
        guard case .list(let items) = value else { return mismatch(ValueKind.list.name) ?? () }
        let pointer = pointer
        for (index, item) in items.enumerated() { body(ValueReader(item, pointer, .index(index), log, further)) }
        guard let further else { return }
        var index = items.count
        further.forEach(at: pointer) { cursor in
            if !directly(&cursor) { body(ValueReader(cursor.value(), pointer, .index(index), log, further)) }
            index += 1
        }
    }

    /// The text; a number counts as the text of its digits. Reports lists, records, truth values and null.
    public func text() -> String? {
        switch value {
        case .text, .integer, .decimal: value.scalarText
        default: mismatch(ValueKind.text.name)
        }
    }

    /// A text that is one of `allowed`.
    public func oneOf(_ allowed: [String]) -> String? {
        guard let text = text() else { return nil }
        if allowed.contains(text) { return text }
        log.add(notAllowed(text, allowed, at: pointer))
        return nil
    }

    /// An exact decimal, written as a number or as text, with or without thousands separators.
    public func decimal() -> ExactDecimal? {
        if let number = value.decimal { return number }
        if case .text(let text) = value, let number = ExactDecimal(grouped: text) { return number }
        return mismatch(decimalName)
    }

    /// A percentage in percent: `95.04%`, `95.04` and `"95.04"` all read as 95.04.
    public func percent() -> ExactDecimal? {
        if case .text(let text) = value, text.hasSuffix("%") {
            return ExactDecimal(grouped: String(text.dropLast())) ?? mismatch(percentName)
        }
        return value.decimal ?? mismatch(percentName)
    }

    public func integer() -> Int? { value.integer ?? mismatch(integerName) }

    public func boolean() -> Bool? { value.boolean ?? mismatch(ValueKind.boolean.name) }

    /// A text, used for both languages, or a record with `zh` and `en`; one of them may stand for both.
    public func localizedText() -> LocalizedText? {
        guard case .record = value, let record = record() else { return text().map(LocalizedText.init(_:)) }
        let (zh, en) = (record.optional("zh")?.text(), record.optional("en")?.text())
        record.finish()
        guard let either = zh ?? en else { return mismatch(ValueKind.text.name) }
        return LocalizedText(zh: zh ?? either, en: en ?? either)
    }

    private func mismatch<Result>(_ expected: LocalizedText) -> Result? {
        log.add(wrongType(expected, found: value, at: pointer))
        return nil
    }
}

/// The members of a record, read by key; it remembers which keys were asked for.
public final class RecordReader {
    public let record: Record
    public let pointer: JSONPointer
    public let log: DiagnosticLog
    fileprivate let further: FurtherElements?
    private var asked: [String] = []
    private var missed: [String] = []

    public init(_ record: Record, at pointer: JSONPointer, further: FurtherElements? = nil, log: DiagnosticLog) {
        self.record = record
        self.pointer = pointer
        self.further = further
        self.log = log
        asked.reserveCapacity(8)
    }

    /// The value of `key`; reports its absence.
    public func required(_ key: String) -> ValueReader? {
        if let reader = optional(key) { return reader }
        log.add(missing(key, at: pointer))
        missed.append(key)
        return nil
    }

    /// The value of `key`, or `nil` when it is absent or null.
    public func optional(_ key: String) -> ValueReader? {
        asked.append(key)
        guard let value = record[key], !value.isNull else { return nil }
        return ValueReader(value, key: key, of: self)
    }

    /// All members, for records whose keys are data. They count as asked for.
    public func all() -> [(key: String, value: ValueReader)] {
        asked += record.keys
        var members: [(key: String, value: ValueReader)] = []
        forEachMember { members.append(($0, $1)) }
        return members
    }

    /// The members one by one, however many there are. To be called instead of ``all()`` where they may be many.
    public func forEachMember(_ body: (String, ValueReader) -> Void) {
        for member in record.members { body(member.key, ValueReader(member.value, key: member.key, of: self)) }
        further?.forEach(at: pointer) { cursor in
            let item = cursor.value()
            guard let key = item["key"]?.text, let value = item["value"] else { return }
            body(key, ValueReader(value, key: key, of: self))
        }
    }

    /// Reports every key that was never asked for, with the one that was probably meant.
    public func finish() {
        let members = record.members
        let unknown = members.indices.filter { !asked.contains(members[$0].key) }
        guard !unknown.isEmpty else { return }
        var strange: [String] = []
        for index in unknown {
            let key = members[index].key
            if tellsOfParted(members, at: index) { continue }
            // A key that is only misspelt is told once, not as unknown and as missing.
            if let meant = meantWord(key.withPlainCharacters, among: asked), missed.contains(meant) {
                withdrawMissing(meant)
            }
            strange.append(key)
        }
        // One key that is not known where one is missing stands in its place: that is one mistake. One that is misspelt stands for itself.
        let isMisspelt = strange.first.flatMap { meantWord($0.withPlainCharacters, among: asked) } != nil
        let replaced = strange.count == 1 && missed.count == 1 && !isMisspelt ? missed[0] : nil
        if let replaced { withdrawMissing(replaced) }
        for key in strange { log.add(unknownKey(key, known: asked, inPlaceOf: replaced, at: pointer / key)) }
    }

    private func withdrawMissing(_ key: String) {
        log.withdraw(missing(key, at: pointer))
        missed.removeAll { $0 == key }
    }

    /// Whether a key without a value is the rest of the value before it, which a comma has parted: `{a: 1,000}`, `{a: 按1,100.00元}`, or
    /// `{a: x, y}` where a list belongs. That is told once, of the value.
    private func tellsOfParted(_ members: [Record.Member], at index: Int) -> Bool {
        guard members[index].value.isNull, let start = members[..<index].lastIndex(where: { !$0.value.isNull }),
            asked.contains(members[start].key), let first = members[start].value.scalarText,
            members[(start + 1)...index].allSatisfy({ $0.value.isNull && !asked.contains($0.key) })
        else { return false }
        let rests = members[(start + 1)...].prefix { $0.value.isNull && !asked.contains($0.key) }.map(\.key)
        let place = pointer / members[start].key
        if index > start + 1 { return log.diagnostics.contains { $0.pointer == place && $0.code == partedCode } }
        let isList = log.withdraw(wrongType(ValueKind.list.name, found: members[start].value, at: place))
        let isFigure = [decimalName, percentName, integerName].contains {
            log.withdraw(wrongType($0, found: members[start].value, at: place))
        }
        let isNumber = first.last.map(isDigit) == true && rests[0].first.map(isDigit) == true
        guard isList || isFigure || isNumber else { return false }
        log.add(parted(first, rests, isList: isList, at: place))
        return true
    }
}
