import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("Sentences that are right, and none of their numbers denied")
struct RightSentenceTests {
    static let sentences: [String] = [
        // A mean growth of several years is compound.
        "产值由2023年的12.5亿元增加到2025年的15.8亿元，年均增长12.43%。",
        // What is compared with is the base, and what follows the change.
        "与2026年预算70万元相比，审定数增加5万元，增长7.14%。",
        // What was cut is the rest of what was approved.
        "上年评审申报150万元、审定120万元，核减率20.00%。",
        // The brackets say what a change is counted from.
        "三季度受理量1260件，同比增长5.00%（去年同期1200件），环比下降10.00%（二季度1400件），其中一季度1000件。",
        // Each whole is named, and both are of what the sentence begins with.
        "中标总额327万元，占A、B两包预算350万元的93.43%，占全部预算400万元的81.75%。",
        // A year is no part of a month.
        "运维费每月8000元，其中人工5000元、备件2000元、其他1000元，全年9.6万元。",
        // What is above a limit is called so, and compared with nothing.
        "1000万元以下部分按2%计20.00万元，超出部分1672.30万元按1.5%计25.08万元。",
        // What was compared already is not the subject of the next comparison.
        "评估得81分，低于单位自评（94分）13分，略高于上年度得分79分。",
        "差错率7.18%，低于全市平均差错率12.5%，也低于本部门2026年的9.4%。",
        // What is listed behind 其中 is a part of what has the share.
        "人工费60万元，其中工资48万元、社保12万元，占总成本100万元的60%。",
        // What stands in brackets is a part of the part.
        "扣12分，其中依据扣2分、测算扣6分（含单价扣4分、数量扣2分）、目标扣4分，得分88分。",
        // The prices of one, and what it comes to.
        "混凝土由545元/立方米调整为498元/立方米，核减56.40万元。",
        "混凝土单价由545元调整为498元，核减56.40万元。",
        // What fell is told in percent of what it was.
        "The average handling time fell from 42 days in 2023 to 33.6 days in 2025, a reduction of 20%.",
        // The only two of their kind, and prices of one thing.
        "三家报价最高为274.50元/米，最低为268.00元/米，相差6.50元/米。",
        "评审组评分87.5分与专家平均分87.33分相差0.17分。",
        "改造管网5200米，决算投资1486.35万元，平均每米2858.37元。",
        "经常使用的83人，偶尔使用的121人，从不使用的82人，分别占29.02%、42.31%和28.67%。",
        "全区共300个点，经抽查，甲类96个、乙类62个、丙类11个，分别占32.00%、20.67%和3.67%。",
        // Not all of them are counted there, and of three nobody knows which two are meant.
        "培训20期、每期50人，投入30万元，平均每人300元。",
        "三个方案分别为12万元、10万元和11万元，相差2万元。",
        "2022年至2025年累计投入1,250.00万元，年均312.50万元，年均增长8.5%。",
        "2023年、2024年、2025年产值分别为320万元、360万元和405万元，年均增长12.50%。",
        // Means are rounded each by itself.
        "专家平均得分85分，其中决策18分、过程17分、产出30分、效益21分。",
        // A share of the whole for each source.
        "中央40%、省级30%、市县30%，即2027年审定数中分别为35.2万元、26.4万元、26.4万元。",
        "产值2021年为320万元，2023年为402万元，2025年为470万元，年均增长10.09%。",
        // Points between two rates; of other rates nothing is said.
        "执行率由2023年的87.50%提高到94.20%，提高6.70个百分点，增幅7.66%。",
        "执行率由87.50%提高到94.20%，满意度提高2.10个百分点。",
        // Two prices with their tax, and two taxes.
        "不含税价250,000元，税率6%，税额15,000元，含税价265,000元。",
        "不含税价250,000元，增值税15,000元，附加税1,800元，含税价266,800元。",
        // Levels that bear all, and some of them.
        "补助450万元由市、县按6：4分担，市级270万元，县级180万元。",
        "补助450万元由市、县、镇分担，其中市级270万元，县级100万元，镇级安排另行明确。",
        // Points that were taken off, those within others, and bonus points.
        "满分25分，目标不明确扣2分，资料不全扣1.5分，得21.5分。",
        "预算编制20分，扣5分（其中单价扣3分、数量扣2分），得15分。",
        "满分25分，目标不明确扣2分，加分1分，得24分。",
        // Means that are said to be plain, and others.
        "升学率分别为92.0%、88.0%、97.0%，简单平均为92.3%。",
        "升学率分别为92.0%、88.0%、97.0%，平均为90.8%。平均数按学生数加权。",
        "三家报价为16,800元、17,450元、17,100元，平均17,116.67元。",
        // A rate of the staff is of the staff there should be, whatever it is made of.
        "编制118人，年末实有112人，其中行政23人、事业89人，编制使用率94.92%。",
        // What is counted twice is said to be.
        "成员9人，其中财务4人、工程4人、管理3人（2人既是财务又负责管理）。",
    ]

