import PluginKit
import ReviewModel
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Files that are called like workbooks and are none that can be read")
struct RenamedFileTests {
    private let folder = Folder()

    @Test("are converted in a language that every machine has, or a Chinese name would not be found")
    func environment() {
        let variables = ["LANG=zh_CN.UTF-8", "LC_ALL=zh_CN.UTF-8", "PATH=/bin"]
        #expect(Conversion.environment(of: variables) == ["LANG=zh_CN.UTF-8", "PATH=/bin", "LC_ALL=C.UTF-8"])
    }

    /// What is said of the file when the settings are checked.
    private func told(_ path: String) async throws -> [ConfigurationDiagnostic] {
        let settings: Value = ["book": .text(path), "tables": ["budget_lines": [:]]]
        return try await SheetReader().validate(settings, in: FormContext(form: form))
    }

    private func told(_ name: String, _ text: String) async throws -> [ConfigurationDiagnostic] {
        try await told(folder.write(name, Array(text.utf8)))
    }

    @Test(
        "are told as what they are, with what to do, and of the file itself",
        arguments: [
            ("a.xls", "<html><body><table><tr><td>1</td></tr></table></body></html>", "这是网页（HTML）"),
            ("a.xlsx", "\u{FEFF}\r\n<table border=1><tr><td>1</td></tr></table>", "这是网页（HTML）"),
            ("a.xls", "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n", "MHTML"),
            ("a.xlsx", "", "文件是空的"), ("a.csv", "", "文件是空的"),
        ]
    )
    func renamed(name: String, text: String, reason: String) async throws {
        let told = try await told(name, text)
        #expect(told.count == 1 && told[0].message.zh.contains(reason), "\(told)")
        #expect(told.allSatisfy { $0.isOfFile && $0.help != nil && $0.code == "sheet-reader/cannot-read" })
    }

    @Test("the XML of Excel 2003 is converted when it is read, and no mistake before")
    func spreadsheetML() async throws {
        let head = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n"
        let xml = head + "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>"
        #expect(try await told("a.xls", xml).isEmpty)
        #expect(try await told("a.xml", xml).isEmpty)
    }

    @Test("a workbook whose list of texts is missing is told by the name of that part, not as one without heads")
    func withoutTexts() async throws {
        var book = WorkbookText(rows: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>")
        book.texts = "<si><t>项目内容</t></si>"
        let parts = book.entries.filter { !$0.name.hasSuffix("sharedStrings.xml") }
        #expect(parts.count == book.entries.count - 1)
        let told = try await told(folder.write("a.xlsx", try WorkbookText.zip(parts)))
        #expect(told.map(\.code) == ["sheet-reader/cannot-read"])
        #expect(told.first?.message.zh.contains("xl/sharedStrings.xml") == true, "\(told)")
    }
}
