/// A hint that names the word among `known` that was probably meant, or lists a few that exist, nearest first; `nil` for none. A
/// word with a character in it that only looks right has that named.
public func suggestion(for word: String, among known: [String]) -> LocalizedText? {
    if let meant = slip(in: word, among: known) { return meant }
    guard !known.isEmpty, known.count <= 12 else { return nil }
    let list = listed(Set(known).sortedByNearness(to: word))
    return LocalizedText(zh: "可用的有：\(list)", en: "known here: \(list)")
}

/// The same where the words that exist are listed already.
public func slip(in word: String, among known: [String]) -> LocalizedText? {
    if let odd = oddCharacterHint(in: word) {
        let plain = word.withPlainCharacters
        if known.contains(plain) { return odd }
        let bare = plain.drop { $0 == "\"" || $0 == "'" }
        if bare.count < plain.count, known.contains(String(bare.prefix { $0 != "\"" && $0 != "'" })) { return odd }
        let parts = plain.split(whereSeparator: { $0 == "," || $0 == ";" }).map { $0.drop { $0 == " " } }
        if parts.count > 1, parts.allSatisfy({ known.contains(String($0)) }) {
            let name = word.firstOddCharacter { [",", ";"].contains($0.plain) }?.character.name
            return name.map {
                LocalizedText(
                    zh: "其中有\($0.zh)，各项之间写半角逗号加空格\", \"",
                    en: "it has \($0.en) in it; items are parted by a plain comma and a space \", \""
                )
            }
        }
    }
    return meantWord(word, among: known).map {
        LocalizedText(zh: "是不是\(quoted($0))？", en: "did you mean \(quoted($0))?")
    }
}

/// The word among `known` that was probably meant by another: a mistyped one, or what people call it every day.
public func meantWord(_ word: String, among known: [String]) -> String? {
    // `cn` is nearer to `en` by its letters alone.
    everydayWords[word.lowercased()]?.first(where: known.contains) ?? nearest(to: word, among: known)
}

/// The words of what is one word to YAML, and several to its writer: `A，B，C`, `甲、乙`; `nil` for anything else.
public func joinedWords(in text: String) -> [String]? {
    guard text.utf8.count <= 400, text.contains(where: { "，、；".contains($0) }) else { return nil }
    let words = text.split(whereSeparator: { "，、；,;".contains($0) }).map { word in
        String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    return words.count > 1 && words.allSatisfy({ !$0.isEmpty }) ? words : nil
}

extension Set<String> {
    /// The words that begin alike first, the longer what they share the earlier, then the others by the alphabet.
    package func sortedByNearness(to word: String) -> [String] {
        func shared(_ other: String) -> Int {
            zip(word.lowercased().unicodeScalars, other.lowercased().unicodeScalars).prefix { $0 == $1 }.count
        }
        return sorted().enumerated().sorted {
            (-shared($0.element), $0.offset) < (-shared($1.element), $1.offset)
        }.map(\.element)
    }
}

/// The word among `known` that a mistyped one most likely meant, or `nil` when none is near.
///
/// Near means at most a third of the word's length in edits (insertions, deletions, replacements, swaps of neighbours),
/// at least 1, and fewer than the word has letters; letter case does not count. Of equally near words the first wins. Of very
/// many only the first 2,000 are looked at, and none for a word of over 100 letters: a hint must not cost more than the work it
/// is about.
public func nearest(to word: String, among known: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars.prefix(longestWord + 1))
    guard letters.count <= longestWord else { return nil }
    var best: String?
    var allowed = min(max(1, letters.count / 3), letters.count - 1)
    // A word of one letter shares nothing with what it might have meant, unless only its case is wrong.
    guard allowed >= 0 else { return nil }
    for candidate in known.prefix(spellingCandidates) {
        let other = Array(candidate.lowercased().unicodeScalars.prefix(longestWord * 2))
        guard abs(other.count - letters.count) <= allowed else { continue }
        let distance = editDistance(letters, other)
        guard distance <= allowed else { continue }
        best = candidate
        if distance == 0 { break }
        allowed = distance - 1
    }
    return best
}

