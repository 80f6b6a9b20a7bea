internal import JSONDocument
internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import SpecLoading

/// The files that settings name with `!file`, as the plugins of one run get them: copies in a folder of the run.
///
/// What is hashed must be what is read. A file can change between the two, and a workbook that somebody has open does; a copy
/// that is hashed while it is made cannot. It also works in a sandbox without showing the folder that the file is from.
struct InputFiles: Sendable {
    /// Where the copies are.
    let folder: String
    /// What the review says was read.
    let inputs: [LoadedSpec.Input]
    /// The files as places name them, by their copies.
    let written: [String: String]
    private let copies: [Copy]
    /// The copies by the pointers of the settings that name them.
    private let paths: [JSONPointer: String]

    private struct Copy: Sendable {
        var path: String
        var identity: FileIdentity?
        var setting: FileSetting
    }

    /// Copies the files into a folder in `scratch`.
    ///
    /// - Throws: ``RunError/invalid(_:)`` for a file that can no longer be read, ``RunError/output(_:)`` where there is no room.
    init(_ loaded: LoadedSpec, in scratch: String) throws {
        folder = scratch + "/.inputs"
        var (copies, inputs, written, paths) = (
            [Copy](), [LoadedSpec.Input](), [String: String](), [JSONPointer: String]()
        )
        if !loaded.files.isEmpty {
            try FileSystem.makeFolder(folder)
            let held = try HeldFolder(folder)
            for setting in loaded.files {
                if let known = copies.first(where: { $0.setting.path == setting.path }) {
                    paths[setting.pointer] = known.path
                    continue
                }
                let name = "\(copies.count + 1)/" + FilePaths.name(of: setting.path)
                inputs.append(
                    LoadedSpec.Input(path: setting.path, sha256: try held.copy(setting, to: name, of: loaded))
                )
                let path = folder + "/" + name
                copies.append(Copy(path: path, identity: FileIdentity(path), setting: setting))
                (paths[setting.pointer], written[path]) = (path, setting.path)
            }
        }
        (self.copies, self.inputs, self.written, self.paths) = (copies, inputs, written, paths)
    }

    /// The spec with the paths of the copies for those of the files.
    func settings(of spec: Spec) -> Spec {
        if paths.isEmpty { return spec }
        var spec = spec
        for index in spec.steps.indices {
            let prefix = (spec.stepPointer(index) / "with").tokens
            for (pointer, path) in paths where pointer.tokens.starts(with: prefix) {
                let rest = pointer.tokens.dropFirst(prefix.count)
                spec.steps[index].configuration = spec.steps[index].configuration.replacing(rest, by: .text(path))
            }
        }
        return spec
    }

    /// Whether the copies are still what was hashed; a plugin without a sandbox could have written to them.
    ///
    /// - Throws: ``RunError/failed(_:)`` for the steps that read a copy which is not.
    func checkUnchanged(_ spec: Spec) throws {
        for copy in copies where copy.identity != FileIdentity(copy.path) {
            let steps = spec.steps.enumerated().filter { index, _ in
                let prefix = spec.stepPointer(index).tokens
                return paths.contains { $0.value == copy.path && $0.key.tokens.starts(with: prefix) }
            }.map(\.element)
            let failures = steps.map { step in
                let failure = PluginFailure(plugin: step.plugin, .unusableFile(changed(copy.setting.path, step.plugin)))
                return StepFailure([step.id], failure)
            }
            throw RunError.failed(failures)
        }
    }
}

extension HeldFolder {
    fileprivate func copy(_ setting: FileSetting, to name: String, of loaded: LoadedSpec) throws -> String {
        do {
            let file = try OutsideFile(setting.source, atMost: FileSetting.maximumBytes)
            return try copy(file, to: name, permissions: 0o444)
        } catch CopyError.writing(let error) {
            throw RunError.output(cannotWrite(error))
        } catch CopyError.reading(let error) {
            throw RunError.invalid(CheckedSpec(loaded: loaded.adding(setting.mistake(error))))
        } catch let error as FileError {
            throw RunError.invalid(CheckedSpec(loaded: loaded.adding(setting.mistake(error))))
        }
    }
}

extension LoadedSpec {
    fileprivate func adding(_ diagnostic: Diagnostic) -> LoadedSpec {
        var copy = self
        copy.diagnostics.append(diagnostic)
        copy.diagnostics.sort()
        return copy
    }
}

extension Value {
    /// The value with what stands at the end of `path` replaced; unchanged where there is no such path.
    fileprivate func replacing(_ path: ArraySlice<String>, by value: Value) -> Value {
        guard let token = path.first else { return value }
        switch self {
        case .record(var record):
            record[token] = record[token].map { $0.replacing(path.dropFirst(), by: value) }
            return .record(record)
        case .list(var items):
            guard let index = Int(token), items.indices.contains(index) else { return self }
            items[index] = items[index].replacing(path.dropFirst(), by: value)
            return .list(items)
        default: return self
        }
    }
}

// MARK: - Messages

private func changed(_ path: String, _ plugin: String) -> LocalizedText {
    LocalizedText(
        zh: "\(quoted(path)) 交给插件\"\(plugin)\"的副本在评审期间被改动，评审不能作数。插件只能读它；请查明是哪个插件，或用 --sandbox。",
        en:
            "the copy of \(quoted(path)) for the plugin \"\(plugin)\" was changed during the review, which is worth nothing then; "
            + "plugins may only read it: find out which one wrote to it, or use --sandbox"
    )
}
