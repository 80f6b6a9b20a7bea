import ExactNumbers
import Groundwork
import Testing
import WorkbookFixture

@testable import OfficeFiles

@Suite("Formulas")
struct FormulaTests {
    /// A: 1 to 5 and a text; B: amounts; C1: empty.
    private static let base: [(Int, [String?])] = [
        (1, ["1", "1500.5", nil, "'甲"]), (2, ["2", "800.25", nil, "'乙"]), (3, ["3", "0.1", nil, "'甲"]),
        (4, ["4", "0.2", nil, "'合计"]), (5, ["'x", "14017700.300000001", nil, "'丙"]),
    ]

    /// What a formula in E1 gives, or why not.
    private func value(_ formula: String, _ more: [(Int, [String?])] = []) throws -> String {
        let escaped = formula.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;")
            .split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;")
        var rows = Self.base
        rows[0].1.append("=" + escaped)
        var text = WorkbookText(rows: sheetRows(rows + more))
        text.add("附表 1", rows: sheetRows([(1, ["10", "20"]), (2, ["30", "#DIV/0!"])]))
        let cells = try #require(try WorkbookCells(Workbook(text.bytes)))
        var evaluation = FormulaEvaluation(cells, .shown)
        do {
            let (value, isDelicate) = try evaluation.result(ofFormula: 0)
            return value.description + (isDelicate ? " ~" : "")
        } catch { return "\(error)" }
    }

    @Test(
        "are computed with exact decimals",
        arguments: [
            ("1+2*3", "7"), ("(1+2)*3", "9"), ("-2^2", "4"), ("2^-1", "0.5"), ("2^3^2", "64"), ("10%", "0.1"),
            ("5-3-1", "1"), ("B3+B4", "0.3"), ("B3+B4=0.3", "TRUE"), ("1/3*3", "1"), ("1/0", "#DIV/0!"),
            ("A1*B1", "1500.5"),
            ("C1", "0"), ("+A2", "2"), ("1=1", "TRUE"), ("\"a\"=\"A\"", "TRUE"), ("A1&\"项\"&B3", "\"1项0.1\""),
            ("SUM(B1:B5)", "14020001.35"), ("SUM(A:A)", "10"), ("SUM(1:1)-E1*0", "other"), ("SUM(A1,A2:A3,5)", "11"),
            ("SUM($A$1:A$3)", "6"), ("AVERAGE(A1:A5)", "2.5"), ("AVERAGE(C1:C5)", "#DIV/0!"), ("MIN(A1:A5)", "1"),
            ("MAX(A1:A5,7)", "7"), ("COUNT(A1:A5)", "4"), ("COUNTA(A1:A5)", "5"), ("PRODUCT(A1:A5)", "24"),
            ("ABS(-3)", "3"),
            ("ROUND(2.345,2)", "2.35"), ("ROUND(-2.5,0)", "-3"), ("ROUND(1234,-2)", "1200"),
            ("ROUNDUP(2.301,2)", "2.31"),
            ("ROUNDUP(-2.301,2)", "-2.31"), ("ROUNDDOWN(2.309,2)", "2.3"), ("INT(-2.5)", "-3"), ("INT(7)", "7"),
            ("TRUNC(2.9)", "2"),
            ("MOD(7,3)", "1"), ("MOD(-7,3)", "2"),
            ("IF(A1>0,\"是\",\"否\")", "\"是\""), ("IF(A1>5,1)", "FALSE"), ("IF(A1>5,1,)", "0"),
            ("IF(A1<>1,1/0,2)", "2"), ("IFERROR(1/0,5)", "5"), ("AND(A1=1,A2=2)", "TRUE"), ("OR(A1=2,A2=3)", "FALSE"),
            ("NOT(A1=1)", "FALSE"),
            ("SUMIF(D1:D5,\"甲\",A1:A5)", "4"), ("SUMIF(A1:A5,\">2\")", "7"), ("COUNTIF(D1:D5,\"<>甲\")", "3"),
            ("SUMIFS(A1:A4,D1:D4,\"甲\",A1:A4,\">=2\")", "3"), ("COUNTIFS(A1:A4,\">1\",A1:A4,\"<4\")", "2"),
            ("SUMPRODUCT(A1:A4,B1:B4)", "3102.1"), ("SUMPRODUCT((D1:D4=\"甲\")*A1:A4)", "4"),
            ("VLOOKUP(\"乙\",D1:D5,1,FALSE)", "\"乙\""), ("VLOOKUP(3,A1:B5,2,0)", "0.1"),
            ("'附表 1'!A2+1", "31"), ("SUM('附表 1'!A1:B1)", "30"), ("SUM('附表 1'!A1:B2)", "#DIV/0!"),
            ("_xlfn.SUM(A1)", "1"), ("SUM( A1 , A2 )", "3"), ("1.5E3", "1500"), ("TRUE", "TRUE"),
        ]
    )
    func computed(_ formula: String, _ expected: String) throws {
        #expect(try value(formula) == expected)
    }

