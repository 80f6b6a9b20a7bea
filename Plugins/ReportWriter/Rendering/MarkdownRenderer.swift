import ReportDocument
import ReviewModel

/// Writes a document as GitHub-flavoured Markdown.
///
/// What Markdown lacks is written out: a cell merged downwards repeats its text in every row (〃 for a long one), charts become tables of
/// their values, flow charts one line of arrows, page breaks and orientation a rule.
struct MarkdownRenderer {
    let document: Document
    private let notes = MarkdownNotes()

    init(_ document: Document) { self.document = document }

    func render() -> String {
        let sections = document.sections.map { section in
            let blocks = section.blocks.map(block).filter { !$0.isEmpty }
            return (blocks + notes.called(inline)).joined(separator: "\n\n")
        }
        return sections.joined(separator: "\n\n---\n\n") + "\n"
    }

    private func block(_ block: DocumentBlock) -> String {
        switch block {
        case .cover(let lines), .signature(let lines): lines.map(paragraph).joined(separator: "\n\n")
        case .contents(let contents): self.contents(contents)
        case .heading(let heading): String(repeating: "#", count: heading.level + 1) + " " + inline(heading.text)
        case .paragraph(let paragraph): self.paragraph(paragraph)
        case .table(let table): self.table(table)
        case .chart(let chart): self.chart(chart)
        case .flow(let flow): self.flow(flow)
        case .letterhead(let head): letterhead(head)
        case .picture(let picture):
            captioned(picture.caption, "〔\(picturePrefix)\(MarkdownText.escaped(picture.alternative))〕", note: [])
        case .signing(let signing): self.signing(signing)
        }
    }

    private var isChinese: Bool { document.language.hasPrefix("zh") }

    /// A picture is a file elsewhere; what it shows stands for it.
    private var picturePrefix: String { document.words.picture }

    private func letterhead(_ head: Letterhead) -> String {
        let signer = head.signer.isEmpty ? "" : document.words.signedOff + inline(head.signer)
        let issuer = head.issuer.isEmpty ? "" : "**\(inline(head.issuer))**"
        return [issuer, MarkdownText.paragraph(inline(head.number)), signer].filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }

    /// A line for each field, to be filled in.
    private func signing(_ signing: Signing) -> String {
        signing.fields.map { field in
            // Plain low lines would begin emphasis.
            let line = isChinese ? "＿＿＿＿＿＿" : String(repeating: "\\_", count: 12)
            let empty = field.kind == .date && isChinese ? "　　　　年　　月　　日" : line
            return MarkdownText.paragraph(inline(field.label))
                + (isChinese ? document.words.colon : document.words.colon + " ")
                + (field.value.isEmpty ? empty : inline(field.value))
        }.joined(separator: "\n\n")
    }

    private func paragraph(_ paragraph: Paragraph) -> String {
        let text = MarkdownText.paragraph(inline(paragraph.runs))
        return switch paragraph.style {
        case .title, .lead: "**\(inline(paragraph.runs))**"
        case .quote: "> " + text
        case .note: "*\(inline(paragraph.runs))*"
        case .body, .plain, .centred, .right, .subtitle: text
        }
    }

    private func contents(_ contents: Contents) -> String {
        let title = contents.title.isEmpty ? "" : "**\(MarkdownText.escaped(contents.title))**\n\n"
        let entries = contents.entries.map { entry in
            String(repeating: "  ", count: entry.level - 1)
                + "- [\(MarkdownText.escaped(entry.text.plainText))](#\(entry.anchor))"
        }
        return title + entries.joined(separator: "\n")
    }

    private func table(_ table: DocumentTable) -> String {
        let header = table.grid(of: table.header)
        let titles = table.columns.indices.map { column in
            // Several header rows become one: the titles above a column, joined, each once.
            var parts: [String] = []
            for row in header {
                let text = row[column].cell.map { inline($0.runs) } ?? ""
                if !text.isEmpty, parts.last != text { parts.append(text) }
            }
            return parts.joined(separator: " / ")
        }
        let body = table.grid(of: table.body).map { row in
            row.map { position in position.isLeft ? position.cell.map { cell($0, isTop: position.isTop) } ?? "" : "" }
        }
        let grid = pipes(titles, body, table.columns.map(\.alignment))
        return captioned(table.caption, grid, note: table.note)
    }

