import ReviewModel
import Testing

/// Reports in which the table of lines is a part of what the sentences speak of, or says in another way what lacks.
@Suite("Wholes and parts of right reports")
struct WholeAndPartTests {
    private func told(_ report: String) async throws -> [String] {
        try await HouseReview.findings(in: report).filter { finding in
            finding.severity >= .warning
                && ["prose/", "document/table", "document/audit", "document/share", "report-reader/", "deduction/not"]
                    .contains(where: finding.rule.hasPrefix)
        }.map { "\($0.rule): \($0.message.zh)" }
    }

    static let ofAPart = """
        # 某县卫生项目评审报告

        项目申报2027年预算803.31万元，分为设备购置、信息化、人才培养三个子项，分别申报507.86万元、256.50万元和38.95万元，占比分别为63.22%、31.93%和4.85%。

        申报803.31万元，审核755.79万元，核减47.52万元，核减率5.92%。

        | 序号 | 设备名称 | 申报金额（万元） | 审核金额（万元） | 核减（万元） |
        |---|---|---|---|---|
        | 1 | 分析仪 | 128.40 | 121.50 | 6.90 |
        | 2 | 诊断仪 | 358.76 | 338.84 | 19.92 |
        | 3 | 肺功能仪 | 20.70 | — | 20.70 |
        |  | 合计 | 507.86 | 460.34 | 47.52 |
        """

    @Test(
        "a table of which a sentence says that it is a part is not the whole",
        arguments: [
            ("", "", []),
            ("信息化、人才培养三个子项，分别申报507.86万元、256.50", "信息化、人才培养三个子项，分别申报507.86万元、265.50", ["prose/"]),
            ("4.85%", "5.84%", ["prose/"]),
            ("申报803.31万元，审核", "申报830.31万元，审核", ["prose/"]),
        ] as [(String, String, [String])]
    )
    func largerWhole(old: String, new: String, expected: [String]) async throws {
        let found = try await told(old.isEmpty ? Self.ofAPart : Self.ofAPart.replacing(old, with: new))
        #expect(found.isEmpty == expected.isEmpty, "\(found)")
        #expect(found.allSatisfy { $0.hasPrefix("prose/") }, "\(found)")
    }

    @Test("the lines may be those of one year of several, or of one source")
    func years() async throws {
        let report = """
            # 预算评审报告

            项目总投资180.00万元，分三年实施，其中2026年100.00万元、2027年50.00万元、2028年30.00万元。2026年申报100.00万元，审定88.00万元，核减12.00万元。

            项目由申请财政资金100.00万元、自筹80.00万元组成，总投资180.00万元。

            | 序号 | 项目 | 申报金额（万元） | 审定金额（万元） | 核减金额（万元） |
            |---|---|---|---|---|
            | 1 | 设备购置 | 80.00 | 70.00 | 10.00 |
            | 2 | 安装调试 | 20.00 | 18.00 | 2.00 |
            | 合计 | | 100.00 | 88.00 | 12.00 |
            """
        #expect(try await told(report) == [])
        #expect(try await !told(report.replacing("审定88.00万元，核减", with: "审定80.00万元，核减")).isEmpty)
    }

    @Test("of what was refused a dash stands where something would have been approved")
    func refused() async throws {
        let wrong = Self.ofAPart.replacing("| 20.70 | — | 20.70 |", with: "| 20.70 | — | 2.70 |")
        #expect(try await !told(wrong).isEmpty)
    }

    static let rounded = """
        # 预算评审报告

        | 科目 | 申报金额（万元） | 审定金额（万元） |
        |---|---|---|
        | 办公费 | 12.35 | 11.12 |
        | 印刷费 | 8.64 | 7.78 |
        | 会议费 | 6.17 | 5.55 |
        | 合计 | 27.16 | 24.44 |

        注：合计与逐项之和24.45万元相差0.01万元，系四舍五入所致。

        | 单位工程 | 审定金额（万元） |
        |---|---|
        | 水源 | 179.28 |
        | 管网 | 528.90 |
        | 监测 | 69.82 |
        | 合计 | 778.01 |

        注：分项之和与合计数的差异为尾差。
        """

