import OfficeFiles
import ReviewModel
import WrittenTimes

/// Fields that stand beside what they are called: 项目名称 in one cell and the name in the next, or both in one behind a colon.
struct FieldLabels {
    /// How far down and to the right they are looked for.
    private static let rows = 200
    private static let columns = 40

    private let fields: [String: String]
    /// The fields of both days, by what a time from one to the other is called.
    private let spans: [String: (first: String, last: String)]
    /// What is the head of some column, and no value of a field.
    private let heads: Set<String>
    private(set) var found: [SourceField] = []
    private(set) var sheets: Set<String> = []
    private(set) var findings: [Finding] = []
    private let units: [String: String]
    /// Sheets that hold a table: what looks like a field above it is named where it is none. On others it is where some field is found.
    private let tables: Set<String>
    private let names: Bool
    /// Formulas without a result that were computed, with the sheet and the place of the first.
    private var computed: [(sheet: String, address: CellAddress)] = []
    /// What looks like a field, and is none of the form's.
    private var unread: [(sheet: String, label: String, address: CellAddress)] = []
    /// The money that the sheet which is being read says in its first rows, for amounts beside which none stands.
    private var money: FigureUnit?

    /// - Parameter sheets: those that hold a table, where sheets are recognised; `nil` where what is no field of the form is not named.
    init(_ settings: FieldSettings, _ form: DossierOutline?, tables sheets: Set<String>? = nil) {
        (tables, names) = (sheets ?? [], sheets != nil)
        fields = Dictionary(
            settings.labels.flatMap { field, words in words.map { (HeadWords.folded($0), field) } }
        ) { first, _ in first }
        spans = Dictionary(
            settings.spans.flatMap { span in span.words.map { (HeadWords.folded($0), (span.first, span.last)) } }
        ) { first, _ in first }
        let tables = form?.tables ?? []
        let titles = tables.flatMap(\.columns).flatMap { [$0.title.zh, $0.title.en] }
        let synonyms = tables.flatMap { table in
            table.columns.flatMap { form?.synonyms["\(table.name).\($0.name)"] ?? [] }
        }
        heads = Set((titles + synonyms).map(HeadWords.folded))
        units = form?.units ?? [:]
    }

    /// - Parameters:
    ///   - last: the first row of a table: what stands above it is looked at.
    ///   - apart: rows below that are none of a table, where somebody signs with the day.
    mutating func read(
        _ sheet: String,
        of book: OpenedBook,
        form: DossierOutline?,
        before last: Int?,
        and apart: Set<Int> = []
    ) throws {
        let search = TableSearch(TableSettings(sheet: sheet, of: ""), form)
        money = try Self.money(sheet, of: book, search)
        var (reading, context) = try search.open(sheet, book)
        try TableSearch.named(book) {
            let (end, lowest) = (min(last ?? Self.rows, Self.rows), apart.max() ?? 0)
            while try reading.next(), reading.row.number < end || reading.row.number <= lowest {
                let row = reading.row
                if row.number >= end, !apart.contains(row.number) { continue }
                // A formula without a result is the value of what stands before it, and not what stands behind it.
                let texts = row.cells.filter { $0.column <= Self.columns && (!$0.isEmpty || $0.hasFormula) }
                    .map { ($0.column, context.text($0, row).trimmed, $0.hasFormula) }
                    .filter { !$0.1.isEmpty || $0.2 }.map { (column: $0.0, text: $0.1) }
                var isTaken = false
                for (index, cell) in texts.enumerated() {
                    let takes = take(cell, at: index, of: texts, row, context, sheet, book, form)
                    if !takes, !isTaken, row.number < end { noteUnread(cell, at: index, of: texts, row, sheet) }
                    // What follows a label is its value, and no label of another one.
                    isTaken = takes || !isTaken && isLabel(cell.text)
                }
            }
        }
        tellComputed(on: sheet, of: book)
        tellUnread(on: sheet, of: book)
    }

    // MARK: What is told

    /// Whether a text looks like what a field is called: a few words, and no figures or sentences.
    private func isLabel(_ text: String) -> Bool {
        let bare = HeadWords.folded(text)
        // 附表一：…, 注：…, 说明：… are titles and notes.
        if SheetWords.standard["titles"].contains(where: { bare.hasPrefix($0) }) { return false }
        if text.contains("（") != text.contains("）") || text.contains("(") != text.contains(")") { return false }
        return (2...14).contains(bare.count)
            && bare.allSatisfy { $0.isLetter || "、/-（）()".contains($0) }
    }

    private mutating func noteUnread(
        _ cell: (column: Int, text: String),
        at index: Int,
        of texts: [(column: Int, text: String)],
        _ row: SheetRow,
        _ sheet: String
    ) {
        guard names, let address = CellAddress(column: cell.column, row: row.number) else { return }
        var label = cell.text
        if let colon = cell.text.firstIndex(where: { $0 == "：" || $0 == ":" }),
            !cell.text[cell.text.index(after: colon)...].allSatisfy(\.isWhitespace)
        {
            label = String(cell.text[..<colon])
        } else {
            guard texts.indices.contains(index + 1), fields[HeadWords.folded(texts[index + 1].text)] == nil
            else { return }
        }
        if isLabel(label), !HeadWords.isUnitLabel(label) {
            unread.append((sheet, label.filter { $0 != "：" && $0 != ":" }, address))
        }
    }

