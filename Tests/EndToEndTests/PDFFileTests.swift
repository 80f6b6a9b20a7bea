import ReviewModel
import Testing

/// What a PDF file of a report promises to those who file it, held against the file that comes out by tools that know nothing of this
/// program.
@Suite(
    "The PDF file of the first town",
    .enabled(
        if: shell("command -v soffice && command -v qpdf && command -v pdffonts && command -v pdftotext").status == 0,
        "needs LibreOffice, qpdf and poppler-utils"
    )
)
struct PDFFileTests {
    private let folder = TemporaryFolder()
    private var place: String { folder.path + "/hongqiao-party-service-2026" }

    @Test(
        "is marked as PDF/A-2b, with every font in it, tags, bookmarks and right pages in its contents, and no notes or scripts"
    )
    func whole() throws {
        let result = shell(
            "pingshen run Specs/hongqiao/party-service-2026.yaml --format pdf,document --out '\(folder.path)'"
        )
        #expect(result.status == 0, "\(result.errors)")
        let objects = shell(
            "qpdf --qdf --object-streams=disable '\(place)/report.pdf' - | tr -d '\\000' | LC_ALL=C sed 's/[^[:print:]]//g'"
        ).output
        archive(objects)
        fonts()
        tags(objects)
        try pages()
    }

    private func archive(_ objects: String) {
        let check = shell("qpdf --check '\(place)/report.pdf'")
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        #expect(objects.contains("<pdfaid:part>2</pdfaid:part>"))
        #expect(objects.contains("<pdfaid:conformance>B</pdfaid:conformance>"))
        #expect(objects.contains("/GTS_PDFA1"))
        for banned in [
            "/Subtype /Text", "/Subtype /Popup", "/Subtype /FreeText", "/JavaScript", "/AcroForm", "/Encrypt",
        ] {
            #expect(!objects.contains(banned), "\(banned)")
        }
    }

    private func fonts() {
        let rows = shell("pdffonts '\(place)/report.pdf' | tail -n +3").output.split(separator: "\n")
        #expect(!rows.isEmpty)
        for row in rows {
            // name … emb sub uni object generation
            let cells = row.split(separator: " ").suffix(5).prefix(3)
            #expect(cells.allSatisfy { $0 == "yes" }, "\(row)")
        }
    }

    private func tags(_ objects: String) {
        #expect(objects.contains("/Marked true"))
        #expect(objects.contains("/Lang (zh-CN)"))
        #expect(objects.contains("/DisplayDocTitle true"))
        let tags = shell("pdfinfo -struct '\(place)/report.pdf'").output.split(separator: "\n").map { line in
            line.drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber }
        }
        for tag in ["Table", "TR", "TH", "TD", "H1", "H2", "TOC", "TOCI", "Figure"] {
            #expect(tags.contains { $0 == tag }, "\(tag)")
        }
    }

    private func pages() throws {
        let contents = try contents()
        #expect(contents.count > 10)
        let bookmarks = shell(
            "qpdf --json --json-key=outlines '\(place)/report.pdf' | grep -c '\"title\"'"
        ).output.filter(\.isNumber)
        #expect(try #require(Int(bookmarks)) >= contents.count)
        let pages = shell("pdftotext -layout '\(place)/report.pdf' -").output.split(
            separator: "\u{C}",
            omittingEmptySubsequences: false
        )
        .map { $0.filter { !$0.isWhitespace } }
        for (title, page) in contents {
            #expect(pages.indices.contains(page - 1) && pages[page - 1].contains(title), "\(title) \(page)")
        }
    }

    /// The entries with their pages, as they are printed.
    private func contents() throws -> [(title: String, page: Int)] {
        shell("pdftotext -layout '\(place)/report.pdf' - | grep -E '\\.{5,} *[0-9]+$'").output.split(separator: "\n")
            .compactMap { line in
                let tight = line.filter { !$0.isWhitespace }
                let digits = String(tight.reversed().prefix(while: \.isNumber).reversed())
                let title = tight.dropLast(digits.count).reversed().drop { $0 == "." }.reversed()
                return Int(digits).map { (String(title), $0) }
            }
    }
}