    static let denied: [(String, String)] = [
        ("与2026年预算70万元相比，审定数增加5万元，增长17.14%。", "prose/arithmetic"),
        ("与2026年预算70万元相比，审定数增加5万元，下降7.14%。", "prose/arithmetic"),
        ("中标总额327万元，占A、B两包预算350万元的93.43%，占全部预算400万元的87.50%。", "prose/arithmetic"),
        ("运维费每月8000元，其中人工5000元、备件2000元、其他1500元，全年9.6万元。", "prose/sum-of-parts"),
        ("评估得81分，低于单位自评（94分）13分，略高于上年度得分89分。", "prose/comparison"),
        ("差错率7.18%，低于全市平均差错率12.5%，也低于本部门2026年的6.4%。", "prose/comparison"),
        ("产值由2023年的12.5亿元增加到2025年的15.8亿元，年均增长14.43%。", "prose/arithmetic"),
        ("2023年、2024年、2025年产值分别为320万元、360万元和405万元，年均增长15.20%。", "prose/arithmetic"),
        ("产值2021年为320万元，2023年为402万元，2025年为470万元，年均增长11.90%。", "prose/arithmetic"),
        ("三家报价最高为274.50元/米，最低为268.00元/米，相差6.80元/米。", "prose/arithmetic"),
        ("评审组评分87.5分与专家平均分87.33分相差0.71分。", "prose/arithmetic"),
        ("改造管网5200米，决算投资1486.35万元，平均每米2585.37元。", "prose/arithmetic"),
        ("经常使用的83人，偶尔使用的121人，从不使用的82人，分别占29.02%、42.31%和26.87%。", "prose/arithmetic"),
        ("人工费60万元，其中工资48万元、社保12万元，占总成本100万元的65%。", "prose/arithmetic"),
        ("扣12分，其中依据扣2分、测算扣8分（含单价扣4分、数量扣2分）、目标扣4分，得分88分。", "prose/sum-of-parts"),
        ("混凝土由545元调整为498元，核减56元。", "prose/arithmetic"),
        (
            "The average handling time fell from 42 days in 2023 to 33.6 days in 2025, a reduction of 25%.",
            "prose/arithmetic"
        ),
        ("中央40%、省级30%、市县30%，即2027年审定数中分别为35.2万元、24.6万元、26.4万元。", "prose/arithmetic"),
        ("执行率由2023年的87.50%提高到94.20%，提高7.60个百分点，增幅7.66%。", "prose/arithmetic"),
        ("执行率由87.50%提高到94.20%，下降6.70个百分点。", "prose/arithmetic"),
        ("不含税价250,000元，税率6%，税额15,000元，含税价256,000元。", "prose/arithmetic"),
        ("补助450万元由市、县按6：4分担，市级270万元，县级108万元。", "prose/arithmetic"),
        ("满分25分，目标不明确扣2分，资料不全扣1.5分，得22.5分。", "prose/arithmetic"),
        ("预算编制20分，扣5分（其中单价扣3分、数量扣2分），得13分。", "prose/arithmetic"),
        ("升学率分别为92.0%、88.0%、97.0%，简单平均为93.3%。", "prose/arithmetic"),
        ("三家报价为16,800元、17,450元、17,100元，平均17,161.67元。", "prose/arithmetic"),
        ("成员9人，其中财务4人、工程4人、管理3人。", "prose/sum-of-parts"),
    ]

    static let names: [String] = [
        // Each has its own number, and all of them one sum.
        "课程活动、灶具分别核减 5.00 万元、0 万元。",
        "灶具、课程活动合计申报 43.00 万元，审定 38.00 万元。",
        "其中：灶具、课程活动共申报 43.00 万元，审定 38.00 万元。",
        "活动类（灶具、课程活动）申报 43.00 万元，审定 38.00 万元，占审定总额的 95.00%。",
    ]

    private func rules(_ text: String) async throws -> [String] {
        try await ProseTables(texts: [("opinion", text)]).assess().findings.filter { $0.severity >= .warning }
            .filter { $0.pointers.contains { $0.description.contains("opinion") } }.map(\.rule)
    }

    @Test("numbers that their sentence makes are not denied", arguments: sentences)
    func right(text: String) async throws { #expect(try await rules(text).isEmpty) }

    @Test("the same sentences with a wrong number are told", arguments: denied)
    func wrong(text: String, rule: String) async throws { #expect(try await rules(text).contains(rule)) }

    @Test("a number of several items is not held against the last of them", arguments: names)
    func several(text: String) async throws { #expect(try await !rules(text).contains("prose/mismatch")) }

    /// Whether any number of a text is held to be another figure of a report that does not say its year.
    private func isDenied(_ text: String) throws -> Bool {
        func figure(_ value: ExactDecimal, _ aspect: ProseFigure.Aspect, _ subject: String = "") -> ProseFigure {
            ProseFigure(
                label: LocalizedText("\(aspect)"),
                value: value,
                subject: subject,
                aspect: aspect,
                pointers: []
            )
        }
        var vocabulary = ProseVocabulary(year: 0)
        vocabulary.add("人均成本", meaning: "price")
        let figures = [figure(1_000_000, .requested), figure(880_000, .approved), figure(1800, .target, "price")]
        let numbers = ProseScanner().scan(ProseText(text)).numbers
        return try ProseBinder(figures: figures, vocabulary: vocabulary).bind(numbers, in: ProseText(text))
            .contains(where: \.isMismatch)
    }

    @Test(
        "a number of another year, or of more than one, is not held against that of the report",
        arguments: [
            ("2025年申报150万元、审定120万元；2026年申报100万元、审定88万元。", false), ("2026年申报150万元、审定88万元。", true),
            ("每期50人，10期共500人次，人均成本1800元，合计90万元。", false), ("人均成本2800元。", true),
        ]
    )
    func otherYear(text: String, expected: Bool) throws { #expect(try isDenied(text) == expected) }
}
