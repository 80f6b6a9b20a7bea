import Testing

/// What people get wrong who type a spec, a form, a rubric, rules and a template with a Chinese keyboard.
@Suite("One mistake in what is typed")
struct TypingMistakeTests {
    /// A mistake in a project that has none.
    struct Mistake: CustomTestStringConvertible, Sendable {
        var file, right, wrong: String
        /// `file:line:column`, where it is told.
        var place: String
        /// What must be among the words that are said, in Chinese.
        var says: String

        var testDescription: String { "\(file): \(wrong)" }
    }

    private static let files = [
        "form.yaml": """
        form: 食堂评审
        units: {台: {zh: 台, en: pieces}}
        fields:
          project:
            title: 项目
            fields:
              name: {type: text, required: true, title: {zh: 名称, en: name}}
              year: {type: integer, title: {zh: 年度, en: year}}
              start: {type: date, title: {zh: 开工日期, en: start}}
              debt: {type: boolean, title: {zh: 有无债务, en: debt}}
        tables:
          lines:
            title: {zh: 明细, en: lines}
            key: id
            columns:
              id: {type: text, required: true}
              kind: {type: text, values: {goods: {zh: 货物, en: goods}, works: {zh: 工程, en: works}}}
              amount: {type: decimal, unit: CNY, required: true}
              count: {type: decimal, unit: 台}
              share: {type: decimal, unit: percent}
              place: {type: text, values: [镇区, 村组]}
              after: {type: text, references: lines}
          scores:
            columns:
              rater: {type: text, required: true}
              code: {type: text, required: true}
              points: {type: decimal, unit: points}
              level: {type: text}
              reason: {type: text}
        """,
        "rubric.yaml": """
        id: 食堂评分
        version: "1"
        name: 食堂评分表
        raters: [甲, 乙, review]
        combine: {into: review, raters: [甲, 乙], method: mean, max_spread: 80%}
        scales:
          档次: {levels: [{name: 高, share: 100%}, {name: 中, share: 50%}, {name: 低, share: 0%}]}
          字母: {levels: [A, B, C]}
        bands:
          - {code: 可行, name: 可行, range: "[60, 100]"}
          - {code: 暂缓, name: 暂缓, range: "[0, 60)"}
        overrides:
          - {code: 否决, name: 否决, when: {any: [{item: A, below: 50%}, {field: /project/debt, equals: true}]}}
        items:
          - {code: A, name: 依据, max: 40, scale: 档次}
          - {code: B, name: 方案, max: 40}
          - {code: C, name: 金额, max: 20, compute: "SELECT :max * least(sum(share) / 100, 1) FROM lines"}
        """,
        "rules.yaml": """
        - id: 食堂/大额
          severity: warning
          query: SELECT id, amount FROM lines WHERE amount > 1000000
          message: {zh: "{id} 金额 {amount} 元过大", en: "{id} has {amount}"}
          subject: id
          at: {table: lines, key: id, column: amount}
        """,
        "report.yaml": """
        id: 报告
        title: "{{project.name}}评审"
        blocks:
          - {heading: "{{project.name}}", level: 0}
          - table: 明细
            columns: [编号, {title: 金额, align: right}]
            rows:
              - {each: tables.lines, rows: [["{{id}}", "{{amount}}"]]}
          - when: verdict
            blocks:
              - text: "得分 {{scores.review.total}}，{{verdict.name}}。"
          - chart: 金额
            over: tables.lines
            label: "{{id}}"
            series: [{name: 金额, value: amount}]
        """,
        "spec.yaml": """
        pingshen: 1
        id: canteen
        form: !include form.yaml
        fields:
          project:
            name: 社区食堂
            year: 2026
            start: 2026-03-01
            debt: 否
        tables:
          lines:
            columns: [id, kind, amount, count, share]
            rows:
              - [L1, 货物, 3450.00, 2, 60%]
              - [L2, 工程, "120,000.00", 1, 40%]
          scores:
            - {rater: 甲, code: A, level: 高, reason: 有文件}
            - {rater: 甲, code: B, points: 30, reason: 缺图纸}
            - {rater: 乙, code: A, level: 中, reason: 文件不全}
            - {rater: 乙, code: B, points: 34, reason: 略}
        pipeline:
          score: {use: rubric-scorer, with: {rubric: !include rubric.yaml}}
          rules: {use: rule-checker, with: {rules: !include rules.yaml}}
          report: {use: report-writer, needs: [score, rules], with: {template: !include report.yaml, rubric: !include rubric.yaml}}
        """,
    ]

