import ExcelBooks
import ReviewModel

/// A sheet with a row for each field: what it is called, what it holds, what it is for, and its name in the form.
struct FieldGrid {
    let name: String
    private let title: LocalizedText
    private let rows: [Row]
    private let locale: Locale
    /// Whether further fields may be added by their names, beginning with this.
    private let prefix: String?

    enum Row {
        case section(String)
        case field(TypedColumn, path: String, purpose: String, value: Value)
    }

    /// The sheets of a form's fields: one for those with names, and one for each map and whatever is open.
    static func all(
        of form: Form,
        _ settings: ProjectBookSettings,
        _ locale: Locale,
        _ given: Record,
        _ name: (String) -> String
    ) -> [FieldGrid] {
        var walk = FieldWalk(locale, settings.needs, given)
        walk.take(form.fields, [], LocalizedText(""))
        var sheets: [FieldGrid] = []
        if !walk.rows.isEmpty {
            let title = LocalizedText(zh: "项目信息", en: "Project")
            sheets.append(FieldGrid(name(title(locale)), title, walk.rows, locale, prefix: nil))
        }
        for free in walk.free {
            sheets.append(FieldGrid(name(free.title(locale)), free.title, free.rows, locale, prefix: free.path))
        }
        return sheets
    }

    private init(_ name: String, _ title: LocalizedText, _ rows: [Row], _ locale: Locale, prefix: String?) {
        (self.name, self.title, self.rows, self.locale, self.prefix) = (name, title, rows, locale, prefix)
    }

    var fieldCount: Int { rows.count { if case .field = $0 { true } else { false } } }

    // MARK: Writing

    private static let headRow = 2
    /// Rows for fields that somebody adds.
    private static let furtherRows = 20

    func write(_ book: ExcelBook) throws {
        let widths = [28, prefix == nil ? 44 : 70, 40, 30]
        let sheet = try book.addSheet(name, widths: widths.map { $0...$0 })
        for (column, width) in widths.enumerated() {
            try sheet.setColumn(column, width: width, CellStyle.open)
        }
        try sheet.openColumns(from: 4)
        try sheet.write(.text(title(locale)), 0, 0, .title)
        try sheet.height(0, 28)
        try sheet.write(.text((prefix == nil ? closed : open)(locale)), 1, 0, .remark)
        for (column, head) in heads(locale).enumerated() {
            try sheet.write(.text(head), Self.headRow, column, .head)
        }
        try sheet.height(Self.headRow, 24)
        for (position, row) in rows.enumerated() { try write(row, Self.headRow + 1 + position, sheet) }
        if let prefix { try writeFurther(prefix, sheet) }
        sheet.freeze(rows: Self.headRow + 1, columns: 1)
        try sheet.protect()
        try sheet.setPage(isWide: true, repeating: Self.headRow...Self.headRow, footer: "&C&P / &N")
        try sheet.setPrintArea(columns: 4, through: Self.headRow + max(10, rows.count))
    }

    private func write(_ row: Row, _ line: Int, _ sheet: ExcelSheet) throws {
        switch row {
        case .section(let title): try sheet.write(.text(title), line, 0, CellStyle.section)
        case .field(let column, let path, let purpose, let value):
            try sheet.write(.text(column.head), line, 0, CellStyle.text)
            var style = column.style
            // Long texts are as they are typed, and cells of the kind "text" show long ones as ####.
            if prefix != nil { style.number = .none }
            style.isInput = true
            try sheet.write(column.content(value), line, 1, style)
            try sheet.write(.text(purpose), line, 2, CellStyle.muted)
            try sheet.write(.text(path), line, 3, CellStyle.muted)
            try setCheck(column, line, sheet)
        }
    }

    private func setCheck(_ column: TypedColumn, _ line: Int, _ sheet: ExcelSheet) throws {
        if !column.choices.isEmpty {
            try sheet.choose(column.choices, column: 1, rows: line...line)
        } else if column.cell.column.type == .decimal || column.cell.column.type == .integer {
            try sheet.takeNumbers(column: 1, rows: line...line)
        }
    }

    /// Rows in which a field of a name of one's own can be written.
    private func writeFurther(_ prefix: String, _ sheet: ExcelSheet) throws {
        let first = Self.headRow + 1 + rows.count
        for line in first..<(first + Self.furtherRows) {
            for column in 0..<4 { try sheet.write(.blank, line, column, CellStyle.text.unlocked) }
        }
        try sheet.note(furtherField(prefix)(locale), first, 3)
    }
}

