import BudgetLines
import ReviewModel
import Targets

/// The numbers of any form: of each numeric column and field, by its title and synonyms, and by what its row is called.
///
/// What the field's own tables hold has words of its own and is left to those.
extension FigureGathering {
    mutating func addMeasures(_ dossier: Dossier, _ form: DossierOutline?) throws(DecimalOverflow) {
        isOfField = dossier.table("budget_lines") != nil
        var hasOwn = try addFields(dossier, form)
        for table in dossier.tables {
            let columns = table.schema.columns.filter { isMeasure($0, of: table) }
            if columns.isEmpty { continue }
            hasOwn = true
            for column in columns { addTitles(of: column, in: table, form) }
            try addRows(of: table, columns)
        }
        if hasOwn { addWords() }
    }

    // MARK: Tables

    /// Whether a column counts something: numbers that are no years and that no other part of this room knows.
    private func isMeasure(_ column: Column, of table: Table) -> Bool {
        guard column.type == .decimal || column.type == .integer, !isYear(column) else { return false }
        guard let known = knownColumns[table.schema.name] else { return true }
        return !known.isEmpty && !known.contains(column.name)
    }

    private mutating func addTitles(of column: Column, in table: Table, _ form: DossierOutline?) {
        let id = "\(table.schema.name).\(column.name)"
        for title in [column.name, column.title.zh, column.title.en] + (form?.synonyms[id] ?? []) {
            add(title: title, of: id)
        }
    }

    /// The figures row by row and, of a column that can be added up, their sum and their mean.
    private mutating func addRows(of table: Table, _ columns: [Column]) throws(DecimalOverflow) {
        let (labels, year) = (labels(of: table), table.schema.columns.first(where: isYear))
        var all: [[ProseFigure]] = columns.map { _ in [] }
        for row in table.rows {
            let years = (year.flatMap { row.integer($0.name) }).map { [$0] } ?? []
            let subject = subject(of: row, labels)
            for (position, column) in columns.enumerated() {
                guard let value = row.decimal(column.name) else { continue }
                let figure = try figure(column, value, subject.name, subject.id, years, [row.pointer(column.name)])
                all[position].append(figure)
                add(figure)
            }
        }
        for (column, figures) in zip(columns, all) where figures.count > 1 {
            try addTotals(of: figures, column)
        }
    }

    private mutating func addTotals(of figures: [ProseFigure], _ column: Column) throws(DecimalOverflow) {
        let parts = figures.map { ProseFigure.Part(name: $0.label.zh, value: $0.value, unit: $0.unit) }
        let sum = try ExactDecimal.sum(figures.map(\.value))
        // Shares and prices have no sum.
        if figures[0].unit != .percent {
            var total = figures[0]
            total.label = column.title.joined(LocalizedText(zh: "合计", en: "total"))
            (total.value, total.subject, total.years, total.making) = (sum, "", [], .sum)
            (total.parts, total.pointers) = (parts, figures.flatMap(\.pointers))
            add(total)
        }
        guard let value = try sum.divided(by: ExactDecimal(figures.count), places: 10) else { return }
        var mean = figures[0]
        mean.label = column.title.joined(LocalizedText(zh: "平均", en: "mean"))
        (mean.value, mean.subject, mean.years, mean.making) = (value, "", [], .mean)
        (mean.parts, mean.pointers) = (parts, figures.flatMap(\.pointers))
        add(mean)
    }

    private func figure(
        _ column: Column,
        _ value: ExactDecimal,
        _ name: String,
        _ subject: String,
        _ years: [Int],
        _ pointers: [JSONPointer]
    ) throws(DecimalOverflow) -> ProseFigure {
        let (unit, scale) = proseUnit(column.unit, column.unitTitle?.zh)
        let table = pointers.first?.tokens.dropFirst().first ?? ""
        var figure = ProseFigure(
            label: name.isEmpty ? column.title : LocalizedText(name).joined(column.title),
            value: try value * scale,
            unit: unit,
            subject: subject,
            aspect: .other,
            years: years,
            pointers: pointers
        )
        figure.measure = "\(table).\(column.name)"
        return figure
    }

    /// The columns that rows are called by: the first text, and others of short texts that differ from row to row.
    private func labels(of table: Table) -> [Column] {
        let texts = table.schema.columns.filter { $0.type == .text }
        return texts.enumerated().filter { position, column in
            let cells = table.rows.map { $0.text(column.name) }.filter { !$0.isEmpty }
            guard !cells.isEmpty, cells.allSatisfy({ $0.count <= longestLabel }) else { return false }
            return position == 0 || Set(cells).count == cells.count
        }.map(\.element)
    }

    /// What a row is called, and the id that its names lead to: rows of one name are one.
    private mutating func subject(of row: TableRow, _ labels: [Column]) -> (id: String, name: String) {
        guard let first = labels.first(where: { !row.text($0.name).isEmpty }) else {
            return ("row:\(row.pointer)", "")
        }
        let id = "row:\(row.table.schema.name):\(row.text(first.name))"
        for column in labels {
            let label = row.text(column.name)
            if label.isEmpty { continue }
            // 12 is nobody's name, room 12 is.
            let isBare = label.unicodeScalars.allSatisfy { $0.isDigit || $0 == "." || $0 == "-" }
            if !isBare { add(name: label, meaning: id) }
            for title in Set([column.name, column.title.zh, column.title.en]) where isBare || label.count < 3 {
                add(name: title + label, meaning: id)
                add(name: label + title, meaning: id)
            }
        }
        return (id, row.text(first.name))
    }

