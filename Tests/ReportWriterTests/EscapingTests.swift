import Glibc
import PluginKit
import ReportDocument
import ReviewModel
import Testing

@testable import report_writer

@Suite("Whatever a text holds prints as it is")
struct EscapingTests {
    private let hostile = "<script>alert(\"1\")</script> & 'a' | `b` *c* _d_ [e](f) ~g~ \\h"

    private func document() -> Document {
        let cell = DocumentCell(column: 0, alignment: .left, runs: [.text(hostile), .lineBreak, .text("二")])
        let table = DocumentTable(
            caption: [.text(hostile)],
            columns: [DocumentColumn(width: 100, alignment: .left)],
            header: [],
            body: [DocumentRow(cells: [cell])]
        )
        return Document(
            title: hostile,
            language: "zh\"><script>",
            sections: [
                DocumentSection(
                    orientation: .portrait,
                    blocks: [
                        .heading(Heading(level: 1, text: [.text(hostile)], anchor: "a", look: .part)),
                        .paragraph(Paragraph(style: .body, runs: [.text(hostile)])), .table(table),
                        .chart(
                            Chart(
                                caption: [.text(hostile)],
                                summary: hostile,
                                unit: hostile,
                                series: [hostile],
                                groups: [.init(label: hostile, bars: [.init(value: 1, text: hostile)])]
                            )
                        ),
                    ]
                )
            ]
        )
    }

    @Test("in HTML, attributes and drawings included")
    func html() {
        let page = HTMLRenderer.page(document())
        #expect(!page.contains("<script"))
        #expect(
            page.contains(
                "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;a&#39; | `b` *c* _d_ [e](f) ~g~ \\h</p>"
            )
        )
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"zh&quot;&gt;&lt;script&gt;\">"))
    }

    @Test("with controls, marks of direction and separators of lines shown, in HTML and in Markdown")
    func inert() {
        let acting = "a\u{0}\u{1B}[2J\u{7F}\u{9B}\u{202E}\u{2028}\u{2066}z"
        let shown = #"a\u{0}\u{1B}[2J\u{7F}\u{9B}\u{202E}\u{2028}\u{2066}z"#
        let blocks = [DocumentBlock.paragraph(Paragraph(style: .body, runs: [.text(acting)]))]
        let document = Document(
            title: acting,
            language: "zh",
            sections: [DocumentSection(orientation: .portrait, blocks: blocks)]
        )
        let (page, text) = (HTMLRenderer.page(document), MarkdownRenderer(document).render())
        #expect(page.contains("<p>\(shown)</p>") && text.contains(MarkdownText.escaped(shown)))
        #expect(!(page + text).unicodeScalars.contains { $0.isActedOn && $0 != "\n" && $0 != "\t" })
    }

    @Test("in Markdown, pipes and code marks included")
    func markdown() {
        let escaped =
            "&lt;script&gt;alert(\"1\")&lt;/script&gt; &amp; 'a' \\| \\`b\\` \\*c\\* \\_d\\_ \\[e\\](f) \\~g\\~ \\\\h"
        let text = MarkdownRenderer(document()).render()
        #expect(text.contains("## \(escaped)\n\n\(escaped)\n"))
        #expect(text.contains("| \(escaped)<br>二 |"))
    }

    @Test(
        "a paragraph that looks like a heading or a list is none",
        arguments: [
            ("# a", "\\# a"), ("- a", "\\- a"), ("1. a", "1\\. a"), ("12) a", "12\\) a"), ("2026 年", "2026 年"),
            ("(1) a", "(1) a"),
        ]
    )
    func lineStarts(text: String, written: String) {
        #expect(MarkdownText.paragraph(MarkdownText.escaped(text)) == written)
    }

    @Test("a long merged cell says ditto in Markdown")
    func ditto() {
        let long = String(repeating: "长", count: 41)
        let cell = DocumentCell(column: 0, rowSpan: 2, alignment: .left, runs: [.text(long)])
        let table = DocumentTable(
            caption: [],
            columns: [DocumentColumn(width: 100, alignment: .left)],
            header: [],
            body: [DocumentRow(cells: [cell]), DocumentRow(cells: [])]
        )
        let document = Document(
            title: "",
            language: "zh",
            sections: [DocumentSection(orientation: .portrait, blocks: [.table(table)])]
        )
        #expect(MarkdownRenderer(document).render().hasSuffix("| \(long) |\n| 〃 |\n"))
    }

    @Test("the page fetches nothing and runs nothing")
    func selfContained() {
        let page = HTMLRenderer.page(Document(title: "t", language: "zh-CN", sections: []))
        for word in ["<script", "http:", "https:", "<link", "@import", "url("] {
            #expect(!page.contains(word), "page has \(word)")
        }
    }
}

@Suite("The report writer")
struct ReportWriterTests {
    private func scratch() -> String {
        var path = Array("/tmp/report-writer-XXXXXX".utf8CString)
        return path.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap(mkdtemp).map { String(cString: $0) } ?? "" }
    }

    private let settings: Value = [
        "template": ["id": "t", "title": "{{project.name}}", "blocks": [["text": "{{texts.slotted}}"]]]
    ]

    @Test("only the formats asked for are written")
    func formats() async throws {
        let directory = scratch()
        defer { rmdir(directory) }
        var request = try Fixture.request(settings, directory: directory)
        request.formats = ["html", "docx"]
        let artifacts = try await ReportWriter().render(request).artifacts
        #expect(artifacts.map(\.path) == ["report.html", "findings.html"])
        #expect(artifacts.allSatisfy { $0.mediaType == "text/html; charset=utf-8" && $0.format == "html" })
        #expect(access(directory + "/report.md", F_OK) != 0)
        #expect(try Fixture.read(directory + "/report.html").contains("<p>申报 307,200.00 元。</p>"))
        unlink(directory + "/report.html")
        unlink(directory + "/findings.html")
    }

    @Test("the same review gives the same bytes")
    func deterministic() throws {
        let blocks = "- each: lines\n  blocks: [{text: \"{{label}} {{reason}}\"}]"
        #expect(try Fixture.html(blocks) == Fixture.html(blocks))
    }

    @Test("a folder that cannot be written to is named in the error")
    func unwritable() async throws {
        let request = try Fixture.request(settings, directory: "/nonexistent")
        let error = await #expect(throws: ScratchFileError.self) { try await ReportWriter().render(request) }
        #expect(error?.description == "cannot write \"/nonexistent/report.md\": No such file or directory")
    }

    @Test("invalid settings are refused with their place")
    func invalid() async throws {
        let request = try Fixture.request(["template": ["id": "t", "title": "t", "blocks": [["x": 1]]]])
        let error = await #expect(throws: ReportError.self) { try await ReportWriter().render(request) }
        #expect(error?.description.contains("/template/blocks/0/x: unknown block \"x\"") == true)
    }
}
