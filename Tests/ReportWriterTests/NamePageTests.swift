import ManualPage
import ReportDocument
import ReviewModel
import Testing

@testable import ReportNames
@testable import ReportTemplate

@Suite("Docs/BUILTIN.md lists what templates can say")
struct NamePageTests {
    private let page = ManualPage("Docs/BUILTIN.md")
    private let root = NameShapes.root(
        form: nil,
        configuration: ["rubric": ["id": "r", "items": [["code": "A", "name": "a", "max": 1]]]]
    )

    @Test("every form, and no other")
    func forms() {
        let rows = page.rows(under: "Report templates").filter { row in row.count == 2 }
        let written = rows.flatMap { ManualPage.code($0[1]) }.filter { $0.hasSuffix("(…)") || $0.hasSuffix("()") }
        let names = Set(written.map { String($0.prefix { $0 != "(" }) })
        #expect(names.sorted() == ValueForm.allCases.map(\.rawValue).sorted())
    }

    @Test("every key of a language, and no other; French has them all")
    func languages() throws {
        let written = page.rows(under: "Languages").flatMap { ManualPage.code($0[0]) }
        #expect(written.sorted() == DocumentWords.keys.sorted())
        let log = DiagnosticLog()
        let french = Fixture.yaml(try Fixture.file("Specs/languages/fr.yaml"))
        var words = DocumentWords(tag: "en")
        words.read(ValueReader(french, log: log))
        #expect(log.diagnostics.isEmpty)
        #expect(Set(french.record?.keys ?? []) == Set(DocumentWords.keys))
    }

    @Test("every name that the review gives, with the names in it, and no other")
    func names() throws {
        let rows = page.rows(under: "Names")
        var roots: Set<String> = []
        for row in rows {
            for path in ManualPage.code(row[0]) {
                var shape = root
                for (index, part) in path.split(separator: ".").enumerated() {
                    if index == 0 { roots.insert(String(part)) }
                    // The page's word for whatever an item is called; the rubric of this test has an item A.
                    guard case .found(let member) = shape.member(part == "CODE" ? "A" : String(part)) else {
                        Issue.record("\(path): there is no such name")
                        break
                    }
                    shape = member
                }
                let known = Set(shape.element.names).subtracting(["index", "first"])
                let written = Set(ManualPage.code(row[2]))
                // The rubric's own keys are its own affair; of a list its elements know whether they are the last.
                let further: Set = path == "rubric" ? ["id"] : shape.isList ? ["last"] : []
                #expect(written.sorted() == known.subtracting(further).sorted(), "\(path)")
            }
        }
        let made = Set(ReportModel.derived).union(["scores", "feedback"])
        #expect(roots.sorted() == made.sorted())
    }
}

extension NameShape {
    fileprivate var isList: Bool { if case .list = settled { true } else { false } }
}
