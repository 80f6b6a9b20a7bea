/// The name of an element: its namespace, and what stands behind the colon. The prefix that a file has chosen does not matter.
public struct XMLName: Sendable, Hashable {
    public var namespace: XMLNamespace
    public var local: String

    public init(_ namespace: XMLNamespace, _ local: String) { (self.namespace, self.local) = (namespace, local) }
}

/// The namespaces of Office files. Those of the strict form (ISO/IEC 29500) count as those that everybody writes.
public enum XMLNamespace: Sendable, Hashable, CaseIterable {
    case none
    /// `w:`, the text of Word.
    case word
    /// `x:` or none, workbooks.
    case sheet
    /// `r:`, the attributes that name relationships.
    case relationship
    /// The parts that list relationships.
    case packageRelationship
    case contentType
    /// `mc:`, what is written twice for programs of different age.
    case compatibility
    /// `a:`, drawings.
    case drawing
    case customProperty
    /// `vt:`, values of properties.
    case propertyValue
    case coreProperty
    case dublinCore
    case dublinTerms
    /// `w14:` and `w15:`, what later Words have added: paragraphs with ids, comments that are answered and resolved.
    case word2010, word2012
    /// `xml:`.
    case xml
    case other

    /// Its address as everybody writes it; empty for none and for the others.
    public var address: String { Self.addresses.first { $0.1 == self }.map { String(describing: $0.0) } ?? "" }

    static let addresses: [(StaticString, XMLNamespace)] = [
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", .word),
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", .sheet),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", .relationship),
        ("http://schemas.openxmlformats.org/package/2006/relationships", .packageRelationship),
        ("http://schemas.openxmlformats.org/package/2006/content-types", .contentType),
        ("http://schemas.openxmlformats.org/markup-compatibility/2006", .compatibility),
        ("http://schemas.openxmlformats.org/drawingml/2006/main", .drawing),
        ("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", .customProperty),
        ("http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", .propertyValue),
        ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", .coreProperty),
        ("http://purl.org/dc/elements/1.1/", .dublinCore), ("http://purl.org/dc/terms/", .dublinTerms),
        ("http://www.w3.org/XML/1998/namespace", .xml),
        ("http://schemas.microsoft.com/office/word/2010/wordml", .word2010),
        ("http://schemas.microsoft.com/office/word/2012/wordml", .word2012),
        ("http://purl.oclc.org/ooxml/wordprocessingml/main", .word),
        ("http://purl.oclc.org/ooxml/spreadsheetml/main", .sheet),
        ("http://purl.oclc.org/ooxml/officeDocument/relationships", .relationship),
        ("http://purl.oclc.org/ooxml/drawingml/main", .drawing),
        ("http://purl.oclc.org/ooxml/officeDocument/customProperties", .customProperty),
        ("http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes", .propertyValue),
    ]
}
