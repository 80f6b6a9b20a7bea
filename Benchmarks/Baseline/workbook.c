/* What libxlsxwriter alone takes for the cells of a workbook: workbook OUT LINES EARLIER FINDINGS
 *
 * Rows are not kept in memory. Cells, formulas and lengths of texts are those of the sheets that workbook-writer makes of
 * Benchmarks/Scale/workbook_scale.py; nothing is computed, measured or looked up for them. */
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

enum { links = 65000 };

static lxw_format *formats[6];
static lxw_worksheet *sheet;
static char text[400], other[400];

static lxw_row_t row;
static lxw_col_t column;

static void put_text(const char *cell) { worksheet_write_string(sheet, row, column++, cell, formats[0]); }
static void put_number(double number, int format) { worksheet_write_number(sheet, row, column++, number, formats[format]); }
static void put_formula(const char *formula, double value, int format) {
    worksheet_write_formula_num(sheet, row, column++, formula, formats[format], value);
}
static void put_blank(void) { worksheet_write_blank(sheet, row, column++, formats[5]); }

static void write_line(int i) {
    int amount = (100 + i % 900) * (i % 7 + 1), n = i + 1;
    sprintf(text, "L%06d", i);
    put_text(text);
    sprintf(text, "分组%d", i / 20);
    put_text(text);
    sprintf(text, "项目内容第%d号", i);
    put_text(text);
    put_number(i % 7 + 1, 1);
    put_text("项");
    put_number(100 + i % 900, 2);
    put_number(amount, 2);
    put_number(0, 3);
    put_number(0, 3);
    sprintf(text, "=ROUND(G%d-H%d+I%d,2)", n, n, n);
    put_formula(text, amount, 2);
    sprintf(text, "=IF(G%d=0,\"\",ROUND((G%d+I%d-J%d)/G%d,4))", n, n, n, n, n);
    put_formula(text, 0, 4);
    put_blank();
    sprintf(text, "L%06d", i);
    put_text(text);
}

static void write_earlier(int i) {
    int adjusted = 50000 + i * 37 % 1000, n = i + 1;
    put_number(2023 + i % 3, 1);
    sprintf(text, "项目内容第%d号", i / 3);
    put_text(text);
    put_number(adjusted, 2);
    put_number(adjusted * 9 / 10, 2);
    sprintf(text, "=IF(N(C%d)=0,\"\",ROUND(D%d/C%d,4))", n, n, n);
    put_formula(text, 0.9, 4);
    sprintf(text, "L%06d", i / 3);
    put_text(text);
}

static void write_finding(int i) {
    put_number(i + 1, 1);
    put_text("提示");
    put_text("往年未用完又申报\nhistory/unspent-asked-again");
    sprintf(text, "项目内容第%d号：往年支付低于预算，本年仍申报 4,500.00 元，请说明理由并附依据材料", i);
    put_text(text);
    put_text("50,000.00 元");
    put_text("4,500.00 元");
    put_text("45,500.00 元");
    put_number(45500, 2);
    sprintf(other, "明细第 %d 行 金额", i + 1);
    if (i < links) {
        sprintf(text, "internal:'lines'!G%d", i + 1);
        worksheet_write_url_opt(sheet, row, column++, text, formats[5], other, NULL);
    } else {
        put_text(other);
    }
    put_text("spec.yaml:123");
    put_text("待处理");
    put_blank();
    put_blank();
    put_text("请对照历年执行情况说明理由；没有理由的，按上年水平核减");
    put_text("audit");
    sprintf(text, "f-%08x", i * 2654435761u);
    put_text(text);
}

static void write_sheet(lxw_workbook *book, const char *name, int count, void (*write)(int)) {
    if (count == 0) return;
    sheet = workbook_add_worksheet(book, name);
    for (int i = 0; i < count; i++) {
        row = (lxw_row_t)i;
        column = 0;
        write(i);
    }
}

int main(int count, char **arguments) {
    if (count != 5) return fprintf(stderr, "usage: workbook OUT LINES EARLIER FINDINGS\n"), 64;
    lxw_workbook_options options = {.constant_memory = 1};
    lxw_workbook *book = workbook_new_opt(arguments[1], &options);
    const char *codes[] = {"@", "0", "#,##0.00", "#,##0.00;-#,##0.00;\"-\"", "0.00%", "General"};
    for (int i = 0; i < 6; i++) {
        formats[i] = workbook_add_format(book);
        format_set_num_format(formats[i], codes[i]);
        format_set_border(formats[i], LXW_BORDER_THIN);
    }
    write_sheet(book, "lines", atoi(arguments[2]), write_line);
    write_sheet(book, "earlier", atoi(arguments[3]), write_earlier);
    write_sheet(book, "findings", atoi(arguments[4]), write_finding);
    return workbook_close(book);
}
