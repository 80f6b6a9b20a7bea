internal import LocalFiles
package import ReviewModel
package import YAMLDocument

/// Reads a YAML document with everything that it includes and extends into one tree.
///
/// `!include path` is replaced by the root of that YAML file, or by the text of any other file, `!secret NAME` by the value
/// of that environment variable; `extends` puts other documents underneath. Every node keeps the place where it was written. Paths are relative to the file they stand in.
package struct DocumentLoader {
    /// Every file that was read, in order of first reading.
    package private(set) var inputs: [InputFile] = []
    package private(set) var diagnostics: [Diagnostic] = []
    /// The values that stand for `!secret` names.
    package private(set) var secrets: [String] = []
    /// The files that are being read, outermost first: a path that occurs twice is a cycle.
    private var stack: [String] = []

    package init() {}

    /// Includes within includes; real specs need three.
    package static let maximumDepth = 16
    /// Files of one spec. A long report with one file an annex stays under a hundred.
    package static let maximumFiles = 1000
    /// Bytes of a text that is included: what one line of the plugin protocol can carry, and longer than any report.
    package static let maximumTextBytes = 8 << 20

    /// The bytes of a file that was read, for excerpts and checksums.
    package struct InputFile: Sendable {
        package var path: String
        package var bytes: [UInt8]
    }

    /// The document at `path`, or `nil` when a diagnostic says why there is none.
    package mutating func load(_ path: String) -> YAMLNode? {
        let start = SourcePlace(file: path, line: 1, column: 1)
        guard let root = loadYAML(path, from: start, length: 1) else { return nil }
        return root
    }

    /// The document that `text` is, as if it stood in the file `path`.
    package mutating func load(text: String, as path: String) -> YAMLNode? {
        inputs.append(InputFile(path: path, bytes: Array(text.utf8)))
        return load(path)
    }

    private mutating func loadYAML(_ path: String, from place: SourcePlace, length: Int) -> YAMLNode? {
        let limit = YAMLLimits.standard.fileBytes
        guard enter(path, from: place, length: length),
            let bytes = read(path, atMost: limit, from: place, length: length)
        else { return nil }
        defer { stack.removeLast() }
        let parse = parseYAML(bytes, file: path)
        diagnostics += parse.diagnostics
        guard let root = parse.root, let resolved = resolveIncludes(root) else { return nil }
        return resolveExtends(resolved)
    }

    /// Pushes `path`; refuses cycles and unreasonable depth. Reports what it refuses.
    private mutating func enter(_ path: String, from place: SourcePlace, length: Int) -> Bool {
        if let first = stack.firstIndex(of: path) {
            let chain = (stack[first...] + [path]).joined(separator: " → ")
            report("spec/cycle", place, length, cycle(chain))
            return false
        }
        if stack.count >= Self.maximumDepth || inputs.count >= Self.maximumFiles {
            report("spec/too-many-files", place, length, tooManyFiles())
            return false
        }
        return true
    }

    private mutating func read(_ path: String, atMost limit: Int, from place: SourcePlace, length: Int) -> [UInt8]? {
        if let known = inputs.first(where: { $0.path == path }) {
            stack.append(path)
            return known.bytes
        }
        do throws(FileError) {
            let bytes = try FileSystem.read(path, atMost: limit)
            inputs.append(InputFile(path: path, bytes: bytes))
            stack.append(path)
            return bytes
        } catch {
            report("spec/unreadable", place, length, unreadable(path, error))
            return nil
        }
    }

    // MARK: Includes

    private mutating func resolveIncludes(_ node: YAMLNode) -> YAMLNode? {
        if let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!") {
            switch tag {
            case "!include": return include(node)
            case "!secret": return secret(node)
            default:
                report("spec/unknown-tag", node.place, node.length, unknownTag(tag))
                return nil
            }
        }
        var copy = node
        switch node.content {
        case .scalar:
            return node
        case .sequence(let elements):
            let resolved = elements.map { resolveIncludes($0) }
            guard !resolved.contains(where: { $0 == nil }) else { return nil }
            copy.content = .sequence(resolved.compactMap { $0 })
        case .mapping(let entries):
            var (resolved, failed) = ([YAMLEntry](), false)
            resolved.reserveCapacity(entries.count)
            for entry in entries {
                if let value = resolveIncludes(entry.value) {
                    resolved.append(YAMLEntry(key: entry.key, value: value))
                } else {
                    failed = true
                }
            }
            if failed { return nil }
            copy.content = .mapping(resolved)
        }
        return copy
    }

    private mutating func include(_ node: YAMLNode) -> YAMLNode? {
        relativePath(node).flatMap { loadFile($0, from: node.place, length: node.length) }
    }

    /// The root of a YAML file, or the text of any other.
    mutating func loadFile(_ path: String, from place: SourcePlace, length: Int) -> YAMLNode? {
        if isYAML(path) { return loadYAML(path, from: place, length: length) }
        guard enter(path, from: place, length: length),
            let bytes = read(path, atMost: Self.maximumTextBytes, from: place, length: length)
        else { return nil }
        stack.removeLast()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            report("spec/unreadable", place, length, unreadable(path, notText(path)))
            return nil
        }
        let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
        return YAMLNode(
            .scalar(YAMLScalar(text: trimmed, style: .literal)),
            place: SourcePlace(file: path, line: 1, column: 1)
        )
    }

    /// The text of an environment variable, which is kept out of every record.
    private mutating func secret(_ node: YAMLNode) -> YAMLNode? {
        guard case .scalar(let scalar) = node.content, let value = FileSystem.environment(scalar.text) else {
            report("spec/unknown-variable", node.place, node.length, unknownVariable(node.text ?? ""))
            return nil
        }
        if !secrets.contains(value) { secrets.append(value) }
        var copy = node
        copy.tag = nil
        copy.content = .scalar(YAMLScalar(text: value, style: .doubleQuoted))
        return copy
    }

    /// The path that a scalar names, relative to its own file. Reports anything else.
    private mutating func relativePath(_ node: YAMLNode) -> String? {
        guard case .scalar(let scalar) = node.content, !scalar.text.isEmpty, !scalar.text.hasPrefix("/") else {
            report("spec/bad-path", node.place, node.length, badPath())
            return nil
        }
        return FilePaths.resolve(scalar.text, besideFile: node.place.file)
    }

    // MARK: Extends

    private mutating func resolveExtends(_ root: YAMLNode) -> YAMLNode? {
        guard case .mapping(let entries) = root.content,
            let extends = entries.first(where: { $0.key.text == "extends" })
        else { return root }
        var own = root
        own.content = .mapping(entries.filter { $0.key.text != "extends" })
        let paths: [YAMLNode]
        if case .sequence(let elements) = extends.value.content { paths = elements } else { paths = [extends.value] }
        var (merged, failed) = (nil as YAMLNode?, false)
        for node in paths {
            guard let path = relativePath(node), let base = loadYAML(path, from: node.place, length: node.length) else {
                failed = true
                continue
            }
            merged = merged.map { merge(base, over: $0) } ?? base
        }
        if failed { return nil }
        return merged.map { merge(own, over: $0) } ?? own
    }

    /// Mappings are merged key by key, keys of `base` first; everything else in `top` replaces what is below.
    private func merge(_ top: YAMLNode, over base: YAMLNode) -> YAMLNode {
        guard case .mapping(let upper) = top.content, case .mapping(let lower) = base.content else { return top }
        var positions = [String: Int]()
        var entries = lower
        for (index, entry) in lower.enumerated() { positions[entry.key.text ?? ""] = index }
        for entry in upper {
            if let position = positions[entry.key.text ?? ""] {
                entries[position] = YAMLEntry(
                    key: entry.key,
                    value: merge(entry.value, over: entries[position].value)
                )
            } else {
                entries.append(entry)
            }
        }
        var merged = top
        merged.content = .mapping(entries)
        return merged
    }

    mutating func report(_ code: String, _ place: SourcePlace, _ length: Int, _ wording: Diagnostic.Wording) {
        diagnostics.append(Diagnostic(.error, code: code, at: place.place, length: length, wording))
    }
}

