import ReportDocument
import ReportTemplate
import ReviewModel
import Testing

@testable import report_writer

@Suite("Captions that are counted, units, lists of any kind")
struct CaptionTests {
    private let tables = """
        - text: 见{{reference(lines)}}、{{reference(bars)}}和{{reference(last)}}。
        - when: nothing
          blocks:
            - {table: 没有的表, counted: 表, columns: [一], rows: []}
        - {id: lines, table: "{{project.name}}明细", counted: 表, columns: [一], rows: [["{{reference(last)}}"]]}
        - id: bars
          chart: 金额
          counted: 图
          over: lines
          label: "{{label}}"
          series: [{name: 申报, value: requested}]
        - {chart: 空, counted: 图, over: nothing, label: "", series: [{name: s, value: x}]}
        - each: lines
          where: cut
          blocks:
            - {table: "{{label}}", counted: 表, columns: [一], rows: []}
        - {id: last, flow: 流程, counted: 图, steps: [甲, 乙]}
        """

    @Test("each series counts what is printed, and texts name tables that come later")
    func counted() throws {
        let document = try Fixture.document(tables.replacing("nothing", with: "texts.none"))
        let blocks = document.sections[0].blocks
        let captions = blocks.compactMap { block -> [Run]? in
            switch block {
            case .table(let table): table.caption
            case .chart(let chart): chart.caption
            case .flow(let flow): flow.caption
            default: nil
            }
        }
        #expect(captions.map(\.plainText) == ["表 1 助餐明细", "图 1 金额", "表 2 保温餐箱", "图 2 流程"])
        #expect(captions[0][1] == .counter(Counter(series: "表", number: 1)))
        guard case .paragraph(let paragraph) = blocks[0] else { return }
        #expect(paragraph.runs.plainText == "见表 1、图 1和图 2。")
        #expect(paragraph.runs[1] == .reference(Counter(series: "表", number: 1)))
    }

