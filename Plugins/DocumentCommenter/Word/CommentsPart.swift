import Markup
import OfficeFiles

/// The part with the comments' words: the one that the file has, with more at its end, or a new one with what the package has to say of it.
struct CommentsPart {
    /// The part with the text.
    let main: String
    let zip: ZipReader
    let relationships: PackageRelationships
    /// How the part with the text is written; a new part is written alike.
    let markup: WordMarkup
    let author: String
    /// When the comments were made, as Word writes it; nil where the file says of no time.
    let date: String?

    struct Entry {
        var id: Int
        var lines: [String]
    }

    /// The parts that change, by their names.
    func parts(adding entries: [Entry]) throws(OfficeFileError) -> [String: [UInt8]] {
        if let name = relationships.target("comments"), zip[name] != nil {
            let old = try zip.bytes(of: name)
            var list = try PackageList(old, named: name)
            try list.add(elements(entries, WordMarkup(of: old)))
            return [name: list.bytes]
        }
        let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
        let (name, file) = try freeName(in: folder)
        var comments = Array("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".utf8)
        let root = "\(markup.prefix)comments"
        let declared = "xmlns:\(markup.prefix.dropLast())=\"\(escaped(markup.namespace, for: .xml))\""
        comments += "<\(root) \(declared)>".utf8
        comments += try elements(entries, WordMarkup(of: comments + Array("</\(root)>".utf8)))
        comments += "</\(root)>".utf8
        var parts = [name: comments]
        let links = "\(folder)_rels/\(main.dropFirst(folder.count)).rels"
        parts[links] = try link(to: file, in: links)
        if let types = try contentType(of: name) { parts["[Content_Types].xml"] = types }
        return parts
    }

    // MARK: What the package says of a new part

    /// `comments.xml` beside the text, with a number where another part has that name.
    private func freeName(in folder: String) throws(OfficeFileError) -> (path: String, file: String) {
        for number in 0..<1000 {
            let file = number == 0 ? "comments.xml" : "comments\(number).xml"
            if zip[folder + file] == nil { return (folder + file, file) }
        }
        throw .damagedPart("comments.xml")
    }

    private func link(to file: String, in links: String) throws(OfficeFileError) -> [UInt8] {
        var list =
            if zip[links] != nil {
                try PackageList(zip.bytes(of: links), named: links)
            } else {
                PackageList(
                    empty: "Relationships",
                    namespace: XMLNamespace.packageRelationship.address,
                    named: links
                )
            }
        let isStrict = markup.namespace != XMLNamespace.word.address
        let office =
            isStrict
            ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : XMLNamespace.relationship.address
        let ids = Set(relationships.all.map(\.id))
        var (id, number) = ("rIdPingshenComments", 1)
        while ids.contains(id) { (id, number) = ("rIdPingshenComments\(number)", number + 1) }
        let element =
            "<\(list.prefix)Relationship Id=\"\(id)\" Type=\"\(office)/comments\" Target=\"\(escaped(file, for: .xml))\"/>"
        try list.add(Array(element.utf8))
        return list.bytes
    }

    /// nil where the list says it already.
    private func contentType(of name: String) throws(OfficeFileError) -> [UInt8]? {
        let types = "[Content_Types].xml"
        var list = try PackageList(zip.bytes(of: types), named: types)
        if list.contains("PartName=\"/\(name)\"") { return nil }
        let type = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        try list.add(
            Array("<\(list.prefix)Override PartName=\"/\(escaped(name, for: .xml))\" ContentType=\"\(type)\"/>".utf8)
        )
        return list.bytes
    }

    // MARK: The comments

    private func elements(_ entries: [Entry], _ markup: WordMarkup) -> [UInt8] {
        let prefix = markup.prefix
        var xml = MarkupWriter(.xml)
        for entry in entries {
            xml.raw("<\(prefix)comment\(markup.declaration)")
            xml.attribute("\(prefix)id", String(entry.id))
            xml.attribute("\(prefix)author", author)
            if let date { xml.attribute("\(prefix)date", date) }
            xml.attribute("\(prefix)initials", String(author.prefix(2)))
            xml.raw(">")
            for line in entry.lines {
                // A comment is set in the document's body text unless it says otherwise: large, and with an indent.
                xml.raw("<\(prefix)p><\(prefix)pPr><\(prefix)spacing \(prefix)before=\"0\" \(prefix)after=\"0\"")
                xml.raw(" \(prefix)line=\"240\" \(prefix)lineRule=\"auto\"/><\(prefix)ind \(prefix)left=\"0\"")
                xml.raw(" \(prefix)firstLineChars=\"0\" \(prefix)firstLine=\"0\"/><\(prefix)jc \(prefix)val=\"left\"/>")
                xml.raw("</\(prefix)pPr><\(prefix)r><\(prefix)rPr><\(prefix)sz \(prefix)val=\"18\"/></\(prefix)rPr>")
                xml.raw("<\(prefix)t xml:space=\"preserve\">")
                xml.text(line)
                xml.raw("</\(prefix)t></\(prefix)r></\(prefix)p>")
            }
            xml.raw("</\(prefix)comment>")
        }
        return xml.bytes
    }
}
