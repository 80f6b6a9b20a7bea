internal import BudgetLines
internal import ReportDocument
internal import ReportTemplate
package import ReviewModel

/// Turns the values of a dossier and of a review into what templates print.
///
/// It keeps what is parsed and looked up once and holds no record, so that records may hold it.
package final class DossierValues {
    let locale: Locale
    let facts: FactIndex
    /// Mistakes in the tags of the dossier's own texts.
    package let log = DiagnosticLog()
    private var wordings: [JSONPointer: Wording] = [:]

    /// What the form says of fields; `nil` where nobody knows it.
    let form: DossierOutline?

    init(locale: Locale, facts: FactIndex, form: DossierOutline? = nil) {
        (self.locale, self.facts, self.form) = (locale, facts, form)
    }

    /// A figure, with its fact when that has the very value; nothing for `nil`.
    func figure(_ value: ExactDecimal?, _ form: FigureForm, fact: @autoclosure () -> String) -> TemplateValue {
        guard let value else { return .nothing }
        return .figure(Figure(value, form, fact: facts.fact(fact(), of: value)))
    }

    /// A value; numbers print in the customary form of `unit`, mappings of `zh` and `en` in the language of the report.
    ///
    /// - Parameters:
    ///   - pointer: where it stands in the dossier; a text without a place holds no tags.
    ///   - record: what the tags of a text see beside the whole report.
    func value(
        _ value: Value,
        unit: String = "",
        at pointer: JSONPointer? = nil,
        in record: (any TemplateRecord)? = nil
    ) -> TemplateValue {
        switch value {
        case .null: return .nothing
        case .boolean(let flag): return .flag(flag)
        case .integer(let number): return unit.isEmpty ? .integer(number) : figure(ExactDecimal(number), unit, pointer)
        case .decimal(let number): return figure(number, unit, pointer)
        case .text(let text):
            if !unit.isEmpty, let number = ExactDecimal(text) { return figure(number, unit, pointer) }
            guard let pointer, Wording.hasTags(text) else { return .text(text) }
            return .slots(SlottedText(wording(text, at: pointer), in: record))
        case .list(let items):
            return .list(
                items.enumerated().map { index, item in
                    guard let place = pointer?.appending(index) else { return self.value(item, unit: unit, in: record) }
                    return typed(item, at: place, unit: unit, in: record)
                }
            )
        case .record(let fields):
            if let text = localized(fields) { return .text(text) }
            return .record(FieldRecord(fields: fields, pointer: pointer, values: self))
        }
    }

    /// The value of a field, in the form of the type and unit that it has in the form.
    func typed(
        _ value: Value,
        at pointer: JSONPointer,
        unit: String = "",
        in record: (any TemplateRecord)? = nil
    ) -> TemplateValue {
        let path = Array(pointer.tokens.dropFirst())
        guard let form, pointer.tokens.first == "fields", case .found(.value(let type)) = form.content(at: path) else {
            return self.value(value, unit: unit, at: pointer, in: record)
        }
        let unit = form.units[JSONPointer(path).description] ?? unit
        switch (type, value) {
        case (.date, .text(let text)): if let day = CalendarDate(text) { return .day(day) }
        case (.text, .text(let text)):
            if let name = name(of: text, at: JSONPointer(path).description) { return .choice(text, name: name) }
        case (.decimal, .text(let text)): if let number = ExactDecimal(text) { return figure(number, unit, pointer) }
        case (.decimal, .integer(let number)): return figure(ExactDecimal(number), unit, pointer)
        default: break
        }
        return self.value(value, unit: unit, at: pointer, in: record)
    }

    private func figure(_ number: ExactDecimal, _ unit: String, _ pointer: JSONPointer?) -> TemplateValue {
        .figure(Figure(number, FigureForm(unit: unit), fact: pointer.flatMap { facts.fact(at: $0, of: number) }))
    }

    /// What the form calls a value that it lets one choose, `nil` where it has no name for it.
    ///
    /// - Parameter place: `funding.level` of a column, `/project/kind` of a field.
    func name(of value: String, at place: String) -> String? {
        guard let titles = form?.synonyms[place + "=" + value], let first = titles.first else { return nil }
        return locale == .zh ? first : titles.dropFirst().first ?? first
    }

    /// A kind of deduction by what the form calls it, else by our own word.
    func kind(_ kind: Adjustment.Kind) -> TemplateValue {
        .choice(kind.rawValue, name: name(of: kind.rawValue, at: "deductions.kind") ?? kind.name(locale))
    }

    /// The text of a cell or field, parsed once.
    func wording(_ text: String, at pointer: JSONPointer) -> Wording {
        if let wording = wordings[pointer], wording.source == text { return wording }
        let wording = Wording(text, at: pointer, log: log)
        wordings[pointer] = wording
        return wording
    }

    func rows(of table: Table) -> TemplateValue { .list(table.rows.map { .record(row($0)) }) }

    func row(_ row: TableRow) -> RowRecord { RowRecord(row: row, values: self) }

    private func localized(_ record: Record) -> String? {
        guard !record.isEmpty, record.keys.allSatisfy({ $0 == "zh" || $0 == "en" }) else { return nil }
        let wanted = record[locale.rawValue] ?? record.members.first?.value
        return wanted?.scalarText
    }
}

/// The fields of a form, or any mapping of names.
struct FieldRecord: TemplateRecord {
    let fields: Record
    let pointer: JSONPointer?
    let values: DossierValues

    func member(_ name: String) -> TemplateValue? {
        fields[name].map { value in
            pointer.map { values.typed(value, at: $0 / name) } ?? values.value(value)
        }
    }

    var isEmpty: Bool { fields.isEmpty }
}

/// A row of a table: its columns by name, each in the form of its type and unit. Texts see the row.
struct RowRecord: TemplateRecord {
    let row: TableRow
    let values: DossierValues

    func member(_ name: String) -> TemplateValue? {
        guard let column = row.table.schema.columns.first(where: { $0.name == name }) else { return nil }
        switch column.type {
        case .decimal:
            guard let number = row.decimal(name) else { break }
            let fact = values.facts.fact(at: row.pointer(name), of: number)
            return .figure(Figure(number, FigureForm(unit: column.unit), fact: fact))
        case .integer:
            guard let number = row.integer(name) else { break }
            let fact = values.facts.fact(at: row.pointer(name), of: ExactDecimal(number))
            return .figure(Figure(ExactDecimal(number), FigureForm(whole: column.unit), fact: fact))
        case .date:
            if let day = row.date(name) { return .day(day) }
        case .text:
            let place = row.table.schema.name + "." + name
            if let text = row.optionalText(name), let title = values.name(of: text, at: place) {
                return .choice(text, name: title)
            }
        default: break
        }
        return values.value(row[name], at: row.pointer(name), in: self)
    }
}

/// A record with names of its own besides those of another.
struct ExtendedRecord: TemplateRecord {
    var base: (any TemplateRecord)?
    var members: [String: TemplateValue]

    func member(_ name: String) -> TemplateValue? { members[name] ?? base?.member(name) }
}
