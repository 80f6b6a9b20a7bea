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
                Diagnostic(
                    .error,
                    code: "plugin/tag",
                    at: node.place.place,
                    length: node.length,
                    .init(PluginLabelMessages.noTags(tag))
                )
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
            reader.log.add(PluginLabelMessages.unknownFormat(number, at: version.pointer))
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
        reader.log.add(PluginLabelMessages.badName(name, at: reader.pointer))
        return nil
    }

    private static func version(_ reader: ValueReader) -> PluginVersion? {
        // 1.10 is a number to YAML, and 1.1 to whoever reads it.
        if case .decimal = reader.value {
            reader.log.add(PluginLabelMessages.badVersion(reader.text() ?? "", at: reader.pointer))
            return nil
        }
        guard let text = reader.text() else { return nil }
        if let version = PluginVersion(text) { return version }
        reader.log.add(PluginLabelMessages.badVersion(text, at: reader.pointer))
        return nil
    }

    /// One line that is shown in lists.
    private static func line(_ reader: ValueReader, atMost limit: Int = 200) -> String? {
        guard let text = reader.text() else { return nil }
        let isPlain = !text.isEmpty && text.count <= limit && !text.unicodeScalars.contains { $0.value < 0x20 }
        if isPlain { return text }
        reader.log.add(PluginLabelMessages.badLine(limit, at: reader.pointer))
        return nil
    }

    private static func summary(_ reader: ValueReader) -> LocalizedText? {
        guard let text = reader.localizedText() else { return nil }
        let isPlain = [text.zh, text.en].allSatisfy { line in
            !line.isEmpty && line.count <= 200 && !line.unicodeScalars.contains { $0.value < 0x20 }
        }
        if !isPlain { reader.log.add(PluginLabelMessages.badLine(200, at: reader.pointer)) }
        return text
    }

    private static func address(_ reader: ValueReader) -> String? {
        guard let text = line(reader, atMost: 500) else { return nil }
        let isAddress = ["https://", "http://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
        if isAddress, !text.contains(" ") { return text }
        reader.log.add(PluginLabelMessages.badAddress(text, at: reader.pointer))
        return nil
    }

    private static func protocolVersion(_ reader: ValueReader) -> Int? {
        guard let number = reader.integer() else { return nil }
        if knownProtocols.contains(number) { return number }
        reader.log.add(PluginLabelMessages.unknownProtocol(number, at: reader.pointer))
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
                reader.log.add(PluginLabelMessages.leadsOut(text, at: word.pointer))
            } else if text.hasPrefix("./") {
                if kind(FilePaths.normalised(text)) == nil {
                    reader.log.add(PluginLabelMessages.isNotThere(text, at: word.pointer))
                }
            } else if words.count == 1, text.contains("/") || text.isEmpty {
                reader.log.add(PluginLabelMessages.badProgram(text, at: word.pointer))
            } else if words.count > 1, kind(FilePaths.normalised(text)) != nil, !text.hasPrefix("-") {
                // From where it is started there is no such file.
                reader.log.add(PluginLabelMessages.isRelative(text, at: word.pointer))
            }
        }
        if words.isEmpty, case .list = reader.value {
            reader.log.add(PluginLabelMessages.emptyCommand(at: reader.pointer))
        }
        return words
    }

    private static func files(_ reader: ValueReader, _ kind: (String) -> EntryKind?) -> [String] {
        var files: [String] = []
        let elements = reader.list()
        guard elements.count <= maximumFiles else {
            reader.log.add(PluginLabelMessages.tooManyFiles(elements.count, at: reader.pointer))
            return []
        }
        for element in elements {
            guard let text = element.text() else { continue }
            let path = FilePaths.normalised(text)
            if text.hasPrefix("/") || path == ".." || path.hasPrefix("../") {
                reader.log.add(PluginLabelMessages.leadsOut(text, at: element.pointer))
            } else if kind(path) == nil {
                reader.log.add(PluginLabelMessages.isNotThere(text, at: element.pointer))
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
            reader.log.add(PluginLabelMessages.badNeed(text, at: element.pointer))
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
