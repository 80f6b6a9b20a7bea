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
    private var path: [WordElement] = []
    /// What the names of the part are, by the numbers that its reader gives them.
    private var elements: [WordElement] = []
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
        let element = element(name, reader)
        if skipped > 0 || element == .leftOut || element == .fallback && hasChoice.last == true {
            skipped += 1
            return
        }
        path.append(element)
        switch element {
        case .p:
            beginParagraph(reader)
            if comment != nil { comment?.lastParagraph = attributes[.word2010, "paraId"] }
        case .r: run = WordRun("")
        case .t, .delText: isText = true
        case .tbl: tables.append(OpenTable(number: outline.nextTable()))
        case .tr: openTable?.beginRow()
        case .tc: beginCell()
        case .txbxContent: containers.append([])
        case .sdt: controls.append(false)
        case .ins: beginRevision(.inserted, attributes)
        case .del: beginRevision(.deleted, attributes)
        case .moveFrom: beginRevision(.movedFrom, attributes)
        case .moveTo: beginRevision(.movedTo, attributes)
        case .hyperlink: targets.append(target(attributes))
        case .fldSimple: fields.beginSimple(attributes[.word, "instr"] ?? "")
        case .document: isWord = true
        case .footnote, .endnote, .comment: beginNote(element, attributes)
        case .alternateContent: hasChoice.append(false)
        case .choice: if !hasChoice.isEmpty { hasChoice[hasChoice.count - 1] = true }
        case .other, .otherProperties: break
        default:
            beginProperty(element, attributes)
            beginContent(element, attributes)
        }
    }

    func text(_ text: String, _ reader: XMLReader) throws(OfficeFileError) {
        if skipped > 0 { return }
        if isText { add(text) }
        if path.last == .instrText || path.last == .delInstrText { fields.addInstruction(text) }
    }

    func end(_ name: XMLName, _ reader: XMLReader) throws(OfficeFileError) {
        if skipped > 0 {
            skipped -= 1
            return
        }
        let element = path.removeLast()
        switch element {
        case .p: endParagraph(reader)
        case .pPr:
            if path.last == .p {
                openParagraph?.value.spot.content = reader.range.upperBound..<reader.range.upperBound
            }
        case .r: endRun()
        case .t, .delText: isText = false
        case .tbl: endTable()
        case .tr: openTable?.endRow()
        case .tc: endCell()
        case .txbxContent: endBox()
        case .sdt: _ = controls.popLast()
        case .ins, .del, .moveFrom, .moveTo: if !isProperty { _ = revisions.popLast() }
        case .hyperlink: _ = targets.popLast()
        case .fldSimple: fields.end()
        case .footnote, .endnote, .comment: endNote()
        case .alternateContent: _ = hasChoice.popLast()
        default: break
        }
    }

    /// What an element is; each name is looked at once.
    private func element(_ name: XMLName, _ reader: XMLReader) -> WordElement {
        guard let number = reader.nameNumber else { return WordElement(name) }
        while elements.count <= number { elements.append(WordElement(name)) }
        return elements[number]
    }

    /// Whether the element at hand stands among properties.
    private var isProperty: Bool { path.last?.isProperties == true }

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
        let style = styles.looks(of: open.style)
        open.value.style = style.name
        if style.isContents { open.value.isInContents = true }
        number(&open)
        let isInTable = isInCell
        if open.level == nil, !open.value.isInContents { open.level = style.level }
        if let level = open.level, level > 0, !open.value.isBlank {
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

    private func beginContent(_ element: WordElement, _ attributes: XMLAttributes) {
        switch element {
        case .tab, .ptab: if parent == .r { add("\t") }
        case .br: if !["page", "column"].contains(attributes[.word, "type"] ?? "") { add("\n") }
        case .cr: add("\n")
        case .noBreakHyphen: add("\u{2011}")
        case .softHyphen: add("\u{AD}")
        case .sym:
            if let code = attributes[.word, "char"].flatMap({ UInt32($0, radix: 16) }),
                let scalar = WordSymbol.scalar(code, font: attributes[.word, "font"] ?? "")
            {
                add(String(scalar))
            }
        case .fldChar: fields.meet(attributes[.word, "fldCharType"] ?? "")
        case .footnoteReference, .endnoteReference:
            if let id = attributes[.word, "id"] {
                run?.note = WordNote.Reference(isEndnote: element == .endnoteReference, id: id)
            }
        case .bookmarkStart:
            bookmarks.begin(attributes[.word, "id"], attributes[.word, "name"], openParagraph?.value.runs.count ?? 0)
        case .bookmarkEnd: bookmarks.end(attributes[.word, "id"], openParagraph?.value.runs.count ?? 0)
        default: break
        }
    }

    private func beginRevision(_ kind: WordRevision.Kind, _ attributes: XMLAttributes) {
        let revision = WordRevision(
            kind,
            author: attributes[.word, "author"] ?? "",
            date: attributes[.word, "date"] ?? ""
        )
        switch parent {
        case .rPr: if path.dropLast(2).last == .pPr { openParagraph?.value.endRevision = revision }
        case .trPr: openTable?.row?.revision = revision
        case let parent where parent?.isProperties == true: break
        default: revisions.append(revision)
        }
    }

    /// What the element at hand stands in.
    private var parent: WordElement? { path.count > 1 ? path[path.count - 2] : nil }

    private func target(_ attributes: XMLAttributes) -> String {
        if let target = attributes[.relationship, "id"].flatMap(links.target(ofID:)) { return target }
        return attributes[.word, "anchor"].map { "#" + $0 } ?? ""
    }

    // MARK: Properties

    private func beginProperty(_ element: WordElement, _ attributes: XMLAttributes) {
        guard let parent, parent.isProperties || parent == .docPartObj else { return }
        let value = attributes[.word, "val"]
        switch (parent, element) {
        case (.pPr, .pStyle): openParagraph?.style = value
        case (.pPr, .outlineLvl):
            // 9 is body text, whatever the style says.
            openParagraph?.level = (value?.wordNumber).map { (0...8).contains($0) ? $0 + 1 : 0 }
        case (.numPr, .numId):
            openParagraph?.saysList = true
            let level = openParagraph?.value.list?.level ?? 1
            openParagraph?.value.list = value.flatMap { $0 == "0" ? nil : WordListPlace(list: $0, level: level) }
        case (.numPr, .ilvl):
            let list = openParagraph?.value.list?.list ?? ""
            openParagraph?.value.list = WordListPlace(list: list, level: 1 + (value?.wordNumber ?? 0))
        case (.rPr, .vanish): if run != nil, !["0", "false", "off"].contains(value ?? "") { run?.isHidden = true }
        case (.tblPr, .tblCaption): openTable?.value.caption = value
        case (.trPr, .tblHeader):
            openTable?.row?.isHead = !["0", "false", "off"].contains(value ?? "")
        case (.trPr, .gridBefore): openTable?.column += max(0, min(value?.wordNumber ?? 0, 1_000))
        case (.tcPr, .gridSpan): openTable?.span = max(1, min(value?.wordNumber ?? 1, 1_000))
        case (.tcPr, .vMerge): openTable?.merge = value == "restart" ? .start : .under
        case (.docPartObj, .docPartGallery):
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

    /// Whether what is read next stands in a cell of the innermost table itself.
    private var isInCell: Bool { tables.indices.last.map { tables[$0].depth == containers.count } ?? false }

    private func beginCell() {
        if let last = tables.indices.last, tables[last].value.title.isEmpty {
            let caption = tables[last].value.caption ?? containers.last.flatMap { WordOutline.caption(above: $0) }
            tables[last].value.caption = caption
            tables[last].value.title = outline.title(caption, number: tables[last].value.number)
        }
        openTable?.beginCell()
        containers.append([])
        openTable?.depth = containers.count
    }

    /// Gives the open cell its place once its properties are known.
    private func prepareCell() {
        guard isInCell, let last = tables.indices.last, tables[last].cell == nil else { return }
        tables[last].placeCell(in: file)
    }

    private func endCell() {
        guard containers.count > 1, isInCell else { return }
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

    private func beginNote(_ element: WordElement, _ attributes: XMLAttributes) {
        containers.append([])
        let id = attributes[.word, "id"] ?? ""
        if element == .comment {
            comment = WordComment(
                id: id,
                author: attributes[.word, "author"] ?? "",
                date: attributes[.word, "date"] ?? "",
                text: ""
            )
        } else if ["normal", nil].contains(attributes[.word, "type"]) {
            noteReference = WordNote.Reference(isEndnote: element == .endnote, id: id)
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
