internal import LocalFiles
internal import PluginRuntime
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
