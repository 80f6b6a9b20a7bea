internal import LocalFiles
internal import ReviewModel
internal import YAMLDocument

/// What was given in place of a spec, where that can be told: a folder, a workbook, a report, or another YAML file.
enum GivenFile {
    case folder(specs: [String])
    case workbook
    case report
    case json
    /// A form, a template, a rubric or a pipeline, which a spec includes.
    case part(LocalizedText, key: String)

    /// - Parameters:
    ///   - root: what the file holds as YAML, if it does.
    ///   - bytes: of the file, if it could be read.
    init?(_ path: String, _ root: YAMLNode?, bytes: [UInt8]?) {
        if FileSystem.isFolder(path) {
            let names = FileSystem.names(in: path).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
            self = .folder(specs: names.prefix(5).map { FilePaths.resolve($0, inFolder: path) })
            return
        }
        guard let bytes else { return nil }
        if let kind = Self.kind(of: bytes, path) {
            self = kind
        } else if let part = root.flatMap(Self.part) {
            self = part
        } else {
            return nil
        }
    }

    private static func kind(of bytes: [UInt8], _ path: String) -> GivenFile? {
        let name = path.lowercased()
        let isZip = bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
        if isZip, [".xlsx", ".xlsm", ".xls", ".et"].contains(where: name.hasSuffix) { return .workbook }
        if isZip, [".docx", ".doc", ".wps"].contains(where: name.hasSuffix) { return .report }
        if bytes.starts(with: Array("%PDF".utf8)) { return .report }
        if name.hasSuffix(".csv") || name.hasSuffix(".tsv") { return .workbook }
        if [".txt", ".md", ".html", ".htm"].contains(where: name.hasSuffix) { return .report }
        return name.hasSuffix(".json") ? .json : nil
    }

    /// Which part of a spec a file is by its keys; `nil` for what has a key that only specs have.
    private static func part(_ root: YAMLNode) -> GivenFile? {
        guard let entries = root.mapping else { return nil }
        let keys = Set(entries.compactMap(\.key.text))
        if keys.contains("pipeline"), !keys.contains("id"), !keys.contains("form") {
            return .part(LocalizedText(zh: "步骤清单", en: "a pipeline"), key: "extends:")
        }
        if keys.contains("pingshen") || keys.contains("pipeline") { return nil }
        let isForm = root["form"]?.text != nil && (keys.contains("fields") || keys.contains("tables"))
        if isForm { return .part(LocalizedText(zh: "表单", en: "a form"), key: "form: !include") }
        if keys.contains("blocks") {
            return .part(LocalizedText(zh: "报告模板", en: "a report template"), key: "template: !include")
        }
        if keys.contains("rubric") || keys.contains("items") && keys.contains("id") {
            return .part(LocalizedText(zh: "评价表", en: "a rubric"), key: "rubric: !include")
        }
        return nil
    }
}

extension LoadedSpec {
    /// Tells what was given in place of a spec, instead of all that it lacks as one.
    mutating func recogniseGivenFile(_ root: YAMLNode?) {
        guard hasErrors, let given = GivenFile(path, root, bytes: sources[path]) else { return }
        let place = SourcePlace(file: path, line: 1, column: 1)
        diagnostics = [Diagnostic(.error, code: "spec/not-a-spec", at: place.place, given.wording(path))]
        spec = nil
    }
}

// MARK: - Messages

extension GivenFile {
    func wording(_ path: String) -> Diagnostic.Wording {
        switch self {
        case .folder(let specs): folder(path, specs)
        case .workbook:
            .init(
                zh: "这是一张工作簿，不是 spec",
                en: "this is a workbook, not a spec",
                hintZh: "在 spec 的步骤里用 !file 写上它，由读表的步骤读取（见 Docs/SOURCES.md）",
                hintEn: "name it with !file in a step of a spec that reads sheets (Docs/SOURCES.md)"
            )
        case .report:
            .init(
                zh: "这是一份报告，不是 spec",
                en: "this is a report, not a spec",
                hintZh: "检查已写好的报告请用：pingshen audit \(path)",
                hintEn: "to check a written report: pingshen audit \(path)"
            )
        case .json:
            .init(
                zh: "这是 JSON 文件，不是 spec",
                en: "this is a JSON file, not a spec",
                hintZh: "评审结果用 pingshen explain 和 pingshen diff 查看",
                hintEn: "a finished review is read with pingshen explain and pingshen diff"
            )
        case .part(let name, let key):
            .init(
                zh: "这是\(name.zh)，不是 spec",
                en: "this is \(name.en), not a spec",
                hintZh: "在 spec 中写 \(key) \(path)，再检查那份 spec",
                hintEn: "write \(key) \(path) in a spec, and give that"
            )
        }
    }

    private func folder(_ path: String, _ specs: [String]) -> Diagnostic.Wording {
        .init(
            zh: "\(quoted(path))是文件夹，不是 spec",
            en: "\(quoted(path)) is a folder, not a spec",
            hintZh: specs.isEmpty ? "其中没有 .yaml 文件" : "其中的文件：\(specs.joined(separator: "、"))",
            hintEn: specs.isEmpty ? "there is no .yaml file in it" : "the files in it: \(specs.joined(separator: ", "))"
        )
    }
}
