/// The shape of a dossier: which fields and tables a spec may fill and what they hold. Read from YAML, so that the host
/// need not know what the dossier is about.
public struct Form: Sendable {
    public var name: String
    public var version: Int
    public var fields: [FieldShape.Member]
    public var tables: [TableShape]
    /// What it calls what the program speaks of.
    public var roles = FormRoles()
    /// Whether cells may be of other types than the form says, and stay what they are.
    package var isLenient = false

    /// What a field holds.
    public indirect enum FieldShape: Sendable {
        case cell(CellShape)
        case group([Member])
        /// Free keys, all of one shape.
        case map(FieldShape)
        case list(FieldShape)
        /// Anything at all.
        case open

        public struct Member: Sendable {
            public var name: String
            public var title: LocalizedText
            public var shape: FieldShape
            /// What is to be written there, for people who fill it in.
            public var note: LocalizedText?
            /// Whether what stands there is kept in `review.json`, for those who look at many reviews together.
            public var isKept = false

            package var isRequired: Bool { if case .cell(let cell) = shape { cell.isRequired } else { false } }
        }
    }

    /// What a cell or a single field holds.
    public struct CellShape: Sendable {
        public var column: Column
        public var isRequired: Bool
        /// The only texts allowed; empty for any.
        public var values: [String]
        /// What those of them are called in print that have a title; any of it may be written instead.
        public var valueTitles: [String: LocalizedText] = [:]
        /// What else people call those values, as they fill in forms: 经常性项目 beside 经常性.
        public var valueSynonyms: [String: [String]] = [:]
        /// The table whose key this cell names.
        public var references: String?
        /// What else people call it, as the heads of workbooks do.
        public var synonyms: [String]
        /// What people call values of a cell that may hold others too, in lists to choose from.
        public var names: [(value: String, name: LocalizedText)] = []
        /// What is to be written there, for people who fill it in.
        public var note: LocalizedText?
        /// The most decimal places that its numbers have; where nothing is said, as many as amounts of its currency have by custom.
        package var places: Int?
    }

    public struct TableShape: Sendable {
        public var name: String
        public var title: LocalizedText
        /// The column whose values must differ from row to row.
        public var key: String?
        /// Whether a key is written, be it wrong.
        var hasWrittenKey = false
        public var cells: [CellShape]
        /// What else people call it, as the sheets of workbooks do.
        public var synonyms: [String]
        /// What it is for, for people who fill it in.
        public var note: LocalizedText?
        /// Whether its rows are kept in `review.json`, for those who look at many reviews together.
        public var isKept = false

        public var schema: TableSchema { TableSchema(name: name, title: title, columns: cells.map(\.column)) }
    }
}

// MARK: - Reading

