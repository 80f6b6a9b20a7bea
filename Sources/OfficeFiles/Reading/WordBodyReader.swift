internal import Groundwork

/// Reads a part with text: the body, a header, the notes, the comments.
///
/// What is open (a cell in a table in a text box in a paragraph …) stands on stacks; elements that it does not know are passed
/// through, so that what is inside content controls, links and "smart tags" is read like everything else.
final class WordBodyReader: XMLHandler {
    let file: String
    let styles: WordStyles
    let links: PackageRelationships
    /// Counts the numbered paragraphs; nil in parts whose paragraphs are not counted with those of the body.
    let numbering: WordNumbering?

    /// Whether the part is one of Word's.
    private(set) var isWord = false
    var blocks: [WordBlock] { containers.first ?? [] }
    private(set) var notes: [WordNote] = []
    private(set) var comments: [WordComment] = []

    /// Lists of blocks that are being filled: the part's own, those of cells, of text boxes and of notes.
    var containers: [[WordBlock]] = [[]]
    private var paragraphs: [OpenParagraph] = []
    private var tables: [OpenTable] = []
    var outline = WordOutline()
    private var fields = OpenFields()
    private var revisions: [WordRevision] = []
    private var targets: [String] = []
    private var bookmarks = OpenBookmarks()
    /// For each content control that is open, whether it holds a table of contents.
    private var controls: [Bool] = []
    /// For each pair of old and new drawing, whether the new one was there.
    private var hasChoice: [Bool] = []
    private var path: [String] = []
    /// How many elements inside one that is left out are open.
    private var skipped = 0
    private var run: WordRun?
    private var isText = false
    private var noteReference: WordNote.Reference?
    private var comment: WordComment?

    init(file: String, styles: WordStyles, links: PackageRelationships, numbering: WordNumbering? = nil) {
        (self.file, self.styles, self.links, self.numbering) = (file, styles, links, numbering)
    }

    // MARK: Elements

    func begin(_ name: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) throws(OfficeFileError) {
        if skipped > 0 || isLeftOut(name) {
            skipped += 1
            return
        }
        path.append(name.local)
        guard name.namespace == .word else { return beginCompatibility(name) }
        switch name.local {
        case "p":
            beginParagraph(reader)
            comment?.lastParagraph = attributes[.word2010, "paraId"]
        case "r": run = WordRun("")
        case "t", "delText": isText = true
        case "tbl": tables.append(OpenTable(number: outline.nextTable()))
        case "tr": openTable?.beginRow()
        case "tc": beginCell()
        case "txbxContent": containers.append([])
        case "sdt": controls.append(false)
        case "ins", "del", "moveFrom", "moveTo": beginRevision(name.local, attributes)
        case "hyperlink": targets.append(target(attributes))
        case "fldSimple": fields.beginSimple(attributes[.word, "instr"] ?? "")
        case "document": isWord = true
        case "footnote", "endnote", "comment": beginNote(name.local, attributes)
        default:
            beginProperty(name.local, attributes)
            beginContent(name.local, attributes)
        }
    }

    func text(_ text: String, _ reader: XMLReader) throws(OfficeFileError) {
        if skipped > 0 { return }
        if isText { add(text) }
        if path.last == "instrText" || path.last == "delInstrText" { fields.addInstruction(text) }
    }

    func end(_ name: XMLName, _ reader: XMLReader) throws(OfficeFileError) {
        if skipped > 0 {
            skipped -= 1
            return
        }
        path.removeLast()
        guard name.namespace == .word else {
            if name.namespace == .compatibility, name.local == "AlternateContent" { _ = hasChoice.popLast() }
            return
        }
        switch name.local {
        case "p": endParagraph(reader)
        case "pPr":
            if path.last == "p" {
                openParagraph?.value.spot.content = reader.range.upperBound..<reader.range.upperBound
            }
        case "r": endRun()
        case "t", "delText": isText = false
        case "tbl": endTable()
        case "tr": openTable?.endRow()
        case "tc": endCell()
        case "txbxContent": endBox()
        case "sdt": _ = controls.popLast()
        case "ins", "del", "moveFrom", "moveTo":
            if !isProperty { _ = revisions.popLast() }
        case "hyperlink": _ = targets.popLast()
        case "fldSimple": fields.end()
        case "footnote", "endnote", "comment": endNote()
        default: break
        }
    }

    /// What was there before a change of looks, the old form of a drawing, readings of characters.
    private func isLeftOut(_ name: XMLName) -> Bool {
        if name.namespace == .compatibility { return name.local == "Fallback" && hasChoice.last == true }
        return name.namespace == .word
            && (name.local.hasSuffix("PrChange") || name.local == "rt" || name.local == "numberingChange")
    }

