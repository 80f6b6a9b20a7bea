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
///     sees: [my-scorer]     # optional
public struct FileStep: Sendable, Hashable {
    public var id: String
    public var plugin: String
    /// The setting that the file becomes.
    public var setting: String
    /// The plugins whose steps this one needs.
    public var sees: [String]

    public init(id: String, plugin: String, setting: String, sees: [String] = []) {
        (self.id, self.plugin, self.setting, self.sees) = (id, plugin, setting, sees)
    }

    /// `nil` where something is missing or no step of its own; what is wrong goes to the reader's log.
    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        Spec.checkVersion(record)
        let (id, use) = (record.required("step")?.text(), record.required("use")?.text())
        let (setting, sees) = (record.required("setting")?.text(), record.optional("sees")?.list() ?? [])
        record.finish()
        guard let id, let use, let setting else { return nil }
        self.init(id: id, plugin: use, setting: setting, sees: sees.compactMap { $0.text() })
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
/// where the spec has any, or else `step`, added at the end.
public func loadSpec(_ path: String, with step: FileStep, reading file: String) -> (spec: LoadedSpec, steps: [String]) {
    let written = loadSpec(path).spec?.steps ?? []
    let own = written.filter { $0.plugin == step.plugin }.map(\.id)
    if !own.isEmpty { return (loadSpec(path, replacing: [step.setting: file]), own) }
    let file = FilePaths.normalised(file)
    let needs = written.filter { step.sees.contains($0.plugin) }.map(\.id)
    let body = """
        use: \(quoted(step.plugin)), needs: [\(needs.map(quoted).joined(separator: ", "))], \
        with: {\(quoted(step.setting)): !include \(quoted(FilePaths.name(of: file)))}
        """
    var loader = DocumentLoader()
    let root = loader.load(FilePaths.normalised(path)).flatMap { root in
        loader.add(quoted(step.id), body, as: FilePaths.folder(of: file) + "/(\(step.id))", to: root)
    }
    return (LoadedSpec(path, root, loader), [step.id])
}

/// What `step` makes of the file at `path`, as a spec of that one step, so that its plugin can check the file.
public func loadSettings(_ path: String, of step: FileStep) -> LoadedSpec {
    let file = FilePaths.normalised(path)
    var loader = DocumentLoader()
    let use =
        "use: \(quoted(step.plugin)), with: {\(quoted(step.setting)): !include \(quoted(FilePaths.name(of: file)))}"
    let text = """
        pingshen: 1
        id: settings
        form: {form: none, fields: {}, tables: {}}
        pipeline: {\(quoted(step.id)): {\(use)}}
        """
    let root = loader.load(text: text, as: FilePaths.folder(of: file) + "/(\(step.plugin))")
    var document = LoadedSpec(path, root, loader)
    document.isForSettings = true
    return document
}

/// A text as a double-quoted scalar.
private func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
}
