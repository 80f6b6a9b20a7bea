internal import ReportTemplate
package import ReviewModel

/// The dossier's own texts with their tags filled in, for what prints them without a template: working papers.
///
/// A text that names something that is not there stays as it is written.
package final class FilledTexts {
    private let model: ReportModel
    private let expander: Expander

    /// The tables that tags may be about; a request has to bring them.
    package static let tables = ReportModel.tables

    package init(_ request: RenderingRequest) {
        model = ReportModel(request)
        let language = request.review.locale == .zh ? TemplateLanguage.chinese : .english
        expander = Expander(model, language: language)
    }

    /// Whether there is anything to fill in.
    package static func hasTags(_ table: Table) -> Bool {
        table.schema.columns.indices.contains { column in
            isText(table, column) && table.rows.indices.contains { hasTags(table.cell(row: $0, column: column)) }
        }
    }

    package static func hasTags(_ value: Value) -> Bool {
        switch value {
        case .text(let text): Wording.hasTags(text)
        case .list(let items): items.contains(where: hasTags)
        case .record(let record): record.members.contains { hasTags($0.value) }
        default: false
        }
    }

    package static func hasTags(_ review: Review) -> Bool {
        review.adjustments.contains { $0.parts.contains { Wording.hasTags($0.reason) } }
            || review.scores.contains { $0.items.contains { Wording.hasTags($0.reason) } }
    }

    private static func isText(_ table: Table, _ column: Int) -> Bool {
        [.text, .texts].contains(table.schema.columns[column].type)
    }

    /// The table with its texts filled in: each sees its row, and the requested line that the row is about.
    package func filled(_ table: Table) -> Table {
        var storage = table.storage
        for column in table.schema.columns.indices where Self.isText(table, column) {
            let pointer = { (row: Int) in table.rows[row].pointer(table.schema.columns[column].name) }
            let values = (0..<table.rowCount).map { table.cell(row: $0, column: column) }
            guard values.contains(where: Self.hasTags) else { continue }
            storage[column] = ColumnStorage(table.schema.columns[column].type)
            for (row, value) in values.enumerated() {
                storage[column].append(filled(value, at: pointer(row), in: scope(of: table.rows[row])))
            }
        }
        return Table(schema: table.schema, storage: storage)
    }

    /// The reasons of a review filled in: what is said of a line sees the line.
    package func filled(_ review: Review) -> Review {
        var review = review
        for (position, adjustment) in review.adjustments.enumerated() {
            let place = adjustment.pointer ?? JSONPointer(["adjustments"]).appending(position)
            for part in adjustment.parts.indices where Wording.hasTags(adjustment.parts[part].reason) {
                let reason = filled(
                    adjustment.parts[part].reason,
                    at: place.appending(part),
                    in: model.line(adjustment.subject)
                )
                review.adjustments[position].parts[part].reason = reason
            }
        }
        for sheet in review.scores.indices {
            for item in review.scores[sheet].items.indices {
                let reason = review.scores[sheet].items[item].reason
                guard Wording.hasTags(reason) else { continue }
                let pointer = JSONPointer(["scores"]).appending(sheet).appending(item)
                review.scores[sheet].items[item].reason = filled(reason, at: pointer, in: nil)
            }
        }
        return review
    }

    /// A value of the dossier with the texts in it filled in.
    package func filled(_ value: Value, at pointer: JSONPointer) -> Value { filled(value, at: pointer, in: nil) }

    private func filled(_ value: Value, at pointer: JSONPointer, in record: (any TemplateRecord)?) -> Value {
        switch value {
        case .text(let text): return .text(filled(text, at: pointer, in: record))
        case .list(let items):
            return .list(items.enumerated().map { filled($1, at: pointer.appending($0), in: record) })
        case .record(let fields):
            var filled = fields
            for member in fields.members {
                filled[member.key] = self.filled(member.value, at: pointer / member.key, in: record)
            }
            return .record(filled)
        default: return value
        }
    }

    private func filled(_ text: String, at pointer: JSONPointer, in record: (any TemplateRecord)?) -> String {
        guard Wording.hasTags(text) else { return text }
        return expander.plainText(of: SlottedText(model.values.wording(text, at: pointer), in: record)) ?? text
    }

    /// What the texts of a row see beside the whole review. A reason names the line's figures, as it does in a report.
    private func scope(of row: TableRow) -> any TemplateRecord {
        let record = model.values.row(row)
        guard let line = row.optionalText("line").flatMap(model.line) else { return record }
        return RowOfLine(row: record, line: line)
    }
}

/// A row that is about a requested line.
private struct RowOfLine: TemplateRecord {
    let row: RowRecord
    let line: LineRecord

    func member(_ name: String) -> TemplateValue? { line.member(name) ?? row.member(name) }
}
