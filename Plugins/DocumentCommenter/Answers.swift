import Groundwork
import OfficeFiles
import ReviewModel

/// What people have answered to comments of ours in the file: in Word's comments, they resolve one or reply to it.
///
/// One that is resolved proposes a waiver, a reply to one about a deduction is a row of the feedback round, any other reply is told.
/// Nothing of this changes the review: somebody takes it over, or does not.
struct Answers {
    let document: String
    let locale: Locale
    private let threads: [Thread]

    /// A comment of ours with what people have made of it.
    struct Thread {
        var finding: LocatedFinding
        var replies: [WordComment]
        var isResolved: Bool
        /// Whether it is about a deduction, an increase or a deferral, whose subject names the line.
        var isOfAdjustment: Bool

        /// The words of the last reply, which decide.
        var reason: String { replies.last.map { line($0.text) } ?? "" }
        var name: String { replies.last?.author ?? "" }
    }

    /// - Parameter own: the comments of ours in the file, with the findings' ids.
    init(
        _ own: [(finding: String, comment: WordComment)],
        in comments: [WordComment],
        _ review: Review,
        document: String
    ) {
        (self.document, locale) = (document, review.locale)
        let open = Dictionary(review.openFindings.map { ($0.id, $0) }) { first, _ in first }
        let adjusted = Set(review.adjustments.filter { !$0.parts.isEmpty }.map(\.subject))
        let authors = Set(own.map(\.comment.author))
        threads = own.compactMap { number, comment in
            guard let finding = open[number] else { return nil }
            let replies = comments.filter { $0.answers == comment.id && !authors.contains($0.author) }
            guard comment.isResolved || !replies.isEmpty else { return nil }
            return Thread(
                finding: finding,
                replies: replies,
                isResolved: comment.isResolved,
                isOfAdjustment: adjusted.contains(finding.finding.subject)
            )
        }
    }

    // MARK: Findings

    /// One for each thread, at the place of its finding.
    var findings: [Finding] {
        threads.map { thread in
            var finding =
                thread.isResolved
                ? resolved(thread, waivers) : thread.isOfAdjustment ? fedBack(thread, feedback) : answered(thread)
            finding.spots = thread.finding.finding.spots
            return finding
        }
    }

    // MARK: Files

    var waivers: String { name("waivers") }
    var feedback: String { name("feedback") }

    private func name(_ kind: String) -> String {
        let original = originalName(document)
        let base = original.lastIndex(of: ".").map { original[..<$0] } ?? original[...]
        return "\(base).\(kind).yaml"
    }

    /// The lists that a spec can include, by their names: waivers of what was resolved, rows of what was replied to a deduction.
    var files: [(name: String, text: String)] {
        let settled = threads.filter(\.isResolved)
        let rows = threads.filter { !$0.isResolved && $0.isOfAdjustment }
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
            text += "  reply: \(scalar(thread.replies.map { line($0.text) }.joined(separator: " ")))\n"
        }
        return text
    }

    private func comment(_ text: String) -> String {
        text.split(separator: "\n").map { "# \($0)\n" }.joined()
    }

    /// A text as YAML reads it, whatever is in it.
    private func scalar(_ text: String) -> String { String(decoding: JSONWriter.line(.text(text)), as: UTF8.self) }
}

/// One line without control characters, not too long.
private func line(_ text: String) -> String {
    let line = text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
    return line.count <= 800 ? line : line.prefix(799) + "…"
}

// MARK: - Messages

private func resolved(_ thread: Answers.Thread, _ file: String) -> Finding {
    let who = thread.name.isEmpty ? LocalizedText(zh: "有人", en: "somebody") : LocalizedText(thread.name)
    let why = thread.reason.isEmpty ? "" : "：\(quoted(thread.reason))"
    let whyEnglish = thread.reason.isEmpty ? "" : ": \(quoted(thread.reason))"
    return Finding(
        rule: "comments/waiver-proposed",
        severity: .info,
        message: LocalizedText(
            zh: "\(who.zh)已将批注标为解决\(why)（\(thread.finding.finding.message.zh)）",
            en: "\(who.en) has marked the comment as resolved\(whyEnglish) (\(thread.finding.finding.message.en))"
        ),
        subject: thread.finding.id,
        hint: LocalizedText(
            zh: "同意则在 spec 中写 waivers: !include \(file)，或复制其中条目；不同意则在 Word 中重新打开该批注",
            en:
                "to let it stand, write waivers: !include \(file) in the spec, or copy its entry; else open the comment again in Word"
        )
    )
}

private func fedBack(_ thread: Answers.Thread, _ file: String) -> Finding {
    Finding(
        rule: "comments/feedback",
        severity: .info,
        message: LocalizedText(
            zh: "\(thread.name)就\(quoted(thread.finding.finding.subject))答复：\(quoted(thread.reason))",
            en: "\(thread.name) replies about \(quoted(thread.finding.finding.subject)): \(quoted(thread.reason))"
        ),
        subject: thread.finding.finding.subject,
        hint: LocalizedText(
            zh: "可把 \(file) 中的行并入 feedback 表，再填写 answer 和 final_amount",
            en: "take the row of \(file) into the table feedback, and fill in answer and final_amount"
        )
    )
}

private func answered(_ thread: Answers.Thread) -> Finding {
    Finding(
        rule: "comments/answered",
        severity: .info,
        message: LocalizedText(
            zh: "\(thread.name)答复批注：\(quoted(thread.reason))（\(thread.finding.finding.message.zh)）",
            en: "\(thread.name) answers the comment: \(quoted(thread.reason)) (\(thread.finding.finding.message.en))"
        ),
        subject: thread.finding.id,
        hint: LocalizedText(
            zh: "答复成立则改正文，或将批注标为解决以提出豁免",
            en: "if the answer holds, correct the text, or resolve the comment to propose a waiver"
        )
    )
}

private func waiverHead(_ file: String) -> LocalizedText {
    LocalizedText(
        zh: "批注中已标为解决的问题。逐条核对后，在 spec 中写：waivers: !include \(file)",
        en: "What was resolved in the comments. Look at each entry, then write in the spec: waivers: !include \(file)"
    )
}

private func feedbackHead(_ file: String) -> LocalizedText {
    LocalizedText(
        zh: "批注中的答复。补上 answer 和 final_amount 后，在 spec 的 tables 中写：feedback: !include \(file)",
        en:
            "Replies to comments. Fill in answer and final_amount, then write under tables in the spec: feedback: !include \(file)"
    )
}

private let fillIn = LocalizedText(zh: "请补写理由和批准人", en: "say why, and who approves")
