import Markup
import ReportDocument

/// Blocks that are set with the means of tables: flow diagrams, signing blocks, the head of an official document.
extension BodyWriter {
    private var noBorders: String {
        "<w:tblBorders>"
            + ["top", "left", "bottom", "right", "insideH", "insideV"].map {
                "<w:\($0) w:val=\"nil\"/>"
            }.joined() + "</w:tblBorders>"
    }

    /// A table without borders of its own, of columns of these widths.
    private mutating func frame(
        _ widths: [Int],
        description: String = "",
        _ rows: (inout BodyWriter) -> Void
    ) {
        xml.raw(
            "<w:tbl><w:tblPr><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>"
        )
        xml.raw(noBorders)
        xml.raw(
            "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar>"
        )
        if !description.isEmpty {
            xml.raw("<w:tblDescription")
            xml.attribute("w:val", description)
            xml.raw("/>")
        }
        xml.raw("</w:tblPr><w:tblGrid>")
        for width in widths { xml.raw("<w:gridCol w:w=\"\(width)\"/>") }
        xml.raw("</w:tblGrid>")
        rows(&self)
        xml.raw("</w:tbl>")
    }

    /// A row that does not split, at least so high where a height is given.
    private mutating func row(
        height: Int = 0,
        isExact: Bool = false,
        _ cells: (inout BodyWriter) -> Void
    ) {
        xml.raw("<w:tr><w:trPr><w:cantSplit/>")
        if height > 0 {
            xml.raw("<w:trHeight w:val=\"\(height)\" w:hRule=\"\(isExact ? "exact" : "atLeast")\"/>")
        }
        xml.raw("</w:trPr>")
        cells(&self)
        xml.raw("</w:tr>")
    }

    /// - Parameter borders: the sides that have a line, with its colour and kind.
    private mutating func cell(
        _ width: Int,
        borders: [String] = [],
        kind: String = "single",
        vertical: String = "center",
        alignment: String = "center",
        keepsNext: Bool = true,
        size: Int? = nil,
        _ content: (inout BodyWriter) -> Void = { _ in }
    ) {
        xml.raw("<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>")
        if !borders.isEmpty {
            xml.raw("<w:tcBorders>")
            for side in ["top", "left", "bottom", "right"] where borders.contains(side) {
                xml.raw("<w:\(side) w:val=\"\(kind)\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/>")
            }
            xml.raw("</w:tcBorders>")
        }
        xml.raw("<w:vAlign w:val=\"\(vertical)\"/></w:tcPr>")
        let size = size ?? 28
        xml.raw(
            "<w:p><w:pPr><w:pStyle w:val=\"\(styles[.tableText])\"/>"
                + uncounted(.tableText, keepsNext ? "<w:keepNext/>" : "")
        )
        xml.raw(
            "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"\(size * 14)\" w:lineRule=\"exact\"/>"
        )
        xml.raw("<w:jc w:val=\"\(alignment)\"/></w:pPr>")
        content(&self)
        xml.raw("</w:p></w:tc>")
    }

    /// Boxes below each other with arrows between them, on one page: what a table can draw looks alike everywhere.
    mutating func flow(_ flow: FlowDiagram) {
        let width = min(textWidth, 7200)
        let look = RunLook(size: 24)
        frame([width], description: flow.steps.joined(separator: " → ")) { writer in
            for (position, step) in flow.steps.enumerated() {
                if position > 0 {
                    writer.row(height: 400) { $0.cell(width, size: 24) { $0.text("↓", look) } }
                }
                writer.row(height: 560) {
                    $0.cell(width, borders: ["top", "left", "bottom", "right"], size: 24) {
                        $0.text(step, look)
                    }
                }
            }
        }
        underCaption(flow.caption)
    }

    /// A caption that stands under what it names, or just some room.
    mutating func underCaption(_ caption: [Run]) {
        guard !caption.isEmpty else { return gap() }
        paragraph(
            .caption,
            before: "<w:keepNext w:val=\"0\"/>",
            after: "<w:spacing w:before=\"80\" w:after=\"240\"/>"
        ) {
            $0.runs(caption)
        }
    }

