/// The currencies of ISO 4217 that are in use, by their codes.
enum Currency {
    static func isKnown(_ code: String) -> Bool { codes.contains(code) }

    /// Whether amounts of it have no places: there are no parts of it, or nobody reckons with them.
    static func hasNoParts(_ code: String) -> Bool { withoutParts.contains(code) }

    static func chineseName(_ code: String) -> String { chineseNames[code] ?? code }

    /// The code of a currency by its Chinese name or its code.
    static func code(named name: String) -> String? {
        if isKnown(name) { return name }
        if name == "人民币" { return "CNY" }
        return chineseNames.first { $0.value == name }?.key
    }

    private static let codes = Set(
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC \
        CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK \
        JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR \
        MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP \
        STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
        """.split(separator: " ").map(String.init)
    )

    private static let withoutParts: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "IDR", "ISK", "JPY", "KMF", "KRW", "LAK", "PYG", "RWF", "UGX", "VND", "VUV", "XAF",
        "XOF",
        "XPF",
    ]

    /// Others print by their codes.
    private static let chineseNames: [String: String] = [
        "AUD": "澳大利亚元", "CAD": "加拿大元", "CHF": "瑞士法郎", "CNY": "元", "DKK": "丹麦克朗", "EUR": "欧元", "GBP": "英镑",
        "HKD": "港元", "IDR": "印度尼西亚盾", "INR": "印度卢比", "JPY": "日元", "KRW": "韩元", "KZT": "坚戈", "LAK": "基普",
        "MOP": "澳门元", "MYR": "林吉特", "NOK": "挪威克朗", "NZD": "新西兰元", "PHP": "菲律宾比索", "PKR": "巴基斯坦卢比",
        "RUB": "卢布", "SEK": "瑞典克朗", "SGD": "新加坡元", "THB": "泰铢", "TWD": "新台币", "USD": "美元", "VND": "越南盾",
        "ZAR": "兰特",
    ]
}
