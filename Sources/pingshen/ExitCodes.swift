internal import ArgumentParser
internal import PluginRuntime

/// The exit codes of the contract; wrong usage (64) is ArgumentParser's own.
extension ExitCode {
    static let findings = ExitCode(1)
    static let invalidSpec = ExitCode(2)
    static let pluginFailed = ExitCode(3)
    static let usage = ExitCode(64)
    /// Output that cannot be written: no fault of spec or plugin (EX_CANTCREAT of sysexits.h).
    static let cannotWrite = ExitCode(73)
    static let interrupted = ExitCode(130)
}

extension PluginFailure {
    /// What the program exits with where this is the only thing that has gone wrong.
    var exitCode: ExitCode { isOfMachine ? .cannotWrite : .pluginFailed }
}
