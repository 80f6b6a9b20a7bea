import PluginKit
import ReviewModel

/// The settings of the Word writer. A report needs none: it is set as GB/T 9704 has it.
struct WordSettings: PluginSettings {
    init(_ settings: SettingsReader) {}
}
