import Markup

/// `word/styles.xml` of the house.
struct StylesPart {
    var house: HouseStyle

    var xml: String {
        let roles = StyleRole.allCases.map { definition($0, id: $0.id, id(of:)) }.joined()
        return WordNamespaces.declaration + "<w:styles \(WordNamespaces.main)>" + defaults + roles
            + "</w:styles>"
    }

    private func id(of role: StyleRole) -> String { role.id }

    private var defaults: String {
        let latin = house.isChinese ? "en-US" : house.language
        let eastAsian = house.isChinese ? house.language : "zh-CN"
        return "<w:docDefaults><w:rPrDefault><w:rPr>" + house.body.properties
            + "<w:lang w:val=\"\(escaped(latin, for: .xml))\" w:eastAsia=\"\(escaped(eastAsian, for: .xml))\" w:bidi=\"ar-SA\"/>"
            + "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    }

    /// A style as an element.
    ///
    /// - Parameters:
    ///   - isFirm: whether it is added to the styles of a firm, whose lines and type running text then has.
    ///   - likeness: the style of the firm that it is to look like, as a heading that no contents name.
    ///   - running: the style of the firm's text that it is set as, apart from its type.
    ///   - styleID: the id of another role's style.
    func definition(
        _ role: StyleRole,
        id: String,
        isFirm: Bool = false,
        like likeness: StyleRole? = nil,
        running: StyleRole? = nil,
        _ styleID: (StyleRole) -> String
    ) -> String {
        if role == .table { return table(id) }
        var definition = house.definition(role)
        if isFirm, role == .body { definition.paragraph = house.indent }
        if let likeness {
            definition = StyleDefinition(
                basedOn: likeness,
                next: definition.next,
                paragraph: "<w:outlineLvl w:val=\"9\"/>"
            )
        }
        if let running { (definition.basedOn, definition.paragraph) = (running, "<w:keepNext/>") }
        let isDefault = role == .normal && !isFirm ? " w:default=\"1\"" : ""
        let isOwn = role.id.hasPrefix("Report") ? " w:customStyle=\"1\"" : ""
        var xml = "<w:style w:type=\"\(role.kind.rawValue)\"\(isDefault)\(isOwn) w:styleId=\"\(id)\">"
        xml += "<w:name w:val=\"\(role.name)\"/>"
        if let base = definition.basedOn, base != role {
            xml += "<w:basedOn w:val=\"\(styleID(base))\"/>"
        }
        if let next = definition.next { xml += "<w:next w:val=\"\(styleID(next))\"/>" }
        xml += "<w:uiPriority w:val=\"\(role == .normal ? 0 : 9)\"/>"
        if role.kind == .paragraph { xml += "<w:qFormat/>" }
        if !definition.paragraph.isEmpty { xml += "<w:pPr>\(definition.paragraph)</w:pPr>" }
        if !definition.run.isEmpty { xml += "<w:rPr>\(definition.run)</w:rPr>" }
        return xml + "</w:style>"
    }

    private func table(_ id: String) -> String {
        let sides = ["top", "left", "bottom", "right", "insideH", "insideV"].map {
            "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
        }
        return
            "<w:style w:type=\"table\" w:styleId=\"\(id)\"><w:name w:val=\"Table Grid\"/><w:uiPriority w:val=\"39\"/>"
            + "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblBorders>\(sides.joined())</w:tblBorders><w:tblCellMar>"
            + "<w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/>"
            + "<w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    }
}

/// The namespaces of the parts that are written here.
enum WordNamespaces {
    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let mainName = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    static let main = "xmlns:w=\"\(mainName)\""
    static let relationshipsName =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let relationships = "xmlns:r=\"\(relationshipsName)\""
    static let drawingName = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    static let drawing = "xmlns:wp=\"\(drawingName)\""
    static let art = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
    static let picture = "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""
    static let chart = "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\""
}
