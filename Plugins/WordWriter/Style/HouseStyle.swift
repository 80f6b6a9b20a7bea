import ReportDocument

/// How a report looks that no firm has a letterhead for: GB/T 9704-2012 for Chinese, a plain business letter for others.
///
/// Lengths are in twentieths of a point, as WordprocessingML has them (1 mm is 56.69); sizes of type in half points.
struct HouseStyle: Sendable {
    /// Type for a purpose: its Latin face, its East Asian one, its size.
    struct Face: Sendable, Hashable {
        var latin: String
        var eastAsian: String
        var size: Int
        var isBold = false
        var colour: String?
        /// Whether its fonts are those that a firm's text has anyway.
        var isOfFirm = false
    }

    /// Whether it stands in for styles that a firm's document lacks, whose fonts and lines all text then has.
    private(set) var isFirm = false
    var isChinese: Bool
    var language: String
    /// What the report says of itself.
    var words: DocumentWords
    var page = PageMeasure.gb9704
    /// The distance of lines of running text, exactly; 0 lets the type decide.
    var line: Int
    /// The first line of a paragraph, in hundredths of a character.
    var firstLine: Int
    var body: Face
    var title: Face
    var part: Face
    var section: Face
    var item: Face
    var point: Face
    var caption: Face
    var table: Face
    var margin: Face

    /// - Parameter language: a BCP 47 tag.
    init(language: String) {
        self = language.lowercased().hasPrefix("zh") ? Self.official(language) : Self.plain(language)
    }

    /// That of a document, with its words.
    init(of document: Document) {
        self.init(language: document.language)
        words = document.words
    }

    /// The house in the type of a firm: fonts are the firm's, and every size stands to the firm's running text as it does to the house's, but
    /// is no smaller than 9 points where running text is not.
    ///
    /// - Parameter size: of the firm's running text, in half points.
    func onLetterhead(size: Int) -> HouseStyle {
        var style = self
        let usual = body.size
        func proportion(_ own: Int) -> Int { max((own * size * 2 + usual) / (usual * 2), min(size, 18)) }
        (style.isFirm, style.line, style.scale) = (true, 0, (size, usual))
        for face in [\HouseStyle.body, \.title, \.part, \.section, \.item, \.point, \.caption, \.table, \.margin] {
            style[keyPath: face].size = proportion(self[keyPath: face].size)
            style[keyPath: face].isOfFirm = true
        }
        // Headings stand out by their fonts in the house, and there are none here.
        for face in [\HouseStyle.title, \.part, \.section, \.item, \.caption] { style[keyPath: face].isBold = true }
        return style
    }

    /// A size that is no face's, as the firm has it.
    func sized(_ own: Int) -> Int {
        guard isFirm, let scale else { return own }
        return max((own * scale.size * 2 + scale.usual) / (scale.usual * 2), min(scale.size, 18))
    }

    private var scale: (size: Int, usual: Int)?

    private init(
        isChinese: Bool,
        language: String,
        line: Int,
        firstLine: Int,
        faces: (
            body: Face, title: Face, part: Face, section: Face, item: Face, point: Face, caption: Face,
            table: Face,
            margin: Face
        )
    ) {
        words = DocumentWords(tag: language)
        (self.isChinese, self.language, self.line, self.firstLine) = (
            isChinese, language, line, firstLine
        )
        (body, title, part, section) = (faces.body, faces.title, faces.part, faces.section)
        (item, point, caption, table, margin) = (
            faces.item, faces.point, faces.caption, faces.table, faces.margin
        )
    }

    /// 公文格式: GB/T 9704-2012, 5.2.1 and 7.3. 3 号 is 16 points, 2 号 22, 4 号 14.
    private static func official(_ language: String) -> HouseStyle {
        func face(_ eastAsian: String, _ size: Int, isBold: Bool = false) -> Face {
            Face(latin: "Times New Roman", eastAsian: eastAsian, size: size, isBold: isBold)
        }
        return HouseStyle(
            isChinese: true,
            language: language,
            line: 560,
            firstLine: 200,
            faces: (
                body: face("仿宋_GB2312", 32), title: face("方正小标宋简体", 44), part: face("黑体", 32),
                section: face("楷体_GB2312", 32), item: face("仿宋_GB2312", 32, isBold: true),
                point: face("仿宋_GB2312", 32), caption: face("黑体", 24), table: face("仿宋_GB2312", 21),
                margin: face("宋体", 28)
            )
        )
    }

    private static func plain(_ language: String) -> HouseStyle {
        func face(_ size: Int, isBold: Bool = false) -> Face {
            Face(latin: "Times New Roman", eastAsian: "宋体", size: size, isBold: isBold)
        }
        var style = HouseStyle(
            isChinese: false,
            language: language,
            line: 0,
            firstLine: 0,
            faces: (
                body: face(22), title: face(40, isBold: true), part: face(30, isBold: true),
                section: face(26, isBold: true), item: face(22, isBold: true), point: face(22),
                caption: face(20),
                table: face(19), margin: face(18)
            )
        )
        style.page = .letter
        return style
    }
}

/// The sheet and its margins, upright.
struct PageMeasure: Sendable, Hashable {
    var width: Int
    var height: Int
    var top: Int
    var bottom: Int
    var left: Int
    var right: Int
    /// From the edges of the sheet to what stands in its margins.
    var header: Int
    var footer: Int

    /// A4; 37 mm above, 28 mm left, and the type area of 156 by 225 mm (GB/T 9704-2012, 5.2.1).
    static let gb9704 = PageMeasure(
        width: 11906,
        height: 16838,
        top: 2098,
        bottom: 1984,
        left: 1587,
        right: 1474,
        header: 1134,
        footer: 1304
    )
    /// A4 with an inch around.
    static let letter = PageMeasure(
        width: 11906,
        height: 16838,
        top: 1440,
        bottom: 1440,
        left: 1440,
        right: 1440,
        header: 720,
        footer: 720
    )

    /// Turned by a quarter, the upper margin to the right, as a sheet is bound.
    var turned: PageMeasure {
        PageMeasure(
            width: height,
            height: width,
            top: left,
            bottom: right,
            left: bottom,
            right: top,
            header: header,
            footer: footer
        )
    }

    var textWidth: Int { width - left - right }
    var textHeight: Int { height - top - bottom }
}
