internal import JSONDocument
package import LocalFiles
internal import ReviewModel

/// `pingshen.lock`: which bytes each plugin had when somebody trusted it.
///
/// The file stands beside the specs that it is for, or in a folder above them; the nearest one counts. Where a link leads to a
/// spec, both count: the one where the link stands and the one where the spec lies. A plugin whose files are not the locked
/// ones is not started.
public struct PluginLock: Sendable {
    public static let fileName = "pingshen.lock"

    /// One plugin.
    package struct Pin: Sendable {
        package var name: String
        package var version: String
        package var files: [File]

        package init(name: String, version: String, files: [File]) {
            (self.name, self.version, self.files) = (name, version, files)
        }
    }

    /// One of its files; the paths tell people where it was, the checksums count.
    package struct File: Sendable {
        package var path: String
        package var sha256: String
        /// How many files are in it, for a folder that is locked as one; its checksum is that of the lines of their checksums
        /// and names.
        package var count: Int?

        package init(path: String, sha256: String, count: Int? = nil) {
            (self.path, self.sha256, self.count) = (path, sha256, count)
        }
    }

    package var path: String
    package var pins: [Pin]

    package init(path: String, pins: [Pin]) { (self.path, self.pins) = (path, pins) }

    /// The locks that a spec is under: at most two, and none where there are none.
    ///
    /// Whatever has the name counts, be it a link, a folder or a pipe: a lock that cannot be read is no reason to start what it
    /// may forbid.
    package static func find(forSpec spec: String) -> [String] {
        var search = LockSearch()
        return search.locks(forSpec: spec)
    }

    /// Where a spec's lock is written when there is none: where the spec lies.
    package static func newPath(forSpec spec: String) -> String {
        let named = FileSystem.absolute(spec)
        return FilePaths.resolve(fileName, besideFile: FileSystem.realPath(named) ?? named)
    }

    package func pin(_ name: String) -> Pin? { pins.first { $0.name == name } }
}

// MARK: - The file

extension PluginLock {
    /// As it is written: YAML, whose texts are those of JSON.
    package var text: String {
        func quoted(_ text: String) -> String {
            // JSON spells a hidden character beyond the first plane as two, which YAML does not put together.
            String(decoding: JSONWriter.inertLine(.text(text)), as: UTF8.self).withWholeEscapes
        }
        var text = """
            # The plugins that these specs may start. Written by `pingshen plugins lock`; a plugin whose files have other
            # checksums is not started.
            pingshen: 1
            plugins:

            """
        for pin in pins.sorted(by: { $0.name < $1.name }) {
            text += "  \(quoted(pin.name)):\n    version: \(quoted(pin.version))\n    files:\n"
            for file in pin.files {
                let path =
                    file.count.map { "folder: \(quoted(file.path)), files: \($0)" } ?? "path: \(quoted(file.path))"
                text += "      - {\(path), sha256: \(file.sha256)}\n"
            }
        }
        return text
    }

    /// Writes the file, whole or not at all; where the name is a link, what it leads to.
    package func write() throws(FileError) {
        let target = FileSystem.realPath(path) ?? path
        let folder = FilePaths.folder(of: target)
        // In a folder of its own, so that nobody's link or file can be in its place.
        let temporary = try FileSystem.makeTemporaryFolder(prefix: folder + "/.\(Self.fileName)-")
        defer { FileSystem.remove(temporary) }
        try FileSystem.write(Array(text.utf8), to: temporary + "/" + Self.fileName)
        try FileSystem.rename(temporary + "/" + Self.fileName, to: target)
    }
}

extension String {
    /// With `\U000E0041` for `\udb40\udc41`.
    fileprivate var withWholeEscapes: String {
        var (result, rest) = ("", self[...])
        while let slash = rest.firstIndex(of: "\\") {
            result += rest[..<slash]
            rest = rest[slash...]
            let units = rest.prefix(12).split(separator: "\\", omittingEmptySubsequences: false).dropFirst().map {
                escape in
                escape.first == "u" && escape.count == 5 ? UInt16(escape.dropFirst(), radix: 16) : nil
            }
            if units.count == 2, let high = units[0], let low = units[1], UTF16.isLeadSurrogate(high),
                let scalar = String(decoding: [high, low], as: UTF16.self).unicodeScalars.first
            {
                let digits = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                rest = rest.dropFirst(12)
            } else {
                result += rest.prefix(2)
                rest = rest.dropFirst(2)
            }
        }
        return result + rest
    }
}
