internal import Glibc
internal import LocalFiles
package import ReviewModel

/// The folder in which plugins are installed, each in a folder of its name.
public struct PluginStore: Sendable, Hashable {
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// The variable that names another folder.
    public static let variable = "PINGSHEN_PLUGINS"

    /// Where the user's plugins are: what `PINGSHEN_PLUGINS` names, or `pingshen/plugins` in `XDG_DATA_HOME`, by default
    /// `~/.local/share`. `nil` where there is no home.
    public static var ofUser: PluginStore? {
        folder(FileSystem.environment).map(PluginStore.init)
    }

    static func folder(_ environment: (String) -> String?) -> String? {
        if let named = environment(variable), !named.isEmpty { return FileSystem.absolute(named) }
        func absolute(_ name: String) -> String? { environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
        let data = absolute("XDG_DATA_HOME") ?? absolute("HOME").map { $0 + "/.local/share" }
        return data.map { $0 + "/pingshen/plugins" }
    }

    /// The folder of the plugin `name`, whether there is one or not.
    package func place(of name: String) -> String { folder + "/" + name }

    /// The names of what is installed.
    public var names: [String] {
        FileSystem.names(in: folder).filter { !$0.hasPrefix(".") && FileSystem.isFolder(folder + "/" + $0) }
    }

    /// The plugin `name`; `nil` where none of that name is installed. One that cannot be read is there, and not started.
    public func program(_ name: String, searchPath: [String]) -> PluginProgram? {
        guard !name.hasPrefix("."), !name.contains("/"), FileSystem.exists(place(of: name)) else { return nil }
        var program = PluginProgram(name: name, command: [place(of: name)], origin: .installed)
        if let mistrust {
            program.installed = .unusable(mistrust)
        } else if let installation = Installation(in: place(of: name)), installation.name == name {
            program = Self.program(of: installation, searchPath: searchPath)
        } else {
            program.installed = .unusable(isUnreadable(place(of: name)))
        }
        return program
    }

    /// How an installed plugin is started.
    static func program(of installation: Installation, searchPath: [String]) -> PluginProgram {
        var words = installation.words
        var program = PluginProgram(name: installation.name, command: words, origin: .installed)
        if !words[0].contains("/") {
            guard let folder = searchPath.first(where: { FileSystem.isExecutable($0 + "/" + words[0]) }) else {
                program.installed = .unusable(needsProgram(words[0]))
                return program
            }
            words[0] = folder + "/" + words[0]
        }
        program.command = words
        program.companions = [installation.filesFolder]
        // Byte-code that is left in its folder would not belong to it.
        program.copy = installation.filesFolder
        program.installed = .sound(installation)
        return program
    }

    /// Why nothing in it may be started: somebody else could have put it there.
    package var mistrust: LocalizedText? {
        var status = stat()
        guard stat(folder, &status) == 0 else { return nil }
        if status.st_uid != geteuid(), status.st_uid != 0 { return isOfOthers(folder) }
        return status.st_mode & 0o022 == 0 ? nil : isOpenToOthers(folder)
    }
}

extension PluginProgram {
    /// What is known of a plugin that was installed.
    package enum Installed: Sendable, Hashable {
        case sound(Installation)
        /// It is there and cannot be used; half a sentence says why and what to do.
        case unusable(LocalizedText)
    }

    /// What is installed, where it was.
    public var installation: Installation? { if case .sound(let found)? = installed { found } else { nil } }

    /// Why it must not be started; looked at before each start.
    package func obstacle() -> PluginFailure.Reason? {
        switch installed {
        case nil: nil
        case .unusable(let reason)?: .unusableInstallation(reason)
        case .sound(let installation)?: installation.deviation().map { .notAsInstalled($0) }
        }
    }
}

// MARK: - Messages

private func isUnreadable(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh:
            "\(folder) 中没有可用的安装记录（\(Installation.recordName)）；请用 pingshen plugins add 重新安装，或用 pingshen plugins remove 移除",
        en:
            "\(folder) has no record of an installation that can be read (\(Installation.recordName)); add it again with "
            + "pingshen plugins add, or remove it with pingshen plugins remove"
    )
}

private func needsProgram(_ name: String) -> LocalizedText {
    LocalizedText(
        zh: "PATH 上没有它所需的程序 \(quoted(name))；请先安装",
        en: "the program \(quoted(name)), which it needs, is not on PATH; install it"
    )
}

private func isOfOthers(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh: "插件文件夹 \(folder) 属于别的用户，其中的插件不予启动；请用 \(PluginStore.variable) 指定自己的文件夹",
        en:
            "the folder of plugins, \(folder), belongs to another user, and nothing in it is started; name one of your own by "
            + PluginStore.variable
    )
}

private func isOpenToOthers(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh: "别的用户可以写入插件文件夹 \(folder)，其中的插件不予启动；请执行：chmod go-w \(folder)",
        en:
            "other users may write to the folder of plugins, \(folder), and nothing in it is started: chmod go-w \(folder)"
    )
}
