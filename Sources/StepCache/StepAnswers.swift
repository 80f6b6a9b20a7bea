package import LocalFiles
package import PluginRuntime
package import ReviewModel
internal import Synchronization

/// A step that is to be taken, as far as that is known before it is.
package struct StepCall: Sendable {
    package var step: String
    package var plugin: String
    /// Everything that it is sent, and what runs.
    package var parts: [StepPart]
    /// What it may ask about.
    package var lookup: DossierLookup

    package init(step: String, plugin: String, parts: [StepPart], _ lookup: DossierLookup) {
        (self.step, self.plugin, self.parts, self.lookup) = (step, plugin, parts, lookup)
    }

    /// By what its answers are found.
    fileprivate var key: String {
        var digest = Digest()
        for part in [step, KeptAnswer.version] + parts.flatMap({ [$0.kind.rawValue, $0.name, $0.digest] }) {
            // The length before the text, so that no two lists look alike.
            Array("\(part.utf8.count):\(part)".utf8).withUnsafeBytes { digest.update($0) }
        }
        return digest.text
    }
}

/// The answers of one review's steps: those that are on record, and those that are kept once the review is whole.
package final class StepAnswers: Sendable {
    private struct State {
        var pending: [String: KeptAnswer] = [:]
        var seen: [String: [StepPart]] = [:]
        /// What the spec's steps were made from the last time; looked up when somebody wants to know.
        var earlier: [String: [StepPart]]?
    }

    private let shelf: StepShelf
    private let spec: String
    private let tell: (@Sendable (LocalizedText) -> Void)?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - spec: its path, as it is named.
    ///   - tell: hears of each step why it is taken, or that it need not be.
    init(_ shelf: StepShelf, _ spec: String, _ tell: (@Sendable (LocalizedText) -> Void)?) {
        (self.shelf, self.spec, self.tell) = (shelf, spec, tell)
    }

    /// The answer that stands: the step was taken before, from the same parts, and what it asked for then would be answered alike now.
    ///
    /// - Parameter folder: gets the files that it wrote; empty where nothing stands.
    package func kept(_ call: StepCall, into folder: HeldFolder? = nil) async -> Value? {
        let key = call.key
        let answers = shelf.answers(key)
        for answer in answers {
            guard await difference(answer, call.lookup) == nil else { continue }
            guard put(answer.files, into: folder) else { continue }
            explain(call, .kept)
            see(call, answer.questions)
            return answer.answer
        }
        if tell != nil { explain(call, await reason(call, answers.first)) }
        return nil
    }

    /// Notes that a step is taken whose answer cannot stand.
    package func skip(_ call: StepCall) { explain(call, .notRepeatable(plugin: call.plugin)) }

    private func put(_ files: [(path: String, sum: String)], into folder: HeldFolder?) -> Bool {
        guard let folder else { return files.isEmpty }
        for file in files where !shelf.put(file.sum, as: file.path, into: folder) {
            _ = folder.empty()
            return false
        }
        return true
    }

    /// The first question that is answered otherwise now.
    private func difference(_ answer: KeptAnswer, _ lookup: DossierLookup) async -> DossierReads.Question? {
        for (question, digest) in answer.questions where await lookup.answer(to: question) != digest { return question }
        return nil
    }

    /// Notes what a step has answered; nothing is kept before ``commit()``.
    ///
    /// - Parameters:
    ///   - reads: what it has asked; nothing is kept where somebody gave up.
    ///   - files: what it has written, in `folder`.
    package func note(
        _ call: StepCall,
        _ reads: DossierReads,
        _ answer: Value,
        files: [OutsideFile] = [],
        named names: [String] = []
    ) {
        guard let questions = reads.all else { return }
        var written: [(path: String, sum: String)] = []
        for (file, name) in zip(files, names) {
            guard let sum = shelf.keep(file) else { return }
            written.append((name, sum))
        }
        let kept = KeptAnswer(questions: questions, answer: answer, files: written)
        state.withLock { $0.pending[call.key] = kept }
        see(call, questions)
    }

    /// Keeps what the steps of a whole review have answered.
    package func commit() {
        let (pending, seen) = state.withLock { ($0.pending, $0.seen) }
        for (key, answer) in pending {
            let others = shelf.answers(key).filter { $0.questions.map(\.digest) != answer.questions.map(\.digest) }
            shelf.keep([answer] + others, key)
        }
        if !seen.isEmpty { shelf.keep(seen: seen, spec) }
    }
}

// MARK: - Reasons

extension StepAnswers {
    private func explain(_ call: StepCall, _ reason: StepReason) { tell?(reason.sentence(call.step)) }

    private func earlier(_ step: String) -> [StepPart]? {
        state.withLock { state in
            if state.earlier == nil { state.earlier = shelf.seen(spec) }
            return state.earlier?[step]
        }
    }

    private func see(_ call: StepCall, _ questions: [(question: DossierReads.Question, digest: String)]) {
        var parts = call.parts
        for (question, digest) in questions {
            guard case .table(let name, let columns) = question else {
                parts.append(StepPart(.question, question.words, digest: digest))
                continue
            }
            if let table = call.lookup.part(name, columns) { parts.append(table) }
        }
        let seen = parts
        state.withLock { $0.seen[call.step] = seen }
    }

    private func reason(_ call: StepCall, _ newest: KeptAnswer?) async -> StepReason {
        guard let before = earlier(call.step) else { return .noRecord }
        if let newest, let question = await difference(newest, call.lookup) {
            guard case .table(let name, let columns) = question, let now = call.lookup.part(name, columns) else {
                return .changed(.question, name: question.words, piece: "", row: nil)
            }
            let same = before.filter { $0.kind == .table && $0.name == name }
            return StepReason.difference(same, [now]) ?? .noRecord
        }
        // What it asked for is asked again only where the rest is the same.
        let sent = Set(call.parts.map { "\($0.kind) \($0.name)" })
        let known = before.filter {
            $0.kind != .question && ($0.kind != .table || sent.contains("\($0.kind) \($0.name)"))
        }
        return StepReason.difference(known, call.parts) ?? .noRecord
    }
}

extension DossierLookup {
    /// A table, or some columns of it, with what shows which of its cells have changed.
    package func part(_ name: String, _ columns: [String]? = nil) -> StepPart? {
        guard let digest = table(name) else { return nil }
        let chosen = digest.columns.filter { columns?.contains($0.name) ?? true }
        let pieces = chosen.map { StepPart.Piece($0.name, $0.text, cells: $0.cells) }
        let text = columns == nil ? digest.text : sha256(Array(pieces.map(\.digest).joined().utf8))
        return StepPart(.table, name, digest: text, pieces: pieces)
    }
}
