internal import LocalFiles
internal import PluginRuntime
internal import ReviewFile
internal import ReviewModel
internal import SpecLoading
internal import Synchronization

/// The files of one review, gathered in a folder beside their place and moved there all at once.
final class ReviewOutput: Sendable {
    typealias Artifact = RecordedReview.Artifact

    private let place: OutputPlace
    private let partial: HeldFolder
    private let limits: ArtifactLimits
    private let caretaker: Caretaker?
    private let taken = Mutex(Taken())

    private struct Taken {
        var artifacts: [Artifact] = []
        var names = TakenNames()
        var bytes = 0

        var amount: ArtifactLimits.Amount { ArtifactLimits.Amount(files: artifacts.count, bytes: bytes) }
    }

    /// What the host itself writes beside the artifacts, a summary of many reviews afterwards included.
    static let ownFiles = ["review.json", "run.jsonl"] + AcrossFiles.all

    init(root: String, id: String, limits: ArtifactLimits = ArtifactLimits(), caretaker: Caretaker?) throws {
        (self.limits, self.caretaker) = (limits, caretaker)
        place = OutputPlace(root: root, id: id)
        try place.check()
        do throws(FileError) {
            try FileSystem.makeFolder(root)
            partial = try place.newPartialFolder(caretaker)
        } catch {
            throw RunError.output(cannotWrite(error))
        }
    }

    /// The artifacts by path.
    var artifacts: [Artifact] { taken.withLock { $0.artifacts.sorted { $0.path < $1.path } } }

    /// Copies a renderer's files: all of them, or none if there is one that may not be taken.
    ///
    /// - Parameter folder: where the renderer wrote them, held open since before it was asked to.
    /// - Throws: ``PluginFailure`` for such a file, ``RunError`` where the copy cannot be written.
    func take(_ artifacts: [RenderedArtifact], from folder: HeldFolder, plugin: String) throws {
        let before = taken.withLock { taken in
            taken.names.beginStep()
            return taken
        }
        do {
            try check(artifacts.count, after: before.amount, plugin: plugin)
            for artifact in artifacts { try take(artifact, from: folder, plugin: plugin, after: before.amount) }
        } catch {
            let copied = taken.withLock { taken in
                defer { taken = before }
                return taken.artifacts.dropFirst(before.artifacts.count)
            }
            for artifact in copied { FileSystem.remove(partial.path + "/" + artifact.path) }
            throw error
        }
    }

    /// Whether so many files may still be taken; looked at before the first is copied.
    private func check(_ count: Int, after before: ArtifactLimits.Amount, plugin: String) throws(PluginFailure) {
        if count > limits.ofStep.files {
            throw PluginFailure(plugin: plugin, .unusableFile(tooManyFiles(plugin, count, limits.ofStep.files, nil)))
        }
        if count > before.left(of: limits.ofRun).files {
            throw PluginFailure(
                plugin: plugin,
                .unusableFile(tooManyFiles(plugin, count, limits.ofRun.files, before.files))
            )
        }
    }

    /// Copies one file. Only regular files inside the renderer's own folder are taken, under plain names.
    private func take(
        _ artifact: RenderedArtifact,
        from folder: HeldFolder,
        plugin: String,
        after before: ArtifactLimits.Amount
    ) throws {
        func unusable(_ sentence: LocalizedText) -> PluginFailure {
            PluginFailure(plugin: plugin, .unusableFile(sentence))
        }
        guard let name = ArtifactName(artifact.path) else { throw unusable(badArtifact(plugin, artifact.path)) }
        // It stands in review.json, and is nobody's text.
        let type = artifact.mediaType
        if type.utf8.count > 255 || type.unicodeScalars.contains(where: { $0.isActedOn || !$0.isASCII }) {
            throw unusable(badMediaType(plugin, artifact.path, type))
        }
        if TakenNames.isOurs(name) { throw unusable(ownName(plugin, artifact.path)) }
        guard taken.withLock({ $0.names.take(name) }) else { throw unusable(takenName(plugin, artifact.path)) }
        do {
            let file = try OutsideFile(name.path, beneath: folder, atMost: limits.bytesEach)
            let bytes = taken.withLock { $0.bytes }
            if bytes + file.byteCount > before.bytes + limits.ofStep.bytes {
                throw unusable(tooManyBytes(plugin, artifact.path, limits.ofStep.bytes, isOfRun: false))
            }
            if bytes + file.byteCount > limits.ofRun.bytes {
                throw unusable(tooManyBytes(plugin, artifact.path, limits.ofRun.bytes, isOfRun: true))
            }
            // What is added to it from now on has not been counted.
            let source = file.withoutGrowth
            let sha256 = try partial.copy(source, to: name.path)
            taken.withLock { taken in
                taken.bytes += source.byteCount
                taken.artifacts.append(
                    Artifact(
                        path: name.path,
                        mediaType: artifact.mediaType,
                        sha256: sha256,
                        // What its name says needs no word more.
                        format: artifact.format == RenderedArtifact(path: name.path, mediaType: "").format
                            ? "" : artifact.format
                    )
                )
            }
        } catch CopyError.writing(let error) {
            throw RunError.output(cannotWrite(error))
        } catch CopyError.reading(let error) {
            throw unusable(unreadable(plugin, artifact.path, error))
        } catch let error as FileError {
            throw unusable(unreadable(plugin, artifact.path, error))
        }
    }