    private mutating func tellUnread(on sheet: String, of book: OpenedBook) {
        let names = unread.filter { $0.sheet == sheet }
        guard sheets.contains(sheet) || tables.contains(sheet), let first = names.first else { return }
        tell("fields-not-read", fieldsNotRead(names.map(\.label)), .info, sheet, first.address, book)
    }

    private mutating func tellComputed(on sheet: String, of book: OpenedBook) {
        let cells = computed.filter { $0.sheet == sheet }.map(\.address)
        guard let first = cells.first else { return }
        tell("computed", fieldsComputed(cells.map(\.description)), .info, sheet, first, book)
    }

    private mutating func tell(
        _ rule: String,
        _ message: LocalizedText,
        _ severity: Severity,
        _ sheet: String,
        _ address: CellAddress,
        _ book: OpenedBook
    ) {
        var finding = Finding(rule: "sheet/" + rule, severity: severity, message: message, subject: sheet)
        finding.spots = [.place(.cell(file: book.path, sheet: sheet, address: address))]
        findings.append(finding)
    }

    private static func money(_ sheet: String, of book: OpenedBook, _ search: TableSearch) throws -> FigureUnit? {
        var (reading, context) = try search.open(sheet, book)
        return try TableSearch.named(book) {
            while try reading.next(), reading.row.number <= HeadSearch.rows {
                let row = reading.row
                let texts = row.cells.filter(\.holdsText).map {
                    context.text($0, row)
                }
                if let unit = texts.lazy.compactMap(HeadWords.money(above:)).first { return unit }
            }
            return nil
        }
    }

    // MARK: Reading

    /// - Returns: whether the cell is what a field of the form is called.
    private mutating func take(
        _ cell: (column: Int, text: String),
        at index: Int,
        of texts: [(column: Int, text: String)],
        _ row: SheetRow,
        _ context: CellContext,
        _ sheet: String,
        _ book: OpenedBook,
        _ form: DossierOutline?
    ) -> Bool {
        // 单位：万元 says what amounts count, and is the name of nobody.
        if HeadWords.isUnitLabel(cell.text), texts.indices.contains(index + 1),
            HeadWords.money(named: texts[index + 1].text) != nil
        {
            return true
        }
        if takeSpan(cell, next: texts.indices.contains(index + 1) ? texts[index + 1] : nil, row, sheet, book) {
            return true
        }
        if let field = fields[HeadWords.folded(cell.text)] {
            guard texts.indices.contains(index + 1) else { return true }
            let next = texts[index + 1]
            let folded = HeadWords.folded(next.text)
            guard fields[folded] == nil, !heads.contains(folded),
                let value = row.cells.first(where: { $0.column == next.column })
            else { return true }
            let content: DossierOutline.Content =
                if case .found(let known)? = form?.content(at: Self.path(field)) { known } else { .open }
            let reading = FieldValue(context, book.formulas.map { ($0, sheet) }).value(value, row, as: content)
            var found = reading.value
            let place = CellAddress(column: next.column, row: row.number)
            if let place, !isKnown(field) {
                if case .computed = reading { computed.append((sheet, place)) }
                if case .notCalculated = reading { tell("field", notCalculated(place), .error, sheet, place, book) }
            }
            if !isKnown(field), let converted = converted(found, of: field, label: cell.text) {
                found = .decimal(converted.value)
                tell(converted.factor, cell.text, book, sheet, place)
            }
            add(field, found, next.column, row.number, sheet, book)
            return true
        }
        guard let colon = cell.text.firstIndex(where: { $0 == "：" || $0 == ":" }),
            let field = fields[HeadWords.folded(String(cell.text[..<colon]))]
        else { return false }
        let (label, rest) = (String(cell.text[..<colon]), String(cell.text[cell.text.index(after: colon)...]).trimmed)
        if rest.isEmpty || HeadWords.isUnitLabel(label) && HeadWords.money(named: rest) != nil { return true }
        let number = ExactDecimal(grouped: rest).map { Value.decimal($0) }
        guard !isKnown(field), let number, let converted = converted(number, of: field, label: label) else {
            add(field, .text(rest), cell.column, row.number, sheet, book)
            return true
        }
        tell(converted.factor, label, book, sheet, CellAddress(column: cell.column, row: row.number))
        add(field, .decimal(converted.value), cell.column, row.number, sheet, book)
        return true
    }

