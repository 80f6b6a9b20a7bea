internal import LocalFiles
public import ReviewModel

/// Beside the folders of the reviews: where a batch keeps what is about all of them. No review may have the name.
package let folderOfBatches = "batch"

/// One project of one town, as its spec has it: the dossier, the steps that judge it, and the plugins it brings.
public struct Spec: Sendable {
    /// Names the folder of the output; letters, digits, `.`, `_` and `-`.
    public var id: String
    public var locale: Locale
    public var dossier: Dossier
    /// What the dossier may hold; `nil` where the spec names no readable form.
    public var form: Form?
    /// Whether something is wrong with the form itself, so that nobody knows what is there by it.
    package var hasFormMistakes = false
    public var steps: [Step]
    public var plugins: [PluginCommand]
    /// Findings that may stand, by somebody's decision.
    package var waivers: [WaiverRequest] = []
    /// What the spec changes about the rules of its steps.
    package var rules: [RuleRequest] = []
    /// The day that the spec is to be judged as of; waivers run out by it.
    package var asOf: CalendarDate?
    /// How each table is written.
    package var tableLayouts: [String: TableLayout]
    /// The fields as they are written.
    package var writtenFields = Record()
    /// What the form requires of fields and the spec does not have: a mistake, unless a source fills fields.
    package var missingFields: [ConfigurationDiagnostic] = []
    /// The ids that rules had before, by those that they have now, as far as plugins have told of them.
    package var formerRules: [String: [String]] = [:]
    /// Whether the pipeline is a mapping from step ids (rather than a list).
    package var hasNamedSteps = false

    /// A step of the pipeline, as written.
    public struct Step: Sendable {
        public var id: String
        /// `plugin` or `plugin/role`.
        public var plugin: String
        public var role: String?
        public var configuration: Value
        /// The ids of the steps whose assessments this one wants to see.
        public var needs: [String]
        /// How long one call may take; `nil` for the host's own limit.
        public var deadline: Duration?
        /// What becomes of the rows that a table has already, for a source; `nil` where the spec does not say.
        public var mode: FillMode?
    }

    /// What a source does with the rows of a table that an earlier step, or the spec itself, has filled.
    public enum FillMode: String, Sendable, CaseIterable {
        case replace, append
    }

    /// How a table is written: rows of named cells, or lists of cells under column names.
    package struct TableLayout: Sendable {
        package var compactColumns: [String]?
    }
}

// MARK: - Reading

extension Spec {
    /// Steps of a pipeline: real ones have ten, and each has its plugin looked for, asked and told of.
    static let maximumSteps = 1000

    /// The version of the spec format that this host reads.
    public static let formatVersion = 1

    /// What is judged, as the review keeps it: the group of fields that the form names for that.
    public func project(of fields: Record) -> Value { form?.project(of: fields) ?? fields["project"] ?? .null }

    /// Reads a spec; `nil` only when its top is no mapping. What is wrong goes to `log`.
    ///
    /// - Parameter readForm: the form that it has, which was read already.
    init?(_ document: SpecDocument, _ readForm: ReadForm?, log: DiagnosticLog) {
        guard let record = ValueReader(document.value, log: log).record() else { return nil }
        Self.checkVersion(record)
        id = Self.readID(record)
        locale = record.optional("locale")?.oneOf(Locale.allCases.map(\.rawValue)).flatMap(Locale.init) ?? .zh
        if let reader = record.required("form") {
            form = readForm?.form
            hasFormMistakes = readForm?.mistakes.contains { $0.severity >= .error } ?? false
            for var mistake in readForm?.mistakes ?? [] {
                mistake.pointer = JSONPointer(reader.pointer.tokens + mistake.pointer.tokens)
                log.add(mistake)
            }
        }
        dossier = Dossier()
        let (fields, tables) = (record.optional("fields"), record.optional("tables"))
        tableLayouts = Self.layouts(tables?.value)
        plugins = record.optional("plugins").map { Self.readPlugins($0, document) } ?? []
        asOf = record.optional("as_of").flatMap(date)
        if let list = record.optional("waivers") {
            waivers = list.list().compactMap(WaiverRequest.init)
            if asOf == nil, waivers.contains(where: { $0.waiver.expires != nil }) { log.add(noDay(at: list.pointer)) }
        }
        rules = record.optional("rules")?.record()?.all().compactMap(RuleRequest.init) ?? []
        let pipeline = record.required("pipeline")
        if case .record? = pipeline?.value { hasNamedSteps = true }
        steps = pipeline.map { Self.readSteps($0) } ?? []
        if let form { readDossier(form, fields, tables, log) }
        record.finish()
    }

