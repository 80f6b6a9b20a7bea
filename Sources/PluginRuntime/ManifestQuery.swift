internal import LocalFiles
internal import PluginWire
public import ReviewModel

/// What a plugin says of itself, asked with `--plugin-manifest`: no session is started.
///
/// - Throws: ``PluginFailure`` when it cannot be started, does not answer within ten seconds and a mebibyte, or answers no
///   manifest.
public func manifest(of program: PluginProgram) async throws(PluginFailure) -> PluginManifest {
    let output: (text: String, exit: String?)
    do {
        output = try await withRawPlugin(
            program,
            arguments: ["--plugin-manifest"],
            in: FileSystem.realPath(".") ?? "/",
            outputLimit: 1 << 20
        ) { plugin in
            plugin.closeInput()
            let exit = await plugin.exit(within: .seconds(10))
            return (plugin.rest().joined(separator: "\n"), exit)
        }
    } catch {
        throw PluginFailure(plugin: program.name, .spawnFailed("\(error)"))
    }
    guard let exit = output.exit else {
        throw PluginFailure(plugin: program.name, .hung(call: "--plugin-manifest", seconds: 10))
    }
    if output.text.isEmpty { throw PluginFailure(plugin: program.name, .spawnFailed(exit)) }
    do {
        return try PluginManifest.read(JSONReader.read(output.text.utf8), of: "--plugin-manifest")
    } catch {
        throw PluginFailure(plugin: program.name, .nonsense(call: "--plugin-manifest", detail: "\(error)"))
    }
}