    static let mistakes: [Mistake] = table.split(separator: "\n").map { line in
        let parts = line.split(separator: "¦", omittingEmptySubsequences: false).map(bare)
        let file = parts[0] + ".yaml"
        let place = parts[3].contains("yaml") ? parts[3] : "\(file):\(parts[3])"
        return Mistake(file: file, right: parts[1], wrong: parts[2], place: place, says: parts[4])
    }

    /// A part of the table without the blanks around it.
    private static func bare(_ part: Substring) -> String {
        var part = part
        while part.first == " " { part.removeFirst() }
        while part.last == " " { part.removeLast() }
        return String(part).replacing("↵", with: "\n").replacing("␣", with: " ").replacing("⇥", with: "\t")
    }

    private func told(_ mistake: Mistake?, _ locale: String) -> (lines: [String], text: String) {
        let folder = TemporaryFolder()
        for (name, text) in Self.files {
            var text = text
            if let mistake, mistake.file == name {
                guard let place = text.firstRange(of: mistake.right) else { return (["not found"], mistake.right) }
                text.replaceSubrange(place, with: mistake.wrong)
            }
            write(text + "\n", to: folder.path + "/" + name)
        }
        let result = shell("cd '\(folder.path)' && pingshen validate spec.yaml --locale \(locale)")
        let all = result.output + result.errors
        let lines = all.split(separator: "\n").map(String.init).filter { line in
            [": error: ", ": warning: ", ": 错误：", ": 提醒："].contains { line.contains($0) }
        }
        return (lines, all)
    }

    @Test("the project in which they are made has none", arguments: ["zh", "en"])
    func sound(locale: String) {
        #expect(told(nil, locale).lines == [])
        #expect(Self.mistakes.count >= 60)
    }

    @Test("is told once, at its place, with what to do, and nothing that follows from it", arguments: mistakes)
    func one(mistake: Mistake) {
        let chinese = told(mistake, "zh")
        #expect(
            chinese.lines.count == 1 && chinese.lines.first?.hasPrefix(mistake.place + ": ") == true,
            "\(chinese.text)"
        )
        #expect(chinese.text.contains(mistake.says), "\(chinese.text)")
        let english = told(mistake, "en")
        #expect(
            english.lines.count == 1 && english.lines.first?.hasPrefix(mistake.place + ": ") == true,
            "\(english.text)"
        )
        // The same sentence would be one that nobody has translated.
        #expect(chinese.lines != english.lines)
    }
}

