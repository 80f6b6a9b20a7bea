internal import BudgetLines
public import ReviewModel

/// A form of labels with their values, 送审金额 | 3,718.00 | 核减金额 | 166.00, such as the sheet that settles an account. Amounts are in yuan.
public struct AmountForm: Sendable {
    /// Whose amount a label speaks of.
    public enum Part: Sendable { case requested, approved, cut, increase, net, rate }

    public struct Entry: Sendable {
        public var part: Part
        public var label: String
        /// As printed.
        public var printed: String
        /// In yuan; of a rate in percent.
        public var value: ExactDecimal
        public var line: ReportText.Line
    }

    public private(set) var entries: [Entry] = []
    /// The cells of words beside labels, 审定金额（大写）, with what they are labelled.
    public private(set) var words: [(part: Part, text: String, line: ReportText.Line)] = []

    /// The only entry of its kind; `nil` where there is none, or several.
    public func only(_ part: Part) -> Entry? {
        let found = entries.filter { $0.part == part }
        return found.count == 1 ? found[0] : nil
    }

    public func all(_ part: Part) -> [Entry] { entries.filter { $0.part == part } }

    fileprivate mutating func read(_ line: ReportText.Line, _ words: ReportWords) {
        let cells = line.filledCells.map(\.trimmed)
        for (label, value) in zip(cells, cells.dropFirst()) {
            let folded = label.folded
            guard folded.count <= 20, PrintedAmount(label)?.value == nil, let part = Self.part(of: folded, words),
                let first = value.unicodeScalars.first
            else { continue }
            guard let amount = PrintedAmount(value), let number = amount.value else {
                if ("一"..."龥").contains(first) || "￥¥".unicodeScalars.contains(first) {
                    self.words.append((part, value, line))
                }
                continue
            }
            let isPercent = ["%", "％"].contains(amount.unit)
            guard isPercent == (part == .rate) else { continue }
            let isWan = amount.unit.hasPrefix("万") || words["wan"].contains(where: folded.hasBytes)
            guard let scaled = isWan ? try? number * 10_000 : number else { continue }
            entries.append(Entry(part: part, label: label, printed: value, value: scaled, line: line))
        }
    }

    private static func part(of label: String, _ words: ReportWords) -> Part? {
        let has = { (key: String) in words[key].contains(where: label.hasBytes) }
        let isCut = has("cut_heads")
        if label.hasBytes(of: "率") { return isCut ? .rate : nil }
        if words["counted_heads"].contains(where: label.hasBytes) { return nil }
        if isCut { return label.hasBytes(of: "净") ? .net : has("increase_heads") ? nil : .cut }
        if has("increase_heads") { return .increase }
        switch (has("asked_heads"), has("granted_heads")) {
        case (true, false): return .requested
        case (false, true): return .approved
        default: return nil
        }
    }
}

extension ReportText {
    /// The forms of amounts: rows that stand together in which what was asked for and what was approved are labelled once each.
    public var amountForms: [AmountForm] {
        let heads = Set(printedTables.map(\.header.line.number))
        var (forms, form) = ([AmountForm](), AmountForm())
        func end() {
            if form.only(.requested) != nil, form.only(.approved) != nil { forms.append(form) }
            form = AmountForm()
        }
        for line in lines where !line.folded.isEmpty {
            if line.isTableRow, !heads.contains(line.number), !line.beginsTable || form.entries.isEmpty {
                form.read(line, words)
            } else {
                end()
                if line.isTableRow, !heads.contains(line.number) { form.read(line, words) }
            }
        }
        end()
        return forms
    }
}