    @Test("on a page a reference leads to the number of its caption")
    func links() throws {
        let page = HTMLRenderer.page(try Fixture.document(tables.replacing("nothing", with: "texts.none")))
        #expect(
            page.contains(
                "见<a class=\"reference\" href=\"#caption-1\">表 1</a>、<a class=\"reference\" href=\"#caption-2\">图 1</a>"
            )
        )
        #expect(page.contains("表 <span id=\"caption-1\">1</span> 助餐明细"))
    }

    @Test("a reference to a table that is not printed is a hole; to one that there is not, a mistake")
    func references() async throws {
        let blocks = """
            - text: 见{{reference(gone)}}{{#reference(gone)}}!{{/reference(gone)}}
            - when: texts.none
              blocks: [{id: gone, table: x, counted: 表, columns: [一], rows: []}]
            """
        #expect(try Fixture.markdown(blocks).contains("**〔?gone〕**"))
        #expect(try await Fixture.mistakes(blocks) == [])
        let mistakes = try await Fixture.mistakes(
            """
            - text: 见{{reference(tabel)}}
            - {id: table, table: x, counted: 表, columns: [一], rows: []}
            - {id: table, text: x}
            """
        )
        #expect(mistakes == ["/template template/id-twice", "/template/blocks/0/text template/unknown-caption"])
    }

    @Test("a table's amounts print in its unit, which its caption says; forms come first")
    func units() throws {
        let text = try Fixture.markdown(
            """
            - table: 明细
              unit: 万元
              columns: [一, 二, 三, 四]
              rows: [["{{amounts.requested}}", "{{money(amounts.requested)}}", "{{dash(amounts.deducted)}}", "{{amounts.rate}}"]]
            - text: "{{amounts.requested}} 元"
            """
        )
        #expect(text.contains("**明细（单位：万元）**"))
        #expect(text.contains("| 30.72 | 307,200.00 | 0.54 | 1.76% |"))
        #expect(text.contains("307,200.00 元"))
    }

    /// 万元 for the whole template.
    private func inWan(_ blocks: String) throws -> Document {
        let settings: Value = [
            "id": "t", "title": "t", "unit": "万元", "terms": ["all": "共 {{amounts.requested}}"],
            "blocks": Fixture.yaml(blocks),
        ]
        let log = DiagnosticLog()
        let template = try #require(TemplateOutline(ValueReader(settings, log: log)))
        #expect(log.diagnostics.isEmpty)
        return try compose(template, try Fixture.request()).0
    }

    @Test("sums, lists, first and last ones print in the unit of the template as well, and captions say it")
    func unitOfAll() throws {
        let text = MarkdownRenderer(
            try inWan(
                """
                - table: 分组
                  columns: [一, 二, 三]
                  rows:
                    - each: budget_lines
                      by: group
                      as: g
                      rows: [["{{g.key}}", "{{sum(g.rows.amount)}}", "{{first(g.rows.amount)}}"]]
                    - {row: [合计, "{{sum(budget_lines.amount)}}", "{{money(sum(budget_lines.amount))}}"], style: total}
                - {table: 金额表（单位：万元）, columns: [一], rows: [["{{amounts.requested}}"]]}
                - {table: 名单, columns: [一], rows: [["{{project.name}}"]]}
                - text: "{{all}}；{{budget_lines.amount}}"
                """
            )
        ).render()
        #expect(text.contains("**分组（单位：万元）**") && text.contains("**金额表（单位：万元）**") && text.contains("**名单**"))
        #expect(text.contains("| 送餐 | 10.72 | 7.30 |") && text.contains("| 合计 | 30.72 | 307,200.00 |"))
        #expect(text.contains("共 30.72；7.30、3.42、20.00"))
    }

    @Test("a text of the spec that says 元 keeps its amounts, whatever the unit of the template")
    func unitOfTexts() throws {
        let text = MarkdownRenderer(
            try inWan(
                """
                - text: "{{texts.slotted}}"
                - {table: 核减, unit: 千元, columns: [一, 二], rows: [{each: cuts, rows: [["{{reason}}", "{{deducted}}"]]}]}
                """
            )
        ).render()
        #expect(text.contains("申报 307,200.00 元。"))
        #expect(text.contains("| 核减 5,400.00 元 | 5.40 |"))
    }

    @Test("the values of a chart print in its unit, or in the template's, which it then says")
    func unitOfCharts() throws {
        func chart(_ unit: String) throws -> Chart? {
            let document = try inWan(
                """
                - chart: 金额
                  over: lines
                  label: "{{label}}"\(unit)
                  series: [{name: 申报, value: requested}]
                """
            )
            if case .chart(let chart)? = document.sections[0].blocks.first { return chart }
            return nil
        }
        let charts = [try chart(""), try chart("\n  unit: 元"), try chart("\n  unit: 千元"), try chart("\n  unit: 分")]
        #expect(charts.map { $0?.unit } == ["万元", "元", "千元", "分"])
        #expect(charts.map { $0?.groups[0].bars[0]?.text } == ["7.30", "73,000.00", "73.00", "7.30"])
        #expect(charts.allSatisfy { $0?.groups[0].bars[0]?.value == 73000 })
    }

    @Test("any table can be filtered, grouped by a column and summed")
    func grouped() throws {
        let text = try Fixture.markdown(
            """
            - table: 分组
              columns: [一, 二]
              rows:
                - each: budget_lines
                  by: group
                  as: g
                  rows:
                    - each: g.rows
                      where: amount > 40000
                      rows: [["{{index}} {{detail}}", "{{amount}}"]]
                    - {row: ["{{g.key}}小计（{{count(g.rows)}} 项）", "{{sum(g.rows.amount)}}"], style: total}
                - {row: [合计, "{{sum(budget_lines.amount)}}"], style: total}
            - each: budget_lines
              where: amount < 80000 and group = '送餐'
              blocks: [{text: "{{index}}{{^last}}、{{/last}}{{amount}}"}]
            """
        )
        #expect(
            text.contains(
                """
                | 1 车辆 | 73,000.00 |
                | 送餐小计（2 项） | 107,200.00 |
                | 1 / | 200,000.00 |
                | 厨房小计（1 项） | 200,000.00 |
                | 合计 | 307,200.00 |
                """
            )
        )
        #expect(text.contains("1、73,000.00\n\n234,200.00"))
    }

    @Test("names in where and by are held against the elements")
    func elementNames() async throws {
        let mistakes = try await Fixture.mistakes(
            """
            - {each: visits, where: cots > 3, blocks: []}
            - {each: visits, by: plcae, blocks: []}
            - {each: visits, by: place, as: v, blocks: [{text: "{{v.key}} {{sum(v.rows.cost)}} {{v.rows.plcae}}"}]}
            - {each: groups, by: lines, blocks: []}
            - {when: "amounts = 3 and lines > 1", blocks: []}
            - {when: "count(lines) >", blocks: []}
            - {each: visits, where: "cost > 3 or", blocks: []}
            """
        )
        #expect(
            mistakes == [
                "/template/blocks/5/when template/condition", "/template/blocks/6/where template/condition",
                "/template/blocks/0/where template/unknown-name", "/template/blocks/1/by template/unknown-name",
                "/template/blocks/2/blocks/0/text template/unknown-name", "/template/blocks/3/by template/not-a-value",
                "/template/blocks/4/when template/not-a-value", "/template/blocks/4/when template/not-a-value",
            ]
        )
    }
}
