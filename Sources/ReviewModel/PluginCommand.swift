/// How a plugin is started.
public struct PluginCommand: Sendable {
    public var name: String
    /// The program and its arguments; parts that begin with `./` or `../` are already seen from the spec's folder.
    /// Empty for a plugin that is found beside the host or on PATH.
    public var command: [String]
    /// Variables of the host's environment that the plugin may see.
    public var environment: [String] = []
    /// Further files that belong to the plugin, absolute.
    public var files: [String] = []
    public var limits = ResourceLimits()
    /// How long it may take to start; `nil` where the spec does not say.
    public var startLimit: Duration?
    /// Which versions of the plugin the spec will do with; `nil` for any.
    public var version: VersionRequirement?

    public init(name: String, command: [String]) { (self.name, self.command) = (name, command) }
}

/// What a plugin may use up, its process and those that it starts together. A limit is there against mistakes: a loop without
/// end, a list that grows and grows.
public struct ResourceLimits: Sendable, Hashable {
    /// Seconds of computing, not of waiting.
    public var cpuSeconds = 600
    /// MiB of memory, what is shared counted once.
    public var memoryMiB = 4096
    /// MiB of one file that it writes.
    public var fileMiB = 1024
    /// Processes at the same time: more than a machine has processors.
    public var processes = 256
    /// MiB in its own folder: a few of the largest files.
    public var folderMiB = 4096
    /// Files and folders in its own folder: more than a report has, fewer than a disk has room for.
    public var folderFiles = 20_000

    public init() {}

    /// The most that a spec may ask for of each.
    package static let ranges = (
        cpuSeconds: 1...86_400, memoryMiB: 16...1_048_576, fileMiB: 1...1_048_576, processes: 8...100_000,
        folderMiB: 1...1_048_576, folderFiles: 10...10_000_000
    )
}
