import ReviewModel
import Testing

@Suite("Names of copies with comments")
struct ReviewedNameTests {
    @Test(
        "say which file they are of",
        arguments: [
            ("a/report.reviewed.docx", "a/report.docx"), ("report.reviewed-2.pdf", "report.pdf"),
            ("report.docx", "report.docx"), ("reviewed.docx", "reviewed.docx"),
            ("a.reviewed/b.docx", "a.reviewed/b.docx"),
            ("a.reviewed/b", "a.reviewed/b"), ("report.reviewed-x.docx", "report.reviewed-x.docx"), ("", ""),
        ]
    )
    func names(_ copy: String, _ file: String) { #expect(originalName(copy) == file) }

    @Test("a finding about the copy has the number of the one about the file")
    func identity() {
        func number(_ file: String) -> String {
            var finding = Finding(rule: "a/b", severity: .error, message: LocalizedText(""))
            finding.spots = [.place(.paragraph(file: file, heading: ["一"], index: 2))]
            return [LocatedFinding(finding: finding, step: "s", locations: [])].identified()[0].id
        }
        #expect(number("in/report.docx") == number("in/report.reviewed-3.docx"))
        #expect(number("in/report.docx") != number("in/other.docx"))
    }
}
