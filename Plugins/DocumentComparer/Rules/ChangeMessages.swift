import ReviewModel

// What the rules say: Chinese and English side by side.

extension Change {
    var message: LocalizedText {
        switch kind {
        case .figure: figureMessage
        case .notation:
            LocalizedText(
                zh: "\(context.words.zh)数字换了写法：\(old) 写作 \(new)，大小未变",
                en: "\(context.words.en)the figure \(old) is written \(new), which is the same"
            )
        case .meaning: replaced(zh: "关键词被改动", en: "a word of meaning was changed")
        case .name: replaced(zh: "名称被改动", en: "a name was changed")
        case .wording: replaced(zh: "文字被改动", en: "wording was changed")
        case .added(let part):
            LocalizedText(
                zh: "增加了\(part.name.zh)：\"\(clipped(new))\"",
                en: "a \(part.name.en) was added: \"\(clipped(new))\""
            )
        case .filled:
            LocalizedText(
                zh: "填写了\(context.row.filter { $0 != "：" && $0 != ":" })：\"\(clipped(new))\"",
                en: "\(context.row.filter { $0 != "：" && $0 != ":" }) was filled in: \"\(clipped(new))\""
            )
        case .removed(let part):
            LocalizedText(
                zh: "删去了\(part.name.zh)：\"\(clipped(old))\""
                    + (behind.isEmpty ? "" : "，原在\"\(clipped(behind, 40))\"之后"),
                en: "a \(part.name.en) was left out: \"\(clipped(old))\""
                    + (behind.isEmpty ? "" : ", which stood behind \"\(clipped(behind, 40))\"")
            )
        case .hidden:
            LocalizedText(
                zh: "有不显示、不打印的隐藏文字：\"\(clipped(new))\"",
                en: "there is hidden text, which nobody sees: \"\(clipped(new))\""
            )
        case .moved(.table) where isGrave:
            LocalizedText(
                zh: "表格换到了别的标题之下：原为\"\(clipped(old, 40))\"，现在\"\(clipped(new, 40))\"之下",
                en: "a table stands under another caption: \"\(clipped(old, 40))\" is now under \"\(clipped(new, 40))\""
            )
        case .moved(let part):
            LocalizedText(
                zh: "\(part.name.zh)换了位置：\"\(clipped(new, 40))\"",
                en: "a \(part.name.en) was moved: \"\(clipped(new, 40))\""
            )
        case .doubled(let part):
            LocalizedText(
                zh: "\(part.name.zh)出现了两次：\"\(clipped(new, 60))\"",
                en: "a \(part.name.en) stands there twice: \"\(clipped(new, 60))\""
            )
        case .proposed: proposal
        }
    }

    private var figureMessage: LocalizedText {
        let (zh, en) = context.words
        if old.isEmpty { return LocalizedText(zh: "\(zh)增加了数字 \(new)", en: "\(en)the figure \(new) was added") }
        if new.isEmpty { return LocalizedText(zh: "\(zh)删去了数字 \(old)", en: "\(en)the figure \(old) was taken out") }
        return LocalizedText(zh: "\(zh)数字由 \(old) 改为 \(new)", en: "\(en)the figure \(old) became \(new)")
    }

    private func replaced(zh what: String, en: String) -> LocalizedText {
        let words = context.words
        let (was, now) = (clipped(old), clipped(new))
        if old.isEmpty {
            return LocalizedText(zh: "\(words.zh)\(what)：增加了\"\(now)\"", en: "\(words.en)\(en): \"\(now)\" was added")
        }
        if new.isEmpty {
            return LocalizedText(
                zh: "\(words.zh)\(what)：删去了\"\(was)\"",
                en: "\(words.en)\(en): \"\(was)\" was taken out"
            )
        }
        return LocalizedText(
            zh: "\(words.zh)\(what)：\"\(was)\"改为\"\(now)\"",
            en: "\(words.en)\(en): \"\(was)\" became \"\(now)\""
        )
    }

    private var proposal: LocalizedText {
        let (was, now) = (clipped(old), clipped(new))
        let (byZh, byEn) = author.isEmpty ? ("", "") : ("\(clipped(author, 40)) ", " by \(clipped(author, 40))")
        if old.isEmpty {
            return LocalizedText(zh: "修订：\(byZh)建议增加\"\(now)\"", en: "proposed\(byEn): to add \"\(now)\"")
        }
        if new.isEmpty {
            return LocalizedText(zh: "修订：\(byZh)建议删去\"\(was)\"", en: "proposed\(byEn): to take out \"\(was)\"")
        }
        return LocalizedText(
            zh: "修订：\(byZh)建议把\"\(was)\"改为\"\(now)\"",
            en: "proposed\(byEn): \"\(now)\" for \"\(was)\""
        )
    }
}

extension Change.Part {
    var name: LocalizedText {
        switch self {
        case .paragraph: LocalizedText(zh: "段落", en: "paragraph")
        case .sentence: LocalizedText(zh: "句子", en: "sentence")
        case .row: LocalizedText(zh: "表格行", en: "row")
        case .column: LocalizedText(zh: "表格列", en: "column")
        case .cell: LocalizedText(zh: "单元格", en: "cell")
        case .table: LocalizedText(zh: "表格", en: "table")
        }
    }
}

extension Change.Context {
    /// For the beginning of a sentence: the row and the column, or the words around.
    var words: (zh: String, en: String) {
        let (row, column) = (clipped(row, 30), clipped(column, 30))
        if !row.isEmpty || !column.isEmpty {
            let parts = [row, column].filter { !$0.isEmpty }.map { "\"\($0)\"" }
            return (parts.joined(separator: "") + "：", parts.joined(separator: ", ") + ": ")
        }
        return sentence.isEmpty ? ("", "") : ("\"…\(clipped(sentence, 60))…\"中：", "in \"…\(clipped(sentence, 60))…\": ")
    }
}

/// The next step.
func hint(_ kind: Change.Kind) -> LocalizedText? {
    switch kind {
    case .figure, .meaning:
        LocalizedText(
            zh: "如改得对，请在评审数据中修改并重新生成报告；否则改回",
            en: "if it is right, change the review's data and write the report anew; if not, change it back"
        )
    case .proposed:
        LocalizedText(zh: "签发前请接受或拒绝全部修订", en: "accept or refuse every tracked change before the report is signed")
    default: nil
    }
}
