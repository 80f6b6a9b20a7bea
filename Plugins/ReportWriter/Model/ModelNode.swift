import Mustache
import ReviewModel

/// One value of the report model: what a name in a template stands for.
indirect enum ModelNode {
    case nothing
    case text(String)
    case figure(Figure)
    case flag(Bool)
    case list([ModelNode])
    case record(ModelRecord)
    /// A text of the dossier that itself contains Mustache slots.
    case slots(SlottedText)

    /// The node as Mustache handles it.
    var rendered: Any {
        switch self {
        case .nothing: PrintedText("")
        case .text(let text): PrintedText(text)
        case .figure(let figure): figure
        case .flag(let flag): flag
        case .list(let nodes): ModelList(nodes)
        case .record(let record): record
        case .slots(let text): text
        }
    }

    /// Whether a condition on this node holds: something to print, a true flag, a figure, a non-empty list or record.
    var isPresent: Bool {
        switch self {
        case .nothing: false
        case .text(let text): !text.isEmpty
        case .figure, .slots: true
        case .flag(let flag): flag
        case .list(let nodes): !nodes.isEmpty
        case .record(let record): !record.isEmpty
        }
    }

    var figure: Figure? {
        switch self {
        case .figure(let figure): figure
        case .text(let text): ExactDecimal(grouped: text).map { Figure($0) }
        default: nil
        }
    }

    var record: ModelRecord? {
        if case .record(let record) = self { record } else { nil }
    }

    /// The elements of a list; a present scalar or record counts as a list of one, an absent one as none.
    var elements: [ModelNode] {
        if case .list(let nodes) = self { return nodes }
        return isPresent ? [self] : []
    }

    static func figure(_ value: ExactDecimal?, _ kind: Figure.Kind) -> ModelNode {
        value.map { .figure(Figure($0, kind)) } ?? .nothing
    }

    static func integer(_ number: Int) -> ModelNode { .figure(Figure(ExactDecimal(number), .integer)) }
}

/// Named nodes. As a Mustache context it tells apart the names that must exist from those that are only asked about;
/// ``Wording`` marks them (see ``MustacheTag``).
final class ModelRecord {
    private(set) var members: [String: ModelNode]
    private let names: NameLog

    init(_ members: [String: ModelNode] = [:], names: NameLog) {
        self.members = members
        self.names = names
    }

    var isEmpty: Bool { members.isEmpty }

    subscript(name: String) -> ModelNode? {
        get { members[name] }
        set { members[name] = newValue }
    }
}

extension ModelRecord: MustacheParent, MustacheCustomRenderable {
    func child(named name: String) -> Any? {
        switch LookUp(name) {
        case .inner(let name): members[name]?.rendered ?? names.missing(name)
        case .outer(let name), .optional(let name): members[name]?.rendered
        }
    }

    var renderText: String { "" }
    var isNull: Bool { isEmpty }
}

/// A list as Mustache goes through it. Lists have no members: asking for one is a mistake in the template.
struct ModelList: MustacheSequence, MustacheParent, MustacheTransformable {
    let nodes: [ModelNode]

    init(_ nodes: [ModelNode]) { self.nodes = nodes }

    func makeIterator() -> some IteratorProtocol<Any> { nodes.lazy.map(\.rendered).makeIterator() }

    func child(named name: String) -> Any? {
        if case .inner(let name) = LookUp(name) { MissingName(name: name) } else { nil }
    }

    func transform(_ name: String) -> Any? {
        switch name {
        case "count": Figure(ExactDecimal(nodes.count), .integer)
        case "empty": nodes.isEmpty
        case "first": (nodes.first ?? .nothing).rendered
        case "last": (nodes.last ?? .nothing).rendered
        case "reversed": ModelList(nodes.reversed())
        default: nil
        }
    }

    static let forms = ["count", "empty", "first", "last", "reversed"]
}

/// How a name is asked for. Templates write plain names; ``Wording`` turns `{{a.b}}` into `{{a?.?b}}` before Mustache
/// parses it, because Mustache itself would print nothing for an unknown name.
enum LookUp {
    /// `?b`: a member of what stands before it, and it must exist.
    case inner(String)
    /// `a?`: the first name; it must exist in some scope.
    case outer(String)
    /// `a`: may be absent.
    case optional(String)

    init(_ name: String) {
        if name.hasPrefix("?") {
            self = .inner(String(name.dropFirst()))
        } else if name.hasSuffix("?") {
            self = .outer(String(name.dropLast()))
        } else {
            self = .optional(name)
        }
    }
}
