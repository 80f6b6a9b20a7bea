internal import Groundwork

/// A relationship of a part: what it leads to, and as what.
public struct PackageRelationship: Sendable, Hashable {
    public var id: String
    /// The last part of its type: `styles`, `comments`, `hyperlink`.
    public var kind: String
    /// The part's name in the package; the address as it is written where it leads out of the file.
    public var target: String
    public var isExternal: Bool
}

/// The relationships that a part of a package has.
public final class PackageRelationships: XMLHandler {
    public private(set) var all: [PackageRelationship] = []
    private var targets: [String: String] = [:]
    private let folder: String

    /// Those of the part `name`, none where it has none; of the package itself for an empty name.
    public init(of name: String, in zip: ZipReader) throws(OfficeFileError) {
        let slash = name.lastIndex(of: "/")
        folder = slash.map { String(name[...$0]) } ?? ""
        let file = slash.map { String(name[name.index(after: $0)...]) } ?? name
        if let entry = zip["\(folder)_rels/\(file).rels"] { try XMLReader.read(entry, of: zip, into: self) }
    }

    public func begin(_ name: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) throws(OfficeFileError) {
        guard name.local == "Relationship", let id = attributes[.none, "Id"], let type = attributes[.none, "Type"],
            let target = attributes[.none, "Target"]
        else { return }
        let isExternal = attributes[.none, "TargetMode"] == "External"
        let relationship = PackageRelationship(
            id: id,
            kind: String(type.split(separator: "/").last ?? ""),
            target: isExternal ? target : resolved(target),
            isExternal: isExternal
        )
        all.append(relationship)
        if targets[id] == nil { targets[id] = relationship.target }
    }

    /// What the first relationship of an id leads to.
    func target(ofID id: String) -> String? { targets[id] }

    /// The part that the first relationship of a kind leads to.
    public func target(_ kind: String) -> String? { all.first { $0.kind == kind && !$0.isExternal }?.target }

    /// A target without `..` and from the package's root.
    private func resolved(_ target: String) -> String {
        var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}

extension WordDocument {
    /// The part with the text of a Word file.
    public static func mainPart(of zip: ZipReader) throws(OfficeFileError) -> String {
        guard let part = try PackageRelationships(of: "", in: zip).target("officeDocument"), zip[part] != nil else {
            throw .noWordFile
        }
        return part
    }

    /// Reads a Word file.
    ///
    /// - Parameter file: what places in it call it.
    /// - Throws: ``OfficeFileError`` for what is no Word file, or damaged.
    public static func read(_ zip: ZipReader, named file: String) throws(OfficeFileError) -> WordDocument {
        let main = try mainPart(of: zip)
        let relationships = try PackageRelationships(of: main, in: zip)
        let styles = WordStyles()
        if let part = relationships.target("styles"), let entry = zip[part] {
            try XMLReader.read(entry, of: zip, into: styles)
        }
        let numbering = WordNumbering()
        if let part = relationships.target("numbering"), let entry = zip[part] {
            try XMLReader.read(entry, of: zip, into: numbering)
        }
        func blocks(_ part: String) throws(OfficeFileError) -> WordBodyReader {
            guard let entry = zip[part] else { throw .missing(part) }
            let links = part == main ? relationships : try PackageRelationships(of: part, in: zip)
            let counted = part == main ? numbering : nil
            let reader = WordBodyReader(file: file, styles: styles, links: links, numbering: counted)
            try XMLReader.read(entry, of: zip, into: reader)
            return reader
        }
        let body = try blocks(main)
        guard body.isWord else { throw .noWordFile }
        var document = WordDocument(file: file, blocks: body.blocks)
        for relationship in relationships.all where !relationship.isExternal && zip[relationship.target] != nil {
            let part = relationship.target
            switch relationship.kind {
            case "footnotes", "endnotes": document.notes += try blocks(part).notes
            case "comments": document.comments += try blocks(part).comments
            case "header": document.headers[part] = try blocks(part).blocks
            case "footer": document.footers[part] = try blocks(part).blocks
            default: break
            }
        }
        if let part = relationships.target("commentsExtended"), let entry = zip[part], !document.comments.isEmpty {
            let threads = WordCommentThreads()
            try XMLReader.read(entry, of: zip, into: threads)
            threads.apply(to: &document.comments)
        }
        let package = try PackageRelationships(of: "", in: zip)
        for (kind, path) in [
            ("custom-properties", \WordDocument.customProperties), ("core-properties", \.coreProperties),
        ] {
            guard let part = package.target(kind), let entry = zip[part] else { continue }
            let properties = DocumentProperties()
            try XMLReader.read(entry, of: zip, into: properties)
            document[keyPath: path] = properties.values
        }
        return document
    }
}

/// Reads docProps/custom.xml and docProps/core.xml.
private final class DocumentProperties: XMLHandler {
    var values: [String: String] = [:]
    private var (name, text, depth) = (nil as String?, "", 0)

    func begin(_ element: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) throws(OfficeFileError) {
        depth += 1
        guard depth == 2 else { return }
        (name, text) = (attributes[.none, "name"] ?? element.local, "")
    }

    func text(_ piece: String, _ reader: XMLReader) throws(OfficeFileError) { if depth > 1 { text += piece } }

    func end(_ element: XMLName, _ reader: XMLReader) throws(OfficeFileError) {
        if depth == 2, let name { values[name] = text }
        depth -= 1
    }
}

// MARK: - Messages

extension OfficeFileError {
    static let noWordFile = OfficeFileError(
        reason: LocalizedText(zh: "这不是 Word 文件（.docx）", en: "it is no Word file (.docx)"),
        help: LocalizedText(zh: "请在 Word 或 WPS 中打开，另存为 .docx 后再用", en: "open it in Word or WPS and save it as .docx")
    )
}
