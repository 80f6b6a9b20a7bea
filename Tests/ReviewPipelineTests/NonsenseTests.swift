import ReviewModel
import Testing

@testable import PluginRuntime

@Suite("An assessment that cannot be meant")
struct NonsenseTests {
    private let row = JSONPointer(["tables", "lines", "0"])

    private func adjustment(_ requested: ExactDecimal, _ amounts: ExactDecimal...) -> Assessment {
        let parts = amounts.map { Adjustment.Part(kind: .cut, amount: $0) }
        return Assessment(adjustments: [
            Adjustment(subject: "L1", label: "one", requested: requested, parts: parts, pointer: row)
        ])
    }

    private func sheet(_ items: [ScoreItem], total: ExactDecimal, max: ExactDecimal) -> Assessment {
        Assessment(scores: [ScoreSheet(rater: "review", total: total, max: max, items: items)])
    }

    private func item(_ code: String, _ points: ExactDecimal?, of max: ExactDecimal, parent: String? = nil) -> ScoreItem
    {
        ScoreItem(code: code, name: code, parent: parent, max: max, points: points, status: .given, pointer: row)
    }

    private func error(at pointer: JSONPointer) -> Finding {
        Finding(rule: "a/b", severity: .error, message: LocalizedText("m"), pointers: [pointer])
    }

