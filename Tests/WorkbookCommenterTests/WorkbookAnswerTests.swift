import FindingAnswers
import Glibc
import Groundwork
import OfficeFiles
import ReviewModel
import Testing
import WorkbookFixture

@testable import workbook_commenter

@Suite("What people have answered in a copy of a workbook")
struct WorkbookAnswerTests {
    private static let rows = sheetRows([(1, ["'项目", "'金额"]), (2, ["'甲", "1"]), (3, ["'乙", "2"])])
    private static let numbers = ["0123456789ab", "0123456789ac", "0123456789ad-2"]

    private static var book: [UInt8] {
        get throws {
            var text = WorkbookText()
            text.add("明细", rows: rows)
            let types = "http://schemas.openxmlformats.org/package/2006/content-types"
            text.parts = [("[Content_Types].xml", Array("<Types xmlns=\"\(types)\"/>".utf8))]
            return try text.bytes
        }
    }

    private func review() -> Review {
        var review = Review(id: "x")
        for (number, (subject, cell)) in zip(Self.numbers, [("M02", "B2"), ("其他", "B3"), ("乙", "B3")]) {
            guard let address = CellAddress(cell) else { continue }
            let place = Place.cell(file: "a.xlsx", sheet: "明细", address: address)
            var finding = Finding(
                rule: "prose/mismatch",
                severity: .error,
                message: LocalizedText(zh: "\(subject)的金额不符", en: "the amount of \(subject) differs"),
                subject: subject
            )
            finding.spots = [.place(place)]
            var located = LocatedFinding(finding: finding, step: "s", locations: [Location(place)])
            located.id = number
            review.findings.append(located)
        }
        review.adjustments = [
            Adjustment(subject: "M02", label: "场地", requested: 5, parts: [Adjustment.Part(kind: .cut, amount: 1)])
        ]
        return review
    }

