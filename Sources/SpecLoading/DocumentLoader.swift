internal import LocalFiles
package import ReviewModel
package import YAMLDocument

/// Reads a YAML document with everything that it includes and extends into one tree.
///
/// `!include path` is replaced by the root of that YAML file, or by the text of any other file, `!secret NAME` by the value
/// of that environment variable, `!file path` by the file's absolute path; `extends` puts other documents underneath. Every
/// node keeps the place where it was written. Paths are relative to the file they stand in. A file is read and resolved once,
/// however often it is included; what it stands for is counted each time.
package struct DocumentLoader {
    /// Every file that was read, in order of first reading.
    package internal(set) var inputs: [InputFile] = []
    package var diagnostics: [Diagnostic] = []
    /// The files that are included and could not be read.
    private(set) var unread: [String] = []
    /// The values that stand for `!secret` names.
    package var secrets: [String] = []
    /// The files that `!file` names, by absolute path, as their documents name them.
    var namedFiles: [String: String] = [:]
    /// Files that stand for those that `!file` names, by what a document writes behind the tag.
    var substitutes: [String: String] = [:]
    /// Files that are read in place of others that `!file` names, by the absolute paths of these.
    var copies: [String: String] = [:]
    /// What files hold, by path, that need not be read.
    var given: [String: [UInt8]] = [:]
    /// Where files lie that `!file` names, by the paths that they are told by.
    var stored: [String: String] = [:]
    /// The files that are being read, outermost first: a path that occurs twice is a cycle.
    private(set) var stack: [String] = []
    /// What became of each file; `nil` for one that was found wrong, which has been told.
    private var resolved: [String: Resolved?] = [:]
    private var size = TreeSize()
    private var repeatedSize = TreeSize()

    package init() {}

    /// Includes within includes; real specs need three.
    package static let maximumDepth = 16
    /// Files of one spec. A long report with one file an annex stays under a hundred.
    package static let maximumFiles = 1000
    /// Bytes of a text that is included: what one line of the plugin protocol can carry, and longer than any report.
    package static let maximumTextBytes = 8 << 20
    /// What a spec with everything in it may come to: ten files with as many values as one may have, four as large as one may
    /// be. More belongs in a workbook.
    static let maximumSize = TreeSize(nodes: 10_000_000, bytes: 128 << 20)
    /// What files may add by being included again: as much as aliases may within one file. Real specs include a text twice.
    static let maximumRepeatedSize = TreeSize(nodes: 1_000_000, bytes: 64 << 20)
    /// Mistakes told of one spec's files, as of one file.
    static let maximumDiagnostics = 200

    /// The bytes of a file that was read, for excerpts and checksums.
    package struct InputFile: Sendable {
        package var path: String
        package var bytes: [UInt8]
        /// Its checksum, where that is known already: it is held once for all specs that include it.
        var sum: String?

        package init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }

        var sha256: String { sum ?? LocalFiles.sha256(bytes) }
    }

    /// A tree with all that it includes.
    struct Resolved: Sendable {
        var node: YAMLNode
        var size: TreeSize
        /// Files within files, itself included.
        var depth = 1

        /// Counts what became a part of it.
        mutating func take(_ part: Resolved) {
            size = size + part.size
            depth = max(depth, part.depth)
        }
    }

    /// The document at `path`, or `nil` when a diagnostic says why there is none.
    package mutating func load(_ path: String) -> YAMLNode? {
        let node = resolvedYAML(path, from: SourcePlace(file: path, line: 1, column: 1), length: 1)?.node
        // A file that this one extends may have left one over that is meant for a reader of its own.
        guard case .mapping(let entries) = node?.content, let left = entries.first(where: { $0.key.text == "extends" })
        else { return node }
        report("spec/bad-path", left.key.place, left.key.length, extendsByInclude())
        return nil
    }

    /// The document that `text` is, as if it stood in the file `path`.
    package mutating func load(text: String, as path: String) -> YAMLNode? {
        inputs.append(InputFile(path: path, bytes: Array(text.utf8)))
        return load(path)
    }

    /// The root of a YAML file, or the text of any other, as `!include` would have it; `nil` when a diagnostic says why.
    package mutating func load(included path: String) -> YAMLNode? {
        resolvedFile(path, from: SourcePlace(file: path, line: 1, column: 1), length: 1)?.node
    }

    mutating func report(_ code: String, _ place: SourcePlace, _ length: Int, _ wording: Diagnostic.Wording) {
        guard diagnostics.count < Self.maximumDiagnostics else { return }
        diagnostics.append(Diagnostic(.error, code: code, at: place.place, length: length, wording))
    }
}

// MARK: - Files

extension DocumentLoader {
    mutating func resolvedFile(_ path: String, from place: SourcePlace, length: Int) -> Resolved? {
        isYAML(path)
            ? resolvedYAML(path, from: place, length: length) : resolvedText(path, from: place, length: length)
    }

