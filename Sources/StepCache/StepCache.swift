internal import LocalFiles
package import PluginRuntime
package import ReviewModel
internal import Synchronization

/// What steps have answered before, for all reviews that are made with it.
package final class StepCache: Sendable {
    private struct State {
        var digests = DigestCache()
        var programs: [PluginProgram: (identity: ProgramIdentity, digest: String?)] = [:]
    }

    private let shelf: StepShelf
    private let state = Mutex(State())
    /// What all steps have in common.
    package let surroundings: [StepPart]

    package init(_ folder: String, _ bounds: StepShelf.Bounds = StepShelf.Bounds()) {
        shelf = StepShelf(folder, bounds)
        let variables = ["PATH", "LANG", "TZ", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"].map { name in
            "\(name)=" + (FileSystem.environment(name) ?? "\u{0}")
        }
        surroundings = [
            StepPart(.host, digest: Self.hostDigest()),
            StepPart(.environment, digest: sha256(Array(variables.joined(separator: "\n").utf8))),
        ]
    }

    /// Of this program.
    private static func hostDigest() -> String {
        var digests = DigestCache()
        defer { digests.save() }
        let link = "/proc/self/exe"
        return (try? digests.sha256(ofFile: FileSystem.realPath(link) ?? link)) ?? ""
    }

    /// The answers of a spec's steps.
    ///
    /// - Parameters:
    ///   - spec: its path, as it is named.
    ///   - tell: hears of each step why it is taken, or that it need not be.
    package func answers(of spec: String, _ tell: (@Sendable (LocalizedText) -> Void)?) -> StepAnswers {
        StepAnswers(shelf, spec, tell)
    }

    /// The files of a program; `nil` where nobody can say which of them run, or where it is given variables of the host.
    package func part(_ program: PluginProgram) -> StepPart? {
        guard program.environment.isEmpty, program.origin != .attached else { return nil }
        if let known = state.withLock({ $0.programs[program] }), known.identity.isStill(program) {
            return known.digest.map { StepPart(.program, program.name, digest: $0) }
        }
        // Looked at before it is read: what is changed meanwhile does not fit.
        let identity = ProgramIdentity(program)
        let digest = digest(of: program)
        state.withLock { $0.programs[program] = (identity, digest) }
        return digest.map { StepPart(.program, program.name, digest: $0) }
    }

    private func digest(of program: PluginProgram) -> String? {
        guard let files = try? ProgramFiles(program) else { return nil }
        return state.withLock { state in files.state(of: program) { try state.digests.sha256(ofFile: $0) } }
    }

    /// Ends it: what is too much or too old goes.
    package func close() {
        state.withLock { $0.digests.save() }
        shelf.tidy()
    }
}
