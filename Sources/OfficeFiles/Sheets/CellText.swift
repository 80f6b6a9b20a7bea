/// The texts of cells as people see them.
enum CellText {
    /// Whether the bytes may be anything but a plain text: escapes, carriage returns, bytes that must be looked at.
    static func needsCare(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes where byte >= 0x80 || byte == UInt8(ascii: "_") || byte == 0x0D { return true }
        return false
    }

    /// `_x000D_` stands for the character of that number, a line end is a line feed whatever the program wrote.
    ///
    /// - Returns: `nil` for bytes that are no UTF-8.
    static func settled(_ bytes: some Collection<UInt8>) -> [UInt8]? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var (settled, rest) = ([UInt8](), Array(text.utf8)[...])
        settled.reserveCapacity(rest.count)
        while let byte = rest.first {
            if byte == UInt8(ascii: "_"), let scalar = escaped(rest) {
                settled += String(scalar).utf8
                rest = rest.dropFirst(7)
            } else {
                settled.append(byte)
                rest = rest.dropFirst()
            }
        }
        return settled.contains(0x0D) ? withLineFeeds(settled) : settled
    }

    /// `_x000D_`, with four digits of either case.
    private static func escaped(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let escape = bytes.prefix(7)
        guard escape.count == 7, escape.dropFirst().first == UInt8(ascii: "x"), escape.last == UInt8(ascii: "_"),
            let code = UInt32(String(decoding: escape.dropFirst(2).dropLast(), as: UTF8.self), radix: 16), code > 0
        else { return nil }
        // Half of a pair stays as it is written.
        return Unicode.Scalar(code)
    }

    private static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (position, byte) in bytes.enumerated() {
            if byte != 0x0D {
                result.append(byte)
            } else if position + 1 >= bytes.count || bytes[position + 1] != 0x0A {
                result.append(0x0A)
            }
        }
        return result
    }
}

/// The text of a shared or inline string: plain, or in runs that differ in their font; how it is pronounced is left out.
struct RichText {
    let xml: XMLBytes
    var position: Int
    private(set) var bytes: [UInt8] = []

    init(xml: XMLBytes, position: Int) { (self.xml, self.position) = (xml, position) }

    /// Reads up to behind the closing tag of that name.
    mutating func read(endingWith name: StaticString) -> SheetScanner.Unit {
        var (isText, pronounced) = (false, 0)
        while true {
            guard let start = xml.next(UInt8(ascii: "<"), from: position) else { return .more }
            if isText, pronounced == 0, !xml.append(position..<start, to: &bytes) { return .unknown }
            switch xml.tag(at: start) {
            case .more: return .more
            case .unknown: return .unknown
            case .tag(let tag):
                position = tag.next
                if xml.hasPrefix(tag) { return .unknown }
                if tag.isClosing, xml.equals(tag.name, name) { return settle() }
                if xml.equals(tag.name, "t") { isText = !tag.isClosing && !tag.isEmpty }
                if xml.equals(tag.name, "rPh"), !tag.isEmpty { pronounced += tag.isClosing ? -1 : 1 }
            }
        }
    }

    private mutating func settle() -> SheetScanner.Unit {
        if !CellText.needsCare(bytes) { return .taken }
        guard let settled = CellText.settled(bytes) else { return .unknown }
        bytes = settled
        return .taken
    }
}
