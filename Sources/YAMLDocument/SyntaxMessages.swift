internal import Groundwork

// What the parser says about files that are not YAML.

extension Diagnostic.Wording {
    static let tab = Self(
        zh: "缩进处用了制表符（Tab），YAML只认空格",
        en: "a tab is used for indentation, where YAML takes only spaces",
        hintZh: "改用空格，每层两个",
        hintEn: "use spaces, two a level"
    )

    static let colonInValue = Self(
        zh: "值中有冒号加空格\": \"，须用引号括起来",
        en: "the value contains a colon and a space \": \" and needs quotes",
        hintZh: "给整个值加上引号",
        hintEn: "put the whole value in quotes"
    )

    static func missingSpace(_ key: String) -> Self {
        Self(
            zh: "\(quoted(key + ":"))之后缺少空格",
            en: "a space is missing after \(quoted(key + ":"))",
            hintZh: "写成\(quoted(key + ": …"))",
            hintEn: "write \(quoted(key + ": …"))"
        )
    }

    static let missingSpaceAfterDash = Self(
        zh: "列表项\"-\"之后缺少空格",
        en: "a space is missing after the \"-\" of a list item",
        hintZh: "写成\"- …\"",
        hintEn: "write \"- …\""
    )

    /// A character that is taken for one of YAML's own, or that nobody sees.
    static func oddCharacter(_ odd: OddCharacter) -> Self {
        if odd.isInvisible {
            return Self(
                zh: "这里有\(odd.name.zh)",
                en: "\(odd.name.en) stands here",
                hintZh: "删去它；删不掉时把这一行重新输入一遍",
                hintEn: "delete it; type the line anew if it stays"
            )
        }
        // A quote in quotes would be three marks in a row.
        let isQuote = odd.plain == "\"" || odd.plain == "'"
        let sign = isQuote ? " " + odd.plain : quoted(odd.plain)
        let (zh, en) = odd.isBlank ? ("半角空格", "a plain space") : (sign, isQuote ? odd.plain : sign)
        return Self(
            zh: "这里是\(odd.name.zh)，YAML 只认\(odd.isBlank ? "" : "半角的")\(zh)",
            en: "\(odd.name.en) stands here, where YAML takes only \(en)",
            hintZh: "改成\(zh)；若是文字的一部分，请给整个值加引号",
            hintEn: "write \(en), or put the whole value in quotes if it belongs to a text"
        )
    }

    static func cutByComment(_ text: String) -> Self {
        Self(
            zh: "\(quoted(text, limit: 40))前有空格，被当作注释，不属于这个值",
            en: "\(quoted(text, limit: 40)) follows a blank, so it is a comment and no part of the value",
            hintZh: "若是文字的一部分，请给整个值加引号；若是注释，请在 # 后空一格",
            hintEn: "put the whole value in quotes if it belongs to it, or a space after the # if it is a comment"
        )
    }

    /// Curly quotes around a plain value, which are a part of it.
    static func curlyAround(_ first: Unicode.Scalar, _ last: Unicode.Scalar, _ straight: String) -> Self {
        Self(
            zh: "这个值前后是弯引号 \(first) \(last)，YAML 只认半角的 \(straight)，弯引号会留在文字里",
            en:
                "curly quotes \(first) \(last) stand around this value: YAML takes only the straight \(straight), so they are part of the text",
            hintZh: "改成半角的 \(straight)；弯引号确实是文字的，在外面再加一对半角引号",
            hintEn: "write \(straight), or straight quotes around them where they belong to the text"
        )
    }

    static func keyWithoutValue(_ key: String) -> Self {
        Self(
            zh: "\(quoted(key))后面是逗号，成了没有值的键",
            en: "a comma stands behind \(quoted(key)), which makes a key without a value of it",
            hintZh: "名称含逗号的加引号；几个名称合成一个键的，用 | 分隔：\(key) | \(key): …",
            hintEn:
                "put a name with a comma in quotes; where several names make one key they stand between bars: \(key) | \(key): …"
        )
    }

    static let fullWidthHash = Self(
        zh: "这里是全角的\"＃\"，后面的文字仍属于这个值",
        en: "a full-width \"＃\" stands here, and what follows it is part of the value",
        hintZh: "若是注释，写半角的 #；若是文字，请给整个值加引号",
        hintEn: "write # for a comment, or put the whole value in quotes if it belongs to it"
    )

