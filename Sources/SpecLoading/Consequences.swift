internal import ReviewModel

extension [Diagnostic] {
    /// Takes away what only follows from others among them: a mistake is told once, at its place.
    ///
    /// Of a line that YAML could not read as it was meant, nothing is said of what it seems to hold. Of a word that an error is about, no
    /// remark is made besides. A table that has another name than the form's is not missing as well, and a file that could not be read to
    /// its end may have steps.
    package mutating func dropConsequences() {
        let errors = filter { $0.severity == .error }
        let unread = errors.filter { $0.code.hasPrefix("yaml/") }
        // What is not read as it was meant may hide a table, and so may a form that is none.
        let isTableMisnamed = errors.contains { $0.code.hasPrefix("form/") || $0.code.hasPrefix("yaml/") }
        removeAll { found in
            switch found.code {
            // A step whose name was doubled is called by its other one.
            case "plan/no-steps", "plan/unknown-step": return !unread.isEmpty
            case "plan/missing-table": return isTableMisnamed
            case _ where found.code.hasPrefix("value/"): return unread.contains { $0.isBesides(found) }
            case _ where found.code.hasPrefix("yaml/") && found.severity != .error:
                return errors.contains { $0.isAround(found) }
            default: return false
            }
        }
    }
}

extension Diagnostic {
    /// Whether both stand in one line.
    fileprivate func isBesides(_ other: Diagnostic) -> Bool {
        place.file == other.place.file && place.line != nil && place.line == other.place.line
    }

    /// Whether the other stands within the word that this one is about.
    fileprivate func isAround(_ other: Diagnostic) -> Bool {
        guard isBesides(other), let own = place.column, let column = other.place.column else { return false }
        return (own..<own + Swift.max(1, length)).contains(column)
    }
}