    /// Reads 项目起止时间 | 2026年1月—2026年12月 as the two days that the form has.
    ///
    /// - Returns: whether the cell is such a one.
    private mutating func takeSpan(
        _ cell: (column: Int, text: String),
        next: (column: Int, text: String)?,
        _ row: SheetRow,
        _ sheet: String,
        _ book: OpenedBook
    ) -> Bool {
        if spans.isEmpty { return false }
        var (label, text, column) = (cell.text, next?.text ?? "", next?.column ?? cell.column)
        if let colon = label.firstIndex(where: { "：:".contains($0) }), label.index(after: colon) != label.endIndex {
            (text, column) = (String(label[label.index(after: colon)...]), cell.column)
            label = String(label[..<colon])
        }
        guard let fields = spans[HeadWords.folded(label)], let span = WrittenSpan(text),
            let address = CellAddress(column: column, row: row.number)
        else { return false }
        if !isKnown(fields.first), !isKnown(fields.last) {
            tell("span", readAsSpan(label, span), .info, sheet, address, book)
        }
        add(fields.first, .text(span.first.description), column, row.number, sheet, book)
        add(fields.last, .text(span.last.description), column, row.number, sheet, book)
        return true
    }

    private func isKnown(_ field: String) -> Bool {
        let pointer = JSONPointer(["fields"] + Self.path(field))
        return found.contains { $0.pointer == pointer }
    }

    /// An amount in the unit of its field, where the label or the sheet says another.
    private func converted(_ value: Value, of field: String, label: String) -> (
        value: ExactDecimal, factor: ExactDecimal
    )? {
        let unit = units[JSONPointer(Self.path(field)).description] ?? ""
        let column = MappedColumn(
            position: 0,
            sheetColumn: 1,
            column: Column(name: field, type: .decimal, unit: unit),
            head: label,
            above: money
        )
        guard let factor = column.factor, let number = value.decimal, let product = try? number * factor else {
            return nil
        }
        return (product, factor)
    }

    private mutating func tell(
        _ factor: ExactDecimal,
        _ label: String,
        _ book: OpenedBook,
        _ sheet: String,
        _ address: CellAddress?
    ) {
        var finding = Finding(
            rule: "sheet/unit-converted",
            severity: .info,
            message: fieldConverted(label, factor),
            subject: sheet
        )
        if let address { finding.spots = [.place(.cell(file: book.path, sheet: sheet, address: address))] }
        findings.append(finding)
    }

    private mutating func add(
        _ field: String,
        _ value: Value,
        _ column: Int,
        _ row: Int,
        _ sheet: String,
        _ book: OpenedBook
    ) {
        let pointer = JSONPointer(["fields"] + Self.path(field))
        let value = Self.withoutStamp(value)
        // Where somebody is to write the day, or to stamp, nobody has.
        if let text = value.text, text.isEmpty || text.filter({ !$0.isWhitespace }) == "年月日" { return }
        guard !value.isNull, !found.contains(where: { $0.pointer == pointer }) else { return }
        let place = CellAddress(column: column, row: row).map { Place.cell(file: book.path, sheet: sheet, address: $0) }
        found.append(SourceField(pointer, value, at: place))
        sheets.insert(sheet)
    }

    /// 青禾镇文体中心 of 青禾镇文体中心（盖章）: the brackets say where the form is stamped or signed.
    private static func withoutStamp(_ value: Value) -> Value {
        guard case .text(let text) = value, let last = text.last, ")）".contains(last),
            let start = text.lastIndex(where: { "(（".contains($0) })
        else { return value }
        let inner = text[text.index(after: start)...].dropLast().filter { !$0.isWhitespace }
        let isStamp = SheetWords.standard["stamps"].contains { inner.hasSuffix($0) } && inner.count <= 6
        return isStamp ? .text(String(text[..<start]).trimmed) : value
    }

    private static func path(_ field: String) -> [String] { field.split(separator: ".").map(String.init) }
}

// MARK: - Messages

private func fieldsNotRead(_ labels: [String]) -> LocalizedText {
    LocalizedText(
        zh: "表单中没有这些项目，未读取：\(list(labels.map { quoted($0) }, .zh))",
        en: "the form has no such fields; they were not read: \(list(labels.map { quoted($0) }, .en))"
    )
}

private func fieldsComputed(_ cells: [String]) -> LocalizedText {
    LocalizedText(
        zh: "公式没有存储的结果，按公式算得的值读取：\(list(cells, .zh))",
        en: "formulas have no stored result; what they come to was read: \(list(cells, .en))"
    )
}

private func readAsSpan(_ label: String, _ span: WrittenSpan) -> LocalizedText {
    LocalizedText(
        zh: "\(quoted(label))按起、止两个日期读取：\(span.first)、\(span.last)",
        en: "\(quoted(label)) was read as two days, \(span.first) and \(span.last)"
    )
}

private func fieldConverted(_ label: String, _ factor: ExactDecimal) -> LocalizedText {
    LocalizedText(
        zh: "\(quoted(label))的单位与表单不同，已乘以 \(factor)",
        en: "\(quoted(label)) is in another unit than the form's; it was multiplied by \(factor)"
    )
}
