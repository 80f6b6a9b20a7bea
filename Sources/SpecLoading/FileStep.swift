internal import LocalFiles
internal import ReviewModel
internal import YAMLDocument

/// A step that a command makes of a file which it is given: the file is one of the step's settings.
///
/// Which plugin that is, and what it waits for, stands in a document of its own:
///
///     pingshen: 1
///     step: audited-report
///     use: my-auditor
///     setting: report
///     file_setting: document   # optional: what the file becomes where it is no plain text
///     sees: [my-scorer]        # optional
///     also:                    # optional: further steps of the same file
///       - {step: audited-sentences, use: my-reader, setting: report, unless: [my-source]}
public struct FileStep: Sendable, Hashable {
    public var id: String
    public var plugin: String
    /// The setting that the file becomes.
    public var setting: String
    /// The setting that the file becomes, as with `!file`, where it is no plain text; `nil` where the plugin takes text only.
    public var fileSetting: String?
    /// The plugins whose steps this one needs.
    public var sees: [String]
    /// The plugins whose steps do already what this one would.
    public var unless: [String]
    /// Further steps that are made of the same file.
    public var also: [FileStep] = []

    public init(
        id: String,
        plugin: String,
        setting: String,
        fileSetting: String? = nil,
        sees: [String] = [],
        unless: [String] = []
    ) {
        (self.id, self.plugin, self.setting, self.fileSetting, self.sees) = (id, plugin, setting, fileSetting, sees)
        self.unless = unless
    }

    /// `nil` where something is missing or no step of its own; what is wrong goes to the reader's log.
    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        Spec.checkVersion(record)
        self.init(record)
    }

    private init?(_ record: RecordReader) {
        let (id, use) = (record.required("step")?.text(), record.required("use")?.text())
        let (setting, sees) = (record.required("setting")?.text(), record.optional("sees")?.list() ?? [])
        let fileSetting = record.optional("file_setting")?.text()
        let unless = record.optional("unless")?.list() ?? []
        let also = record.optional("also")?.list() ?? []
        record.finish()
        guard let id, let use, let setting else { return nil }
        self.init(
            id: id,
            plugin: use,
            setting: setting,
            fileSetting: fileSetting,
            sees: sees.compactMap { $0.text() },
            unless: unless.compactMap { $0.text() }
        )
        self.also = also.compactMap { $0.record().flatMap { FileStep($0) } }
    }

    /// The step that the document at `path` describes; where there is none, the document says what is wrong with it.
    public static func load(_ path: String) -> (step: FileStep?, document: LoadedSpec) {
        var loader = DocumentLoader()
        return read(path, loader.load(FilePaths.normalised(path)), loader)
    }

    /// The step that `text` describes, as if it stood in the file `path`.
    public static func load(text: String, as path: String) -> (step: FileStep?, document: LoadedSpec) {
        var loader = DocumentLoader()
        return read(path, loader.load(text: text, as: path), loader)
    }

    private static func read(_ path: String, _ root: YAMLNode?, _ loader: DocumentLoader) -> (FileStep?, LoadedSpec) {
        var loaded = LoadedSpec(path, loader)
        guard let root else { return (nil, loaded) }
        let (document, log) = (SpecDocument(path: path, root: root, sources: loaded.sources), DiagnosticLog())
        let step = FileStep(ValueReader(document.value, log: log))
        loaded.diagnostics += log.diagnostics.map { document.diagnostic($0) }
        loaded.diagnostics.sort()
        return (loaded.hasErrors ? nil : step, loaded)
    }
}

