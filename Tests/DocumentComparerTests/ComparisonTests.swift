import OfficeFiles
import ReviewModel
import Testing

@testable import document_comparer

/// The words of the field, as Specs/pipelines/compare.yaml has them.
let testWords: ComparisonWords = {
    var words = ComparisonWords()
    words.totals = ["合计", "小计"]
    words.units = ["元": 1, "万元": 10_000]
    words.meanings = [["不予", "予以"], ["可行", "不可行"], ["≥", "≤"], ["尚未", "已"]]
    return words
}()

func compared(_ old: SmallDocument, _ new: SmallDocument) throws -> DocumentComparison {
    try DocumentComparison(old.read(), new.read(), testWords)
}

@Suite("An edited report against the original")
struct ComparisonTests {
    private static let original = SmallDocument(
        h("一、概况"),
        p("本项目申报预算 350,000.00 元，核减 50,000.00 元，核定 300,000.00 元。项目单位已提交全部材料。项目预算编制较为合理。"),
        p("表1 明细"),
        table([
            "序号 项目 申报 核减 核定", "1 场地租金 200,000.00 20,000.00 180,000.00", "2 课程服务 100,000.00 20,000.00 80,000.00",
            "3 宣传印刷 50,000.00 10,000.00 40,000.00", "4 设备维护 12,345.00 345.00 12,000.00",
        ]),
        h("二、结论"),
        p("经评审，项目结论为可行，同意安排。"),
        p("镇财政所应于 2026 年 3 月 1 日前拨付。"),
        p("其他说明见附件一至附件三，供参考。"),
        p("评审组成员三人，均签字确认。")
    )

    private func changes(_ edit: (inout [String]) -> Void) throws -> [Change] {
        var edited = Self.original
        edit(&edited.body)
        return try compared(Self.original, edited).changes
    }

    @Test("an untouched copy has no changes, nor has one whose lines, runs and blanks are others")
    func untouched() throws {
        #expect(try changes { _ in }.isEmpty)
        let laidOut = try changes { body in
            body[1] = body[1].replacing("350,000.00 元", with: "35</w:t></w:r><w:r><w:t>0,000.00</w:t><w:br/><w:t>元")
            body[1] = body[1].replacing("50,000.00 元，核定 300,000.00", with: "５０，０００．００ 元，核定 ３００，０００.００")
            body[5] = "<w:p/>" + body[5].replacing("可行", with: "可</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>行")
            body[6] = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>" + body[6].replacing("2026 年", with: "２０２６ 年")
        }
        #expect(laidOut.isEmpty)
        #expect(try changes { $0[1] = $0[1].replacing("350,000.00 元", with: "３５０，０００．００ 元") }.isEmpty)
        #expect(try !changes { $0[1] = $0[1].replacing("350,000.00 元", with: "３５０，００１．００ 元") }.isEmpty)
    }

