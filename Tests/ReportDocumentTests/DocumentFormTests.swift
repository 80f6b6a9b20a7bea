import ExactNumbers
import Groundwork
import JSONDocument
import ReportDocument
import Testing

@Suite("A document as data: pingshen.document/1")
struct DocumentFormTests {
    private static let amount = Run.figure(Figure(1_234_500, .money, fact: "amounts.requested"))

    /// A document with every kind of block and run.
    private static var everything: Document {
        let row = DocumentRow(
            cells: [
                DocumentCell(column: 0, rowSpan: 2, style: .label, alignment: .centre, runs: [.text("甲")]),
                DocumentCell(column: 1, columnSpan: 2, alignment: .right, runs: [amount]),
            ]
        )
        let second = DocumentRow(
            cells: [DocumentCell(column: 1, columnSpan: 2, alignment: .left, runs: [])],
            style: .total
        )
        let columns = [20, 40, 40].map { DocumentColumn(width: $0, alignment: .right) }
        let head = DocumentRow(cells: [DocumentCell(column: 0, style: .head, alignment: .centre, runs: [.text("项目")])])
        let bar = Chart.Bar(value: -3, base: 80, text: "-3")
        let blocks: [DocumentBlock] = [
            .letterhead(Letterhead(issuer: [.text("某事务所")], number: [.text("某评〔2026〕1 号")])),
            .cover([Paragraph(style: .title, runs: [.text("评审报告")])]), .contents(Contents(title: "目 录", depth: 2)),
            .heading(Heading(level: 1, text: [.text("一、概况")], anchor: "一概况", look: .part)),
            .paragraph(Paragraph(style: .body, runs: [.text("申报 "), amount, .lineBreak, .missing("x.y")])),
            .paragraph(
                Paragraph(
                    style: .note,
                    runs: [
                        .footnote(Footnote([.text("注")])), .counter(Counter(series: "表", number: 2)),
                        .reference(Counter(series: "表", number: 2)),
                    ]
                )
            ),
            .table(
                DocumentTable(
                    caption: [.text("表")],
                    columns: columns,
                    header: [head],
                    body: [row, second],
                    isForm: true
                )
            ),
            .chart(
                Chart(
                    caption: [],
                    summary: "一句话",
                    unit: "分",
                    series: ["得分"],
                    groups: [Chart.Group(label: "甲", bars: [bar, nil])]
                )
            ),
            .flow(FlowDiagram(caption: [.text("流程")], steps: ["申请", "审核"])),
            .picture(Picture(path: "/tmp/a.png", alternative: "徽标", width: 30)),
            .signing(Signing(fields: [Signing.Field(label: [.text("项目负责人")], kind: .seal)], columns: 2)),
            .signature([Paragraph(style: .right, runs: [.text("某事务所")])]),
        ]
        var document = Document(
            title: "评审报告",
            language: "zh-CN",
            properties: DocumentProperties(author: "某事务所", keywords: ["评审"], number: "1 号", pageNumbers: .dashed),
            sections: [DocumentSection(orientation: .landscape, blocks: blocks)]
        )
        document.fillContents()
        return document
    }

    @Test("what is written is read again, every kind of block and run")
    func roundTrip() throws {
        let bytes = JSONWriter.document(Self.everything.wire)
        let value = try JSONReader.read(bytes)
        let log = DiagnosticLog()
        #expect(Document(wire: ValueReader(value, log: log)) == Self.everything)
        #expect(log.diagnostics.map(\.message.en) == [])
    }

    /// Every kind of block with nothing in it.
    private static let empty: [DocumentBlock] = [
        .letterhead(Letterhead(issuer: [])), .cover([]), .contents(Contents(title: "", depth: 2)),
        .heading(Heading(level: 1, text: [], anchor: "", look: .part)), .paragraph(Paragraph(style: .body, runs: [])),
        .table(DocumentTable(caption: [], columns: [], header: [], body: [])),
        .table(
            DocumentTable(
                caption: [],
                columns: [DocumentColumn(width: 100, alignment: .left)],
                header: [],
                body: [],
                isForm: true
            )
        ),
        .chart(Chart(caption: [], summary: "", unit: "", series: [], groups: [])),
        .chart(Chart(caption: [], summary: "", unit: "", series: ["甲"], groups: [Chart.Group(label: "", bars: [])])),
        .flow(FlowDiagram(caption: [], steps: [])), .picture(Picture(path: "", alternative: "")),
        .signing(Signing(fields: [])), .signing(Signing(fields: [Signing.Field(label: [])])), .signature([]),
    ]

    @Test("a block with nothing in it is read again, too", arguments: empty)
    func nothing(block: DocumentBlock) throws {
        let document = Document(
            title: "",
            language: "en",
            sections: [
                DocumentSection(orientation: .portrait, blocks: [block]),
                DocumentSection(orientation: .portrait, blocks: []),
            ]
        )
        let value = try JSONReader.read(JSONWriter.document(document.wire))
        let log = DiagnosticLog()
        let read = Document(wire: ValueReader(value, log: log))
        #expect(log.diagnostics.map(\.message.en) == [])
        #expect(read?.sections == document.sections)
    }

    @Test("a figure comes with its exact value and with the text that it prints as")
    func figure() {
        #expect(
            Self.amount.wire
                == ["figure": "1234500", "style": "money", "text": "1,234,500.00", "fact": "amounts.requested"]
        )
    }

    private static let strange: [(block: Value, place: String)] = [
        (["kind": "poem", "lines": []], "/sections/0/blocks/0/kind"),
        (["kind": "paragraph", "runs": [["colour": "red"]]], "/sections/0/blocks/0/runs/0"),
        (
            [
                "kind": "table", "columns": [["width": 1, "alignment": "left"]],
                "body": [["cells": [["column": 1]]]],
            ], "/sections/0/blocks/0"
        ),
    ]

    @Test("what is not understood is said with its place, never dropped", arguments: strange.indices)
    func mistakes(index: Int) {
        let (block, place) = Self.strange[index]
        let value: Value = [
            "schema": "pingshen.document/1", "title": "t", "language": "en", "sections": [["blocks": [block]]],
        ]
        let log = DiagnosticLog()
        _ = Document(wire: ValueReader(value, log: log))
        #expect(log.diagnostics.map(\.pointer.description) == [place])
    }
}