    /// Labels with lines to write on, squares for seals, dates to fill in: side by side in as many columns as are asked for.
    mutating func signing(_ signing: Signing) {
        // With the colon; a label in one line is worth smaller type and more than half of the room.
        let halves = (signing.fields.map { TextMeasure.halves($0.label.plainText) }.max() ?? 6) + 2
        let gapWidth = 240
        func room(_ size: Int) -> Int { halves * size * 5 + 200 }
        func width(_ columns: Int) -> Int { (textWidth - gapWidth * (columns - 1)) / columns }
        // A date to fill in is one line, too, and so is what was filled in: a number of a report, names.
        let hasDate = signing.fields.contains { $0.kind == .date && $0.value.isEmpty }
        let filled =
            signing.fields.filter { $0.kind != .seal }.map { TextMeasure.halves($0.value.plainText) }
            .filter { $0 <= Self.longestSigned }.max() ?? 0
        let date = max(hasDate ? TextMeasure.halves(emptyDate) : 0, filled)
        func fitting(_ columns: Int) -> Int? {
            [columns > 1 ? 24 : 28, 24, 22, 21, 20, 18].first { size in
                room(size) <= width(columns) * 11 / 20 && width(columns) - room(size) >= date * size * 5 + 160
            }
        }
        let wanted = max(1, min(signing.columns, 4))
        // Fewer beside each other where a date would break in all of them.
        let columns = date > 0 ? (1...wanted).last { fitting($0) != nil } ?? wanted : wanted
        let (column, size) = (width(columns), fitting(columns) ?? (columns > 1 ? 24 : 28))
        let label = min(room(size), column * 11 / 20)
        var widths: [Int] = []
        for position in 0..<columns {
            widths += (position > 0 ? [gapWidth] : []) + [label, column - label]
        }
        gap(keepsNext: true)
        let rows = stride(from: 0, to: signing.fields.count, by: columns).map {
            signing.fields[$0..<min($0 + columns, signing.fields.count)]
        }
        frame(widths) { writer in
            for (number, row) in rows.enumerated() {
                let keeps = number < rows.count - 1
                // Room between a line to write on and the square of a seal below it.
                if number > 0 {
                    writer.row(height: 160, isExact: true) { for width in widths { $0.cell(width, size: 8) } }
                }
                let isTall = row.contains { $0.kind == .seal }
                // 42 mm, the seal of a firm; else a line that a hand can write on.
                writer.row(height: isTall ? 2381 : 760, isExact: isTall) { writer in
                    for position in 0..<columns {
                        if position > 0 { writer.cell(gapWidth, keepsNext: keeps, size: size) }
                        let index = row.startIndex + position
                        writer.field(index < row.endIndex ? row[index] : nil, label, column - label, keeps, size)
                    }
                }
            }
        }
        gap()
    }

    /// Longer ones break in any case: thirty Chinese characters.
    private static let longestSigned = 60

    /// A date for a hand to fill in.
    private var emptyDate: String { house.words.date }

    private mutating func field(_ field: Signing.Field?, _ label: Int, _ rest: Int, _ keeps: Bool, _ size: Int) {
        guard let field else {
            cell(label, keepsNext: keeps)
            cell(rest, keepsNext: keeps)
            return
        }
        let look = RunLook(size: size)
        let colon =
            field.label.isEmpty || field.label.plainText.hasSuffix("：") ? "" : house.words.colon
        cell(
            label,
            vertical: field.kind == .seal ? "top" : "bottom",
            alignment: "left",
            keepsNext: keeps,
            size: size
        ) {
            $0.runs(field.label, look)
            if !colon.isEmpty { $0.text(colon, look) }
        }
        let isSeal = field.kind == .seal
        let sides =
            isSeal ? ["top", "left", "bottom", "right"] : field.kind == .signature ? ["bottom"] : []
        cell(
            rest,
            borders: sides,
            kind: isSeal ? "dashed" : "single",
            vertical: isSeal ? "center" : "bottom",
            alignment: isSeal ? "center" : field.value.isEmpty && field.kind == .date ? "right" : "left",
            keepsNext: keeps,
            size: size
        ) { writer in
            if !field.value.isEmpty {
                writer.runs(field.value, look)
            } else if field.kind == .date {
                writer.text(writer.emptyDate, look)
            } else if isSeal {
                writer.text(
                    writer.house.words.seal,
                    RunLook(colour: "A6A6A6", size: 21)
                )
            }
        }
    }

    /// The head of an official document: its issuer in large red letters, its number, a red line over the whole width.
    mutating func letterhead(_ head: Letterhead) {
        let halves = max(TextMeasure.halves(head.issuer.plainText), 2)
        // As large as one line allows, at most 62 half points, as letterheads are printed.
        let size = max(28, min(62 * 2, (textWidth - 200) / (halves * 5)))
        var face = house.title
        (face.size, face.colour) = (size, "FF0000")
        paragraph(
            .centred,
            before: "<w:keepNext/>",
            after:
                "<w:spacing w:before=\"0\" w:after=\"480\" w:line=\"\(size * 14)\" w:lineRule=\"exact\"/>"
        ) { $0.runs(head.issuer, RunLook(face: face, colour: "FF0000")) }
        let line =
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"18\" w:space=\"6\" w:color=\"FF0000\"/></w:pBdr>"
        let tab = "<w:tabs><w:tab w:val=\"right\" w:pos=\"\(textWidth - 320)\"/></w:tabs>"
        let indent = "<w:ind w:left=\"320\" w:right=\"320\"/>"
        paragraph(
            head.signer.isEmpty ? .centred : .normal,
            before: line + (head.signer.isEmpty ? "" : tab),
            after: "<w:spacing w:before=\"0\" w:after=\"400\"/>" + (head.signer.isEmpty ? "" : indent)
        ) { writer in
            writer.runs(head.number)
            if !head.signer.isEmpty {
                writer.xml.raw("<w:r><w:tab/></w:r>")
                writer.text(writer.house.words.signedOff)
                writer.runs(head.signer, RunLook(face: writer.house.section))
            }
        }
    }
}
