import FindingAnswers
import OfficeFiles
import ReviewModel

/// What people have answered in a workbook that came back: beneath our notes, in the conversations that Excel makes of these, and in the
/// list of findings.
struct WorkbookAnswers {
    /// One for each finding that somebody has answered or settled, in the order in which they stand in the file.
    private(set) var all: [AnsweredFinding] = []
    private let zip: ZipReader
    private let author: String
    private let persons: [String: String]

    /// What the notes and conversations tell of, whether somebody has answered or not.
    private(set) var written: [WrittenFinding] = []

    /// - Parameters:
    ///   - main: the part with the names of the sheets.
    ///   - author: of our own notes; what bears the name is no answer.
    init(main: String, _ zip: ZipReader, author: String) throws(OfficeFileError) {
        (self.zip, self.author) = (zip, author)
        var persons: [String: String] = [:]
        for link in try PackageRelationships(of: main, in: zip).all where link.kind == "person" && !link.isExternal {
            for token in try Self.part(link.target, zip)?.tokens ?? [] where EditedPart.local(token.name) == "person" {
                if let id = token.attribute("id") { persons[id] = token.attribute("displayName") ?? "" }
            }
        }
        self.persons = persons
    }

    /// The notes and conversations of a sheet.
    mutating func read(_ sheet: Workbook.Sheet) throws(OfficeFileError) {
        let links = try PackageRelationships(of: sheet.part, in: zip)
        if let name = links.target("comments"), let part = try Self.part(name, zip) {
            let comments = SheetComments(part, author: author, seam: "")
            for note in comments.notes where !note.isConversation {
                let text = NoteText(note.text, author: author)
                keep(text, at: note.cell, on: sheet)
                for reply in text.replies {
                    add(AnsweredFinding(number: reply.number, replies: [.init(text: reply.text)]))
                }
            }
        }
        for link in links.all where link.kind == "threadedComment" && !link.isExternal {
            if let part = try Self.part(link.target, zip) { read(part, sheet) }
        }
    }

    /// Answers that were read elsewhere.
    mutating func take(_ answered: [AnsweredFinding]) { for answer in answered { add(answer) } }

    /// The answers, each under the id that its finding has now.
    func renumbered(_ known: KnownFindings) -> [AnsweredFinding] {
        var answers = self
        answers.all = []
        for var answer in all {
            answer.number = known.number(answer.number)
            answers.add(answer)
        }
        return answers.all
    }

    private mutating func keep(_ text: NoteText, at cell: CellAddress?, on sheet: Workbook.Sheet) {
        let place = cell.map { CellNote.Cell(sheet: sheet.name, address: $0).text } ?? ""
        for (number, says) in Swift.zip(text.numbers, text.told) {
            written.append(WrittenFinding(number: number, says: says, place: place))
        }
    }

    private mutating func add(_ answer: AnsweredFinding) {
        guard let index = all.firstIndex(where: { $0.number == answer.number }) else { return all.append(answer) }
        all[index].replies += answer.replies
        if answer.isResolved { all[index].isResolved = true }
    }

    private static func part(_ name: String, _ zip: ZipReader) throws(OfficeFileError) -> EditedPart? {
        guard let entry = zip[name] else { return nil }
        guard entry.byteCount <= PackageEditing.maximumBytes else {
            throw .partTooLarge(name, PackageEditing.maximumBytes)
        }
        return try EditedPart(name, zip.bytes(of: entry))
    }

    // MARK: Conversations

    /// A comment of Excel's newer kind. What others answer to it names it; answers are one level deep.
    private struct Threaded {
        var id = ""
        var cell: CellAddress?
        var parent: String?
        var person = ""
        var isResolved = false
        var text = ""
    }

    private mutating func read(_ part: EditedPart, _ sheet: Workbook.Sheet) {
        let comments = Self.comments(of: part)
        for comment in comments where comment.parent == nil {
            let note = NoteText(comment.text, author: author)
            if note.numbers.isEmpty { continue }
            keep(note, at: comment.cell, on: sheet)
            let answers = comments.filter { $0.parent == comment.id && !comment.id.isEmpty }
            let said = answers.map { AnsweredFinding.Reply(author: name($0.person), text: $0.text) }
                .filter { $0.author != author }
            // What was written beneath the note before it became a conversation has nobody's name.
            let beneath = Dictionary(note.replies.map { ($0.number, $0.text) }) { first, _ in first }
            for number in note.numbers {
                let first = beneath[number].map { [AnsweredFinding.Reply(text: $0)] } ?? []
                add(AnsweredFinding(number: number, replies: first + said, isResolved: comment.isResolved))
            }
        }
    }

    private func name(_ person: String) -> String { persons[person] ?? "" }

    private static func comments(of part: EditedPart) -> [Threaded] {
        var (comments, isText) = ([Threaded](), false)
        for token in part.tokens {
            switch (token.kind, EditedPart.local(token.name)) {
            case (.start, "threadedComment"):
                var comment = Threaded()
                comment.id = token.attribute("id") ?? ""
                comment.cell = token.attribute("ref").flatMap { CellAddress($0) }
                comment.parent = token.attribute("parentId")
                comment.person = token.attribute("personId") ?? ""
                comment.isResolved = ["1", "true"].contains(token.attribute("done"))
                comments.append(comment)
            case (.start, "text"): isText = true
            case (.end, "text"): isText = false
            case (.text, _) where isText && !comments.isEmpty: comments[comments.count - 1].text += token.text
            default: break
            }
        }
        return comments
    }
}
