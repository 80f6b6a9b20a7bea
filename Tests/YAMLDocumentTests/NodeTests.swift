import Groundwork
import Testing
import YAMLDocument

@Suite("Nodes know what they are and where they stand")
struct NodeTests {
    @Test("an ordinary spec becomes a tree in the order written")
    func tree() throws {
        let root = try root(
            of: """
                # A comment
                town: 红桥
                lines:
                  - name: 道路
                    amount: 1,703,200.00
                  - { name: 桥梁, amount: "5" }
                """
        )
        #expect(
            root.outline
                == #"{town: "红桥", lines: [{name: "道路", amount: "1,703,200.00"}, {name: "桥梁", amount: "5"}]}"#
        )
    }

    @Test("places count from 1 and columns count scalars, also behind Chinese text")
    func places() throws {
        let input = MarkedInput("1️⃣镇: 2️⃣红桥\n表格:\n  - { 名称: 3️⃣道路, 4️⃣金额: 5️⃣5 }\n空:6️⃣\n")
        let root = try #require(input.parse().root)
        #expect(root.place == input.place("1️⃣"))
        #expect(root["镇"]?.place == input.place("2️⃣"))
        #expect(root["镇"]?.length == 2)
        #expect(root["表格"]?[0]?["名称"]?.place == input.place("3️⃣"))
        #expect(root.keyPlace(at: pointer("/表格/0/金额")) == input.place("4️⃣"))
        #expect(root["表格"]?[0]?["金额"]?.place == input.place("5️⃣"))
        #expect(root["空"]?.place == input.place("6️⃣"))
        #expect(root["空"]?.isNull == true)
    }

    @Test("lines may end in CR LF or CR, and a byte order mark is no column")
    func lineEnds() throws {
        for lineEnd in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{FEFF}"] {
                let root = try root(of: mark + "a: 1\(lineEnd)b: |\(lineEnd)  x\(lineEnd)  y\(lineEnd)c: 3\(lineEnd)")
                #expect(root.outline == "{a: \"1\", b: \"x\ny\n\", c: \"3\"}")
                #expect(root.place == SourcePlace(file: "x.yaml", line: 1, column: 1))
                #expect(root["a"]?.place == SourcePlace(file: "x.yaml", line: 1, column: 4))
                #expect(root["c"]?.place == SourcePlace(file: "x.yaml", line: 5, column: 4))
            }
        }
    }

    @Test("only plain null, true and false are more than text", arguments: ["~", "null", ""])
    func nulls(text: String) throws {
        let root = try root(of: "plain: \(text)\nquoted: '\(text)'\n")
        #expect(root["plain"]?.isNull == true)
        #expect(root["quoted"]?.isNull == false)
    }

    @Test("yes, no, on and off are text")
    func booleans() throws {
        let root = try root(of: "[true, false, yes, no, on, off, True, 'true', !!str true]")
        #expect(
            root.sequence?.map(\.boolean) == [true, false, nil, nil, nil, nil, nil, nil, nil]
        )
    }

    @Test("numbers keep their digits")
    func numbers() throws {
        let root = try root(of: "[0.10, 007, 1e3, 12, +3, -4, 99999999999999999999, '5']")
        #expect(root.sequence?.compactMap(\.text).first == "0.10")
        #expect(root.sequence?.map(\.integer) == [nil, 7, nil, 12, 3, -4, nil, nil])
    }

    @Test("styles and tags are kept as written")
    func stylesAndTags() throws {
        let root = try root(
            of:
                "- a\n- 'b'\n- \"c\"\n- |\n  d\n- >\n  e\n- !include f.yaml\n- !!str 5\n- !table [x]\n- !<tag:x,1:y> z\n"
        )
        #expect(
            root.sequence?.compactMap(\.scalar?.style)
                == [.plain, .singleQuoted, .doubleQuoted, .literal, .folded, .plain, .plain, .plain]
        )
        #expect(
            root.sequence?.map(\.tag)
                == [nil, nil, nil, nil, nil, "!include", "!!str", "!table", "tag:x,1:y"]
        )
    }

    @Test("a document that is empty but begun is a null")
    func emptyDocument() throws {
        #expect(try root(of: "---\n").isNull)
    }
}

