import ReviewModel
import Testing

/// Norms of cost and of purchases: the worked example, and what is said of a file of prices that is wrong.
@Suite("Norms, as they were worked by hand")
struct NormTests {
    private func findings(_ review: Value) -> [String] {
        (review["findings"]?.list ?? []).map { finding in
            ["severity", "rule", "subject", "difference"].compactMap { finding[$0]?.scalarText }.filter { !$0.isEmpty }
                .joined(separator: " ")
        }
    }

    private func fact(_ id: String, of review: Value) -> String? {
        review["facts"]?.list?.first { $0["id"]?.text == id }?["value"]?.scalarText
    }

    @Test("the example gives what stands in its comments, and nothing else")
    func worked() throws {
        let folder = TemporaryFolder()
        let result = shell("pingshen run Specs/prices/worked/wangshu-hall-2026.yaml --json --out '\(folder.path)'")
        try #require(result.status == 0, "\(result.errors)")
        let review = try #require(result.json)
        #expect(
            Set(findings(review)) == [
                "error norm/price-above L01 3,200.00", "error norm/price-above L03 800.00",
                "warning norm/price-above L04 4,000.00", "warning norm/price-above L10 24,400.00",
                "error norm/price-above L11 60,000.00", "warning norm/purchase-split L07, L08",
                "error norm/period-short", "info norm/not-judged L13",
            ]
        )
        #expect(findings(review).count == 8)
        let headroom = ["L01", "L02", "L05", "L06"].map { fact("norms.\($0).headroom", of: review) }
        #expect(headroom == ["-3200.00", "25200.00", "0.00", "0.00"])
    }

    @Test("a year in which the town had another rule is judged by that")
    func otherYear() throws {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cp -r Specs '\(folder.path)/s' && cd '\(folder.path)/s/prices/worked' &&
            sed -i 's/year: 2026/year: 2024/' wangshu-hall-2026.yaml &&
            pingshen run wangshu-hall-2026.yaml --json --out '\(folder.path)/out'
            """
        )
        let review = try #require(result.json, "\(result.errors)")
        // 80 × 2 × 450.00 = 72,000.00
        #expect(fact("norms.L01.headroom", of: review) == "4800.00")
    }

    @Test("a misspelt code, a norm without its clause and one of two kinds are said at their lines")
    func mistakes() {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cp -r Specs '\(folder.path)/s' && cd '\(folder.path)/s/prices/worked' &&
            sed -i -e 's/of: meeting/of: meting/' -e 's/, clause: 第八条//' -e 's/^    money: 万元/    share: 3%/' wangshu.yaml &&
            pingshen validate wangshu-hall-2026.yaml --locale en
            """
        )
        #expect(result.status == 2)
        #expect(result.errors.contains("there is no \"meting\" in items or purchases"))
        #expect(result.errors.contains("did you mean \"meeting\"?"))
        #expect(result.errors.contains("missing key \"clause\""))
        #expect(
            result.errors.contains("a norm has one of cap, most, share, table, limit, least; this one has share, limit")
        )
        #expect(result.errors.contains("wangshu.yaml:"))
    }

    @Test("a report that exists is held against the country's norms without a spec, each finding at its row")
    func audit() {
        let folder = TemporaryFolder()
        write(
            """
            望舒镇2026年为老服务项目预算评审报告

            项目单位：望舒镇社区服务中心

            表1 项目预算明细表（单位：元）
            项目内容\t项目明细\t数量\t单位\t单价\t金额
            会议费\t三类会议，80人×2天×600元\t1\t场\t96000.00\t96000.00
            办公设备\t台式电脑\t10\t台\t5000.00\t50000.00
            合计\t\t\t\t\t146000.00

            """,
            to: folder.path + "/report.txt"
        )
        let result = shell(
            "pingshen audit '\(folder.path)/report.txt' --pipeline Specs/pipelines/audit-norms.yaml --locale zh"
        )
        let found = (result.output + result.errors).split(separator: "\n").filter { $0.contains("norm/") }
        #expect(found.count == 1)
        #expect(found.first?.contains("report.txt:7:1:") == true)
        #expect(found.first?.contains("最多 88,000.00 元，超出 8,000.00 元") == true)
    }

    @Test("the price library that a summary writes is read as it stands, and a price outside of it is an info")
    func library() throws {
        let folder = TemporaryFolder()
        let result = shell(
            """
            cp -r Specs '\(folder.path)/s' && cd '\(folder.path)/s/prices/worked' &&
            pingshen run wangshu-hall-2026.yaml --out '\(folder.path)/out' > '\(folder.path)/log' &&
            pingshen summarize '\(folder.path)/out' > '\(folder.path)/log' && cp '\(folder.path)/out/batch/prices.yaml' approved.yaml &&
            sed -i -e 's/1100.00,    66000.00/1200.00, 72000.00/' -e 's/bases: {L10/library: !include approved.yaml, bases: {L10/' \\
                wangshu-hall-2026.yaml &&
            echo 'rules: {norm/price-unlike: {at_least: 1}}' >> wangshu-hall-2026.yaml &&
            pingshen run wangshu-hall-2026.yaml --json --out '\(folder.path)/out'
            """
        )
        let review = try #require(result.json, "\(result.errors)")
        let found = findings(review).filter { $0.contains("price-unlike") }
        #expect(found == ["info norm/price-unlike L02"])
    }
}
