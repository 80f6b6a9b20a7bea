import PluginWire
import ReviewModel
import Testing

@Suite("pingshen audit")
struct AuditTests {
    private static let spec = "Specs/hongqiao/party-service-2026.yaml"
    private static let report = "Specs/hongqiao/party-service-2026/report.txt"

    private func audit(_ report: String, _ options: String = "") -> CommandResult {
        shell("pingshen audit '\(report)' --spec \(Self.spec) \(options)")
    }

    /// `line rule` of what was printed.
    private func found(_ result: CommandResult) -> [String] {
        result.output.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 3)
            let rule =
                parts[3].split(separator: " ").first { $0.hasPrefix("document/") || $0.hasPrefix("prose/") } ?? ""
            return "\(parts[1]) \(rule.filter { $0 != ":" })"
        }
    }

    @Test("the contradictions of the real report are found in their lines, and nothing is invented")
    func realReport() {
        let result = audit(Self.report, "--fail-on error")
        #expect(result.status == 1)
        #expect(
            found(result) == [
                "44 prose/sum-of-parts", "199 document/verdict-not-stated", "245 prose/mismatch",
                "286 document/label-differs", "529 document/cited-level",
                "637 document/attached-contradiction", "690 document/unknown-name", "38 document/cited-title",
                "38 document/cited-title", "44 document/new-but-budgeted", "54 document/terms-differ",
                "169 document/tables-differ",
                "201 document/cited-title", "201 document/doubled", "203 document/cited-title",
                "249 document/none-contradicted", "253 document/annex-title", "389 document/tables-differ",
                "495 document/doubled", "501 document/heading-number", "503 document/terms-differ",
                "554 document/none-contradicted",
                "558 document/none-contradicted", "589 document/criterion-name", "590 document/criterion-name",
                "650 document/annex-reference", "660 document/evidence-nowhere-else",
                "665 document/doubled",
                "36 document/mixed-width", "147 document/split-number",
                "326 document/copies-differ",
                "328 document/copies-differ", "400 document/copies-differ", "607 document/criterion-text",
                "631 document/band-overlap",
                "690 document/annex-number",
            ]
        )
    }

    @Test("one digit that is wrong in one copy of a table is found in its line")
    func wrongDigit() {
        let folder = TemporaryFolder()
        let changed = folder.path + "/changed.txt"
        _ = shell("sed '415s/3,420,162.30$/3,420,162.80/' \(Self.report) > '\(changed)'")
        let findings = found(audit(changed))
        #expect(findings.filter { $0.hasSuffix("unknown-amount") } == ["415 document/unknown-amount"])
        // The other copy says otherwise, too: the row is named by its line, the cell by its column.
        #expect(findings.contains("415 document/tables-differ"))
    }

    @Test("a spec that reads its tables from the report judges another report")
    func readReport() {
        let folder = TemporaryFolder()
        let changed = folder.path + "/report.txt"
        _ = shell("sed '69s/1,703,200.00\\t1,703,200.00/1,703,200.00\\t1,703,300.00/' \(Self.report) > '\(changed)'")
        let spec = "Specs/hongqiao/party-service-2026-as-issued.yaml"
        let before = shell("pingshen audit \(Self.report) --spec \(spec)").output
        let after = shell("pingshen audit '\(changed)' --spec \(spec)").output
        #expect(before.contains("report.txt:77:1: warning history/tail-without-balance"))
        #expect(!before.contains("arithmetic/line-product"))
        #expect(after.contains("\(changed):69:1: error arithmetic/line-product"))
        #expect(after.contains("\(changed):413:1: error document/tables-differ"))
    }

    @Test("a spec whose steps are a list is audited, too")
    func list() {
        let folder = TemporaryFolder()
        let result = shell(
            """
            printf '合计\\t1,005.00\\n' > '\(folder.path)/report.txt'
            cat > '\(folder.path)/list.yaml' <<'END'
            pingshen: 1
            id: list
            form:
              form: t
              fields: {}
              tables: {budget_lines: {columns: {id: {type: text}, group: {type: text}, detail: {type: text}, quantity: {type: decimal}, unit_price: {type: decimal}, amount: {type: decimal}}}}
            tables: {budget_lines: [{id: a, group: g, detail: d, quantity: 2, unit_price: 500.00, amount: 1000.00}]}
            pipeline: [{step: audit, use: deduction-auditor}]
            END
            pingshen audit '\(folder.path)/report.txt' --spec '\(folder.path)/list.yaml'
            """
        )
        #expect(found(result) == ["1 document/unknown-amount"], "\(result.errors)")
    }

    @Test("a report that is not there is an error of the command, and nothing is written")
    func missing() {
        let result = audit("nowhere.txt")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("nowhere.txt"))
    }

    @Test("another step audits where a file says which, and a file that says nothing of use is refused")
    func otherStep() {
        let folder = TemporaryFolder()
        let path = folder.path
        _ = shell(
            """
            cp \(Self.report) '\(path)/report.txt'
            printf 'pingshen: 1\nstep: reading\nuse: report-reader\nsetting: report\n' > '\(path)/step.yaml'
            printf 'pingshen: 1\nstep: reading\nuse: report-reader\n' > '\(path)/half.yaml'
            """
        )
        let spec = "Specs/hongqiao/party-service-2026-as-issued.yaml"
        let other = shell("pingshen audit '\(path)/report.txt' --spec \(spec) --step '\(path)/step.yaml' --locale en")
        // Its own step reads the report; what other steps find in the tables stands in the report, and is printed.
        #expect(other.output.contains("report.txt:77:1: warning history/tail-without-balance"), "\(other.errors)")
        let half = audit(Self.report, "--step '\(path)/half.yaml' --locale en")
        #expect(half.status == 2)
        #expect(half.output.isEmpty)
        #expect(half.errors.contains("half.yaml:1:1: error: missing key \"setting\""), "\(half.errors)")
    }
}
