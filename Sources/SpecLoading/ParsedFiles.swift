internal import LocalFiles
internal import ReviewModel
internal import Synchronization
internal import YAMLDocument

/// Files that many specs include, parsed once: forms and templates are longer than the small spec that they are for.
///
/// A file is read each time; what was made of it counts for the very same bytes under the same name.
enum ParsedFiles {
    /// One file, and what was made of it.
    final class File: Sendable {
        let bytes: [UInt8]
        let parse: YAMLParse
        let sha256: String
        /// Its tree with all that it includes, where it includes nothing: the parsed one.
        let plain: DocumentLoader.Resolved?
        private let made = Mutex(Made())

        private struct Made {
            var value: Value?
            var form: ReadForm?
        }

        init(_ bytes: [UInt8], file: String) {
            let parse = parseYAML(bytes, file: file)
            (self.bytes, self.parse, sha256) = (bytes, parse, LocalFiles.sha256(bytes))
            if let root = parse.root, root["extends"] == nil, let size = TreeSize(plain: root) {
                plain = DocumentLoader.Resolved(node: root, size: size)
            } else {
                plain = nil
            }
        }

        /// The file's value; made once.
        var value: Value? {
            made.withLock { made in
                if made.value == nil { made.value = plain?.node.value }
                return made.value
            }
        }

        /// The form that the file is; read once.
        func form(_ read: (Value) -> ReadForm) -> ReadForm? {
            guard let value else { return nil }
            return made.withLock { made in
                if made.form == nil { made.form = read(value) }
                return made.form
            }
        }
    }

    private struct State {
        var files: [String: File] = [:]
        var heldBytes = 0
    }

    private static let state = Mutex(State())
    /// Bytes of files; their trees take up some fifty times that. When there are more, all are forgotten.
    private static let maximumHeldBytes = 1 << 20

    /// What the file holds that has these bytes.
    static func file(_ bytes: [UInt8], named name: String) -> File {
        if let known = state.withLock({ $0.files[name] }), known.bytes == bytes { return known }
        let file = File(bytes, file: name)
        guard bytes.count <= maximumHeldBytes / 2 else { return file }
        state.withLock { state in
            if state.heldBytes + bytes.count > maximumHeldBytes { (state.files, state.heldBytes) = ([:], 0) }
            state.heldBytes += bytes.count - (state.files[name]?.bytes.count ?? 0)
            state.files[name] = file
        }
        return file
    }

    /// The file whose whole tree the node is, the very one that is kept here.
    static func file(of node: YAMLNode) -> File? {
        guard let known = state.withLock({ $0.files[node.place.file] }), let root = known.plain?.node,
            root.isSame(as: node)
        else { return nil }
        return known
    }
}

/// A form as it was read, and what is wrong with it.
struct ReadForm: Sendable {
    var form: Form?
    /// With pointers into the form's own value.
    var mistakes: [ConfigurationDiagnostic]

    init(_ value: Value) {
        if let other = Self.otherKind(value) {
            mistakes = [other]
            return
        }
        let log = DiagnosticLog()
        form = Form(ValueReader(value, log: log))
        mistakes = log.diagnostics
    }

    /// What is told where another kind of file stands for the form, of which every key would be unknown.
    private static func otherKind(_ value: Value) -> ConfigurationDiagnostic? {
        let kinds = [
            ("pingshen", LocalizedText(zh: "评审任务（spec）", en: "a spec")),
            ("items", LocalizedText(zh: "评分标准", en: "a rubric")),
            ("blocks", LocalizedText(zh: "报告模板", en: "a report template")),
        ]
        guard value["form"] == nil, let found = kinds.first(where: { value[$0.0] != nil })?.1 else { return nil }
        return ConfigurationDiagnostic(
            code: "form/other-kind",
            message: LocalizedText(zh: "此处应为表单，实为\(found.zh)", en: "expected a form, found \(found.en)"),
            pointer: JSONPointer(),
            help: LocalizedText(
                zh: "请核对 form 的 !include 后的文件名",
                en: "see whether the file behind the !include of `form` is the right one"
            )
        )
    }

    /// The form that the node is; of a file that many specs include it is read once.
    init(_ node: YAMLNode) {
        if let known = ParsedFiles.file(of: node)?.form(ReadForm.init) { self = known } else { self.init(node.value) }
    }
}

extension YAMLNode {
    /// Whether both are one list or mapping in memory, which says that they hold the same without a look at it.
    fileprivate func isSame(as other: YAMLNode) -> Bool {
        switch (content, other.content) {
        case (.mapping(let entries), .mapping(let others)): entries.isSame(as: others)
        case (.sequence(let elements), .sequence(let others)): elements.isSame(as: others)
        default: false
        }
    }
}

extension Array {
    fileprivate func isSame(as other: Self) -> Bool {
        !isEmpty && count == other.count
            && withUnsafeBufferPointer { own in other.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress } }
    }
}

extension TreeSize {
    /// The size of a tree that has no tags of ours, so that nothing in it is to be resolved; `nil` for any other.
    fileprivate init?(plain node: YAMLNode) {
        self.init()
        guard add(node) else { return nil }
    }

    /// As resolving counts it.
    private mutating func add(_ node: YAMLNode) -> Bool {
        if let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!") { return false }
        nodes += 1
        switch node.content {
        case .scalar(let scalar): bytes += scalar.text.utf8.count
        case .sequence(let elements): return elements.allSatisfy { add($0) }
        case .mapping(let entries):
            for entry in entries {
                nodes += 1
                bytes += entry.key.text?.utf8.count ?? 0
                guard add(entry.value) else { return false }
            }
        }
        return true
    }
}
