public import ReviewModel

/// What people have answered to one of our findings in the file that it was written into.
public struct AnsweredFinding: Sendable, Hashable {
    /// The finding's id, which stood with it in the file.
    public var number: String
    public var replies: [Reply]
    /// Whether somebody has marked it as resolved.
    public var isResolved: Bool

    public struct Reply: Sendable, Hashable {
        /// Empty where the file does not say who it was.
        public var author: String
        public var text: String

        public init(author: String = "", text: String) { (self.author, self.text) = (author, text) }
    }

    public init(number: String, replies: [Reply] = [], isResolved: Bool = false) {
        (self.number, self.replies, self.isResolved) = (number, replies, isResolved)
    }
}

/// What people have answered to findings in a file that came back: in Word's comments, in Excel's conversations, notes and lists.
///
/// One that is resolved proposes a waiver, a reply to one about an adjusted amount is a row of the feedback round, any other reply is told.
/// Nothing of this changes the review: somebody takes it over, or does not.
public struct FindingAnswers {
    /// In what the answers were given, which decides what people are told to do.
    public enum Medium: Sendable, Hashable { case word, workbook }

    private let document: String
    private let locale: Locale
    private let medium: Medium
    private let threads: [Thread]

    /// A finding that is still there with what people have made of it.
    fileprivate struct Thread {
        var finding: LocatedFinding
        var answered: AnsweredFinding
        /// Whether it is about an adjustment of an amount, whose subject names the line.
        var isOfAdjustment: Bool

        /// The words of the last reply, which decide.
        var reason: String { answered.replies.last.map { line($0.text) } ?? "" }
        var name: String { answered.replies.last?.author ?? "" }
        var who: LocalizedText { name.isEmpty ? LocalizedText(zh: "有人", en: "somebody") : LocalizedText(name) }
    }

    /// - Parameters:
    ///   - answered: those without an answer, and of findings that are no longer there, are left out.
    ///   - document: the file's name; of a copy it may be the copy's.
    public init(_ answered: [AnsweredFinding], _ review: Review, document: String, medium: Medium) {
        (self.document, self.medium, locale) = (document, medium, review.locale)
        let open = Dictionary(review.openFindings.map { ($0.id, $0) }) { first, _ in first }
        let adjusted = Set(review.adjustments.filter { !$0.parts.isEmpty }.map(\.subject))
        threads = answered.compactMap { answer in
            guard let finding = open[answer.number], answer.isResolved || !answer.replies.isEmpty else { return nil }
            return Thread(
                finding: finding,
                answered: answer,
                isOfAdjustment: adjusted.contains(finding.finding.subject)
            )
        }
    }

    // MARK: Findings

    /// One for each thread, at the place of its finding.
    public var findings: [Finding] {
        threads.map { thread in
            var finding =
                thread.answered.isResolved
                ? resolved(thread, waivers, medium)
                : thread.isOfAdjustment ? fedBack(thread, feedback) : answered(thread, medium)
            finding.spots = thread.finding.finding.spots
            return finding
        }
    }

    // MARK: Files

    private var waivers: String { name("waivers") }
    private var feedback: String { name("feedback") }

    private func name(_ kind: String) -> String {
        let original = originalName(document)
        let base = original.lastIndex(of: ".").map { original[..<$0] } ?? original[...]
        return "\(base).\(kind).yaml"
    }

    /// The lists that a spec can include, by their names: waivers of what was resolved, rows of what was replied to an adjustment.
    public var files: [(name: String, text: String)] {
        let settled = threads.filter(\.answered.isResolved)
        let rows = threads.filter { !$0.answered.isResolved && $0.isOfAdjustment }
        var files: [(String, String)] = []
        if !settled.isEmpty { files.append((waivers, waiverList(settled))) }
        if !rows.isEmpty { files.append((feedback, feedbackList(rows))) }
        return files
    }

    private func waiverList(_ threads: [Thread]) -> String {
        var text = comment(waiverHead(waivers)(locale))
        for thread in threads {
            text += comment("\(thread.finding.finding.rule)  \(line(thread.finding.finding.message(locale)))")
            text += "- id: \(scalar(thread.finding.id))\n  reason: \(scalar(thread.reason))\n"
            text += "  approver: \(scalar(thread.name))"
            text += thread.name.isEmpty || thread.reason.isEmpty ? "  # \(fillIn(locale))\n" : "\n"
        }
        return text
    }

    private func feedbackList(_ threads: [Thread]) -> String {
        var text = comment(feedbackHead(feedback)(locale))
        for thread in threads {
            text += comment(line(thread.finding.finding.message(locale)))
            text += "- line: \(scalar(thread.finding.finding.subject))\n"
            text += "  reply: \(scalar(thread.answered.replies.map { line($0.text) }.joined(separator: " ")))\n"
        }
        return text
    }

