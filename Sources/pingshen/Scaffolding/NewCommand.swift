internal import ArgumentParser
internal import Glibc
internal import ReviewModel
internal import SpecLoading

extension PluginsCommand {
    /// `plugins new NAME`: a plugin that works at once, to be changed into one's own.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Starts a new plugin: a folder with the plugin, its test, a README and a spec that runs it.",
            discussion: "pingshen plugins new unit-price-check --language python"
        )

        @Argument(help: "Its name: lower-case letters, digits and hyphens, such as unit-price-check.")
        var name: String

        @Option(help: ArgumentHelp("The language to write it in.", valueName: "python|node|swift"))
        var language = Language.python

        @Option(help: ArgumentHelp("Where its folder goes.", valueName: "folder"))
        var folder = "."

        @Option(help: ArgumentHelp("Swift only: the checkout of pingshen that it builds against.", valueName: "path"))
        var pingshen = "../pingshen"

        enum Language: String, ExpressibleByArgument, CaseIterable { case python, node, swift }

        func validate() throws {
            guard PluginLabel.isName(name) else {
                throw ValidationError(
                    "\"\(name)\" is no name for a plugin: use lower-case letters, digits and hyphens, such as unit-price-check."
                )
            }
        }

        func run() throws {
            let target = folder + "/" + name
            guard access(target, F_OK) != 0 else {
                throw ValidationError("\(target) exists already; nothing was written. Choose another name or folder.")
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
