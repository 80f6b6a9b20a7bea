import Mustache
import ReviewModel

/// The unknown names met while a report is written. Each is marked on the page and told to the host.
final class NameLog {
    /// An unknown name and the wording that used it.
    struct Entry: Hashable {
        var name: String
        /// The wording: in the settings (`/template/…`) or in the dossier (`/fields/texts/…`).
        var pointer: JSONPointer
        var line: Int
        var column: Int
    }

    private(set) var entries: [Entry] = []
    /// Names missed by the wording being rendered, not yet placed.
    fileprivate var pending: [String] = []

    /// Notes that a member is missing; the returned node prints the mark.
    func missing(_ name: String) -> MissingName {
        pending.append(name)
        return MissingName(name: name)
    }

    /// Runs `body` and returns the names it missed besides its result.
    func watching<Result>(_ body: () -> Result) -> (result: Result, missed: [String]) {
        let outer = pending
        pending = []
        defer { pending = outer }
        let result = body()
        return (result, pending)
    }

    func add(_ entry: Entry) {
        if !entries.contains(entry) { entries.append(entry) }
    }
}

/// Stands for a name that the model does not have. It prints a mark, never nothing, whatever is done with it.
struct MissingName: MustacheParent, MustacheCustomRenderable, MustacheTransformable {
    let name: String

    func child(named: String) -> Any? { self }
    func transform(_ name: String) -> Any? { self }
    var isNull: Bool { true }
    var renderText: String { "\(Self.opening)\(name)\(Self.closing)" }

    /// Two private-use characters around the name, turned into a marked run of the document.
    static let opening: Character = "\u{E000}"
    static let closing: Character = "\u{E001}"
}