/// What people write for a word of a spec, in their own language or in that of another program.
private let everydayWords: [String: [String]] = [
    "数字": ["decimal"], "小数": ["decimal"], "number": ["decimal"], "numeric": ["decimal"], "float": ["decimal"],
    "double": ["decimal"], "整数": ["integer"], "int": ["integer"], "文本": ["text"], "文字": ["text"], "字符串": ["text"],
    "string": ["text"], "str": ["text"], "varchar": ["text"], "日期": ["date"], "时间": ["date"], "datetime": ["date"],
    "布尔": ["boolean"], "是否": ["boolean"], "bool": ["boolean"], "列表": ["texts"], "list": ["texts"],
    "array": ["texts"], "提示": ["info"], "信息": ["info"], "note": ["info"], "hint": ["info"], "警告": ["warning"],
    "提醒": ["warning"], "warn": ["warning"], "错误": ["error"], "阻断": ["blocker"], "严重": ["blocker"],
    "critical": ["blocker"], "fatal": ["blocker"], "平均": ["mean"], "平均值": ["mean"], "平均数": ["mean"], "均值": ["mean"],
    "avg": ["mean"], "average": ["mean"], "截尾平均": ["trimmed-mean"], "截尾均值": ["trimmed-mean"], "修剪平均": ["trimmed-mean"],
    "去掉最高最低": ["trimmed-mean"], "去掉最高分和最低分": ["trimmed-mean"], "trimmed": ["trimmed-mean"], "中位数": ["median"],
    "求和": ["sum"], "总和": ["sum"], "合计": ["sum"],
    "add": ["sum"], "total": ["sum"], "最差": ["weakest"], "最低": ["weakest"], "min": ["weakest"],
    "minimum": ["weakest"], "worst": ["weakest"], "中文": ["zh"], "cn": ["zh"], "rmb": ["CNY"],
    "人民币": ["CNY"], "英文": ["en"], "english": ["en"], "chinese": ["zh"],
    "追加": ["append"], "替换": ["replace"], "名称": ["name", "title"], "名字": ["name"], "标题": ["title", "name"],
    "编号": ["code", "id"], "代码": ["code", "id"], "分值": ["max"], "满分": ["max"], "最高分": ["max"], "权重": ["weight"],
    "等级": ["level", "levels"], "档次": ["level", "levels"], "指标": ["items"], "评分点": ["criteria"], "结论": ["bands"],
    "分档": ["bands"], "区间": ["range"], "比例": ["share"], "分数": ["points"], "得分": ["points"], "评分人": ["rater"],
    "原因": ["reason"], "理由": ["reason"], "类型": ["type"], "单位": ["unit"], "必填": ["required"], "取值": ["values"],
    "字段": ["fields"], "表": ["tables", "table"], "列": ["columns"], "行": ["rows"], "条件": ["when"],
    "步骤": ["pipeline", "step"], "or": ["any"], "或": ["any"], "and": ["all"], "且": ["all"], "if": ["when"],
    "如果": ["when"], "关": ["off"], "关闭": ["off"], "停用": ["off"],
    "表单": ["form"], "插件": ["plugins", "use"], "规则": ["rules"], "说明": ["message", "note"], "查询": ["query"],
]

private let spellingCandidates = 2000
private let longestWord = 100

/// The optimal string alignment distance, by three rows of the usual table.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var (beforeLast, last) = ([Int](), Array(0...right.count))
    for i in 1...left.count {
        var row = [i]
        row.reserveCapacity(right.count + 1)
        for j in 1...right.count {
            let replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
            var cost = min(replaced, last[j] + 1, row[j - 1] + 1)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                cost = min(cost, beforeLast[j - 2] + 1)
            }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[right.count]
}
