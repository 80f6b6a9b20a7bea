/// What is known of a value before there is one: which names it has. A template is held against it before it is used.
public indirect enum NameShape: Sendable {
    /// Nothing is known; anything may be asked of it.
    case any
    /// Something to print: a text, a figure, a day, true or false.
    case scalar
    /// The same, where it is known which of them.
    case value(Kind)
    case list(NameShape)
    /// Names, and what further names hold; `nil` when there are no others.
    case record([String: NameShape], others: NameShape? = nil)
    /// Worked out when it is asked for: shapes that hold themselves.
    case deferred(@Sendable () -> NameShape)

    /// What a value to print is.
    public enum Kind: Sendable { case text, figure, day, flag }

    /// A record of these names, all of them scalars.
    public static func scalars(_ names: [String], others: NameShape? = nil) -> NameShape {
        .record(Dictionary(names.map { ($0, .scalar) }) { first, _ in first }, others: others)
    }

    /// The shape itself, once it has been worked out.
    var settled: NameShape {
        if case .deferred(let shape) = self { shape().settled } else { self }
    }

    /// The shape of an element; anything but a list counts as a list of one.
    var element: NameShape {
        guard case .list(let element) = settled else { return self }
        guard case .record(var names, let others) = element.settled else { return element.settled }
        for name in ["index", "first", "last"] where names[name] == nil { names[name] = .scalar }
        return .record(names, others: others)
    }

    /// Whether it can be printed: no record, and no list of them.
    var isPrintable: Bool {
        switch settled {
        case .record: false
        case .list(let element): element.isPrintable
        case .any, .scalar, .value, .deferred: true
        }
    }

    /// Its names, for suggestions.
    var names: [String] {
        switch settled {
        case .record(let names, _): names.keys.sorted()
        case .list(let element): element.names
        case .any, .scalar, .value, .deferred: []
        }
    }

    /// Whether the name is one of those that are known.
    func lists(_ name: String) -> Bool {
        if case .record(let names, _) = settled { names[name] != nil } else { false }
    }

    enum Member {
        case found(NameShape)
        case absent
        /// It has no names at all.
        case none
    }

    func member(_ name: String) -> Member {
        switch settled {
        case .any, .deferred: .found(.any)
        case .scalar, .value: .none
        // The member of each element.
        case .list(let element):
            if case .found(let member) = element.member(name) { .found(.list(member)) } else { element.member(name) }
        case .record(let names, let others): (names[name] ?? others).map { .found($0) } ?? .absent
        }
    }
}
