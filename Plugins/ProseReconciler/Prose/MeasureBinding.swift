import ReviewModel

/// Numbers whose words name a column or a field of the form by its title.
extension ProseBinder {
    /// Whether a figure stands in one of the columns or fields, in a year that is named; whoever's it is.
    func meaning(of measures: Set<String>, _ reading: ProseReading) -> (ProseFigure) -> Bool {
        { figure in
            measures.contains(figure.measure) && reading.isMean == (figure.making == .mean)
                && (reading.years.isEmpty || figure.years.isEmpty || figure.years == reading.years)
        }
    }

    /// The figures that are meant: those of the row that is named, and of none the field's; the sum of a column only where the
    /// words speak of the whole.
    func measured(_ reading: ProseReading, _ number: ProseNumber, _ isMeant: (ProseFigure) -> Bool) -> [ProseFigure] {
        let isOfWhole = reading.isWhole || reading.namesProject
        return figures(of: reading.subjects ?? [""], in: number.unit).filter { figure in
            isMeant(figure) && (figure.making != .sum || reading.subjects != nil || isOfWhole)
        }
    }
}