    private func beginCompatibility(_ name: XMLName) {
        guard name.namespace == .compatibility else { return }
        if name.local == "AlternateContent" { hasChoice.append(false) }
        if name.local == "Choice", !hasChoice.isEmpty { hasChoice[hasChoice.count - 1] = true }
    }

    /// Whether the element at hand stands among properties.
    private var isProperty: Bool { path.last?.hasSuffix("Pr") == true }

    // MARK: Paragraphs

    private var openParagraph: OpenParagraph? {
        get { paragraphs.last }
        _modify {
            var paragraph = paragraphs.popLast()
            yield &paragraph
            if let paragraph { paragraphs.append(paragraph) }
        }
    }

    private func beginParagraph(_ reader: XMLReader) {
        prepareCell()
        var paragraph = WordParagraph(place: .paragraph(file: file, heading: [], index: 1))
        paragraph.spot.whole = reader.range
        paragraph.spot.content = reader.range.upperBound..<reader.range.upperBound
        paragraph.isInContents = controls.contains(true)
        paragraphs.append(OpenParagraph(value: paragraph, depth: containers.count))
        bookmarks.beginParagraph(paragraphs.count)
    }

    private func endParagraph(_ reader: XMLReader) {
        guard var open = paragraphs.popLast() else { return }
        bookmarks.endParagraph(&open.value, paragraphs.count + 1)
        let (start, range) = (open.value.spot.content.lowerBound, reader.range)
        open.value.spot.content = start..<max(start, range.lowerBound)
        open.value.spot.whole = open.value.spot.whole.lowerBound..<range.upperBound
        open.value.style = styles.name(of: open.style)
        if let style = open.value.style, style.lowercased().hasPrefix("toc ") { open.value.isInContents = true }
        number(&open)
        let isInTable = !tables.isEmpty && tables.last?.depth == containers.count
        if open.level == nil, !open.value.isInContents { open.level = styles.level(of: open.style) }
        if let level = open.level, level > 0, !open.value.text.allSatisfy(\.isWhitespace) {
            open.value.outlineLevel = level
        }
        if isInTable, let place = tables.last?.cell?.place {
            open.value.place = place
        } else if containers.count == 1 {
            open.value.place = outline.place(of: open.value, in: file)
        }
        open.value.placeBoxes()
        containers[containers.count - 1].append(.paragraph(open.value))
    }

    /// What Word prints before the paragraph. One that is proposed to be taken away does not count.
    private func number(_ open: inout OpenParagraph) {
        guard let numbering else { return }
        if !open.saysList { open.value.list = styles.list(of: open.style, numbering) ?? open.value.list }
        guard let place = open.value.list, !place.list.isEmpty, open.value.endRevision?.isInsertion != false else {
            return
        }
        open.value.number = numbering.next(place)
    }

    private func endBox() {
        guard containers.count > 1 else { return }
        let blocks = containers.removeLast()
        openParagraph?.value.boxes += blocks
    }

    // MARK: Runs

    private func add(_ text: String) {
        if run == nil { run = WordRun("") }
        run?.text += text
    }

    private func endRun() {
        defer { run = nil }
        guard var run, !run.text.isEmpty || run.note != nil, !fields.isInInstruction, !paragraphs.isEmpty else {
            return
        }
        let proposed = Set(revisions.map(\.isInsertion))
        // Proposed to be added, and to be taken away again: it never was there, nor will it be.
        if proposed.count == 2 { return }
        run.revision = revisions.last
        run.field = fields.keyword
        run.link = targets.last.flatMap { $0.isEmpty ? nil : $0 }
        if fields.isInContents { paragraphs[paragraphs.count - 1].value.isInContents = true }
        paragraphs[paragraphs.count - 1].value.runs.append(run)
    }

