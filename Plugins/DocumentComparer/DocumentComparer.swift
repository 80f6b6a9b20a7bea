import OfficeFiles
import PluginKit
import ReviewModel

/// Holds a Word file that people have edited against the one that the program wrote: which figures, names, words and sentences have
/// changed, and whether the figures still go together.
///
/// A finding stands in the edited file, and where it is about something that was there before, in the original, too.
struct DocumentComparer: RuleScorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "document-comparer",
        summary: "compares an edited Word file with the one that was written (报告修改核对)",
        configSchema: [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
            "properties": [
                "edited": ["type": "string", "description": "the edited file: !file report-edited.docx"],
                "original": ["type": "string", "description": "the file as it was written: !file report.docx"],
                "words": .record(ComparisonWords.schema),
            ], "required": ["edited", "original"], "additionalProperties": false,
        ]
    )

    struct Settings: PluginSettings {
        var edited: String
        var original: String
        var words: ComparisonWords

        init(_ settings: SettingsReader) {
            (edited, original) = (settings.text("edited"), settings.text("original"))
            words = settings.value("words").map { ComparisonWords($0) } ?? ComparisonWords()
        }
    }

    /// What the rules look at.
    struct Subject: Sendable {
        var comparison: DocumentComparison?
        var broken: [BrokenRelation] = []
        /// Files that could not be read, by their settings.
        var failures: [(setting: String, error: OfficeFileError)] = []
    }

    func rules(_ settings: Settings) -> RuleSet<Subject> { comparisonRules }

    func subject(_ request: ScoringRequest, _ settings: Settings) -> Subject {
        var subject = Subject()
        func read(_ path: String, _ setting: String) -> WordDocument? {
            do throws(OfficeFileError) {
                return try WordDocument.read(ZipReader(file: path), named: path)
            } catch {
                subject.failures.append((setting, error))
                return nil
            }
        }
        let (original, edited) = (read(settings.original, "original"), read(settings.edited, "edited"))
        guard let original, let edited else { return subject }
        let comparison = DocumentComparison(original, edited, settings.words)
        subject.comparison = comparison
        subject.broken = comparison.brokenRelations
        return subject
    }
}

extension DocumentComparison {
    /// The relations of the original that no longer hold, in the order of the edited document. One place is told once: what breaks
    /// a sum also breaks other things there.
    var brokenRelations: [BrokenRelation] {
        if isAnother { return [] }
        var found = tables.flatMap { ColumnSums.broken($0) + RowRelations($0).broken() }
        let text = TextRelations(self)
        found += text.brokenInParagraphs()
        found += text.brokenElsewhere()
        return found
    }
}
