import Markup
import ReviewModel

/// The findings as JUnit XML, as continuous integration reads it: a suite a step, a case a finding. Errors and blockers are
/// failures; warnings and infos pass and say what they say; a waived finding is skipped, with the decision.
func junitXML(_ review: Review) -> String {
    var steps = review.steps.map(\.id)
    for located in review.findings where !steps.contains(located.step) { steps.append(located.step) }
    var (suites, tests, failures, skipped) = ("", 0, 0, 0)
    let titles = review.ruleTitles
    for step in steps {
        let findings = review.findings.filter { $0.step == step }
        let failed = findings.count { $0.waiver == nil && $0.finding.severity >= .error }
        let waived = findings.count { $0.waiver != nil }
        let cases = findings.map { testCase($0, titles[$0.finding.rule], review.locale) }
        // A step without findings is one case: it passes when the step was done.
        let name = step.isEmpty ? "host" : step
        let undone = review.steps.first { $0.id == step && $0.outcome != .done }
        let whole = cases.isEmpty ? [emptyCase(name, undone)] : cases
        let passedOver = waived + (cases.isEmpty && undone != nil ? 1 : 0)
        suites +=
            "  <testsuite name=\"\(xml(name))\" tests=\"\(whole.count)\" failures=\"\(failed)\" skipped=\"\(passedOver)\">\n"
        suites += whole.joined() + "  </testsuite>\n"
        (tests, failures, skipped) = (tests + whole.count, failures + failed, skipped + passedOver)
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<testsuites name=\"\(xml(review.id))\" tests=\"\(tests)\" failures=\"\(failures)\" skipped=\"\(skipped)\">\n"
        + suites + "</testsuites>\n"
}

/// The case of a step that has no findings. What was not done has found nothing because it did not look.
private func emptyCase(_ name: String, _ undone: Review.Step?) -> String {
    guard let undone else { return "    <testcase classname=\"\(xml(name))\" name=\"no findings\"/>\n" }
    return
        "    <testcase classname=\"\(xml(name))\" name=\"not done\"><skipped message=\"\(xml(undone.note))\"/></testcase>\n"
}

private func testCase(_ located: LocatedFinding, _ title: LocalizedText?, _ locale: Locale) -> String {
    let finding = located.finding
    let subject = finding.subject.isEmpty ? "" : " " + finding.subject
    let place =
        located.locations.first.map { location in
            " file=\"\(xml(location.file))\"" + (location.line.map { " line=\"\($0)\"" } ?? "")
        } ?? ""
    var text = finding.message(locale)
    if let title { text += "\n\(finding.rule): \(title(locale))" }
    for location in located.locations {
        text += "\n\(location.place) \(location.path)"
    }
    let message = xml(finding.message(locale))
    let body: String
    if let waiver = located.waiver {
        body = "<skipped message=\"\(xml("\(waiver.reason) (\(waiver.approver))"))\"/>"
    } else if finding.severity >= .error {
        body = "<failure type=\"\(finding.severity.rawValue)\" message=\"\(message)\">\(xml(text))</failure>"
    } else {
        body = "<system-out>\(xml("\(finding.severity.rawValue): \(text)"))</system-out>"
    }
    return
        "    <testcase classname=\"\(xml(finding.rule))\" name=\"\(xml(finding.rule + subject)) [\(xml(located.id))]\"\(place)>\(body)</testcase>\n"
}

/// Text for an element or an attribute.
func xml(_ text: String) -> String { escaped(text, for: .xml) }