    private func beginContent(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "tab", "ptab": if path.dropLast().last == "r" { add("\t") }
        case "br": if !["page", "column"].contains(attributes[.word, "type"] ?? "") { add("\n") }
        case "cr": add("\n")
        case "noBreakHyphen": add("\u{2011}")
        case "softHyphen": add("\u{AD}")
        case "sym":
            if let code = attributes[.word, "char"].flatMap({ UInt32($0, radix: 16) }),
                let scalar = WordSymbol.scalar(code, font: attributes[.word, "font"] ?? "")
            {
                add(String(scalar))
            }
        case "fldChar": fields.meet(attributes[.word, "fldCharType"] ?? "")
        case "footnoteReference", "endnoteReference":
            if let id = attributes[.word, "id"] {
                run?.note = WordNote.Reference(isEndnote: name == "endnoteReference", id: id)
            }
        case "bookmarkStart":
            bookmarks.begin(attributes[.word, "id"], attributes[.word, "name"], openParagraph?.value.runs.count ?? 0)
        case "bookmarkEnd": bookmarks.end(attributes[.word, "id"], openParagraph?.value.runs.count ?? 0)
        default: break
        }
    }

    private func beginRevision(_ name: String, _ attributes: XMLAttributes) {
        let kinds = ["ins": WordRevision.Kind.inserted, "del": .deleted, "moveFrom": .movedFrom, "moveTo": .movedTo]
        guard let kind = kinds[name] else { return }
        let revision = WordRevision(
            kind,
            author: attributes[.word, "author"] ?? "",
            date: attributes[.word, "date"] ?? ""
        )
        switch path.dropLast().last {
        case "rPr": if path.dropLast(2).last == "pPr" { openParagraph?.value.endRevision = revision }
        case "trPr": openTable?.row?.revision = revision
        case let parent where parent?.hasSuffix("Pr") == true: break
        default: revisions.append(revision)
        }
    }

    private func target(_ attributes: XMLAttributes) -> String {
        if let target = attributes[.relationship, "id"].flatMap(links.target(ofID:)) { return target }
        return attributes[.word, "anchor"].map { "#" + $0 } ?? ""
    }

    // MARK: Properties

    private func beginProperty(_ name: String, _ attributes: XMLAttributes) {
        guard path.count > 1 else { return }
        let value = attributes[.word, "val"]
        switch (path[path.count - 2], name) {
        case ("pPr", "pStyle"): openParagraph?.style = value
        case ("pPr", "outlineLvl"):
            // 9 is body text, whatever the style says.
            openParagraph?.level = (value?.wordNumber).map { (0...8).contains($0) ? $0 + 1 : 0 }
        case ("numPr", "numId"):
            openParagraph?.saysList = true
            let level = openParagraph?.value.list?.level ?? 1
            openParagraph?.value.list = value.flatMap { $0 == "0" ? nil : WordListPlace(list: $0, level: level) }
        case ("numPr", "ilvl"):
            let list = openParagraph?.value.list?.list ?? ""
            openParagraph?.value.list = WordListPlace(list: list, level: 1 + (value?.wordNumber ?? 0))
        case ("rPr", "vanish"): if run != nil, !["0", "false", "off"].contains(value ?? "") { run?.isHidden = true }
        case ("tblPr", "tblCaption"): openTable?.value.caption = value
        case ("trPr", "tblHeader"):
            openTable?.row?.isHead = !["0", "false", "off"].contains(value ?? "")
        case ("trPr", "gridBefore"): openTable?.column += max(0, min(value?.wordNumber ?? 0, 1_000))
        case ("tcPr", "gridSpan"): openTable?.span = max(1, min(value?.wordNumber ?? 1, 1_000))
        case ("tcPr", "vMerge"): openTable?.merge = value == "restart" ? .start : .under
        case ("docPartObj", "docPartGallery"):
            if value == "Table of Contents", !controls.isEmpty { controls[controls.count - 1] = true }
        default: break
        }
    }

    // MARK: Tables

    /// The innermost table, changed where it lies: a copy of its row for each cell would make long rows slow.
    private var openTable: OpenTable? {
        get { tables.last }
        _modify {
            var table = tables.popLast()
            yield &table
            if let table { tables.append(table) }
        }
    }

    private func beginCell() {
        if let table = openTable, table.value.title.isEmpty {
            let caption = table.value.caption ?? containers.last.flatMap { WordOutline.caption(above: $0) }
            openTable?.value.caption = caption
            openTable?.value.title = outline.title(caption, number: table.value.number)
        }
        openTable?.beginCell()
        containers.append([])
        openTable?.depth = containers.count
    }

    /// Gives the open cell its place once its properties are known.
    private func prepareCell() {
        guard let table = openTable, table.depth == containers.count, table.cell == nil else { return }
        openTable?.placeCell(in: file)
    }

    private func endCell() {
        guard containers.count > 1, openTable?.depth == containers.count else { return }
        prepareCell()
        let blocks = containers.removeLast()
        openTable?.endCell(blocks)
        openTable?.depth = 0
    }

    private func endTable() {
        guard let table = tables.popLast() else { return }
        containers[containers.count - 1].append(.table(table.value))
    }

    // MARK: Notes

    private func beginNote(_ name: String, _ attributes: XMLAttributes) {
        containers.append([])
        let id = attributes[.word, "id"] ?? ""
        if name == "comment" {
            comment = WordComment(
                id: id,
                author: attributes[.word, "author"] ?? "",
                date: attributes[.word, "date"] ?? "",
                text: ""
            )
        } else if ["normal", nil].contains(attributes[.word, "type"]) {
            noteReference = WordNote.Reference(isEndnote: name == "endnote", id: id)
        }
    }

    private func endNote() {
        guard containers.count > 1 else { return }
        let blocks = containers.removeLast()
        if var comment {
            comment.text = blocks.paragraphs.map(\.text).joined(separator: "\n")
            comments.append(comment)
        }
        if let noteReference { notes.append(WordNote(noteReference, blocks)) }
        (comment, noteReference) = (nil, nil)
    }
}