    @Test("a paragraph that somebody parts, or joins with the next, is the same text; what else changes in it is told")
    func partedParagraph() throws {
        let parted = p("本项目申报预算 350,000.00 元，核减 50,000.00 元，") + p("核定 300,000.00 元。项目单位已提交全部材料。项目预算编制较为合理。")
        #expect(try changes { $0[1] = parted }.isEmpty)
        let joined = p("镇财政所应于 2026 年 3 月 1 日前拨付。其他说明见附件一至附件三，供参考。")
        #expect(try changes { $0.replaceSubrange(6...7, with: [joined]) }.isEmpty)
        #expect(
            try changes { $0[1] = parted.replacing("全部材料", with: "部分材料") }.contains {
                $0.kind == .removed(.sentence) || $0.kind == .wording
            }
        )
    }

    @Test("what a form leaves empty beside its label is filled in, by the label's name, and no change")
    func filled() throws {
        func sheet(_ number: String, _ day: String) -> SmallDocument {
            func cell(_ text: String) -> String { "<w:tc>\(p(text))</w:tc>" }
            let row =
                "<w:tr>\(cell("项目负责人："))\(cell("王磊"))\(cell("报告文号："))\(cell(number))\(cell("日期："))\(cell(day))</w:tr>"
            return SmallDocument(body: (1...6).map { p("第\($0)点说明，与数字无关的文字内容。") } + ["<w:tbl>\(row)</w:tbl>"])
        }
        let changes = try compared(sheet("", "年 月 日"), sheet("海诚评字〔2025〕第18号", "2025年12月8日")).changes
        #expect(changes.map(\.kind) == [.filled, .filled], "\(changes)")
        #expect(changes.map(\.context.row) == ["报告文号：", "日期："])
        #expect(try compared(sheet("甲1号", ""), sheet("甲2号", "")).changes.map(\.kind) == [.figure])
    }

    @Test(
        "a figure that is written another way and says the same is told as that, and nothing else",
        arguments: ["350000.00 元", "350,000 元", "35 万元", "35.00 万元"]
    )
    func notation(written: String) throws {
        let found = try changes { $0[1] = $0[1].replacing("350,000.00 元", with: written) }
        #expect(found.map(\.kind) == [.notation], "\(found)")
        #expect(found.first?.new == written || found.first?.new == written.replacing(" 元", with: ""))
        let cell = try changes { $0[3] = $0[3].replacing("12,345.00", with: "1.2345 万元") }
        #expect(cell.map(\.kind) == [.notation], "\(cell)")
        #expect(
            try changes { $0[1] = $0[1].replacing("350,000.00 元", with: "350,000.00 万元") }.contains {
                $0.kind == .meaning
            }
        )
        #expect(try changes { $0[1] = $0[1].replacing("350,000.00 元", with: "3.5 万元") }.contains { $0.kind == .figure })
    }

    @Test("a column that stands elsewhere with its head is told once; what has changed in it is told beside it")
    func movedColumn() throws {
        func rows(_ order: [Int], _ edit: (String) -> String = { $0 }) -> String {
            let lines = [
                "序号 项目 申报 核减 核定", "1 场地租金 200,000.00 20,000.00 180,000.00", "2 课程服务 100,000.00 20,000.00 80,000.00",
                "3 宣传印刷 50,000.00 10,000.00 40,000.00", "合计 - 350,000.00 50,000.00 300,000.00",
            ]
            return table(
                lines.map { line in
                    let cells = edit(line).split(separator: " ")
                    return order.map { String(cells[$0]) }.joined(separator: " ")
                }
            )
        }
        /// The names with a second part beneath their head.
        func split(_ table: String) -> String {
            ["场地租金", "课程服务", "宣传印刷", "-"].reduce(table) { text, name in
                text.replacing("<w:tc>" + p(name), with: "<w:tc>" + p(name) + "</w:tc><w:tc>" + p("甲"))
            }
        }
        func changes(_ edited: String) throws -> [Change] {
            let texts = (1...6).map { p("第\($0)段说明文字，与表格无关。") }
            return try compared(
                SmallDocument(body: texts + [rows([0, 1, 2, 3, 4])]),
                SmallDocument(body: texts + [edited])
            ).changes
        }
        let swapped = try changes(rows([0, 1, 2, 4, 3]))
        #expect(swapped.map(\.kind) == [.moved(.column)], "\(swapped)")
        let front = try changes(rows([4, 0, 1, 2, 3]))
        #expect(front.map(\.kind) == [.moved(.column)] && front.first?.new == "核定", "\(front)")
        let edited = try changes(rows([0, 1, 2, 4, 3]) { $0.replacing(" 80,000.00", with: " 90,000.00") })
        #expect(edited.map(\.kind) == [.moved(.column), .figure], "\(edited)")
        #expect(edited.last?.context.column == "核定" && edited.last?.old == "80,000.00")
        // A head may be merged over several columns.
        let merged = { (text: String) in
            text.replacing("<w:tc>" + p("项目"), with: "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + p("项目"))
        }
        let spanned = SmallDocument(
            body: (1...6).map { p("第\($0)段说明文字，与表格无关。") } + [merged(split(rows([0, 1, 2, 3, 4])))]
        )
        let moved = SmallDocument(body: spanned.body.dropLast() + [merged(split(rows([0, 1, 2, 4, 3])))])
        #expect(try compared(spanned, moved).changes.map(\.kind) == [.moved(.column)])
        // Heads alone that were exchanged are wrong heads.
        let heads = try changes(
            rows([0, 1, 2, 3, 4]).replacing("核减", with: "〓").replacing("核定", with: "核减").replacing("〓", with: "核定")
        )
        #expect(!heads.contains { $0.kind == .moved(.column) } && heads.count >= 2, "\(heads)")
    }

    @Test("a figure in full-width digits that is another figure is one change")
    func fullWidth() throws {
        let wide = try changes { $0[1] = $0[1].replacing("300,000.00", with: "３１０，０００．００") }
        #expect(wide.map(\.kind) == [.figure] && wide.first?.new == "310,000.00")
    }

    @Test("a stop that becomes a comma is a change of wording, and no figure came or went")
    func ends() throws {
        let comma = try changes { $0[1] = $0[1].replacing("300,000.00 元。项目", with: "300,000.00 元，项目") }
        #expect(comma.map(\.kind) == [.wording])
        let stop = try changes { $0[1] = $0[1].replacing("50,000.00 元，核定", with: "50,000.00 元。核定") }
        #expect(stop.map(\.kind) == [.wording])
    }

    @Test("columns are called by the rows that the file marks as heads, not by texts of the first row below")
    func markedHeads() throws {
        let rows = table(["目标 目标值 依据", "成本控制 有效 管理要求", "完成率 100% 工作计划"])
            .replacing("<w:tr><w:tc>" + p("目标"), with: "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>" + p("目标"))
        let texts = (1...6).map { p("第\($0)段说明文字，与表格无关。") }
        let edited = rows.replacing("100%", with: "90%")
        let found = try compared(SmallDocument(body: texts + [rows]), SmallDocument(body: texts + [edited])).changes
        #expect(found.map(\.context.column) == ["目标值"])
    }

    @Test(
        "tables that change places under captions that stay are told, and gravely; one that moves with its caption is not"
    )
    func swappedTables() throws {
        let (a, b) = (
            table(["项目 金额", "场地 100,000.00", "课程 200,000.00"]), table(["年度 预算", "2023 300,000.00", "2024 400,000.00"])
        )
        let texts = (1...6).map { p("第\($0)段说明文字，与表格无关。") }
        let original = SmallDocument(body: texts + [p("表1 明细"), a, p("中间的文字。"), p("表2 历年"), b])
        let swapped = SmallDocument(body: texts + [p("表1 明细"), b, p("中间的文字。"), p("表2 历年"), a])
        let found = try compared(original, swapped).changes.filter { $0.kind == .moved(.table) }
        #expect(!found.isEmpty && found.allSatisfy(\.isGrave))
        let together = SmallDocument(body: texts + [p("表1 明细"), b, a, p("中间的文字。"), p("表2 历年")])
        #expect(try compared(original, together).changes.contains { $0.kind == .moved(.table) && $0.isGrave })
        // The same where both tables stand once more further on.
        let twice = [p("附件"), a, p("又一附件"), b]
        let twins = try compared(
            SmallDocument(body: original.body + twice),
            SmallDocument(body: swapped.body + twice)
        ).changes.filter { $0.kind == .moved(.table) }
        #expect(!twins.isEmpty && twins.allSatisfy(\.isGrave))
        let renamed = original.body.map { $0.replacing("表1 明细", with: "表1 明细表") }
        #expect(try compared(original, SmallDocument(body: renamed)).changes.allSatisfy { $0.kind != .moved(.table) })
        // A twin that has changed is no other table.
        var one = original.body + twice
        one[7] = one[7].replacing("100,000.00", with: "110,000.00")
        #expect(
            try compared(SmallDocument(body: original.body + twice), SmallDocument(body: one)).changes.map(\.kind) == [
                .figure
            ]
        )
        let moved = SmallDocument(body: texts + [p("表2 历年"), b, p("表1 明细"), a, p("中间的文字。")])
        #expect(try compared(original, moved).changes.allSatisfy { !$0.isGrave })
    }

    @Test("a figure that is set hidden is gone, and hidden text is told")
    func hidden() throws {
        func hide(_ text: String) -> String { "<w:r><w:rPr><w:vanish/></w:rPr><w:t>\(text)</w:t></w:r>" }
        let found = try changes { body in
            body[1] = body[1].replacing("350,000.00", with: "</w:t></w:r>\(hide("350,000.00"))<w:r><w:t>")
        }
        #expect(found.contains { $0.kind == .figure && $0.old == "350,000.00" && $0.new.isEmpty })
        #expect(found.contains { $0.kind == .hidden && $0.new == "350,000.00" })
        let added = try changes { body in body[6] = body[6].replacing("</w:p>", with: hide("另付 1,000.00 元") + "</w:p>")
        }
        #expect(added.map(\.kind) == [.hidden])
    }

    @Test("a verdict of two words is one word of meaning, in Latin letters as well")
    func verdicts() throws {
        var words = testWords
        words.meanings.append(["可行", "部分可行", "partly feasible", "feasible"])
        func kinds(_ old: String, _ new: String) throws -> [Change.Kind] {
            let rest = (1...6).map { p("第\($0)段说明文字，与结论无关。") }
            return try DocumentComparison(
                SmallDocument(body: rest + [p(old)]).read(),
                SmallDocument(body: rest + [p(new)]).read(),
                words
            ).changes.map(\.kind)
        }
        #expect(try kinds("按评分表属于部分可行的项目。", "按评分表属于可行的项目。") == [.meaning])
        #expect(try kinds("It is partly feasible as it stands.", "It is feasible as it stands.") == [.meaning])
    }

    @Test("figures of cells and of texts are told one by one, with row, column and place")
    func figures() throws {
        let found = try changes { body in
            body[1] = body[1].replacing("300,000.00", with: "31|0,000.00").replacing(
                "|",
                with: "</w:t></w:r><w:r><w:t>"
            )
            body[3] = body[3].replacing("80,000.00<", with: "85,000.00<")
        }
        #expect(found.map(\.old) == ["300,000.00", "180,000.00", "80,000.00"])
        #expect(found.map(\.new) == ["310,000.00", "185,000.00", "85,000.00"])
        #expect(found.allSatisfy { $0.kind == .figure })
        #expect(found[1].context.row == "场地租金" && found[1].context.column == "核定")
        #expect(found[1].place == .tableCell(file: "edited.docx", table: "表1 明细", row: 2, column: 5))
        #expect(found[0].place == .paragraph(file: "edited.docx", heading: ["一、概况"], index: 1))
    }

    @Test("two changes in one paragraph are both told")
    func twoInOne() throws {
        let found = try changes { body in
            body[1] = body[1].replacing("350,000.00", with: "360,000.00").replacing("较为合理", with: "基本妥当")
        }
        #expect(found.map(\.kind) == [.figure, .wording])
        #expect(found[1].new.hasSuffix("项目预算编制基本妥当。"))
    }

    @Test("a verdict that is turned around is no matter of wording")
    func meaning() throws {
        let found = try changes { body in
            body[5] = body[5].replacing("为可行", with: "为不可行")
            body[1] = body[1].replacing("单位已提交", with: "单位尚未提交")
        }
        #expect(found.map(\.kind) == [.meaning, .meaning])
        #expect(found.map(\.old) == ["已", "可行"] && found.map(\.new) == ["尚未", "不可行"])
    }

    @Test("dates and names")
    func datesAndNames() throws {
        var original = Self.original
        original.body.append(p("委托单位：虹桥镇财政所") + p("请虹桥镇财政所复核。"))
        var edited = original
        edited.body[6] = edited.body[6].replacing("3 月 1 日", with: "3 月 15 日")
        edited.body[9] = edited.body[9].replacing("请虹桥镇财政所", with: "请虹桥镇财政局")
        let found = try compared(original, edited).changes
        #expect(found.map(\.kind) == [.figure, .name])
        #expect(found[0].old == "2026 年 3 月 1 日" && found[0].new == "2026 年 3 月 15 日")
    }

    @Test("sentences, paragraphs and rows that came, went, moved or were doubled")
    func structure() throws {
        let found = try changes { body in
            body[1] = body[1].replacing("项目单位已提交全部材料。", with: "")
            body[7] = p("补充说明：另行安排五十人参加培训。") + body[7]
            body.remove(at: 8)
            body[3] = table([
                "序号 项目 申报 核减 核定", "2 课程服务 100,000.00 20,000.00 80,000.00", "9 新增服务 1,000.00 0.00 1,000.00",
                "3 宣传印刷 50,000.00 10,000.00 40,000.00", "4 设备维护 12,345.00 345.00 12,000.00",
                "1 场地租金 200,000.00 20,000.00 180,000.00",
            ])
        }
        #expect(
            Set(found.map(\.kind)) == [
                .removed(.sentence), .added(.paragraph), .removed(.paragraph), .added(.row), .moved(.row),
            ]
        )
        #expect(found.count == 5)
        #expect(found.first { $0.kind == .added(.row) }?.isGrave == true)
        #expect(found.first { $0.kind == .removed(.paragraph) }?.isGrave == false)
        // What is gone is said to have stood behind what still stands before it: below a heading that is the heading.
        let gone = found.first { $0.kind == .removed(.paragraph) }
        #expect(gone?.behind.isEmpty == false)
        #expect(gone?.message.zh.hasSuffix("原在\"\(gone?.behind ?? "?")\"之后") == true)
        let twice = try changes { $0[7] += $0[6] }
        #expect(twice.map(\.kind) == [.doubled(.paragraph)])
    }

    @Test("what is proposed is told as proposed, and the text is compared as it stands")
    func proposals() throws {
        let found = try changes { body in
            body[6] = """
                <w:p><w:r><w:t>镇财政所应于 2026 年 3 月 1 日前</w:t></w:r><w:del w:id="1" w:author="甲"><w:r><w:delText>拨付</w:delText></w:r></w:del>\
                <w:ins w:id="2" w:author="甲"><w:r><w:t>核拨</w:t></w:r></w:ins><w:r><w:t>。</w:t></w:r></w:p>
                """
        }
        #expect(found.map(\.kind) == [.proposed])
        #expect(found[0].old == "拨付" && found[0].new == "核拨" && found[0].author == "甲")
    }

    @Test("another report is not compared line by line")
    func another() throws {
        let other = SmallDocument(body: (1...9).map { p("完全无关的第\($0)段落，谈的是其他事情与安排，没有相同之处。") })
        let comparison = try compared(Self.original, other)
        #expect(comparison.isAnother && comparison.changes.isEmpty)
    }

    @Test("a file that says that it was written for another review is told, and compared all the same")
    func otherReview() throws {
        var (original, edited) = (try Self.original.read(), try Self.original.read())
        original.customProperties["pingshen.review"] = "a-2026"
        #expect(DocumentComparison(original, edited, testWords).otherReview == nil)
        edited.customProperties["pingshen.review"] = "b-2026"
        let comparison = DocumentComparison(original, edited, testWords)
        #expect(comparison.otherReview == "b-2026" && !comparison.isAnother && comparison.changes.isEmpty)
    }

    @Test("the work grows with the length, not with its square")
    func growth() throws {
        func long(_ count: Int, changed: Int) -> SmallDocument {
            SmallDocument(body: (0..<count).map { p("第\($0)段：金额 \($0 % changed == 0 ? 7 : 8),\(1000 + $0).00 元。") })
        }
        func steps(_ count: Int) throws -> Int {
            try compared(long(count, changed: count + 1), long(count, changed: 3)).steps
        }
        let (small, large) = (try steps(200), try steps(800))
        #expect(large < small * 6, "\(small), \(large)")
        // Nothing is once in both: a thousand equal rows against more of them.
        let same = SmallDocument(table(Array(repeating: "甲 1.00", count: 300) + ["乙 2.00"]))
        let more = SmallDocument(table(Array(repeating: "甲 1.00", count: 400) + ["丙 3.00"]))
        #expect(try compared(same, more).steps < 60_000)
    }
}
