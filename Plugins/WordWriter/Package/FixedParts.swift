import Markup
import ReportDocument

/// Parts that hardly depend on the document.
enum FixedParts {
    static func settings(_ document: Document, _ house: HouseStyle) -> String {
        let isDashed = document.properties.pageNumbers == .dashed
        let latin = house.isChinese ? "en-US" : house.language
        let eastAsian = house.isChinese ? house.language : "zh-CN"
        func compatibility(_ name: String, _ value: String) -> String {
            "<w:compatSetting w:name=\"\(name)\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"\(value)\"/>"
        }
        return WordNamespaces.declaration
            + "<w:settings \(WordNamespaces.main)><w:zoom w:percent=\"100\"/>"
            + "<w:defaultTabStop w:val=\"420\"/>" + (isDashed ? "<w:evenAndOddHeaders/>" : "")
            + "<w:drawingGridVerticalSpacing w:val=\"156\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/>"
            + "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>"
            + "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
            + "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
            + compatibility("compatibilityMode", "15") + "</w:compat>"
            + "<w:themeFontLang w:val=\"\(escaped(latin, for: .xml))\" w:eastAsia=\"\(escaped(eastAsian, for: .xml))\"/>"
            + "<w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\" w:bg2=\"light2\" w:t2=\"dark2\" w:accent1=\"accent1\" w:accent2=\"accent2\" w:accent3=\"accent3\" w:accent4=\"accent4\" w:accent5=\"accent5\" w:accent6=\"accent6\" w:hyperlink=\"hyperlink\" w:followedHyperlink=\"followedHyperlink\"/>"
            + "<w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>"
    }

    /// The fonts by name, with what a machine that lacks one may take.
    static var fonts: String {
        let fonts: [(name: String, other: String?, family: String)] = [
            ("Times New Roman", nil, "roman"), ("仿宋_GB2312", "仿宋", "modern"),
            ("楷体_GB2312", "楷体", "modern"),
            ("黑体", "SimHei", "modern"), ("宋体", "SimSun", "auto"), ("方正小标宋简体", "宋体", "auto"),
        ]
        let elements = fonts.map { font in
            "<w:font w:name=\"\(font.name)\">" + (font.other.map { "<w:altName w:val=\"\($0)\"/>" } ?? "")
                + "<w:charset w:val=\"\(font.other == nil ? "00" : "86")\"/><w:family w:val=\"\(font.family)\"/>"
                + "<w:pitch w:val=\"variable\"/></w:font>"
        }
        return WordNamespaces.declaration
            + "<w:fonts \(WordNamespaces.main)>\(elements.joined())</w:fonts>"
    }

    /// A theme: charts take their first colours and fonts from it.
    static var theme: String {
        let colours = [
            ("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "44546A"), ("lt2", "E7E6E6"),
            ("accent1", "1F4E79"),
            ("accent2", "8FAADC"), ("accent3", "C9C9C9"), ("accent4", "ED7D31"), ("accent5", "70AD47"),
            ("accent6", "7F6000"), ("hlink", "0563C1"), ("folHlink", "954F72"),
        ].map { "<a:\($0)><a:srgbClr val=\"\($1)\"/></a:\($0)>" }.joined()
        func fonts(_ name: String, _ eastAsian: String) -> String {
            "<a:\(name)><a:latin typeface=\"Times New Roman\"/><a:ea typeface=\"\(eastAsian)\"/><a:cs typeface=\"\"/></a:\(name)>"
        }
        let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
        func three(_ element: String) -> String { element + element + element }
        return WordNamespaces.declaration
            + "<a:theme \(WordNamespaces.art) name=\"Report\"><a:themeElements>"
            + "<a:clrScheme name=\"Report\">\(colours)</a:clrScheme><a:fontScheme name=\"Report\">"
            + fonts("majorFont", "黑体") + fonts("minorFont", "宋体")
            + "</a:fontScheme><a:fmtScheme name=\"Report\">"
            + "<a:fillStyleLst>\(three(fill))</a:fillStyleLst>"
            + "<a:lnStyleLst>\(three("<a:ln w=\"6350\">\(fill)</a:ln>"))</a:lnStyleLst>"
            + "<a:effectStyleLst>\(three("<a:effectStyle><a:effectLst/></a:effectStyle>"))</a:effectStyleLst>"
            + "<a:bgFillStyleLst>\(three(fill))</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    }
}
