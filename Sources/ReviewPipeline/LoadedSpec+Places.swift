package import ReviewModel
package import SpecLoading

extension LoadedSpec {
    /// Where a finding of a step stands first, as a review has it.
    package func place(of finding: Finding, step: String) -> Location? {
        guard let spec, let document else { return nil }
        let fold = ReviewFold(spec: spec, document: document, dossier: spec.dossier)
        return fold.locate(finding, step: step).locations.first
    }
}
