import Glibc
import OfficeFiles
import ReportDocument
import ReviewModel
import Testing

@testable import word_writer

/// A firm's Word file, as small as one can be.
struct FirmFile {
    var body = "<w:p><w:r><w:t>{{报告</w:t></w:r><w:r><w:t>正文}}</w:t></w:r></w:p>"
    var section =
        "<w:sectPr w:rsidR=\"00A\"><w:headerReference w:type=\"default\" r:id=\"rId7\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1800\" w:bottom=\"1440\" w:left=\"1800\" w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>"
    var styles =
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"gw\"><w:name w:val=\"公文正文\"/></w:style>"
    var kind = OfficePackage.Kind.document
    var hasStyles = true
    var header = "<w:p><w:r><w:t>某所</w:t></w:r><w:bookmarkStart w:id=\"41\" w:name=\"logo\"/></w:p>"
    /// Kinds of what it links to, and of parts that it names and does not have.
    var outside: [String] = []
    var absent: [String] = []
    var settings: String?
    var hasStylesWithEffects = false
    var root = "xmlns:w=\"\(WordNamespaces.mainName)\" \(WordNamespaces.relationships)"

    func bytes() throws -> [UInt8] {
        var package = OfficePackage()
        package.relate("", "rId1", .document, "word/document.xml")
        package.add("word/document.xml", kind, "<w:document \(root)><w:body>\(body)\(section)</w:body></w:document>")
        if hasStyles {
            package.add("word/styles.xml", .styles, "<w:styles \(WordNamespaces.main)>\(styles)</w:styles>")
            package.relate("word/document.xml", "rId1", .styles, "styles.xml")
        }
        package.add("word/header1.xml", .header, "<w:hdr \(WordNamespaces.main)>\(header)</w:hdr>")
        package.relate("word/document.xml", "rId7", .header, "header1.xml")
        package.add("word/media/logo.png", packed: [1, 2, 3], mediaType: "image/png")
        if let settings {
            package.add("word/settings.xml", .settings, "<w:settings \(WordNamespaces.main)>\(settings)</w:settings>")
            package.relate("word/document.xml", "rId8", .settings, "settings.xml")
        }
        let bytes = try package.bytes()
        if hasStylesWithEffects { return try withEffects(bytes) }
        if outside.isEmpty && absent.isEmpty { return bytes }
        func relation(_ number: Int, _ kind: String, _ rest: String) -> String {
            "<Relationship Id=\"rId\(100 + number)\" Type=\"\(WordNamespaces.relationshipsName)/\(kind)\" \(rest)/>"
        }
        let relations =
            outside.enumerated().map { relation($0, $1, "Target=\"http://a/b\" TargetMode=\"External\"") }.joined()
            + absent.enumerated().map { relation(50 + $0, $1, "Target=\"\($1)9.xml\"") }.joined()
        return try changed(bytes) { name, text in
            name == "word/_rels/document.xml.rels"
                ? text.replacing("</Relationships>", with: relations + "</Relationships>") : text
        }
    }

    /// The same package with a copy of its styles, as Word 2010 makes one.
    private func withEffects(_ bytes: [UInt8]) throws -> [UInt8] {
        let zip = try ZipReader(bytes)
        let linked = try changed(bytes) { name, text in
            name == "word/_rels/document.xml.rels"
                ? text.replacing(
                    "</Relationships>",
                    with:
                        "<Relationship Id=\"rId99\" Type=\"http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects\" Target=\"stylesWithEffects.xml\"/></Relationships>"
                ) : text
        }
        let old = try ZipReader(linked)
        var writer = ZipWriter()
        for entry in old.entries { writer.add(entry.name, try old.bytes(of: entry)) }
        writer.add("word/stylesWithEffects.xml", try zip.bytes(of: "word/styles.xml"))
        return try writer.bytes()
    }

