/// The style sheet of the HTML report.
///
/// On paper it follows GB/T 9704-2012: A4, margins 37/28/35/26 mm (top, left, bottom, right), body 3 号 (16 pt) 仿宋 at
/// 22 lines of 28 characters, title 2 号 (22 pt) 小标宋, headings 黑体 – 楷体 – 仿宋. On a screen tables scroll inside their own container, so that the page itself never does sideways.
enum HTMLStyle {
    private static let sheet = [faces, colours, screen, parts, tables, figures, apparatus, print].joined(
        separator: "\n"
    )

    /// - Parameter margins: what stands at the head and foot of a printed page.
    static func sheet(_ margins: PageMargins) -> String { sheet + "\n" + margins.rules }

    /// Latin letters and digits come from a Latin face, Chinese punctuation stays Chinese.
    private static let faces = """
        @font-face { font-family: Latin; src: local("Times New Roman"), local("Liberation Serif"); unicode-range: U+20-7E; }
        :root {
          --song: Latin, "Songti SC", SimSun, "Noto Serif CJK SC", "Source Han Serif SC", serif;
          --fang: Latin, FangSong, 仿宋, FangSong_GB2312, STFangsong, "Noto Serif CJK SC", serif;
          --xbs: Latin, 方正小标宋简体, FZXiaoBiaoSong-B05S, STZhongsong, "Noto Serif CJK SC", serif;
          --hei: Latin, SimHei, 黑体, "Heiti SC", STHeiti, "Noto Sans CJK SC", sans-serif;
          --kai: Latin, KaiTi, 楷体, KaiTi_GB2312, STKaiti, "Noto Serif CJK SC", serif;
          --sans: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif;
        }
        """

    private static let colours = """
        :root {
          --paper: #fff; --desk: #eef0f2; --ink: #1a1c1f; --soft: #5c6370; --line: #9aa1ab; --head: #f1f3f5;
          --link: #1f4f8b; --mark: #ffe08a; --s0: #8b96a5; --s1: #b3261e; --s2: #2f6f9f;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --paper: #16181c; --desk: #0d0e11; --ink: #e3e5e8; --soft: #a3aab5; --line: #565d68; --head: #22262c;
            --link: #8ab8f0; --mark: #6b5200; --s0: #7d8795; --s1: #ef7b70; --s2: #6cb0dd;
          }
        }
        """

