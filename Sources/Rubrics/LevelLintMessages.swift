internal import ReviewModel

// What the lint says about levels, tables of levels and conditions on them.

func nothingToFollow(from code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "aggregate-of-nothing",
        "\"\(code)\"没有下级，写了 aggregate 也无从得出",
        "\"\(code)\" has no parts for its `aggregate` to follow from",
        at: pointer,
        help: LocalizedText(zh: "请补上 items 或 criteria，或删去 aggregate", en: "add items or criteria, or remove aggregate")
    )
}

func weakestOfNoLevels(_ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "weakest-of-no-levels",
        "\"\(code)\"的下级只有分数，没有档次，weakest 无从比较",
        "the parts of \"\(code)\" have points and no levels, and weakest compares levels",
        at: pointer,
        help: LocalizedText(
            zh: "请给下级写 scale（档次），或用 sum、mean",
            en: "give the parts a scale of levels, or use sum or mean"
        )
    )
}

func neverBoth(_ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "never-both",
        "条件要求\"\(code)\"同时是不同的档次，永远不成立",
        "the condition asks \"\(code)\" to have two different levels at once, and never holds",
        at: pointer,
        severity: .warning,
        help: LocalizedText(
            zh: "两者之一即可的写 any，或写 level: [A, B]",
            en: "where one of them is enough write any, or level: [A, B]"
        )
    )
}

func ratingMissing(
    _ code: String,
    _ given: [String],
    _ scales: [String: RubricScale],
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    let fitting = scales.keys.sorted().first { name in
        given.allSatisfy { scales[name]?.level($0) != nil }
    }
    let levels = Set(given).sorted().prefix(6).joined(separator: " / ")
    return rubricDiagnostic(
        "rating-missing",
        "对照表得出的等级（\(levels)）不是下级的档次，\"\(code)\"须用 rating 写明是哪一套等级",
        "the table gives \(levels), which are no levels of the parts: \"\(code)\" needs a rating, the scale of its result",
        at: pointer,
        help: LocalizedText(
            zh: "请补上 rating: \(fitting ?? "…")，与 aggregate 同级",
            en: "add rating: \(fitting ?? "…") beside aggregate"
        )
    )
}

func otherScale(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "other-scale",
        "\"\(node.code)\"与上级的档次不同，无法比较",
        "\"\(node.code)\" has other levels than the node above, so they cannot be compared",
        at: node.pointer,
        help: LocalizedText(zh: "请用同一个 scale，或写 table", en: "use one scale for both, or a table")
    )
}

func weakestOfPoints(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "weakest-of-points",
        "各项分值不同，取最差档次（weakest）得不出总分",
        "the items are worth different points: the weakest of their levels gives no total",
        at: pointer,
        help: LocalizedText(
            zh: "请给各项相同的 max，或写 rating（总评的等级），或用 sum、mean",
            en: "give them one max, or the whole a rating of levels without a share, or use sum or mean"
        )
    )
}

func withoutPlus(_ level: String) -> LocalizedText {
    LocalizedText(zh: "weakest-plus 需要档次\"\(level)+\"", en: "weakest-plus needs a level \"\(level)+\"")
}

func noPlus(_ level: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-plus",
        withoutPlus(level).zh,
        withoutPlus(level).en,
        at: pointer,
        help: LocalizedText(zh: "请在\"\(level)\"之前加上它", en: "add it before \"\(level)\"")
    )
}

func unknownLevel(_ name: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "unknown-level",
        "没有档次\"\(name)\"",
        "there is no level \"\(name)\"",
        at: pointer,
        help: severalLevels(name, known) ?? suggestion(for: name, among: known)
    )
}

/// `Likely & Severe`: another sign between names than the bar.
func tellOfSign(_ name: String, _ parts: [RubricNode], at pointer: JSONPointer) -> ConfigurationDiagnostic? {
    guard ["&", "+", "/", "-", "*", "x", "X", "×", "\\", "and", "or", "与", "和", "，", "、", "｜", "·"].contains(name)
    else {
        return nil
    }
    let example = parts.compactMap { $0.scale.order.first?.name }.joined(separator: " | ")
    return rubricDiagnostic(
        "unknown-level",
        "\"\(name)\"不是档次",
        "\"\(name)\" is no level",
        at: pointer,
        help: LocalizedText(zh: "各档次之间写竖线：\(example)", en: "levels stand between bars: \(example)")
    )
}

/// The known names, of several words some of them, that make up `words`; `nil` where others are among them.
private func names(_ words: ArraySlice<Substring>, among known: [String]) -> [String]? {
    if words.isEmpty { return [] }
    for count in 1...min(words.count, 6) {
        let name = words.prefix(count).joined(separator: " ")
        guard known.contains(name), let rest = names(words.dropFirst(count), among: known) else { continue }
        return [name] + rest
    }
    return nil
}

