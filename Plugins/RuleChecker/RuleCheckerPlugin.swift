import PluginKit

@main
struct RuleCheckerPlugin {
    static func main() async {
        await serve(RuleChecker(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