    /// The plugins and the steps of a document that is no spec; what else it holds is somebody else's to read.
    init(stepsOf document: SpecDocument, _ record: RecordReader) {
        (id, locale, dossier, tableLayouts) = ("steps", .zh, Dossier(), [:])
        plugins = record.optional("plugins").map { Self.readPlugins($0, document) } ?? []
        let pipeline = record.optional("pipeline")
        steps = pipeline.map { Self.readSteps($0) } ?? []
        if case .record? = pipeline?.value { hasNamedSteps = true }
    }

    private mutating func readDossier(
        _ form: Form,
        _ fields: ValueReader?,
        _ tables: ValueReader?,
        _ log: DiagnosticLog
    ) {
        var reading = DossierReading(form: form, log: log)
        let fieldLog = DiagnosticLog()
        reading.readFields(fields.map { ValueReader($0.value, at: $0.pointer, log: fieldLog) }, log: fieldLog)
        writtenFields = fields?.value.record ?? Record()
        for mistake in fieldLog.diagnostics {
            if mistake.code == "value/missing-key" { missingFields.append(mistake) } else { log.add(mistake) }
        }
        reading.readTables(tables)
        dossier = reading.dossier
    }

    static func checkVersion(_ record: RecordReader) {
        guard let reader = record.required("pingshen"), let version = reader.integer() else { return }
        if version != formatVersion { record.log.add(unknownVersion(version, at: reader.pointer)) }
    }