    /// The same package with other texts in its XML parts.
    private func changed(_ bytes: [UInt8], _ change: (String, String) -> String) throws -> [UInt8] {
        let zip = try ZipReader(bytes)
        var writer = ZipWriter()
        for entry in zip.entries {
            let bytes = try zip.bytes(of: entry)
            let isText = entry.name.hasSuffix(".xml") || entry.name.hasSuffix(".rels")
            writer.add(
                entry.name,
                isText ? Array(change(entry.name, String(decoding: bytes, as: UTF8.self)).utf8) : bytes
            )
        }
        return try writer.bytes()
    }

    /// A report of these blocks on it.
    func report(
        _ sections: [DocumentSection],
        chosen: [StyleRole: String] = [:]
    ) throws -> (zip: ZipReader, body: String, styles: FirmStyles) {
        let firm = try FirmDocument(ZipReader(bytes()))
        let styles = FirmStyles(firm.styleList, chosen: chosen)
        let document = Document(title: "报告", language: "zh-CN", sections: sections)
        let written = try FirmPackage(document, on: firm, styles: styles).bytes()
        let zip = try ZipReader(written)
        return (zip, String(decoding: try zip.bytes(of: "word/document.xml"), as: UTF8.self), styles)
    }
}

@Suite("A report on a firm's letterhead")
struct FirmTests {
    private let text = DocumentSection(
        orientation: .portrait,
        blocks: [
            .heading(Heading(1, "一、概况")),
            .paragraph(Paragraph(style: .body, runs: [.text("正文"), .footnote(Footnote([.text("注")]))])),
        ]
    )
    private let wide = DocumentSection(orientation: .landscape, blocks: [.table(plainTable([["甲"], ["1"]]))])

    @Test("stands in place of the words that say so, split over runs as they may be")
    func placeholder() throws {
        var firm = FirmFile()
        firm.body = "<w:p><w:r><w:t>前</w:t></w:r></w:p>" + firm.body + "<w:p><w:r><w:t>后</w:t></w:r></w:p>"
        let report = try firm.report([text])
        #expect(!report.body.contains("{{报告") && !report.body.contains("正文}}"))
        let order = ["前", "概况", "后"].compactMap { report.body.firstRange(of: $0)?.lowerBound }
        #expect(order.count == 3 && order == order.sorted())
    }

