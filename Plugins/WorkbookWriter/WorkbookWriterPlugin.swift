import PluginKit

@main
struct WorkbookWriterPlugin {
    static func main() async {
        await serve(WorkbookWriter(), version: "0.1.0")
    }
}
