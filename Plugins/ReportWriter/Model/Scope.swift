import Mustache
import ReviewModel

/// The names that can be said at one place of a template: those of the row at hand, then of the rows around it, then
/// of the whole model.
final class Scope {
    let record: ModelRecord
    let outer: Scope?
    let names: NameLog

    init(_ record: ModelRecord, outer: Scope? = nil, names: NameLog) {
        self.record = record
        self.outer = outer
        self.names = names
    }

    /// A scope inside this one for `node`; `alias` also names the node as a whole.
    func entering(_ node: ModelNode, as alias: String?) -> Scope {
        var inner = Scope(node.record ?? ModelRecord(names: names), outer: self, names: names)
        if let alias { inner = Scope(ModelRecord([alias: node], names: names), outer: inner, names: names) }
        return inner
    }

    func node(named name: String) -> ModelNode? {
        var scope: Scope? = self
        while let current = scope {
            if let node = current.record[name] { return node }
            scope = current.outer
        }
        return nil
    }
}

extension Scope: MustacheParent {
    func child(named name: String) -> Any? {
        switch LookUp(name) {
        case .outer(let name): node(named: name)?.rendered ?? names.missing(name)
        case .inner(let name), .optional(let name): node(named: name)?.rendered
        }
    }
}
