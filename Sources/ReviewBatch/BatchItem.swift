internal import ReviewFile
public import ReviewModel

/// What became of one spec of a batch.
public struct BatchItem: Sendable {
    /// The review's id, which is the name of its folder; empty where the spec says none.
    public var id: String
    /// The spec's path, as it was named.
    public var spec: String
    /// What the spec's `/fields/project/town` says; empty where it says nothing.
    public var town = ""
    public var state: State
    /// What `run` would have ended with; `nil` where nothing was done.
    public var exitCode: Int?
    public var verdict: Verdict?
    /// How many findings there are that nobody has waived, by severity.
    public var findings: [Severity: Int] = [:]
    public var waived = 0
    /// Why there is no review, or no whole one.
    public var message: LocalizedText?

    public enum State: String, Sendable, CaseIterable {
        /// Reviewed, whole.
        case done
        /// Reviewed, and a step is missing.
        case incomplete
        /// The spec has mistakes.
        case invalid
        /// Nothing could be judged, or written.
        case failed
        /// Reviewed before, from the same bytes.
        case unchanged
        /// The batch was ended before.
        case notRun = "not run"
    }

    init(id: String = "", spec: String, town: String = "", state: State = .notRun) {
        (self.id, self.spec, self.town, self.state) = (id, spec, town, state)
    }

    /// Whether there is a review in its folder that this batch stands for.
    public var isReviewed: Bool { [.done, .incomplete, .unchanged].contains(state) }

    /// Takes over what a review says.
    mutating func take(_ review: Review) {
        (id, verdict) = (review.id, review.verdict)
        town = review.project["town"]?.text ?? town
        waived = review.findings.count { $0.waiver != nil }
        findings = review.openFindings.reduce(into: [:]) { $0[$1.finding.severity, default: 0] += 1 }
    }

    /// The exit code of a whole review.
    func exitCode(failingOn severity: Severity?) -> Int {
        guard let severity else { return 0 }
        return findings.contains { $0.key >= severity && $0.value > 0 } ? 1 : 0
    }
}

extension BatchItem {
    /// As `batch.json` has it; the words in one language.
    func value(_ locale: Locale) -> Value {
        var counts = Record(Severity.allCases.reversed().map { ($0.rawValue, .integer(findings[$0] ?? 0)) })
        counts["waived"] = .integer(waived)
        var record: Record = [
            "id": .text(id), "spec": .text(spec), "town": .text(town), "state": .text(state.rawValue),
            "exitCode": exitCode.map(Value.integer) ?? .null, "verdict": verdict?.wire ?? .null,
            "findings": .record(counts), "folder": isReviewed ? .text(id) : .null,
        ]
        if let message { record["message"] = .text(message(locale)) }
        return .record(record)
    }

    /// Reads what ``kept`` has written.
    init?(kept value: Value) {
        let reader = ValueReader(value, log: DiagnosticLog())
        guard let record = reader.record(), let id = record.required("id")?.text(),
            let spec = record.required("spec")?.text(), let town = record.required("town")?.text()
        else { return nil }
        self.init(id: id, spec: spec, town: town, state: .unchanged)
        if let verdict = record.optional("verdict"), !verdict.value.isNull {
            guard let read = Verdict(wire: verdict) else { return nil }
            self.verdict = read
        }
        waived = value["waived"]?.integer ?? 0
        for severity in Severity.allCases { findings[severity] = value["findings"]?[severity.rawValue]?.integer ?? 0 }
    }

    /// What is kept for the next batch.
    var kept: Value {
        [
            "id": .text(id), "spec": .text(spec), "town": .text(town), "verdict": verdict?.wire ?? .null,
            "waived": .integer(waived),
            "findings": .record(Record(findings.map { ($0.key.rawValue, .integer($0.value)) })),
        ]
    }
}
