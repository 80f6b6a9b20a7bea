import PluginKit

@main
struct ProseReconcilerPlugin {
    static func main() async {
        await serve(ProseReconciler(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
