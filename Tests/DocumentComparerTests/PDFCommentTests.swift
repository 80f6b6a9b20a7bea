import Groundwork
import PDFFiles
import Testing

@testable import document_commenter

@Suite("Comments on the pages of a PDF")
struct PDFCommentTests {
    /// Two pages of 200 × 400 points; the second has a mark already.
    private static let file: [UInt8] = {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 200 400]>>",
            "<</Type/Page/Parent 2 0 R>>", "<</Type/Page/Parent 2 0 R/Annots[5 0 R]>>", "<</Type/Annot/NM(other)>>",
        ]
        var (text, list) = ("%PDF-1.4\n", "xref\n0 6\n0000000000 65535 f\r\n")
        for (index, object) in objects.enumerated() {
            let offset = String(text.utf8.count)
            list += String(repeating: "0", count: 10 - offset.count) + offset + " 00000 n\r\n"
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        return Array("\(text)\(list)trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n\(text.utf8.count)\n%%EOF\n".utf8)
    }()

    private func comment(_ place: Place, _ finding: String) -> DocumentComment {
        DocumentComment(place: place, lines: ["错误", "不符"], elsewhere: "针对全文", finding: finding)
    }

    private func marks(_ bytes: [UInt8], page: Int) throws -> [PDFDictionary] {
        let file = try PDFFile(bytes)
        let list = try file.resolved(file.pages()[page].dictionary["Annots"]).array ?? []
        return try list.compactMap { try file.resolved($0).dictionary }
    }

    @Test("stand over the place on its page, and what was there stays")
    func places() throws {
        let box = PageBox(left: 10, top: 20, width: 30, height: 5)
        let comments = [
            comment(.page(file: "a.pdf", page: 2, box: box), "0123456789ab"),
            comment(.page(file: "a.pdf", page: 1, box: nil), "0123456789ac"),
            comment(.page(file: "a.pdf", page: 9, box: box), "0123456789ad"),
            comment(.text(file: "a.pdf", line: 1, column: 1), "0123456789ae"),
        ]
        let copy = try AnnotatedPDF(Self.file, author: "Pingshen").adding(comments)
        #expect(copy.starts(with: Self.file))
        let second = try marks(copy, page: 1)
        #expect(second.count == 2 && second[0]["NM"] == .plain("other"))
        let mark = second[1]
        #expect(mark["Subtype"] == .name("Highlight") && mark["Contents"] == .text("错误\n不符"))
        let corners = mark["Rect"]?.array?.compactMap(\.number) ?? []
        #expect(corners == [10, 375, 40, 380] && mark["QuadPoints"]?.array?.count == 8 && mark["AP"] != nil)
        let first = try marks(copy, page: 0)
        #expect(first.count == 3 && first.allSatisfy { $0["Subtype"] == .name("Text") })
        #expect(first[2]["Contents"] == .text("错误\n针对全文\n不符"))
    }

    @Test("a copy that is commented again is the same file")
    func again() throws {
        let comments = [comment(.page(file: "a.pdf", page: 2, box: nil), "0123456789ab")]
        let copy = try AnnotatedPDF(Self.file, author: "Pingshen").adding(comments)
        #expect(try AnnotatedPDF(copy, author: "Pingshen").adding(comments) == copy && copy != Self.file)
    }
}