extension Form {
    package init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        name = record.required("form")?.text() ?? ""
        version = record.optional("version")?.integer() ?? 1
        _ = record.optional("title")?.localizedText()
        let units = FormUnits(record.optional("units"))
        fields = record.optional("fields")?.record()?.all().map { Self.member($0, $1, units) } ?? []
        let written = record.optional("tables")?.record()?.all() ?? []
        tables = written.compactMap { Self.table($0, $1, units) }
        for (name, table) in written { checkReferences(of: name, table) }
        let roles = record.optional("roles")
        self.roles = FormRoles(roles, fields)
        checkRaters(roles)
        record.finish()
    }

    private static func member(_ name: String, _ reader: ValueReader, _ units: FormUnits) -> FieldShape.Member {
        func text(_ key: String) -> LocalizedText? {
            let written = reader.value.record == nil ? nil : reader.value[key]
            return written.flatMap { ValueReader($0, log: DiagnosticLog()).localizedText() }
        }
        return FieldShape.Member(
            name: name,
            title: text("title") ?? LocalizedText(name),
            shape: shape(name, reader, units),
            note: text("note"),
            isKept: reader.value.record == nil ? false : reader.value["kept"]?.boolean ?? false
        )
    }

    private static func shape(_ name: String, _ reader: ValueReader, _ units: FormUnits) -> FieldShape {
        guard let record = reader.record() else { return .open }
        let shape: FieldShape
        if let fields = record.optional("fields") {
            shape = .group(fields.record()?.all().map { member($0, $1, units) } ?? [])
        } else if let map = record.optional("map") {
            shape = .map(Self.shape(name, map, units))
        } else if let list = record.optional("list") {
            shape = .list(Self.shape(name, list, units))
        } else if record.optional("open")?.boolean() == true {
            shape = .open
        } else {
            return .cell(cell(name, record, units))
        }
        for key in ["title", "note"] { _ = record.optional(key)?.localizedText() }
        _ = record.optional("kept")?.boolean()
        record.finish()
        return shape
    }

    private static func cell(_ name: String, _ record: RecordReader, _ units: FormUnits) -> CellShape {
        let type = record.optional("type")?.oneOf(ColumnType.allCases.map(\.rawValue)).flatMap(ColumnType.init)
        let values = record.optional("values").map(allowedTexts) ?? []
        var cell = CellShape(
            column: Column(
                name: name,
                title: record.optional("title")?.localizedText(),
                type: type ?? .text
            ),
            isRequired: record.optional("required")?.boolean() ?? false,
            values: values.map(\.text),
            valueTitles: Dictionary(values.compactMap { value in value.title.map { (value.text, $0) } }) { first, _ in
                first
            },
            references: record.optional("references")?.text(),
            synonyms: record.optional("synonyms")?.texts() ?? []
        )
        for value in values where !value.synonyms.isEmpty { cell.valueSynonyms[value.text] = value.synonyms }
        if let unit = record.optional("unit").flatMap(units.unit) {
            (cell.column.unit, cell.column.unitTitle) = (unit.code, unit.title)
        }
        cell.places = places(record.optional("places"), of: cell.column)
        tellOfTextsAlone(&cell, record)
        cell.names = (record.optional("names")?.record()?.all() ?? []).prefix(maximumValues).compactMap {
            value,
            reader in
            reader.localizedText().map { (value, $0) }
        }
        cell.note = record.optional("note")?.localizedText()
        record.finish()
        return cell
    }

    /// Texts that are allowed, or have names, are of a text. It is taken for one, so that what is written in it is not told of as well.
    private static func tellOfTextsAlone(_ cell: inout CellShape, _ record: RecordReader) {
        let type = cell.column.type
        guard ![.text, .texts].contains(type), let key = ["values", "names"].first(where: { record.record[$0] != nil })
        else { return }
        record.log.add(textsOfNoText(cell.column.name, type, key, at: record.pointer / key))
        cell.column.type = .text
    }

    private static func places(_ reader: ValueReader?, of column: Column) -> Int? {
        guard let reader, let places = reader.integer() else {
            return FigureUnit(rawValue: column.unit)?.customaryPlaces
        }
        guard column.type == .decimal else {
            reader.log.add(placesOfNoNumber(column.name, at: reader.pointer))
            return nil
        }
        let known = 0...ExactDecimal.maximumPlaces
        if !known.contains(places) { reader.log.add(tooManyPlaces(places, known, at: reader.pointer)) }
        return places
    }

    /// More texts that are allowed in a cell are rows of a table, which the cell refers to: each cell is held against all of them.
    private static let maximumValues = 1000

    /// A list of texts, or a mapping from texts to their titles, which may have `synonyms` beside them.
    private static func allowedTexts(_ reader: ValueReader) -> [(
        text: String, title: LocalizedText?, synonyms: [String]
    )] {
        if case .record = reader.value {
            let members = reader.record()?.all() ?? []
            if members.count > maximumValues {
                reader.log.add(tooManyValues(members.count, maximumValues, at: reader.pointer))
            }
            return members.prefix(maximumValues).map { key, reader in
                let (title, synonyms) = titled(reader)
                return (key, title, synonyms)
            }
        }
        let values = reader.list()
        if values.count > maximumValues {
            reader.log.add(tooManyValues(values.count, maximumValues, at: reader.pointer))
        }
        // One value alone allows nothing else, and says nothing: [货物、工程] was meant to be two.
        if values.count == 1, let text = values[0].value.text, let words = joinedWords(in: text) {
            reader.log.add(joinedValues(text, words, at: reader.pointer))
            return []
        }
        return values.prefix(maximumValues).compactMap { $0.text().map { ($0, nil, []) } }
    }

    /// `{zh: 经常性, en: recurring, synonyms: [经常性项目]}`, or a title alone.
    private static func titled(_ reader: ValueReader) -> (LocalizedText?, [String]) {
        guard case .record(var fields) = reader.value, fields["synonyms"] != nil, let record = reader.record() else {
            return (reader.localizedText(), [])
        }
        let synonyms = record.optional("synonyms")?.texts() ?? []
        fields["synonyms"] = nil
        return (ValueReader(.record(fields), at: reader.pointer, log: reader.log).localizedText(), synonyms)
    }

    private static func table(_ name: String, _ reader: ValueReader, _ units: FormUnits) -> TableShape? {
        guard let record = reader.record() else { return nil }
        let columns = record.required("columns")?.record()?.all() ?? []
        var shape = TableShape(
            name: name,
            title: record.optional("title")?.localizedText() ?? LocalizedText(name),
            key: nil,
            cells: columns.compactMap { name, reader in reader.record().map { cell(name, $0, units) } },
            synonyms: record.optional("synonyms")?.texts() ?? []
        )
        shape.hasWrittenKey = record.record["key"] != nil
        if let key = record.optional("key"), let name = key.text() {
            let known = columns.map(\.key)
            if known.contains(name) {
                shape.key = name
            } else if case .record? = record.record["columns"] {
                // Of columns that are no mapping that is told.
                key.log.add(unknownKeyColumn(name, known, at: key.pointer))
            }
        }
        shape.note = record.optional("note")?.localizedText()
        shape.isKept = record.optional("kept")?.boolean() ?? false
        record.finish()
        return shape
    }
}

