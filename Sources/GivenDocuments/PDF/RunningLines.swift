internal import PDFPages

/// Lines that stand at the top or the bottom of many pages, and numbers of pages.
struct RunningLines {
    private var known: Set<String> = []

    init(_ pages: [PageReading]) {
        var counts: [String: Int] = [:]
        for page in pages {
            var seen: Set<String> = []
            for case .line(let line) in page.pieces where Self.isAtEdge(line, page) {
                let key = Self.key(line)
                if seen.insert(key).inserted { counts[key, default: 0] += 1 }
            }
        }
        let least = max(3, pages.count * 2 / 5)
        known = Set(counts.filter { $0.value >= least || Self.isNumber($0.key) && $0.value > 1 }.keys)
    }

    func contains(_ line: PageLine, _ page: PageReading) -> Bool {
        line.isArtifact || Self.isAtEdge(line, page) && known.contains(Self.key(line))
    }

    private static func isAtEdge(_ line: PageLine, _ page: PageReading) -> Bool {
        // Margins are as high on a page across.
        let margin = max(page.height, page.width) * 0.1
        return line.bottom < margin || line.top > page.height - margin
    }

    /// The line with one sign for each number in it.
    private static func key(_ line: PageLine) -> String {
        var (key, isNumber) = ("", false)
        for character in line.text where !character.isWhitespace {
            let isDigit = character.isNumber
            if !isDigit { key.append(character) } else if !isNumber { key.append("#") }
            isNumber = isDigit
        }
        return key
    }

    /// `#`, `-#-`, `第#页共#页`, `#/#`.
    private static func isNumber(_ key: String) -> Bool {
        key.contains("#") && key.allSatisfy { "#-—–－·/第页共Page of".contains($0) }
    }
}
