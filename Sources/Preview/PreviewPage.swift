internal import Markup
internal import PreviewWire
internal import ReviewModel

/// The page of a preview: what is wrong with the spec, and beneath it the pages of the review, side by side.
///
/// It is whole without its script: who loads it again sees what is new. The script does that by itself, and leaves what somebody
/// reads where it was.
struct PreviewPage {
    /// The spec's path, as it was named.
    var spec: String
    var version: Int
    /// Of what is shown.
    var time: String
    var problems: [Problem]
    var review: ShownReview?
    var locale: Locale

    /// Everything that is served.
    var all: [ServedPage] {
        [
            ServedPage("", "text/html; charset=utf-8", .text(html), .own),
            ServedPage("preview.css", "text/css; charset=utf-8", .text(text(PackageResources.preview_css)), .own),
            ServedPage("preview.js", "text/javascript; charset=utf-8", .text(text(PackageResources.preview_js)), .own),
        ] + (review?.pages ?? [])
    }

    var state: PreviewState {
        PreviewState(
            version: version,
            time: time,
            errors: problems.count(where: \.isError),
            warnings: problems.count { !$0.isError },
            findings: review.flatMap { $0.isEarlier ? nil : $0.counts }
        )
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// How the page looks at a glance.
    private var look: String {
        guard let review else { return version == 0 ? "waiting" : "none" }
        return review.isEarlier ? "stale" : review.isWhole ? "fresh" : "partial"
    }

    private var html: String {
        var page = MarkupWriter(.html)
        let title = review?.name ?? spec
        page.raw("<!DOCTYPE html>\n")
        page.open("html", ["lang": locale == .zh ? "zh-CN" : "en", "data-version": String(version)])
        page.raw(
            "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        )
        page.element("title", text: title + (locale == .zh ? " · 预览" : " · preview"))
        page.raw("<link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"preview.css\">")
        page.raw("<script src=\"preview.js\" defer></script></head>")
        page.open("body", ["class": look])
        header(title, &page)
        if !problems.isEmpty { list(problems, &page) }
        panes(&page)
        page.raw("</body></html>\n")
        return page.markup
    }

    // MARK: Above

    private func header(_ title: String, _ page: inout MarkupWriter) {
        page.raw("<header id=\"head\">")
        page.element("h1", ["title": spec], text: title)
        page.open("p", ["id": "state", "role": "status"])
        page.element("span", text: stateWords(locale))
        page.close("p")
        if let review {
            page.raw("<p id=\"counts\">")
            if let verdict = review.verdict { page.element("span", ["class": "verdict"], text: verdict(locale)) }
            for severity in Severity.allCases.reversed() {
                guard let count = review.counts[severity] else { continue }
                let words = locale == .zh ? "\(severity.name.zh) \(count)" : "\(count) \(severity.name.en)"
                page.element("span", ["class": "s \(severity.rawValue)"], text: words)
            }
            page.raw("</p>")
            links(review, &page)
        }
        page.element("p", ["id": "ended", "hidden": "hidden"], text: hasEnded(locale))
        page.raw("</header>\n")
    }

    private func links(_ review: ShownReview, _ page: inout MarkupWriter) {
        page.raw("<nav>")
        for file in review.files where !file.isPage {
            let attributes: KeyValuePairs = ["href": "review/" + file.path.asAddress, "target": "_blank"]
            page.element("a", attributes, text: file.path)
        }
        page.raw("</nav>")
    }

    private var stateWords: LocalizedText {
        let errors = problems.count(where: \.isError)
        if version == 0 { return isBeginning }
        guard let review else { return errors > 0 ? cannotReview(time, errors) : noReview(time) }
        if review.isEarlier { return earlier(time, max(errors, 1), review.time) }
        return review.isWhole ? upToDate(review.time) : incomplete(review.time)
    }

    private func list(_ problems: [Problem], _ page: inout MarkupWriter) {
        let (errors, warnings) = (problems.count(where: \.isError), problems.count { !$0.isError })
        page.open("details", ["id": "problems", "open": "open", "class": errors > 0 ? "error" : "warning"])
        page.element("summary", text: problemWords(errors, warnings)(locale))
        page.raw("<ol>")
        for problem in problems { item(problem, &page) }
        page.raw("</ol></details>\n")
    }

    private func item(_ problem: Problem, _ page: inout MarkupWriter) {
        page.open("li", ["class": problem.isError ? "error" : "warning"])
        if !problem.place.isEmpty { page.element("code", ["class": "place"], text: problem.place) }
        page.element("p", text: problem.message)
        if let excerpt = problem.excerpt {
            page.open("pre", ["data-line": String(excerpt.number)])
            page.text(excerpt.before)
            page.element("mark", text: excerpt.marked.isEmpty ? " " : excerpt.marked)
            page.text(excerpt.after)
            page.close("pre")
        }
        if let hint = problem.hint { page.element("p", ["class": "hint"], text: hint) }
        if !problem.lines.isEmpty {
            page.element("pre", ["class": "said"], text: problem.lines.joined(separator: "\n"))
        }
        page.close("li")
    }

    // MARK: Below

    private func panes(_ page: inout MarkupWriter) {
        guard let review else { return page.raw("<main id=\"review\" data-review=\"0\"></main>\n") }
        page.open("main", ["id": "review", "data-review": String(review.version)])
        let spreads = review.spreads
        if spreads.count > 1 {
            page.raw("<div class=\"tabs\">")
            for (index, spread) in spreads.enumerated() {
                tab("spread", index, spread.report, isChosen: index == 0, &page)
            }
            page.raw("</div>")
        }
        if spreads.contains(where: { $0.findings != nil }) {
            page.raw("<div class=\"tabs sides\">")
            tab("side", 0, reportTab(locale), isChosen: true, &page)
            tab("side", 1, findingsTab(locale), isChosen: false, &page)
            page.raw("</div>")
        }
        for (index, spread) in spreads.enumerated() {
            page.open("div", ["class": "spread spread-\(index)" + (spread.findings == nil ? " alone" : "")])
            frame(spread.report, "report", review, &page)
            if let findings = spread.findings { frame(findings, "findings", review, &page) }
            page.close("div")
        }
        if spreads.isEmpty { list(review.findings, &page) }
        page.raw("</main>\n")
    }

    private func tab(_ group: String, _ index: Int, _ text: String, isChosen: Bool, _ page: inout MarkupWriter) {
        let id = "\(group)-\(index)"
        page.raw("<input type=\"radio\"")
        for (name, value) in [("name", group), ("id", id)] { page.attribute(name, value) }
        page.raw(isChosen ? " checked>" : ">")
        page.element("label", ["for": id], text: text)
    }

    private func frame(_ path: String, _ side: String, _ review: ShownReview, _ page: inout MarkupWriter) {
        // Another address for each review, so that a browser asks anew.
        let address = "review/\(path.asAddress)?\(review.version)"
        page.open("iframe", ["class": side, "src": address, "title": path])
        page.close("iframe")
    }

    /// The findings of a review of which no page shows them.
    private func list(_ findings: [LocatedFinding], _ page: inout MarkupWriter) {
        if findings.isEmpty { return }
        page.element("h2", text: findingsTab(locale))
        page.raw("<ol class=\"findings\">")
        for located in findings {
            page.open("li", ["class": located.finding.severity.rawValue])
            if let place = located.locations.first?.place {
                page.element("code", ["class": "place"], text: place.description)
            }
            page.element("p", text: located.finding.message(locale))
            page.close("li")
        }
        page.raw("</ol>")
    }
}

extension String {
    /// As a part of an address: RFC 3986, 3.3.
    fileprivate var asAddress: String {
        utf8.reduce(into: "") { text, byte in
            let isPlain =
                Character(UnicodeScalar(byte)).isASCII && byte > 0x20 && byte < 0x7F
                && !"%?#\"<>\\^`{|}".utf8.contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            text += isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }
    }
}

// MARK: - Messages

private let reportTab = LocalizedText(zh: "报告", en: "Report")
private let findingsTab = LocalizedText(zh: "发现", en: "Findings")

private let hasEnded = LocalizedText(
    zh: "预览已结束，此页不再更新；请重新运行 pingshen preview",
    en: "The preview has ended, and this page stays as it is; run `pingshen preview` again."
)

private let isBeginning = LocalizedText(zh: "正在评审……", en: "The review is being made …")

private func upToDate(_ time: String) -> LocalizedText {
    LocalizedText(zh: "\(time) 评审，与文件一致", en: "Reviewed at \(time); the files are as they were then.")
}

private func incomplete(_ time: String) -> LocalizedText {
    LocalizedText(zh: "\(time) 评审，不完整，不得签发", en: "Reviewed at \(time); incomplete, not to be signed.")
}

private func earlier(_ time: String, _ errors: Int, _ review: String) -> LocalizedText {
    LocalizedText(
        zh: "\(time) 的文件有 \(errors) 处错误，未能评审；下面仍是 \(review) 的评审，不含此后的改动",
        en:
            "At \(time) there were \(errors) error(s) in the way of a review; below is that of \(review), without what was changed since."
    )
}

private func cannotReview(_ time: String, _ errors: Int) -> LocalizedText {
    LocalizedText(
        zh: "\(time)：有 \(errors) 处错误，尚未能评审；改正并保存后自动评审",
        en:
            "At \(time) there were \(errors) error(s) in the way of a review; it is made when they are mended and saved."
    )
}

private func noReview(_ time: String) -> LocalizedText {
    LocalizedText(zh: "\(time)：未能评审", en: "No review could be made at \(time).")
}

private func problemWords(_ errors: Int, _ warnings: Int) -> LocalizedText {
    let zh = [errors > 0 ? "\(errors) 处错误" : nil, warnings > 0 ? "\(warnings) 处提醒" : nil].compactMap(\.self)
    let en = [errors > 0 ? "\(errors) error(s)" : nil, warnings > 0 ? "\(warnings) warning(s)" : nil].compactMap(\.self)
    return LocalizedText(zh: zh.joined(separator: "，"), en: en.joined(separator: ", "))
}
