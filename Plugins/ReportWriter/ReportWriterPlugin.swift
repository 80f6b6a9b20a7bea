import PluginKit

@main
struct ReportWriterPlugin {
    static func main() async {
        await serve(ReportWriter(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
