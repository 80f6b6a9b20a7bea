import FindingAnswers
import OfficeFiles
import ReviewModel

/// A finding as a copy tells of it that was written earlier.
struct WrittenFinding: Sendable, Hashable {
    /// The id that it had.
    var number: String
    /// Its rule and its message, a line each; a note has its hint behind them.
    var says: String
    /// `明细!F7`; empty where nobody knows.
    var place: String
}

extension WrittenFinding {
    /// The rows of the sheet of findings that an earlier review has added, each with what was written into its column of replies.
    static func list(
        _ book: Workbook
    ) throws(OfficeFileError) -> [(finding: WrittenFinding, answer: AnsweredFinding?)] {
        guard let sheet = book.findings else { return [] }
        var reading = try book.reader(of: sheet)
        var columns: (number: Int, reply: Int, rule: Int?, message: Int?, place: Int?)?
        var rows: [(finding: WrittenFinding, answer: AnsweredFinding?)] = []
        while try reading.next() {
            let row = reading.row
            let texts = row.cells.map { cell in
                (
                    cell.column,
                    row.withStored(cell) { stored in
                        let text = String(decoding: stored, as: UTF8.self)
                        return cell.kind == .sharedText ? Int(text).map { book.texts[$0] } ?? "" : text
                    }
                )
            }
            func text(_ column: Int?) -> String { texts.first { $0.0 == column }?.1 ?? "" }
            func column(_ head: LocalizedText) -> Int? { texts.first { $0.1 == head.zh || $0.1 == head.en }?.0 }
            guard let columns else {
                // People may have put columns before them, or a row above.
                if let number = column(FindingsList.numberHead), let reply = column(FindingsList.replyHead) {
                    columns = (
                        number, reply, column(FindingsList.ruleHead), column(FindingsList.messageHead),
                        column(FindingsList.placeHead)
                    )
                }
                continue
            }
            let (number, reply) = (text(columns.number), text(columns.reply))
            guard FindingNumber.isOne(number) else { continue }
            let says = text(columns.rule) + "\n" + text(columns.message)
            let isAnswered = reply.contains { !$0.isWhitespace }
            rows.append(
                (
                    WrittenFinding(number: number, says: says, place: text(columns.place)),
                    isAnswered ? AnsweredFinding(number: number, replies: [.init(text: reply)]) : nil
                )
            )
        }
        return rows
    }
}

/// Which findings of now a copy tells of already: by their ids, or by what they say.
///
/// Ids hold the file's name, and a file comes back under another one: then each finding says what it said, under another id.
struct KnownFindings {
    /// The ids of now by those that are written, where they differ.
    private var numbers: [String: String] = [:]

    init(_ written: [WrittenFinding], _ notes: [CellNote]) {
        let current = Set(notes.map(\.number))
        let strange = written.filter { !current.contains($0.number) }
        if strange.isEmpty { return }
        var alike: [String: [CellNote]] = [:]
        for note in notes where !note.number.isEmpty {
            alike["\(note.rule)\n\(note.message)".asCompared, default: []].append(note)
        }
        // What is told at the same cell comes first: rows with the same mistake say the same. A note in which somebody has answered may
        // have an older id than the list that was written anew.
        var taken: Set<String> = []
        for finding in strange where numbers[finding.number] == nil {
            let same = Self.same(as: finding, alike).filter { $0.cell != nil && $0.cell?.text == finding.place }
            guard let note = same.first(where: { !taken.contains($0.number) }) ?? same.first else { continue }
            take(note, for: finding, &taken)
        }
        taken.formUnion(written.map(\.number))
        for finding in strange where numbers[finding.number] == nil {
            let same = Self.same(as: finding, alike).first { !taken.contains($0.number) }
            if let same { take(same, for: finding, &taken) }
        }
    }

    private mutating func take(_ note: CellNote, for finding: WrittenFinding, _ taken: inout Set<String>) {
        numbers[finding.number] = note.number
        taken.insert(note.number)
    }

    /// The id of now of a finding that is written.
    func number(_ written: String) -> String { numbers[written] ?? written }

    /// Those of now that say the same: as many lines of a written one as each of these has.
    private static func same(as finding: WrittenFinding, _ alike: [String: [CellNote]]) -> [CellNote] {
        var text = finding.says
        for remark in [FindingsList.noNote.zh, FindingsList.noNote.en] where text.hasSuffix(remark) {
            text.removeLast(remark.count)
        }
        var said = ""
        for line in text.asCompared.split(separator: "\n", omittingEmptySubsequences: false) {
            said += (said.isEmpty ? "" : "\n") + line
            if let notes = alike[said] { return notes }
        }
        return []
    }
}

extension String {
    /// Without the ends of lines that a program may write otherwise.
    fileprivate var asCompared: String {
        split(whereSeparator: \.isNewline).map { String($0.drop(while: \.isWhitespace)) }.joined(separator: "\n")
    }
}
