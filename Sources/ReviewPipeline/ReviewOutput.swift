internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import Synchronization

/// The files of one review, gathered in a folder beside their place and moved there all at once.
final class ReviewOutput: Sendable {
    struct Artifact: Sendable {
        var path: String
        var mediaType: String
        var sha256: String
    }

    private let folder: String
    private let partial: String
    private let taken = Mutex<[Artifact]>([])

    /// The most bytes of one artifact: a report with pictures stays far below.
    static let maximumArtifactBytes = 256 << 20

    init(root: String, id: String, caretaker: Caretaker?) throws {
        do throws(FileError) {
            try FileSystem.makeFolder(root)
            partial = try FileSystem.makeTemporaryFolder(prefix: root + "/.\(id).partial-")
            folder = root + "/" + id
            caretaker?.remove(FileSystem.absolute(partial))
        } catch {
            throw RunError.output(cannotWrite(error))
        }
    }

    /// The artifacts by path.
    var artifacts: [Artifact] { taken.withLock { $0.sorted { $0.path < $1.path } } }

    /// Copies a renderer's files: all of them, or none if there is one that may not be taken.
    ///
    /// - Throws: ``PluginFailure`` for such a file, ``RunError`` where the copy cannot be written.
    func take(_ artifacts: [RenderedArtifact], from scratch: String, plugin: String) throws {
        var copied: [String] = []
        do {
            for artifact in artifacts {
                try take(artifact, from: scratch, plugin: plugin)
                copied.append(artifact.path)
            }
        } catch {
            taken.withLock { taken in taken.removeAll { copied.contains($0.path) } }
            for path in copied { FileSystem.remove(partial + "/" + path) }
            throw error
        }
    }

    /// Copies one file. Only regular files inside the renderer's own folder are taken, under plain names.
    private func take(_ artifact: RenderedArtifact, from scratch: String, plugin: String) throws {
        let parts = artifact.path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain =
            !artifact.path.isEmpty
            && parts.allSatisfy { part in
                !part.isEmpty && part != "." && part != ".."
                    && !part.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "\\") }
            }
        guard isPlain, parts.count <= 8, !Self.reserved.contains(artifact.path) else {
            throw PluginFailure(plugin: plugin, .unusableFile(badArtifact(plugin, artifact.path)))
        }
        let source = scratch + "/" + artifact.path
        guard FileSystem.isRegularFile(source), let real = FileSystem.realPath(source),
            let root = FileSystem.realPath(scratch), real == root + "/" + artifact.path
        else { throw PluginFailure(plugin: plugin, .unusableFile(notAFile(plugin, artifact.path))) }
        guard let bytes = try? FileSystem.read(source), bytes.count <= Self.maximumArtifactBytes else {
            throw PluginFailure(plugin: plugin, .unusableFile(unreadable(plugin, artifact.path)))
        }
        guard add(Artifact(path: artifact.path, mediaType: artifact.mediaType, sha256: sha256(bytes))) else {
            throw PluginFailure(plugin: plugin, .unusableFile(writtenTwice(plugin, artifact.path)))
        }
        do throws(FileError) {
            try FileSystem.makeFolder(FilePaths.folder(of: partial + "/" + artifact.path))
            try FileSystem.write(bytes, to: partial + "/" + artifact.path)
        } catch {
            throw RunError.output(cannotWrite(error))
        }
    }

    private static let reserved = ["review.json", "run.jsonl"]

    private func add(_ artifact: Artifact) -> Bool {
        taken.withLock { taken in
            if taken.contains(where: { $0.path == artifact.path }) { return false }
            taken.append(artifact)
            return true
        }
    }

    /// Writes the review itself and moves the whole folder into place, replacing an earlier review of the same id.
    func finish(_ review: Review, json: [UInt8], _ ledger: StepLedger) throws -> ReviewOutcome {
        do throws(FileError) {
            try FileSystem.write(json, to: partial + "/review.json")
            try FileSystem.write(ledger.log.lines, to: partial + "/run.jsonl")
            try moveIntoPlace()
        } catch {
            throw RunError.output(cannotWrite(error))
        }
        let files = ["review.json"] + artifacts.map(\.path)
        return ReviewOutcome(
            review: review,
            folder: folder,
            files: files.map { folder + "/" + $0 },
            json: json,
            failures: ledger.failures
        )
    }

    private func moveIntoPlace() throws(FileError) {
        FileSystem.makeReadable(partial)
        guard FileSystem.isFolder(folder) else { return try FileSystem.rename(partial, to: folder) }
        let earlier = partial + ".earlier"
        try FileSystem.rename(folder, to: earlier)
        do throws(FileError) {
            try FileSystem.rename(partial, to: folder)
        } catch {
            try? FileSystem.rename(earlier, to: folder)
            throw error
        }
        FileSystem.remove(earlier)
    }

    /// Removes what was gathered.
    func discard() {
        FileSystem.remove(partial)
    }
}

// MARK: - Messages

private func badArtifact(_ plugin: String, _ path: String) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"要写入\"\(path)\"：只允许其临时文件夹内的普通相对路径",
        en:
            "the plugin \"\(plugin)\" wants to write \"\(path)\": only plain relative paths in its scratch folder are taken"
    )
}

private func notAFile(_ plugin: String, _ path: String) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"报告写了\"\(path)\"，但那里没有普通文件",
        en: "the plugin \"\(plugin)\" says it wrote \"\(path)\", but there is no regular file"
    )
}

private func unreadable(_ plugin: String, _ path: String) -> LocalizedText {
    let limit = ReviewOutput.maximumArtifactBytes >> 20
    return LocalizedText(
        zh: "插件\"\(plugin)\"写的文件\"\(path)\"无法读取，或超过 \(limit) MiB",
        en: "the file \"\(path)\" of the plugin \"\(plugin)\" cannot be read or is larger than \(limit) MiB"
    )
}

private func writtenTwice(_ plugin: String, _ path: String) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"要写入\"\(path)\"，但该文件已由另一步骤写出；请让两个步骤写不同的文件名",
        en: "the plugin \"\(plugin)\" wants to write \"\(path)\", which another step has written; give them two names"
    )
}