    @Test(
        "are left, and never guessed, where they use more",
        arguments: [
            ("XLOOKUP(1,A:A,B:B)", "function(\"XLOOKUP\")"), ("[1]Sheet1!A1", "link"), ("'[1]表 2'!A1", "link"),
            ("税率*2", "other"),
            ("表1[金额]", "other"), ("{1,2}", "other"), ("A1:A3", "other"), ("SUM(A1:A2 A2:A3)", "other"),
            ("\"1\"+1", "other"),
            ("A5+1", "other"), ("没有!A1", "other"), ("VLOOKUP(\"丁\",D1:D5,1,0)", "other"),
            ("VLOOKUP(3,A1:B5,2)", "other"),
            ("SUMIF(D1:D5,\"甲*\",A1:A5)", "other"), ("ROUND(1)", "other"), ("1+", "other"), ("(1", "other"),
            ("1)", "other"),
            ("\"open", "other"), ("0^0", "other"), ("2^0.5", "other"), ("9E99", "tooLarge"), ("SUM(A1048577)", "other"),
            ("10^15*10^15*10^15", "tooLarge"), ("E1+1", "other"), ("\"甲\"<\"乙\"", "other"), ("#REF!+1", "other"),
            ("", "other"),
        ]
    )
    func left(_ formula: String, _ why: String) throws {
        #expect(try value(formula) == why)
    }

    @Test("say where they hang on a hair, which binary numbers may be on either side of")
    func delicate() throws {
        #expect(try value("INT((0.7+0.1)*10)") == "8 ~")
        #expect(try value("ROUND(A1*1.005,2)") == "1.01 ~")
        #expect(try value("ROUND(1.005,2)") == "1.01")
        #expect(try value("IF(1/3=0.333333333333333,1,2)") == "2 ~")
    }

    @Test("of any depth end")
    func deep() throws {
        let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
        #expect(try value(deep) == "tooLarge")
        #expect(try value(String(repeating: "-", count: 5000) + "1") == "1")
        #expect(try value("1" + String(repeating: "+1", count: 5000)) == "tooLarge")
        // A chain of cells, the last one first, ends as well.
        let chain = (6...400).map { ($0, ["=A\($0 + 1)+1|0"] as [String?]) } + [(401, ["1"] as [String?])]
        let cells = try #require(try WorkbookCells(Workbook(WorkbookText(rows: sheetRows(chain)).bytes)))
        var evaluation = FormulaEvaluation(cells, .computed)
        #expect(throws: Never.self) { try evaluation.value(ofFormula: 0) }
    }

