internal import LocalFiles
public import ReviewModel
internal import YAMLDocument

/// Steps that judge tables which are at hand, and no spec's: `plugins` and `pipeline` of a document, written as in a spec.
public struct LooseSteps: Sendable {
    /// With what is wrong with it; a form and a dossier it gets from ``over(_:)``.
    public private(set) var loaded: LoadedSpec

    /// The document at `path`, which holds nothing else.
    public init(_ path: String) {
        var loader = DocumentLoader()
        let root = loader.load(FilePaths.normalised(path))
        var loaded = LoadedSpec(path, loader)
        if let root {
            let (document, log) = (SpecDocument(path: path, root: root, sources: loaded.sources), DiagnosticLog())
            if let record = ValueReader(document.value, log: log).record() {
                Spec.checkVersion(record)
                let spec = Spec(stepsOf: document, record)
                if spec.steps.isEmpty, !log.hasErrors { log.add(noSteps) }
                record.finish()
                (loaded.spec, loaded.document) = (spec, document)
            }
            loaded.diagnostics += log.diagnostics.map { document.diagnostic($0) }
            loaded.diagnostics.sort()
        }
        self.loaded = loaded
    }

    /// The steps that a document has beside other things; what is wrong with them goes to the document's diagnostics.
    init(_ document: SpecDocument, _ loaded: inout LoadedSpec) {
        let log = DiagnosticLog()
        var own = loaded
        if let record = ValueReader(document.value, log: log).record() {
            own.spec = Spec(stepsOf: document, record)
        }
        loaded.diagnostics += log.diagnostics.map { document.diagnostic($0) }
        loaded.diagnostics.sort()
        (own.document, own.diagnostics) = (document, loaded.diagnostics)
        self.loaded = own
    }

    public var isEmpty: Bool { loaded.spec?.steps.isEmpty ?? true }

    /// Everything that is read when the steps are taken, for a record of what something was made from.
    public var sources: [LoadedSpec.Input] { loaded.inputs }

    /// A spec of these steps with that dossier: its form is what the tables say of themselves.
    public func over(_ dossier: Dossier) -> LoadedSpec {
        var loaded = loaded
        loaded.spec?.dossier = dossier
        loaded.spec?.form = Form(of: dossier.tables.map(\.schema))
        return loaded
    }
}

extension LoadedDocument {
    /// The steps that it has; what is wrong with them goes to ``loaded``.
    public mutating func steps() -> LooseSteps? { document.map { LooseSteps($0, &loaded) } }

    /// What is wrong with a value in it, at its place.
    public func diagnostic(_ mistake: ConfigurationDiagnostic) -> Diagnostic? { document?.diagnostic(mistake) }
}

// MARK: - Messages

private let noSteps = ConfigurationDiagnostic(
    code: "plan/no-steps",
    message: LocalizedText(zh: "没有评审步骤", en: "there is no step"),
    pointer: JSONPointer(["pipeline"]),
    help: LocalizedText(zh: "请在 pipeline 下写出步骤，写法与 spec 相同", en: "name steps under pipeline, as in a spec")
)
