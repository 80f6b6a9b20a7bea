/// Runs `body` with a folder of its own below `TMPDIR`, which is gone afterwards.
///
/// - Throws: ``FileError`` where none can be made, and what `body` throws.
public func withTemporaryFolder<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
    let base = FileSystem.environment("TMPDIR") ?? "/tmp"
    let folder = try FileSystem.makeTemporaryFolder(prefix: base + "/pingshen-")
    defer { FileSystem.remove(folder) }
    return try await body(folder)
}
