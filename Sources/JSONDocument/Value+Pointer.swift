public import Groundwork

extension Value {
    /// The value at `pointer`, or `nil` where the document has none.
    public subscript(pointer: JSONPointer) -> Value? {
        var current = self
        for token in pointer.tokens {
            switch current {
            case .record(let record):
                guard let next = record[token] else { return nil }
                current = next
            case .list(let items):
                guard let index = Int(token), items.indices.contains(index) else { return nil }
                current = items[index]
            default:
                return nil
            }
        }
        return current
    }
}
