internal import JSONDocument
package import ReviewModel
internal import Tables

extension Table {
    /// The cells of a column as they are sent, so many rows at a time.
    package func eachPiece(ofColumn position: Int, _ body: ([UInt8]) -> Void) {
        var start = 0
        while start < rowCount {
            let end = min(rowCount, start + PageLimits.rows)
            body(bytes(ofColumn: position, rows: start..<end))
            start = end
        }
    }

    /// Cells of a column as they are sent, with commas between them.
    package func bytes(ofColumn position: Int, rows: Range<Int>) -> [UInt8] {
        JSONWriter.line { writer in storage[position].write(rows, into: &writer) }
    }
}
