import OfficeFiles
import ReviewModel
import Tables

/// Finds out which sheets of a book that nobody has described hold which tables of the form, by their names and their heads.
///
/// Each sheet is taken for one table, and each table is read from one sheet. What resembles nothing is said, never guessed.
struct BookRecognition {
    /// The tables that were recognised, with their sheets.
    let tables: [TableSettings]
    /// The first row of the head in each sheet that is a table: what stands above may be fields.
    let heads: [String: Int]
    /// Sheets that hold something, and no table of the form.
    let unknown: [String]
    /// Whether no sheet that people see holds anything at all.
    let isEmpty: Bool
    /// What such sheets would have been, had no other sheet been more like it: tables with the sheets that were read.
    private let rivals: [String: Rival]
    /// By tables, further sheets that fill the columns of the one that is read, under the same heads or under others, of the same year if
    /// both say one.
    let alike: [String: [String]]
    /// Heads below tables that are those of no table of the form, by their sheets and rows.
    private let strange: [SheetTables.Strange]

    private struct Rival {
        var table: String
        /// The sheet that was read.
        var sheet: String
        /// Whether its heads are those of that sheet.
        var saysTheSame: Bool
        /// Columns that it lacks and that sheet has.
        var lacking: [LocalizedText]
    }

    private struct Candidate {
        var table: String
        var sheet: String
        var head: SheetHead
        /// How much the sheet's name says so: 2 for the whole title, 1 for what stands before its brackets.
        var closeness: Int
        /// In the form.
        var order: Int
        /// Whether it is one of those that the settings would rather have.
        var isRather: Bool
        /// Whether it has no column of years, where each may have columns of its own: one that has it goes before.
        var lacksYear: Bool
        /// Whether it has none of the names that the table needs: totals by years are no items of earlier years.
        var lacksName = false
        /// Whether it is one if what is called much alike is taken for what it lacks, and nothing is left then.
        var isAlike = false

        /// The year in the sheet's name, 2026年预算明细, or in the titles above its head: of two years the later is what is asked for.
        var year: SheetYear? { SheetYear([sheet] + head.titles) }

        /// Whether nothing else than this table is meant: no other names as many of its columns, no column is there twice, and its name speaks
        /// of no other.
        func isClear(among all: [Candidate]) -> Bool {
            head.doubled.isEmpty
                && all.allSatisfy { other in
                    other.table == table
                        || other.closeness <= closeness
                            && (other.head.columns.count < head.columns.count || isRather && !other.isRather)
                }
        }

        var isLikely: Bool {
            let unknown = SheetWords.standard.strangers(in: head)
            return head.columns.count >= 2 && (closeness > 0 || head.columns.count >= 3 || unknown == 0 || isAlike)
        }
    }

    /// - Parameters:
    ///   - rather: tables that go before others which a sheet resembles as much.
    ///   - needed: by tables, the columns without which no further sheet goes on with them; its amounts, where nothing is said.
    ///   - across: tables in which each year may have columns of its own.
    ///   - keys: by tables, columns without which a sheet is none of them.
    init(
        _ book: OpenedBook,
        _ form: DossierOutline,
        rather: [String] = [],
        needed: [String: [String]] = [:],
        across: [String: YearsAcross] = [:],
        keys: [String: [String]] = [:]
    ) throws {
        var (candidates, filled) = ([Candidate](), [String]())
        let sheets = book.sheets.filter { !$0.isHidden }.map(\.name)
        for sheet in sheets {
            let rows = try TableSearch(TableSettings(sheet: sheet, of: ""), form).heads(on: sheet, of: book)
            for (order, schema) in form.tables.enumerated() {
                var settings = TableSettings(sheet: sheet, of: schema.name)
                settings.across = across[schema.name]
                settings.needed = needed[schema.name] ?? []
                let search = TableSearch(settings, form)
                guard let head = rows.head(search.words, at: nil),
                    (keys[schema.name] ?? []).allSatisfy({ key in
                        schema.position(of: key).map { head.columns[$0] != nil } ?? true
                    })
                else { continue }
                candidates.append(
                    Candidate(
                        table: schema.name,
                        sheet: sheet,
                        head: head,
                        closeness: Self.closeness(sheet, schema, form),
                        order: order,
                        isRather: rather.contains(schema.name),
                        lacksYear: across[schema.name].flatMap { schema.position(of: $0.year) }
                            .map { head.columns[$0] == nil } ?? false,
                        lacksName: SheetTables.lacksName(head, schema, needed),
                        isAlike: search.isAlike(head)
                    )
                )
            }
            if !rows.isEmpty { filled.append(sheet) }
        }
        isEmpty = filled.isEmpty
        candidates = candidates.filter { one in
            !one.lacksName
                || !candidates.contains {
                    $0.sheet == one.sheet && !$0.lacksName && $0.isLikely
                        && $0.head.columns.count >= one.head.columns.count
                }
        }
        let taken = Self.best(candidates.filter(\.isLikely))
        let placed = try SheetTables(
            taken.map { ($0.table, $0.sheet, $0.head) },
            book,
            form,
            rather: rather,
            needed: needed
        )
        (tables, strange) = (placed.tables, placed.strange)
        heads = placed.firstRows
        let unknown = filled.filter { sheet in !taken.contains { $0.sheet == sheet } }
        self.unknown = unknown
        var rivals: [String: Rival] = [:]
        var alike: [String: [String]] = [:]
        for sheet in unknown {
            let likely = candidates.filter { $0.sheet == sheet && $0.isLikely }
            guard let best = Self.mostAlike(likely), let winner = taken.first(where: { $0.table == best.table }),
                let schema = form.tables.first(where: { $0.name == best.table })
            else { continue }
            let lacking = winner.head.columns.keys.sorted().filter { best.head.columns[$0] == nil }
                .map { schema.columns[$0] }
            let rival = Rival(
                table: best.table,
                sheet: winner.sheet,
                saysTheSame: best.head.saysTheSame(as: winner.head),
                lacking: lacking.filter { (needed[best.table] ?? Self.amounts(winner, schema)).contains($0.name) }
                    .map(\.title)
            )
            rivals[sheet] = rival
            if best.year.map({ $0.isOther(than: winner.year) }) ?? false { continue }
            if rival.saysTheSame || rival.lacking.isEmpty && best.isClear(among: likely) {
                alike[best.table, default: []].append(sheet)
            }
        }
        (self.rivals, self.alike) = (rivals, alike)
    }

