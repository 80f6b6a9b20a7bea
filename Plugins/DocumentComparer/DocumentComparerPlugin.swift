import PluginKit

@main
struct DocumentComparerPlugin {
    static func main() async { await serve(DocumentComparer(), version: "0.1.0", isReusable: true, isRepeatable: true) }
}
