internal import ArgumentParser
internal import Glibc
internal import ReviewModel
internal import SpecLoading

extension PluginsCommand {
    /// `plugins new NAME`: a plugin that works at once, to be changed into one's own.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "新建一个插件：一个文件夹，内有插件、测试、README 和运行它的 spec。",
                en: "Starts a new plugin: a folder with the plugin, its test, a README and a spec that runs it."
            ),
            discussion: "pingshen plugins new unit-price-check --language python"
        )

        @Argument(
            help: ArgumentHelp(
                zh: "名称：小写字母、数字和连字符，如 unit-price-check。",
                en: "Its name: lower-case letters, digits and hyphens, such as unit-price-check."
            )
        )
        var name: String

        @Option(help: ArgumentHelp(zh: "用哪种语言写。", en: "The language to write it in.", valueName: "python|node|swift"))
        var language = Language.python

        @Option(help: ArgumentHelp(zh: "其文件夹放在哪里。", en: "Where its folder goes.", valueName: "folder"))
        var folder = "."

        @Option(
            help: ArgumentHelp(
                zh: "仅 Swift：编译所用的 pingshen 源码。",
                en: "Swift only: the checkout of pingshen that it builds against.",
                valueName: "path"
            )
        )
        var pingshen = "../pingshen"

        enum Language: String, ExpressibleByArgument, CaseIterable { case python, node, swift }

        func validate() throws {
            guard PluginLabel.isName(name) else {
                throw ValidationError(
                    zh: "\"\(name)\"不能作插件的名称：请用小写字母、数字和连字符，如 unit-price-check。",
                    en:
                        "\"\(name)\" is no name for a plugin: use lower-case letters, digits and hyphens, such as unit-price-check."
                )
            }
        }

        func run() throws {
            let target = folder + "/" + name
            guard access(target, F_OK) != 0 else {
                throw ValidationError(
                    zh: "\(target) 已经存在，没有写入。请换一个名称或文件夹。",
                    en: "\(target) exists already; nothing was written. Choose another name or folder."
                )
            }
            let files =
                switch language {
                case .python: pythonPlugin(name)
                case .node: nodePlugin(name)
                case .swift: swiftPlugin(name, pingshen: pingshen)
                }
            do throws(ScaffoldError) {
                for file in files { try write(file, in: target) }
            } catch {
                Terminal.error("cannot write \(error.path): \(error.reason)")
                throw ExitCode.cannotWrite
            }
            for file in files { Terminal.result("\(target)/\(file.path)") }
            Terminal.say(nextStep(target, language)(Terminal.locale(nil)))
        }
    }
}

/// A file of a scaffold.
struct ScaffoldFile {
    /// Relative to the plugin's folder.
    var path: String
    var text: String
    var isExecutable = false
}

private struct ScaffoldError: Error {
    var path: String
    var reason: String
}

private func write(_ file: ScaffoldFile, in target: String) throws(ScaffoldError) {
    let path = target + "/" + file.path
    try makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    guard let stream = fopen(path, "wx") else {
        throw ScaffoldError(path: path, reason: String(cString: strerror(errno)))
    }
    let isWritten = fputs(file.text, stream) >= 0
    guard fclose(stream) == 0, isWritten else {
        throw ScaffoldError(path: path, reason: String(cString: strerror(errno)))
    }
    if file.isExecutable { chmod(path, 0o755) }
}

private func makeFolder(_ path: String) throws(ScaffoldError) {
    if path.isEmpty || access(path, F_OK) == 0 || mkdir(path, 0o755) == 0 { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/") else {
        throw ScaffoldError(path: path, reason: String(cString: strerror(errno)))
    }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 else {
        throw ScaffoldError(path: path, reason: String(cString: strerror(errno)))
    }
}

private func nextStep(_ target: String, _ language: PluginsCommand.New.Language) -> LocalizedText {
    let build = language == .swift ? "swift build --package-path \(target) && " : ""
    return LocalizedText(
        zh: "下一步：\(build)pingshen run \(target)/example.yaml",
        en: "next: \(build)pingshen run \(target)/example.yaml"
    )
}
