internal import LocalFiles
package import ReviewModel
internal import Subprocess
internal import SystemPackage

/// Shuts plugins in with bubblewrap: no network, nothing to write to but the plugin's own folder, no other process in
/// sight, and an end with the host's.
package struct Sandbox: Sendable {
    /// The absolute path of `bwrap`.
    package let program: String

    /// Finds bubblewrap and tries it once, for a machine may have it and not allow it.
    ///
    /// - Throws: ``SandboxUnavailable``, which says what is missing.
    package static func available() async throws -> Sandbox {
        let folders = (FileSystem.environment("PATH") ?? "/usr/bin:/bin").split(separator: ":")
        guard let program = folders.map({ "\($0)/bwrap" }).first(where: { FileSystem.isExecutable($0) }) else {
            throw SandboxUnavailable(message: notInstalled())
        }
        let sandbox = Sandbox(program: program)
        let trial = try? await Subprocess.run(
            .path(FilePath(program)),
            arguments: Arguments(sandbox.arguments(folder: "/tmp", readable: [], command: ["/bin/true"])),
            output: .discarded,
            error: .string(limit: 4096)
        )
        if case .exited(0)? = trial?.terminationStatus { return sandbox }
        throw SandboxUnavailable(message: notAllowed(trial?.standardError ?? ""))
    }

    /// The command that runs `command` inside, able to write to `folder` and to read `readable`.
    package func wrap(
        _ command: [String],
        of plugin: PluginProgram,
        folder: String,
        readable: [String] = []
    ) -> [String] {
        [program] + arguments(folder: folder, readable: readable, command: command)
    }

    private func arguments(folder: String, readable: [String], command: [String]) -> [String] {
        [
            "--unshare-all", "--die-with-parent",
            "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
            // Other programs leave sockets and files of theirs here.
            "--tmpfs", "/tmp", "--tmpfs", "/run", "--tmpfs", "/var/tmp",
            "--bind", folder, folder, "--chdir", folder,
        ] + readable.flatMap { ["--ro-bind", $0, $0] } + filesInTemporaryFolders(command) + ["--"] + command
    }

    /// A plugin that itself lies in a hidden folder stays visible.
    private func filesInTemporaryFolders(_ command: [String]) -> [String] {
        command.filter { part in
            ["/tmp/", "/run/", "/var/tmp/"].contains { part.hasPrefix($0) } && FileSystem.isRegularFile(part)
        }.flatMap { ["--ro-bind", FilePaths.folder(of: $0), FilePaths.folder(of: $0)] }
    }
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
