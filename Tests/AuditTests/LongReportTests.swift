import ReviewModel
import Testing

/// Long reports with what real ones have: several sources of money, parts of parts, notes on rounding, inquiries of prices, questionnaires, panels, other
/// places, a report in English. Everything in them is right.
@Suite("Long right reports")
struct LongReportTests {
    private static let reports = ["sewers", "clinics", "canteens", "culture", "casework", "drinking-water"]

    private static func report(_ name: String) -> String { contents(of: "Tests/Fixtures/LongReports/\(name).txt") }

    /// Hints of `audit` without a spec.
    private let lessGrave = [
        "document/no-table", "document/unknown-amount", "document/cited-title", "document/evidence-nowhere-else",
    ]

    private func accusations(_ report: String) async throws -> [String] {
        // What a report need not have, and what `audit` says less gravely without a spec, is not asked here.
        try await HouseReview.findings(in: report).filter { finding in
            finding.severity >= .warning && !lessGrave.contains(finding.rule)
                && ["document/", "prose/", "report-reader/", "deduction/not"].contains(where: finding.rule.hasPrefix)
        }.map { "\($0.rule): \($0.message.zh)" }
    }

    @Test("they have nothing above a hint, and few hints", arguments: reports)
    func right(name: String) async throws {
        let accusations = try await accusations(Self.report(name))
        #expect(accusations.isEmpty, "\(accusations)")
        let hints = try await HouseReview.findings(in: Self.report(name)).filter { $0.rule == "prose/unbound" }
        #expect(hints.count < 3)
    }

    @Test("one wrong number in each is told", arguments: changes)
    func wrong(change: Change) async throws {
        let report = Self.report(change.report)
        let place = try #require(report.firstRange(of: change.old), "\(change.old)")
        let wrong = report[..<place.lowerBound] + change.new + report[place.upperBound...]
        #expect(try await !accusations(String(wrong)).isEmpty)
    }

    struct Change: Sendable, CustomTestStringConvertible {
        var report: String
        var old: String
        var new: String

        var testDescription: String { "\(report): \(new)" }
    }

    private static let changes = [
        Change(report: "sewers", old: "审定预算546.96万元", new: "审定预算564.96万元"),
        Change(report: "sewers", old: "核减率9.11%", new: "核减率9.71%"),
        Change(report: "sewers", old: "占全部核减额的69.36%", new: "占全部核减额的66.36%"),
        Change(report: "sewers", old: "计算为1820米，核减30米", new: "计算为1820米，核减50米"),
        Change(report: "sewers", old: "图示139座，多计3座", new: "图示139座，多计4座"),
        Change(report: "sewers", old: "两项合计核减40,770.20元", new: "两项合计核减40,970.20元"),
        Change(report: "sewers", old: "资金合计328.17万元", new: "资金合计338.17万元"),
        Change(report: "sewers", old: "占总投资的60.00%", new: "占总投资的65.00%"),
        Change(report: "sewers", old: "市级配套资金76.58万元、", new: "市级配套资金67.58万元、"),
        Change(report: "sewers", old: "区级配套资金 | 55.81", new: "区级配套资金 | 58.51"),
        Change(report: "sewers", old: "2027年安排164.09万元", new: "2027年安排146.09万元"),
        Change(report: "sewers", old: "尚有25.81万元", new: "尚有28.51万元"),
        Change(report: "sewers", old: "核减548,413.53元。", new: "核减584,413.53元。"),
        Change(report: "sewers", old: "占33.33%", new: "占36.33%"),
        Change(report: "clinics", old: "分别申报507.86万元", new: "分别申报570.86万元"),
        Change(report: "clinics", old: "31.93%和4.85%", new: "31.93%和5.85%"),
        Change(report: "clinics", old: "占比分别为63.22%", new: "占比分别为62.22%"),
        Change(report: "clinics", old: "执行率95.00%；", new: "执行率96.00%；"),
        Change(report: "clinics", old: "提高2.5个百分点", new: "提高2.8个百分点"),
        Change(report: "clinics", old: "1.67个百分点", new: "1.76个百分点"),
        Change(report: "clinics", old: "收回173份", new: "收回178份"),
        Change(report: "clinics", old: "回收率93.01%", new: "回收率95.01%"),
        Change(report: "clinics", old: "其他3份", new: "其他4份"),
        Change(report: "clinics", old: "项目得分87.5分", new: "项目得分85.7分"),
        Change(report: "clinics", old: "核减86.72万元", new: "核减68.72万元"),
        Change(report: "clinics", old: "71.66万元和286.63", new: "77.16万元和286.63"),
        Change(report: "clinics", old: "计15.75万元", new: "计17.55万元"),
        Change(report: "canteens", old: "占户籍人口的15.74%", new: "占户籍人口的17.54%"),
        Change(report: "canteens", old: "覆盖率65.38%", new: "覆盖率68.38%"),
        Change(report: "canteens", old: "(7.20)", new: "(7.80)"),
        Change(report: "canteens", old: "-3.17%", new: "-3.71%"),
        Change(report: "canteens", old: "降幅11.54%", new: "降幅15.14%"),
        Change(report: "canteens", old: "即市级114.00万元", new: "即市级141.00万元"),
        Change(report: "culture", old: "高级职称6人", new: "高级职称8人"),
        Change(report: "culture", old: "预算执行率96.42%；", new: "预算执行率94.62%；"),
        Change(report: "culture", old: "线上52.4万人次", new: "线上54.2万人次"),
        Change(report: "culture", old: "线上占39.64%", new: "线上占36.94%"),
        Change(report: "culture", old: "有效率97.15%", new: "有效率95.17%"),
        Change(report: "culture", old: "三年累计167.0万元", new: "三年累计176.0万元"),
        Change(report: "culture", old: "自评总分94.1分", new: "自评总分91.4分"),
        Change(report: "casework", old: "requested $802,656", new: "requested $806,256"),
        Change(report: "casework", old: "recommend $683,550", new: "recommend $638,550"),
        Change(report: "casework", old: "a deduction of $119,106", new: "a deduction of $191,106"),
        Change(report: "casework", old: "14.8% of the request", new: "18.4% of the request"),
        Change(report: "drinking-water", old: "审减641,696.21元", new: "审减614,696.21元"),
        Change(report: "drinking-water", old: "审减率5.07%。", new: "审减率5.70%。"),
        Change(report: "drinking-water", old: "省级配套256.00万元（20%）", new: "省级配套265.00万元（20%）"),
        Change(report: "drinking-water", old: "到位率78.13%", new: "到位率73.18%"),
        Change(report: "drinking-water", old: "累计到位1149.6万元", new: "累计到位1194.6万元"),
        Change(report: "drinking-water", old: "节约78.34万元", new: "节约73.84万元"),
        Change(report: "drinking-water", old: "多计1,425立方米", new: "多计1,245立方米"),
        Change(report: "drinking-water", old: "占送审量的7.64%", new: "占送审量的6.74%"),
    ]
}
