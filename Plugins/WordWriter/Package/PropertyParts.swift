import Markup
import ReportDocument

/// What a document says of itself to programs: `docProps`.
struct PropertyParts {
    var document: Document

    init(_ document: Document) { self.document = document }

    private var properties: DocumentProperties { document.properties }

    /// Title, author and the like. No times: the same report has the same bytes.
    var core: String {
        let subject = [properties.subject, properties.number].filter { !$0.isEmpty }.joined(
            separator: " "
        )
        let texts = [
            ("dc:title", document.title), ("dc:subject", subject), ("dc:creator", properties.author),
            ("cp:keywords", properties.keywords.joined(separator: ", ")),
            ("dc:language", document.language),
        ]
        var writer = MarkupWriter(.xml)
        writer.raw(WordNamespaces.declaration)
        writer.open(
            "cp:coreProperties",
            [
                "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
                "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            ]
        )
        for (name, text) in texts where !text.isEmpty { writer.element(name, text: text) }
        writer.close("cp:coreProperties")
        return writer.markup
    }

    var application: String {
        var writer = MarkupWriter(.xml)
        writer.raw(WordNamespaces.declaration)
        writer.open(
            "Properties",
            ["xmlns": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"]
        )
        writer.element("Application", text: "Pingshen")
        if !properties.author.isEmpty { writer.element("Company", text: properties.author) }
        writer.close("Properties")
        return writer.markup
    }

    /// What only this program asks for: by the review's id a report that was edited finds the review that it came from.
    var own: [(name: String, text: String)] {
        [
            ("pingshen.review", properties.review), ("pingshen.schema", Document.schema),
            ("pingshen.number", properties.number), ("pingshen.client", properties.client),
            ("pingshen.issued", properties.issued),
        ].filter { !$0.1.isEmpty }
    }

    var custom: String {
        var writer = MarkupWriter(.xml)
        writer.raw(WordNamespaces.declaration)
        writer.open(
            "Properties",
            [
                "xmlns": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
                "xmlns:vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
            ]
        )
        writer.raw(elements(after: 1))
        writer.close("Properties")
        return writer.markup
    }

    /// The properties as elements, numbered after `last`.
    func elements(after last: Int, prefix: String = "vt") -> String {
        var writer = MarkupWriter(.xml)
        for (position, (name, text)) in own.enumerated() {
            writer.open(
                "property",
                [
                    "fmtid": "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "pid": String(last + 1 + position),
                    "name": name,
                ]
            )
            writer.element(prefix + ":lpwstr", text: text)
            writer.close("property")
        }
        return writer.markup
    }
}
