public import ReviewModel

/// What a run of a spec is given besides the spec.
public struct RunOptions: Sendable {
    /// The folder that gets a folder per review.
    public var output = "out"
    /// The formats to render; `nil` for all that the renderers offer.
    public var formats: [String]?
    /// The language of the review; `nil` for the spec's own.
    public var locale: Locale?
    public var catalog = PluginCatalog()
    public var times = PluginTimes()
    public var observer: any PluginObserver = SilentObserver()
    /// An earlier review, to say which findings are new and which are gone.
    public var baseline: Review?
    /// Where to record every message between host and plugins.
    public var trace: String?
    /// Whether plugins are shut in with bubblewrap.
    public var isSandboxed = false
    /// Plugins that are running already, by name, with the Unix sockets that they listen on.
    public var attachments: [String: String] = [:]

    public init() {}
}

/// Hears nothing.
public struct SilentObserver: PluginObserver {
    public init() {}
    public func log(plugin: String, _ level: LogLevel, _ message: String) {}
    public func progress(plugin: String, done: Int, total: Int?, _ message: String) {}
}

/// A finished review, written.
public struct ReviewOutcome: Sendable {
    public var review: Review
    /// The folder of the review and the files in it, `review.json` first.
    public var folder: String
    public var files: [String]
    /// The document `review.json`.
    public var json: [UInt8]
    /// What failed; the review says what is missing then, and must not be signed.
    public var failures: [StepFailure]
}

/// A plugin that failed, and the steps of the pipeline that it cost.
public struct StepFailure: Sendable {
    public var steps: [String]
    public var failure: PluginFailure

    init(_ steps: [String], _ failure: PluginFailure) {
        self.steps = steps
        self.failure = failure
    }
}

/// Why a spec was not reviewed.
public enum RunError: Error, Sendable {
    /// The spec is at fault; its diagnostics say where.
    case invalid(LoadedSpec)
    /// Nothing at all could be judged; at least one failure.
    case failed([StepFailure])
    /// A folder that cannot be written.
    case output(LocalizedText)
    /// Plugins cannot be shut in here.
    case sandbox(LocalizedText)
    /// Formats that no renderer of the spec writes.
    case unknownFormat(String, known: [String])
}