    /// A merged cell repeats its text in every row; a long one says 〃 (ditto) instead.
    private func cell(_ cell: DocumentCell, isTop: Bool) -> String {
        isTop || cell.runs.plainText.count <= 40 ? inline(cell.runs) : "〃"
    }

    private func chart(_ chart: Chart) -> String {
        let word = MarkdownText.escaped(chart.unit)
        let unit =
            word.isEmpty ? "" : isChinese ? "（\(word)）" : document.words.chartUnit.replacing("{unit}", with: word)
        let rows = chart.groups.map { group in
            [MarkdownText.escaped(group.label)] + group.bars.map { MarkdownText.escaped($0?.text ?? "") }
        }
        let alignments = [CellAlignment.left] + chart.series.map { _ in CellAlignment.right }
        let grid = pipes([""] + chart.series.map { MarkdownText.escaped($0) + unit }, rows, alignments)
        return captioned(chart.caption, grid, note: chart.summary.isEmpty ? [] : [.text(chart.summary)])
    }

    private func flow(_ flow: FlowDiagram) -> String {
        let steps = flow.steps.map(MarkdownText.escaped).joined(separator: " → ")
        return captioned([], MarkdownText.paragraph(steps), note: flow.caption)
    }

    private func captioned(_ caption: [Run], _ body: String, note: [Run]) -> String {
        let above = caption.isEmpty ? "" : "**\(inline(caption))**\n\n"
        return above + body + (note.isEmpty ? "" : "\n\n*\(inline(note))*")
    }

    private func pipes(_ titles: [String], _ rows: [[String]], _ alignments: [CellAlignment]) -> String {
        let rule = alignments.map { alignment in
            switch alignment {
            case .left: "---"
            case .centre: ":-:"
            case .right: "--:"
            }
        }
        return ([titles, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    private func inline(_ runs: [Run]) -> String {
        if runs.count == 1 { return printed(runs[0]) }
        return runs.reduce(into: "") { $0 += printed($1) }
    }

    private func printed(_ run: Run) -> String {
        switch run {
        case .text(let text): MarkdownText.escaped(text)
        case .figure(let figure): MarkdownText.escaped(figure.text)
        case .lineBreak: "<br>"
        case .missing(let name): "**〔?\(MarkdownText.escaped(name))〕**"
        case .footnote(let note): "[^\(notes.call(note))]"
        case .counter(let counter): String(counter.number)
        case .reference(let counter): MarkdownText.escaped(counter.label)
        }
    }
}

/// The footnotes of a document as they are called; each section ends with what its notes say.
private final class MarkdownNotes {
    private var open: [(number: Int, note: Footnote)] = []
    private var count = 0

    /// The number of a note. A cell that is repeated calls the same note.
    func call(_ note: Footnote) -> Int {
        if let known = open.first(where: { $0.note == note }) { return known.number }
        count += 1
        open.append((count, note))
        return count
    }

    /// What the notes called so far say, each once.
    func called(_ inline: ([Run]) -> String) -> [String] {
        let notes = open
        open = []
        return notes.map { "[^\($0.number)]: \(inline($0.note.runs))" }
    }
}

/// Plain text as Markdown that prints it unchanged.
enum MarkdownText {
    /// Escapes what Markdown and the HTML inside it would read as markup, pipes included.
    /// What a terminal would act on is shown.
    static func escaped(_ text: String) -> String {
        let text = text.withVisibleControls
        let written = text.utf8.withContiguousStorageIfAvailable { escaped($0) } ?? escaped(Array(text.utf8))
        return written ?? text
    }

    /// The text with its escapes; `nil` when it needs none.
    private static func escaped(_ source: some Collection<UInt8>) -> String? {
        guard source.contains(where: isMarkup) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count + 16)
        for byte in source {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            default:
                if isMarkup(byte) { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isMarkup(_ byte: UInt8) -> Bool {
        // Every byte of a Chinese text is above all of these.
        if byte >= 0x80 { return false }
        return switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: "~"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "&"):
            true
        default: false
        }
    }

    /// Escaped text as a paragraph of its own: what would begin a heading or list does not.
    static func paragraph(_ text: String) -> String {
        guard let first = text.first else { return "" }
        if "#-+=".contains(first) { return "\\" + text }
        let digits = text.prefix { ("0"..."9").contains($0) }
        let rest = text[digits.endIndex...]
        if !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" { return digits + "\\" + rest }
        return text
    }
}
