public import ReviewModel

/// `review.json` whole: a review, and what only the host knows of how it came about.
///
/// What a renderer gets is the same without these; a file of an older program may lack members that were added since.
public struct RecordedReview: Sendable, Hashable {
    public var review: Review
    /// The files that the spec was read from, in order.
    public var inputs: [Input]
    public var plugins: [Plugin]
    /// The files beside it, by path.
    public var artifacts: [Artifact]
    /// What of the dossier is kept with it.
    public var kept = KeptDossier()

    public struct Input: Sendable, Hashable {
        public var path: String
        /// In lower-case hexadecimal digits, as everywhere in the file.
        public var sha256: String

        public init(path: String, sha256: String) { (self.path, self.sha256) = (path, sha256) }
    }

    public struct Plugin: Sendable, Hashable {
        public var name: String
        public var version: String
        /// Of its executable; `nil` for one that somebody else had started.
        public var sha256: String?

        public init(name: String, version: String, sha256: String?) {
            (self.name, self.version, self.sha256) = (name, version, sha256)
        }
    }

    public struct Artifact: Sendable, Hashable {
        public var path: String
        public var mediaType: String
        public var sha256: String
        /// The format that the renderer says it is: `worklist`; empty in a file of an older program.
        public var format: String

        public init(path: String, mediaType: String, sha256: String, format: String = "") {
            (self.path, self.mediaType, self.sha256, self.format) = (path, mediaType, sha256, format)
        }
    }

    public init(_ review: Review, inputs: [Input] = [], plugins: [Plugin] = [], artifacts: [Artifact] = []) {
        (self.review, self.inputs, self.plugins, self.artifacts) = (review, inputs, plugins, artifacts)
    }

    /// The document that the file holds; its long lists are made as they are written.
    public var document: LongValue {
        guard case .record(let members) = review.long else { return review.long }
        return .record(
            members + [
                ("inputs", .list(LongList(wire: inputs))), ("plugins", .list(LongList(wire: plugins))),
                ("artifacts", .list(LongList(wire: artifacts))),
            ] + kept.members
        )
    }
}

/// Why some bytes are no review that this program can read.
public struct UnreadableReview: Error, Sendable, Hashable {
    public var message: LocalizedText
}

// MARK: - Reading

extension RecordedReview {
    /// Reads the file's bytes; members that are not known are left out.
    public static func read(_ bytes: [UInt8]) throws(UnreadableReview) -> RecordedReview {
        do { return try read(try JSONReader.read(bytes)) } catch let error as UnreadableReview {
            throw error
        } catch {
            throw UnreadableReview(message: notJSON("\(error)"))
        }
    }

    /// Reads the file's bytes without members of the review that nobody wants, `facts` for one: of a long review they are most,
    /// and what is passed over costs a tenth. All of the file is checked.
    public static func read(_ bytes: [UInt8], without unwanted: Set<String>) throws(UnreadableReview) -> RecordedReview
    {
        let text: JSONText
        do { text = try JSONText(bytes) } catch { throw UnreadableReview(message: notJSON("\(error)")) }
        var record = Record()
        text.read { cursor in
            _ = cursor.members { key, cursor in
                let name = key.text
                if unwanted.contains(name) { cursor.skip() } else { record[name] = cursor.value() }
            }
        }
        return try read(.record(record))
    }

    private static func read(_ value: Value) throws(UnreadableReview) -> RecordedReview {
        guard let schema = value["schema"]?.text else { throw UnreadableReview(message: notAReview) }
        guard schema == Review.schemaName else { throw UnreadableReview(message: otherVersion(schema)) }
        let log = DiagnosticLog()
        if let recorded = RecordedReview(ValueReader(value, log: log)), !log.hasErrors { return recorded }
        throw UnreadableReview(message: log.diagnostics.first.map(wrong) ?? notAReview)
    }

    private init?(_ reader: ValueReader) {
        guard let review = Review(wire: reader), let record = reader.record() else { return nil }
        self.init(
            review,
            inputs: record.optional("inputs")?.list(of: Input.self) ?? [],
            plugins: record.optional("plugins")?.list(of: Plugin.self) ?? [],
            artifacts: record.optional("artifacts")?.list(of: Artifact.self) ?? []
        )
        kept = KeptDossier(record)
    }
}

extension RecordedReview.Input: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let path = record.required("path")?.text(),
            let sha256 = record.required("sha256")?.text()
        else { return nil }
        self.init(path: path, sha256: sha256)
    }

    public var wire: Value { ["path": .text(path), "sha256": .text(sha256)] }
}

extension RecordedReview.Plugin: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        self.init(
            name: name,
            version: record.optional("version")?.text() ?? "",
            sha256: record.optional("sha256")?.text()
        )
    }

    public var wire: Value { ["name": .text(name), "version": .text(version), "sha256": Value(sha256)] }
}

extension RecordedReview.Artifact: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let path = record.required("path")?.text(),
            let sha256 = record.required("sha256")?.text()
        else { return nil }
        self.init(
            path: path,
            mediaType: record.optional("mediaType")?.text() ?? "",
            sha256: sha256,
            format: record.optional("format")?.text() ?? ""
        )
    }

    public var wire: Value {
        var record: Record = ["path": .text(path), "mediaType": .text(mediaType), "sha256": .text(sha256)]
        record.setIfPresent("format", .text(format))
        return .record(record)
    }
}

// MARK: - Messages

private func notJSON(_ reason: String) -> LocalizedText {
    LocalizedText(zh: "不是 JSON：\(reason)", en: "is not JSON: \(reason)")
}

private let notAReview = LocalizedText(
    zh: "不是评审结果：没有 schema（应为 \(Review.schemaName)）",
    en: "is no review: it has no schema, which should be \(Review.schemaName)"
)

private func otherVersion(_ schema: String) -> LocalizedText {
    LocalizedText(
        zh: "格式为\"\(schema)\"，本程序只读 \(Review.schemaName)；请更新 pingshen 或重新评审",
        en: "is of the form \"\(schema)\"; this program reads \(Review.schemaName): update pingshen, or review again"
    )
}

private func wrong(_ mistake: ConfigurationDiagnostic) -> LocalizedText {
    let place = mistake.pointer.dotted
    return LocalizedText(
        zh: "不是评审结果：\(place.isEmpty ? "" : place + "：")\(mistake.message.zh)",
        en: "is no review: \(place.isEmpty ? "" : place + ": ")\(mistake.message.en)"
    )
}
