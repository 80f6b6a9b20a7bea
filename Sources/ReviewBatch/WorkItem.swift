internal import LocalFiles
internal import ReviewModel
internal import SpecLoading

/// One line that a worker is given: a spec's path, or an object.
///
///     towns/wangshu/meals-2026.yaml
///     {"spec": "towns/wangshu/meals-2026.yaml"}
///     {"text": "pingshen: 1\\n…", "name": "meals-2026.yaml", "files": {"lines.yaml": "…", "book.xlsx": {"base64": "…"}}}
enum WorkItem {
    case path(String)
    /// `files` are those that the spec includes, as text, and those that it names with `!file`, as bytes.
    case text(String, name: String, included: [String: String], stored: [String: [UInt8]])

    /// Longer names no system has a file for, and the answer would hold all of it again.
    private static let maximumPathBytes = 4096

    /// - Throws: ``BadLine``.
    init(_ line: [UInt8]) throws(BadLine) {
        let line = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard line.first == UInt8(ascii: "{") else {
            guard line.count <= Self.maximumPathBytes else { throw BadLine(longPath) }
            guard let path = String(validating: line, as: UTF8.self), !path.contains("\u{0}") else {
                throw BadLine(notAPath)
            }
            self = .path(path)
            return
        }
        let value: Value
        do { value = try JSONReader.read(Array(line)) } catch { throw BadLine(notJSON("\(error)")) }
        try self.init(value)
    }

    private init(_ value: Value) throws(BadLine) {
        let known = ["spec", "text", "name", "files"]
        if let unknown = value.record?.keys.first(where: { !known.contains($0) }) {
            throw BadLine(unknownKey(unknown, known))
        }
        if let path = value["spec"]?.text, value["text"] == nil {
            guard path.utf8.count <= Self.maximumPathBytes else { throw BadLine(longPath) }
            guard value["files"] == nil, value["name"] == nil else { throw BadLine(filesOfPath) }
            self = .path(path)
            return
        }
        guard let text = value["text"]?.text, value["spec"] == nil else { throw BadLine(neitherNor) }
        let name = value["name"] ?? "spec.yaml"
        guard let name = name.text, Self.isPlain(name), name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
            throw BadLine(badName)
        }
        let files = value["files"] ?? [:]
        guard let files = files.record else { throw BadLine(badFiles("files")) }
        var (included, stored) = ([String: String](), [String: [UInt8]]())
        for (name, content) in files.members {
            if let text = content.text {
                (included[name], stored[name]) = (text, Array(text.utf8))
            } else if let coded = content["base64"]?.text, let bytes = Base64.bytes(coded) {
                stored[name] = bytes
            } else {
                throw BadLine(badFiles(name))
            }
        }
        self = .text(text, name: name, included: included, stored: stored)
    }

    private static func isPlain(_ path: String) -> Bool {
        !path.isEmpty && !FilePaths.isAbsolute(path) && FilePaths.normalised(path) == path && !path.hasPrefix("..")
            && !path.contains("\u{0}")
    }

    /// The spec, loaded.
    ///
    /// - Parameter folder: for the bytes of files; there until the review is done.
    func load(storingIn folder: String) throws(FileError) -> LoadedSpec {
        switch self {
        case .path(let path):
            let isFolder = FileSystem.isFolder(path)
            return loadSpec(isFolder ? FilePaths.resolve("spec.yaml", inFolder: path) : path)
        case .text(let text, let name, let included, let stored):
            var places: [String: String] = [:]
            for (index, file) in stored.sorted(by: { $0.key < $1.key }).enumerated() {
                let place = folder + "/\(index + 1)"
                try FileSystem.write(file.value, to: place)
                places[file.key] = place
            }
            return loadSpec(text: text, as: name, included: included, stored: places)
        }
    }

    /// What the item is called where nobody knows its id.
    var name: String {
        switch self {
        case .path(let path): path
        case .text(_, let name, _, _): name
        }
    }
}

/// A line that is no item.
struct BadLine: Error {
    var message: LocalizedText

    init(_ message: LocalizedText) { self.message = message }
}

/// Bytes as letters (RFC 4648); line breaks are passed over.
enum Base64 {
    static func bytes(_ text: String) -> [UInt8]? {
        var (bytes, bits, count, padding) = ([UInt8](), UInt32(0), 0, 0)
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        for letter in text.utf8 where letter != UInt8(ascii: "\n") && letter != UInt8(ascii: "\r") {
            if letter == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(letter) else { return nil }
            (bits, count) = (bits << 6 | value, count + 1)
            if count % 4 == 0 {
                bytes += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8)]
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bits = 0
            }
        }
        guard padding <= 2, padding == 0 || (count + padding) % 4 == 0 else { return nil }
        switch count % 4 {
        case 0: return bytes
        case 2 where bits & 0xF == 0: return bytes + [UInt8(truncatingIfNeeded: bits >> 4)]
        case 3 where bits & 0x3 == 0:
            return bytes + [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        default: return nil
        }
    }

    private static func value(_ letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

// MARK: - Messages

private let notAPath = LocalizedText(
    zh: "这一行既不是路径也不是 JSON 对象：不是 UTF-8 文本",
    en: "the line is neither a path nor a JSON object: it is no UTF-8 text"
)

private let longPath = LocalizedText(
    zh: "这一行比任何路径都长；spec 的内容请用 {\"text\": …} 传",
    en: "the line is longer than any path; a spec's content is sent as {\"text\": …}"
)

private func notJSON(_ reason: String) -> LocalizedText {
    LocalizedText(zh: "这一行不是 JSON 对象：\(reason)", en: "the line is no JSON object: \(reason)")
}

private func unknownKey(_ key: String, _ known: [String]) -> LocalizedText {
    let list = known.joined(separator: ", ")
    return LocalizedText(
        zh: "未知的键\(quoted(key))；可用的有：\(list)",
        en: "unknown key \(quoted(key)); there are: \(list)"
    )
}

private let neitherNor = LocalizedText(
    zh: "请写 {\"spec\": 路径} 或 {\"text\": YAML, \"files\": {…}} 其中之一",
    en: "write one of {\"spec\": path} and {\"text\": YAML, \"files\": {…}}"
)

private let filesOfPath = LocalizedText(
    zh: "name 和 files 只与 text 同用；spec 是路径，其文件从磁盘读取",
    en: "name and files go with text; spec is a path, whose files are read from disk"
)

private let badName = LocalizedText(
    zh: "name 应为相对路径，以 .yaml 或 .yml 结尾，不含 ..",
    en: "name is a relative path that ends in .yaml or .yml and has no .. in it"
)

private func badFiles(_ name: String) -> LocalizedText {
    LocalizedText(
        zh: "\(quoted(name))：files 是文件名到内容的对应，内容为文本，或 {\"base64\": \"…\"}",
        en: "\(quoted(name)): files holds contents by name, each a text or {\"base64\": \"…\"}"
    )
}
