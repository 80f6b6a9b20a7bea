internal import LocalFiles
public import ReviewModel
internal import YAMLDocument

/// `plugin.yaml`: what a folder with a plugin says of itself to those who install it.
public struct PluginLabel: Sendable, Hashable {
    public static let fileName = "plugin.yaml"
    /// The version of the file's own format.
    static let formatVersion = 1

    public var name: String
    public var version: PluginVersion
    /// As SPDX calls it, or in words.
    public var licence: String
    public var homepage: String?
    public var summary: LocalizedText
    /// The version of the plugin protocol that it speaks.
    public var protocolVersion: Int
    /// The program and its arguments; words that begin with `./` are seen from the folder, others are looked up on PATH or are
    /// no files.
    public var command: [String]
    /// Files and folders that belong to it, by their paths in the folder; empty for everything in it.
    public var files: [String]
    public var needs: [ProgramNeed]

    /// A program that a plugin needs on PATH.
    public struct ProgramNeed: Sendable, Hashable {
        public var program: String
        public var requirement: VersionRequirement?
        /// As it is written.
        public var text: String
    }

    /// Files and folders that one may name: more is what folders are for.
    static let maximumFiles = 1000
}

extension PluginLabel {
    /// What a `plugin.yaml` says, and what is wrong with it; nothing but this one file is read, whatever it names.
    ///
    /// - Parameters:
    ///   - path: where the file is said to be.
    ///   - kind: what a path in its folder leads to.
    public static func read(
        _ bytes: [UInt8],
        as path: String,
        kind: (String) -> EntryKind?
    ) -> (label: PluginLabel?, loaded: LoadedSpec) {
        let parse = parseYAML(bytes, file: path)
        var loaded = LoadedSpec(
            path: path,
            diagnostics: parse.diagnostics,
            sources: [path: bytes],
            inputs: [LoadedSpec.Input(path: path, sha256: sha256(bytes))]
        )
        guard let root = parse.root else { return (nil, loaded) }
        loaded.diagnostics += tagged(root)
        let log = DiagnosticLog()
        let document = SpecDocument(path: path, root: root, sources: loaded.sources)
        let label = PluginLabel(ValueReader(document.value, log: log), kind)
        loaded.diagnostics += log.diagnostics.map { document.diagnostic($0) }
        loaded.diagnostics.sort()
        return (loaded.hasErrors ? nil : label, loaded)
    }

    public enum EntryKind: Sendable {
        case file, folder
    }

    /// Tags that lead out of the file: somebody else has written it.
    private static func tagged(_ node: YAMLNode) -> [Diagnostic] {
        if let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!") {
            return [
                Diagnostic(.error, code: "plugin/tag", at: node.place.place, length: node.length, .init(noTags(tag)))
            ]
        }
        return switch node.content {
        case .scalar: []
        case .sequence(let elements): elements.flatMap(tagged)
        case .mapping(let entries): entries.flatMap { tagged($0.value) }
        }
    }

    private init?(_ reader: ValueReader, _ kind: (String) -> EntryKind?) {
        guard let record = reader.record() else { return nil }
        if let version = record.required("pingshen"), let number = version.integer(), number != Self.formatVersion {
            reader.log.add(unknownFormat(number, at: version.pointer))
        }
        let name = record.required("name").flatMap(Self.name)
        let version = record.required("version").flatMap(Self.version)
        let licence = record.required("licence").flatMap { Self.line($0) }
        homepage = record.optional("homepage").flatMap(Self.address)
        let summary = record.required("summary").flatMap(Self.summary)
        let protocolVersion = record.required("protocol").flatMap(Self.protocolVersion)
        command = record.required("command").map { Self.command($0, kind) } ?? []
        files = record.optional("files").map { Self.files($0, kind) } ?? []
        needs = record.optional("needs").map(Self.needs) ?? []
        record.finish()
        guard let name, let version, let licence, let summary, let protocolVersion else { return nil }
        (self.name, self.version, self.licence) = (name, version, licence)
        (self.summary, self.protocolVersion) = (summary, protocolVersion)
    }
}

// MARK: - Its keys

extension PluginLabel {
    /// Lower-case letters, digits and hyphens: part of a file's name, and of rule ids.
    public static func isName(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        let first = text.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false
        return isPlain && first && !text.hasSuffix("-") && text.utf8.count <= 60
    }

    private static func name(_ reader: ValueReader) -> String? {
        guard let name = reader.text() else { return nil }
        if isName(name) { return name }
        reader.log.add(badName(name, at: reader.pointer))
        return nil
    }

    private static func version(_ reader: ValueReader) -> PluginVersion? {
        // 1.10 is a number to YAML, and 1.1 to whoever reads it.
        if case .decimal = reader.value {
            reader.log.add(badVersion(reader.text() ?? "", at: reader.pointer))
            return nil
        }
        guard let text = reader.text() else { return nil }
        if let version = PluginVersion(text) { return version }
        reader.log.add(badVersion(text, at: reader.pointer))
        return nil
    }

