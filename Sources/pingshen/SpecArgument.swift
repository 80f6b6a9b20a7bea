internal import ArgumentParser
internal import LocalFiles
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// The spec that an argument means: itself, the `spec.yaml` in a folder, or the one beside a workbook.
///
/// - Throws: ``ExitCode/invalidSpec`` where there is none, which has been told.
func specPath(_ argument: String, _ locale: Locale) throws -> String {
    let isBook = argument.lowercased().hasSuffix(".xlsx")
    guard isBook || FileSystem.isFolder(argument) else { return argument }
    let spec = FilePaths.resolve("spec.yaml", inFolder: isBook ? FilePaths.folder(of: argument) : argument)
    if FileSystem.isRegularFile(spec) { return spec }
    Terminal.error(noSpec(argument, spec)(locale))
    throw ExitCode.invalidSpec
}

/// The spec that an argument means, loaded. With the copy of a workbook that has come back (`project.reviewed.xlsx`), that copy is read.
///
/// - Throws: ``ExitCode/invalidSpec`` where there is none, or it does not read the workbook that was named; this has been told.
func loadArgument(
    _ argument: String,
    _ locale: Locale,
    replacing replacements: [String: String] = [:]
) throws -> LoadedSpec {
    let path = try specPath(argument, locale)
    let loaded = loadSpec(path, replacing: replacements)
    let isBook = path != argument && !FileSystem.isFolder(argument)
    func reads(_ file: String) -> Bool {
        loaded.files.contains { FileSystem.absolute($0.path) == FileSystem.absolute(file) }
    }
    if isBook, loaded.spec != nil, !reads(argument) {
        // A copy with findings that has come back is read in place of the workbook that it was made of.
        let original = originalName(argument)
        if original != argument, reads(original) {
            return loadSpec(path, replacing: replacements, reading: [original: argument])
        }
        Terminal.error(notRead(argument, path, loaded.files.map(\.path))(locale))
        throw ExitCode.invalidSpec
    }
    return loaded
}

/// The path of the spec that an argument means, and what loads it again and again.
///
/// - Throws: ``ExitCode/invalidSpec`` where there is no such file, or it does not read the workbook that was named; this has been told.
func argumentLoader(_ argument: String, _ locale: Locale) throws -> (path: String, load: @Sendable () -> LoadedSpec) {
    let loaded = try loadArgument(argument, locale)
    let path = loaded.path
    if !FileSystem.exists(path) {
        Reporter(locale: locale).list(CheckedSpec(loaded: loaded))
        throw ExitCode.invalidSpec
    }
    let original = originalName(argument)
    let isCopy =
        original != argument && loaded.files.contains { FileSystem.absolute($0.path) == FileSystem.absolute(argument) }
    return (path, { loadSpec(path, reading: isCopy ? [original: argument] : [:]) })
}

// MARK: - Messages

private func notRead(_ book: String, _ spec: String, _ files: [String]) -> LocalizedText {
    var (known, named) = (Set<String>(), [String]())
    for file in files where known.insert(file).inserted { named.append(file) }
    let copy = named.first { $0.lowercased().hasSuffix(".xlsx") }.map { file in
        let name = FilePaths.name(of: file).dropLast(".xlsx".count) + ".reviewed.xlsx"
        return LocalizedText(
            zh: "。若是退回的审阅副本，请改名为 \(name) 再运行",
            en: "; if it is a copy with findings that has come back, call it \(name) and run it again"
        )
    }
    return LocalizedText(
        zh: "\(spec) 不读取 \(book)，它读取的是：\(named.joined(separator: "、"))" + (copy?.zh ?? ""),
        en: "\(spec) does not read \(book); it reads: \(named.joined(separator: ", "))" + (copy?.en ?? "")
    )
}

private func noSpec(_ argument: String, _ spec: String) -> LocalizedText {
    LocalizedText(
        zh: "\(argument)：没有 \(spec)，不知道按什么评审。请先用 pingshen init 新建项目，再填写其中的 project.xlsx",
        en:
            "\(argument): there is no \(spec) to say how it is reviewed; begin with pingshen init, and fill in its project.xlsx"
    )
}
