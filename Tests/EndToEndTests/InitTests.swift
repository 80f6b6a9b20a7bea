import ReviewModel
import Testing
import WorkbookFixture

@Suite("A project that begins with a workbook", .serialized)
struct InitTests {
    private let folder = TemporaryFolder()
    private var town: String { folder.path + "/town" }

    private func pingshen(_ command: String) -> CommandResult { shell("pingshen \(command)") }

    /// An applicant's own workbook: a cover, the budget in 万元 under other names, scores, and something else.
    private func writeApplicant(price: String = "36500", code: String = "A") throws {
        var book = WorkbookText()
        book.add(
            "封面",
            rows: sheetRows([
                (1, ["'项目申报书"]), (2, ["'项目名称", "'老年人助餐", nil, "'预算年度", "2026"]), (3, ["'申报单位：望舒镇社区服务中心"]),
                (4, ["'镇（街道）", "'望舒镇"]),
            ])
        )
        book.add(
            "附件1 预算明细表",
            rows: sheetRows([
                (1, ["'预算明细表"]), (3, ["'序号", "'支出内容", "'具体内容", "'数量", "'单价（元）", "'申报金额（万元）"]),
                (4, ["1", "'送餐", "'车辆租赁", "2", price, "7.3"]), (5, ["2", "'送餐", "'餐箱", "120", "285", "3.42"]),
                (6, ["'合计", nil, nil, nil, nil, "10.72"]),
            ])
        )
        book.add("评分", rows: sheetRows([(1, ["'评分人", "'指标代码", "'得分"]), (2, ["'评审", "'\(code)", "4"])]))
        book.add("会议纪要", rows: sheetRows([(1, ["'时间", "'参会人"]), (2, ["'周一", "'张三"])]))
        try book.write(to: folder.path + "/applicant.xlsx")
    }

    private func start(_ options: String = "") -> CommandResult {
        write(
            """
            id: short
            name: {zh: 简表, en: short}
            bands: [{code: ok, name: {zh: 可行, en: ok}, range: "[0, 5]"}]
            items: [{code: A, name: 依据, max: 5}]
            """,
            to: folder.path + "/rubric.yaml"
        )
        return pingshen("init '\(town)' --rubric '\(folder.path)/rubric.yaml' \(options)")
    }

    @Test("gets a spec of a dozen lines and a workbook; what must be filled in is told at its cells")
    func begins() {
        let begun = start()
        #expect(begun.status == 0, "\(begun.errors)")
        #expect(begun.output == "\(town)/spec.yaml\n\(town)/project.xlsx\n")
        #expect(read(town + "/spec.yaml").split(separator: "\n").count <= 12)
        let result = pingshen("run '\(town)' --out '\(folder.path)/out'")
        #expect(result.status == 2)
        #expect(result.errors.contains("\(town)/project.xlsx, 项目信息!B5: error: project, project: must be filled in"))
    }

    @Test("is never begun over another")
    func never() {
        #expect(start().status == 0)
        let again = start()
        #expect(again.status == 73 && again.errors.contains("exists already; nothing was written"), "\(again.errors)")
    }

    @Test("is not begun with documents that do not go together; what does not fit is told at its line in them")
    func misfits() {
        write(
            """
            id: asking
            name: {zh: 自查, en: asking}
            bands: [{code: ok, name: {zh: 可行, en: ok}, range: "[0, 5]"}]
            items:
              - {code: A, name: 依据, max: 5}
              - code: B
                name: 场次
                max: 5
                compute: SELECT count(*) FROM visits
            """,
            to: folder.path + "/asking.yaml"
        )
        let asking = pingshen("init '\(town)' --rubric '\(folder.path)/asking.yaml'")
        #expect(asking.status == 2, "\(asking.errors)")
        #expect(asking.errors.contains("/asking.yaml:9:") && asking.errors.contains("visits"), "\(asking.errors)")
        write(
            """
            form: grants
            fields: {project: {title: Project, fields: {name: {type: text, required: true, title: Project name}}}}
            tables: {lines: {title: Cost lines, key: id, columns: {id: {type: text, required: true, title: Line}}}}
            """,
            to: folder.path + "/form.yaml"
        )
        let useless = start("--form '\(folder.path)/form.yaml'")
        #expect(useless.status == 2 && useless.errors.contains("the form has no table \"scores\""), "\(useless.errors)")
        #expect(shell("ls '\(town)'").status != 0)
    }