/// The file, what stands there, what is typed instead (↵, ␣ and ⇥ for a line's end, a blank and a tab), where it is told, and words of what is said.
private let table = """
    spec ¦ ␣␣␣␣year: 2026 ¦ ␣␣␣␣year： 2026 ¦ 7:9 ¦ 改成": "
    spec ¦ ␣␣␣␣name: 社区食堂 ¦ ␣␣␣␣name：社区食堂 ¦ 6:9 ¦ 改成": "
    spec ¦ [L1, 货物, 3450.00, 2, 60%] ¦ [L1， 货物, 3450.00, 2, 60%] ¦ 14:10 ¦ 其中有全角逗号"，"，各单元格之间写半角逗号加空格", "
    spec ¦ [L1, 货物, 3450.00, 2, 60%] ¦ [L1，货物，3450.00，2，60%] ¦ 14:10 ¦ 其中有全角逗号"，"，各单元格之间写半角逗号加空格", "
    spec ¦ 3450.00, 2 ¦ ３４５０.00, 2 ¦ 14:18 ¦ 其中有全角数字"３"，请写成"3450.00"
    spec ¦ year: 2026 ¦ year: ２０２６ ¦ 7:11 ¦ 其中有全角数字"２"，请写成"2026"
    spec ¦ ␣␣␣␣year: 2026 ¦ \u{3000}\u{3000}year: 2026 ¦ 7:1 ¦ 改成半角空格；若是文字的一部分，请给整个值加引号
    spec ¦ year: 2026 ¦ year:\u{3000}2026 ¦ 7:10 ¦ 改成半角空格；若是文字的一部分，请给整个值加引号
    spec ¦ 60%] ¦ 60％] ¦ 14:30 ¦ 其中有全角百分号"％"，请写成"60%"
    spec ¦ "120,000.00" ¦ “120,000.00” ¦ 15:18 ¦ 其中有弯引号"“"，含逗号的文字要用半角的 " 引起来
    spec ¦ ␣␣␣␣year: 2026 ¦ ⇥year: 2026 ¦ 7:1 ¦ 改用空格，每层两个
    spec ¦ ␣␣␣␣year: 2026 ¦ ␣␣␣year: 2026 ¦ 7:4 ¦ 与其中一层对齐
    spec ¦ ␣␣␣␣year: 2026 ¦ ␣␣␣␣␣␣year: 2026 ¦ 7:7 ¦ 与同级的键对齐
    spec ¦ ␣␣␣␣year: 2026 ¦ ␣␣␣␣year: 2026↵␣␣␣␣year: 2025 ¦ 8:5 ¦ 保留一个，删去或改名另一个
    spec ¦ [L1, 货物, 3450.00, 2, 60%] ¦ [L1, 货物, 3450.00, 2] ¦ 14:9 ¦ 空单元格写 ~
    spec ¦ [L1, 货物, 3450.00, 2, 60%] ¦ [L1, 货物, 3450.00, 2, 60%, 1] ¦ 14:35 ¦ 含逗号的文字和数字须加引号，如 "1,703,200.00"
    spec ¦ "120,000.00" ¦ 120,000.00 ¦ 15:18 ¦ 含千分位逗号的数字须加引号："120,000.00"
    spec ¦ [L1, 货物, 3450.00, 2, 60%] ¦ [L1, , 3450.00, 2, 60%] ¦ 14:14 ¦ 空着的写 ~，多余的逗号删去
    spec ¦ 3450.00 ¦ 3450.00元 ¦ 14:18 ¦ 只写数字：3450.00
    spec ¦ 3450.00 ¦ 0.345万元 ¦ 14:18 ¦ 只写数字：本列以元计的写 3450，以万计的写 0.345
    spec ¦ 2026-03-01 ¦ 2026-02-30 ¦ 8:12 ¦ 日历上没有这一天
    spec ¦ debt: 否 ¦ debt: 没有 ¦ 9:11 ¦ 请写 是 或 否
    spec ¦ [L2, ¦ [L1, ¦ 15:9 ¦ 每一行的编号须不同
    spec ¦ columns: [id, kind, amount ¦ columns: [id, kind, amuont ¦ 12:25 ¦ 是不是"amount"？
    spec ¦ ␣␣␣␣year: 2026 ¦ ␣␣␣␣yaer: 2026 ¦ 7:5 ¦ 是不是"year"？
    spec ¦ id: canteen ¦ id: canteen↵local: zh ¦ 3:1 ¦ 是不是"locale"？
    spec ¦ {rater: 甲, code: B, ¦ {rater: 甲, code: D, ¦ 18:24 ¦ 可用的有：A, B, C
    spec ¦ level: 高 ¦ level: 优 ¦ 17:34 ¦ 可用的有：中, 低, 高
    spec ¦ {rater: 乙, code: B ¦ {rater: 丙, code: B ¦ 20:15 ¦ 可用的有：review, 乙, 甲
    spec ¦ points: 30 ¦ points: 30分 ¦ 18:35 ¦ 只写数字：30
    spec ¦ name: 社区食堂 ¦ name: 社区食堂 #2 号 ¦ 6:16 ¦ 若是文字的一部分，请给整个值加引号；若是注释，请在 # 后空一格
    spec ¦ reason: 有文件 ¦ reason: 见附件: 表二 ¦ 17:48 ¦ 给整个值加上引号
    spec ¦ !include rules.yaml ¦ !include rule.yaml ¦ 23:44 ¦ 路径相对于写有它的文件
    spec ¦ !include rules.yaml ¦ !include .\\rules.yaml ¦ 23:44 ¦ 文件夹之间写斜线："./rules.yaml"
    spec ¦ !include rules.yaml ¦ ！include rules.yaml ¦ 23:44 ¦ 其中有全角符号"！"，请写成"!include rules.yaml"
    spec ¦ needs: [score, rules] ¦ needs: [scores, rules] ¦ 24:40 ¦ 是不是"score"？
    spec ¦ pingshen: 1 ¦ pingshen: 2 ¦ 1:11 ¦ 请更新 pingshen
    spec ¦ id: canteen↵ ¦  ¦ 1:1 ¦ 请补上 id: …
    form ¦ name: {type: text, required: true ¦ name: {type: text, requird: true ¦ 7:26 ¦ 是不是"required"？
    rubric ¦ "[60, 100]" ¦ "［60，100］" ¦ 10:33 ¦ 请写成 "[60, 100]"
    rubric ¦ "[60, 100]" ¦ [60, 100] ¦ 10:33 ¦ 请写成 "[60, 100]"
    rubric ¦ "[60, 100]" ¦ 60~100 ¦ 10:33 ¦ 请写成 "[60, 100]"
    rubric ¦ "[0, 60)" ¦ "[0, 59]" ¦ 10:33 ¦ 让两端相接，其中一端为方括号
    rubric ¦ "[0, 60)" ¦ "[0, 60]" ¦ 10:33 ¦ 让其中一端为圆括号
    rubric ¦ below: 50% ¦ below: 150% ¦ 13:56 ¦ 请写 0% 与 100% 之间的比例
    rubric ¦ below: 50% ¦ below: 50％ ¦ 13:56 ¦ 其中有全角百分号"％"，请写成"50%"
    rubric ¦ max: 40} ¦ max: 40, weight: -1} ¦ 16:42 ¦ "B"的权重 -1 为负
    rubric ¦ max: 40} ¦ max: 40分} ¦ 16:30 ¦ 只写数字：40
    rubric ¦ scale: 档次 ¦ scale: 等级 ¦ 15:41 ¦ "等级"不在允许的取值之内：字母, 档次
    rubric ¦ share: 50% ¦ share: 120% ¦ 7:58 ¦ 档次"中"的比例 120% 不在 0% 与 100% 之间
    rubric ¦ {item: A, below ¦ {item: X, below ¦ 13:46 ¦ 可用的有：A, B, C
    rubric ¦ /project/debt ¦ /project/debts ¦ 13:70 ¦ 是不是"/project/debt"？
    rubric ¦ sum(share) ¦ sum(shares) ¦ 17:68 ¦ 是不是"share"？
    rubric ¦ FROM lines ¦ FORM lines ¦ 17:90 ¦ "FORM"是不是"FROM"？
    rubric ¦ sum(share) ¦ sum（share） ¦ 17:67 ¦ 这是全角符号"（"，请写成半角的 (
    rubric ¦ FROM lines ¦ FROM line ¦ 17:90 ¦ 是不是"lines"？
    rubric ¦ {field: /project/debt, equals: true} ¦ {query: SELECT count(*) FROM lines} ¦ 13:70 ¦ 请加比较，如 SELECT sum(amount) > 100
    rubric ¦ code: B, ¦ code: A, ¦ 16:12 ¦ 每个指标的代码须不同
    rubric ¦ bands: ¦ band: ¦ 9:1 ¦ 是不是"bands"？
    rubric ¦ {code: B, name: 方案 ¦ {name: 方案 ¦ 16:5 ¦ 请补上 code: …
    rubric ¦ id: 食堂评分 ¦ id: 食堂评分↵extends: rubric.yaml ¦ 2:10 ¦ 去掉其中一处 !include 或 extends
    rubric ¦ items: ¦ notes: !include rubric.yaml↵items: ¦ 14:8 ¦ 去掉其中一处 !include 或 extends
    rules ¦ {id} 金额 ¦ {编号} 金额 ¦ 4:18 ¦ 是不是"id"？
    rules ¦ {id} 金额 ¦ ｛id｝ 金额 ¦ 4:18 ¦ 请写成半角的 {id}
    rules ¦ subject: id ¦ subject: code ¦ 5:12 ¦ 可用的有：amount, id
    rules ¦ column: amount ¦ column: total ¦ 6:39 ¦ 可用的有：after, amount, count, id, kind, place, share
    rules ¦ table: lines ¦ table: line ¦ 6:15 ¦ 是不是"lines"？
    rules ¦ id: 食堂/大额 ¦ id: 大额 ¦ 1:7 ¦ 例如 town/one-lump
    rules ¦ > 1000000 ¦ ＞ 1000000 ¦ 3:52 ¦ 这是全角符号"＞"，请写成半角的 >
    rules ¦ > 1000000 ¦ > '1000000' ¦ 3:54 ¦ 去掉引号：1000000
    report ¦ {{project.name}}", level ¦ {{project.nmae}}", level ¦ 4:16 ¦ 是不是"name"？
    report ¦ {{project.name}}", level ¦ ｛｛project.name｝｝", level ¦ 4:16 ¦ 请写成半角的 {{…}}
    report ¦ - table: ¦ - tabel: ¦ 5:12 ¦ 是不是"table"？
    report ¦ each: tables.lines ¦ each: tables.line ¦ 8:16 ¦ 是不是"lines"？
    spec ¦ form: !include form.yaml ¦ form: !include spec.yaml ¦ 3:7 ¦ 去掉其中一处 !include 或 extends
    spec ¦ "120,000.00" ¦ "120,000.00 ¦ 15:18 ¦ 在值的末尾补上 "
    spec ¦ 2, 60%] ¦ 2, 60% ¦ 14:9 ¦ 在末尾补上"]"
    spec ¦ reason: 有文件} ¦ reason: 有文件 ¦ 17:7 ¦ 在末尾补上"}"
    spec ¦ ␣␣␣␣␣␣- [L1 ¦ ␣␣␣␣␣␣-[L1 ¦ 14:7 ¦ 列表项的"-"之后要空一格
    spec ¦ year: 2026 ¦ year:2026 ¦ 7:9 ¦ 写成"year: …"
    spec ¦ ␣␣␣␣year: 2026 ¦ ␣␣␣␣\u{200B}year: 2026 ¦ 7:5 ¦ 删去它；删不掉时把这一行重新输入一遍
    spec ¦ ␣␣␣␣year: 2026 ¦ \u{FEFF}    year: 2026 ¦ 7:1 ¦ 删去它；删不掉时把这一行重新输入一遍
    spec ¦ year: 2026 ¦ year:\u{A0}2026 ¦ 7:10 ¦ 改成半角空格；若是文字的一部分，请给整个值加引号
    form ¦ unit: 台 ¦ unit: 套 ¦ 19:36 ¦ 货币写代码（CNY、EUR，以万计写 CNY-wan），另有 percent、points；其他计量单位请先在表单的 units 下列出，如 units: [套]
    spec ¦ [L1, 货物, 3450.00, 2, 60%] ¦ [L1, 货物, 3450.00 2, 60%] ¦ 14:9 ¦ 空单元格写 ~
    rubric ¦ {name: 中, share: 50%} ¦ {name: 中, share: 5折} ¦ 7:58 ¦ 只写数字：5
    spec ¦ L1, 货物 ¦ L1, 设备 ¦ 14:14 ¦ "设备"不在允许的取值之内：货物, 工程
    spec ¦ 3450.00 ¦ 待定 ¦ 14:18 ¦ 没有数字的单元格写 ~
    spec ¦ 2026-03-01 ¦ 三月一日 ¦ 8:12 ¦ 年月日用数字写；不知道的空着（YAML 中写 ~）
    spec ¦ 2026-03-01 ¦ 2026年3月 ¦ 8:12 ¦ 请写到日，如 2026-03-01
    form ¦ name: {type: text, required: true ¦ name: {type: text, required: 是 ¦ 7:36 ¦ 请写 true
    rubric ¦ method: mean ¦ method: avg ¦ 5:49 ¦ 是不是"mean"？
    rules ¦ severity: warning ¦ severity: 警告 ¦ 2:13 ¦ 是不是"warning"？
    report ¦ {{project.name}}", level ¦ {{project.name}", level ¦ 4:16 ¦ 标签以 }} 结束
    report ¦ when: verdict ¦ when: verdict = ¦ 9:19 ¦ 运算符后还应有
    spec ¦ name: 社区食堂 ¦ name: true ¦ 6:11 ¦ 若是文字，请加引号："true"
    rubric ¦ {code: 否决, name: 否决, when ¦ {code: 否决, name: 否决, at_most: true, when ¦ 13:12 ¦ at_most 的结论"否决"不在 bands 中
    spec ¦ ␣␣scores:↵ ¦ ␣␣score:↵ ¦ 16:3 ¦ 是不是"scores"？
    spec ¦ use: rubric-scorer ¦ use: rubric-scoror ¦ 22:16 ¦ 是不是"rubric-scorer"？
    spec ¦ points: 30 ¦ points: 45 ¦ 18:35 ¦ B应在 0 到 40 分之间，实为 45
    spec ¦ points: 34 ¦ points: -4 ¦ 20:35 ¦ B应在 0 到 40 分之间，实为 -4
    form ¦ type: decimal, unit: CNY ¦ type: number, unit: CNY ¦ 18:22 ¦ 是不是"decimal"？
    form ¦ key: id ¦ key: code ¦ 14:10 ¦ key 应是本表的一列，没有列"code"
    form ¦ values: [镇区, 村组] ¦ values: [镇区、村组] ¦ 21:35 ¦ 请写成 [镇区, 村组]
    form ¦ references: lines ¦ references: line ¦ 22:39 ¦ 是不是"lines"？
    form ¦ references: lines ¦ references: scores ¦ 22:39 ¦ 表"scores"没有 key
    rubric ¦ [A, B, C] ¦ [A，B，C] ¦ 8:16 ¦ 请写成 [A, B, C]
    rubric ¦ raters: [甲, 乙, review] ¦ raters: [甲、乙、review] ¦ 4:9 ¦ 请写成 [甲, 乙, review]
    rubric ¦ raters: [甲, 乙], m ¦ raters: [甲，乙], m ¦ 5:33 ¦ 请写成 [甲, 乙]
    rubric ¦ max: 40} ¦ max: -40} ¦ 16:30 ¦ 的分值 -40 为负
    report ¦ heading: "{{project.name}}" ¦ heading: {{project.name}} ¦ 4:16 ¦ 给整个值加引号："{{project.name}}"
    report ¦ ["{{id}}", "{{amount}}"] ¦ ["{{id}}"] ¦ 8:38 ¦ 这一行只有 1 格，表格有 2 列
    report ¦ label: "{{id}}" ¦ label: id ¦ 14:12 ¦ 请写成 "{{id}}"
    spec ¦ form: !include form.yaml ¦ form: !include rubric.yaml ¦ rubric.yaml:1:1 ¦ 此处应为表单，实为评分标准
    spec ¦ {rubric: !include rubric.yaml}}↵  rules ¦ {rubric: !include form.yaml}}↵  rules ¦ form.yaml:1:1 ¦ 此处应为评分标准，实为表单
    spec ¦ tables:↵ ¦ ---↵tables:↵ ¦ 10:1 ¦ 删去"---"
    spec ¦ year: 2026 ¦ year: 2026\u{200B} ¦ 7:11 ¦ 其中有不可见的零宽空格
    """
