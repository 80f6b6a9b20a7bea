internal import ArgumentParser
internal import LocalFiles
internal import PluginRuntime
internal import Portfolio
internal import ResultDatabase
internal import ReviewBatch
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct SummarizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summarize",
        abstract: words(
            zh: "许多评审汇总在一页：分组合计、结论、不一致之处，另有工作簿和邮件用的页面。",
            en:
                "Many reviews on one page: sums by groups, verdicts, what is not alike, a workbook and a page for a mail."
        ),
        discussion: words(
            zh: """
                读取 OUT 中每个文件夹的 review.json，以及 OUT/batch/batch.json（如有），写出 OUT/batch：index.html、batch.xlsx、batch.md、\
                across.json 和各种清单。有评审读不出时以 2 退出，汇总中如实列出。
                """,
            en: """
                Reads the review.json of every folder in OUT, and OUT/batch/batch.json where there is one, and writes \
                OUT/batch: index.html, batch.xlsx, batch.md, across.json and lists. Exits with 2 where a review cannot be read; it then \
                stands in the summary as what it is.
                """
        )
    )

    @Argument(
        help: ArgumentHelp(
            zh: "放着各个评审文件夹的文件夹，即 run --out 所写的。",
            en: "The folder with the folders of the reviews, as `run --out` has it."
        )
    )
    var folder: String

    @Option(
        help: ArgumentHelp(
            zh: "写到哪里；默认 OUT/batch。",
            en: "Where to write to; OUT/batch unless said.",
            valueName: "folder"
        )
    )
    var out: String?

    @OptionGroup var summary: SummaryOptions

    @Flag(
        help: ArgumentHelp(
            zh: "用 bubblewrap 隔离 --pipeline 的插件。",
            en: "Shut the plugins of --pipeline in with bubblewrap."
        )
    )
    var sandbox = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        var request = SummaryRequest(folder, by: try summary.description(locale), locale)
        (request.target, request.database) = (out, summary.sqlite)
        request.run.isSandboxed = sandbox
        request.run.observer = PluginReporter(isVerbose: shared.verbose)
        let outcome = try await interruptible { [request] in try await summarize(request) }
        for file in outcome.files { Terminal.result(path: file) }
        if outcome.unreadable > 0 { throw ExitCode.invalidSpec }
        if outcome.hasFailures { throw ExitCode.pluginFailed }
    }
}

/// A summary that is asked for.
struct SummaryRequest: Sendable {
    /// The folder with the folders of the reviews.
    var folder: String
    /// Where the summary goes to; `batch` in the folder where it is `nil`.
    var target: String?
    /// The reviews that count, where others may lie in the folder; all where it is `nil`.
    var ids: Set<String>?
    /// Whether a summary that was made of the same reviews need not be made again.
    var mayStand = false
    var description: SummaryDescription
    /// The SQLite file that gets the results, too.
    var database: String?
    /// How steps of the description are run.
    var run = RunOptions()
    var locale: Locale

    init(_ folder: String, by description: SummaryDescription, _ locale: Locale) {
        (self.folder, self.description, self.locale) = (folder, description, locale)
        run.locale = locale
    }
}

/// What came of a summary.
struct SummaryOutcome: Sendable {
    var files: [String]
    /// How many reviews could not be read.
    var unreadable = 0
    /// Whether a step failed.
    var hasFailures = false
}

/// Holds against what is there already the place of a database that is asked for, before anything is made for it.
///
/// - Throws: ``ExitCode/cannotWrite`` where it is somebody else's, which has been told.
func requireOwnDatabase(_ path: String?, _ locale: Locale) throws {
    guard let path, let complaint = databaseComplaint(path) else { return }
    Terminal.error(complaint(locale))
    throw ExitCode.cannotWrite
}

/// Writes the summary of the reviews in a folder; says what is wrong and throws the exit code.
func summarize(_ request: SummaryRequest) async throws -> SummaryOutcome {
    let (folder, description, locale) = (request.folder, request.description, request.locale)
    let target = request.target ?? folder + "/" + batchFolder
    try requireOwnDatabase(request.database, locale)
    let told = try batchEntries(folder, locale)
    if let complaint = BatchFolder.complaint(target) {
        Terminal.error(complaint(locale))
        throw ExitCode.cannotWrite
    }
    let found = reviews(in: folder, only: request.ids, told)
    // What a plugin reads besides the reviews nobody knows.
    let mayStand = request.mayStand && description.steps.isEmpty
    let record = mayStand ? SummaryRecord(of: found, told, target, request) : nil
    if let files = record?.standing { return SummaryOutcome(files: files) }
    var builder = PortfolioBuilder(description.document)
    let (folders, unreadable) = try await readReviews(found, told, folder, target, into: &builder, locale)
    let (portfolio, tables, failures) = try await portfolio(of: builder, request)
    for rule in portfolio.unchecked { Terminal.error(unchecked(rule.id, rule.reason)(locale)) }
    try FileSystem.makeFolder(target)
    // From another place the links would lead elsewhere; such a summary leaves the reviews alone.
    async let besides = request.target == nil ? writeAcross(portfolio, folders, in: folder) : []
    async let book: Void = writeBook(portfolio, to: target + "/" + bookName, locale)
    var written = try writePages(portfolio, to: target)
    try await book
    written.append(target + "/" + bookName)
    if let database = request.database {
        do throws(StorageError) { try writeDatabase(tables, to: database) } catch {
            Terminal.error(error.message(locale))
            throw ExitCode.cannotWrite
        }
        written.append(database)
    }
    let across = try await besides
    // What was told on the way would not be told again.
    if unreadable == 0, portfolio.unchecked.isEmpty { record?.keep(written, besides: across) }
    return SummaryOutcome(files: written, unreadable: unreadable, hasFailures: !failures.isEmpty)
}

