internal import PluginWire
public import ReviewModel
internal import Subprocess
internal import SystemPackage

/// What a plugin says of itself, asked with `--plugin-manifest`: no session is started.
///
/// - Throws: ``PluginFailure`` when it cannot be started, does not answer within ten seconds, or answers no manifest.
public func manifest(of program: PluginProgram) async throws(PluginFailure) -> PluginManifest {
    let output: [UInt8]
    do {
        output = try await withDeadline(.seconds(10)) {
            var options = PlatformOptions()
            options.createSession = true
            return try await Subprocess.run(
                Configuration(
                    executable: .path(FilePath(program.command[0])),
                    arguments: Arguments(program.command.dropFirst() + ["--plugin-manifest"]),
                    platformOptions: options
                ),
                input: .none,
                output: .bytes(limit: 1 << 20),
                error: .discarded
            ).standardOutput
        }
    } catch is DeadlineExceeded {
        throw PluginFailure(plugin: program.name, .hung(call: "--plugin-manifest", seconds: 10))
    } catch {
        throw PluginFailure(plugin: program.name, .spawnFailed("\(error)"))
    }
    do {
        return try PluginManifest.read(JSONReader.read(output), of: "--plugin-manifest")
    } catch {
        throw PluginFailure(plugin: program.name, .nonsense(call: "--plugin-manifest", detail: "\(error)"))
    }
}

struct DeadlineExceeded: Error {}

/// Runs `body`; cancels it and throws ``DeadlineExceeded`` when it takes longer than `limit`.
func withDeadline<Result: Sendable>(
    _ limit: Duration,
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else { throw DeadlineExceeded() }
        return result
    }
}
