internal import JSONDocument
internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel

/// The place of a review, `out/ID`: how a finished folder gets there, and what becomes of the one that was there.
///
/// The two folders change places in one step, so that there is no moment without a review, and a host that is killed leaves
/// the old or the new one. Two hosts at once replace each other's. A folder that has more in it than a review has written
/// is somebody's, and stays.
struct OutputPlace {
    /// `out/ID`.
    let folder: String
    /// `out`, and how the names of folders in it begin that are being filled for this place.
    private let (root, partialPrefix): (String, String)

    init(root: String, id: String) {
        (self.root, folder, partialPrefix) = (root, root + "/" + id, ".\(id).partial-")
    }

    /// Puts right what others have left here, and refuses a place that cannot be filled.
    ///
    /// - Throws: ``RunError/output(_:)``
    func prepare(isTidy: Bool = false) throws {
        if !isTidy { tidy() }
        try check()
    }

    /// Refuses a place that cannot be filled.
    ///
    /// - Throws: ``RunError/output(_:)``
    func check() throws {
        // What another host replaces at this moment looks odd for as long.
        for _ in 0..<Self.attempts {
            guard let stranger = stranger(in: folder) else { return }
            if stranger.isStillThere { throw RunError.output(notOurs(folder, stranger.name)) }
        }
    }

    /// Puts the folder into place and removes what was there.
    ///
    /// - Throws: ``RunError/output(_:)``; then what was in the place is there still.
    func fill(with partial: HeldFolder) throws {
        do {
            for _ in 0..<Self.attempts {
                if try FileSystem.moveFolder(partial.path, to: folder) { return }
                try check()
                guard try FileSystem.exchange(partial.path, folder) else { continue }
                // What was in the place has the other name now. Had somebody put a file into it in between, it goes back.
                if let stranger = stranger(in: partial.path) {
                    _ = try FileSystem.exchange(partial.path, folder)
                    throw RunError.output(notOurs(folder, stranger.name))
                }
                return FileSystem.tidyAway(partial.path)
            }
            throw RunError.output(keepsChanging(folder))
        } catch let error as FileError {
            throw RunError.output(cannotWrite(error))
        }
    }

    /// How often to look again while other hosts fill the same place; each needs a moment for that.
    private static let attempts = 1000
}

// MARK: - Beside the place

extension OutputPlace {
    /// A new folder beside the place, for what is to get there. Nothing of it stays when the host is killed.
    func newPartialFolder(_ caretaker: Caretaker?) throws(FileError) -> HeldFolder {
        while true {
            let path = FileSystem.unusedName(prefix: root + "/" + partialPrefix)
            caretaker?.remove(FileSystem.absolute(path), orItsEarlierTo: FileSystem.absolute(folder))
            try FileSystem.makeOwnFolder(path)
            let partial: HeldFolder
            do throws(FileError) { partial = try HeldFolder(path) } catch {
                guard FileSystem.exists(path) else { continue }
                throw error
            }
            // Before it had its mark, somebody may have taken it for one that nobody uses.
            if partial.markInUse() != false, partial.isStill(at: path) { return partial }
        }
    }

    /// Puts right what a host has left that was killed together with its caretaker, or whose machine went down: a review that
    /// was moved aside goes back to its place, half-filled folders go.
    ///
    /// A host that is at work loses nothing by it: its folder is marked as in use, and of the three renames that a file
    /// system without exchange needs, the second finds the place filled and begins anew.
    func tidy() { tidy(FileSystem.names(in: root, beginningWith: partialPrefix)) }

