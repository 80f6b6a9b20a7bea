import ReviewModel
import Testing

/// Tables of right reports in forms that are read otherwise than the usual ones; one wrong figure in them is told nevertheless.
@Suite("Right tables in other forms")
struct RightTableTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let report: String
        /// What stands in the report, and what is wrong in its place.
        let right: String
        let wrong: String
    }

    @Test("a right table is not accused", arguments: examples)
    func right(example: Example) async throws {
        let findings = try await HouseReview.findings(in: example.report)
        #expect(Self.accusations(findings) == [])
    }

    @Test("a wrong figure in such a table is told", arguments: examples)
    func wrong(example: Example) async throws {
        let report = example.report.replacing(example.right, with: example.wrong)
        try #require(report != example.report)
        let findings = try await HouseReview.findings(in: report)
        #expect(!Self.accusations(findings).isEmpty)
    }

    /// What is said of figures; that such a short report lacks much is no matter here.
    private static func accusations(_ findings: [Finding]) -> [String] {
        let rules = [
            "deduction/not-printed", "deduction/printed-unknown-line", "deduction/unknown-line", "target/no-value",
        ]
        return findings.filter { finding in
            finding.severity > .info
                && (["document/", "prose/", "report-reader/"].contains(where: finding.rule.hasPrefix)
                    || rules.contains(finding.rule))
        }.map(\.message.zh)
    }

    static let examples = [
        Example(
            testDescription: "a subtotal in the second column sums up its category",
            report: """
                # 预算评审报告

                | 类别 | 子项 | 申报金额（万元） | 审定金额（万元） |
                |---|---|---:|---:|
                | 硬件 | 服务器 | 50 | 45 |
                | 硬件 | 存储 | 30 | 28 |
                | 硬件 | 小计 | 80 | 73 |
                | 软件 | 平台 | 60 | 50 |
                | 软件 | 接口 | 20 | 20 |
                | 软件 | 小计 | 80 | 70 |
                | 合计 | | 160 | 143 |
                """,
            right: "| 小计 | 80 | 73 |",
            wrong: "| 小计 | 80 | 74 |"
        ),
        Example(
            testDescription: "rows of lower numbers are parts of the row that sums them up",
            report: """
                # 预算评审报告

                | 序号 | 项目 | 申报金额（万元） | 审定金额（万元） |
                |---|---|---:|---:|
                | 1 | 建筑工程 | 52 | 48 |
                | 1.1 | 堤防 | 34 | 31 |
                | 1.1.1 | 左岸 | 20 | 18 |
                | 1.1.2 | 右岸 | 14 | 13 |
                | 1.2 | 涵闸 | 18 | 17 |
                | 2 | 独立费用 | 9 | 8 |
                | | 总计 | 61 | 56 |
                """,
            right: "| 总计 | 61 | 56 |",
            wrong: "| 总计 | 62 | 56 |"
        ),
        Example(
            testDescription: "numbers before the names tell parts from wholes",
            report: """
                # 预算评审报告

                | 类别 | 申报金额（万元） | 评估金额（万元） |
                |---|---:|---:|
                | 1.产值奖励 | 250 | 210 |
                | 1.1 首破1亿元 | 150 | 130 |
                | 1.2 首破5亿元 | 100 | 80 |
                | 2.技改补助 | 416 | 369 |
                | 合计 | 666 | 579 |
                """,
            right: "| 合计 | 666 | 579 |",
            wrong: "| 合计 | 666 | 589 |"
        ),
        Example(
            testDescription: "a name that ends with the word for a total is that of a total",
            report: """
                # 预算评审报告

                | 序号 | 分项 | 工程量 | 送审单价（元） | 送审金额（万元） | 审定单价（元） | 审定金额（万元） | 审减金额（万元） |
                |---|---|---|---|---|---|---|---|
                | 1 | 防水 | 1200平方米 | 150 | 18.00 | 135 | 16.20 | 1.80 |
                | 2 | 粉刷 | 1000平方米 | 50 | 5.00 | 40 | 4.00 | 1.00 |
                | | 分项小计 | | | 23.00 | | 20.20 | 2.80 |
                | | 合计 | | | 23.00 | | 20.20 | 2.80 |
                """,
            right: "| 分项小计 | | | 23.00 | | 20.20 |",
            wrong: "| 分项小计 | | | 23.00 | | 21.20 |"
        ),
        Example(
            testDescription: "the unit stands behind the table",
            report: """
                # 预算评审报告

                审定金额88万元。

                | 项目 | 申报金额 | 审定金额 |
                |---|---:|---:|
                | 设备 | 80 | 70 |
                | 安装 | 20 | 18 |
                | 合计 | 100 | 88 |

                单位：万元
                """,
            right: "审定金额88万元",
            wrong: "审定金额89万元"
        ),
        Example(
            testDescription: "a sentence says the unit for the whole report",
            report: """
                # 预算评审报告

                以下金额单位除注明外均为万元。

                审定金额88万元。

                | 项目 | 申报金额 | 审定金额 |
                |---|---:|---:|
                | 设备 | 80 | 70 |
                | 安装 | 20 | 18 |
                | 合计 | 100 | 88 |
                """,
            right: "审定金额88万元",
            wrong: "审定金额78万元"
        ),
        Example(
            testDescription: "rates in the column of quantities leave the row readable",
            report: """
                # 预算评审报告

                | 序号 | 分项 | 工程量 | 送审单价（元） | 送审金额（万元） | 审定单价（元） | 审定金额（万元） | 审减金额（万元） |
                |---|---|---|---|---|---|---|---|
                | 1 | 防水 | 1200平方米 | 150 | 18.00 | 135 | 16.20 | 1.80 |
                | 2 | 措施费 | 6%/5% | | 1.08 | | 0.81 | 0.27 |
                | | 合计 | | | 19.08 | | 17.01 | 2.07 |
                """,
            right: "| 合计 | | | 19.08 |",
            wrong: "| 合计 | | | 19.18 |"
        ),
        Example(
            testDescription: "a signed column of changes is in the unit of the other amounts",
            report: """
                # 预算评审报告

                核减合计6万元，核增合计1万元。

                | 序号 | 费用名称 | 送审金额（万元） | 审定金额（万元） | 核增（+）核减（-） |
                |---|---|---:|---:|---:|
                | 一 | 工程费用 | 100 | 97 | -3 |
                | 1.1 | 土建 | 60 | 56 | -4 |
                | 1.2 | 安装 | 40 | 41 | 1 |
                | 二 | 其他费用 | 20 | 18 | -2 |
                | | 总投资 | 120 | 115 | -5 |
                """,
            right: "| 1.2 | 安装 | 40 | 41 | 1 |",
            wrong: "| 1.2 | 安装 | 40 | 43 | 1 |"
        ),
        Example(
            testDescription: "numbers in a formula are those of rows",
            report: """
                # 预算评审报告

                | 序号 | 内容 | 申报金额（元） | 审定金额（元） | 计算式 |
                |---|---|---:|---:|---|
                | 1 | 保安 | 500000 | 400000 | |
                | 2 | 保洁 | 300000 | 200000 | |
                | 3 | 管理费 | 40000 | 30000 | （1+2）×5% |
                | | 合计 | 840000 | 630000 | |
                """,
            right: "| 3 | 管理费 | 40000 | 30000 |",
            wrong: "| 3 | 管理费 | 40000 | 31000 |"
        ),
        Example(
            testDescription: "a target that the review adds has its value",
            report: """
                # 预算评审报告

                | 一级指标 | 二级指标 | 三级指标 | 申报值 | 评估建议值 |
                |---|---|---|---|---|
                | 产出指标 | 数量指标 | 助餐点 | 20个 | 20个 |
                | 效益指标 | 社会效益 | 服务人次增长率 | — | ≥10% |
                """,
            right: "≥10% |",
            wrong: "— |"
        ),
    ]
}
