import ReviewModel
import Testing

/// The worked examples, each computed by hand in the comments of its rubric.
@Suite("Rubrics of other fields, as they were worked by hand")
struct WorkedRubricTests {
    private func run(_ id: String) throws -> (review: Value, sensitivity: String, folder: TemporaryFolder) {
        let folder = TemporaryFolder()
        let result = shell("pingshen run 'Specs/rubrics/worked/\(id).yaml' --json --out '\(folder.path)'")
        try #require(result.status == 0, "\(result.errors)")
        let sensitivity = shell("pingshen sensitivity '\(folder.path)/worked-\(id)'").output
        return (try #require(result.json), sensitivity, folder)
    }

    private func items(_ review: Value, _ rater: String, _ key: String) -> [String: String] {
        let items = review["scores"]?[rater]?["items"]?.list ?? []
        return Dictionary(items.map { ($0["code"]?.text ?? "", $0[key]?.scalarText ?? "") }) { first, _ in first }
    }

    private func rules(_ review: Value) -> [String] {
        (review["findings"]?.list ?? []).map { "\($0["rule"]?.text ?? "") \($0["subject"]?.text ?? "")" }
    }

    @Test("letters by every method; D* counts as D; nothing is added up")
    func pefa() throws {
        let (review, sensitivity, _) = try run("pefa")
        let levels = items(review, "review", "level")
        let indicators = ["PI-1", "PI-2", "PI-4", "PI-6", "PI-7", "PI-11"]
        #expect(indicators.map { levels[$0] } == ["B", "C+", "C", "C", "B", "C+"])
        #expect(items(review, "review", "status")["PI-12"] == "notApplicable")
        #expect(levels["PI-6.1"] == "D*")
        #expect(review["scores"]?["review"]?["total"]?.isNull == true)
        #expect(items(review, "review", "points").values.allSatisfy { $0.isEmpty })
        #expect(review["verdict"]?.isNull == true && rules(review).isEmpty)
        #expect(sensitivity == "review: PI-1 B, PI-2 C+, PI-4 C, PI-6 C, PI-7 B, PI-11 C+, PI-12 —, no verdict\n")
    }

    @Test("three raters, their median, thresholds and a veto: half a point is enough")
    func callForProposals() throws {
        let (review, sensitivity, _) = try run("call-for-proposals")
        let points = items(review, "review", "points")
        #expect(["EXC", "IMP", "IMPL"].map { points[$0] } == ["4.5", "4", "2.5"])
        #expect(review["scores"]?["review"]?["total"] == "11" && review["verdict"]?["code"] == "below-threshold")
        #expect(
            sensitivity == """
                review: 11 / 15, below a threshold
                  enough points, once no rule stands in the way: fundable [10, 15]; the least change: IMPL +0.5

                """
        )
        let folder = TemporaryFolder()
        let vetoed = shell(
            "cp -r Specs/rubrics '\(folder.path)' && cd '\(folder.path)/rubrics/worked' && "
                + "sed -i 's/kind: budget/kind: ethics/' call-for-proposals.yaml && pingshen run call-for-proposals.yaml --json --out out"
        )
        #expect(vetoed.json?["verdict"]?["code"] == "ineligible")
    }

    @Test("a veto that is no truth value is an error before the run, and stops the run")
    func countedVeto() {
        let folder = TemporaryFolder()
        for command in ["validate", "run --out out"] {
            let result = shell(
                "rm -rf '\(folder.path)/rubrics' && cp -r Specs/rubrics '\(folder.path)' && cd '\(folder.path)/rubrics/worked' && "
                    + "sed -i 's/count(.) > 0/count(*)/' ../call-for-proposals.yaml && pingshen \(command) call-for-proposals.yaml"
            )
            #expect(result.status == 2)
            #expect(result.errors.contains("a condition must be true or false"), "\(result.errors)")
            #expect(result.errors.contains("call-for-proposals.yaml:"), "\(result.errors)")
        }
    }

