internal import Groundwork

/// One mapping from its children: keys checked, duplicates left out, merge keys applied.
///
/// Own keys win over merged ones, and of several merge sources the earlier wins. Own entries come first, in the order
/// written, then the merged ones in the order of their sources.
struct MappingComposition {
    private(set) var entries: [YAMLEntry] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether the mapping has more keys than the limits allow; then its entries are incomplete.
    private(set) var isOverLimit = false

    private let limits: YAMLLimits
    private var index = KeyIndex()
    private var mergeKey: YAMLNode?
    private var mergeSources: [YAMLNode] = []

    init(limits: YAMLLimits) {
        self.limits = limits
    }

    /// Composes the entries.
    ///
    /// - Parameter children: keys and values in turn.
    mutating func compose(_ children: ArraySlice<YAMLNode>) {
        entries.reserveCapacity(children.count / 2)
        var position = children.startIndex
        while position + 1 < children.endIndex, !isOverLimit {
            add(children[position], children[position + 1])
            position += 2
        }
        for source in mergeSources where !isOverLimit { merge(source) }
    }

    private mutating func add(_ key: YAMLNode, _ value: YAMLNode) {
        if key.isPlaceholder { return }
        guard case .scalar(let scalar) = key.content else {
            return report(
                "yaml/wrong-key",
                at: key,
                key.unquotedTag.map(Diagnostic.Wording.unquotedTag) ?? .nonScalarKey
            )
        }
        if scalar.style == .plain {
            if scalar.text == "<<", key.tag == nil || key.tag == "!!merge" { return noteMerge(key, value) }
            if let first = scalar.text.unicodeScalars.first, let odd = OddCharacter(first) {
                if odd.isBlank { return report("yaml/wrong-space", at: key, .oddCharacter(odd)) }
                // ＃ 说明: …
                if odd.plain == "#" { return report("yaml/odd-character", at: key, .oddCharacter(odd)) }
            }
            if scalar.text.isEmpty, key.tag == nil { return report("yaml/wrong-key", at: key, .emptyKey) }
            if let (meantKey, meantValue) = meantEntry(key, scalar.text, value) { return add(meantKey, meantValue) }
        }
        if let first = index.position(of: scalar.text, in: entries) {
            let firstPlace = entries[first].key.place
            // {High, High: good}: a comma where another sign was meant.
            if entries[first].value.scalar == YAMLScalar(text: "", style: .plain), firstPlace.line == key.place.line {
                return report("yaml/duplicate-key", at: entries[first].key, .keyWithoutValue(scalar.text))
            }
            return report("yaml/duplicate-key", at: key, .duplicateKey(scalar.text, first: firstPlace))
        }
        append(YAMLEntry(key: key, value: value), scalar.text)
    }

    /// What was meant by a key with a character that nobody sees, or by one without a value whose colon has no blank behind it or is
    /// full-width; `nil` for a key that is right. Reports what is wrong; the rest of the mapping is read as it was meant.
    private mutating func meantEntry(_ key: YAMLNode, _ text: String, _ value: YAMLNode) -> (YAMLNode, YAMLNode)? {
        if let (odd, offset) = text.firstOddCharacter(where: \.isInvisible) {
            report("yaml/odd-character", at: key.part(offset, length: 1), .oddCharacter(odd))
            let meant = text.unicodeScalars.filter { OddCharacter($0)?.isInvisible != true }
            return (key.with(text: String(String.UnicodeScalarView(meant))), value)
        }
        let scalars = Array(text.unicodeScalars)
        guard value.tag == nil, !value.isPlaceholder, value.scalar == YAMLScalar(text: "", style: .plain),
            let colon = scalars.firstIndex(where: { $0 == "：" || $0 == ":" }), colon > 0, colon + 1 < scalars.count
        else { return nil }
        let (name, rest) = (scalars.text(0..<colon), scalars.text(colon + 1..<scalars.count))
        report(
            "yaml/syntax",
            at: key.part(colon, length: 1),
            scalars[colon] == ":" ? .missingSpace(name) : .fullWidthColon
        )
        return (key.with(text: name), key.part(colon + 1, length: rest.unicodeScalars.count).with(text: rest))
    }

