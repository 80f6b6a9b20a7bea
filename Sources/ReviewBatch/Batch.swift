internal import LocalFiles
package import PluginRuntime
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading
internal import StepCache
internal import Synchronization

/// Reviews the specs that `words` mean, side by side; a review that fails or hangs costs no other one.
///
/// All specs are looked at before anything runs. What was reviewed before, from the same bytes, is not reviewed again, so a batch
/// that was ended goes on where it was. Cancelling ends the batch with what is done.
///
/// - Returns: what became of each; also written to `OUT/batch/batch.json`.
/// - Throws: ``RunError`` where there is no folder to write to, or no sandbox.
public func reviewBatch(
    _ words: [String],
    _ options: BatchOptions,
    _ tell: @escaping @Sendable (BatchEvent) -> Void
) async throws -> BatchResult {
    let named = NamedSpecs(words, output: options.run.output)
    tell(.found(specs: named.entries.count, parts: named.parts))
    let folder = options.run.output + "/" + Batch.folderName
    if let complaint = BatchFolder.complaint(folder) { throw RunError.output(complaint) }
    do throws(FileError) { try FileSystem.makeFolder(folder) } catch { throw RunError.output(cannotWrite(error)) }
    var options = options
    if options.run.isSandboxed { options.run.sandbox = try await sandbox() }
    if options.usesCache { options.run.steps = StepCache(folder + "/.steps") }
    let batch = Batch(named.entries, options, shelf: RecordShelf(folder + "/.cache"), tell)
    await batch.check()
    batch.refuseDoubles()
    var result = BatchResult(items: [], file: folder + "/batch.json")
    do { try await batch.review() } catch let error as FileError { result.failure = cannotWrite(error) }
    result.items = batch.items
    batch.close()
    do throws(FileError) {
        try FileSystem.replace(result.file, with: result.document(options.locale))
    } catch {
        throw RunError.output(cannotWrite(error))
    }
    return result
}

package func sandbox() async throws -> Sandbox {
    do { return try await Sandbox.available() } catch let error as SandboxUnavailable {
        throw RunError.sandbox(error.message)
    }
}

/// The specs of a batch on their way.
final class Batch: Sendable {
    static let folderName = folderOfBatches

    private struct State {
        var items: [BatchItem]
        /// What is still to be reviewed, in order; the loaded specs as far as there is room for them.
        var waiting: [Int] = []
        var loaded: [Int: LoadedSpec] = [:]
        var heldBytes = 0
        var toCheck = 0
        var checked = 0
    }

    private let entries: [NamedSpecs.Entry]
    private let options: BatchOptions
    private let shelf: RecordShelf
    private let surroundings: Surroundings
    private let tell: @Sendable (BatchEvent) -> Void
    private let state: Mutex<State>

    /// Bytes of YAML of specs that wait loaded, without what others share, which take up some fifty times that; others are loaded
    /// again when it is their turn.
    private static let maximumHeldBytes = 1 << 20

    init(
        _ entries: [NamedSpecs.Entry],
        _ options: BatchOptions,
        shelf: RecordShelf,
        _ tell: @escaping @Sendable (BatchEvent) -> Void
    ) {
        (self.entries, self.options, self.shelf, self.tell) = (entries, options, shelf, tell)
        surroundings =
            options.timeToSettle.map { Surroundings(options.run, timeToSettle: $0) } ?? Surroundings(options.run)
        state = Mutex(State(items: entries.map { BatchItem(spec: $0.path) }))
    }

    var items: [BatchItem] { state.withLock { $0.items } }

    func close() {
        surroundings.save()
        shelf.tidy()
        options.run.steps?.close()
    }

    private func folder(of id: String) -> String { options.run.output + "/" + id }
}

// MARK: - Before anything runs

extension Batch {
    /// Looks at all specs: those that are as they were are done with, invalid ones are told.
    func check() async {
        await withTaskGroup { group in
            for _ in 0..<max(1, min(options.jobs, entries.count)) {
                group.addTask {
                    while !Task.isCancelled, let index = self.nextToCheck() { self.check(index) }
                }
            }
        }
    }

    private func nextToCheck() -> Int? {
        state.withLock { state in
            guard state.toCheck < entries.count else { return nil }
            state.toCheck += 1
            return state.toCheck - 1
        }
    }

    private func check(_ index: Int) {
        let entry = entries[index]
        defer {
            let count = state.withLock { state in
                state.checked += 1
                return state.checked
            }
            tell(.checked(count, of: entries.count))
        }
        var item = BatchItem(spec: entry.path)
        if let mistake = entry.mistake { return finish(index, invalid(item, mistake), mistakes: nil) }
        if let known = unchanged(entry) {
            item = known
            item.exitCode = item.exitCode(failingOn: options.failOn)
            return state.withLock { $0.items[index] = item }
        }
        let loaded = load(entry)
        if loaded.hasLastingErrors || loaded.spec == nil { return finish(index, loaded) }
        state.withLock { state in
            state.items[index] = self.item(of: loaded)
            state.waiting.append(index)
            guard state.heldBytes + loaded.ownBytes <= Self.maximumHeldBytes else { return }
            state.heldBytes += loaded.ownBytes
            state.loaded[index] = loaded
        }
    }

