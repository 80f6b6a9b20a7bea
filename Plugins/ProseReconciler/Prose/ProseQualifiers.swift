extension ProseText {
    /// What the words right before and right behind a number make of it, and where they begin and end.
    func qualifier(of range: Range<Int>, isOver: Bool) -> (ProseNumber.Qualifier, Range<Int>) {
        for (word, qualifier) in leading where hasWord(word, endingBefore: range.lowerBound) {
            // 节约 3.32 万元 is no 约.
            let start = before(range.lowerBound) + 1 - word.unicodeScalars.count
            if word == "约", self[start - 1].isOne(of: "节制合预契") { continue }
            return (qualifier, before(range.lowerBound) + 1 - word.unicodeScalars.count..<range.upperBound)
        }
        if isOver { return (.over, range) }
        let next = skippingBlanks(range.upperBound)
        for (word, qualifier) in trailing where hasWord(word, at: next) {
            return (qualifier, range.lowerBound..<next + word.unicodeScalars.count)
        }
        return (.exactly, range)
    }
}

/// Longer words before those that they end with.
private let leading: [(String, ProseNumber.Qualifier)] = [
    ("不低于", .atLeast), ("不少于", .atLeast), ("不小于", .atLeast), ("不超过", .atMost), ("不高于", .atMost), ("不大于", .atMost),
    ("不多于", .atMost), ("至少", .atLeast), ("最少", .atLeast), ("至多", .atMost), ("最多", .atMost), ("不足", .below),
    ("大约", .about), ("约为", .about), ("大概", .about), ("约", .about), ("将近", .nearly), ("接近", .nearly), ("近", .nearly),
    ("超过", .over), ("突破", .over), ("高于", .atLeast), ("大于", .atLeast), ("多于", .atLeast), ("逾", .over), ("超", .over),
    ("低于", .below), ("小于", .below), ("少于", .below), (">=", .atLeast), ("<=", .atMost), ("≥", .atLeast),
    ("≤", .atMost), (">", .atLeast), ("<", .below), ("at least", .atLeast), ("at most", .atMost), ("about", .about),
    ("nearly", .nearly), ("over", .over),
]

private let trailing: [(String, ProseNumber.Qualifier)] = [
    ("左右", .about), ("上下", .about), ("及以上", .atLeast), ("以上", .atLeast), ("及以下", .atMost), ("以下", .atMost),
    ("以内", .atMost),
    ("之内", .atMost),
]
