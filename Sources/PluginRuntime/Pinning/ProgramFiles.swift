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
        /// The folder of modules that it is locked with, by its place in ``ProgramFiles/folders``; `nil` for a file that is locked
        /// by itself.
        var folder: Int?
        /// Where it lies, links that the spec names followed: what is linked from within a folder is taken to lie there.
        var home: String
    }

    package private(set) var files: [File] = []
    /// Folders that are locked as one: those of modules, and that of an installed plugin.
    package private(set) var folders: [String] = []
    /// Names of the plugin's that lead to programs of the machine, and these.
    private(set) var outside: [String: String] = [:]
    /// Names of the plugin's that lead to programs of the machine, and the machine's names for these, which are locked: what is
    /// started must not be another program of the machine.
    package private(set) var machineNames: [(path: String, leadsTo: String)] = []
    /// What is there without a word of the command or of the spec.
    let implicit: [String]
    /// What runs besides, and is the machine's.
    package let uncovered: Uncovered?
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
    /// Files of modules: large ones have twenty thousand.
    private static let maximumModules = 50_000

    /// - Throws: ``PluginFailure`` where nobody can say which files run.
    package init(_ program: PluginProgram) throws(PluginFailure) {
        do throws(Unlockable) {
            if let variable = program.environment.first(where: LoadingVariables.contains) {
                throw Unlockable(loads(variable))
            }
            let path = FileSystem.environment("PATH") ?? ""
            let searchPath = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
            let command = try CommandFiles(program.command, searchPath: searchPath)
            (parts, uncovered) = (command.parts, command.uncovered)
            machineNames = command.parts.compactMap { part in
                // What is found on PATH is the machine's own, and leads elsewhere on another machine.
                guard let name = part.machineName, !searchPath.contains(FilePaths.folder(of: part.path)) else {
                    return nil
                }
                return (FilePaths.normalised(part.path), name)
            }
            implicit = command.modules.files + command.modules.folders + machineNames.map(\.path)
            if let folder = program.installation?.filesFolder { try add(folder, asOne: true) }
            for part in parts {
                if part.isOfMachine {
                    try addOutside(part.path)
                } else if part.machineName == nil {
                    try add(part.path)
                }
            }
            for path in program.companions { try add(path) }
            for path in command.modules.files { try add(path) }
            for path in command.modules.folders where !isSeen.contains(where: { path.hasPrefix($0 + "/") }) {
                try add(path, asOne: true)
            }
        } catch {
            throw PluginFailure(plugin: program.name, .unlockable(error.reason))
        }
    }

    /// A name that leads to a program of the machine: the name is the plugin's, the program is not.
    private mutating func addOutside(_ path: String) throws(Unlockable) {
        let path = FilePaths.normalised(path)
        guard let real = FileSystem.realPath(path) else { throw Unlockable(noSuchFile(path)) }
        isSeen.insert(path)
        outside[path] = real
    }

    private mutating func add(_ path: String, asOne: Bool = false) throws(Unlockable) {
        let path = FilePaths.normalised(path)
        guard let real = FileSystem.realPath(path) else { throw Unlockable(noSuchFile(path)) }
        // What lies in a folder that is locked as one is locked.
        guard isSeen.insert(path).inserted, !folders.contains(where: { path.hasPrefix($0 + "/") }) else { return }
        if real != path { links[path] = real }
        if FileSystem.isFolder(real) {
            var folder = File(path: path, real: real, name: "", home: real)
            if asOne {
                folder.folder = folders.count
                folders.append(path)
            }
            try addFolder(real, folder, depth: 0)
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
            var file = File(path: folder.path + "/" + entry, real: target, name: name, home: folder.home + "/" + entry)
            file.folder = folder.folder
            entries += 1
            guard entries <= (file.folder == nil ? Self.maximumEntries : Self.maximumModules) else {
                throw Unlockable(tooMuch(file.path))
            }
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
        for part in parts {
            let isInCopy = part.isOfMachine || part.machineName == nil
            let path = isInCopy ? place(FilePaths.normalised(part.path)) : part.machineName ?? part.path
            command[part.word] = part.prefix + path
        }
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