// MARK: - Messages

private func cycle(_ chain: String) -> Diagnostic.Wording {
    .init(
        zh: "文件互相引用，形成循环：\(chain)",
        en: "these files include each other in a circle: \(chain)",
        hintZh: "去掉其中一处 !include 或 extends",
        hintEn: "remove one of the !include or extends"
    )
}

private func tooManyFiles() -> Diagnostic.Wording {
    .init(
        zh: "引用的文件过多或层次过深（最多 \(DocumentLoader.maximumDepth) 层、\(DocumentLoader.maximumFiles) 个文件）",
        en: "too many files, or includes nested too deeply "
            + "(at most \(DocumentLoader.maximumDepth) levels, \(DocumentLoader.maximumFiles) files)"
    )
}

private func unreadable(_ path: String, _ error: FileError) -> Diagnostic.Wording {
    .init(
        zh: "无法读取文件\"\(path)\"（\(error.reason.zh)）",
        en: "cannot read the file \"\(path)\": \(error.reason.en)",
        hintZh: error.help?.zh ?? "路径相对于写有它的文件",
        hintEn: error.help?.en ?? "paths are relative to the file that they are written in"
    )
}

private func notText(_ path: String) -> FileError {
    FileError(
        path,
        reason: LocalizedText(zh: "不是 UTF-8 文本", en: "not UTF-8"),
        help: LocalizedText(zh: "请另存为 UTF-8 编码的文本", en: "save it as text in UTF-8")
    )
}

private func isYAML(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

private func unknownTag(_ tag: String) -> Diagnostic.Wording {
    .init(
        zh: "未知的标签\"\(tag)\"",
        en: "unknown tag \"\(tag)\"",
        hintZh: "可用的标签是 !include 和 !secret",
        hintEn: "the tags are !include and !secret"
    )
}

private func unknownVariable(_ name: String) -> Diagnostic.Wording {
    .init(
        zh: "环境变量\"\(name)\"没有设置",
        en: "the environment variable \"\(name)\" is not set",
        hintZh: "运行前先设置它：export \(name)=…",
        hintEn: "set it before the run: export \(name)=…"
    )
}

private func badPath() -> Diagnostic.Wording {
    .init(
        zh: "此处应为相对路径，如 ../tables/town.yaml",
        en: "expected a relative path such as ../tables/town.yaml"
    )
}
