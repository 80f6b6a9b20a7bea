internal import DossierQuery
package import ReviewModel

/// What is known of a dossier while the settings of its steps are checked.
package struct SettingsOutline: SettingsContext {
    /// Which fields and tables it may have; `nil` where nobody knows.
    package var form: DossierOutline?
    /// The tables that it has, or that a source will fill; `nil` where that is not known.
    package var filled: Set<String>?

    package init(form: DossierOutline? = nil, filled: Set<String>? = nil) { (self.form, self.filled) = (form, filled) }

    package func check(_ sql: String, parameters: [String: ColumnType?]) -> QueryOutline {
        DossierQuery(sql).check(against: form, filled: filled, parameters: parameters)
    }
}
