/// Something that a reviewer should see, with its place and its proof.
public struct Finding: Sendable, Hashable {
    /// The rule's id, `area/name`: `arithmetic/line-product`.
    public var rule: String
    public var severity: Severity
    public var message: LocalizedText
    /// What is spoken of, in the dossier's own ids: a line, a criterion, a target.
    public var subject: String
    /// Where it stands, most telling place first. Pointers begin with `/fields`, `/tables` or `/config`.
    public var spots: [Spot]
    /// What should stand there, and what does; figures or words, empty when the message says it all.
    public var expected: String
    public var found: String
    /// `found` less `expected`, with its unit, where both are figures; otherwise empty.
    public var difference = ""
    /// The figures behind it.
    public var proof: Proof?
    /// The next step.
    public var hint: LocalizedText?

    public init(
        rule: String,
        severity: Severity,
        message: LocalizedText,
        subject: String = "",
        pointers: [JSONPointer] = [],
        expected: String = "",
        found: String = "",
        hint: LocalizedText? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.subject = subject
        spots = pointers.map(Spot.value)
        self.expected = expected
        self.found = found
        self.hint = hint
    }
}

extension Finding {
    /// The values that it is about, lines left out.
    public var pointers: [JSONPointer] { spots.compactMap(\.pointer) }
}
