package import ReviewModel
internal import SpecLoading

let isUnchanged = LocalizedText(zh: "未变化，沿用上次的评审", en: "unchanged; the review that there is stands")
let isIncomplete = LocalizedText(zh: "评审不完整", en: "the review is incomplete")
let unreadable = LocalizedText(zh: "无法读取", en: "it cannot be read")
let changedMeanwhile = LocalizedText(
    zh: "spec 的 id 在批量评审期间被改动；请重新运行",
    en: "the spec's id was changed while the batch was on its way; run it again"
)

func mistakes(_ first: Diagnostic, _ count: Int) -> LocalizedText {
    let (moreZh, moreEn) = count > 1 ? ("（共 \(count) 处错误）", " (\(count) errors in all)") : ("", "")
    return LocalizedText(
        zh: "\(first.place)：\(first.message.zh)\(moreZh)",
        en: "\(first.place): \(first.message.en)\(moreEn)"
    )
}

func doubledID(_ id: String, _ spec: String, _ others: [String]) -> LocalizedText {
    let list = others.joined(separator: ", ")
    return LocalizedText(
        zh: "\(spec) 与 \(list) 的 id 都是\(quoted(id))，评审会互相覆盖；请改成不同的 id",
        en:
            "\(spec) and \(list) have the same id, \(quoted(id)), and would write over one another; give them different ids"
    )
}

func notRead(_ book: String, _ files: [String]) -> Diagnostic.Wording {
    let list = files.joined(separator: ", ")
    return Diagnostic.Wording(
        zh: "不读取 \(book)；它读取的是：\(list)",
        en: "\(book) is not read; these are: \(list)"
    )
}

package func unknownFormat(_ format: String, _ known: [String]) -> LocalizedText {
    let list = known.joined(separator: ", ")
    return LocalizedText(
        zh: "没有插件能写格式\(quoted(format))；可用的有：\(list)",
        en: "no renderer of the spec writes \(quoted(format)); there are: \(list)"
    )
}

func explanation(_ reason: ReviewRecord.Reason) -> LocalizedText {
    switch reason {
    case .noRecord: LocalizedText(zh: "没有上次完整评审的记录", en: "no whole review is on record")
    case .outputChanged(let path):
        LocalizedText(zh: "\(path) 已被改动或不在了", en: "\(path) was changed, or is gone")
    case .changed(let source): changed(source)
    }
}

func changed(_ source: Surroundings.Source) -> LocalizedText {
    let name = source.name
    return switch source.kind {
    case .host: LocalizedText(zh: "pingshen 本身已更换", en: "pingshen itself is another")
    case .options: LocalizedText(zh: "--format、--locale 或 --sandbox 不同", en: "--format, --locale or --sandbox differ")
    case .environment:
        LocalizedText(
            zh: "交给插件的环境变量不同（PATH、LANG、TZ、LC_*）",
            en: "the variables that plugins get differ (PATH, LANG, TZ, LC_*)"
        )
    case .file: LocalizedText(zh: "\(name) 已被改动", en: "\(name) was changed")
    case .lock: LocalizedText(zh: "\(name) 所受的插件锁不同", en: "the plugin locks that \(name) is under differ")
    case .plugin:
        LocalizedText(
            zh: "插件\(quoted(Surroundings.pluginName(of: source)))已更换",
            en: "the plugin \(quoted(Surroundings.pluginName(of: source))) is another"
        )
    }
}
