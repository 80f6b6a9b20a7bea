internal import LocalFiles
public import ReviewModel

/// The folder of a batch's own files, which may be filled and tidied only where it is that.
public enum BatchFolder {
    /// What everybody sees in it.
    private static let files = ["across.json", "batch.json", "batch.md", "batch.xlsx", "index.html"]
    /// Those that say themselves what they are, by the schema that they name.
    private static let marked = [("batch.json", BatchResult.schemaName), ("across.json", "pingshen.summary/1")]
    private static let maximumBytes = 256 << 20

    /// What to say of a folder in which files would be replaced that are somebody else's; `nil` where nothing is in the way.
    public static func complaint(_ folder: String) -> LocalizedText? {
        guard let file = files.first(where: { FileSystem.isRegularFile("\(folder)/\($0)") }) else { return nil }
        let isOurs =
            [".cache", ".steps"].contains {
                FileSystem.isFolder("\(folder)/\($0)") && !FileSystem.isLink("\(folder)/\($0)")
            }
            || marked.contains { name, schema in
                let bytes = try? FileSystem.read("\(folder)/\(name)", atMost: maximumBytes)
                return bytes.flatMap { try? JSONReader.read($0) }?["schema"]?.text == schema
            }
        return isOurs ? nil : isForeign(folder, file)
    }
}

private func isForeign(_ folder: String, _ file: String) -> LocalizedText {
    LocalizedText(
        zh: "\(folder) 中已有别人的 \(file)，没有动它；请用 --out 指定别的文件夹，或先移走这个文件夹",
        en:
            "\(folder) has \(file) already that pingshen did not write, so nothing was touched; name another folder with --out, or move this one away"
    )
}
