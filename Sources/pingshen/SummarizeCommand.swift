internal import ArgumentParser
internal import LocalFiles
internal import PluginRuntime
internal import Portfolio
internal import ReviewBatch
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct SummarizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summarize",
        abstract:
            "Many reviews on one page: sums by groups, verdicts, what is not alike, a workbook and a page for a mail.",
        discussion: """
            Reads the review.json of every folder in OUT, and OUT/batch/batch.json where there is one, and writes \
            OUT/batch: index.html, batch.xlsx, batch.md, across.json and lists. Exits with 2 where a review cannot be read; it then \
            stands in the summary as what it is.
            """
    )

    @Argument(help: "The folder with the folders of the reviews, as `run --out` has it.")
    var folder: String

    @Option(help: ArgumentHelp("Where to write to; OUT/batch unless said.", valueName: "folder"))
    var out: String?

    @Option(help: ArgumentHelp("Another description of the summary than the one that comes along.", valueName: "file"))
    var summary: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        let outcome = try await summarize(folder, into: out, by: try summaryDocument(summary, locale), locale)
        for file in outcome.files { Terminal.result(path: file) }
        if outcome.unreadable > 0 { throw ExitCode.invalidSpec }
    }
}

/// What a summary shows, and the file that says so.
struct SummaryDescription {
    var name: String
    var document: PortfolioDocument
    /// Of the bytes that it was read from.
    var sha256: String
}

/// What came of a summary.
struct SummaryOutcome {
    var files: [String]
    /// How many reviews could not be read.
    var unreadable: Int
}

/// Writes the summary of the reviews in a folder; says what is wrong and throws the exit code.
///
/// - Parameters:
///   - target: where to; `batch` in the folder where it is `nil`.
///   - ids: the reviews that count, where others may lie in the folder; all where it is `nil`.
///   - mayStand: whether a summary that was made of the same reviews need not be made again.
func summarize(
    _ folder: String,
    into target: String?,
    only ids: Set<String>? = nil,
    mayStand: Bool = false,
    by description: SummaryDescription,
    _ locale: Locale
) async throws -> SummaryOutcome {
    let target = target ?? folder + "/" + batchFolder
    let told = try batchEntries(folder, locale)
    let found = reviews(in: folder, only: ids, told)
    let record = mayStand ? SummaryRecord(of: found, told, folder, target, description, locale) : nil
    if let files = record?.standing { return SummaryOutcome(files: files, unreadable: 0) }
    var builder = PortfolioBuilder(description.document)
    let reading = try readReviews(found, told, folder, target, into: &builder, locale)
    let portfolio: Portfolio
    do throws(PortfolioError) {
        portfolio = try builder.portfolio(locale)
    } catch {
        Terminal.error(mistake(error.mistake, in: description.name)(locale))
        throw ExitCode.invalidSpec
    }
    for (rule, reason) in portfolio.unchecked { Terminal.error(unchecked(rule.id, reason)(locale)) }
    var files: [(name: String, bytes: [UInt8])] = [
        ("index.html", portfolio.page), ("batch.md", Array(portfolio.markdown.utf8)),
        ("across.json", portfolio.json),
    ]
    files += portfolio.listFiles.map { ($0.name, Array($0.text.utf8)) }
    try FileSystem.makeFolder(target)
    for (name, bytes) in files { try FileSystem.replace(target + "/" + name, with: bytes) }
    try await writeBook(portfolio, to: target + "/" + bookName, locale)
    let written = (files.map(\.name) + [bookName]).map { target + "/" + $0 }
    // What was told on the way would not be told again.
    if reading == 0, portfolio.unchecked.isEmpty { record?.keep(written) }
    return SummaryOutcome(files: written, unreadable: reading)
}

extension SummaryRecord {
    fileprivate init(
        of found: [String],
        _ told: [BatchEntry],
        _ folder: String,
        _ target: String,
        _ description: SummaryDescription,
        _ locale: Locale
    ) {
        let lacking = told.filter { !statesWithReview.contains($0.state) }
        self.init(
            in: target,
            reviews: found.map { "\(folder)/\($0)/review.json" },
            words: [description.sha256, locale.rawValue, relativePath(from: target, to: folder)]
                + lacking.flatMap { [$0.id, $0.state, $0.message] }
        )
    }
}

