import Markup
import OfficeFiles

/// Adds parts to a package that somebody else has made.
struct FirmMerging {
    private let zip: ZipReader

    init(_ zip: ZipReader) { self.zip = zip }

    /// A part beside another.
    static func sibling(_ name: String, of part: String) -> String {
        (part.lastIndex(of: "/").map { String(part[...$0]) } ?? "") + name
    }

    /// Says what the additions are, and who refers to them, in the parts of the package that say so.
    func merge(_ additions: OfficePackage, into changed: inout [String: [UInt8]])
        throws(OfficeFileError)
    {
        let types = "[Content_Types].xml"
        let bytes = try zip.bytes(of: types)
        var (known, prefix) = (Set<String>(), "")
        var scanner = try XMLScanner(bytes)
        while let token = try scanner.next() {
            if let name = token.attribute("Extension") { known.insert(name.lowercased()) }
            if token.name.hasSuffix(":Types") { prefix = String(token.name.dropLast(5)) }
        }
        var writer = MarkupWriter(.xml)
        for (name, mediaType) in additions.extensions where !known.contains(name) {
            writer.empty(prefix + "Default", ["Extension": name, "ContentType": mediaType])
        }
        for (name, kind) in additions.kinds {
            writer.empty(prefix + "Override", ["PartName": "/" + name, "ContentType": kind.mediaType])
        }
        changed[types] = try Self.inserted(writer.markup, before: prefix + "Types", in: bytes)
        var sources: [String] = []
        for reference in additions.references where !sources.contains(reference.source) {
            sources.append(reference.source)
        }
        for source in sources { try relate(source, additions, &changed) }
    }

    private func relate(
        _ source: String,
        _ additions: OfficePackage,
        _ changed: inout [String: [UInt8]]
    ) throws(OfficeFileError) {
        let name = OfficePackage.relationshipsPart(of: source)
        guard let entry = zip[name] else {
            changed[name] = Array(additions.relationships(of: source).utf8)
            return
        }
        let bytes = try zip.bytes(of: entry)
        var (prefix, scanner) = ("", try XMLScanner(bytes))
        while let token = try scanner.next() {
            if token.name.hasSuffix(":Relationships") { prefix = String(token.name.dropLast(13)) }
        }
        let elements = additions.relationshipElements(of: source, prefix: prefix)
        changed[entry.name] = try Self.inserted(elements, before: prefix + "Relationships", in: bytes)
    }

    /// XML put in before the end tag of the root element, which gets one where it has none.
    static func inserted(_ xml: String, before root: String, in bytes: [UInt8])
        throws(OfficeFileError) -> [UInt8]
    {
        if xml.isEmpty { return bytes }
        var (scanner, depth) = (try XMLScanner(bytes), 0)
        while let token = try scanner.next() {
            switch token.kind {
            case .start: depth += 1
            case .end:
                depth -= 1
                if depth == 0, token.name == root {
                    return bytes[..<token.range.lowerBound] + Array(xml.utf8)
                        + bytes[token.range.lowerBound...]
                }
            case .empty:
                guard depth == 0, token.name == root else { continue }
                return bytes[..<(token.range.upperBound - 2)] + Array(">\(xml)</\(root)>".utf8)
                    + bytes[token.range.upperBound...]
            case .text: continue
            }
        }
        throw .noWordFile
    }

    /// Custom properties with the report's among them, numbered after the firm's.
    static func withProperties(_ properties: PropertyParts, _ bytes: [UInt8]) throws(OfficeFileError)
        -> [UInt8]
    {
        var (scanner, last, root, prefix, names) = (
            try XMLScanner(bytes), 1, "Properties", nil as String?, Set<String>()
        )
        while let token = try scanner.next() {
            if token.kind != .end, token.name.hasSuffix("Properties") {
                root = token.name
                prefix = token.attributes.first { $0.value.hasSuffix("/docPropsVTypes") }.map {
                    String($0.name.dropFirst(6))
                }
            }
            if let number = token.attribute("pid").flatMap({ Int($0) }) { last = max(last, number) }
            if let name = token.attribute("name") { names.insert(name) }
        }
        // A report that is used as a letterhead has them already, and a root without the prefix cannot hold texts.
        guard root == "Properties", let prefix, names.isDisjoint(with: properties.own.map(\.name))
        else { return bytes }
        return try inserted(properties.elements(after: last, prefix: prefix), before: root, in: bytes)
    }
}
