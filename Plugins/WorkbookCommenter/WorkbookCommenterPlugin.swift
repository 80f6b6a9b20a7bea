import PluginKit

@main
struct WorkbookCommenterPlugin {
    static func main() async {
        await serve(WorkbookCommenter(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
