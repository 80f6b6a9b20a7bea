extension Finding {
    /// How much money is at stake, in yuan: what was found less what was expected, where both are amounts.
    ///
    /// An amount says its unit, or is printed as amounts are, with two places: `1,250.00`. A rate, a number of points or of things is none.
    public var moneyAtStake: ExactDecimal? {
        if !difference.isEmpty { return Self.yuan(difference)?.magnitude }
        guard let expected = Self.yuan(expected), let found = Self.yuan(found), let change = try? found - expected
        else { return nil }
        return change.magnitude
    }

    private static func yuan(_ text: String) -> ExactDecimal? {
        // A number that is longer than this is none that anybody printed.
        guard text.utf8.count <= 40, let figure = PrintedFigure(text) else { return nil }
        switch figure.unit {
        case .yuan?: return figure.isWan ? try? figure.number * 10_000 : figure.number
        case nil: return figure.number.places == 2 && text.contains(".") ? figure.number : nil
        default: return nil
        }
    }
}
