internal import ReviewModel
internal import SpecLoading
internal import YAMLDocument

/// Composes what the steps returned into one review. Pure: the same assessments give the same review.
struct ReviewFold {
    let spec: Spec
    let document: SpecDocument
    /// The whole dossier, for the places of rows that a data source read.
    var dossier = Dossier()
    /// The tables that the sources filled, each with the step that did.
    var filledBy: [String: FilledRows] = [:]
    /// Where fields stand that sources have read.
    var fieldPlaces: [JSONPointer: Place] = [:]
    /// Places in sheets that sources have spoken of, by the names of the sheets.
    var sheets: [String: Place] = [:]
    /// Files that plugins got as copies, by the paths of these, as the spec names them.
    var writtenFiles: [String: String] = [:]
    /// How much of the texts in settings is still searched for the places that findings name.
    var textSearch = TextSearch()

    /// `assessments` in the order of the steps.
    func review(
        _ assessments: [(step: String, assessment: Assessment)],
        locale: Locale,
        steps: [Review.Step]
    ) throws(DecimalOverflow) -> Review {
        var review = Review(id: spec.id, locale: locale, project: spec.project(of: dossier.fields), steps: steps)
        var findings: [LocatedFinding] = []
        // Of a hundred thousand lines each has a fact and an adjustment: they are looked up, not sought.
        var (facts, positions, sheets) = (Set<String>(), [String: Int](), [String: Int]())
        review.rules = spec.rules.map(\.change)
        for (step, assessment) in assessments {
            findings += assessment.findings.compactMap(spec.weighed).map { locate($0, step: step) }
            for sheet in assessment.scores {
                if let earlier = sheets[sheet.rater] {
                    if review.scores[earlier] != sheet { findings.append(locate(secondSheet(sheet.rater), step: step)) }
                } else {
                    sheets[sheet.rater] = review.scores.count
                    review.scores.append(sheet)
                }
            }
            for adjustment in assessment.adjustments {
                if let conflict = combine(adjustment, into: &review.adjustments, &positions) {
                    findings.append(locate(conflict, step: step))
                }
            }
            for fact in assessment.facts where facts.insert(fact.id).inserted {
                review.facts.append(fact)
            }
        }
        let units = review.adjustments.map(\.unit).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        if units.count == 1 {
            var amounts: [Amounts] = []
            for adjustment in review.adjustments { amounts.append(try adjustment.amounts()) }
            review.amounts = try Amounts.sum(amounts)
        } else if let last = assessments.last(where: { !$0.assessment.adjustments.isEmpty }), !units.isEmpty {
            findings.append(locate(severalUnits(units), step: last.step))
        }
        // Of many things that are judged none has the verdict of the whole.
        let whole = review.reviewSheet ?? review.scores.first { $0.subject == nil }
        review.verdict = whole?.verdict
        review.findings = findings.inOrder()
        review.catalogue = catalogue(of: assessments.flatMap(\.assessment.rules), for: findings)
        nameRules(of: &review)
        review.places = places(of: review.facts)
        settle(&review)
        return review
    }

    /// The rules that findings name, each once.
    private func catalogue(of rules: [Rule], for findings: [LocatedFinding]) -> [Rule] {
        var open = Set(findings.map(\.finding.rule))
        return rules.filter { open.remove($0.id) != nil }.map(\.named).sorted { $0.id < $1.id }
    }

    /// Adds the rules that findings name and no scorer has told of: those of the host, of sources and of renderers.
    private func nameRules(of review: inout Review) {
        var told = Set(review.catalogue.map(\.id))
        let untold = review.findings.filter { told.insert($0.finding.rule).inserted }.map(\.finding)
        let rules = untold.compactMap { finding in
            RuleTitles.carried[finding.rule].map { Rule(finding.rule, finding.severity, title: $0) }
        }
        if !rules.isEmpty { review.catalogue = (review.catalogue + rules).sorted { $0.id < $1.id } }
    }

