import ExcelBooks
import PluginKit
import ReviewModel
import Rubrics

/// The settings of the workbook writer: the `rubric` that the review was scored by, for how its points add up. Whether it is a
/// good one is for the plugin to say that scores by it; without one, or with a broken one, scores stand as plain figures where
/// they are no sums.
struct WorkbookSettings: PluginSettings {
    let rubric: Rubric?

    init(_ settings: SettingsReader) {
        let written = settings.value("rubric", schema: ["type": "object"])
        rubric = written.flatMap { Rubric(ValueReader($0.value, log: DiagnosticLog())) }
    }
}
