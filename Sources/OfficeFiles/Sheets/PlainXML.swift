/// Writes an XML part again, in the plainest way that there is: UTF-8, no prefixes, no comments, no CDATA, double quotes, and of
/// the elements only those that workbooks are made of.
///
/// What the scanner does not know it gets in this form. So there is one reader of cells, and whatever XML allows is read by it.
final class PlainXML: XMLHandler {
    /// What was written and not yet taken.
    var written: [UInt8] = []
    /// How many elements deep we are in something that is left out.
    private var skipping = 0

    /// A whole part.
    static func of(_ bytes: [UInt8]) throws(OfficeFileError) -> [UInt8] {
        let plain = PlainXML()
        try XMLReader.read(bytes, into: plain)
        return plain.written
    }

    func begin(_ name: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) {
        if skipping > 0 || !isKnown(name) { return skipping += 1 }
        if name.namespace == .compatibility { return }
        written.append(UInt8(ascii: "<"))
        written += name.local.utf8
        attributes.forEach { name, value in
            guard name.namespace == .relationship || name.namespace == .none else { return }
            written += (name.namespace == .none ? " " : " r:").utf8
            written += name.local.utf8
            written += "=\"".utf8
            for byte in value.utf8 { write(byte) }
            written.append(UInt8(ascii: "\""))
        }
        written.append(UInt8(ascii: ">"))
    }

    func end(_ name: XMLName, _ reader: XMLReader) {
        if skipping > 0 { return skipping -= 1 }
        if name.namespace == .compatibility { return }
        written += "</".utf8
        written += name.local.utf8
        written.append(UInt8(ascii: ">"))
    }

    func text(_ text: String, _ reader: XMLReader) {
        if skipping == 0 { for byte in text.utf8 { write(byte) } }
    }

    /// Of alternatives the one for readers that know no extensions is taken.
    private func isKnown(_ name: XMLName) -> Bool {
        switch name.namespace {
        case .compatibility: name.local == "AlternateContent" || name.local == "Fallback"
        case .sheet, .packageRelationship: true
        default: false
        }
    }

    private func write(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): written += "&amp;".utf8
        case UInt8(ascii: "<"): written += "&lt;".utf8
        case UInt8(ascii: ">"): written += "&gt;".utf8
        case UInt8(ascii: "\""): written += "&quot;".utf8
        case UInt8(ascii: "\r"): written += "&#13;".utf8
        default: written.append(byte)
        }
    }
}
