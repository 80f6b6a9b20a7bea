/// A hint that names the word among `known` that was probably meant, or lists a few that exist; `nil` for none.
public func suggestion(for word: String, among known: [String]) -> LocalizedText? {
    if let near = nearest(to: word, among: known) {
        return LocalizedText(zh: "是不是\"\(near)\"？", en: "did you mean \"\(near)\"?")
    }
    guard !known.isEmpty, known.count <= 12 else { return nil }
    let list = Set(known).sorted().joined(separator: ", ")
    return LocalizedText(zh: "可用的有：\(list)", en: "known here: \(list)")
}

/// The word among `known` within a third of `word`'s length in edits, or `nil`. Ties go to the first. Of very many words
/// only the first 2,000 are looked at: a hint must not cost more than the work it is about.
public func nearest(to word: String, among known: [String]) -> String? {
    let limit = max(1, word.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in known.prefix(spellingCandidates) where abs(candidate.count - word.count) <= limit {
        let distance = editDistance(Array(word), Array(candidate))
        if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
}

private let spellingCandidates = 2000

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var (beforeLast, last) = ([Int](), Array(0...b.count))
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