    @Test("stands at the end of a text that does not say where")
    func noPlaceholder() throws {
        var firm = FirmFile()
        firm.body = "<w:p><w:r><w:t>前</w:t></w:r></w:p>"
        let body = try firm.report([text]).body
        #expect(
            body.firstRange(of: "前")?.upperBound ?? body.endIndex < body.firstRange(of: "概况")?.lowerBound
                ?? body.startIndex
        )
        #expect(body.all(between: "<w:sectPr", and: ">").count == 1)
    }

    @Test(
        "has the firm's pages in every section: turned where needed, with one first page and one beginning of numbers"
    )
    func sections() throws {
        let body = try FirmFile().report([text, wide]).body
        let sections = body.all(between: "<w:sectPr", and: "</w:sectPr>")
        #expect(sections.count == 2)
        #expect(sections.map { $0.contains("r:id=\"rId7\"") } == [true, true])
        #expect(sections.map { $0.contains("<w:titlePg/>") } == [true, false])
        #expect(sections.map { $0.contains("w:start=\"1\"") } == [true, false])
        #expect(sections[0].contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"))
        #expect(sections[1].contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"))
    }

    @Test("turns the page back for what the firm has after it")
    func back() throws {
        var firm = FirmFile()
        firm.body += "<w:p><w:r><w:t>（盖章）</w:t></w:r></w:p>"
        let body = try firm.report([text, wide]).body
        let turns = body.all(between: "<w:sectPr", and: "</w:sectPr>").map { $0.contains("landscape") }
        #expect(turns == [false, true, false])
    }

    @Test("has what the firm has after it on its own last page where no page of it stands upright")
    func allTurned() throws {
        var firm = FirmFile()
        firm.body += "<w:p><w:r><w:t>（盖章）</w:t></w:r></w:p>"
        let body = try firm.report([wide]).body
        let turns = body.all(between: "<w:sectPr", and: "</w:sectPr>").map { $0.contains("landscape") }
        #expect(turns == [true])
    }

    @Test(
        "lies on its side as a whole where the firm's pages do, with the firm's own size, and what the firm has after it"
    )
    func landscape() throws {
        var firm = FirmFile()
        firm.body += "<w:p><w:r><w:t>（盖章）</w:t></w:r></w:p>"
        firm.section = firm.section.replacing(
            "w:w=\"11906\" w:h=\"16838\"",
            with: "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\""
        )
        let body = try firm.report([text, wide]).body
        let sections = body.all(between: "<w:sectPr", and: "</w:sectPr>")
        #expect(sections.count == 2)
        #expect(sections.allSatisfy { $0.contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>") })
        #expect(try FirmDocument(ZipReader(firm.bytes())).remarks.isEmpty)
    }

    @Test("leaves everything else as it was, byte for byte")
    func untouched() throws {
        let firm = FirmFile()
        let (before, after) = (try ZipReader(firm.bytes()), try firm.report([text]).zip)
        for name in ["word/header1.xml", "word/media/logo.png"] {
            #expect(try before.bytes(of: name) == after.bytes(of: name))
        }
        #expect(Set(before.entries.map(\.name)).isSubset(of: Set(after.entries.map(\.name))))
        #expect(try firm.report([text]).zip.bytes(of: "word/document.xml") == after.bytes(of: "word/document.xml"))
    }

    @Test("is set in the firm's styles by their names, and in the house's where it has none")
    func styles() throws {
        let report = try FirmFile().report([text])
        #expect(report.body.contains("<w:pStyle w:val=\"2\"/>"))
        #expect(report.body.contains("<w:pStyle w:val=\"gw\"/>"))
        // Its headings count themselves, ours bring their numbers.
        #expect(report.body.contains("<w:numId w:val=\"0\"/>"))
        #expect(report.styles.missing.contains(.caption) && !report.styles.missing.contains(.heading1))
        let added = String(decoding: try report.zip.bytes(of: "word/styles.xml"), as: UTF8.self)
        #expect(added.contains("w:styleId=\"Caption\"") && added.contains("<w:basedOn w:val=\"a\"/>"))
    }

    @Test(
        "finds the placeholder as people type it",
        arguments: ["{{report}}", " {{ 报告正文 }} ", "｛｛报告正文｝｝", "{｛ report }｝"]
    )
    func typed(placeholder: String) throws {
        var firm = FirmFile()
        firm.body = "<w:p><w:r><w:t>\(placeholder)</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>"
        let body = try firm.report([text]).body
        #expect(!body.contains(placeholder))
        let order = ["概况", "后"].compactMap { body.firstRange(of: $0)?.lowerBound }
        #expect(order.count == 2 && order == order.sorted())
    }

    /// Headings that count themselves, two styles based on them, one of which does not.
    private static let counting =
        "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>"
        + "<w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"1\"/></w:style>"
        + "<w:style w:type=\"paragraph\" w:styleId=\"3\"><w:name w:val=\"heading 3\"/><w:basedOn w:val=\"2\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr></w:style>"
        + "<w:style w:type=\"paragraph\" w:styleId=\"t\"><w:name w:val=\"TOC Heading\"/><w:basedOn w:val=\"1\"/></w:style>"
        + "<w:style w:type=\"paragraph\" w:styleId=\"x\"><w:name w:val=\"circle\"/><w:basedOn w:val=\"x\"/></w:style>"

    @Test("turns off the numbers of every style that counts, also where another style makes it count")
    func counted() throws {
        var firm = FirmFile()
        firm.styles = Self.counting
        var section = text
        section.blocks.insert(.contents(Contents(title: "目 录", depth: 1)), at: 0)
        section.blocks += [
            .heading(Heading(2, "（一）")), .heading(Heading(3, "1.")), .heading(Heading(1, "附", isListed: false)),
        ]
        let report = try firm.report([section])
        #expect(report.styles.ids.counted == [.heading1, .heading2, .contentsTitle, .part, .section, .annex])
        let paragraphs = report.body.all(between: "<w:pPr>", and: "</w:pPr>")
        let none = paragraphs.map { $0.contains("<w:numId w:val=\"0\"/>") }
        #expect(
            none
                == paragraphs.map {
                    $0.contains("pStyle w:val=\"1\"/>") || $0.contains("pStyle w:val=\"2\"/>")
                        || $0.contains("pStyle w:val=\"t\"/>")
                        || $0.contains("ReportPart")
                }
        )
        #expect(none.count { $0 } == 4)
    }

    @Test("makes headings outside the contents look like the firm's")
    func likeness() throws {
        var section = text
        section.blocks.append(.heading(Heading(1, "附", isListed: false)))
        let report = try FirmFile().report([section])
        let added = String(decoding: try report.zip.bytes(of: "word/styles.xml"), as: UTF8.self)
        let part = added.all(between: "w:styleId=\"ReportPart\">", and: "</w:style>")
        #expect(part.count == 1 && part[0].contains("<w:basedOn w:val=\"2\"/>") && !part[0].contains("<w:rPr>"))
        // It has no heading 2 of its own.
        let other = added.all(between: "w:styleId=\"ReportSection\">", and: "</w:style>")
        #expect(other.count == 1 && other[0].contains("<w:basedOn w:val=\"a\"/>") && other[0].contains("<w:rPr>"))
    }

    @Test("leads into the firm's text as far indented as that, and has a subtitle centred below titles that are")
    func fitting() throws {
        let cover = DocumentSection(
            orientation: .portrait,
            blocks: [
                .cover([
                    Paragraph(style: .title, runs: [.text("报告")]),
                    Paragraph(style: .subtitle, runs: [.text("(2026 年度)")]),
                ]),
                .paragraph(Paragraph(style: .lead, runs: [.text("建议：压减")])),
            ]
        )
        var firm = FirmFile()
        firm.styles += "<w:style w:type=\"paragraph\" w:styleId=\"s9\"><w:name w:val=\"Subtitle\"/></w:style>"
        let report = try firm.report([cover])
        let subtitle = try #require(report.body.all(between: "<w:p>", and: "</w:p>").first { $0.contains("2026 年度") })
        #expect(subtitle.contains("w:val=\"s9\"") && subtitle.contains("<w:jc w:val=\"center\"/>"))
        let added = String(decoding: try report.zip.bytes(of: "word/styles.xml"), as: UTF8.self)
        let lead = added.all(between: "w:styleId=\"ReportLead\">", and: "</w:style>").first ?? ""
        #expect(
            lead.contains("<w:basedOn w:val=\"gw\"/>") && lead.contains("<w:keepNext/>") && !lead.contains("<w:ind")
        )
        // Its own style for titles says where they stand.
        firm.styles += "<w:style w:type=\"paragraph\" w:styleId=\"t9\"><w:name w:val=\"封面标题\"/></w:style>"
        let own = try firm.report([cover]).body.all(between: "<w:p>", and: "</w:p>").first { $0.contains("2026 年度") }
        #expect(own?.contains("<w:jc") == false)
    }

    @Test("is navigated by its headings, whatever the firm's styles for them say")
    func levels() throws {
        var firm = FirmFile()
        firm.styles += "<w:style w:type=\"paragraph\" w:styleId=\"z1\"><w:name w:val=\"中和标题一\"/></w:style>"
        let contents = DocumentBlock.contents(Contents(title: "目录", depth: 2))
        let heading = Heading(1, "一、概况")
        var document = Document(
            title: "",
            language: "zh-CN",
            sections: [DocumentSection(orientation: .portrait, blocks: [contents, .heading(heading)])]
        )
        document.fillContents()
        let body = try firm.report(document.sections, chosen: [.heading1: "中和标题一"]).body
        let paragraph = try #require(body.all(between: "<w:p>", and: "</w:p>").last { $0.contains("一、概况") })
        #expect(paragraph.contains("<w:pStyle w:val=\"z1\"/><w:keepNext/>"))
        #expect(paragraph.contains("<w:outlineLvl w:val=\"0\"/>"))
        // Contents that somebody makes anew find it, too.
        #expect(
            body.contains("TOC \\o &quot;1-2&quot; \\t &quot;中和标题一,1&quot;")
                || body.contains("TOC \\o \"1-2\" \\t \"中和标题一,1\"")
        )
    }

    @Test(
        "gets styles that the file lacks in the firm's font and in sizes that go with its text, in both lists of styles"
    )
    func sizes() throws {
        var firm = FirmFile()
        firm.styles =
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/><w:rPr><w:rFonts w:ascii=\"Verdana\"/><w:sz w:val=\"21\"/></w:rPr></w:style>"
        firm.hasStylesWithEffects = true
        let report = try firm.report([text, wide])
        let names = ["word/styles.xml", "word/stylesWithEffects.xml"]
        for styles in try names.map({ String(decoding: try report.zip.bytes(of: $0), as: UTF8.self) }) {
            func style(_ name: String) -> String? {
                styles.split(separator: "<w:style ").map(String.init).first {
                    $0.contains("<w:name w:val=\"\(name)\"/>")
                }
            }
            #expect(style("heading 1")?.contains("<w:b/><w:bCs/><w:sz w:val=\"21\"/>") == true, "\(styles)")
            #expect(style("Title")?.contains("<w:sz w:val=\"29\"/>") == true)
            // No smaller than nine points.
            #expect(style("报告表格文字")?.contains("<w:sz w:val=\"18\"/>") == true)
            #expect(!styles.contains("仿宋") && !styles.contains("Times New Roman") && !styles.contains("w:line=\"560\""))
        }
        #expect(report.styles.ids.tableFonts(HouseStyle(language: "zh-CN").onLetterhead(size: 21)) == ["Verdana"])
        // What the firm has as large as the house has it stays so.
        let official = HouseStyle(language: "zh-CN")
        #expect(official.onLetterhead(size: 32).title.size == official.title.size)
    }

    @Test("knows how wide the digits of an installed font are")
    func digits() throws {
        #expect(FontFile(Array("ttcf".utf8)) == nil && FontFile([]) == nil)
        #expect(FontFile(FontFixture.bytes(digit: 1303, unit: 2048))?.digitWidth == 637)
        #expect(FontFile(Array(FontFixture.bytes(digit: 1303, unit: 2048).dropLast(44)))?.digitWidth == nil)
        let wide = StyleIDs(measured: 696).tableType(HouseStyle(language: "zh-CN"))
        #expect(wide.narrow == 696 && StyleIDs(measured: 300).tableType(HouseStyle(language: "zh-CN")).narrow == 500)
    }

    @Test("has tables in the firm's own type, as wide as that needs")
    func tableType() throws {
        var firm = FirmFile()
        firm.styles +=
            "<w:style w:type=\"paragraph\" w:styleId=\"base\"><w:name w:val=\"基\"/><w:rPr><w:rFonts w:ascii=\"Verdana\"/><w:sz w:val=\"21\"/></w:rPr></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"bg\"><w:name w:val=\"表格文字\"/><w:basedOn w:val=\"base\"/><w:rPr><w:sz w:val=\"18\"/></w:rPr></w:style>"
        let styles = FirmStyles(try FirmDocument(ZipReader(firm.bytes())).styleList)
        let type = styles.ids.tableType(HouseStyle(language: "zh-CN"))
        #expect(type == TableType(size: 18, headSize: 21, narrow: LatinWidth.of("Verdana")))
        let table = plainTable([["名称", "金额"], ["租金", "1703200"]])
        let body = try firm.report([DocumentSection(orientation: .portrait, blocks: [.table(table)])]).body
        // The style has the size; nothing says another one.
        let cell = try #require(body.all(between: "<w:tc>", and: "</w:tc>").first { $0.contains("1,703,200") })
        #expect(cell.contains("<w:pStyle w:val=\"bg\"/>") && !cell.contains("<w:sz "))
    }

    @Test("takes the font of a theme that the firm's styles refer to")
    func themeFonts() throws {
        let theme = try FirmThemeFonts(
            Array(
                "<a:theme><a:majorFont><a:latin typeface=\"Georgia\"/></a:majorFont><a:minorFont><a:latin typeface=\"Verdana\"/></a:minorFont></a:theme>"
                    .utf8
            )
        )
        let styles = try FirmStyle.all(
            Array(
                "<w:styles><w:docDefaults><w:rPr><w:rFonts w:asciiTheme=\"minorHAnsi\"/><w:sz w:val=\"24\"/></w:rPr></w:docDefaults><w:style w:type=\"paragraph\" w:styleId=\"a\"><w:name w:val=\"A\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"B\"/><w:rPr><w:rFonts w:asciiTheme=\"majorAscii\"/></w:rPr></w:style></w:styles>"
                    .utf8
            ),
            theme: theme
        )
        #expect(styles.map(\.font) == ["Verdana", "Georgia"] && styles.map(\.size) == [24, 24])
    }

    @Test("is set in one column, and its tables leave a grid of characters alone")
    func columnsAndGrid() throws {
        var firm = FirmFile()
        firm.section = firm.section.replacing(
            "<w:titlePg/>",
            with:
                "<w:cols w:num=\"2\" w:space=\"425\"/><w:titlePg/><w:docGrid w:type=\"linesAndChars\" w:charSpace=\"2000\"/>"
        )
        let body = try firm.report([text, wide]).body
        #expect(!body.contains("w:num=\"2\"") && body.contains("<w:cols w:space=\"425\"/>"))
        let cell = try #require(body.all(between: "<w:tc>", and: "</w:tc>").last)
        #expect(
            cell.contains("<w:snapToGrid w:val=\"0\"/><w:spacing")
                && cell.contains("<w:rPr><w:snapToGrid w:val=\"0\"/>")
        )
    }

    @Test("takes the style that the settings name, and says which one it does not find")
    func chosen() throws {
        let firm = try FirmDocument(ZipReader(FirmFile().bytes()))
        let styles = FirmStyles(firm.styleList, chosen: [.quote: "公文正文", .caption: "没有"])
        #expect(styles.ids[.quote] == "gw")
        #expect(styles.unknown.map(\.name) == ["没有"])
    }

    @Test("counts bookmarks after those of the firm, and brings notes where the firm has none")
    func numbers() throws {
        let report = try FirmFile().report([text])
        #expect(report.body.contains("<w:bookmarkStart w:id=\"42\" "))
        #expect(report.zip["word/footnotes.xml"] != nil)
        let relations = String(decoding: try report.zip.bytes(of: "word/_rels/document.xml.rels"), as: UTF8.self)
        #expect(relations.contains("rIdReportFootnotes") && relations.contains("\"rId7\""))
    }

    @Test("brings its styles to a file without any, under the name that every program knows")
    func noStyles() throws {
        var firm = FirmFile()
        firm.hasStyles = false
        let report = try firm.report([text])
        let styles = String(decoding: try report.zip.bytes(of: "word/styles.xml"), as: UTF8.self)
        #expect(styles.contains("w:styleId=\"\(StyleRole.table.id)\""))
    }

    @Test("is refused on what cannot hold it, with what to do")
    func refused() throws {
        func refusal(_ change: (inout FirmFile) -> Void) throws -> OfficeFileError {
            var file = FirmFile()
            change(&file)
            let bytes = try file.bytes()
            return try #require(throws: OfficeFileError.self) { _ = try FirmDocument(ZipReader(bytes)) }
        }
        #expect(try refusal { $0.body += $0.body } == .placeholderTwice)
        let mark = FactBookmark.name(of: "amounts.requested")
        #expect(
            try refusal { $0.body += "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"\(mark)\"/></w:p>" } == .isReport
        )
        #expect(try refusal { $0.body = "<w:tbl><w:tr><w:tc>\($0.body)</w:tc></w:tr></w:tbl>" } == .placeholderInside)
        #expect(try refusal { $0.header = "<w:p><w:r><w:t>{{report}}</w:t></w:r></w:p>" } == .placeholderInside)
        #expect(
            try refusal { $0.body = "<w:p><w:r><w:t>前 {{re</w:t></w:r><w:r><w:t>port}}</w:t></w:r></w:p>" }
                == .placeholderNotAlone
        )
        #expect(try refusal { $0.header = "<w:p><w:r><w:t>某所｛｛报告正文｝｝</w:t></w:r></w:p>" } == .placeholderNotAlone)
        #expect(
            try refusal { $0.root = "xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" xmlns:r=\"x\"" }
                == .isStrict
        )
        let macros = OfficePackage.Kind(mediaType: "application/vnd.ms-word.document.macroEnabled.main+xml")
        #expect(try refusal { $0.kind = macros } == .hasMacros)
        #expect(try refusal { $0.kind = .workbook } == .noWordFile)
        #expect(try refusal { $0.body += "<w:p>" } != .noWordFile)
    }

    private static let revision = "<w:ins w:id=\"5\"><w:r><w:t>新</w:t></w:r></w:ins>"

    @Test("lacks styles in one remark, which says what they are for")
    func lackingStyles() async throws {
        let path = "/tmp/pingshen-firm-\(getpid()).docx"
        defer { unlink(path) }
        let bytes = try FirmFile().bytes()
        let file = try #require(fopen(path, "w"))
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        let found = try await WordWriter().validate(["letterhead": .text(path)])
        let told = found.filter { $0.code == "word-writer/missing-style" }
        #expect(told.count == 1)
        #expect(told.first?.message.zh.contains("题注 caption") == true)
        #expect(told.first?.message.zh.contains("目录 contents1、目录 contents2") == true)
    }

    @Test(
        "has remarks on what would go into every report, and a line of a run for each, with what to do",
        arguments: FirmRemark.allCases
    )
    func lines(remark: FirmRemark) {
        for locale in [Locale.zh, .en] {
            let (line, told) = (remark.line(locale), remark.diagnostic)
            #expect(line.hasPrefix(told.message(locale)) && told.help.map { line.hasSuffix($0(locale)) } == true)
        }
    }

    @Test("has remarks on what would go into every report")
    func remarks() throws {
        func remarks(_ change: (inout FirmFile) -> Void) throws -> [FirmRemark] {
            var firm = FirmFile()
            change(&firm)
            return try FirmDocument(ZipReader(firm.bytes())).remarks
        }
        #expect(try remarks { _ in } == [])
        #expect(try remarks { $0.body = "<w:p><w:r><w:t>致：</w:t></w:r></w:p>" } == [.ownText])
        #expect(try remarks { $0.body += "<w:p>\(Self.revision)</w:p>" } == [.revisions])
        #expect(try remarks { $0.header = "<w:p>\(Self.revision)</w:p>" } == [.revisions])
        #expect(try remarks { $0.outside = ["image", "hyperlink"] } == [.linked])
        #expect(try remarks { $0.outside = ["attachedTemplate"] } == [.attachedTemplate])
        #expect(
            try remarks { $0.settings = "<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"1\"/>" } == [
                .protected
            ]
        )
        #expect(try remarks { $0.settings = "<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"0\"/>" } == [])
        #expect(
            try remarks { $0.section = "<w:sectPr><w:cols w:num=\"2\"><w:col w:w=\"3000\"/></w:cols></w:sectPr>" } == [
                .columns
            ]
        )
        #expect(try remarks { $0.absent = ["image"] } == [.missingPicture])
        func page(_ width: Int, margins: Int) -> String {
            "<w:sectPr><w:pgSz w:w=\"\(width)\" w:h=\"8392\"/><w:pgMar w:top=\"700\" w:bottom=\"700\" w:left=\"\(margins)\" w:right=\"\(margins)\"/></w:sectPr>"
        }
        #expect(try remarks { $0.section = page(5953, margins: 700) } == [.smallPage])
        #expect(throws: OfficeFileError.noRoom) { try remarks { $0.section = page(5953, margins: 2800) } }
    }

    @Test("is refused where the report would be no valid file")
    func dangling() throws {
        func refused(_ change: (inout FirmFile) -> Void) -> String? {
            var firm = FirmFile()
            change(&firm)
            do throws(OfficeFileError) {
                _ = try FirmDocument(ZipReader((try? firm.bytes()) ?? []))
                return nil
            } catch { return error.reason.en }
        }
        #expect(refused { $0.body += "<w:altChunk r:id=\"rId7\"/>" }?.contains("altChunk") == true)
        #expect(refused { $0.body += "<w:p><w:hyperlink r:id=\"rId99\"/></w:p>" }?.contains("refers to") == true)
        #expect(refused { $0.absent = ["header"] }?.contains("header9.xml") == true)
    }

    @Test("that has no page set-up gets the house's")
    func noSection() throws {
        var firm = FirmFile()
        firm.section = ""
        let body = try firm.report([text, wide]).body
        #expect(body.all(between: "<w:sectPr", and: "</w:sectPr>").first?.contains("w:w=\"11906\"") == true)
    }
}

