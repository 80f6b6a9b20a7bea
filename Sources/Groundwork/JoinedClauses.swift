extension [String] {
    /// Those that say something one after another, parted as their own writing does it: `甲；乙`, `one; two`.
    public var joinedAsClauses: String {
        let clauses = filter { !$0.isEmpty }
        let isChinese = clauses.contains { $0.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) } }
        return clauses.joined(separator: isChinese ? "；" : "; ")
    }
}
