package import ReviewModel

extension Form.CellShape {
    /// The value as the cell's type has it: decimals exact, dates `2026-01-31`. Reports what does not fit.
    package func read(_ reader: ValueReader) -> Value {
        switch column.type {
        case .text: readText(reader)
        case .decimal: Value(column.unit == "percent" ? reader.percent() : reader.decimal())
        case .integer: reader.integer().map(Value.integer) ?? .null
        case .boolean: reader.boolean().map(Value.boolean) ?? .null
        case .date: readDate(reader)
        case .texts: readTexts(reader)
        }
    }

    private func readText(_ reader: ValueReader) -> Value {
        Value(values.isEmpty ? reader.text() : reader.oneOf(values))
    }

    private func readTexts(_ reader: ValueReader) -> Value {
        // One text may stand without brackets.
        if case .text = reader.value { return [Value(reader.text())] }
        return .list(reader.list().map { Value($0.text()) })
    }

    /// `2026-01-31`, also written `2026/1/31`.
    private func readDate(_ reader: ValueReader) -> Value {
        guard let text = reader.text() else { return .null }
        let parts = text.split(whereSeparator: { $0 == "-" || $0 == "/" }).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            isCalendarDay(year, month, day)
        else {
            reader.log.add(notADate(text, at: reader.pointer))
            return .null
        }
        return .text("\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)")
    }
}

private func isCalendarDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1900...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1]
}

private func notADate(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/wrong-type",
        message: LocalizedText(
            zh: "\"\(text)\"不是日期（应如 2026-01-31）",
            en: "\"\(text)\" is not a date such as 2026-01-31"
        ),
        pointer: pointer
    )
}
