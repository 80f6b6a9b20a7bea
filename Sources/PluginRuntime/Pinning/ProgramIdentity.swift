internal import LocalFiles

/// By what shows whether a program was changed: the times of its files, not their bytes.
package struct ProgramIdentity: Sendable, Hashable {
    private let files: [FileIdentity?]
    /// Of a program with scripts or several files: all of them, and what lies beside. `nil` where its one file says it, and where
    /// nobody can say which files run.
    private let all: String?
    private let isOneFile: Bool

    package init(_ program: PluginProgram) {
        let found = try? ProgramFiles(program)
        isOneFile = found?.isOneFile ?? false
        files = Self.named(program)
        all = isOneFile ? nil : found.flatMap { Self.state($0, program) }
    }

    /// Whether the program is what it was.
    package func isStill(_ program: PluginProgram) -> Bool {
        guard files == Self.named(program) else { return false }
        return isOneFile || all == (try? ProgramFiles(program)).flatMap { Self.state($0, program) }
    }

    private static func named(_ program: PluginProgram) -> [FileIdentity?] {
        ([program.file, program.command.first ?? ""] + program.companions).map { FileIdentity($0) }
    }

    private static func state(_ files: ProgramFiles, _ program: PluginProgram) -> String? {
        files.state(of: program) { path in
            guard let identity = FileIdentity(path) else { throw FileError(path) }
            return identity.text
        }
    }
}
