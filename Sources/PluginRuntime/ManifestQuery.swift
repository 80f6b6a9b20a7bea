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
    let output: (text: String, exit: String?, lack: LocalizedText?, lastWords: [String])
    do {
        output = try await withRawPlugin(
            program,
            arguments: [manifestOption],
            as: standing,
            outputLimit: 1 << 20
        ) { plugin in
            plugin.closeInput()
            let exit = await plugin.exit(within: .seconds(seconds))
            return (plugin.rest().joined(separator: "\n"), exit, plugin.lack, plugin.standardError)
        }
    } catch let failure as PluginFailure {
        throw failure
    } catch let error as FileError {
        throw PluginFailure(plugin: program.name, .noRoom(error.sentence))
    } catch {
        throw PluginFailure(plugin: program.name, .spawnFailed("\(error)"))
    }
    func failure(_ reason: PluginFailure.Reason) -> PluginFailure {
        PluginFailure(plugin: program.name, reason, standardError: output.lastWords)
    }
    if let lack = output.lack { throw PluginFailure(plugin: program.name, .noRoom(lack)) }
    guard let exit = output.exit else {
        throw failure(.hung(call: manifestOption, seconds: seconds))
    }
    if output.text.isEmpty {
        // A shell says so of a command that is not there, or cannot be run.
        if output.lastWords.isEmpty && exit != "exit status 0" || ["exit status 126", "exit status 127"].contains(exit)
        {
            throw failure(.spawnFailed(exit))
        }
        let printedNothing = "it printed nothing and ended; does its file run the plugin at its end?"
        throw failure(
            exit == "exit status 0"
                ? .nonsense(call: manifestOption, detail: printedNothing)
                : .crashed(status: exit, during: manifestOption)
        )
    }
    do {
        return try PluginManifest.read(JSONReader.read(output.text.utf8), of: manifestOption)
    } catch {
        throw failure(.nonsense(call: manifestOption, detail: "\(error)"))
    }
}

/// What a plugin is asked for its manifest with.
let manifestOption = "--plugin-manifest"
