import FindingAnswers
import Groundwork
import Markup
import OfficeFiles

/// The sheet of findings that a reviewed workbook gets: one a row, with a link to its cell.
///
/// It has no styles of its own, for the workbook's stay as they are; what is bold is so within its text. Where the workbook has a style for plain
/// text that is wrapped, its cells have that, and columns that a page holds.
struct FindingsList {
    let notes: [CellNote]
    /// Cells at which no note could be written.
    let unwritten: Set<CellNote.Cell>
    /// What people have written into the list that this one replaces.
    var replies: [AnsweredFinding] = []
    let locale: Locale
    /// The number of the workbook's own style for wrapped text.
    var wrapped: Int?

    var name: String { Workbook.findingsSheet(locale) }

    /// More rows a sheet does not have.
    private static let maximumRows = 1_000_000
    private static let heads = [
        LocalizedText(zh: "序号", en: "no."), LocalizedText(zh: "等级", en: "severity"),
        ruleHead, placeHead, messageHead,
        LocalizedText(zh: "建议", en: "hint"), numberHead, replyHead,
    ]
    private static let widths = [6, 8, 24, 22, 90, 60, 18, 50]
    private static let wrappedWidths = [6, 7, 18, 18, 52, 30, 15, 34]
    /// By these columns an answer finds back.
    static let ruleHead = LocalizedText(zh: "规则", en: "rule")
    static let placeHead = LocalizedText(zh: "位置", en: "place")
    static let messageHead = LocalizedText(zh: "说明", en: "finding")
    static let numberHead = LocalizedText(zh: "编号", en: "number")
    static let replyHead = LocalizedText(zh: "答复（填在此列）", en: "reply (write here)")

    var xml: [UInt8] {
        var xml = MarkupWriter(.xml)
        xml.raw(WorkbookParts.declaration)
        xml.raw(
            "<worksheet xmlns=\"\(WorkbookParts.main)\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>"
        )
        xml.raw(
            "<sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
        )
        xml.raw("</sheetView></sheetViews><cols>")
        for (index, width) in (wrapped == nil ? Self.widths : Self.wrappedWidths).enumerated() {
            xml.raw("<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" customWidth=\"1\"/>")
        }
        xml.raw("</cols><sheetData><row r=\"1\">")
        for (index, head) in Self.heads.enumerated() { cell(head(locale), index + 1, 1, "<rPr><b/></rPr>", &xml) }
        xml.raw("</row>")
        let shown = notes.prefix(Self.maximumRows)
        var left = Dictionary(replies.map { ($0.number, $0.text) }) { first, _ in first }
        for (index, note) in shown.enumerated() {
            row(note, index + 2, left.removeValue(forKey: note.number) ?? "", &xml)
        }
        // What was answered to findings that are gone stays where people look for it.
        let gone = replies.filter { left[$0.number] != nil }.prefix(Self.maximumRows - shown.count)
        for (index, reply) in gone.enumerated() { row(reply, shown.count + index + 2, &xml) }
        xml.raw("</sheetData>")
        if shown.contains(where: { $0.cell != nil }) {
            xml.raw("<hyperlinks>")
            for (index, note) in shown.enumerated() {
                guard let cell = note.cell else { continue }
                xml.raw("<hyperlink ref=\"D\(index + 2)\"")
                xml.attribute("location", "\(quoted(cell.sheet))!\(cell.address)")
                xml.attribute("display", cell.text)
                xml.raw("/>")
            }
            xml.raw("</hyperlinks>")
        }
        // As wide as one page, and as long as it takes.
        xml.raw("<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>")
        xml.raw("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>")
        xml.raw("<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>")
        xml.raw("</worksheet>")
        return xml.bytes
    }

    private func row(_ reply: AnsweredFinding, _ number: Int, _ xml: inout MarkupWriter) {
        begin(number, [reply.text], &xml)
        cell(isGone(locale), 5, number, "", &xml)
        cell(reply.number, 7, number, "", &xml)
        cell(reply.text, 8, number, "", &xml)
        xml.raw("</row>")
    }

    private func row(_ note: CellNote, _ number: Int, _ reply: String, _ xml: inout MarkupWriter) {
        begin(number, [reply, note.rule, note.cell?.text ?? note.elsewhere, note.message, note.hint ?? ""], &xml)
        cell(note.severity, 2, number, "", &xml)
        cell(note.rule, 3, number, "", &xml)
        cell(
            note.cell?.text ?? note.elsewhere,
            4,
            number,
            note.cell == nil ? "" : "<rPr><u/><color rgb=\"FF0563C1\"/></rPr>",
            &xml
        )
        let isLeft = note.cell.map(unwritten.contains) ?? false
        cell(note.message + (isLeft ? Self.noNote(locale) : ""), 5, number, "", &xml)
        if let hint = note.hint { cell(hint, 6, number, "", &xml) }
        cell(note.number, 7, number, "", &xml)
        cell(reply, 8, number, "", &xml)
        if reply.isEmpty, let wrapped { xml.raw("<c r=\"H\(number)\" s=\"\(wrapped)\"/>") }
        xml.raw("</row>")
    }

    /// Begins a row, as high as its texts need where they are wrapped: not every program sees to that when it opens the file.
    private func begin(_ number: Int, _ texts: [String], _ xml: inout MarkupWriter) {
        var height = ""
        if wrapped != nil {
            // In the columns of the texts, the reply's first.
            let columns = [7, 2, 3, 4, 5].map { Self.wrappedWidths[$0] }
            let lines = zip(texts, columns).map { text, width in
                text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                    .reduce(0) { $0 + max(1, (Self.width(of: $1) + width - 1) / width) }
            }
            height = " ht=\"\(min(400, 4 + 14 * (lines.max() ?? 1)))\" customHeight=\"1\""
        }
        let style = wrapped.map { " s=\"\($0)\"" } ?? ""
        xml.raw("<row r=\"\(number)\"\(height)><c r=\"A\(number)\"\(style)><v>\(number - 1)</v></c>")
    }

    /// In digits; a Chinese character is as wide as two, and a little more for what cannot be parted.
    private static func width(of text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } * 11 / 10
    }

    private func cell(_ text: String, _ column: Int, _ row: Int, _ look: String, _ xml: inout MarkupWriter) {
        guard !text.isEmpty, let address = CellAddress(column: column, row: row) else { return }
        let style = wrapped.map { " s=\"\($0)\"" } ?? ""
        xml.raw(
            "<c r=\"\(address)\"\(style) t=\"inlineStr\"><is>\(look.isEmpty ? "" : "<r>\(look)")<t xml:space=\"preserve\">"
        )
        xml.text(text.count <= 32_000 ? text[...] : text.prefix(32_000) + "…")
        xml.raw("</t>\(look.isEmpty ? "" : "</r>")</is></c>")
    }

    /// The name of a sheet as a link has it.
    private func quoted(_ sheet: String) -> String {
        sheet.enclosed(in: "'")
    }
}

extension AnsweredFinding {
    fileprivate var text: String { replies.map(\.text).joined(separator: "\n") }
}

// MARK: - Messages

private let isGone = LocalizedText(zh: "（已没有这个问题）", en: "(this finding is gone)")

extension FindingsList {
    /// Stands behind what a finding says whose cell has no note.
    static let noNote = LocalizedText(
        zh: "（该单元格已有批注对话，或工作表过大，未在单元格上另写批注）",
        en: " (no note was written at the cell: there is a conversation at it, or the sheet is too large)"
    )
}
