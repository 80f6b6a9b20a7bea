internal import ReviewModel
package import YAMLDocument

extension Form {
    /// The document with its fields, tables, columns and their values named as the form names them, where it has them by their
    /// titles or synonyms in either language: `金额` becomes `amount`, and keeps its place.
    ///
    /// A name of the form's own goes before any title. A title that two of the same level share names neither.
    package func named(_ root: YAMLNode) -> YAMLNode {
        root.changingValues { key, node in
            switch key {
            case "fields": named(members: fields, node)
            case "tables": named(tables: node)
            default: node
            }
        }
    }

    // MARK: Fields

    private func named(members: [FieldShape.Member], _ node: YAMLNode) -> YAMLNode {
        let names = NameIndex(members.map { ($0.name, $0.title, Self.synonyms($0.shape)) })
        return node.renamingKeys(names).changingValues { key, value in
            members.first { $0.name == key }.map { named($0.shape, value) } ?? value
        }
    }

    private func named(_ shape: FieldShape, _ node: YAMLNode) -> YAMLNode {
        switch shape {
        case .open, .cell: node
        case .group(let members): named(members: members, node)
        case .map(let inner): node.changingValues { _, value in named(inner, value) }
        case .list(let inner): node.changingElements { named(inner, $0) }
        }
    }

    private static func synonyms(_ shape: FieldShape) -> [String] {
        if case .cell(let cell) = shape { cell.synonyms } else { [] }
    }

    // MARK: Tables

    private func named(tables node: YAMLNode) -> YAMLNode {
        let names = NameIndex(tables.map { ($0.name, $0.title, $0.synonyms) })
        return node.renamingKeys(names).changingValues { key, value in
            guard let table = tables.first(where: { $0.name == key }) else { return value }
            let columns = NameIndex(table.cells.map { ($0.column.name, $0.column.title, $0.synonyms) })
            if case .sequence = value.content { return value.changingElements { $0.renamingKeys(columns) } }
            return value.changingValues { key, value in
                key == "columns" ? value.changingElements { $0.renamed(columns) } : value
            }
        }
    }
}

/// Names of one level of a form, by what else they are called.
private final class NameIndex {
    typealias Entry = (name: String, title: LocalizedText, synonyms: [String])

    private let entries: [Entry]
    private let own: Set<String>
    /// Most documents use the form's own names alone, and never ask for the others.
    private lazy var names = makeNames()

    init(_ entries: [Entry]) {
        self.entries = entries
        own = Set(entries.map(\.name))
    }

    private func makeNames() -> [String: String?] {
        var names: [String: String?] = [:]
        for (name, title, synonyms) in entries {
            for word in Set([title.zh, title.en] + synonyms) {
                let word = Self.folded(word)
                if let known = names[word], known != name { names[word] = .some(nil) } else { names[word] = name }
            }
        }
        for name in own { names[name] = .some(nil) }
        return names
    }

    /// The form's name for a word that is none itself.
    func name(for word: String) -> String? {
        if own.contains(word) { return nil }
        return (names[word] ?? names[Self.folded(word)]) ?? nil
    }

    private static func folded(_ word: String) -> String { word.lowercased() }
}

extension YAMLNode {
    fileprivate func renamed(_ names: NameIndex) -> YAMLNode {
        guard let text, let name = names.name(for: text), case .scalar(var scalar) = content else { return self }
        var copy = self
        scalar.text = name
        copy.content = .scalar(scalar)
        return copy
    }

    /// The mapping with its keys by their own names; a key whose name is there already stays as it is written.
    fileprivate func renamingKeys(_ names: NameIndex) -> YAMLNode {
        guard case .mapping(let entries) = content,
            entries.contains(where: { $0.key.text.flatMap { names.name(for: $0) } != nil })
        else { return self }
        var taken = Set(entries.compactMap(\.key.text))
        var copy = self
        copy.content = .mapping(
            entries.map { entry in
                let renamed = entry.key.renamed(names)
                guard let name = renamed.text, name != entry.key.text, taken.insert(name).inserted else { return entry }
                return YAMLEntry(key: renamed, value: entry.value)
            }
        )
        return copy
    }

    fileprivate func changingValues(_ change: (String, YAMLNode) -> YAMLNode) -> YAMLNode {
        guard case .mapping(let entries) = content else { return self }
        var copy = self
        copy.content = .mapping(
            entries.map { YAMLEntry(key: $0.key, value: change($0.key.text ?? "", $0.value)) }
        )
        return copy
    }

    fileprivate func changingElements(_ change: (YAMLNode) -> YAMLNode) -> YAMLNode {
        guard case .sequence(let elements) = content else { return self }
        var copy = self
        copy.content = .sequence(elements.map(change))
        return copy
    }
}
