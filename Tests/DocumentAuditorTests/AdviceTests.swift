import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// What a report advises, plans, grants and signs, against its own date, title and names.
@Suite("Advice, plans, signatures and firms of a report")
struct AdviceTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: [:], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter {
            $0.severity > .info && $0.rule != "document/no-table" && $0.rule != "document/unknown-amount"
        }.map { "\($0.rule) \($0.found)" }
    }

    static let cases: [(report: String, old: String, new: String, told: [String])] = [
        (
            "报告日期：2026年5月20日\n五、有关建议\n一是足额落实配套资金，2026年6月底前补足14万元。", "2026年6月", "2025年6月",
            ["document/date-after-issue 2025年6月"]
        ),
        (
            "报告日期：2026年3月5日\n2026年5月20日前签订合同，2026年8月18日前完成安装调试。", "2026年8月", "2025年8月",
            ["document/date-after-issue 2025年8月18日"]
        ),
        (
            "报告日期：2026年5月20日\n项目\t2025年预算数\t2025年决算数\n会议费\t12.00\t10.00\n培训费\t8.00\t7.50", "2025年决算数", "2026年决算数",
            ["document/date-after-issue 2026"]
        ),
        (
            "2. 补贴发放不及时。第二季度应于2025年6月30日前发放，实际于2025年7月18日发放，延迟18天。", "不及时", "及时",
            ["document/opening-denied 补贴发放及时"]
        ),
        (
            "报告日期：2026年3月18日\n同意青石镇实施上述5个项目，下达2026年奖补资金76,800.00元。", "下达2026年", "下达2025年",
            ["document/granted-year 2025"]
        ),
        ("原则同意该项目采购需求，审核采购预算为320,000.00元。", "原则同意", "不同意", ["document/stance-contradicts 不同意"]),
        ("同意青石镇实施上述5个项目，下达2026年奖补资金76,800.00元。", "同意", "暂不同意", ["document/stance-contradicts 暂不同意"]),
        (
            "磐石县第二人民医院医疗设备采购项目评审意见\n我中心对你局报来的磐石县第二人民医院医疗设备采购项目进行了审核。\n磐石县第二人民医院已补充资料。", "来的磐石县", "来的云阳市",
            ["document/foreign-name 云阳市第二人民医院医疗"]
        ),
        (
            "青屏县高标准农田管护补助资金分配审核意见\n青屏县农业农村局报来的方案收悉。\n现答复如下。\n青屏县财政局", "\n青屏县财政局", "\n卓云县财政局",
            ["document/foreign-name 卓云县财政局"]
        ),
        (
            "施工单位为河东建工集团有限公司，监理单位为临河恒信监理有限公司。\n施工单位\t河东建工集团有限公司\t审核单位\t河东正信咨询有限公司", "施工单位\t河东建工", "施工单位\t河东建设",
            ["document/label-differs 河东建设集团有限公司"]
        ),
    ]

    @Test("A right report is told nothing, one change of it is", arguments: cases)
    func tells(_ report: String, _ old: String, _ new: String, _ told: [String]) async throws {
        #expect(try await audit(report) == [])
        #expect(try await audit(report.replacing(old, with: new)) == told)
    }

    @Test(
        "What looks back, compares or only reserves is left alone",
        arguments: [
            "报告日期：2026年5月20日\n四、存在问题及建议\n合同约定2025年6月底前交付，实际于2025年8月交付。",
            "报告日期：2026年5月20日\n五、建议\n2025年12月底前已完成的项目应及时验收。",
            "3. 验收及时。设备提前12天交付，未逾期1天。",
            "不同意增加的费用不予安排，核减3,000.00元。",
            "不同意调整单价。核定预算为320,000.00元。",
            "施工单位为河东第一建工有限公司。\n施工单位\t河东第二建工有限公司",
            "磐石县第二人民医院医疗设备采购项目评审意见\n参照云阳市第二人民医院的采购价，磐石县第二人民医院的申报价偏高。",
        ]
    )
    func leavesAlone(_ text: String) async throws { #expect(try await audit(text) == []) }
}
