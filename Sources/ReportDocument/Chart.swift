public import ExactNumbers

/// Bars for a few series over named groups. The figures are exact; a back end only turns lengths into drawing units.
public struct Chart: Sendable, Hashable {
    public var caption: [Run]
    /// A sentence that says what the chart shows, for readers who cannot see it.
    public var summary: String
    /// What the printed values count, in words; empty for none.
    public var unit: String
    /// The names of the series.
    public var series: [String]
    public var groups: [Group]

    public struct Group: Sendable, Hashable {
        public var label: String
        /// One bar a series; `nil` where there is no value.
        public var bars: [Bar?]

        public init(label: String, bars: [Bar?]) { (self.label, self.bars) = (label, bars) }
    }

    public struct Bar: Sendable, Hashable {
        public var value: ExactDecimal
        /// Where the bar begins: 0, or in a waterfall where the one above it has got to.
        public var base: ExactDecimal
        /// The value as printed.
        public var text: String

        public init(value: ExactDecimal, base: ExactDecimal = .zero, text: String) {
            (self.value, self.base, self.text) = (value, base, text)
        }
    }

    public init(caption: [Run], summary: String, unit: String, series: [String], groups: [Group]) {
        (self.caption, self.summary, self.unit) = (caption, summary, unit)
        (self.series, self.groups) = (series, groups)
    }
}

/// Boxes in a row with arrows between them.
public struct FlowDiagram: Sendable, Hashable {
    public var caption: [Run]
    public var steps: [String]

    public init(caption: [Run], steps: [String]) { (self.caption, self.steps) = (caption, steps) }
}
