internal import ArgumentParser
internal import LocalFiles
internal import ReviewModel
internal import SpecLoading

/// Holds a file that a command is given against what can be known before it is read, so that a slip is told by the name that was
/// typed, and not at a line of a spec that pingshen carries.
///
/// - Throws: ``ExitCode/invalidSpec`` where there is no such file, or nothing in it; this has been told.
func requireFile(_ path: String, _ locale: Locale) throws {
    let complaint: LocalizedText?
    do throws(FileError) {
        let file = try OutsideFile(path, atMost: FileSetting.maximumBytes)
        complaint = file.byteCount == 0 ? isEmpty(path) : nil
    } catch {
        complaint = error.sentence
    }
    guard let complaint else { return }
    Terminal.error(complaint(locale))
    throw ExitCode.invalidSpec
}

// MARK: - Messages

private func isEmpty(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "文件\(quoted(path))是空的（0 字节）；请换一份，或重新保存、下载",
        en: "the file \(quoted(path)) is empty (0 bytes); take another copy, or save or download it again"
    )
}
