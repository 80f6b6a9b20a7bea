internal import LocalFiles
package import ReviewModel
internal import Subprocess
internal import SystemPackage

/// Shuts plugins in with bubblewrap: no network, no socket, nothing to write to but the plugin's own folders, no other
/// process in sight, no right that the user has as root, and an end with the host's.
package struct Sandbox: Sendable {
    /// The absolute path of `bwrap`.
    package let program: String

    /// Folders where other programs leave sockets and files of theirs. In `/tmp` and `/var/tmp` plugins may write all the same:
    /// into a folder of their own, which counts as theirs.
    private static let hidden = Set(["/tmp", "/var/tmp", "/run"].compactMap(FileSystem.realPath)).sorted()

    /// Finds bubblewrap and tries it once, for a machine may have it and not allow it.
    ///
    /// - Throws: ``SandboxUnavailable``, which says what is missing.
    package static func available() async throws -> Sandbox {
        let folders = (FileSystem.environment("PATH") ?? "/usr/bin:/bin").split(separator: ":")
        guard let program = folders.map({ "\($0)/bwrap" }).first(where: { FileSystem.isExecutable($0) }) else {
            throw SandboxUnavailable(message: notInstalled())
        }
        guard SystemCallFilter.program != nil else { throw SandboxUnavailable(message: unknownProcessor()) }
        let sandbox = Sandbox(program: program)
        let trial = try? await withTemporaryFolder { folder in
            let own = folder + "/trial"
            try FileSystem.makeFolder(own)
            let command = try sandbox.wrap(["/bin/true"], folder: own, readable: [])
            return try await Subprocess.run(
                .path(FilePath(command[0])),
                arguments: Arguments(Array(command.dropFirst())),
                output: .discarded,
                error: .string(limit: 4096)
            )
        }
        if case .exited(0)? = trial?.terminationStatus { return sandbox }
        throw SandboxUnavailable(message: notAllowed(trial?.standardError ?? ""))
    }

    /// The command that runs `command` of `plugin` inside, able to write to `folder` and to read `readable`.
    ///
    /// - Throws: ``FileError`` where the folders that it needs cannot be made beside `folder`.
    func wrap(
        _ command: [String],
        of plugin: PluginProgram,
        folder: String,
        readable: [String] = []
    ) throws(FileError) -> [String] {
        // A private copy holds all that runs; else it is what the words name, links and what they lead to.
        // Beside an installed plugin a spec may name further files.
        let further = plugin.installed == nil ? [] : plugin.companions
        let files = plugin.copy.map { [$0] + further } ?? command + plugin.companions + command.flatMap(modules)
        return try wrap(command, folder: folder, readable: readable + files, limits: plugin.limits)
    }

    /// Files of the same kind beside a script in a hidden folder, `*.py` beside `check.py`: what it imports without a word
    /// in the spec. Not of others in a folder that is everybody's.
    private func modules(beside script: String) -> [String] {
        guard isHidden(script), let real = FileSystem.realPath(script), FileSystem.isRegularFile(real) else {
            return []
        }
        let (folder, name) = (FilePaths.folder(of: real), FilePaths.name(of: real))
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex, !Self.hidden.contains(folder) else { return [] }
        let kind = name[dot...]
        let found = FileSystem.names(in: folder).filter { $0.hasSuffix(kind) }.map { folder + "/" + $0 }
        return Array(found.filter(FileSystem.isRegularFile).prefix(Self.maximumModules))
    }

    /// Each is a mount.
    private static let maximumModules = 100

    /// What a plugin can write to in the sandbox besides `folder`, its own.
    static func furtherFolders(of folder: String) -> [String] {
        ["tmp", "shm"].map { place(beside: folder) + "/" + $0 }
    }

    /// No plugin's folder has a name with a dot before it.
    private static func place(beside folder: String) -> String {
        FilePaths.folder(of: folder) + "/." + FilePaths.name(of: folder)
    }

    private func wrap(
        _ command: [String],
        folder: String,
        readable: [String],
        limits: ResourceLimits? = nil
    ) throws(FileError) -> [String] {
        let further = Self.furtherFolders(of: folder)
        for folder in further { try FileSystem.makeFolder(folder) }
        let filter = Self.place(beside: folder) + "/filter"
        try FileSystem.write(SystemCallFilter.program ?? [], to: filter)
        // bwrap wants the filter on a descriptor; the shell opens it and is gone. It sets the limits, too: bwrap may have
        // started the plugin before the host has set bwrap's.
        let script = (limits?.shellCommands ?? "") + "exec 3<\"$1\" && shift && exec \"$@\""
        return ["/bin/sh", "-c", script, "sh", filter, program, "--seccomp", "3"]
            + arguments(further, folder, readable) + ["--"] + command
    }

    private func arguments(_ further: [String], _ folder: String, _ readable: [String]) -> [String] {
        [
            // Root as well is nobody in particular in a user namespace, and without capabilities no mount can be changed.
            "--unshare-all", "--unshare-user", "--cap-drop", "ALL", "--die-with-parent",
            "--ro-bind", "/", "/",
            "--dev", "/dev", "--bind", further[1], "/dev/shm", "--remount-ro", "/dev",
            // Without capabilities root could still write to what belongs to root there: /proc/sys.
            "--proc", "/proc", "--remount-ro", "/proc",
        ] + Self.hidden.flatMap { $0 == "/run" ? ["--tmpfs", $0] : ["--bind", further[0], $0] } + shown(readable) + [
            "--bind", folder, folder, "--chdir", folder,
        ] + Self.hidden.filter { $0 == "/run" }.flatMap { ["--remount-ro", $0] }
    }

    /// Of the paths those in hidden folders, where they are named and where they lie: just these, not what is around them.
    private func shown(_ paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.filter { $0.hasPrefix("/") }.flatMap { path in
            guard let real = FileSystem.realPath(path) else { return [String]() }
            return [path, real].filter { isHidden($0) && seen.insert($0).inserted }.flatMap { ["--ro-bind", real, $0] }
        }
    }

    private func isHidden(_ path: String) -> Bool { Self.hidden.contains { path.hasPrefix($0 + "/") } }
}

/// Why plugins cannot be shut in here, and what to do about it.
package struct SandboxUnavailable: Error {
    package var message: LocalizedText
}

private func notInstalled() -> LocalizedText {
    LocalizedText(
        zh: "--sandbox 需要 bubblewrap，这台机器上没有。请安装（sudo apt-get install bubblewrap），或去掉 --sandbox。",
        en: "--sandbox needs bubblewrap, which this machine lacks; install it (sudo apt-get install bubblewrap), "
            + "or leave out --sandbox"
    )
}

private func notAllowed(_ reason: String) -> LocalizedText {
    let line = reason.split(separator: "\n").first.map { "：\($0)" } ?? ""
    let lineEn = reason.split(separator: "\n").first.map { ": \($0)" } ?? ""
    return LocalizedText(
        zh: "这台机器不允许 bubblewrap 建立沙箱\(line)。请允许非特权用户命名空间，或去掉 --sandbox。",
        en: "this machine does not let bubblewrap shut anything in\(lineEn); allow unprivileged user namespaces, "
            + "or leave out --sandbox"
    )
}

private func unknownProcessor() -> LocalizedText {
    LocalizedText(
        zh: "--sandbox 尚不支持这种处理器（支持 x86-64 和 ARM64）。请去掉 --sandbox。",
        en: "--sandbox does not know this kind of processor (it knows x86-64 and ARM64); leave out --sandbox"
    )
}
