package import ReviewModel

extension Fact: DirectForm {
    package init?(direct cursor: inout JSONCursor, after earlier: Self?) {
        var usual = Usualness()
        var (id, label, value) = (nil as String?, nil as LocalizedText?, nil as Value?)
        var (unit, calculation, sources, inputs) = ("", "", [JSONPointer](), [String]())
        let isRecord = cursor.members { key, cursor in
            switch key {
            case "id": id = cursor.text(&usual)
            case "label": label = cursor.localizedText(&usual)
            case "value": value = cursor.kind == .null ? usual.take(nil as Value?) : cursor.value()
            case "unit": unit = cursor.text(&usual) ?? ""
            case "sources": sources = cursor.list(&usual) { cursor, usual in cursor.pointer(&usual) }
            case "inputs": inputs = cursor.list(&usual) { cursor, usual in cursor.text(&usual) }
            case "calculation": calculation = cursor.text(&usual) ?? ""
            default: cursor.skip()
            }
        }
        guard isRecord, usual.holds, let id, let label, let value else { return nil }
        self.init(id: id, label: label, value: value, unit: unit, sources: sources)
        (self.inputs, self.calculation) = (inputs, calculation)
    }

    package func write(into writer: inout JSONWriter) {
        writer.write(raw: "{\"id\":")
        writer.write(text: id)
        writer.member("label", label)
        writer.member("value", value)
        writer.memberIfPresent("unit", unit)
        writer.memberIfPresent("sources", sources) { $1.write(text: $0.description) }
        writer.memberIfPresent("inputs", inputs) { $1.write(text: $0) }
        writer.memberIfPresent("calculation", calculation)
        writer.write(raw: "}")
    }
}

extension Adjustment: DirectForm {
    package init?(direct cursor: inout JSONCursor, after earlier: Self?) {
        var usual = Usualness()
        var (subject, label, requested) = (nil as String?, nil as String?, nil as ExactDecimal?)
        var (parts, pointer, unit) = ([Part](), nil as JSONPointer?, Amounts.standardUnit)
        let isRecord = cursor.members { key, cursor in
            switch key {
            case "subject": subject = cursor.text(&usual)
            case "label": label = cursor.text(&usual)
            case "requested": requested = cursor.decimal(&usual)
            case "parts": parts = cursor.list(of: Part.self, &usual)
            case "pointer": pointer = cursor.pointer(&usual)
            case "unit": unit = cursor.text(&usual) ?? ""
            default: cursor.skip()
            }
        }
        guard isRecord, usual.holds, let subject, let label, let requested else { return nil }
        self.init(subject: subject, label: label, requested: requested, parts: parts, pointer: pointer, unit: unit)
    }

    package func write(into writer: inout JSONWriter) {
        writer.write(raw: "{\"subject\":")
        writer.write(text: subject)
        writer.member("label", label)
        writer.member("requested", requested)
        writer.member("parts", parts) { $0.write(into: &$1) }
        // The root's pointer is empty, and not said.
        writer.memberIfPresent("pointer", pointer?.description ?? "")
        if unit != Amounts.standardUnit { writer.member("unit", unit) }
        writer.write(raw: "}")
    }
}

extension Adjustment.Part: DirectForm {
    package init?(direct cursor: inout JSONCursor, after earlier: Self?) {
        var usual = Usualness()
        var (kind, amount, reason) = (nil as Adjustment.Kind?, nil as ExactDecimal?, "")
        let isRecord = cursor.members { key, cursor in
            switch key {
            case "kind": kind = usual.take(cursor.text(&usual).flatMap(Adjustment.Kind.init))
            case "amount": amount = cursor.decimal(&usual)
            case "reason": reason = cursor.text(&usual) ?? ""
            default: cursor.skip()
            }
        }
        guard isRecord, usual.holds, let kind, let amount else { return nil }
        self.init(kind: kind, amount: amount, reason: reason)
    }

    package func write(into writer: inout JSONWriter) {
        writer.write(raw: "{\"kind\":")
        writer.write(text: kind.rawValue)
        writer.member("amount", amount)
        writer.member("reason", reason)
        writer.write(raw: "}")
    }
}
