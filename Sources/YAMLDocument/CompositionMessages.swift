internal import Groundwork

// What the parser says about documents that are YAML but cannot be used as they are.

extension Diagnostic.Wording {
    static func duplicateKey(_ key: String, first: SourcePlace) -> Self {
        Self(
            zh: "键\(quoted(key))重复，第\(first.line)行第\(first.column)列已有此键",
            en: "duplicate key \(quoted(key)), already given at line \(first.line), column \(first.column)",
            hintZh: "保留一个，删去或改名另一个",
            hintEn: "keep one and delete or rename the other"
        )
    }

    static func duplicateMergeKey(first: SourcePlace) -> Self {
        Self(
            zh: "合并键\"<<\"重复，第\(first.line)行已有",
            en: "duplicate merge key \"<<\", already given at line \(first.line)",
            hintZh: "写在一处：<<: [*a, *b]",
            hintEn: "write one: <<: [*a, *b]"
        )
    }

    static let nonScalarKey = Self(
        zh: "键应是文本，这里却是列表或映射",
        en: "a key must be text, but this is a list or a mapping",
        hintZh: "若本意是文本，请加引号",
        hintEn: "put it in quotes if text is meant"
    )

    static func unquotedTag(_ name: String) -> Self {
        Self(
            zh: "含 {{…}} 的文字没有加引号，YAML 把它读成了映射",
            en: "a text with {{…}} in it has no quotes, which makes a mapping of it",
            hintZh: "给整个值加引号：\"{{\(name)}}\"",
            hintEn: "put the whole value in quotes: \"{{\(name)}}\""
        )
    }

    static let emptyKey = Self(
        zh: "冒号前缺少键",
        en: "the key before the colon is missing",
        hintZh: "在冒号前写上键名",
        hintEn: "write a key before the colon"
    )

    static let wrongMerge = Self(
        zh: "合并键\"<<\"的值应是映射的别名，或别名的列表",
        en: "the merge key \"<<\" takes an alias of a mapping, or a list of such aliases",
        hintZh: "例如 <<: *defaults",
        hintEn: "for example <<: *defaults"
    )

    static func unknownAlias(_ name: String, meant: String?) -> Self {
        Self(
            zh: "别名\(quoted("*" + name))没有对应的锚点",
            en: "alias \(quoted("*" + name)) has no anchor before it",
            hintZh: meant.map { "是不是\(quoted("*" + $0))？" } ?? "锚点须写在别名之前；若本意是文本，请加引号",
            hintEn: meant.map { "did you mean \(quoted("*" + $0))?" }
                ?? "an anchor stands before its aliases; put the value in quotes if text is meant"
        )
    }

    static func recursiveAlias(_ name: String) -> Self {
        Self(
            zh: "别名\(quoted("*" + name))出现在它自己的锚点之内，会无限展开",
            en: "alias \(quoted("*" + name)) stands inside its own anchor and would expand for ever",
            hintZh: "把别名移到锚点之外",
            hintEn: "move the alias out of what the anchor names"
        )
    }

    static let secondDocument = Self(
        zh: "一个文件只能有一份文档，这里开始了第二份",
        en: "a file holds one document, but a second one begins here",
        hintZh: "删去\"---\"，或把后面的内容另存为文件",
        hintEn: "delete the \"---\", or move what follows to a file of its own"
    )

    static let emptyDocument = Self(
        zh: "文件中没有内容",
        en: "the file holds no document",
        hintZh: "至少写一个键和值",
        hintEn: "write at least one key with its value"
    )
}

// Limits that were passed.
extension Diagnostic.Wording {
    static func fileLimit(_ size: Int, _ limit: Int) -> Self {
        Self(
            zh: "文件有\(size)字节，上限是\(limit)字节",
            en: "the file has \(size) bytes, the limit is \(limit)",
            hintZh: "把大表移到工作簿或数据库",
            hintEn: "move large tables to a workbook or a database"
        )
    }

    static func scalarLimit(_ size: Int, _ limit: Int) -> Self {
        Self(
            zh: "一个值有\(size)字节，上限是\(limit)字节",
            en: "one value has \(size) bytes, the limit is \(limit)",
            hintZh: "检查引号是否闭合；长文请另存为文件",
            hintEn: "look for a quote that is not closed, or move the text to a file of its own"
        )
    }

    static func keyLimit(_ limit: Int) -> Self {
        Self(
            zh: "一个映射的键超过\(limit)个",
            en: "one mapping has more than \(limit) keys",
            hintZh: "改用列表，或移到工作簿",
            hintEn: "make it a list, or move it to a workbook"
        )
    }

    static func depthLimit(_ limit: Int) -> Self {
        Self(
            zh: "列表和映射的嵌套超过\(limit)层",
            en: "lists and mappings are nested deeper than \(limit) levels",
            hintZh: "把内层拆成单独的部分",
            hintEn: "take the inner levels apart"
        )
    }

    static func aliasDepthLimit(_ name: String, _ limit: Int) -> Self {
        Self(
            zh: "展开别名\(quoted("*" + name))后嵌套超过\(limit)层",
            en: "with alias \(quoted("*" + name)) expanded, nesting is deeper than \(limit) levels",
            hintZh: "减少一层套一层的别名",
            hintEn: "use fewer aliases within aliases"
        )
    }

    static func nodeLimit(_ limit: Int) -> Self {
        Self(
            zh: "文档的值超过\(limit)个",
            en: "the document has more than \(limit) values",
            hintZh: "把大表移到工作簿或数据库",
            hintEn: "move large tables to a workbook or a database"
        )
    }

    static func aliasLimit(_ name: String, _ limit: Int) -> Self {
        Self(
            zh: "展开别名\(quoted("*" + name))后，文档的值超过\(limit)个",
            en: "with alias \(quoted("*" + name)) expanded, the document has more than \(limit) values",
            hintZh: "减少一层套一层的别名",
            hintEn: "use fewer aliases within aliases"
        )
    }

    static func aliasTextLimit(_ name: String, _ limit: Int) -> Self {
        Self(
            zh: "展开别名\(quoted("*" + name))后，文档的文字超过\(limit)字节",
            en: "with alias \(quoted("*" + name)) expanded, the texts of the document have more than \(limit) bytes",
            hintZh: "长文只写一次，或另存为文件",
            hintEn: "write a long text once, or move it to a file of its own"
        )
    }

    static func directiveLimit(_ limit: Int) -> Self {
        Self(
            zh: "文档前的\"%\"指令超过\(limit)条",
            en: "more than \(limit) \"%\" directives stand before the document",
            hintZh: "删去用不到的指令",
            hintEn: "delete those that are not used"
        )
    }

    static func errorLimit(_ limit: Int) -> Self {
        Self(
            zh: "错误超过\(limit)处，不再往下检查",
            en: "more than \(limit) errors; nothing beyond this place was checked",
            hintZh: "先改正以上错误",
            hintEn: "mend those above first"
        )
    }
}