@Suite("Anchors, aliases and merge keys")
struct AliasTests {
    @Test("an alias reads like what it names and tells where it stands")
    func alias() throws {
        let input = MarkedInput("a: 1️⃣&x { k: 2️⃣v }\nb: 3️⃣*x\n")
        let root = try #require(input.parse().root)
        #expect(root.outline == #"{a: {k: "v"}, b: {k: "v"}}"#)
        #expect(root["b"]?.place == input.place("1️⃣"))
        #expect(root["b"]?.aliasPlace == input.place("3️⃣"))
        #expect(root["b"]?["k"]?.place == input.place("2️⃣"))
        #expect(root["a"]?.aliasPlace == nil)
    }

    @Test("an anchor given anew counts from there on")
    func redefinition() throws {
        #expect(try root(of: "[&a 1, *a, &a 2, *a]").outline == #"["1", "1", "2", "2"]"#)
    }

    @Test("merged keys come last, own keys win, earlier sources win")
    func merge() throws {
        let input = MarkedInput(
            """
            x: &x { a: 1, b: 2 }
            y: &y { b: 3, c: 1️⃣4 }
            z:
              <<: [*x, 2️⃣*y]
              a: 0
            """
        )
        let root = try #require(input.parse().root)
        #expect(root["z"]?.outline == #"{a: "0", b: "2", c: "4"}"#)
        #expect(root["z"]?["c"]?.place == input.place("1️⃣"))
        #expect(root["z"]?["c"]?.aliasPlace == input.place("2️⃣"))
    }

    @Test("a mapping with merged keys can be merged again, and a quoted << is a key")
    func mergeChain() throws {
        let root = try root(of: "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\nd: {'<<': 4}\n")
        #expect(root["c"]?.outline == #"{z: "3", y: "2", x: "1"}"#)
        #expect(root["d"]?.outline == #"{<<: "4"}"#)
    }

    @Test("a merge of anything but mappings is reported")
    func wrongMerge() {
        let message = #"the merge key "<<" takes an alias of a mapping, or a list of such aliases"#
        expectParse("<<: 1️⃣5\n", .init("1️⃣", "yaml/wrong-merge", message))
        expectParse("<<: [{a: 1}, 1️⃣b]\n", .init("1️⃣", "yaml/wrong-merge", message))
    }

    @Test("a second merge key is a duplicate")
    func secondMerge() {
        expectParse(
            "a: &a {x: 1}\n<<: *a\n1️⃣<<: *a\n",
            .init("1️⃣", "yaml/duplicate-key", #"duplicate merge key "<<", already given at line 2"#)
        )
    }

    @Test("an alias without an anchor is reported with the nearest name, and leaves a placeholder")
    func unknownAlias() throws {
        let input = MarkedInput("rate: &standard 5\nother: 1️⃣*standrad\nthird: 2️⃣*zzz\n")
        let parse = input.parse()
        expect(
            parse.diagnostics,
            in: input,
            [
                .init(
                    "1️⃣",
                    "yaml/unknown-alias",
                    #"alias "*standrad" has no anchor before it"#,
                    hint: #"did you mean "*standard"?"#,
                    length: 9
                ),
                .init(
                    "2️⃣",
                    "yaml/unknown-alias",
                    #"alias "*zzz" has no anchor before it"#,
                    hint: "an anchor stands before its aliases; put the value in quotes if text is meant"
                ),
            ]
        )
        #expect(try #require(parse.root?["other"]).isPlaceholder)
    }

    @Test("an alias within its own anchor is reported")
    func recursiveAlias() {
        let message = #"alias "*a" stands inside its own anchor and would expand for ever"#
        expectParse("a: &a [1, 1️⃣*a]\n", .init("1️⃣", "yaml/recursive-alias", message))
        expectParse("a: &a\n  <<: 1️⃣*a\n", .init("1️⃣", "yaml/recursive-alias", message))
        expectParse("&a {x: {1️⃣*a : 1}}\n", .init("1️⃣", "yaml/recursive-alias", message))
    }
}
