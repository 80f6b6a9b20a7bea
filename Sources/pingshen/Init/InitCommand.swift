internal import ArgumentParser
internal import CHostFiles
internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: words(zh: "新建项目：一个文件夹，内有待填的工作簿。", en: "Starts a project: a folder with a workbook to be filled in."),
        discussion: words(
            zh: """
                写出 spec.yaml（不必改动）和 project.xlsx：表单的每张表一个工作表，用表单自己的标题。\
                给出 --from 时，识别对方工作簿的各表，或 Word、PDF 文件中的表，填进去，并说明没有看懂的内容。已有的文件不会覆盖。

                  pingshen init town --from applicant.xlsx
                  pingshen run town
                """,
            en: """
                Writes spec.yaml, which nobody has to touch, and project.xlsx: a sheet for each table of the form, in its own titles. \
                With --from, the sheets of an applicant's workbook, or the tables of a Word or PDF file, are recognised and filled in, and what was not understood is said. \
                Nothing that is there already is overwritten.

                  pingshen init town --from applicant.xlsx
                  pingshen run town
                """
        )
    )

    @Argument(help: ArgumentHelp(zh: "项目的文件夹。", en: "The folder of the project."))
    var folder: String

    @Option(
        help: ArgumentHelp(
            zh: "对方交来的工作簿、CSV、Word 或 PDF 文件，看得懂的内容填进去。",
            en: "An applicant's workbook, CSV, Word or PDF file, to be filled in as far as it is understood.",
            valueName: "file"
        )
    )
    var from: String?

    @Option(
        help: ArgumentHelp(
            zh: "表单：有哪些字段和表（YAML）。",
            en: "The form: which fields and tables there are (YAML).",
            valueName: "file"
        )
    )
    var form: String?

    @Option(help: ArgumentHelp(zh: "评分标准（YAML）。", en: "The rubric to judge by (YAML).", valueName: "file"))
    var rubric: String?

    @Option(help: ArgumentHelp(zh: "报告的模板（YAML）。", en: "The template of the report (YAML).", valueName: "file"))
    var template: String?

    @Option(
        help: ArgumentHelp(
            zh: "事务所自己的公文纸（.docx）：报告的 Word 和 PDF 用它的版式、页眉页脚和落款。",
            en: "The firm's own Word file (.docx), whose layout, heads and seal block the report gets.",
            valueName: "file"
        )
    )
    var letterhead: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let reporter = Reporter(locale: Terminal.locale(shared.locale))
        try refuseToOverwrite(reporter.locale)
        var paper: (path: String, bytes: [UInt8])?
        if let letterhead {
            do throws(FileError) {
                paper = (letterhead, try OutsideFile(letterhead, atMost: 64 << 20).bytes())
            } catch {
                Terminal.error("\(letterhead): \(error.sentence(reporter.locale))")
                throw ExitCode.invalidSpec
            }
        }
        if let from {
            do throws(FileError) {
                _ = try OutsideFile(from, atMost: .max)
            } catch {
                Terminal.error(error.sentence(reporter.locale))
                throw ExitCode.invalidSpec
            }
        }
        let documents = try ProjectDocuments(
            form: form,
            rubric: rubric,
            template: template,
            letterhead: paper,
            locale: shared.locale,
            reporter
        )
        if !documents.needless.isEmpty {
            for document in documents.needless {
                Terminal.error(cannotBeUsed(document.path, document.tables)(reporter.locale))
            }
            throw ExitCode.invalidSpec
        }
        // The workbook speaks the form's language, whatever the terminal's.
        let locale = shared.locale ?? documents.locale
        var options = RunOptions()
        options.locale = locale
        options.observer = PluginReporter(isVerbose: shared.verbose)
        let loaded = bookMaking(documents)
        let schema = try await SchemaCommand.file(form: documents.form, reporter.locale)
        do {
            try await interruptible { [options] in
                try await withTemporaryFolder { scratch in
                    var options = options
                    options.output = scratch
                    let outcome = try await ReviewPipeline.review(loaded, options: options)
                    guard outcome.isWhole else { throw RunError.failed(outcome.failures) }
                    let files = try files(documents, schema, from: outcome.folder, locale)
                    try await check(files, documents, in: scratch + "/trial", options, reporter)
                    try write(files, into: folder)
                    for path in ["spec.yaml", Self.book] { Terminal.result(path: folder + "/" + path) }
                    tell(outcome.review, reporter)
                }
            }
        } catch RunError.invalid(let checked) where from != nil {
            // What is wrong is the applicant's file, not the spec that reads it.
            Terminal.say(painted: checked.loaded.rendered(locale: reporter.locale, isColoured: Terminal.isColoured))
            reporter.list(checked.failures)
            Terminal.say(nothingWritten(reporter.locale))
            throw ExitCode.invalidSpec
        } catch let error as RunError {
            throw reporter.report(error)
        }
        Terminal.say(nextStep(folder)(reporter.locale))
    }

    private static let book = "project.xlsx"

    private func refuseToOverwrite(_ locale: Locale) throws {
        let there = ["spec.yaml", Self.book, "setup"].first { FileSystem.mayExist(folder + "/" + $0) }
        guard let there else { return }
        Terminal.error(existsAlready(folder + "/" + there)(locale))
        throw ExitCode.cannotWrite
    }

    /// The spec that makes the workbook: carried, with the documents of the project as its settings.
    private func bookMaking(_ documents: ProjectDocuments) -> LoadedSpec {
        // Without an applicant's file the step that reads one goes, and nothing reads what stands for it.
        var loaded = loadSpec(
            text: CarriedFile.initialReading.text,
            as: "init.yaml",
            id: "init",
            files: ["applicant.xlsx": from ?? CommandLine.arguments[0]]
        )
        let reading = from.map { Self.isDocument($0) ? "document" : "applicant" }
        if from == nil {
            loaded.files = []
            loaded.diagnostics = []
        }
        loaded.spec?.steps.removeAll { ["applicant", "document"].contains($0.id) && $0.id != reading }
        loaded.spec?.form = documents.form.lenient
        for index in loaded.spec?.steps.indices ?? 0..<0 {
            guard case .record(var settings)? = loaded.spec?.steps[index].configuration else { continue }
            if loaded.spec?.steps[index].id == "applicant" {
                settings["fields"] = documents.fields(settings["fields"])
                settings["needed"] = documents.needed
            } else if loaded.spec?.steps[index].id == "document" {
                let labels = documents.labels(with: settings["labels"])
                settings["labels"] = labels
                settings["spans"] = documents.spans(settings["spans"], labels)
            } else {
                for (name, value) in documents.settings { settings[name] = value }
            }
            loaded.spec?.steps[index].configuration = .record(settings)
        }
        return loaded
    }

    /// Whether a file is one of paragraphs and tables, and not of sheets: by its name, and by what it is where other systems have
    /// called a page `.xls`.
    private static func isDocument(_ path: String) -> Bool {
        let ending = path.split(separator: ".").last?.lowercased() ?? ""
        if ["docx", "docm", "doc", "rtf", "wps", "pdf", "htm", "html", "md", "txt"].contains(ending) { return true }
        guard let start = try? OutsideFile(path, atMost: .max).bytes(from: 0, atMost: 1_024) else { return false }
        let text = String(decoding: start.filter { $0 != 0 && $0 < 0x7F }, as: UTF8.self).lowercased()
        let head = text.drop(while: \.isWhitespace)
        return ["<!doctype html", "<html", "<head", "<body", "<table", "<meta"].contains(where: head.hasPrefix)
    }

    /// What goes into the folder.
    private func files(
        _ documents: ProjectDocuments,
        _ schema: [UInt8],
        from made: String,
        _ locale: Locale
    ) throws -> [(path: String, bytes: [UInt8])] {
        var files = documents.files
        files.append(("setup/pipeline.yaml", Array(documents.pipeline.utf8)))
        files.append(("setup/book.yaml", try FileSystem.read(made + "/book.yaml", atMost: 1 << 20)))
        files.append((ProjectDocuments.schema, schema))
        files.append(("spec.yaml", Array(documents.spec(id: ProjectDocuments.id(of: folder), locale).utf8)))
        files.append((Self.book, try FileSystem.read(made + "/" + Self.book, atMost: 256 << 20)))
        return files
    }

    private func write(_ files: [(path: String, bytes: [UInt8])], into folder: String) throws {
        for (path, bytes) in files {
            let target = folder + "/" + path
            try makeFolders(FilePaths.folder(of: target))
            try FileSystem.write(bytes, to: target)
        }
    }

    /// Sees whether the documents that somebody has given go together: a rubric may ask for what the form does not have, a template may
    /// print it. What is still to be filled in is no mistake.
    private func check(
        _ files: [(path: String, bytes: [UInt8])],
        _ documents: ProjectDocuments,
        in trial: String,
        _ options: RunOptions,
        _ reporter: Reporter
    ) async throws {
        try write(files, into: trial)
        let checked = try await ReviewPipeline.validate(loadSpec(trial + "/spec.yaml"), options: options)
        let wrong = checked.loaded.diagnostics.filter { $0.severity == .error }
            .compactMap { documents.given($0, in: trial) }
        if wrong.isEmpty { return }
        for remark in wrong {
            Terminal.error("\(remark.place): \(remark.message(reporter.locale))")
            if let hint = remark.hint { Terminal.say("  " + hint(reporter.locale)) }
        }
        Terminal.say(doesNotFit(form)(reporter.locale))
        throw ExitCode.invalidSpec
    }

    private func makeFolders(_ path: String) throws {
        if path.isEmpty || FileSystem.isFolder(path) { return }
        try makeFolders(FilePaths.folder(of: path))
        try FileSystem.makeFolder(path)
    }

    /// What was read out of the applicant's workbook, and what was not understood.
    private func tell(_ review: Review, _ reporter: Reporter) {
        for located in review.findings {
            let (finding, locale) = (located.finding, reporter.locale)
            let place = located.locations.first.map { "\($0.place): " } ?? ""
            let colon = locale == .zh ? "：" : ": "
            Terminal.say("\(place)\(finding.severity.name(locale))\(colon)\(finding.message(locale))")
        }
    }
}

