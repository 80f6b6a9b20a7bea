internal import Groundwork
public import ReportDocument

/// Fills an outline in: the way from wording to document.
public struct DocumentAssembler {
    private let expander: Expander
    private var sections: [DocumentSection] = [DocumentSection(orientation: .portrait, blocks: [])]
    private var anchors = Anchors()

    private init(_ expander: Expander) { self.expander = expander }

    /// The document that an outline makes of the names of `expander`, and everything that the outline asks for and is not
    /// there in the expander's ``Expander/holes``.
    ///
    /// - Throws: ``TemplateError/tooLong`` for texts that print more than the expander's limit.
    public static func document(_ outline: TemplateOutline, _ expander: Expander) throws(TemplateError) -> Document {
        var assembler = DocumentAssembler(expander)
        expander.unit = outline.unit
        expander.countCaptions(outline.blocks)
        assembler.add(outline.blocks, in: expander.root)
        let title = assembler.line(outline.title, in: expander.root).plainText
        let properties = assembler.properties(outline.properties)
        if expander.isOverLimit { throw .tooLong }
        let sections = assembler.sections.filter { !$0.blocks.isEmpty }
        var document = Document(
            title: title,
            language: outline.language,
            properties: properties,
            sections: sections,
            words: expander.language.words
        )
        document.fillContents()
        return document
    }

    private mutating func add(_ blocks: [TemplateBlock], in scope: Scope) {
        for block in blocks { add(block, in: scope) }
    }

    private mutating func add(_ block: TemplateBlock, in scope: Scope) {
        switch block {
        case .cover(let lines): append(.cover(paragraphs(lines, in: scope)))
        case .signature(let lines): append(.signature(paragraphs(lines, in: scope)))
        case .contents(let title, let depth):
            append(.contents(Contents(title: plain(title, in: scope), depth: depth)))
        case .heading(let level, let text, let look, let isListed):
            add(heading: line(text, in: scope), level, look: look ?? HeadingLook(level: level), isListed: isListed)
        case .paragraphs(let text, let style):
            for runs in expander.runs(text, in: scope).paragraphs {
                append(.paragraph(Paragraph(style: style, runs: runs)))
            }
        case .attached(let text, let level): add(attached: expander.runs(text, in: scope), level)
        case .table(let table): append(.table(expander.table(table, in: scope)))
        case .chart(let chart):
            if let chart = expander.chart(chart, in: scope) { append(.chart(chart)) }
        case .flow(let template): append(.flow(flow(template, in: scope)))
        case .letterhead(let template): append(.letterhead(letterhead(template, in: scope)))
        case .picture(let template): append(.picture(picture(template, in: scope)))
        case .signing(let fields, let columns):
            append(.signing(Signing(fields: fields.map { field($0, in: scope) }, columns: columns)))
        case .page(let orientation):
            sections.append(DocumentSection(orientation: orientation, blocks: []))
        case .findings(let caption):
            if let table = expander.findings(caption, in: scope) { append(.table(table)) }
        case .each(let repetition, let blocks): expander.each(repetition, in: scope) { add(blocks, in: $0) }
        case .named(_, let block): add(block, in: scope)
        case .when(let condition, let blocks, let otherwise):
            add(expander.holds(condition, in: scope) ? blocks : otherwise, in: scope)
        }
    }

    private mutating func append(_ block: DocumentBlock) {
        sections[sections.count - 1].blocks.append(block)
    }

    private mutating func add(heading runs: [Run], _ level: Int, look: HeadingLook, isListed: Bool) {
        let anchor = anchors.anchor(for: runs.plainText)
        append(.heading(Heading(level: level, text: runs, anchor: anchor, isListed: isListed, look: look)))
    }

    private func line(_ wording: Wording, in scope: Scope) -> [Run] { expander.runs(wording, in: scope).line }

    private func plain(_ wording: Wording?, in scope: Scope) -> String {
        wording.map { line($0, in: scope).plainText } ?? ""
    }

    /// Lines that print nothing vanish.
    private func paragraphs(_ lines: [TemplateLine], in scope: Scope) -> [Paragraph] {
        lines.compactMap { line in
            let runs = self.line(line.text, in: scope)
            return runs.isEmpty ? nil : Paragraph(style: line.style, runs: runs)
        }
    }

