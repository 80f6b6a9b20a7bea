import GivenDocuments
import Testing

@Suite("kinds of documents")
struct DocumentKindTests {
    @Test(
        "a document is what its first bytes say, whatever it is called",
        arguments: [
            ("PK\u{3}\u{4}...", "a.pdf", DocumentKind.word), ("%PDF-1.7\n", "a.docx", .pdf),
            ("\n\n%PDF-1.4", "a", .pdf),
            ("{\\rtf1\\ansi", "a.docx", .richText), ("  <!DOCTYPE html><p>x", "a.txt", .html),
            ("<html><body>", "a", .html),
            ("<?xml version=\"1.0\"?><html xmlns=\"x\">", "a", .html), ("# 一、概况", "a.md", .markdown),
            ("一、概况", "a.txt", .text),
            ("a\u{0}b", "a.txt", .unknown), ("", "a.txt", .text),
        ]
    )
    func kinds(start: String, name: String, kind: DocumentKind) {
        #expect(DocumentKind(Array(start.utf8), name: name) == kind)
    }

    @Test("a container of OLE is known, and UTF-16 is text")
    func bytes() {
        #expect(DocumentKind([0xD0, 0xCF, 0x11, 0xE0, 0xA1], name: "a.docx") == .container)
        #expect(DocumentKind([0xFF, 0xFE, 0x31, 0x00], name: "a.txt") == .text)
        #expect(DocumentKind([0x89, 0x50, 0x4E, 0x47], name: "a.pdf") == .picture)
    }
}
