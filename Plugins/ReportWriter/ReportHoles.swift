import ReportDocument
import ReportTemplate
import ReviewModel

/// What a report asked for and did not find: marks on its pages that nobody may sign over.
struct ReportHoles {
    let holes: [Hole]
    let needs: [TemplateNeed]
    /// The first part of every name that the spec may give as a field.
    let fields: Set<String>

    /// One for each name, with every place that asks for it.
    var findings: [Finding] {
        var (order, byName) = ([String](), [String: [Hole]]())
        for hole in holes {
            if byName[hole.name] == nil { order.append(hole.name) }
            byName[hole.name, default: []].append(hole)
        }
        return order.map { finding($0, byName[$0] ?? []) }
    }

    private func finding(_ name: String, _ holes: [Hole]) -> Finding {
        let path = name.split(separator: ".").map(String.init)
        let isField = path.count > 1 && fields.contains(path[0])
        let purpose = needs.first { $0.kind == .field && $0.name == name }?.purpose
        var finding = Finding(
            rule: "report/hole",
            severity: .blocker,
            message: notThere(name, purpose),
            subject: name,
            hint: isField ? whereToWrite(field: path) : askedFor
        )
        // What is a field is written where the fields are; anything else is wrong where it is asked for.
        finding.spots = isField ? [.value(JSONPointer(["fields"] + path))] : holes.prefix(5).map(\.spot)
        return finding
    }
}

extension Hole {
    fileprivate var spot: Spot {
        let isOfDossier = ["fields", "tables"].contains(pointer.tokens.first)
        let pointer = isOfDossier ? pointer : JSONPointer(["config"] + pointer.tokens)
        return .line(of: pointer, line: place.line, column: place.column)
    }
}

extension ReportHoles {
    /// Mistakes in the tags of the dossier's own texts.
    static func findings(_ mistakes: [ConfigurationDiagnostic]) -> [Finding] {
        mistakes.map { mistake in
            var finding = Finding(rule: "report/tag", severity: .error, message: mistake.message, hint: mistake.help)
            let place = mistake.place ?? TextPlace(line: 1, column: 1)
            finding.spots = [.line(of: mistake.pointer, line: place.line, column: place.column)]
            return finding
        }
    }
}

extension Doubling {
    /// The report is left as the template has it: what is behind the tag may be the beginning of another word, and nobody would see what
    /// was left out.
    var finding: Finding {
        var finding = Finding(
            rule: "report/doubled",
            severity: .warning,
            message: LocalizedText(
                zh: "报告中连写了两遍\"\(words)\"：\(tag) 的内容与相邻的文字重复，印作\"\(words)\(words)\"",
                en:
                    "the report says \"\(words)\" twice: the text of \(tag) and what stands beside it make \"\(words)\(words)\""
            ),
            subject: words,
            found: words + words,
            hint: LocalizedText(
                zh: "模板可写成 \(remedy)：没有\"\(words)\"才补上",
                en: "write \(remedy) in the template: it adds \"\(words)\" only where it is not there"
            )
        )
        let isOfDossier = ["fields", "tables"].contains(pointer.tokens.first)
        let pointer = isOfDossier ? pointer : JSONPointer(["config"] + pointer.tokens)
        finding.spots = [.line(of: pointer, line: place.line, column: place.column)]
        return finding
    }
}

// MARK: - Messages

private func notThere(_ name: String, _ purpose: LocalizedText?) -> LocalizedText {
    LocalizedText(
        zh: "报告中有空缺：没有\"\(name)\"" + (purpose.map { "，用于\($0.zh)" } ?? "") + "，页面上印作〔?\(name)〕",
        en: "the report has a hole: there is no \"\(name)\"" + (purpose.map { ", for \($0.en)" } ?? "")
            + "; the page shows 〔?\(name)〕"
    )
}

private let askedFor = LocalizedText(zh: "请补上该内容，或改写引用它的文字", en: "write it, or change the text that asks for it")