    @Test("that go round in a circle are left")
    func circle() throws {
        let rows: [(Int, [String?])] = [(1, ["=B1|1", "=A1|1"]), (2, ["=A2+1", "=B2"])]
        let check = try check(WorkbookText(rows: sheetRows(rows)))
        #expect(check.differences.isEmpty)
        #expect(check.left.map(\.address.description) == ["A2", "B2"])
    }

    private func check(_ text: WorkbookText) throws -> FormulaCheck {
        try FormulaCheck(try #require(try WorkbookCells(Workbook(text.bytes))))
    }

    @Test("are held against what their cells show, and against what everything computed anew would give")
    func differences() throws {
        let rows: [(Int, [String?])] = [
            (1, ["2", "3", "=A1*B1|6"]), (2, ["4", "5", "=A2*B2|21"]), (3, [nil, nil, "=C1+C2|27"]),
            (4, [nil, nil, "=C3*2|54"]),
            (5, ["=1/3|0.333333333333333"]), (6, ["=A1&amp;B1"]), (7, ["=TODAY()|46000"]),
        ]
        let check = try check(WorkbookText(rows: sheetRows(rows)))
        #expect(
            check.differences.map { "\($0.address) =\($0.formula) \($0.shown.description) \($0.computed.description)" }
                == [
                    "C2 =A2*B2 21 20"
                ]
        )
        #expect(check.followers.map { "\($0.address) \($0.computed.description)" } == ["C3 26", "C4 52"])
        #expect(check.missing["明细"]?.map { "\($0.key) \($0.value.description)" } == ["A6 \"23\""])
        #expect(check.left.map(\.why) == [.function("TODAY")])
    }

    @Test("that cells share, and those of many cells at once, are computed too")
    func shared() throws {
        let rows = """
            <row r="1"><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c><c r="C1"><f t="shared" ref="C1:C3" si="0">A1*$B$1</f><v>6</v></c>
            <c r="D1"><f t="array" ref="D1">SUM(A1:A3*A1:A3)</f><v>50</v></c></row>
            <row r="2"><c r="A2"><v>3</v></c><c r="C2"><f t="shared" si="0"/><v>9</v></c>
            <c r="D2"><f t="array" ref="D2:D3">A1:A2*2</f><v>99</v></c></row>
            <row r="3"><c r="A3"><v>4</v></c><c r="C3"><f t="shared" si="0"/><v>13</v></c><c r="D3"><v>6</v></c></row>
            """
        let check = try check(WorkbookText(rows: rows))
        #expect(
            check.differences.map { "\($0.address) =\($0.formula) \($0.computed.description)" } == [
                "D1 =SUM(A1:A3*A1:A3) 29", "C3 =A3*$B$1 12",
            ]
        )
        #expect(check.left.map(\.address.description) == ["D2"])
    }

    @Test("are not held against digits that the workbook says it does not have")
    func precision() throws {
        var text = WorkbookText(rows: sheetRows([(1, ["=1/3|0.33"])]))
        #expect(try check(text).differences.count == 1)
        text.after = "<calcPr fullPrecision=\"0\"/>"
        #expect(try WorkbookCells(Workbook(text.bytes)) == nil)
    }

    @Test("are shown with their texts and sheets as they are, whatever a quotation mark in them is joined to")
    func joined() throws {
        for joined in ["\u{D4E}\"\"", "\"\"\u{301}", "\u{D4E}\"\"\u{301}", "\"\"\u{200D}"] {
            let formula = "\"a\(joined)&amp;SUM(H4)\"&amp;1"
            var text = WorkbookText(rows: sheetRows([(1, ["=\(formula)", "='x\u{D4E}''y'!A1"])]))
            text.add("x\u{D4E}'y", rows: sheetRows([(1, ["1"])]))
            let cells = try #require(try WorkbookCells(Workbook(text.bytes)))
            let shown = cells.formulas.compactMap { cells.text(of: $0) }
            #expect(shown == ["\"a\(joined)&SUM(H4)\"&1", "'x\u{D4E}''y'!A1"])
        }
    }
}
