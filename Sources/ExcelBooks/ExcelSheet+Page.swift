internal import CXLSXWriter
internal import ReviewModel

extension ExcelSheet {
    /// The heads stay when the sheet is scrolled.
    package func freeze(rows: Int, columns: Int = 0) {
        worksheet_freeze_panes(sheet, lxw_row_t(rows), lxw_col_t(columns))
    }

    package func filter(from head: Int, to last: Int, columns: Int) throws(ExcelError) {
        guard last > head, columns > 0 else { return }
        try check(
            worksheet_autofilter(sheet, lxw_row_t(head), 0, lxw_row_t(last), lxw_col_t(columns - 1)),
            "autofilter"
        )
    }

    /// How wide what is printed may be, in digits, before letters of 10 points come out smaller than 7: on A4 turned on its side, and on A3.
    /// Where the font of the widths is not installed, the one that stands in for it is wider by a third.
    package static let widestOnA4 = 155
    package static let widestOnA3 = 225

    /// A4, as many pages as it takes but one page wide, the heads on each, page numbers below.
    ///
    /// - Parameter width: of what is printed, in digits; what would be too small to read on A4 goes on A3.
    package func setPage(isWide: Bool, width: Int = 0, repeating rows: ClosedRange<Int>?, footer: String)
        throws(ExcelError)
    {
        worksheet_set_paper(sheet, isWide && width > Self.widestOnA4 ? 8 : 9)
        if isWide { worksheet_set_landscape(sheet) } else { worksheet_set_portrait(sheet) }
        worksheet_set_margins(sheet, 0.5, 0.5, 0.7, 0.7)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_center_horizontally(sheet)
        if let rows {
            try check(
                worksheet_repeat_rows(sheet, lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound)),
                "repeat_rows"
            )
        }
        try check(worksheet_set_footer(sheet, CellText(footer).text), "set_footer")
    }

    /// Prints the first columns only.
    package func setPrintArea(columns: Int, through row: Int) throws(ExcelError) {
        try check(worksheet_print_area(sheet, 0, 0, lxw_row_t(row), lxw_col_t(columns - 1)), "print_area")
    }

    /// The sheet that is open when the book is opened.
    package func activate() { worksheet_activate(sheet) }

    package func tab(_ colour: CellColour) { worksheet_set_tab_color(sheet, colour.rawValue) }

    // MARK: - Where people type

    /// A column in which one of some words is chosen. Words that are too many for a list of Excel's are left free.
    package func choose(_ words: [String], column: Int, rows: ClosedRange<Int>) throws(ExcelError) {
        guard words.joined(separator: ",").utf16.count <= 255,
            !words.contains(where: { $0.utf8.contains(UInt8(ascii: ",")) })
        else {
            return
        }
        let error = withCStrings(words.map { CellText($0).text }) { texts in
            var list: [UnsafeMutablePointer<CChar>?] = texts + [nil]
            return list.withUnsafeMutableBufferPointer { list in
                var validation = lxw_data_validation()
                validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
                validation.value_list = list.baseAddress
                return apply(&validation, column, rows)
            }
        }
        try check(error, "data_validation")
    }

    /// A column that takes decimal numbers from 0 on; or else numbers up to those that a formula gives, seen from the first row.
    package func takeNumbers(upTo most: String? = nil, column: Int, rows: ClosedRange<Int>) throws(ExcelError) {
        let error = withCStrings([most.map { "=" + $0 } ?? ""]) { texts in
            var validation = lxw_data_validation()
            if most == nil {
                validation.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
                validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO.rawValue)
            } else {
                validation.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL_FORMULA.rawValue)
                validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO.rawValue)
                validation.value_formula = texts[0]
            }
            return apply(&validation, column, rows)
        }
        try check(error, "data_validation")
    }

    private func apply(
        _ validation: inout lxw_data_validation,
        _ column: Int,
        _ rows: ClosedRange<Int>
    ) -> lxw_error {
        validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
        return worksheet_data_validation_range(
            sheet,
            lxw_row_t(rows.lowerBound),
            lxw_col_t(column),
            lxw_row_t(rows.upperBound),
            lxw_col_t(column),
            &validation
        )
    }

    // MARK: - What stands out

    /// Fills the cells for which a formula, seen from the first of them, is true.
    package func highlight(
        where formula: String,
        _ fill: CellColour,
        text: CellColour? = nil,
        columns: ClosedRange<Int>,
        rows: ClosedRange<Int>
    ) throws(ExcelError) {
        let format = try book.highlight(fill, text: text)
        let error = withCStrings(["=" + formula]) { texts in
            var condition = lxw_conditional_format()
            condition.type = UInt8(LXW_CONDITIONAL_TYPE_FORMULA.rawValue)
            condition.value_string = texts[0]
            condition.format = format
            return worksheet_conditional_format_range(
                sheet,
                lxw_row_t(rows.lowerBound),
                lxw_col_t(columns.lowerBound),
                lxw_row_t(rows.upperBound),
                lxw_col_t(columns.upperBound),
                &condition
            )
        }
        try check(error, "conditional_format")
    }

    /// A bar in each cell, as long as its number is large; a whole cell is 100 %.
    package func bars(column: Int, rows: ClosedRange<Int>) throws(ExcelError) {
        var condition = lxw_conditional_format()
        condition.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
        condition.bar_color = CellColour.bar.rawValue
        condition.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
        condition.max_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
        condition.min_value = 0
        condition.max_value = 1
        let error = worksheet_conditional_format_range(
            sheet,
            lxw_row_t(rows.lowerBound),
            lxw_col_t(column),
            lxw_row_t(rows.upperBound),
            lxw_col_t(column),
            &condition
        )
        try check(error, "conditional_format")
    }
}
