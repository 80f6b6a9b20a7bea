public import PluginRuntime
public import ReviewModel
public import ReviewPipeline
public import SpecLoading

/// How a batch is reviewed.
public struct BatchOptions: Sendable {
    /// Where the reviews go, which formats, which language.
    public var run = RunOptions()
    /// Reviews side by side.
    public var jobs: Int
    /// Whether reviews that were made before, from the same bytes, stand.
    public var usesCache = true
    /// Whether it is told of every step why it is taken.
    public var explainsCache = false
    /// From which severity on a finding makes the exit code 1.
    public var failOn: Severity?
    /// How long one review may take.
    public var deadline: Duration?
    /// The language of what is told.
    public var locale: Locale
    /// Hears what the plugins of a review say, which is named by its spec.
    public var observer: @Sendable (_ spec: String) -> any PluginObserver = { _ in SilentObserver() }

    /// How long after a change a file is told by its bytes; `nil` for as long as is safe anywhere.
    package var timeToSettle: Duration?

    public init(jobs: Int, locale: Locale) { (self.jobs, self.locale) = (jobs, locale) }
}

/// Something that a batch has come to.
public enum BatchEvent: Sendable {
    /// The specs are named; the parts are YAML files in folders that are none.
    case found(specs: Int, parts: [String])
    /// So many were looked at.
    case checked(Int, of: Int)
    /// Why a spec is reviewed, or that it need not be.
    case explained(spec: String, LocalizedText)
    case began(spec: String)
    /// What a review uses that goes: roles, settings, rules, each at its line.
    case noticed(LoadedSpec)
    /// Copies of files that people had changed, and that a new review has replaced.
    case setAside([String])
    /// - mistakes: of the spec, each with its line.
    /// - failures: what the plugins have failed at.
    case ended(BatchItem, mistakes: String?, failures: [StepFailure])
}

/// A batch that is over.
public struct BatchResult: Sendable {
    /// In the order in which the specs were named.
    public var items: [BatchItem]
    /// The file that says the same.
    public var file: String
    /// Why something could not be written that is no single review's.
    public var failure: LocalizedText?

    public func count(_ state: BatchItem.State) -> Int { items.count { $0.state == state } }

    /// The worst of what its reviews would have ended with: what cannot be written, a plugin that failed, an invalid spec, findings.
    public var exitCode: Int {
        let codes = Set(items.compactMap(\.exitCode))
        return [73, 3, 2, 1].first(where: codes.contains) ?? 0
    }
}

extension BatchResult {
    /// The name of the form of `batch.json`.
    public static let schemaName = "pingshen.batch/1"

    /// `batch.json`; the words in one language.
    public func document(_ locale: Locale) -> [UInt8] { JSONWriter.document(value(locale)) }

    private func value(_ locale: Locale) -> Value {
        var counts = Record([("total", .integer(items.count))])
        for state in BatchItem.State.allCases { counts[state.rawValue] = .integer(count(state)) }
        return [
            "schema": .text(Self.schemaName), "reviews": .list(items.map { $0.value(locale) }),
            "counts": .record(counts),
        ]
    }
}
