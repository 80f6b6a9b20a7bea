import Groundwork
import Testing

@testable import OfficeFiles

@Suite("numbers that Word prints before paragraphs")
struct WordNumberingTests {
    private static let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

    private static func level(_ number: Int, _ format: String, _ text: String, _ more: String = "") -> String {
        "<w:lvl w:ilvl=\"\(number)\"><w:start w:val=\"1\"/><w:numFmt w:val=\"\(format)\"/>\(more)<w:lvlText w:val=\"\(text)\"/></w:lvl>"
    }

    /// A report's own list: 一、 / （一） / 1.1, by styles, and a second use that begins at 5.
    private static let numbering = """
        <w:numbering \(word)>
        <w:abstractNum w:abstractNumId="0">
        \(level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"H1\"/><w:suff w:val=\"nothing\"/>"))
        \(level(1, "chineseCounting", "（%2）"))
        \(level(2, "decimal", "%1.%3", "<w:isLgl/>"))
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="1">\(level(0, "bullet", "\u{F0B7}"))</w:abstractNum>
        <w:abstractNum w:abstractNumId="2">\(level(0, "decimal", "%1."))</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
        </w:numbering>
        """

    private static let styles = """
        <w:styles \(word)><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
        <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="H1b"><w:name w:val="own"/><w:basedOn w:val="H1"/></w:style></w:styles>
        """

    private func p(_ text: String, _ properties: String) -> String {
        "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
    }

    private func item(_ text: String, list: Int, level: Int) -> String {
        p(text, "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\(list)\"/></w:numPr>")
    }

    private func read(_ body: String) throws -> [String] {
        let parts = [("numbering.xml", "numbering", Self.numbering), ("styles.xml", "styles", Self.styles)]
        let document = try WordFixture(body, parts.map { (name: $0.0, kind: $0.1, xml: $0.2) }).read()
        return document.blocks.paragraphs.map { $0.number + $0.text }
    }

    @Test("count by style, by level and by list, and begin anew under a higher level")
    func counted() throws {
        let style = "<w:pStyle w:val=\"H1\"/>"
        let found = try read(
            p("概况", style) + item("背景", list: 1, level: 1) + item("内容", list: 1, level: 1)
                + item("细目", list: 1, level: 2) + p("评审", style) + item("背景", list: 1, level: 1)
                + item("点", list: 2, level: 0) + item("甲", list: 3, level: 0) + item("乙", list: 4, level: 0)
                + item("丙", list: 3, level: 0)
                + p("没有编号", "<w:pStyle w:val=\"H1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>")
                + p("继承", "<w:pStyle w:val=\"H1b\"/>")
        )
        #expect(
            found == [
                "一、概况", "（一）背景", "（二）内容", "1.1 细目", "二、评审", "（一）背景", "点", "1. 甲", "5. 乙", "6. 丙", "没有编号",
                "三、继承",
            ]
        )
    }

    @Test("stand in the headings that places name")
    func places() throws {
        let parts = [("numbering.xml", "numbering", Self.numbering), ("styles.xml", "styles", Self.styles)]
        let body = p("概况", "<w:pStyle w:val=\"H1\"/>") + p("正文", "")
        let document = try WordFixture(body, parts.map { (name: $0.0, kind: $0.1, xml: $0.2) }).read()
        #expect(document.blocks.paragraphs[1].place == .paragraph(file: "a.docx", heading: ["一、概况"], index: 1))
    }

    @Test(
        "are written as their format says",
        arguments: [
            ("chineseCounting", 10, "十"), ("chineseCountingThousand", 115, "一百一十五"), ("chineseCounting", 105, "一百零五"),
            ("chineseLegalSimplified", 12, "拾贰"), ("ideographDigital", 10, "一〇"), ("ideographTraditional", 3, "丙"),
            ("decimalEnclosedCircle", 3, "③"), ("upperRoman", 14, "XIV"), ("lowerLetter", 28, "bb"),
            ("decimalZero", 7, "07"),
            ("decimalFullWidth", 12, "１２"), ("unheardOf", 4, "4"), ("decimalEnclosedCircle", 99, "99"),
        ]
    )
    func formats(name: String, number: Int, text: String) { #expect(WordNumberFormat(name).text(number) == text) }

    @Test("have no effect where the list is missing, damaged or absurd")
    func damaged() throws {
        let list = """
            <w:numbering \(Self.word)><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="99"><w:lvlText w:val="%9%"/></w:lvl>
            <w:lvl w:ilvl="0"><w:start w:val="9223372036854775807"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
            """
        let body =
            item("a", list: 1, level: 0) + item("b", list: 1, level: 0) + item("c", list: 9, level: 0)
            + item("d", list: 1, level: 40)
        let document = try WordFixture(body, [(name: "numbering.xml", kind: "numbering", xml: list)]).read()
        #expect(document.blocks.paragraphs.map(\.text) == ["a", "b", "c", "d"])
        #expect(document.blocks.paragraphs[2].number.isEmpty && document.blocks.paragraphs[3].number.isEmpty)
    }

    @Test(
        "have no effect where a number is larger than Word's are, wherever it stands",
        arguments: ["9223372036854775807", "-9223372036854775808", "9223372036854775806", "2147483648", "1e9", ""]
    )
    func absurd(_ number: String) throws {
        let start = "<w:start w:val=\"\(number)\"/>"
        let list = """
            <w:numbering \(Self.word)><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">\(start)<w:lvlText w:val="%1"/></w:lvl>
            <w:lvl w:ilvl="\(number)"><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="\(number)"/></w:lvlOverride>
            <w:lvlOverride w:ilvl="\(number)"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>
            """
        let styles = """
            <w:styles \(Self.word)><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading \(number)"/><w:pPr>
            <w:outlineLvl w:val="\(number)"/><w:numPr><w:ilvl w:val="\(number)"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>
            """
        let level = "<w:numPr><w:ilvl w:val=\"\(number)\"/><w:numId w:val=\"1\"/></w:numPr>"
        let table =
            "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"\(number)\"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val=\"\(number)\"/></w:tcPr>"
            + "\(p("e", ""))</w:tc></w:tr></w:tbl>"
        let body =
            item("a", list: 1, level: 0) + item("b", list: 1, level: 0) + p("c", level)
            + p("d", "<w:pStyle w:val=\"a\"/>")
            + p("f", "<w:outlineLvl w:val=\"\(number)\"/>") + table
        let parts = [("numbering.xml", "numbering", list), ("styles.xml", "styles", styles)]
        let document = try WordFixture(body, parts.map { (name: $0.0, kind: $0.1, xml: $0.2) }).read()
        #expect(document.blocks.paragraphs.prefix(2).map { $0.number + $0.text } == ["1 a", "2 b"])
        #expect(document.blocks.paragraphs.map(\.text).contains("f"))
    }
}
