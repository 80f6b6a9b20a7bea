/// The type that a table is set in: how large, and how wide its digits and letters are.
struct TableType: Sendable, Hashable {
    /// In half points.
    var size: Int
    /// Of column heads, which may have another size.
    var headSize: Int
    /// How wide a digit or Latin letter is at most, in thousandths of the size of the type.
    var narrow: Int

    init(size: Int, headSize: Int? = nil, narrow: Int = LatinWidth.times) {
        (self.size, self.headSize, self.narrow) = (size, headSize ?? size, narrow)
    }
}

/// How wide the digits of a font are, in thousandths of its size, set bold included: by classes of fonts, for the fonts
/// themselves need not be on the machine.
enum LatinWidth {
    static let times = 500
    /// Of a font that nobody knows here: as wide as any that offices have.
    static let unknown = 720

    private static let classes: [(width: Int, fonts: [String])] = [
        (
            500,
            [
                "times", "liberation serif", "tinos", "garamond", "simsun", "nsimsun", "simhei", "fangsong", "kaiti",
                "宋",
                "黑体", "仿宋", "楷体", "stsong", "stfangsong", "stkaiti", "stzhongsong", "华文", "方正", "fz", "mingliu",
                "palatino",
                "book antiqua",
            ]
        ),
        (
            570,
            [
                "arial", "helvetica", "liberation sans", "arimo", "calibri", "carlito", "cambria", "caladea",
                "noto sans cjk",
                "noto serif cjk", "source han", "思源", "微软雅黑", "microsoft yahei", "等线", "dengxian", "pingfang", "aptos",
                "segoe ui", "candara", "corbel", "constantia", "trebuchet", "century gothic", "century schoolbook",
            ]
        ),
        (
            620,
            [
                "tahoma", "courier", "consolas", "liberation mono", "cousine", "lato", "open sans", "noto sans",
                "noto serif", "roboto",
            ]
        ),
        (690, ["georgia", "gelasio", "bookman"]),
        (720, ["verdana", "dejavu"]),
    ]

    /// - Parameter font: its name; `nil` where nothing names one, which Word takes for Times.
    static func of(_ font: String?) -> Int {
        guard let name = font?.lowercased(), !name.isEmpty else { return times }
        var best: (length: Int, width: Int)?
        for (width, fonts) in classes {
            for known in fonts where name.hasPrefix(known) && known.count > best?.length ?? 0 {
                best = (known.count, width)
            }
        }
        return best?.width ?? unknown
    }
}
