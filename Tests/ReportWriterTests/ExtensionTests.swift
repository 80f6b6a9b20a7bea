import Glibc
import ReportDocument
import ReportTemplate
import ReviewModel
import Testing

@testable import report_writer

@Suite("Templates that extend others; letterheads, pictures, signing, properties")
struct ExtensionTests {
    private let base = """
        id: base
        title: "{{project.name}}"
        language: zh-CN
        unit: 万元
        properties: {author: "{{agency}}", keywords: [评审, "{{project.town}}"], pageNumbers: dashed}
        terms: {agency: 甲所, other: 乙}
        areas: {a: {zh: 甲, en: a}}
        needs: {fields: {texts.plain: 第一部分}}
        blocks:
          - {id: first, text: 一}
          - when: lines
            blocks: [{id: inner, text: 里}]
          - {id: last, text: 末}
        """

    private func read(_ changes: String) -> (TemplateOutline?, [ConfigurationDiagnostic]) {
        let log = DiagnosticLog()
        var settings = Fixture.yaml("id: own\n" + changes).record ?? Record()
        settings["extends"] = Fixture.yaml(base)
        return (TemplateOutline(ValueReader(.record(settings), log: log)), log.diagnostics)
    }

    private func text(_ changes: String) throws -> String {
        let (template, mistakes) = read(changes)
        #expect(mistakes.isEmpty, "\(mistakes)")
        return MarkdownRenderer(try compose(try #require(template), try Fixture.request()).0).render()
    }

    @Test("blocks are replaced, removed, put before and after, inside conditions, too")
    func changes() throws {
        #expect(try text("") == "一\n\n里\n\n末\n")
        #expect(
            try text(
                """
                changes:
                  - {before: inner, blocks: [{text: 前}]}
                  - {after: inner, blocks: [{text: 后}, {id: new, text: 新}]}
                  - {replace: new, blocks: [{text: "{{agency}}"}]}
                  - {remove: first}
                  - {append: [{text: 尾}]}
                  - {prepend: [{text: 头}]}
                """
            ) == "头\n\n前\n\n里\n\n后\n\n甲所\n\n末\n\n尾\n"
        )
    }

    @Test("what stands beside the blocks is taken over, each key under one's own")
    func keys() throws {
        let template = try #require(
            read(
                "title: 自己的\nterms: {agency: 丙所}\nproperties: {author: 丁, number: 1 号}\nneeds: {fields: {texts.x: {for: y, optional: true}}}"
            ).0
        )
        #expect(template.terms.map(\.name) == ["other", "agency"] && template.unit == .wan)
        #expect(template.areas.keys.sorted() == ["a"] && template.id == "own" && template.language == "zh-CN")
        #expect(template.needs.map(\.name) == ["texts.plain", "texts.x"])
        #expect(template.needs.map(\.isRequired) == [true, false])
        let document = try compose(template, try Fixture.request()).0
        #expect(document.title == "自己的")
        let properties = document.properties
        #expect(properties.author == "丁" && properties.number == "1 号" && properties.keywords == ["评审", "望舒镇"])
        #expect(properties.pageNumbers == .dashed && properties.review == "small")
    }

