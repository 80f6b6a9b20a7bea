import ReviewModel
import Testing

/// Reports of invented houses, held against themselves as `pingshen audit` does: what is right is not told, however a table is headed.
@Suite("Right tables cause no findings, whatever their heads")
struct TableAuditTests {
    private func told(_ report: String) async throws -> [String] {
        // What a report of a few lines lacks is not asked here.
        let rules = [
            "prose/", "document/table", "document/audit", "document/f", "document/band", "document/target", "target/u",
            "arithmetic/line",
        ]
        return try await HouseReview.findings(in: report).filter { finding in
            finding.severity >= .warning && rules.contains(where: finding.rule.hasPrefix)
        }.map { finding in
            "\(finding.rule): \(finding.message.zh)"
        }
    }

    @Test("what is cut less what is added is the balance of both")
    func balance() async throws {
        let report = """
            某镇道路结算审核报告

            表1 审核汇总表（单位：元）
            编号\t子目名称\t送审金额\t审定金额\t审减金额\t审增金额
            1\t土方\t208,000\t156,000\t52,000\t
            2\t路面\t36,000\t39,000\t\t3,000
            \t合计\t244,000\t195,000\t52,000\t3,000

            送审244,000元，审定195,000元，审减52,000元，审增3,000元，净审减49,000元，净审减率20.08%。
            """
        #expect(try await told(report) == [])
        let wrong = report.replacing("净审减49,000元", with: "净审减94,000元")
        #expect(try await told(wrong).count == 1)
        let rate = report.replacing("净审减率20.08%", with: "净审减率28.00%")
        #expect(try await told(rate).count == 1)
    }

    @Test("a table of changed targets without classes has no class that is unknown")
    func changedTargets() async throws {
        let report = """
            某县培训项目评估报告

            绩效目标调整对照表
            三级指标\t原目标值\t调整后目标值\t调整理由
            培训人次\t≥1500人次\t≥1200人次\t与场地条件不符
            满意度\t≥85%\t≥90%\t参照上年完成值92%
            完成时间\t2026年12月\t2026年10月\t与合同一致
            """
        #expect(try await told(report) == [])
    }

    @Test("以下 beside bands that share no end is below the band that begins there")
    func bands() async throws {
        #expect(try await told("评价报告\n\n90—100分为优，80—89分为良，60—79分为中，60分以下为差。") == [])
    }

    @Test("the party of a county is a body of that county")
    func party() async throws {
        let report = """
            2026年档案数字化项目评估报告

            项目单位：中共澄川县委办公室

            评估机构：明衡工程咨询有限公司

            受澄川县财政局委托，我公司对项目进行了评估。澄川县档案馆负责实施。
            """
        #expect(try await told(report) == [])
    }
}
