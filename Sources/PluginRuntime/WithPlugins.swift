internal import Glibc
internal import LocalFiles
internal import ReviewModel

/// Starts `programs` side by side, hands their sessions to `body` by plugin name, and sees every process off before it
/// returns, whatever happened.
///
/// - Parameter body: is given the plugins that have started, and why the others have not.
/// - Throws: what `body` throws, or `CancellationError`.
package func withPlugins<Result: Sendable>(
    _ programs: [PluginProgram],
    _ settings: SessionSettings,
    _ body: (_ sessions: [String: PluginSession], _ failures: [String: PluginFailure]) async throws -> Result
) async throws -> Result {
    _ = brokenPipesAreErrors
    try Descriptors.require(descriptorsOfRun + programs.count * descriptorsOfPlugin)
    var sessions: [String: PluginSession] = [:]
    try FileSystem.makeFolder(settings.scratch)
    let scratch = try HeldFolder(settings.scratch)
    for program in programs where sessions[program.name] == nil {
        let folder = try scratch.folder(FilePaths.plainName(program.name))
        sessions[program.name] = PluginSession(program, scratch: folder, settings)
    }
    let ordered = sessions.values.sorted { $0.program.name < $1.program.name }
    return try await withThrowingTaskGroup(of: Void.self) { processes in
        for session in ordered { processes.addTask { await session.run() } }
        let result: Swift.Result<Result, any Error>
        do {
            let failures = try await startAll(ordered)
            let started = sessions.filter { failures[$0.key] == nil }
            result = .success(try await body(started, failures))
        } catch {
            result = .failure(error)
        }
        await withTaskGroup { closing in
            for session in ordered { closing.addTask { await session.close() } }
        }
        try await processes.waitForAll()
        killStragglers(of: settings.scratch)
        return try result.get()
    }
}

/// What a plugin needs at most: three pipes with both ends, a bell, a number, its folder, and the folder of a step.
let descriptorsOfPlugin = 10
/// What a run needs besides: files that are read and written, and what watches over processes and times.
let descriptorsOfRun = 12

/// Shakes hands with all of them; returns why some did not start, by plugin name.
func startAll(_ sessions: [PluginSession]) async throws -> [String: PluginFailure] {
    let failures = try await withThrowingTaskGroup(of: PluginFailure?.self) { group in
        for session in sessions {
            group.addTask {
                do {
                    _ = try await session.start()
                    return nil
                } catch let failure as PluginFailure {
                    return failure
                }
            }
        }
        return try await group.reduce(into: [String: PluginFailure]()) { failures, failure in
            if let failure { failures[failure.plugin] = failure }
        }
    }
    try Task.checkCancellation()
    return failures
}

/// From the first plugin on, writing to one that is gone is an error of that plugin instead of a signal that ends the
/// host. Plugins themselves start with the default disposition.
let brokenPipesAreErrors: Void = {
    signal(SIGPIPE, SIG_IGN)
}()
