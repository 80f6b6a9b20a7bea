import BudgetLines
import ReviewModel

/// What the form calls the values of columns and fields, and fields themselves: what people read in place of the ids that are kept.
struct FormTitles {
    private let names: [String: [String]]
    private let locale: Locale

    init(form: DossierOutline?, locale: Locale) { (names, self.locale) = (form?.synonyms ?? [:], locale) }

    /// 镇级 for `town`; a value without a title is its own.
    func value(_ value: String, of table: String, _ column: String) -> String {
        title("\(table).\(column)=\(value)") ?? value
    }

    /// The same of a field below the fields.
    func value(_ value: String, at field: JSONPointer) -> String { title("\(field.description)=\(value)") ?? value }

    /// What a field is called; `nil` where the form has no title for it.
    func name(of field: JSONPointer) -> String? { title(field.description) }

    /// A kind of deduction: by the form's title of the value, else by our own word.
    func name(of kind: Adjustment.Kind, _ locale: Locale) -> String {
        title("deductions.kind=\(kind.rawValue)") ?? kind.name(locale)
    }

    private func title(_ key: String) -> String? {
        guard let titles = names[key], let first = titles.first else { return nil }
        return locale == .zh ? first : titles.dropFirst().first ?? first
    }
}
