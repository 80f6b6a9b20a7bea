internal import DossierQuery
package import PluginWire
package import ReviewModel

/// What is known of a dossier while the settings of its steps are checked.
package struct SettingsOutline: SettingsContext {
    /// Which fields and tables it may have; `nil` where nobody knows.
    package let form: DossierOutline?
    /// The same, as it is sent: written once for all steps.
    package let text: FormText?
    /// The tables that it has, or that a source will fill; `nil` where that is not known.
    package var filled: Set<String>?
    package let given: GivenDossier?
    /// What the spec itself gives, for questions about it; `nil` where nothing can be asked.
    package let dossier: Dossier?

    package init(
        form: DossierOutline? = nil,
        filled: Set<String>? = nil,
        given: GivenDossier? = nil,
        dossier: Dossier? = nil
    ) {
        (self.form, self.filled, self.given, self.dossier) = (form, filled, given, dossier)
        text = form.map { FormText($0) }
    }

    package func check(_ sql: String, parameters: [String: ColumnType?]) -> QueryOutline {
        DossierQuery(sql).check(against: form, filled: filled, parameters: parameters)
    }

    package func answer(_ sql: String, parameters: Record) throws -> Table? {
        try dossier.map { dossier in
            try DossierQuery(sql).run(
                on: dossier,
                parameters: Dictionary(parameters.members.map { ($0.key, $0.value) }) { first, _ in first }
            )
        }
    }
}
