internal import ReviewModel
package import YAMLDocument

/// What commands change about the steps of a document that was read.
extension DocumentLoader {
    /// The document with the setting `name` of every step replaced by the file `path`. A step without such a setting stays
    /// as it is; if no step has one, that is a mistake.
    package mutating func replace(_ name: String, by path: String, in root: YAMLNode) -> YAMLNode? {
        let start = SourcePlace(file: path, line: 1, column: 1)
        guard let replacement = loadFile(path, from: start, length: 1) else { return nil }
        var count = 0
        let changed = root.replacing(["pipeline"]) { steps in
            steps.replacingEach { step in
                step.replacing(["with", name]) { _ in
                    count += 1
                    return replacement
                }
            }
        }
        if count == 0 { report("spec/nothing-to-replace", root.place, 1, nothingToReplace(name)) }
        return changed
    }

    /// The document with a step more at the end of its pipeline, be that a mapping or a list. `body` is the inside of a flow
    /// mapping, as if it stood in the file `path`.
    package mutating func add(_ step: String, _ body: String, as path: String, to root: YAMLNode) -> YAMLNode? {
        var isList = false
        _ = root.replacing(["pipeline"]) { steps in
            if case .sequence = steps.content { isList = true }
            return steps
        }
        let text = isList ? "[{step: \(step), \(body)}]" : "{\(step): {\(body)}}"
        guard let added = load(text: text, as: path) else { return nil }
        return root.replacing(["pipeline"]) { steps in
            var steps = steps
            switch (steps.content, added.content) {
            case (.sequence(let own), .sequence(let more)): steps.content = .sequence(own + more)
            case (.mapping(let own), .mapping(let more)): steps.content = .mapping(own + more)
            default: break
            }
            return steps
        }
    }
}

extension YAMLNode {
    /// The node with what stands at `path` changed; unchanged where there is no such path.
    fileprivate func replacing(_ path: [String], _ change: (YAMLNode) -> YAMLNode) -> YAMLNode {
        guard let key = path.first else { return change(self) }
        guard case .mapping(let entries) = content else { return self }
        var copy = self
        copy.content = .mapping(
            entries.map { entry in
                entry.key.text == key
                    ? YAMLEntry(key: entry.key, value: entry.value.replacing(Array(path.dropFirst()), change)) : entry
            }
        )
        return copy
    }

    /// The node with every element, or every value, changed.
    fileprivate func replacingEach(_ change: (YAMLNode) -> YAMLNode) -> YAMLNode {
        var copy = self
        switch content {
        case .scalar: break
        case .sequence(let elements): copy.content = .sequence(elements.map(change))
        case .mapping(let entries):
            copy.content = .mapping(entries.map { YAMLEntry(key: $0.key, value: change($0.value)) })
        }
        return copy
    }
}

// MARK: - Messages

private func nothingToReplace(_ name: String) -> Diagnostic.Wording {
    .init(
        zh: "没有步骤有设置\"\(name)\"，无可替换",
        en: "no step has a setting \"\(name)\" to replace",
        hintZh: "请在 pipeline 的某一步写 with: {\(name): …}",
        hintEn: "a step of the pipeline needs with: {\(name): …}"
    )
}
