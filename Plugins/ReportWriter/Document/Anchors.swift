/// Gives headings the anchors that GitHub gives them, so that links work in every back end.
struct Anchors {
    private var used: [String: Int] = [:]

    /// Letters, digits, `-` and `_` are kept, blanks become `-`, everything else goes; a repeated anchor gets a number.
    mutating func anchor(for heading: String) -> String {
        var anchor = ""
        for character in heading.lowercased() {
            if character == " " {
                anchor.append("-")
            } else if character.isLetter || character.isNumber || "-_".contains(character) {
                anchor.append(character)
            }
        }
        let count = used[anchor, default: 0]
        used[anchor] = count + 1
        return count == 0 ? anchor : "\(anchor)-\(count)"
    }
}
