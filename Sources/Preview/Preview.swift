internal import LocalFiles
internal import PluginRuntime
internal import PreviewWire
internal import ReviewBatch
internal import ReviewModel
internal import ReviewPipeline
public import SpecLoading
internal import StepCache

/// Shows a spec's review on a page of this machine, and follows every save of what it is made from, until the task is cancelled.
///
/// While the spec has mistakes, these are shown, above the last review that could be made.
///
/// - Parameters:
///   - spec: its path, as it was named.
///   - load: loads it anew.
/// - Throws: ``PreviewError``, ``RunError`` where there is no room or no sandbox, `CancellationError`.
public func preview(
    _ spec: String,
    _ options: PreviewOptions,
    load: @escaping @Sendable () -> LoadedSpec,
    _ tell: @escaping @Sendable (PreviewEvent) -> Void
) async throws {
    var options = options
    if options.run.isSandboxed { options.run.sandbox = try await sandbox() }
    do {
        let ready = options
        try await withPluginBenches(1) { benches in
            try await withTemporaryFolder { folder in
                guard let bench = benches.first else { return }
                var ready = ready
                // Beside the reviews, and gone with them: what is previewed is nobody's record.
                ready.run.steps = StepCache(folder + "/.steps")
                let watch = try FileWatch()
                defer { watch.close() }
                let server = try ServerProgram { event in
                    switch event {
                    case .asked: watch.lookAgain()
                    case .ended: watch.close()
                    }
                }
                defer { server.close() }
                let address = try await server.open(port: ready.port)
                var preview = Preview(spec, ready, folder, bench, watch, server, load, tell)
                preview.begin()
                tell(.opened(address: address))
                try await preview.run()
            }
        }
    } catch let error as FileError {
        throw RunError.output(cannotWrite(error))
    }
}

/// A spec on its way through its saves.
private struct Preview {
    private let options: PreviewOptions
    /// The spec's path.
    private let spec: String
    /// Gone with the preview.
    private let folder: String
    private let bench: PluginBench
    private let watch: FileWatch
    private let server: ServerProgram
    private let load: @Sendable () -> LoadedSpec
    private let tell: @Sendable (PreviewEvent) -> Void

    private var version = 0
    private var review: ShownReview?
    private var known: [String]?
    /// Where reviews lie that somebody may still be reading.
    private var folders: [String] = []

    init(
        _ spec: String,
        _ options: PreviewOptions,
        _ folder: String,
        _ bench: PluginBench,
        _ watch: FileWatch,
        _ server: ServerProgram,
        _ load: @escaping @Sendable () -> LoadedSpec,
        _ tell: @escaping @Sendable (PreviewEvent) -> Void
    ) {
        (self.spec, self.options, self.folder, self.bench, self.watch) = (spec, options, folder, bench, watch)
        (self.server, self.load, self.tell) = (server, load, tell)
    }

    /// Shows that there is something to come.
    func begin() { server.send(.show(version: 0, pages: page(of: spec, []).all)) }

    mutating func run() async throws {
        while true {
            let loaded = look()
            let signature = signature(of: loaded)
            // What was saved without a change, or only touched, gives the same again.
            if signature != known {
                known = signature
                server.send(.busy)
                show(try await problems(loaded) + watch.unheard.map { Problem(unheard: $0, options.locale) })
            }
            await watch.next()
            try Task.checkCancellation()
            if server.hasEnded { throw PreviewError(message: serverEnded) }
        }
    }

    /// The spec as it is now. What is read of it is watched from before it is read.
    private func look() -> LoadedSpec {
        var loaded = load()
        var rounds = 0
        while rounds <= 5 {
            let programs = programs(of: loaded).map(\.places)
            let isNew = watch.follow(
                loaded.watched + programs.flatMap(\.files),
                scriptsIn: programs.flatMap(\.folders)
            )
            guard isNew, rounds < 5 else { break }
            (loaded, rounds) = (load(), rounds + 1)
        }
        return loaded
    }

    /// A plugin of the spec: where it lies, and what it is like at this moment.
    private typealias Program = (places: (files: [String], folders: [String]), state: String)

