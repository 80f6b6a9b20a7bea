import ReviewModel

// MARK: - Messages

/// The first ten, and how many more there are.
func list(_ items: [String], _ locale: Locale) -> String {
    let rest = items.count - 10
    let shown = items.prefix(10).joined(separator: locale == .zh ? "、" : ", ")
    if rest <= 0 { return shown }
    return shown + (locale == .zh ? "等 \(items.count) 处" : " and \(rest) more")
}

extension SheetNotes {
    func unknownColumns(_ names: [String]) -> LocalizedText {
        LocalizedText(
            zh: "工作表\(quoted(sheet))有表单中没有的列，未读取：\(list(names.map { quoted($0) }, .zh))",
            en:
                "the sheet \(quoted(sheet)) has columns that the form does not have; they were not read: \(list(names.map { quoted($0) }, .en))"
        )
    }

    func belowTotal(_ rows: [SumRows.Below]) -> LocalizedText {
        let names = rows.map { "\(quoted($0.name)) \($0.stated.grouped)" }
        let odd = rows.compactMap { row in row.expected.map { (row, $0) } }.first
        return LocalizedText(
            zh: "合计以下的行没有作为明细：\(list(names, .zh))"
                + (odd.map { "；\(quoted($0.name))写的是 \($0.stated.grouped)，合计扣除各项后为 \($1.grouped)" } ?? "")
                + "。明细合计仍是扣除前的数，请核对申报金额，自筹等资金请填入资金来源",
            en: "rows below the total were not read as lines: \(list(names, .en))"
                + (odd.map { "; \(quoted($0.name)) says \($0.stated.grouped), and \($1.grouped) is left of the total" }
                    ?? "")
                + ". The lines still come to the whole; see what is asked for, and put other funds in the table of funding"
        )
    }

    func columnAlike(_ text: String, _ title: LocalizedText) -> LocalizedText {
        LocalizedText(
            zh: "没有一列叫\(quoted(title.zh))，按名字相近的\(quoted(text))读取，请核对",
            en:
                "no column is called \(quoted(title.en)); \(quoted(text)), which ends so, was read as it. See whether that is right"
        )
    }

    func unitCarried(_ column: Column, _ factor: ExactDecimal, _ above: String) -> LocalizedText {
        LocalizedText(
            zh: "这张表没有写明单位，按同一工作表 \(above) 写明的单位读取，\(quoted(column.title.zh))已乘以 \(factor)，请核对",
            en:
                "nothing says the unit of this table; that of \(above) on the sheet was taken, and \(quoted(column.title.en)) multiplied by \(factor). See whether that is right"
        )
    }

    func noUnitSaid(_ column: Column) -> LocalizedText {
        let unit = FigureUnit(rawValue: column.unit)
        return LocalizedText(
            zh:
                "列名和表的上方都没有写明\(quoted(column.title.zh))的单位，按\(unit?.name(inChinese: true) ?? column.unit)读取；如果不是，请在列名中写明后重新读取",
            en:
                "neither the head nor what stands above the table says what \(quoted(column.title.en)) counts; it was read in \(unit?.name(inChinese: false) ?? column.unit). If that is wrong, write the unit into the head and read the file again"
        )
    }

    func columnTwice(_ text: String, _ read: String) -> LocalizedText {
        if text != read {
            return LocalizedText(
                zh: "\(quoted(text))和\(quoted(read))都可能是所要的同一列，读了\(quoted(read))，本列未读取；如不对，请给另一列换个列名，或用设置 columns 写明",
                en:
                    "either \(quoted(text)) or \(quoted(read)) may be the column that is asked for; \(quoted(read)) was read, and this one was not. If that is wrong, give the other one another head, or say which with the setting columns"
            )
        }
        return LocalizedText(
            zh: "有两列都可能是\(quoted(text))，读了左边一列；如不对，请给另一列换个列名，或用设置 columns 写明",
            en:
                "two columns may be \(quoted(text)); the left one was read. If that is wrong, give the other one another head, or say which with the setting columns"
        )
    }

    func earlierYear(_ text: String, _ read: String) -> LocalizedText {
        LocalizedText(
            zh: "\(quoted(text))和\(quoted(read))都可能是所要的一列，读了年份较晚的\(quoted(read))，本列未读取",
            en:
                "either \(quoted(text)) or \(quoted(read)) may be the column that is asked for; the one of the later year, \(quoted(read)), was read, and this one was not"
        )
    }

