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
    let output: (text: String, exit: String?, lack: LocalizedText?)
    do {
        output = try await withRawPlugin(
            program,
            arguments: ["--plugin-manifest"],
            as: standing,
            outputLimit: 1 << 20
        ) { plugin in
            plugin.closeInput()
            let exit = await plugin.exit(within: .seconds(seconds))
            return (plugin.rest().joined(separator: "\n"), exit, plugin.lack)
        }
    } catch let failure as PluginFailure {
        throw failure
    } catch let error as FileError {
        throw PluginFailure(plugin: program.name, .noRoom(error.sentence))
    } catch {
        throw PluginFailure(plugin: program.name, .spawnFailed("\(error)"))
    }
    if let lack = output.lack { throw PluginFailure(plugin: program.name, .noRoom(lack)) }
    guard let exit = output.exit else {
        throw PluginFailure(plugin: program.name, .hung(call: "--plugin-manifest", seconds: seconds))
    }
    if output.text.isEmpty { throw PluginFailure(plugin: program.name, .spawnFailed(exit)) }
    do {
        return try PluginManifest.read(JSONReader.read(output.text.utf8), of: "--plugin-manifest")
    } catch {
        throw PluginFailure(plugin: program.name, .nonsense(call: "--plugin-manifest", detail: "\(error)"))
    }
}
