internal import ReviewFile
internal import ReviewModel
internal import SpecLoading

extension ReviewFold {
    /// What the form says is to be kept of the dossier.
    var kept: KeptDossier {
        guard let form = spec.form else { return KeptDossier() }
        let tables = form.tables.filter(\.isKept).compactMap { shape in dossier.table(shape.name) }
        let fields = kept(form.fields, of: dossier.fields)
        return KeptDossier(fields: fields, fieldPlaces: places(in: fields), tables: tables.map(kept))
    }

    /// Where the values of some fields are written.
    private func places(in fields: Record) -> Record {
        var places = Record()
        for (path, _) in KeptDossier.leaves(.record(fields)) {
            places[path.joined(separator: ".")] = .text(place(of: path))
        }
        return places
    }

    private func place(of path: [String]) -> String {
        location(.value(JSONPointer(path)), step: "").place.description
    }

    /// The groups that are kept, also those inside others that are not.
    private func kept(_ members: [Form.FieldShape.Member], of record: Record) -> Record {
        var kept = Record()
        for member in members {
            guard let value = record[member.name] else { continue }
            if member.isKept {
                kept[member.name] = value
            } else if case .group(let inner) = member.shape, let record = value.record {
                kept.setIfPresent(member.name, .record(self.kept(inner, of: record)))
            }
        }
        return kept
    }

    private func kept(_ table: Table) -> KeptTable {
        let places = (0..<table.rowCount).map { row in place(of: ["tables", table.name, String(row)]) }
        return KeptTable(table, places: places)
    }
}
