import ReviewModel
import Tables
import Testing
import WrittenTimes

@testable import sheet_reader

@Suite("Heads as makers of forms write them")
struct FormHeadTests {
    private let form = ApplicantForm()

    /// The form with words that two columns may be called.
    private var wide: DossierOutline {
        var wide = ApplicantForm.whole
        wide.synonyms["budget_lines.group"] = ["类别", "设备名称", "内容"]
        wide.synonyms["budget_lines.detail"] = ["内容", "设备名称", "规格型号"]
        wide.synonyms["budget_lines.amount"] = ["预算数", "申请金额"]
        return wide
    }

    private func lines(_ reading: SourceReading) -> [String] { form.rows(reading) }

    @Test(
        "beside a class the name is read before the size, and two columns of one name are both read",
        arguments: [
            (["类别", "内容", "规格型号"], "办公|纸|A4"), (["类别", "设备名称", "规格型号"], "办公|纸|A4"),
            (["设备名称", "规格型号", "备注"], "办公|纸|A4"),
            (["内容", "内容", "备注"], "办公|纸|A4"),
        ]
    )
    func namesBeforeSizes(heads: [String], expected: String) async throws {
        let row = heads.map { "'" + $0 } + ["'数量", "'单价", "'金额"]
        let found = try await form.read([(1, row), (2, ["'办公", "'纸", "'A4", "2", "10", "20"])], as: wide)
        #expect(lines(found) == ["办公|纸|2|10|20"], "\(lines(found))")
        #expect(form.message(found, "column-twice") == "", "\(found.findings.map(\.message.zh))")
        let unread = form.message(found, "unknown-columns")
        #expect(unread.contains(heads[2]), "\(unread)")
    }

    @Test("of two heads that mean one column the message names both")
    func namesBoth() async throws {
        let found = try await form.read(
            [
                (1, ["'类别", "'数量", "'单价", "'申请金额", "'预算数"]), (2, ["'办公", "2", "10", "20", "21"]),
            ],
            as: wide
        )
        #expect(lines(found) == ["办公|2|10|21"], "\(lines(found))")
        let same = try await form.read(
            [(1, ["'类别", "'数量", "'单价", "'金额", "'申请金额"]), (2, ["'办公", "2", "10", "20", "21"])],
            as: wide
        )
        #expect(lines(same) == ["办公|2|10|20"])
        #expect(form.message(same, "column-twice").contains("\"申请金额\"和\"金额\"都可能"), "\(same.findings.map(\.message.zh))")
    }

