internal import ReviewModel

/// What the plugins of one run are started with.
struct SessionSettings: Sendable {
    /// Each plugin gets a folder of its own under this one.
    var scratch: String
    var times: PluginTimes
    /// Plugins that may take longer to start than ``PluginTimes/start``, by name: as long as a step of theirs may.
    var startLimits: [String: Duration] = [:]
    var locale: Locale
    var observer: any PluginObserver
    /// The most bytes that may wait for one plugin to read them.
    var outgoingLimit = OutgoingBytes.standardLimit
    /// Where the messages are recorded, if anywhere.
    var trace: WireTrace?
    /// Plugins that somebody else has started, by name, with the sockets that they listen on.
    var attachments: [String: String] = [:]
    /// What shuts the plugins in, if anything.
    var sandbox: Sandbox?
    /// Who sees the plugins off when the host cannot.
    var caretaker: Caretaker?
}
