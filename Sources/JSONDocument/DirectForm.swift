package import ExactNumbers
package import Groundwork

/// Something that is read straight from checked JSON where it is written as usual, without a tree of it in between.
///
/// Of a hundred thousand findings the trees cost more than the findings.
package protocol DirectForm: WireForm {
    /// Reads the value at the cursor, and passes over it.
    ///
    /// `nil` for all that is not quite as ``WireForm/wire`` writes it: a member of another kind, one that is missing, null. It is
    /// then read by `init(wire:)`, which knows what may be left out and says what is wrong. What is read here must be what that reads.
    ///
    /// - Parameter earlier: the element before it in its list. Texts that are the same in both may be held once.
    init?(direct cursor: inout JSONCursor, after earlier: Self?)
    /// Writes what ``WireForm/wire`` is, compact.
    func write(into writer: inout JSONWriter)
}

extension JSONWriter {
    /// `,"key":"text"`.
    package mutating func member(_ key: StaticString, _ text: String) {
        begin(key)
        write(text: text)
    }

    /// The same, unless there is nothing to say.
    package mutating func memberIfPresent(_ key: StaticString, _ text: String) {
        if !text.isEmpty { member(key, text) }
    }

    package mutating func member(_ key: StaticString, _ text: LocalizedText) {
        begin(key)
        write(raw: "{\"zh\":")
        write(text: text.zh)
        write(raw: ",\"en\":")
        write(text: text.en)
        write(raw: "}")
    }

    package mutating func member(_ key: StaticString, _ number: ExactDecimal) {
        begin(key)
        if let small = Int64(exactly: number.significand) {
            write(decimal: small, places: number.places)
        } else {
            write(.decimal(number))
        }
    }

    package mutating func member(_ key: StaticString, _ number: Int) {
        begin(key)
        write(number)
    }

    package mutating func member(_ key: StaticString, _ value: Value) {
        begin(key)
        write(value)
    }

    /// A list, unless it is empty.
    package mutating func memberIfPresent<Element>(
        _ key: StaticString,
        _ elements: [Element],
        _ element: (Element, inout JSONWriter) -> Void
    ) {
        if !elements.isEmpty { member(key, elements, element) }
    }

    package mutating func member<Element>(
        _ key: StaticString,
        _ elements: [Element],
        _ element: (Element, inout JSONWriter) -> Void
    ) {
        begin(key)
        write(raw: "[")
        for position in elements.indices {
            if position > 0 { write(raw: ",") }
            element(elements[position], &self)
        }
        write(raw: "]")
    }

    private mutating func begin(_ key: StaticString) {
        write(raw: ",\"")
        write(raw: key)
        write(raw: "\":")
    }
}

/// Whether all that was read so far is as usual.
package struct Usualness {
    package private(set) var holds = true

    package init() {}

    /// The value, if it is one.
    @inline(__always)
    package mutating func take<Result>(_ value: Result?) -> Result? {
        if value == nil { holds = false }
        return value
    }
}

extension JSONCursor {
    /// - Parameter like: a text that this one may be the same as.
    package mutating func text(_ usual: inout Usualness, like earlier: String? = nil) -> String? {
        guard kind == .text else {
            skip()
            return usual.take(nil)
        }
        guard let earlier else { return usual.take(text()) }
        let start = self
        var isSame = false
        _ = plainText { isSame = $0.elementsEqual(earlier.utf8) }
        if isSame { return earlier }
        self = start
        return usual.take(text())
    }

    package mutating func decimal(_ usual: inout Usualness) -> ExactDecimal? {
        var number: ExactDecimal?
        if !plainText({ number = ExactDecimal(utf8: $0) }) { skip() }
        return usual.take(number)
    }

    package mutating func count(_ usual: inout Usualness) -> Int? {
        let number = plainInteger()
        if number == nil { skip() }
        return usual.take(number.flatMap { (1...Int(Int32.max)).contains($0) ? $0 : nil })
    }

    package mutating func pointer(_ usual: inout Usualness) -> JSONPointer? {
        usual.take(text(&usual).flatMap { JSONPointer($0) })
    }

    package mutating func localizedText(
        _ usual: inout Usualness,
        like earlier: LocalizedText? = nil
    ) -> LocalizedText? {
        var (zh, en, isUsual) = (nil as String?, nil as String?, Usualness())
        let isRecord = members { key, cursor in
            switch key {
            case "zh": zh = cursor.text(&isUsual, like: earlier?.zh)
            case "en": en = cursor.text(&isUsual, like: earlier?.en)
            default:
                _ = isUsual.take(nil as String?)
                cursor.skip()
            }
        }
        guard isRecord, isUsual.holds, let zh, let en else { return usual.take(nil) }
        return LocalizedText(zh: zh, en: en)
    }

    /// The elements of a list.
    package mutating func list<Element>(
        _ usual: inout Usualness,
        _ element: (inout JSONCursor, inout Usualness) -> Element?
    ) -> [Element] {
        var (elements, isUsual) = ([Element](), Usualness())
        let isList = self.elements { cursor in
            if let read = isUsual.take(element(&cursor, &isUsual)) { elements.append(read) }
            return true
        }
        if !isList || !isUsual.holds { _ = usual.take(nil as Element?) }
        return elements
    }

    package mutating func list<Element: DirectForm>(of type: Element.Type, _ usual: inout Usualness) -> [Element] {
        list(&usual) { cursor, usual in usual.take(Element(direct: &cursor, after: nil)) }
    }

    /// A part that is rare enough to be read by way of a tree.
    package mutating func rare<Part: WireForm>(_ type: Part.Type, _ usual: inout Usualness) -> Part? {
        let log = DiagnosticLog()
        let part = Part(wire: ValueReader(value(), log: log))
        return usual.take(log.diagnostics.isEmpty ? part : nil)
    }
}

extension ValueReader {
    /// The elements of a list. Those that came after it are read straight from their text where they are as usual.
    package func list<Element: DirectForm>(of type: Element.Type) -> [Element] {
        var elements: [Element] = []
        forEachElement(
            { if let element = Element(wire: $0) { elements.append(element) } },
            directly: { cursor in
                var ahead = cursor
                guard let element = Element(direct: &ahead, after: elements.last) else { return false }
                cursor = ahead
                elements.append(element)
                return true
            }
        )
        return elements
    }
}