    /// One line that is shown in lists.
    private static func line(_ reader: ValueReader, atMost limit: Int = 200) -> String? {
        guard let text = reader.text() else { return nil }
        let isPlain = !text.isEmpty && text.count <= limit && !text.unicodeScalars.contains { $0.value < 0x20 }
        if isPlain { return text }
        reader.log.add(badLine(limit, at: reader.pointer))
        return nil
    }

    private static func summary(_ reader: ValueReader) -> LocalizedText? {
        guard let text = reader.localizedText() else { return nil }
        let isPlain = [text.zh, text.en].allSatisfy { line in
            !line.isEmpty && line.count <= 200 && !line.unicodeScalars.contains { $0.value < 0x20 }
        }
        if !isPlain { reader.log.add(badLine(200, at: reader.pointer)) }
        return text
    }

    private static func address(_ reader: ValueReader) -> String? {
        guard let text = line(reader, atMost: 500) else { return nil }
        let isAddress = ["https://", "http://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
        if isAddress, !text.contains(" ") { return text }
        reader.log.add(badAddress(text, at: reader.pointer))
        return nil
    }

    private static func protocolVersion(_ reader: ValueReader) -> Int? {
        guard let number = reader.integer() else { return nil }
        if knownProtocols.contains(number) { return number }
        reader.log.add(unknownProtocol(number, at: reader.pointer))
        return nil
    }

    /// What this release speaks; a test holds it against the wire's own list.
    package static let knownProtocols = [1]

    private static func command(_ reader: ValueReader, _ kind: (String) -> EntryKind?) -> [String] {
        var words: [String] = []
        for word in reader.list() {
            guard let text = word.text() else { continue }
            words.append(text)
            if text.hasPrefix("/") || text.hasPrefix("../") || text.contains("/../") {
                reader.log.add(leadsOut(text, at: word.pointer))
            } else if text.hasPrefix("./") {
                if kind(FilePaths.normalised(text)) == nil { reader.log.add(isNotThere(text, at: word.pointer)) }
            } else if words.count == 1, text.contains("/") || text.isEmpty {
                reader.log.add(badProgram(text, at: word.pointer))
            } else if words.count > 1, kind(FilePaths.normalised(text)) != nil, !text.hasPrefix("-") {
                // From where it is started there is no such file.
                reader.log.add(isRelative(text, at: word.pointer))
            }
        }
        if words.isEmpty, case .list = reader.value { reader.log.add(emptyCommand(at: reader.pointer)) }
        return words
    }

    private static func files(_ reader: ValueReader, _ kind: (String) -> EntryKind?) -> [String] {
        var files: [String] = []
        let elements = reader.list()
        guard elements.count <= maximumFiles else {
            reader.log.add(tooManyFiles(elements.count, at: reader.pointer))
            return []
        }
        for element in elements {
            guard let text = element.text() else { continue }
            let path = FilePaths.normalised(text)
            if text.hasPrefix("/") || path == ".." || path.hasPrefix("../") {
                reader.log.add(leadsOut(text, at: element.pointer))
            } else if kind(path) == nil {
                reader.log.add(isNotThere(text, at: element.pointer))
            } else {
                files.append(path)
            }
        }
        return files
    }

    private static func needs(_ reader: ValueReader) -> [ProgramNeed] {
        reader.list().compactMap { element in
            guard let text = element.text() else { return nil }
            if let need = ProgramNeed(text) { return need }
            reader.log.add(badNeed(text, at: element.pointer))
            return nil
        }
    }
}

extension PluginLabel.ProgramNeed {
    /// `python3`, or `python3 >= 3.9`.
    package init?(_ text: String) {
        let name = text.prefix { !" <>=~,".contains($0) }
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "._+-".utf8.contains(byte)
        }
        guard !name.isEmpty, isPlain, !name.hasPrefix("-"), !name.hasPrefix("."), name.utf8.count <= 60 else {
            return nil
        }
        let rest = text.dropFirst(name.count).drop { $0 == " " }
        if rest.isEmpty {
            requirement = nil
        } else {
            guard let found = VersionRequirement(String(rest)) else { return nil }
            requirement = found
        }
        (program, self.text) = (String(name), text)
    }
}

// MARK: - Messages

private func noTags(_ tag: String) -> LocalizedText {
    LocalizedText(
        zh: "plugin.yaml 中不能使用 \(tag)：插件的说明只此一个文件",
        en: "plugin.yaml has no \(tag): what it says stands in this one file"
    )
}

private func unknownFormat(_ version: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/format",
        message: LocalizedText(zh: "不支持的格式版本 \(version)", en: "unknown format version \(version)"),
        pointer: pointer,
        help: LocalizedText(
            zh: version > PluginLabel.formatVersion ? "请更新 pingshen" : "请写 pingshen: \(PluginLabel.formatVersion)",
            en: version > PluginLabel.formatVersion ? "update pingshen" : "write pingshen: \(PluginLabel.formatVersion)"
        )
    )
}

