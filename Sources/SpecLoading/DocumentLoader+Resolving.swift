internal import LocalFiles
internal import ReviewModel
internal import YAMLDocument

// MARK: - Tags

extension DocumentLoader {
    mutating func resolveIncludes(_ node: YAMLNode) -> Resolved? {
        if let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!") {
            switch tag {
            case "!include":
                guard let path = relativePath(node) else { return nil }
                guard var found = resolvedFile(path, from: node.place, length: node.length) else { return nil }
                found.depth += 1
                return found
            case "!secret": return secret(node)
            case "!file": return file(node)
            default:
                report("spec/unknown-tag", node.place, node.length, unknownTag(tag))
                return nil
            }
        }
        switch node.content {
        case .scalar(let scalar): return leaf(node, scalar.text)
        case .sequence(let elements): return resolve(node, elements)
        case .mapping(let entries): return resolve(node, entries)
        }
    }

    private mutating func leaf(_ node: YAMLNode, _ text: String) -> Resolved? {
        let size = TreeSize(nodes: 1, bytes: text.utf8.count)
        return count(size, at: node.place, node.length) ? Resolved(node: node, size: size) : nil
    }

    private mutating func resolve(_ node: YAMLNode, _ elements: [YAMLNode]) -> Resolved? {
        guard count(TreeSize(nodes: 1, bytes: 0), at: node.place, node.length) else { return nil }
        var (all, result, failed) = ([YAMLNode](), Resolved(node: node, size: TreeSize(nodes: 1, bytes: 0)), false)
        all.reserveCapacity(elements.count)
        for element in elements where !isFull {
            guard let found = resolveIncludes(element) else {
                failed = true
                continue
            }
            all.append(found.node)
            result.take(found)
        }
        if failed || isFull { return nil }
        result.node.content = .sequence(all)
        return result
    }

    private mutating func resolve(_ node: YAMLNode, _ entries: [YAMLEntry]) -> Resolved? {
        guard count(TreeSize(nodes: 1, bytes: 0), at: node.place, node.length) else { return nil }
        var (all, result, failed) = ([YAMLEntry](), Resolved(node: node, size: TreeSize(nodes: 1, bytes: 0)), false)
        all.reserveCapacity(entries.count)
        for entry in entries where !isFull {
            let key = TreeSize(nodes: 1, bytes: entry.key.text?.utf8.count ?? 0)
            guard count(key, at: entry.key.place, entry.key.length), let found = resolveIncludes(entry.value) else {
                failed = true
                continue
            }
            all.append(YAMLEntry(key: entry.key, value: found.node))
            result.take(found)
            result.size = result.size + key
        }
        if failed || isFull { return nil }
        result.node.content = .mapping(all)
        return result
    }

    /// The text of an environment variable, which is kept out of every record.
    private mutating func secret(_ node: YAMLNode) -> Resolved? {
        guard case .scalar(let scalar) = node.content, let value = FileSystem.environment(scalar.text) else {
            report("spec/unknown-variable", node.place, node.length, unknownVariable(node.text ?? ""))
            return nil
        }
        if !secrets.contains(value) { secrets.append(value) }
        var copy = node
        copy.tag = nil
        copy.content = .scalar(YAMLScalar(text: value, style: .doubleQuoted))
        return leaf(copy, value)
    }

    /// The absolute path of a file, under its tag: whether it may stand there, and whether there is such a file, is seen when
    /// the whole document is there.
    private mutating func file(_ node: YAMLNode) -> Resolved? {
        guard let named = node.text.flatMap({ substitutes[$0] }) ?? relativePath(node) else { return nil }
        let path = copies.isEmpty ? named : copies[FileSystem.absolute(named)] ?? named
        let absolute = FileSystem.absolute(path)
        namedFiles[absolute] = path
        var copy = node
        copy.content = .scalar(YAMLScalar(text: absolute, style: .doubleQuoted))
        return leaf(copy, absolute)
    }

    /// The path that a scalar names, relative to its own file. Reports anything else.
    private mutating func relativePath(_ node: YAMLNode) -> String? {
        guard case .scalar(let scalar) = node.content, !scalar.text.isEmpty, !FilePaths.isAbsolute(scalar.text) else {
            report("spec/bad-path", node.place, node.length, badPath())
            return nil
        }
        return FilePaths.resolve(scalar.text, besideFile: node.place.file)
    }
}

// MARK: - Extends

extension DocumentLoader {
    mutating func resolveExtends(_ root: Resolved) -> Resolved? {
        guard case .mapping(let entries) = root.node.content,
            let extends = entries.first(where: { $0.key.text == "extends" })
        else { return root }
        // `extends: !include FILE` is no laying of files over each other: it hands the other document to whoever reads this one.
        if case .mapping = extends.value.content, stack.count > 1 { return root }
        var own = root
        own.node.content = .mapping(entries.filter { $0.key.text != "extends" })
        let paths: [YAMLNode]
        if case .sequence(let elements) = extends.value.content { paths = elements } else { paths = [extends.value] }
        var (merged, failed) = (nil as YAMLNode?, false)
        for node in paths {
            // What an include has put there stands elsewhere.
            guard case .scalar = node.content else {
                report("spec/bad-path", extends.key.place, extends.key.length, extendsByInclude())
                failed = true
                continue
            }
            guard let path = relativePath(node),
                let base = resolvedYAML(path, from: node.place, length: node.length)
            else {
                failed = true
                continue
            }
            merged = merged.map { merge(base.node, over: $0) } ?? base.node
            own.size = own.size + base.size
            own.depth = max(own.depth, base.depth + 1)
        }
        if failed { return nil }
        own.node = merged.map { merge(own.node, over: $0) } ?? own.node
        return own
    }

    /// Mappings are merged key by key, keys of `base` first; everything else in `top` replaces what is below, and so does a whole document
    /// that it includes in place of another: a template laid over another one is none that anybody has written.
    private func merge(_ top: YAMLNode, over base: YAMLNode) -> YAMLNode {
        guard case .mapping(let upper) = top.content, case .mapping(let lower) = base.content else { return top }
        var positions = [String: Int]()
        var entries = lower
        for (index, entry) in lower.enumerated() { positions[entry.key.text ?? ""] = index }
        for entry in upper {
            if let position = positions[entry.key.text ?? ""] {
                let below = entries[position]
                let isAnother = entry.isWholeDocument && below.isWholeDocument
                entries[position] = YAMLEntry(
                    key: entry.key,
                    value: isAnother && entry.value.place.file != below.value.place.file
                        ? entry.value : merge(entry.value, over: below.value)
                )
            } else {
                entries.append(entry)
            }
        }
        var merged = top
        merged.content = .mapping(entries)
        return merged
    }
}

extension YAMLEntry {
    /// Whether the value is another file that is a document by itself: it says who it is.
    fileprivate var isWholeDocument: Bool {
        guard case .mapping(let entries) = value.content, value.place.file != key.place.file else { return false }
        return entries.contains { $0.key.text == "id" && $0.value.text != nil }
    }
}
