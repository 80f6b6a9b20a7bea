import ReviewModel
import Testing
import WorkbookFixture

@Suite("A review whose budget lines stand in a workbook", .serialized)
struct SheetTests {
    private let folder = TemporaryFolder()

    private func review(_ rows: [(Int, [String?])], sandbox: String = "", needed: String = "") throws -> CommandResult {
        try WorkbookText(rows: sheetRows(rows)).write(to: folder.path + "/book.xlsx")
        write(
            """
            pingshen: 1
            id: from-a-workbook
            form: !include form.yaml
            fields:
              project: {name: 社区厨房, town: 望舒镇, year: 2026}
              organisations: {applicant: 望舒镇社区服务中心}
            pipeline:
              lines: {use: sheet-reader, with: {book: !file ./book.xlsx, tables: {budget_lines: {sheet: 明细, count: {id: L00}}}\(needed)}}
              audit: {use: deduction-auditor}
              findings: {use: findings-writer}
            """,
            to: folder.path + "/spec.yaml"
        )
        write(read(repository + "/Specs/forms/town-budget-request.yaml"), to: folder.path + "/form.yaml")
        return shell("pingshen run '\(folder.path)/spec.yaml' --json \(sandbox)")
    }

    private let head: [String?] = ["'序号", "'项目内容", "'项目明细", "'数量", "'单价（元）", "'金额（元）"]

    @Test("has its findings at the cells, in words for people", arguments: ["", "--sandbox"])
    func findings(_ sandbox: String) throws {
        let result = try review(
            [
                (1, ["'预算明细表"]), (5, head), (6, ["1", "'厨房", "'灶台", "2", "100.10", "200.20"]),
                (7, ["2", "'厨房", "'水槽", "3", "100", "305"]),
            ],
            sandbox: sandbox
        )
        #expect(result.status == 0 || result.status == 1, "\(result.errors)")
        let findings = result.json?["findings"]?.list ?? []
        let product = try #require(findings.first { $0["rule"]?.text == "arithmetic/line-product" })
        let place = try #require(product["locations"]?.list?.first)
        #expect(place["sheet"]?.text == "明细" && place["cell"]?.text == "F7")
        #expect(place["file"]?.text?.hasSuffix("/book.xlsx") == true)
        #expect(result.json?["amounts"]?["requested"]?.text == "505.20")
        let extra = try #require(findings.first { $0["rule"]?.text == "sheet/unknown-columns" })
        // Not the copy, which lies in another folder in every run.
        #expect(extra["spots"]?.list?.first?["file"]?.text == place["file"]?.text)
        #expect(result.json?["inputs"]?.list?.contains { $0["path"]?.text?.hasSuffix("/book.xlsx") == true } == true)
    }

    @Test("shows a mistake at its cell: a text where an amount belongs")
    func mistake() throws {
        let result = try review([(1, head), (2, ["1", "'厨房", "'灶台", "2", "100", "'待定"])])
        #expect(result.status == 2)
        #expect(result.errors.contains("book.xlsx, 明细!F2"), "\(result.errors)")
    }

    @Test("shows a column that is missing at the head, where one is called otherwise there")
    func missingColumn() throws {
        let renamed = head.map { $0 == "'数量" ? "'多少" : $0 }
        let result = try review(
            [(1, ["'预算明细表"]), (5, renamed), (6, ["1", "'厨房", "'灶台", "2", "100", "200"])],
            needed: ", needed: {budget_lines: [quantity]}"
        )
        #expect(result.status == 2)
        #expect(result.errors.contains("book.xlsx, 明细!D5"), "\(result.errors)")
        #expect(!result.errors.contains("明细!A6"), "\(result.errors)")
    }

    @Test("cannot begin where the workbook has no such sheet or has a password; the setting is shown")
    func refused() throws {
        _ = try review([(1, head)])
        write("not a workbook", to: folder.path + "/book.xlsx")
        let result = shell("pingshen validate '\(folder.path)/spec.yaml'")
        #expect(result.status == 2)
        #expect(result.errors.contains("spec.yaml:"), "\(result.errors)")
    }

    /// A spec of two sources for the budget lines.
    private func twoSources(_ mode: String, _ second: String = "厨房,水槽,1,5,5\n") -> CommandResult {
        write("项目内容,项目明细,数量,单价,金额\n厨房,灶台,2,3,6\n", to: folder.path + "/a.csv")
        write("项目内容,项目明细,数量,单价,金额\n" + second, to: folder.path + "/b.csv")
        write(read(repository + "/Specs/forms/town-budget-request.yaml"), to: folder.path + "/form.yaml")
        write(
            """
            pingshen: 1
            id: from-two-files
            form: !include form.yaml
            fields:
              project: {name: 社区厨房, town: 望舒镇, year: 2026}
              organisations: {applicant: 望舒镇社区服务中心}
            pipeline:
              first: {use: sheet-reader, with: {book: !file ./a.csv, tables: {budget_lines: {count: {id: A00}}}}}
              second: {use: sheet-reader, \(mode) with: {book: !file ./b.csv, tables: {budget_lines: {count: {id: B00}}}}}
              audit: {use: deduction-auditor}
              findings: {use: findings-writer}
            """,
            to: folder.path + "/spec.yaml"
        )
        return shell("pingshen run '\(folder.path)/spec.yaml' --json")
    }

