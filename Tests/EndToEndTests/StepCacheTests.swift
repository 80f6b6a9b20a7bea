import ReviewModel
import Testing
import WorkbookFixture

@Suite("Steps that stand", .serialized)
struct StepCacheTests {
    private static let specs = "Specs/example-town Specs/hongqiao Specs/rubrics/worked Specs/three-towns"

    private let folder = TemporaryFolder()
    private var out: String { folder.path + "/out" }

    /// Reviews `words` with nothing on record but what steps have answered.
    private func batch(_ words: String, _ flags: String = "--explain-cache") -> CommandResult {
        shell("rm -rf '\(out)/batch/.cache' && pingshen batch \(words) \(flags) --out '\(out)'")
    }

    /// Of which steps it was said that they stand, and of which others why they do not.
    private func steps(_ result: CommandResult) -> (standing: [String], taken: [String: String]) {
        var (standing, taken) = ([String](), [String: String]())
        for line in result.errors.split(separator: "\n") {
            let parts = line.split(separator: "\"", maxSplits: 2)
            guard parts.count == 3, parts[0].hasSuffix("step ") else { continue }
            if parts[2].contains("stands") {
                standing.append(String(parts[1]))
            } else {
                taken[String(parts[1])] = String(parts[2])
            }
        }
        return (standing, taken)
    }

    private func difference(_ left: String, _ right: String) -> CommandResult {
        shell("diff -r -x run.jsonl -x batch '\(folder.path)/\(left)' '\(folder.path)/\(right)'")
    }

    @Test("all specs have the same bytes with and without kept answers")
    func sameBytes() {
        let plain = shell("pingshen batch \(Self.specs) --no-cache --out '\(folder.path)/plain'")
        #expect(plain.status == 0, "\(plain.errors)")
        #expect(!shell("ls -d '\(folder.path)/plain/batch/.steps'").output.contains("steps"))
        #expect(batch(Self.specs).status == 0)
        let first = difference("plain", "out")
        #expect(first.status == 0, "\(first.output)")
        let again = batch(Self.specs)
        #expect(again.status == 0)
        let (standing, taken) = steps(again)
        #expect(standing.count > 50)
        // A plugin of the town's own that says nothing of the kind; and a list that people write into, which was not there before.
        #expect(
            taken.values.allSatisfy { $0.contains("repeatable") || $0.contains("worklist.md") && $0.contains("takes") },
            "\(taken)"
        )
        let second = difference("plain", "out")
        #expect(second.status == 0, "\(second.output)")
    }

    @Test("after one changed cell the steps run that read it, and it is told by table, column and row")
    func oneCell() {
        let specs = folder.path + "/Specs"
        let town = "'\(specs)/example-town'"
        #expect(shell("cp -r Specs '\(specs)'").status == 0)
        #expect(batch(town).status == 0)
        let path = specs + "/example-town/meal-delivery-2026.yaml"
        write(read(path).replacing("年送餐份数,       ≥24000 份", with: "年送餐份数,       ≥25000 份"), to: path)
        let result = batch(town)
        #expect(result.status == 0, "\(result.errors)")
        let (standing, taken) = steps(result)
        #expect(!standing.isEmpty, "\(result.errors)")
        #expect(taken.values.contains { $0.contains("table targets, column value, row 2 was changed") }, "\(taken)")
        #expect(taken["audit"] == nil && standing.contains("audit"), "\(result.errors)")
        let plain = shell("pingshen batch \(town) --no-cache --out '\(folder.path)/plain'")
        #expect(plain.status == 0)
        let bytes = difference("plain", "out")
        #expect(bytes.status == 0, "\(bytes.output)")
    }

    @Test(
        "a workbook that was read is not read again, its places lead to it all the same, and one changed cell is seen"
    )
    func workbook() throws {
        func rows(_ quantity: String) -> [(Int, [String?])] {
            [
                (1, ["'序号", "'项目内容", "'项目明细", "'数量", "'单价（元）", "'金额（元）"]),
                (2, ["1", "'厨房", "'灶台", quantity, "100.10", "200.20"]), (3, ["2", "'厨房", "'水槽", "3", "100", "305"]),
            ]
        }
        try WorkbookText(rows: sheetRows(rows("2"))).write(to: folder.path + "/book.xlsx")
        write(read(repository + "/Specs/forms/town-budget-request.yaml"), to: folder.path + "/form.yaml")
        write(
            """
            pingshen: 1
            id: from-a-workbook
            form: !include form.yaml
            fields:
              project: {name: 社区厨房, town: 望舒镇, year: 2026}
              organisations: {applicant: 望舒镇社区服务中心}
            pipeline:
              lines: {use: sheet-reader, with: {book: !file ./book.xlsx, tables: {budget_lines: {count: {id: L00}}}}}
              audit: {use: deduction-auditor}
              findings: {use: findings-writer}
            """,
            to: folder.path + "/spec.yaml"
        )
        let spec = "'\(folder.path)/spec.yaml'"
        #expect(batch(spec).status == 0)
        let again = batch(spec)
        // Not the list of findings, which takes the one that lies there by now.
        #expect(steps(again).standing.sorted() == ["audit", "lines"], "\(again.errors)")
        let plain = shell("pingshen run \(spec) --out '\(folder.path)/plain'")
        #expect(plain.status == 0 && difference("plain", "out").status == 0)
        #expect(read(out + "/from-a-workbook/review.json").contains("book.xlsx\""))
        try WorkbookText(rows: sheetRows(rows("3"))).write(to: folder.path + "/book.xlsx")
        let (standing, taken) = steps(batch(spec))
        #expect(standing.isEmpty && taken["lines"]?.contains("book.xlsx was changed") == true, "\(taken)")
        #expect(taken["audit"]?.contains("table budget_lines, column quantity, row 1 was changed") == true, "\(taken)")
        let changed = shell("pingshen run \(spec) --out '\(folder.path)/plain'")
        #expect(changed.status == 0 && difference("plain", "out").status == 0)
    }
}
