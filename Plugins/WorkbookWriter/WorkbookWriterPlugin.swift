import ExcelBooks
import PluginKit
import ReviewModel

@main
struct WorkbookWriterPlugin {
    static func main() async {
        let writer = WorkbookWriter()
        var plugin = Plugin(
            name: writer.role.name,
            version: "0.1.0",
            description: writer.role.summary,
            roles: [.renderer(writer), .renderer(ProjectBookWriter())]
        )
        (plugin.isReusable, plugin.isRepeatable) = (true, true)
        await serve(plugin)
    }
}
