internal import LocalFiles
internal import ReviewModel
internal import YAMLDocument

// What the loader says about documents and the files that they name.

func cycle(_ chain: String) -> Diagnostic.Wording {
    .init(
        zh: "文件互相引用，形成循环：\(chain)",
        en: "these files include each other in a circle: \(chain)",
        hintZh: "去掉其中一处 !include 或 extends",
        hintEn: "remove one of the !include or extends"
    )
}

func tooManyFiles() -> Diagnostic.Wording {
    .init(
        zh: "引用的文件过多或层次过深（最多 \(DocumentLoader.maximumDepth) 层、\(DocumentLoader.maximumFiles) 个文件）",
        en: "too many files, or includes nested too deeply "
            + "(at most \(DocumentLoader.maximumDepth) levels, \(DocumentLoader.maximumFiles) files)"
    )
}

func unreadable(_ path: String, _ error: FileError) -> Diagnostic.Wording {
    .init(
        zh: "无法读取文件\(quoted(path))（\(error.reason.zh)）",
        en: "cannot read the file \(quoted(path)): \(error.reason.en)",
        hintZh: backslashHint(path)?.zh ?? error.help?.zh ?? "路径相对于写有它的文件",
        hintEn: backslashHint(path)?.en ?? error.help?.en ?? "paths are relative to the file that they are written in"
    )
}

/// For a path as Windows writes it, or with a character in it that only looks right.
private func backslashHint(_ path: String) -> LocalizedText? {
    guard path.utf8.contains(UInt8(ascii: "\\")) else {
        return path.firstOddCharacter(where: \.isInvisible) == nil ? nil : oddCharacterHint(in: path)
    }
    let meant = String(path.map { $0 == "\\" ? "/" : $0 })
    return LocalizedText(zh: "文件夹之间写斜线：\(quoted(meant))", en: "folders are parted by \"/\": \(quoted(meant))")
}

func notText(_ path: String) -> FileError {
    FileError(
        path,
        reason: LocalizedText(zh: "不是 UTF-8 文本", en: "not UTF-8"),
        help: LocalizedText(zh: "请另存为 UTF-8 编码的文本", en: "save it as text in UTF-8")
    )
}

func unknownTag(_ tag: String) -> Diagnostic.Wording {
    .init(
        zh: "未知的标签\(quoted(tag))",
        en: "unknown tag \(quoted(tag))",
        hintZh: "可用的标签是 !include、!file 和 !secret",
        hintEn: "the tags are !include, !file and !secret"
    )
}

func unknownVariable(_ name: String) -> Diagnostic.Wording {
    .init(
        zh: "环境变量\(quoted(name))没有设置",
        en: "the environment variable \(quoted(name)) is not set",
        hintZh: "运行前先设置它：export 名称=值",
        hintEn: "set it before the run: export NAME=VALUE"
    )
}

func nothingToReplace(_ name: String) -> Diagnostic.Wording {
    .init(
        zh: "没有步骤有设置\(quoted(name))，无可替换",
        en: "no step has a setting \(quoted(name)) to replace",
        hintZh: "请在 pipeline 的某一步写 with: {\(name): …}",
        hintEn: "a step of the pipeline needs with: {\(name): …}"
    )
}

func badPath() -> Diagnostic.Wording {
    .init(
        zh: "此处应为相对路径，如 ../tables/town.yaml",
        en: "expected a relative path such as ../tables/town.yaml"
    )
}

func extendsByInclude() -> Diagnostic.Wording {
    .init(
        zh: "此处 extends 应直接写相对路径，不用 !include，如 extends: ../pipelines/full-review.yaml",
        en: "extends takes a relative path here, without !include: extends: ../pipelines/full-review.yaml"
    )
}

func tooLargeTogether() -> Diagnostic.Wording {
    let (all, repeated) = (DocumentLoader.maximumSize, DocumentLoader.maximumRepeatedSize)
    return .init(
        zh: "全部文件合起来过大（最多 \(all.nodes) 个值、\(all.bytes >> 20) MiB；其中重复引用的最多 \(repeated.nodes) 个值、"
            + "\(repeated.bytes >> 20) MiB）",
        en: "all files together are too large (at most \(all.nodes) values and \(all.bytes >> 20) MiB, "
            + "of that by including files again \(repeated.nodes) values and \(repeated.bytes >> 20) MiB)",
        hintZh: "同一文件只引用一次；大表移到工作簿，用 !file 交给插件",
        hintEn: "include a file once; move large tables to a workbook and hand it to a plugin with !file"
    )
}

func misplacedFile() -> Diagnostic.Wording {
    .init(
        zh: "!file 只能写在步骤的设置（with:）里",
        en: "!file stands only among the settings of a step, under with:",
        hintZh: "引用 YAML 或文本请用 !include",
        hintEn: "for YAML and texts there is !include"
    )
}

func unusableFile(_ path: String, _ error: FileError) -> Diagnostic.Wording {
    .init(
        zh: "文件\(quoted(path, limit: 200))不能交给插件：\(error.reason.zh)",
        en: "the file \(quoted(path, limit: 200)) cannot be handed to a plugin: \(error.reason.en)",
        hintZh: backslashHint(path)?.zh ?? error.help?.zh ?? "路径相对于写有它的文件",
        hintEn: backslashHint(path)?.en ?? error.help?.en ?? "paths are relative to the file that they are written in"
    )
}

func tooManyNamedFiles() -> Diagnostic.Wording {
    let (count, bytes) = (FileSetting.maximumCount, FileSetting.maximumTotalBytes >> 20)
    return .init(
        zh: "用 !file 交给插件的文件过多或过大（最多 \(count) 个，合计 \(bytes) MiB）",
        en: "too much is handed to plugins with !file (at most \(count) files, \(bytes) MiB together)",
        hintZh: "请分成几个 spec",
        hintEn: "make several specs of it"
    )
}
