internal import LocalFiles
package import ReviewModel

/// Which version a program of the machine is, by what it answers to `--version`: the first number with dots in it, or else the
/// first number. `nil` where it says none within ten seconds.
package func versionOfProgram(_ path: String) async throws -> (version: PluginVersion?, text: String) {
    let program = PluginProgram(name: FilePaths.name(of: path), command: [path], origin: .path)
    let lines = try await withRawPlugin(
        program,
        arguments: ["--version"],
        as: .inRun(passing: []),
        outputLimit: 1 << 16
    ) {
        plugin in
        plugin.closeInput()
        _ = await plugin.exit(within: .seconds(10))
        return plugin.rest() + plugin.standardError
    }
    let text = lines.first { !$0.isEmpty } ?? ""
    return (version(in: lines.prefix(5).joined(separator: " ")), text)
}

/// The first number with dots in a text, `1.6` of `jq-1.6`, or else the first number.
func version(in text: String) -> PluginVersion? {
    let runs = text.split { !($0.isASCII && ($0.isNumber || $0 == ".")) }.map { run in
        run.split(separator: ".").prefix(4).joined(separator: ".")
    }.filter { !$0.isEmpty }
    return (runs.first { $0.contains(".") } ?? runs.first).flatMap(PluginVersion.init)
}
