import PluginKit

@main
struct ReportReaderPlugin {
    static func main() async {
        await serve(ReportReader(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
