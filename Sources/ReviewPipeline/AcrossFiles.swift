/// What a summary of many reviews puts into the folder of each that it has found something about. A review that is made anew has
/// neither until it is summed up again.
public enum AcrossFiles {
    public static let json = "across.json"
    public static let page = "across.html"

    static let all = [json, page]
}
