internal import LocalFiles
public import PluginRuntime
public import ReviewModel
public import SpecLoading

/// What was locked.
public struct LockReport: Sendable {
    /// The locks: those that the specs are under, or a new one beside the first spec.
    public var paths: [String]
    /// By name.
    public var plugins: [LockedPlugin]
}

/// A plugin that was locked, as far as people want to know.
public struct LockedPlugin: Sendable {
    public var name: String
    public var version: String
    /// What the first of the locks had of it; `nil` where it did not have it.
    public var earlier: String?
    /// Whether it was locked with these very files.
    public var isUnchanged: Bool
    /// How many files are locked, those of folders included.
    public var fileCount: Int
    /// Folders of modules that are locked as one.
    public var folders: [String]
    /// What runs besides and is not covered, half a sentence.
    public var uncovered: LocalizedText?
}

/// Writes `pingshen.lock` for the plugins of `specs`, as they are now. Plugins that are locked already and that none of
/// the specs uses stay locked as they were.
///
/// Each plugin is started once, to tell its version: from the copy that later runs start, with nothing of the user's
/// environment, and in the sandbox where there is one, for nobody trusts it yet.
///
/// - Throws: ``RunError``, and `CancellationError`.
public func lockPlugins(of specs: [LoadedSpec], catalog: PluginCatalog) async throws -> LockReport {
    var locks = try locks(of: specs)
    let programs = try programs(of: specs, catalog)
    let sandbox = try? await Sandbox.available()
    var plugins: [LockedPlugin] = []
    try await reportingFileErrors {
        try await withTemporaryFolder { scratch in
            var pinned = PinnedPrograms([], scratch: scratch)
            defer { pinned.save() }
            for program in programs {
                do {
                    let (copy, files, uncovered) = try pinned.taken(program)
                    let manifest = try await manifest(of: copy, shutInBy: sandbox)
                    try Task.checkCancellation()
                    try hold(specs, program.name, manifest.version)
                    let pin = PluginLock.Pin(name: program.name, version: manifest.version, files: files)
                    plugins.append(LockedPlugin(pin, since: locks.first?.pin(program.name), uncovered?.text))
                    for index in locks.indices { locks[index].replace(pin) }
                } catch let failure as PluginFailure {
                    try Task.checkCancellation()
                    throw RunError.failed([StepFailure([], failure)])
                }
            }
        }
    }
    do throws(FileError) {
        for lock in locks { try lock.write() }
    } catch {
        throw RunError.output(cannotWrite(error))
    }
    return LockReport(paths: locks.map(\.path), plugins: plugins)
}

/// Holds a plugin's version against what the specs ask for.
private func hold(_ specs: [LoadedSpec], _ plugin: String, _ version: String) throws {
    for var loaded in specs {
        guard let spec = loaded.spec, let document = loaded.document else { continue }
        let mistakes = spec.versionMistakes([plugin: version])
        if mistakes.isEmpty { continue }
        loaded.diagnostics += mistakes.map { document.diagnostic($0) }
        loaded.diagnostics.sort()
        throw RunError.invalid(CheckedSpec(loaded: loaded))
    }
}

/// The locks that the specs are under, as they are; a new one where the first spec is under none.
private func locks(of specs: [LoadedSpec]) throws -> [PluginLock] {
    var paths: [String] = []
    for (index, spec) in specs.enumerated() {
        let found = PluginLock.find(forSpec: spec.path)
        if found.isEmpty, index == 0 { paths.append(PluginLock.newPath(forSpec: spec.path)) }
        paths += found.filter { !paths.contains($0) }
    }
    return try paths.map { FileSystem.mayExist($0) ? try PluginLock.read($0) : PluginLock(path: $0, pins: []) }
}

/// The plugins of the specs, each once, by name.
private func programs(of specs: [LoadedSpec], _ catalog: PluginCatalog) throws -> [PluginProgram] {
    var programs: [String: PluginProgram] = [:]
    for loaded in specs {
        guard let spec = loaded.spec, !loaded.hasLastingErrors else {
            throw RunError.invalid(CheckedSpec(loaded: loaded))
        }
        for step in spec.steps {
            do throws(PluginFailure) {
                let program = try catalog.program(step.plugin, commands: spec.plugins)
                if let other = programs[program.name],
                    (other.command, other.companions) != (program.command, program.companions)
                {
                    throw PluginFailure(plugin: program.name, .ambiguous(other.file, program.file))
                }
                programs[program.name] = program
            } catch {
                throw RunError.failed([StepFailure([step.id], error)])
            }
        }
    }
    return programs.values.sorted { $0.name < $1.name }
}

extension PluginLock {
    fileprivate mutating func replace(_ pin: Pin) {
        pins.removeAll { $0.name == pin.name }
        pins.append(pin)
    }
}

extension LockedPlugin {
    fileprivate init(_ pin: PluginLock.Pin, since earlier: PluginLock.Pin?, _ uncovered: LocalizedText?) {
        (name, version, self.earlier, self.uncovered) = (pin.name, pin.version, earlier?.version, uncovered)
        isUnchanged = earlier?.version == pin.version && earlier?.files.map(\.sha256) == pin.files.map(\.sha256)
        fileCount = pin.files.reduce(0) { $0 + ($1.count ?? 1) }
        folders = pin.files.filter { $0.count != nil }.map(\.path)
    }
}
