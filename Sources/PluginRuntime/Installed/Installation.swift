internal import JSONDocument
package import LocalFiles
public import ReviewModel

/// A plugin that was installed: a folder of the store that holds the plugin's files, and a record of what they are.
///
/// The folder is the plugin's own private copy: nobody but its user writes to it, it holds exactly the files of the record, and
/// that is looked at before each start.
public struct Installation: Sendable, Hashable {
    /// The record's name in the folder of a plugin, and that of the folder with its files.
    package static let (recordName, filesName) = ("installed.json", "plugin")

    public var name: String
    public var version: String
    public var licence: String
    public var homepage: String?
    public var summary: LocalizedText
    /// As its `plugin.yaml` has it: words that begin with `./` are seen from its folder.
    public var command: [String]
    /// What it needs of the machine, as its `plugin.yaml` has it.
    public var needs: [String]
    /// Its files with their checksums, by their paths as seen from its folder.
    package var files: [String: String]
    /// Where it is: the folder of the record.
    public var folder: String

    package init(
        name: String,
        version: String,
        licence: String,
        homepage: String?,
        summary: LocalizedText,
        command: [String],
        needs: [String],
        files: [String: String],
        folder: String
    ) {
        (self.name, self.version, self.licence, self.homepage) = (name, version, licence, homepage)
        (self.summary, self.command, self.needs) = (summary, command, needs)
        (self.files, self.folder) = (files, folder)
    }

    /// Where its files are.
    package var filesFolder: String { folder + "/" + Self.filesName }

    /// Its command, as it is started from where it lies; the program is not looked for yet.
    package var words: [String] {
        command.map { $0.hasPrefix("./") ? FilePaths.resolve($0, inFolder: filesFolder) : $0 }
    }

    /// Whether two are the same plugin with the same files.
    package func isSame(as other: Installation) -> Bool {
        var other = other
        other.folder = folder
        return self == other
    }
}

// MARK: - The record

extension Installation {
    /// More than the record of ten thousand files has.
    private static let maximumRecordBytes = 16 << 20

    /// What is installed in a folder; `nil` where its record cannot be read.
    package init?(in folder: String) {
        guard let bytes = try? FileSystem.read(folder + "/" + Self.recordName, atMost: Self.maximumRecordBytes),
            let value = try? JSONReader.read(bytes), value["pingshen"]?.integer == 1,
            let name = value["name"]?.text, let version = value["version"]?.text, let licence = value["licence"]?.text,
            let summary = value["summary"], let zh = summary["zh"]?.text, let en = summary["en"]?.text,
            let files = value["files"]?.record
        else { return nil }
        let command = value["command"]?.list?.compactMap(\.text) ?? []
        if command.isEmpty { return nil }
        self.init(
            name: name,
            version: version,
            licence: licence,
            homepage: value["homepage"]?.text,
            summary: LocalizedText(zh: zh, en: en),
            command: command,
            needs: value["needs"]?.list?.compactMap(\.text) ?? [],
            files: Dictionary(files.members.map { ($0.key, $0.value.text ?? "") }) { first, _ in first },
            folder: folder
        )
    }

    /// The bytes of the record.
    package var record: [UInt8] {
        var record: Record = [
            "pingshen": 1, "name": .text(name), "version": .text(version), "licence": .text(licence),
            "summary": ["zh": .text(summary.zh), "en": .text(summary.en)], "command": .list(command.map(Value.text)),
            "needs": .list(needs.map(Value.text)),
        ]
        if let homepage { record["homepage"] = .text(homepage) }
        record["files"] = .record(Record(files.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }))
        return JSONWriter.document(.record(record))
    }
}

// MARK: - Whether it is what it was

extension Installation {
    /// What is not as it was installed, half a sentence; `nil` where all is.
    package func deviation() -> LocalizedText? {
        var digests = DigestCache.modules
        defer { digests.save() }
        guard let held = try? HeldFolder(filesFolder, followingLinks: false) else { return isMissing(filesFolder) }
        var folders: Set<String> = []
        for file in files.keys {
            var folder = FilePaths.folder(of: file)
            while folder != ".", folders.insert(folder).inserted { folder = FilePaths.folder(of: folder) }
        }
        var found: Set<String> = []
        if let deviation = deviation(in: held, "", folders, &found, &digests) { return deviation }
        return files.keys.filter { !found.contains($0) }.min().map { isMissing(filesFolder + "/" + $0) }
    }

    private func deviation(
        in folder: HeldFolder,
        _ above: String,
        _ folders: Set<String>,
        _ found: inout Set<String>,
        _ digests: inout DigestCache
    ) -> LocalizedText? {
        for entry in folder.names {
            let (name, path) = (above + entry, folder.path + "/" + entry)
            if folders.contains(name) {
                guard let inner = try? folder.existingFolder(entry) else { return isForeign(path) }
                if let deviation = deviation(in: inner, name + "/", folders, &found, &digests) { return deviation }
            } else if let digest = files[name] {
                guard FileSystem.isRegularFile(path), (try? digests.sha256(ofFile: path)) == digest else {
                    return isChanged(path)
                }
                found.insert(name)
            } else {
                return isForeign(path)
            }
        }
        return nil
    }
}

extension DigestCache {
    /// The checksums of modules and of installed plugins: there may be thousands, which are not read where they are not needed.
    package static var modules: DigestCache {
        DigestCache(folder: DigestCache.userFolder.map { $0 + "/modules" }, maximumEntries: 50_000)
    }
}

// MARK: - Messages

private func isMissing(_ path: String) -> LocalizedText {
    LocalizedText(zh: "缺少 \(path)", en: "\(path) is missing")
}

private func isForeign(_ path: String) -> LocalizedText {
    LocalizedText(zh: "多出 \(path)", en: "\(path) does not belong to it")
}

private func isChanged(_ path: String) -> LocalizedText {
    LocalizedText(zh: "\(path) 已被改动", en: "\(path) has been changed")
}