    /// What the review of a spec came to that is as it was when it was made.
    private func unchanged(_ entry: NamedSpecs.Entry) -> BatchItem? {
        guard options.usesCache else { return nil }
        guard let record = shelf.record(of: entry.path) else {
            tell(.explained(spec: entry.path, explanation(.noRecord)))
            return nil
        }
        if let reason = record.difference(surroundings, in: folder(of: record.item.id)) {
            tell(.explained(spec: entry.path, explanation(reason)))
            return nil
        }
        tell(.explained(spec: entry.path, isUnchanged))
        settle(record, of: entry.path)
        return record.item
    }

    /// Keeps of a review that stands what shows of its files that they are the same, where the bytes had to say it this time: they were
    /// saved shortly before the review, or touched since.
    private func settle(_ record: ReviewRecord, of path: String) {
        let files = record.sources.filter { source in
            source.kind == .file && record.identities[source.name] != surroundings.identity(of: source.name)
        }
        let settled = surroundings.identities(of: files)
        if settled.isEmpty { return }
        var record = record
        record.identities.merge(settled) { _, new in new }
        shelf.keep(record, of: path)
    }

    private func load(_ entry: NamedSpecs.Entry) -> LoadedSpec {
        var loaded = loadSpec(entry.path)
        if let book = entry.book, loaded.spec != nil, !loaded.reads(book) {
            loaded.diagnostics.append(
                Diagnostic(
                    .error,
                    code: "spec/book-not-read",
                    at: .text(file: entry.path, line: 1, column: 1),
                    notRead(book, loaded.files.map(\.path))
                )
            )
        }
        return loaded
    }

    private func item(of loaded: LoadedSpec) -> BatchItem {
        let project = loaded.spec.map { $0.project(of: $0.dossier.fields) }
        return BatchItem(id: loaded.spec?.id ?? "", spec: loaded.path, town: project?["town"]?.text ?? "")
    }

    /// Two specs of one id would write over one another: none of them is reviewed.
    func refuseDoubles() {
        let items = items
        let indices = items.indices.filter { !items[$0].id.isEmpty && items[$0].state != .invalid }
        let byID = Dictionary(grouping: indices) { items[$0].id }
        for (id, same) in byID.sorted(by: { $0.value[0] < $1.value[0] }) where same.count > 1 {
            for index in same {
                let others = same.filter { $0 != index }.map { items[$0].spec }
                finish(index, invalid(items[index], doubledID(id, items[index].spec, others)), mistakes: nil)
            }
        }
        state.withLock { state in
            state.waiting = state.waiting.filter { state.items[$0].state == .notRun }.sorted()
        }
        for item in self.items where item.state == .unchanged { tell(.ended(item, mistakes: nil, failures: [])) }
    }
}

// MARK: - Reviewing

extension Batch {
    /// Makes the reviews that are to be made.
    ///
    /// - Throws: ``FileError`` where there is no room for the plugins.
    func review() async throws {
        let waiting = state.withLock { state in state.waiting.map { state.items[$0].id } }
        let count = min(options.jobs, waiting.count)
        guard count > 0, !Task.isCancelled else { return }
        tidyOutput(options.run.output, ids: waiting)
        do {
            try await withPluginBenches(count) { benches in
                await withTaskGroup { group in
                    for bench in benches { group.addTask { await self.serve(bench) } }
                }
            }
        } catch is CancellationError {}
    }

    private func serve(_ bench: PluginBench) async {
        while !Task.isCancelled, let (index, loaded) = next() { await review(index, loaded, bench) }
    }

