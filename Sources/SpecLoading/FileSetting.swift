package import LocalFiles
public import ReviewModel
internal import YAMLDocument

/// A file that a setting of a step names: `!file ./lines.xlsx`.
///
/// What is in it is the plugin's business. The host copies it for the run, and says in the review what it was.
public struct FileSetting: Sendable, Hashable {
    /// The setting, in the spec's document.
    public var pointer: JSONPointer
    /// The file, as places name it.
    public var path: String
    public var place: Place
    /// Where it lies, if that is not where places say.
    package var stored: String?

    /// The file to read.
    package var source: String { stored ?? path }

    /// Bytes of one file: a workbook with a million rows has a hundred MiB, and the copy may lie in memory.
    package static let maximumBytes = 512 << 20
    /// Bytes of all files of one run, each counted once.
    package static let maximumTotalBytes = 1 << 30
    /// Files of one run.
    package static let maximumCount = 100
}

extension FileSetting {
    /// What is wrong with the file, at the setting.
    package func mistake(_ error: FileError) -> Diagnostic {
        Diagnostic(.error, code: "spec/unusable-file", at: place, unusableFile(path, error))
    }
}

extension DocumentLoader {
    /// The files that settings of steps name. Reports those that are named elsewhere, and those that no plugin could read.
    mutating func fileSettings(in root: YAMLNode) -> [FileSetting] {
        if namedFiles.isEmpty { return [] }
        var found = FoundFiles()
        collect(root, JSONPointer(), &found)
        return found.settings
    }

    private struct FoundFiles {
        var settings: [FileSetting] = []
        var paths: Set<String> = []
        var bytes = 0

        var isTooMuch: Bool { paths.count > FileSetting.maximumCount || bytes > FileSetting.maximumTotalBytes }
    }

    private mutating func collect(_ node: YAMLNode, _ pointer: JSONPointer, _ found: inout FoundFiles) {
        switch node.content {
        case .scalar(let scalar):
            guard node.tag == "!file", let path = namedFiles[scalar.text] else { return }
            let isSetting = pointer.tokens.count > 3 && pointer.tokens[0] == "pipeline" && pointer.tokens[2] == "with"
            guard isSetting else { return report("spec/misplaced-file", node.place, node.length, misplacedFile()) }
            do throws(FileError) {
                if found.isTooMuch { return }
                let setting = FileSetting(
                    pointer: pointer,
                    path: path,
                    place: node.place.place,
                    stored: stored[path]
                )
                found.settings.append(setting)
                guard found.paths.insert(path).inserted else { return }
                found.bytes += try OutsideFile(setting.source, atMost: FileSetting.maximumBytes).byteCount
                if found.isTooMuch { report("spec/too-many-files", node.place, node.length, tooManyNamedFiles()) }
            } catch {
                report("spec/unusable-file", node.place, node.length, unusableFile(path, error))
            }
        case .sequence(let elements):
            for (index, element) in elements.enumerated() { collect(element, pointer / index, &found) }
        case .mapping(let entries):
            for entry in entries { collect(entry.value, pointer / (entry.key.text ?? ""), &found) }
        }
    }
}
