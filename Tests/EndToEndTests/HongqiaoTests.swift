import PluginWire
import ReviewFile
import ReviewModel
import Testing

/// The real review of the first town, as its user runs it: figures, sentences and tables of the signed report.
@Suite("The Hongqiao review")
struct HongqiaoTests {
    private static let spec = "Specs/hongqiao/party-service-2026.yaml"
    private static let run: (result: CommandResult, json: Value, markdown: String, html: String) = {
        let folder = TemporaryFolder()
        let result = shell("pingshen run \(spec) --out '\(folder.path)'")
        let review = folder.path + "/hongqiao-party-service-2026"
        let json = (try? JSONReader.read(Array(read(review + "/review.json").utf8))) ?? .null
        return (result, json, read(review + "/report.md"), read(review + "/report.html"))
    }()

    private func text(_ path: String...) -> String? { Self.run.json[JSONPointer(path)]?.scalarText }

    @Test("it runs, prints the paths written and sums the review up")
    func summary() {
        #expect(Self.run.result.status == 0)
        let names = Self.run.result.output.split(separator: "\n").map { $0.split(separator: "/").last ?? "" }
        #expect(
            names == [
                "review.json", "findings.html", "findings.junit.xml", "findings.sarif", "report.docx", "report.html",
                "report.md",
                "workbook.xlsx", "worklist.md",
            ]
        )
        #expect(Self.run.result.errors.contains("verdict: partly feasible [70, 90)"))
    }

    @Test("amounts: 14,017,700.00 requested, 13,849,620.00 approved, 168,080.00 deducted, 1.20 %")
    func amounts() {
        #expect(text("amounts", "requested") == "14017700.00")
        #expect(text("amounts", "approved") == "13849620.00")
        #expect(text("amounts", "deducted") == "168080.00")
        #expect(text("amounts", "deferred") == "118080.00")
        #expect(text("amounts", "increased") == "0.00")
        #expect(text("amounts", "deductionRate") == "1.20")
    }

    @Test("scores: self 94 (46 + 28 + 20), review 88 (44 + 27 + 17), partly feasible")
    func scores() throws {
        #expect(text("scores", "self", "total") == "94")
        #expect(text("scores", "review", "total") == "88")
        #expect(text("verdict", "name", "zh") == "部分可行")
        for (rater, expected) in [("self", ["46", "28", "20"]), ("review", ["44", "27", "17"])] {
            let items = try #require(Self.run.json[JSONPointer(["scores", rater, "items"])]?.list)
            let sections = items.filter { $0["parent"] == nil }.compactMap { $0["points"]?.scalarText }
            #expect(sections == expected)
        }
    }

    @Test("the history of three years is summed and rated")
    func history() {
        var facts: [String: String] = [:]
        for fact in Self.run.json["facts"]?.list ?? [] {
            facts[fact["id"]?.text ?? ""] = fact["value"]?.scalarText
        }
        let years = [
            ("2023", "3828400.00", "3809539.34", "99.51"), ("2024", "8487962.22", "8487004.22", "99.99"),
            ("2025", "6524327.82", "3982065.69", "61.03"),
        ]
        for (year, adjusted, paid, rate) in years {
            #expect(facts["history.\(year).adjusted"] == adjusted)
            #expect(facts["history.\(year).paid"] == paid)
            #expect(facts["history.\(year).rate"] == rate)
        }
        #expect(facts["lines.L03.rate"] == "3.45")
        #expect(facts["lines.L14.rate"] == "14.29" || facts.values.contains("14.29"))
    }

    /// Arithmetic that is right and yet no reason.
    private static let aboutReasons = [
        "arithmetic/all-quantities-one", "deduction/deferral-as-cut", "deduction/retention-above-cap",
    ]

    @Test("the document's own arithmetic holds: no finding says otherwise")
    func noInventions() {
        let rules = (Self.run.json["findings"]?.list ?? []).compactMap { $0["rule"]?.text }
        let arithmetic = rules.filter { rule in
            ["arithmetic/", "history/item", "history/year", "deduction/", "declared/", "host/"].contains {
                rule.hasPrefix($0)
            }
        }
        #expect(arithmetic.sorted() == Self.aboutReasons)
    }

    @Test("review.json has the keys of the contract, and every finding a place")
    func contract() throws {
        for key in [
            "schema", "id", "project", "amounts", "scores", "verdict", "findings", "steps", "inputs", "plugins",
            "artifacts",
        ] {
            #expect(Self.run.json[key] != nil, "\(key)")
        }
        #expect(text("schema") == "pingshen.review/1")
        let written = JSONWriter.document(Self.run.json)
        #expect(JSONWriter.document(try RecordedReview.read(written).document) == written)
        for finding in try #require(Self.run.json["findings"]?.list) {
            #expect(finding["message"]?["zh"]?.text?.isEmpty == false)
            #expect(finding["message"]?["en"]?.text?.isEmpty == false)
            for location in finding["locations"]?.list ?? [] {
                #expect(location["file"]?.text?.hasPrefix("Specs/") == true)
                #expect((location["line"]?.integer ?? 0) > 0)
            }
        }
        let sums = ["inputs", "plugins", "artifacts"].flatMap { Self.run.json[$0]?.list ?? [] }
        #expect(sums.count > 10)
        #expect(sums.allSatisfy { $0["sha256"]?.text?.count == 64 })
    }

    @Test(
        "sentences that the signed report has are computed in ours",
        arguments: [
            "2023 年度预算金额为 382.84 万元，执行金额为 380.95 万元，预算执行率为 99.51%；",
            "2025 年度预算金额为 652.43 万元，截至 2025 年 10 月 31 日，执行金额为 398.21 万元，预算执行率为 61.03%，预期到年底执行率可达 99.00%。",
            "年度申请预算金额为 1,401.77 万元，包括租金物业水电等 170.32 万元、", "2024 氛围提升项目尾款 33.50 万元", "和展示区域维护 15.00 万元",
            "2026 年申报年度预算金额为 14,017,700.00 元", "项目单位自评价得分为 94 分", "项目决策权重 50 分", "项目绩效权重 20 分",
            "审核年度预算金额为 13,849,620.00 元，核减金额 168,080.00 元，核减率为 1.20%",
            "申报预算金额 3,420,162.30 元，审核金额 3,302,082.30 元，核减 118,080.00 元，核减率 3.45%", "核减率 14.29%",
        ]
    )
    func sentences(sentence: String) {
        #expect(squeezed(Self.run.markdown).contains(squeezed(sentence)))
        #expect(squeezed(Self.run.html).contains(squeezed(sentence)))
    }

    @Test(
        "every part of the signed report is there",
        arguments: [
            "目 录", "一、项目概况", "二、项目评审情况", "三、项目存在问题与改进建议", "四、项目预算审核意见", "五、项目结果应用情况", "表 1 2026 年项目预算明细表",
            "表 2 近三年项目预算及执行情况", "表 3 项目具体目标", "预算审核明细表", "财政项目支出绩效目标申报表", "项目事前绩效评估描述", "（四）项目可行性", "资金拨付流程图",
            "七、风险因素分析", "项目预算评审评分表", "项目事前评估指标体系", "A1 “立项依据充分性", "A2 “项目预算”评价", "B1 “项目实施管理”评价",
            "B2 “项目风险及结果管理”评价", "C1 “项目预期产出”评价", "C2 “项目预期效益”评价", "C3 “项目预期效果”评价", "业务层面内部控制规范",
            "关于加强和改进城市基层党的建设工作的意见", "党群服务站人员到岗数", "古北新城居民区党群服务站工程款", "预算金额编制合理", "填报单位",
        ]
    )
    func parts(part: String) {
        #expect(squeezed(Self.run.markdown).contains(squeezed(part)))
        #expect(squeezed(Self.run.html).contains(squeezed(part)))
    }

    @Test("the page is one file with its charts and no request to anyone")
    func selfContained() {
        let html = Self.run.html
        #expect(html.components(of: "<svg") >= 3)
        for outside in ["<script", "src=\"http", "href=\"http", "@import", "url(http"] {
            let isThere = html.contains(outside)
            #expect(!isThere, "\(outside)")
        }
    }

    @Test("two runs give the same bytes")
    func determinism() {
        let folder = TemporaryFolder()
        let result = shell(
            "pingshen run \(Self.spec) --out '\(folder.path)/a' && pingshen run \(Self.spec) --out '\(folder.path)/b' && "
                + "diff -r -x run.jsonl '\(folder.path)/a' '\(folder.path)/b'"
        )
        #expect(result.status == 0, "\(result.errors)\(result.output.suffix(300))")
    }

    @Test("the texts contradict the figures in two places, and nothing is invented")
    func prose() throws {
        let all = Self.run.json["findings"]?.list ?? []
        let findings = all.filter { finding in
            finding["rule"]?.text?.hasPrefix("prose/") == true && finding["severity"]?.text != "info"
        }
        // The one with more money at stake comes first.
        #expect(findings.map { $0["rule"]?.text } == ["prose/sum-of-parts", "prose/mismatch"])
        let sum = try #require(findings.first)
        let mean = try #require(findings.last)
        let (meanProof, sumProof) = (mean["proof"]?["calculation"]?.text, sum["proof"]?["calculation"]?.text)
        #expect(meanProof == "(160,000.00 元 + 97,153.00 元 + 286,599.00 元) ÷ 3 = 18.13 万元/年 ≠ 30.00 万/年")
        #expect(sumProof == "342.02 万元 + 42.33 万元 + 247.88 万元 = 632.23 万元 ≠ 800.23 万元")
        #expect(sum["difference"] == "168.00 万元")
        #expect(mean["found"] == "30.00 万/年")
        #expect(mean["expected"]?.text?.hasPrefix("18.13 万元/年") == true)
        #expect(sum["found"] == "800.23 万元" && sum["expected"] == "632.23 万元")
        #expect(sum["message"]?["zh"]?.text?.contains("计入 阵地文化展示氛围提升 168.00 万元 才得此数") == true)
    }

    @Test(
        "a wrong total of the declaration form is found by a rule written down in YAML",
        arguments: [
            ("  total: 1401.77", "declaration/total"), ("year_carried_over: 0.00", "declaration/year-parts"),
        ]
    )
    func declaration(figure: String, rule: String) throws {
        let folder = TemporaryFolder()
        let changed = figure.replacing("1401.77", with: "1401.76").replacing("0.00", with: "1.00")
        let result = shell(
            "cp -r Specs '\(folder.path)' && cd '\(folder.path)/Specs/hongqiao' && "
                + "sed -i 's/\(figure)/\(changed)/' party-service-2026/declaration.yaml && "
                + "pingshen run party-service-2026.yaml --format json --json --out out"
        )
        let found = (result.json?["findings"]?.list ?? []).filter { $0["rule"]?.text == rule }
        #expect(found.count == 1, "\(result.errors)")
        #expect(found.first?["locations"]?.list?.first?["file"]?.text?.hasSuffix("declaration.yaml") == true)
        let clean = Self.run.json["findings"]?.list?.contains { $0["rule"]?.text?.hasPrefix("declaration/") == true }
        #expect(clean == false)
    }
}

/// Without blanks and markup, which differ between the converted original and our back ends.
private func squeezed(_ text: String) -> String {
    var (result, isTag) = ("", false)
    for character in text {
        if character == "<" {
            isTag = true
        } else if character == ">" {
            isTag = false
        } else if !isTag, !character.isWhitespace,
            character != "\\", character != "*"
        {
            result.append(character)
        }
    }
    return result
}

extension String {
    fileprivate func components(of word: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: word) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
