import ReportDocument
import ReviewModel
import Testing

@testable import report_writer

@Suite("Blocks in both back ends")
struct BlockTests {
    private let outline = """
        - cover: [{text: "{{project.town}}", style: title}, 一行, ""]
        - page: portrait
        - contents: 目 录
          depth: 2
        - heading: 一、概况
        - heading: （一）背景
          level: 2
        - heading: （一）背景
          level: 2
          listed: false
          look: annex
        - text: |
            {{texts.plain}}

            甲
            乙 abc
            def
        - text: 引文
          style: quote
        - page: landscape
        - text: 附注
          style: note
        - signature: [填报单位, 日期]
        """

    @Test("an outline in Markdown")
    func markdownOutline() throws {
        #expect(
            try Fixture.markdown(outline) == """
                **望舒镇**

                一行

                ---

                **目 录**

                - [一、概况](#一概况)
                  - [（一）背景](#一背景)

                ## 一、概况

                ### （一）背景

                ### （一）背景

                两段。

                第二段。

                甲乙 abc def

                > 引文

                ---

                *附注*

                填报单位

                日期

                """
        )
    }

    @Test("an outline in HTML")
    func htmlOutline() throws {
        #expect(
            try Fixture.html(outline) == """
                <section class="sheet portrait">
                <header class="cover">
                <p class="title">望舒镇</p>
                <p class="centred">一行</p>
                </header>
                </section>
                <section class="sheet portrait">
                <nav class="contents" aria-label="目 录">
                <p class="contents-title">目 录</p>
                <ol>
                <li class="level-1"><a href="#part-1">一、概况</a></li>
                <li class="level-2"><a href="#part-2">（一）背景</a></li>
                </ol>
                </nav>
                <h2 class="look-part" id="part-1">一、概况</h2>
                <h3 class="look-section" id="part-2">（一）背景</h3>
                <h3 class="look-annex" id="part-3">（一）背景</h3>
                <p>两段。</p>
                <p>第二段。</p>
                <p>甲乙 abc def</p>
                <blockquote><p>引文</p></blockquote>
                </section>
                <section class="sheet landscape">
                <p class="note">附注</p>
                <footer class="signature">
                <p class="right">填报单位</p>
                <p class="right">日期</p>
                </footer>
                </section>
                """
        )
    }

    @Test("each and when choose what is printed")
    func control() throws {
        let text = try Fixture.markdown(
            """
            - each: reversed(lines)
              as: line
              blocks:
                - when: line.cut
                  blocks: [{text: "{{line.label}} {{index}} 核减"}]
                  otherwise: [{text: "{{line.label}}"}]
            - unless: targets
              blocks: [{text: 没有目标}]
            """
        )
        #expect(text == "厨房\n\n保温餐箱 2 核减\n\n车辆\n\n没有目标\n")
    }

    @Test("a chart is a table in Markdown and a described drawing in HTML")
    func chart() throws {
        let blocks = """
            - chart: 历年
              summary: 预算与支付
              over: history_by_year
              label: "{{year}} 年"
              unit: 元
              series: [{name: 预算, value: adjusted}, {name: 支付, value: paid, text: "{{paid}} 元"}]
            """
        #expect(
            try Fixture.markdown(blocks) == """
                **历年**

                |  | 预算（元） | 支付（元） |
                | --- | --: | --: |
                | 2024 年 | 200.00 | 199.00 元 |
                | 2025 年 | 200.00 | 50.00 元 |

                *预算与支付*

                """
        )
        let html = try Fixture.html(blocks)
        #expect(
            html.contains("<desc id=\"s1-1-d\">预算与支付；2024 年：预算 200.00，支付 199.00 元；2025 年：预算 200.00，支付 50.00 元</desc>")
        )
        #expect(html.contains("width=\"262.0\"") && html.contains("width=\"65.5\""))
        #expect(html.contains("<figcaption>历年</figcaption>"))
    }

    @Test("a flow chart is a line of arrows in Markdown and boxes in HTML")
    func flow() throws {
        let blocks = "- {flow: 图1 流程, steps: [申请, \"<审批>\"]}"
        #expect(try Fixture.markdown(blocks) == "申请 → &lt;审批&gt;\n\n*图1 流程*\n")
        let html = try Fixture.html(blocks)
        #expect(html.contains(">&lt;审批&gt;</text>") && html.contains("class=\"arrow\""))
    }

    @Test("an attached document keeps its numbered headings, none of them listed")
    func attached() throws {
        let document = try Fixture.document(
            "- attached: \"一、总则\\n\\n正文一、二。\\n\\n1. 货币\\n\\n1. 这是一句话。\"\n  level: 3"
        )
        #expect(
            document.headings.map { "\($0.level) \($0.text.plainText) \($0.look) \($0.isListed)" } == [
                "3 一、总则 part false", "4 1. 货币 section false",
            ]
        )
        #expect(document.sections[0].blocks.count == 4)
    }

    @Test("findings become a table in the language of the report")
    func findings() throws {
        let finding = Finding(
            rule: "a/b",
            severity: .error,
            message: LocalizedText(zh: "合计|不符", en: "sum"),
            expected: "5",
            found: "6"
        )
        let place = Location(.text(file: "Specs/town/lines.yaml", line: 7, column: 3), path: "tables.lines[0].amount")
        let located = LocatedFinding(finding: finding, step: "s", locations: [place])
        #expect(
            try Fixture.markdown("- findings: 核对", findings: [located]) == """
                **核对**

                | 级别 | 发现 | 应为 | 实为 | 提示 | 位置 |
                | :-: | --- | --- | --- | --- | --- |
                | 错误 | 合计\\|不符 | 5 | 6 |  | lines.yaml:7 |

                """
        )
        #expect(try Fixture.markdown("- text: x\n- findings: 核对") == "x\n")
    }

    @Test("unknown names are marked on the page")
    func marks() throws {
        let blocks = "- text: 共 {{nobody}} 元"
        #expect(try Fixture.markdown(blocks) == "共 **〔?nobody〕** 元\n")
        #expect(try Fixture.html(blocks).contains("<p>共 <mark>〔?nobody〕</mark> 元</p>"))
    }
}
