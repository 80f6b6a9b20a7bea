import Markup
import OfficeFiles

/// An Office file as its parts: each with its kind, and with what it refers to by which id (ECMA-376, part 2).
struct OfficePackage {
    /// What a part holds, as `[Content_Types].xml` says it.
    struct Kind: Hashable {
        var mediaType: String

        private static func office(_ name: String) -> Kind {
            Kind(mediaType: "application/vnd.openxmlformats-officedocument." + name + "+xml")
        }

        static let document = office("wordprocessingml.document.main")
        static let styles = office("wordprocessingml.styles")
        static let settings = office("wordprocessingml.settings")
        static let fonts = office("wordprocessingml.fontTable")
        static let header = office("wordprocessingml.header")
        static let footer = office("wordprocessingml.footer")
        static let footnotes = office("wordprocessingml.footnotes")
        static let theme = office("theme")
        static let chart = office("drawingml.chart")
        static let workbook = office("spreadsheetml.sheet.main")
        static let worksheet = office("spreadsheetml.worksheet")
        static let application = office("extended-properties")
        static let custom = office("custom-properties")
        static let core = Kind(mediaType: "application/vnd.openxmlformats-package.core-properties+xml")
    }

    /// What one part is to another, as `.rels` parts say it.
    struct Relation: Hashable {
        var type: String

        private static func office(_ name: String) -> Relation {
            Relation(type: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + name)
        }

        static let document = office("officeDocument")
        static let styles = office("styles")
        static let settings = office("settings")
        static let fonts = office("fontTable")
        static let header = office("header")
        static let footer = office("footer")
        static let footnotes = office("footnotes")
        static let theme = office("theme")
        static let chart = office("chart")
        static let image = office("image")
        static let worksheet = office("worksheet")
        static let package = office("package")
        static let application = office("extended-properties")
        static let custom = office("custom-properties")
        static let core = Relation(
            type: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        )
    }

    struct Part {
        var name: String
        var bytes: [UInt8]
        var compression: ZipWriter.Compression
    }

    struct Reference {
        var source: String
        var id: String
        var relation: Relation
        var target: String
    }

    private(set) var parts: [Part] = []
    private(set) var kinds: [(name: String, kind: Kind)] = []
    private(set) var extensions: [(name: String, mediaType: String)] = []
    private(set) var references: [Reference] = []

    /// Adds a part of XML.
    mutating func add(_ name: String, _ kind: Kind, _ xml: String) {
        add(name, kind, bytes: Array(xml.utf8))
    }

    /// The same, as UTF-8.
    mutating func add(_ name: String, _ kind: Kind, bytes: [UInt8]) {
        parts.append(Part(name: name, bytes: bytes, compression: .fast))
        kinds.append((name, kind))
    }

    /// Adds a part that is packed already, known by the end of its name.
    mutating func add(_ name: String, packed bytes: [UInt8], mediaType: String) {
        parts.append(Part(name: name, bytes: bytes, compression: .stored))
        let end = String(name.split(separator: ".").last ?? "")
        if !extensions.contains(where: { $0.name == end }) { extensions.append((end, mediaType)) }
    }

    /// Says that `source` refers to `target`, a path from the source's folder.
    ///
    /// - Parameter source: the part's name; empty for the package itself.
    mutating func relate(_ source: String, _ id: String, _ relation: Relation, _ target: String) {
        references.append(Reference(source: source, id: id, relation: relation, target: target))
    }

    func bytes() throws(OfficeFileError) -> [UInt8] {
        var zip = ZipWriter()
        zip.add("[Content_Types].xml", Array(contentTypes.utf8))
        var sources: [String] = []
        for reference in references where !sources.contains(reference.source) {
            sources.append(reference.source)
        }
        for source in sources {
            zip.add(Self.relationshipsPart(of: source), Array(relationships(of: source).utf8))
        }
        for part in parts { zip.add(part.name, part.bytes, compression: part.compression) }
        return try zip.bytes()
    }

    private var contentTypes: String {
        var writer = MarkupWriter(.xml)
        writer.raw(WordNamespaces.declaration)
        writer.open("Types", ["xmlns": "http://schemas.openxmlformats.org/package/2006/content-types"])
        let rels = ("rels", "application/vnd.openxmlformats-package.relationships+xml")
        for (name, mediaType) in [rels, ("xml", "application/xml")] + extensions {
            writer.empty("Default", ["Extension": name, "ContentType": mediaType])
        }
        for (name, kind) in kinds {
            writer.empty("Override", ["PartName": "/" + name, "ContentType": kind.mediaType])
        }
        writer.close("Types")
        return writer.markup
    }

    /// A part that says what `source` refers to.
    func relationships(of source: String) -> String {
        var writer = MarkupWriter(.xml)
        writer.raw(WordNamespaces.declaration)
        writer.open(
            "Relationships",
            ["xmlns": "http://schemas.openxmlformats.org/package/2006/relationships"]
        )
        writer.raw(relationshipElements(of: source))
        writer.close("Relationships")
        return writer.markup
    }

    /// The same as elements alone.
    ///
    /// - Parameter prefix: of their names, with its colon.
    func relationshipElements(of source: String, prefix: String = "") -> String {
        var writer = MarkupWriter(.xml)
        for reference in references where reference.source == source {
            writer.empty(
                prefix + "Relationship",
                ["Id": reference.id, "Type": reference.relation.type, "Target": reference.target]
            )
        }
        return writer.markup
    }

    /// `word/_rels/document.xml.rels` for `word/document.xml`.
    static func relationshipsPart(of source: String) -> String {
        guard let slash = source.lastIndex(of: "/") else { return "_rels/\(source).rels" }
        return source[...slash] + "_rels/" + source[source.index(after: slash)...] + ".rels"
    }
}
