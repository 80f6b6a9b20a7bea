internal import Glibc
internal import LocalFiles
internal import ReviewModel

/// The files that a plugin consists of: what its command runs, what its arguments name, and what the spec names besides,
/// folders with everything in them.
///
/// Links are followed to what they lead to, for that is what runs.
package struct ProgramFiles {
    package struct File: Hashable {
        /// As it is named: by the spec, or in a folder that the spec names.
        package var path: String
        /// The file itself, no link.
        package var real: String
        /// Its name in the folder that the spec names, which belongs to what is locked; `nil` for a file named by the spec.
        package var name: String?
        /// Where it lies, links that the spec names followed: what is linked from within a folder is taken to lie there.
        var home: String
    }

    package private(set) var files: [File] = []
    /// What the spec names by way of a link, and where that leads.
    private(set) var links: [String: String] = [:]
    /// What the spec names, files and folders.
    var named: [String] { Array(isSeen) }
    private let parts: [CommandFiles.Part]
    private var isSeen: Set<String> = []
    /// Files and folders found in folders so far.
    private var entries = 0

    /// More than any plugin with its libraries; a folder that has more is not a plugin's.
    private static let (maximumEntries, maximumDepth) = (10_000, 32)

    /// - Throws: ``PluginFailure`` where nobody can say which files run.
    package init(_ program: PluginProgram) throws(PluginFailure) {
        do throws(Unlockable) {
            if let variable = program.environment.first(where: LoadingVariables.contains) {
                throw Unlockable(loads(variable))
            }
            let path = FileSystem.environment("PATH") ?? ""
            let searchPath = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
            parts = try CommandFiles(program.command, searchPath: searchPath).parts
            for path in parts.map(\.path) + program.companions { try add(path) }
        } catch {
            throw PluginFailure(plugin: program.name, .unlockable(error.reason))
        }
    }

    private mutating func add(_ path: String) throws(Unlockable) {
        let path = FilePaths.normalised(path)
        guard let real = FileSystem.realPath(path) else { throw Unlockable(noSuchFile(path)) }
        guard isSeen.insert(path).inserted else { return }
        if real != path { links[path] = real }
        if FileSystem.isFolder(real) {
            try addFolder(real, File(path: path, real: real, name: "", home: real), depth: 0)
        } else {
            files.append(File(path: path, real: real, home: real))
        }
    }

    /// Everything in a folder. Byte-code that Python keeps there is left out, and so never run.
    private mutating func addFolder(_ real: String, _ folder: File, depth: Int) throws(Unlockable) {
        guard depth < Self.maximumDepth else { throw Unlockable(tooMuch(folder.path)) }
        for entry in FileSystem.names(in: real) where entry != "__pycache__" {
            // A link that leads nowhere runs nothing, and is not in the copy.
            guard let target = FileSystem.realPath(real + "/" + entry) else { continue }
            let name = folder.name.map { $0.isEmpty ? entry : $0 + "/" + entry }
            let file = File(path: folder.path + "/" + entry, real: target, name: name, home: folder.home + "/" + entry)
            entries += 1
            guard entries <= Self.maximumEntries else { throw Unlockable(tooMuch(file.path)) }
            if FileSystem.isFolder(target) {
                try addFolder(target, file, depth: depth + 1)
            } else {
                files.append(file)
            }
        }
    }

    /// The command, started from where `place` says that a path of it lies now.
    func command(_ original: [String], at place: (String) -> String) -> [String] {
        var command = original
        for part in parts { command[part.word] = part.prefix + place(FilePaths.normalised(part.path)) }
        return command
    }
}

// MARK: - Messages

private func loads(_ variable: String) -> LocalizedText {
    LocalizedText(
        zh: "它的 environment 传入 \(variable)，由此决定载入哪些代码，锁不住；请去掉它，把所用的模块写在 files: 下",
        en:
            "its environment passes \(variable) on, which decides what code is loaded and cannot be locked; leave it out, and "
            + "name the modules under files:"
    )
}

private func noSuchFile(_ path: String) -> LocalizedText {
    LocalizedText(zh: "没有文件 \(path)；请检查路径", en: "there is no file \(path); check the path")
}

private func tooMuch(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 所在的文件夹内容过多或层次过深，不像插件自己的文件；请写出插件所用的那些文件",
        en:
            "the folder that \(path) is in holds more files, or deeper ones, than a plugin's own; name the files that it needs"
    )
}
