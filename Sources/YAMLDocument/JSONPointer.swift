/// A JSON Pointer (RFC 6901) as text: empty for the root, else steps that each begin with `/`; `~1` stands for `/` and
/// `~0` for `~` within a step.
public typealias JSONPointerString = String

extension YAMLNode {
    /// The node at a JSON Pointer, or `nil` when the document has no such node or the pointer is malformed.
    ///
    /// A step into a sequence is its index from 0 without leading zeros; RFC 6901's `-` (past the end) finds nothing.
    public func node(at pointer: JSONPointerString) -> YAMLNode? {
        let walk = walk(pointer)
        return walk.isComplete ? walk.node : nil
    }

    /// The place of the value at a JSON Pointer.
    ///
    /// ```swift
    /// root.place(at: "/tables/3/amount")
    /// ```
    public func place(at pointer: JSONPointerString) -> SourcePlace? {
        node(at: pointer)?.place
    }

    /// The value at a JSON Pointer, or the nearest value above it that the document has; the root when the pointer is
    /// malformed. For remarks about something that is missing.
    public func nearestNode(at pointer: JSONPointerString) -> YAMLNode {
        walk(pointer).node
    }

    /// The place of ``nearestNode(at:)``.
    public func nearestPlace(at pointer: JSONPointerString) -> SourcePlace {
        nearestNode(at: pointer).place
    }

    /// The key under which the value at a JSON Pointer stands; `nil` for the root, for elements of a sequence, and
    /// where the document has no such value. For remarks about the key itself.
    public func keyNode(at pointer: JSONPointerString) -> YAMLNode? {
        let walk = walk(pointer)
        return walk.isComplete ? walk.key : nil
    }

    /// The place of ``keyNode(at:)``.
    public func keyPlace(at pointer: JSONPointerString) -> SourcePlace? {
        keyNode(at: pointer)?.place
    }

    private struct Walk {
        var node: YAMLNode
        var key: YAMLNode?
        var isComplete = false
    }

    private func walk(_ pointer: JSONPointerString) -> Walk {
        var walk = Walk(node: self)
        guard let steps = pointerSteps(pointer) else { return walk }
        for step in steps {
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

/// The unescaped steps of a pointer, or `nil` when it neither is empty nor begins with "/", or has a stray "~".
private func pointerSteps(_ pointer: JSONPointerString) -> [String]? {
    if pointer.isEmpty { return [] }
    guard pointer.unicodeScalars.first == "/" else { return nil }
    // Scalars, not characters: a combining mark after "/" would otherwise hide it.
    let steps = pointer.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    var result: [String] = []
    for step in steps {
        guard let text = unescapedStep(step) else { return nil }
        result.append(text)
    }
    return result
}

private func unescapedStep(_ step: Substring.UnicodeScalarView) -> String? {
    var text = String.UnicodeScalarView()
    var escaped = false
    for scalar in step {
        switch (escaped, scalar) {
        case (true, "0"): text.append("~")
        case (true, "1"): text.append("/")
        case (true, _): return nil
        case (false, "~"): break
        case (false, _): text.append(scalar)
        }
        escaped = !escaped && scalar == "~"
    }
    return escaped ? nil : String(text)
}
