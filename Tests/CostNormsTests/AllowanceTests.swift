import ReviewModel
import Testing

@testable import CostNorms

@Suite("What norms allow a line")
struct AllowanceTests {
    private func line(_ name: String, _ quantity: String, _ unit: String, _ price: String) -> NormLine {
        NormScene.line(name, quantity, unit, at: price)
    }

    @Test(
        "at the norm nothing is left, above it the excess is exact",
        arguments: [
            ("三类会议", "160", "人·天", "550.00", "88000.00 0.00"),
            ("三类会议", "160", "人天", "550.01", "88000.00 -1.60"),
            ("三类会议", "80", "人", "1200", "missing"),
            ("三类会议2天", "80", "人", "1200.00", "88000.00 -8000.00"),
            ("三类会议，80人，2天", "1", "项", "90000.00", "88000.00 -2000.00"),
            ("三类会议，每场80人、2天", "3", "场", "88000.00", "264000.00 0.00"),
            ("三类会议，80人、2天、3场", "1", "项", "264000.00", "264000.00 0.00"),
            ("三类会议，会期1天半", "80", "人", "825.00", "66000.00 0.00"),
            ("三类会议，80人，半天", "1", "项", "100", "missing"),
            ("三类会议，会期两天", "80", "人", "1200.00", "88000.00 -8000.00"),
            ("三类会议，会期十二天", "80", "人", "1200.00", "unclear"),
            ("三类会议，三月二日", "80", "人", "1200.00", "missing"),
            ("会议２天", "８０", "人", "1300.00", "noQuantity"),
            ("会议２天", "80", "人", "1300.00", "104000.00 0.00 second?"),
            ("讲课费（副教授）", "8", "学时", "500.00", "4000.00 0.00 tax?"),
            ("讲课费（税后，教授）", "2", "半天", "5000.00", "8000.00 -2000.00"),
            ("讲课费", "8", "小时", "500.00", "unknownUnit"),
            ("高级专家费", "3", "人·半天", "1680.00", "5040.00 0.00"),
            ("高级专家费，税后", "3", "人·半天", "1440.01", "4320.00 -0.03"),
            ("高级专家费，为期3天", "15", "人·天", "2800.00", "35000.00 -7000.00"),
            ("电脑", "3", "台", "5000.00", "15000.00 0.00"),
            ("电脑", "3", "台", "5000.01", "15000.00 -0.03"),
            ("电脑", "3", "", "5000.01", "noUnit"),
            ("电脑", "3", "批", "5000.01", "unknownUnit"),
            ("电脑维修", "3", "台", "9000.00", "nothing"),
            ("会议室", "3", "间", "9000.00", "nothing"),
        ]
    )
    func caps(name: String, quantity: String, unit: String, price: String, expected: String) throws {
        #expect(try NormScene.judge(line(name, quantity, unit, price)) == expected)
    }

    @Test(
        "a product in the text is taken apart",
        arguments: [
            ("三类会议80人×2天×550元", "1", "场", "88000.00", "88000.00 0.00"),
            ("三类会议80人*2天*600元/人·天", "1", "项", "96000.00", "88000.00 -8000.00"),
            ("三类会议８０人×２天×５５０元", "1", "场", "88000.00", "88000.00 0.00"),
            ("三类会议80人×2天×600元", "2", "场", "96000.00", "176000.00 -16000.00"),
            ("三类会议3场×80人×2天×550元", "1", "年", "264000.00", "264000.00 0.00"),
            ("三类会议160×560元/人天", "1", "项", "89600.00", "88000.00 -1600.00"),
            // A part of a line is not the line, and two products are no one product.
            ("三类会议，其中80人×2天×550元", "1", "项", "99000.00", "unclearProduct"),
            ("三类会议80人×2天×550元+3人×2天×100元", "1", "项", "88600.00", "unclearProduct"),
            // One that is not the amount is told by itself; the quantity still counts.
            ("三类会议80人×2天×550元", "160", "人·天", "600.00", "88000.00 -8000.00"),
        ]
    )
    func products(name: String, quantity: String, unit: String, price: String, expected: String) throws {
        #expect(try NormScene.judge(line(name, quantity, unit, price)) == expected)
    }

    @Test("what may multiply and may not is not guessed")
    func unclear() throws {
        #expect(try NormScene.judge(line("讲课费，2名，每场2学时", "4", "场", "9000")) == "unclear")
        #expect(try NormScene.judge(line("会议80-100人，2天", "1", "项", "9000")) == "unclear")
        #expect(try NormScene.judge(line("会议80人，工作人员8人，2天", "1", "项", "9000")) == "unclear")
        #expect(try NormScene.judge(line("3月5日会议80人", "1", "项", "9000")) == "missing")
    }

    @Test(
        "days beyond the fifteenth and the thirtieth count less",
        arguments: [
            ("15", "75000.00"),  // 10 × 15 × 500
            ("16", "79000.00"),  // 10 × (15 + 0.8) × 500
            ("30", "135000.00"),  // 10 × (15 + 15 × 0.8) × 500
            ("40", "170000.00"),  // 10 × (27 + 10 × 0.7) × 500
        ]
    )
    func steps(days: String, allowed: String) throws {
        let found = try NormScene.judge(line("培训10人\(days)天", "1", "期", "75000.00"))
        #expect(found.hasPrefix(allowed + " "), "\(found)")
        let joint = try NormScene.judge(line("培训\(days)天", "\((Int(days) ?? 0) * 10)", "人·天", "500.00"))
        #expect(joint.hasPrefix(allowed + " "), "\(joint)")
    }

