internal import LocalFiles
internal import YAMLDocument

extension LoadedSpec {
    /// The spec with a step more at the end of its pipeline; the same where it has mistakes.
    ///
    /// - Parameters:
    ///   - text: a document with the keys `step`, `use` and `with`.
    ///   - path: what places in that document call it.
    ///   - files: what stands for the files that it names with `!file`, by those names.
    public func adding(step text: String, as path: String, files: [String: String]) -> LoadedSpec {
        guard !hasLastingErrors, let document else { return self }
        var loader = DocumentLoader()
        loader.substitutes = files.mapValues { FilePaths.normalised($0) }
        guard let added = loader.load(text: text, as: path), let id = added.entry("step")?.text else {
            return failing(loader)
        }
        // The files that the spec itself names are named still.
        for file in self.files { loader.namedFiles[FileSystem.absolute(file.path)] = file.path }
        let keys = ["use", "with"].compactMap { key in
            added.entry(key).map { YAMLEntry(key, $0, at: added.place) }
        }
        let whole = LoadedSpec(self.path, document.root.addingStep(id, keys, at: added.place), &loader)
        var result = self
        (result.spec, result.document, result.files) = (whole.spec, whole.document, whole.files)
        result.diagnostics += whole.diagnostics.filter { !diagnostics.contains($0) }
        result.sources.merge(whole.sources) { own, _ in own }
        return result
    }

    private func failing(_ loader: DocumentLoader) -> LoadedSpec {
        var result = self
        result.diagnostics += loader.diagnostics
        return result
    }
}

extension YAMLNode {
    /// The value of a key.
    fileprivate func entry(_ key: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key.text == key }?.value
    }
}
