import Groundwork
import OfficeFiles
import ReviewModel
import Testing

@testable import document_commenter

@Suite("Comments at the words that they are about")
struct PassageCommentTests {
    private let first = Place.paragraph(file: "d.docx", heading: [], index: 1)

    /// The body of the copy, without the tags of the document around it.
    private func body(
        _ document: SmallDocument,
        _ comments: [DocumentComment],
        suggests: Bool = false
    ) throws -> String {
        let copy = try CommentedDocument(document.bytes, author: "Pingshen").adding(comments, suggests: suggests)
        let xml = String(decoding: try ZipReader(copy).bytes(of: "word/document.xml"), as: UTF8.self)
        let (start, end) = (try #require(xml.firstRange(of: "<w:body>")), try #require(xml.firstRange(of: "</w:body>")))
        return String(xml[start.upperBound..<end.lowerBound])
    }

    private func start(_ id: Int) -> String { "<w:commentRangeStart w:id=\"\(id)\"/>" }

    private func end(_ id: Int) -> String {
        "<w:commentRangeEnd w:id=\"\(id)\"/><w:r><w:commentReference w:id=\"\(id)\"/></w:r>"
    }

    private func run(_ text: String, _ look: String = "") -> String {
        "<w:r>\(look)<w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
    }

    private func comment(_ words: String, _ expected: String? = nil) -> DocumentComment {
        DocumentComment(
            place: first,
            lines: [words],
            passage: words,
            correction: expected.map { Correction(found: words, expected: $0) }
        )
    }

    @Test("a run is parted around them, and each piece keeps the look and the start tag of the run")
    func parted() throws {
        let look = "<w:rPr><w:b/></w:rPr>"
        let document = SmallDocument("<w:p><w:r w:rsidR=\"00A1\">\(look)<w:t>申报 800.23 万元</w:t></w:r></w:p>")
        func piece(_ text: String) -> String {
            "<w:r w:rsidR=\"00A1\">\(look)<w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
        }
        #expect(
            try body(document, [comment("800.23")])
                == "<w:p>\(piece("申报 "))\(start(0))\(piece("800.23"))\(end(0))\(piece(" 万元"))</w:p>"
        )
    }

    @Test("words over several runs part only the first and the last; whole runs are not parted")
    func severalRuns() throws {
        #expect(
            try body(SmallDocument(p("共 80|0.2|3 万")), [comment("800.23")])
                == "<w:p>\(run("共 "))\(start(0))\(run("80"))\(run("0.2"))\(run("3"))\(end(0))\(run(" 万"))</w:p>"
        )
        #expect(
            try body(SmallDocument(p("共|800.23|万")), [comment("800.23")])
                == "<w:p>\(run("共"))\(start(0))\(run("800.23"))\(end(0))\(run("万"))</w:p>"
        )
    }

    @Test("two comments in one run, one within the other, part it at each of their ends once")
    func nested() throws {
        #expect(
            try body(SmallDocument(p("甲乙丙丁")), [comment("乙丙"), comment("丙"), comment("乙丙")])
                == "<w:p>\(run("甲"))\(start(0))\(start(2))\(run("乙"))\(start(1))\(run("丙"))"
                + "\(end(0))\(end(1))\(end(2))\(run("丁"))</w:p>"
        )
    }

    @Test(
        "a figure is no part of another, and what stands twice is a matter of the whole paragraph",
        arguments: ["15 万", "5.20 万", "1,005 万", "5 万，5 万", "没有"]
    )
    func whole(_ text: String) throws {
        #expect(try body(SmallDocument(p(text)), [comment("5")]) == "<w:p>\(start(0))\(run(text))\(end(0))</w:p>")
    }

    @Test("blanks make no difference unless the words stand there with them as well")
    func blanks() throws {
        #expect(
            try body(SmallDocument(p("共800.23万元")), [comment("800.23 万元")])
                == "<w:p>\(run("共"))\(start(0))\(run("800.23万元"))\(end(0))</w:p>"
        )
        #expect(
            try body(SmallDocument(p("1.00 和 1. 00")), [comment("1. 00")])
                == "<w:p>\(run("1.00 和 "))\(start(0))\(run("1. 00"))\(end(0))</w:p>"
        )
    }

    @Test("an entity is one character, and stays what it is")
    func entities() throws {
        #expect(
            try body(SmallDocument(p("甲 &amp; 乙 &#60; 丙")), [comment("& 乙")])
                == "<w:p>\(run("甲 "))\(start(0))\(run("&amp; 乙"))\(end(0))\(run(" &#60; 丙"))</w:p>"
        )
    }

    @Test("in links, fields, proposals and raw text nothing is parted: the comment is the paragraph's")
    func notParted() throws {
        let field =
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\(run("共 5 元"))"
            + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        let insides = [
            "<w:hyperlink>\(run("共 5 元"))</w:hyperlink>", field,
            "<w:ins w:id=\"3\" w:author=\"甲\">\(run("共 5 元"))</w:ins>",
            "<w:r><w:t>共 <![CDATA[5]]> 元</w:t></w:r>",
            "<w:r><w:rPr><w:b/><w:rPrChange w:id=\"4\" w:author=\"甲\"><w:rPr/></w:rPrChange></w:rPr><w:t>共 5 元</w:t></w:r>",
        ]
        for inside in insides {
            let comments = [comment("5", "6")]
            #expect(
                try body(SmallDocument("<w:p>\(inside)</w:p>"), comments, suggests: true)
                    == "<w:p>\(start(0))\(inside)\(end(0))</w:p>"
            )
        }
    }

    @Test("what stands in a text box gets its comment at the paragraph that the box hangs on")
    func textBox() throws {
        let box = "<w:r><w:pict><w:txbxContent>\(p("盒中 5 元"))</w:txbxContent></w:pict></w:r>"
        let inside = "\(run("盒外"))\(box)"
        #expect(
            try body(SmallDocument("<w:p>\(inside)</w:p>"), [comment("5")])
                == "<w:p>\(start(0))\(inside)\(end(0))</w:p>"
        )
    }
}

