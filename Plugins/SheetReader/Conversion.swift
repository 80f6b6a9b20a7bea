import Glibc
import OfficeFiles
import ReviewModel

/// Turns old workbooks and those of OpenDocument into `.xlsx`, with LibreOffice where it is installed.
enum Conversion {
    static let endings = ["xls", "ods", "et", "xlsb"]
    /// A workbook of 60,000 rows takes 70 s.
    private static let seconds = 300

    /// - Returns: the path of the new file, in `scratch`.
    static func convert(_ path: String, in scratch: String) throws -> String {
        guard let program = ["soffice", "libreoffice"].lazy.compactMap(find).first else { throw noLibreOffice }
        let folder = scratch + "/converted"
        mkdir(folder, 0o700)
        let arguments = [
            program, "-env:UserInstallation=file://" + scratch + "/libreoffice", "--headless", "--norestore",
            "--convert-to", "xlsx",
            "--outdir", folder, path,
        ]
        guard try run(arguments) else { throw cannotConvert }
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        let result = folder + "/" + stem + ".xlsx"
        guard access(result, R_OK) == 0 else { throw cannotConvert }
        return result
    }

    /// Whether the file is one that is converted when it is read: by its name, or by what it is.
    static func isPossible(_ path: String) -> Bool {
        endings.contains { path.lowercased().hasSuffix("." + $0) } || RenamedFile(path) == .spreadsheetML
    }

    private static func find(_ name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return path.split(separator: ":").map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
    }

    /// What LibreOffice is started with. Where the language that a machine is set to is not installed, it reads its own arguments as ASCII and
    /// does not find a file with a Chinese name.
    static func environment(of variables: [String]) -> [String] {
        variables.filter { !$0.hasPrefix("LC_ALL=") } + ["LC_ALL=C.UTF-8"]
    }

    private static var inherited: [String] {
        var (variables, index) = ([String](), 0)
        while let variable = environ[index] {
            variables.append(String(cString: variable))
            index += 1
        }
        return variables
    }

    /// Whether the program ended well. What it prints goes to standard error.
    private static func run(_ arguments: [String]) throws -> Bool {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, 2, 1)
        var vector = arguments.map { strdup($0) } + [nil]
        defer { for argument in vector { free(argument) } }
        var process = pid_t(0)
        var variables = environment(of: inherited).map { strdup($0) } + [nil]
        defer { for variable in variables { free(variable) } }
        guard posix_spawn(&process, arguments[0], &actions, nil, &vector, &variables) == 0 else { return false }
        var status: Int32 = 0
        for _ in 0..<seconds * 20 {
            if waitpid(process, &status, WNOHANG) == process { return status == 0 }
            if Task.isCancelled { break }
            usleep(50_000)
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        return false
    }
}

// MARK: - Messages

private let noLibreOffice = OfficeFileError(
    reason: LocalizedText(
        zh: "这是旧格式工作簿（.xls、.ods、.et 等），转换需要 LibreOffice，本机没有安装",
        en:
            "it is a workbook of another kind (.xls, .ods, .et), which takes LibreOffice to convert, and that is not installed"
    ),
    help: LocalizedText(
        zh: "请在 Excel 或 WPS 中另存为 .xlsx，或安装 libreoffice-calc",
        en: "save it as .xlsx in Excel or WPS, or install libreoffice-calc"
    )
)

private let cannotConvert = OfficeFileError(
    reason: LocalizedText(
        zh: "LibreOffice 未能转换这个文件：它已损坏，或是 WPS 自己的格式",
        en: "LibreOffice could not convert the file: it is damaged, or of a kind that only WPS writes"
    ),
    help: LocalizedText(zh: "请在 Excel 或 WPS 中另存为 .xlsx", en: "save it as .xlsx in Excel or WPS")
)
