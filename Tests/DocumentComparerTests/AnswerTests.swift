import FindingAnswers
import Groundwork
import OfficeFiles
import ReviewModel
import Testing

@testable import document_commenter

@Suite("What people have answered to comments")
struct AnswerTests {
    private static let place = Place.paragraph(file: "report.docx", heading: [], index: 1)
    private static let word2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
    private static let word2012 = "http://schemas.microsoft.com/office/word/2012/wordml"

    /// A comment with its number, author, the id of its last paragraph, and its words.
    private struct Written {
        var id: Int
        var author: String
        var paragraph: String
        var text: String
        var parent: String?
        var isDone = false
    }

    private func document(_ comments: [Written]) -> SmallDocument {
        var document = SmallDocument(p("金额 5 万元"))
        let words = comments.map { comment in
            "<w:comment w:id=\"\(comment.id)\" w:author=\"\(comment.author)\">"
                + comment.text.split(separator: "\n").map {
                    "<w:p w14:paraId=\"\(comment.paragraph)\"><w:r><w:t>\($0)</w:t></w:r></w:p>"
                }.joined() + "</w:comment>"
        }
        let threads = comments.map { comment in
            "<w15:commentEx w15:paraId=\"\(comment.paragraph)\""
                + (comment.parent.map { " w15:paraIdParent=\"\($0)\"" } ?? "")
                + " w15:done=\"\(comment.isDone ? 1 : 0)\"/>"
        }
        document.parts = [
            (
                "comments.xml", "comments",
                "<w:comments xmlns:w=\"\(SmallDocument.word)\" xmlns:w14=\"\(Self.word2010)\">\(words.joined())</w:comments>"
            ),
            (
                "commentsExtended.xml", "commentsExtended",
                "<w15:commentsEx xmlns:w15=\"\(Self.word2012)\">\(threads.joined())</w15:commentsEx>"
            ),
        ]
        return document
    }

    private func review() -> Review {
        var review = Review(id: "x")
        for (id, subject) in [("0123456789ab", "M02"), ("0123456789ac", "其他"), ("0123456789ad-2", "乙")] {
            var finding = Finding(
                rule: "prose/mismatch",
                severity: .error,
                message: LocalizedText(zh: "\(subject)的金额不符", en: "the amount of \(subject) differs"),
                subject: subject
            )
            finding.spots = [.place(Self.place)]
            var located = LocatedFinding(finding: finding, step: "s", locations: [Location(Self.place)])
            located.id = id
            review.findings.append(located)
        }
        review.adjustments = [
            Adjustment(subject: "M02", label: "场地", requested: 5, parts: [Adjustment.Part(kind: .cut, amount: 1)]),
            Adjustment(subject: "乙", label: "乙", requested: 5),
        ]
        return review
    }

    private func answers(_ comments: [Written], of name: String = "report.reviewed.docx") throws -> FindingAnswers {
        let file = try CommentedDocument(document(comments).bytes, author: "Pingshen")
        return FindingAnswers(file.answered(among: now), review(), document: name, medium: .word)
    }

    /// The comments of the findings that there are now.
    private var now: [DocumentComment] {
        FindingComments(review: review(), document: "report.docx", certain: []).comments()
    }

    @Test("find back by what the comment says where the file came back under another name, and nothing is said twice")
    func renamed() throws {
        let said = "错误｜其他事项\n其他的金额不符"
        let other = "错误｜其他事项\n别的金额不符"
        let comments = [
            Written(id: 0, author: "Pingshen", paragraph: "10", text: "\(said)\n编号：aaaaaaaaaaaa", isDone: true),
            Written(id: 1, author: "Pingshen", paragraph: "11", text: "\(other)\n编号：aaaaaaaaaaab", isDone: true),
        ]
        #expect(try answers(comments).findings.map(\.subject) == ["0123456789ac"])
        let file = try CommentedDocument(document(comments).bytes, author: "Pingshen")
        let copy = try WordDocument.read(ZipReader(file.adding(now)), named: "report.docx")
        #expect(copy.comments.count { $0.text.hasPrefix(said) } == 1)
        #expect(copy.comments.count == 4)
    }

    private func own(_ id: Int, _ finding: String, _ paragraph: String, done: Bool = false) -> Written {
        Written(id: id, author: "Pingshen", paragraph: paragraph, text: "错误\n编号：\(finding)", isDone: done)
    }

