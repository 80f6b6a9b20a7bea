import PluginKit

@main
struct DocumentAuditorPlugin {
    static func main() async {
        await serve(DocumentAuditor(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