/// Gathers the rows of the fields, form by form's order.
private struct FieldWalk {
    private let locale: Locale
    private let needs: [(field: String, purpose: LocalizedText)]
    private let given: Record
    var rows: [FieldGrid.Row] = []
    /// Maps and what is open, each a sheet of its own.
    var free: [(title: LocalizedText, path: String, rows: [FieldGrid.Row])] = []

    init(_ locale: Locale, _ needs: [(field: String, purpose: LocalizedText)], _ given: Record) {
        (self.locale, self.needs, self.given) = (locale, needs, given)
    }

    mutating func take(_ members: [Form.FieldShape.Member], _ path: [String], _ group: LocalizedText) {
        var hasSection = false
        for member in members {
            let inner = path + [member.name]
            switch member.shape {
            case .cell(let cell):
                if !hasSection, !path.isEmpty {
                    rows.append(.section(group(locale)))
                    hasSection = true
                }
                var cell = cell
                if cell.note == nil { cell.note = member.note }
                rows.append(row(cell, inner))
            case .group(let members): take(members, inner, member.title)
            case .map, .list, .open: takeFree(member, inner)
            }
        }
    }

    private mutating func takeFree(_ member: Form.FieldShape.Member, _ path: [String]) {
        let prefix = path.joined(separator: ".")
        var rows: [FieldGrid.Row] = []
        let wanted = needs.filter { $0.field.hasPrefix(prefix + ".") }
        for (field, purpose) in wanted {
            let name = String(field.dropFirst(prefix.count + 1))
            // Several texts of one part of a report are told apart by their names.
            let isAlone = wanted.count { $0.purpose == purpose } == 1
            let title = isAlone ? purpose : LocalizedText(zh: "\(purpose.zh) \(name)", en: "\(purpose.en) \(name)")
            let cell = Form.CellShape(textNamed: name, title)
            rows.append(row(cell, path + name.split(separator: ".").map(String.init), isNeeded: false))
        }
        // What somebody has read already stands there, whether the report asks for it or not.
        for (name, value) in Value.record(given)[JSONPointer(path)]?.record?.members ?? []
        where value.scalarText != nil && !wanted.contains(where: { $0.field == prefix + "." + name }) {
            let cell = Form.CellShape(textNamed: name, LocalizedText(name))
            rows.append(row(cell, path + [name], isNeeded: false))
        }
        free.append((member.title, prefix, rows))
    }

    /// - Parameter isNeeded: whether to say what the report needs it for.
    private func row(_ cell: Form.CellShape, _ path: [String], isNeeded: Bool = true) -> FieldGrid.Row {
        let (column, name) = (TypedColumn(cell, locale), path.joined(separator: "."))
        let need = isNeeded ? needs.first { $0.field == name }?.purpose : nil
        let purpose = [cell.note, need.map(used), column.choices.isEmpty ? nil : .some(among(column.choices))]
            .compactMap { $0?(locale) }.joined(separator: locale == .zh ? "；" : "; ")
        let value = Value.record(given)[JSONPointer(path)] ?? .null
        return .field(column, path: name, purpose: purpose, value: value)
    }
}

// MARK: - Messages

private func heads(_ locale: Locale) -> [String] {
    locale == .zh ? ["项目", "内容", "说明", "字段"] : ["Item", "Value", "Remark", "Field"]
}

private let closed = LocalizedText(
    zh: "填写\"内容\"一列；带 * 的必填。其余各列不必改动。",
    en: "Fill in the column Value; what has a * has to be there. Leave the other columns as they are."
)
private let open = LocalizedText(
    zh: "填写\"内容\"一列，一段文字一行；要增加一项，在最后一列写明字段名称。",
    en: "Fill in the column Value, one text a row; to add one, write its name into the last column."
)

private func used(_ purpose: LocalizedText) -> LocalizedText {
    LocalizedText(zh: "报告用于\(purpose.zh)", en: "in the report: \(purpose.en)")
}

private func among(_ words: [String]) -> LocalizedText {
    LocalizedText(zh: "可选：" + words.joined(separator: "、"), en: "one of: " + words.joined(separator: ", "))
}

private func furtherField(_ prefix: String) -> LocalizedText {
    LocalizedText(
        zh: "要增加一项，在这里写 \(prefix).名称（名称用英文字母、数字和下划线），在\"内容\"一列写文字。",
        en: "To add one, write \(prefix).name here and the text into the column Value."
    )
}
