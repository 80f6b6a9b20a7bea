import ReviewModel
import Testing

@testable import deduction_auditor

/// The amounts of a real report, fifteen lines and three years: its tables add up, so nothing may be invented.
@Suite("Amounts of a real report")
struct RealReportTests {
    private static let lines: [[Value]] = [
        ["L01", "rent", "/", 1, "1703200.00", "1703200.00"],
        ["L02", "centre rent", "/", 1, "3047200.00", "3047200.00"],
        ["L03", "centre works", "/", 1, "3420162.30", "3420162.30"],
        ["L04", "centre fees", "/", 1, "423337.70", "423337.70"],
        ["L05", "purchases", "/", 1, "2478800.00", "2478800.00"],
        ["L06", "display", "/", 1, "1680000.00", "1680000.00"],
        ["L07", "survey", "/", 1, "180000.00", "180000.00"],
        ["L08", "works of 2024", "/", 1, "18000.00", "18000.00"],
        ["L09", "works of 2024", "/", 1, "283000.00", "283000.00"],
        ["L10", "works of 2024", "/", 1, "10000.00", "10000.00"],
        ["L11", "works of 2024", "/", 1, "14000.00", "14000.00"],
        ["L12", "works of 2024", "/", 1, "10000.00", "10000.00"],
        ["L13", "upkeep", "/", 1, "250000.00", "250000.00"],
        ["L14", "courses", "/", 1, "350000.00", "350000.00"],
        ["L15", "exhibition", "/", 1, "150000.00", "150000.00"],
    ]

    private static let printed: [[Value]] = [
        ["L01", "1703200.00", "1703200.00", "0.00", "0.00"],
        ["L02", "3047200.00", "3047200.00", "0.00", "0.00"],
        ["L03", "3420162.30", "3302082.30", "118080.00", "3.45"],
        ["L04", "423337.70", "423337.70", "0.00", "0.00"],
        ["L05", "2478800.00", "2478800.00", "0.00", "0.00"],
        ["L06", "1680000.00", "1680000.00", "0.00", "0.00"],
        ["L07", "180000.00", "180000.00", "0.00", "0.00"],
        ["L08", "18000.00", "18000.00", "0.00", "0.00"],
        ["L09", "283000.00", "283000.00", "0.00", "0.00"],
        ["L10", "10000.00", "10000.00", "0.00", "0.00"],
        ["L11", "14000.00", "14000.00", "0.00", "0.00"],
        ["L12", "10000.00", "10000.00", "0.00", "0.00"],
        ["L13", "250000.00", "250000.00", "0.00", "0.00"],
        ["L14", "350000.00", "300000.00", "50000.00", "14.29"],
        ["L15", "150000.00", "150000.00", "0.00", "0.00"],
    ]

    private static let history: [[Value]] = [
        [2023, "item 1", "160000.00", "152061.36", "95.04"], [2023, "item 2", "100000.00", "99818.00", "99.82"],
        [2023, "item 3", "376000.00", "365943.50", "97.33"],
        [2023, "item 4", "160000.00", "159600.00", "99.75"],
        [2023, "item 5", "764000.00", "763824.28", "99.98"],
        [2023, "item 6", "1724700.00", "1724661.00", "100.00"],
        [2023, "item 7", "543700.00", "543631.20", "99.99"],
        [2024, "item 8", "701664.09", "701664.09", "100.00"],
        [2024, "item 9", "1037488.00", "1037488.00", "100.00"],
        [2024, "item 10", "1119010.20", "1119010.20", "100.00"],
        [2024, "item 11", "805640.64", "805640.64", "100.00"],
        [2024, "item 12", "97153.00", "97153.00", "100.00"],
        [2024, "item 13", "371383.00", "371383.00", "100.00"],
        [2024, "item 14", "466043.30", "465323.30", "99.85"],
        [2024, "item 15", "67545.00", "67545.00", "100.00"],
        [2024, "item 16", "26000.00", "26000.00", "100.00"],
        [2024, "item 17", "311864.00", "311864.00", "100.00"],
        [2024, "item 18", "331593.00", "331593.00", "100.00"],
        [2024, "item 19", "163681.69", "163681.69", "100.00"],
        [2024, "item 20", "477270.00", "477265.00", "100.00"],
        [2024, "item 21", "978270.00", "978261.00", "100.00"],
        [2024, "item 22", "399460.00", "399450.00", "100.00"],
        [2024, "item 23", "448293.40", "448293.40", "100.00"],
        [2024, "item 24", "166317.20", "166317.20", "100.00"],
        [2024, "item 25", "290661.60", "290661.60", "100.00"],
        [2024, "item 26", "78624.10", "78624.10", "100.00"],
        [2024, "item 27", "150000.00", "149786.00", "99.86"],
        [2025, "item 28", "563209.60", "563209.60", "100.00"],
        [2025, "item 29", "718800.00", "614118.47", "85.44"], [2025, "item 30", "110040.00", "0.00", "0.00"],
        [2025, "item 31", "212798.00", "0.00", "0.00"], [2025, "item 32", "282418.86", "64815.26", "22.95"],
        [2025, "item 33", "286599.00", "102699.00", "35.83"], [2025, "item 34", "361600.00", "0.00", "0.00"],
        [2025, "item 35", "1591308.00", "1591308.00", "100.00"], [2025, "item 36", "106151.00", "0.00", "0.00"],
        [2025, "item 37", "201410.16", "201410.16", "100.00"],
        [2025, "item 38", "259372.00", "259372.00", "100.00"],
        [2025, "item 39", "279752.55", "279752.55", "100.00"],
        [2025, "item 40", "17220.00", "17220.00", "100.00"], [2025, "item 41", "211848.00", "10920.00", "5.15"],
        [2025, "item 42", "121895.98", "102192.98", "83.84"], [2025, "item 43", "60503.67", "3139.67", "5.19"],
        [2025, "item 44", "278812.00", "14000.00", "5.02"], [2025, "item 45", "53100.00", "53100.00", "100.00"],
        [2025, "item 46", "290400.00", "0.00", "0.00"], [2025, "item 47", "265488.00", "0.00", "0.00"],
        [2025, "item 48", "104808.00", "104808.00", "100.00"], [2025, "item 49", "1.00", "0.00", "0.00"],
        [2025, "item 50", "146792.00", "0.00", "0.00"],
    ]

