internal import PluginWire
public import ReviewModel

/// Manifests as JSON for machines, with where each program was found.
public enum ManifestDocument {
    public static func list(_ plugins: [(PluginProgram, PluginManifest)]) -> [UInt8] {
        JSONWriter.document(.list(plugins.map { value($0.0, $0.1) }))
    }

    public static func one(_ program: PluginProgram, _ manifest: PluginManifest) -> [UInt8] {
        JSONWriter.document(value(program, manifest))
    }

    private static func value(_ program: PluginProgram, _ manifest: PluginManifest) -> Value {
        var record = manifest.wire.record ?? Record()
        record["origin"] = .text(program.origin.rawValue)
        record["command"] = .list(program.command.map(Value.text))
        if let installation = program.installation {
            record["licence"] = .text(installation.licence)
            if let homepage = installation.homepage { record["homepage"] = .text(homepage) }
            record["folder"] = .text(installation.folder)
        }
        return .record(record)
    }
}
