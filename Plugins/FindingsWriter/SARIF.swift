import ReviewModel

/// The findings as a SARIF 2.1.0 log (OASIS Standard, 2020): one run, a rule for each rule that found something.
///
/// A blocker or an error is an `error`, a warning a `warning`, an info a `note`. A waiver is an accepted suppression. The
/// finding's id is its fingerprint, so that a viewer can tell new results from known ones; where the review was compared with
/// an earlier one, `baselineState` says so, and what is gone is `absent`.
func sarifLog(_ review: Review) -> Value {
    var rules: [String] = []
    let all = review.findings + review.fixed
    for located in all where !rules.contains(located.finding.rule) { rules.append(located.finding.rule) }
    rules.sort()
    let descriptions = rules.map { rule -> Value in
        let first = all.first { $0.finding.rule == rule }?.finding
        guard let known = review.catalogue.first(where: { $0.id == rule }) else {
            // Its scorer did not say what the rule is called, so its first finding stands for it.
            return [
                "id": .text(rule),
                "shortDescription": ["text": .text(first?.message(review.locale) ?? rule)],
                "defaultConfiguration": ["level": .text(level(first?.severity ?? .warning))],
            ]
        }
        var description: Record = ["id": .text(rule), "shortDescription": ["text": .text(known.title(review.locale))]]
        let manual = known.manual(review.locale)
        if !manual.isEmpty { description["fullDescription"] = ["text": .text(manual)] }
        description["defaultConfiguration"] = ["level": .text(level(known.severity))]
        return .record(description)
    }
    let run: Value = [
        "tool": [
            "driver": [
                "name": "pingshen", "informationUri": "https://github.com/pingshen/pingshen",
                "rules": .list(descriptions),
            ]
        ],
        "columnKind": "unicodeCodePoints",
        "results": .list(
            review.findings.map { result($0, rules: rules, $0.baseline?.rawValue, review.locale) }
                + review.fixed.map { result($0, rules: rules, "absent", review.locale) }
        ),
    ]
    return [
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0", "runs": [run],
    ]
}

private func result(_ located: LocatedFinding, rules: [String], _ baseline: String?, _ locale: Locale) -> Value {
    let finding = located.finding
    var text = finding.message(locale)
    if let hint = finding.hint { text += " (\(hint(locale)))" }
    var properties: Record = [
        "severity": .text(finding.severity.rawValue), "subject": .text(finding.subject), "step": .text(located.step),
    ]
    if !finding.expected.isEmpty { properties["expected"] = .text(finding.expected) }
    if !finding.found.isEmpty { properties["found"] = .text(finding.found) }
    if !finding.difference.isEmpty { properties["difference"] = .text(finding.difference) }
    if let proof = finding.proof {
        properties["calculation"] = .text(proof.calculation)
        properties["figures"] = .list(
            proof.figures.map { ["name": .text($0.name(locale)), "value": .text($0.value)] }
        )
    }
    var record: Record = [
        "ruleId": .text(finding.rule), "ruleIndex": .integer(rules.firstIndex(of: finding.rule) ?? -1),
        "level": .text(level(finding.severity)), "message": ["text": .text(text)],
        "locations": .list(located.locations.map { location($0, locale) }),
        "partialFingerprints": ["pingshenFinding/v1": .text(located.id)], "properties": .record(properties),
    ]
    if let baseline { record["baselineState"] = .text(baseline) }
    if let waiver = located.waiver {
        record["suppressions"] = [
            [
                "kind": "external", "status": "accepted",
                "justification": .text("\(waiver.reason) (\(waiver.approver))"),
            ]
        ]
    }
    return .record(record)
}

private func location(_ location: Location, _ locale: Locale) -> Value {
    var physical: Record = ["artifactLocation": ["uri": .text(percentEncoded(location.file))]]
    if let line = location.line {
        physical["region"] = [
            "startLine": .integer(max(1, line)), "startColumn": .integer(max(1, location.column ?? 1)),
        ]
    }
    // A cell, a page or a paragraph is no region that SARIF knows; its words say where it is.
    let words = location.words ?? location.place.words
    return [
        "physicalLocation": .record(physical),
        "logicalLocations": [["fullyQualifiedName": .text(location.path)]],
        "message": ["text": .text(words(locale))],
    ]
}

private func level(_ severity: Severity) -> String {
    switch severity {
    case .blocker, .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
}

/// A path as a relative reference of RFC 3986: everything but unreserved characters and slashes is written `%XX`.
private func percentEncoded(_ path: String) -> String {
    var encoded = ""
    for byte in path.utf8 {
        let scalar = Unicode.Scalar(byte)
        if byte < 0x80,
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-._~/".unicodeScalars.contains(scalar)
        {
            encoded.unicodeScalars.append(scalar)
        } else {
            let digits = String(byte, radix: 16, uppercase: true)
            encoded += "%" + (digits.count == 1 ? "0" : "") + digits
        }
    }
    return encoded
}
