internal import LocalFiles
public import ReviewModel
internal import YAMLDocument

/// A spec that was loaded, with everything that is wrong with it.
public struct LoadedSpec: Sendable {
    public var path: String
    /// `nil` when the document could not be read at all.
    public var spec: Spec?
    public var diagnostics: [Diagnostic]
    /// The bytes of every file that was read, by path: for excerpts.
    public var sources: [String: [UInt8]]
    /// The files read, in order, with their checksums.
    public var inputs: [Input]
    /// The files that settings of steps name.
    public var files: [FileSetting] = []
    /// The files that it names for itself and that could not be read.
    package var unread: [String] = []
    package var document: SpecDocument?
    /// The ``diagnostics`` that a source may make good.
    private var missingFields: [Diagnostic] = []
    /// Values of the environment that the spec uses and that no record may show.
    package var secrets: [String] = []
    /// Bytes of the files that no other spec shares with it: its trees take up some fifty times that.
    package private(set) var ownBytes = 0
    /// Whether it is only there to have settings checked: nothing will be judged, so no table needs to be there.
    package var isForSettings = false

    package init(path: String, diagnostics: [Diagnostic], sources: [String: [UInt8]], inputs: [Input]) {
        (self.path, self.diagnostics, self.sources, self.inputs) = (path, diagnostics, sources, inputs)
    }

    public struct Input: Sendable, Hashable {
        public var path: String
        public var sha256: String

        package init(path: String, sha256: String) { (self.path, self.sha256) = (path, sha256) }
    }

    /// The diagnostics as text: `file:line:column: error: …`, the line and a caret for each.
    public func rendered(locale: Locale, isColoured: Bool) -> String {
        DiagnosticRendering(locale: locale, isColoured: isColoured)
            .render(diagnostics, sources: sources)
    }

    public var errorCount: Int { diagnostics.count { $0.severity == .error } }

    public var warningCount: Int { diagnostics.count - errorCount }

    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Loads the spec at `path` with all that it includes; one run finds every mistake.
///
/// - Parameters:
///   - replacements: files that stand for the settings of these names, whichever step has them.
///   - copies: files that are read in place of others that it names with `!file`, by the paths of these.
public func loadSpec(
    _ path: String,
    replacing replacements: [String: String] = [:],
    reading copies: [String: String] = [:]
) -> LoadedSpec {
    var loader = DocumentLoader()
    for (file, copy) in copies { loader.copies[FileSystem.absolute(file)] = FilePaths.normalised(copy) }
    var root = loader.load(FilePaths.normalised(path))
    for (name, file) in replacements.sorted(by: { $0.key < $1.key }) {
        root = root.flatMap { loader.replace(name, by: FilePaths.normalised(file), in: $0) }
    }
    var loaded = LoadedSpec(path, root, &loader)
    loaded.recogniseGivenFile(root)
    return loaded
}

/// A spec of the program's own, or of somebody's in its place, with the files that a command was given.
///
/// - Parameters:
///   - text: what the file `path` would hold; `nil` to read that file.
///   - id: the review's id, instead of the one in the document.
///   - files: what stands for the files that the document names with `!file`, by those names.
public func loadSpec(text: String?, as path: String, id: String, files: [String: String]) -> LoadedSpec {
    var loader = DocumentLoader()
    loader.substitutes = files.mapValues { FilePaths.normalised($0) }
    let root = text.map { loader.load(text: $0, as: path) } ?? loader.load(FilePaths.normalised(path))
    return LoadedSpec(path, root?.named(id), &loader)
}

/// A spec that somebody sends, which is no file: everything is told as if it were one at `path`.
///
/// - Parameters:
///   - included: what files hold that it includes, by their paths as seen from the spec; others are read as usual.
///   - stored: where files lie that it names with `!file`, by the same.
public func loadSpec(
    text: String,
    as path: String,
    included: [String: String],
    stored: [String: String]
) -> LoadedSpec {
    let path = FilePaths.normalised(path)
    var loader = DocumentLoader()
    for (name, text) in included.sorted(by: { $0.key < $1.key }) {
        loader.given[FilePaths.resolve(name, besideFile: path)] = Array(text.utf8)
    }
    for (name, file) in stored { loader.stored[FilePaths.resolve(name, besideFile: path)] = file }
    loader.given[path] = Array(text.utf8)
    let root = loader.load(path)
    return LoadedSpec(path, root, &loader)
}

/// The spec that `text` is, as if it stood in the file `path`.
package func loadSpec(text: String, as path: String) -> LoadedSpec {
    var loader = DocumentLoader()
    let root = loader.load(text: text, as: path)
    return LoadedSpec(path, root, &loader)
}

/// What the YAML `text` holds, without the places; `nil` where it cannot be read.
package func documentValue(_ text: String, as path: String) -> Value? {
    var loader = DocumentLoader()
    return loader.load(text: text, as: path).map { SpecDocument(path: path, root: $0).value }
}

/// The keys at the top of a YAML file, none where it is no mapping; `nil` where it cannot be read.
package func documentKeys(_ path: String) -> [String]? {
    var loader = DocumentLoader()
    guard let root = loader.load(FilePaths.normalised(path)) else { return nil }
    return SpecDocument(path: path, root: root).value.record?.members.map(\.key) ?? []
}

extension LoadedSpec {
    /// The spec's form as its file has it, with what that includes; `nil` where the spec is none that can be read.
    public var formAsWritten: Value? {
        sources[path].flatMap { documentValue(String(decoding: $0, as: UTF8.self), as: path)?["form"] }
    }

