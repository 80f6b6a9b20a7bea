/// Somebody's decision that a finding may stand, with their name under it. The finding stays visible.
public struct Waiver: Sendable, Hashable {
    public var reason: String
    public var approver: String
    /// The last day on which it holds, `2026-12-31`; `nil` for as long as it stands in the spec.
    public var expires: String?

    public init(reason: String, approver: String, expires: String? = nil) {
        (self.reason, self.approver, self.expires) = (reason, approver, expires)
    }
}