    private static let declared: [[Value]] = [
        ["amounts.requested", "14017700.00", "CNY"], ["amounts.requested", "1401.77", "wan"],
        ["amounts.approved", "13849620.00", "CNY"], ["amounts.deducted", "168080.00", "CNY"],
        ["amounts.rate", "1.20", "percent"], ["lines.L03.rate", "3.45", "percent"],
        ["lines.L14.rate", "14.29", "percent"],
        ["groups.rent.requested", "170.32", "wan"],
        ["groups.centre rent.requested", "304.72", "wan"],
        ["groups.centre works.requested", "342.02", "wan"],
        ["groups.centre fees.requested", "42.33", "wan"],
        ["groups.purchases.requested", "247.88", "wan"],
        ["groups.display.requested", "168.00", "wan"],
        ["groups.survey.requested", "18.00", "wan"],
        ["groups.works of 2024.requested", "33.50", "wan"],
        ["groups.upkeep.requested", "25.00", "wan"],
        ["groups.courses.requested", "35.00", "wan"],
        ["groups.exhibition.requested", "15.00", "wan"],
        ["history.2023.adjusted", "3828400.00", "CNY"], ["history.2023.paid", "3809539.34", "CNY"],
        ["history.2023.rate", "99.51", "percent"], ["history.2023.adjusted", "382.84", "wan"],
        ["history.2023.paid", "380.95", "wan"], ["history.2024.adjusted", "8487962.22", "CNY"],
        ["history.2024.paid", "8487004.22", "CNY"], ["history.2024.rate", "99.99", "percent"],
        ["history.2024.adjusted", "848.80", "wan"], ["history.2024.paid", "848.70", "wan"],
        ["history.2025.adjusted", "6524327.82", "CNY"], ["history.2025.paid", "3982065.69", "CNY"],
        ["history.2025.rate", "61.03", "percent"], ["history.2025.adjusted", "652.43", "wan"],
        ["history.2025.paid", "398.21", "wan"],
    ]

    private static let tables = AuditTables()
        .lines(lines)
        .deductions([["L03", "deferral", "118080.00", "retention"], ["L14", "cut", "50000.00", "history"]])
        .printed(printed)
        .history(history)
        .years([[2023], [2024], [2025, "2025-10-31"]])
        .declared(declared)
        .with("funding", ["level", "name", "amount"], [["upper", "上级", "0.00"], ["town", "镇级", "14017700.00"]])

    @Test("no arithmetic finding is invented")
    func findings() async throws {
        #expect(
            try await Self.tables.findings() == [
                "info history/partial-year 2025", "info history/nothing-paid 2025",
                "warning arithmetic/all-quantities-one budget_lines",
            ]
        )
    }

    @Test(
        "sums and rates are those of the report",
        arguments: [
            ("amounts.requested", "14017700.00"), ("amounts.approved", "13849620.00"),
            ("amounts.deducted", "168080.00"), ("amounts.increased", "0.00"), ("amounts.deferred", "118080.00"),
            ("amounts.rate", "1.20"), ("lines.L03.rate", "3.45"), ("lines.L14.rate", "14.29"),
            ("lines.L01.rate", "0.00"), ("groups.works of 2024.requested", "335000.00"),
            ("history.2023.adjusted", "3828400.00"), ("history.2023.paid", "3809539.34"),
            ("history.2023.rate", "99.51"), ("history.2024.adjusted", "8487962.22"),
            ("history.2024.paid", "8487004.22"), ("history.2024.rate", "99.99"),
            ("history.2025.adjusted", "6524327.82"), ("history.2025.paid", "3982065.69"),
            ("history.2025.rate", "61.03"),
        ]
    )
    func facts(id: String, value: String) async throws {
        #expect(try await Self.tables.assess().facts.first { $0.id == id }?.value.decimal?.description == value)
    }

    @Test("a slip of one fen anywhere in the printed table is found where it stands")
    func slips() async throws {
        for row in Self.printed.indices {
            var printed = Self.printed
            printed[row][2] = .text((printed[row][2].text ?? "").replacingLast(with: "9"))
            let findings = try await AuditTables(tables: Self.tables.tables.filter { $0.name != "printed_audit" })
                .printed(printed).assess().findings.filter { $0.severity == .error }
            #expect(findings.map(\.pointers.first?.description) == ["/tables/printed_audit/\(row)/approved"])
        }
    }
}

extension String {
    fileprivate func replacingLast(with character: Character) -> String { String(dropLast()) + String(character) }
}
