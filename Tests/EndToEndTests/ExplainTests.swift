import ReviewModel
import Testing

@Suite("pingshen explain")
struct ExplainTests {
    /// The text of `review.json`, made once.
    private static let review: String = {
        let folder = TemporaryFolder()
        let spec = "Specs/hongqiao/party-service-2026.yaml"
        return shell("pingshen run \(spec) --json --format json --out '\(folder.path)'").output
    }()

    private func explain(_ figure: String, _ options: String = "") -> CommandResult {
        let folder = TemporaryFolder()
        write(Self.review, to: folder.path + "/review.json")
        return shell("pingshen explain '\(folder.path)' '\(figure)' \(options)")
    }

    @Test("an amount leads through its sum to the cells, with file, line and column")
    func amount() {
        let lines = explain("amounts.deducted").output.split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(6) == [
                "total, deducted 168,080.00  amounts.deducted", "  118,080.00 + 50,000.00 = 168,080.00",
                "├ 镇中心党群服务阵地建设工程, deducted 118,080.00  lines.L03.deducted",
                "│   ← Specs/hongqiao/party-service-2026.yaml:61:15  118,080.00  tables.deductions[0].amount",
                "└ 课程活动服务费, deducted 50,000.00  lines.L14.deducted",
                "    ← Specs/hongqiao/party-service-2026.yaml:66:15  50,000.00  tables.deductions[1].amount",
            ]
        )
    }

    @Test(
        "every printed total of the review can be followed to cells",
        arguments: [
            "amounts.requested", "amounts.approved", "amounts.deducted", "amounts.rate", "history.2023.rate",
            "history.2025.paid", "scores.self.total", "scores.review.total", "verdict",
        ]
    )
    func followed(id: String) {
        let result = explain(id)
        #expect(result.status == 0)
        #expect(result.output.contains("  ← Specs/hongqiao/"), "\(result.output)")
    }

    @Test("a sentence's number shows what was found about it, with its proof")
    func sentence() {
        let result = explain("800.23 万元")
        #expect(result.output.contains("prose/sum-of-parts"))
        #expect(explain("30.00 万/年").output.contains("prose/mismatch"))
    }

    @Test("it is JSON for programs")
    func json() {
        let document = explain("61.03%", "--json").json
        #expect(document?["figures"]?.list?.first?["fact"]?["id"]?.text == "history.2025.rate")
        #expect(document?["figures"]?.list?.first?["inputs"]?.list?.count == 2)
    }

    @Test("a figure that there is not is wrong usage, and the nearest is named")
    func unknown() {
        let result = explain("amounts.deduckted")
        #expect(result.status == 64)
        #expect(result.errors.contains("amounts.deducted"))
        #expect(shell("pingshen explain nowhere.json 1").status == 2)
    }
}
