/// Named values in the order in which they were written. Keys are unique.
///
/// Order is kept because documents are read by people; look-ups scan, which is the fastest way for the dozen keys that
/// a record usually has, and go through an index from ``indexThreshold`` keys on.
public struct Record: Sendable {
    public typealias Member = (key: String, value: Value)

    public private(set) var members: [Member] = []
    private var index: [String: Int]?

    private static let indexThreshold = 16

    public init() {}

    /// The members in order; a later member of the same key replaces the earlier one's value.
    public init(_ members: some Sequence<Member>) {
        reserveCapacity(members.underestimatedCount)
        for member in members { self[member.key] = member.value }
    }

    /// Makes room for so many members at once.
    public mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: [String] { members.map(\.key) }

    public subscript(key: String) -> Value? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (nil, let value?): append(key, value)
            case (let position?, nil):
                members.remove(at: position)
                index = nil
                reindexIfLarge()
            case (nil, nil): break
            }
        }
    }

    /// Appends a member unless its key is taken; says whether it did.
    public mutating func appendIfNew(_ key: String, _ value: Value) -> Bool {
        guard position(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    private func position(of key: String) -> Int? {
        if let index { return index[key] }
        return members.firstIndex { $0.key == key }
    }

    private mutating func append(_ key: String, _ value: Value) {
        members.append((key, value))
        if index != nil { index?[key] = members.count - 1 } else { reindexIfLarge() }
    }

    private mutating func reindexIfLarge() {
        guard members.count >= Self.indexThreshold else { return }
        index = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.key, $0) })
    }
}

extension Record: Hashable {
    public static func == (left: Record, right: Record) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        for key in keys.sorted() { hasher.combine(key) }
    }
}

extension Record: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Value)...) {
        reserveCapacity(elements.count)
        for (key, value) in elements { self[key] = value }
    }
}