// MARK: - Messages

private func existsAlready(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 已经存在，没有写入任何文件。请换一个文件夹，或先把它移走。",
        en: "\(path) exists already; nothing was written. Choose another folder, or move it away first."
    )
}

private func cannotBeUsed(_ path: String, _ tables: [String]) -> LocalizedText {
    let list = tables.map { quoted($0) }.joined(separator: ", ")
    return LocalizedText(
        zh: "\(path)：表单没有它所需的表 \(list)，没有写入任何文件。请换用有这些表的表单，或去掉这个选项。",
        en:
            "\(path): the form has no table \(list), which it needs; nothing was written. Give a form that has them, or leave out the option."
    )
}

private func doesNotFit(_ form: String?) -> LocalizedText {
    let name = form.map { quoted($0) }
    return LocalizedText(
        zh: "以上内容与\(name.map { "表单\($0)" } ?? "自带的表单")不相配，没有写入任何文件",
        en:
            "these do not go together with \(name.map { "the form \($0)" } ?? "the form that pingshen carries"); nothing was written"
    )
}

private let nothingWritten = LocalizedText(zh: "没有写入任何文件。", en: "Nothing was written.")

private func nextStep(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh: "下一步：填写 \(folder)/project.xlsx，保存后运行 pingshen run \(folder)",
        en: "next: fill in \(folder)/project.xlsx, save it, and run: pingshen run \(folder)"
    )
}