    func joinedColumns(_ others: [String]) -> LocalizedText {
        LocalizedText(
            zh: "这一列与\(list(others.map { quoted($0) }, .zh))连在一起读取，如 ≥、95、% 读作 ≥95%",
            en:
                "this column was read together with \(list(others.map { quoted($0) }, .en)): ≥, 95 and % make ≥95%"
        )
    }

    func namedByHeadings(_ title: LocalizedText, _ headings: [String]) -> LocalizedText {
        LocalizedText(
            zh: "\(quoted(title.zh))空着的行，按上方小标题读取：\(list(headings.map { quoted($0) }, .zh))",
            en:
                "rows without \(quoted(title.en)) have that of the heading above them: \(list(headings.map { quoted($0) }, .en))"
        )
    }

    func namedAbove(_ title: LocalizedText, _ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "\(quoted(title.zh))空着的单元格按上一行的内容读取，请核对：\(list(cells, .zh))",
            en:
                "empty cells of \(quoted(title.en)) were read as what stands above them; look at them: \(list(cells, .en))"
        )
    }

    func partsLeftOut(_ rows: [(row: Int, text: String)]) -> LocalizedText {
        let (zh, en) = (rows.map { "\($0.row)（\($0.text)）" }, rows.map { "\($0.row) (\($0.text))" })
        return LocalizedText(
            zh: "\"其中\"行的金额已含在上一行内，未作为明细读取：第 \(list(zh, .zh)) 行",
            en: "rows that are a part of the one above (of which …) were not read as lines: \(list(en, .en))"
        )
    }

    func sumDiffers(_ sum: SumRows.Odd) -> LocalizedText {
        let (name, stated, found) = (quoted(sum.name), sum.stated.grouped, sum.found.grouped)
        if !sum.isAbove {
            return LocalizedText(
                zh: "\(name)写的是 \(stated)，所合计的各行相加为 \(found)；只读取了各行，请核对是哪一行或合计有误",
                en:
                    "\(name) says \(stated), the rows that it sums up come to \(found); only these were read. See which of them, or the total, is wrong"
            )
        }
        return LocalizedText(
            zh: "\(name)写的是 \(stated)，它下面各行合计 \(found)；只读取了下面各行",
            en: "\(name) says \(stated), the rows below it come to \(found); only these were read"
        )
    }

    func sumUnchecked(_ sum: SumRows.Unchecked) -> LocalizedText {
        let (name, stated) = (quoted(sum.name), sum.stated.grouped)
        let missing = sum.missing.map(\.grouped)
        return LocalizedText(
            zh: "\(name)写的是 \(stated)，没有核对：它合计的金额中有的不是数字（\(list(sum.cells, .zh))）"
                + (missing.map { "；其余各行都对时，这里应为 \($0)" } ?? ""),
            en:
                "\(name) says \(stated), which was not checked: some of the amounts that it sums up are no numbers (\(list(sum.cells, .en)))"
                + (missing.map { "; where the others are right, this one is \($0)" } ?? "")
        )
    }

    func readAsFractions(_ rates: [(title: LocalizedText, address: String)]) -> LocalizedText {
        let (title, cells) = (rates[0].title, rates.map(\.address))
        return LocalizedText(
            zh: "\(quoted(title.zh))没有百分号，由同一行的金额可知 1 表示 100%，已乘以 100：\(list(cells, .zh))",
            en:
                "\(quoted(title.en)) has no percent sign; the amounts in the same rows show that 1 means 100 %, so it was multiplied by 100: \(list(cells, .en))"
        )
    }

    func rateUnclear(_ number: ExactDecimal, _ title: LocalizedText) -> LocalizedText {
        let percentage = ((try? number * 100) ?? number).withoutTrailingZeros
        return LocalizedText(
            zh: "\(quoted(title.zh))写的是 \(number)，没有百分号：是 \(number)% 还是 \(percentage)%？按 \(number)% 读取，请核对",
            en:
                "\(quoted(title.en)) says \(number) without a percent sign: \(number) % or \(percentage) %? It was read as \(number) %; see which is meant"
        )
    }

    func moreRatesUnclear(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "还有 \(cells.count) 个没有百分号、不知是百分之几的数，按原数读取：\(list(cells, .zh))",
            en:
                "there are \(cells.count) more numbers without a percent sign that may mean two things; they were read as they stand: \(list(cells, .en))"
        )
    }

    func unitConverted(_ column: Column, _ factor: ExactDecimal, isSaidAbove: Bool) -> LocalizedText {
        if isSaidAbove {
            return LocalizedText(
                zh: "表上方写明的单位不是\(column.unitName(.zh))，\(quoted(column.title.zh))已乘以 \(factor)",
                en:
                    "what stands above the table says another unit than \(column.unitName(.en)); the numbers of \(quoted(column.title.en)) were multiplied by \(factor)"
            )
        }
        return LocalizedText(
            zh: "\(quoted(column.title.zh))的表头单位不是\(column.unitName(.zh))，已乘以 \(factor)",
            en:
                "the head of \(quoted(column.title.en)) has another unit than \(column.unitName(.en)); its numbers were multiplied by \(factor)"
        )
    }

    func unitForeign(_ column: Column, _ unit: FigureUnit) -> LocalizedText {
        LocalizedText(
            zh:
                "\(quoted(column.title.zh))的表头写的是\(unit.name(inChinese: true))，表单要求\(column.unitName(.zh))，未作换算：请按\(column.unitName(.zh))填写并更正表头",
            en:
                "the head of \(quoted(column.title.en)) says \(unit.name(inChinese: false)), the form wants \(column.unitName(.en)), and nothing was converted: "
                + "give it in \(column.unitName(.en)) and mend the head"
        )
    }

    func totalsLeftOut(_ rows: [(row: Int, text: String)]) -> LocalizedText {
        let (zh, en) = (rows.map { "\($0.row)（\($0.text)）" }, rows.map { "\($0.row) (\($0.text))" })
        return LocalizedText(
            zh: "合计、小计行未作为明细读取：第 \(list(zh, .zh)) 行",
            en: "rows that sum up were not read as lines: \(list(en, .en))"
        )
    }

    func anotherHead(_ ended: (row: Int, unit: FigureUnit?, rows: Int)) -> LocalizedText {
        let (zh, en) =
            ended.unit.map {
                (
                    "表头重复，但上方写明的单位是\($0.name(inChinese: true))，与前面的不同",
                    "a head stands once more, below a line that says \($0.name(inChinese: false))"
                )
            }
            ?? ("又是一行表头，列的顺序与前面不同", "another head, with its columns in another order")
        return LocalizedText(
            zh: "第 \(ended.row) 行\(zh)：其下 \(ended.rows) 行属于另一张表，没有读取，请核对后补填，或分成两张工作表",
            en:
                "row \(ended.row) is \(en): the \(ended.rows) rows below it are of another table and were not read; fill them in, or give them a sheet of their own"
        )
    }

    func followedBelow(_ row: Int) -> LocalizedText {
        LocalizedText(
            zh: "第 \(row) 行是同一张表的又一个表头，其下各行按它的列名和单位读取，接在前面各行之后；如果它们是前面各行的明细、汇总或另一稿，请删去",
            en:
                "row \(row) is another head of the same table; the rows below it were read by its own columns and units, behind those above. If they are the details or the sums of these, or another draft, delete them"
        )
    }

    func readByYears(_ years: [Int], _ unread: [String]) -> LocalizedText {
        let names = list(years.map(String.init), .zh)
        let (zh, en) =
            unread.isEmpty
            ? ("", "")
            : (
                "；这几列缺所要的其他数，或不明属于哪年，没有读取：\(list(unread.map { quoted($0) }, .zh))",
                "; these columns lack others that are wanted, or are of a year that is not clear, and were not read: \(list(unread.map { quoted($0) }, .en))"
            )
        return LocalizedText(
            zh: "每年各占几列，按年度逐年读取：\(names)\(zh)",
            en:
                "each year has columns of its own; they were read year by year: \(list(years.map(String.init), .en))\(en)"
        )
    }

    func notReadAbove(_ row: Int) -> LocalizedText {
        LocalizedText(
            zh: "第 \(row) 行也像这张表的表头，但缺所要的列，或其下各行与后面的重复；它下面的行没有读取。如果不是汇总或另一稿，请补填",
            en:
                "row \(row) is like a head of this table, too, but lacks columns that are wanted, or its rows say what those below say; they were not read. Unless they are the sums or another draft, fill them in"
        )
    }

    func columnBeside(_ text: String) -> LocalizedText {
        LocalizedText(
            zh: "\(quoted(text))的列名横跨两列，右边一列按它的单位读取",
            en: "the head \(quoted(text)) reaches over two columns; the right one was read as what it counts"
        )
    }

    func partOfYear(_ parts: [(day: CalendarDate, address: String)]) -> LocalizedText {
        LocalizedText(
            zh: "只有一年中的一部分：按年度和截止日读取（如 \(parts[0].day.year)，截至 \(parts[0].day)）：\(list(parts.map(\.address), .zh))",
            en:
                "these are parts of years, read as the year and its last day (\(parts[0].day.year), up to \(parts[0].day)): \(list(parts.map(\.address), .en))"
        )
    }

    func unitBelow(_ noted: (row: Int, text: String, unit: FigureUnit)) -> LocalizedText {
        LocalizedText(
            zh: "第 \(noted.row) 行注明金额以\(noted.unit.name(inChinese: true))计（\(noted.text)），而列名和表的上方没有写；金额按列名读取，没有换算，请核对",
            en:
                "row \(noted.row) says that amounts are in \(noted.unit.name(inChinese: false)) (\(noted.text)), which neither heads nor a line above the table say; they were read by the heads and not converted: look at them"
        )
    }

    func unitOfFormat(_ cells: [(address: String, unit: FigureUnit)]) -> LocalizedText {
        let addresses = list(cells.map(\.address), .zh)
        return LocalizedText(
            zh: "单元格格式带有单位（\(cells[0].unit.name(inChinese: true))），金额已按显示的单位换算：\(addresses)",
            en:
                "the format of these cells says a unit (\(cells[0].unit.name(inChinese: false))), by which their amounts were converted: \(list(cells.map(\.address), .en))"
        )
    }

    func titlesLeftOut(_ rows: [(row: Int, text: String)]) -> LocalizedText {
        let texts = rows.map { ($0.row, Self.shortened($0.text)) }
        let (zh, en) = (texts.map { "\($0.0)（\($0.1)）" }, texts.map { "\($0.0) (\($0.1))" })
        return LocalizedText(
            zh: "标题、注释、意见或签名行，没有作为数据读取：第 \(list(zh, .zh)) 行",
            en: "rows that were taken for titles, notes, opinions or signatures were not read: \(list(en, .en))"
        )
    }

    /// On one line, and not longer than a line.
    private static func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 60 ? line.prefix(60) + "…" : line
    }

    func examplesLeftOut(_ rows: [String]) -> LocalizedText {
        LocalizedText(
            zh: "示例行没有作为数据读取：第 \(list(rows, .zh)) 行。用到这张表时请改写，用不到时可删去",
            en: "rows of examples were not read as lines: \(list(rows, .en)). Overwrite them, or delete them"
        )
    }

    func exampleTexts(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "这些单元格还是示例，按空白读取，请改写或清空：\(list(cells, .zh))",
            en: "these cells still have an example and were read as empty; overwrite or clear them: \(list(cells, .en))"
        )
    }

    func computedHere(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "公式没有存储的结果，按公式算得的值读取：\(list(cells, .zh))",
            en: "formulas have no stored result; what they come to was read: \(list(cells, .en))"
        )
    }

    var hiddenSheet: LocalizedText {
        LocalizedText(zh: "工作表\(quoted(sheet))是隐藏的，已读取", en: "the sheet \(quoted(sheet)) is hidden; it was read")
    }

    func hiddenRowsRead(_ rows: [String]) -> LocalizedText {
        LocalizedText(zh: "隐藏的行也已读取：第 \(list(rows, .zh)) 行", en: "hidden rows were read as well: \(list(rows, .en))")
    }

    func hiddenColumnsRead(_ columns: [String]) -> LocalizedText {
        LocalizedText(
            zh: "隐藏的列也已读取：\(list(columns, .zh))",
            en: "hidden columns were read as well: \(list(columns, .en))"
        )
    }

    func notCalculatedCells(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "公式没有计算结果，单元格按空白读取：\(list(cells, .zh))。请在 Excel 或 WPS 中打开并保存一次",
            en:
                "formulas have no result, and their cells were read as empty: \(list(cells, .en)). Open and save the file once in Excel or WPS"
        )
    }

    func numbersAreTexts(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "数字以文本形式存储，已按数字读取，但工作簿中的求和公式会漏掉它们：\(list(cells, .zh))",
            en:
                "numbers are stored as texts; they were read as numbers, but sums of the workbook pass over them: \(list(cells, .en))"
        )
    }

    func leavesOut(_ rows: [Int]) -> LocalizedText {
        LocalizedText(
            zh: "求和公式漏掉了它上方明细中的第 \(list(rows.map(String.init), .zh)) 行",
            en: "the sum leaves out rows of the lines above it: \(list(rows.map(String.init), .en))"
        )
    }

    func amountOverRows(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "数字合并在多行的单元格中，只计入第一行，以下按空白读取：\(list(cells, .zh))",
            en:
                "numbers in cells over several rows count in the first only; these were read as empty: \(list(cells, .en))"
        )
    }

    func errorValue(_ text: String, _ address: String) -> LocalizedText {
        LocalizedText(
            zh: "单元格 \(address) 是错误值 \(text)，不能读取",
            en: "the cell \(address) is the error \(text), which cannot be read"
        )
    }
}
