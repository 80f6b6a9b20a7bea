import Testing

@testable import OfficeFiles

@Suite("The XML of a part")
struct XMLScannerTests {
    private func tokens(_ text: String) throws -> [XMLScanner.Token] {
        var scanner = try XMLScanner(Array(text.utf8))
        var tokens: [XMLScanner.Token] = []
        while let token = try scanner.next() { tokens.append(token) }
        return tokens
    }

    @Test("is read tag by tag, each with its place")
    func places() throws {
        let text =
            "<?xml version=\"1.0\"?><w:p w:a='1 &amp; &#x4E2D;'><!-- < --><w:t>甲&lt;乙</w:t><w:b/><![CDATA[<]]></w:p>\n"
        let tokens = try tokens(text)
        #expect(tokens.map(\.kind) == [.start, .start, .text, .end, .empty, .text, .end, .text])
        #expect(tokens[0].attribute("w:a") == "1 & 中")
        #expect(tokens[2].text == "甲<乙" && tokens[5].text == "<")
        let bytes = Array(text.utf8)
        #expect(String(decoding: bytes[tokens[4].range], as: UTF8.self) == "<w:b/>")
    }

    @Test(
        "is refused when it is none",
        arguments: [
            "", "  ", "text", "<a>", "<a></b>", "<a/><b/>", "<a b=1/>", "<a b='1/>", "<a>&x;</a>", "<a>&#xD800;</a>",
            "< a/>",
            "<a", "</a>", "<a><!-- </a>", "<a b='<'/>",
        ]
    )
    func broken(text: String) { #expect(throws: OfficeFileError.noXML) { try tokens(text) } }

    @Test("is refused with a document type, in another encoding, nested without end")
    func hostile() {
        #expect(throws: OfficeFileError.documentType) { try tokens("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>") }
        #expect(throws: OfficeFileError.oddEncoding) { try XMLScanner([0xFF, 0xFE, 0x3C, 0]) }
        #expect(throws: OfficeFileError.noXML) { try tokens(String(repeating: "<a>", count: 100_000)) }
    }
}