    @Test("a mean that some criteria limit: a limit lowers, and never lifts")
    func dacCriteria() throws {
        let (review, sensitivity, _) = try run("dac-criteria")
        #expect(review["scores"]?["review"]?["total"] == "80.33" && review["verdict"]?["code"] == "4")
        #expect(
            sensitivity == """
                review: 80.33 / 100, moderately unsuccessful
                  0.17 points more: successful [81, 92); the least change: SUS +1 (+0.17)
                  11.17 points more: highly successful [92, 100]; the least change: EFF +3.97 (+0.67), IMP +29 (+4.83), SUS +34 (+5.67)

                """
        )
        let folder = TemporaryFolder()
        let low = shell(
            "cp -r Specs/rubrics '\(folder.path)' && cd '\(folder.path)/rubrics/worked' && "
                + "sed -i -E 's/(EFF|IMP|EFI|SUS), [0-9]+/\\1, 20/' dac-criteria.yaml && pingshen run dac-criteria.yaml --json --out out"
        )
        #expect(low.json?["scores"]?["review"]?["total"] == "43" && low.json?["verdict"]?["code"] == "5")
    }

    @Test("certainty that starts high and goes down by steps, of many outcomes, some of it by query")
    func gradeCertainty() throws {
        let (review, sensitivity, _) = try run("grade-certainty")
        let sheets = ["MORT", "PAIN", "FALL"].map { review["scores"]?["review/" + $0] }
        #expect(sheets.map { $0?["total"]?.scalarText } == ["2", "4", "3"])
        #expect(sheets.map { $0?["verdict"]?["code"] } == ["low", "high", "moderate"])
        #expect(sheets.map { $0?["subject"]?["rank"]?.integer } == [3, 1, 2])
        #expect(
            sensitivity.hasPrefix("review/PAIN: 4 / 8, high [4, 8]\n  any fewer point: moderate [3, 4)\n"),
            "\(sensitivity)"
        )
        #expect(sensitivity.contains("review/MORT: 2 / 8, low [2, 3)\n  1 point more: moderate [3, 4)"))
    }

    @Test("an outcome that is derived from parts on a scale of its own")
    func icrOutcome() throws {
        let (review, sensitivity, _) = try run("icr-outcome")
        #expect(items(review, "review", "level")["EFC"] == "S")
        #expect(review["scores"]?["review"]?["level"] == "MS" && review["verdict"]?["code"] == "satisfactory")
        #expect(review["scores"]?["review"]?["total"]?.isNull == true)
        #expect(
            sensitivity
                == "review: MS, satisfactory [3, 5]\n  the least change: O1 → S: unsatisfactory [0, 3)\n"
        )
    }

    @Test("a matrix by likelihood and impact, which are not exchanged")
    func riskMatrix() throws {
        let (review, _, _) = try run("risk-matrix")
        let levels = items(review, "review", "level")
        #expect(["R1", "R2", "R3"].map { levels[$0] } == ["high", "medium", "medium"])
        #expect(review["scores"]?["review"]?["level"] == "high")
    }

    @Test("one rubric judges every row of a table, and ranks them")
    func ranking() throws {
        let (review, _, _) = try run("programme-ranking")
        let sheets = ["P1", "P2", "P3"].map { review["scores"]?["review/" + $0] }
        #expect(sheets.map { $0?["total"]?.scalarText } == ["82", "83", "65"])
        #expect(sheets.map { $0?["subject"]?["rank"]?.integer } == [2, 1, 3])
        #expect(sheets.map { $0?["verdict"]?["code"] } == ["continue", "continue", "review"])
        #expect(review["verdict"]?.isNull == true)
    }

    @Test("twelve schools are ranked: equals share a rank unless teaching tells them apart, who is vetoed is the last")
    func schools() throws {
        let (review, sensitivity, folder) = try run("school-ranking")
        let ranked = ["S03", "S01", "S02", "S10", "S06", "S09", "S04", "S05", "S11", "S12", "S08", "S07"]
        let sheets = ranked.map { review["scores"]?["review/" + $0] }
        #expect(
            sheets.map { $0?["total"]?.scalarText } == [
                "100", "97", "87.83", "87.83", "86", "69.67", "69.67", "62.51", "61.33", "61", "36.67", "99",
            ]
        )
        #expect(sheets.map { $0?["subject"]?["rank"]?.integer } == [1, 2, 3, 3, 5, 6, 7, 8, 9, 10, 11, 12])
        #expect(
            sheets.map { $0?["verdict"]?["code"]?.text } == [
                "model", "model", "model", "model", "sound", "sound", "sound", "sound", "sound", "sound", "weak",
                "vetoed",
            ]
        )
        #expect(review["scores"]?["self/S01"]?["total"]?.scalarText == "100")
        #expect(
            sensitivity.contains(
                "review/S04: 69.67 / 100, sound school [60, 85)\n  15.33 points more: model school [85, 100]; the least change: "
            )
        )
        let report = shell("cat '\(folder.path)/worked-school-ranking/report.md'").output
        let rows = report.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("小学") }
        #expect(rows.count == 12 && rows.first == "| 1 | 实验小学 | 100 | 示范校 |")
        #expect(rows.last == "| 12 | 胜利小学 | 99 | 一票否决 |")
    }

    @Test("options by money and by judgements below nothing, of which one that costs more than it brings is out")
    func options() throws {
        let (review, sensitivity, _) = try run("options-appraisal")
        let sheets = ["O1", "O2", "O3", "O4"].map { review["scores"]?["appraisers/" + $0] }
        #expect(sheets.map { $0?["total"]?.scalarText } == ["25", "55.83", "50", "-26.67"])
        #expect(sheets.map { $0?["subject"]?["rank"]?.integer } == [3, 1, 2, 4])
        #expect(
            sheets.map { $0?["verdict"]?["code"]?.text } == ["discounted", "viable", "viable", "discounted"]
        )
        #expect(
            sensitivity.hasPrefix(
                """
                appraisers/O2: 55.83 / 100, viable [30, 60)
                  3.67 points more: preferred [60, 100]; the least change: N1 +1 (+5)
                """
            ),
            "\(sensitivity)"
        )
        // No better judgement makes up for money that is lost.
        #expect(
            sensitivity.contains(
                """
                appraisers/O1: 25 / 100, discounted
                  4.5 points more: viable [30, 60); all lost points together are not enough
                """
            )
        )
        let said = (review["findings"]?.list ?? []).compactMap { $0["message"]?["en"]?.text }
        #expect(
            said == ["appraisers (Do minimum): a total of 25 is \"discounted\", and so it is by a rule of the rubric"]
        )
    }

    @Test("an inspection with its own form, rules and report")
    func inspection() throws {
        let (review, _, folder) = try run("school-inspection")
        let points = items(review, "inspector", "points")
        #expect(["T", "C", "S", "L"].map { points[$0] } == ["75", "100", "50", "75"])
        #expect(review["scores"]?["inspector"]?["total"] == "75" && review["scores"]?["inspector"]?["max"] == "100")
        #expect(review["verdict"]?["code"] == "fair")
        #expect(rules(review).contains("school/overfull 3"))
        let report = read(folder.path + "/worked-school-inspection/report.md")
        #expect(report.contains("75 of 100: fair"))
        #expect(report.contains("| S Safety | fair | 50 | one escape route is blocked |"))
    }

    @Test("a programme of another country: its own words for everything, in French to the last comma")
    func french() throws {
        let (review, _, folder) = try run("programme-national")
        let sheet = review["scores"]?["jury"]
        #expect(sheet?["total"] == "14.1" && sheet?["max"] == "20" && sheet?["part"] == "review")
        #expect(items(review, "jury", "points")["X"] == "17")
        #expect(review["scores"]?["porteur"]?["part"] == "self")
        #expect(review["verdict"]?["name"]?["zh"] == "Avis favorable")
        #expect(
            review["project"]?["name"] == "Cantines durables" && review["project"]?["intitule"] == "Cantines durables"
        )
        let report = read(folder.path + "/worked-programme-national/report.md")
        for text in [
            "programme ouvert le 1er septembre 2024. Reconduit : oui.", "1\u{202F}250\u{202F}000,00",
            "1\u{202F}402\u{202F}500,00",
            "Note d'ensemble : 14,1 sur 20. Avis favorable.", "| Efficacité | 20 | 16 | 12,5 |",
        ] {
            #expect(report.contains(text), "\(text): \(report)")
        }
        let html = read(folder.path + "/worked-programme-national/report.html")
        #expect(html.contains("lang=\"fr\"") && html.contains("12,5"))
        #expect(!report.contains("unit:") && !report.contains("yes"))
        // From the score to the very cells: those of the year that the query asks for.
        let explained = shell("pingshen explain '\(folder.path)/worked-programme-national' scores.jury.X").output
        #expect(
            explained.contains(
                "SELECT :max * least(sum(paye) / sum(vote), 1) FROM credits WHERE annee = 2025 (:max = 20)"
            )
        )
        #expect(
            explained.contains("tables.credits[1].paye") && !explained.contains("tables.credits[2]"),
            "\(explained)"
        )
    }
}