    @Test(
        "a fee lies on the straight line between the points of its table",
        arguments: [
            ("2000000", "90000.00"), ("5000000", "209000.00"), ("3500000", "149500.00"),
            // 90,000 + 1,000,000 × 119,000 ÷ 3,000,000
            ("3000000", "129666.67"), ("100000", "90000.00"),
        ]
    )
    func fees(base: String, allowed: String) throws {
        let found = try NormScene.judge(line("设计费", "1", "项", "90000.00"), base: base)
        #expect(found.hasPrefix(allowed + " "), "\(found)")
    }

    @Test("a fee whose base nobody names, or that lies beyond the table, is not judged")
    func noBase() throws {
        #expect(try NormScene.judge(line("设计费", "1", "项", "90000.00")) == "noBase")
        #expect(try NormScene.judge(line("设计费", "1", "项", "90000.00"), base: "10000001") == "baseOutside")
        #expect(
            try NormScene.judge(line("设计费（计费额350万元）", "1", "项", "150000.00")) == "149500.00 -500.00"
        )
    }

    @Test("retention money is held against its base, or its share against the largest")
    func retention() throws {
        #expect(try NormScene.judge(line("工程质保金", "1", "项", "3000.00"), base: "100000") == "3000.00 0.00")
        #expect(
            try NormScene.judge(line("工程质保金，合同价10万元的5%", "1", "项", "5000.00")) == "3000.00 -2000.00"
        )
        #expect(try NormScene.judge(line("工程质保金5%", "1", "项", "5000.00")) == "3000.00 -2000.00")
        #expect(try NormScene.judge(line("工程质保金3%", "1", "项", "5000.00")) == "5000.00 0.00")
        #expect(try NormScene.judge(line("工程质保金", "1", "项", "5000.00")) == "noBase")
        // The rule is about works.
        #expect(try NormScene.judge(line("家具质保金5%", "1", "项", "5000.00")) == "nothing")
    }

    @Test("what the group is called counts where the line has another name")
    func groups() throws {
        let reader = try NormScene.reader()
        let meals = NormScene.line("三类会议", "100", "人·天", at: "600.00", detail: "茶歇")
        let match = try #require(reader.item(of: meals))
        #expect(match.item.code == "meeting" && !match.isOwn && match.classes == ["third"])
        // A detail that says it is another thing is none of the group's.
        #expect(reader.item(of: NormScene.line("会议", at: "1", detail: "会议室"))?.item.code == nil)
        // Its own name goes before that of the group, and of two words in one name the longer.
        #expect(reader.item(of: NormScene.line("培训", at: "1", detail: "讲课费"))?.item.code == "lecture")
        #expect(reader.item(of: NormScene.line("培训讲课费", at: "1"))?.item.code == "lecture")
    }

    @Test("more people or days than the class may have")
    func sizes() throws {
        let reader = try NormScene.reader()
        func sizes(_ name: String) throws -> [String] {
            let line = NormScene.line(name, "1", "项", at: "1")
            return reader.oversizes(line, try #require(reader.item(of: line))).map {
                "\($0.unit.zh) \($0.count) > \($0.most)"
            }
        }
        #expect(try sizes("三类会议150人2天") == [])
        #expect(try sizes("三类会议151人3天") == ["天 3 > 2", "人 151 > 150"])
        // Class two has no limit of people here, so a meeting of no class has none.
        #expect(try sizes("会议151人2天") == [] && sizes("二类会议151人2天") == [])
    }

    @Test("a product that is neither the amount nor the price is found, a part of the line is not")
    func wrongProducts() throws {
        let reader = try NormScene.reader()
        func wrong(_ name: String, _ amount: String) -> String? {
            reader.wrongProduct(NormScene.line(name, "1", "项", at: amount), nil).map { "\($0.written) = \($0.product)" }
        }
        #expect(wrong("80人×2天×550元", "88000.00") == nil)
        #expect(wrong("80 人 × 2 天 × 550 元", "96000.00") == "80人×2天×550元 = 88000")
        #expect(wrong("其中80人×2天×550元", "96000.00") == nil)
        #expect(wrong("横幅100条×50元、海报200张×10元", "7000.00") == nil)
        #expect(wrong("80人×2天×550元，另加场租8000元", "96000.00") == nil)
        #expect(wrong("80人×2天×550元，合计88000元", "96000.00") == "80人×2天×550元 = 88000")
        #expect(wrong("80人×2天×550元+1000元", "89000.00") == nil)
    }

    @Test(
        "of words within each other the longer counts, and long texts of nothing but words, digits or factors are read"
    )
    func longTexts() throws {
        var index = WordIndex()
        index.add(["会议", "会议室"], of: "a")
        index.add(["会议室", "室内"], of: "b")
        let found = index.occurrences(in: PlainText("会议室内会议")).map { "\($0.owner) \($0.range.lowerBound)" }
        #expect(found.sorted() == ["a 0", "a 4", "b 0", "b 2"])
        let count = 1000
        for text in ["会议", "7", "7×", "7人", "开标"] {
            let line = NormScene.line("会议" + String(repeating: text, count: count), "1", "项", at: "1")
            #expect(try NormScene.judge(line) != "nothing")
            #expect(try NormScene.reader().wrongProduct(line, nil)?.written == nil)
        }
    }
}