/// Writes what people read and the lists; returns the files.
private func writePages(_ portfolio: Portfolio, to target: String) throws -> [String] {
    var files: [(name: String, bytes: [UInt8])] = [
        ("index.html", portfolio.page), ("batch.md", Array(portfolio.markdown.utf8)),
        ("across.json", portfolio.json),
    ]
    files += portfolio.listFiles.map { ($0.name, Array($0.text.utf8)) }
    return try files.map { name, bytes in
        let path = target + "/" + name
        try FileSystem.replace(path, with: bytes)
        return path
    }
}

/// Puts into the folder of each review what was found that is about it, and takes away what was found before; returns the files.
private func writeAcross(
    _ portfolio: Portfolio,
    _ folders: [(id: String, name: String)],
    in folder: String
) async throws -> [String] {
    let across = PortfolioAcross(portfolio)
    let written = try await sideBySide(folders) { review throws -> [String] in
        let (id, place) = (review.id, "\(folder)/\(review.name)/")
        let (json, page) = (place + AcrossFiles.json, place + AcrossFiles.page)
        guard across.touches(id) else {
            for file in [json, page] where FileSystem.isRegularFile(file) { FileSystem.remove(file) }
            return []
        }
        try FileSystem.update(json, to: across.json(of: id))
        try FileSystem.update(page, to: across.page(of: id, summary: "../\(batchFolder)/index.html"))
        return [json, page]
    }
    return written.flatMap(\.self)
}

/// What `body` makes of each element, in their order; made side by side.
func sideBySide<Element: Sendable, Result: Sendable>(
    _ elements: [Element],
    _ body: @escaping @Sendable (Element) throws -> Result
) async throws -> [Result] {
    let workers = max(1, min(processors(), elements.count))
    return try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
        for worker in 0..<workers {
            group.addTask {
                try stride(from: worker, to: elements.count, by: workers).map { index in
                    try Task.checkCancellation()
                    return (index, try body(elements[index]))
                }
            }
        }
        let made = try await group.reduce(into: [(Int, Result)]()) { $0 += $1 }
        return made.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

/// What the reviews come to, with what the description's steps say of them.
private func portfolio(
    of builder: PortfolioBuilder,
    _ request: SummaryRequest
) async throws -> (Portfolio, tables: [StoredTable], failures: [StepFailure]) {
    let locale = request.locale
    do {
        let dossier = try await builder.dossier(locale)
        var (said, failures) = (PortfolioJudgement(), [StepFailure]())
        for steps in request.description.steps {
            let judgement = try await judge(dossier, by: steps, options: request.run)
            said.findings += judgement.findings
            said.rules += judgement.rules.filter { rule in !said.rules.contains { $0.id == rule.id } }
            said.missing += judgement.missing
            failures += judgement.failures
        }
        for failure in failures.map(\.failure) {
            for line in failure.standardError { Terminal.say("    \(failure.plugin)> \(line)") }
        }
        let portfolio = try await builder.portfolio(locale, over: dossier, with: said)
        let tables = request.database == nil ? [] : try portfolio.stored(of: dossier)
        return (portfolio, tables.map { StoredTable($0.table, money: $0.money) }, failures)
    } catch let error as PortfolioError {
        Terminal.error(request.description.wording(of: error.mistake)(locale))
        throw ExitCode.invalidSpec
    } catch let error as RunError {
        throw Reporter(locale: locale).report(error)
    }
}

extension SummaryRecord {
    fileprivate init(of found: [String], _ told: [BatchEntry], _ target: String, _ request: SummaryRequest) {
        let (folder, lacking) = (request.folder, told.filter { !statesWithReview.contains($0.state) })
        self.init(
            in: target,
            reviews: found.map { "\(folder)/\($0)/review.json" },
            words: [
                request.description.sha256, request.locale.rawValue, relativePath(from: target, to: folder),
                request.database ?? "",
            ] + lacking.flatMap { [$0.id, $0.state, $0.message] }
        )
    }
}

/// Where a batch keeps what is about all its reviews.
let batchFolder = "batch"

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

private func unchecked(_ rule: String, _ reason: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "规则\"\(rule)\"未能检查：\(reason.zh)",
        en: "the rule \"\(rule)\" was not checked: \(reason.en)"
    )
}
