/// The candidate that a mistyped word most likely meant, or `nil` when none is near.
///
/// Near means a Damerau–Levenshtein distance (insertions, deletions, replacements, swaps of neighbours), letter case
/// ignored, of at most a third of the word's length, at least 1, and less than the word itself. Of equally near
/// candidates the first wins.
public func nearestSpelling(of word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    var best: String?
    var allowed = min(max(1, letters.count / 3), letters.count - 1)
    // A word of one letter shares nothing with what it might have meant, unless only its case is wrong.
    guard allowed >= 0 else { return nil }
    for candidate in candidates {
        let other = Array(candidate.lowercased().unicodeScalars)
        guard abs(other.count - letters.count) <= allowed else { continue }
        let distance = editDistance(letters, other)
        guard distance <= allowed else { continue }
        best = candidate
        if distance == 0 { break }
        allowed = distance - 1
    }
    return best
}

/// The optimal string alignment distance, by three rows of the usual table.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in 1...left.count {
        var row = [i]
        row.reserveCapacity(right.count + 1)
        for j in 1...right.count {
            let replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
            var cost = min(replaced, last[j] + 1, row[j - 1] + 1)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                cost = min(cost, beforeLast[j - 2] + 1)
            }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[right.count]
}