/// `Good or Outstanding`, `Good Outstanding`, which are two.
private func severalLevels(_ name: String, _ known: [String]) -> LocalizedText? {
    let words = name.split(separator: " ")
    if words.count <= 20, let parts = names(words[...], among: known), parts.count > 1 {
        let list = "level: [\(parts.joined(separator: ", "))]"
        return LocalizedText(zh: "请写 \(list)", en: "write \(list)")
    }
    for word in [" or ", " / ", "或者", "或", "、", "，"] {
        var parts = name.split(separator: word).map { $0.split(separator: " ").joined(separator: " ") }
        parts.removeAll(where: \.isEmpty)
        guard parts.count > 1, parts.allSatisfy(known.contains) else { continue }
        let list = "level: [\(parts.joined(separator: ", "))]"
        return LocalizedText(zh: "请写 \(list)", en: "write \(list)")
    }
    return nil
}

func unknownCode(_ code: String, known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "unknown-code",
        "没有指标\"\(code)\"",
        "there is no item \"\(code)\"",
        at: pointer,
        help: suggestion(for: code, among: known)
    )
}

func tieOfLetters(_ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "tie-of-letters",
        "\"\(code)\"没有分值，不能用来区分总分相同者",
        "\"\(code)\" has no points to tell equal ones apart by",
        at: pointer,
        help: LocalizedText(zh: "请写有分值的指标", en: "name an item with points")
    )
}

func tableGap(_ combination: String, written: String?, isTable: Bool, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let order =
        isTable
        ? LocalizedText(zh: "table 的字母按从好到差排列", en: "in a table the letters stand best first")
        : LocalizedText(zh: "matrix 的按下级的次序排列", en: "in a matrix they stand in the order of the parts")
    let help =
        written.map {
            LocalizedText(
                zh: "表中写的是\"\($0)\"；\(order.zh)，请写成\"\(combination)\"",
                en: "the table has \"\($0)\"; \(order.en): write \"\(combination)\""
            )
        } ?? LocalizedText(zh: "请补上；\(order.zh)", en: "add it; \(order.en)")
    return rubricDiagnostic(
        "table-gap",
        "对照表没有\"\(combination)\"",
        "the table has no entry for \"\(combination)\"",
        at: pointer,
        help: help
    )
}

func gapOfRest(_ part: String, _ rest: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "table-gap-of-rest",
        "\"\(part)\"可以不适用，而对照表没有余下的\"\(rest)\"：那时得不出等级",
        "\"\(part)\" may not apply, and the table has no entry for what is left, \"\(rest)\": nothing follows then",
        at: pointer,
        severity: .warning,
        help: LocalizedText(
            zh: "请补上余下各等级的结果，如 \(rest): …",
            en: "add what follows from the letters that are left, such as \(rest): …"
        )
    )
}

func unusedEntry(_ entry: String, more: Int, isTable: Bool, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let (moreZh, moreEn) = more > 0 ? ("等 \(more + 1) 项", "and \(more) more are") : ("", "is")
    return rubricDiagnostic(
        "unused-entry",
        "对照表的\"\(entry)\"\(moreZh)用不到" + (isTable ? "：table 的字母按从好到差排列" : ""),
        "the entry \"\(entry)\" \(moreEn) never looked up"
            + (isTable ? ": in a table the letters stand best first" : ""),
        at: pointer,
        severity: .warning,
        help: isTable
            ? LocalizedText(zh: "下级的次序有区别的，请写 matrix", en: "where it matters which part has which, write a matrix")
            : LocalizedText(zh: "请核对，或删去", en: "check it, or remove it")
    )
}

func impossibleLimit(_ code: String, _ percent: ExactDecimal, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let isAlways = percent > 100
    return rubricDiagnostic(
        "impossible-limit",
        "条件\"\(code) 低于 \(percent)%\"\(isAlways ? "总是" : "从不")成立",
        "the condition \"\(code) below \(percent)%\" \(isAlways ? "always" : "never") holds",
        at: pointer,
        help: LocalizedText(zh: "请写 0% 与 100% 之间的比例", en: "give a share between 0% and 100%")
    )
}

func shareOfLetter(_ code: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "share-of-letter",
        "\"\(code)\"只有等级，没有分值，不能写 below",
        "\"\(code)\" has a level and no points to be below a share of",
        at: pointer,
        help: LocalizedText(zh: "请写 level: […]", en: "write level: […]")
    )
}
