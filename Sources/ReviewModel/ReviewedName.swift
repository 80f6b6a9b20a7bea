/// The name of a file that findings were written into as comments, without what tells that it is such a copy: `report.docx` for
/// `report.reviewed.docx` and `report.reviewed-2.docx`, folders and all. Any other name is its own.
///
/// A finding about the copy is the same finding as one about the file.
public func originalName(_ file: String) -> String {
    guard let dot = file.lastIndex(of: "."), !file[dot...].contains("/") else { return file }
    let base = file[..<dot]
    guard let mark = base.lastIndex(of: ".") else { return file }
    let word = base[mark...].dropFirst().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let isCopy = word[0] == "reviewed" && (word.count == 1 || Int(word[1]) != nil)
    return isCopy ? String(base[..<mark]) + file[dot...] : file
}
