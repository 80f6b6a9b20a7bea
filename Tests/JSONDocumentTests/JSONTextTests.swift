import Groundwork
import JSONDocument
import Testing

@Suite("JSON text that has been checked")
struct JSONTextTests {
    static let accepted = [
        #"{}"#, #" [ ] "#, #"null"#, #"-0.5e+10"#, #"[1,2,[3,{"a":[]}]]"#,
        #"{"a":1,"b":{"a":2},"c":[true,false,null]}"#,
        #""\u00e9\ud83d\ude00\n\/""#, #"{"é":1,"e":2}"#, "\"\u{10FFFF}预算\"",
        #"{"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"9":9}"#,
        #"{"a\u0062":1,"a":2}"#, "[\n\t1 ,\r 2 ]",
    ]
    static let refused = [
        #""#, #"{"a":1,}"#, #"[1,]"#, #"[1 2]"#, #"{"a" 1}"#, #"{a:1}"#, #"01"#, #"1."#, #".5"#, #"1e"#, #"-"#, #"tru"#,
        #"nul"#,
        #"{"a":1,"a":2}"#, #"{"ab":1,"a\u0062":2}"#, "{\"é\":1,\"e\u{301}\":2}", #""\ud800""#, #""\udc00""#,
        #""\u12g4""#, #""\x""#,
        "\"\u{1}\"", #"[1] 2"#, #"{"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"9":9,"1":0}"#, #"["#, #"{"a":"#,
        #"""#,
    ]

    @Test("it is taken when the reader takes it, and refused when the reader refuses it")
    func sameAsReader() {
        for text in Self.accepted { #expect(JSONText.passesCheck(Array(text.utf8)), "\(text)") }
        for text in Self.refused { #expect(!JSONText.passesCheck(Array(text.utf8)), "\(text)") }
        for text in Self.accepted + Self.refused {
            let isRead = (try? JSONReader.read(text.utf8)) != nil
            #expect(JSONText.passesCheck(Array(text.utf8)) == isRead, "\(text)")
        }
    }

    @Test("also with bytes changed, cut out and doubled, thousands of times")
    func mutations() {
        var generator = SplitMix(state: 7)
        for round in 0..<20_000 {
            var bytes = Array((Self.accepted + Self.refused)[round % (Self.accepted.count + Self.refused.count)].utf8)
            for _ in 0...Int(generator.next() % 3) where !bytes.isEmpty {
                let place = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[place], at: place)
                default:
                    bytes.insert(
                        [0x22, 0x5C, 0x2C, 0x7B, 0x5D, 0xC3, 0xED, 0xF4][Int(generator.next() % 8)],
                        at: place
                    )
                }
            }
            let isRead = (try? JSONReader.read(bytes)) != nil
            #expect(JSONText.passesCheck(bytes) == isRead, "\(bytes)")
        }
    }

    @Test("nesting is bounded as it is for the reader", arguments: [63, 64, 65])
    func depth(depth: Int) {
        let text = Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        #expect(JSONText.passesCheck(text) == (depth <= 64))
        #expect(((try? JSONReader.read(text)) != nil) == (depth <= 64))
    }

    @Test("overlong forms, surrogates and what lies beyond Unicode are no UTF-8")
    func utf8() {
        for bytes: [UInt8] in [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3],
        ] {
            #expect(!JSONText.passesCheck([0x22] + bytes + [0x22]), "\(bytes)")
        }
    }

    @Test("a cursor reads what it is asked for and passes over the rest, long or short")
    func cursor() throws {
        let long = "[" + (0..<500).map { "[\($0),\"x\\\"]\"]" }.joined(separator: ",") + "]"
        let text = try JSONText(
            Array(" {\"skip\":\(long), \"n\" : -12 ,\"t\":\"a\\u00e9\",\"list\":\(long),\"b\":true,\"z\":null}".utf8)
        )
        var (number, string, flag, firsts, keys) = (nil as Int?, nil as String?, nil as Bool?, [Int](), [String]())
        text.read { cursor in
            _ = cursor.members { key, cursor in
                keys.append(key.text)
                switch key {
                case "n": number = cursor.integer()
                case "t": string = cursor.text()
                case "b": flag = cursor.boolean()
                case "list":
                    _ = cursor.elements { element in
                        firsts.append(element.value().list?.first?.integer ?? -1)
                        return true
                    }
                default: cursor.skip()
                }
            }
        }
        #expect(keys == ["skip", "n", "t", "list", "b", "z"])
        #expect((number, string, flag) == (-12, "aé", true))
        #expect(firsts == Array(0..<500))
    }

    @Test(
        "decimals are written with all their places",
        arguments: [
            (0, 2, "0.00"), (-5, 2, "-0.05"), (12345, 0, "12345"), (.max, 4, "922337203685477.5807"),
            (.min + 1, 1, "-922337203685477580.7"),
        ]
    )
    func decimals(significand: Int64, places: Int, text: String) {
        #expect(JSONWriter.line { $0.write(decimal: significand, places: places) } == Array("\"\(text)\"".utf8))
    }
}

private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
