import Groundwork
import Testing

@Suite("Days of the calendar")
struct CalendarDateTests {
    @Test(
        "a day is written as a person writes it",
        arguments: ["2026-01-31", "2026/1/31", "2026.1.31", "2026年1月31日", "2026年1月31", "２０２６年１月３１日", " 2026-1-31 "]
    )
    func written(text: String) {
        #expect(CalendarDate(written: text)?.description == "2026-01-31")
    }

    @Test(
        "a day is written as official documents print it",
        arguments: [
            ("二〇二七年一月一日", "2027-01-01"), ("二○二六年十二月三十一日", "2026-12-31"), ("二零二六年十月二十日", "2026-10-20"),
            ("二〇二六年〇三月十一", "2026-03-11"), ("二〇二六 年 二 月 二十八 日", "2026-02-28"),
        ]
    )
    func spelt(text: String, day: String) {
        #expect(CalendarDate(written: text)?.description == day)
    }

    @Test(
        "numerals that are no day are refused",
        arguments: [
            "二〇二六年二月三十日", "二〇二六年十三月一日", "二六年一月一日", "二〇二六年月一日", "二〇二六年一月", "二〇二六年十十月一日",
            "十〇二六年一月一日", "二〇二六年一月一日一", "一月一日二〇二六年", "二〇二六年一二月一日",
        ]
    )
    func misspelt(text: String) {
        #expect(CalendarDate(written: text) == nil)
    }

    @Test(
        "what is no day is refused",
        arguments: [
            "2026-02-31", "2026-02-29", "2025-13-01", "2026-00-10", "2026-01-00", "1899-12-31", "10000-01-01",
            "2026-01",
            "2026-01-31-01", "2026/1-31", "31.1.2026", "2026年1日31月", "", "-2026-01-31", "2026-01-31T00",
            "99999999999999999999-1-1",
        ]
    )
    func refused(text: String) {
        #expect(CalendarDate(written: text) == nil)
        #expect(CalendarDate(text) == nil)
    }

    @Test("only the full form is a date between programs", arguments: ["2026-1-31", "2026/01/31", "２０２６-01-31"])
    func strict(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("leap years follow the calendar")
    func leapYears() {
        #expect(CalendarDate("2000-02-29") != nil)
        #expect(CalendarDate("2024-02-29") != nil)
        #expect(CalendarDate("2100-02-29") == nil)
    }

    @Test("day numbers lead to the day and back, over all years")
    func dayNumbers() throws {
        #expect(CalendarDate("1970-01-01")?.dayNumber == 0)
        #expect(CalendarDate("1900-01-01")?.dayNumber == -25_567)
        let last = try #require(CalendarDate("9999-12-31"))
        for number in stride(from: -25_567, through: last.dayNumber, by: 97) {
            let date = try #require(CalendarDate(dayNumber: number))
            #expect(CalendarDate(date.description)?.dayNumber == number)
        }
        #expect(CalendarDate(dayNumber: last.dayNumber + 1) == nil)
        #expect(CalendarDate(dayNumber: .max) == nil)
    }
}
