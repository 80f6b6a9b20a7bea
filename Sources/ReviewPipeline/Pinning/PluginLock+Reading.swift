internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading
internal import YAMLDocument

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
            let loaded = LoadedSpec(
                path: path,
                diagnostics: diagnostics,
                sources: Dictionary(loader.inputs.map { ($0.path, $0.bytes) }) { first, _ in first },
                inputs: []
            )
            throw RunError.invalid(CheckedSpec(loaded: loaded))
        }
        return lock
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
        let folder = record.optional("folder")
        let path = (folder ?? record.required("path"))?.text()
        let count = folder.flatMap { _ in record.required("files")?.integer() }
        let sha256 = record.required("sha256")?.text()
        record.finish()
        guard let path, let sha256 else { return nil }
        self.init(path: path, sha256: sha256, count: folder == nil ? nil : count ?? 0)
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
