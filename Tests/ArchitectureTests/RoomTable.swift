/// The rooms as Docs/ARCHITECTURE.md lists them: the one list of arrows that there is.
struct RoomTable {
    /// A row: the folder of the room, and the modules that it sees.
    struct Room {
        var folder: String
        var sees: [String]

        /// `ReviewModel` of `Sources/ReviewModel`.
        var name: String { String(folder.split(separator: "/").last ?? "") }
    }

    /// In the order of the table.
    let rooms: [Room]
    /// The arrows of the drawing, `from --> to`.
    let drawn: [(from: String, to: String)]

    static let written = RoomTable(read(repository + "/Docs/ARCHITECTURE.md"))

    init(_ text: String) {
        let lines = text.split(separator: "\n")
        rooms = lines.compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(Self.trimmed)
            guard cells.count == 5, cells[1].hasPrefix("`"), cells[1].contains("/") else { return nil }
            let sees = cells[3].split(separator: ",").map { Self.trimmed($0) }
            return Room(folder: String(cells[1].dropFirst().dropLast()), sees: sees)
        }
        drawn = lines.compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 3 && words[1] == "-->" ? (String(words[0]), String(words[2])) : nil
        }
    }

    /// What each node of the drawing sees: the rooms one by one, the plugins together.
    var seenInDrawing: [String: Set<String>] {
        var seen: [String: Set<String>] = [:]
        let names = Set(rooms.map(\.name))
        for room in rooms {
            let node = room.folder.hasPrefix("Plugins/") ? "Plugins" : room.name
            seen[node, default: []].formUnion(names.intersection(room.sees))
        }
        return seen
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
