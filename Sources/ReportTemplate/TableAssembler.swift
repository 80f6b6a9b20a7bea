internal import ExactNumbers
internal import Groundwork
internal import ReportDocument

extension Expander {
    /// Runs `body` for each element of a list, in a scope of its own.
    func each(_ repetition: Repetition, in scope: Scope, _ body: (Scope) -> Void) {
        guard let list = value(repetition.list, in: scope)?.elements else { return }
        let elements = grouped(filtered(list, repetition, in: scope), repetition, in: scope)
        for position in 0..<elements.count {
            if isOverLimit { return }
            let place = ListPlace(index: position, count: elements.count)
            body(scope.entering(elements[position], as: repetition.alias, place: place))
        }
    }

    /// Those elements for which the filter holds, counted anew.
    private func filtered(_ list: TemplateList, _ repetition: Repetition, in scope: Scope) -> TemplateList {
        guard let filter = repetition.filter else { return list }
        let kept = list.bare.enumerated().filter { position, element in
            let place = ListPlace(index: position, count: list.count)
            return holds(filter, in: scope.entering(element, as: repetition.alias, place: place))
        }
        return TemplateList(kept.map(\.element))
    }

    /// One element for all that print the same under the name: its `key`, and `rows`, what belongs to it.
    private func grouped(_ list: TemplateList, _ repetition: Repetition, in scope: Scope) -> TemplateList {
        guard let path = repetition.group else { return list }
        var (order, members) = ([String](), [String: (key: TemplateValue, rows: [TemplateValue])]())
        for element in list.bare {
            let key = value(path, in: scope.entering(element, as: repetition.alias)) ?? .nothing
            let text = plainText(of: key)
            if members[text] == nil { order.append(text) }
            members[text, default: (key, [])].rows.append(element)
        }
        return TemplateList(
            order.compactMap { members[$0] }.map { group in
                .record(NamedValues(["key": group.key, "rows": .list(group.rows)]))
            }
        )
    }

    /// Fills one table in.
    func table(_ template: TableTemplate, in scope: Scope) -> DocumentTable {
        let outerUnit = unit
        unit = template.unit ?? unit
        defer { unit = outerUnit }
        let total = template.columns.reduce(0) { $0 + $1.width }
        let columns = template.columns.map { column in
            DocumentColumn(width: (column.width * 100 + total / 2) / max(1, total), alignment: column.alignment)
        }
        let head = template.header.map { LooseRow(cells: $0.map { cell($0, in: scope, usual: .head) }) }
        let alignments = columns.map(\.alignment)
        let still = [Bool](repeating: false, count: columns.count)
        var body: [LooseRow] = []
        add(template.rows, in: scope, to: &body)
        let table = DocumentTable(
            caption: caption(
                template.caption,
                unit: template.unit ?? (template.caption.text == nil ? nil : unit(printedIn: body)),
                in: scope
            ),
            note: template.note.map { runs($0, in: scope).line } ?? [],
            columns: columns,
            header: CellMerging(alignments: alignments, merges: still).rows(head),
            body: CellMerging(alignments: alignments, merges: template.columns.map(\.merges)).rows(body),
            isForm: template.isForm
        )
        return template.columns.indices.reversed().reduce(table) { table, column in
            template.columns[column].isOptional ? table.without(emptyColumn: column) : table
        }
    }

    /// The unit of the whole template, where rows have amounts in it: their caption is to say so.
    private func unit(printedIn rows: [LooseRow]) -> MoneyUnit? {
        guard let unit, unit.style != .money else { return nil }
        let isPrinted = rows.contains { row in
            row.cells.contains { cell in
                cell.runs.contains {
                    if case .figure(let figure) = $0 { figure.form.style == unit.style } else { false }
                }
            }
        }
        return isPrinted ? unit : nil
    }

    private func add(_ rows: [TemplateRow], in scope: Scope, to body: inout [LooseRow]) {
        for row in rows {
            switch row {
            case .row(let cells, let style):
                body.append(LooseRow(cells: cells.map { cell($0, in: scope, usual: .data) }, style: style))
            case .each(let repetition, let rows): each(repetition, in: scope) { add(rows, in: $0, to: &body) }
            case .group(let conditions, let rows):
                if conditions.allSatisfy({ holds($0, in: scope) }) { add(rows, in: scope, to: &body) }
            }
        }
    }

