import CostNorms
import PluginKit
import ReviewModel

/// What the norm checker is told:
///
///     prices: !include ../prices/national.yaml      # the norms
///     library: !include ../../out/batch/prices.yaml # prices that earlier reviews approved: evidence
///     bases: {L04: [L03]}                           # the lines that a fee, or retention money, is a share of
struct NormSettings: PluginSettings {
    var book: NormBook?
    var library: PriceLibrary?
    var bases: [String: [String]] = [:]

    init(_ settings: SettingsReader) {
        if let reader = settings.value("prices", schema: NormBook.schema) {
            book = NormBook(reader)
        } else {
            settings.log.add(noPrices())
        }
        library = settings.value("library", schema: PriceLibrary.schema).map { PriceLibrary($0) }
        let basesSchema: Record = [
            "title": "计费基数：明细编号及其基数所在的明细 · the lines that a line is a share of", "type": "object",
            "additionalProperties": ["type": "array", "items": ["type": ["string", "number"]]],
        ]
        for (line, reader) in settings.value("bases", schema: basesSchema)?.record()?.all() ?? [] {
            bases[line] = reader.list().compactMap { $0.text() }
        }
    }
}

// MARK: - Messages

private func noPrices() -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "prices/none",
        message: LocalizedText(zh: "没有支出标准", en: "there are no norms"),
        pointer: JSONPointer(),
        help: LocalizedText(
            zh: "请补上 prices: !include ../prices/national.yaml",
            en: "add prices: !include ../prices/national.yaml"
        )
    )
}
