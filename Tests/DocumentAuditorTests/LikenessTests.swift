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

    @Test("the search ends where too little can be equal, and finds the same where enough is")
    func least() {
        let first = Array("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥".unicodeScalars)
        let second = Array("甲乙丙丁戊己庚辛一二子丑寅卯辰巳午未申酉三四".unicodeScalars)
        #expect(Likeness(first, second).equal == 18)
        #expect(Likeness(first, second, least: 18).equal == 18)
        #expect(Likeness(first, second, least: 19).equal < 18)
        #expect(Likeness([], first).equal == 0)
    }

    @Test("as much is equal as can be", arguments: 0..<40)
    func longest(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func letters(_ count: Int) -> [Unicode.Scalar] {
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return "甲乙丙丁".unicodeScalars.map { $0 }[Int(state >> 62)]
            }
        }
        // Each letter four times, so that no stretch is too short to count.
        func text(_ count: Int) -> [Unicode.Scalar] { letters(count).flatMap { [$0, $0, $0, $0] } }
        let (first, second) = (text(Int(seed % 9) + 2), text(Int(seed % 7) + 3))
        var lengths = [Int](repeating: 0, count: second.count + 1)
        for letter in first {
            var diagonal = 0
            for (index, other) in second.enumerated() {
                (diagonal, lengths[index + 1]) = (
                    lengths[index + 1], letter == other ? diagonal + 1 : max(lengths[index], lengths[index + 1])
                )
            }
        }
        #expect(Likeness(first, second).equal <= lengths[second.count])
        #expect(Likeness(first, second, least: lengths[second.count]).equal == Likeness(first, second).equal)
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
