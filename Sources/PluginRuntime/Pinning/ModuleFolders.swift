internal import LocalFiles
package import ReviewModel

/// A virtual environment of Python: a folder with a `pyvenv.cfg`, in which the interpreter that is started from it finds its
/// modules.
struct VirtualEnvironment: Sendable, Hashable {
    /// As the command leads there, links not followed: so does Python.
    var folder: String
    /// Whether the modules of the system's Python are seen as well.
    var seesSystem: Bool

    private static let configurationName = "pyvenv.cfg"
    /// They have some hundred.
    private static let maximumBytes = 1 << 16

    /// The environment that the interpreter at `path` belongs to; `nil` where it belongs to none.
    ///
    /// - Throws: ``Unlockable`` where there are settings of one that cannot be read: an interpreter may read them all the same.
    init?(around path: String) throws(Unlockable) {
        let beside = FilePaths.folder(of: path)
        for folder in [beside, FilePaths.folder(of: beside)] {
            let configuration = folder + "/" + Self.configurationName
            guard FileSystem.mayExist(configuration) else { continue }
            guard let bytes = try? FileSystem.read(configuration, atMost: Self.maximumBytes) else {
                throw Unlockable(cannotBeRead(configuration))
            }
            self.folder = folder
            let lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
            let settings = lines.compactMap { line -> (key: String, value: String)? in
                let parts = line.split(separator: 0x3D, maxSplits: 1).map {
                    withoutBlanks(String(decoding: $0, as: UTF8.self)[...])
                }
                return parts.count == 2 ? (parts[0].lowercased(), parts[1]) : nil
            }
            seesSystem = settings.contains {
                $0.key == "include-system-site-packages" && $0.value.lowercased() == "true"
            }
            // From there Python takes its own library.
            let real = FilePaths.folder(of: FileSystem.realPath(path) ?? path)
            for (key, home) in settings where key == "home" {
                let home = FilePaths.normalised(home)
                if home != real, !MachineProgram.isOfSystem(home + "/") {
                    throw Unlockable(isElsewhere(configuration, home, real))
                }
            }
            return
        }
        return nil
    }

    var configuration: String { folder + "/" + Self.configurationName }

    /// Its folders of modules: `lib/python3.11/site-packages`.
    var modules: [String] {
        ["lib", "lib64"].flatMap { name -> [String] in
            let library = folder + "/" + name
            // One is a link to the other.
            if FileSystem.isLink(library) { return [] }
            return FileSystem.names(in: library, beginningWith: "python").map { library + "/" + $0 + "/site-packages" }
                + FileSystem.names(in: library, beginningWith: "pypy").map { library + "/" + $0 + "/site-packages" }
        }.filter(FileSystem.isFolder)
    }
}

/// What interpreters load without a word of the command: `site-packages` of a virtual environment, `node_modules` beside a script
/// and above it, and the files that say how they are loaded.
struct ModuleFolders {
    private(set) var files: [String] = []
    private(set) var folders: [String] = []

    /// - Throws: ``Unlockable`` where modules lead out of the environment.
    mutating func add(_ environment: VirtualEnvironment) throws(Unlockable) {
        files.append(environment.configuration)
        for folder in environment.modules {
            try requireInside(folder)
            folders.append(folder)
        }
    }

    /// The modules that Node looks for from a script: in each folder above it. The nearest `package.json` says which kind of
    /// modules a script is.
    mutating func addNode(around script: String) {
        guard let real = FileSystem.realPath(script) else { return }
        // A folder that is run is locked with everything in it.
        var folder = FilePaths.folder(of: real)
        var hasPackage = FileSystem.isFolder(real) && FileSystem.isRegularFile(real + "/package.json")
        while true {
            let base = folder == "/" ? "" : folder
            if !hasPackage, FileSystem.isRegularFile(base + "/package.json") {
                files.append(base + "/package.json")
                hasPackage = true
            }
            if FileSystem.isFolder(base + "/node_modules") { folders.append(base + "/node_modules") }
            if folder == "/" { return }
            folder = FilePaths.folder(of: folder)
        }
    }

    /// Ends of lines to some versions of Python and not to others.
    private static func mayEndLine(_ scalar: Unicode.Scalar) -> Bool {
        [0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029].contains(scalar.value)
    }