@Suite("Corrections as tracked changes")
struct SuggestionTests {
    private let place = Place.paragraph(file: "d.docx", heading: [], index: 1)

    private func suggested(_ body: String, _ found: String, _ expected: String) throws -> String {
        let comment = DocumentComment(
            place: place,
            lines: ["改"],
            passage: found,
            correction: Correction(found: found, expected: expected)
        )
        let document = SmallDocument(body)
        let copy = try CommentedDocument(document.bytes, author: "Pingshen").adding([comment], suggests: true)
        return String(decoding: try ZipReader(copy).bytes(of: "word/document.xml"), as: UTF8.self)
    }

    @Test("take out the wrong words, put in the right ones with their look, and have numbers of their own")
    func proposed() throws {
        let look = "<w:rPr><w:b/></w:rPr>"
        let old = "<w:bookmarkStart w:id=\"7\" w:name=\"a\"/><w:bookmarkEnd w:id=\"7\"/>"
        let xml = try suggested(
            "<w:p>\(old)<w:r>\(look)<w:t>计 1.00</w:t></w:r><w:r><w:t>5 元</w:t></w:r></w:p>",
            "1.005",
            "2 < 3"
        )
        let deleted =
            "<w:r>\(look)<w:delText xml:space=\"preserve\">1.00</w:delText></w:r>"
            + "<w:r><w:delText xml:space=\"preserve\">5</w:delText></w:r>"
        #expect(
            xml.contains(
                "<w:commentRangeStart w:id=\"0\"/><w:del w:id=\"8\" w:author=\"Pingshen\">\(deleted)</w:del>"
                    + "<w:ins w:id=\"9\" w:author=\"Pingshen\"><w:r>\(look)<w:t xml:space=\"preserve\">2 &lt; 3</w:t></w:r></w:ins>"
                    + "<w:commentRangeEnd w:id=\"0\"/>"
            )
        )
        #expect(xml.contains("<w:r><w:t xml:space=\"preserve\"> 元</w:t></w:r></w:p>"))
    }

    @Test("none where something else stands between, where the words stand twice, or where they are proposed already")
    func none() throws {
        let mark = "<w:bookmarkStart w:id=\"1\" w:name=\"a\"/><w:bookmarkEnd w:id=\"1\"/>"
        let own = "<w:del w:id=\"2\" w:author=\"Pingshen\"><w:r><w:delText>15</w:delText></w:r></w:del>"
        for body in [
            "<w:p><w:r><w:t>1</w:t></w:r>\(mark)<w:r><w:t>5</w:t></w:r></w:p>", p("15 和 15"), "<w:p>\(own)</w:p>",
            "<w:p><w:r><w:t>1</w:t><w:tab/><w:t>5</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>1</w:t><w:drawing/><w:t>5</w:t></w:r></w:p>",
        ] {
            let xml = try suggested(body, "15", "16")
            #expect(!xml.contains("<w:ins") && xml.contains("commentRangeStart"), "\(body)")
        }
    }

    @Test("what people propose counts as done; the copy says the same as the file")
    func proposals() throws {
        let ins = "<w:ins w:id=\"3\" w:author=\"甲\"><w:r><w:t>15 元</w:t></w:r></w:ins>"
        // Once in the text, once in what somebody wants to add.
        let xml = try suggested("<w:p><w:r><w:t>共 15 元，另 </w:t></w:r>\(ins)</w:p>", "15", "16")
        #expect(!xml.contains("Pingshen"))
        let gone = "<w:del w:id=\"3\" w:author=\"甲\"><w:r><w:delText>15 元</w:delText></w:r></w:del>"
        let other = try suggested("<w:p><w:r><w:t>共 15 元，另 </w:t></w:r>\(gone)</w:p>", "15", "16")
        #expect(other.contains("<w:ins w:id=\"5\" w:author=\"Pingshen\">") && other.contains(gone))
    }

    @Test(
        "are made of a single value for a single value of the same kind",
        arguments: [
            ("800.23 万元", "632.23 万元", "800.23>632.23"), ("1,234.50", "13345.60", "1,234.50>13,345.60"),
            ("12345", "1234", "12345>1234"), ("-1,000", "-20000.00", "-1,000>-20,000.00"), ("区级", "镇级", "区级>镇级"),
            ("\"甲制度\"", "\"乙制度\"", "甲制度>乙制度"), ("5 元", "5 万元", ""), ("1.00 / 0.00", "1.00", ""),
            ("8", "8", ""), ("", "8", ""), ("8", "", ""), ("甲", "乙、丙", ""), ("10", "≤ 10", ""), ("5", "良好", ""),
            ("2025-10-31", "2025-12-31", ""), ("沪府发〔2021〕1号", "沪府发〔2021〕11号", ""), ("（三）", "（一）", "（三）>（一）"),
        ]
    )
    func corrections(_ found: String, _ expected: String, _ made: String) {
        let finding = Finding(rule: "r", severity: .error, message: LocalizedText(""), expected: expected, found: found)
        let correction = Correction(finding)
        #expect(correction.map { "\($0.found)>\($0.expected)" } ?? "" == made)
    }
}
