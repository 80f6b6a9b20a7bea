import Markup

/// What a style of the house looks like: the properties of its paragraphs and of their type, in the order of the schema.
struct StyleDefinition {
    var basedOn: StyleRole? = .normal
    var next: StyleRole?
    /// Elements of `w:pPr`.
    var paragraph = ""
    /// Elements of `w:rPr`.
    var run = ""
    /// Whether people find it in their list of styles at once.
    var isShown = true
}

extension HouseStyle.Face {
    /// Elements of `w:rPr`.
    var properties: String {
        (isOfFirm
            ? ""
            : "<w:rFonts w:ascii=\"\(latin)\" w:hAnsi=\"\(latin)\" w:eastAsia=\"\(eastAsian)\" w:cs=\"\(latin)\"/>")
            + (isBold ? "<w:b/><w:bCs/>" : "<w:b w:val=\"0\"/><w:bCs w:val=\"0\"/>")
            + (colour.map { "<w:color w:val=\"\($0)\"/>" } ?? "")
            + "<w:sz w:val=\"\(size)\"/><w:szCs w:val=\"\(size)\"/>"
    }
}

extension HouseStyle {
    /// Exact lines where the house has them, else what the type asks for.
    func lines(before: Int = 0, after: Int = 0) -> String {
        let rule =
            line > 0 ? " w:line=\"\(line)\" w:lineRule=\"exact\"" : " w:line=\"276\" w:lineRule=\"auto\""
        return "<w:spacing w:before=\"\(before)\" w:after=\"\(after)\"\(rule)/>"
    }

    /// Of the first line of a paragraph.
    var indent: String {
        firstLine > 0
            ? "<w:ind w:firstLineChars=\"\(firstLine)\" w:firstLine=\"\(firstLine * body.size / 10)\"/>"
            : ""
    }

    private func heading(_ face: Face, level: Int, isIndented: Bool = true) -> StyleDefinition {
        StyleDefinition(
            next: .body,
            paragraph: "<w:keepNext/><w:keepLines/>"
                + lines(before: isChinese ? 0 : 240, after: isChinese ? 0 : 80)
                + (isIndented ? indent : "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>")
                + "<w:jc w:val=\"left\"/>" + (level < 9 ? "<w:outlineLvl w:val=\"\(level)\"/>" : ""),
            run: face.properties
        )
    }

    func definition(_ role: StyleRole) -> StyleDefinition {
        let (after, gap) = (isChinese ? 0 : 120, isChinese ? 0 : 60)
        switch role {
        case .normal:
            return StyleDefinition(
                basedOn: nil,
                paragraph: "<w:widowControl w:val=\"0\"/>" + lines(after: gap)
                    + "<w:jc w:val=\"\(isChinese ? "both" : "left")\"/>",
                run: body.properties
            )
        case .body: return StyleDefinition(paragraph: lines(after: after) + indent)
        case .centred: return StyleDefinition(paragraph: "<w:jc w:val=\"center\"/>")
        case .right: return StyleDefinition(paragraph: "<w:keepLines/><w:jc w:val=\"right\"/>")
        case .lead:
            return StyleDefinition(
                next: .body,
                paragraph: "<w:keepNext/>" + lines(after: gap) + indent,
                run: "<w:b/><w:bCs/>"
            )
        case .note:
            var face = table
            face.size -= 3
            return StyleDefinition(
                paragraph:
                    "<w:spacing w:before=\"40\" w:after=\"160\" w:line=\"\(face.size * 15)\" w:lineRule=\"exact\"/>",
                run: face.properties
            )
        case .quote: return StyleDefinition(paragraph: "<w:ind w:left=\"640\" w:right=\"640\"/>")
        case .title:
            return StyleDefinition(
                next: .body,
                paragraph:
                    "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"400\" w:line=\"\(title.size * 15)\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
                run: title.properties
            )
        case .heading1: return heading(part, level: 0)
        case .heading2: return heading(section, level: 1)
        case .heading3: return heading(item, level: 2)
        case .heading4: return heading(point, level: 3)
        case .part: return heading(part, level: 9)
        case .section: return heading(section, level: 9)
        case .item: return heading(item, level: 9)
        case .point: return heading(point, level: 9)
        case .annex: return heading(part, level: 9, isIndented: false)
        default: return furtherDefinition(role)
        }
    }

    private func furtherDefinition(_ role: StyleRole) -> StyleDefinition {
        switch role {
        case .coverTitle:
            var face = title
            face.size += 8
            return StyleDefinition(
                next: .coverLine,
                paragraph:
                    "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"\(face.size * 15)\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
                run: face.properties
            )
        case .coverSubtitle:
            var face = section
            face.size = max(face.size, sized(32))
            return StyleDefinition(
                next: .coverLine,
                paragraph: lines(before: 120) + "<w:jc w:val=\"center\"/>",
                run: face.properties
            )
        case .coverLine:
            return StyleDefinition(
                paragraph:
                    "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"\(body.size * 22)\" w:lineRule=\"exact\"/><w:ind w:left=\"850\"/><w:jc w:val=\"left\"/>"
            )
        case .contentsTitle:
            var face = part
            face.size = sized(36)
            return StyleDefinition(
                next: .contents1,
                paragraph: "<w:keepNext/>" + lines(before: 120, after: 240) + "<w:jc w:val=\"center\"/>",
                run: face.properties
            )
        case .contents1, .contents2, .contents3, .contents4:
            let level = Int(role.rawValue.suffix(1)) ?? 1
            let face = level == 1 ? part : body
            return StyleDefinition(
                next: .body,
                paragraph: lines()
                    + "<w:ind w:left=\"\((level - 1) * body.size * 10)\"/><w:jc w:val=\"left\"/>",
                run: level == 1 && isChinese && !isFirm ? face.properties : ""
            )
        case .caption:
            return StyleDefinition(
                paragraph:
                    "<w:keepNext/><w:keepLines/><w:spacing w:before=\"160\" w:after=\"80\" w:line=\"\(caption.size * 15)\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
                run: caption.properties
            )
        case .picture:
            return StyleDefinition(
                paragraph:
                    "<w:spacing w:before=\"80\" w:after=\"80\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>"
            )
        default: return smallDefinition(role)
        }
    }

    private func smallDefinition(_ role: StyleRole) -> StyleDefinition {
        let tight = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>"
        switch role {
        case .tableText:
            return StyleDefinition(
                paragraph:
                    "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"left\"/>",
                run: table.properties
            )
        case .tableHead:
            var face = table
            face.eastAsian = part.eastAsian
            face.isBold = !isChinese || isFirm
            return StyleDefinition(
                basedOn: .tableText,
                paragraph: "<w:jc w:val=\"center\"/>",
                run: face.properties
            )
        case .header:
            var face = margin
            face.size = sized(18)
            return StyleDefinition(
                paragraph:
                    "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"auto\"/></w:pBdr>"
                    + tight
                    + "<w:jc w:val=\"center\"/>",
                run: face.properties
            )
        case .footer:
            var face = margin
            face.size = sized(isChinese ? 24 : 18)
            return StyleDefinition(paragraph: tight + "<w:jc w:val=\"center\"/>", run: face.properties)
        case .footnoteText:
            var face = body
            face.size = sized(18)
            return StyleDefinition(
                paragraph:
                    "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"\(face.size * 14 + 8)\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/>",
                run: face.properties
            )
        case .footnoteReference:
            return StyleDefinition(basedOn: nil, run: "<w:vertAlign w:val=\"superscript\"/>")
        case .link: return StyleDefinition(basedOn: nil)
        default: return StyleDefinition(basedOn: nil)
        }
    }
}
