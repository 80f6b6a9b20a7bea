internal import PluginWire
package import ReviewModel

/// What the plugins of one run are started with.
package struct SessionSettings: Sendable {
    /// Each plugin gets a folder of its own under this one.
    package var scratch: String
    package var times: PluginTimes
    /// How long plugins may take to start that have another limit than ``PluginTimes/start``, by name.
    package var startLimits: [String: Duration] = [:]
    package var locale: Locale
    package var observer: any PluginObserver
    /// The most bytes that may wait for one plugin to read them.
    package var outgoingLimit = OutgoingBytes.standardLimit
    /// About how many bytes of tables a source may return.
    package var sourceBytes = PageLimits.sourceBytes
    /// How much of what a plugin says besides its replies is passed on and taken.
    package var talkLimits = TalkLimits()
    /// Where the messages are recorded, if anywhere.
    package var trace: WireTrace?
    /// What no message about a plugin may quote.
    package var secrets = SecretMask()
    /// Plugins that somebody else has started, by name, with the sockets that they listen on.
    package var attachments: [String: String] = [:]
    /// What shuts the plugins in, if anything.
    package var sandbox: Sandbox?
    /// Files and folders that plugins may read in the sandbox, also where it hides what is around them.
    package var readable: [String] = []
    /// Who sees the plugins off when the host cannot.
    package var caretaker: Caretaker?

    package init(scratch: String, times: PluginTimes, locale: Locale, observer: any PluginObserver) {
        (self.scratch, self.times, self.locale, self.observer) = (scratch, times, locale, observer)
    }
}