    private static func readID(_ record: RecordReader) -> String {
        guard let reader = record.required("id"), let id = reader.text() else { return "" }
        let allowed = id.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-_.".utf8.contains($0)
        }
        if !allowed || id.isEmpty || id.hasPrefix(".") || id.count > 100 {
            record.log.add(badID(id, at: reader.pointer))
        } else if id == folderOfBatches {
            record.log.add(takenID(id, at: reader.pointer))
        }
        return id
    }

    private static func layouts(_ tables: Value?) -> [String: TableLayout] {
        var layouts: [String: TableLayout] = [:]
        for (name, value) in tables?.record?.members ?? [] {
            layouts[name] = TableLayout(compactColumns: value["columns"]?.list?.map { $0.text ?? "" })
        }
        return layouts
    }

    private static func plugin(_ name: String, _ reader: ValueReader, _ document: SpecDocument) -> PluginCommand? {
        guard let record = reader.record() else { return nil }
        var plugin = PluginCommand(name: name, command: [])
        if let command = record.optional("command") {
            plugin.command = command.list().compactMap { $0.text() }.map { part in
                part.hasPrefix("./") || part.hasPrefix("../") ? path(part, at: command.pointer, document) : part
            }
            if plugin.command.isEmpty { reader.log.add(emptyCommand(at: command.pointer)) }
        }
        plugin.environment = record.optional("environment")?.list().compactMap { $0.text() } ?? []
        if let files = record.optional("files") {
            plugin.files = files.list().compactMap { $0.text() }.map { path($0, at: files.pointer, document) }
        }
        plugin.startLimit = record.optional("start_seconds").flatMap(readDeadline)
        plugin.version = record.optional("version").flatMap(requirement)
        plugin.limits = record.optional("limits").map(ResourceLimits.init) ?? plugin.limits
        record.finish()
        return plugin
    }

    private static func requirement(_ reader: ValueReader) -> VersionRequirement? {
        guard let text = reader.text() else { return nil }
        if let requirement = VersionRequirement(text) { return requirement }
        reader.log.add(badRequirement(text, at: reader.pointer))
        return nil
    }

    /// A path as seen from the folder of the file that it is written in.
    private static func path(_ path: String, at pointer: JSONPointer, _ document: SpecDocument) -> String {
        FileSystem.absolute(FilePaths.resolve(path, besideFile: document.file(at: pointer)))
    }

    /// As many as there can be steps.
    private static func readPlugins(_ reader: ValueReader, _ document: SpecDocument) -> [PluginCommand] {
        if let count = reader.value.record?.count, count > maximumSteps {
            reader.log.add(tooManyPlugins(count, at: reader.pointer))
            return []
        }
        return reader.record()?.all().compactMap { plugin($0, $1, document) } ?? []
    }

    /// Steps as a list with a `step` each, or as a mapping from step id to step, which `extends` can merge.
    private static func readSteps(_ reader: ValueReader) -> [Step] {
        if let count = reader.value.record?.count ?? reader.value.list?.count, count > maximumSteps {
            reader.log.add(tooManySteps(count, at: reader.pointer))
            return []
        }
        var steps: [Step] = []
        if case .record = reader.value {
            for (id, reader) in reader.record()?.all() ?? [] {
                if let record = reader.record() { steps.append(readStep(id, record)) }
            }
        } else {
            for reader in reader.list() {
                guard let record = reader.record() else { continue }
                let id = record.required("step")?.text() ?? ""
                if steps.contains(where: { $0.id == id }) {
                    reader.log.add(duplicateStep(id, at: reader.pointer / "step"))
                }
                steps.append(readStep(id, record))
            }
        }
        return steps
    }

    private static func readStep(_ id: String, _ record: RecordReader) -> Step {
        let use = record.required("use")?.text().map { $0.split(separator: "/", maxSplits: 1).map(String.init) } ?? []
        let step = Step(
            id: id,
            plugin: use.first ?? "",
            role: use.count > 1 ? use[1] : nil,
            configuration: record.optional("with")?.value ?? .record(Record()),
            needs: record.optional("needs")?.list().compactMap { $0.text() } ?? [],
            deadline: record.optional("deadline_seconds").flatMap(readDeadline),
            mode: record.optional("mode")?.oneOf(FillMode.allCases.map(\.rawValue)).flatMap(FillMode.init)
        )
        record.finish()
        return step
    }
}

extension Spec {
    /// The seconds that a step, or a whole review, may be given: up to a year.
    public static let deadlineSeconds = 1...31_536_000

    private static func readDeadline(_ reader: ValueReader) -> Duration? {
        guard let seconds = reader.integer() else { return nil }
        guard deadlineSeconds.contains(seconds) else {
            reader.log.add(outOfRange(seconds, deadlineSeconds, at: reader.pointer))
            return nil
        }
        return .seconds(seconds)
    }
}

// MARK: - Places

extension Spec {
    /// Where the step at `index` is written.
    package func stepPointer(_ index: Int) -> JSONPointer {
        JSONPointer(["pipeline", hasNamedSteps ? steps[index].id : String(index)])
    }

    /// A pointer of a finding, into the dossier (`/fields`, `/tables`) or a step's settings (`/config`), as a pointer
    /// into the spec's document.
    package func documentPointer(_ pointer: JSONPointer, step: String) -> JSONPointer {
        let tokens = pointer.tokens
        switch tokens.first {
        case "tables" where tokens.count >= 3:
            guard let columns = tableLayouts[tokens[1]]?.compactColumns else { return pointer }
            var written = ["tables", tokens[1], "rows", tokens[2]]
            if tokens.count > 3, let position = columns.firstIndex(of: tokens[3]) { written.append(String(position)) }
            return JSONPointer(written)
        case "config":
            guard let index = steps.firstIndex(where: { $0.id == step }) else { return JSONPointer() }
            return JSONPointer((stepPointer(index) / "with").tokens + tokens.dropFirst())
        default:
            return pointer
        }
    }
}
