import Markup

/// Which fonts stand in for those of official documents where a machine lacks them. Without it, all of them would be the one
/// that the system thinks nearest, often one without Chinese characters.
enum FontConfiguration {
    private struct Family {
        /// The names that documents use.
        var names: [String]
        /// The fonts to take, best first; a name of its own that is installed comes before them.
        var replacements: [String]
    }

    private static let serif = [
        "Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "AR PL UMing CN",
        "Noto Sans CJK SC",
    ]
    private static let sans = [
        "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Zen Hei",
        "WenQuanYi Micro Hei",
        "Noto Serif CJK SC",
    ]

    private static let families = [
        Family(
            names: [
                "仿宋_GB2312", "仿宋", "FangSong_GB2312", "FangSong", "华文仿宋", "STFangsong", "方正仿宋简体",
                "方正仿宋_GBK",
            ],
            replacements: ["FangSong", "仿宋", "STFangsong"] + serif
        ),
        Family(
            names: ["楷体_GB2312", "楷体", "KaiTi_GB2312", "KaiTi", "华文楷体", "STKaiti", "方正楷体简体", "方正楷体_GBK"],
            replacements: ["KaiTi", "楷体", "STKaiti", "AR PL UKai CN"] + serif
        ),
        Family(
            names: [
                "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "华文中宋", "STZhongsong",
                "宋体",
                "SimSun", "新宋体", "NSimSun", "华文宋体", "STSong",
            ],
            replacements: ["SimSun", "宋体", "STSong"] + serif
        ),
        Family(
            names: [
                "黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "等线", "DengXian", "华文黑体", "STHeiti", "方正黑体简体",
            ],
            replacements: ["SimHei", "黑体", "STHeiti"] + sans
        ),
    ]

    /// A configuration for fontconfig: the system's, and these families.
    ///
    /// - Parameter cache: a folder that may be written to.
    static func xml(cache: String) -> String {
        var writer = MarkupWriter(.xml)
        writer.raw("<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>")
        writer.raw("<include ignore_missing=\"yes\">/etc/fonts/fonts.conf</include>")
        writer.element("cachedir", text: cache)
        for family in families {
            for name in family.names {
                writer.open("alias", ["binding": "same"])
                writer.element("family", text: name)
                writer.open("accept")
                for replacement in family.replacements where replacement != name {
                    writer.element("family", text: replacement)
                }
                writer.close("accept")
                writer.close("alias")
            }
        }
        writer.close("fontconfig")
        return writer.markup
    }
}
