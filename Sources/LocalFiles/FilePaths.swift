/// Path arithmetic on text: joining, and `.`/`..` resolved without asking the file system, so that `a/../b` in a
/// message reads `b`.
package enum FilePaths {
    /// `path` as seen from the folder of the file `base`; absolute paths stay.
    package static func resolve(_ path: String, besideFile base: String) -> String {
        resolve(path, inFolder: folder(of: base))
    }

    /// `path` as seen from `folder`; absolute paths stay.
    package static func resolve(_ path: String, inFolder folder: String) -> String {
        normalised(path.hasPrefix("/") ? path : folder + "/" + path)
    }

    /// The folder that a file is in: `.` for a bare name.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    package static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// Without `.`, `//` and resolvable `..`.
    package static func normalised(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        let joined = parts.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }
}
