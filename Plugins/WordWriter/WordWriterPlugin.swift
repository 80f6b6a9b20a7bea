import PluginKit

@main
struct WordWriterPlugin {
    static func main() async {
        await serve(WordWriter(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
