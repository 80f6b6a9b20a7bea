public import Groundwork

/// What belongs to a document's long lists and mappings and came after it, in pieces, by the pointer of each.
///
/// A ``ValueReader`` that is given them reads the document as if it were whole, and holds one element at a time as a tree.
public struct FurtherElements: Sendable {
    /// Each piece is a list; the elements of a mapping are `{key, value}`.
    private var pieces: [JSONPointer: [JSONText]] = [:]

    public init() {}

    public var isEmpty: Bool { pieces.isEmpty }

    public mutating func append(_ elements: JSONText, to pointer: JSONPointer) {
        pieces[pointer, default: []].append(elements)
    }

    /// The elements that belong to the list at `pointer`.
    func forEach(at pointer: JSONPointer, _ body: (Value) -> Void) {
        for piece in pieces[pointer] ?? [] { piece.forEachElement(body) }
    }
}
