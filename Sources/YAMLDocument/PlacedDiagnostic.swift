internal import Groundwork

extension Diagnostic {
    /// A remark about a place in a text.
    init(_ severity: Severity, code: String, at place: SourcePlace, length: Int = 1, _ wording: Wording) {
        self.init(severity, code: code, at: place.place, length: length, wording)
    }
}
