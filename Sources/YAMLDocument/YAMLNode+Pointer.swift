public import Groundwork

extension YAMLNode {
    /// The node at a JSON Pointer, or `nil` when the document has no such node.
    ///
    /// A step into a sequence is its index from 0 without leading zeros; RFC 6901's `-` (past the end) finds nothing.
    public func node(at pointer: JSONPointer) -> YAMLNode? {
        let walk = walk(pointer)
        return walk.isComplete ? walk.node : nil
    }

    /// The place of the value at a JSON Pointer.
    ///
    /// ```swift
    /// root.place(at: JSONPointer(["tables", "3", "amount"]))
    /// ```
    public func place(at pointer: JSONPointer) -> SourcePlace? {
        node(at: pointer)?.place
    }

    /// The value at a JSON Pointer, or the nearest value above it that the document has. For remarks about something that is missing.
    public func nearestNode(at pointer: JSONPointer) -> YAMLNode {
        walk(pointer).node
    }

    /// The place of ``nearestNode(at:)``.
    public func nearestPlace(at pointer: JSONPointer) -> SourcePlace {
        nearestNode(at: pointer).place
    }

    /// The key under which the value at a JSON Pointer stands; `nil` for the root, for elements of a sequence, and
    /// where the document has no such value. For remarks about the key itself.
    public func keyNode(at pointer: JSONPointer) -> YAMLNode? {
        let walk = walk(pointer)
        return walk.isComplete ? walk.key : nil
    }

    /// The place of ``keyNode(at:)``.
    public func keyPlace(at pointer: JSONPointer) -> SourcePlace? {
        keyNode(at: pointer)?.place
    }

    private struct Walk {
        var node: YAMLNode
        var key: YAMLNode?
        var isComplete = false
    }

    private func walk(_ pointer: JSONPointer) -> Walk {
        var walk = Walk(node: self)
        for step in pointer.tokens {
            switch walk.node.content {
            case .mapping(let entries):
                guard let entry = entries.first(where: { $0.key.text == step }) else { return walk }
                walk.node = entry.value
                walk.key = entry.key
            case .sequence(let elements):
                guard let index = Int(step), elements.indices.contains(index), String(index) == step else {
                    return walk
                }
                walk.node = elements[index]
                walk.key = nil
            case .scalar:
                return walk
            }
        }
        walk.isComplete = true
        return walk
    }
}
