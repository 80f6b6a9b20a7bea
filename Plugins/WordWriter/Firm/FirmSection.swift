import ReportDocument

/// The page set-up of a firm's document: the properties of the section that the report goes into.
struct FirmSection: Sendable {
    var turnedMeasure: PageMeasure

    func properties(_ orientation: PageOrientation, isFirst: Bool) -> String { "" }
}
