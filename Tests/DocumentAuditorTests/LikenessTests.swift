import Testing

@testable import document_auditor

@Suite("Texts laid beside each other")
struct LikenessTests {
    private func differences(_ a: String, _ b: String) -> [String] {
        Likeness(Array(a.unicodeScalars), Array(b.unicodeScalars)).differences.map { "\($0.first)→\($0.second)" }
    }

    @Test("every place that differs is said, and of a number the whole")
    func places() {
        #expect(
            differences("2024年度预算为61.20万元，执行60.10万元；2025年度执行70.90万元。", "2024年度预算为62.20万元，执行60.10万元；2025年度执行71.90万元。")
                == ["61.20→62.20", "70.90→71.90"]
        )
        #expect(differences("甲乙丙丁", "甲乙丙丁") == [])
        #expect(differences("本项目不予立项", "本项目予以立项") == ["不予→予以"])
        #expect(differences("共设八个站点", "站点") == ["共设八个→"])
    }

    @Test("texts that share half of what they hold are found without comparing each with each")
    func pairs() {
        let first = "本项目围绕养老服务站的日常运行开展，由镇级财政资金全额保障，按季度拨付，共设八个站点。"
        let second = "按照要求，项目围绕养老服务站的日常运行开展，由镇级财政资金全额保障，按季度拨付，共设九个站点。"
        let other = "项目单位应当加强合同管理，及时归档验收资料，并在年底前完成全部款项的支付工作，确保账实相符。"
        let texts = [first, other, second].map { Array($0.unicodeScalars) }
        #expect(SharedStretches.pairs(texts) == [[0, 2]])
    }
}
