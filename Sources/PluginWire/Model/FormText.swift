internal import JSONDocument
public import ReviewModel

/// What a dossier may hold, as it crosses the wire: written once for all steps, and read only by who asks for it. Most
/// settings name neither fields nor tables.
public struct FormText: Sendable, Hashable {
    let text: JSONText

    public init(_ outline: DossierOutline) { text = JSONText(outline.wire) }

    init(_ text: JSONText) { self.text = text }

    /// `nil` where it makes no sense: then the form is not known.
    public var outline: DossierOutline? {
        let log = DiagnosticLog()
        let outline = DossierOutline(wire: ValueReader(text.value, log: log))
        return log.hasErrors ? nil : outline
    }
}
