import ReviewModel
import Testing

/// Reports of houses that nobody knows, held against themselves.
@Suite("pingshen audit without a spec")
struct AuditAloneTests {
    private static let houses = [
        "larkfield", "ashdown", "fernhill", "rookwood", "hospital", "teachers", "waterworks", "archives", "roads",
        "meals",
        "elders", "platform", "stoves", "flood", "property", "culture", "principals", "classrooms", "farming", "supply",
        "recovery",
    ].map {
        "Tests/Fixtures/Houses/\($0).txt"
    }

    @Test("a report that is right has nothing above info, whatever its style", arguments: houses)
    func right(report: String) {
        let result = shell("pingshen audit \(report) --fail-on warning --locale en")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(!result.output.contains("error") && !result.output.contains("warning"), "\(result.output)")
    }

    @Test("of an audit table that is read by half nothing is concluded, and its sentences are held against themselves")
    func readByHalf() {
        // No head says which columns are the review's.
        let folder = TemporaryFolder()
        let path = "\(folder.path)/report.md"
        let rows = [
            "# 某县平台改造评审报告", "", "表1（单位：元）", "", "| 名称 | 数量 | 单价 | 金额 | 数量2 | 单价2 | 金额2 |",
            "|---|---|---|---|---|---|---|",
            "| 采集终端 | 4 | 52,000 | 208,000 | 3 | 52,000 | 156,000 |",
            "| 传输网关 | 2 | 18,000 | 36,000 | 2 | 16,500 | 33,000 |", "| 合计 |  |  | 244,000 |  |  | 189,000 |", "",
            "申报244,000元，审定189,000元，审减55,000元，审减率22.54%%。",
        ]
        _ = shell("printf '\(rows.joined(separator: "\\n"))\\n' > '\(path)'")
        let right = shell("pingshen audit '\(path)' --fail-on warning --locale en")
        #expect(right.status == 0, "\(right.output)\(right.errors)")
        _ = shell("sed -i 's/审定189,000/审定198,000/' '\(path)'")
        let wrong = shell("pingshen audit '\(path)' --fail-on error --locale en")
        #expect(wrong.status == 1 && wrong.output.contains("prose/arithmetic"), "\(wrong.output)\(wrong.errors)")
    }

    @Test(
        "one change in it is an error at its line",
        arguments: [
            ("larkfield", "24s/349,750.00/394,750.00/", ":24:1: error document/audit-table-differs"),
            ("larkfield", "18s/82,250.00/83,250.00/", ":18:1: error prose/mismatch"),
            ("larkfield", "18s/6.39%/6.93%/", ":18:1: error prose/mismatch"),
            ("larkfield", "9s/至 2025 年/至 2024 年/", ":9:1: error document/date-order"),
            ("larkfield", "40s/肆仟/柒仟/", ":40:1: error document/amount-in-words"),
            ("ashdown", "28s/核减 10.80/核减 18.00/", ":28:1: error prose/mismatch"),
            ("ashdown", "11s/98.26%/89.26%/", ":11:1: error prose/rate"),
            ("ashdown", "46s/518.75/581.75/", ":46:1: error prose/"),
            ("fernhill", "31s/产出 50 分/产出 51 分/", ":31:1: error document/scores-disagree"),
            ("fernhill", "9s/至次年/至/", ":9:1: error document/date-order"),
            ("rookwood", "17s/玖佰肆拾万/玖佰柒拾万/", ":17:1: error document/amount-in-words"),
            ("ashdown", "46s/予以支持/不予支持/", ":46:1: error document/scores-disagree"),
            ("ashdown", "11s/64 人/46 人/", ":11:1: error prose/mismatch"),
            ("larkfield", "9s/160 盏/140 盏/", ":9:1: error prose/mismatch"),
            ("fernhill", "17s/2025年度/2024年度/", ":17:1: error document/year-differs"),
            ("rookwood", "25s/586.15/568.15/", ":25:1: error"),
            // The sentence of what was asked for, approved and cut: each of its figures.
            ("larkfield", "18s/1,286,400/1,268,400/", ":18:1: error prose/mismatch"),
            ("larkfield", "18s/1,204,150/1,240,150/", ":18:1: error prose/mismatch"),
            ("rookwood", "17s/2,227,200/2,272,200/", ":17:1: error prose/mismatch"),
            ("ashdown", "15s/4.57%/4.75%/", ":15:1: error prose/mismatch"),
            // Sources of the money, though each stands but here.
            ("ashdown", "46s/400.00/300.00/", ":46:1: error prose/sum-of-parts"),
            ("fernhill", "13s/50.00/40.00/", ":13:1: error prose/sum-of-parts"),
            ("rookwood", "9s/8 月 20 日/9 月 20 日/", ":9:1: error document/date-after-issue"),
            ("ashdown", "17s/元/万元/", ":17:1: error document/unit-differs"),
            ("larkfield", "20s/单位：元/单位：万元/", ":20:1: error document/unit-differs"),
            ("rookwood", "21s/万元/元/", ":21:1: error document/unit-differs"),
            // The table is drawn by Markdown.
            ("ashdown", "24s/210,000.00/220,000.00/", ":24:1: error document/audit-table-differs"),
        ]
    )
    func changed(house: String, change: String, told: String) {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/report.txt"
        _ = shell("sed '\(change)' Tests/Fixtures/Houses/\(house).txt > '\(path)'")
        let result = shell("pingshen audit '\(path)' --fail-on error --locale en")
        #expect(result.status == 1)
        #expect(result.output.contains(path + told), "\(result.output)")
        // One cause, one finding; in a row of a table it denies the amount beside it, and the rate.
        let line = told.split(separator: ":")[0]
        let errors = result.output.split(separator: "\n").count { $0.hasPrefix("\(path):\(line):1: error") }
        #expect((1...2).contains(errors), "\(result.output)")
    }

