internal import Glibc

extension FileSystem {
    /// Whether a word has signs in it that stand for other letters, as shells know them: `*`, `?`, `[…]`, `{…}`.
    package static func isPattern(_ word: String) -> Bool { word.contains { "*?[{".contains($0) } }

    /// The paths that a pattern means, in the order of their bytes; none where there are none.
    package static func paths(like pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, GLOB_BRACE | GLOB_NOSORT, nil, &found) == 0 else { return [] }
        let paths = (0..<Int(found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].map { String(cString: $0) }
        }
        // With braces a path may be meant twice.
        return Set(paths).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