    /// Writes the review itself and moves the whole folder into place, replacing an earlier review of the same id.
    ///
    /// - Parameter carried: formats in which a renderer takes over what people have changed in the earlier file.
    func finish(
        _ recorded: RecordedReview,
        _ ledger: StepLedger,
        of loaded: LoadedSpec,
        carrying carried: Set<String>
    ) throws -> ReviewOutcome {
        let json = recorded.document
        do {
            try partial.write(to: "review.json") { write in try JSONWriter.document(json) { try write($0) } }
            try partial.write(ledger.log.lines, to: "run.jsonl")
            partial.makeReadable()
        } catch let error as FileError {
            throw RunError.output(cannotWrite(error))
        }
        let files = ["review.json"] + artifacts.map(\.path)
        // Before others can get at them.
        let identities = files.map { FileIdentity(partial.path + "/" + $0)?.text ?? "" }
        let earlier = place.files()
        let setAside: [String]
        do throws(FileError) {
            setAside = try place.setAside(
                apartFrom: Set(artifacts.filter { carried.contains($0.format) }.map(\.path))
            )
        } catch { throw RunError.output(cannotWrite(error)) }
        try place.fill(with: partial)
        caretaker?.forget(FileSystem.absolute(partial.path))
        return ReviewOutcome(
            review: recorded.review,
            folder: place.folder,
            files: files.map { place.folder + "/" + $0 },
            json: json,
            failures: ledger.failures,
            inputs: recorded.inputs,
            artifacts: recorded.artifacts,
            notices: loaded.notices,
            setAside: setAside,
            removed: earlier.filter { !files.contains($0) }.map { place.folder + "/" + $0 },
            identities: identities
        )
    }

    /// Removes what was gathered.
    func discard() {
        FileSystem.tidyAway(partial.path)
        caretaker?.forget(FileSystem.absolute(partial.path))
    }
}

extension LoadedSpec {
    /// Only what a run tells, too: it goes well today, and will not for ever.
    fileprivate var notices: LoadedSpec {
        var copy = self
        copy.diagnostics = diagnostics.filter {
            ["plugin/deprecated", "spec/renamed-rule", "spec/unlisted-rule"].contains($0.code)
                && $0.severity == .warning
        }
        return copy
    }
}

// MARK: - Messages

func badArtifact(_ plugin: String, _ path: String) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"要写入\(quoted(path))：只允许其临时文件夹内的普通相对路径，不含控制字符和看不见的字符",
        en: "the plugin \"\(plugin)\" wants to write \(quoted(path)): "
            + "only plain relative paths in its scratch folder are taken, without characters that control something or cannot be seen"
    )
}

private func badMediaType(_ plugin: String, _ path: String, _ type: String) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"的文件\(quoted(path))的类型是\(quoted(type))，应为 text/markdown 之类",
        en:
            "the plugin \"\(plugin)\" calls the type of \(quoted(path)) \(quoted(type)), where one such as text/markdown is "
            + "expected"
    )
}

private func ownName(_ plugin: String, _ path: String) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"要写入\(quoted(path))，这个名称（或看起来与它相同的名称）归评审本身使用；请换一个名称",
        en:
            "the plugin \"\(plugin)\" wants to write \(quoted(path)), a name that is the review's own or looks like it; give "
            + "it another"
    )
}

private func takenName(_ plugin: String, _ path: String) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"要写入\(quoted(path))，但该文件已经写出（名称相同，或只有大小写不同，或一个是另一个的文件夹，或与其他步骤的文件看起来一样）；请用不同的名称",
        en: "the plugin \"\(plugin)\" wants to write \(quoted(path)), but there is that file already "
            + "(by the same name, one of other case, as a folder, or one of another step that looks like it); give them different names"
    )
}

/// - Parameter earlier: the files of other steps, where the limit is that of the run.
private func tooManyFiles(_ plugin: String, _ count: Int, _ limit: Int, _ earlier: Int?) -> LocalizedText {
    let (besideZh, besideEn) = earlier.map { ("（此前其他步骤已交 \($0) 个）", " beside \($0) of other steps") } ?? ("", "")
    let (whoseZh, whoseEn) = earlier == nil ? ("一个步骤", "a step") : ("一次评审", "a run")
    return LocalizedText(
        zh: "插件\"\(plugin)\"交出 \(count) 个文件\(besideZh)，\(whoseZh)最多 \(limit) 个；请合并成较少的文件",
        en: "the plugin \"\(plugin)\" hands over \(count) files\(besideEn), where \(whoseEn) may have \(limit); "
            + "let it write fewer"
    )
}

private func tooManyBytes(_ plugin: String, _ path: String, _ limit: Int, isOfRun: Bool) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"的文件连同\(quoted(path))超过 \(limit) 字节，\(isOfRun ? "一次评审" : "一个步骤")的全部文件以此为限；请压缩图片或减少文件",
        en: "with \(quoted(path)) of the plugin \"\(plugin)\" the files of \(isOfRun ? "the run" : "its step") pass "
            + "\(limit) bytes together; smaller pictures or fewer files would fit"
    )
}

func unreadable(_ plugin: String, _ path: String, _ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"报告写了\(quoted(path))，但无法取用：\(error.reason.zh)" + (error.help.map { "；\($0.zh)" } ?? ""),
        en: "the plugin \"\(plugin)\" says it wrote \(quoted(path)), which cannot be taken: \(error.reason.en)"
            + (error.help.map { "; \($0.en)" } ?? "")
    )
}
