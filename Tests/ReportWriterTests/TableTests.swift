import ReportDocument
import ReviewModel
import Testing

@testable import report_writer

@Suite("Tables and their merged cells")
struct TableTests {
    private func merged(_ rows: [[String]], merges: [Bool], keys: [[String?]]? = nil) -> [[String]] {
        let loose = rows.enumerated().map { row, cells in
            LooseRow(
                cells: cells.enumerated().map { column, text in
                    let key = keys?[row][column]
                    return LooseCell([.text(text)], key: key)
                },
                style: .body
            )
        }
        let alignments = [CellAlignment](repeating: .left, count: merges.count)
        return CellMerging(alignments: alignments, merges: merges).rows(loose).map { row in
            row.cells.map { "\($0.runs.plainText)\($0.rowSpan > 1 ? "↓\($0.rowSpan)" : "")@\($0.column)" }
        }
    }

    @Test("equal cells of a merging column become one; the others stay")
    func equalCells() {
        let rows = merged([["a", "x"], ["a", "x"], ["b", "x"]], merges: [true, false])
        #expect(rows == [["a↓2@0", "x@1"], ["x@1"], ["b@0", "x@1"]])
    }

    @Test("equal cells under different parents stay apart")
    func boundaries() {
        let rows = merged([["a", "x"], ["b", "x"], ["b", "x"]], merges: [true, true])
        #expect(rows == [["a@0", "x@1"], ["b↓2@0", "x↓2@1"], []])
    }

    @Test("a cell's own key merges across such boundaries, whatever the text")
    func ownKeys() {
        let rows = merged([["a", "4"], ["b", ""]], merges: [true, false], keys: [[nil, "C"], [nil, "C"]])
        #expect(rows == [["a@0", "4↓2@1"], ["b@0"]])
    }

    @Test("an optional column in which nothing stands is not printed; cells that reach over it go with the others")
    func emptyColumns() throws {
        func cells(_ remark: String) throws -> [String] {
            let html = try Fixture.html(
                """
                - table: t
                  columns: [{title: a, width: 10}, {title: b, width: 30, optional: true}, {title: c, width: 30}]
                  rows:
                    - [x, "\(remark)", y]
                    - [{text: z, colspan: 2}, w]
                """
            )
            return html.matches(of: /<t[hd](?: [^>]*)?>([^<]*)<|width:([0-9]+)%/).map { String($0.1 ?? $0.2 ?? "") }
        }
        for nothing in ["", "-"] {
            #expect(try cells(nothing) == ["25", "75", "a", "c", "x", "y", "z", "w"])
        }
        #expect(try cells("r").filter { !$0.isEmpty && Int($0) == nil } == ["a", "b", "c", "x", "r", "y", "z", "w"])
    }

    @Test("explicit spans push the cells below aside, and a short row is filled up")
    func spans() throws {
        let blocks = """
            - form: f
              columns: [{width: 1}, {width: 1}, {width: 1}]
              rows:
                - [{text: a, rowspan: 2, style: label}, {text: b, colspan: 2}]
                - [c]
                - [{text: d, colspan: 3, align: right}]
            """
        #expect(
            try Fixture.html(blocks) == """
                <section class="sheet portrait">
                <div class="scroll" role="region" tabindex="0" aria-labelledby="s1-1">
                <table class="form narrow">
                <caption id="s1-1">f</caption>
                <colgroup><col style="width:33%"><col style="width:33%"><col style="width:33%"></colgroup>
                <tbody class="together">
                <tr><th scope="rowgroup" rowspan="2" class="centre first">a</th><td colspan="2">b</td></tr>
                <tr><td>c</td><td></td></tr>
                <tr><td colspan="3" class="right">d</td></tr>
                </tbody>
                </table>
                </div>
                </section>
                """
        )
        #expect(
            try Fixture.markdown(blocks) == """
                **f**

                |  |  |  |
                | --- | --- | --- |
                | a | b |  |
                | a | c |  |
                | d |  |  |

                """
        )
    }

    @Test("a table goes through nested lists, merges, and closes with its total")
    func nested() throws {
        let blocks = """
            - table: 表（单位：元）
              note: 注
              columns: [{title: 组, merge: true}, {title: 明细}, {title: 金额, align: right}]
              rows:
                - each: groups
                  as: g
                  rows:
                    - each: g.lines
                      rows:
                        - when: cut
                          row: ["{{g.name}}", "{{detail}}*", "{{approved}}"]
                        - unless: cut
                          row: ["{{g.name}}", "{{detail}}", "{{approved}}"]
                - row: [{text: 合计, colspan: 2, align: centre}, "{{amounts.approved}}"]
                  style: total
            """
        #expect(
            try Fixture.markdown(blocks) == """
                **表（单位：元）**

                | 组 | 明细 | 金额 |
                | --- | --- | --: |
                | 送餐 | 车辆 | 73,000.00 |
                | 送餐 | 餐箱\\* | 28,800.00 |
                | 厨房 | / | 200,000.00 |
                | 合计 |  | 301,800.00 |

                *注*

                """
        )
        #expect(
            try Fixture.html(blocks) == """
                <section class="sheet portrait">
                <div class="scroll" role="region" tabindex="0" aria-labelledby="s1-1">
                <table class="narrow">
                <caption id="s1-1">表（单位：元）</caption>
                <colgroup><col style="width:33%"><col style="width:33%"><col style="width:33%"></colgroup>
                <thead>
                <tr><th scope="col" class="centre first">组</th><th scope="col" class="centre">明细</th><th scope="col" class="centre">金额</th></tr>
                </thead>
                <tbody class="together">
                <tr><td rowspan="2" class="first">送餐</td><td>车辆</td><td class="right">73,000.00</td></tr>
                <tr><td>餐箱*</td><td class="right">28,800.00</td></tr>
                </tbody>
                <tbody class="together">
                <tr><td class="first">厨房</td><td>/</td><td class="right">200,000.00</td></tr>
                <tr class="total"><td colspan="2" class="centre">合计</td><td class="right">301,800.00</td></tr>
                </tbody>
                </table>
                </div>
                <p class="note">注</p>
                </section>
                """
        )
    }

    @Test("several header rows become one in Markdown")
    func headerRows() throws {
        let text = try Fixture.markdown(
            """
            - table: ""
              columns: [{width: 1}, {width: 1}, {width: 1}]
              header:
                - [{text: 指标, rowspan: 2}, {text: 依据, colspan: 2}]
                - [文件, 附件]
              rows: [[a, b, c]]
            """
        )
        #expect(text.hasPrefix("| 指标 | 依据 / 文件 | 依据 / 附件 |\n"))
    }

    @Test("criteria of shared points stand once, with the node that bears them")
    func pooled() throws {
        let text = try Fixture.markdown(
            """
            - table: ""
              columns: [指标, 分值, 标准, 得分, 依据]
              rows:
                - each: rubric.rows
                  rows:
                    - ["{{indicator.code}}", {text: "{{pool.max}}", key: "{{pool.code}}"}, {text: "{{text}}", key: "{{key}}"}, "{{self}}", {text: "{{evidence.document}}{{evidence.text}}", key: "{{evidence_key}}"}]
            """
        )
        #expect(
            text == """
                | 指标 | 分值 | 标准 | 得分 | 依据 |
                | --- | --- | --- | --- | --- |
                | A1 | 6 | ①充分 | 4 | 《办法》 |
                | A1 | 6 | ②相关 |  |  |
                | C1 | 4 | ①明确<br>②合理 | 4 | 共用 |
                | C2 | 4 | ①明确<br>②合理 | 4 | 共用 |

                """
        )
    }
}