    static let fullWidthColon = Self(
        zh: "用了全角冒号\"：\"，YAML只认半角冒号加空格",
        en: "a full-width colon \"：\" is used, where YAML takes a plain colon and a space",
        hintZh: "改成\": \"",
        hintEn: "write \": \""
    )

    static func missingColon(_ text: String) -> Self {
        Self(
            zh: "\(quoted(text))应是键和值，却没有冒号",
            en: "\(quoted(text)) should be a key with its value, but has no colon",
            hintZh: "写成\"键: 值\"，或检查缩进",
            hintEn: "write \"key: value\", or look at the indentation"
        )
    }

    static let deeperThanAbove = Self(
        zh: "这一行比上一行缩进得深，而上一行已经有值",
        en: "this line is indented deeper than the one above, which already has a value",
        hintZh: "与同级的键对齐",
        hintEn: "align it with the keys of its level"
    )

    static func wrongIndentation(levels: [Int]) -> Self {
        let zh = levels.map(String.init).joined(separator: "、")
        let en = levels.map(String.init).joined(separator: ", ")
        return Self(
            zh: "缩进与上面各层都不一致：上面各层从第\(zh)列开始",
            en: "wrong indentation: the levels above begin at \(levels.count == 1 ? "column" : "columns") \(en)",
            hintZh: "与其中一层对齐",
            hintEn: "align it with one of them"
        )
    }

    static let listItemAmongKeys = Self(
        zh: "这里应是键，却是列表项\"-\"",
        en: "a list item \"-\" stands where a key was expected",
        hintZh: "检查缩进，或在上面写出列表的键",
        hintEn: "look at the indentation, or write the list's key above it"
    )

    static func keyAmongListItems(itemsAt column: Int) -> Self {
        Self(
            zh: "这里应是第\(column)列的列表项\"-\"",
            en: "a list item \"-\" at column \(column) was expected here",
            hintZh: "加上\"- \"，或检查缩进",
            hintEn: "write \"- \" before it, or look at the indentation"
        )
    }

    static let unexpectedDash = Self(
        zh: "列表项\"-\"不能写在这里",
        en: "a list item \"-\" cannot stand here",
        hintZh: "列表项另起一行，并检查缩进",
        hintEn: "begin the list on a line of its own, and look at the indentation"
    )

    static let textAfterValue = Self(
        zh: "值已经结束，后面还有文字",
        en: "there is more text after the value has ended",
        hintZh: "给整个值加引号；引号之内的单引号写两次",
        hintEn: "put the whole value in quotes; within single quotes a quote is written twice"
    )

    static let outsideDocument = Self(
        zh: "这一行在文档的列表或映射之外",
        en: "this line stands outside the document's list or mapping",
        hintZh: "检查它和第一行的缩进",
        hintEn: "look at its indentation and that of the first line"
    )

    static let missingValue = Self(
        zh: "这里缺少一个值",
        en: "a value was expected here",
        hintZh: "写上值；若值以符号开头，请加引号",
        hintEn: "write one; a value that begins with a sign needs quotes"
    )
}

// Quotes, brackets, signs and bytes.
extension Diagnostic.Wording {
    static func unclosedQuote(_ quote: Unicode.Scalar) -> Self {
        Self(
            zh: "引号 \(quote) 没有闭合",
            en: "the quote \(quote) is never closed",
            hintZh: "在值的末尾补上 \(quote)",
            hintEn: "write \(quote) at the end of the value"
        )
    }

    static func quoteClosedLate(line: Int) -> Self {
        Self(
            zh: "这个引号到第\(line)行才闭合，后面还有文字",
            en: "the quote is closed only on line \(line), with more text after it",
            hintZh: "在本行末尾补上引号",
            hintEn: "write the closing quote where the value ends"
        )
    }

    static func unclosedBracket(_ bracket: Unicode.Scalar) -> Self {
        let closing = bracket == "[" ? "]" : "}"
        return Self(
            zh: "括号\"\(bracket)\"没有闭合",
            en: "the bracket \"\(bracket)\" is never closed",
            hintZh: "在末尾补上\"\(closing)\"",
            hintEn: "write \"\(closing)\" at its end"
        )
    }

    static func intervalWithoutQuotes(_ text: String) -> Self {
        Self(
            zh: "区间 \(text) 没有加引号，方括号在 YAML 里是列表的开头",
            en: "the interval \(text) has no quotes, and to YAML a square bracket begins a list",
            hintZh: "写成 \"\(text)\"",
            hintEn: "write \"\(text)\""
        )
    }