    private func flow(_ template: FlowTemplate, in scope: Scope) -> FlowDiagram {
        var boxes: [String] = []
        switch template.steps {
        case .written(let texts): boxes = texts.map { line($0, in: scope).plainText }
        case .listed(let path):
            let elements = expander.value(path, in: scope)?.elements ?? TemplateList([])
            boxes = (0..<elements.count).map { expander.plainText(of: elements[$0]) }
        }
        return FlowDiagram(caption: expander.caption(template.caption, in: scope), steps: boxes)
    }

    private func letterhead(_ template: LetterheadTemplate, in scope: Scope) -> Letterhead {
        Letterhead(
            issuer: line(template.issuer, in: scope),
            number: template.number.map { line($0, in: scope) } ?? [],
            signer: template.signer.map { line($0, in: scope) } ?? []
        )
    }

    private func picture(_ template: PictureTemplate, in scope: Scope) -> Picture {
        let picture = Picture(
            path: template.path,
            alternative: plain(template.alternative, in: scope),
            caption: expander.caption(template.caption, in: scope),
            width: template.width,
            alignment: template.alignment
        )
        expander.pictures.append(PlacedPicture(picture: picture, pointer: template.pointer))
        return picture
    }

    private func field(_ field: SigningField, in scope: Scope) -> Signing.Field {
        Signing.Field(
            label: line(field.label, in: scope),
            value: field.value.map { line($0, in: scope) } ?? [],
            kind: field.kind
        )
    }

    private func properties(_ template: TemplateProperties) -> DocumentProperties {
        func text(_ name: String) -> String { plain(template.texts[name], in: expander.root) }
        return DocumentProperties(
            author: text("author"),
            client: text("client"),
            subject: text("subject"),
            keywords: template.keywords.map { plain($0, in: expander.root) }.filter { !$0.isEmpty },
            number: text("number"),
            issued: text("issued"),
            runningHead: template.texts["runningHead"].map { line($0, in: expander.root) } ?? [],
            pageNumbers: template.pageNumbers ?? .ofTotal
        )
    }
}

// MARK: - Attached documents

extension DocumentAssembler {
    /// A document that is part of the report. Its `#` headings become headings from `level` on, none of them listed.
    private mutating func add(attached text: [Run], _ level: Int) {
        for lines in text.lines.split(whereSeparator: \.isEmpty) {
            var rest = lines
            while case .text(let first)? = rest.first?.first, first.hasPrefix("#") {
                let depth = first.prefix { $0 == "#" }.count
                let title = ([.text(String(first.dropFirst(depth)))] + rest[rest.startIndex].dropFirst()).line
                add(attachedHeading: title, level, depth: depth - 1)
                rest = rest.dropFirst()
            }
            for runs in [Run](rest.joined(separator: [.lineBreak])).paragraphs {
                if let depth = numberedHeading(runs) {
                    add(attachedHeading: runs, level, depth: depth)
                } else {
                    append(.paragraph(Paragraph(style: .body, runs: runs)))
                }
            }
        }
    }

    /// An attached document looks like a document of its own, whatever level its headings have in the report.
    private mutating func add(attachedHeading runs: [Run], _ level: Int, depth: Int) {
        add(heading: runs, min(level + depth, 4), look: HeadingLook(level: depth + 1), isListed: false)
    }

    /// How deep a paragraph that is a numbered heading stands: `一、收支业务控制` 0, `1. 货币资金` 1; `nil` for running
    /// text.
    private func numberedHeading(_ runs: [Run]) -> Int? {
        guard case .text(let first)? = runs.first, let start = first.utf8.first, start != 0x23,
            start >= 0x80 || (0x30...0x39).contains(start)
        else { return nil }
        let text = runs.plainText
        guard text.utf8.count <= 400, text.count <= 40, let end = text.unicodeScalars.last,
            !"。；：，;:,.".unicodeScalars.contains(end)
        else { return nil }
        let numerals = text.prefix { "一二三四五六七八九十".contains($0) }
        if !numerals.isEmpty, text[numerals.endIndex...].hasPrefix("、") { return 0 }
        let digits = text.prefix { ("0"..."9").contains($0) }
        if !digits.isEmpty, text[digits.endIndex...].hasPrefix(". ") { return 1 }
        return nil
    }
}

/// Why an outline makes no document.
public enum TemplateError: Error, Sendable, CustomStringConvertible {
    case tooLong

    public var description: String {
        "the texts of the report print more than a report may have; a list is probably printed inside itself"
    }
}
