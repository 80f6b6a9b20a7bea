import ReviewModel
import Testing

@testable import ReviewPipeline

@Suite("The order of findings, and what follows from what")
struct FindingOrderTests {
    private func located(
        _ rule: String,
        _ severity: Severity = .error,
        expected: String = "",
        found: String = "",
        difference: String = "",
        lines: [Int],
        table: Bool = false
    ) -> LocatedFinding {
        var finding = Finding(
            rule: rule,
            severity: severity,
            message: LocalizedText(rule),
            expected: expected,
            found: found
        )
        finding.difference = difference
        if table { finding.spots = [.value(JSONPointer(["tables", "budget_lines", "0", "amount"]))] }
        return LocatedFinding(
            finding: finding,
            step: "audit",
            locations: lines.map { Location(.text(file: "report.txt", line: $0, column: 1)) }
        )
    }

    @Test("weight goes before money, money before place, and 万元 is counted in 元")
    func order() {
        let findings = [
            located("a/late", expected: "10.00", found: "12.00", lines: [9]),
            located("a/points", expected: "90 分", found: "10 分", lines: [2]),
            located("a/info", .info, expected: "1.00", found: "900,000.00", lines: [1]),
            located("a/wan", difference: "-0.10 万元", lines: [8]),
            located("a/yuan", expected: "2,000.00", found: "1,100.00", lines: [3]),
            located("a/early", lines: [1]),
        ]
        let order = findings.inOrder().map(\.finding.rule)
        #expect(order == ["a/wan", "a/yuan", "a/late", "a/early", "a/points", "a/info"])
    }

    @Test("what rests on a wrong cell, and shares its figure, follows from it")
    func causes() {
        let findings = [
            located(
                "a/cell",
                expected: "45,000.00",
                found: "54,000.00",
                difference: "9,000.00",
                lines: [5],
                table: true
            ),
            located("b/sum", expected: "80,000.00", found: "71,000.00", difference: "-9,000.00", lines: [12, 5]),
            located("c/sentence", .warning, expected: "5.40 万元", found: "4.50 万元", lines: [20, 5]),
            located("d/other", expected: "3.00", found: "4.00", lines: [21, 5]),
            located("e/elsewhere", expected: "45,000.00", found: "54,000.00", lines: [30]),
        ].inOrder().settled()
        let byRule = Dictionary(uniqueKeysWithValues: findings.map { ($0.finding.rule, $0) })
        #expect(byRule["a/cell"]?.cause == "")
        #expect(byRule["b/sum"]?.cause == byRule["a/cell"]?.id)
        #expect(byRule["c/sentence"]?.cause == byRule["a/cell"]?.id)
        #expect(byRule["d/other"]?.cause == "" && byRule["e/elsewhere"]?.cause == "")
    }

    @Test("a hint is nobody's cause, and two that name each other are not each other's")
    func noCircle() {
        let findings = [
            located("a/hint", .info, expected: "1.00", found: "2.00", lines: [5]),
            located("b/one", expected: "1.00", found: "2.00", lines: [5, 6]),
            located("c/two", expected: "1.00", found: "2.00", lines: [6, 5]),
        ].inOrder().settled()
        let causes = findings.filter { !$0.cause.isEmpty }
        #expect(causes.count == 2 && Set(causes.map(\.cause)).count == 1)
        #expect(findings.first { $0.finding.rule == "b/one" }?.cause == "")
    }
}
