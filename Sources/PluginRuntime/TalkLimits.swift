/// How much one plugin may say besides its replies.
package struct TalkLimits: Sendable {
    /// Bytes of messages passed on, for warnings, errors and stray lines together, and as many for the rest: what a
    /// person could still read, and no flood of the one drowns the other.
    package var shown = 1 << 20
    /// Bytes of notifications and stray lines taken at all. An honest plugin says ten things a second, which is a
    /// hundredth of this in an hour; beyond it the host has done enough reading, and the plugin is stopped.
    package var taken = 256 << 20

    package init() {}
}