    @Test("what stands under 本年 is read before 上年, and a column of 上年 by itself is not")
    func thisYear() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'类别", "'内容", "'上年预算数", "'本年数量", "'本年单价", "'本年预算数"]),
            (2, ["'办公", "'纸", "18", "2", "10", "20"]),
        ]
        let found = try await form.read(rows, as: wide)
        #expect(lines(found) == ["办公|纸|2|10|20"], "\(lines(found))")
        #expect(form.message(found, "column-twice").contains("上年预算数"))
        let past = try await form.read(
            [(1, ["'类别", "'内容", "'数量", "'单价", "'上年预算数"]), (2, ["'办公", "'纸", "2", "10", "18"])],
            as: wide
        )
        #expect(lines(past) == ["办公|纸|2|10"], "\(lines(past))")
        #expect(form.message(past, "unknown-columns").contains("上年预算数"))
    }

    @Test("a head that ends like a needed one is read, and told; one that says another thing is not")
    func alike() async throws {
        let found = try await form.read([
            (1, ["'项目内容", "'补贴对象数量", "'单位", "'单价（元）", "'金额（元）"]), (2, ["'补贴", "2", "'亩", "10", "20"]),
        ])
        #expect(lines(found) == ["补贴|2|亩|10|20"], "\(lines(found))")
        #expect(form.message(found, "column-alike").contains("补贴对象数量"))
        for head in ["库存数量", "已有数量", "上年数量", "核定数量"] {
            let other = try await form.read([
                (1, ["'项目内容", "'" + head, "'单位", "'单价", "'金额"]), (2, ["'补贴", "2", "'亩", "10", "20"]),
            ])
            #expect(lines(other) == ["补贴|亩|10|20"], "\(head) \(lines(other))")
            #expect(form.message(other, "needed-missing").contains("数量"))
        }
        let few = try await form.read([
            (1, ["'项目内容", "'数量", "'养护单价（元/㎡·年）", "'年金额（万元）"]), (2, ["'绿地", "2", "10", "0.002"]),
        ])
        #expect(lines(few) == ["绿地|2|10|20"], "\(lines(few))")
        // Of two nobody knows which.
        let two = try await form.read([
            (1, ["'项目内容", "'户籍数量", "'常住数量", "'单价", "'金额"]), (2, ["'补贴", "2", "3", "10", "20"]),
        ])
        #expect(lines(two) == ["补贴|10|20"], "\(lines(two))")
    }

    @Test("the unit over some of the columns is theirs")
    func unitOverColumns() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'项目明细", "'数量", "'单位", "'金额（万元）"]), (2, [nil, nil, nil, nil, "'单价", "'金额"]),
            (3, ["'甲", "'一", "2", "'台", "1.5", "3"]),
        ]
        let merges = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"]
        let found = try await form.read(rows, merges: merges)
        #expect(lines(found) == ["甲|一|2|台|15000|30000"], "\(lines(found))")
        #expect(form.message(found, "unit-unsaid") == "")
    }

    @Test("where nothing says what amounts count, this is a hint; where something does, it is not")
    func unitUnsaid() async throws {
        func rows(_ amount: String, _ title: String? = nil) -> [(Int, [String?])] {
            [
                (1, [title.map { "'" + $0 }]), (2, ["'项目内容", "'数量", "'单价", "'" + amount]),
                (3, ["'甲", "2", "1.5", "3"]),
            ]
        }
        let found = try await form.read(rows("金额"))
        #expect(form.message(found, "unit-unsaid").contains("按元读取"))
        #expect(found.findings.first { $0.rule == "sheet/unit-unsaid" }?.severity == .info)
        for said in [rows("金额（元）"), rows("金额（万元）"), rows("金额", "单位：元"), rows("金额", "预算表（万元）")] {
            #expect(form.message(try await form.read(said), "unit-unsaid") == "")
        }
        let own = try await form.read([
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'甲", "2", "'1.5万元", "'3万元"]),
        ])
        #expect(form.message(own, "unit-unsaid") == "", "\(own.findings.map(\.message.zh))")
    }

    @Test("what a number counts that stands in its cell is kept, where no column is for it")
    func unitInCell() async throws {
        let found = try await form.read([
            (1, ["'项目内容", "'数量", "'单价", "'金额（元）"]), (2, ["'咨询", "'8人次", "10", "80"]),
            (3, ["'场地", "'200平方米", "10", "2000"]), (4, ["'其他", "'100人以上", "10", "1000"]),
        ])
        #expect(lines(found) == ["咨询|8|人次|10|80", "场地|200|平方米|10|2000", "其他|100人以上||10|1000"], "\(lines(found))")
        let column = try await form.read([
            (1, ["'项目内容", "'数量", "'单位", "'金额（元）"]), (2, ["'咨询", "'8人次", "'场", "80"]),
        ])
        #expect(lines(column) == ["咨询|8|场|80"], "\(lines(column))")
    }

    @Test("1-8月支出 under a year is that part of it")
    func partUnderYear() async throws {
        let found = try await form.read(
            [
                (1, ["'支出项目", "'2024年", nil, "'2025年"]), (2, [nil, "'预算", "'决算", "'预算", "'1-8月执行"]),
                (3, ["'绿化", "80", "78", "85", "52"]),
            ],
            merges: ["A1:A2", "B1:C1", "D1:E1"]
        )
        #expect(form.rows(found, "history") == ["2024|绿化|78|80", "2025|绿化|52|85"], "\(form.rows(found, "history"))")
        #expect(form.rows(found, "years").contains("2025|2025-08-31"), "\(form.rows(found, "years"))")
        #expect(form.message(found, "unknown-columns") == "")
    }

    @Test("totals by years are the years, and items of years are items")
    func totalsByYears() async throws {
        var outline = ApplicantForm.whole
        let amounts = ["paid", "budget"].map { name in
            Column(
                name: name,
                title: LocalizedText(zh: name == "paid" ? "支付数" : "预算数", en: name),
                type: .decimal,
                unit: "CNY"
            )
        }
        outline.tables[2].columns += amounts
        let totals = try await form.read([(1, ["'年度", "'预算数", "'支付数"]), (2, ["2023", "50", "47"])], as: outline)
        #expect(form.rows(totals, "years") == ["2023|47|50"], "\(totals.tables.map(\.name))")
        #expect(form.rows(totals, "history").isEmpty)
        let items = try await form.read(
            [(1, ["'年度", "'支出项目", "'预算数", "'支付数"]), (2, ["2023", "'绿化", "50", "47"])],
            as: outline
        )
        #expect(form.rows(items, "history") == ["2023|绿化|47|50"], "\(items.tables.map(\.name))")
    }

    @Test(
        "days with 元月, and with figures and numerals side by side",
        arguments: [
            ("2026年元月八日", "2026-01-08"), ("二〇二六年元月8日", "2026-01-08"), ("2026年十二月31日", "2026-12-31"),
            ("2026年1月8日", "2026-01-08"), ("2026年元旦", nil), ("2026年13月八日", nil), ("元月八日", nil), ("八千元月费", nil),
        ] as [(String, String?)]
    )
    func days(text: String, expected: String?) {
        #expect(WrittenDay.read(text)?.description == expected)
    }
}
