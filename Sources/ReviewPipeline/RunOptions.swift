public import PluginRuntime
public import ReviewFile
public import ReviewModel
public import SpecLoading
package import StepCache

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

    /// Where the review is made, with plugins that stay for the next; `nil` for plugins of its own.
    package var bench: PluginBench?

    /// What shuts plugins in, where somebody has tried it already.
    package var sandbox: Sandbox?

    /// Whether what hosts have left in ``output`` was put right before.
    package var isTidy = false

    /// Answers of steps that may stand; `nil` where every step is taken.
    package var steps: StepCache?

    /// Hears of each step why it is taken, or that it need not be; asked for only with ``steps``.
    package var onStep: (@Sendable (LocalizedText) -> Void)?

    /// How much the renderers may hand over.
    var artifactLimits = ArtifactLimits()
    /// How much each plugin may say besides its replies.
    var talkLimits = TalkLimits()

    public init() {}
}

/// A finished review, written.
public struct ReviewOutcome: Sendable {
    public var review: Review
    /// The folder of the review and the files in it, `review.json` first.
    public var folder: String
    public var files: [String]
    /// The document `review.json`, made as it is written.
    public var json: LongValue
    /// What failed; the review says what is missing then, and must not be signed.
    public var failures: [StepFailure]
    /// What `review.json` says besides the review: the files that it came from, and those beside it.
    public var inputs: [RecordedReview.Input]
    public var artifacts: [RecordedReview.Artifact]
    /// The spec with what will not go on for ever: roles, settings and rules that go, and rules under former ids.
    public var notices: LoadedSpec
    /// Copies of files of the earlier review that people had changed, and that the new ones have replaced.
    public var setAside: [String]
    /// Files of the earlier review that the new one does not have, such as those of a format that was not asked for.
    public var removed: [String]
    /// By what shows, of each file of ``files``, that it is the one that was written.
    package var identities: [String]
    /// Whether every step was done. Of a review that is not whole nothing may be signed.
    public var isWhole: Bool { failures.isEmpty && review.steps.allSatisfy { $0.outcome == .done } }
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

/// A spec that was looked at with the plugins that it names, as far as they could be asked.
public struct CheckedSpec: Sendable {
    /// The spec with everything that was found wrong with it.
    public var loaded: LoadedSpec
    /// Plugins that failed while they were asked about their settings, which could not be checked then.
    public var failures: [StepFailure]

    public init(loaded: LoadedSpec, failures: [StepFailure] = []) { (self.loaded, self.failures) = (loaded, failures) }
}

/// Why a spec was not reviewed.
public enum RunError: Error, Sendable {
    /// The spec is at fault; its diagnostics say where.
    case invalid(CheckedSpec)
    /// Nothing at all could be judged; at least one failure.
    case failed([StepFailure])
    /// A folder that cannot be written.
    case output(LocalizedText)
    /// Plugins cannot be shut in here.
    case sandbox(LocalizedText)
    /// Formats that no renderer of the spec writes.
    case unknownFormat(String, known: [String])
}