    /// Without what a sheet does not go on with another, where nothing says what has to be filled in: its amounts, or all that it has.
    private static func amounts(_ candidate: Candidate, _ schema: TableSchema) -> [String] {
        let columns = candidate.head.columns.keys.sorted().map { schema.columns[$0] }
        // Prices stand before what they come to.
        let amounts = columns.filter(\.isMoney).suffix(1)
        return (amounts.isEmpty ? columns[...] : amounts).map(\.name)
    }

    /// The table whose columns a sheet names most of.
    private static func mostAlike(_ candidates: [Candidate]) -> Candidate? {
        candidates.max { left, right in
            let (own, other) = (left.head.columns.count, right.head.columns.count)
            return own == other ? !left.isRather && right.isRather : own < other
        }
    }

    private static func closeness(_ sheet: String, _ schema: TableSchema, _ form: DossierOutline) -> Int {
        let names = [schema.title.zh, schema.title.en] + (form.synonyms[schema.name] ?? [])
        func contains(_ fold: (String) -> String) -> Bool {
            let sheet = fold(sheet)
            return names.map(fold).contains { !$0.isEmpty && sheet.contains($0) }
        }
        // What stands in brackets tells 绩效目标（申报） from 绩效目标（评审后）.
        if contains({ HeadWords.folded($0.filter { !"()（）[]【】".contains($0) }) }) { return 2 }
        return contains(HeadWords.folded) ? 1 : 0
    }

    /// Those that are called so first, then those with most columns; each sheet and each table once.
    private static func best(_ candidates: [Candidate]) -> [Candidate] {
        let sorted = candidates.sorted { left, right in
            if left.closeness != right.closeness { return left.closeness > right.closeness }
            if left.isRather != right.isRather { return left.isRather }
            if left.table == right.table, left.lacksYear != right.lacksYear { return right.lacksYear }
            if left.table == right.table, let isLater = left.year?.isLater(than: right.year) { return isLater }
            if left.head.columns.count != right.head.columns.count {
                return left.head.columns.count > right.head.columns.count
            }
            return left.order < right.order
        }
        var taken: [Candidate] = []
        for candidate in sorted
        where !taken.contains(where: { $0.table == candidate.table || $0.sheet == candidate.sheet }) {
            taken.append(candidate)
        }
        return taken.sorted { $0.order < $1.order }
    }