    /// The file in which the spec's form stands: its own, or one that it includes.
    public var formFile: String? {
        var loader = DocumentLoader()
        let root = sources[path].flatMap { loader.load(text: String(decoding: $0, as: UTF8.self), as: path) }
        return root?["form"]?.place.file
    }

    /// What the spec says about rules.
    package var ruleSettings: RuleSettings { spec?.ruleSettings ?? RuleSettings() }

    /// What is wrong with it, as lines and sentences; mistakes of some codes are pardoned.
    package func mistakes(except pardoned: [String]) -> [(line: Int, en: String)] {
        diagnostics.filter { !pardoned.contains($0.code) }.map { ($0.place.line ?? 0, $0.message.en) }
    }
}

/// A path as places name it: without `.` and without what `..` takes back.
public func writtenPath(_ path: String) -> String { FilePaths.normalised(path) }

extension LoadedSpec {
    /// What `loader` has read and found for the document at `path`.
    init(_ path: String, _ loader: DocumentLoader) {
        self.init(
            path: path,
            diagnostics: loader.diagnostics,
            sources: Dictionary(loader.inputs.map { ($0.path, $0.bytes) }) { first, _ in first },
            inputs: loader.inputs.map { LoadedSpec.Input(path: $0.path, sha256: $0.sha256) }
        )
        ownBytes = loader.inputs.reduce(0) { $0 + ($1.sum == nil ? $1.bytes.count : 0) }
        secrets = loader.secrets
        unread = loader.unread
    }

    /// The spec that `root` is.
    init(_ path: String, _ root: YAMLNode?, _ loader: inout DocumentLoader) {
        let files = root.map { loader.fileSettings(in: $0) } ?? []
        self.init(path, loader)
        self.files = files
        if var root {
            let form = root["form"].map { ReadForm($0) }
            if let form = form?.form { root = form.named(root) }
            let document = SpecDocument(path: path, root: root, sources: sources)
            let log = DiagnosticLog()
            spec = Spec(document, form, log: log)
            self.document = document
            // What is missing may stand in the part that could not be read.
            let formFile = root["form"] == nil ? nil : document.file(at: JSONPointer(["form"]))
            if formFile != path, diagnostics.contains(where: { $0.isUnreadPart(of: formFile) }) {
                spec?.hasFormMistakes = true
            }
            let isPartlyUnread = diagnostics.contains { $0.severity == .error && $0.code.hasPrefix("yaml/") }
            let hasFormMistakes = spec?.hasFormMistakes ?? false
            let told = log.diagnostics.filter {
                (!isPartlyUnread || $0.code != "value/missing-key") && !(hasFormMistakes && $0.isOfUnknownNames)
            }
            diagnostics += told.map { document.diagnostic($0) }
            missingFields = isPartlyUnread ? [] : (spec?.missingFields ?? []).map { document.diagnostic($0) }
            diagnostics += missingFields
        }
        diagnostics.sort()
        diagnostics.dropConsequences()
    }

    /// Whether it has mistakes that no source can mend. Fields that it does not have may come from one, which is only known when plugins
    /// have been asked.
    public var hasLastingErrors: Bool { withFieldsToCome.hasErrors }

    /// Without what is said of fields that the spec does not have: a source fills them.
    package var withFieldsToCome: LoadedSpec {
        var copy = self
        copy.diagnostics.removeAll(where: missingFields.contains)
        return copy
    }
}

extension Diagnostic {
    /// Whether a part of that file could not be read as it was meant.
    fileprivate func isUnreadPart(of file: String?) -> Bool {
        severity == .error && code.hasPrefix("yaml/") && place.file == file
    }
}

extension ConfigurationDiagnostic {
    /// Whether fields, tables or columns are called unknown: by a form that has mistakes nobody knows which there are.
    fileprivate var isOfUnknownNames: Bool {
        ["value/unknown-key", "form/unknown-table", "value/not-allowed"].contains(code)
            && ["fields", "tables"].contains(pointer.tokens.first)
    }
}
