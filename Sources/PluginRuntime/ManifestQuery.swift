internal import JSONDocument
internal import LocalFiles
internal import PluginWire
public import ReviewModel

/// What a plugin says of itself, asked with `--plugin-manifest`: no session is started.
///
/// - Throws: ``PluginFailure`` when it cannot be started, does not answer within ten seconds and a mebibyte, or answers no
///   manifest.
public func manifest(of program: PluginProgram) async throws(PluginFailure) -> PluginManifest {
    try await manifest(of: program, as: .known(in: FileSystem.realPath(".") ?? "/"), within: 10)
}

/// The same, of a plugin that nobody trusts yet: it sees nothing of the user's environment, starts in its own folder, has
/// the limits of any plugin, and is shut in where there is a sandbox. It has half a minute: nothing is compiled beforehand in a
/// fresh copy, and it is asked once.
package func manifest(
    of program: PluginProgram,
    shutInBy sandbox: Sandbox?
) async throws(PluginFailure) -> PluginManifest {
    try await manifest(of: program, as: .inRun(sandbox, passing: []), within: 30)
}

private func manifest(
    of program: PluginProgram,
    as standing: RawPlugin.Standing,
    within seconds: Int
) async throws(PluginFailure) -> PluginManifest {
    let output: (text: String, exit: String?, end: LocalizedText?, lack: LocalizedText?, lastWords: [String])
    do {
        output = try await withRawPlugin(
            program,
            arguments: [manifestOption],
            as: standing,
            outputLimit: 1 << 20
        ) { plugin in
            plugin.closeInput()
            let exit = await plugin.exit(within: .seconds(seconds))
            return (plugin.rest().joined(separator: "\n"), exit, plugin.end, plugin.lack, plugin.standardError)
        }
    } catch let failure as PluginFailure {
        throw failure
    } catch let error as FileError {
        throw PluginFailure(plugin: program.name, .noRoom(error.sentence))
    } catch {
        throw PluginFailure(plugin: program.name, .spawnFailed(LocalizedText("\(error)")))
    }
    func failure(_ reason: PluginFailure.Reason) -> PluginFailure {
        PluginFailure(plugin: program.name, reason, standardError: output.lastWords)
    }
    if let lack = output.lack { throw PluginFailure(plugin: program.name, .noRoom(lack)) }
    guard let exit = output.exit else {
        throw failure(.hung(call: manifestOption, seconds: seconds))
    }
    if output.text.isEmpty {
        let end = output.end ?? LocalizedText(exit)
        // A shell says so of a command that is not there, or cannot be run.
        if output.lastWords.isEmpty && exit != "exit status 0" || ["exit status 126", "exit status 127"].contains(exit)
        {
            throw failure(.spawnFailed(end))
        }
        throw failure(
            exit == "exit status 0"
                ? .nonsense(call: manifestOption, printedNothing)
                : .crashed(status: end, during: manifestOption)
        )
    }
    do {
        return try PluginManifest.read(JSONReader.read(output.text.utf8), of: manifestOption)
    } catch let error as RPCError {
        throw failure(.nonsense(call: manifestOption, error.complaint))
    } catch let error as JSONSyntaxError {
        throw failure(.nonsense(call: manifestOption, notJSON(error)))
    } catch {
        throw failure(.nonsense(call: manifestOption, LocalizedText("\(error)")))
    }
}

/// What a plugin is asked for its manifest with.
let manifestOption = "--plugin-manifest"

// MARK: - Messages

private let printedNothing = LocalizedText(
    zh: "它什么也没有输出就结束了；它的文件末尾是否运行了插件？",
    en: "it printed nothing and ended; does its file run the plugin at its end?"
)

private func notJSON(_ error: JSONSyntaxError) -> LocalizedText {
    LocalizedText(zh: "不是 JSON：第 \(error.offset) 字节处\(error.words.zh)", en: "\(error)")
}
