public import LocalFiles
public import PluginRuntime
public import ReviewModel
public import SpecLoading

/// Why a plugin was not installed; nothing of it was left behind.
public enum PluginAddError: Error, Sendable {
    /// Its `plugin.yaml` has mistakes.
    case invalid(LoadedSpec)
    /// It is no plugin folder, or none that can be installed here: a whole sentence.
    case unusable(LocalizedText)
    /// The folder or the archive cannot be read, or holds what it must not.
    case unreadable(FileError)
    /// The plugin did not do its part.
    case failed(PluginFailure)
    /// Checks have failed; they have been shown.
    case nonconforming(name: String, count: Int)
    /// The machine lacks what it needs: a sentence each.
    case lacking(name: String, [LocalizedText])
    case cannotWrite(FileError)
}

/// A plugin that was installed.
public struct AddedPlugin: Sendable {
    public var installation: Installation
    public var change: Change
    /// Of the same name on PATH, which it now stands before.
    public var hidden: PluginProgram?

    public enum Change: Sendable, Hashable {
        case new
        /// These very files were installed already.
        case none
        /// Another took its place, of that version; an older or newer one, or the same with other files.
        case replaced(String)
        /// There was something of its name that was no installation.
        case repaired
    }
}

/// Installs the plugin of a folder, or of an archive of one: its `plugin.yaml` is read, its files are copied, it is asked what it
/// is and tested as it will run, and only then it takes the place of what was there, at once.
///
/// - Parameters:
///   - source: a folder, or a `.tar.gz`, `.tar` or `.zip` of one.
///   - test: runs the checks; returns how many have failed.
/// - Throws: ``PluginAddError``, and `CancellationError`.
public func addPlugin(
    from source: String,
    to store: PluginStore,
    catalog: PluginCatalog,
    test: (PluginProgram) async throws -> Int
) async throws -> AddedPlugin {
    let staging = try Staging(in: store)
    defer { staging.remove() }
    let folder = try staging.source(source)
    let label = folder.label
    if let builtIn = catalog.builtIn(label.name) {
        throw PluginAddError.unusable(isBuiltIn(label.name, builtIn.command[0]))
    }
    let files = try folder.copy(to: staging.filesFolder)
    try await requireNeeds(of: label, catalog)
    let staged = Installation(label, files: files, folder: staging.path)
    try await check(staged, label, catalog, test)
    return try staging.install(staged, in: store, catalog)
}

/// Removes an installed plugin.
///
/// - Returns: its version, where that can be read; `nil` for none.
/// - Throws: ``PluginAddError`` where none of that name is installed, or it cannot be removed.
@discardableResult
public func removePlugin(_ name: String, from store: PluginStore) throws(PluginAddError) -> String? {
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), FileSystem.exists(store.place(of: name)) else {
        throw .unusable(isNotInstalled(name, store))
    }
    let version = Installation(in: store.place(of: name))?.version
    // It is gone at once; what takes time comes after.
    let away = FileSystem.unusedName(prefix: store.folder + "/" + Staging.prefix)
    do throws(FileError) {
        try FileSystem.rename(store.place(of: name), to: away)
        if let left = FileSystem.remove(away) { throw left }
    } catch {
        throw .cannotWrite(error)
    }
    return version
}

// MARK: - Steps

/// A folder of the store in which a plugin is put together; hidden, and gone afterwards.
private struct Staging {
    static let prefix = ".adding-"

    let path: String
    let filesFolder: HeldFolder
    /// Marked as in use as long as this is there.
    private let held: HeldFolder

    init(in store: PluginStore) throws(PluginAddError) {
        do throws(FileError) {
            try FileSystem.makeFolder(FilePaths.folder(of: store.folder))
            if !FileSystem.exists(store.folder) { try FileSystem.makeOwnFolder(store.folder) }
        } catch {
            throw .cannotWrite(error)
        }
        if let mistrust = store.mistrust { throw .unusable(mistrust) }
        Self.removeLeftovers(in: store.folder)
        path = FileSystem.unusedName(prefix: store.folder + "/" + Self.prefix)
        do throws(FileError) {
            try FileSystem.makeOwnFolder(path)
            held = try HeldFolder(path, followingLinks: false)
            _ = held.markInUse()
            filesFolder = try held.folder(Installation.filesName)
        } catch {
            FileSystem.remove(path)
            throw .cannotWrite(error)
        }
    }

    /// What programs have left that were killed while they added or removed a plugin.
    private static func removeLeftovers(in store: String) {
        for name in FileSystem.names(in: store, beginningWith: prefix) {
            let folder = store + "/" + name
            guard let held = try? HeldFolder(folder, followingLinks: false), held.markInUse() == true else { continue }
            FileSystem.remove(folder)
        }
    }

    func remove() { FileSystem.remove(path) }

    /// The plugin's folder, unpacked where it is an archive.
    func source(_ source: String) throws(PluginAddError) -> PluginFolder {
        let shown = source.count > 1 && source.hasSuffix("/") ? String(source.dropLast()) : source
        if FileSystem.isFolder(source) { return try PluginFolder(FileSystem.absolute(source), shownAs: shown) }
        let unpacked: HeldFolder
        do throws(FileError) { unpacked = try held.folder("unpacked") } catch { throw .cannotWrite(error) }
        do throws(FileError) { try unpack(source, into: unpacked) } catch { throw .unreadable(error) }
        return try PluginFolder(try top(of: unpacked, source), shownAs: shown)
    }

