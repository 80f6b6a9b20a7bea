import CXLSXWriter
import ExcelBooks
import ReviewModel

/// What a sheet needs in which people type.
extension ExcelSheet {
    /// The width of a column, and how its cells are beyond those that are written.
    func setColumn(_ column: Int, width: Int, _ style: CellStyle) throws(ExcelError) {
        let format = try book.format(style)
        try check(
            worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), Double(width), format),
            "set_column"
        )
    }

    /// Lets people type in all columns from one on.
    func openColumns(from first: Int) throws(ExcelError) {
        let (format, last) = (try book.format(.open), lxw_col_t(16_383))
        try check(worksheet_set_column(sheet, lxw_col_t(first), last, 9, format), "set_column")
    }

    /// Locks what is locked, without a password. Rows and columns can still be added, deleted, sorted and made wider.
    func protect() throws(ExcelError) {
        var options = lxw_protection()
        options.format_cells = 1
        options.format_columns = 1
        options.format_rows = 1
        options.insert_columns = 1
        options.insert_rows = 1
        options.insert_hyperlinks = 1
        options.delete_columns = 1
        options.delete_rows = 1
        options.sort = 1
        options.autofilter = 1
        options.objects = 1
        worksheet_protect(sheet, nil, &options)
    }

    /// A column whose words stand in other cells: `='预算明细'!$A$5:$A$3000`.
    func choose(from cells: String, column: Int, rows: ClosedRange<Int>) throws(ExcelError) {
        let error = withCStrings([cells]) { texts in
            var validation = lxw_data_validation()
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            validation.value_formula = texts[0]
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
        try check(error, "data_validation")
    }
}

extension CellStyle {
    /// Cells beyond those that are drawn.
    static let open = CellStyle(isUnlocked: true, isBare: true)

    /// The same, where a protected sheet lets people type.
    var unlocked: CellStyle {
        var style = self
        style.isUnlocked = true
        return style
    }

    /// The same without lines around it.
    var bare: CellStyle {
        var style = self
        style.isBare = true
        return style
    }
}
