import Testing

/// The host knows documents, not budgets: a word of the field stands in a room of the field, in a plugin or in YAML.
@Suite("The field's words")
struct FieldWordTests {
    /// The rooms that belong to the field.
    private static let field = ["BudgetLines", "CostNorms", "Rubrics", "Targets", "PrintedReports", "ReportNames"].map {
        "Sources/" + $0
    }

    private static let words = [
        "budget", "rubric", "deduct", "retention", "预算", "核减", "核增", "审减", "审定", "审核", "评分", "申报",
        "自评", "质保金", "绩效", "指标", "万元",
    ]

    /// A word that stays above the plugins, and why.
    private struct Exception: CustomStringConvertible {
        var file: String
        var word: String
        var reason: String

        init(_ file: String, _ word: String, _ reason: String) {
            (self.file, self.word, self.reason) = (file, word, reason)
        }

        var description: String { "\(file) says \(word): \(reason)" }
    }

    private static let exceptions = [
        Exception(
            "Sources/ReviewModel/Adjustment.swift",
            "deduct",
            "`deducted` and `deductionRate` are keys of review.json"
        ),
        Exception("Sources/ReviewFile/Adjustment+Wire.swift", "deduct", "writes these keys of review.json"),
        Exception("Sources/pingshen/ReviewWords.swift", "deduct", "asks for the rate by its name in review.json"),
        Exception(
            "Sources/pingshen/RubricCommand.swift",
            "rubric",
            "`pingshen rubric lint` is a command that people know"
        ),
        Exception("Sources/pingshen/Pingshen.swift", "rubric", "lists that command, and says what a spec names"),
        Exception("Sources/Groundwork/Spelling.swift", "评分", "keys of files that people write in Chinese"),
        Exception("Sources/Groundwork/Spelling.swift", "指标", "keys of files that people write in Chinese"),
        Exception("Sources/pingshen/Pingshen.swift", "评分", "the same in Chinese"),
        Exception("Sources/pingshen/RubricCommand.swift", "评分", "the help of that command in Chinese"),
        Exception("Sources/pingshen/RunCommand.swift", "评分", "the help of `--rubric` in Chinese"),
        Exception("Sources/pingshen/Init/InitCommand.swift", "评分", "the help of `--rubric` in Chinese"),
        Exception("Sources/pingshen/RunCommand.swift", "rubric", "`--rubric` is an option that people know"),
        Exception("Sources/pingshen/Init/InitCommand.swift", "rubric", "`--rubric` is an option of `init` as of `run`"),
        Exception("Sources/pingshen/Init/ProjectDocuments.swift", "rubric", "the document that this option names"),
        Exception("Sources/pingshen/Pingshen.swift", "budget", "the first line of --help says what the program is for"),
        Exception("Sources/pingshen/Pingshen.swift", "预算", "the first line of --help says what the program is for"),
        Exception("Sources/pingshen/Pingshen.swift", "绩效", "the first line of --help says what the program is for"),
        Exception("Sources/pingshen/ExplainCommand.swift", "deduct", "an example of a figure's id in --help"),
        Exception("Sources/pingshen/ExplainCommand.swift", "万元", "an example of a printed figure in --help"),
        Exception(
            "Sources/SpecLoading/ParsedFiles.swift",
            "rubric",
            "names a file that people give in place of a form"
        ),
        Exception("Sources/SpecLoading/ParsedFiles.swift", "评分", "names a file that people give in place of a form"),
        Exception("Sources/SpecLoading/GivenFile.swift", "rubric", "names a file that people give in place of a spec"),
        Exception("Sources/pingshen/SchemaCommand.swift", "rubric", "an example of a setting in --help"),
        Exception("Sources/ExactNumbers/FigureUnit.swift", "万元", "numbers know the forms that they print in"),
        Exception("Sources/ReportDocument/Figure.swift", "万元", "a form of figures in reports, `wan`"),
        Exception("Sources/ReportTemplate/TableTemplate.swift", "万元", "an example of a unit in words"),
        Exception(
            "Sources/ReportTemplate/TemplateOutline.swift",
            "万元",
            "a unit that money prints in, as templates write it"
        ),
    ]

    @Test(
        "no room above the plugins says a word of the field, or the name of a plugin, but for reasons that are listed"
    )
    func words() {
        for exception in Self.exceptions { print(exception) }
        let plugins = subfolders(of: repository + "/Plugins").map(pluginName)
        #expect(plugins.contains("rule-checker"))
        let rooms = subfolders(of: repository + "/Sources").filter { room in !Self.field.contains { room.hasSuffix($0) }
        }
        for file in rooms.flatMap(swiftFiles) {
            let (text, path) = (read(file).lowercased(), String(file.dropFirst(repository.count + 1)))
            for word in Self.words + plugins where text.contains(word) {
                let isListed = Self.exceptions.contains { $0.file == path && $0.word == word }
                #expect(isListed, "\(path) says \(word)")
            }
        }
    }

    @Test("every exception is still one", arguments: exceptions.indices)
    func exceptionsAreNotStale(index: Int) {
        let exception = Self.exceptions[index]
        let isSaid = read(repository + "/" + exception.file).lowercased().contains(exception.word)
        #expect(isSaid, "\(exception.file) no longer says \(exception.word)")
    }

    /// `RuleChecker` as its program is called: `rule-checker`.
    private func pluginName(_ folder: String) -> String {
        let name = folder.split(separator: "/").last ?? ""
        return name.reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text += "-" }
            text += letter.lowercased()
        }
    }
}
