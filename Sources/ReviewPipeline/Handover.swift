internal import LocalFiles
internal import PluginRuntime
internal import ReviewFile
internal import ReviewModel
internal import SpecLoading

/// Where files lie that one renderer wrote and another takes: copies that the one cannot change once the other reads them.
struct Handover: Sendable {
    /// Readable in the sandbox.
    let folder: String
    private let limits: ArtifactLimits

    init(in scratch: String, limits: ArtifactLimits) {
        (folder, self.limits) = (scratch + "/.handover", limits)
    }

    /// Makes the folder; before a sandbox is built, which shows it.
    func make() throws {
        do throws(FileError) { try FileSystem.makeFolder(folder) } catch { throw RunError.output(cannotWrite(error)) }
    }

    /// A copy of the file of a format that an earlier review has left in the place of this one; `nil` where there is none, or none that can
    /// be read: people may have written into it, and the review goes on without.
    ///
    /// - Throws: ``RunError`` where the copy cannot be written.
    func left(_ format: String, to step: Spec.Step, in place: String) throws -> TakenFile? {
        guard FileSystem.exists(place + "/review.json"), let earlier = try? HeldFolder(place),
            let review = try? OutsideFile("review.json", beneath: earlier, atMost: limits.bytesEach).bytes(),
            let recorded = try? RecordedReview.read(review, without: Set(Review.longParts)),
            let artifact = recorded.artifacts.first(where: { $0.format == format }),
            let name = ArtifactName(artifact.path)
        else { return nil }
        let path = FilePaths.plainName(step.id) + "/earlier/" + name.path
        do {
            let file = try OutsideFile(name.path, beneath: earlier, atMost: limits.bytesEach)
            _ = try HeldFolder(folder, followingLinks: false).copy(file.withoutGrowth, to: path, permissions: 0o444)
        } catch CopyError.writing(let error) {
            throw RunError.output(cannotWrite(error))
        } catch { return nil }
        return TakenFile(format: format, step: step.id, path: folder + "/" + path, mediaType: artifact.mediaType)
    }

    /// A copy of an artifact for the steps that take it.
    ///
    /// - Throws: ``PluginFailure`` for a file that may not be taken, ``RunError`` where the copy cannot be written.
    func copy(_ artifact: RenderedArtifact, of step: Spec.Step, from source: HeldFolder) throws -> TakenFile {
        guard let name = ArtifactName(artifact.path) else {
            throw PluginFailure(plugin: step.plugin, .unusableFile(badArtifact(step.plugin, artifact.path)))
        }
        let path = FilePaths.plainName(step.id) + "/" + name.path
        do {
            let file = try OutsideFile(name.path, beneath: source, atMost: limits.bytesEach)
            _ = try HeldFolder(folder, followingLinks: false).copy(file.withoutGrowth, to: path, permissions: 0o444)
        } catch CopyError.writing(let error) {
            throw RunError.output(cannotWrite(error))
        } catch CopyError.reading(let error) {
            throw PluginFailure(plugin: step.plugin, .unusableFile(unreadable(step.plugin, artifact.path, error)))
        } catch let error as FileError {
            throw PluginFailure(plugin: step.plugin, .unusableFile(unreadable(step.plugin, artifact.path, error)))
        }
        return TakenFile(
            format: artifact.format,
            step: step.id,
            path: folder + "/" + path,
            mediaType: artifact.mediaType
        )
    }
}