    private func cell(_ cell: TemplateCell, in scope: Scope, usual style: CellStyle) -> LooseCell {
        LooseCell(
            runs(cell.text, in: scope).cell,
            columnSpan: cell.columnSpan,
            rowSpan: cell.rowSpan,
            style: cell.style ?? style,
            alignment: cell.alignment,
            key: cell.key.map { runs($0, in: scope).plainText }
        )
    }

    /// Fills a chart in; `nil` when there is nothing to draw: no element, or none with a figure. Its values print in its unit where that is one of money.
    func chart(_ chart: ChartTemplate, in scope: Scope) -> Chart? {
        func plain(_ wording: Wording?) -> String { wording.map { runs($0, in: scope).line.plainText } ?? "" }
        var (groups, label, outerUnit) = ([Chart.Group](), plain(chart.unit), unit)
        if let own = MoneyUnit(label) { (unit, label) = (own, own.name(in: language)) }
        defer { unit = outerUnit }
        each(chart.list, in: scope) { inner in
            let bars = chart.series.map { series in
                value(series.value, in: inner)?.figure.map { figure in
                    if label.isEmpty, let unit, unit.style != .money, figure.form.style == unit.style {
                        label = unit.name(in: language)
                    }
                    let text = series.text.map { runs($0, in: inner).line.plainText } ?? marked(figure).text
                    let base =
                        series.base.flatMap { value($0, in: inner)?.figure }.flatMap { $0.form.ones($0.value) } ?? .zero
                    // Bars beside each other are as long as their amounts, whatever each is counted in.
                    return Chart.Bar(value: figure.form.ones(figure.value) ?? figure.value, base: base, text: text)
                }
            }
            groups.append(Chart.Group(label: runs(chart.label, in: inner).line.plainText, bars: bars))
        }
        // Of letters there is nothing to draw: an empty frame says less than none.
        if groups.allSatisfy({ $0.bars.allSatisfy { $0 == nil } }) { return nil }
        return Chart(
            caption: caption(chart.caption, in: scope),
            summary: plain(chart.summary),
            unit: label,
            series: chart.series.map { plain($0.name) },
            groups: groups
        )
    }

    /// The list `findings` as a table: weight, message, what should stand there and what does, the next step, and the place.
    /// `nil` when there are none.
    func findings(_ caption: Wording?, in scope: Scope) -> DocumentTable? {
        let findings = scope.value(named: "findings")?.elements ?? TemplateList([])
        if findings.isEmpty { return nil }
        let titles = language.words.findings
        let head = titles.map { LooseCell([.text($0)], style: .head, alignment: .centre) }
        let rows = (0..<findings.count).map { position in
            let record = findings[position].record
            let cells = ["severity_name", "message", "expected", "found", "hint", "places"].map { name in
                LooseCell([Run.text(record?.member(name).map(plainText) ?? "")].cell)
            }
            return LooseRow(cells: cells)
        }
        let alignments: [CellAlignment] = [.centre, .left, .left, .left, .left, .left]
        let merging = CellMerging(alignments: alignments, merges: [Bool](repeating: false, count: titles.count))
        return DocumentTable(
            caption: caption.map { runs($0, in: scope).line } ?? [],
            columns: zip([7, 36, 13, 13, 16, 15], alignments).map(DocumentColumn.init),
            header: merging.rows([LooseRow(cells: head)]),
            body: merging.rows(rows)
        )
    }
}

extension DocumentTable {
    /// The table without a column in which nothing stands below the head, or only dashes; itself where something does, and where it has no other.
    fileprivate func without(emptyColumn column: Int) -> DocumentTable {
        let isEmpty = body.allSatisfy { row in
            row.cells.allSatisfy { cell in
                cell.column != column || cell.columnSpan > 1 || ["", "-"].contains(cell.runs.plainText)
            }
        }
        guard isEmpty, columns.count > 1 else { return self }
        var table = self
        table.columns.remove(at: column)
        let total = table.columns.reduce(0) { $0 + $1.width }
        for index in table.columns.indices {
            table.columns[index].width = (table.columns[index].width * 100 + total / 2) / max(1, total)
        }
        table.header = header.map { $0.without(column) }
        table.body = body.map { $0.without(column) }
        return table
    }
}

extension DocumentRow {
    /// The row in a table that lacks the column.
    fileprivate func without(_ column: Int) -> DocumentRow {
        var row = self
        row.cells = cells.compactMap { cell in
            var cell = cell
            if cell.column == column, cell.columnSpan == 1 { return nil }
            if cell.column > column {
                cell.column -= 1
            } else if cell.column + cell.columnSpan > column {
                cell.columnSpan -= 1
            }
            return cell
        }
        return row
    }
}
