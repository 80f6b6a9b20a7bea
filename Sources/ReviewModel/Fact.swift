/// A figure that a scorer computed, kept so that the report prints it and a reader can follow it.
public struct Fact: Sendable, Hashable {
    /// A stable name, dotted from the general to the particular: `history.2023.rate`.
    public var id: String
    public var label: LocalizedText
    public var value: Value
    /// What a number counts: `CNY`, `percent`, `points`; empty for none.
    public var unit: String
    /// The cells that the figure was taken from, or computed from.
    public var sources: [JSONPointer]
    /// The facts that it was computed from, by their ids; their sources are not repeated here.
    public var inputs: [String] = []
    /// The arithmetic from the inputs and sources to the value, as a person would write it down: `350,000.00 − 50,000.00 =
    /// 300,000.00`; empty for a figure that was only taken.
    public var calculation: String = ""

    public init(
        id: String,
        label: LocalizedText,
        value: Value,
        unit: String = "",
        sources: [JSONPointer] = []
    ) {
        self.id = id
        self.label = label
        self.value = value
        self.unit = unit
        self.sources = sources
    }
}

extension Fact {
    /// The value as people read it: with thousands separators and its unit.
    public func printed(_ locale: Locale) -> String {
        guard let number = value.decimal else { return value.scalarText ?? "…" }
        if let unit = FigureUnit(rawValue: unit) { return unit.text(of: number, inChinese: locale == .zh) }
        return number.grouped + (unit.isEmpty ? "" : " " + unit)
    }
}

/// What one scorer returns.
public struct Assessment: Sendable, Hashable {
    public var scores: [ScoreSheet]
    public var adjustments: [Adjustment]
    public var findings: [Finding]
    public var facts: [Fact]
    /// The rules that found something, so that a review can name them; a scorer need not.
    public var rules: [Rule] = []

    public init(
        scores: [ScoreSheet] = [],
        adjustments: [Adjustment] = [],
        findings: [Finding] = [],
        facts: [Fact] = []
    ) {
        self.scores = scores
        self.adjustments = adjustments
        self.findings = findings
        self.facts = facts
    }
}
