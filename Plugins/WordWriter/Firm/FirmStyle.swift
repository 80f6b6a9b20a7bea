import OfficeFiles

/// A style of a firm's document.
struct FirmStyle: Hashable {
    var id: String
    var name: String
    /// `paragraph`, `character`, `table`.
    var kind: String
    /// Whether its paragraphs are counted by themselves, as the style says or the one that it is based on.
    var isCounted = false
    /// Whether it is what paragraphs have that name no style.
    var isDefault = false
    /// The size of its type in half points, and the font of its digits, by itself or by what it is based on.
    var size = 20
    var font: String?

    /// What a style says of itself.
    private struct Own {
        var isCounted: Bool?
        var base: String?
        var size: Int?
        var font: String?
    }

    static func all(_ bytes: [UInt8], theme: FirmThemeFonts = FirmThemeFonts()) throws(OfficeFileError) -> [FirmStyle] {
        var scanner = try XMLScanner(bytes)
        var (styles, current) = ([FirmStyle](), nil as FirmStyle?)
        var own: [String: Own] = [:]
        // What no style says holds for all of them, by the name of no style.
        let defaults = ""
        while let token = try scanner.next() {
            let (isElement, id) = (token.kind != .end && token.kind != .text, current?.id ?? defaults)
            switch token.name {
            case "w:style" where token.kind == .start:
                current = token.attribute("w:styleId").map {
                    FirmStyle(
                        id: $0,
                        name: "",
                        kind: token.attribute("w:type") ?? "paragraph",
                        isDefault: ["1", "true", "on"].contains(token.attribute("w:default"))
                    )
                }
            case "w:style" where token.kind == .end:
                if let current { styles.append(current) }
                current = nil
            case "w:name" where isElement:
                if current?.name == "" { current?.name = token.attribute("w:val") ?? "" }
            case "w:basedOn" where isElement:
                if current != nil { own[id, default: Own()].base = token.attribute("w:val") }
            case "w:numId" where isElement:
                // List 0 is none.
                if current != nil { own[id, default: Own()].isCounted = token.attribute("w:val") != "0" }
            case "w:sz" where isElement:
                if let size = token.attribute("w:val").flatMap({ Int($0) }), (2...400).contains(size) {
                    own[id, default: Own()].size = size
                }
            case "w:rFonts" where isElement:
                if let font = token.attribute("w:asciiTheme").flatMap(theme.font) ?? token.attribute("w:ascii") {
                    own[id, default: Own()].font = font
                }
            default: break
            }
        }
        for index in styles.indices {
            let chain = Self.chain(styles[index].id, own)
            styles[index].isCounted = chain.lazy.compactMap(\.isCounted).first ?? false
            styles[index].size = chain.lazy.compactMap(\.size).first ?? own[defaults]?.size ?? 20
            styles[index].font = chain.lazy.compactMap(\.font).first ?? own[defaults]?.font
        }
        return styles
    }

    /// What a style says, then the one that it is based on, and so on; a chain may turn in a circle.
    private static func chain(_ id: String, _ own: [String: Own]) -> [Own] {
        var (next, passed, chain) = (id as String?, Set<String>(), [Own]())
        while let id = next, passed.insert(id).inserted {
            guard let style = own[id] else { break }
            chain.append(style)
            next = style.base
        }
        return chain
    }
}

/// The fonts for Latin letters that a theme names, which styles may only refer to.
struct FirmThemeFonts {
    private var major: String?
    private var minor: String?

    init() {}

    init(_ bytes: [UInt8]) throws(OfficeFileError) {
        var (scanner, isMajor) = (try XMLScanner(bytes), nil as Bool?)
        while let token = try scanner.next() {
            switch token.name {
            case "a:majorFont": isMajor = token.kind == .end ? nil : true
            case "a:minorFont": isMajor = token.kind == .end ? nil : false
            case "a:latin":
                guard let isMajor, let name = token.attribute("typeface"), !name.isEmpty else { continue }
                if isMajor { major = major ?? name } else { minor = minor ?? name }
            default: continue
            }
        }
    }

    /// - Parameter reference: `minorHAnsi`, `majorAscii`.
    func font(_ reference: String) -> String? { reference.hasPrefix("major") ? major : minor }
}
