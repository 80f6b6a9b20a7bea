import PluginKit

@main
struct SheetReaderPlugin {
    static func main() async {
        await serve(SheetReader(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
