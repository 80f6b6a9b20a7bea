internal import LocalFiles
public import ReviewModel
internal import YAMLDocument

/// A YAML document by itself, no spec: a form, a template, with everything that it includes.
public struct LoadedDocument: Sendable {
    /// `nil` where it cannot be read.
    public var value: Value?
    /// What is wrong with it, with the excerpts.
    public var loaded: LoadedSpec
    let document: SpecDocument?

    public init(_ path: String) {
        var loader = DocumentLoader()
        self.init(path, loader.load(FilePaths.normalised(path)), loader)
    }

    /// The document that `text` is, as if it stood in the file `path`.
    ///
    /// - Parameter included: what the files hold that it includes, by their paths.
    public init(text: String, as path: String, included: [(path: String, text: String)] = []) {
        var loader = DocumentLoader()
        loader.inputs.append(DocumentLoader.InputFile(path: path, bytes: Array(text.utf8)))
        for file in included {
            loader.inputs.append(DocumentLoader.InputFile(path: file.path, bytes: Array(file.text.utf8)))
        }
        self.init(path, loader.load(path), loader)
    }

    private init(_ path: String, _ root: YAMLNode?, _ loader: DocumentLoader) {
        let loaded = LoadedSpec(path, loader)
        self.loaded = loaded
        document = root.map { SpecDocument(path: path, root: $0, sources: loaded.sources) }
        value = document?.value
        self.loaded.diagnostics.sort()
    }

    /// The files that it was read from, itself first.
    public var files: [(path: String, bytes: [UInt8])] {
        loaded.inputs.compactMap { input in loaded.sources[input.path].map { (input.path, $0) } }
    }

    /// The form that it is; what is wrong with it goes to ``loaded``.
    public mutating func form() -> Form? {
        guard let value, let document else { return nil }
        let log = DiagnosticLog()
        let form = Form(ValueReader(value, log: log))
        loaded.diagnostics += log.diagnostics.map { document.diagnostic($0) }
        loaded.diagnostics.sort()
        return form
    }
}