    private func comment(_ text: String) -> String {
        // Also where a line ends by other signs: what stood behind them would be YAML.
        text.split(whereSeparator: \.isNewline).map { "# \(String($0).withVisibleControls)\n" }.joined()
    }

    /// A text as YAML reads it, whatever is in it; what an editor would act on is escaped.
    private func scalar(_ text: String) -> String {
        var escaped = ""
        for scalar in String(decoding: JSONWriter.line(.text(text)), as: UTF8.self).unicodeScalars {
            if scalar.isActedOn {
                let digits = String(scalar.value, radix: 16)
                escaped += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// One line without control characters, not too long.
private func line(_ text: String) -> String {
    let line = text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
    return line.count <= 800 ? line : line.prefix(799) + "…"
}

// MARK: - Messages

private func resolved(_ thread: FindingAnswers.Thread, _ file: String, _ medium: FindingAnswers.Medium) -> Finding {
    let program = medium == .word ? "Word" : "Excel"
    let why = thread.reason.isEmpty ? "" : "：\(quoted(thread.reason))"
    let whyEnglish = thread.reason.isEmpty ? "" : ": \(quoted(thread.reason))"
    return Finding(
        rule: "comments/waiver-proposed",
        severity: .info,
        message: LocalizedText(
            zh: "\(thread.who.zh)已将批注标为解决\(why)（\(thread.finding.finding.message.zh)）",
            en:
                "\(thread.who.en) has marked the comment as resolved\(whyEnglish) (\(thread.finding.finding.message.en))"
        ),
        subject: thread.finding.id,
        hint: LocalizedText(
            zh: "同意豁免，则请维护 spec.yaml 的人写上 waivers: !include \(file)，或复制其中条目；不同意则在 \(program) 中重新打开该批注",
            en:
                "to let it stand, have whoever keeps spec.yaml write waivers: !include \(file), or copy its entry; else open the comment again in \(program)"
        )
    )
}

private func fedBack(_ thread: FindingAnswers.Thread, _ file: String) -> Finding {
    Finding(
        rule: "comments/feedback",
        severity: .info,
        message: LocalizedText(
            zh: "\(thread.who.zh)就\(quoted(thread.finding.finding.subject))答复：\(quoted(thread.reason))",
            en: "\(thread.who.en) replies about \(quoted(thread.finding.finding.subject)): \(quoted(thread.reason))"
        ),
        subject: thread.finding.finding.subject,
        hint: LocalizedText(
            zh: "同意后把该意见填入“反馈意见”表，再填“评审答复”和“最终金额”（\(file) 中有现成的行，可并入 YAML 的 feedback）",
            en:
                "take the reply into the table of the feedback round, with the answer and the amount in the end (\(file) has the row, for feedback: in YAML)"
        )
    )
}

private func answered(_ thread: FindingAnswers.Thread, _ medium: FindingAnswers.Medium) -> Finding {
    let hint =
        switch medium {
        case .word:
            LocalizedText(
                zh: "答复成立则改正文，或将批注标为解决以提出豁免",
                en: "if the answer holds, correct the text, or resolve the comment to propose a waiver"
            )
        case .workbook:
            LocalizedText(
                zh:
                    "答复成立则改正单元格；要豁免，在该单元格的批注（对话）中写明理由并标为解决，或请维护 spec.yaml 的人在 waivers 下写 id: \(thread.finding.id)、理由（reason）和批准人（approver）",
                en:
                    "if the answer holds, correct the cell; to let it stand, say why in the conversation at the cell and resolve it, or have whoever keeps spec.yaml write id: \(thread.finding.id), reason and approver under waivers"
            )
        }
    return Finding(
        rule: "comments/answered",
        severity: .info,
        message: LocalizedText(
            zh: "\(thread.who.zh)答复批注：\(quoted(thread.reason))（\(thread.finding.finding.message.zh)）",
            en: "\(thread.who.en) answers the comment: \(quoted(thread.reason)) (\(thread.finding.finding.message.en))"
        ),
        subject: thread.finding.id,
        hint: hint
    )
}

private func waiverHead(_ file: String) -> LocalizedText {
    LocalizedText(
        zh: "批注中已标为解决的问题。逐条核对后，在 spec.yaml 中写：waivers: !include \(file)",
        en: "What was resolved in the comments. Look at each entry, then write in spec.yaml: waivers: !include \(file)"
    )
}

private func feedbackHead(_ file: String) -> LocalizedText {
    LocalizedText(
        zh: "批注中的答复。用工作簿的，填入“反馈意见”表；用 YAML 的，补上 answer 和 final_amount 后，在 tables 中写：feedback: !include \(file)",
        en:
            "Replies to comments. In a workbook, write them on the sheet of the feedback round; in YAML fill in answer and final_amount, then write under tables: feedback: !include \(file)"
    )
}

private let fillIn = LocalizedText(zh: "请补写理由和批准人", en: "say why, and who approves")
