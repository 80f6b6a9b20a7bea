import Groundwork
import Markup
import OfficeFiles

/// Writes notes at the cells of one sheet: into its part of notes and the drawing of their boxes, new ones where it has none.
struct SheetNoting {
    let sheet: String
    let author: String
    /// What the workbook tells of already.
    let known: KnownFindings

    /// Stands between somebody's note and ours at the same cell.
    private var seam: String { "\n—— \(author) ——\n" }

    /// What our earlier notes are replaced by; one in which somebody has answered stays, and what is new follows it.
    ///
    /// - Returns: the cells at which no note could be written, for a conversation is there.
    func write(
        _ notes: [(address: CellAddress, findings: [CellNote])],
        into package: inout PackageEditing
    ) throws(OfficeFileError) -> [CellAddress] {
        let links = try PackageRelationships(of: sheet, in: package.zip)
        let part = links.target("comments").flatMap { package.zip[$0] == nil ? nil : $0 }
        if notes.isEmpty, part == nil { return [] }
        var left: [CellAddress] = []
        var boxes = (added: notes.map(\.address), removed: [CellAddress]())
        if let part {
            guard let part = try package.part(part) else { return [] }
            var comments = SheetComments(part, author: author, seam: seam)
            try comments.dropOwn()
            (left, boxes.added) = try comments.add(notes, known)
            boxes.removed = comments.dropped
            if comments.isChanged { package.set(comments.part) } else { return left }
        } else {
            let part = package.freeName("xl/comments", ".xml")
            package.set(part, SheetComments.new(notes, author: author))
            _ = try package.relate(sheet, to: part, "comments")
            try package.declare(
                "Override PartName=\"/\(part)\" ContentType=\"\(WorkbookParts.types).comments+xml\""
            ) { _ in false }
        }
        try draw(boxes.added, without: boxes.removed, into: &package)
        return left
    }

    // MARK: Boxes

    private func draw(
        _ added: [CellAddress],
        without removed: [CellAddress],
        into package: inout PackageEditing
    ) throws(OfficeFileError) {
        guard let bytes = try package.bytes(sheet) else { throw .damagedPart(sheet) }
        let tail = try SheetTail(sheet, bytes)
        let links = try PackageRelationships(of: sheet, in: package.zip)
        if let id = tail.drawing {
            guard let name = links.all.first(where: { $0.id == id && !$0.isExternal })?.target,
                let part = try package.part(name)
            else { throw .damagedPart(sheet) }
            var drawing = NoteDrawing(part)
            drawing.remove(removed)
            try drawing.add(added)
            return package.set(drawing.part)
        }
        let part = package.freeName("xl/drawings/vmlDrawing", ".vml")
        package.set(part, NoteDrawing.new(added))
        let id = try package.relate(sheet, to: part, "vmlDrawing")
        try package.declare(
            "Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\""
        ) { token in
            EditedPart.local(token.name) == "Default" && token.attribute("Extension")?.lowercased() == "vml"
        }
        package.set(sheet, tail.with(drawing: id))
    }
}

/// The notes of a sheet, `xl/comments1.xml`.
struct SheetComments {
    private(set) var part: EditedPart
    /// The cells whose notes were taken out.
    private(set) var dropped: [CellAddress] = []
    private(set) var isChanged = false
    /// Where the notes begin in which somebody has answered.
    private var answered: Set<Int> = []
    private let author: String
    private let seam: String
    private let authors: [String]

    init(_ part: EditedPart, author: String, seam: String) {
        (self.part, self.author, self.seam) = (part, author, seam)
        var (authors, isAuthor) = ([String](), false)
        for token in part.tokens {
            if EditedPart.local(token.name) == "author" {
                if token.kind != .end { authors.append("") }
                isAuthor = token.kind == .start
            } else if isAuthor, token.kind == .text, !authors.isEmpty {
                authors[authors.count - 1] += token.text
            }
        }
        self.authors = authors
    }

    /// Takes out what an earlier review has written.
    mutating func dropOwn() throws(OfficeFileError) {
        for index in part.tokens.indices where isComment(index) {
            if NoteText(text(index), author: author).hasReplies {
                answered.insert(index)
                continue
            }
            guard let range = part.range(of: index) else { throw .damagedPart(part.name) }
            if authorName(index) == author {
                part.remove(range)
                if let address = address(index) { dropped.append(address) }
                isChanged = true
            } else if let run = ownRun(index) {
                part.remove(run)
                isChanged = true
            }
        }
    }