    @Test("of two steps is refused, unless the second says whether its rows follow or take the place of the first's")
    func modes() throws {
        let refused = twoSources("")
        #expect(refused.status == 2 && refused.errors.contains("mode: append"), "\(refused.errors)")
        #expect(twoSources("mode: append,").json?["amounts"]?["requested"]?.text == "11.00")
        #expect(twoSources("mode: replace,").json?["amounts"]?["requested"]?.text == "5.00")
        let doubled = twoSources("mode: append,", "厨房,灶台,2,3,6\n外墙,粉刷,2,3,7\n")
        #expect(doubled.json?["amounts"]?["requested"]?.text == "19.00")
        let findings = doubled.json?["findings"]?.list ?? []
        let twice = try #require(findings.first { $0["rule"]?.text == "source/row-twice" })
        #expect(twice["locations"]?.list?.compactMap { $0["cell"]?.text } == ["A2", "A2"])
        #expect(twice["locations"]?.list?.first?["file"]?.text?.hasSuffix("/b.csv") == true)
        // A finding about a row of the second file stands in that file.
        let product = try #require(findings.first { $0["rule"]?.text == "arithmetic/line-product" })
        #expect(product["locations"]?.list?.first?["cell"]?.text == "E3")
        #expect(product["locations"]?.list?.first?["file"]?.text?.hasSuffix("/b.csv") == true)
        let odd = shell(
            "sed -i 's/audit: {/audit: {mode: append, /' '\(folder.path)/spec.yaml'; pingshen validate '\(folder.path)/spec.yaml'"
        )
        #expect(odd.status == 2 && odd.errors.contains("mode"), "\(odd.errors)")
    }

    @Test("gets its findings back in a copy, which is read as the first was and finds the same")
    func reviewedCopy() throws {
        var book = WorkbookText(
            rows: sheetRows([
                (1, head), (2, ["1", "'厨房", "'灶台", "2", "100", "=D2*E2|200"]),
                (3, ["2", "'厨房", "'水槽", "3", "100", "305"]),
                (4, ["'合计", nil, nil, nil, nil, "=SUM(F2:F3)|500"]),
            ])
        )
        let types = "http://schemas.openxmlformats.org/package/2006/content-types"
        book.parts = [("[Content_Types].xml", Array("<Types xmlns=\"\(types)\"/>".utf8))]
        try book.write(to: folder.path + "/book.xlsx")
        write(read(repository + "/Specs/forms/town-budget-request.yaml"), to: folder.path + "/form.yaml")
        func run() -> CommandResult {
            write(
                """
                pingshen: 1
                id: back
                form: !include form.yaml
                fields:
                  project: {name: 社区厨房, town: 望舒镇, year: 2026}
                  organisations: {applicant: 望舒镇社区服务中心}
                pipeline:
                  lines: {use: sheet-reader, with: {book: !file ./book.xlsx, tables: {budget_lines: {count: {id: L00}}}}}
                  audit: {use: deduction-auditor}
                  notes: {use: workbook-commenter, with: {book: !file ./book.xlsx}}
                """,
                to: folder.path + "/spec.yaml"
            )
            return shell("cd '\(folder.path)' && pingshen run spec.yaml --out out --json")
        }
        func rules(_ result: CommandResult) -> [String] {
            (result.json?["findings"]?.list ?? []).compactMap { finding in
                let place = finding["locations"]?.list?.first
                return "\(finding["rule"]?.text ?? "") \(place?["sheet"]?.text ?? "")!\(place?["cell"]?.text ?? "")"
            }
        }
        let first = run()
        #expect(rules(first).contains("sheet/formula-differs 明细!F4"), "\(first.errors)")
        #expect(rules(first).contains("arithmetic/line-product 明细!F3"))
        let copy = folder.path + "/out/back/book.reviewed.xlsx"
        let comments = shell("unzip -p '\(copy)' xl/comments1.xml").output
        #expect(comments.contains("ref=\"F3\"") && comments.contains("ref=\"F4\""))
        #expect(shell("cp '\(copy)' '\(folder.path)/book.xlsx'").status == 0)
        #expect(rules(run()) == rules(first))
        #expect(shell("unzip -p '\(copy)' xl/comments1.xml").output == comments)
    }
}
