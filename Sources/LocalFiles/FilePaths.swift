/// Path arithmetic on text: joining, and `.`/`..` resolved without asking the file system, so that `a/../b` in a
/// message reads `b`.
///
/// A path is taken apart by its bytes, as the system does it: to Swift a slash with a combining mark after it is another
/// character than a slash.
package enum FilePaths {
    /// `path` as seen from the folder of the file `base`; absolute paths stay.
    package static func resolve(_ path: String, besideFile base: String) -> String {
        resolve(path, inFolder: folder(of: base))
    }

    /// `path` as seen from `folder`; absolute paths stay.
    package static func resolve(_ path: String, inFolder folder: String) -> String {
        normalised(isAbsolute(path) ? path : folder + "/" + path)
    }

    package static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

    /// The folder that a file is in: `.` for a bare name.
    package static func folder(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else { return "." }
        return last == path.startIndex ? "/" : text(path.utf8[..<last])
    }

    package static func name(of path: String) -> String {
        path.utf8.lastIndex(of: slash).map { text(path.utf8[path.utf8.index(after: $0)...]) } ?? path
    }

    /// Without `.`, `//` and resolvable `..`.
    package static func normalised(_ path: String) -> String {
        var parts: [String] = []
        for part in path.utf8.split(separator: slash).map(text) where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        let joined = parts.joined(separator: "/")
        if isAbsolute(path) { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// A name for a folder that belongs to what somebody has called `text`: `text` itself where that is a plain name, else one
    /// that no other text gets.
    package static func plainName(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.utf8.count <= 100
            && text.utf8.allSatisfy { $0 != slash && $0 != UInt8(ascii: "%") && $0 > 0x20 && $0 != 0x7F }
            && !text.hasPrefix(".")
        return isPlain ? text : "%" + sha256(Array(text.utf8)).prefix(32)
    }

    private static let slash = UInt8(ascii: "/")

    private static func text(_ bytes: Substring.UTF8View) -> String { String(Substring(bytes)) }
}