extension Form {
    /// The raters who play a part are among those whom the form names, where it does.
    private func checkRaters(_ roles: ValueReader?) {
        let cell = tables.first { $0.name == "scores" }?.cells.first { $0.column.name == "rater" }
        guard let cell, let roles else { return }
        let known = cell.values + cell.names.map(\.value)
        guard !known.isEmpty else { return }
        for part in ScoreSheet.Part.allCases {
            guard let name = roles.value[part.rawValue]?.text, !name.isEmpty, !known.contains(name) else { continue }
            // Names leave room for others: only a slip is told of.
            if cell.values.isEmpty, slip(in: name, among: known) == nil { continue }
            roles.log.add(unknownRater(name, part, known, at: roles.pointer / part.rawValue))
        }
    }

    /// What a column refers to must be a table, and have a key to be referred to by.
    private func checkReferences(of table: String, _ reader: ValueReader) {
        guard let cells = tables.first(where: { $0.name == table })?.cells else { return }
        for cell in cells {
            guard let target = cell.references else { continue }
            let place = reader.pointer / "columns" / cell.column.name / "references"
            guard let shape = tables.first(where: { $0.name == target }) else {
                reader.log.add(unknownTarget(target, tables.map(\.name), at: place))
                continue
            }
            // Of a key that is wrong that is told.
            if shape.key == nil, !shape.hasWrittenKey,
                reader.log.diagnostics.allSatisfy({ $0.code != "form/unknown-key" })
            {
                reader.log.add(targetWithoutKey(target, at: place))
            }
        }
    }
}

// MARK: - Messages

private func joinedValues(_ text: String, _ words: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let list = "[" + words.joined(separator: ", ") + "]"
    return ConfigurationDiagnostic(
        code: "form/joined-values",
        message: LocalizedText(
            zh: "\(quoted(text))成了一个取值：各项之间须用半角逗号分开",
            en: "\(quoted(text)) is one value: the items of a list are parted by plain commas"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请写成 \(list)", en: "write \(list)")
    )
}

private func unknownKeyColumn(_ name: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-key",
        message: LocalizedText(
            zh: "key 应是本表的一列，没有列\(quoted(name))",
            en: "the key is a column of the table, which has no \(quoted(name))"
        ),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func unknownTarget(_ name: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-target",
        message: LocalizedText(
            zh: "表单中没有可引用的表\(quoted(name))",
            en: "the form has no table \(quoted(name)) to refer to"
        ),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func targetWithoutKey(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/target-without-key",
        message: LocalizedText(
            zh: "表\(quoted(name))没有 key，无法引用它的行",
            en: "the table \(quoted(name)) has no key for its rows to be referred to by"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请在表\(quoted(name))中写 key: 列名",
            en: "give the table \(quoted(name)) a key: the name of a column"
        )
    )
}

private func tooManyValues(_ count: Int, _ limit: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/too-many-values",
        message: LocalizedText(
            zh: "允许的取值有 \(count) 个，最多 \(limit) 个",
            en: "\(count) values are allowed here, at most \(limit) can be"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请列成一张表，用 references 引用",
            en: "make a table of them, and refer to it with references"
        )
    )
}

private func textsOfNoText(_ name: String, _ type: ColumnType, _ key: String, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "form/values-of-no-text",
        message: LocalizedText(
            zh: "\(key) 列的是文字，而\(quoted(name))的 type 是 \(type.rawValue)",
            en: "\(key) lists texts, and \(quoted(name)) is of the type \(type.rawValue)"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请写 type: text，或删去 \(key)", en: "write type: text, or remove \(key)")
    )
}

private func unknownRater(_ name: String, _ part: ScoreSheet.Part, _ known: [String], at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        severity: .warning,
        code: "form/unknown-rater",
        message: LocalizedText(
            zh: "roles 的 \(part.rawValue) 是\(quoted(name))，而 scores.rater 的取值中没有它",
            en: "\(part.rawValue) of the roles is \(quoted(name)), who is none of the values of scores.rater"
        ),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func placesOfNoNumber(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/places-of-no-number",
        message: LocalizedText(
            zh: "places 是数字的小数位数，而\(quoted(name))不是数字",
            en: "places are the decimal places of numbers, and \(quoted(name)) is none"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请删去，或写 type: decimal", en: "remove it, or write type: decimal")
    )
}

private func tooManyPlaces(_ places: Int, _ known: ClosedRange<Int>, at pointer: JSONPointer) -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "form/places",
        message: LocalizedText(
            zh: "小数位数应为 \(known.lowerBound) 至 \(known.upperBound)，实为 \(places)",
            en: "decimal places are \(known.lowerBound) to \(known.upperBound), found \(places)"
        ),
        pointer: pointer
    )
}