    /// What was recognised, and what was not.
    ///
    /// - Parameter following: sheets whose rows were read behind those of others.
    func findings(_ book: OpenedBook, _ form: DossierOutline, fields: Set<String>, following: Set<String>) -> [Finding]
    {
        func finding(_ rule: String, _ severity: Severity, _ sheet: String, _ row: Int, _ message: LocalizedText)
            -> Finding
        {
            var finding = Finding(rule: "sheet/" + rule, severity: severity, message: message, subject: sheet)
            if let address = CellAddress(column: 1, row: row) {
                finding.spots = [.place(.cell(file: book.path, sheet: sheet, address: address))]
            }
            return finding
        }
        let known = tables.compactMap { settings -> Finding? in
            guard let sheet = settings.sheet, let schema = form.tables.first(where: { $0.name == settings.name }) else {
                return nil
            }
            return finding(
                "recognised",
                .info,
                sheet,
                settings.head ?? heads[sheet] ?? 1,
                recognised(sheet, as: schema.title)
            )
        }
        let hidden = book.sheets.filter { sheet in sheet.isHidden && !tables.contains { $0.sheet == sheet.name } }
        var empty: [Finding] = []
        if isEmpty, let first = book.sheets.first {
            empty = [finding("not-recognised", .warning, first.name, 1, holdsNothing(book.name))]
        }
        return empty + known
            + strange.map { finding("another-head", .warning, $0.sheet, $0.row, strangeHead($0)) }
            + hidden.map { finding("hidden-sheet", .warning, $0.name, 1, hiddenNotRead($0.name)) }
            + unknown.map { sheet in
                if let rival = rivals[sheet], let schema = form.tables.first(where: { $0.name == rival.table }) {
                    return following.contains(sheet)
                        ? finding(
                            "follows",
                            .warning,
                            sheet,
                            1,
                            follows(sheet, schema.title, rival.sheet, under: rival.saysTheSame)
                        )
                        : finding(
                            "not-recognised",
                            .warning,
                            sheet,
                            1,
                            alsoLike(sheet, schema.title, rival.sheet, lacking: rival.lacking)
                        )
                }
                return fields.contains(sheet)
                    ? finding("recognised", .info, sheet, 1, fieldsOnly(sheet))
                    : finding("not-recognised", .warning, sheet, 1, notRecognised(sheet))
            }
    }
}

// MARK: - Messages

private func recognised(_ sheet: String, as title: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "工作表\(quoted(sheet))按\(quoted(title.zh))读取",
        en: "the sheet \(quoted(sheet)) was read as \(quoted(title.en))"
    )
}

private func strangeHead(_ head: SheetTables.Strange) -> LocalizedText {
    LocalizedText(
        zh: "第 \(head.row) 行起是另一张表（\(list(head.texts.map { quoted($0) }, .zh))），与表单中的哪一张表都不像，没有读取",
        en:
            "at row \(head.row) another table begins (\(list(head.texts.map { quoted($0) }, .en))), which is like none of the form; it was not read"
    )
}

private func holdsNothing(_ name: String) -> LocalizedText {
    LocalizedText(
        zh: "\(quoted(name))里没有任何文字和数字，什么也没有读到（图表和图片不读取）；请核对是不是拿错了文件",
        en:
            "\(quoted(name)) has no text and no number, so nothing was read (charts and pictures are not); see whether it is the right file"
    )
}

private func fieldsOnly(_ sheet: String) -> LocalizedText {
    LocalizedText(
        zh: "从工作表\(quoted(sheet))只读取了项目信息，其余内容没有读取",
        en: "of the sheet \(quoted(sheet)) only fields were read, and nothing else"
    )
}

private func hiddenNotRead(_ sheet: String) -> LocalizedText {
    LocalizedText(
        zh: "工作表\(quoted(sheet))是隐藏的，没有读取；其中有要填的内容时，请取消隐藏、保存后再来",
        en:
            "the sheet \(quoted(sheet)) is hidden and was not read; where it holds what is wanted, unhide it and save the file"
    )
}

private func follows(_ sheet: String, _ table: LocalizedText, _ other: String, under sameHeads: Bool) -> LocalizedText {
    let heads =
        sameHeads
        ? ("的表头与\(quoted(other))相同", "has the heads of \(quoted(other))")
        : (
            "的表头与\(quoted(other))不尽相同，但所要的列都对得上",
            "has other heads than \(quoted(other)), and all columns that are wanted"
        )
    return LocalizedText(
        zh:
            "工作表\(quoted(sheet))\(heads.0)，其行与\(quoted(other))的行一并作为\(quoted(table.zh))读取；如果它是另一稿、明细或汇总，请删去这些行",
        en:
            "the sheet \(quoted(sheet)) \(heads.1); its rows and those were read as \(quoted(table.en)). If it is another draft, the details or the sums, delete them"
    )
}

private func alsoLike(_ sheet: String, _ table: LocalizedText, _ other: String, lacking: [LocalizedText])
    -> LocalizedText
{
    let (zh, en) =
        lacking.isEmpty
        ? ("", "")
        : (
            "（它没有这些列：\(list(lacking.map { quoted($0.zh) }, .zh))）",
            " (it lacks \(list(lacking.map { quoted($0.en) }, .en)))"
        )
    return LocalizedText(
        zh:
            "工作表\(quoted(sheet))也像\(quoted(table.zh))，但这张表已从工作表\(quoted(other))读取，\(quoted(sheet))的表格未读取\(zh)；如果它的行不是\(quoted(other))的明细或汇总，请补填",
        en:
            "the sheet \(quoted(sheet)) is like \(quoted(table.en)), too, which was read from \(quoted(other)); its rows were not read\(en). Unless they are the details or the sums of \(quoted(other)), fill them in"
    )
}

private func notRecognised(_ sheet: String) -> LocalizedText {
    LocalizedText(
        zh: "没有看懂工作表\(quoted(sheet))：它的表头与表单中的哪一张表都不像，内容未读取",
        en:
            "the sheet \(quoted(sheet)) was not understood: its heads are those of no table of the form; it was not read"
    )
}