    mutating func resolvedYAML(_ path: String, from place: SourcePlace, length: Int) -> Resolved? {
        if let known = resolved[path] { return again(known, at: place, length) }
        let limit = YAMLLimits.standard.fileBytes
        guard enter(path, from: place, length: length),
            let bytes = read(path, atMost: limit, from: place, length: length)
        else { return nil }
        defer { stack.removeLast() }
        // The outermost is nobody else's.
        let shared = stack.count > 1 ? shared(bytes, path) : nil
        let parse = shared?.parse ?? parseYAML(bytes, file: path)
        diagnostics += parse.diagnostics.prefix(max(0, Self.maximumDiagnostics - diagnostics.count))
        let result: Resolved?
        if let plain = shared?.plain, (size + plain.size).fits(Self.maximumSize) {
            (size, result) = (size + plain.size, plain)
        } else {
            result = parse.root.flatMap { resolveIncludes($0) }.flatMap { resolveExtends($0) }
        }
        resolved[path] = .some(result)
        return result
    }

    /// What is known of a file that other specs may include too; its bytes are held once.
    private mutating func shared(_ bytes: [UInt8], _ path: String) -> ParsedFiles.File {
        let known = ParsedFiles.file(bytes, named: path)
        if let index = inputs.firstIndex(where: { $0.path == path }) {
            (inputs[index].sum, inputs[index].bytes) = (known.sha256, known.bytes)
        }
        return known
    }

    private mutating func resolvedText(_ path: String, from place: SourcePlace, length: Int) -> Resolved? {
        if let known = resolved[path] { return again(known, at: place, length) }
        guard enter(path, from: place, length: length),
            let bytes = read(path, atMost: Self.maximumTextBytes, from: place, length: length)
        else { return nil }
        stack.removeLast()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            report("spec/unreadable", place, length, unreadable(path, notText(path)))
            return nil
        }
        let node = YAMLNode(
            .scalar(YAMLScalar(text: text.hasSuffix("\n") ? String(text.dropLast()) : text, style: .literal)),
            place: SourcePlace(file: path, line: 1, column: 1)
        )
        guard count(TreeSize(nodes: 1, bytes: bytes.count), at: place, length) else { return nil }
        let result = Resolved(node: node, size: TreeSize(nodes: 1, bytes: bytes.count))
        resolved[path] = result
        return result
    }

    /// A file that was resolved before, for another place.
    private mutating func again(_ known: Resolved?, at place: SourcePlace, _ length: Int) -> Resolved? {
        guard let known else { return nil }
        repeatedSize = repeatedSize + known.size
        guard repeatedSize.fits(Self.maximumRepeatedSize), size.fits(Self.maximumSize) else {
            report("spec/too-large", place, length, tooLargeTogether())
            return nil
        }
        guard stack.count + known.depth <= Self.maximumDepth else {
            report("spec/too-many-files", place, length, tooManyFiles())
            return nil
        }
        return count(known.size, at: place, length) ? known : nil
    }

    mutating func count(_ more: TreeSize, at place: SourcePlace, _ length: Int) -> Bool {
        size = size + more
        if size.fits(Self.maximumSize) { return true }
        report("spec/too-large", place, length, tooLargeTogether())
        return false
    }

    /// Whether the spec has become larger than it may be, which has been told: nothing more is resolved.
    var isFull: Bool { !size.fits(Self.maximumSize) || !repeatedSize.fits(Self.maximumRepeatedSize) }

    /// Pushes `path`; refuses cycles and unreasonable depth. Reports what it refuses.
    private mutating func enter(_ path: String, from place: SourcePlace, length: Int) -> Bool {
        if let first = stack.firstIndex(of: path) {
            let chain = (stack[first...] + [path]).joined(separator: " → ")
            report("spec/cycle", place, length, cycle(chain))
            return false
        }
        if stack.count >= Self.maximumDepth || inputs.count >= Self.maximumFiles {
            report("spec/too-many-files", place, length, tooManyFiles())
            return false
        }
        return true
    }

    private mutating func read(_ path: String, atMost limit: Int, from place: SourcePlace, length: Int) -> [UInt8]? {
        if let known = inputs.first(where: { $0.path == path }) {
            stack.append(path)
            return known.bytes
        }
        do throws(FileError) {
            let bytes = if let given = given[path] { given } else { try FileSystem.read(path, atMost: limit) }
            if bytes.count > limit { throw FileError.isTooLarge(path, bytes: bytes.count, limit: limit) }
            inputs.append(InputFile(path: path, bytes: bytes))
            stack.append(path)
            return bytes
        } catch {
            unread.append(path)
            report("spec/unreadable", place, length, unreadable(path, error))
            return nil
        }
    }
}

private func isYAML(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

/// How much a tree is, each part counted as often as it stands in it.
struct TreeSize: Sendable, Hashable {
    var nodes = 0
    /// Of keys and scalars, in UTF-8.
    var bytes = 0

    static func + (left: TreeSize, right: TreeSize) -> TreeSize {
        TreeSize(nodes: left.nodes + right.nodes, bytes: left.bytes + right.bytes)
    }

    func fits(_ limit: TreeSize) -> Bool { nodes <= limit.nodes && bytes <= limit.bytes }
}