    /// The cells that the facts name, each once.
    private func places(of facts: [Fact]) -> CellPlaces {
        var (pointers, seen) = ([JSONPointer](), Set<JSONPointer>())
        for fact in facts {
            for pointer in fact.sources where seen.insert(pointer).inserted { pointers.append(pointer) }
        }
        let cell: @Sendable (JSONPointer) -> CellPlace = { pointer in
            CellPlace(pointer: pointer, value: dossier[pointer], location: location(.value(pointer), step: ""))
        }
        // Each is asked for as often as the review is sent or written.
        return pointers.count <= Self.placesHeld ? CellPlaces(pointers.map(cell)) : CellPlaces(pointers, cell)
    }

    /// So many cells of a review are held with their places; of more, each place is looked up when it is asked for.
    private static let placesHeld = 1000

    /// Adds what the host itself has found.
    func add(_ findings: [(step: String, finding: Finding)], to review: inout Review) {
        let located = findings.map { locate($0.finding, step: $0.step) }
        review.findings = (review.findings + located).inOrder().settled()
        nameRules(of: &review)
    }

    /// Adds what a renderer has found; waivers are put on anew, for one may be for these.
    func add(_ findings: [Finding], of step: String, to review: inout Review) {
        let located = findings.compactMap(spec.weighed).map { locate($0, step: step) }
        review.findings = (review.findings + located).inOrder()
        nameRules(of: &review)
        settle(&review)
    }

    /// Two steps may decide on one line: their parts add up, as long as they speak of the same request.
    private func combine(
        _ adjustment: Adjustment,
        into all: inout [Adjustment],
        _ positions: inout [String: Int]
    ) -> Finding? {
        guard let position = positions[adjustment.subject] else {
            positions[adjustment.subject] = all.count
            all.append(adjustment)
            return nil
        }
        guard all[position].requested == adjustment.requested else {
            return differentRequest(adjustment, earlier: all[position].requested)
        }
        all[position].parts += adjustment.parts
        return nil
    }

    /// Turns spots into places. What has no place of its own stands at the nearest value above it.
    func locate(_ finding: Finding, step: String) -> LocatedFinding {
        var told = finding
        // The copy that a plugin was given lies in another folder in every run.
        told.spots = finding.spots.map { spot in
            if case .place(let place) = spot { .place(named(place)) } else { spot }
        }
        return LocatedFinding(finding: told, step: step, locations: finding.spots.map { location($0, step: step) })
    }
}

// MARK: - Messages

private func secondSheet(_ rater: String) -> Finding {
    Finding(
        rule: "host/second-score-sheet",
        severity: .error,
        message: LocalizedText(
            zh: "两个步骤给出了评价人\(quoted(rater))的不同得分，取先给出的",
            en: "two steps give different scores of the rater \(quoted(rater)); the first counts"
        ),
        subject: rater
    )
}

private func severalUnits(_ units: [String]) -> Finding {
    Finding(
        rule: "host/several-units",
        severity: .error,
        message: LocalizedText(
            zh: "各行金额的单位不同（\(units.joined(separator: "、"))），不能合计",
            en: "the amounts count different units (\(units.joined(separator: ", "))): there is no sum of them"
        ),
        subject: units.joined(separator: " "),
        hint: LocalizedText(zh: "请统一单位", en: "give them one unit")
    )
}

private func differentRequest(_ adjustment: Adjustment, earlier: ExactDecimal) -> Finding {
    Finding(
        rule: "host/different-request",
        severity: .error,
        message: LocalizedText(
            zh: "两个步骤对\(quoted(adjustment.label))的请求金额说法不一，取先给出的",
            en: "two steps state different requests for \(quoted(adjustment.label)); the first counts"
        ),
        subject: adjustment.subject,
        pointers: adjustment.pointer.map { [$0] } ?? [],
        expected: earlier.description,
        found: adjustment.requested.description
    )
}
