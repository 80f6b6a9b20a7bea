import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("Which of two numbers a sentence calls more")
struct StatedComparisonTests {
    /// `first word second`, with ✗ where the two stand the other way round.
    private func compared(_ text: String) throws -> [String] {
        let numbers = ProseScanner().scan(ProseText(text)).numbers
        return try StatedComparison.all(in: ProseText(text), numbers).map { made in
            "\(numbers[made.first].phrase) \(made.word)\(made.agrees ? "" : " ✗")"
        }
    }

    static let cases: [(String, [String])] = [
        ("增长 9.66%，高于全县平均增幅 6.10%。", ["9.66% 高于"]),
        ("增长 9.66%，低于全县平均增幅 6.10%。", ["9.66% 低于 ✗"]),
        ("申报单价 228,500.00 元低于近一年市场成交均价 192,000.00 元。", ["228,500.00 元 低于 ✗"]),
        ("维修管网 64.5 公里，未达到目标值 60 公里。", ["64.5 公里 未达到 ✗"]),
        ("维修管网 64.5 公里，超过目标值 60 公里。", ["64.5 公里 超过"]),
        ("执行率 95.00%，高于 2023 年的 96.80%。", ["95.00% 高于 ✗"]),
        ("平均 16.5 元/卷，高于申报单价 18 元/卷。", ["16.5 元/卷 高于 ✗"]),
        ("支出 96.00 万元，未超过预算 95.00 万元。", ["96.00 万元 未超过 ✗"]),
        // That is how much less it is.
        ("支出 95.00 万元，低于预算 5.00 万元。", []),
        ("执行率 95%，低于上年 2 个百分点。", []),
        ("办理时限由 8 小时缩短到 11.5 小时以内。", ["8 小时 缩短到 ✗"]),
        ("合格率由 78.5%提高到 92%。", ["78.5% 提高到"]), ("核减 20 万元，降至 80 万元。", []),
        // Some of several, demands, and other units.
        ("采购单价 80 元，高于 100 元的设备另行审批。", []),
        ("现价 20 元，今后应低于 16.5 元。", []),
        ("若支出 96 万元，低于 95 万元……", []),
        ("购置 10 台，低于 95 万元。", []),
        // Nobody says which two.
        ("全市平均 95%，我县低于平均水平，为 97%。", []),
    ]

    @Test("words are held against the two numbers", arguments: cases)
    func compare(text: String, expected: [String]) throws { #expect(try compared(text) == expected) }
}
