import FindingAnswers
import Groundwork
import Markup
import OfficeFiles

/// A Word file that gets comments: its parts are spliced, not written anew.
///
/// Whatever no comment needs is the same bytes in the copy. What is written is read once more before it is handed over: the copy says
/// what the file says, and has the comments.
struct CommentedDocument {
    private let original: [UInt8]
    private let zip: ZipReader
    private let author: String
    private let main: String
    private let body: [UInt8]
    private let markup: WordMarkup
    private let relationships: PackageRelationships
    /// The file as it is read.
    let document: WordDocument

    /// - Throws: ``OfficeFileError`` for what is no Word file that can be read.
    init(_ original: [UInt8], author: String) throws(OfficeFileError) {
        (self.original, self.author) = (original, author)
        zip = try ZipReader(original)
        main = try WordDocument.mainPart(of: zip)
        body = try zip.bytes(of: main)
        document = try WordDocument.read(zip, named: "")
        markup = try WordMarkup(of: body)
        relationships = try PackageRelationships(of: main, in: zip)
    }

    /// The file with comments; those whose place is not in it stand at its first paragraph with text.
    ///
    /// - Parameter suggests: whether corrections are proposed as tracked changes.
    func adding(_ comments: [DocumentComment], suggests: Bool = false) throws(OfficeFileError) -> [UInt8] {
        let known = Set(ownFindings(among: comments).map(\.finding))
        let fresh = comments.filter { $0.finding.isEmpty || !known.contains($0.finding) }
        var placing = CommentPlacing(document, body, markup, author: author, identity: identity)
        if suggests { for comment in comments { placing.propose(comment) } }
        for comment in fresh { placing.add(comment) }
        var patch = ZipPatch()
        let text = placing.applied()
        if text != body { patch[main] = text }
        if !placing.entries.isEmpty {
            let part = CommentsPart(
                main: main,
                zip: zip,
                relationships: relationships,
                markup: markup,
                author: author,
                date: time
            )
            for (name, bytes) in try part.parts(adding: placing.entries) { patch[name] = bytes }
        }
        let copy = try patch.applied(to: zip, original)
        try check(copy, placing.entries.count)
        return copy
    }

    /// The comments of this author that tell of a finding: by its id, which stands in their last line, or by what they say.
    ///
    /// Ids hold the file's name, and a file comes back under another one: then each finding says what it said, under another id.
    ///
    /// - Parameter comments: those that tell of the findings that there are now.
    private func ownFindings(among comments: [DocumentComment]) -> [(finding: String, comment: WordComment)] {
        let own = document.comments.filter { $0.author == author && $0.answers == nil }.compactMap { comment in
            FindingNumber.last(inText: comment.text).map { ($0, comment) }
        }
        let current = Set(comments.map(\.finding))
        var taken = Set(own.map(\.0))
        return own.map { number, comment in
            if current.contains(number) { return (number, comment) }
            let same = comments.first { $0.finding != "" && !taken.contains($0.finding) && $0.says(comment.text) }
            guard let same else { return (number, comment) }
            taken.insert(same.finding)
            return (same.finding, comment)
        }
    }

    /// What people have answered to the comments of this author.
    ///
    /// - Parameter comments: those that tell of the findings that there are now.
    func answered(among comments: [DocumentComment]) -> [AnsweredFinding] {
        let own = ownFindings(among: comments)
        let authors = Set(own.map(\.comment.author))
        return own.map { number, comment in
            let replies = document.comments.filter { $0.answers == comment.id && !authors.contains($0.author) }
            return AnsweredFinding(
                number: number,
                replies: replies.map { AnsweredFinding.Reply(author: $0.author, text: $0.text) },
                isResolved: comment.isResolved
            )
        }
    }

    /// That the copy can be read, says the same and has all comments.
    private func check(_ copy: [UInt8], _ added: Int) throws(OfficeFileError) {
        let read = try WordDocument.read(ZipReader(copy), named: "")
        let same =
            read.comments.count == document.comments.count + added && read.blocks.texts == document.blocks.texts
        if !same { throw .notCommented }
    }

    // MARK: Who and when

    /// The file's own time, so that the same file and findings give the same bytes.
    private var time: String? { document.coreProperties["modified"].flatMap(Self.time) }

    /// What a proposed change says of itself.
    private var identity: String {
        let prefix = markup.prefix
        return " \(prefix)author=\"\(escaped(author, for: .xml))\"" + (time.map { " \(prefix)date=\"\($0)\"" } ?? "")
    }

    /// A time as Word reads it: `2026-11-28T10:00:00Z`.
    private static func time(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let isTime = bytes.count == 20 && bytes[10] == UInt8(ascii: "T") && bytes[19] == UInt8(ascii: "Z")
        let allowed = bytes.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: ":")).contains(byte) || "-TZ".utf8.contains(byte)
        }
        return isTime && allowed ? text : nil
    }
}

extension [WordBlock] {
    /// The text of every paragraph as it stands, cells included, in order.
    fileprivate var texts: [String] {
        flatMap { block -> [String] in
            switch block {
            case .paragraph(let paragraph): [paragraph.text]
            case .table(let table): table.rows.flatMap { $0.cells.flatMap(\.blocks.texts) }
            }
        }
    }
}

// MARK: - Messages

extension OfficeFileError {
    fileprivate static let notCommented = OfficeFileError(
        reason: LocalizedText(
            zh: "批注写入后，正文与原文不再一致，故未写出",
            en: "with comments in it the text would no longer be the same, so that no copy was written"
        ),
        help: LocalizedText(zh: "请在 Word 或 WPS 中打开并另存一份", en: "open it in Word or WPS and save it again")
    )
}