    @Test("one that was resolved proposes a waiver, with the words and the name of the last reply")
    func waiver() throws {
        let answers = try answers([
            own(0, "0123456789ab", "A1", done: true),
            Written(id: 1, author: "李四", paragraph: "A2", text: "待查", parent: "A1"),
            Written(id: 2, author: "张三", paragraph: "A3", text: "因规划\"调整\"\n暂缓", parent: "A1"),
        ])
        #expect(answers.findings.map(\.rule) == ["comments/waiver-proposed"])
        #expect(answers.findings[0].spots == [.place(Self.place)] && answers.findings[0].subject == "0123456789ab")
        #expect(answers.findings[0].message.zh.contains("张三已将批注标为解决"))
        #expect(answers.files.map(\.name) == ["report.waivers.yaml"])
        #expect(
            answers.files[0].text.hasSuffix(
                "- id: \"0123456789ab\"\n  reason: \"因规划\\\"调整\\\" 暂缓\"\n  approver: \"张三\"\n"
            )
        )
    }

    @Test("neither a file's name nor a reply becomes YAML of the proposed list, or acts on whoever looks at it")
    func inert() throws {
        for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{B}"] {
            let reply = "甲\u{202E}乙\u{D4E}\"\u{301}, x: 1"
            let answers = try answers(
                [
                    own(0, "0123456789ab", "A1", done: true),
                    Written(id: 1, author: "a\u{D4E}&quot;: b", paragraph: "A2", text: reply, parent: "A1"),
                ],
                of: "a\(end)evil: !include x.reviewed.docx"
            )
            let text = answers.files[0].text
            let lines = text.split(whereSeparator: \.isNewline)
            #expect(
                lines.allSatisfy { line in
                    ["# ", "- id: \"", "  reason: \"", "  approver: \""].contains(where: line.hasPrefix)
                }
            )
            #expect(lines.filter { !$0.hasPrefix("#") }.count == 3)
            #expect(!text.unicodeScalars.contains("\u{202E}") && text.contains("甲\\U0000202e乙"))
        }
    }

    @Test("one that nobody gave a reason for asks for it")
    func noReason() throws {
        let answers = try answers([own(0, "0123456789ad-2", "A1", done: true)])
        #expect(answers.findings[0].message.zh.hasPrefix("有人已将批注标为解决（"))
        #expect(answers.files[0].text.contains("approver: \"\"  # 请补写理由和批准人\n"))
    }

    @Test("a reply to one about a deduction is a row of the feedback round, any other is told")
    func replies() throws {
        let answers = try answers([
            own(0, "0123456789ab", "A1"), own(1, "0123456789ac", "B1"),
            Written(id: 2, author: "王五", paragraph: "A2", text: "请按合同价核定。", parent: "A1"),
            Written(id: 3, author: "王五", paragraph: "B2", text: "数据有误，将更正。", parent: "B1"),
        ])
        #expect(answers.findings.map(\.rule) == ["comments/feedback", "comments/answered"])
        #expect(answers.files.map(\.name) == ["report.feedback.yaml"])
        #expect(answers.files[0].text.hasSuffix("- line: \"M02\"\n  reply: \"请按合同价核定。\"\n"))
    }

    @Test("what nobody answered, what is settled, and what others wrote is nothing")
    func nothing() throws {
        let answers = try answers([
            own(0, "0123456789ab", "A1"), own(1, "ffffffffffff", "B1", done: true),
            Written(id: 2, author: "张三", paragraph: "C1", text: "编号：0123456789ac", isDone: true),
        ])
        #expect(answers.findings.isEmpty && answers.files.isEmpty)
    }

    @Test("comments that answer each other end")
    func circle() throws {
        let answers = try answers([
            own(0, "0123456789ab", "A1"), Written(id: 1, author: "甲", paragraph: "A2", text: "一", parent: "A3"),
            Written(id: 2, author: "乙", paragraph: "A3", text: "二", parent: "A2"),
        ])
        #expect(answers.findings.isEmpty)
    }

    @Test("a copy that is commented again has each finding once, and the comments of people as they were")
    func again() throws {
        let people = Written(id: 4, author: "张三", paragraph: "A2", text: "已核实", parent: "A1")
        let document = document([own(0, "0123456789ab", "A1"), people])
        let comments = FindingComments(review: review(), document: "report.docx", certain: []).comments()
        #expect(comments.map(\.finding) == ["0123456789ab", "0123456789ac", "0123456789ad-2"])
        let copy = try CommentedDocument(document.bytes, author: "Pingshen").adding(comments)
        let read = try WordDocument.read(ZipReader(copy), named: "")
        #expect(read.comments.map(\.id) == ["0", "4", "5", "6"] && read.comments[1].answers == "0")
        let once = try CommentedDocument(copy, author: "Pingshen").adding(comments)
        #expect(once == copy)
    }
}
