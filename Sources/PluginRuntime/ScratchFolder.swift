internal import LocalFiles

/// Runs `body` with a folder of its own below `TMPDIR`, which is gone afterwards, also when the host is killed, with all
/// programs whose `TMPDIR` is in it.
///
/// - Throws: ``FileError`` where none can be made, and what `body` throws.
package func withScratchFolder<Result: Sendable>(
    _ body: (_ folder: String, _ caretaker: Caretaker) async throws -> Result
) async throws -> Result {
    let root = try FileSystem.temporaryRoot()
    return try await Caretaker.watching { caretaker in
        let folder = FileSystem.unusedName(prefix: root + "/pingshen-")
        caretaker.remove(folder)
        try FileSystem.makeOwnFolder(folder)
        defer { FileSystem.tidyAway(folder) }
        return try await body(folder, caretaker)
    }
}

/// The same for what starts no programs itself.
public func withTemporaryFolder<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
    try await withScratchFolder { folder, _ in try await body(folder) }
}
