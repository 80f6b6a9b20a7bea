import CostNorms
import ReviewModel
import Testing

@Suite("Purchases and periods")
struct PurchaseTests {
    private func reached(_ name: String, _ amount: String) throws -> String? {
        let line = NormScene.line(name, at: amount)
        let reader = try NormScene.reader()
        guard let category = reader.category(of: line) else { return nil }
        return reader.reachedLimit(line, category).map { $0.named?.code ?? "unnamed" }
    }

    @Test("a limit is reached at its amount, and by the way that it asks for it is kept")
    func limits() throws {
        #expect(try reached("设备采购", "1999999.99") == nil)
        #expect(try reached("设备采购", "2000000.00") == "unnamed")
        #expect(try reached("设备采购（询价）", "2000000.00") == "inquiry")
        #expect(try reached("设备采购（公开招标）", "2000000.00") == nil)
        #expect(try reached("采购代理", "2000000.00") == nil)
    }

    private func splits(_ lines: [(String, String)]) throws -> [String] {
        let reader = try NormScene.reader()
        let lines = lines.map { NormScene.line($0.0, at: $0.1) }
        let bought = lines.compactMap { line in reader.category(of: line).map { (line: line, category: $0) } }
        return try reader.splitPurchases(bought).map { "\($0.name) \($0.total)" }
    }

    @Test("parts of one purchase below the limit and together above it")
    func split() throws {
        #expect(try splits([("桌椅采购（一期）", "1200000"), ("桌椅采购（二期）", "800000.01")]) == ["桌椅采购 2000000.01"])
        #expect(try splits([("桌椅采购1", "900000"), ("桌椅采购2", "900000"), ("桌椅采购3", "900000")]) == ["桌椅采购 2700000"])
        // Not above the limit; another thing; one of them tendered; one alone that is above it.
        #expect(try splits([("桌椅采购（一期）", "1200000"), ("桌椅采购（二期）", "800000")]) == [])
        #expect(try splits([("桌椅采购", "1200000"), ("电脑采购", "1200000")]) == [])
        #expect(try splits([("桌椅采购一期（公开招标）", "1200000"), ("桌椅采购二期", "1200000")]) == [])
        #expect(try splits([("桌椅采购一期", "2200000"), ("桌椅采购二期", "1200000")]) == [])
    }

    private func periods(_ text: String) throws -> [String] {
        try NormScene.reader().shortPeriods(in: text).map { "\($0.count)" }
    }

    @Test("days from the call for tenders to the last bid")
    func days() throws {
        #expect(try periods("招标文件发出之日起20日内为投标截止。") == [])
        #expect(try periods("工期90天。招标文件发出之日起19日内为投标截止。") == ["19"])
        #expect(try periods("2026年3月1日发布招标公告，3月20日开标") == ["19"])
        // A date without a year is one of the budget year.
        #expect(try periods("3月1日发布招标公告，3月20日开标") == ["19"])
        #expect(try periods("2026年2月20日发布招标公告，2026年3月12日开标") == [])
        // Several counts, another way to buy, and a sentence of something else say nothing.
        #expect(try periods("招标文件发出5日后答疑，15日后投标截止") == [])
        #expect(try periods("磋商公告发布10日后开标，招标公告另行发布") == [])
        #expect(try periods("2026年3月1日开标，3月5日开工") == [])
    }
}
