import ReviewModel

/// Fills one table of a template.
struct TableAssembler {
    let table: DocumentTable

    init(_ template: TableTemplate, _ scope: Scope) {
        let total = template.columns.reduce(0) { $0 + $1.width }
        let columns = template.columns.map { column in
            DocumentColumn(width: (column.width * 100 + total / 2) / max(1, total), alignment: column.alignment)
        }
        let head = template.header.map { LooseRow(cells: $0.map { cell($0, in: scope, usual: .head) }, style: .body) }
        let alignments = columns.map(\.alignment)
        let still = [Bool](repeating: false, count: columns.count)
        table = DocumentTable(
            caption: template.caption.map { InlineText.line($0.render(in: scope)) } ?? [],
            note: template.note.map { InlineText.line($0.render(in: scope)) } ?? [],
            columns: columns,
            header: CellMerging(alignments: alignments, merges: still).rows(head),
            body: CellMerging(alignments: alignments, merges: template.columns.map(\.merges))
                .rows(loose(template.rows, in: scope)),
            isForm: template.isForm
        )
    }
}

private func loose(_ rows: [TemplateRow], in scope: Scope) -> [LooseRow] {
    rows.flatMap { row -> [LooseRow] in
        switch row {
        case .row(let cells, let style):
            return [LooseRow(cells: cells.map { cell($0, in: scope, usual: .data) }, style: style)]
        case .each(let path, let alias, let rows):
            let elements = path.node(in: scope)?.elements ?? []
            return elements.flatMap { loose(rows, in: scope.entering($0, as: alias)) }
        case .group(let conditions, let rows):
            return conditions.allSatisfy { $0.holds(in: scope) } ? loose(rows, in: scope) : []
        }
    }
}

private func cell(_ cell: TemplateCell, in scope: Scope, usual style: CellStyle) -> LooseCell {
    let text = cell.text.render(in: scope)
    return LooseCell(
        runs: InlineText.cell(text),
        columnSpan: cell.columnSpan,
        rowSpan: cell.rowSpan,
        style: cell.style ?? style,
        alignment: cell.alignment,
        key: cell.key?.render(in: scope) ?? text,
        hasOwnKey: cell.key != nil
    )
}

/// The findings of the review as a table: weight, message, what should stand there and what does, the next
/// step, and the place.
func findingsTable(_ findings: [ModelRecord], caption: [Run], language: String) -> DocumentTable {
    let titles = findingTitles.map { $0(language.hasPrefix("zh") ? .zh : .en) }
    let widths = [7, 36, 13, 13, 16, 15]
    let head = titles.map { title in
        LooseCell(
            runs: [.text(title)],
            columnSpan: 1,
            rowSpan: 1,
            style: .head,
            alignment: .centre,
            key: "",
            hasOwnKey: false
        )
    }
    let rows = findings.map { finding in
        let cells = ["severity_name", "message", "expected", "found", "hint", "places"].map { name in
            LooseCell(
                runs: InlineText.cell(finding[name]?.plain ?? ""),
                columnSpan: 1,
                rowSpan: 1,
                style: .data,
                alignment: nil,
                key: "",
                hasOwnKey: false
            )
        }
        return LooseRow(cells: cells, style: .body)
    }
    let merging = CellMerging(
        alignments: [.centre, .left, .left, .left, .left, .left],
        merges: [Bool](repeating: false, count: titles.count)
    )
    return DocumentTable(
        caption: caption,
        columns: widths.enumerated().map { DocumentColumn(width: $1, alignment: merging.alignments[$0]) },
        header: merging.rows([LooseRow(cells: head, style: .body)]),
        body: merging.rows(rows)
    )
}

// MARK: - Messages

private let findingTitles = [
    LocalizedText(zh: "级别", en: "severity"), LocalizedText(zh: "发现", en: "finding"),
    LocalizedText(zh: "应为", en: "expected"), LocalizedText(zh: "实为", en: "found"),
    LocalizedText(zh: "提示", en: "hint"), LocalizedText(zh: "位置", en: "place"),
]