    @Test("every mistake has its place")
    func mistakes() {
        let found = read(
            """
            blocks: []
            properties: {auther: x, pageNumbers: roman}
            unit: [美元]
            needs: {fields: {a: [b]}}
            changes:
              - {remove: frist}
              - {replace: first, remove: last}
              - {after: first}
              - {append: [{txt: x}]}
              - {after: last, blocks: [{id: first, text: x}]}
            """
        ).1.map { "\($0.pointer) \($0.code)" }
        #expect(
            found == [
                "/changes/0/remove template/unknown-id", "/changes/1 template/unknown-change",
                "/changes/2 value/missing-key", "/changes/3/append/0/txt template/unknown-block",
                "/unit value/wrong-type", "/properties/pageNumbers value/not-allowed",
                "/properties/auther value/unknown-key", "/needs/fields/a value/wrong-type",
                "/blocks value/unknown-key", " template/id-twice",
            ]
        )
    }

    @Test("a mistake in the base is found at its place in the settings")
    func inBase() {
        let log = DiagnosticLog()
        let settings: Value = ["id": "x", "extends": ["id": "y", "title": "t", "blocks": [["txt": "x"]]]]
        _ = TemplateOutline(ValueReader(settings, log: log))
        #expect(log.diagnostics.map { "\($0.pointer)" } == ["/extends/blocks/0/txt"])
    }

    @Test("templates that extend each other come to an end")
    func depth() {
        var settings: Value = ["id": "x", "title": "t", "blocks": []]
        for _ in 0..<40 { settings = ["id": "x", "extends": settings] }
        let log = DiagnosticLog()
        #expect(TemplateOutline(ValueReader(settings, log: log)) == nil)
        #expect(log.diagnostics.map(\.code) == ["template/extends"])
    }

    @Test("a letterhead, a picture and a place to sign become blocks of the document")
    func blocks() throws {
        let path = "/tmp/pingshen-block-\(getpid()).png"
        try PNGFile.write(PNGFile.bytes(width: 2), to: path)
        defer { unlink(path) }
        let document = try Fixture.document(
            """
            - letterhead: {issuer: "{{project.town}}文件", number: "〔{{project.year}}〕1 号", signer: 甲}
            - {picture: \(path), alternative: 公章样式, caption: 公章, counted: 图, width: 30, align: left}
            - signing:
                - 项目负责人
                - {label: 文号, value: "{{project.name}}"}
                - {label: 盖章, kind: seal}
              columns: 2
            """
        )
        let blocks = document.sections[0].blocks
        #expect(
            blocks[0]
                == .letterhead(
                    Letterhead(
                        issuer: [.text("望舒镇文件")],
                        number: [.text("〔"), .figure(Figure(2026, .plain)), .text("〕1 号")],
                        signer: [.text("甲")]
                    )
                )
        )
        guard case .picture(let picture) = blocks[1], case .signing(let signing) = blocks[2] else {
            Issue.record("\(blocks)")
            return
        }
        #expect(picture.path == path && picture.width == 30 && picture.alignment == .left)
        #expect(picture.caption.plainText == "图 1 公章" && picture.alternative == "公章样式")
        #expect(signing.columns == 2 && signing.fields.map(\.kind) == [.signature, .text, .seal])
        #expect(signing.fields[1].value == [.text("助餐")])
    }

    @Test("their mistakes")
    func blockMistakes() async throws {
        let mistakes = try await Fixture.mistakes(
            """
            - letterhead: {number: x}
            - {picture: /p.png, width: 120, alternative: x}
            - {picture: p.png, alternative: x}
            - {signing: [{label: x, kind: stamp}], columns: 9}
            - signing: [{label: "{{nobody}}"}]
            """
        )
        #expect(
            mistakes == [
                "/template/blocks/0/letterhead value/missing-key", "/template/blocks/1/width template/width",
                "/template/blocks/2/picture template/picture", "/template/blocks/3/columns template/columns",
                "/template/blocks/3/signing/0/kind value/not-allowed",
                "/template/blocks/4/signing/0/label template/unknown-name",
            ]
        )
    }
}

@Suite("Forms around names")
struct WrongFormTests {
    private let form = DossierOutline(
        fields: [
            .init(
                "project",
                .group([.init("name", .value(.text)), .init("decided", .value(.date)), .init("free", .value(nil))])
            )
        ],
        tables: [
            TableSchema(
                name: "grants",
                columns: [
                    Column(name: "street"), Column(name: "place"), Column(name: "cost", type: .decimal),
                    Column(name: "paid_on", type: .date),
                ]
            )
        ]
    )

    private func codes(_ text: String) async throws -> [String] {
        let template: Value = ["id": "t", "title": "t", "blocks": .list([["text": .text(text)]])]
        return try await ReportWriter().validate(["template": template], in: FormContext(form: form)).map(\.code)
    }

    @Test(
        "that do nothing for what the form says is there are refused",
        arguments: [
            "capital(grants.street)", "capital(grants.cost)", "sum(grants.place)", "hanzidate(project.name)",
            "date(sum(grants.cost))", "wan(project.decided)",
        ]
    )
    func wrong(expression: String) async throws {
        #expect(try await codes("{{\(expression)}}") == ["template/wrong-form"])
    }

    @Test(
        "that fit, or may fit, are not",
        arguments: [
            "capital(sum(grants.cost))", "hanzidate(project.decided)", "wan(project.free)", "date(project.free)",
            "year(project.decided)", "count(grants)", "dash(wan(sum(grants.cost)))",
        ]
    )
    func right(expression: String) async throws { #expect(try await codes("{{\(expression)}}") == []) }
}