/// Where a batch keeps what is about all its reviews.
let batchFolder = "batch"

/// More entries nobody reviews in one go.
private let mostBatchBytes = 64 << 20

/// The folders of a folder that have a review which counts, in the order of their names.
private func reviews(in folder: String, only ids: Set<String>?, _ told: [BatchEntry]) -> [String] {
    // What lies there of an earlier time is no review of a spec that has mistakes now.
    let past = Set(told.filter { !statesWithReview.contains($0.state) }.map(\.id))
    return FileSystem.names(in: folder).sorted().filter { name in
        if isNoText(name, in: folder) { return true }
        return (ids?.contains(name) ?? !past.contains(name)) && FileSystem.exists("\(folder)/\(name)/review.json")
    }
}

/// Whether a folder's name is no UTF-8, so that nothing in it can be asked for by name.
private func isNoText(_ name: String, in folder: String) -> Bool {
    name.unicodeScalars.contains("\u{FFFD}") && !FileSystem.mayExist("\(folder)/\(name)")
}

/// Adds the reviews of a folder in the order of their names; returns how many could not be read.
private func readReviews(
    _ found: [String],
    _ told: [BatchEntry],
    _ folder: String,
    _ target: String,
    into builder: inout PortfolioBuilder,
    _ locale: Locale
) throws -> Int {
    var (told, unreadable) = (told, 0)
    for name in found {
        if isNoText(name, in: folder) {
            unreadable += 1
            Terminal.error(noText(folder, name)(locale))
            continue
        }
        let link = relativePath(from: target, to: "\(folder)/\(name)")
        do throws(ReviewFileError) {
            let recorded = try readReview("\(folder)/\(name)", without: PortfolioBuilder.unread)
            let id = recorded.review.id
            guard !builder.has(id) else {
                throw ReviewFileError(path: "\(folder)/\(name)/review.json", message: doubled(id))
            }
            told.removeAll { $0.id == id }
            builder.add(recorded, link: link)
        } catch {
            unreadable += 1
            told.removeAll { $0.id == name }
            Terminal.error("\(error.path): \(error.message(locale))")
            let state = Portfolio.State.unreadable.rawValue
            builder.add(id: name, state: state, message: error.message(locale), link: link + "/review.json")
        }
    }
    for entry in told { builder.add(id: entry.id, state: entry.state, message: entry.message, link: nil) }
    guard found.count + told.count > 0 else {
        Terminal.error(noReviews(folder)(locale))
        throw ExitCode.usage
    }
    return unreadable
}

/// What a batch calls the reviews whose folder it has written, or found as it would be written.
private let statesWithReview: Set<String> = ["done", "incomplete", "unchanged"]

/// What a batch tells of a review.
private typealias BatchEntry = (id: String, state: String, message: String)

/// The reviews that a batch tells of.
private func batchEntries(_ folder: String, _ locale: Locale) throws -> [BatchEntry] {
    let path = "\(folder)/\(batchFolder)/batch.json"
    guard FileSystem.exists(path) else { return [] }
    let bytes = try FileSystem.read(path, atMost: mostBatchBytes)
    guard let value = try? JSONReader.read(bytes), value["schema"]?.text == "pingshen.batch/1",
        let reviews = value["reviews"]?.list
    else {
        Terminal.error(notABatch(path)(locale))
        throw ExitCode.usage
    }
    return reviews.compactMap { review in
        guard let id = review["id"]?.text ?? review["spec"]?.text else { return nil }
        let message = review["message"].flatMap { $0.text ?? $0[locale.rawValue]?.text } ?? ""
        return (id, review["state"]?.text ?? "", message)
    }
}

