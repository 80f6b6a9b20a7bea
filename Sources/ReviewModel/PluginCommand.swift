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

    public init(name: String, command: [String]) { (self.name, self.command) = (name, command) }
}

/// What one plugin process, and each that it starts, may use up. A limit is there against mistakes: a loop without end, a
/// list that grows and grows. Linux enforces it.
public struct ResourceLimits: Sendable, Hashable {
    /// Seconds of computing, not of waiting.
    public var cpuSeconds = 600
    /// MiB of memory for data.
    public var memoryMiB = 4096
    /// MiB of one file that it writes.
    public var fileMiB = 1024

    public init() {}

    /// The most that a spec may ask for of each.
    package static let ranges = (cpuSeconds: 1...86_400, memoryMiB: 16...1_048_576, fileMiB: 1...1_048_576)
}