    /// - Returns: the cells where a conversation is, which stays as it is, and those that need a box.
    mutating func add(
        _ notes: [(address: CellAddress, findings: [CellNote])],
        _ written: KnownFindings
    ) throws(OfficeFileError) -> (left: [CellAddress], boxes: [CellAddress]) {
        var others: [CellAddress: Int] = [:]
        for index in part.tokens.indices where isComment(index) {
            if authorName(index) == author, !answered.contains(index) { continue }
            if let address = address(index) { others[address] = index }
        }
        var (left, boxes, elements) = ([CellAddress](), [CellAddress](), "")
        let prefix = part.prefix
        let number = authors.firstIndex(of: author) ?? authors.count
        for (address, findings) in notes {
            guard let other = others[address] else {
                elements += Self.element(address, findings.joinedText, author: number, prefix)
                boxes.append(address)
                continue
            }
            // What stands there already, with an answer or in a conversation, is not written once more.
            let known = Set(NoteText(text(other), author: author).numbers.map(written.number))
            let isKept = answered.contains(other) || isConversation(other)
            let fresh = isKept ? findings.filter { $0.number.isEmpty || !known.contains($0.number) } : findings
            if fresh.isEmpty { continue }
            // Excel shows the conversation, and not what stands in for it here.
            guard !isConversation(other), let end = textEnd(other) else {
                left.append(address)
                continue
            }
            part.put(Self.run(seam + fresh.joinedText, prefix), at: end)
            isChanged = true
        }
        if elements.isEmpty { return (left, boxes) }
        if number == authors.count {
            let name = "<\(prefix)author>\(escaped(author, for: .xml))</\(prefix)author>"
            guard part.append(name, to: "authors") else { throw .damagedPart(part.name) }
        }
        guard part.append(elements, to: "commentList") else { throw .damagedPart(part.name) }
        isChanged = true
        return (left, boxes)
    }

    private func isComment(_ index: Int) -> Bool {
        part.tokens[index].kind == .start && EditedPart.local(part.tokens[index].name) == "comment"
    }

    private func address(_ index: Int) -> CellAddress? {
        part.tokens[index].attribute("ref").flatMap { CellAddress($0) }
    }

    private func authorName(_ index: Int) -> String {
        guard let number = part.tokens[index].attribute("authorId").flatMap(Int.init), authors.indices.contains(number)
        else { return "" }
        return authors[number]
    }

    /// Whether it stands in for a conversation, for programs that know none.
    private func isConversation(_ index: Int) -> Bool { authorName(index).hasPrefix("tc=") }

    /// What a note says, without how it is pronounced.
    private func text(_ index: Int) -> String {
        guard let end = part.end(of: index) else { return "" }
        var (text, isText, pronounced) = ("", false, 0)
        for token in part.tokens[index..<end] {
            switch (token.kind, EditedPart.local(token.name)) {
            case (.start, "t"): isText = true
            case (.end, "t"): isText = false
            case (.start, "rPh"): pronounced += 1
            case (.end, "rPh"): pronounced -= 1
            case (.text, _) where isText && pronounced == 0: text += token.text
            default: break
            }
        }
        return text
    }

    /// All notes as they are read.
    var notes: [(cell: CellAddress?, text: String, isConversation: Bool)] {
        part.tokens.indices.filter(isComment).map { (address($0), text($0), isConversation($0)) }
    }

    /// Behind the last run of a note's text.
    private func textEnd(_ index: Int) -> Int? {
        guard let end = part.end(of: index) else { return nil }
        var last: Int?
        for position in index..<end {
            let token = part.tokens[position]
            if token.kind == .end, ["r", "t"].contains(EditedPart.local(token.name)) { last = token.range.upperBound }
            if ["rPh", "phoneticPr"].contains(EditedPart.local(token.name)) { break }
        }
        return last
    }

    /// The run that an earlier review has put behind somebody's note.
    private func ownRun(_ index: Int) -> Range<Int>? {
        guard let end = part.end(of: index) else { return nil }
        for position in index..<end where EditedPart.local(part.tokens[position].name) == "r" {
            guard part.tokens[position].kind == .start, let last = part.end(of: position) else { continue }
            let text = part.tokens[position..<last].map(\.text).joined()
            if text.hasPrefix(seam) || text.hasPrefix(seam.dropFirst()) { return part.range(of: position) }
        }
        return nil
    }

    // MARK: Text

    static func new(_ notes: [(address: CellAddress, findings: [CellNote])], author: String) -> [UInt8] {
        let list = notes.map { element($0.address, $0.findings.joinedText, author: 0, "") }.joined()
        return Array(
            (WorkbookParts.declaration + "<comments xmlns=\"\(WorkbookParts.main)\"><authors>"
                + "<author>\(escaped(author, for: .xml))</author></authors><commentList>\(list)</commentList></comments>")
                .utf8
        )
    }

    private static func element(_ address: CellAddress, _ text: String, author: Int, _ prefix: String) -> String {
        "<\(prefix)comment ref=\"\(address)\" authorId=\"\(author)\"><\(prefix)text>\(run(text, prefix))</\(prefix)text></\(prefix)comment>"
    }

    private static func run(_ text: String, _ prefix: String) -> String {
        "<\(prefix)r><\(prefix)t xml:space=\"preserve\">\(escaped(text, for: .xml))</\(prefix)t></\(prefix)r>"
    }
}

extension [CellNote] {
    /// The findings at one cell, one after the other.
    fileprivate var joinedText: String {
        let text = map(\.text).joined(separator: "\n\n")
        // A cell's note has as many characters as a cell.
        return text.count <= 30_000 ? text : text.prefix(30_000) + "…"
    }
}
