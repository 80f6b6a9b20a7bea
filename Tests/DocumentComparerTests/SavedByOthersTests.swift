import OfficeFiles
import ReviewModel
import Testing

@testable import document_comparer

/// Real files; Tests/Fixtures/WordReports/README.md says how they were made.
@Suite("Reports that LibreOffice has saved")
struct SavedByOthersTests {
    private static let folder = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()

    private func compared(_ name: String) throws -> DocumentComparison {
        func read(_ name: String) throws -> WordDocument {
            try WordDocument.read(ZipReader(file: "\(Self.folder)/Fixtures/WordReports/\(name)"), named: name)
        }
        return try DocumentComparison(read("written.docx"), read(name), testWords)
    }

    @Test("an untouched one has no change at all")
    func untouched() throws {
        let comparison = try compared("untouched-saved-by-libreoffice.docx")
        #expect(comparison.old.passages.count > 200 && comparison.tables.count == 6)
        #expect(comparison.changes.isEmpty && comparison.brokenRelations.isEmpty)
    }

    @Test("of an edited one every change is found, and none is made up")
    func edited() throws {
        let comparison = try compared("edited-saved-by-libreoffice.docx")
        let figures = comparison.changes.filter { $0.kind == .figure }
        #expect(
            Set(figures.map { "\($0.old) \($0.new)" }) == [
                "73,000.00 73,007.10", "34,200.00 34,207.10", "200,000.00 200,007.10", "8,600.00 8,607.10",
                "14,400.00 14,407.10", "93.5 95.5", "84.5 86.5", "3,600.00 3,900.00", "330,400.00 333,400.00",
                "1.09% 1.90%",
            ]
        )
        #expect(figures.count == 10)
        // Bookmarks have survived LibreOffice.
        #expect(figures.count { !$0.fact.isEmpty } > 4)
        let others = comparison.changes.filter { $0.kind != .figure }
        #expect(
            others.map(\.kind).sorted { "\($0)" < "\($1)" } == [
                .added(.paragraph), .added(.row), .moved(.row), .removed(.sentence), .wording, .wording,
            ]
        )
        let budget = figures.first { $0.old == "34,200.00" }
        #expect(budget?.context.row == "保温餐箱" && budget?.context.column == "申报金额")
        #expect(others.first { $0.kind == .removed(.sentence) }?.old == "单价测算有待完善。")
    }

    @Test("what no longer goes together is told at its figure")
    func relations() throws {
        let broken = try compared("edited-saved-by-libreoffice.docx").brokenRelations
        let total = broken.first { $0.kind == .columnSum && $0.context.column == "申报金额" }
        #expect(total?.found == "330,200.00" && total?.expected == "330,235.50")
        #expect(broken.contains { $0.kind == .rate && $0.found == "1.90%" && $0.expected == "1.09%" })
        #expect(broken.contains { $0.kind == .elsewhere && $0.found == "333,400.00元" && $0.count == 3 })
    }
}
