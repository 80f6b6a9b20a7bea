/// The elements of WordprocessingML that reading looks at; of the others only whether they hold properties.
enum WordElement: String {
    case body, document, footnote, endnote, comment
    case p, r, t, delText, instrText, delInstrText
    case tbl, tr, tc, txbxContent, sdt, hyperlink, fldSimple
    case ins, del, moveFrom, moveTo
    case pPr, rPr, tblPr, trPr, tcPr, numPr, docPartObj
    case tab, ptab, br, cr, noBreakHyphen, softHyphen, sym, fldChar, footnoteReference, endnoteReference
    case bookmarkStart, bookmarkEnd
    case pStyle, outlineLvl, numId, ilvl, vanish, tblCaption, tblHeader, gridBefore, gridSpan, vMerge, docPartGallery
    /// `mc:`, what is written twice for programs of different age.
    case alternateContent, choice, fallback
    /// Properties of something else.
    case otherProperties
    /// What was there before a change of looks, readings of characters.
    case leftOut
    case other

    init(_ name: XMLName) {
        switch (name.namespace, name.local) {
        case (.compatibility, "AlternateContent"): self = .alternateContent
        case (.compatibility, "Choice"): self = .choice
        case (.compatibility, "Fallback"): self = .fallback
        case (.word, "rt"), (.word, "numberingChange"): self = .leftOut
        case (.word, let local) where local.hasSuffix("PrChange"): self = .leftOut
        case (.word, let local): self = Self(rawValue: local) ?? (local.hasSuffix("Pr") ? .otherProperties : .other)
        default: self = name.local.hasSuffix("Pr") ? .otherProperties : .other
        }
    }

    /// Whether it holds what another element is like.
    var isProperties: Bool {
        switch self {
        case .pPr, .rPr, .tblPr, .trPr, .tcPr, .numPr, .otherProperties: true
        default: false
        }
    }
}