/// The spec at `path` with `file` for what `step` makes of files, and the ids of the steps that read it: those of the same plugin
/// where the spec has any, or else `step`, added at the end; then what else is made of the file.
public func loadSpec(_ path: String, with step: FileStep, reading file: String) -> (spec: LoadedSpec, steps: [String]) {
    let written = loadSpec(path).spec?.steps ?? []
    let own = written.filter { $0.plugin == step.plugin }.map(\.id)
    let file = FilePaths.normalised(file)
    let asFile = isPlainText(file) ? nil : step.fileSetting
    let further = step.also.filter { step in !written.contains { step.unless.contains($0.plugin) } }
    let needs = { (step: FileStep) in written.filter { step.sees.contains($0.plugin) }.map(\.id) }
    var loader = DocumentLoader()
    let root = loader.load(FilePaths.normalised(path)).flatMap { root -> YAMLNode? in
        let content = asFile == nil ? loader.load(included: file) : loader.named(file, at: step.place(file))
        guard let content else { return nil }
        let setting = asFile ?? step.setting
        var root: YAMLNode? = root
        if own.isEmpty {
            root = root?.addingStep(
                step.id,
                step.entries(needs(step), content, as: setting, at: file),
                at: step.place(file)
            )
        } else if let written = root {
            root = loader.replace(
                [step.setting] + (step.fileSetting.map { [$0] } ?? []),
                by: content,
                as: setting,
                in: written
            )
        }
        return further.reduce(root) { root, step in
            let setting = asFile == nil ? step.setting : step.fileSetting ?? step.setting
            let entries = step.entries(needs(step), content, as: setting, at: file)
            return root?.addingStep(step.id, entries, at: step.place(file))
        }
    }
    return (LoadedSpec(path, root, &loader), (own.isEmpty ? [step.id] : own) + further.map(\.id))
}

/// Whether a file is text without marks, as converters write it; also one that is not there, which the loader then says.
private func isPlainText(_ path: String) -> Bool {
    let name = path.lowercased()
    if [".html", ".htm", ".xhtml", ".md", ".markdown"].contains(where: name.hasSuffix) { return false }
    guard let file = try? OutsideFile(path, atMost: FileSetting.maximumBytes),
        let start = try? file.bytes(from: 0, atMost: 1 << 13)
    else { return true }
    if start.contains(0) || ["%PDF-", "PK", "{\\rtf", "<"].contains(where: { start.starts(with: $0.utf8) }) {
        return false
    }
    // A character may be cut off at the end of what was looked at.
    let text = String(decoding: start, as: UTF8.self).unicodeScalars
    return !text.dropLast(3).contains("\u{FFFD}") && text.first { !$0.properties.isWhitespace } != "<"
}

/// What `step` makes of the file at `path`, as a spec of that one step, so that its plugin can check the file.
public func loadSettings(_ path: String, of step: FileStep) -> LoadedSpec {
    let file = FilePaths.normalised(path)
    var loader = DocumentLoader()
    let root = loader.load(included: file).map { step.document($0, at: file) }
    var document = LoadedSpec(path, root, &loader)
    document.isForSettings = true
    return document
}

// MARK: - As a tree

// A tree and no text: in a name of a file there may be anything.
extension FileStep {
    /// Where the step would stand if somebody had written it: beside the file.
    fileprivate func place(_ file: String) -> SourcePlace {
        SourcePlace(file: FilePaths.folder(of: file) + "/(\(id))", line: 1, column: 1)
    }

    /// The keys of the step; its setting `name` is `content`.
    fileprivate func entries(
        _ needs: [String],
        _ content: YAMLNode,
        as name: String? = nil,
        at file: String
    ) -> [YAMLEntry] {
        let place = place(file)
        let needed = YAMLNode(.sequence(needs.map { .text($0, at: place) }), place: place)
        return [
            YAMLEntry("use", .text(plugin, at: place), at: place), YAMLEntry("needs", needed, at: place),
            YAMLEntry("with", .mapping([YAMLEntry(name ?? setting, content, at: place)], at: place), at: place),
        ]
    }

    /// A spec of nothing but the step.
    fileprivate func document(_ content: YAMLNode, at file: String) -> YAMLNode {
        let place = place(file)
        func mapping(_ entries: [(String, YAMLNode)]) -> YAMLNode {
            .mapping(entries.map { YAMLEntry($0, $1, at: place) }, at: place)
        }
        let form = mapping([("form", .text("none", at: place)), ("fields", mapping([])), ("tables", mapping([]))])
        let version = YAMLNode(.scalar(YAMLScalar(text: String(Spec.formatVersion), style: .plain)), place: place)
        return mapping([
            ("pingshen", version), ("id", .text("settings", at: place)), ("form", form), ("pipeline", mapping([])),
        ]).addingStep(id, entries([], content, at: file), at: place)
    }
}
