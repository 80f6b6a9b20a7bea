import ReviewModel
import Testing

/// The working papers, reckoned anew by LibreOffice: the formulas give what the review has, and follow when a cell changes.
@Suite(
    "workbook.xlsx",
    .serialized,
    .enabled(
        if: shell("command -v soffice && command -v python3").status == 0,
        "needs LibreOffice Calc (soffice) and Python"
    )
)
struct WorkbookTests {
    /// A workbook after reckoning.
    private struct Reckoned {
        var review: Value
        var cached: Value
        var cells: Value

        func cell(_ sheet: String, _ address: String) -> String { cells[sheet]?[address]?.text ?? "" }

        func number(_ sheet: String, _ address: String) -> Double? { Double(cell(sheet, address)) }

        /// The address of the cell below the head `head` in the row in which `key` stands.
        func address(_ sheet: String, _ head: String, _ key: String) -> String {
            let all = cells[sheet]?.record?.members ?? []
            let column = all.first {
                $0.value.text == head && $0.key.hasSuffix("3") && !$0.key.dropLast().contains { $0.isNumber }
            }
            let row = all.first { $0.value.text == key && Int($0.key.filter(\.isNumber)) ?? 0 > 3 }
            return (column?.key.filter(\.isLetter) ?? "?") + (row?.key.filter(\.isNumber) ?? "?")
        }

        /// The value beside a word on the first sheet.
        func summary(_ word: String, column: String = "B", sheet: String = "汇总") -> String {
            let row =
                cells[sheet]?.record?.members.first { $0.value.text == word && $0.key.hasPrefix("A") }?.key.dropFirst()
                ?? "?"
            return cell(sheet, column + row)
        }

        /// Formulas whose cached value is not what they come to.
        var differing: [String] {
            (cached.record?.members ?? []).flatMap { sheet, formulas in
                (formulas.record?.members ?? []).compactMap { address, formula in
                    let (before, after) = (formula["value"]?.text ?? "", cell(sheet, address))
                    if before == after { return nil }
                    if let before = Double(before), let after = Double(after), abs(before - after) < 1e-9 { return nil }
                    return "\(sheet)!\(address) =\(formula["formula"]?.text ?? ""): cached \(before), reckoned \(after)"
                }
            }
        }
    }

    /// Runs a spec and reckons its workbook, with changed cells where given.
    private func reckon(_ spec: String, _ changes: [String] = []) throws -> Reckoned {
        let folder = TemporaryFolder()
        let run = shell("pingshen run '\(spec)' --json --out '\(folder.path)'")
        try #require(run.status == 0, "\(run.errors)")
        return try reckon(book: "\(folder.path)/*/workbook.xlsx", try #require(run.json), changes)
    }

    private func reckon(book: String, _ review: Value, _ changes: [String]) throws -> Reckoned {
        let arguments = changes.map { " '\($0)'" }.joined()
        let result = shell("python3 Tests/Fixtures/Workbook/recalculate.py \(book)\(arguments)")
        let json = try #require(result.json, "\(result.errors)")
        return Reckoned(review: review, cached: json["cached"] ?? .null, cells: json["reckoned"] ?? .null)
    }

    @Test("the first town: every formula comes to what the review has, and the summary to its totals")
    func hongqiao() throws {
        let book = try reckon("Specs/hongqiao/party-service-2026.yaml")
        #expect(book.differing == [])
        #expect(book.cached["预算明细"]?.record?.members.count ?? 0 > 30)
        #expect(book.summary("申报合计（元）") == "14017700")
        #expect(book.summary("核减合计（元）") == "168080")
        #expect(book.summary("审定合计（元）") == "13849620")
        #expect(abs((Double(book.summary("核减率")) ?? 0) - 0.012) < 1e-9)
        #expect(book.summary("评审总分") == "88" && book.summary("评审结论") == "部分可行")
        #expect(book.summary("自评总分") == "94" && book.summary("自评结论") == "可行")
        #expect(book.summary("评审结论", column: "D") == "一致")
        let rates = ["2023", "2024", "2025"].map { book.address("历年预算和执行", "执行率", $0) }
        #expect(
            zip(rates, [0.9951, 0.9999, 0.6103]).allSatisfy { address, rate in
                abs((book.number("历年预算和执行", address) ?? -1) - rate) < 1e-9
            }
        )
    }

    @Test("a changed cut changes approval, rate, totals and summary; a changed score the verdict")
    func changes() throws {
        let book = try reckon(
            "Specs/hongqiao/party-service-2026.yaml",
            ["预算明细!\(addresses.cut)=100000", "评分表!\(addresses.points)=20"]
        )
        let row = addresses.cut.filter(\.isNumber)
        func cell(_ head: String) -> Double? {
            book.number("预算明细", book.address("预算明细", head, "L14").filter(\.isLetter) + row)
        }
        #expect(cell("审定金额（元）") == 250_000 && cell("核减率") == 0.2857)
        #expect(book.summary("审定合计（元）") == "13799620" && book.summary("核减合计（元）") == "218080")
        #expect(abs((Double(book.summary("核减率")) ?? 0) - 0.0156) < 1e-9)
        #expect(Double(book.summary("审定合计（元）", column: "D")) == -50000)
        // The review's own figure stands beside it.
        #expect(book.summary("审定合计（元）", column: "C") == "13849620")
        #expect(book.summary("评审总分") == "64" && book.summary("评审结论") == "暂缓")
        #expect(book.summary("评审结论", column: "D") == "已变" && book.summary("自评结论", column: "D") == "一致")
    }

