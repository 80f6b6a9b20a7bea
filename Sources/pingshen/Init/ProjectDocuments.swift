internal import ArgumentParser
internal import CHostFiles
internal import LocalFiles
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// The documents that a project is judged by, as its folder gets them: copies, so that the folder can be taken anywhere.
struct ProjectDocuments {
    let form: Form
    /// `form`, and where they are, `rubric` and `template`.
    let settings: [(name: String, value: Value)]
    /// What goes into the folder, by paths in it.
    let files: [(path: String, bytes: [UInt8])]
    /// The main file of each document, by its name among the ``settings``.
    private let mains: [String: String]
    private let steps: [ProjectStep]
    private let hasLetterhead: Bool
    /// Where the firm's Word file stands in the folder.
    static let letterhead = "setup/letterhead.docx"
    /// What somebody has given by its path, by where it stands in the folder.
    private let originals: [String: String]
    /// Documents that somebody has given and no step takes, with the tables that the form would need for one.
    let needless: [(name: String, path: String, tables: [String])]

    /// - Parameters:
    ///   - form: the paths that somebody gave; what is not given is what pingshen carries, as far as it goes together.
    ///   - asked: the language that somebody wants; else that of the form.
    ///   - letterhead: the firm's own Word file, for the report to be written on.
    init(
        form: String?,
        rubric: String?,
        template: String?,
        letterhead: (path: String, bytes: [UInt8])? = nil,
        locale asked: Locale?,
        _ reporter: Reporter
    ) throws {
        var (settings, files, mains) = ([(String, Value)](), [(String, [UInt8])](), [String: String]())
        var originals: [String: String] = [:]
        var formDocument: LoadedDocument?
        for (name, path) in [("form", form), ("rubric", rubric), ("template", template)] {
            let isOwnForm = form != nil
            let language = asked ?? formDocument?.form().map { Self.language(of: $0) } ?? .zh
            guard var document = Self.document(name, path, isOwnForm, hasRubric: rubric != nil, language) else {
                continue
            }
            if name == "form" {
                _ = document.form()
                formDocument = document
            }
            guard !document.loaded.hasErrors, let value = document.value else {
                reporter.list(CheckedSpec(loaded: document.loaded))
                throw ExitCode.invalidSpec
            }
            let (main, copies) = Self.copies(of: document, in: "setup/" + name)
            (mains[name], files) = (main, files + copies.map { ($0.path, $0.bytes) })
            if path != nil { for copy in copies { originals[copy.path] = copy.original } }
            settings.append((name, value))
        }
        guard let read = formDocument?.form() else { throw ExitCode.invalidSpec }
        if let letterhead {
            files.append((Self.letterhead, letterhead.bytes))
            originals[Self.letterhead] = letterhead.path
        }
        hasLetterhead = letterhead != nil
        (self.form, self.settings, self.files, self.mains) = (read, settings, files, mains)
        let carried = ProjectStep.carried
        steps = carried.filter { $0.fits(read, settings.map(\.0)) }
        self.originals = originals
        needless = [("rubric", rubric), ("template", template)].compactMap { name, path in
            guard let path, let step = carried.first(where: { $0.settings.first == name }) else { return nil }
            let missing = step.missing(in: read)
            return missing.isEmpty ? nil : (name, path, missing)
        }
    }

    /// A remark about one of the documents that somebody has given, at its place there; `nil` for one about anything else.
    ///
    /// - Parameter folder: where the project's files stand.
    func given(_ remark: Diagnostic, in folder: String) -> Diagnostic? {
        guard remark.place.file.hasPrefix(folder + "/"),
            let original = originals[String(remark.place.file.dropFirst(folder.count + 1))]
        else { return nil }
        var remark = remark
        remark.place = remark.place.inFile(original)
        return remark
    }