    @Test("amounts that a table rounds to 万元 bear out the exact ones of the text, and no others")
    func rounded() {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/report.txt"
        let report = """
            山行镇道路工程评审报告
            本工程送审金额3,268,450.32元，审定金额3,015,719.58元，核减252,730.74元，核减率7.73%。
            评审结果汇总表（单位：万元）
            费用\t送审金额\t审定金额\t核减金额
            建安费\t285.00\t263.00\t22.00
            设备费\t23.50\t21.50\t2.00
            二类费\t18.35\t17.07\t1.27
            合计\t326.85\t301.57\t25.27
            """
        func errors(_ text: String) -> Int {
            _ = shell("printf '%s' '\(text)' > '\(path)'")
            return shell("pingshen audit '\(path)' --locale en").output.split(separator: "\n").count {
                $0.contains(": error ")
            }
        }
        #expect(errors(report) == 0)
        #expect(errors(report.replacing("3,015,719.58", with: "3,051,719.58")) > 0)
        #expect(errors(report.replacing("1.27", with: "1.72")) > 0)
    }

    @Test("a report without a table that is known says so, and what cannot be judged is not")
    func nothingRead() {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/report.txt"
        _ = shell("printf '山行镇报告\\n\\n材质\\t产地\\t颜色\\n松木\\t本地\\t黄\\n' > '\(path)'")
        let result = shell("pingshen audit '\(path)' --locale en")
        #expect(result.status == 0)
        #expect(result.output.contains("report-reader/no-table"))
        #expect(!result.output.contains("target/none") && !result.output.contains("host/"), "\(result.output)")
    }

    @Test("options that mean nothing together are told before anything is read")
    func usage() {
        for (options, told) in [
            ("--step x.yaml", "--step means nothing without --spec"),
            ("--spec nowhere.yaml --pipeline y.yaml", "--pipeline means nothing with --spec"),
            ("--spec nowhere.yaml --suggest", "--suggest works for Word files"),
        ] {
            let result = shell("pingshen audit \(Self.houses[0]) \(options) --locale en")
            #expect(result.status == 64, "\(options)")
            #expect(result.errors.contains(told), "\(result.errors)")
        }
    }

    @Test("a report that is not there is named, and so is a pipeline")
    func absent() {
        let report = shell("pingshen audit nowhere.txt --locale en")
        #expect(report.status == 2)
        #expect(report.errors.contains("nowhere.txt"), "\(report.errors)")
        let pipeline = shell("pingshen audit \(Self.houses[0]) --pipeline nowhere.yaml --locale en")
        #expect(pipeline.status == 2)
        #expect(pipeline.errors.contains("nowhere.yaml"), "\(pipeline.errors)")
    }
}
