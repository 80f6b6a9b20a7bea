internal import JSONDocument
internal import ReviewFile
public import ReviewModel

/// `renderer/render`: a finished review becomes files in the scratch directory.
public struct Render: WireRequest {
    public static let method = "renderer/render"
    public static let asker = Asker.host
    public static let summary = "a renderer writes files"
    public static var hasLongLists: Bool { true }
    public var role: String
    public var configuration: Value
    public var frame: CallFrame
    public var review: Review
    /// The parts of it that are sent, as the role's manifest has them; `nil` for all.
    public var reviewParts: [String]?
    public var dossier: WireDossier
    public var formats: [String]
    public var taken: [TakenFile]
    /// Absolute path of an existing, empty folder that belongs to this call.
    public var scratchDirectory: String
    /// What the dossier may hold, for roles whose manifest says `form`.
    public var form: FormText?

    public init(
        role: String,
        configuration: Value,
        review: Review,
        reviewParts: [String]? = nil,
        dossier: WireDossier,
        formats: [String],
        taken: [TakenFile] = [],
        scratchDirectory: String,
        form: FormText? = nil,
        frame: CallFrame = CallFrame()
    ) {
        self.role = role
        self.configuration = configuration
        self.review = review
        self.reviewParts = reviewParts
        self.dossier = dossier
        self.formats = formats
        self.taken = taken
        self.scratchDirectory = scratchDirectory
        self.form = form
        self.frame = frame
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let role = record.required("role")?.text(),
            let review = record.required("review").flatMap(Review.init(wire:)),
            let scratch = record.required("scratchDirectory")?.text()
        else { return nil }
        self.init(
            role: role,
            configuration: record.record["config"] ?? .null,
            review: review,
            dossier: record.optional("dossier").flatMap(WireDossier.init(wire:))
                ?? WireDossier(fields: Record(), tables: []),
            formats: record.optional("formats")?.texts() ?? [],
            taken: record.optional("taken")?.list(of: TakenFile.self) ?? [],
            scratchDirectory: scratch,
            form: record.optional("form").map { FormText(JSONText($0.value)) },
            frame: CallFrame(record)
        )
    }

    public var wire: Value { long.whole }

    public var long: LongValue {
        var rest = Record()
        rest.setIfPresent("taken", Value(wire: taken))
        if let form { rest["form"] = form.text.value }
        frame.add(to: &rest)
        let members: [(key: String, value: LongValue)] = [
            ("role", .value(.text(role))), ("config", .value(configuration)),
            ("review", review.long(parts: reviewParts)),
            ("dossier", .value(dossier.wire)), ("formats", .value(Value(formats))),
            ("scratchDirectory", .value(.text(scratchDirectory))),
        ]
        return .record(members + rest.members.map { ($0.key, .value($0.value)) })
    }

    public struct Response: WireValue {
        public var rendering: Rendering

        public init(_ rendering: Rendering) { self.rendering = rendering }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record() else { return nil }
            rendering = Rendering(
                record.required("artifacts")?.list(of: RenderedArtifact.self) ?? [],
                failures: record.optional("failures")?.list(of: FormatFailure.self) ?? [],
                findings: record.optional("findings")?.list(of: Finding.self) ?? []
            )
        }

        public var wire: Value {
            var record: Record = ["artifacts": Value(wire: rendering.artifacts)]
            record.setIfPresent("failures", Value(wire: rendering.failures))
            record.setIfPresent("findings", Value(wire: rendering.findings))
            return .record(record)
        }
    }
}

extension RenderedArtifact: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let path = record.required("path")?.text(),
            let mediaType = record.required("mediaType")?.text()
        else { return nil }
        self.init(path: path, mediaType: mediaType, format: record.optional("format")?.text())
    }

    public var wire: Value {
        var record: Record = ["path": .text(path), "mediaType": .text(mediaType)]
        if format != RenderedArtifact(path: path, mediaType: mediaType).format { record["format"] = .text(format) }
        return .record(record)
    }
}

extension FormatFailure: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let format = record.required("format")?.text(),
            let message = record.required("message")?.localizedText()
        else { return nil }
        self.init(format, message)
    }

    public var wire: Value { ["format": .text(format), "message": message.wire] }
}

extension TakenFile: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let format = record.required("format")?.text(),
            let step = record.required("step")?.text(), let path = record.required("path")?.text()
        else { return nil }
        self.init(format: format, step: step, path: path, mediaType: record.optional("mediaType")?.text() ?? "")
    }

    public var wire: Value {
        ["format": .text(format), "step": .text(step), "path": .text(path), "mediaType": .text(mediaType)]
    }
}
