import PluginKit

@main
struct DeductionAuditorPlugin {
    static func main() async {
        await serve(DeductionAuditor(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
