package import ReviewModel

extension Finding: DirectForm {
    package init?(direct cursor: inout JSONCursor, after earlier: Self?) {
        var members = FindingMembers(after: earlier)
        guard cursor.members({ key, cursor in if !members.take(key, &cursor) { cursor.skip() } }),
            let finding = members.finding
        else { return nil }
        self = finding
    }

    package func write(into writer: inout JSONWriter) {
        writer.write(raw: "{\"rule\":")
        writer.write(text: rule)
        writeMembers(into: &writer)
        writer.write(raw: "}")
    }

    /// All members but the rule.
    fileprivate func writeMembers(into writer: inout JSONWriter) {
        writer.member("severity", severity.rawValue)
        writer.member("message", message)
        writer.member("subject", subject)
        writer.member("expected", expected)
        writer.member("found", found)
        writer.memberIfPresent("difference", difference)
        writer.memberIfPresent("pointers", pointers) { $1.write(text: $0.description) }
        // Pointers say it all unless something is no whole value.
        if !spots.allSatisfy(\.isValue) { writer.member("spots", spots) { $1.write($0.wire) } }
        if let proof { writer.member("proof", proof.wire) }
        if let hint { writer.member("hint", hint) }
    }
}

extension LocatedFinding: DirectForm {
    package init?(direct cursor: inout JSONCursor, after earlier: Self?) {
        var (members, usual) = (FindingMembers(after: earlier?.finding), Usualness())
        var (step, id, cause) = ("", "", "")
        var (locations, waiver, baseline) = ([Location](), nil as Waiver?, nil as Baseline?)
        let isRecord = cursor.members { key, cursor in
            switch key {
            case "step": step = cursor.text(&usual, like: earlier?.step) ?? ""
            case "id": id = cursor.text(&usual) ?? ""
            case "cause": cause = cursor.text(&usual) ?? ""
            case "locations": locations = cursor.list(of: Location.self, &usual)
            case "waiver": waiver = cursor.rare(Waiver.self, &usual)
            case "baseline": baseline = cursor.text(&usual).flatMap(Baseline.init)
            default: if !members.take(key, &cursor) { cursor.skip() }
            }
        }
        guard isRecord, usual.holds, let finding = members.finding else { return nil }
        self.init(finding: finding, step: step, locations: locations)
        (self.id, self.waiver, self.baseline, self.cause) = (id, waiver, baseline, cause)
    }

    package func write(into writer: inout JSONWriter) {
        writer.write(raw: "{\"rule\":")
        writer.write(text: finding.rule)
        finding.writeMembers(into: &writer)
        writer.member("step", step)
        writer.member("locations", locations) { $0.write(into: &$1) }
        writer.memberIfPresent("id", id)
        if let waiver { writer.member("waiver", waiver.wire) }
        if let baseline { writer.member("baseline", baseline.rawValue) }
        writer.memberIfPresent("cause", cause)
        writer.write(raw: "}")
    }
}

/// The members of a finding as they are read.
private struct FindingMembers {
    private let earlier: Finding?
    private var usual = Usualness()
    private var (rule, severity, message) = (nil as String?, nil as Severity?, nil as LocalizedText?)
    private var (subject, expected, found, difference) = ("", "", "", "")
    private var (hint, proof) = (nil as LocalizedText?, nil as Proof?)
    private var (pointers, spots) = ([JSONPointer](), nil as [Spot]?)

    init(after earlier: Finding?) { self.earlier = earlier }

    /// Whether the member is a finding's, and was passed over.
    mutating func take(_ key: JSONKey, _ cursor: inout JSONCursor) -> Bool {
        switch key {
        case "rule": rule = cursor.text(&usual, like: earlier?.rule)
        case "severity": severity = usual.take(cursor.text(&usual).flatMap(Severity.init))
        case "message": message = cursor.localizedText(&usual)
        case "subject": subject = cursor.text(&usual) ?? ""
        case "expected": expected = cursor.text(&usual) ?? ""
        case "found": found = cursor.text(&usual) ?? ""
        case "difference": difference = cursor.text(&usual) ?? ""
        case "hint": hint = cursor.localizedText(&usual, like: earlier?.hint)
        case "pointers": pointers = cursor.list(&usual) { cursor, usual in cursor.pointer(&usual) }
        case "spots": spots = cursor.list(&usual) { cursor, usual in cursor.rare(Spot.self, &usual) }
        case "proof": proof = cursor.rare(Proof.self, &usual)
        default: return false
        }
        return true
    }

    /// The finding; `nil` where something is not as usual.
    var finding: Finding? {
        guard usual.holds, let rule, let severity, let message else { return nil }
        var finding = Finding(
            rule: rule,
            severity: severity,
            message: message,
            subject: subject,
            expected: expected,
            found: found,
            hint: hint
        )
        finding.spots = spots ?? pointers.map(Spot.value)
        (finding.difference, finding.proof) = (difference, proof)
        return finding
    }
}

extension Location: DirectForm {
    package init?(direct cursor: inout JSONCursor, after earlier: Self?) {
        var (usual, ahead) = (Usualness(), cursor)
        var (file, line, column) = (nil as String?, nil as Int?, nil as Int?)
        var (path, words, isText) = ("", nil as LocalizedText?, true)
        let isRecord = ahead.members { key, cursor in
            switch key {
            case "file": file = cursor.text(&usual)
            case "line": line = cursor.count(&usual)
            case "column": column = cursor.count(&usual)
            case "path": path = cursor.text(&usual) ?? ""
            case "words": words = cursor.localizedText(&usual)
            default:
                // A place in a file of another kind.
                isText = false
                cursor.skip()
            }
        }
        if isRecord, usual.holds, isText, let file {
            cursor = ahead
            self.init(.text(file: file, line: line ?? 1, column: column ?? 1), path: path, words: words)
        } else {
            usual = Usualness()
            guard let location = cursor.rare(Location.self, &usual) else { return nil }
            self = location
        }
    }

    package func write(into writer: inout JSONWriter) {
        guard case .text(let file, let line, let column) = place else { return writer.write(wire) }
        writer.write(raw: "{\"file\":")
        writer.write(text: file)
        writer.member("line", line)
        writer.member("column", column)
        writer.memberIfPresent("path", path)
        if let words { writer.member("words", words) }
        writer.write(raw: "}")
    }
}
