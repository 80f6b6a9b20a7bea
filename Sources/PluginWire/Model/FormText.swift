internal import JSONDocument
public import ReviewModel
internal import Synchronization

/// What a dossier may hold, as it crosses the wire: written once for all steps, and read only by who asks for it. Most
/// settings name neither fields nor tables.
public struct FormText: Sendable, Hashable {
    let text: JSONText

    public init(_ outline: DossierOutline) { text = JSONText(outline.wire) }

    init(_ text: JSONText) { self.text = text }

    /// `nil` where it makes no sense: then the form is not known.
    ///
    /// A plugin that stays is sent the same form again and again, for its settings and for each review, so the last one is kept.
    public var outline: DossierOutline? {
        let own = text.bytes[text.range]
        if let known = Self.latest.withLock({ $0 }), known.bytes == own { return known.outline }
        let log = DiagnosticLog()
        let outline = DossierOutline(wire: ValueReader(text.value, log: log))
        guard !log.hasErrors else { return nil }
        Self.latest.withLock { $0 = outline.map { (ArraySlice(Array(own)), $0) } }
        return outline
    }

    private static let latest = Mutex<(bytes: ArraySlice<UInt8>, outline: DossierOutline)?>(nil)
}