    @Test(
        "a difference that a note below the table explains by rounding is told where it is none",
        arguments: [
            ("", "", true), ("| 会议费 | 6.17 | 5.55 |", "| 会议费 | 6.17 | 5.85 |", false),
            ("| 合计 | 778.01 |", "| 合计 | 787.01 |", false), ("，系四舍五入所致", "", false), ("的差异为尾差", "见附件", false),
        ]
    )
    func rounding(old: String, new: String, isRight: Bool) async throws {
        let found = try await told(old.isEmpty ? Self.rounded : Self.rounded.replacing(old, with: new))
        #expect(found.isEmpty == isRight, "\(found)")
    }

    @Test(
        "the unit may stand behind the table, in a note and before other sentences",
        arguments: ["注：金额单位为万元。", "单位：万元。核减率10.00%。"]
    )
    func unitBehind(note: String) async throws {
        let report = """
            # 项目预算评审报告

            审定金额90万元，核减10万元，核减率10%。

            | 项目 | 申报金额 | 审定金额 | 核减金额 |
            |---|---|---|---|
            | 设备 | 80.00 | 72.00 | 8.00 |
            | 安装 | 20.00 | 18.00 | 2.00 |
            | 合计 | 100.00 | 90.00 | 10.00 |

            """
        #expect(try await told(report + note) == [])
        #expect(try await !told((report + note).replacing("审定金额90万元", with: "审定金额80万元")).isEmpty)
    }

    @Test("cuts of one line together are its cut")
    func cutsOfLine() async throws {
        let report = """
            # 预算评审报告

            1. 土建工程核减117.70万元，一是混凝土由545元/立方米调整为498元/立方米，核减56.40万元（12000立方米×47元）；二是钢筋价格调整，核减61.30万元。

            | 项目 | 送审金额（万元） | 审定金额（万元） | 核减金额（万元） |
            |---|---|---|---|
            | 土建工程 | 817.70 | 700.00 | 117.70 |
            | 安装工程 | 244.10 | 200.00 | 44.10 |
            | 合计 | 1061.80 | 900.00 | 161.80 |
            """
        #expect(try await told(report) == [])
        #expect(try await !told(report.replacing("调整，核减61.30", with: "调整，核减63.10")).isEmpty)
    }

    static let dollars = """
        # Budget Review Report

        The Department requested $802,656. We recommend $683,550, a deduction of $119,106 or 14.8% of the request.

        | Category | Requested | Approved | Deduction |
        |---|---|---|---|
        | Hardware | 303,000 | 264,000 | 39,000 |
        | Services | 440,200 | 387,000 | 53,200 |
        | Contingency | 59,456 | 32,550 | 26,906 |
        | Total | 802,656 | 683,550 | 119,106 |

        | No. | Item | Requested amount | Approved amount | Deduction |
        |---|---|---|---|---|
        | 1 | Servers | 118,200 | 92,000 | 26,200 |
        | 2 | Storage | 184,800 | 172,000 | 12,800 |
        | 3 | Migration | 340,200 | 297,000 | 43,200 |
        | 4 | Training | 100,000 | 90,000 | 10,000 |
        | | Total | 743,200 | 651,000 | 92,200 |
        """

    @Test("sentences in another currency say which of two tables is the whole")
    func currency() async throws {
        #expect(try await told(Self.dollars) == [])
        #expect(try await !told(Self.dollars.replacing("requested $802,656", with: "requested $806,256")).isEmpty)
        #expect(try await !told(Self.dollars.replacing("recommend $683,550", with: "recommend $638,550")).isEmpty)
    }

    @Test("a row of dashes holds nothing that was not read")
    func dashes() async throws {
        let report = """
            # 自评报告

            | 收入来源 | 年初预算数（万元） | 占比 |
            |---|---|---|
            | 财政拨款 | 775.90 | 93.21% |
            | 政府性基金预算 | — | — |
            | 上年结转 | 56.50 | 6.79% |
            | 合计 | 832.40 | 100.00% |
            """
        #expect(try await told(report) == [])
        #expect(try await !told(report.replacing("56.50 | 6.79%", with: "65.50 | 6.79%")).isEmpty)
    }
}