    /// Where the `plugin.yaml` is: at the top, or in the one folder that there is.
    private func top(of unpacked: HeldFolder, _ source: String) throws(PluginAddError) -> String {
        let path = unpacked.path
        if FileSystem.isRegularFile(path + "/" + PluginLabel.fileName) { return path }
        // What macOS packs besides.
        let names = unpacked.names.filter { !$0.hasPrefix(".") && $0 != "__MACOSX" }
        guard names.count == 1, FileSystem.isRegularFile(path + "/" + names[0] + "/" + PluginLabel.fileName) else {
            throw .unusable(hasNoLabel(source))
        }
        return path + "/" + names[0]
    }

    /// Moves everything into its place.
    func install(
        _ staged: Installation,
        in store: PluginStore,
        _ catalog: PluginCatalog
    ) throws(PluginAddError) -> AddedPlugin {
        let place = store.place(of: staged.name)
        let earlier = Installation(in: place)
        var installed = staged
        installed.folder = place
        let isThere = FileSystem.exists(place)
        let hidden = catalog.onPath(staged.name)
        if let earlier, earlier.isSame(as: installed), earlier.deviation() == nil {
            return AddedPlugin(installation: earlier, change: .none, hidden: hidden)
        }
        do throws(FileError) {
            FileSystem.remove(path + "/unpacked")
            try FileSystem.write(installed.record, to: path + "/" + Installation.recordName)
            if isThere {
                guard try FileSystem.exchange(path, place) else { throw FileError(place) }
            } else {
                guard try FileSystem.moveFolder(path, to: place) else { throw FileError(place) }
            }
        } catch {
            throw .cannotWrite(error)
        }
        let change: AddedPlugin.Change = earlier.map { .replaced($0.version) } ?? (isThere ? .repaired : .new)
        return AddedPlugin(installation: installed, change: change, hidden: hidden)
    }
}

/// Asks the staged plugin what it is, and tests it.
private func check(
    _ staged: Installation,
    _ label: PluginLabel,
    _ catalog: PluginCatalog,
    _ test: (PluginProgram) async throws -> Int
) async throws {
    let program = catalog.program(of: staged)
    let sandbox = try? await Sandbox.available()
    do {
        if let obstacle = program.obstacle() { throw PluginFailure(plugin: label.name, obstacle) }
        // What nobody can say of which files it consists cannot be held to them.
        _ = try ProgramFiles(program)
        let manifest = try await manifest(of: program, shutInBy: sandbox)
        try Task.checkCancellation()
        if manifest.name != label.name { throw PluginAddError.unusable(saysOther("name", label.name, manifest.name)) }
        if manifest.version != label.version.description {
            throw PluginAddError.unusable(saysOther("version", label.version.description, manifest.version))
        }
        let failed = try await test(program)
        try Task.checkCancellation()
        if failed > 0 { throw PluginAddError.nonconforming(name: label.name, count: failed) }
        // It could write to where it lies.
        if let obstacle = program.obstacle() { throw PluginFailure(plugin: label.name, obstacle) }
    } catch let failure as PluginFailure {
        try Task.checkCancellation()
        throw PluginAddError.failed(failure)
    }
}

extension Installation {
    fileprivate init(_ label: PluginLabel, files: [String: String], folder: String) {
        self.init(
            name: label.name,
            version: label.version.description,
            licence: label.licence,
            homepage: label.homepage,
            summary: label.summary,
            command: label.command,
            needs: label.needs.map(\.text),
            files: files,
            folder: folder
        )
    }
}

// MARK: - Messages

private func isBuiltIn(_ name: String, _ path: String) -> LocalizedText {
    LocalizedText(
        zh: "有同名的内置插件 \(quoted(name))（\(path)），没有安装；请给插件换一个名称，或在 spec 的 plugins: 中写它的 command",
        en:
            "there is a built-in plugin \(quoted(name)) (\(path)), and this one was not installed; give it another name, or "
            + "name its command under plugins: in specs"
    )
}

private func isNotInstalled(_ name: String, _ store: PluginStore) -> LocalizedText {
    let near = nearest(to: name, among: store.names)
    return LocalizedText(
        zh: "没有安装插件 \(quoted(name))（\(store.folder)）" + (near.map { "；是不是 \(quoted($0))？" } ?? ""),
        en: "no plugin \(quoted(name)) is installed in \(store.folder)"
            + (near.map { "; did you mean \(quoted($0))?" } ?? "")
    )
}

private func hasNoLabel(_ archive: String) -> LocalizedText {
    LocalizedText(
        zh: "\(archive) 中没有 \(PluginLabel.fileName)：它应在压缩包的最上层，或在唯一的文件夹中",
        en:
            "there is no \(PluginLabel.fileName) in \(archive): it belongs to the top of the archive, or into the one folder in it"
    )
}

private func saysOther(_ key: String, _ label: String, _ own: String) -> LocalizedText {
    LocalizedText(
        zh: "\(PluginLabel.fileName) 写的 \(key) 是 \(quoted(label))，插件自己说是 \(quoted(own))；两处须一致",
        en:
            "\(PluginLabel.fileName) says \(key): \(quoted(label)), and the plugin itself \(quoted(own)); they must agree"
    )
}
