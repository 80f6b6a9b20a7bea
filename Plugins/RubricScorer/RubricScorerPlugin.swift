import PluginKit

@main
struct RubricScorerPlugin {
    static func main() async {
        await serve(RubricScorer(), version: "0.1.0", isReusable: true, isRepeatable: true)
    }
}