    static func strayBracket(_ bracket: Unicode.Scalar) -> Self {
        Self(
            zh: "括号\"\(bracket)\"没有对应的左括号",
            en: "the bracket \"\(bracket)\" closes nothing",
            hintZh: "删去它，或给值加引号",
            hintEn: "delete it, or put the value in quotes"
        )
    }

    static let missingComma = Self(
        zh: "括号内缺少逗号，或括号没有闭合",
        en: "a comma is missing between items in brackets, or the bracket is never closed",
        hintZh: "各项之间写\", \"",
        hintEn: "write \", \" between items"
    )

    static func quoteInQuotes(_ quote: Unicode.Scalar) -> Self {
        Self(
            zh: "引号到这里已经结束，后面还有文字",
            en: "the quotes end here, with more text behind them",
            hintZh: "文字里的引号写成“ ”，或整个值改用另一种引号（\(quote == "'" ? "\"" : "'")）",
            hintEn:
                "write quotes inside a text as “ ”, or put the whole value in the other kind (\(quote == "'" ? "\"" : "'"))"
        )
    }

    static let emptyItem = Self(
        zh: "两个逗号之间缺少一项",
        en: "an item is missing before the comma",
        hintZh: "空着的写 ~，多余的逗号删去",
        hintEn: "write ~ for an empty one, or delete the extra comma"
    )

    static func reservedCharacter(_ character: Unicode.Scalar) -> Self {
        Self(
            zh: "值不能以\(quoted(String(character)))开头",
            en: "a value cannot begin with \(quoted(String(character)))",
            hintZh: "给值加上引号",
            hintEn: "put the value in quotes"
        )
    }

    static let wrongEscape = Self(
        zh: "双引号之内的反斜杠没有构成合法的转义",
        en: "the backslash in double quotes does not begin a valid escape",
        hintZh: "改用单引号，或把\"\\\"写成\"\\\\\"",
        hintEn: "use single quotes, or write \"\\\\\" for \"\\\""
    )

    static let anchorName = Self(
        zh: "\"&\"和\"*\"之后的名称只能用英文字母、数字、\"-\"和\"_\"",
        en: "a name after \"&\" or \"*\" takes only ASCII letters, digits, \"-\" and \"_\"",
        hintZh: "改用英文名称；若本意是文本，请加引号",
        hintEn: "use such a name, or put the value in quotes if text is meant"
    )

    static let blockScalarHeader = Self(
        zh: "\"|\"或\">\"之后不能在同一行写文字",
        en: "no text may follow \"|\" or \">\" on the same line",
        hintZh: "文字另起一行并缩进；若本意是文本，请加引号",
        hintEn: "begin the text on the next line, indented, or put the value in quotes"
    )

    static let unknownTagHandle = Self(
        zh: "标签的前缀没有定义",
        en: "the tag's prefix is not defined",
        hintZh: "标签写成\"!名称\"；若本意是文本，请加引号",
        hintEn: "write a tag as \"!name\", or put the value in quotes if text is meant"
    )

    static let controlCharacter = Self(
        zh: "文件中有不可见的控制字符",
        en: "the file contains an invisible control character",
        hintZh: "删去它",
        hintEn: "delete it"
    )

    static func hiddenLineBreak(_ name: String) -> Self {
        Self(
            zh: "文件中有不可见的换行字符\(name)",
            en: "the file contains the invisible line break \(name)",
            hintZh: "删去它，或改成普通换行",
            hintEn: "delete it, or make it an ordinary line break"
        )
    }

    static let invalidUTF8 = Self(
        zh: "文件不是有效的UTF-8编码",
        en: "the file is not valid UTF-8",
        hintZh: "另存为UTF-8编码（常见的原因是GBK编码）",
        hintEn: "save it as UTF-8; GBK is a common cause"
    )

    static let utf16 = Self(
        zh: "文件是UTF-16编码",
        en: "the file is UTF-16",
        hintZh: "另存为UTF-8编码",
        hintEn: "save it as UTF-8"
    )

    static let outOfMemory = Self(
        zh: "内存不足，没有读完文件",
        en: "the file was not read for want of memory",
        hintZh: "关闭其他程序后再试",
        hintEn: "close other programs and try again"
    )

    static func other(_ message: String) -> Self {
        Self(
            zh: "此处不合YAML语法（libyaml：\(message)）",
            en: "not valid YAML here (libyaml: \(message))",
            hintZh: "检查这一行和上一行的缩进、冒号和引号",
            hintEn: "look at the indentation, colons and quotes of this line and the one above"
        )
    }
}