    // MARK: Fields

    /// The numbers among the fields, by what the form calls them; whether there are any.
    private mutating func addFields(_ dossier: Dossier, _ form: DossierOutline?) throws(DecimalOverflow) -> Bool {
        guard let form else { return false }
        return try addFields(form.fields, Value.record(dossier.fields), JSONPointer(), form)
    }

    private mutating func addFields(
        _ fields: [DossierOutline.Field],
        _ value: Value,
        _ pointer: JSONPointer,
        _ form: DossierOutline
    ) throws(DecimalOverflow) -> Bool {
        var hasSome = false
        for field in fields {
            guard let inner = value[field.name] else { continue }
            let place = pointer / field.name
            switch field.content {
            case .group(let members):
                // The school had 452 pupils: what the fields are about says nothing of the number.
                if !isOfField, field.name.count > 2 { addSilent(field.name) }
                hasSome = try addFields(members, inner, place, form) || hasSome
            case .value(let type) where type == .decimal || type == .integer:
                let names = form.synonyms[place.description] ?? []
                let column = Column(
                    name: field.name,
                    title: title(among: names, field.name),
                    unit: form.units[place.description] ?? ""
                )
                guard let number = inner.decimal, !isYear(column) else { continue }
                var figure = try figure(column, number, "", "", [], [JSONPointer(["fields"] + place.tokens)])
                figure.measure = place.description
                add(figure)
                for name in [field.name] + names { add(title: name, of: figure.measure) }
                hasSome = true
            // What a short text says is a name, and no figure.
            case .value(let type) where type == .text || type == nil:
                // Where the field's own words are at home, they say which names matter.
                if !isOfField, let text = inner.text, text.count <= longestLabel { addSilent(text) }
            default: continue
            }
        }
        return hasSome
    }

    /// What stands between names and numbers in English, and what means the whole of a column.
    private mutating func addWords() {
        add(words: englishFillers + ["有", "共有", "现有", "计有", "设有", "则为", "当年", "当年度", "该年", "该年度", "全年"], .filler)
        if !isOfField { add(words: ["全校", "全园", "全院", "全馆", "全所", "全厂", "全线"], .filler) }
        add(words: ["总数", "总人数", "总量", "全部", "total", "altogether", "inall", "intotal", "overall"], .whole)
        add(words: ["average", "onaverage", "mean", "每项平均"], .mean)
    }
}

/// What a field is called in both languages: its names do not repeat the one that it has in the form.
private func title(among names: [String], _ own: String) -> LocalizedText {
    func isChinese(_ text: String) -> Bool { text.unicodeScalars.contains { $0.value >= 0x2E80 } }
    let all = names + [own]
    return LocalizedText(zh: all.first(where: isChinese) ?? all[0], en: all.first { !isChinese($0) } ?? all[0])
}

/// Whether numbers of a column are years.
private func isYear(_ column: Column) -> Bool {
    let words = [column.name, column.title.zh, column.title.en].map { $0.lowercased() }
    return words.contains { ["year", "年度", "年份", "年"].contains($0) || $0.hasSuffix("_year") }
}

/// What texts print numbers of this unit in, and how much one is.
private func proseUnit(_ code: String, _ title: String?) -> (ProseUnit, ExactDecimal) {
    switch FigureUnit(rawValue: code) {
    case .money(let currency, let tens):
        let scale = (0..<tens).reduce(ExactDecimal(1)) { scale, _ in (try? scale * 10) ?? scale }
        return (currency == "CNY" ? .yuan : .count(currency), scale)
    case .percent: return (.percent, 1)
    case .points: return (.points, 1)
    case nil: return (code.isEmpty ? .none : .count(title ?? code), 1)
    }
}

/// Longer texts are no names.
private let longestLabel = 40

/// The columns of the field's own tables that have words of their own, see the other parts of this gathering; of a table with none, no
/// column is anything else.
private let knownColumns: [String: Set<String>] = [
    "budget_lines": ["amount", "unit_price", "quantity", "amount_step", "price_step"], "deductions": [], "feedback": [],
    "printed_audit": [],
    "declared_figures": [], "funding": ["amount"], "history_years": [],
    "history": ["year", "adjusted", "paid", "declared_rate", "original"],
    "targets": [], "declared_targets": [], "scores": [], "evidence": [], "problems": [], "legal_bases": [],
    "attachments": [],
    "paragraphs": [],
]

private let englishFillers = [
    "the", "a", "has", "have", "had", "is", "are", "was", "were", "of", "in", "with", "for", "there", "at", "its", "by",
    "about", "amounts to",
    "amounted to", "comes to", "counts", "and", "an", "only", "it", "to", "on", "number of", "which", "thatis",
    "respectively", "that", "this", "year", "used", "uses", "cost", "costs", "consumed", "needed", "took", "reached",
    "totalled",
    "totaled", "came to",
    "come to", "stood at", "altogether",
]