    /// - Parameter found: names in the root, among them those that begin like this place's.
    fileprivate func tidy(_ found: [String]) {
        let names = found.filter { $0.utf8.starts(with: partialPrefix.utf8) }
        for name in names where name.hasSuffix(FileSystem.earlierSuffix) {
            let partial = String(name.dropLast(FileSystem.earlierSuffix.count))
            guard FileSystem.isUnusedName(partial, prefix: partialPrefix) else { continue }
            putBack(root + "/" + name)
        }
        for name in names where FileSystem.isUnusedName(name, prefix: partialPrefix) {
            let path = root + "/" + name
            guard let held = try? HeldFolder(path, followingLinks: false), held.markInUse() == true else { continue }
            // What another host has just exchanged may have got a file of somebody's; then that host puts it back.
            let isWhole = WrittenFiles(of: held) != nil
            if held.isStill(at: path), !isWhole || stranger(in: path) == nil { FileSystem.remove(path) }
        }
    }

    private func putBack(_ earlier: String) {
        // Fails where the place is filled; then what was there has been replaced.
        if (try? FileSystem.moveFolder(earlier, to: folder)) == true { return }
        if stranger(in: earlier) == nil { FileSystem.remove(earlier) }
    }
}

/// Puts right what hosts have left in the folder of many reviews; ``RunOptions/isTidy`` says then that each need not look itself.
package func tidyOutput(_ root: String, ids: [String]) {
    let names = FileSystem.names(in: root, beginningWith: ".")
    if names.isEmpty { return }
    for id in ids { OutputPlace(root: root, id: id).tidy(names) }
}

// MARK: - What people have changed

/// A file of a review that is another by now than the one that was written: a report corrected in Word, answers typed into a workbook.
struct EditedFile {
    /// In the folder of the review.
    var path: String
    var format: String
    /// Of what was written.
    var sha256: String
}

extension OutputPlace {
    /// The formats of the files that the review in the place has, as far as they are there.
    var formats: Set<String> { Set(artifacts { _, _ in true }.map(\.format)) }

    /// Those of the files of the review in the place that are there and of which this holds; none where there is no review.
    private func artifacts(where holds: (EditedFile, OutsideFile) -> Bool) -> [EditedFile] {
        guard let held = try? HeldFolder(folder, followingLinks: false), let written = WrittenFiles(of: held) else {
            return []
        }
        return written.artifacts.filter { artifact in
            file(artifact.path, in: held).map { holds(artifact, $0) } ?? false
        }
    }

    /// The paths of the files that the review in the place has written and that are there, as it lists them.
    func files() -> [String] { artifacts { _, _ in true }.map(\.path) }

    /// The files of the review in the place that somebody has changed since it was written; none where there is no review.
    func edited() -> [EditedFile] {
        artifacts { written, now in (try? now.sha256()).map { $0 != written.sha256 } ?? false }
    }

    /// Copies what people have changed beside the place, `out/ID.edited`, before a new review stands there. A copy that is there already
    /// is not made twice.
    ///
    /// - Parameter carried: paths of files whose changes the new review has taken over.
    /// - Returns: where the copies are.
    func setAside(apartFrom carried: Set<String>) throws(FileError) -> [String] {
        let lost = edited().filter { !carried.contains($0.path) }
        guard !lost.isEmpty, let held = try? HeldFolder(folder, followingLinks: false) else { return [] }
        let aside = folder + ".edited"
        try FileSystem.makeFolder(aside)
        let target = try HeldFolder(aside)
        var copies: [String] = []
        for file in lost {
            guard let sha256 = try? self.file(file.path, in: held)?.sha256() else { continue }
            for number in 1...Self.mostCopies {
                let name = numbered(file.path, number)
                if FileSystem.exists(aside + "/" + name) {
                    guard (try? self.file(name, in: target)?.sha256()) == sha256 else { continue }
                } else {
                    // Opened anew: what has been read is behind it.
                    guard let source = self.file(file.path, in: held) else { break }
                    do throws(CopyError) { _ = try target.copy(source, to: name) } catch {
                        switch error {
                        case .reading(let error), .writing(let error): throw error
                        }
                    }
                }
                copies.append(aside + "/" + name)
                break
            }
        }
        return copies
    }

    /// Who has changed a file more often in one place keeps the copies that there are.
    private static let mostCopies = 1000

    private func file(_ path: String, in folder: HeldFolder) -> OutsideFile? {
        guard let name = ArtifactName(path) else { return nil }
        return try? OutsideFile(name.path, beneath: folder, atMost: maximumReviewBytes)
    }