@Suite("The places in a PDF file")
struct PDFPlacesTests {
    private static let file = """
        %PDF-1.6
        1 0 obj
        <</Type/Page/Parent 9 0 R>>
        endobj
        2 0 obj
        <</Type/Page/Parent 8 0 R>>
        endobj
        8 0 obj
        <</Type/Pages/Kids[ 2 0 R ]>>
        endobj
        9 0 obj
        <</Type/Pages
        /Kids[ 1 0 R
        8 0 R ]>>
        endobj
        5 0 obj
        <</5FToc000000001[1 0 R/XYZ 1 2 0]
        /5FToc000000002[2 0 R/XYZ 1 2 0]
        /f5Fa[7 0 R/XYZ 1 2 0]>>
        endobj
        6 0 obj
        <</Type/Font/BaseFont/BAAAAA+NotoSerifCJKjp-Regular>>
        endobj
        3 0 obj
        <</Type/Catalog/Pages 9 0 R
        /Dests 5 0 R>>
        endobj
        """

    @Test("are on the pages that the tree of pages counts")
    func pages() {
        let places = PDFPlaces(Array(Self.file.utf8))
        #expect(places.pageCount == 2)
        #expect(places.page(of: Bookmarks.heading(1)) == 1 && places.page(of: Bookmarks.heading(2)) == 2)
        #expect(places.page(of: Bookmarks.heading(3)) == nil)
        #expect(places.fonts == ["NotoSerifCJKjp-Regular"] && !places.hasNoChineseFont)
    }

