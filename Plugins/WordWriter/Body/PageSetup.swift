import ReportDocument

/// The pages of a document: how large they are and what stands in their margins, as properties of sections.
struct PageSetup: Sendable {
    /// Of upright pages.
    var measure: PageMeasure
    /// Whether they are a firm's.
    var isFirm = false
    /// The relationships to the parts that stand in the margins, as elements of `w:sectPr`; none on a cover.
    var margins = ""
    /// A firm's own properties of sections, with `{size}` where its page size stands; they replace all of the above.
    var firm: FirmSection?

    /// Whether a firm's pages count characters, which would set figures apart.
    var hasCharacterGrid: Bool { firm?.hasCharacterGrid == true }

    var turned: PageMeasure { firm?.turnedMeasure ?? measure.turned }

    /// The properties of the section at `position`.
    func properties(of position: Int, in sections: [DocumentSection]) -> String {
        let section = sections[position]
        if let firm { return firm.properties(section.orientation, isFirst: position == 0) }
        let isCover = section.blocks.contains { if case .cover = $0 { true } else { false } }
        let page = section.orientation == .portrait ? measure : turned
        let turn = section.orientation == .landscape ? " w:orient=\"landscape\"" : ""
        return "<w:sectPr>" + (isCover ? "" : margins) + "<w:type w:val=\"nextPage\"/>"
            + "<w:pgSz w:w=\"\(page.width)\" w:h=\"\(page.height)\"\(turn)/>"
            + "<w:pgMar w:top=\"\(page.top)\" w:right=\"\(page.right)\" w:bottom=\"\(page.bottom)\" w:left=\"\(page.left)\""
            + " w:header=\"\(page.header)\" w:footer=\"\(page.footer)\" w:gutter=\"0\"/></w:sectPr>"
    }
}
