internal import Groundwork

/// Days as official documents print them: 二〇二五年十一月三日.
enum ChineseNumerals {
    static func text(of date: CalendarDate) -> String {
        let (year, month, day) = date.components
        let digits = Array("〇一二三四五六七八九")
        let written = String(year).compactMap { $0.wholeNumberValue.map { digits[$0] } }
        return "\(String(written))年\(counted(month))月\(counted(day))日"
    }

    /// 1 to 99: 三, 十, 十一, 三十一.
    private static func counted(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        let (tens, ones) = number.quotientAndRemainder(dividingBy: 10)
        return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[ones]
    }
}
