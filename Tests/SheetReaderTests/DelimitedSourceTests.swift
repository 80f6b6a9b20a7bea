import OfficeFiles
import ReviewModel
import Testing

@testable import sheet_reader

@Suite("Tables from CSV files")
struct DelimitedSourceTests {
    private let folder = Folder()
    private static let text =
        "项目内容,项目明细,数量,单价,金额\r\n厨房,\"灶台, \"\"大\"\"\r\n含安装\",2,\"1,500.50\",3001\r\n\r\n合计,,,,3001\r\n"
    private static let rows = ["厨房|灶台, \"大\"\n含安装|2|1500.50|3001"]

    /// 项目内容,项目明细,数量,单价,金额 and a line, in GBK.
    private static let gbk: [UInt8] =
        [0xCF, 0xEE, 0xC4, 0xBF, 0xC4, 0xDA, 0xC8, 0xDD, 0x2C, 0xBD, 0xF0, 0xB6, 0xEE, 0x0A] + [
            0xB3, 0xF8, 0xB7, 0xBF, 0x2C, 0x33, 0x0A,
        ]

    @Test("are read in UTF-8, with or without a mark, and in UTF-16 with one")
    func encodings() async throws {
        let utf16 = Self.text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let swapped = Self.text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for bytes in [
            Array(Self.text.utf8), [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), [0xFF, 0xFE] + utf16,
            [0xFE, 0xFF] + swapped,
        ] {
            let found = try await reading(folder.write("a.csv", bytes))
            #expect(found.rows == Self.rows)
            #expect(found.rules == ["totals-left-out"])
            #expect(found.tables[0].place(ofRow: 0, column: 4)?.brief == "a.csv, a!E2")
        }
    }

    @Test("are read in GBK where they are no UTF-8, and say so; what is neither is refused")
    func gbk() async throws {
        let found = try await reading(folder.write("a.csv", Self.gbk))
        #expect(found.rows == ["厨房|3"])
        #expect(found.rules == ["guessed"])
        #expect(found.findings[0].message.zh == "a.csv 没有写明编码，按 GB18030 读取")
        #expect(try await reading(folder.write("a.csv", Self.gbk), .null, ["encoding": "GBK"]).rules == [])
        let error = await #expect(throws: BookError.self) {
            try await reading(folder.write("b.csv", Self.gbk + [0xFF, 0xFF, 0x0A]))
        }
        #expect(error?.sentence.zh.contains("既不是 UTF-8") == true)
    }

    @Test("in UTF-8 that is damaged or cut are not taken for another encoding; the line is told")
    func damaged() async throws {
        let line = "厨房设备及配套设施采购安装,灶台,2,3,6\n"
        let text = "项目内容,项目明细,数量,单价,金额\n" + line + line
        for (bytes, number) in [
            (Array(text.utf8) + [0xFF] + Array(line.utf8), 4), (Array((text + "厨").utf8).dropLast(), 4),
            ([0xEF, 0xBB, 0xBF] + Array(text.utf8) + [0x31, 0xC0, 0x0A], 4),
        ] {
            let error = await #expect(throws: BookError.self) {
                try await reading(folder.write("a.csv", Array(bytes)))
            }
            #expect(error?.sentence.zh.hasPrefix("a.csv：文字是 UTF-8 编码，但第 \(number) 行有损坏的字节") == true)
        }
    }

    @Test("are parted by commas, semicolons or tabs", arguments: [",", ";", "\t"])
    func delimiters(_ delimiter: String) async throws {
        let text = "项目内容,数量,金额\n厨房,1,3.50\n\"外,墙;涂\t料\",2,4\n".split(separator: "\n").map { line in
            line.hasPrefix("\"")
                ? String(line).replacing("\",2,4", with: "\"\(delimiter)2\(delimiter)4")
                : String(line).replacing(",", with: delimiter)
        }
        let found = try await reading(folder.write("a.txt", Array(text.joined(separator: "\n").utf8)))
        #expect(found.rows == ["厨房|1|3.50", "外,墙;涂\t料|2|4"])
    }

    @Test("read the same wherever their bytes are cut")
    func splits() throws {
        let path = folder.write(
            "a.csv",
            Array(("甲,\"乙\r\n\"\"丙\"\"\"\r\n,丁\r" + String(repeating: "x,y\n", count: 50_000)).utf8)
        )
        var (reading, count, first) = (try DelimitedText(file: path).reading(), 0, [String]())
        while try reading.next() {
            count += 1
            if count <= 3 {
                first += reading.row.cells.map { cell in
                    "\(reading.row.number):\(cell.column):" + CellContext().text(cell, reading.row)
                }
            }
        }
        #expect(count == 50_002)
        #expect(first == ["1:1:甲", "1:2:乙\n\"丙\"", "2:2:丁", "3:1:x", "3:2:y"])
    }

    @Test("with a quotation mark that is never closed, or bytes that are no text, are refused in a sentence")
    func hostile() async throws {
        let open = await #expect(throws: BookError.self) {
            try await reading(folder.write("a.csv", Array("项目内容,金额\n\"厨房,3\n".utf8)))
        }
        #expect(open?.sentence.en.contains("quotation mark in row 2") == true)
        let binary = await #expect(throws: BookError.self) {
            try await reading(folder.write("b.csv", [0x89, 0x50, 0, 1, 2]))
        }
        #expect(binary?.sentence.en.contains("no text") == true)
    }
}

@Suite("UTF-8, checked piece by piece")
struct UTF8CheckTests {
    @Test(
        "is what the standard says",
        arguments: [
            ([0xE4, 0xB8, 0xAD], true), ([0xC0, 0x80], false), ([0xED, 0xA0, 0x80], false),
            ([0xF4, 0x90, 0x80, 0x80], false), ([0xE4, 0xB8], false),
            ([0x80], false), ([0xF0, 0x9F, 0x98, 0x80], true), ([], true),
        ] as [([UInt8], Bool)]
    )
    func standard(_ bytes: [UInt8], _ expected: Bool) async throws {
        // A file of these bytes is UTF-8, or it is taken for GB18030.
        let folder = Folder()
        let text = try? DelimitedText(file: folder.write("a.csv", Array("a,b\n".utf8) + bytes))
        #expect((text?.encoding == .utf8) == expected)
    }
}
