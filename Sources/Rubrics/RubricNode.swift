public import ReviewModel

/// A section, indicator or criterion of a rubric.
public struct RubricNode: Sendable {
    public var code: String
    /// What it is called, a criterion by its text where it has no name.
    public var name: LocalizedText
    /// The most points that the node can have; `nil` where it shares those of its parent.
    public var max: ExactDecimal?
    public var kind: Kind
    /// How it can be scored, where nothing below it says.
    public var scale = RubricScale.free()
    /// Whether it has a level alone, one of a mere order. Its ``max`` and its points are then ranks, for comparison only.
    public var isRating = false
    /// Whether it only stands above its parts: nothing is added up, and it is not scored itself.
    public var isHeading: Bool { max == nil && !children.isEmpty && aggregation == .none }
    /// Whether it was marked as alternatives besides being pooled.
    var isAlternativeToo = false
    /// How its points come from those of its parts.
    public var aggregation = RubricAggregation.sum
    /// What it counts for in a mean of its siblings; its points where nothing is said, else 1.
    public var weight: ExactDecimal = 1
    /// Where the rubric says that weight; `nil` where it does not.
    var weightPointer: JSONPointer?
    /// A query whose answer is its points, or its level.
    public var computation: Computation?
    /// Who scores it and what stands below; empty for all who score. What was decided together may still be written down.
    public var raters: [String] = []
    /// Where the rubric says so; `nil` where it follows from an item above.
    var ratersPointer: JSONPointer?
    /// Words of which the evidence must have one, where points are given.
    public var evidenceWords: [String] = []
    /// The keys of its table or matrix as they are written, by how they are looked up.
    var writtenKeys: [String: String] = [:]
    /// Whether a `rating` names the scale of what follows from the parts.
    var hasRating = false
    /// Whether it says that its parts are added up, and these are letters.
    var addsLetters = false
    /// Sub-items, or criteria at the ends of the branches.
    public var children: [RubricNode]
    /// When the node applies, among alternatives.
    public var condition: RubricCondition?
    /// Where the node stands, in the plugin's settings.
    public var pointer: JSONPointer

    /// A score that the dossier gives by itself.
    public struct Computation: Sendable, Hashable {
        /// SQL, with the node's points as `:max`; one value.
        public var query: String
        /// Whether the answer is the name of a level rather than points.
        public var givesLevel: Bool
    }

    public enum Kind: Sendable, Hashable {
        /// The points are the sum of the parts'.
        case sum
        /// Exactly one child applies, the one whose condition holds.
        case alternatives
        /// The children share the node's points; its own criteria are scored.
        case pooled
        /// An end of the tree.
        case criterion
    }

    /// The parts whose points add up to the node's: the children, or of a pool its criteria alone.
    public var scoredChildren: [RubricNode] {
        kind == .pooled ? children.filter { $0.kind == .criterion } : children
    }

    /// The name for a sentence: criteria are named by their whole wording, of which the beginning is enough.
    public var shortName: LocalizedText { LocalizedText(zh: Self.short(name.zh), en: Self.short(name.en)) }

    private static func short(_ name: String) -> String {
        let line = name.split(separator: "\n").first.map(String.init) ?? name
        return line.count > 24 ? line.prefix(24) + "…" : line
    }

    /// The node and all below it, parents before their children.
    public var all: [RubricNode] { [self] + children.flatMap(\.all) }
}

/// A question to the dossier's fields: is the field equal to this value?
public struct RubricCondition: Sendable, Hashable {
    /// The field by its pointer among the fields: `/project/evaluated_last_year`.
    public var field: JSONPointer
    public var value: Value
    /// Where the path is written. Two conditions that ask the same are the same, wherever they stand.
    public var pointer = JSONPointer()

    /// The answer, or `nil` when the dossier has no such field.
    public func holds(in dossier: Dossier) -> Bool? {
        guard let found = Value.record(dossier.fields)[field], !found.isNull else { return nil }
        if let left = found.decimal, let right = value.decimal { return left == right }
        return found == value
    }

    public static func == (left: RubricCondition, right: RubricCondition) -> Bool {
        left.field == right.field && left.value == right.value
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(field)
        hasher.combine(value)
    }
}
