internal import CLinux
internal import LocalFiles
public import ReviewModel
internal import SpecLoading

/// The specs that the words of a command mean: specs themselves, workbooks beside one, folders, and patterns for all of these.
public struct NamedSpecs: Sendable {
    /// One spec.
    public struct Entry: Sendable {
        /// The spec's path, as places name it.
        public var path: String
        /// The workbook that was named in its place, which it must read.
        public var book: String?
        /// Why there is no such spec.
        public var mistake: LocalizedText?
    }

    public private(set) var entries: [Entry] = []
    /// YAML files in the folders that say themselves that they are parts of specs: forms, templates, tables.
    public private(set) var parts: [String] = []
    private var seen: Set<String> = []
    /// What folders are called without links.
    private var realFolders: [String: String?] = [:]
    private let output: String?

    /// Folders within folders: a year, a province, a town, a project, and then some.
    private static let maximumDepth = 12

    /// - Parameter output: the folder that reviews go to, which is not searched.
    public init(_ words: [String], output: String) {
        self.output = FileSystem.realPath(output)
        for word in words {
            if FileSystem.mayExist(word) || !FileSystem.isPattern(word) {
                add(word)
            } else {
                guard let paths = FileSystem.paths(like: word) else {
                    entries.append(Entry(path: word, mistake: meansTooMuch(word)))
                    continue
                }
                if paths.isEmpty { entries.append(Entry(path: word, mistake: matchesNothing(word))) }
                for path in paths { add(path) }
            }
        }
    }

    private mutating func add(_ word: String) {
        let path = FilePaths.normalised(word)
        if FileSystem.isFolder(path) {
            let count = entries.count
            addFolder(path, depth: 0)
            if entries.count == count, !hasSeen(in: path) {
                entries.append(Entry(path: path, mistake: noSpecs(path, parts.count)))
            }
        } else if path.lowercased().hasSuffix(".xlsx") {
            let spec = FilePaths.resolve("spec.yaml", inFolder: FilePaths.folder(of: path))
            if FileSystem.isRegularFile(spec) {
                addFile(spec, book: path)
            } else {
                entries.append(Entry(path: path, mistake: noSpecBeside(path, spec)))
            }
        } else {
            addFile(path)
        }
    }

    /// A file that two words mean is one spec.
    private mutating func addFile(_ path: String, book: String? = nil) {
        guard seen.insert(realPath(ofFile: path) ?? path).inserted else { return }
        entries.append(Entry(path: path, book: book))
    }

    /// Of a file that is no link the folder's name says it.
    private mutating func realPath(ofFile path: String) -> String? {
        guard FileSystem.isRegularFile(path) else { return FileSystem.realPath(path) }
        let folder = FilePaths.folder(of: path)
        if realFolders[folder] == nil { realFolders[folder] = .some(FileSystem.realPath(folder)) }
        return (realFolders[folder] ?? nil).map { FilePaths.resolve(FilePaths.name(of: path), inFolder: $0) }
    }

    /// Whether a word before has named the specs of the folder.
    private func hasSeen(in folder: String) -> Bool {
        guard let real = FileSystem.realPath(folder) else { return false }
        return seen.contains { $0.hasPrefix(real + "/") }
    }

    /// A folder with a `spec.yaml` is a project; any other holds specs, or folders of them. Links to folders lead to what stands
    /// elsewhere, or in a circle.
    private mutating func addFolder(_ folder: String, depth: Int) {
        guard depth < Self.maximumDepth else { return }
        let spec = FilePaths.resolve("spec.yaml", inFolder: folder)
        if FileSystem.isRegularFile(spec) { return addFile(spec) }
        for name in FileSystem.names(in: folder) where !name.hasPrefix(".") {
            let path = FilePaths.resolve(name, inFolder: folder)
            // What cannot be read of a name stands replaced in it, and no file is called so: one of an archive in another coding.
            if name.contains("\u{FFFD}"), !FileSystem.mayExist(path) {
                if !name.contains(".") || Self.isYAML(name) {
                    entries.append(Entry(path: path, mistake: isNotUTF8(name)))
                }
            } else if FileSystem.isFolder(path) {
                let real = FileSystem.realPath(path)
                let isLink = real != FileSystem.realPath(folder).map { FilePaths.resolve(name, inFolder: $0) }
                if !isLink, real != output { addFolder(path, depth: depth + 1) }
            } else if Self.isYAML(name) {
                if isSpec(path) { addFile(path) } else { parts.append(path) }
            }
        }
    }

