internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading
internal import Synchronization

/// The checksums of what reviews are made from, each looked up once in a batch: forms and programs are shared by many.
final class Surroundings: Sendable {
    private struct State {
        var files: [String: File] = [:]
        var programs: [String: String?] = [:]
        var digests = DigestCache()
        var locks = LockSearch()
    }

    /// A file as it was when it was first asked for in this batch.
    private struct File {
        /// Before its bytes were read.
        var shown: SettledFile
        /// `nil` while nobody has asked.
        var digest: String??
    }

    private let state = Mutex(State())
    private let catalog: PluginCatalog
    private let timeToSettle: Duration
    /// What holds for the whole batch: the program itself, the settings of the command, the variables that plugins get.
    let common: [Source]

    /// Something that a review was made from, and what it was like.
    struct Source: Sendable, Hashable {
        enum Kind: String, Sendable {
            case host, options, environment, file, lock, plugin
        }

        var kind: Kind
        /// A path, or a plugin as it is asked for.
        var name: String
        var digest: String
    }

    /// - Parameter timeToSettle: how long after a change a file is told by its bytes.
    init(_ options: RunOptions, timeToSettle: Duration = SettledFile.time) {
        self.timeToSettle = timeToSettle
        catalog = options.catalog
        let host = hostDigest()
        let settings: [String] = [
            options.formats.map { $0.joined(separator: ",") } ?? "*", options.locale?.rawValue ?? "-",
            options.isSandboxed ? "sandbox" : "-",
        ]
        let variables = ["PATH", "LANG", "TZ", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"].map { name in
            "\(name)=" + (FileSystem.environment(name) ?? "\u{0}")
        }
        common = [
            Source(kind: .host, name: "pingshen", digest: host),
            Source(kind: .options, name: "", digest: settings.joined(separator: " ")),
            Source(kind: .environment, name: "", digest: sha256(Array(variables.joined(separator: "\n").utf8))),
        ]
    }

    /// Everything besides the spec's own files that a review of it depends on; `nil` where nobody can know: it uses secrets,
    /// passes variables on to plugins, or has a plugin of which nobody can say which files run.
    func sources(of loaded: LoadedSpec) -> [Source]? {
        guard let spec = loaded.spec, loaded.secrets.isEmpty else { return nil }
        var sources = common + [lock(of: loaded.path)]
        for step in spec.steps {
            let own = spec.plugins.first { $0.name == step.plugin }
            guard own?.environment.isEmpty ?? true else { return nil }
            let asked = Asked(name: step.plugin, command: own?.command ?? [], files: own?.files ?? [])
            guard let digest = digest(of: asked) else { return nil }
            let source = Source(kind: .plugin, name: asked.text, digest: digest)
            if !sources.contains(source) { sources.append(source) }
        }
        return sources
    }

    /// What people call a source of the kind ``Source/Kind/plugin``.
    static func pluginName(of source: Source) -> String { Asked(source.name)?.name ?? source.name }

    /// What the source is like now; `nil` where it is not there, or cannot be read.
    func digest(of source: Source) -> String? {
        switch source.kind {
        case .host, .options, .environment:
            common.first { $0.kind == source.kind && $0.name == source.name }?.digest
        case .file: digest(ofFile: source.name)
        case .lock: lock(of: source.name).digest
        case .plugin: plugin(source.name)
        }
    }

    /// Remembers the checksums of programs for the next batch.
    func save() { state.withLock { $0.digests.save() } }

    /// - Parameter text: as ``Asked`` writes it, which is the same for most specs.
    private func plugin(_ text: String) -> String? {
        if let known = state.withLock({ $0.programs[text] }) { return known }
        return Asked(text).flatMap(digest)
    }

    private func digest(ofFile path: String) -> String? {
        var file = file(path)
        if let known = file.digest { return known }
        let digest = try? OutsideFile(path, atMost: FileSetting.maximumBytes).sha256()
        file.digest = .some(digest)
        state.withLock { $0.files[path] = file }
        return digest
    }

    private func file(_ path: String) -> File {
        if let known = state.withLock({ $0.files[path] }) { return known }
        let file = File(shown: SettledFile(path, after: timeToSettle))
        state.withLock { $0.files[path] = file }
        return file
    }

    /// By what a file shows that it was not touched; `nil` where there is none.
    func identity(of path: String) -> String? { file(path).shown.identity }

    /// What shows of these files that they were not touched since they had the checksums of the sources: of those that have them still, and
    /// cannot be changed without a trace.
    func identities(of sources: [Source]) -> [String: String] {
        var identities: [String: String] = [:]
        for source in sources where source.kind == .file && digest(ofFile: source.name) == source.digest {
            let file = file(source.name)
            if file.shown.isSettled { identities[source.name] = file.shown.identity }
        }
        return identities
    }

    /// The locks that a spec is under: which, and what is in them.
    private func lock(of spec: String) -> Source {
        let found = state.withLock { $0.locks.locks(forSpec: spec) }
        let locks = found.map { "\($0) \(digest(ofFile: $0) ?? "")\n" }
        return Source(kind: .lock, name: spec, digest: locks.isEmpty ? "" : sha256(Array(locks.joined().utf8)))
    }

    /// A plugin as a spec asks for it.
    private struct Asked {
        var name: String
        var command: [String]
        var files: [String]

        init(name: String, command: [String], files: [String]) {
            (self.name, self.command, self.files) = (name, command, files)
        }

        init?(_ text: String) {
            guard let value = try? JSONReader.read(Array(text.utf8)), let name = value["name"]?.text else { return nil }
            self.name = name
            command = value["command"]?.list?.compactMap(\.text) ?? []
            files = value["files"]?.list?.compactMap(\.text) ?? []
        }

        var text: String {
            let value: Value = [
                "name": .text(name), "command": .list(command.map(Value.text)), "files": .list(files.map(Value.text)),
            ]
            return String(decoding: JSONWriter.line(value), as: UTF8.self)
        }
    }

    /// Which programs run, and their bytes.
    private func digest(of asked: Asked) -> String? {
        let key = asked.text
        if let known = state.withLock({ $0.programs[key] }) { return known }
        var command = PluginCommand(name: asked.name, command: asked.command)
        command.files = asked.files
        let isNamed = !asked.command.isEmpty || !asked.files.isEmpty
        let program = try? catalog.program(asked.name, commands: isNamed ? [command] : [])
        let files = program.flatMap { try? ProgramFiles($0) }
        return state.withLock { state in
            let digest = program.flatMap { program in
                files?.state(of: program) { try state.digests.sha256(ofFile: $0) }
            }
            state.programs[key] = .some(digest)
            return digest
        }
    }
}

/// The checksum of this program, remembered: it is larger than all that a small batch reads.
func hostDigest() -> String {
    var digests = DigestCache()
    defer { digests.save() }
    let link = "/proc/self/exe"
    return (try? digests.sha256(ofFile: FileSystem.realPath(link) ?? link)) ?? ""
}
