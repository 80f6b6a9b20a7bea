import PluginKit

@main
struct TargetCheckerPlugin {
    static func main() async {
        await serve(TargetChecker(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