private func badName(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/name",
        message: LocalizedText(
            zh: "\(quoted(name)) 不能作插件名：只用小写字母、数字和连字符，以字母开头，最多 60 个字符",
            en:
                "\(quoted(name)) is no name for a plugin: lower-case letters, digits and hyphens, a letter first, 60 at most"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "如 unit-price-check", en: "such as unit-price-check")
    )
}

private func badVersion(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let isNumber = ExactDecimal(text) != nil && text.contains(".")
    return ConfigurationDiagnostic(
        code: "plugin/version",
        message: isNumber
            ? LocalizedText(
                zh: "\(text) 对 YAML 来说是数字，1.10 会读成 1.1",
                en: "\(text) is a number to YAML, which reads 1.10 as 1.1"
            ) : LocalizedText(zh: "\(quoted(text)) 不是版本号", en: "\(quoted(text)) is no version"),
        pointer: pointer,
        help: LocalizedText(
            zh: isNumber ? "请写三段或加引号：\(text).0，\"\(text)\"" : "如 1.2.0，1.2.0-rc.1",
            en: isNumber ? "write three numbers, or quotes: \(text).0, \"\(text)\"" : "such as 1.2.0 or 1.2.0-rc.1"
        )
    )
}

private func badLine(_ limit: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/line",
        message: LocalizedText(
            zh: "此处应为一行文字，1 到 \(limit) 个字",
            en: "expected one line of 1 to \(limit) characters"
        ),
        pointer: pointer
    )
}

private func badAddress(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/homepage",
        message: LocalizedText(zh: "\(quoted(text)) 不是网址", en: "\(quoted(text)) is no address of a page"),
        pointer: pointer,
        help: LocalizedText(zh: "如 https://example.org/unit-check", en: "such as https://example.org/unit-check")
    )
}

private func unknownProtocol(_ number: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let known = PluginLabel.knownProtocols.map(String.init).joined(separator: ", ")
    return ConfigurationDiagnostic(
        code: "plugin/protocol",
        message: LocalizedText(
            zh: "本程序不支持插件协议的第 \(number) 版（支持：\(known)）",
            en: "this program does not speak version \(number) of the plugin protocol; it speaks: \(known)"
        ),
        pointer: pointer,
        help: number > (PluginLabel.knownProtocols.max() ?? 0)
            ? LocalizedText(zh: "请更新 pingshen", en: "update pingshen") : nil
    )
}

private func leadsOut(_ path: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/outside",
        message: LocalizedText(
            zh: "\(quoted(path)) 通到插件文件夹之外，别的机器上没有",
            en: "\(quoted(path)) leads out of the plugin's folder, and other machines do not have it"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "插件自己的文件写成 ./ 开头的路径；机器上的程序只写名称，并写进 needs",
            en: "name the plugin's own files by ./ and programs of the machine by their names, under needs as well"
        )
    )
}

private func isNotThere(_ path: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/no-file",
        message: LocalizedText(
            zh: "插件文件夹中没有 \(quoted(path))",
            en: "there is no \(quoted(path)) in the plugin's folder"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请检查路径；链接不算", en: "check the path; links do not count")
    )
}

private func badProgram(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/program",
        message: LocalizedText(
            zh: "\(quoted(text)) 既不是 PATH 上的程序名，也不是 ./ 开头的路径",
            en: "\(quoted(text)) is neither the name of a program on PATH nor a path that begins with ./"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "如 command: [python3, ./my_check.py]", en: "such as command: [python3, ./my_check.py]")
    )
}

private func isRelative(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/relative",
        message: LocalizedText(
            zh: "\(quoted(text)) 是插件文件夹中的文件，但插件不在那里启动",
            en: "\(quoted(text)) is a file of the plugin's folder, from where it is not started"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请写 ./\(text)", en: "write ./\(text)")
    )
}

private func emptyCommand(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/empty-command",
        message: LocalizedText(zh: "命令为空", en: "the command is empty"),
        pointer: pointer,
        help: LocalizedText(zh: "如 command: [python3, ./my_check.py]", en: "such as command: [python3, ./my_check.py]")
    )
}

private func tooManyFiles(_ count: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/too-many-files",
        message: LocalizedText(
            zh: "列了 \(count) 个，最多 \(PluginLabel.maximumFiles) 个",
            en: "\(count) are named, where at most \(PluginLabel.maximumFiles) are expected"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请写文件夹", en: "name folders")
    )
}

private func badNeed(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "plugin/need",
        message: LocalizedText(
            zh: "\(quoted(text)) 看不出需要什么：应为程序名，后面可写版本要求",
            en:
                "\(quoted(text)) does not say what is needed: expected a program's name, perhaps with the versions that will do"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "如 jq，python3 >= 3.9", en: "such as jq, or python3 >= 3.9")
    )
}