    /// Files by which Python's `site` is led to other folders. A path from the root leads to what is not in the private copy.
    private func requireInside(_ folder: String) throws(Unlockable) {
        for name in FileSystem.names(in: folder) {
            if name.hasPrefix("__editable__") || name.hasSuffix(".egg-link") {
                throw Unlockable(isEditable(folder + "/" + name))
            }
            guard name.hasSuffix(".pth") else { continue }
            // Python reads more than is read here: what is not plainly inside is refused.
            guard let bytes = try? FileSystem.read(folder + "/" + name, atMost: 1 << 20),
                let text = String(validating: bytes, as: UTF8.self),
                !text.unicodeScalars.contains(where: Self.mayEndLine)
            else { throw Unlockable(isEditable(folder + "/" + name)) }
            for line in text.split(whereSeparator: \.isNewline).map(withoutBlanks) where !line.isEmpty {
                if line.hasPrefix("#") || line.hasPrefix("import ") || line.hasPrefix("import\t") { continue }
                if line.hasPrefix("/") || line.split(separator: "/").contains("..") {
                    throw Unlockable(isEditable(folder + "/" + name))
                }
            }
        }
    }
}

/// What runs when a plugin is started and is not in the lock, for it is the machine's.
package enum Uncovered: Sendable, Hashable {
    /// Libraries of the system that a program loads.
    case libraries
    /// An interpreter, and what it has of its own.
    case interpreter(path: String, seesSystemModules: Bool, strayModules: [String])

    static func interpreter(
        _ path: String,
        _ family: Interpreter.Family,
        _ environment: VirtualEnvironment?
    ) -> Uncovered {
        .interpreter(
            path: FileSystem.realPath(path) ?? path,
            seesSystemModules: family == .python && environment?.seesSystem ?? true,
            strayModules: family == .node ? strayModules() : []
        )
    }

    /// Folders of modules above the private copies, in which Node looks for what it does not find beside a script.
    private static func strayModules() -> [String] {
        guard var folder = DigestCache.userFolder else { return [] }
        var found: [String] = []
        while true {
            let modules = (folder == "/" ? "" : folder) + "/node_modules"
            if FileSystem.isFolder(modules) { found.append(modules) }
            if folder == "/" { return found }
            folder = FilePaths.folder(of: folder)
        }
    }

    /// Half a sentence, to stand after "not covered".
    package var text: LocalizedText {
        switch self {
        case .libraries:
            return LocalizedText(zh: "它载入的系统程序库", en: "the system's libraries that they load")
        case .interpreter(let path, let seesSystem, let stray):
            let modules =
                seesSystem
                ? LocalizedText(zh: "、系统为它安装的模块", en: ", the modules that the system has for it") : LocalizedText("")
            let more =
                stray.isEmpty
                ? LocalizedText("")
                : LocalizedText(
                    zh: "，以及 \(stray.joined(separator: "、"))（它在私有副本之上也会查找）",
                    en: ", and \(stray.joined(separator: ", ")), where it looks as well, above the private copy"
                )
            return LocalizedText(
                zh: "解释器 \(path)、它自带的程序库\(modules.zh)\(more.zh)",
                en: "the interpreter \(path), its own library\(modules.en)\(more.en)"
            )
        }
    }
}

// MARK: - Messages

private func cannotBeRead(_ configuration: String) -> LocalizedText {
    LocalizedText(
        zh: "\(configuration) 不是可读的虚拟环境设置，Python 却可能读它；请修复或移走它",
        en:
            "\(configuration) is no settings of a virtual environment that can be read, and Python may read it all the same; "
            + "mend it or take it away"
    )
}

private func isElsewhere(_ path: String, _ home: String, _ real: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 让 Python 从 \(home) 取自带的库，解释器却在 \(real)，锁不住；请用 \(real) 中的解释器重建虚拟环境（-m venv）",
        en:
            "\(path) has Python take its own library from \(home), and the interpreter lies in \(real), which cannot be locked; make the "
            + "environment anew with the interpreter there (-m venv)"
    )
}

private func isEditable(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 把 Python 引到虚拟环境之外的模块，锁不住；请把那个包装进虚拟环境（pip install，不加 -e）",
        en:
            "\(path) leads Python to modules outside of the virtual environment, which cannot be locked; install that package "
            + "into it (pip install without -e)"
    )
}

private func withoutBlanks(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
}