    private static func isYAML(_ name: String) -> Bool {
        [".yaml", ".yml"].contains(where: name.lowercased().hasSuffix)
    }

    /// Whether a YAML file is meant as a spec: it says which version it is written in, and has something of its own to review.
    /// One that cannot be read is one, so that somebody is told.
    private func isSpec(_ path: String) -> Bool {
        guard let bytes = try? FileSystem.read(path, atMost: Self.maximumBytes) else { return true }
        if Self.isPlainSpec(bytes) { return true }
        // Its keys may be in quotes, indented, after a byte order mark: what mentions the word is read as a spec is.
        guard Self.mayNameVersion(bytes) else { return false }
        guard let keys = documentKeys(path) else { return true }
        return keys.contains("pingshen") && keys.contains { ["id", "form", "fields", "tables"].contains($0) }
    }

    /// Whether "pingshen" stands anywhere, or in UTF-16 might.
    private static func mayNameVersion(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        let word = Array("pingshen".utf8)
        return bytes.withUnsafeBytes { memmem($0.baseAddress, $0.count, word, word.count) != nil }
    }

    /// Whether lines begin with the keys of a spec, as nearly all have them.
    private static func isPlainSpec(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var (hasVersion, hasOwn, start) = (false, false, 0)
            while start < bytes.count, !(hasVersion && hasOwn) {
                let line = UnsafeRawBufferPointer(rebasing: bytes[start...])
                func begins(with key: StaticString) -> Bool {
                    line.count > key.utf8CodeUnitCount && line[key.utf8CodeUnitCount] == UInt8(ascii: ":")
                        && line.prefix(key.utf8CodeUnitCount).elementsEqual(
                            UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
                        )
                }
                // Most lines begin with a blank.
                switch line[0] {
                case UInt8(ascii: "p"): hasVersion = hasVersion || begins(with: "pingshen")
                case UInt8(ascii: "i"): hasOwn = hasOwn || begins(with: "id")
                case UInt8(ascii: "f"): hasOwn = hasOwn || begins(with: "form") || begins(with: "fields")
                case UInt8(ascii: "t"): hasOwn = hasOwn || begins(with: "tables")
                default: break
                }
                let end = line.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? line.count
                start += end + 1
            }
            return hasVersion && hasOwn
        }
    }

    /// Larger than the loader takes, which then says so.
    private static let maximumBytes = 64 << 20
}

// MARK: - Messages

private func isNotUTF8(_ name: String) -> LocalizedText {
    LocalizedText(
        zh: "名称\(quoted(name))不是 UTF-8，无法打开（常见于在 Windows 下压缩的文件）；请改名",
        en:
            "the name \(quoted(name)) is not UTF-8 (as of files out of an old archive), so it cannot be opened; rename it"
    )
}

private func matchesNothing(_ word: String) -> LocalizedText {
    LocalizedText(
        zh: "没有符合\(quoted(word))的文件或文件夹；请检查路径",
        en: "no file or folder is like \(quoted(word)); check the path"
    )
}

private func meansTooMuch(_ word: String) -> LocalizedText {
    LocalizedText(
        zh: "\(quoted(word))展开后路径过多，或要查看的文件夹过多；请减少花括号和星号，或分几次评审",
        en:
            "\(quoted(word)) means too many paths, or leads through too many folders; write fewer braces and stars, or review in parts"
    )
}

private func noSpecs(_ folder: String, _ parts: Int) -> LocalizedText {
    let (zh, en) = parts > 0 ? ("（其中的 YAML 文件都只是部件）", " (its YAML files are parts of specs)") : ("", "")
    return LocalizedText(
        zh: "\(folder) 中没有可评审的 spec\(zh)：需要有写明 pingshen: 1 和 id 的 YAML 文件，或含 spec.yaml 的文件夹",
        en:
            "there is no spec in \(folder)\(en): a YAML file that says pingshen: 1 and an id, or a folder with a spec.yaml"
    )
}

private func noSpecBeside(_ book: String, _ spec: String) -> LocalizedText {
    LocalizedText(
        zh: "没有 \(spec)，不知道 \(book) 按什么评审；请先用 pingshen init 新建项目",
        en: "there is no \(spec) to say how \(book) is reviewed; begin with pingshen init"
    )
}
