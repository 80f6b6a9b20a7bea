import GivenDocuments
import PrintedReports
import ReviewModel

/// Reads a report that exists already into the dossier, so that it can be audited without being typed in.
///
/// What is printed is taken as it is printed: nothing is corrected and nothing is computed. A table that the report prints
/// twice is read where it stands first; whether the copies agree is for the document auditor to say.
struct ReportReader: DataSource {
    let role = RoleDescription(
        kind: .source,
        name: "report-reader",
        summary: "reads the tables and texts of an existing report: Word, PDF, HTML, Markdown, text (读取已有报告)",
        writes: [
            "budget_lines", "printed_audit", "deductions", "history_years", "history", "targets", "declared_targets",
            "scores", "evidence", "problems", "legal_bases", "paragraphs",
        ],
        fieldSetting: "/alone",
        configSchema: [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
            "properties": .record(Self.properties), "oneOf": ReportInput.oneOf, "additionalProperties": false,
        ]
    )

    private static let properties: Record = {
        var properties = ReportInput.properties
        properties["ends_before"] = [
            "type": "string",
            "description": "the heading of the first attached document, such as 附件3; what follows is not read",
        ]
        properties["words"] = ReportWords.schema
        properties["labels"] = [
            "type": "object", "additionalProperties": ["type": "array", "items": ["type": "string"]],
            "description":
                "with alone: what fields are called in forms and in front of colons, by their names in the form: {project.town: [所在镇]}",
        ]
        properties["spans"] = [
            "type": "array",
            "items": [
                "type": "object", "required": ["first", "last", "words"], "additionalProperties": false,
                "properties": [
                    "first": ["type": "string"], "last": ["type": "string"],
                    "words": ["type": "array", "items": ["type": "string", "minLength": 1]],
                ],
            ],
            "description":
                "with alone: what times from one day to another are called, 起止时间, and the fields of their first and last day",
        ]
        properties["signed"] = [
            "type": "array", "items": ["type": "string", "minLength": 1],
            "description":
                "what stands before a name or an opinion below an applicant's targets, 审核人, 部门意见: such rows are no targets, and are told",
        ]
        properties["alone"] = [
            "const": true,
            "description":
                "the report is all there is: project and organisations are read too, and amounts from the audit table where no other has them",
        ]
        return properties
    }()

    private struct Settings {
        var input: ReportInput?
        var words = ReportWords.standard
        var endsBefore: String?
        var isAlone = false
        /// How rows begin where people sign below targets.
        var signed: [String] = []
        /// What fields are called, by their names in the form.
        var labels: [(field: String, words: [String])] = []
        /// Times in one cell that are two fields.
        var spans: [ReportFields.SpanLabels] = []

        init(_ configuration: Value, _ log: DiagnosticLog) {
            guard let record = ValueReader(configuration, log: log).record() else { return }
            input = ReportInput(
                report: record.optional("report"),
                document: record.optional("document"),
                ocr: record.optional("ocr"),
                log: log
            )
            endsBefore = record.optional("ends_before")?.text()
            if let words = record.optional("words") { self.words = ReportWords(words) }
            labels = (record.optional("labels")?.record()?.all() ?? []).map { field, words in
                (field, words.list().compactMap { $0.text() })
            }
            spans = (record.optional("spans")?.list() ?? []).compactMap { ReportFields.SpanLabels($0) }
            signed = record.optional("signed")?.list().compactMap { $0.text() } ?? []
            if let alone = record.optional("alone") {
                isAlone = alone.boolean() ?? false
                if !isAlone { log.add(notTrue(at: alone.pointer)) }
            }
            record.finish()
        }
    }

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        _ = Settings(configuration, log)
        return log.diagnostics
    }

    func tables(_ request: SourceRequest) throws -> [Table] { try read(request).tables }

    func read(_ request: SourceRequest) throws -> SourceReading {
        let settings = Settings(request.configuration, DiagnosticLog())
        guard var reading = try settings.input?.read(settings.words, in: request.context) else {
            return SourceReading([])
        }
        if let heading = settings.endsBefore { reading.report = reading.report.ending(before: heading) }
        let tables = ReportTables(
            reading.report,
            isAlone: settings.isAlone,
            labels: settings.labels,
            signed: settings.signed
        )
        let read = settings.isAlone ? ReportFields(reading.report, settings.labels, settings.spans) : nil
        return SourceReading(
            tables.all,
            fields: read?.all ?? [],
            findings: reading.losses.map(lost) + tables.unread + (read?.spans ?? [])
        )
    }
}

// MARK: - Messages

private func notTrue(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "report/alone",
        message: LocalizedText(zh: "alone 只能为 true", en: "alone can only be true"),
        pointer: pointer,
        help: LocalizedText(zh: "不需要时请删去", en: "remove it where it is not wanted")
    )
}

private func lost(_ loss: GivenLoss) -> Finding {
    var finding = Finding(
        // What was recognised is not lost, but nobody may rely on it.
        rule: loss.kind == .recognised ? "report-reader/ocr" : "report-reader/lost",
        severity: loss.kind.severity,
        message: loss.message,
        subject: loss.kind.rawValue
    )
    finding.spots = [loss.place.map(Spot.place) ?? .value(JSONPointer(["config", "document"]))]
    return finding
}
