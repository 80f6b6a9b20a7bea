internal import ArgumentParser
internal import CHostFiles
internal import LocalFiles
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// The copy of an audited report with comments in it, and what people have answered to those of an earlier copy.
struct ReviewedCopy {
    /// The report, as it was named.
    let report: String
    /// Whether changes are proposed in it, too.
    let suggests: Bool
    /// Where the copy goes; beside the report for nil.
    let folder: String?

    /// What the report is, by its first bytes; nil for what gets no comments.
    enum Kind { case word, pdf }

    var kind: Kind? {
        guard let file = try? OutsideFile(report, atMost: 1 << 30), let start = try? file.bytes(from: 0, atMost: 1_024)
        else { return nil }
        if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .word }
        let mark = Array("%PDF-".utf8)
        return start.indices.contains { start[$0...].starts(with: mark) } ? .pdf : nil
    }

    /// The spec with the step that writes the copy.
    func adding(to spec: LoadedSpec) -> LoadedSpec {
        let step = CarriedFile.reviewedCopy.text
        return spec.adding(step: step, as: "reviewed-copy.yaml", files: ["report": report])
    }

    /// The formats to ask for.
    var formats: [String] { [suggests ? "suggested" : "reviewed", "answers"] }

    /// Takes the files out of the review's folder.
    ///
    /// What stands in their place already and is something else stays: somebody may have answered in it. The new one gets a number then.
    ///
    /// - Returns: the paths of the files.
    func take(from outcome: ReviewOutcome) throws(FileError) -> [String] {
        let target = folder ?? FilePaths.folder(of: FilePaths.normalised(report))
        if folder != nil { try FileSystem.makeFolder(target) }
        var paths: [String] = []
        for file in outcome.files.map({ FilePaths.name(of: $0) }) where Self.isOurs(file) {
            let bytes = try FileSystem.read(outcome.folder + "/" + file, atMost: 1 << 28)
            paths.append(try put(bytes, as: file, into: target))
        }
        return paths
    }

    private static func isOurs(_ file: String) -> Bool {
        [".reviewed.docx", ".reviewed.pdf", ".waivers.yaml", ".feedback.yaml"].contains { file.hasSuffix($0) }
    }

    private func put(_ bytes: [UInt8], as file: String, into folder: String) throws(FileError) -> String {
        let dot = file.lastIndex(of: ".") ?? file.endIndex
        for number in 1...1_000 {
            let name = number == 1 ? file : "\(file[..<dot])-\(number)\(file[dot...])"
            let path = FilePaths.resolve(name, inFolder: folder)
            if FileSystem.mayExist(path) {
                if let there = try? FileSystem.read(path, atMost: 1 << 28), there == bytes { return path }
                continue
            }
            // Whole or not at all.
            let partial = path + ".partial"
            try FileSystem.write(bytes, to: partial)
            try FileSystem.rename(partial, to: path)
            return path
        }
        throw FileError(folder + "/" + file, reason: tooManyCopies)
    }
}

// MARK: - Messages

private let tooManyCopies = LocalizedText(
    zh: "同名的审阅副本已有 1000 份，请先清理",
    en: "there are 1,000 copies of that name; remove some"
)