    @Test("has what people have answered in the copy, when that comes back, with the lists that a spec can include")
    func answered() throws {
        try writeApplicant(code: "B")
        #expect(start("--from '\(folder.path)/applicant.xlsx'").status == 0)
        #expect(pingshen("run '\(town)' --out '\(folder.path)/out' --json").json != nil)
        // Somebody writes into the column of replies, at the first finding.
        write(
            """
            import re, sys, zipfile
            source, target = sys.argv[1:]
            with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
                for item in old.infolist():
                    data = old.read(item)
                    if item.filename.startswith("xl/worksheets/pingshen"):
                        text = data.decode()
                        cell = re.search(r'<c r="G(\\d+)"[^>]* t="inlineStr"><is><t xml:space="preserve">[0-9a-f]{12}[^<]*</t></is></c>(<c r="H\\d+"[^>]*/>)?', text)
                        reply = f'<c r="H{cell[1]}" t="inlineStr"><is><t>将更正</t></is></c>'
                        data = (text[:cell.end()] + reply + text[cell.end():]).encode()
                    new.writestr(item, data)
            """,
            to: folder.path + "/answer.py"
        )
        let copy = town + "/project.reviewed.xlsx"
        let typed = shell(
            "python3 '\(folder.path)/answer.py' '\(folder.path)/out/town/project.reviewed.xlsx' '\(copy)'"
        )
        #expect(typed.status == 0, "\(typed.errors)")
        let result = pingshen("run '\(copy)' --out '\(folder.path)/again' --json --locale zh")
        let findings = result.json?["findings"]?.list ?? []
        let answer = findings.first { $0["rule"]?.text?.hasPrefix("comments/") == true }
        #expect(answer?["message"]?["zh"]?.text?.contains("\"将更正\"") == true, "\(result.errors)")
        #expect(result.json?["amounts"]?["requested"]?.text == "107200.00")
        #expect(shell("ls '\(folder.path)/again/town/project.reviewed.xlsx'").status == 0)
    }

