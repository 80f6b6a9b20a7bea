import PluginKit

@main
struct DocumentCommenterPlugin {
    static func main() async {
        await serve(DocumentCommenter(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
