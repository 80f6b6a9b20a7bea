internal import Groundwork

/// The two families of markup that are written here. They differ in what a text must not hold.
public enum MarkupDialect: Sendable {
    case html
    /// XML 1.0. It has no place for most control characters, not even escaped: they become the replacement character.
    /// Line breaks and tabs are escaped, so that attributes keep them.
    case xml
}

/// Markup being written into one buffer of bytes: HTML, SARIF's neighbours, the parts of an Office file.
///
///     var page = MarkupWriter(.html)
///     page.open("p", ["class": "note"])
///     page.text("a < b")
///     page.close("p")
///     page.markup                       // <p class="note">a &lt; b</p>
///
/// Text and attribute values are escaped; controls, marks that turn the direction of writing, separators of lines and what nobody
/// sees are shown as `\u{202E}`. Names of elements and attributes are the caller's own and are not checked.
public struct MarkupWriter: Sendable {
    public let dialect: MarkupDialect
    /// What has been written, as UTF-8.
    public private(set) var bytes: [UInt8] = []

    public init(_ dialect: MarkupDialect, reserving capacity: Int = 1 << 12) {
        self.dialect = dialect
        bytes.reserveCapacity(capacity)
    }

    /// What has been written, as text.
    public var markup: String { String(decoding: bytes, as: UTF8.self) }

    /// Text, escaped.
    public mutating func text(_ text: some StringProtocol) {
        append(text) { bytes, dialect, into in escape(bytes, dialect, &into) }
    }

    /// Markup that is already right: an element written elsewhere, white space.
    public mutating func raw(_ markup: some StringProtocol) {
        append(markup) { bytes, _, into in into.append(contentsOf: bytes) }
    }

    /// What another writer has written.
    public mutating func raw(_ other: MarkupWriter) { bytes += other.bytes }

    /// `<name attribute="value">`.
    public mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
        begin(name, attributes)
        bytes.append(UInt8(ascii: ">"))
    }

    /// `</name>`.
    public mutating func close(_ name: String) {
        raw("</")
        raw(name)
        bytes.append(UInt8(ascii: ">"))
    }

    /// `<name attribute="value"/>`.
    public mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
        begin(name, attributes)
        raw("/>")
    }

    /// `<name attribute="value">text</name>`.
    public mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        open(name, attributes)
        self.text(text)
        close(name)
    }

    /// ` name="value"`, for the tag that is being written by hand.
    public mutating func attribute(_ name: String, _ value: some StringProtocol) {
        bytes.append(UInt8(ascii: " "))
        raw(name)
        raw("=\"")
        text(value)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func begin(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        bytes.append(UInt8(ascii: "<"))
        raw(name)
        for (name, value) in attributes { attribute(name, value) }
    }

    private mutating func append(
        _ text: some StringProtocol,
        _ body: (UnsafeBufferPointer<UInt8>, MarkupDialect, inout [UInt8]) -> Void
    ) {
        if text.utf8.withContiguousStorageIfAvailable({ body($0, dialect, &bytes) }) == nil {
            Array(text.utf8).withUnsafeBufferPointer { body($0, dialect, &bytes) }
        }
    }
}

/// The text escaped for the text of an element and for a quoted attribute.
public func escaped(_ text: String, for dialect: MarkupDialect) -> String {
    var writer = MarkupWriter(dialect, reserving: text.utf8.count + 16)
    writer.text(text)
    return writer.markup
}

/// Copies stretches that need no escape as a whole.
private func escape(_ source: UnsafeBufferPointer<UInt8>, _ dialect: MarkupDialect, _ target: inout [UInt8]) {
    var (start, position) = (0, 0)
    while position < source.count {
        let byte = source[position]
        // Nearly every byte of a Chinese text begins or continues an ideograph.
        if byte > UInt8(ascii: ">"), !mayBegin(byte) {
            position += 1
            continue
        }
        if byte >= 0x20 || dialect == .html, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\t"),
            let (scalar, length) = source.actedOn(at: position)
        {
            target.append(contentsOf: source[start..<position])
            target += scalar.visibleForm.utf8
            position += length
            start = position
            continue
        }
        guard let (replacement, length) = replacement(source, position, dialect) else {
            position += 1
            continue
        }
        target.append(contentsOf: source[start..<position])
        replacement.withUTF8Buffer { target.append(contentsOf: $0) }
        position += length
        start = position
    }
    target.append(contentsOf: source[start...])
}

/// Whether a byte above `>` can begin what needs a look: U+FFFE and U+FFFF, and what would be acted on or not be seen.
@inline(__always)
private func mayBegin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x7F, 0xC2, 0xCD, 0xD8, 0xE1...0xE3, 0xEF, 0xF0, 0xF3: true
    default: false
    }
}

/// What stands for the character at `position`, and how many bytes it has; `nil` when it may stay.
private func replacement(
    _ source: UnsafeBufferPointer<UInt8>,
    _ position: Int,
    _ dialect: MarkupDialect
) -> (StaticString, Int)? {
    switch (source[position], dialect) {
    case (UInt8(ascii: "&"), _): ("&amp;", 1)
    case (UInt8(ascii: "<"), _): ("&lt;", 1)
    case (UInt8(ascii: ">"), _): ("&gt;", 1)
    case (UInt8(ascii: "\""), _): ("&quot;", 1)
    case (UInt8(ascii: "'"), .html): ("&#39;", 1)
    case (UInt8(ascii: "\n"), .xml): ("&#10;", 1)
    case (UInt8(ascii: "\t"), .xml): ("&#9;", 1)
    case (0..<0x20, .xml): ("\u{FFFD}", 1)
    case (0xEF, .xml): isNoCharacter(source, position) ? ("\u{FFFD}", 3) : nil
    default: nil
    }
}

/// Whether U+FFFE or U+FFFF stands at `position`.
private func isNoCharacter(_ source: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
    position + 2 < source.count && source[position + 1] == 0xBF && source[position + 2] >= 0xBE
}
