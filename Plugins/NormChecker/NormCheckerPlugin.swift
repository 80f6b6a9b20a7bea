import PluginKit

@main
struct NormCheckerPlugin {
    static func main() async {
        await serve(NormChecker(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
