/// Somebody's decision that a finding may stand, with their name under it. The finding stays visible.
public struct Waiver: Sendable, Hashable {
    public var reason: String
    public var approver: String
    /// The last day on which it holds; `nil` for as long as it stands in the spec.
    public var expires: CalendarDate?

    public init(reason: String, approver: String, expires: CalendarDate? = nil) {
        (self.reason, self.approver, self.expires) = (reason, approver, expires)
    }
}
