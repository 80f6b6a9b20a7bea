public struct RenderingRequest: Sendable {
    public var configuration: Value
    public var review: Review
    /// The fields and those tables that the role's `reads` names, whole.
    public var dossier: Dossier
    /// The formats wanted, as the role's `writes` names them: `md`, `html`.
    public var formats: [String]
    /// The files of earlier renderers that the role's `takes` names, in the order of the spec.
    public var taken: [TakenFile]
    /// An existing, empty folder; its absolute path.
    public var scratchDirectory: String
    /// What the dossier may hold; told to roles that ask for it (``RoleDescription/takesForm``).
    public var form: DossierOutline?
    public var context: any RoleContext

    public init(
        configuration: Value,
        review: Review,
        dossier: Dossier,
        formats: [String],
        taken: [TakenFile] = [],
        scratchDirectory: String,
        form: DossierOutline? = nil,
        context: any RoleContext = SilentContext()
    ) {
        self.configuration = configuration
        self.review = review
        self.dossier = dossier
        self.formats = formats
        self.taken = taken
        self.scratchDirectory = scratchDirectory
        self.form = form
        self.context = context
    }
}

/// A file that an earlier renderer wrote, handed to one that makes its own from it.
public struct TakenFile: Sendable, Hashable {
    public var format: String
    /// The id of the step that wrote it.
    public var step: String
    /// The absolute path of a copy that nobody changes.
    public var path: String
    public var mediaType: String

    public init(format: String, step: String, path: String, mediaType: String) {
        (self.format, self.step, self.path, self.mediaType) = (format, step, path, mediaType)
    }
}

/// What a renderer returns.
public struct Rendering: Sendable, Hashable {
    public var artifacts: [RenderedArtifact]
    /// The formats that could not be written: the step has failed then, and what it did write is kept.
    public var failures: [FormatFailure]
    /// What only the one who writes the report can see, such as a text that it lacks. Of roles that say so in
    /// ``RoleDescription/finds``.
    public var findings: [Finding]

    public init(_ artifacts: [RenderedArtifact] = [], failures: [FormatFailure] = [], findings: [Finding] = []) {
        (self.artifacts, self.failures, self.findings) = (artifacts, failures, findings)
    }
}

/// Why a format could not be written, in a sentence that says what to do.
public struct FormatFailure: Sendable, Hashable {
    public var format: String
    public var message: LocalizedText

    public init(_ format: String, _ message: LocalizedText) { (self.format, self.message) = (format, message) }
}

/// A file that a renderer wrote, by its path relative to the scratch directory.
public struct RenderedArtifact: Sendable, Hashable {
    public var path: String
    public var mediaType: String
    /// Which of the role's `writes` it is: what follows the last dot of the path, unless somebody says otherwise.
    public var format: String

    public init(path: String, mediaType: String, format: String? = nil) {
        (self.path, self.mediaType) = (path, mediaType)
        self.format =
            format ?? path.split(separator: ".", omittingEmptySubsequences: false).last.map { String($0) } ?? ""
    }
}
