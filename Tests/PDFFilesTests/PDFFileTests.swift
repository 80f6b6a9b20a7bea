import Groundwork
import Testing

@testable import PDFFiles

@Suite("PDF files to which something is added")
struct PDFFileTests {
    /// A file with a list of the old kind: objects by number, the trailer's further entries.
    private static func file(_ objects: [String], trailer: String = "/Root 1 0 R", before: String = "") -> [UInt8] {
        var (text, offsets) = ("%PDF-1.4\n", [Int]())
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let position = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f\r\n"
        for offset in offsets {
            text += String(repeating: "0", count: 10 - String(offset).count) + "\(offset) 00000 n\r\n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) \(trailer) >>\nstartxref\n\(position)\n%%EOF\n"
        return Array((before + text).utf8)
    }

    private static let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 200 400] /Rotate 90 >>",
        "<< /Type /Page /Parent 2 0 R /Title (a\\)b (c) % d) >>",
        "<< /Type /Page /Parent 2 0 R /CropBox [10 20 110 220] /Rotate 0 /Annots 5 0 R >>", "[ 6 0 R ]",
        "<< /NM (old) >>",
    ]

    @Test("pages inherit their boxes and their rotation", arguments: ["", "before the head\n"])
    func pages(_ before: String) throws {
        let pages = try PDFFile(Self.file(Self.objects, before: before)).pages()
        #expect(pages.map(\.reference.number) == [3, 4] && pages.map(\.rotation) == [90, 0])
        let upright = pages[1].rectangle(left: 5, top: 10, width: 20, height: 30)
        #expect(upright.left == 15 && upright.right == 35 && upright.top == 210 && upright.bottom == 180)
        // Turned clockwise: what is shown at the upper left stands at the lower left.
        let turned = pages[0].rectangle(left: 5, top: 10, width: 20, height: 30)
        #expect(turned.left == 10 && turned.right == 40 && turned.bottom == 5 && turned.top == 25)
    }

    @Test("keep their bytes; what is added is read with them", arguments: ["", "before the head\n"])
    func update(_ before: String) throws {
        let original = Self.file(Self.objects, before: before)
        let file = try PDFFile(original)
        var update = PDFUpdate(file)
        #expect(update.applied(to: original) == original)
        let added = update.add(.text("评"))
        update.replace(PDFReference(5), with: .array([.reference(PDFReference(6)), .reference(added)]))
        let copy = update.applied(to: original)
        #expect(copy.starts(with: original))
        let read = try PDFFile(copy)
        #expect(try read.resolved(.reference(added)) == .string(Array("<FEFF8BC4>".utf8)) && added.number == 7)
        #expect(try read.resolved(read.pages()[1].dictionary["Annots"]).array?.count == 2)
        // And once more.
        var again = PDFUpdate(read)
        let second = again.add(.integer(8))
        #expect(try PDFFile(again.applied(to: copy)).resolved(.reference(second)) == .integer(8))
    }

    /// A file of the new kind: the list of objects is a stream, and all objects but that and the one that holds them are packed.
    private static let packed: [UInt8] = {
        let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Kids[3 0 R]/MediaBox[0 0 100 200]>>", "<</Type/Page>>"]
        var (head, body) = ("", "")
        for (index, object) in objects.enumerated() {
            head += "\(index + 1) \(body.utf8.count) "
            body += object + " "
        }
        let data = head + body
        var text = "%PDF-1.5\n"
        let first = text.utf8.count
        text +=
            "4 0 obj\n<</Type/ObjStm/N 3/First \(head.utf8.count)/Length \(data.utf8.count)>>stream\n\(data)\nendstream\nendobj\n"
        let second = text.utf8.count
        var list: [UInt8] = [0, 0, 0, 0]
        for index in 0..<3 { list += [2, 0, 4, UInt8(index)] }
        for offset in [first, second] { list += [1, UInt8(offset >> 8), UInt8(offset & 0xFF), 0] }
        text += "5 0 obj\n<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Length \(list.count)>>stream\n"
        return Array(text.utf8) + list + Array("\nendstream\nendobj\nstartxref\n\(second)\n%%EOF".utf8)
    }()

    @Test("with packed objects and a packed list are changed alike")
    func streams() throws {
        let file = try PDFFile(Self.packed)
        let tops = try file.pages().map(\.box.top)
        #expect(file.lists.isStream && tops == [200])
        var update = PDFUpdate(file)
        let page = try file.pages()[0]
        var dictionary = page.dictionary
        dictionary["Annots"] = .array([.reference(update.add(.integer(7)))])
        update.replace(page.reference, with: .dictionary(dictionary))
        let copy = update.applied(to: Self.packed)
        let read = try PDFFile(copy)
        #expect(copy.starts(with: Self.packed) && read.lists.isStream && read.firstFreeNumber == 8)
        let marks = try read.pages()[0].dictionary["Annots"]?.array ?? []
        #expect(try marks.count == 1 && read.resolved(marks[0]) == .integer(7))
    }

    @Test("what is read is written alike")
    func values() throws {
        let text = "<</A [ 1 -2.5 .5 true null /N#20x (a\\\\\\)) <AB 0> ] /B <</C 3 0 R >> >>"
        var lexer = PDFLexer(Array(text.utf8), at: 0)
        let value = try lexer.value()
        var second = PDFLexer(value.bytes, at: 0)
        #expect(try second.value() == value && value.dictionary?["A"]?.array?.count == 8)
    }

    @Test(
        "what is none, is damaged, leads back into itself or has a password is said, and nothing crashes",
        arguments: [
            ("", "no PDF"), ("%PDF-1.4\n", "damaged"), ("%PDF-1.4\nstartxref\n99999999999999999999\n", "damaged"),
            ("%PDF-1.4\nxref\n0 9223372036854775807\n0 0 n\ntrailer\n<<>>\nstartxref\n9\n", "damaged"),
            ("%PDF-1.4\nxref\n9223372036854775807 1\n0 0 n\ntrailer\n<<>>\nstartxref\n9\n", "damaged"),
            ("%PDF-1.4\nxref\n0 0\ntrailer\n<</Root 1 0 R /Prev 9>>\nstartxref\n9\n", "damaged"),
            ("%PDF-1.4\nxref\n0 0\ntrailer\n" + String(repeating: "[", count: 100_000) + "\nstartxref\n9\n", "damaged"),
        ]
    )
    func mistakes(_ text: String, _ reason: String) {
        do throws(PDFError) {
            _ = try PDFFile(Array(text.utf8)).pages()
            Issue.record("no error")
        } catch { #expect(error.reason.en.contains(reason)) }
    }

    @Test("a password, a circle of pages and a circle of names")
    func circles() throws {
        #expect(throws: PDFError.encrypted) {
            try PDFFile(Self.file(Self.objects, trailer: "/Root 1 0 R /Encrypt 6 0 R"))
        }
        var objects = Self.objects
        objects[1] = "<< /Kids [2 0 R] >>"
        let circle = try PDFFile(Self.file(objects))
        #expect(throws: PDFError.damaged) { try circle.pages() }
        objects[1] = "2 0 R"
        let names = try PDFFile(Self.file(objects))
        #expect(throws: PDFError.damaged) { try names.resolved(.reference(PDFReference(2))) }
    }

    @Test("no change of one byte makes it crash")
    func mutilated() {
        let original = Self.file(Self.objects)
        for index in original.indices {
            for byte in [UInt8(ascii: "9"), UInt8(ascii: "<"), 0, UInt8(ascii: "-")] {
                var bytes = original
                bytes[index] = byte
                guard let file = try? PDFFile(bytes), let pages = try? file.pages() else { continue }
                for page in pages { _ = try? file.resolved(page.dictionary["Annots"]) }
            }
        }
    }
}