/// The description of a summary: the one that the program carries, or a file.
func summaryDocument(_ path: String?, _ locale: Locale) throws -> SummaryDescription {
    let name = path ?? "summary.yaml"
    let bytes = try path.map { try FileSystem.read($0, atMost: 1 << 20) } ?? PackageResources.summary_yaml
    guard let value = documentValue(String(decoding: bytes, as: UTF8.self), as: name) else {
        Terminal.error(notYAML(name)(locale))
        throw ExitCode.invalidSpec
    }
    do throws(UnreadablePortfolio) {
        return SummaryDescription(name: name, document: try PortfolioDocument(value), sha256: sha256(bytes))
    } catch {
        for wrong in error.mistakes { Terminal.error(mistake(wrong, in: name)(locale)) }
        throw ExitCode.invalidSpec
    }
}

private let bookName = "batch.xlsx"

/// Writes the workbook in a folder of its own, which is gone afterwards whatever happens, and brings it to its place.
private func writeBook(_ portfolio: Portfolio, to path: String, _ locale: Locale) async throws {
    let book = try await withTemporaryFolder { scratch in
        let written = scratch + "/" + bookName
        do {
            try portfolio.writeBook(to: written, scratch: scratch)
        } catch {
            Terminal.error(noBook(path, "\(error)")(locale))
            throw ExitCode.cannotWrite
        }
        return try FileSystem.read(written, atMost: mostBookBytes)
    }
    try FileSystem.replace(path, with: book)
}

/// A book of a hundred thousand reviews stays below.
private let mostBookBytes = 256 << 20

/// `../r1` for `out/r1` seen from `out/batch`.
func relativePath(from folder: String, to path: String) -> String {
    func parts(_ path: String) -> [Substring] {
        let whole = FileSystem.realPath(path) ?? FileSystem.absolute(path)
        return writtenPath(whole).split(separator: "/").filter { $0 != "." }
    }
    let (from, to) = (parts(folder), parts(path))
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let way = Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared).map(String.init)
    return way.isEmpty ? "." : way.joined(separator: "/")
}

// MARK: - Messages

private func noBook(_ path: String, _ reason: String) -> LocalizedText {
    LocalizedText(
        zh: "工作簿 \(path) 未能写出：\(reason)。请检查空间和权限后重新汇总。",
        en:
            "the workbook \(path) could not be written: \(reason); see whether there is room and permission, and run it again"
    )
}

private func doubled(_ id: String) -> LocalizedText {
    LocalizedText(
        zh: "评审\"\(id)\"已在另一个文件夹中，此处不再计入；请移走其中一个",
        en: "the review \"\(id)\" stands in another folder, too, and is counted once; move one of them away"
    )
}

private func noText(_ folder: String, _ name: String) -> LocalizedText {
    LocalizedText(
        zh: "\(folder) 中的 \(quoted(name)) 的名称不是 UTF-8 文本，未能查看，其中若有评审则没有汇总；请改名后重新汇总",
        en:
            "\(quoted(name)) in \(folder) has a name that is no UTF-8 text; it was not looked into, and a review in it is not summed "
            + "up: rename it, and run it again"
    )
}

private func noReviews(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh: "\(folder) 中没有评审：应为 `pingshen run --out` 写入的文件夹，其下每个评审一个文件夹，内有 review.json",
        en:
            "there is no review in \(folder); it should be a folder that `pingshen run --out` writes to, with a folder for each "
            + "review and review.json in it"
    )
}

private func notABatch(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 不是批次记录（pingshen.batch/1）；请重新运行 pingshen batch，或移走该文件",
        en: "\(path) is no record of a batch (pingshen.batch/1); run `pingshen batch` anew, or move it away"
    )
}

private func notYAML(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 不是可读的 YAML；请检查缩进和引号",
        en: "\(path) is no YAML that can be read; check indentation and quotes"
    )
}

private func mistake(_ wrong: ConfigurationDiagnostic, in path: String) -> LocalizedText {
    let place = wrong.place.map { ":\($0.line):\($0.column)" } ?? ""
    let at = "\(path): \(wrong.pointer.dotted)\(place): "
    return LocalizedText(
        zh: at + wrong.message.zh + (wrong.help.map { "；\($0.zh)" } ?? ""),
        en: at + wrong.message.en + (wrong.help.map { "; \($0.en)" } ?? "")
    )
}

private func unchecked(_ rule: String, _ reason: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "规则\"\(rule)\"未能检查：\(reason.zh)",
        en: "the rule \"\(rule)\" was not checked: \(reason.en)"
    )
}
