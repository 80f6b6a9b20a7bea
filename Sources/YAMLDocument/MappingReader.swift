/// A mapping being read: it remembers which keys were asked for, and reports the others at the end.
///
/// ```swift
/// let line = reader.mapping("budget line")
/// let name = line?.required("name")?.text()
/// let note = line?.optional("note")?.text()
/// line?.finish()
/// ```
///
/// Ask for every key that the mapping may have, then call ``finish()`` once.
public final class MappingReader {
    /// The mapping itself.
    public let reader: YAMLReader
    private let all: [YAMLEntry]
    private let index: KeyIndex
    private var asked: [String] = []
    private var askedSet: Set<String> = []
    private var readsAnyKey = false

    init(_ entries: [YAMLEntry], of reader: YAMLReader) {
        self.reader = reader
        all = entries
        index = KeyIndex(entries)
    }

    /// The mapping's node.
    public var node: YAMLNode { reader.node }

    /// The way to the mapping.
    public var path: YAMLPath { reader.path }

    /// The value of a key that must be there.
    ///
    /// - Returns: `nil` after `yaml/missing-key` at the mapping's place. A key without a value returns a reader of a
    ///   null, which then reports what it is read as.
    public func required(_ key: String) -> YAMLReader? {
        if let position = ask(key) { return child(position) }
        reader.error("yaml/missing-key", .missingKey(key, in: path))
        return nil
    }

    /// The value of a key that may be left out; `nil` when it is, and when its value is null.
    public func optional(_ key: String) -> YAMLReader? {
        guard let position = ask(key), !all[position].value.isNull else { return nil }
        return child(position)
    }

    /// Whether the mapping has a key, a null value included. Counts as asking for it.
    public func contains(_ key: String) -> Bool { ask(key) != nil }

    /// Every entry in order, for mappings whose keys are free. Counts as asking for all of them.
    public var entries: [(key: YAMLNode, value: YAMLReader)] {
        readsAnyKey = true
        return all.indices.map { (all[$0].key, child($0)) }
    }

    /// The entries that nobody has asked for yet, in order; counts as asking for them. For mappings that have some
    /// keys of their own and leave the rest free.
    public var remainingEntries: [(key: YAMLNode, value: YAMLReader)] {
        readsAnyKey = true
        return all.indices.filter { !isAsked($0) }.map { (all[$0].key, child($0)) }
    }

    /// Reports every key that nobody asked for as `yaml/unknown-key`, at its place and with "did you mean".
    public func finish() {
        if readsAnyKey { return }
        for position in all.indices where !isAsked(position) {
            let key = all[position].key
            let text = key.text ?? ""
            let absent = asked.filter { index.position(of: $0, in: all) == nil }
            // A slip of the pen more often stands for a key that is missing than for one that is there as well.
            let meant = nearestSpelling(of: text, among: absent) ?? nearestSpelling(of: text, among: asked)
            reader.log.error("yaml/unknown-key", at: key, .unknownKey(text, meant: meant, known: asked))
        }
    }

    private func ask(_ key: String) -> Int? {
        if askedSet.insert(key).inserted { asked.append(key) }
        return index.position(of: key, in: all)
    }

    private func isAsked(_ position: Int) -> Bool {
        askedSet.contains(all[position].key.text ?? "")
    }

    private func child(_ position: Int) -> YAMLReader {
        let entry = all[position]
        return YAMLReader(entry.value, path: path.appending(.key(entry.key.text ?? "")), log: reader.log)
    }
}
