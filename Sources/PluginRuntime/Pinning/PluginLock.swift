internal import JSONDocument
package import LocalFiles
internal import ReviewModel

/// `pingshen.lock`: which bytes each plugin had when somebody trusted it.
///
/// The file stands beside the specs that it is for, or in a folder above them; the nearest one counts. A plugin whose
/// files are not the locked ones is not started.
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

        package init(path: String, sha256: String) { (self.path, self.sha256) = (path, sha256) }
    }

    package var path: String
    package var pins: [Pin]

    package init(path: String, pins: [Pin]) { (self.path, self.pins) = (path, pins) }

    /// The lock that a spec is under; `nil` when there is none.
    package static func find(forSpec spec: String) -> String? {
        var folder = FilePaths.folder(of: FileSystem.absolute(spec))
        while true {
            let path = FilePaths.resolve(fileName, inFolder: folder)
            if FileSystem.isRegularFile(path) { return path }
            if folder == "/" { return nil }
            folder = FilePaths.folder(of: folder)
        }
    }

    package func pin(_ name: String) -> Pin? { pins.first { $0.name == name } }
}

// MARK: - The file

extension PluginLock {
    /// As it is written: YAML, whose texts are those of JSON.
    package var text: String {
        func quoted(_ text: String) -> String { String(decoding: JSONWriter.inertLine(.text(text)), as: UTF8.self) }
        var text = """
            # The plugins that these specs may start. Written by `pingshen plugins lock`; a plugin whose files have other
            # checksums is not started.
            pingshen: 1
            plugins:

            """
        for pin in pins.sorted(by: { $0.name < $1.name }) {
            text += "  \(quoted(pin.name)):\n    version: \(quoted(pin.version))\n    files:\n"
            for file in pin.files { text += "      - {path: \(quoted(file.path)), sha256: \(file.sha256)}\n" }
        }
        return text
    }

    /// Writes the file, whole or not at all.
    package func write() throws(FileError) {
        let temporary = path + ".partial"
        do throws(FileError) {
            try FileSystem.write(Array(text.utf8), to: temporary)
            try FileSystem.rename(temporary, to: path)
        } catch {
            FileSystem.remove(temporary)
            throw error
        }
    }
}
