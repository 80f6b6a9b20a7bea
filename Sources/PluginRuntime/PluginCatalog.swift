internal import Glibc
internal import LocalFiles
public import ReviewModel
internal import Synchronization

/// A plugin that can be started.
public struct PluginProgram: Sendable, Hashable {
    public var name: String
    /// An absolute path, then arguments.
    public var command: [String]
    /// Variables of the host's environment to pass on.
    public var environment: [String]
    public var origin: Origin
    /// Further files that belong to it, absolute: modules beside a script.
    public var companions: [String] = []
    public var limits = ResourceLimits()
    /// The folder of the private copy that the command starts it from, for a locked plugin.
    package var copy: String?
    /// What is known of a plugin that was installed.
    package var installed: Installed?

    public init(name: String, command: [String], environment: [String] = [], origin: Origin) {
        (self.name, self.command, self.environment, self.origin) = (name, command, environment, origin)
    }

    public enum Origin: String, Sendable {
        /// Named by the spec's `plugins`.
        case spec
        /// Beside the host's own executable.
        case builtIn = "built-in"
        /// Added by its folder, into the folder of installed plugins.
        case installed
        /// On PATH.
        case path
        /// Started by somebody else, who attaches the host to it.
        case attached
    }

    /// The file whose bytes stand for the plugin: its executable, or the script that an interpreter is given.
    public var file: String {
        command.dropFirst().first { $0.hasPrefix("/") && FileSystem.isRegularFile($0) } ?? command[0]
    }
}

/// Where plugins are found: named by the spec, beside the host, among those that are installed, or on PATH as `pingshen-NAME`, in
/// this order.
public struct PluginCatalog: Sendable {
    /// Executables of plugins are called `pingshen-NAME`, so that a folder full of other programs does no harm.
    public static let prefix = "pingshen-"

    /// Where an archive of the host with all that it needs has the libraries, in the host's folder: they are part of each built-in
    /// plugin, which looks for them beside itself.
    private static let libraries = "lib"

    /// Programs of the host's own whose names begin with the prefix: no plugins.
    package static let ownPrograms = ["preview"]

    private let hostFolder: String
    private let searchPath: [String]
    /// Where plugins are installed; `nil` for nowhere.
    public let store: PluginStore?
    private let names = Names()

    /// What the plugins are called that are found, looked up once: each of many misspelt ones asks for it.
    private final class Names: Sendable {
        let found = Mutex<[String]?>(nil)
    }

