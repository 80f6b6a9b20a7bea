import ExcelBooks
import ReviewModel

/// The performance targets, declared beside reviewed: a row for each target, and what became of it.
struct TargetSheet {
    let name: String
    private let locale: Locale
    private let declared: Table?
    private let reviewed: Table?
    private let pairs: [(declared: Int?, reviewed: Int?)]

    init?(_ material: Material, _ name: (String) -> String) throws {
        (declared, reviewed, locale) = (material.table("declared_targets"), material.table("targets"), material.locale)
        guard declared != nil || reviewed != nil else { return nil }
        self.name = name(title(material.locale))
        pairs = Self.pair(declared, reviewed)
        if pairs.count >= ExcelSheet.rowLimit - Grid.firstRow {
            throw WorkbookError.tooManyRows("targets", pairs.count)
        }
    }

    var rowCount: Int { pairs.count }

    private static let keys = ["level1", "level2", "name"]

    /// Targets of one name below one heading are the same target; what was added stands behind its heading's others.
    private static func pair(_ declared: Table?, _ reviewed: Table?) -> [(declared: Int?, reviewed: Int?)] {
        func key(_ table: Table, _ row: Int) -> [String] { keys.map { table.rows[row].text($0).filter { $0 != " " } } }
        var open: [[String]: [Int]] = [:]
        for row in 0..<(declared?.rowCount ?? 0) {
            if let declared { open[key(declared, row), default: []].append(row) }
        }
        var pairs: [(declared: Int?, reviewed: Int?)] = []
        for row in 0..<(reviewed?.rowCount ?? 0) {
            guard let reviewed else { break }
            let same = key(reviewed, row)
            if open[same]?.isEmpty == false {
                pairs.append((open[same]?.removeFirst(), row))
            } else {
                pairs.append((nil, row))
            }
        }
        let gone = open.values.flatMap { $0 }.sorted()
        return pairs + gone.map { ($0, nil) }
    }

    private let value = 3
    private let change = 5
    private let firstFurther = 6
    private var further: [Column] {
        ((reviewed ?? declared)?.schema.columns ?? []).filter { !(Self.keys + ["value"]).contains($0.name) }
    }

    func register(in index: inout PlaceIndex) {
        for (position, pair) in pairs.enumerated() {
            let row = Grid.firstRow + position
            for (table, line, column) in [
                ("declared_targets", pair.declared, value), ("targets", pair.reviewed, value + 1),
            ] {
                guard let line else { continue }
                let pointer = JSONPointer(["tables", table, String(line)])
                index.add(SheetCell(name, row, column), at: pointer)
                for (offset, key) in Self.keys.enumerated() {
                    index.add(SheetCell(name, row, offset), at: pointer / key)
                }
                for (offset, own) in further.enumerated() {
                    index.add(SheetCell(name, row, firstFurther + offset), at: pointer / own.name)
                }
            }
        }
    }

    func write(_ book: ExcelBook, _ notes: NoteIndex) throws {
        let titles = (reviewed ?? declared)?.titles(locale) ?? [:]
        let columns: [GridColumn] =
            zip(Self.keys, keyWords).map { .text(titles[$0] ?? $1(locale), 10...32) }
            + [
                .text(declaredWord(locale), 12...36), .text(reviewedWord(locale), 12...36),
                .text(changeWord(locale), 8...12),
            ] + further.map { .text($0.title(locale), 10...40) }
        let grid = Grid(name: name, title: title(locale), remark: remark(locale), columns: columns, frozen: 3)
        let sheet = try grid.begin(book, notes: notes, last: Grid.firstRow + pairs.count - 1)
        let rows = Grid.firstRow...max(Grid.firstRow, Grid.firstRow + pairs.count - 1)
        let mark = "$" + CellReference(Grid.firstRow, change).description
        for (word, fill) in [(added, CellColour.greenFill), (changed, .yellowFill), (removed, .greyFill)] {
            let formula = "\(mark)=\(word(locale).quotedText)"
            try sheet.highlight(where: formula, fill, columns: change...change, rows: rows)
        }
        for (position, pair) in pairs.enumerated() { try write(pair, Grid.firstRow + position, sheet) }
        try grid.end(sheet, through: rows.upperBound)
    }

    private func write(_ pair: (declared: Int?, reviewed: Int?), _ row: Int, _ sheet: ExcelSheet) throws {
        let (before, after) = (
            pair.declared.flatMap { row in declared?.rows[row] }, pair.reviewed.flatMap { row in reviewed?.rows[row] }
        )
        for (column, key) in Self.keys.enumerated() {
            try sheet.write(.text((after ?? before)?.text(key) ?? ""), row, column, .text)
        }
        let (old, new) = (before?.text("value"), after?.text("value"))
        try sheet.write(old.map { .text($0) } ?? .blank, row, value, .text)
        try sheet.write(new.map { .text($0) } ?? .blank, row, value + 1, CellStyle.text.typed)
        // Only where both tables are there is there something to compare.
        if declared != nil, reviewed != nil {
            let (a, b) = (CellReference(row, value).description, CellReference(row, value + 1).description)
            let word = old == new ? same : old == nil ? added : new == nil ? removed : changed
            let formula =
                "IF(EXACT(\(a),\(b)),\(same(locale).quotedText),IF(\(a)=\"\",\(added(locale).quotedText),IF(\(b)=\"\",\(removed(locale).quotedText),\(changed(locale).quotedText))))"
            try sheet.write(.formula(formula, .text(word(locale))), row, change, CellStyle(isCentred: true))
        } else {
            try sheet.write(.blank, row, change, CellStyle(isCentred: true))
        }
        for (offset, column) in further.enumerated() {
            let value = (after?[column.name]).flatMap { $0.isNull ? nil : $0 } ?? before?[column.name] ?? .null
            let text =
                value.list.map { $0.compactMap(\.scalarText).joined(separator: locale == .zh ? "、" : ", ") } ?? value
                .scalarText ?? ""
            try sheet.write(text.isEmpty ? .blank : .text(text), row, firstFurther + offset, .text)
        }
    }
}

// MARK: - Messages

private let title = LocalizedText(zh: "绩效目标", en: "Targets")
private let keyWords = [
    LocalizedText(zh: "一级指标", en: "Level 1"), LocalizedText(zh: "二级指标", en: "Level 2"),
    LocalizedText(zh: "三级指标", en: "Target"),
]
private let declaredWord = LocalizedText(zh: "申报目标值", en: "As declared")
private let reviewedWord = LocalizedText(zh: "评审后目标值", en: "As reviewed")
private let changeWord = LocalizedText(zh: "变化", en: "Change")
private let same = LocalizedText(zh: "一致", en: "same")
private let added = LocalizedText(zh: "新增", en: "added")
private let removed = LocalizedText(zh: "删除", en: "removed")
private let changed = LocalizedText(zh: "调整", en: "changed")
private let remark = LocalizedText(
    zh: "同一级次下名称相同的为同一目标；“变化”按公式比较两列目标值。",
    en: "Targets of one name below one heading are the same; the change compares both values by a formula."
)
