import Glibc
import PluginRuntime
import ReviewModel
import ReviewPipeline
import Synchronization
import TemporarySpec

@testable import LocalFiles
@testable import ReviewBatch

/// A folder with specs whose plugin is the misbehaving one, gone with the test.
final class Town: Sendable {
    let folder: String

    init(_ specs: [String: String] = [:]) {
        folder = (try? FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-batch-")) ?? "/nowhere"
        for (name, text) in specs { write(text, to: name) }
    }

    deinit { FileSystem.remove(folder) }

    func write(_ text: String, to name: String) {
        let path = folder + "/" + name
        try? FileSystem.makeFolder(FilePaths.folder(of: path))
        try? FileSystem.write(Array(text.utf8), to: path)
    }

    func read(_ name: String) -> [UInt8] { (try? FileSystem.read(folder + "/" + name, atMost: 1 << 20)) ?? [] }

    /// - Parameter mode: how the plugin misbehaves.
    static func spec(_ id: String, mode: String = "stays", amount: String = "5.00", settings: String = "{}") -> String {
        """
        pingshen: 1
        id: \(id)
        \(TemporarySpec.form)
        fields: {project: {name: \(id)}}
        tables:
          lines: [{id: L1, amount: \(amount)}]
        pipeline:
          odd: {use: odd, with: \(settings)}
        plugins:
          odd: {command: ["\(buildFolder)/misbehaving-plugin", \(mode)]}
        """
    }

    /// Reviews what is named, or everything in the folder.
    func review(
        _ words: [String]? = nil,
        jobs: Int = 2,
        _ change: (inout BatchOptions) -> Void = { _ in }
    ) async throws -> (result: BatchResult, events: [BatchEvent]) {
        var options = BatchOptions(jobs: jobs, locale: .en)
        options.run.output = folder + "/out"
        change(&options)
        let events = Events()
        let result = try await reviewBatch(words?.map { folder + "/" + $0 } ?? [folder], options) { events.add($0) }
        return (result, events.all)
    }
}

private final class Events: Sendable {
    private let events = Mutex<[BatchEvent]>([])
    var all: [BatchEvent] { events.withLock { $0 } }
    func add(_ event: BatchEvent) { events.withLock { $0.append(event) } }
}

extension BatchResult {
    /// What became of each, by id.
    var states: [String: BatchItem.State] {
        Dictionary(items.map { ($0.id, $0.state) }) { first, _ in first }
    }

    func message(of id: String) -> String { items.first { $0.id == id }?.message?.en ?? "" }
}

extension [BatchEvent] {
    /// Why specs were reviewed, or not.
    var explanations: [String] {
        compactMap { if case .explained(_, let text) = $0 { text.en } else { nil } }
    }
}
