internal import JSONDocument
internal import LocalFiles
internal import PluginRuntime
internal import ReviewFile
internal import ReviewModel
internal import SpecLoading
internal import StepCache
internal import Synchronization

/// Steps that need not be taken, for they were before, from the same parts; and the answers of those that are.
struct StepKeeping: Sendable {
    private let answers: StepAnswers
    /// What all steps of the review are made from.
    private let common: [StepPart]
    private let programs: [String: StepPart]
    private let files: InputFiles
    private let scratch: String

    /// Stands for the folder of the files that settings name, which is another in each review.
    private static let folderOfFiles = "\u{1}files\u{1}"

    /// `nil` where no answer of the review may stand for a later one: it uses secrets, or somebody looks at what is said.
    ///
    /// - Parameter programs: as they are found, not yet copied.
    init?(
        _ options: RunOptions,
        _ loaded: LoadedSpec,
        _ programs: [PluginProgram],
        _ settings: SessionSettings,
        _ files: InputFiles,
        form: DossierOutline?
    ) {
        guard let cache = options.steps, loaded.secrets.isEmpty, options.trace == nil, options.attachments.isEmpty
        else { return nil }
        answers = cache.answers(of: loaded.path, options.onStep)
        let parts = programs.compactMap { program in cache.part(program).map { (program.name, $0) } }
        self.programs = Dictionary(parts) { first, _ in first }
        (self.files, scratch) = (files, settings.scratch)
        var common = cache.surroundings
        common.append(StepPart(.locale, digest: settings.locale.rawValue))
        common.append(StepPart(.sandbox, digest: settings.sandbox == nil ? "-" : "sandbox"))
        common.append(.form(form))
        self.common = common
    }

    /// Keeps what the steps have answered; of a whole review.
    func commit() { answers.commit() }
}

// MARK: - Steps

extension StepKeeping {
    func read(
        _ step: Plan.PlannedStep<RemoteSource>,
        _ request: SourceRequest,
        _ take: (DossierReads?) async throws -> SourceReading
    ) async throws -> SourceReading {
        let lookup = DossierLookup(request.dossier)
        guard let call = call(step.step, step.role.session, step.description, lookup, []) else {
            return try await take(nil)
        }
        return try await answer(call, step.role.session, take) { step.role.accepts($0, request) }
    }

    func score(
        _ step: Plan.PlannedStep<RemoteScorer>,
        _ request: ScoringRequest,
        _ lookup: DossierLookup,
        _ take: (DossierReads?) async throws -> Assessment
    ) async throws -> Assessment {
        let prior = request.prior.sorted { $0.key < $1.key }
        var parts = prior.map { StepPart.prior($0.key, $0.value) }
        let rules: Value = [
            "values": .record(
                Record(request.rules.values.sorted { $0.key < $1.key }.map { ($0.key, .record($0.value)) })
            ),
            "off": Value(request.rules.off.sorted()),
        ]
        parts.append(StepPart(.rules, digest: sum(rules)))
        guard let call = call(step.step, step.role.session, step.description, lookup, parts) else {
            return try await take(nil)
        }
        return try await answer(call, step.role.session, take) { step.role.accepts($0, request) }
    }

    /// - Parameters:
    ///   - folder: where it writes.
    ///   - limit: of a file.
    func render(
        _ step: Plan.PlannedStep<RemoteRenderer>,
        _ request: RenderingRequest,
        _ review: ReviewDigests,
        _ lookup: DossierLookup,
        into folder: HeldFolder,
        filesAtMost limit: Int,
        _ take: (DossierReads?) async throws -> Rendering
    ) async throws -> Rendering {
        guard step.role.session.isRepeatable, let taken = taken(request.taken) else {
            _ = call(step.step, step.role.session, step.description, lookup, [])
            return try await take(nil)
        }
        var parts = [StepPart(.formats, digest: request.formats.joined(separator: " "))] + taken
        parts.append(review.part(step.description.reviewParts))
        guard let call = call(step.step, step.role.session, step.description, lookup, parts) else {
            return try await take(nil)
        }
        return try await answer(call, step.role.session, into: folder, take) { rendering in
            step.role.accepts(rendering, request)
        } _: { rendering in
            guard rendering.failures.isEmpty else { return nil }
            var written: [(OutsideFile, String)] = []
            for artifact in rendering.artifacts {
                guard let name = ArtifactName(artifact.path),
                    let file = try? OutsideFile(name.path, beneath: folder, atMost: limit)
                else { return nil }
                written.append((file, name.path))
            }
            return written
        }
    }

    private func answer<Answer: KeptForm>(
        _ call: StepCall,
        _ session: PluginSession,
        into folder: HeldFolder? = nil,
        _ take: (DossierReads?) async throws -> Answer,
        accepts: (Answer) -> Bool,
        _ files: (Answer) -> [(OutsideFile, String)]? = { _ in [] }
    ) async throws -> Answer {
        if let kept = await answers.kept(call, into: folder) {
            let value = kept.replacing(Self.folderOfFiles, by: self.files.folder)
            if let answer = Answer(kept: value), accepts(answer) { return answer }
            _ = folder?.empty()
        }
        let reads = DossierReads(call.lookup)
        let answer = try await take(reads)
        guard reads.all != nil, let written = files(answer), let value = answer.proven,
            let portable = portable(value, session)
        else { return answer }
        answers.note(call, reads, portable, files: written.map(\.0), named: written.map(\.1))
        return answer
    }

