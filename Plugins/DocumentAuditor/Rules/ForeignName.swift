import BudgetLines
import PrintedReports
import ReviewModel

/// A body or a town of another place where the project's own is meant.
let foreignName = DocumentRule(
    "document/foreign-name",
    .error,
    title: LocalizedText(zh: "出现别处的单位或地名", en: "a body or a town of another place"),
    manual: LocalizedText(
        zh: """
            项目单位、主管部门、委托单位所在的地方（如"临澜县"）之外，正文把同级的另一地的单位写成本项目的：同名单位（"青崖县卫生健康局"）、受托（"受青崖县财政局委托"）、本地同名单位全文另有写明的（"报送青崖县财政局"）、\
            覆盖范围（"覆盖青崖县 12 个乡镇"）、落款。全文只出现一次、句中没有"参照、如、邻近"等比较的才列出。与本地地名只差一个字、全文只出现一次的（"澄江区"与"澄州区"），不论写在何处都列出。\
            同一地方名称相近的另一单位（"临澜县中医医院"）出现在"由……申报（实施、组织）"中，而项目单位是"临澜县人民医院"的，为错误；在段首作主语（"……现有""……计划"）的为提醒。
            """,
        en: """
            Beside the place of the applicant, the department and the client (临澜县): a body of another place of the same kind that stands for the project's own, by its name (青崖县卫生健康局), as the client \
            (受青崖县财政局委托), anywhere where the report names the same body of the own place (报送青崖县财政局), as the area (覆盖青崖县 12 个乡镇), or under the report. Told where it stands once in the report and nothing in its clause compares (参照, 如). A place that differs from the own one in one character and stands once is told wherever it stands. Another body of the own place with \
            a like name is an error behind 由 and before 申报, 实施 or 组织, and a warning where a paragraph begins with it (现有, 计划).
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓受青崖县财政局委托，评估组开展了评估。
            fields:
              organisations: {applicant: 临澜县人民医院, department: 临澜县卫生健康局}
            """,
            zh: "\"青崖县财政局\"不是本项目所在的临澜县的单位",
            en: "\"青崖县财政局\" is no body of 临澜县, the place of the project"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    受临澜县财政局委托，评估组开展了评估，参照青崖县人民医院的采购价。
            fields:
              organisations: {applicant: 临澜县人民医院, department: 临澜县卫生健康局}
            """
        ),
    ],
    check: { audit, findings in
        var (own, bodies) = (audit.dossier.ownPlaces, audit.dossier.ownBodies)
        if own.isEmpty { (own, bodies) = audit.report.usualPlace }
        own = own.without(slipsIn: audit.report)
        for found in TitlePlace(audit.report)?.elsewhere ?? [] { findings.add([foreign(found.found, [found.own])]) }
        if own.isEmpty { return }
        let search = ForeignNames(audit.report, own, bodies, within: audit.dossier.ownPlacesWithin)
        var told: Set<String> = []
        // What the title says already is told once.
        let lines = Set(findings.all.filter { $0.rule == "document/foreign-name" }.flatMap(\.spots))
        for found in search.all
        where !lines.contains(found.line.spot) && told.insert("\(found.line.number) \(found.name)").inserted {
            findings.add([found.isLike.map { misspelt(found, $0) } ?? foreign(found, own)])
        }
        for found in ForeignBodies(audit.report, own).all
        where !lines.contains(found.line.spot) && told.insert("\(found.line.number) \(found.name)").inserted
            && !told.contains(where: {
                $0.hasPrefix("\(found.line.number) ") && $0 != "\(found.line.number) \(found.name)"
            })
        {
            findings.add([foreign(ForeignNames.Found(name: found.name, line: found.line), own)])
        }
        let applicant = audit.dossier.field("organisations", "applicant")?.text?.folded
        let named = audit.dossier.field("project", "name")?.text?.folded.bodyOfName
        let known = Set([applicant, named].compactMap(\.self)).sorted()
        for name in known { findings.add(search.likeBodies(name, others: known)) }
    }
)

/// Looks through the running text for names of other places.
struct ForeignNames {
    struct Found {
        var name: String
        var line: ReportText.Line
        /// The own place that it is called almost like.
        var isLike: String?
    }

    private let report: ReportText
    private let own: Set<PlaceName>
    /// The own places with those within them: the town of a district.
    private let within: [PlaceName]
    private let bodies: [String]
    private let lines: [ReportText.Line]
    /// What the own places are: a clause without one of these signs names no other place of their kind.
    private let levels: [String]

    init(_ report: ReportText, _ own: Set<PlaceName>, _ bodies: [String], within: Set<PlaceName>) {
        (self.report, self.own, self.bodies) = (report, own, bodies)
        self.within = own.union(within).sorted { $0.text < $1.text }
        levels = Set(self.within.map { String($0.level) }).sorted()
        lines = report.body.filter { !$0.isTableRow && !$0.folded.isEmpty }
    }

    var all: [Found] {
        let last = lines.lastIndex { $0.folded.isPublicBody && $0.folded.count <= 20 }
        return lines.enumerated().flatMap { index, line -> [Found] in
            if index == last, index * 2 > lines.count, let found = signature(line) { return [found] }
            // To whom it is addressed: 青崖县财政局：
            if line.folded.hasSuffix("："), line.folded.count <= 20, line.folded.dropLast().isPublicBody,
                let (place, _) = PlaceName.leading(line.folded[...]), isForeign(place),
                isAlone(String(line.folded.dropLast()))
            {
                return [Found(name: String(line.folded.dropLast()), line: line)]
            }
            return clauses(of: line).filter { clause in levels.contains { clause.firstBytes(of: $0) != nil } }
                .compactMap { clause in found(in: clause, line) ?? near(in: clause, line) }
        }
    }

    /// A place that is called almost like one of the project's own: 澄江区 where all else is of 澄州区.
    private func near(in clause: Substring, _ line: ReportText.Line) -> Found? {
        let text = Array(clause)
        for place in within where place.text.count >= 3 {
            let name = Array(place.text)
            for end in text.indices where text[end] == place.level && end + 1 >= name.count {
                let window = Array(text[(end + 1 - name.count)...end])
                let differing = zip(window, name).filter { $0 != $1 }
                guard differing.count == 1, name.count > 3 || window.first == name.first,
                    !"东西南北上下前后新老大小一二三四五六七八九十".contains(differing[0].0),
                    let whole = PlaceName.leading(String(window)[...]),
                    whole.body.isEmpty, isNone(whole.place), isAlone(whole.place.text),
                    report.lines.count(where: { $0.folded.hasBytes(of: place.text) }) > 1
                else { continue }
                // 枫林市、梅桥市已建成同类平台: the sentence compares.
                let sentence = line.folded.split { "。；".contains($0) }.first { $0.contains(clause) } ?? clause
                let isCompared = report.words["comparing"].contains { $0.count > 1 && sentence.contains($0) }
                return isCompared ? nil : Found(name: whole.place.text, line: line, isLike: place.text)
            }
        }
        return nil
    }

    /// Whether a clause lays things beside each other; 发展和改革局 compares nothing.
    private func isCompared(_ clause: Substring) -> Bool {
        let marks = report.words["comparing"].filter { clause.firstBytes(of: $0) != nil }
        if marks.isEmpty { return false }
        let plain = report.words["bodies"].reduce(String(clause)) { text, body in
            text.hasBytes(of: body) ? text.replacing(body, with: "局") : text
        }
        return marks.contains(where: plain.hasBytes)
    }

    private func clauses(of line: ReportText.Line) -> [Substring] {
        line.folded.split { "，。；、：（）".contains($0) }
    }

    /// The body that the report is signed by.
    private func signature(_ line: ReportText.Line) -> Found? {
        guard let (place, body) = PlaceName.leading(line.folded[...]), isForeign(place), body.count >= 2 else {
            return nil
        }
        return Found(name: line.folded, line: line)
    }

    private func found(in clause: Substring, _ line: ReportText.Line) -> Found? {
        if isCompared(clause) { return nil }
        // 受青崖县财政局委托
        if clause.hasPrefix("受"), let end = clause.firstBytes(of: "委托") {
            let name = clause[clause.index(after: clause.startIndex)..<end.lowerBound]
            if let (place, body) = PlaceName.leading(name), isForeign(place), body.isPublicBody {
                return Found(name: String(name), line: line)
            }
        }
        // 覆盖青崖县12个乡镇
        for word in report.words["lies_in"] {
            guard let place = clause.firstBytes(of: word) else { continue }
            if let (name, rest) = PlaceName.leading(clause[place.upperBound...]), isForeign(name), isAlone(name.text),
                rest.first.map({ $0.isASCII || "境内中东西南北城".contains($0) }) ?? true
            {
                return Found(name: name.text, line: line)
            }
        }
        // 青崖县卫生健康局 at the beginning of a clause, where 临澜县卫生健康局 is a body of the project.
        var start = clause
        for word in report.words["leads_place"] where start.hasPrefix(word) {
            start = start.dropFirst(word.count)
            break
        }
        guard let (place, rest) = PlaceName.leading(start), isForeign(place) else { return nil }
        for known in bodies {
            guard let (_, body) = PlaceName.leading(known[...]), body.count >= 2, rest.hasPrefix(body) else { continue }
            let name = place.text + body
            if isAlone(name) { return Found(name: name, line: line) }
        }
        // 青崖县现有学校 6 所, 青崖县发展和改革局以…批复: what is said of the own place, or granted by a body of it.
        let isGranted =
            report.words["bodies"].contains(where: rest.hasPrefix)
            && ["批复", "批准", "印发", "下达", "备案"].contains(where: clause.hasBytes)
        let project = report.lines.lazy.filter { !$0.isTableRow && !$0.folded.isEmpty }.prefix(3).map(\.folded).joined(
            separator: " "
        )
        // 汉川市智慧城管综合平台 in the report of 江岭市智慧城管综合平台.
        let isOwnProject = rest.count >= 6 && own.contains { project.hasBytes(of: $0.text + rest.prefix(6)) }
        if isGranted || isOwnProject || isIntroduction(line) && clause.startIndex == line.folded.startIndex
            || report.words["of_place"].contains(where: rest.hasPrefix), isAlone(place.text)
        {
            return Found(name: place.text, line: line)
        }
        return nil
    }

    /// Whether a line is the first one below a heading that speaks of what the project is.
    private func isIntroduction(_ line: ReportText.Line) -> Bool {
        guard let index = lines.firstIndex(where: { $0.number == line.number }), index > 0 else { return false }
        let heading = lines[index - 1].folded
        return heading.count <= 16 && !heading.hasSuffix("。") && !heading.hasBytes(of: "：")
            && report.words["introductions"].contains(where: heading.hasSuffix)
    }

    /// Another place than the project's, of the kind that one of its own is.
    private func isForeign(_ place: PlaceName) -> Bool {
        own.contains { $0.level == place.level }
            && !own.contains { $0.text.hasSuffix(place.text) || place.text.hasSuffix($0.text) }
    }

    /// Whether a place is none of the own ones, nor within them.
    private func isNone(_ place: PlaceName) -> Bool {
        !within.contains { $0.text.hasSuffix(place.text) || place.text.hasSuffix($0.text) }
    }

    /// Whether a name stands once in all the report.
    private func isAlone(_ name: String) -> Bool { report.lines.count { $0.folded.hasBytes(of: name) } == 1 }

    /// Bodies of the own place that are called much like the applicant and stand in its place.
    func likeBodies(_ applicant: String, others: [String]) -> [Finding] {
        guard let (place, body) = PlaceName.leading(applicant[...]), body.count >= 3, let last = body.last else {
            return []
        }
        return lines.flatMap { line -> [Finding] in
            guard line.folded.hasBytes(of: place.text) else { return [] }
            return clauses(of: line).enumerated().compactMap { index, clause -> Finding? in
                let isBehindWord = clause.firstBytes(of: "由" + place.text)
                let isFirst = index == 0 && clause.hasPrefix(place.text)
                let start: Substring
                if let isBehindWord {
                    start = clause[isBehindWord.lowerBound...].dropFirst()
                } else if isFirst {
                    start = clause
                } else {
                    return nil
                }
                let rest = start.dropFirst(place.text.count)
                // The name ends where the applicant's does: 医院 of 中医医院.
                guard let end = rest.prefix(body.count + 2).lastIndex(of: last) else { return nil }
                let name = String(rest[...end])
                let behind = rest[rest.index(after: end)...]
                let verbs = report.words["undertakes"] + report.words["leads_work"]
                let subjects = report.words["said_of_applicant"]
                let isRole = isBehindWord != nil && (verbs.contains(where: behind.hasPrefix) || behind.hasBytes("组织"))
                guard name.count >= 3, name != String(body), !body.hasSuffix(name), !name.hasPrefix(String(body)),
                    // The applicant that a sentence names may be the slip, where the project bears another body's name.
                    !bodies.contains(where: { $0.hasSuffix(name) }) || others.count > 1,
                    name.suffix(1) == body.suffix(1),
                    isRole || isFirst && subjects.contains(where: behind.hasPrefix),
                    isAlone(place.text + name)
                else { return nil }
                var finding = like(place.text + name, applicant, line)
                if !isRole || name.suffix(2) != body.suffix(2) { finding.severity = .warning }
                return finding
            }
        }
    }
}

extension Set<PlaceName> {
    /// Without those that stand once in a report which names another of their kind three times and more: they are slips of a label.
    fileprivate func without(slipsIn report: ReportText) -> Set<PlaceName> {
        guard count > 1 else { return self }
        func times(_ place: PlaceName) -> Int { report.lines.count { $0.folded.hasBytes(of: place.text) } }
        return filter { place in
            !(times(place) == 1 && contains { $0 != place && $0.level == place.level && times($0) >= 3 })
        }
    }
}

extension ReportText {
    /// The place that bodies of a report belong to where nothing says whose it is: that of three clauses at least, and of most.
    fileprivate var usualPlace: (places: Set<PlaceName>, bodies: [String]) {
        var (counts, bodies) = ([PlaceName: Int](), Set<String>())
        for line in body where !line.isTableRow {
            for clause in line.folded.split(whereSeparator: { "，。；、：（）".contains($0) }) {
                var start = clause
                for word in words["leads_place"] where start.hasPrefix(word) {
                    start = start.dropFirst(word.count)
                    break
                }
                guard let (place, rest) = PlaceName.leading(start) else { continue }
                counts[place, default: 0] += 1
                guard let end = rest.prefix(12).lastIndex(where: { "局厅委".contains($0) }) else { continue }
                bodies.insert(place.text + rest[...end])
            }
        }
        guard let usual = counts.max(by: { ($0.value, $1.key.text) < ($1.value, $0.key.text) }), usual.value >= 3,
            usual.value * 10 >= counts.values.reduce(0, +) * 6
        else { return ([], []) }
        return ([usual.key], bodies.filter { $0.hasPrefix(usual.key.text) }.sorted())
    }
}

extension String {
    /// The body that a project is named after: 临澜县人民医院 of 临澜县人民医院医疗设备购置项目.
    fileprivate var bodyOfName: String? {
        guard let (place, rest) = PlaceName.leading(self[...]) else { return nil }
        let ends = ["医院", "学校", "中学", "小学", "中心", "局", "馆", "站"]
        let found = ends.compactMap { rest.firstBytes(of: $0)?.upperBound }.min()
        guard let found, rest.distance(from: rest.startIndex, to: found) >= 3 else { return nil }
        return place.text + rest[..<found]
    }
}

extension Substring {
    fileprivate func hasBytes(_ word: String) -> Bool { firstBytes(of: word) != nil }
}

// MARK: - Messages

private func foreign(_ found: ForeignNames.Found, _ own: Set<PlaceName>) -> Finding {
    let places = own.map(\.text).sorted().joined(separator: "、")
    return foreignName.rule.finding(
        message: LocalizedText(
            zh: "\"\(found.name)\"不是本项目所在的\(places)的单位",
            en: "\"\(found.name)\" is no body of \(places), the place of the project"
        ),
        subject: found.name,
        lines: [found.line.spot],
        expected: places,
        found: found.name
    )
}

private func misspelt(_ found: ForeignNames.Found, _ own: String) -> Finding {
    foreignName.rule.finding(
        message: LocalizedText(
            zh: "此处为\"\(found.name)\"，本报告他处均为\"\(own)\"",
            en: "\"\(found.name)\" here; everywhere else in the report it is \"\(own)\""
        ),
        subject: found.name,
        lines: [found.line.spot],
        expected: own,
        found: found.name
    )
}

private func like(_ name: String, _ applicant: String, _ line: ReportText.Line) -> Finding {
    foreignName.rule.finding(
        message: LocalizedText(
            zh: "此处为\"\(name)\"，而项目单位是\"\(applicant)\"",
            en: "\"\(name)\" here; the applicant is \"\(applicant)\""
        ),
        subject: name,
        lines: [line.spot],
        expected: applicant,
        found: name
    )
}