    @Test("are none in a file that is cut off, empty, or turns in circles")
    func broken() {
        let bytes = Array(Self.file.utf8)
        for count in stride(from: 0, to: bytes.count, by: 7) { _ = PDFPlaces(Array(bytes[..<count])) }
        let circle = "\n9 0 obj\n<</Type/Pages/Kids[ 9 0 R ]>>\nendobj\n/Type/Catalog/Pages 9 0 R\nendobj"
        #expect(PDFPlaces(Array(circle.utf8)).pageCount == 0)
        #expect(PDFPlaces([]).hasNoChineseFont)
    }
}

@Suite("LibreOffice")
struct LibreOfficeTests {
    @Test(
        "is told the language of the document",
        arguments: [("zh-CN", "zh_CN.UTF-8"), ("zh-Hans", "zh_CN.UTF-8"), ("en", "en.UTF-8"), ("../x", "C.UTF-8")]
    )
    func locale(tag: String, locale: String) { #expect(LibreOffice.locale(tag) == locale) }

    @Test("that takes too long is ended, and gone when that is said")
    func slow() async {
        let process = ChildProcess(arguments: ["/bin/sleep", "3600"], environment: [:], limit: .milliseconds(1))
        await #expect(throws: ChildProcess.Failure.tookTooLong) { try await process.run() }
    }

    @Test("that cannot be started, or ends with a code, says so")
    func codes() async throws {
        let none = ChildProcess(arguments: ["/nowhere/soffice"], environment: [:], limit: .seconds(60))
        await #expect(throws: ChildProcess.Failure.notStarted(2)) { try await none.run() }
        let three = ChildProcess(
            arguments: ["/bin/sh", "-c", "exit $CODE"],
            environment: ["CODE": "3"],
            limit: .seconds(60)
        )
        #expect(try await three.run() == 3)
    }

    @Test("that is not installed is one sentence that says what to install")
    func missing() {
        #expect(FormatFailure.noLibreOffice.message.en.contains("apt install libreoffice-writer-nogui fonts-noto-cjk"))
        #expect(FormatFailure.pdf(NoChineseFont()).message.zh.contains("fonts-noto-cjk"))
    }
}
