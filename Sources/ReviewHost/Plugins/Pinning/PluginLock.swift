internal import PluginWire
internal import ReviewModel
internal import YAMLDocument

/// `pingshen.lock`: which bytes each plugin had when somebody trusted it.
///
/// The file stands beside the specs that it is for, or in a folder above them; the nearest one counts. A plugin whose
/// files are not the locked ones is not started.
public struct PluginLock: Sendable {
    public static let fileName = "pingshen.lock"

    /// One plugin.
    struct Pin: Sendable {
        var name: String
        var version: String
        var files: [File]
    }

    /// One of its files; the paths tell people where it was, the checksums count.
    struct File: Sendable {
        var path: String
        var sha256: String
    }

    var path: String
    var pins: [Pin]

    /// The lock that a spec is under; `nil` when there is none.
    static func find(forSpec spec: String) -> String? {
        var folder = FilePaths.folder(of: FileSystem.absolute(spec))
        while true {
            let path = FilePaths.resolve(fileName, inFolder: folder)
            if FileSystem.isRegularFile(path) { return path }
            if folder == "/" { return nil }
            folder = FilePaths.folder(of: folder)
        }
    }

    func pin(_ name: String) -> Pin? { pins.first { $0.name == name } }
}

// MARK: - The file

extension PluginLock {
    /// - Throws: ``RunError/invalid(_:)`` with the place of every mistake.
    static func read(_ path: String) throws -> PluginLock {
        var loader = DocumentLoader()
        let root = loader.load(path)
        let log = ReviewModel.DiagnosticLog()
        var diagnostics = loader.diagnostics
        var lock = PluginLock(path: path, pins: [])
        if let root {
            let document = SpecDocument(path: path, root: root)
            if let record = ValueReader(document.value, log: log).record() {
                if let version = record.required("pingshen"), version.integer() != 1 { log.add(unknownLock(version)) }
                lock.pins = record.required("plugins")?.record()?.all().compactMap(Pin.init) ?? []
                record.finish()
            }
            diagnostics += log.diagnostics.map { document.diagnostic($0) }
        }
        guard diagnostics.isEmpty else {
            throw RunError.invalid(
                LoadedSpec(
                    path: path,
                    diagnostics: diagnostics,
                    sources: Dictionary(loader.inputs.map { ($0.path, $0.bytes) }) { first, _ in first },
                    inputs: []
                )
            )
        }
        return lock
    }

    /// As it is written: YAML, whose texts are those of JSON.
    var text: String {
        func quoted(_ text: String) -> String { String(decoding: JSONWriter.line(.text(text)), as: UTF8.self) }
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
    func write() throws(FileError) {
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

extension PluginLock.Pin {
    init?(_ name: String, _ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let version = record.required("version")?.text() ?? ""
        let files = record.required("files")?.list().compactMap(PluginLock.File.init) ?? []
        record.finish()
        self.init(name: name, version: version, files: files)
    }
}

extension PluginLock.File {
    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let (path, sha256) = (record.required("path")?.text(), record.required("sha256")?.text())
        record.finish()
        guard let path, let sha256 else { return nil }
        self.init(path: path, sha256: sha256)
    }
}

private func unknownLock(_ reader: ValueReader) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "lock/version",
        message: LocalizedText(zh: "不支持的锁文件版本", en: "this version of the lock file is not known"),
        pointer: reader.pointer,
        help: LocalizedText(zh: "本版本支持：pingshen: 1", en: "this release knows: pingshen: 1")
    )
}
