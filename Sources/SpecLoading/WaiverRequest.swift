package import ReviewModel

/// An entry of the spec's `waivers`: which findings it is for, and the decision.
package struct WaiverRequest: Sendable {
    /// The id of one finding; `nil` for all that rule and subject name.
    package var id: String?
    package var rule: String?
    package var subject: String?
    package var waiver: Waiver
    package var pointer: JSONPointer

    package init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        id = record.optional("id")?.text()
        rule = id == nil ? record.required("rule")?.text() : record.optional("rule")?.text()
        subject = record.optional("subject")?.text()
        let reason = record.required("reason")
        let approver = record.required("approver")
        let expires = record.optional("expires").flatMap(date)
        record.finish()
        for reader in [reason, approver].compactMap({ $0 }) where reader.text()?.isEmpty == true {
            reader.log.add(emptyDecision(at: reader.pointer))
        }
        guard let reason = reason?.text(), let approver = approver?.text(), id != nil || rule != nil else { return nil }
        waiver = Waiver(reason: reason, approver: approver, expires: expires)
        pointer = reader.pointer
    }
}

// MARK: - Messages

private func emptyDecision(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/empty-waiver",
        message: LocalizedText(zh: "豁免须写明理由和批准人", en: "a waiver needs a reason and an approver"),
        pointer: pointer
    )
}
