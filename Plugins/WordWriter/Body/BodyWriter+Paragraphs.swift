import Markup
import ReportDocument

extension BodyWriter {
    /// A paragraph of a style.
    ///
    /// - Parameters:
    ///   - before: elements of `w:pPr` that stand before its spacing: `w:keepNext`, `w:pBdr`.
    ///   - after: elements from its spacing on: `w:spacing`, `w:ind`, `w:jc`, `w:outlineLvl`.
    mutating func paragraph(
        _ role: StyleRole,
        before: String = "",
        after: String = "",
        _ content: (inout BodyWriter) -> Void
    ) {
        xml.raw("<w:p><w:pPr><w:pStyle w:val=\"")
        xml.raw(styles[role])
        xml.raw("\"/>")
        xml.raw(uncounted(role, before))
        xml.raw(after)
        if let closing {
            xml.raw(closing)
            self.closing = nil
        }
        xml.raw("</w:pPr>")
        content(&self)
        xml.raw("</w:p>")
    }

    /// A firm's styles may count their paragraphs, as headings and captions; ours bring their numbers. The properties of a
    /// paragraph have an order: what keeps it with the next one, its list, all else.
    func uncounted(_ role: StyleRole, _ before: String = "") -> String {
        guard styles.counted.contains(role) else { return before }
        let none = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>"
        return before.hasPrefix("<w:keepNext") ? before + none : none + before
    }

    /// Lets the next paragraph end the section where that is to end with this block.
    private mutating func closeSection() {
        closing = ending
        ending = nil
    }

    mutating func paragraph(_ paragraph: Paragraph, _ next: DocumentBlock?) {
        let role: StyleRole =
            switch paragraph.style {
            case .body: .body
            case .plain: .normal
            case .centred: .centred
            case .right: .right
            case .lead: .lead
            case .note: .note
            case .quote: .quote
            case .title: .title
            case .subtitle: .coverSubtitle
            }
        // A line that is broken by hand is not stretched, and none that an amount leaves with a wide gap at its end.
        let hasBreaks =
            paragraph.runs.contains { $0 == .lineBreak } || paragraph.runs.plainText.utf8.contains(10)
        let isRunning = [.body, .normal, .quote].contains(role)
        let isRagged = isRunning && (hasBreaks || stretches(paragraph, role))
        let keepsNext = leads(paragraph, into: next) || staysWithNext ? "<w:keepNext/>" : ""
        closeSection()
        self.paragraph(
            role,
            before: keepsNext,
            after: isRagged ? "<w:jc w:val=\"left\"/>" : centring(role)
        ) {
            $0.runs(paragraph.runs)
        }
    }

    /// Whether a line of Chinese text would be drawn out so that everybody sees it: an amount does not break, and goes to the next line as a whole.
    private func stretches(_ paragraph: Paragraph, _ role: StyleRole) -> Bool {
        guard house.isChinese else { return false }
        let face = styles.types[role] ?? styles.running
        let size = face?.size ?? house.body.size
        let indent = role == .body ? house.firstLine * TextMeasure.wide / 100 : 0
        let gap = TextMeasure.widestGap(
            paragraph.runs.printed,
            in: textWidth * 100 / max(size, 1),
            indent: indent,
            narrow: LatinWidth.of(face?.font ?? house.body.latin)
        )
        return gap > Self.widestStretch
    }

    /// What may be shared out among the characters of a line, in thousandths of the size of the type: two characters and a half.
    private static let widestStretch = 2500

    /// Whether a paragraph stays with what stands under it: a title of a table; the last lines before the place where people
    /// sign, for nobody signs a page that has nothing else on it (GB/T 9704-2012, 7.3.5.5).
    private func leads(_ paragraph: Paragraph, into next: DocumentBlock?) -> Bool {
        switch next {
        case .signing, .signature: return true
        default: break
        }
        guard [.centred, .lead].contains(paragraph.style) else { return false }
        return switch next {
        case .table, .chart, .flow, .picture: true
        default: false
        }
    }

