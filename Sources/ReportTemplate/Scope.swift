/// The names that can be said at one place of a template: those of the element at hand, then of what is around it, then of
/// the whole report.
public final class Scope {
    /// The element at hand, `{{.}}`.
    let value: TemplateValue
    private let record: (any TemplateRecord)?
    private let alias: String?
    /// The place of the element in its list; `nil` for what is no element.
    private let place: ListPlace?
    let outer: Scope?

    /// The outermost scope.
    public convenience init(root: any TemplateRecord) { self.init(.record(root), nil, nil, nil) }

    private init(_ value: TemplateValue, _ alias: String?, _ place: ListPlace?, _ outer: Scope?) {
        (self.value, self.alias, self.place, self.outer) = (value, alias, place, outer)
        record = value.record
    }

    /// A scope inside this one; `alias` names the element as a whole.
    func entering(_ value: TemplateValue, as alias: String? = nil, place: ListPlace? = nil) -> Scope {
        Scope(value, alias, place, self)
    }

    /// The value of a name in the nearest scope that has it; `nil` when none does.
    func value(named name: String) -> TemplateValue? {
        var scope: Scope? = self
        while let current = scope {
            if name == current.alias { return current.value }
            if let value = current.record?.member(name) { return value }
            scope = current.outer
        }
        return nil
    }

    /// The place of the nearest element.
    var nearestPlace: ListPlace? { place ?? outer?.nearestPlace }

    /// The outermost scope.
    var outermost: Scope { outer?.outermost ?? self }
}
