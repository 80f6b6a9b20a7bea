import ReviewModel

/// Bars for a few series over named groups. The figures are exact; a back end only turns lengths into drawing units.
struct Chart: Hashable {
    var caption: [Run]
    var summary: String
    var unit: String
    var series: [String]
    var groups: [Group]

    struct Group: Hashable {
        var label: String
        /// One bar a series; `nil` where there is no value.
        var bars: [Bar?]
    }

    struct Bar: Hashable {
        var value: ExactDecimal
        /// Where the bar begins: 0, or in a waterfall where the one above it has got to.
        var base = ExactDecimal.zero
        /// The value as printed.
        var text: String
    }
}

/// Boxes in a row with arrows between them.
struct FlowDiagram: Hashable {
    var caption: [Run]
    var steps: [String]
}