    /// - Parameters:
    ///   - hostFolder: where the built-in plugins are; the folder of the running executable by default.
    ///   - store: where plugins are installed; the user's own folder by default.
    public init(hostFolder: String? = nil, searchPath: String? = nil, store: PluginStore? = .ofUser) {
        self.store = store
        self.hostFolder = hostFolder ?? FileSystem.realPath("/proc/self/exe").map(FilePaths.folder) ?? "."
        let path = searchPath ?? FileSystem.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
        self.searchPath = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    /// The program of the plugin `name`.
    package func program(_ name: String, commands: [PluginCommand]) throws(PluginFailure) -> PluginProgram {
        let own = commands.first { $0.name == name }
        if let own, !own.command.isEmpty { return try program(own) }
        if var found = lookUp(name) {
            if let own { found.take(own) }
            return found
        }
        let found = names.found.withLock { found in
            let names = found ?? all().map(\.name)
            found = names
            return names
        }
        let known = commands.map(\.name) + found
        throw PluginFailure(
            plugin: name,
            .notFound(
                searched: ["plugins:", hostFolder] + (store.map { [$0.folder] } ?? []) + ["PATH"],
                similar: nearest(to: name, among: known)
            )
        )
    }

    /// The plugin `name` beside the host, among the installed ones or on PATH.
    public func lookUp(_ name: String) -> PluginProgram? {
        guard !name.isEmpty, !name.contains("/"), !Self.ownPrograms.contains(name) else { return nil }
        return builtIn(name) ?? store?.program(name, searchPath: searchPath) ?? onPath(name)
    }

    /// The plugin `name` beside the host.
    package func builtIn(_ name: String) -> PluginProgram? { program(name, in: hostFolder, .builtIn) }

    /// The plugin `name` on PATH.
    package func onPath(_ name: String) -> PluginProgram? {
        searchPath.lazy.compactMap { program(name, in: $0, .path) }.first
    }

    private func program(_ name: String, in folder: String, _ origin: PluginProgram.Origin) -> PluginProgram? {
        guard FileSystem.isExecutable(folder + "/" + Self.prefix + name) else { return nil }
        return found(name, in: folder, origin)
    }

    /// How an installed plugin is started.
    package func program(of installation: Installation) -> PluginProgram {
        PluginStore.program(of: installation, searchPath: searchPath)
    }

    /// Where a program of the machine is.
    package func path(ofProgram name: String) -> String? {
        searchPath.map { $0 + "/" + name }.first(where: FileSystem.isExecutable)
    }

    /// Every plugin beside the host, installed and on PATH, by name; the first of a name counts.
    public func all() -> [PluginProgram] {
        var found: [String: PluginProgram] = [:]
        for name in store?.names ?? [] where builtIn(name) == nil {
            found[name] = store?.program(name, searchPath: searchPath)
        }
        for (folder, origin) in folders {
            for file in FileSystem.names(in: folder) where file.hasPrefix(Self.prefix) && !file.contains(".") {
                let name = String(file.dropFirst(Self.prefix.count))
                guard found[name] == nil, !Self.ownPrograms.contains(name),
                    FileSystem.isExecutable(folder + "/" + file)
                else { continue }
                found[name] = self.found(name, in: folder, origin)
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    private func found(_ name: String, in folder: String, _ origin: PluginProgram.Origin) -> PluginProgram {
        let command = [folder + "/" + Self.prefix + name]
        var program = PluginProgram(name: name, command: command, environment: [], origin: origin)
        let libraries = folder + "/" + Self.libraries
        if origin == .builtIn, FileSystem.isFolder(libraries) { program.companions = [libraries] }
        return program
    }

    private var folders: [(String, PluginProgram.Origin)] {
        [(hostFolder, .builtIn)] + searchPath.map { ($0, .path) }
    }

    /// A command as written: its program is looked up on PATH unless it is a path already.
    private func program(_ own: PluginCommand) throws(PluginFailure) -> PluginProgram {
        var command = own.command
        guard let first = command.first else {
            throw PluginFailure(plugin: own.name, .spawnFailed(emptyCommand))
        }
        if !first.contains("/") {
            guard let folder = searchPath.first(where: { FileSystem.isExecutable($0 + "/" + first) }) else {
                throw PluginFailure(plugin: own.name, .spawnFailed(noProgram(first)))
            }
            command[0] = folder + "/" + first
        } else if !FileSystem.isExecutable(first) {
            throw PluginFailure(plugin: own.name, .spawnFailed(notExecutable(first)))
        }
        var program = PluginProgram(name: own.name, command: command, environment: [], origin: .spec)
        program.take(own)
        return program
    }
}

extension PluginCatalog {
    /// The plugin of that name, or else the program that the words start.
    ///
    /// - Parameter commands: the plugins of a spec, which come before those beside the host.
    public func program(
        namedOrStartedBy words: [String],
        among commands: [PluginCommand] = []
    ) throws(PluginFailure) -> PluginProgram {
        if words.count == 1, let own = commands.first(where: { $0.name == words[0] }) {
            return try program(own.name, commands: [own])
        }
        if words.count == 1, let first = words.first, let found = lookUp(first) { return found }
        let name = words.first ?? ""
        let isCommand = words.count > 1 || name.contains("/")
        guard isCommand else { return try program(name, commands: []) }
        let absolute = words.map { FileSystem.isRegularFile($0) ? FileSystem.absolute($0) : $0 }
        // A script is called by its own name, not by its interpreter's.
        let script = absolute.last { $0.hasPrefix("/") && FileSystem.isRegularFile($0) } ?? name
        return try program(PluginCommand(name: FilePaths.name(of: script), command: absolute))
    }
}

extension PluginProgram {
    /// What the spec says of the plugin besides its command.
    fileprivate mutating func take(_ own: PluginCommand) {
        (environment, limits) = (own.environment, own.limits)
        // The folder of an installed plugin belongs to it, whatever else does.
        companions += own.files
    }
}

// MARK: - Messages

private let emptyCommand = LocalizedText(zh: "command 是空的", en: "its command is empty")

private func noProgram(_ name: String) -> LocalizedText {
    LocalizedText(zh: "PATH 中没有程序\(quoted(name))", en: "no program \(quoted(name)) on PATH")
}

private func notExecutable(_ path: String) -> LocalizedText {
    LocalizedText(zh: "\(path) 不存在，或不可执行", en: "\(path) is missing or not executable")
}