    /// The document of a name: somebody's own, or the one carried, if it goes with the form.
    private static func document(
        _ name: String,
        _ path: String?,
        _ isOwnForm: Bool,
        hasRubric: Bool,
        _ locale: Locale
    ) -> LoadedDocument? {
        if let path { return LoadedDocument(path) }
        let carried: [UInt8]
        switch name {
        case "form": carried = CarriedFile.defaultForm.allBytes
        case "rubric" where !isOwnForm: carried = CarriedFile.defaultRubric.allBytes
        case "template" where !isOwnForm && !hasRubric: carried = CarriedFile.defaultTemplate.allBytes
        case "template" where hasRubric:
            carried =
                locale == .zh
                ? CarriedFile.defaultScoreReportZh.allBytes : CarriedFile.defaultScoreReport.allBytes
        default: return nil
        }
        let areas = CarriedFile.ruleAreas.text
        return LoadedDocument(
            text: String(decoding: carried, as: UTF8.self),
            as: name + ".yaml",
            included: name == "template" ? [("words/rule-areas.yaml", areas)] : []
        )
    }

    /// The files of a document below the folder that all of them are in.
    private static func copies(
        of document: LoadedDocument,
        in folder: String
    ) -> (main: String, files: [(path: String, original: String, bytes: [UInt8])]) {
        let paths = document.files.map { $0.path.split(separator: "/").map(String.init) }
        var shared = paths.first?.dropLast().count ?? 0
        for path in paths {
            let common = zip(path.dropLast(), paths[0]).prefix { $0 == $1 }.count
            shared = min(shared, common)
        }
        let files = zip(paths, document.files).map { path, file in
            (folder + "/" + path.dropFirst(shared).joined(separator: "/"), file.path, file.bytes)
        }
        return (files.first?.0 ?? folder, files)
    }
}

// MARK: - What is written

extension ProjectDocuments {
    /// The language of the form's titles: Chinese where any has a Chinese character.
    var locale: Locale { Self.language(of: form) }