    /// The answer without the folder of this review's files in it; `nil` where something of this review would stay.
    private func portable(_ value: Value, _ session: PluginSession) -> Value? {
        // Not `nil`, which a value takes for null.
        guard !value.mentions([Self.folderOfFiles]) else { return .none }
        let portable = files.inputs.isEmpty ? value : value.replacing(files.folder + "/", by: Self.folderOfFiles + "/")
        let own = [scratch, session.scratch]
        guard !portable.mentions(own + own.compactMap(FileSystem.realPath)) else { return .none }
        return portable
    }
}

// MARK: - What a step is made from

extension StepKeeping {
    /// `nil` where its answer does not stand for a later one.
    private func call(
        _ step: Spec.Step,
        _ session: PluginSession,
        _ role: RoleDescription,
        _ lookup: DossierLookup,
        _ further: [StepPart]
    ) -> StepCall? {
        var call = StepCall(step: step.id, plugin: step.plugin, parts: common, lookup)
        guard session.isRepeatable, let program = programs[step.plugin] else {
            answers.skip(call)
            return nil
        }
        call.parts += [program, StepPart(.role, digest: role.name)] + settings(step)
        call.parts.append(fields(lookup.dossier.fields))
        call.parts += role.reads.compactMap { lookup.part($0) }
        call.parts += further
        return call
    }

    private func settings(_ step: Spec.Step) -> [StepPart] {
        let settings = step.configuration
        let named = files.inputs.filter { input in
            guard let copy = files.written.first(where: { $0.value == input.path })?.key else { return false }
            return settings.mentions([copy])
        }
        let portable = settings.replacing(files.folder + "/", by: Self.folderOfFiles + "/")
        return [StepPart(.settings, digest: sum(portable))] + named.map { StepPart(.file, $0.path, digest: $0.sha256) }
    }

    private func fields(_ fields: Record) -> StepPart {
        var pieces: [StepPart.Piece] = []
        func add(_ value: Value, _ path: String) {
            if case .record(let record) = value, pieces.count < Self.mostPieces {
                for member in record.members { add(member.value, path.isEmpty ? member.key : path + "." + member.key) }
            } else {
                pieces.append(StepPart.Piece(path, sum(value)))
            }
        }
        add(.record(fields), "")
        return StepPart(.fields, digest: sum(.record(fields)), pieces: pieces)
    }

    /// Fields that are told one by one; a dossier has a few dozen.
    private static let mostPieces = 500

    /// `nil` where a file cannot be read.
    private func taken(_ files: [TakenFile]) -> [StepPart]? {
        let parts = files.map { file -> StepPart? in
            guard let digest = try? OutsideFile(file.path, atMost: 1 << 30).sha256() else { return nil }
            let said = sha256(Array([file.format, file.mediaType, digest].joined(separator: "\n").utf8))
            return StepPart(.taken, file.step + "/" + FilePaths.name(of: file.path), digest: said)
        }
        return parts.contains { $0 == nil } ? nil : parts.compactMap { $0 }
    }
}

private func sum(_ value: Value) -> String { sha256(JSONWriter.line(value)) }

/// The checksums of a review's parts, computed when the first renderer asks for them.
final class ReviewDigests: Sendable {
    private let review: Review
    private let pieces = Mutex<[StepPart.Piece]?>(nil)

    init(_ review: Review) { self.review = review }

    /// The review as a renderer is sent it that wants these of its long parts; all for `nil`.
    func part(_ parts: [String]?) -> StepPart {
        let sent = all.filter { piece in parts?.contains(piece.name) ?? true || !Review.longParts.contains(piece.name) }
        let lines = sent.map { $0.name + " " + $0.digest + "\n" }
        return StepPart(.review, digest: sha256(Array(lines.joined().utf8)), pieces: sent)
    }

    private var all: [StepPart.Piece] {
        pieces.withLock { pieces in
            if let pieces { return pieces }
            guard case .record(let members) = review.long else { return [] }
            let made = members.map { StepPart.Piece($0.key, sum($0.value)) }
            pieces = made
            return made
        }
    }

    private func sum(_ value: LongValue) -> String {
        var digest = Digest()
        if case .list(let list) = value {
            // As they cross the wire, which is the shortest way to write them.
            for index in 0..<list.count {
                var line = JSONWriter.line { list.write(index, into: &$0) }
                line.append(UInt8(ascii: "\n"))
                line.withUnsafeBytes { digest.update($0) }
            }
            return digest.text
        }
        // What takes the pieces throws nothing.
        try? JSONWriter.document(value) { piece in
            piece.withUnsafeBytes { digest.update($0) }
            piece.removeAll(keepingCapacity: true)
        }
        return digest.text
    }
}