    private func next() -> (Int, LoadedSpec?)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else { return nil }
            let index = state.waiting.removeFirst()
            return (index, state.loaded.removeValue(forKey: index))
        }
    }

    private func review(_ index: Int, _ held: LoadedSpec?, _ bench: PluginBench) async {
        let entry = entries[index]
        tell(.began(spec: entry.path))
        let loaded = held ?? load(entry)
        if loaded.hasLastingErrors || loaded.spec == nil { return finish(index, loaded) }
        var item = self.item(of: loaded)
        guard item.id == items[index].id else { return finish(index, invalid(item, changedMeanwhile), mistakes: nil) }
        let before = surroundings.sources(of: loaded)
        do {
            let outcome = try await within(options.deadline) { [options, tell] in
                var run = options.run
                (run.observer, run.isTidy) = (options.observer(entry.path), true)
                if options.explainsCache { run.onStep = { tell(.explained(spec: entry.path, $0)) } }
                return try await bench.review(loaded, run)
            }
            if !outcome.notices.diagnostics.isEmpty { tell(.noticed(outcome.notices)) }
            if !outcome.setAside.isEmpty { tell(.setAside(outcome.setAside)) }
            item.take(outcome.review)
            if outcome.isWhole {
                (item.state, item.exitCode) = (.done, item.exitCode(failingOn: options.failOn))
                keep(outcome, item, loaded, before)
            } else {
                (item.state, item.exitCode) = (.incomplete, 3)
                item.message = outcome.failures.first?.failure.message ?? isIncomplete
                shelf.forget(entry.path)
            }
            finish(index, item, mistakes: warnings(loaded, outcome.notices), failures: outcome.failures)
        } catch {
            fail(index, item, error)
        }
    }

    /// Keeps what the review was made from, unless something of it is another by now.
    private func keep(
        _ outcome: ReviewOutcome,
        _ item: BatchItem,
        _ loaded: LoadedSpec,
        _ before: [Surroundings.Source]?
    ) {
        guard let before, before == surroundings.sources(of: loaded) else { return shelf.forget(loaded.path) }
        let json = outcome.files[0]
        guard let sum = try? OutsideFile(json, atMost: 1 << 30).sha256(),
            FileIdentity(json)?.text == outcome.identities[0]
        else { return shelf.forget(loaded.path) }
        let paths = ["review.json"] + outcome.artifacts.map(\.path)
        let sums = [sum] + outcome.artifacts.map(\.sha256)
        let outputs = zip(paths, zip(sums, outcome.identities)).map { path, known in
            ReviewRecord.Output(path: path, sha256: known.0, identity: known.1)
        }
        let files = outcome.inputs.map { Surroundings.Source(kind: .file, name: $0.path, digest: $0.sha256) }
        var record = ReviewRecord(item: item, sources: files + before, outputs: outputs)
        record.identities = surroundings.identities(of: files)
        shelf.keep(record, of: loaded.path)
    }

    private func fail(_ index: Int, _ item: BatchItem, _ error: any Error) {
        var item = item
        // What was ended with the batch has not failed.
        if Task.isCancelled { return }
        shelf.forget(item.spec)
        (item.state, item.exitCode) = (.failed, 3)
        switch error {
        case RunError.invalid(let checked) where checked.loaded.hasErrors:
            return finish(index, checked.loaded, failures: checked.failures)
        case RunError.invalid(let checked):
            item.message = checked.failures.first?.failure.message
            return finish(index, item, mistakes: nil, failures: checked.failures)
        case RunError.failed(let failures):
            item.message = failures.first?.failure.message
            if failures.allSatisfy(\.failure.isOfMachine) { item.exitCode = 73 }
            return finish(index, item, mistakes: nil, failures: failures)
        case RunError.output(let message): (item.message, item.exitCode) = (message, 73)
        case RunError.sandbox(let message): item.message = message
        case RunError.unknownFormat(let format, let known):
            (item.message, item.exitCode) = (unknownFormat(format, known), 2)
        case let error as TookTooLong: item.message = error.message
        default: item.message = LocalizedText("\(error)")
        }
        finish(index, item, mistakes: nil)
    }
}

// MARK: - After

extension Batch {
    private func finish(
        _ index: Int,
        _ item: BatchItem,
        mistakes: String?,
        failures: [StepFailure] = []
    ) {
        state.withLock { $0.items[index] = item }
        tell(.ended(item, mistakes: mistakes, failures: failures))
    }

    /// A spec that has mistakes.
    private func finish(_ index: Int, _ loaded: LoadedSpec, failures: [StepFailure] = []) {
        let first = loaded.diagnostics.first { $0.severity == .error }
        let item = invalid(item(of: loaded), first.map { mistakes($0, loaded.errorCount) } ?? unreadable)
        let text = loaded.rendered(locale: options.locale, isColoured: false)
        finish(index, item, mistakes: text.isEmpty ? nil : text, failures: failures)
    }

    private func invalid(_ item: BatchItem, _ message: LocalizedText) -> BatchItem {
        var item = item
        (item.state, item.exitCode, item.message) = (.invalid, 2, message)
        return item
    }

    /// What is to be said of a spec that was reviewed: `notices` are what plugins have told of it.
    private func warnings(_ loaded: LoadedSpec, _ notices: LoadedSpec) -> String? {
        var told = loaded.withFieldsToCome
        told.diagnostics += notices.diagnostics.filter { !loaded.diagnostics.contains($0) }
        told.diagnostics.sort()
        return told.diagnostics.isEmpty ? nil : told.rendered(locale: options.locale, isColoured: false)
    }
}

extension LoadedSpec {
    fileprivate func reads(_ book: String) -> Bool {
        files.contains { FileSystem.realPath($0.path) == FileSystem.realPath(book) }
    }
}
