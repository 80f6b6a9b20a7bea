internal import Groundwork

/// Which formats the cells of a workbook have: enough to know dates and percentages from other numbers.
package struct NumberFormats: Sendable {
    /// By the number that a cell names.
    private var formats: [Format] = []
    /// The first number of cells with plain text that is wrapped: no fill, no colour, not bold; `nil` where no cell looks so.
    package private(set) var wrapped: Int?

    package struct Format: Sendable, Hashable {
        /// The number of the format: built-in ones are below 164.
        package var id = 0
        /// Its code, such as `#,##0.00`; empty for built-in ones.
        package var code = ""
        package var kind = Kind.number
    }

    package enum Kind: Sendable, Hashable {
        case number
        /// A number that prints a hundred times as large, with a percent sign.
        case percent
        /// A number of days since an epoch.
        case date
        /// A part of a day.
        case time
        /// Text, whatever it looks like.
        case text
    }

    package init() {}

    package subscript(number: Int) -> Format {
        formats.indices.contains(number) ? formats[number] : Format()
    }

    /// Reads `xl/styles.xml` in the form that ``PlainXML`` gives it.
    init(plain: [UInt8]) {
        var (codes, isCellFormat) = ([Int: String](), false)
        var (fonts, isPlain) = (PlainFonts(), false)
        plain.forEachTag { tag, xml in
            if xml.equals(tag.name, "cellXfs") { isCellFormat = !tag.isClosing }
            fonts.take(tag, xml)
            if tag.isClosing { return }
            if xml.equals(tag.name, "numFmt") {
                guard let id = xml.attribute("numFmtId", of: tag).flatMap(Int.init) else { return }
                codes[id] = xml.attribute("formatCode", of: tag) ?? ""
            } else if isCellFormat, xml.equals(tag.name, "xf"), formats.count < Self.maximumFormats {
                let id = xml.attribute("numFmtId", of: tag).flatMap(Int.init) ?? 0
                let code = codes[id] ?? ""
                isPlain =
                    id == 0 && xml.attribute("fillId", of: tag) ?? "0" == "0"
                    && fonts.plain.contains(xml.attribute("fontId", of: tag).flatMap(Int.init) ?? 0)
                formats.append(Format(id: id, code: code, kind: code.isEmpty ? Self.builtIn(id) : Self.kind(code)))
            } else if isCellFormat, isPlain, wrapped == nil, xml.equals(tag.name, "alignment"),
                ["1", "true"].contains(xml.attribute("wrapText", of: tag) ?? ""),
                xml.attribute("horizontal", of: tag).map({ ["general", "left"].contains($0) }) ?? true
            {
                wrapped = formats.count - 1
            }
        }
    }

    /// Excel itself has 65,490 at most.
    private static let maximumFormats = 65_536

    /// The formats that have no code in the file (ECMA-376 part 1, 18.8.30), with those of Chinese installations.
    static func builtIn(_ id: Int) -> Kind {
        switch id {
        case 9, 10: .percent
        case 14...17, 22, 27...31, 36, 50...54, 57, 58: .date
        case 18...21, 32...35, 45...47, 55, 56: .time
        case 49: .text
        default: .number
        }
    }

    /// What a code shows, by its first section: `yyyy"年"m"月"`, `#,##0.00_);[Red]…`, `0.00%`, `[h]:mm`.
    static func kind(_ code: String) -> Kind {
        var (letters, isQuoted, skipNext) = ("".unicodeScalars, false, false)
        var bracket: String?
        for scalar in code.unicodeScalars {
            if skipNext {
                skipNext = false
            } else if isQuoted {
                isQuoted = scalar != "\""
            } else if let open = bracket {
                bracket = scalar == "]" ? nil : open + String(scalar)
                // Elapsed time. Colours and conditions say nothing.
                if bracket == nil, ["h", "m", "s"].contains(open.lowercased().first.map(String.init) ?? ""),
                    Set(open.lowercased()).count == 1
                {
                    letters.append("h")
                }
            } else {
                switch scalar {
                case "\"": isQuoted = true
                case "\\", "_", "*": skipNext = true
                case "[": bracket = ""
                case ";": return kind(letters)
                default: letters.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
                }
            }
        }
        return kind(letters)
    }

    private static func kind(_ letters: String.UnicodeScalarView) -> Kind {
        let text = String(letters)
        if text == "@" { return .text }
        if text.hasPrefix("general") || text.contains("0") || text.contains("#") || text.contains("?") {
            return text.contains("%") ? .percent : .number
        }
        // `e` is the year of an era, `a` the day of the week, `b` the Buddhist year.
        if letters.contains(where: "ydgeb".unicodeScalars.contains) || text.contains("aaa") { return .date }
        if letters.contains(where: "hs".unicodeScalars.contains) { return .time }
        return letters.contains("m") ? .date : .number
    }
}

extension [UInt8] {
    /// Hands over every tag of a part that ``PlainXML`` has written.
    func forEachTag(_ body: (XMLBytes.Tag, XMLBytes) -> Void) {
        withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            let xml = XMLBytes(bytes: start, end: buffer.count)
            var position = 0
            while let open = xml.next(UInt8(ascii: "<"), from: position), case .tag(let tag) = xml.tag(at: open) {
                body(tag, xml)
                position = tag.next
            }
        }
    }
}

/// Which fonts of a workbook are neither bold nor coloured nor anything else.
private struct PlainFonts {
    private(set) var plain = Set<Int>()
    private var (count, isWithin) = (0, false)

    mutating func take(_ tag: XMLBytes.Tag, _ xml: XMLBytes) {
        if xml.equals(tag.name, "fonts") { isWithin = !tag.isClosing }
        guard isWithin, !tag.isClosing else { return }
        if xml.equals(tag.name, "font") {
            plain.insert(count)
            count += 1
        } else if ["b", "i", "u", "strike"].contains(where: { xml.equals(tag.name, $0) }) {
            plain.remove(count - 1)
        } else if xml.equals(tag.name, "color") {
            let isBlack =
                xml.attribute("theme", of: tag) == "1" || xml.attribute("auto", of: tag) != nil
                || xml.attribute("rgb", of: tag) == "FF000000" || xml.attribute("indexed", of: tag) == "64"
            if !isBlack { plain.remove(count - 1) }
        }
    }
}
