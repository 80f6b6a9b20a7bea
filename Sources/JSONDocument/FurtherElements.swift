public import Groundwork
internal import Synchronization

/// What belongs to a document's long lists and mappings and came after it, in pieces, by the pointer of each.
///
/// A ``ValueReader`` that is given them reads the document as if it were whole, and holds one element at a time as a tree. They are
/// read once, and a piece goes when it has been: of a hundred thousand findings there is either the text or the finding.
public final class FurtherElements: Sendable {
    /// Each piece is a list; the elements of a mapping are `{key, value}`.
    private let pieces = Mutex<[JSONPointer: [JSONText]]>([:])

    public init() {}

    public var isEmpty: Bool { pieces.withLock { $0.isEmpty } }

    public func append(_ elements: JSONText, to pointer: JSONPointer) {
        pieces.withLock { $0[pointer, default: []].append(elements) }
    }

    /// The elements that belong to the list at `pointer`, which are gone then; `body` must read or skip each.
    func forEach(at pointer: JSONPointer, _ body: (inout JSONCursor) -> Void) {
        var rest = pieces.withLock { $0.removeValue(forKey: pointer) } ?? []
        rest.reverse()
        while let piece = rest.popLast() { piece.forEachElement(body) }
    }
}
