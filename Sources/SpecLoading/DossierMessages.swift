internal import ReviewModel

// What the reading of a dossier says about tables, their rows and cells.

func unknownTable(_ name: String, known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-table",
        message: LocalizedText(zh: "表单中没有名为\(quoted(name))的表", en: "the form has no table \(quoted(name))"),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

func noRows(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/no-rows",
        message: LocalizedText(zh: "表应是各行的列表，此处是键值", en: "a table is a list of rows, this is a mapping"),
        pointer: pointer,
        help: LocalizedText(
            zh: "每行前写\"- \"，如 - {列: 值}；或写 columns: […] 和 rows: […]",
            en: "write \"- \" before each row, as in - {column: value}, or columns: […] and rows: […]"
        )
    )
}

func missingColumn(_ name: String, of table: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(
            zh: "表\(quoted(table))缺少列\(quoted(name))",
            en: "the table \(quoted(table)) lacks the column \(quoted(name))"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请在 columns 中补上 \(name)", en: "add \(name) to columns")
    )
}

func tooFewCells(_ found: Int, _ expected: Int, comma: LocalizedText?, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let help =
        comma.map {
            LocalizedText(
                zh: "其中有\($0.zh)，各单元格之间写半角逗号加空格\", \"",
                en: "it has \($0.en) in it; cells are parted by a plain comma and a space \", \""
            )
        } ?? LocalizedText(zh: "空单元格写 ~", en: "write ~ for an empty cell")
    return ConfigurationDiagnostic(
        code: "form/row-width",
        message: LocalizedText(
            zh: "这一行只有 \(found) 个单元格，columns 有 \(expected) 列，少 \(expected - found) 个",
            en: "this row has only \(found) cells for \(expected) columns, \(expected - found) too few"
        ),
        pointer: pointer,
        help: help
    )
}

/// All rows are as wide as each other and not as the names above them.
func otherWidth(_ cells: Int, _ columns: Int, _ others: [String], at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let list = others.joined(separator: ", ")
    let help =
        cells < columns
        ? LocalizedText(
            zh: "请删去多写的列名，或给每行补上单元格（空的写 ~）",
            en: "remove the name of the column that is none, or add its cells, ~ for empty ones"
        )
        : others.isEmpty
            ? quoteCommas
            : LocalizedText(
                zh: "是否漏写了列名？表单的这张表还有：\(list)；含逗号的文字和数字须加引号",
                en:
                    "is the name of a column missing? the form has \(list), too; texts and numbers with commas are quoted"
            )
    return ConfigurationDiagnostic(
        code: "form/row-width",
        message: LocalizedText(
            zh: "每一行都有 \(cells) 个单元格，columns 有 \(columns) 列",
            en: "every row has \(cells) cells, and there are \(columns) columns"
        ),
        pointer: pointer,
        help: help
    )
}

func quoteNumber(_ number: String) -> LocalizedText {
    LocalizedText(zh: "含千分位逗号的数字须加引号：\(quoted(number))", en: "quote a number with commas: \(quoted(number))")
}

let quoteCommas = LocalizedText(
    zh: "含逗号的文字和数字须加引号，如 \"1,703,200.00\"",
    en: "quote texts and numbers with commas, such as \"1,703,200.00\""
)

func curlyQuotes(_ odd: OddCharacter) -> LocalizedText {
    LocalizedText(
        zh: "其中有\(odd.name.zh)，含逗号的文字要用半角的 \(odd.plain) 引起来",
        en: "it has \(odd.name.en) in it; a text with commas needs the straight \(odd.plain) around it"
    )
}

func tooManyCells(_ found: Int, _ expected: Int, help: LocalizedText, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "form/row-width",
        message: LocalizedText(
            zh: "这一行有 \(found) 个单元格，columns 只有 \(expected) 列，多 \(found - expected) 个",
            en: "this row has \(found) cells for \(expected) columns, \(found - expected) too many"
        ),
        pointer: pointer,
        help: help
    )
}

func emptyCell(_ column: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(zh: "列\(quoted(column))不能为空", en: "the column \(quoted(column)) must not be empty"),
        pointer: pointer
    )
}

func duplicateKey(_ key: String, firstRow: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/duplicate-id",
        message: LocalizedText(
            zh: "编号\(quoted(key))重复，第 \(firstRow) 行已使用",
            en: "the id \(quoted(key)) stands in row \(firstRow) already"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "每一行的编号须不同", en: "give every row an id of its own")
    )
}

func unknownReference(
    _ text: String,
    in table: LocalizedText,
    known: [String],
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-reference",
        message: LocalizedText(
            zh: "表\(quoted(table.zh))中没有编号\(quoted(text))",
            en: "the table \(quoted(table.en)) has no row \(quoted(text))"
        ),
        pointer: pointer,
        help: suggestion(for: text, among: known)
    )
}

func columnTwice(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/column-twice",
        message: LocalizedText(
            zh: "列\(quoted(name))写了两次，第二列的内容不会被读取",
            en: "the column \(quoted(name)) stands twice, and the cells of the second are not read"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请改成另一列的名称", en: "write the name of the other column")
    )
}