    @Test("a cut of less than nothing, or of more than was requested, is told")
    func cuts() {
        #expect(adjustment(5, 5).nonsense(isSilenced: false) == nil)
        #expect(adjustment(-5).nonsense(isSilenced: false) == nil)
        #expect(adjustment(5, -100).nonsense(isSilenced: false)?.en.contains("the cut is -100") == true)
        #expect(
            adjustment(5, 4, 2).nonsense(isSilenced: false)?.en
                == "adjustment of \"L1\": of 5 that were requested, the cuts leave -1"
        )
    }

    @Test("cuts of one line in several adjustments count together")
    func severalAdjustments() {
        func adjustments(_ parts: (ExactDecimal, ExactDecimal, Adjustment.Kind)...) -> Assessment {
            Assessment(
                adjustments: parts.map { requested, amount, kind in
                    let part = Adjustment.Part(kind: kind, amount: amount)
                    return Adjustment(subject: "L1", label: "one", requested: requested, parts: [part], pointer: row)
                }
            )
        }
        #expect(adjustments((5, 3, .cut), (5, 2, .deferral)).nonsense(isSilenced: false) == nil)
        #expect(
            adjustments((5, 3, .cut), (5, 3, .deferral)).nonsense(isSilenced: false)?.en
                == "adjustment of \"L1\": of 5 that were requested, the cuts with those before it leave -1"
        )
        #expect(
            adjustments((5, 3, .increase), (5, 6, .cut)).nonsense(isSilenced: false)?.en.contains("leave -1") == true,
            "what is granted beyond the request makes no room"
        )
        #expect(
            adjustments((5, 1, .cut), (6, 1, .cut)).nonsense(isSilenced: true)?.en
                == "adjustment of \"L1\": it stands twice, with different requests: 5 and 6"
        )
        var told = adjustments((5, 3, .cut), (5, 3, .deferral))
        told.findings = [error(at: row / "amount")]
        #expect(told.nonsense(isSilenced: false) == nil)
    }

    @Test("of several assessments the one whose cut is one too many is told; increases and other requests are not")
    func severalAssessments() {
        var balance = RequestBalance()
        #expect(balance.take(adjustment(5, 3), isSilenced: false) == nil)
        var grants = adjustment(5)
        grants.adjustments[0].parts = [.init(kind: .increase, amount: 9)]
        #expect(balance.take(grants, isSilenced: false) == nil)
        #expect(balance.take(adjustment(7, 7), isSilenced: false) == nil, "ReviewFold tells of it")
        var tried = balance
        #expect(tried.take(adjustment(5, 3), isSilenced: false)?.en.contains("with those before it leave -1") == true)
        #expect(balance.take(adjustment(5, 2), isSilenced: false) == nil)
        #expect(balance.take(adjustment(5, 1), isSilenced: true) == nil)
    }

    @Test("it passes where the plugin itself reports it as an error of the document, or was told not to")
    func reported() {
        var told = adjustment(5, 6)
        told.findings = [error(at: row / "amount")]
        #expect(told.nonsense(isSilenced: false) == nil)
        told.findings[0].severity = .warning
        #expect(told.nonsense(isSilenced: false) != nil)
        #expect(told.nonsense(isSilenced: true) == nil)
    }

    @Test(
        "figures of more digits than any amount has are told, silenced or not",
        arguments: ["999999999999999999999999999999", "1000000000000000000", "0.0000000000001"]
    )
    func figures(text: String) throws {
        let figure = try #require(ExactDecimal(text))
        #expect(adjustment(figure).nonsense(isSilenced: true)?.en.contains("18 digits before the point") == true)
        #expect(adjustment(999_999_999_999_999_999).nonsense(isSilenced: true) == nil)
    }

    @Test("a score above its maximum is told, unless the plugin reports it")
    func scores() {
        let high = sheet([item("A", 11, of: 10)], total: 11, max: 10)
        #expect(high.nonsense(isSilenced: false)?.en == "scores of \"review\": \"A\" has 11 points of 10")
        var told = high
        told.findings = [error(at: row / "points")]
        #expect(told.nonsense(isSilenced: false) == nil)
        let total = sheet([item("A", 10, of: 10)], total: 11, max: 10)
        #expect(total.nonsense(isSilenced: false)?.en.contains("the total is 11 of 10") == true)
    }

    @Test("a score below nothing is told, unless its scale has such points or the plugin reports it")
    func negativeScores() {
        let low = sheet([item("A", -1, of: 10)], total: -1, max: 10)
        #expect(
            low.nonsense(isSilenced: false)?.en == "scores of \"review\": \"A\" has -1 points, where the least is 0"
        )
        var told = low
        told.findings = [error(at: row / "points")]
        #expect(told.nonsense(isSilenced: false) == nil)
        var scaled = low
        scaled.scores[0].items[0].min = -4
        #expect(scaled.nonsense(isSilenced: false) == nil)
        scaled.scores[0].items[0].points = -5
        #expect(scaled.nonsense(isSilenced: false)?.en.contains("\"A\" has -5 points, where the least is -4") == true)
        let total = sheet([item("A", 1, of: 10)], total: -1, max: 10)
        #expect(total.nonsense(isSilenced: false)?.en.contains("the total is -1") == true)
    }

    @Test("a tree of scores that is none is told")
    func tree() {
        let own = sheet([item("A", 1, of: 10, parent: "A")], total: 1, max: 10)
        #expect(own.nonsense(isSilenced: false)?.en.contains("does not stand above it") == true)
        let twice = sheet([item("A", 1, of: 10), item("A", 2, of: 10)], total: 1, max: 10)
        #expect(twice.nonsense(isSilenced: false)?.en.contains("scored twice") == true)
        var places = sheet([], total: 0, max: 0)
        places.scores[0].verdictPlaces = .max
        #expect(places.nonsense(isSilenced: false)?.en.contains("verdictPlaces") == true)
    }

    @Test("a rank that is none is told", arguments: [0, -1, Int.min])
    func ranks(rank: Int) {
        var ranked = sheet([], total: 1, max: 2)
        ranked.scores[0].subject = ScoreSheet.Subject(key: "P1", name: "P1", rank: 1)
        #expect(ranked.nonsense(isSilenced: true) == nil)
        ranked.scores[0].subject?.rank = rank
        #expect(ranked.nonsense(isSilenced: true)?.en.contains("ranks count from 1") == true)
    }

    @Test(
        "findings of the host's own rules are told, and of those that could be taken for them",
        arguments: [
            "host/step-failed", "HOST/x", "Host/x", "host /x", "\u{FF48}\u{FF4F}\u{FF53}\u{FF54}/x", "h\u{43E}st/x",
            "h\u{F3}st/x",
            "ho\u{307}st/x", "h0st/x", "\u{43D}\u{3BF}\u{455}\u{442}/x", "host\u{2215}x", "host\u{FF0F}x",
            "\u{1D421}\u{1D428}\u{1D42C}\u{1D42D}/x",
            "ho\u{FB06}/x", "\u{24D7}\u{24DE}\u{24E2}\u{24E3}/x",
        ]
    )
    func hostRules(rule: String) {
        let finding = Finding(rule: rule, severity: .info, message: LocalizedText("m"))
        #expect(Assessment(findings: [finding]).nonsense(isSilenced: true)?.en.contains("the host's own") == true)
        var told = Assessment()
        told.rules = [Rule(rule, .info, title: LocalizedText("t"))]
        #expect(told.nonsense(isSilenced: true)?.en.contains("the host's own") == true)
    }

    @Test(
        "so are names with what nobody sees; other names are not",
        arguments: ["ho\u{200B}st/x", "a/b\u{E0061}", "a\u{202E}/b"]
    )
    func hiddenNames(rule: String) {
        func told(_ rule: String) -> String? {
            Assessment(findings: [Finding(rule: rule, severity: .info, message: LocalizedText("m"))])
                .nonsense(isSilenced: true)?.en
        }
        #expect(told(rule)?.contains("cannot be seen") == true)
        #expect(told(rule)?.unicodeScalars.contains { $0.isActedOn } == false)
        for fine in ["hostel/x", "ghost/x", "town/host", "主机/步骤", "a/host/b", "hosts/x"] {
            #expect(told(fine) == nil, "\(fine)")
        }
    }
}
