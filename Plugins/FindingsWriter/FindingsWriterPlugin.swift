import PluginKit

@main
struct FindingsWriterPlugin {
    static func main() async {
        await serve(FindingsWriter(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