    mutating func heading(_ heading: Heading) {
        let name = headingBookmarks[heading.anchor]
        let number = bookmarks.number()
        let look = StyleRole(heading.look)
        let role = heading.isListed ? StyleRole.heading(level: heading.level) : look
        let usual = StyleRole(HeadingLook(level: heading.level))
        var (after, face) = ("", RunLook.plain)
        if heading.isListed, look != usual, !pages.isFirm {
            (after, face) = direct(heading.look)
        }
        // A firm's style for headings may say nothing of a level, and navigation, contents and bookmarks go by it.
        if heading.level > 0, !heading.isListed || pages.isFirm {
            after += "<w:outlineLvl w:val=\"\(min(heading.level, 9) - 1)\"/>"
        }
        closeSection()
        paragraph(role, before: pages.isFirm ? "<w:keepNext/>" : "", after: after) { writer in
            guard let name else { return writer.runs(heading.text, face) }
            writer.bookmark(name, number) { $0.runs(heading.text, face) }
        }
    }

    /// What makes a heading of another level look like this.
    private func direct(_ look: HeadingLook) -> (paragraph: String, run: RunLook) {
        let indent =
            "<w:ind w:firstLineChars=\"\(house.firstLine)\" w:firstLine=\"\(house.firstLine * house.body.size / 10)\"/>"
        let none = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>"
        return switch look {
        case .title: (none + "<w:jc w:val=\"center\"/>", RunLook(face: house.title))
        case .part: (indent + "<w:jc w:val=\"left\"/>", RunLook(face: house.part))
        case .section: (indent + "<w:jc w:val=\"left\"/>", RunLook(face: house.section))
        case .item: (indent + "<w:jc w:val=\"left\"/>", RunLook(face: house.item))
        case .point: (indent + "<w:jc w:val=\"left\"/>", RunLook(face: house.point))
        case .annex: (none + "<w:jc w:val=\"left\"/>", RunLook(face: house.part))
        }
    }

    /// The lines of a cover, over the whole height of its page: titles in the upper third, the rest below.
    mutating func cover(_ lines: [Paragraph]) {
        let isTitle = lines.map { [.title, .subtitle].contains($0.style) }
        let firstLine = isTitle.firstIndex(of: false) ?? lines.count
        let height = lines.reduce(0) {
            $0 + ($1.style == .title ? house.title.size * 17 : house.body.size * 22)
        }
        let free = max(0, textHeight - height - 400)
        let last = lines.count
        for (position, line) in lines.enumerated() {
            let gap = position == 0 ? free * 3 / 10 : position == firstLine ? free * 4 / 10 : 0
            let role: StyleRole =
                line.style == .title ? .coverTitle : line.style == .subtitle ? .coverSubtitle : .coverLine
            let size = role == .coverTitle ? (house.title.size + 8) * 15 : house.body.size * 22
            let spacing =
                gap > 0
                ? "<w:spacing w:before=\"\(gap)\" w:after=\"0\" w:line=\"\(size)\" w:lineRule=\"exact\"/>"
                : ""
            if position == last - 1 { closeSection() }
            let isCentred =
                line.style == .centred || (line.style == .plain && position == last - 1 && isDate(line))
            paragraph(
                role,
                after: spacing + (isCentred ? "<w:ind w:left=\"0\"/><w:jc w:val=\"center\"/>" : centring(role))
            ) {
                $0.runs(line.runs)
            }
        }
    }

    /// Of a subtitle in a firm's style, below titles that are centred.
    private func centring(_ role: StyleRole) -> String {
        role == .coverSubtitle && styles.centresSubtitle ? "<w:jc w:val=\"center\"/>" : ""
    }

    /// Whether a line names nothing: the day that a cover ends with.
    private func isDate(_ line: Paragraph) -> Bool {
        !line.runs.plainText.unicodeScalars.contains { $0 == "：" || $0 == ":" }
    }

    mutating func signature(_ lines: [Paragraph]) {
        for (position, line) in lines.enumerated() {
            let isLast = position == lines.count - 1
            let space = position == 0 ? "<w:spacing w:before=\"560\"/>" : ""
            if isLast { closeSection() }
            paragraph(.right, before: isLast ? "" : "<w:keepNext/>", after: space) { $0.runs(line.runs) }
        }
    }
}