    private static let screen = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--desk); color: var(--ink); font: 17px/1.85 var(--song); line-break: strict; overflow-wrap: break-word; }
        main { display: block; }
        .sheet { background: var(--paper); max-width: 52rem; margin: 1.25rem auto; padding: 3rem 4rem; box-shadow: 0 1px 3px #0003; }
        .sheet.landscape { max-width: 74rem; padding: 3rem; }
        p { margin: 0 0 .35em; text-indent: 2em; }
        p.plain, p.centred, p.right, p.lead, p.note, p.title, p.subtitle { text-indent: 0; }
        p.centred, p.title, p.subtitle { text-align: center; }
        p.right { text-align: right; }
        p.lead { text-indent: 2em; font-weight: bold; }
        p.note { color: var(--soft); font-size: .85em; margin: .4em 0 1em; }
        blockquote { margin: .6em 0; padding-left: 1em; border-left: 3px solid var(--line); }
        a { color: var(--link); }
        mark { background: var(--mark); color: inherit; }
        h1, h2, h3, h4, h5 { line-height: 1.5; margin: 1.2em 0 .5em; font-weight: normal; font-size: 1.06rem; break-after: avoid; }
        .look-title { font: 1.6rem/1.5 var(--xbs); text-align: center; margin: .6em 0 1em; text-wrap: balance; }
        .look-part, .look-annex { font-family: var(--hei); font-size: 1.2rem; }
        .look-section { font-family: var(--kai); font-size: 1.12rem; }
        .look-item, .look-point { font-family: var(--song); font-weight: bold; }
        .look-annex { margin-top: 0; }
        .cover { min-height: 34rem; display: flex; flex-direction: column; text-align: center; padding-top: 5rem; }
        .cover p { text-indent: 0; }
        .cover .title { font: 1.9rem/1.6 var(--xbs); text-wrap: balance; }
        .cover .subtitle { font: 1.15rem/1.8 var(--kai); }
        .cover .plain { text-align: left; margin-left: max(0px, 50% - 15em); }
        .cover .centred { margin-top: auto; padding-top: 2rem; }
        .cover .title + .plain, .cover .subtitle + .plain { margin-top: auto; padding-top: 3rem; }
        .contents-title { font: 1.4rem/2 var(--hei); text-align: center; text-indent: 0; }
        .contents ol { list-style: none; margin: 0; padding: 0; }
        .contents a { color: inherit; text-decoration: none; display: block; padding: .12em 0; }
        .contents a:hover { text-decoration: underline; }
        .contents .level-1 { font-family: var(--hei); }
        .contents .level-2 { padding-left: 2em; }
        .contents .level-3 { padding-left: 4em; }
        .signature { margin: 2.5em 0 1em; }
        .signature p { text-indent: 0; }
        """

    /// Letterheads, places to sign, notes.
    private static let parts = """
        .letterhead { border-bottom: 3px solid #c00; margin: 0 0 2em; padding-bottom: .6em; }
        .letterhead p { text-indent: 0; margin: 0; }
        .letterhead .issuer { color: #c00; font: 2.3rem/1.6 var(--xbs); text-align: center; letter-spacing: .12em; text-wrap: balance; }
        .letterhead div { display: flex; justify-content: center; gap: 2em; }
        .letterhead .signer { margin-left: auto; }
        .signing { display: grid; gap: 1.1em 2em; margin: 2.5em 0; break-inside: avoid; }
        .columns-2 { grid-template-columns: repeat(2, 1fr); } .columns-3 { grid-template-columns: repeat(3, 1fr); }
        .columns-4 { grid-template-columns: repeat(4, 1fr); }
        .signing > div { display: flex; align-items: baseline; gap: .4em; }
        .signing .label { white-space: nowrap; }
        .signing .label:not(:empty)::after { content: var(--colon, "："); }
        :lang(en) .signing { --colon: ":"; }
        .signing .value { flex: 1; min-height: 1.6em; }
        .signing .signature { margin: 0; }
        .signing .signature .value, .signing .text .value:empty, .signing .date .value:empty { border-bottom: 1px solid var(--line); }
        .signing .date .value { white-space: nowrap; }
        .signing .seal { display: block; }
        .signing .seal .value { display: grid; place-items: center; width: 42mm; height: 42mm; margin-top: .4em; padding: .6em; border: 1px dashed var(--line); text-align: center; color: var(--soft); }
        sup { line-height: 0; font-size: .7em; }
        a.call { text-decoration: none; }
        a.reference { color: inherit; white-space: nowrap; text-decoration-color: var(--line); }
        .notes { margin: 2em 0 0; padding: .6em 0 0 2em; border-top: 1px solid var(--line); font-size: .85em; }
        """

    private static let tables = """
        .scroll {
          overflow-x: auto; margin: .8em 0 1.2em;
          background:
            linear-gradient(to right, var(--paper) 40%, transparent) left / 2.5rem 100%, linear-gradient(to left, var(--paper) 40%, transparent) right / 2.5rem 100%,
            linear-gradient(to right, #0004, transparent) left / .8rem 100%, linear-gradient(to left, #0004, transparent) right / .8rem 100%;
          background-repeat: no-repeat; background-attachment: local, local, scroll, scroll;
        }
        table { border-collapse: collapse; width: 100%; font: .84rem/1.5 var(--sans); }
        table.narrow { min-width: 26rem; } table.middling { min-width: 40rem; } table.wide { min-width: 56rem; }
        caption { font: 1rem/1.6 var(--hei); padding: .3em 0; text-wrap: balance; }
        th, td { border: 1px solid var(--line); padding: .32em .5em; vertical-align: middle; text-align: left; overflow-wrap: anywhere; }
        th { background: var(--head); font-weight: bold; }
        .centre { text-align: center; }
        .right { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; white-space: nowrap; }
        .form { table-layout: fixed; }
        .form + .form { margin-top: -1px; }
        .whole { white-space: nowrap; overflow-wrap: normal; }
        .on, .again { vertical-align: top; }
        .total > * { font-weight: bold; border-top-width: 2px; }
        """

    private static let figures = """
        figure { margin: 1em 0 1.4em; text-align: center; }
        figure.left { text-align: left; } figure.right { text-align: right; }
        img { max-width: 100%; height: auto; }
        p.picture { border: 1px dashed var(--line); padding: 1em; text-indent: 0; text-align: center; color: var(--soft); }
        figcaption { font: 1rem/1.6 var(--hei); padding-top: .4em; }
        svg { width: 100%; max-width: 40rem; height: auto; font-family: var(--sans); overflow: visible; text-align: left; }
        svg.flow { max-width: 26rem; }
        svg .label { font-size: 12.5px; fill: var(--ink); }
        svg .value { font-size: 11px; fill: var(--soft); font-variant-numeric: tabular-nums; }
        svg .step { font-size: 14px; fill: var(--ink); }
        svg .box { fill: var(--head); stroke: var(--line); }
        svg .arrow { fill: none; stroke: var(--ink); stroke-width: 1.2; }
        svg .s0 { fill: var(--s0); } svg .s1 { fill: var(--s1); } svg .s2 { fill: var(--s2); }
        @media screen {
          .again span { visibility: hidden; }
          .on { border-bottom-style: none; } .again { border-top-style: none; }
        }
        @media screen and (max-width: 40rem) {
          .first { position: sticky; left: 0; z-index: 1; background: var(--paper); box-shadow: inset -1px 0 var(--line), inset 1px 0 var(--line); }
          th.first { background: var(--head); }
          .signing { grid-template-columns: 1fr; }
        }
        @media (max-width: 40rem) {
          body { font-size: 16px; line-height: 1.75; }
          .sheet, .sheet.landscape { margin: 0 0 .6rem; padding: 1.2rem 1rem; box-shadow: none; }
          .look-title { font-size: 1.3rem; }
          caption { text-align: left; }
          .cover { min-height: 26rem; padding-top: 2.5rem; }
          .cover .title { font-size: 1.5rem; }
        }
        """

    /// The page beside the report: its findings, and where its figures come from.
    private static let apparatus = """
        a.figure { color: inherit; white-space: nowrap; text-decoration: underline dotted var(--line); text-underline-offset: .2em; }
        a.figure:hover, a.figure:focus { color: var(--link); text-decoration-style: solid; }
        .apparatus { font: .9rem/1.6 var(--sans); }
        .apparatus p { text-indent: 0; }
        .apparatus code { font-size: .86em; color: var(--soft); overflow-wrap: anywhere; }
        .apparatus fieldset { border: 1px solid var(--line); margin: 0 0 .6em; padding: .2em .8em .4em; }
        .apparatus legend { color: var(--soft); }
        .apparatus label { white-space: nowrap; margin-right: .8em; }
        .apparatus td { vertical-align: top; }
        .apparatus :is(td, th):is(:first-child, :nth-child(5), :last-child) { white-space: nowrap; }
        .apparatus td.value { white-space: nowrap; }
        .apparatus td:nth-child(2) { min-width: 24em; }
        .apparatus tr.waived { opacity: .6; }
        .apparatus tr.error td:first-child, .apparatus tr.blocker td:first-child { color: var(--s1); font-weight: bold; }
        .apparatus ul { margin: .2em 0; padding-left: 1.4em; }
        .apparatus dl { margin: 0; }
        .apparatus dl > div { padding: .4em .5em; border-bottom: 1px solid var(--line); scroll-margin-top: 1em; }
        a.figure:target { background: var(--mark); }
        .apparatus dl > div:target { background: var(--head); outline: 2px solid var(--link); }
        .apparatus dd { margin: 0 0 0 1.2em; overflow-wrap: anywhere; }
        @media screen and (max-width: 40rem) {
          .apparatus table { min-width: 0; }
          .apparatus thead { display: none; }
          .apparatus :is(tbody, tr) { display: block; }
          .apparatus tbody tr { border: 1px solid var(--line); margin: 0 0 .6em; padding: .3em .2em; }
          .apparatus tbody td:nth-child(n) { display: block; border: 0; min-width: 0; padding: .1em .5em; text-align: left; white-space: normal; }
          .apparatus tbody td:empty { display: none; }
        }
        """

    private static let print = """
        @page { size: A4 portrait; margin: 37mm 26mm 35mm 28mm; }
        @page wide { size: A4 landscape; margin: 28mm 35mm 26mm 37mm; }
        @media print {
          body { background: none; color: #000; font: 16pt/28.9pt var(--fang); }
          .sheet, .sheet.landscape { max-width: none; margin: 0; padding: 0; box-shadow: none; }
          .sheet + .sheet { break-before: page; }
          .landscape { page: wide; }
          /* Of long names the room above the titles gives way, so that the day stays on the cover. */
          .cover { page: cover; height: 220mm; min-height: 0; padding-top: 0; }
          .cover::before { content: ""; flex: 0 1 30mm; }
          .cover p { flex: none; }
          .cover .title + .plain, .cover .subtitle + .plain { padding-top: 18pt; }
          .cover .centred { padding-top: 12pt; }
          p { margin: 0; orphans: 2; widows: 2; }
          p.note { font-size: 10.5pt; line-height: 1.5; color: #000; }
          .cover .title { font-size: 26pt; line-height: 42pt; }
          .cover .subtitle { font-size: 18pt; line-height: 34pt; }
          [class^="look-"] { font-size: 16pt; line-height: 28.9pt; margin: 0; text-indent: 2em; }
          .look-title { font-size: 22pt; line-height: 33pt; text-indent: 0; margin-bottom: 16pt; }
          .look-annex { text-indent: 0; }
          .look-item, .look-point { font-family: var(--fang); }
          .look-point { font-weight: normal; }
          .contents-title { font-size: 22pt; line-height: 44pt; }
          .contents a { padding: 0; }
          /* For Prince, WeasyPrint and Vivliostyle, which number pages; browsers pass it over. */
          .contents a::after { content: leader(".") target-counter(attr(href url), page); }
          .scroll { overflow: visible; margin: 6pt 0 10pt; }
          table, table.narrow, table.middling, table.wide { min-width: 0; font: 10.5pt/1.4 var(--fang); }
          .landscape table { font-size: 9.5pt; }
          caption { font: 14pt/1.6 var(--hei); break-after: avoid; }
          th { font-family: var(--hei); font-weight: normal; background: none; }
          th, td { border: .5pt solid #000; padding: 2pt 4pt; }
          thead { display: table-header-group; break-after: avoid; }
          thead + tbody > tr:first-child { break-before: avoid; }
          /* Merged cells are cut where a page may end, and every piece says what it is. */
          tbody.together, tr { break-inside: avoid; }
          td, th { orphans: 9; widows: 9; }
          .scroll { background: none; }
          figure svg, figure img { break-inside: avoid; }
          figcaption { break-before: avoid; }
          svg { width: 130mm; max-width: 130mm; margin: 0 auto; display: block; }
          svg.flow { max-width: 92mm; }
          .signature { margin: 1em 0 0; break-inside: avoid; }
          /* Nobody signs a page that has nothing else on it. */
          p:has(+ .signing), p:has(+ .signature) { break-after: avoid; }
          p.lead { break-after: avoid; }
          a { color: inherit; }
          a.figure, a.call, a.reference { text-decoration: none; }
          .notes { font-size: 10.5pt; line-height: 1.5; }
          .notes .call { display: none; }
          .letterhead .issuer { font-size: 34pt; line-height: 48pt; }
          .signing { margin: 24pt 0 0; font-size: 14pt; }
          .columns-2 { grid-template-columns: repeat(2, auto); } .columns-3 { grid-template-columns: repeat(3, auto); }
          .apparatus, .apparatus table { font: 9pt/1.5 var(--sans); }
          .apparatus fieldset, .apparatus summary { display: none; }
          .apparatus dl > div { break-inside: avoid; padding: 2pt 0; }
          .apparatus h2 { font-size: 14pt; }
        }
        """
}
