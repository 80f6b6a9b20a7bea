import ReviewPipeline

extension Property {
    /// The names of renderers' files, one a line: those that are taken lead nowhere else, and no two of them share a place on any
    /// disk.
    public static func artifacts(_ bytes: [UInt8]) -> String? {
        var (taken, names) = (TakenNames(), [ArtifactName]())
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(64) {
            guard let name = ArtifactName(String(decoding: line, as: UTF8.self)) else { continue }
            if let broken = stray(name.path) { return broken }
            if TakenNames.isOurs(name) {
                continue
            } else if taken.take(name) {
                names.append(name)
            } else if names.isEmpty {
                return "the first name is taken already: \(name.path)"
            }
        }
        return clash(names.map(\.path))
    }

    private static func stray(_ path: String) -> String? {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Array($0) }
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part.count <= 255 && part != Array(".".utf8) && part != Array("..".utf8)
                && !part.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }
        }
        return isPlain ? nil : "taken, but no plain path: \(path)"
    }

    private static func clash(_ paths: [String]) -> String? {
        // What a disk that tells no case apart makes of them; to Swift texts are the same however an accent is written.
        let folded = paths.map { path in
            path.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self).lowercased() }
        }
        for (index, one) in folded.enumerated() {
            for other in folded[..<index] where one.starts(with: other) || other.starts(with: one) {
                return "two share a place: \(paths[index])"
            }
        }
        return nil
    }
}
