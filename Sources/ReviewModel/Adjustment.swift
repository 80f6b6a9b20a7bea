/// What a review makes of one requested amount. Amounts are in the dossier's currency, exact.
public struct Adjustment: Sendable, Hashable {
    /// The id of the requested line.
    public var subject: String
    public var label: String
    public var requested: ExactDecimal
    /// The cuts, deferrals and increases; none when the line is approved as requested.
    public var parts: [Part]
    /// Where the request stands.
    public var pointer: JSONPointer?

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
        pointer: JSONPointer? = nil
    ) {
        self.subject = subject
        self.label = label
        self.requested = requested
        self.parts = parts
        self.pointer = pointer
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
        return try Amounts(requested: requested, deducted: deducted, increased: increased, deferred: deferred)
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

    public init(
        requested: ExactDecimal,
        deducted: ExactDecimal,
        increased: ExactDecimal,
        deferred: ExactDecimal
    ) throws(DecimalOverflow) {
        self.requested = requested
        self.approved = try requested - deducted + increased
        self.deducted = deducted
        self.increased = increased
        self.deferred = deferred
    }

    /// Each sum with its name in `review.json`, in the order in which people read them.
    public var sums: [(name: String, sum: ExactDecimal)] {
        [
            ("requested", requested), ("approved", approved), ("deducted", deducted), ("increased", increased),
            ("deferred", deferred),
        ]
    }

    public static func sum(_ amounts: some Sequence<Amounts>) throws(DecimalOverflow) -> Amounts {
        var total = try Amounts(requested: 0, deducted: 0, increased: 0, deferred: 0)
        for each in amounts {
            total = try Amounts(
                requested: total.requested + each.requested,
                deducted: total.deducted + each.deducted,
                increased: total.increased + each.increased,
                deferred: total.deferred + each.deferred
            )
        }
        return total
    }

    /// `deducted` as a percentage of `requested`, two places, half up; `nil` when nothing was requested.
    public func deductionRate() throws(DecimalOverflow) -> ExactDecimal? {
        try ExactDecimal.percentage(deducted, of: requested)
    }
}