    private mutating func noteMerge(_ key: YAMLNode, _ value: YAMLNode) {
        if let mergeKey {
            return report("yaml/duplicate-key", at: key, .duplicateMergeKey(first: mergeKey.place))
        }
        mergeKey = key
        switch value.content {
        case .mapping: mergeSources = [value]
        case .sequence(let sources):
            for source in sources where !source.isPlaceholder {
                if source.mapping == nil {
                    report("yaml/wrong-merge", at: source, .wrongMerge)
                } else {
                    // An alias to the whole list calls for its elements too.
                    var source = source
                    source.aliasPlace = source.aliasPlace ?? value.aliasPlace
                    mergeSources.append(source)
                }
            }
        case .scalar:
            if !value.isPlaceholder { report("yaml/wrong-merge", at: value, .wrongMerge) }
        }
    }

    private mutating func merge(_ source: YAMLNode) {
        for entry in source.mapping ?? [] where !isOverLimit {
            guard let text = entry.key.text, index.position(of: text, in: entries) == nil else { continue }
            var entry = entry
            if let aliasPlace = source.aliasPlace {
                entry.key.aliasPlace = aliasPlace
                entry.value.aliasPlace = aliasPlace
            }
            append(entry, text)
        }
    }

    private mutating func append(_ entry: YAMLEntry, _ text: String) {
        guard entries.count < limits.keys else {
            isOverLimit = true
            return report("yaml/key-limit", at: entry.key, .keyLimit(limits.keys))
        }
        entries.append(entry)
        index.note(text, at: entries.count - 1, in: entries)
    }

    private mutating func report(_ code: String, at node: YAMLNode, _ wording: Diagnostic.Wording) {
        let place = node.aliasPlace ?? node.place
        // One more than allowed is enough for the composer to know that the limit is passed.
        guard diagnostics.count <= limits.diagnostics else { return }
        diagnostics.append(Diagnostic(.error, code: code, at: place, length: node.length, wording))
    }
}

/// Where the keys of a mapping stand: found by looking along few keys, by hashing among many.
struct KeyIndex {
    // Comparing a handful of short strings is quicker than hashing them, and most mappings are that small.
    private static let longestScan = 8
    private var positions: [String: Int] = [:]

    /// An index of entries that are already complete.
    init(_ entries: [YAMLEntry] = []) {
        if entries.count > Self.longestScan { indexAll(entries) }
    }

    /// The position of a key among the entries that were noted.
    func position(of key: String, in entries: [YAMLEntry]) -> Int? {
        guard entries.count <= Self.longestScan else { return positions[key] }
        return entries.firstIndex { $0.key.text == key }
    }

    /// Takes note of the entry that was just added at the end.
    mutating func note(_ key: String, at position: Int, in entries: [YAMLEntry]) {
        if entries.count == Self.longestScan + 1 {
            indexAll(entries)
        } else if entries.count > Self.longestScan {
            positions[key] = position
        }
    }

    private mutating func indexAll(_ entries: [YAMLEntry]) {
        for (position, entry) in entries.enumerated() {
            if let key = entry.key.text, positions[key] == nil { positions[key] = position }
        }
    }
}

extension YAMLNode {
    /// A part of a plain scalar on one line, to be underlined; the whole of one that goes over several.
    fileprivate func part(_ offset: Int, length: Int) -> YAMLNode {
        guard let text, self.length == text.unicodeScalars.count else { return self }
        let place = SourcePlace(file: place.file, line: place.line, column: place.column + offset)
        return YAMLNode(content, place: place, length: length, aliasPlace: aliasPlace)
    }

    fileprivate func with(text: String) -> YAMLNode {
        var copy = self
        copy.content = .scalar(YAMLScalar(text: text, style: .plain))
        return copy
    }
}

extension YAMLNode {
    /// The name in a tag of a template that has no quotes: to YAML `{{name}}` is a mapping whose one key is another.
    fileprivate var unquotedTag: String? {
        guard case .mapping(let entries) = content, entries.count == 1, case .scalar(let name) = entries[0].key.content,
            name.style == .plain, case .scalar(let value) = entries[0].value.content, value.text.isEmpty
        else { return nil }
        return name.text
    }
}