    /// The workbook as a file, for as long as `body` runs.
    private func opened<Result>(_ bytes: [UInt8], _ body: (ReviewedWorkbook) throws -> Result) throws -> Result {
        var template = Array("/tmp/pingshen-answers-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
        return try body(ReviewedWorkbook(file: path, author: "Pingshen"))
    }

    private func reviewed(_ bytes: [UInt8], _ review: Review) throws -> [UInt8] {
        try opened(bytes) { try $0.adding(WorkbookCommenter.notes(review, about: "a.xlsx"), locale: .zh) }
    }

    private func answers(_ bytes: [UInt8]) throws -> FindingAnswers {
        try opened(bytes) {
            FindingAnswers(try $0.answered(), review(), document: "a.reviewed.xlsx", medium: .workbook)
        }
    }

    private func text(_ bytes: [UInt8], _ part: String) throws -> String {
        String(decoding: try ZipReader(bytes).bytes(of: part), as: UTF8.self)
    }

    /// The copy with parts that somebody has changed or added.
    private func changed(_ copy: [UInt8], _ parts: [(String, String)]) throws -> [UInt8] {
        var patch = ZipPatch()
        for (name, text) in parts { patch[name] = Array(text.utf8) }
        return try patch.applied(to: ZipReader(copy), copy)
    }

    private static let notes = "xl/comments1.xml"
    private static let list = "xl/worksheets/pingshen1.xml"

    @Test("is nothing in a copy that nobody has touched, whichever way its line ends are written")
    func untouched() throws {
        let copy = try reviewed(Self.book, review())
        #expect(try answers(copy).findings.isEmpty)
        let notes = try text(copy, Self.notes)
        #expect(notes.contains("编号：0123456789ab</t>"))
        for end in ["\n", "\r\n", "_x000D_&#10;"] {
            let same = try changed(copy, [(Self.notes, notes.replacing("&#10;", with: end))])
            #expect(try answers(same).findings.isEmpty)
        }
    }

    @Test("stands beneath the number in a note; at the end of a note it is about all findings that have nothing else")
    func note() throws {
        let copy = try reviewed(Self.book, review())
        let notes = try text(copy, Self.notes)
        let one = try answers(
            changed(copy, [(Self.notes, notes.replacing("0123456789ab</t>", with: "0123456789ab&#10;按合同价&#10;核定</t>"))])
        )
        #expect(one.findings.map(\.rule) == ["comments/feedback"])
        #expect(one.findings[0].message.zh == "有人就\"M02\"答复：\"按合同价 核定\"")
        #expect(one.files.map(\.name) == ["a.feedback.yaml"])
        #expect(one.files[0].text.hasSuffix("- line: \"M02\"\n  reply: \"按合同价 核定\"\n"))
        // A run of its own, as Excel writes what is typed in another look.
        let both = notes.replacing(
            "0123456789ad-2</t></r>",
            with: "0123456789ad-2</t></r><r><rPr><b/></rPr><t>&#10;已更正</t></r>"
        )
        let end = try answers(changed(copy, [(Self.notes, both)]))
        #expect(end.findings.map(\.subject) == ["0123456789ac", "0123456789ad-2"])
        #expect(end.findings.allSatisfy { $0.rule == "comments/answered" && $0.message.zh.contains("已更正") })
        let apart = both.replacing("0123456789ac&#10;", with: "0123456789ac&#10;不同意&#10;")
        let each = try answers(changed(copy, [(Self.notes, apart)]))
        #expect(each.findings.map { $0.message.zh.contains("不同意") } == [true, false])
    }

    private static let threads =
        "<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\">"
        + "<threadedComment ref=\"B2\" personId=\"{P1}\" id=\"{1}\" done=\"1\"><text>错误｜规则\n编号：0123456789ab</text></threadedComment>"
        + "<threadedComment ref=\"B2\" dT=\"2026-01-05T08:30:00.12\" personId=\"{P2}\" id=\"{2}\" parentId=\"{1}\"><text>@李四 规划&amp;合同调整</text>"
        + "<mentions><mention mentionpersonId=\"{P1}\" mentionId=\"{M}\" startIndex=\"0\" length=\"3\"/></mentions></threadedComment>"
        + "<threadedComment ref=\"B3\" personId=\"{P1}\" id=\"{3}\"><text>错误｜规则\n编号：0123456789ac</text></threadedComment>"
        + "<threadedComment ref=\"B3\" personId=\"{P2}\" id=\"{4}\" parentId=\"{3}\"><text>将更正</text></threadedComment>"
        + "<threadedComment ref=\"A1\" personId=\"{P2}\" id=\"{5}\" done=\"1\"><text>请看编号</text></threadedComment></ThreadedComments>"

    /// The copy after somebody has made conversations of its notes, and answered.
    private func conversation(_ copy: [UInt8]) throws -> [UInt8] {
        let links = try text(copy, "xl/worksheets/_rels/sheet1.xml.rels")
        let book = try text(copy, "xl/_rels/workbook.xml.rels")
        func link(_ kind: String, _ target: String) -> String {
            "<Relationship Id=\"x\(kind)\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/\(kind)\" Target=\"\(target)\"/></Relationships>"
        }
        let persons =
            "<personList xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\">"
            + "<person displayName=\"Pingshen\" id=\"{P1}\"/><person displayName=\"张三\" id=\"{P2}\" userId=\"S::zhang@example.cn::1\" providerId=\"AD\"/></personList>"
        let notes = try text(copy, Self.notes).replacing(
            "<author>Pingshen</author>",
            with: "<author>tc={1}</author>"
        )
        return try changed(
            copy,
            [
                (Self.notes, notes), ("xl/threadedComments/threadedComment1.xml", Self.threads),
                ("xl/persons/person.xml", persons),
                (
                    "xl/worksheets/_rels/sheet1.xml.rels",
                    links.replacing(
                        "</Relationships>",
                        with: link("threadedComment", "../threadedComments/threadedComment1.xml")
                    )
                ),
                (
                    "xl/_rels/workbook.xml.rels",
                    book.replacing("</Relationships>", with: link("person", "persons/person.xml"))
                ),
            ]
        )
    }

    @Test(
        "is a waiver to be taken over where a conversation was resolved, an answer where somebody replied; with his name"
    )
    func threaded() throws {
        let answers = try answers(conversation(reviewed(Self.book, review())))
        #expect(answers.findings.map(\.rule) == ["comments/waiver-proposed", "comments/answered"])
        #expect(answers.findings[0].message.zh.contains("张三已将批注标为解决：\"@李四 规划&合同调整\""))
        #expect(answers.findings[0].hint?.zh.contains("在 Excel 中重新打开") == true)
        #expect(answers.findings[1].message.zh.contains("张三答复批注：\"将更正\""))
        #expect(answers.files.map(\.name) == ["a.waivers.yaml"])
        #expect(
            answers.files[0].text.hasSuffix(
                "- id: \"0123456789ab\"\n  reason: \"@李四 规划&合同调整\"\n  approver: \"张三\"\n"
            )
        )
    }

