import BudgetLines
import ReviewModel
import Testing

@Suite("Printed figures")
struct MoneyTests {
    private func number(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

    @Test("amounts print in 元 and 万元, half up")
    func amounts() throws {
        #expect(Money.yuan(try number("14017700")) == "14,017,700.00")
        #expect(Money.yuan(try number("-1234.565")) == "-1,234.57")
        #expect(Money.yuan(0) == "0.00")
        #expect(Money.wan(try number("14017700.00")) == "1,401.77")
        #expect(Money.wan(try number("423337.70")) == "42.33")
        #expect(Money.wan(try number("3420162.30")) == "342.02")
        #expect(Money.wan(try number("50")) == "0.01")
    }

    @Test("rates and points print as the reports do")
    func rates() throws {
        #expect(Money.percent(try number("1.2")) == "1.20%")
        #expect(Money.points(try number("44.0")) == "44")
        #expect(Money.points(try number("0.50")) == "0.5")
    }

    @Test("zero is a dash where an audit table wants one")
    func dashes() throws {
        #expect(Money.yuanOrDash(try number("0.00")) == "-")
        #expect(Money.yuanOrDash(try number("0.01")) == "0.01")
    }

    @Test(
        "a printed figure stands for what prints as it, half up and away from zero",
        arguments: ["0.00", "0.01", "-0.01", "1.76", "-1.76", "1.77", "33.50", "7"],
        ["0.005", "-0.005", "0.004", "1.765", "1.7649", "-1.765", "1.7750", "-1.755", "33.495", "33.505", "7.5", "6.5"]
    )
    func intervals(figure: String, exact: String) throws {
        let (printed, number) = (try number(figure), try number(exact))
        #expect(try PrintedPrecision(of: printed).contains(number) == (number.rounded(to: printed.places) == printed))
    }

    @Test("a figure in 万元 stands for all amounts that print as it")
    func precision() throws {
        var table = Table(
            schema: TableSchema(
                name: "declared_figures",
                columns: ["figure", "value", "unit"].map { Column(name: $0) }
            )
        )
        table.append(row: ["amounts.requested", "1401.77", "wan"])
        let figure = try #require(DeclaredFigure.all(in: Dossier(tables: [table])).first)
        #expect(try figure.agrees(with: number("14017700.00")))
        #expect(try figure.agrees(with: number("14017650.00")))
        #expect(try !figure.agrees(with: number("14017649.99")))
        #expect(try !figure.agrees(with: number("14017750.01")))
    }

    @Test("a stated figure that differs, and one that nothing computes, are found")
    func declared() async throws {
        var table = Table(
            schema: TableSchema(
                name: "declared_figures",
                columns: ["figure", "value", "unit", "source"].map { Column(name: $0) }
            )
        )
        table.append(row: ["amounts.requested", "100.00", "CNY", "表1"])
        table.append(row: ["amounts.requested", "0.02", "wan", "正文"])
        table.append(row: ["amounts.requsted", "100.00", "CNY", "表1"])
        table.append(row: ["scores.self.total", "94", "points", "another plugin's"])
        let facts = [Fact(id: "amounts.requested", label: LocalizedText("x"), value: "100.00", unit: "CNY")]
        let dossier = Dossier(tables: [table])
        let figures = ComputedFigures(dossier, facts, prefixes: ["amounts"])
        let rules = RuleSet(declaredFigureRules(differs: [], unknown: []))
        let findings = try await rules.assess(figures, ScoringRequest(dossier: dossier)).findings
        #expect(findings.map(\.rule) == ["declared/differs", "declared/unknown-figure"])
        #expect(findings[0].pointers.first?.description == "/tables/declared_figures/1/value")
        #expect(findings[0].expected == "0.01 万元")
        #expect(findings[1].hint?.en == "did you mean \"amounts.requested\"?")
    }
}
