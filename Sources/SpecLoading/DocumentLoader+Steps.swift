internal import LocalFiles
internal import ReviewModel
package import YAMLDocument

extension DocumentLoader {
    /// The document with the setting `name` of every step replaced by the file `path`. A step without such a setting stays
    /// as it is; if no step has one, that is a mistake.
    package mutating func replace(_ name: String, by path: String, in root: YAMLNode) -> YAMLNode? {
        load(included: path).map { replace([name], by: $0, as: name, in: root) }
    }

    /// The document with `content` as the setting `setting` of every step that has one of `names`, in its place.
    mutating func replace(_ names: [String], by content: YAMLNode, as setting: String, in root: YAMLNode) -> YAMLNode {
        var count = 0
        let changed = root.replacing(["pipeline"]) { steps in
            steps.replacingEach { step in
                step.replacing(["with"]) { settings in
                    guard case .mapping(let entries) = settings.content else { return settings }
                    var copy = settings
                    copy.content = .mapping(
                        entries.map { entry in
                            guard names.contains(entry.key.text ?? "") else { return entry }
                            count += 1
                            return YAMLEntry(setting, content, at: entry.key.place)
                        }
                    )
                    return copy
                }
            }
        }
        if count == 0 { report("spec/nothing-to-replace", root.place, 1, nothingToReplace(names[0])) }
        return changed
    }

    /// A setting that names the file at `path`, as `!file` does.
    mutating func named(_ path: String, at place: SourcePlace) -> YAMLNode {
        let absolute = FileSystem.absolute(path)
        namedFiles[absolute] = path
        var node = YAMLNode.text(absolute, at: place)
        node.tag = "!file"
        return node
    }
}

extension YAMLNode {
    /// The document with a step more at the end of its pipeline, be that a mapping or a list.
    ///
    /// - Parameter step: its keys.
    func addingStep(_ id: String, _ step: [YAMLEntry], at place: SourcePlace) -> YAMLNode {
        replacing(["pipeline"]) { steps in
            var steps = steps
            switch steps.content {
            case .sequence(let own):
                let named = [YAMLEntry("step", .text(id, at: place), at: place)] + step
                steps.content = .sequence(own + [YAMLNode(.mapping(named), place: place)])
            case .mapping(let own):
                let added = YAMLEntry(id, YAMLNode(.mapping(step), place: place), at: place)
                steps.content = .mapping(own + [added])
            case .scalar: break
            }
            return steps
        }
    }

    /// The document with another id.
    func named(_ id: String) -> YAMLNode { replacing(["id"]) { .text(id, at: $0.place) } }

    /// A text, whatever it looks like.
    static func text(_ text: String, at place: SourcePlace) -> YAMLNode {
        YAMLNode(.scalar(YAMLScalar(text: text, style: .doubleQuoted)), place: place)
    }

    /// A mapping of entries that were made by hand.
    static func mapping(_ entries: [YAMLEntry], at place: SourcePlace) -> YAMLNode {
        YAMLNode(.mapping(entries), place: place)
    }
}

extension YAMLEntry {
    /// An entry that was made by hand, at a place that stands for where it might have been written.
    init(_ key: String, _ value: YAMLNode, at place: SourcePlace) {
        self.init(key: .text(key, at: place), value: value)
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