    @Test(
        "stands in the column of replies of the list, wherever that is by now, and stays when the list is written anew"
    )
    func listed() throws {
        let copy = try reviewed(Self.book, review())
        var list = try text(copy, Self.list)
        #expect(list.contains(">答复（填在此列）</t>"))
        list = list.replacing(
            ">0123456789ac</t></is></c>",
            with: ">0123456789ac</t></is></c><c r=\"H3\" t=\"inlineStr\"><is><t>同意核减</t></is></c>"
        )
        let answered = try changed(copy, [(Self.list, list)])
        #expect(try answers(answered).findings.map(\.subject) == ["0123456789ac"])
        let again = try reviewed(answered, review())
        #expect(try text(again, Self.list) == list.replacing("<is><t>同意", with: "<is><t xml:space=\"preserve\">同意"))
        var later = review()
        later.findings.remove(at: 1)
        let rest = try text(reviewed(answered, later), Self.list)
        #expect(rest.contains("（已没有这个问题）") && rest.contains(">同意核减</t>"))
        #expect(try answers(reviewed(answered, later)).findings.map(\.subject) == ["0123456789ac"])
    }

    @Test("stays in the file when it is reviewed again: notes with answers as they are, what is new behind them")
    func again() throws {
        let copy = try reviewed(Self.book, review())
        let notes = try text(copy, Self.notes)
        let answered = notes.replacing("0123456789ab</t>", with: "0123456789ab&#10;按合同价核定</t>")
        let second = try reviewed(changed(copy, [(Self.notes, answered)]), review())
        // Those without an answer are written anew, behind it.
        #expect(try text(second, Self.notes).contains("0123456789ab&#10;按合同价核定</t>"))
        #expect(try text(second, Self.notes).ranges(of: "编号：0123456789ab").count == 1)
        #expect(try answers(second).findings.map(\.rule) == ["comments/feedback"])
        #expect(try text(reviewed(second, review()), Self.notes) == text(second, Self.notes))
        var more = review()
        more.findings[1].locations = more.findings[0].locations
        let third = try text(reviewed(second, more), Self.notes)
        #expect(third.contains("按合同价核定</t></r><r><t xml:space=\"preserve\">&#10;—— Pingshen ——&#10;错误｜"))
        // A finding that stands in the conversation already is not said to have been left out.
        let talk = try conversation(copy)
        #expect(try !text(reviewed(talk, review()), Self.list).contains("未在单元格上另写批注"))
    }

    /// The review of a workbook that came back under another name: the same findings, other ids.
    private func renamed() -> Review {
        var review = review()
        for index in review.findings.indices { review.findings[index].id = "ffffffffffa\(index)" }
        return review
    }