    /// Where the first town's workbook has the cut of L14 and the reviewer's points for A.
    private let addresses = (cut: "G17", points: "E4")

    @Test("a typed approval counts as a cut, in its sum and in the number of lines")
    func typedApproval() throws {
        let spec = "Specs/example-town/meal-delivery-2026.yaml"
        let book = try reckon(spec)
        let before = Double(book.summary("核减明细数"))
        let approved = book.address("预算明细", "审定金额（元）", "M03")
        let asked = book.number("预算明细", book.address("预算明细", "金额（元）", "M03")) ?? 0
        let typed = try reckon(spec, ["预算明细!\(approved)=\(Int(asked) - 10_000)"])
        #expect(Double(typed.summary("核减明细数")) == before.map { $0 + 1 })
    }

    @Test("the example town: the reply to a cut reaches the summary")
    func feedback() throws {
        let spec = "Specs/example-town/meal-delivery-2026.yaml"
        let book = try reckon(spec)
        #expect(book.differing == [])
        #expect(book.summary("审定合计（元）") == "330400" && book.summary("评审总分") == "84.5")
        let final = book.address("反馈意见", "最终金额（元）", "M02")
        let changed = try reckon(spec, ["反馈意见!\(final)=0"])
        #expect(changed.summary("核减合计（元）") == "0" && changed.summary("审定合计（元）") == "334000")
        // Without a final amount it stays as it was first proposed.
        let cleared = try reckon(spec, ["反馈意见!\(final)="])
        #expect(cleared.summary("核减合计（元）") == "5400" && cleared.summary("审定合计（元）") == "328600")
        let change = book.address("反馈意见", "增减（元）", "M02")
        #expect(cleared.number("反馈意见", change) == 0)
    }

    @Test(
        "rubrics of other shapes: sums, means without what does not apply, judged ranges, letters, ranks, no total",
        arguments: [
            ("call-for-proposals", "call-for-proposals"), ("five-dimensions", "ex-ante-five-dimensions"),
            ("national-self-evaluation", "national-self-evaluation-2020-10"), ("part", "omb-part-2007"),
            ("pefa", "pefa-2016"), ("programme-ranking", "programme-ranking"), ("risk-matrix", "risk-matrix"),
            ("school-inspection", "school-inspection"),
        ]
    )
    func rubrics(name: String, rubric: String) throws {
        let folder = TemporaryFolder()
        let step = "  workbook: {use: workbook-writer, with: {rubric: !include ../\(rubric).yaml}}"
        _ = shell(
            "cp -r Specs/rubrics Specs/templates '\(folder.path)' && echo '\(step)' >> '\(folder.path)/rubrics/worked/\(name).yaml'"
        )
        let book = try reckon(folder.path + "/rubrics/worked/\(name).yaml")
        #expect(book.differing == [])
        let sheet = book.cached["评分表"] == nil ? "Scores" : "评分表"
        #expect(book.cached[sheet]?.record?.members.count ?? 0 > 5)
    }

    /// Letters: A holds its parts' weakest with a plus, B looks its parts up in a table; three experts, the middle one counts.
    private static let letters = """
        pingshen: 1
        id: letters
        locale: en
        form: !include form.yaml
        fields: {project: {name: Letters}}
        tables:
          scores:
            - {rater: review, code: A1, level: B}
            - {rater: review, code: A2, level: C}
            - {rater: review, code: B1, level: A}
            - {rater: review, code: B2, level: C}
        pipeline:
          score: {use: rubric-scorer, with: {rubric: &rubric {
            id: letters, levels: [A, B+, B, C+, C], aggregate: weakest,
            bands: [{code: good, name: good, range: "[3, 4]"}, {code: fair, name: fair, range: "[1, 3)"}, {code: poor, name: poor, range: "[0, 1)"}],
            items: [
              {code: A, name: aims, max: 4, aggregate: weakest-plus, items: [{code: A1, name: one, max: 4}, {code: A2, name: two, max: 4}]},
              {code: B, name: benefit, max: 4, aggregate: {table: {A A: A, A B+: A, A B: B+, A C+: B, A C: B, B+ B+: B+, B+ B: B+,
                B+ C+: B, B+ C: C+, B B: B, B C+: C+, B C: C+, C+ C+: C+, C+ C: C+, C C: C}},
               items: [{code: B1, name: one, max: 4}, {code: B2, name: two, max: 4}]}]}}}
          workbook: {use: workbook-writer, with: {rubric: *rubric}}
        """

    @Test("letters: weakest links and tables follow when a letter changes, and so does the verdict")
    func letters() throws {
        let folder = TemporaryFolder()
        write(Self.letters, to: folder.path + "/spec.yaml")
        _ = shell("cp Specs/rubrics/worked/form.yaml '\(folder.path)'")
        let book = try reckon(folder.path + "/spec.yaml")
        #expect(book.differing == [])
        #expect(book.cell("Scores", book.address("Scores", "Review level", "A")) == "C+")
        #expect(book.cell("Scores", book.address("Scores", "Review level", "B")) == "B")
        #expect(book.summary("Review: level", sheet: "Summary") == "C+")
        // Both parts of A are then the worst there is.
        let place = book.address("Scores", "Review level", "A1")
        let changed = try reckon(folder.path + "/spec.yaml", ["Scores!\(place)=C"])
        #expect(changed.cell("Scores", changed.address("Scores", "Review level", "A")) == "C")
        #expect(changed.summary("Review: level", sheet: "Summary") == "C")
        let verdicts = [book, changed].map { $0.summary("Review: verdict", sheet: "Summary") }
        #expect(verdicts == ["fair", "poor"])
    }
}