    private static func language(of form: Form) -> Locale {
        let titles = form.tables.flatMap { [$0.title.zh] + $0.cells.map(\.column.title.zh) }
        return titles.contains { $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } } ? .zh : .en
    }

    /// What fields are called in an applicant's papers, by their names.
    ///
    /// - Parameter texts: what texts are called, whose names no form lists; those count of which the form takes any.
    func labels(with texts: Value?) -> Value {
        let maps = form.fields.filter { if case .map = $0.shape { true } else { false } }.map(\.name)
        var labels: [(String, Value)] = (texts?.record?.members ?? []).filter { name, _ in
            maps.contains { name.hasPrefix($0 + ".") }
        }.map { ($0, $1) }
        func walk(_ members: [Form.FieldShape.Member], _ path: [String]) {
            for member in members {
                switch member.shape {
                case .cell(let cell):
                    let words = Set([member.title.zh, member.title.en, member.name] + cell.synonyms)
                    let name = (path + [member.name]).joined(separator: ".")
                    labels.append((name, .list(words.sorted().map(Value.text))))
                case .group(let inner): walk(inner, path + [member.name])
                case .map, .list, .open: break
                }
            }
        }
        walk(form.fields, [])
        return .record(Record(labels))
    }

    /// Where fields stand in an applicant's workbook: what they are called, and times in one cell, as far as the form has both days.
    func fields(_ settings: Value?) -> Value {
        let labels = labels(with: settings?["labels"])
        return ["labels": labels, "spans": spans(settings?["spans"], labels)]
    }

    /// Times in one cell of which the form has both days.
    func spans(_ written: Value?, _ labels: Value) -> Value {
        let spans = (written?.list ?? []).filter { span in
            ["first", "last"].allSatisfy { key in span[key]?.text.map { labels[$0] != nil } ?? false }
        }
        return .list(spans)
    }

    /// The columns that have to be filled in, by their tables; the ids of rows are counted.
    var needed: Value {
        let tables = form.tables.map { table in
            (table.name, Value(table.cells.filter { $0.isRequired && $0.column.name != table.key }.map(\.column.name)))
        }
        return .record(Record(tables))
    }

    var pipeline: String {
        (["# 评审步骤 / the steps of the review. pingshen init", "pingshen: 1", "pipeline:"] + steps.map(\.line))
            .joined(separator: "\n") + "\n"
    }

    /// The schema by which an editor completes the spec, in the folder.
    static let schema = "setup/spec.schema.json"

    /// The spec of the project, which a reviewer never touches.
    func spec(id: String, _ locale: Locale) -> String {
        var lines = [
            "# yaml-language-server: $schema=\(Self.schema)",
            locale == .zh
                ? "# 评审人填写 project.xlsx，本文件不必改动。运行：pingshen run 加本文件夹。"
                : "# Fill in project.xlsx; nothing here needs a change. To review: pingshen run and this folder.",
            "pingshen: 1", "id: \(id)", "locale: \(locale.rawValue)", "extends: [setup/pipeline.yaml, setup/book.yaml]",
            "form: !include \(yaml(mains["form"] ?? ""))",
        ]
        let given = steps.filter { !$0.settings.isEmpty }
        if !given.isEmpty || hasLetterhead { lines.append("pipeline:") }
        for step in given {
            let settings = step.settings.compactMap { name in mains[name].map { "\(name): !include \(yaml($0))" } }
            lines.append("  \(step.id): {with: {\(settings.joined(separator: ", "))}}")
        }
        if hasLetterhead { lines.append("  word: {with: {letterhead: !file \(yaml(Self.letterhead))}}") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The id of a project by the name of its folder, which may be Chinese: then by what tells that name from others.
    static func id(of folder: String) -> String {
        let name = FilePaths.name(of: FilePaths.normalised(FileSystem.absolute(folder)))
        let isPlain = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
        if isPlain, !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 100 { return name }
        return "project-" + sha256(Array(name.utf8)).prefix(8)
    }
}

/// A text of YAML in double quotes, in which JSON's escapes hold. What a terminal or an editor would act on, and what nobody sees,
/// is escaped as YAML has it: of one scalar, not of two halves as in JSON.
private func yaml(_ text: String) -> String {
    var escaped = ""
    for scalar in String(decoding: JSONWriter.line(.text(text)), as: UTF8.self).unicodeScalars {
        if scalar.isActedOn {
            let digits = String(scalar.value, radix: 16)
            let (letter, count) = scalar.value > 0xFFFF ? ("U", 8) : ("u", 4)
            escaped += "\\\(letter)\(String(repeating: "0", count: count - digits.count))\(digits)"
        } else {
            escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

/// A step that projects may have.
private struct ProjectStep {
    var id: String
    /// As it is written in YAML.
    var line: String
    /// The settings among the project's documents.
    var settings: [String]
    private let tables: [String]
    private let given: [String]

    /// Those of `Specs/pipelines/init-project.yaml`.
    static var carried: [ProjectStep] {
        let text = CarriedFile.initProject.text
        let steps = LoadedDocument(text: text, as: "init-project.yaml").value?["steps"]?.record?.members ?? []
        return steps.compactMap { id, value in value.record.map { ProjectStep(id, $0) } }
    }

    private init(_ id: String, _ record: Record) {
        func texts(_ key: String) -> [String] { record[key]?.list?.compactMap(\.text) ?? [] }
        (self.id, settings, tables, given) = (id, texts("with"), texts("tables"), texts("given"))
        var kept = Record()
        for key in ["use", "needs", "deadline_seconds"] { if let value = record[key] { kept[key] = value } }
        line = "  \(id): " + String(decoding: JSONWriter.line(.record(kept)), as: UTF8.self)
    }

    /// Its tables that a form does not have.
    func missing(in form: Form) -> [String] {
        tables.filter { name in !form.tables.contains { $0.name == name } }
    }

    /// Whether the form has its tables, and the project what it is to be given.
    func fits(_ form: Form, _ given: [String]) -> Bool {
        (settings + self.given).allSatisfy(given.contains) && missing(in: form).isEmpty
    }
}