    @Test("finds back where the file came under another name: by what the findings say, nothing twice and nothing lost")
    func underAnotherName() throws {
        let copy = try reviewed(Self.book, review())
        let notes = try text(copy, Self.notes).replacing("0123456789ab</t>", with: "0123456789ab&#10;按合同价核定</t>")
        let list = try text(copy, Self.list).replacing(
            ">0123456789ac</t></is></c>",
            with: ">0123456789ac</t></is></c><c r=\"H3\" t=\"inlineStr\"><is><t>同意核减</t></is></c>"
        )
        let answered = try changed(copy, [(Self.notes, notes), (Self.list, list)])
        func answers(_ bytes: [UInt8], _ review: Review) throws -> FindingAnswers {
            try opened(bytes) { book in
                let notes = WorkbookCommenter.notes(review, about: "a.xlsx")
                return FindingAnswers(
                    try book.answered(among: notes),
                    review,
                    document: "a.xlsx",
                    medium: .workbook
                )
            }
        }
        let found = try answers(answered, renamed()).findings
        #expect(found.map(\.rule) == ["comments/feedback", "comments/answered"])
        #expect(found.map(\.subject) == ["M02", "ffffffffffa1"])
        let second = try reviewed(answered, renamed())
        #expect(try text(second, Self.notes).ranges(of: "M02的金额不符").count == 1)
        #expect(try !text(second, Self.list).contains("已没有"))
        #expect(try text(second, Self.list).ranges(of: "同意核减").count == 1)
        #expect(try answers(second, renamed()).findings.map(\.subject) == ["M02", "ffffffffffa1"])
        // Conversations, too: a copy in which somebody has made ones of the notes.
        let threads = Self.threads.replacing("规则\n编号：0123456789ab", with: "其他事项\nM02的金额不符\n编号：0123456789ab")
            .replacing("规则\n编号：0123456789ac", with: "其他事项\n其他的金额不符\n编号：0123456789ac")
        let part = "xl/threadedComments/threadedComment1.xml"
        let talk = try answers(changed(conversation(copy), [(part, threads)]), renamed())
        #expect(talk.findings.map(\.rule) == ["comments/waiver-proposed", "comments/answered"])
        #expect(talk.findings.map(\.subject) == ["ffffffffffa0", "ffffffffffa1"])
        // What says something else is another finding, and no answer is taken for one to it.
        var other = renamed()
        other.findings[0].finding.message = LocalizedText(zh: "M02 的单价不符", en: "the price of M02 differs")
        #expect(try answers(answered, other).findings.map(\.subject) == ["ffffffffffa1"])
    }

    @Test("belongs to the finding at its cell where two say the same")
    func alike() {
        func note(_ cell: String, _ number: String) -> CellNote {
            var note = CellNote(severity: "错误", rule: "规则", message: "合计不符", number: number)
            note.cell = CellAddress(cell).map { CellNote.Cell(sheet: "明细", address: $0) }
            return note
        }
        let notes = [note("B2", "aaaaaaaaaaaa"), note("B3", "aaaaaaaaaaab")]
        func written(_ number: String, _ place: String) -> WrittenFinding {
            WrittenFinding(number: number, says: "规则\n合计不符\n请改", place: place)
        }
        let known = KnownFindings([written("bbbbbbbbbbbb", "明细!B3"), written("cccccccccccc", "明细!B9")], notes)
        #expect(known.number("bbbbbbbbbbbb") == "aaaaaaaaaaab")
        #expect(known.number("cccccccccccc") == "aaaaaaaaaaaa")
        // Whose id is in the file already is not told twice.
        let same = KnownFindings([written("aaaaaaaaaaab", "明细!B3"), written("bbbbbbbbbbbb", "明细!B7")], [notes[1]])
        #expect(same.number("bbbbbbbbbbbb") == "bbbbbbbbbbbb")
    }
}
