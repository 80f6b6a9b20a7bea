/// What a review makes of one requested amount. Amounts are exact, and count ``unit``.
public struct Adjustment: Sendable, Hashable {
    /// The id of the requested line.
    public var subject: String
    public var label: String
    public var requested: ExactDecimal
    /// The cuts, deferrals and increases; none when the line is approved as requested.
    public var parts: [Part]
    /// Where the request stands.
    public var pointer: JSONPointer?
    /// What the amounts count: `EUR`, `CNY-wan`; 元 where nobody says otherwise.
    public var unit: String

    /// One decision on a line, with its reason.
    public struct Part: Sendable, Hashable {
        public var kind: Kind
        /// Always positive; ``kind`` says which way it counts.
        public var amount: ExactDecimal
        public var reason: String

        public init(kind: Kind, amount: ExactDecimal, reason: String = "") {
            self.kind = kind
            self.amount = amount
            self.reason = reason
        }
    }

    public enum Kind: String, Sendable, CaseIterable {
        /// Not granted.
        case cut
        /// Not payable in this year but in a later one.
        case deferral
        /// Granted beyond the request.
        case increase
    }

    public init(
        subject: String,
        label: String,
        requested: ExactDecimal,
        parts: [Part] = [],
        pointer: JSONPointer? = nil,
        unit: String = Amounts.standardUnit
    ) {
        self.subject = subject
        self.label = label
        self.requested = requested
        self.parts = parts
        self.pointer = pointer
        self.unit = unit
    }

    /// The sums of this one line.
    public func amounts() throws(DecimalOverflow) -> Amounts {
        var (deducted, increased, deferred) = (ExactDecimal.zero, ExactDecimal.zero, ExactDecimal.zero)
        for part in parts {
            switch part.kind {
            case .cut: deducted = try deducted + part.amount
            case .deferral:
                deducted = try deducted + part.amount
                deferred = try deferred + part.amount
            case .increase: increased = try increased + part.amount
            }
        }
        return try Amounts(
            requested: requested,
            deducted: deducted,
            increased: increased,
            deferred: deferred,
            unit: unit
        )
    }
}

/// The totals of a review: `approved` = `requested` − `deducted` + `increased`.
public struct Amounts: Sendable, Hashable {
    public var requested: ExactDecimal
    public var approved: ExactDecimal
    /// What is not granted for this year, ``deferred`` included.
    public var deducted: ExactDecimal
    public var increased: ExactDecimal
    /// The part of ``deducted`` that is payable in a later year.
    public var deferred: ExactDecimal
    /// What they count, by its code: `CNY`, `EUR`, `CNY-wan`.
    public var unit: String

    /// What amounts count where nobody says otherwise.
    public static let standardUnit = "CNY"

    public init(
        requested: ExactDecimal,
        deducted: ExactDecimal,
        increased: ExactDecimal,
        deferred: ExactDecimal,
        unit: String = Amounts.standardUnit
    ) throws(DecimalOverflow) {
        self.requested = requested
        self.approved = try requested - deducted + increased
        self.deducted = deducted
        self.increased = increased
        self.deferred = deferred
        self.unit = unit
    }

    /// Each sum with its name in `review.json`, in the order in which people read them.
    public var sums: [(name: String, sum: ExactDecimal)] {
        [
            ("requested", requested), ("approved", approved), ("deducted", deducted), ("increased", increased),
            ("deferred", deferred),
        ]
    }

    /// The sums of amounts of one unit: that of the first.
    public static func sum(_ amounts: some Sequence<Amounts>) throws(DecimalOverflow) -> Amounts {
        var (total, isFirst) = (try Amounts(requested: 0, deducted: 0, increased: 0, deferred: 0), true)
        for each in amounts {
            if isFirst { total.unit = each.unit }
            isFirst = false
            total = try Amounts(
                requested: total.requested + each.requested,
                deducted: total.deducted + each.deducted,
                increased: total.increased + each.increased,
                deferred: total.deferred + each.deferred,
                unit: total.unit
            )
        }
        return total
    }

    /// `deducted` as a percentage of `requested`, two places, half up; `nil` when nothing was requested.
    public func deductionRate() throws(DecimalOverflow) -> ExactDecimal? {
        try ExactDecimal.percentage(deducted, of: requested)
    }
}