    /// `report-2.docx`, the second of a name; the first is called as the file itself.
    private func numbered(_ path: String, _ number: Int) -> String {
        if number == 1 { return path }
        let name = FilePaths.name(of: path)
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let renamed = name[..<dot] + "-\(number)" + name[dot...]
        let above = FilePaths.folder(of: path)
        return above == "." ? String(renamed) : above + "/" + renamed
    }
}

// MARK: - Whose it is

extension OutputPlace {
    /// Something that no review has written: where it is in the folder, empty for the whole, and whether the folder is still
    /// the one that was looked at.
    private typealias Stranger = (name: String, isStillThere: Bool)

    private func stranger(in folder: String) -> Stranger? {
        guard FileSystem.exists(folder) else { return nil }
        guard let held = try? HeldFolder(folder, followingLinks: false) else { return ("", FileSystem.exists(folder)) }
        if held.names.isEmpty { return nil }
        guard let ours = WrittenFiles(of: held) else {
            return (held.names.first { !ReviewOutput.ownFiles.contains($0) } ?? "", held.isStill(at: folder))
        }
        return ours.stranger(in: held).map { ($0, held.isStill(at: folder)) }
    }
}

/// The files that a review says it has written.
private struct WrittenFiles {
    private var files = Set(ReviewOutput.ownFiles)
    private var folders: Set<String> = []
    private(set) var artifacts: [EditedFile] = []

    /// `nil` where there is no `review.json` that says so.
    init?(of folder: HeldFolder) {
        guard
            let bytes = try? OutsideFile("review.json", beneath: folder, atMost: maximumReviewBytes).bytes(),
            let text = try? JSONText(bytes)
        else { return nil }
        var schema: String?
        text.read { cursor in
            _ = cursor.members { key, cursor in
                switch key {
                case "schema": schema = cursor.text()
                case "artifacts":
                    _ = cursor.elements { cursor in
                        let artifact = cursor.value()
                        if let path = artifact["path"]?.text {
                            artifacts.append(
                                EditedFile(
                                    path: path,
                                    format: artifact["format"]?.text ?? "",
                                    sha256: artifact["sha256"]?.text ?? ""
                                )
                            )
                        }
                        return true
                    }
                default: _ = cursor.skip()
                }
            }
        }
        guard schema?.hasPrefix("pingshen.review/") == true else { return nil }
        for path in artifacts.map(\.path) {
            files.insert(path)
            var above = FilePaths.folder(of: path)
            while above != ".", above != "/" {
                folders.insert(above)
                above = FilePaths.folder(of: above)
            }
        }
    }

    /// The path of something else in the folder, if there is anything.
    func stranger(in folder: HeldFolder, under prefix: String = "") -> String? {
        for name in folder.names {
            let path = prefix + name
            if let inner = try? folder.existingFolder(name) {
                guard folders.contains(path) else { return path }
                if let found = stranger(in: inner, under: path + "/") { return found }
            } else if !files.contains(path) {
                return path
            }
        }
        return nil
    }
}

// MARK: - Messages

private func notOurs(_ folder: String, _ name: String) -> LocalizedText {
    if name.isEmpty {
        return LocalizedText(
            zh: "\(folder) 已经存在，但不是评审结果；没有覆盖。请移走它，或用 --out 另选文件夹。",
            en:
                "\(folder) is there already and is no review; nothing was replaced. Move it away, or choose another folder with --out"
        )
    }
    return LocalizedText(
        zh: "\(folder) 中有不是评审写出的 \(quoted(name))；没有覆盖。请移走它，或用 --out 另选文件夹。",
        en: "\(folder) holds \(quoted(name)), which no review has written; nothing was replaced. "
            + "Move it away, or choose another folder with --out"
    )
}

private func keepsChanging(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh: "\(folder) 不断被其他程序改动，无法写入。请稍后再试。",
        en: "\(folder) keeps being changed by other programs and cannot be replaced; try again later"
    )
}
