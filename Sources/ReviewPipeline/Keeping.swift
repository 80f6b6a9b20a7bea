internal import ReviewFile
internal import ReviewModel
internal import SpecLoading

extension ReviewFold {
    /// What the form says is to be kept of the dossier.
    var kept: KeptDossier {
        guard let form = spec.form else { return KeptDossier() }
        let groups = form.fields.filter(\.isKept).compactMap { member in
            dossier.fields[member.name].map { (member.name, $0) }
        }
        let tables = form.tables.filter(\.isKept).compactMap { shape in dossier.table(shape.name) }
        return KeptDossier(fields: Record(groups), tables: tables.map(kept))
    }

    private func kept(_ table: Table) -> KeptTable {
        let places = (0..<table.rowCount).map { row in
            location(.value(JSONPointer(["tables", table.name, String(row)])), step: "").place.description
        }
        return KeptTable(table, places: places)
    }
}
