internal import LocalFiles
internal import Synchronization
internal import YAMLDocument

/// Files that many specs include, parsed once: forms and templates are longer than the small spec that they are for.
///
/// A file is read each time; what was made of it counts for the very same bytes under the same name.
enum ParsedFiles {
    private struct Entry: Sendable {
        var bytes: [UInt8]
        var parse: YAMLParse
        var sha256: String
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var heldBytes = 0
    }

    private static let state = Mutex(State())
    /// Bytes of files; their trees take up some fifty times that. When there are more, all are forgotten.
    private static let maximumHeldBytes = 1 << 20

    /// What the file holds, and its checksum.
    static func parse(_ bytes: [UInt8], file: String) -> (parse: YAMLParse, sha256: String) {
        if let known = state.withLock({ $0.entries[file] }), known.bytes == bytes { return (known.parse, known.sha256) }
        let entry = Entry(bytes: bytes, parse: parseYAML(bytes, file: file), sha256: LocalFiles.sha256(bytes))
        guard bytes.count <= maximumHeldBytes / 2 else { return (entry.parse, entry.sha256) }
        state.withLock { state in
            if state.heldBytes + bytes.count > maximumHeldBytes { (state.entries, state.heldBytes) = ([:], 0) }
            state.heldBytes += bytes.count - (state.entries[file]?.bytes.count ?? 0)
            state.entries[file] = entry
        }
        return (entry.parse, entry.sha256)
    }
}