    /// The plugins of the spec's steps. One of which nobody can say which files run counts by the words of its command.
    private func programs(of loaded: LoadedSpec) -> [Program] {
        guard let spec = loaded.spec else { return [] }
        return Set(spec.steps.map(\.plugin)).sorted().compactMap { name -> Program? in
            guard let program = try? options.run.catalog.program(name, commands: spec.plugins) else { return nil }
            let named = (program.command + program.companions).filter { $0.contains("/") }
            guard let files = try? ProgramFiles(program), let places = files.places else {
                return ((named, []), "\(name) " + named.map { FileIdentity($0)?.text ?? "" }.joined(separator: ","))
            }
            let state = files.state(of: program) { path in
                guard let identity = FileIdentity(path) else { throw FileError(path) }
                return identity.text
            }
            return ((named + places.files, places.folders), "\(name) \(state ?? "")")
        }
    }

    /// What shows that something of it is another.
    private func signature(of loaded: LoadedSpec) -> [String] {
        let read = Set(loaded.inputs.map(\.path))
        let others = loaded.watched.filter { !read.contains($0) }
        return loaded.inputs.map { "\($0.path) \($0.sha256)" } + programs(of: loaded).map(\.state)
            + others.map { "\($0) \(FileIdentity($0)?.text ?? "")" }
    }

    /// Reviews the spec; returns what stands in the way of that, or of a whole review.
    private mutating func problems(_ loaded: LoadedSpec) async throws -> [Problem] {
        do {
            let outcome = try await outcome(loaded)
            review = ShownReview(outcome, version: version + 1, time: clockTime())
            return loaded.withFieldsToCome.problems(options.locale)
                + outcome.failures.map { Problem($0, options.locale) }
        } catch let error as RunError {
            try Task.checkCancellation()
            review?.isEarlier = true
            switch error {
            case .invalid(let checked):
                return checked.loaded.problems(options.locale) + checked.failures.map { Problem($0, options.locale) }
            case .failed(let failures): return failures.map { Problem($0, options.locale) }
            case .output(let message), .sandbox(let message): return [Problem(message(options.locale))]
            case .unknownFormat(let format, let known):
                return [Problem(unknownFormat(format, known)(options.locale))]
            }
        }
    }

    private mutating func outcome(_ loaded: LoadedSpec) async throws -> ReviewOutcome {
        var run = options.run
        if options.keepsFiles { return try await bench.review(loaded, run) }
        run.output = folder + "/\(version + 1)"
        let outcome: ReviewOutcome
        do {
            outcome = try await bench.review(loaded, run)
        } catch RunError.unknownFormat where run.formats == PreviewOptions.pageFormats {
            // A spec without a page for browsers: whatever it has is offered.
            run.formats = nil
            outcome = try await bench.review(loaded, run)
        }
        folders.append(run.output)
        run.steps?.close()
        return outcome
    }

    private func page(of spec: String, _ problems: [Problem]) -> PreviewPage {
        PreviewPage(
            spec: spec,
            version: version,
            time: clockTime(),
            problems: problems,
            review: review,
            locale: options.locale
        )
    }

    private mutating func show(_ problems: [Problem]) {
        version += 1
        let page = page(of: spec, problems)
        server.send(.show(version: version, pages: page.all))
        // The one before may be what a browser is just fetching.
        while folders.count > 2 { FileSystem.tidyAway(folders.removeFirst()) }
        tell(.shown(page.state))
    }
}

extension LoadedSpec {
    /// Everything besides plugins that may change what comes of it, and what the spec names as these: that may not be there yet.
    fileprivate var watched: [String] {
        let plugins = spec?.plugins ?? []
        let programs: [String] = plugins.flatMap { plugin in plugin.command + plugin.files }
        var paths = inputs.map(\.path)
        paths += unread
        paths += files.map(\.path)
        paths += programs.filter { $0.contains("/") }
        paths += PluginLock.find(forSpec: path)
        return paths
    }
}

// MARK: - Messages

private let serverEnded = LocalizedText(
    zh: "pingshen-preview 意外结束，页面不再更新；请重新运行 pingshen preview",
    en: "pingshen-preview has ended, and its page with it; run `pingshen preview` again"
)
