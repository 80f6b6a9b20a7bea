import BudgetReview
import ReviewModel

/// A number that the words before it make another figure of than it is.
func mismatch(_ number: ProseNumber, _ figures: [ProseFigure], in text: DossierText) -> Finding {
    let quote = quotation(of: number, in: text.text)
    let figure = figures[0]
    let (expected, difference) = (number.printed(figure.value), number.difference(from: figure.value))
    let parts = figure.parts.map { "\($0.name) \($0.unit.exact($0.value))" }.joined(separator: "、")
    let (made, madeOf) = parts.isEmpty ? ("", "") : ("：\(parts)", ": \(parts)")
    var finding = Finding(
        rule: "prose/mismatch",
        severity: .error,
        message: LocalizedText(
            zh: "\"\(quote)\"与\(figure.label.zh)（\(expected)）不一致，相差 \(difference)\(made)",
            en: "\"\(quote)\": \(figure.label.en) is \(expected), a difference of \(difference)\(madeOf)"
        ),
        subject: canonicalText(quote),
        pointers: [text.pointer] + figure.pointers,
        expected: figures.prefix(3).map { number.printed($0.value) }.uniqued().joined(separator: " / "),
        found: number.phrase,
        hint: LocalizedText(zh: "请核对数据来源，更正文字或数据", en: "check where it comes from, and correct the text or the figure")
    )
    finding.difference = difference
    finding.proof = proof(of: figure, number)
    return finding
}

/// A sum in a text that the amounts named with it do not make.
func wrongSum(_ sum: PartSum, _ numbers: [ProseNumber], in text: DossierText) -> Finding {
    let total = numbers[sum.total]
    let parts = sum.parts.map { numbers[$0].phrase }.joined(separator: " + ")
    let made = total.printed(sum.sum)
    var (zh, en) = ("", "")
    if let subset = sum.subset {
        let makers = subset.map { numbers[$0].phrase }.joined(separator: " + ")
        let rest = sum.parts.filter { !subset.contains($0) }.map { numbers[$0].phrase }.joined(separator: "、")
        (zh, en) = ("；\(makers) 即为 \(total.phrase)，未计入 \(rest)", "; \(makers) alone make it, without \(rest)")
    }
    return Finding(
        rule: "prose/sum-of-parts",
        // 包括 may leave some out without saying 等.
        severity: sum.form == .closedList && sum.sum < total.value ? .warning : .error,
        message: LocalizedText(
            zh:
                "\"\(quotation(of: total, in: text.text))\"：所列各项 \(parts) 合计 \(made)，相差 \(total.difference(from: sum.sum))\(zh)",
            en:
                "\"\(quotation(of: total, in: text.text))\": the parts \(parts) make \(made), a difference of \(total.difference(from: sum.sum))\(en)"
        ),
        subject: canonicalText(quotation(of: total, in: text.text)),
        pointers: [text.pointer],
        expected: sum.form == .openList ? "≥ \(made)" : made,
        found: total.phrase,
        hint: LocalizedText(zh: "请更正合计或所列各项", en: "correct the total or its parts")
    )
}

/// A sum in a text that the items it names do not make.
func wrongSum(_ sum: NamedSum, _ number: ProseNumber, in text: DossierText) -> Finding {
    let quote = quotation(of: number, in: text.text)
    let parts = sum.parts.map { "\($0.item.name) \(number.printed($0.item.value))" }
    let made = number.printed(sum.sum)
    let list = { (items: [NamedSum.Item]) in
        items.map { "\($0.name) \(number.printed($0.value))" }.joined(separator: "、")
    }
    var (zh, en) = ("", "")
    if !sum.surplus.isEmpty {
        (zh, en) = (
            "；计入 \(list(sum.surplus)) 才得此数，而文中没有列出", "; it takes \(list(sum.surplus)) to make it, which is not named"
        )
    }
    if !sum.unused.isEmpty {
        (zh, en) = (zh + "；\(list(sum.unused)) 未计入", en + "; \(list(sum.unused)) is not in it")
    }
    var finding = Finding(
        rule: "prose/sum-of-parts",
        severity: .error,
        message: LocalizedText(
            zh:
                "\"\(quote)\"：所列 \(parts.joined(separator: "、")) 合计 \(made)，相差 \(number.difference(from: sum.sum))\(zh)",
            en:
                "\"\(quote)\": the parts named, \(parts.joined(separator: ", ")), make \(made), a difference of \(number.difference(from: sum.sum))\(en)"
        ),
        subject: canonicalText(quote),
        pointers: [text.pointer] + (sum.parts.map(\.item) + sum.surplus).flatMap(\.pointers),
        expected: made,
        found: number.phrase,
        hint: LocalizedText(zh: "请更正合计，或写明所含各项", en: "correct the sum, or name everything that is in it")
    )
    finding.difference = number.difference(from: sum.sum)
    finding.proof = Proof(
        (sum.parts.map(\.item) + sum.surplus).map { item in
            Proof.Figure(LocalizedText(item.name), number.printed(item.value), at: item.pointers.first)
        },
        calculation: sum.parts.map { number.printed($0.item.value) }.joined(separator: " + ")
            + " = \(made) ≠ \(number.phrase)"
    )
    return finding
}

/// The numbers of one text that no figure bears out and that nothing contradicts.
func notBound(_ numbers: [(number: ProseNumber, nearest: ProseFigure?)], in text: DossierText) -> Finding {
    let shown = numbers.prefix(6)
    let more = numbers.count - shown.count
    let zh = shown.map { number, nearest in
        number.phrase + (nearest.map { "（最接近：\($0.label.zh) \(number.printed($0.value))）" } ?? "")
    }
    let en = shown.map { number, nearest in
        number.phrase + (nearest.map { " (nearest: \($0.label.en) \(number.printed($0.value)))" } ?? "")
    }
    return Finding(
        rule: "prose/unbound",
        severity: .info,
        message: LocalizedText(
            zh: "文字中的 \(zh.joined(separator: "、"))\(more > 0 ? " 等 \(numbers.count) 个数" : "")没有对应的数据",
            en: "no figure bears out \(en.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")"
        ),
        subject: text.pointer.dotted,
        pointers: [text.pointer],
        found: shown.map(\.number.phrase).joined(separator: " / "),
        hint: LocalizedText(zh: "如由计算得出，请写明来源", en: "if it was computed, say from what")
    )
}

extension Array where Element: Hashable {
    /// The elements without those that came before.
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

/// What a sum or a mean was made of; `nil` for a figure that stands in the dossier as it is.
private func proof(of figure: ProseFigure, _ number: ProseNumber) -> Proof? {
    if figure.parts.isEmpty { return nil }
    let pointers = figure.pointers.count == figure.parts.count ? figure.pointers : []
    let terms = figure.parts.map { $0.unit.exact($0.value) }.joined(separator: " + ")
    let expected = number.printed(figure.value)
    let calculation =
        switch figure.making {
        case .mean: "(\(terms)) ÷ \(figure.parts.count) = \(expected) ≠ \(number.phrase)"
        case .sum: "\(terms) = \(expected) ≠ \(number.phrase)"
        case .stated, .difference, .ratio: ""
        }
    return Proof(
        figure.parts.enumerated().map { index, part in
            let pointer = pointers.indices.contains(index) ? pointers[index] : nil
            return Proof.Figure(LocalizedText(part.name), part.unit.exact(part.value), at: pointer)
        },
        calculation: calculation
    )
}
