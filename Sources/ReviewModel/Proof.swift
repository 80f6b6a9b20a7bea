/// The figures that a finding rests on, and how they combine: enough to do the sum again by hand.
public struct Proof: Sendable, Hashable {
    public var figures: [Figure]
    /// The sum as one would write it: `342.02 + 42.33 + 247.88 = 632.23 ≠ 800.23`; empty when the figures speak for themselves.
    public var calculation: String

    public struct Figure: Sendable, Hashable {
        public var name: LocalizedText
        /// With its unit, as it is printed.
        public var value: String
        /// Where it stands in the dossier or the settings.
        public var pointer: JSONPointer?

        public init(_ name: LocalizedText, _ value: String, at pointer: JSONPointer? = nil) {
            (self.name, self.value, self.pointer) = (name, value, pointer)
        }
    }

    public init(_ figures: [Figure] = [], calculation: String = "") {
        (self.figures, self.calculation) = (figures, calculation)
    }
}
