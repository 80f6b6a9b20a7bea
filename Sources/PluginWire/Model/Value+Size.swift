public import ReviewModel

extension Value {
    /// About how many bytes the value takes on the wire.
    public var estimatedBytes: Int {
        switch self {
        case .null, .boolean: 5
        case .integer: 8
        case .decimal: 16
        case .text(let text): text.utf8.count + 3
        case .list(let items): items.reduce(3) { $0 + $1.estimatedBytes }
        case .record(let record): record.members.reduce(3) { $0 + $1.key.utf8.count + 4 + $1.value.estimatedBytes }
        }
    }
}
