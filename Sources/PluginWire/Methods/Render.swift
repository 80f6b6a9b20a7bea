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
    /// Absolute path of an existing, empty folder that belongs to this call.
    public var scratchDirectory: String

    public init(
        role: String,
        configuration: Value,
        review: Review,
        reviewParts: [String]? = nil,
        dossier: WireDossier,
        formats: [String],
        scratchDirectory: String,
        frame: CallFrame = CallFrame()
    ) {
        self.role = role
        self.configuration = configuration
        self.review = review
        self.reviewParts = reviewParts
        self.dossier = dossier
        self.formats = formats
        self.scratchDirectory = scratchDirectory
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
            scratchDirectory: scratch,
            frame: CallFrame(record)
        )
    }

    public var wire: Value { long.whole }

    public var long: LongValue {
        var rest = Record()
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
        public var artifacts: [RenderedArtifact]

        public init(artifacts: [RenderedArtifact]) { self.artifacts = artifacts }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record() else { return nil }
            artifacts = record.required("artifacts")?.list(of: RenderedArtifact.self) ?? []
        }

        public var wire: Value { ["artifacts": Value(wire: artifacts)] }
    }
}

extension RenderedArtifact: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let path = record.required("path")?.text(),
            let mediaType = record.required("mediaType")?.text()
        else { return nil }
        self.init(path: path, mediaType: mediaType)
    }

    public var wire: Value { ["path": .text(path), "mediaType": .text(mediaType)] }
}
