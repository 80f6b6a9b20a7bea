package import ReviewModel
internal import Synchronization

/// What a plugin has asked about the dossier while it served a call, with the checksums of the answers: whoever gets the same
/// answers to the same questions comes to the same result.
package final class DossierReads: Sendable {
    /// Something that can be asked about a dossier.
    package enum Question: Sendable, Hashable {
        /// Which tables there are.
        case tables
        /// A table, or some columns of it.
        case table(String, columns: [String]?)
        /// A query, or the cells that its answer rests on.
        case query(String, parameters: Record, cells: Bool)
    }

    private struct State {
        var questions: [Question] = []
        var digests: [Question: String] = [:]
        var isIncomplete = false
    }

    private let lookup: DossierLookup
    private let state = Mutex(State())

    /// Who asks more has read everything, one way or another.
    private static let maximumQuestions = 500

    package init(_ lookup: DossierLookup) { self.lookup = lookup }

    /// The questions, each once, in the order in which they were asked; `nil` where something was read that nobody can read again.
    package var all: [(question: Question, digest: String)]? {
        state.withLock { state in
            state.isIncomplete
                ? nil : state.questions.compactMap { question in state.digests[question].map { (question, $0) } }
        }
    }

    /// From now on nobody knows what the answer rests on.
    package func giveUp() { state.withLock { $0.isIncomplete = true } }

    func noteTables() { note(.tables, lookup.dossier.digestOfTables) }

    func noteTable(_ name: String, _ columns: [String]?) {
        note(.table(name, columns: columns), lookup.digest(ofTable: name, columns))
    }

    func note(_ sql: String, _ parameters: Record, cells: Bool, _ answer: Table) {
        note(.query(sql, parameters: parameters, cells: cells), TableDigest(answer).text)
    }

    private func note(_ question: Question, _ digest: String?) {
        state.withLock { state in
            guard let digest, state.questions.count < Self.maximumQuestions else { return state.isIncomplete = true }
            if state.digests.updateValue(digest, forKey: question) == nil { state.questions.append(question) }
        }
    }
}
