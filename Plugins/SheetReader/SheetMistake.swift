import ReviewModel

/// Why a table is not in a file, in a sentence for whoever has the file open.
struct SheetMistake: SpokenError, CustomStringConvertible {
    var code: String
    var message: LocalizedText
    var help: LocalizedText?

    var sentence: LocalizedText {
        LocalizedText(
            zh: message.zh + (help.map { "。\($0.zh)" } ?? ""),
            en: message.en + (help.map { "; \($0.en)" } ?? "")
        )
    }

    var description: String { sentence.en }

    /// As a warning, where another file has the table.
    func finding(file: String) -> Finding {
        var finding = Finding(rule: "sheet/not-in-book", severity: .warning, message: message, hint: help)
        finding.spots = [.place(.text(file: file, line: 1, column: 1))]
        return finding
    }
}

extension SheetMistake {
    static func noHead(_ table: TableSchema, _ settings: TableSettings, _ book: String) -> SheetMistake {
        let place =
            settings.sheet.map { ("\(book) 的工作表\(quoted($0))", "the sheet \(quoted($0)) of \(book)") } ?? (book, book)
        let (zh, en) = (
            table.columns.prefix(8).map { quoted($0.title.zh) }.joined(separator: "、"),
            table.columns.prefix(8).map { quoted($0.title.en) }.joined(separator: ", ")
        )
        return SheetMistake(
            code: "sheet-reader/no-head",
            message: LocalizedText(
                zh: "\(place.0)前 \(HeadSearch.rows) 行中没有表\(quoted(table.title.zh))的表头",
                en:
                    "the first \(HeadSearch.rows) rows of \(place.1) have no head of the table \(quoted(table.title.en))"
            ),
            help: LocalizedText(
                zh: "表头应有 \(zh) 等列名中的至少两个；叫法不同的，请用设置 columns 写明",
                en:
                    "a head names at least two of the columns \(en) …; what is called otherwise can be said with the setting columns"
            )
        )
    }

    static func severalSheets(_ table: TableSchema, _ book: String, _ sheets: [String]) -> SheetMistake {
        let list = sheets.map { quoted($0) }.joined(separator: ", ")
        return SheetMistake(
            code: "sheet-reader/several-sheets",
            message: LocalizedText(
                zh: "\(book) 中有几张工作表都像表\(quoted(table.title.zh))：\(list)",
                en: "several sheets of \(book) may be the table \(quoted(table.title.en)): \(list)"
            ),
            help: LocalizedText(zh: "请用设置 sheet 写明哪一张", en: "say which with the setting sheet")
        )
    }

    static func noSheet(_ sheet: String, _ book: String, _ known: [String]) -> SheetMistake {
        SheetMistake(
            code: "sheet-reader/no-sheet",
            message: LocalizedText(zh: "\(book) 中没有工作表\(quoted(sheet))", en: "\(book) has no sheet \(quoted(sheet))"),
            help: suggestion(for: sheet, among: known)
        )
    }

    static func inNone(_ table: String, _ books: [String]) -> SheetMistake {
        let list = books.joined(separator: ", ")
        return SheetMistake(
            code: "sheet-reader/in-none",
            message: LocalizedText(
                zh: "\(list) 中都没有表\(quoted(table))",
                en: "none of \(list) has the table \(quoted(table))"
            )
        )
    }
}