    @Test("is filled from an applicant's workbook, which is told what was not understood, and reviewed")
    func filled() throws {
        try writeApplicant()
        let begun = start("--from '\(folder.path)/applicant.xlsx'")
        #expect(begun.status == 0, "\(begun.errors)")
        for words in [
            "会议纪要!A1: warning: the sheet \"会议纪要\" was not understood", "was read as \"budget lines\"",
            "附件1 预算明细表!F3: info:",
        ] {
            #expect(begun.errors.contains(words), "\(begun.errors)")
        }
        for argument in [town, town + "/project.xlsx"] {
            let result = pingshen("run '\(argument)' --out '\(folder.path)/out' --json")
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.json?["amounts"]?["requested"]?.text == "107200.00")
            #expect(result.json?["scores"]?["review"]?["total"]?.text == "4")
            #expect(result.json?["project"]?["name"]?.text == "老年人助餐")
        }
    }

    @Test(
        "goes on with a year that is written once, has the goal above the targets, and is told what totals do not come to"
    )
    func yearsAndTotals() throws {
        var book = WorkbookText()
        book.add(
            "历年执行",
            rows: sheetRows([
                (1, ["'年份", "'项目明细", "'调整后预算数", "'实际支出数"]), (2, ["2023", "'甲", "10", "9"]),
                (3, [nil, "'乙", "20", "18"]), (4, ["'2023年小计", nil, "31", "27"]),
            ])
        )
        book.add(
            "绩效目标",
            rows: sheetRows([
                (1, ["'年度绩效目标", "'全年送餐三万份；满意度不低于九成。"]), (2, ["'一级指标", "'二级指标", "'三级指标", "'指标值", "'单位"]),
                (3, ["'产出指标", "'质量指标", "'合格率", "0.95", "'%"]),
            ])
        )
        try book.write(to: folder.path + "/applicant.xlsx")
        let result = start("--from '\(folder.path)/applicant.xlsx' --locale zh")
        #expect(result.errors.contains("绩效目标!D3: 提醒：\"目标值\"写的是 0.95，没有百分号"), "\(result.errors)")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("历年执行!A3: 提醒：\"年度\"空着的单元格按上一行的内容读取"), "\(result.errors)")
        #expect(shell("unzip -p '\(town)/project.xlsx' | grep -c 全年送餐三万份").output == "1\n")
        #expect(result.errors.contains("历年执行!C4: 提醒：\"2023年小计\"写的是 31，所合计的各行相加为 30"), "\(result.errors)")
    }

    @Test("is one of many to a batch and to a worker, and what is missing is told at its cells there as well")
    func inBatches() throws {
        try writeApplicant()
        #expect(start("--from '\(folder.path)/applicant.xlsx'").status == 0)
        let batch = pingshen("batch '\(town)' --out '\(folder.path)/out' --json")
        #expect(batch.status == 0, "\(batch.errors)")
        #expect(batch.json?["reviews"]?.list?.map { $0["state"]?.text } == ["done"])
        #expect(batch.json?["reviews"]?.list?.first?["town"]?.text == "望舒镇")
        #expect(!batch.errors.contains("missing key"), "\(batch.errors)")
        let worker = shell("echo '\(town)' | pingshen worker")
        #expect(worker.json?["amounts"]?["requested"]?.text == "107200.00", "\(worker.output)")
        #expect(pingshen("init '\(folder.path)/empty' --rubric '\(folder.path)/rubric.yaml'").status == 0)
        let empty = pingshen("batch '\(folder.path)/empty' --out '\(folder.path)/out'")
        #expect(empty.status == 2 && empty.errors.contains("project.xlsx, 项目信息!B5"), "\(empty.errors)")
    }

    @Test(
        "is what a report is held against, named by its folder or its workbook, and the copy with comments is written"
    )
    func audited() throws {
        try writeApplicant()
        #expect(start("--from '\(folder.path)/applicant.xlsx'").status == 0)
        #expect(pingshen("run '\(town)' --format docx --out '\(folder.path)/out'").status == 0)
        for spec in [town, town + "/project.xlsx"] {
            let copies = folder.path + "/copies"
            let audit = pingshen(
                "audit '\(folder.path)/out/town/report.docx' --spec '\(spec)' --suggest --out '\(copies)'"
            )
            #expect(audit.status == 0, "\(audit.errors)")
            #expect(audit.output.contains(copies + "/report.reviewed.docx"), "\(audit.output)")
        }
    }

    @Test("says what is wrong with a cell at the cell: what the applicant wrote stays as it is")
    func mistakes() throws {
        try writeApplicant(price: "'约三万")
        #expect(start("--from '\(folder.path)/applicant.xlsx'").status == 0)
        for command in ["run", "validate"] {
            let result = pingshen("\(command) '\(town)/project.xlsx' --locale zh")
            #expect(result.status == 2)
            #expect(result.errors.contains("\(town)/project.xlsx, 预算明细!F6: 错误："), "\(result.errors)")
            #expect(!result.errors.contains("error"), "\(result.errors)")
        }
    }

    @Test(
        "by a rubric of letters has a row for each of its raters, with the levels to choose from, and a Chinese report of all of them"
    )
    func letters() throws {
        write(
            """
            id: letters
            name: 等级评定
            raters: [甲, 乙]
            aggregate: none
            scales: {grade: {levels: [优, 良, 差]}, answer: {levels: [是, 否]}}
            items:
              - {code: A, name: 立项依据, scale: grade}
              - {code: B, name: 是否公示, scale: answer}
            """,
            to: folder.path + "/letters.yaml"
        )
        let begun = pingshen("init '\(town)' --rubric '\(folder.path)/letters.yaml' --locale zh")
        #expect(begun.status == 0, "\(begun.errors)")
        let sheets = shell("cd '\(town)' && unzip -p project.xlsx 'xl/worksheets/sheet*.xml'").output
        #expect(sheets.contains("<formula1>\"优,良,差\"</formula1>") && sheets.contains("<formula1>\"是,否\"</formula1>"))
        write(
            """
            pingshen: 1
            id: letters
            locale: zh
            form: !include town/setup/form/form.yaml
            pipeline:
              rubric: {use: rubric-scorer, with: {rubric: !include letters.yaml}}
              report: {use: report-writer, with: {template: !include town/setup/template/template.yaml, rubric: !include letters.yaml}}
            fields:
              project: {name: 甲项目, town: 望舒镇, year: 2026}
              organisations: {applicant: 望舒镇社区服务中心}
            tables:
              scores:
                - {rater: 甲, code: A, level: 优, reason: 有文件}
                - {rater: 乙, code: A, level: 良, reason: 文件过期}
                - {rater: 甲, code: B, level: 是}
                - {rater: 乙, code: B, level: 否, reason: 未见}
            """,
            to: folder.path + "/letters-spec.yaml"
        )
        let result = pingshen("run '\(folder.path)/letters-spec.yaml' --out '\(folder.path)/out' --format md")
        #expect(result.status == 0, "\(result.errors)")
        let report = read(folder.path + "/out/letters/report.md")
        for words in ["三、各项评定", "甲", "乙", "优", "文件过期"] { #expect(report.contains(words), "\(words): \(report)") }
        #expect(!report.contains("Answers"))
    }

    @Test("takes an applicant's page as well, as it takes Word and PDF files")
    func page() {
        func row(_ cells: String...) -> String { "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>" }
        write(
            "<html><body><p>项目名称：老年人助餐</p><table>" + row("支出内容", "数量", "单位", "单价（元）", "申报金额（元）")
                + row("餐箱", "120", "个", "285", "34200") + row("合计", "", "", "", "34200") + "</table></body></html>",
            to: folder.path + "/applicant.html"
        )
        let begun = start("--from '\(folder.path)/applicant.html' --locale zh")
        #expect(begun.status == 0, "\(begun.errors)")
        let texts = shell("cd '\(town)' && unzip -p project.xlsx xl/sharedStrings.xml").output
        #expect(texts.contains("餐箱") && texts.contains("老年人助餐"))
        let result = pingshen("run '\(town)' --out '\(folder.path)/out' --locale zh")
        #expect(result.errors.contains("错误：") && !result.errors.contains("预算明细!"), "\(result.errors)")
    }

    @Test("has findings of later steps at its cells, and as notes in a copy of it")
    func findings() throws {
        try writeApplicant(code: "B")
        #expect(start("--from '\(folder.path)/applicant.xlsx'").status == 0)
        let result = pingshen("run '\(town)' --out '\(folder.path)/out' --json")
        let findings = result.json?["findings"]?.list ?? []
        let unknown = findings.first { $0["rule"]?.text == "rubric/unknown-code" }
        let place = unknown?["locations"]?.list?.first
        #expect(place?["sheet"]?.text == "评分" && place?["cell"]?.text == "B5", "\(result.errors)")
        #expect(shell("ls '\(folder.path)/out/town/project.reviewed.xlsx'").status == 0)
    }

    @Test("is in English where the form is, with what to choose from in its words")
    func english() {
        write(
            """
            form: grants
            fields: {project: {title: Project, fields: {name: {type: text, required: true, title: Project name}}}}
            tables:
              lines:
                title: Cost lines
                key: id
                columns:
                  id: {type: text, required: true, title: Line}
                  amount: {type: decimal, unit: CNY, required: true, title: Amount}
            """,
            to: folder.path + "/form.yaml"
        )
        let begun = pingshen("init '\(town)' --form '\(folder.path)/form.yaml'")
        #expect(begun.status == 0, "\(begun.errors)")
        #expect(read(town + "/setup/book.yaml").contains("lines: {sheet: \"Cost lines\"}"))
        let result = pingshen("run '\(town)' --out '\(folder.path)/out'")
        #expect(
            result.errors.contains("Project!B5: error: Project, Project name: must be filled in"),
            "\(result.errors)"
        )
    }

    @Test(
        "a folder or a workbook without a spec is told how to begin, and a workbook that no spec reads that it is none"
    )
    func nothing() throws {
        try writeApplicant()
        for argument in [folder.path, folder.path + "/applicant.xlsx"] {
            let result = pingshen("run '\(argument)'")
            #expect(result.status == 2 && result.errors.contains("begin with pingshen init"), "\(result.errors)")
        }
        #expect(start().status == 0)
        let other = pingshen("run '\(town)/other.xlsx'")
        #expect(other.status == 2 && other.errors.contains("does not read"), "\(other.errors)")
        #expect(shell("cd '\(town)' && pingshen run project.xlsx").errors.contains("project.xlsx, 项目信息!B5"))
    }

    /// Writes a Word file with the firm's name and the place for the report.
    private static let letterhead = """
        import zipfile
        word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        packages = "http://schemas.openxmlformats.org/package/2006/"
        text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ["海诚会计师事务所", "{{report}}"])
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        relations = "application/vnd.openxmlformats-package.relationships+xml"
        with zipfile.ZipFile("paper.docx", "w") as file:
            file.writestr("[Content_Types].xml", f"<Types xmlns='{packages}content-types'><Default Extension='rels' "
                f"ContentType='{relations}'/><Override PartName='/word/document.xml' ContentType='{main}'/></Types>")
            file.writestr("_rels/.rels", f"<Relationships xmlns='{packages}relationships'><Relationship Id='r1' "
                f"Type='{office}' Target='word/document.xml'/></Relationships>")
            file.writestr("word/document.xml", f"<w:document xmlns:w='{word}'><w:body>{text}</w:body></w:document>")

        """

    @Test("takes the firm's own paper into the project, and refuses what is none before anything is written")
    func letterhead() throws {
        let paper = folder.path + "/paper.docx"
        write(Self.letterhead, to: folder.path + "/paper.py")
        #expect(shell("cd '\(folder.path)' && python3 paper.py").status == 0)
        let result = pingshen("init '\(town)' --letterhead '\(paper)'")
        #expect(result.status == 0, "\(result.errors)")
        #expect(shell("cmp '\(paper)' '\(town)/setup/letterhead.docx'").status == 0)
        #expect(read(town + "/spec.yaml").contains("word: {with: {letterhead: !file \"setup/letterhead.docx\"}}"))
        write("Dear Sir", to: folder.path + "/letter.docx")
        let other = pingshen("init '\(folder.path)/other' --letterhead '\(folder.path)/letter.docx' --locale en")
        #expect(
            other.status == 2 && other.errors.contains("letter.docx: the letterhead cannot be used"),
            "\(other.errors)"
        )
        #expect(shell("ls '\(folder.path)/other'").status != 0)
        #expect(pingshen("init '\(folder.path)/other' --letterhead none.docx").status == 2)
    }

    private static let hasOffice = shell("command -v soffice").status == 0

    @Test("is read as before when LibreOffice has saved it", .enabled(if: hasOffice))
    func saved() throws {
        try writeApplicant()
        #expect(start("--from '\(folder.path)/applicant.xlsx'").status == 0)
        let saved = shell(
            "soffice '-env:UserInstallation=file://\(folder.path)/office' --headless --convert-to xlsx "
                + "--outdir '\(folder.path)/saved' '\(town)/project.xlsx' && mv '\(folder.path)/saved/project.xlsx' '\(town)'"
        )
        #expect(saved.status == 0, "\(saved.errors)")
        let result = pingshen("run '\(town)' --out '\(folder.path)/out' --json")
        #expect(result.json?["amounts"]?["requested"]?.text == "107200.00", "\(result.errors)")
        #expect(result.json?["scores"]?["review"]?["total"]?.text == "4")
    }

    @Test("a file's name is written so that nobody is misled by it, and is the file's name still")
    func oddNames() {
        for name in ["a\u{202E}b", "a\u{2028}b", "a\u{9B}31mb", "a\u{E0041}b", "a\"b", "a\u{D4E}\"b"] {
            let project = folder.path + "/p"
            write(
                "id: short\nname: 简表\nbands: [{code: ok, name: 可行, range: \"[0, 5]\"}]\nitems: [{code: A, name: 依据, max: 5}]\n",
                to: folder.path + "/\(name).yaml"
            )
            let result = pingshen("init '\(project)' --rubric '\(folder.path)/\(name).yaml'")
            #expect(result.status == 0, "\(result.errors)")
            let spec = read(project + "/spec.yaml")
            #expect(!spec.unicodeScalars.contains { ["\u{202E}", "\u{2028}", "\u{9B}", "\u{E0041}"].contains($0) })
            let checked = pingshen("validate '\(project)' --locale en")
            #expect(!checked.errors.contains("no such file") && !checked.errors.contains("syntax"), "\(checked.errors)")
            _ = shell("rm -rf '\(project)'")
        }
    }
}
